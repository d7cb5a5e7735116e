"""Regular expressions as rule authors write them, on the `regex` package.

Tokens are whole words unless a rule says otherwise, the first alternative wins, and a single plain space in a token
also matches a line wrap. A search that takes too long is given up.
"""

import re
from collections.abc import Iterable, Iterator

import regex

from edlint.text import Span

Pattern = regex.Pattern

TIME_LIMIT = 2.0  # seconds a rule may take over one block
_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[<!=:P#>a-zA-Z-]|.", re.DOTALL)


def spaced(token: str) -> str:
    """Lets each single plain space of a token match a line wrap too, leaving classes, escapes and quantified spaces."""
    atoms = _ATOM.findall(token)
    quantifiers = ("*", "+", "?", "{")
    return "".join(
        "[ \\n]" if atom == " " and after != " " and before != " " and after not in quantifiers else atom
        for before, atom, after in zip(["", *atoms], atoms, [*atoms[1:], ""], strict=False)
    )


def words(tokens: Iterable[str], *, nonword: bool = False, ignorecase: bool = False) -> str:
    """Joins tokens into one expression, bounded by word edges unless `nonword`; blank tokens are dropped."""
    joined = "|".join(spaced(token) for token in tokens if token.strip())
    body = f"(?m)(?:{joined})" if nonword else rf"(?m)\b(?:{joined})\b"
    return ("(?i)" if ignorecase else "") + body


def compiled(expression: str) -> "regex.Pattern[str]":
    """Compiles an expression; raises ValueError, saying what is wrong in one line."""
    try:
        return regex.compile(expression, regex.V1)
    except regex.error as error:
        raise ValueError(str(error)) from error


def faulty(tokens: Iterable[str]) -> Iterator[str]:
    """Says, for each token that is no regular expression, what is wrong with it."""
    for token in tokens:
        try:
            compiled(token)
        except ValueError as error:
            yield f"not a regular expression: '{token}' ({error})"


def matches(pattern: "regex.Pattern[str]", text: str) -> "Iterator[regex.Match[str]]":
    """Gives the matches in a text; raises TimeoutError where finding them takes too long."""
    return pattern.finditer(text, timeout=TIME_LIMIT)


def trimmed(match: "regex.Match[str]") -> Span:
    """Gives the span of a match without the white space at its ends; a match of white space alone is kept."""
    found, start = match.group(), match.start()
    bare = found.strip()
    if not bare:
        return Span(*match.span())
    start += len(found) - len(found.lstrip())
    return Span(start, start + len(bare))


class Exceptions:
    """What a rule lets stand: an exception found within a match, or a phrase that a match lies in."""

    def __init__(self, exceptions: Iterable[str]) -> None:
        longest_first = sorted((term for term in exceptions if term.strip()), key=len, reverse=True)
        cased = "|".join(term if term.startswith("(?i)") else f"(?-i){term}" for term in longest_first)
        phrases = "|".join(spaced(term) for term in longest_first if re.search(r"[ \t]|\\s", term))
        self._within = compiled(rf"(?m)\b(?:{cased})\b") if cased else None
        self._around = compiled(rf"(?i)\b(?:{phrases})\b") if phrases else None

    def cover(self, found: str, span: Span, text: str) -> bool:
        """Says whether the words found at a span of a text are let stand."""
        if self._within and self._within.search(found):
            return True
        if not self._around:
            return False
        return any(m.start() <= span.start and span.end <= m.end() for m in self._around.finditer(text))
