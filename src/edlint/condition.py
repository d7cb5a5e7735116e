"""Conditions on articles, as sections of a `.vale.ini` have them: `.Meta.draft or .Name startsWith "_"`.

They speak of `.Name`, the file's name, of `.Path`, and of `.Meta`, the fields of the front matter; they know texts,
numbers, `true`, `false`, `nil` and lists `[…]`; `== != < <= > >=`, `in`, `contains`, `startsWith`, `endsWith`,
`matches` (an expression found in a text); `and`, `or`, `not` and their signs, `??`; `len(…)`, `lower(…)`, `upper(…)`
and `trim(…)`. Python's own parser reads what they become when its words stand for theirs, and only the kinds of nodes
named here are ever worked out. A newcomer would raise an error for a field that an article lacks: it is `nil`, and what
cannot be compared is not equal, nor less, nor within.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from edlint import pattern
from edlint.settings import did_you_mean

_FIELDS = ("Name", "Path", "Meta")
_TOKEN = re.compile(
    r"\s*(?:(?P<text>\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`[^`]*`)|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<field>\??\.[A-Za-z_]\w*)|(?P<function>(?:len|lower|upper|trim)(?=\s*\())|(?P<word>[A-Za-z_]\w*)"
    r"|(?P<sign>[=!<>]=|&&|\|\||\?\?|[-<>!()\[\],]))"
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
# Words and the Python that stands for them: of the operators that texts have, signs that bind tighter than comparisons.
_PYTHON = {
    "true": "True", "false": "False", "nil": "None", "&&": "and", "||": "or", "!": "not",
    "contains": "&", "matches": "^", "startsWith": "<<", "endsWith": ">>", "??": "@",
}  # fmt: skip
_KEPT = frozenset("and or not in".split())
_FACTS = "_"  # what `.Name` and its like are fields of


@dataclass(frozen=True)
class Condition:
    """A condition on articles."""

    written: str
    _tree: ast.expr = field(repr=False, compare=False)

    def holds(self, name: str, path: str, meta: Mapping[str, Any]) -> bool:
        """Says whether it is true of an article of that name, path and front matter; raises TimeoutError."""
        return bool(_value(self._tree, {"Name": name, "Path": path, "Meta": meta}))


def condition(written: str) -> Condition:
    """Reads a condition; raises ValueError, saying in one line what is wrong."""
    python = " ".join(_tokens(written.strip()))
    try:
        tree = ast.parse(python, mode="eval").body
        for node in ast.walk(tree):
            _check(node)
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("is no condition such as .Meta.draft == true") from None
    return Condition(written, tree)


def _tokens(written: str) -> Iterator[str]:
    """The tokens of a condition, as Python has them."""
    end, before = 0, ""
    while end < len(written):
        match = _TOKEN.match(written, end)
        if not match or match.lastgroup == before == "text":
            raise ValueError(f"has an unexpected '{written[end:].strip()[:1]}'")
        yield _token(match.lastgroup or "", match[match.lastgroup or 0], is_of_something=before in ("field", ")", "]"))
        end, before = match.end(), match.lastgroup or ""
        if before == "sign":
            before = match["sign"]


def _token(kind: str, token: str, *, is_of_something: bool) -> str:
    if kind == "field":
        name = token.lstrip("?.")
        if not is_of_something and name not in _FIELDS:
            hint = did_you_mean(name, _FIELDS) or ": expected .Name, .Path or .Meta"
            raise ValueError(f"knows nothing of '.{name}'{hint}")
        return f"[{name!r}]" if is_of_something else f"{_FACTS}[{name!r}]"
    if kind == "text":
        return repr(token[1:-1] if token[0] == "`" else _ESCAPE.sub(r"\1", token[1:-1]))
    if kind == "word" and token not in _KEPT and token not in _PYTHON:
        raise ValueError(f"has an unexpected '{token}'{did_you_mean(token, (*_KEPT, *_PYTHON))}")
    return _PYTHON.get(token, token)


# What is done with values


def _of(whole: Any, key: Any) -> Any:
    """What stands under a key or at an index, None where nothing does; a date is taken as its text."""
    found = None
    if isinstance(whole, Mapping):
        found = whole.get(key)
    elif isinstance(whole, list) and isinstance(key, int) and -len(whole) <= key < len(whole):
        found = whole[key]
    return found if isinstance(found, str | int | float | list | Mapping | None) else str(found)


def _same(one: Any, other: Any) -> bool:
    return bool(one == other) and isinstance(one, bool) is isinstance(other, bool)


def _ordered(compare: Callable[[Any, Any], bool], one: Any, other: Any) -> bool:
    is_fit = any(isinstance(one, kind) and isinstance(other, kind) for kind in (str, int | float))
    return is_fit and compare(one, other)


def _among(one: Any, whole: Any) -> bool:
    return isinstance(whole, list | Mapping) and any(_same(one, part) for part in whole)


def _of_texts(work: Callable[[str, str], Any], one: Any, other: Any) -> bool:
    return isinstance(one, str) and isinstance(other, str) and bool(work(one, other))


def _found(text: str, expression: str) -> bool:
    return bool(pattern.search(pattern.compiled(expression), text))


def _text(work: Callable[[str], str], value: Any) -> Any:
    return work(value) if isinstance(value, str) else value


_OPERATIONS: Mapping[type[ast.AST], Callable[..., Any]] = {
    ast.Eq: _same, ast.NotEq: lambda one, other: not _same(one, other),
    ast.Lt: partial(_ordered, operator.lt), ast.LtE: partial(_ordered, operator.le),
    ast.Gt: partial(_ordered, operator.gt), ast.GtE: partial(_ordered, operator.ge),
    ast.In: _among, ast.NotIn: lambda one, whole: not _among(one, whole),
    ast.And: lambda one, other: one and other, ast.Or: lambda one, other: one or other,
    ast.Not: operator.not_, ast.USub: lambda one: -one if isinstance(one, int | float) else None,
    ast.BitAnd: lambda whole, part: _of_texts(operator.contains, whole, part) or _among(part, whole),
    ast.BitXor: partial(_of_texts, _found),
    ast.LShift: partial(_of_texts, str.startswith), ast.RShift: partial(_of_texts, str.endswith),
    ast.MatMult: lambda one, other: other if one is None else one,
}  # fmt: skip
_FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "len": lambda whole: len(whole) if isinstance(whole, str | list | Mapping) else 0,
    "lower": partial(_text, str.lower),
    "upper": partial(_text, str.upper),
    "trim": partial(_text, str.strip),
}
_KNOWN = (ast.Constant, ast.Name, ast.List, ast.Load, ast.Subscript, ast.Compare, ast.BoolOp, ast.BinOp, ast.UnaryOp,
          ast.Call, *_OPERATIONS)  # fmt: skip


def _check(node: ast.AST) -> None:
    """Raises ValueError for what cannot be worked out."""
    is_known = isinstance(node, _KNOWN)
    match node:
        case ast.Compare(ops=ops):
            is_known = len(ops) == 1
        case ast.Call(func=func, args=args, keywords=keywords):
            is_known = isinstance(func, ast.Name) and func.id in _FUNCTIONS and len(args) == 1 and not keywords
        case ast.BinOp(op=ast.BitXor(), right=right):
            if not isinstance(right, ast.Constant) or not isinstance(right.value, str):
                raise ValueError("has 'matches' without an expression in quotation marks")
            for wrong in pattern.faulty([right.value]):
                raise ValueError(f"has what is {wrong}")
    if not is_known:
        raise SyntaxError


def _value(node: ast.expr, facts: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant(value=value):
            return value
        case ast.List(elts=parts):
            return [_value(part, facts) for part in parts]
        case ast.Subscript(value=whole, slice=key):
            return _of(_value(whole, facts), _value(key, facts))
        case ast.UnaryOp(op=op, operand=one):
            return _OPERATIONS[type(op)](_value(one, facts))
        case ast.BinOp(op=op, left=one, right=other) | ast.Compare(left=one, ops=[op], comparators=[other]):
            return _OPERATIONS[type(op)](_value(one, facts), _value(other, facts))
        case ast.BoolOp(op=op, values=[one, *others]):
            found = _value(one, facts)
            for other in others:
                found = _OPERATIONS[type(op)](found, _value(other, facts))
            return found
        case ast.Call(func=ast.Name(id=name), args=[one]):
            return _FUNCTIONS[name](_value(one, facts))
    return facts
