r"""Literals: what can be said, before it is compiled, of the text that a regular expression matches.

Looking for words is a hundred times cheaper than an expression, and most rules have nothing to find in most articles.
So an expression is read for the texts that it matches, where these can be listed, and for literals with which every
match begins or ends, or one of which it holds. Whatever is not understood promises nothing: no match is ever lost.

In a literal, EDGE stands for the edge of a word, OPEN for a place before which there is no sign of a word, SHUT for one
behind which there is none, DIGIT for any digit, SPACE for any white space.
"""

import re
from collections.abc import Sized
from functools import lru_cache
from itertools import product
from typing import NamedTuple

EDGE, OPEN, SHUT, DIGIT, SPACE = "\b", "\x1e", "\x1c", "\x1d", "\x1f"
_EDGES = EDGE + OPEN + SHUT
_NO_SIGNS = re.compile(f"[{_EDGES}]+")

_PLAIN = re.compile(r"[\w \-',’&/@%!:;]*\Z")
ESCAPE = re.compile(
    r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[pPN]\{[^}]*\}|[gk][<{'][^>}']*[>}']|c.|\d{1,3}|.)",
    re.DOTALL,
)
CLASS = re.compile(r"\[\^?\]?(?:\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\]\\])*\]", re.DOTALL)
_FLAGS = "[imsu-]"  # others change what words or characters are, or how an expression is read
_OPENING = re.compile(rf"\((?:\?(?:(?P<named>P?<\w+>|'\w+')|(?P<flags>{_FLAGS}*):|>|\|)|(?P<caught>(?!\?)))")
# Groups that match nothing themselves, or what cannot be foreseen.
_AROUND = re.compile(r"\(\?<?[=!]")
_COMMENT = re.compile(r"\(\?#[^)]*\)")
_RUN = re.compile(r"[\w\-',’&/@%!:;]+(?![*+?{])")
_SET_FLAGS = re.compile(rf"\(\?(?P<on>{_FLAGS}+)\)")
_QUANTIFIER = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d+)(?P<open>,(?P<most>\d*))?\})(?P<lazy>[+?]?)")
_REPEATABLE = re.compile(r"\((?:\?:)?(?!\?)")
_REFERENCE = re.compile(r"\\[1-9gk]|\(\?(?![:=!<])")
_SIMPLE_CLASS = re.compile(r"\[(?P<first>\]?)(?P<inner>(?:\\[^a-zA-Z0-9]|\\[dsn]|[^\]\[\\^])*)\]\Z", re.DOTALL)
_IN_CLASS = re.compile(r"(?P<escaped>\\.)|(?P<range>.-.)|.", re.DOTALL)
_MOST = 128  # literals that one expression is put together from; lists of words may be longer
_RARE = re.compile(rf"[^\w\s'’{DIGIT}{SPACE}][\w{DIGIT}]")  # in prose, signs stand behind words
_COPIES = 4
_NO_WORD = f" ,.;:!?{SPACE}"  # signs that are of no word
_NO_WORD_BESIDE = {r"(?<!\w)": OPEN, r"(?!\w)": SHUT}
_WRAPS = ("[ \\n]", "[\\n ]", "[ \n]")  # a space or a line wrap: what literals take for a space anyway


class Part(NamedTuple):
    """What is known of a part of an expression.

    `spelt` are all texts that it matches, the first choice first, None where they cannot be listed; with `exact` it
    matches them and nothing else. Every match begins with one of `begins`, ends with one of `ends`, and holds one of
    `holds`, where there are any.
    """

    spelt: tuple[str, ...] | None
    begins: frozenset[str]
    ends: frozenset[str]
    holds: frozenset[str]
    exact: bool = False


_ANYTHING = frozenset({""})
_NONE = frozenset[str]()
_UNKNOWN = Part(None, _ANYTHING, _ANYTHING, _NONE)


class _StrangeError(Exception):
    """The expression is not understood."""


