"""Terms: the words that a house holds right as they stand, and the names that it writes in more than one way.

A term is a whole word or phrase, also as a possessive. A newcomer would look for it exactly: a line wrap is a space, an
apostrophe may be curly, and what the house writes with a small letter has a capital where a sentence begins. Names
compare folded: without case, with straight apostrophes.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from edlint import pattern
from edlint.text import Span

_APOSTROPHES = str.maketrans("’‘ʻ", "'''")
_WORD = re.compile(r"\w+")
_NONE = frozenset[str]()
_SPECIAL = re.compile(r"[\\.^$*+?{}\[\]|()]")
_SIGN = r"(?:\\\W|[^\w\s\\.^$*+?{}\[\]|()])"
_SIGN_FIRST, _SIGN_LAST = re.compile(_SIGN), re.compile(rf"{_SIGN}\Z")


@dataclass(frozen=True)
class Vocabulary:
    """Words, as regular expressions, that rules with `vocab` take as their own exceptions, and words to avoid.

    Expressions come without word edges; `bounded` puts them there. `written` has, for those that their file writes
    otherwise, such as words with a period, what it writes; `any_case` are those that are right in any case.
    """

    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    written: Mapping[str, str] = field(default_factory=dict)
    any_case: frozenset[str] = _NONE

    def as_written(self, expression: str) -> str:
        """Gives a word as its file writes it."""
        return self.written.get(expression, expression)

    def __add__(self, other: "Vocabulary") -> "Vocabulary":
        """Gives the words of both."""
        return Vocabulary(
            tuple(dict.fromkeys((*self.accept, *other.accept))),
            tuple(dict.fromkeys((*self.reject, *other.reject))),
            {**self.written, **other.written},
            self.any_case | other.any_case,
        )

    @cached_property
    def _exceptions(self) -> pattern.Exceptions:
        return pattern.Exceptions(self._cased(term) for term in self.accept if not _has_sign_at_edge(term))

    @cached_property
    def _signed(self) -> "pattern.Pattern[str] | None":
        """The words that begin or end with a sign, beside which there is no word edge."""
        signed = [term for term in self.accept if _has_sign_at_edge(term)]
        found = (f"(?i:{bounded(term)})" if term in self.any_case else bounded(term) for term in signed)
        return pattern.compiled("|".join(found)) if signed else None

    def _cased(self, term: str) -> str:
        return f"(?i){term}" if term in self.any_case else term

    def accepts(self, found: str, span: Span, text: str) -> bool:
        """Says whether the words found at a span of a text hold an accepted word or lie in an accepted phrase."""
        if self._exceptions.cover(found, span, text):
            return True
        if self._signed is None:
            return False
        if pattern.search(self._signed, found):
            return True
        return pattern.lies_in(span, pattern.matches(self._signed, text))


def literal(term: str) -> str:
    """Gives the expression for a word or phrase as it stands."""
    return _SPECIAL.sub(r"\\\g<0>", term)


def bounded(expression: str) -> str:
    """Puts word edges around the expression for a word; a sign at its begin or end only parts it from letters."""
    start = r"(?<!\w)" if _SIGN_FIRST.match(expression) else r"\b"
    end = r"(?!\w)" if _SIGN_LAST.search(expression) else r"\b"
    return f"{start}(?:{pattern.spaced(expression)}){end}"


def _has_sign_at_edge(expression: str) -> bool:
    return bool(_SIGN_FIRST.match(expression) or _SIGN_LAST.search(expression))


@dataclass(frozen=True)
class Terms:
    """What the terms files of a house say, together; `paths` are these files."""

    words: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    paths: tuple[str, ...] = ()

    @cached_property
    def _finders(self) -> tuple[pattern.Finder, ...]:
        """The patterns, each by itself, so that a group's number means what its writer meant."""
        return tuple(pattern.Finder([one], _bounded, bounded=False, ignorecase=False) for one in self.patterns)

    @cached_property
    def _by_first(self) -> Mapping[str, tuple[tuple[frozenset[str], str], ...]]:
        """The words and phrases by the first word of each, with all words of each; a house may have thousands."""
        found = defaultdict(list)
        for term in dict.fromkeys(self.words):
            first, *others = _WORD.findall(term.casefold()) or [""]
            found[first].append((frozenset(others), term))
        return {first: tuple(terms) for first, terms in found.items()}

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """Gives where words and patterns stand in each of several texts; raises TimeoutError."""
        whole = pattern.Text.of("\n\n".join(texts))
        firsts = {"", *whole.folded_words} & self._by_first.keys()
        terms = (term for first in sorted(firsts) for rest, term in self._by_first[first] if rest <= whole.folded_words)
        patterns = [pattern.compiled(_bounded([_expression(term)])) for term in terms]
        patterns += [finder.pattern(number) for finder in self._finders for number in finder.able(whole)]
        return [[Span(*match.span()) for one in patterns for match in pattern.matches(one, text)] for text in texts]

    @cached_property
    def _spellings(self) -> frozenset[str]:
        """The single words of all terms and of the house's own forms of names."""
        return frozenset(word for term in (*self.words, *self.names) for word in _folded(term).split())

    @cached_property
    def _names_by_part(self) -> Mapping[str, frozenset[str]]:
        """The names that words, one or several in a row, are a part of in some form that the house accepts."""
        found: dict[str, set[str]] = defaultdict(set)
        for name, others in self.names.items():
            for form in (name, *others):
                for part in _parts(_folded(form)):
                    found[part].add(name)
        return {part: frozenset(names) for part, names in found.items()}

    def is_right(self, word: str) -> bool:
        """Says whether a single word is spelt as the house spells one."""
        return _folded(word) in self._spellings

    def are_one(self, one: str, other: str) -> bool:
        """Says whether two spellings are of one name of which the house accepts both."""
        names = self._names_by_part
        return bool(names.get(_folded(one), _NONE) & names.get(_folded(other), _NONE))


def _expression(word: str) -> str:
    """The expression for a word or phrase."""
    written = " ".join(word.split())
    first, rest = written[:1], re.escape(written[1:]).replace(r"\ ", r"\s+")
    rest = re.sub("['’‘]", "['’‘]", rest)
    capital = first.upper() if first.islower() else ""
    return (f"[{first}{capital}]" if len(capital) == 1 else re.escape(first)) + rest


def _bounded(tokens: Sequence[str]) -> str:
    return rf"(?m)(?<!\w)(?:{'|'.join(f'(?:{token})' for token in tokens)})(?:['’]s)?(?!\w)"


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).translate(_APOSTROPHES).casefold().split())


def _parts(form: str) -> Iterator[str]:
    words = form.split()
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            yield " ".join(words[start:end])
