"""Regular expressions as rule authors write them, on the `regex` package.

Tokens are whole words unless a rule says otherwise, the first alternative wins, and a single plain space in a token
also matches a line wrap. A search that takes too long is given up.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

import regex

from edlint import dialect, literals
from edlint.effort import USUAL_WORD, Effort, effort
from edlint.text import Span

Pattern = regex.Pattern
Match = regex.Match

_WORDS = re.compile(r"[\w \-',’&/@%!:;]*\Z")  # no sign that means anything in an expression
_WORD = regex.compile(r"\w+", regex.V1)  # what the edges of tokens take for one: `²` is none
_EXTENDED = re.compile(r"\(\?[a-wyz]*x")
_IGNORES_CASE = re.compile(r"\(\?\w*i")
_ONE_FOR_ONE = "(?-f)"  # case is ignored letter by letter
_NO_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_GROUP = re.compile(r"\((?:(?!\?)|\?P?<(?![=!])|\?')")
_REFERENCE = re.compile(r"\\(?:([1-9]\d?)(?!\d)|.)", re.DOTALL)
_PLACE = re.compile(r"at position (\d+)")
_LONG_WORD = re.compile(rf"\S{{{USUAL_WORD + 1}}}|\s{{{USUAL_WORD + 1}}}")
TIME_LIMIT = 2.0  # seconds a rule may take over one block
_ATOM = re.compile(r"\\Q.*?(?:\\E|\Z)|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[<!=:P#>a-zA-Z-]|.", re.DOTALL)


def spaced(token: str) -> str:
    """Lets each single plain space of a token match a line wrap too, leaving classes, escapes and quantified spaces."""
    if _EXTENDED.search(token):  # where spaces mean nothing
        return token
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
    """Compiles an expression; raises ValueError, saying what is wrong in one line.

    Where it ignores case, it does so letter by letter: `ß` is not `ss`.
    """
    try:
        return regex.compile(_ONE_FOR_ONE + dialect.translated(expression), regex.V1)
    except regex.error as error:
        told = _PLACE.sub(lambda place: f"at position {int(place[1]) - len(_ONE_FOR_ONE)}", str(error))
        raise ValueError(told) from error


def faulty(tokens: Iterable[str]) -> Iterator[str]:
    """Says, for each token that is no regular expression, what is wrong with it."""
    for token in tokens:
        if _WORDS.match(token):
            continue
        try:
            compiled(token)
        except ValueError as error:
            yield f"not a regular expression: '{token}' ({error})"


def folded(text: str) -> str:
    """Gives a text without case and line wraps, letter by letter, so that every place in it stays its own."""
    flat = text.replace("\n", " ")
    low = flat.casefold()
    if len(low) == len(flat):
        return low
    return "".join(map(_folded_letter, flat))


def _folded_letter(letter: str) -> str:
    """A letter without case, as far as that is one letter."""
    return next((one for one in (letter.casefold(), letter.lower()) if len(one) == 1), letter)


@cache
def is_of_word(character: str) -> bool:
    """Says whether a character is one that words are made of, as expressions have it; nothing is none."""
    return _WORD.match(character) is not None


def apart(tokens: Iterable[str]) -> tuple[str, ...]:
    """Gives tokens with the groups of each counted from 1, also where an author counts on over all tokens before.

    A reference beyond a token's own groups is one of those.
    """
    found, before = list[str](), 0
    for token in tokens:
        own = len(_GROUP.findall(_NO_GROUP.sub("", token)))
        found.append(_REFERENCE.sub(partial(_own_reference, own, before), token))
        before += own
    return tuple(found)


def _own_reference(own: int, before: int, match: "re.Match[str]") -> str:
    number = int(match[1] or 0)
    return f"\\{number - before}" if number > own and 0 < number - before <= own else match[0]


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


class Found(NamedTuple):
    """A match of a token, by its number: where it stands, and what its groups hold, the whole match first."""

    number: int
    span: Span
    groups: tuple[str, ...]


class Candidates(NamedTuple):
    """What may match in a text: tokens to look for, by number, and tokens found, each as start, number and end."""

    able: Sequence[int] = ()
    found: Sequence[tuple[int, int, int]] = ()


class Need(NamedTuple):
    """What must stand in a text before a token can match: all of some words, and any of some literals."""

    words: frozenset[str] = frozenset()
    literals: frozenset[str] = frozenset()
    cased: bool = False

    @property
    def heralds(self) -> frozenset[str]:
        """Literals, case-folded, of which one stands in every match: the longest word, where words are needed."""
        if self.words:
            return frozenset({folded(max(self.words, key=lambda word: (len(word), word)))})
        return frozenset(map(folded, self.literals))

    def is_met(self, text: Text) -> bool:
        """Says whether a text has what is needed."""
        words, written = (text.words, text.written) if self.cased else (text.folded_words, text.folded)
        if not self.words <= words:
            return False
        return not self.literals or any(literal in written for literal in self.literals)


class Finder:
    """Tokens to look for as alternatives, of which the first wins where several begin at one place.

    Each is compiled by itself, no earlier than it can match, which most never can in most runs. `assembled` makes the
    expression of some tokens; `bounded` says that it puts word edges around them, `ignorecase` that it ignores case,
    `wraps` that a space may be a line wrap.
    """

    def __init__(
        self,
        tokens: Iterable[str],
        assembled: Callable[[Sequence[str]], str],
        *,
        bounded: bool,
        ignorecase: bool,
        wraps: bool = True,
    ) -> None:
        self.tokens, self._assembled = tuple(tokens), assembled
        self.bounded, self.ignorecase, self._wraps = bounded, ignorecase, wraps
        self._needs = tuple(_need(token, bounded=bounded, ignorecase=ignorecase) for token in self.tokens)
        self._compiled: dict[int, Pattern[str]] = {}

    @property
    def literals(self) -> Iterator[frozenset[str]]:
        """The literals, folded, of which one must stand in a text before each token can match; empty for none."""
        return (need.heralds for need in self._needs)

    def is_plain(self, number: int) -> bool:
        """Says whether a token is words that stand for themselves, which need no expression to be found."""
        token = self.tokens[number]
        return self._wraps and bool(_WORDS.match(token)) and "  " not in token and token == token.strip()

    def can_match(self, number: int, text: Text) -> bool:
        """Says whether a token, by its number, has in a text what it needs."""
        return self._needs[number].is_met(text)

    def able(self, text: Text) -> list[int]:
        """Gives the numbers of the tokens that can match in a text."""
        return [number for number in range(len(self.tokens)) if self.can_match(number, text)]

    @property
    def compiled_count(self) -> int:
        """How many tokens have been compiled."""
        return len(self._compiled)

    def pattern(self, number: int) -> "Pattern[str]":
        """Gives a token as a compiled expression, by its number."""
        found = self._compiled.get(number)
        if found is None:
            found = self._compiled[number] = compiled(self._assembled(self.tokens[number : number + 1]))
        return found

    def found(self, text: str, candidates: Candidates) -> Iterator[Found]:
        """Gives the matches of candidates in a text, none within another; raises TimeoutError where that takes long."""
        able, plain = candidates
        if not able:
            yield from _apart(text, plain)
        elif len(able) == 1 and not plain:
            yield from (_read(able[0], match) for match in matches(self.pattern(able[0]), text))
        else:
            yield from self._merged(text, able, plain)

    def _merged(self, text: str, able: Sequence[int], plain: Sequence[tuple[int, int, int]]) -> Iterator[Found]:
        """The matches of tokens to look for and of tokens found, in order."""
        places = defaultdict[int, list[Span]](list)
        for start, number, end in sorted(plain):
            places[number].append(Span(start, end))

        def following(number: int, start: int) -> Found | None:
            if number not in places:
                return self._next(number, text, start)
            span = next((span for span in places[number] if span.start >= start), None)
            return span and Found(number, span, (text[span.start : span.end],))

        coming = [one for number in (*able, *places) if (one := following(number, 0))]
        while coming:
            first = min(coming, key=lambda one: (one.span.start, one.number))
            yield first
            # Where nothing was matched, something may yet be at the same place.
            end, is_empty = first.span.end, first.span.end == first.span.start
            again = [one for one in coming if one.span.start < end or (is_empty and one.span.end == end)]
            coming = [one for one in coming if one not in again] if again else coming
            coming += [new for one in again if (new := following(one.number, end + is_empty))]

    def _next(self, number: int, text: str, start: int) -> Found | None:
        match = search(self.pattern(number), text, start) if start <= len(text) else None
        return _read(number, match) if match else None


def _apart(text: str, plain: Iterable[tuple[int, int, int]]) -> Iterator[Found]:
    """The first of tokens found, and of the others those that lie behind the one before."""
    reached = 0
    for start, number, end in sorted(plain):
        if start >= reached:
            reached = end
            yield Found(number, Span(start, end), (text[start:end],))


def _read(number: int, match: "regex.Match[str]") -> Found:
    return Found(number, Span(*match.span()), (match.group(), *(group or "" for group in match.groups())))


def _need(token: str, *, bounded: bool, ignorecase: bool) -> Need:
    cased = not ignorecase and not _IGNORES_CASE.search(token)
    written = (lambda literal: literal) if cased else str.casefold
    if bounded and _WORDS.match(token):
        return Need(words=frozenset(_WORD.findall(written(token))), cased=cased)
    return Need(literals=frozenset(map(written, literals.required(dialect.translated(token)))), cased=cased)


def _time_limit(pattern: "regex.Pattern[str]", text: str) -> float | None:
    """The seconds that a search may take, None where it is sure to be over soon: looking at a clock takes time, too."""
    known = _effort(pattern)
    if len(text) <= known.any_text or (len(text) <= known.usual_text and not _has_long_word(text)):
        return None
    return TIME_LIMIT


@lru_cache(1 << 10)
def _has_long_word(text: str) -> bool:
    return _LONG_WORD.search(text) is not None


@lru_cache(1 << 14)
def _effort(pattern: "regex.Pattern[str]") -> Effort:
    return effort(pattern.pattern.removeprefix(_ONE_FOR_ONE))


def search(pattern: "regex.Pattern[str]", text: str, start: int = 0) -> "regex.Match[str] | None":
    """Gives the first match in a text from a place on; raises TimeoutError where finding it takes too long."""
    return pattern.search(text, start, timeout=_time_limit(pattern, text))


def fullmatch(pattern: "regex.Pattern[str]", text: str) -> "regex.Match[str] | None":
    """Gives the match that is a whole text; raises TimeoutError as `search` does."""
    return pattern.fullmatch(text, timeout=_time_limit(pattern, text))


def matches(pattern: "regex.Pattern[str]", text: str) -> "Iterator[regex.Match[str]]":
    """Gives the matches in a text; raises TimeoutError where finding them takes too long."""
    return pattern.finditer(text, timeout=_time_limit(pattern, text))


def texts(pattern: "regex.Pattern[str]", text: str) -> list[str]:
    """Gives what matches in a text without where, which takes half the time; raises TimeoutError as `matches` does."""
    if pattern.groups:
        return [match.group() for match in matches(pattern, text)]
    return pattern.findall(text, timeout=_time_limit(pattern, text))


def trimmed(found: str, start: int) -> Span:
    """Gives the span of words found, which begin at a place, without the white space at their ends, if not all is."""
    bare = found.strip()
    if not bare or len(bare) == len(found):
        return Span(start, start + len(found))
    start += len(found) - len(found.lstrip())
    return Span(start, start + len(bare))


def lies_in(span: Span, found: "Iterable[regex.Match[str]]") -> bool:
    """Says whether a span lies within any of some matches."""
    return any(match.start() <= span.start and span.end <= match.end() for match in found)


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
        if self._within and search(self._within, found):
            return True
        if not self._around:
            return False
        return lies_in(span, self._around.finditer(text, overlapped=True, timeout=_time_limit(self._around, text)))