def known(expression: str) -> Part:
    """Gives what is known of the texts that an expression matches."""
    if _PLAIN.match(expression):
        return _listed((expression,), exact=" " not in expression)
    try:
        found, end = _alternatives(expression, 0)
    except (_StrangeError, IndexError, RecursionError):
        return _UNKNOWN
    return found if end == len(expression) else _UNKNOWN


def required(expression: str) -> frozenset[str]:
    """Gives the literals one of which every match of an expression holds; none where nothing is sure.

    They hold no white space, which a match may write as a line wrap, and are written as in the expression: the caller
    who ignores case folds them.
    """
    return _telling(frozenset(max(re.split(r"[\s\b\x1c-\x1f]", one), key=len) for one in known(expression).holds))


def _listed(texts: tuple[str, ...], *, exact: bool) -> Part:
    """A part that is one of some texts."""
    every = frozenset(texts)
    return Part(texts, every, every, _telling(every), exact)


@lru_cache(1 << 12)
def weight(literal: str) -> float:
    """Says how much a literal tells: the more, the rarer it is. One that stands in every text has no weight."""
    core = _NO_SIGNS.sub("", literal)
    signs = sum(0.5 if sign in (" ", SPACE) else 1 for sign in core)
    return signs and signs + (len(literal) - len(core) + len(_RARE.findall(core))) / 2


def parted(literal: str) -> tuple[str, str, str]:
    """Gives the edge before a literal (EDGE, OPEN or none), the literal without edges, and that behind (EDGE, SHUT)."""
    without = literal.lstrip(_EDGES)
    core = without.rstrip(_EDGES)
    before, after = literal[: len(literal) - len(without)], without[len(core) :]
    return _edge(before, OPEN), _NO_SIGNS.sub("", core), _edge(after, SHUT)


def _edge(written: str, outward: str) -> str:
    """What edges in a row say of the sign outside; one that looks the other way says nothing of it."""
    return next((edge for edge in (outward, EDGE) if edge in written), "")


def is_whole(literal: str) -> bool:
    """Says whether a literal is some words with edges at their ends alone."""
    return bool(core := literal.strip(_EDGES)) and not _NO_SIGNS.search(core)


def shortest(literals: frozenset[str]) -> frozenset[str]:
    """Leaves out literals that begin with another of them."""
    return frozenset(one for one in literals if not any(one[:length] in literals for length in range(len(one))))


def _telling(literals: frozenset[str]) -> frozenset[str]:
    """Literals that tell something, each of them, or none."""
    return literals if literals and all(map(weight, literals)) else _NONE


def _best(*candidates: frozenset[str]) -> frozenset[str]:
    """The most telling of several requirements that all hold: the one whose least telling literal tells most."""
    return max(candidates, key=lambda one: (min(map(weight, one), default=0), -len(one)))


def _union(parts: list[frozenset[str]]) -> frozenset[str]:
    """What holds where one of several things does; nothing where one of them requires nothing."""
    return frozenset().union(*parts) if parts and all(parts) else _NONE


def _joined(before: frozenset[str], after: frozenset[str]) -> frozenset[str]:
    """What stands at a joint, each end with each beginning, as far as these are not too many."""
    ends, beginnings = before, after
    length = max(map(len, ends), default=0)
    while len(ends) * len(beginnings) > _MOST and length > 1:
        length -= 1
        ends = frozenset(end[-length:] for end in ends)
    length = max(map(len, beginnings), default=0)
    while len(ends) * len(beginnings) > _MOST and length > 1:
        length -= 1
        beginnings = frozenset(begin[:length] for begin in beginnings)
    if len(ends) * len(beginnings) > _MOST:
        return _NONE
    return _telling(frozenset(map("".join, product(ends, beginnings))))


def _then(one: Part, other: Part) -> Part:
    """One part, and behind it another."""
    exact = one.exact and other.exact
    if one.spelt is not None and other.spelt is not None and _few(one.spelt, other.spelt):
        return _listed(tuple(dict.fromkeys(map("".join, product(one.spelt, other.spelt)))), exact=exact)
    begins, ends = one.begins, other.ends
    if one.spelt is not None and _few(one.spelt, other.begins):
        begins = frozenset(map("".join, product(one.spelt, other.begins)))
    if other.spelt is not None and _few(one.ends, other.spelt):
        ends = frozenset(map("".join, product(one.ends, other.spelt)))
    return Part(None, begins, ends, _best(one.holds, other.holds, _joined(one.ends, other.begins)))


