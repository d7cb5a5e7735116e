"""Required literals: words one of which must stand in a text before a regular expression can match there.

Looking for a word is a hundred times cheaper than compiling an expression, and most rules have nothing to find in most
articles. Whatever is not understood requires nothing, so that no match is ever lost: groups, classes and escapes only
end a literal. Literals hold no white space, which a match may write as a line wrap; they are as written, and the caller
who ignores case folds them.
"""

import re
from collections.abc import Iterable

Required = frozenset[str]  # any of these; an empty set requires nothing

_NOTHING: Required = frozenset()
_PLAIN = re.compile(r"[\w \-',’&/@%!:;]*\Z")
ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[pPN]\{[^}]*\}|[gk][<{'][^>}']*[>}']|c.|\d{1,3}|.)",
    re.DOTALL,
)
CLASS = re.compile(r"\[\^?\]?(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\]\\])*\]", re.DOTALL)
_OPENING = re.compile(r"\((?:\?(?:P?<\w+>|'\w+'|[aimsuxLfbepr1V0-]*:|>|\|))?")
# Groups that match nothing themselves, or what cannot be foreseen.
_APART = re.compile(r"\(\?(?:[=!#(]|<[=!]|P[=>]|[aimsuxLfbepr1V0-]+\)|&|R|\d)")
_QUANTIFIER = re.compile(r"(?:\*|\+|\?|\{(\d*)(?:,\d*)?\})[+?]?")


def required(expression: str) -> Required:
    """Gives the literals one of which every match of an expression holds."""
    if _PLAIN.match(expression):
        return _best([frozenset({word}) for word in expression.split()])
    try:
        found, end = _alternatives(expression, 0)
    except (IndexError, RecursionError):
        return _NOTHING
    return found if end == len(expression) else _NOTHING


def any_of(expressions: Iterable[str]) -> Required:
    """Gives the literals one of which a match of any of the expressions holds."""
    return _union([required(expression) for expression in expressions])


def _best(candidates: list[Required]) -> Required:
    """The most telling of several requirements that all hold: the one whose shortest literal is longest."""
    telling = [candidate for candidate in candidates if candidate]
    return max(telling, key=lambda one: (min(map(len, one)), -len(one)), default=_NOTHING)


def _union(parts: list[Required]) -> Required:
    """What holds where one of several things does; nothing where one of them requires nothing."""
    return frozenset().union(*parts) if parts and all(parts) else _NOTHING


def _alternatives(text: str, at: int) -> tuple[Required, int]:
    """What the alternatives from a place on require, and where they end: at a closing bracket or at the end."""
    parts = []
    while True:
        part, at = _sequence(text, at)
        parts.append(part)
        if text[at : at + 1] != "|":
            return _union(parts), at
        at += 1


def _sequence(text: str, at: int) -> tuple[Required, int]:
    """What one alternative requires, and where it ends."""
    found: list[Required] = []
    run = ""
    while at < len(text) and text[at] not in "|)":
        literal, group, at = _item(text, at)
        quantifier = _QUANTIFIER.match(text, at)
        if quantifier:
            at = quantifier.end()
            optional = quantifier[0][0] in "*?" or quantifier[1] in ("", "0")
            literal, group = (None, _NOTHING) if optional else (literal, group)
        if literal and not quantifier:
            run += literal
            continue
        # One character that is repeated ends the run that it belongs to.
        found += [frozenset({word}) for word in (run + (literal or "")).split()]
        found.append(group)
        run = literal or "" if quantifier and literal else ""
    found += [frozenset({word}) for word in run.split()]
    return _best(found), at


def _item(text: str, at: int) -> tuple[str | None, Required, int]:
    """The next item: its character where it is one, what it requires where it is a group, and where it ends."""
    character = text[at]
    if character == "\\":
        escape = ESCAPE.match(text, at)
        end = escape.end() if escape else at + 2
        plain = text[at + 1 : end] if end == at + 2 and not text[at + 1].isalnum() else None
        return plain, _NOTHING, end
    if character == "[":
        bracketed = CLASS.match(text, at)
        if not bracketed:
            raise IndexError
        return None, _NOTHING, bracketed.end()
    if character == "(":
        return _group(text, at)
    return (None if character in ".^$" else character), _NOTHING, at + 1


def _group(text: str, at: int) -> tuple[None, Required, int]:
    apart = _APART.match(text, at)
    if apart and apart[0].endswith(")"):
        return None, _NOTHING, apart.end()  # flags
    opening = _OPENING.match(text, at)
    start = apart.end() if apart else opening.end() if opening else at + 1
    found, end = _alternatives(text, start)
    if text[end] != ")":
        raise IndexError
    return None, _NOTHING if apart else found, end + 1
