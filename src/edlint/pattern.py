"""Regular expressions as rule authors write them, on the `regex` package.

Tokens are whole words unless a rule says otherwise, the first alternative wins, and a single plain space in a token
also matches a line wrap. A search that takes too long is given up.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import NamedTuple

import regex

from edlint import dialect, literals
from edlint.text import Span

Pattern = regex.Pattern

_WORDS = re.compile(r"[\w \-',’&/@%!:;]*\Z")  # no sign that means anything in an expression
_WORD = re.compile(r"\w+")
_IGNORES_CASE = re.compile(r"\(\?\w*i")
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
        return regex.compile(dialect.translated(expression), regex.V1)
    except regex.error as error:
        raise ValueError(str(error)) from error


def faulty(tokens: Iterable[str]) -> Iterator[str]:
    """Says, for each token that is no regular expression, what is wrong with it."""
    for token in tokens:
        if _WORDS.match(token):
            continue
        try:
            compiled(token)
        except ValueError as error:
            yield f"not a regular expression: '{token}' ({error})"


class Text(NamedTuple):
    """A text and the words in it, as written and case-folded."""

    written: str
    words: frozenset[str]
    folded: str
    folded_words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Reads a text."""
        folded = text.casefold()
        return cls(text, frozenset(_WORD.findall(text)), folded, frozenset(_WORD.findall(folded)))


class Need(NamedTuple):
    """What must stand in a text before a token can match: all of some words, and any of some literals."""

    words: frozenset[str] = frozenset()
    literals: frozenset[str] = frozenset()
    cased: bool = False

    def is_met(self, text: Text) -> bool:
        """Says whether a text has what is needed."""
        words, written = (text.words, text.written) if self.cased else (text.folded_words, text.folded)
        if not self.words <= words:
            return False
        return not self.literals or any(literal in written for literal in self.literals)


class Search(NamedTuple):
    """A compiled expression and the tokens that it was made of."""

    pattern: "Pattern[str]"
    tokens: tuple[str, ...]


class Finder:
    """Tokens to look for as alternatives of one expression, compiled no earlier than something can match.

    A token takes part once what it needs has stood in a text; tokens that never can match are never compiled, which
    is most of them in most runs. `assembled` makes the expression of some tokens, in their order; `bounded` says that
    it puts word edges around them, `ignorecase` that it ignores case.
    """

    def __init__(
        self, tokens: Iterable[str], assembled: Callable[[Sequence[str]], str], *, bounded: bool, ignorecase: bool
    ) -> None:
        self._tokens, self._assembled = tuple(tokens), assembled
        self._needs = tuple(_need(token, bounded=bounded, ignorecase=ignorecase) for token in self._tokens)
        self._compiled: tuple[frozenset[int], Search] | None = None

    def search(self, text: Text) -> Search | None:
        """Gives what to look for in a text, None where no token can match."""
        able = {index for index, need in enumerate(self._needs) if need.is_met(text)}
        if not able:
            return None
        have = self._compiled
        if have is None or not able <= have[0]:
            have = self._compiled = self._compile(able | (have[0] if have else frozenset()))
        return have[1]

    @property
    def compiled_count(self) -> int:
        """How many tokens have been compiled."""
        return len(self._compiled[0]) if self._compiled else 0

    def _compile(self, able: Set[int]) -> tuple[frozenset[int], Search]:
        # Past a third of the tokens the rest are not long in coming.
        chosen = range(len(self._tokens)) if 3 * len(able) > len(self._tokens) else sorted(able)
        tokens = tuple(self._tokens[index] for index in chosen)
        return frozenset(chosen), Search(compiled(self._assembled(tokens)), tokens)


def _need(token: str, *, bounded: bool, ignorecase: bool) -> Need:
    cased = not ignorecase and not _IGNORES_CASE.search(token)
    written = (lambda literal: literal) if cased else str.casefold
    if bounded and _WORDS.match(token):
        return Need(words=frozenset(_WORD.findall(written(token))), cased=cased)
    return Need(literals=frozenset(map(written, literals.required(dialect.translated(token)))), cased=cased)


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