def _few(ones: Sized, others: Sized) -> bool:
    return len(ones) * len(others) <= max(len(ones), len(others), _MOST)


def _either(parts: list[Part]) -> Part:
    """One of several parts."""
    if len(parts) == 1:
        return parts[0]
    exact = all(part.exact for part in parts)
    begins = frozenset[str]().union(*(part.begins for part in parts))
    ends = frozenset[str]().union(*(part.ends for part in parts))
    holds = _union([part.holds for part in parts])
    if all(part.spelt is not None for part in parts):
        spelt = tuple(dict.fromkeys(text for part in parts for text in part.spelt or ()))
        return Part(spelt, begins, ends, holds, exact)
    return Part(None, begins, ends, holds)


def tail(expression: str) -> str | None:
    """Gives what every match ends with, as an expression, of one that begins with a group that may come many times.

    A search for `(?:[^,]+,)+ and` looks at every place for the longest list; one for `, and` is over at once.
    """
    opening = _REPEATABLE.match(expression)
    if not opening or _REFERENCE.search(expression):
        return None
    try:
        last, at, is_single = opening.end(), opening.end(), False
        while expression[at] not in "|)":
            last, is_single = at, True
            _, at = _item(expression, at)
            if quantifier := _QUANTIFIER.match(expression, at):
                at, is_single = quantifier.end(), False
        many = _QUANTIFIER.match(expression, at + 1)
        end = _sequence(expression, many.end())[1] if many else -1
    except (_StrangeError, IndexError, RecursionError):
        return None
    if expression[at] == "|" or not many or not _bounds(many)[0] or end != len(expression) or not is_single:
        return None
    return expression[last:at] + expression[many.end() :]


def _alternatives(text: str, at: int) -> tuple[Part, int]:
    """The alternatives from a place on, and where they end: at a closing bracket or at the end."""
    parts = []
    while True:
        part, at = _sequence(text, at)
        parts.append(part)
        if text[at : at + 1] != "|":
            return _either(parts), at
        at += 1


def _sequence(text: str, at: int) -> tuple[Part, int]:
    """One alternative, and where it ends."""
    found = _listed(("",), exact=True)
    while at < len(text) and text[at] not in "|)":
        part, at = _item(text, at)
        quantifier = _QUANTIFIER.match(text, at)
        if quantifier:
            at = quantifier.end()
            part = _repeated(part, quantifier)
        found = _then(found, part)
    return found, at


def _repeated(part: Part, quantifier: "re.Match[str]") -> Part:
    """A part that comes several times, or not at all."""
    least, most = _bounds(quantifier)
    copies = [_listed(("",), exact=True)]
    for _ in range(min(max(least, most or 0), _COPIES)):
        copies.append(_then(copies[-1], part))
    if most is not None and most < len(copies) and copies[most].spelt is not None and quantifier["lazy"] != "+":
        ways = copies[least : most + 1]
        found = _either(ways if quantifier["lazy"] else ways[::-1])
        # Otherwise they come in another order, or a group is left out.
        return found if part.exact and (most == least or most == 1) else found._replace(exact=False)
    if not least:
        return _UNKNOWN
    surely = copies[min(least, _COPIES)]
    return Part(None, surely.begins, surely.ends, surely.holds)


def _bounds(quantifier: "re.Match[str]") -> tuple[int, int | None]:
    """How often a part comes at least and at most, None for any number."""
    if sign := quantifier["sign"]:
        return (1 if sign == "+" else 0), (1 if sign == "?" else None)
    least = int(quantifier["least"])
    if not quantifier["open"]:
        return least, least
    return least, int(quantifier["most"]) if quantifier["most"] else None


