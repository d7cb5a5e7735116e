"""Formulas and conditions as metric rules write them, read safely and worked out.

The notation is that of Vale's rules: numbers, names of what is measured, `+ - * / %`, brackets, comparisons, `&&`,
`||`, `!`, `round(x, n)` and functions of `math` such as `math.sqrt(x)`. Python's own parser reads it, and only the
kinds of nodes named here are ever worked out. Numbers are floating-point; what divides by zero is infinite or not a
number.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from edlint.settings import did_you_mean

RESULT = "result"  # the name of the formula's value in a condition
_PYTHON = ((re.compile(r"&&"), " and "), (re.compile(r"\|\|"), " or "), (re.compile(r"!(?!=)"), " not "))
# A condition that begins so begins after the result: `> 8`.
_AFTER_RESULT = re.compile(r"\s*(?:[-+*/%<>=]|!=|&&|\|\|)")

_SHOWN = 80  # characters of what is wrong that a message shows

Measured = Callable[[str], float]


class FormulaError(Exception):
    """A formula that cannot be worked out, and why."""


@dataclass(frozen=True)
class Formula:
    """Something to work out; `value` takes what gives the number for a name."""

    tree: ast.expr

    def value(self, measured: Measured) -> float:
        """Works it out: a number, or for a condition whether it is true."""
        return _value(self.tree, measured)


def formula(text: str, names: Collection[str]) -> Formula:
    """Reads a formula that may speak of some names; raises FormulaError."""
    tree = _parsed(text, "a formula such as `words / sentences`")
    if _is_truth(tree, names):
        raise FormulaError(f"expected a number to work out, got the condition '{_short(text)}'")
    return Formula(tree)


def condition(text: str, names: Collection[str]) -> Formula:
    """Reads a condition on a formula's result, such as `> 8` or `> 8 && result < 12`; raises FormulaError."""
    whole = f"{RESULT} {text}" if _AFTER_RESULT.match(text) else text
    tree = _parsed(whole, "a condition such as `> 8`", text)
    if not _is_truth(tree, {*names, RESULT}):
        raise FormulaError(f"expected a condition such as `> 8`, got '{_short(text)}'")
    return Formula(tree)