def _item(text: str, at: int) -> tuple[Part, int]:
    """The next item, and where it ends."""
    if run := _RUN.match(text, at):
        return _listed((run[0],), exact=True), run.end()
    character = text[at]
    if character == "\\":
        return _escape(text, at)
    if character == "[":
        bracketed = CLASS.match(text, at)
        if not bracketed:
            raise _StrangeError
        return _class(bracketed[0]), bracketed.end()
    if character == "(":
        return _group(text, at)
    if character in "*+?{":
        raise _StrangeError
    if character in "^$":
        return _listed((OPEN if character == "^" else SHUT,), exact=False), at + 1
    return _UNKNOWN if character == "." else _itself(character), at + 1


def _escape(text: str, at: int) -> tuple[Part, int]:
    escape = ESCAPE.match(text, at)
    if not escape:
        raise _StrangeError
    return _escaped(escape[0]), escape.end()


def _escaped(written: str) -> Part:
    """What an escape matches."""
    sign = written[1]
    if not sign.isalnum():
        return _itself(sign)
    if written == r"\b":
        return _listed((EDGE,), exact=True)
    if sign in "KGNXR":  # where a match begins, and more than one character
        raise _StrangeError
    if sign in "AZzB":
        return _listed(({"A": OPEN, "B": ""}.get(sign, SHUT),), exact=False)
    if sign in "xuU" and len(written) > 2:
        return _itself(chr(int(written[2:], 16)))._replace(exact=False)
    texts = {"d": DIGIT, "s": SPACE, "n": SPACE, "t": SPACE}
    return _listed((texts[sign],), exact=False) if sign in texts else _UNKNOWN


def _itself(sign: str) -> Part:
    """What a sign that stands for itself matches."""
    if sign in _EDGES or sign in (DIGIT, SPACE):  # which stand for something else in a literal
        return _UNKNOWN
    # A space may be a line wrap in the texts that are looked through.
    return _listed((sign,), exact=not sign.isspace())


def _class(written: str) -> Part:
    """What a class of characters matches."""
    if written in _WRAPS:
        return _listed((" ",), exact=True)
    simple = _SIMPLE_CLASS.match(written)
    if not simple:
        return _UNKNOWN
    found = dict.fromkeys(simple["first"])
    for match in _IN_CLASS.finditer(simple["inner"]):
        if match["range"]:
            first, last = ord(match[0][0]), ord(match[0][2])
            if not 0 <= last - first < _MOST:
                return _UNKNOWN
            found.update(dict.fromkeys(map(chr, range(first, last + 1))))
        elif match["escaped"]:
            found[{"d": DIGIT, "s": SPACE, "n": SPACE}.get(match[0][1], match[0][1])] = None
        else:
            found[match[0]] = None
    inexact = any(sign.isspace() or sign in (DIGIT, SPACE) for sign in found)
    return _listed(tuple(found), exact=not inexact) if found else _UNKNOWN


def _group(text: str, at: int) -> tuple[Part, int]:
    for nothing in (_SET_FLAGS, _COMMENT):
        if apart := nothing.match(text, at):
            return _listed(("",), exact=nothing is _COMMENT or _keeps_case(apart["on"])), apart.end()
    around = _AROUND.match(text, at)
    opening = around or _OPENING.match(text, at)
    if not opening:
        raise _StrangeError
    found, end = _alternatives(text, opening.end())
    if text[end] != ")":
        raise _StrangeError
    if around:
        return _listed((_beside(text[at : end + 1], found),), exact=False), end + 1
    is_open = text.startswith("(?:", at) or (opening["flags"] is not None and _keeps_case(opening["flags"]))
    return found if is_open else found._replace(exact=False), end + 1


def _beside(group: str, inner: Part) -> str:
    """What a group that looks around says of its place."""
    if group in _NO_WORD_BESIDE:
        return _NO_WORD_BESIDE[group]
    if group.startswith("(?="):
        edge, nearest = SHUT, [begin[:1] for begin in inner.begins]
    elif group.startswith("(?<="):
        edge, nearest = OPEN, [end[-1:] for end in inner.ends]
    else:
        return ""
    return edge if nearest and all(sign and sign in _NO_WORD + edge for sign in nearest) else ""


def _keeps_case(flags: str) -> bool:
    return not set(flags) - set("mu")