def _parsed(text: str, wanted: str, shown: str | None = None) -> ast.expr:
    python = " ".join(text.split())
    for sign, word in _PYTHON:
        python = sign.sub(word, python)
    try:
        return ast.parse(python.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        raise FormulaError(f"expected {wanted}, got '{_short(text if shown is None else shown)}'") from None
    except (RecursionError, MemoryError):
        raise FormulaError("nested too deeply") from None


# What is known


def _safely(work: Callable[..., float]) -> Callable[..., float]:
    """Makes what has no result not a number, and what is too great infinite."""

    def safe(*numbers: float) -> float:
        try:
            return float(work(*numbers))
        except ValueError:
            return math.nan
        except OverflowError:
            return math.inf

    return safe


def _divided(number: float, by: float) -> float:
    if by:
        return number / by
    return math.copysign(math.inf, number) if number and not math.isnan(number) else math.nan


def _rounded(number: float, digits: float = 0) -> float:
    """Rounds to some digits after the point, a half away from zero."""
    power = 10.0 ** int(digits)
    return math.copysign(math.floor(abs(number) * power + 0.5) / power, number)


_OPERATIONS: Mapping[type[ast.AST], Callable[..., float]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: _divided,
    ast.Mod: _safely(math.fmod),
    ast.USub: operator.neg, ast.UAdd: operator.pos, ast.Not: operator.not_,
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
_OF_ONE = "sqrt log log2 log10 exp floor ceil trunc".split()
# Each with how many numbers it takes, at least and at most.
_FUNCTIONS: Mapping[str, tuple[Callable[..., float], int, int]] = {
    "round": (_safely(_rounded), 1, 2),
    **{f"math.{name}": (_safely(getattr(math, name)), 1, 1) for name in _OF_ONE},
    "math.abs": (abs, 1, 1),
    "math.pow": (_safely(math.pow), 2, 2),
    "math.min": (min, 2, 2),
    "math.max": (max, 2, 2),
}


# What is asked for is known


def _is_truth(node: ast.expr, names: Collection[str]) -> bool:
    """Says whether a node is true or false, and not a number; raises FormulaError where it is neither."""
    try:
        return _checked(node, names)
    except RecursionError:
        raise FormulaError("nested too deeply") from None


def _checked(node: ast.expr, names: Collection[str]) -> bool:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            _expect(_is_finite(number), node)
            return False
        case ast.Name() | ast.Attribute():
            _check_name(node, names)
            return False
        case ast.UnaryOp(op=op, operand=operand):
            _expect(_checked(operand, names) is isinstance(op, ast.Not) and type(op) in _OPERATIONS, node)
            return isinstance(op, ast.Not)
        case ast.BoolOp(values=values):
            _expect(all(_checked(value, names) for value in values), node)
            return True
        case ast.BinOp() | ast.Compare() | ast.Call():
            _check_numbers(node, names)
            return isinstance(node, ast.Compare)
    raise _refused(node)


def _check_numbers(node: ast.BinOp | ast.Compare | ast.Call, names: Collection[str]) -> None:
    """Checks what works on numbers alone."""
    if isinstance(node, ast.Call):
        _check_call(node)
        numbers = node.args
    elif isinstance(node, ast.BinOp):
        _expect(type(node.op) in _OPERATIONS, node)
        numbers = [node.left, node.right]
    else:
        _expect(all(type(op) in _OPERATIONS for op in node.ops), node)
        numbers = [node.left, *node.comparators]
    for number in numbers:
        _expect(not _checked(number, names), number)


def _check_call(node: ast.Call) -> None:
    name = _dotted(node.func)
    if name not in _FUNCTIONS:
        hint = did_you_mean(name, _FUNCTIONS) or f": expected one of {', '.join(_FUNCTIONS)}"
        raise FormulaError(f"no function is named '{name}'{hint}")
    _, least, most = _FUNCTIONS[name]
    if not least <= len(node.args) <= most or node.keywords:
        wanted = f"{least}" if least == most else f"{least} or {most}"
        raise FormulaError(f"{name} takes {wanted} number{'s' * (most > 1)}, got '{_dotted(node)}'")


def _check_name(node: ast.expr, names: Collection[str]) -> None:
    name = _name(node)
    if name not in names:
        raise FormulaError(f"'{_dotted(node)}' is not measured{did_you_mean(name, names)}")


def _is_finite(number: float) -> bool:
    try:
        return math.isfinite(float(number))
    except OverflowError:
        return False


def _expect(fits: bool, node: ast.expr) -> None:
    if not fits:
        raise _refused(node)


def _refused(node: ast.expr) -> FormulaError:
    return FormulaError(f"'{_dotted(node)}' cannot be worked out")


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHOWN else words[:_SHOWN] + "…"


def _dotted(node: ast.expr) -> str:
    """A name as it is written, `heading.h2`; whatever else stands for itself, cut where it is long."""
    return _short(ast.unparse(node))


def _name(node: ast.expr) -> str:
    return _dotted(node).replace(".", "_")


# Working it out


def _value(node: ast.expr, measured: Measured) -> float:
    match node:
        case ast.Constant(value=number):
            return float(number)  # type: ignore[arg-type]  # checked when it was read
        case ast.UnaryOp(op=op, operand=operand):
            return _OPERATIONS[type(op)](_value(operand, measured))
        case ast.BinOp(op=op, left=left, right=right):
            return _OPERATIONS[type(op)](_value(left, measured), _value(right, measured))
        case ast.BoolOp(op=op, values=values):
            decide = all if isinstance(op, ast.And) else any
            return decide(_value(value, measured) for value in values)
        case ast.Compare():
            return all(_compared(node, measured))
        case ast.Call(func=func, args=args):
            return _FUNCTIONS[_dotted(func)][0](*(_value(arg, measured) for arg in args))
    return measured(_name(node))


def _compared(node: ast.Compare, measured: Measured) -> Iterator[bool]:
    left = _value(node.left, measured)
    for op, comparator in zip(node.ops, node.comparators, strict=True):
        right = _value(comparator, measured)
        yield bool(_OPERATIONS[type(op)](left, right))
        left = right
