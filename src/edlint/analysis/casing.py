"""Casing: how the words of a text would be written in title case, sentence case, capitals or small letters.

A word is what stands between white space, from its first letter or digit on. Names have a case of their own; a word
with a capital after its first, small letter (iPhone) is taken for one. A newcomer would expect one right form of each
word. Where two are right, or nobody can say, the word is left as it is written: most of all `to` in AP titles, which
has a capital before a verb (How To Cook) and none before a noun (Welcome to Rome).
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from edlint import pattern
from edlint.text import Span

_WORD = r"(?:[^\W_]|\*)\S*"
_ANY_WORD = re.compile(_WORD)
_INNER = re.compile(r"[^\w\s](?=\w)")  # before a word within a word
_PART = re.compile(r"[^\W_][^\s/-]*")
_PLAIN = re.compile(r"(?:[\w .,;:!&@%#~'’\"/-]|\\\W)+\Z")  # an expression that can only mean what a reader takes it for
_POSSESSIVE = re.compile(r"['’]s\Z")
_NUMBERING = re.compile(r"(?:\d+\.)+\Z")
_PUNCTUATION = "\"'“”‘’()[]{}*_ \t\n"
_DASHES = "-–—"

# Lower case within a title: articles, conjunctions, and prepositions of up to three letters (AP); the Chicago Manual
# adds longer prepositions.
_AP = frozenset("a an and as at but by en for if in nor of on or per the to v v. via vs vs.".split())
_CHICAGO = _AP | frozenset(
    "about above across after against along among around before between beyond concerning despite down during "
    "following from including into near over since through throughout towards under until upon with within "
    "without".split()
)
STYLES: Mapping[str, frozenset[str]] = {"AP": _AP, "Chicago": _CHICAGO}
# What tells an infinitive after `to` from a noun: the word after it, else the word before it.
_BEFORE_NOUN = frozenset(
    "a all an another any both each either every her him his it its me my no one our that the their them these this "
    "those us which who whom whose you your".split()
)
_VERBS = frozenset(
    "add adopt apply ask avoid be become begin bring build buy catch choose come consider convince create decide "
    "define deploy develop do draw drink drive earn eat enable ensure expect explain fall fight find fix follow get "
    "give go grow happen have hear help hire identify implement improve install join keep kill know learn leave let "
    "live lose maintain make manage meet migrate never not obtain pay perform play prepare prevent protect prove "
    "provide read receive reduce remain remember remove replace resolve run save say see seem sell send serve set sit "
    "solve spend stand start stay stop succeed survive take talk teach tell think travel understand use wait walk wear "
    "win write".split()
)
_TAKES_VERB = frozenset(
    "able afraid agree agreed agrees aim aims begin begins decide decided eager fail failed fails forget going had has "
    "have how learn learned learning likely need needed needs plan planned plans prepare ready refuse refused refuses "
    "seek seeks set supposed time tried tries try trying unable used vows want wanted wants ways what when where "
    "whether willing".split()
)
_TAKES_NOUN = frozenset(
    "according access adjacent approach attention back belong belongs close committed compared connect contrary "
    "contribute dedicated devoted down due equal from guide introduction key limited listen listening listens love "
    "moves next opposed opposition out over owing prior related reply respond response responses return returning "
    "returns similar solution speak specific subject superior switch thanks up visit visits visitor welcome".split()
)
_NOUN = re.compile(r"\d|[^\W_]+['’]s\Z|.{3,}(?:ings?|ity|(?<!wit)(?<!har)ness|ism|ments|tions|sions|ers|ors)\Z")

Ordinary = Callable[[str, Sequence[Span], int], str]
"""A function from a text, the words of it and the number of one to how that one is written where it is no name."""


class Word(NamedTuple):
    """A word of a text, as it is written and as it should be."""

    span: Span
    written: str
    expected: str


class Names:
    """Words and phrases with a case of their own: that of an entry, or, where it is an expression, any that it matches.

    An entry that looks like an ordinary word (Windows, code) may be written as that, too.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        longest_first = sorted({entry for entry in entries if entry.strip()}, key=lambda entry: (-len(entry), entry))
        self._forms = {_folded(entry): entry for entry in map(_written, longest_first)}
        self._finder = pattern.Finder(longest_first, _with_names, bounded=True, ignorecase=True)
        self._together: dict[tuple[int, ...], pattern.Pattern[str]] = {}

    def words(self, text: str, article: pattern.Text) -> Iterator[tuple[Span, bool]]:
        """Gives the words of a text that stands in an article, each with whether it is a name or a phrase of names."""
        able = tuple(self._finder.able(article))
        if not able:
            yield from ((Span(*match.span()), False) for match in _ANY_WORD.finditer(text))
            return
        if able not in self._together:
            entries = [self._finder.tokens[number] for number in able]
            self._together[able] = pattern.compiled(_with_names(entries))
        names = self._together[able]
        for found in pattern.matches(names, text):
            inner = _INNER.finditer(text, *found.span())
            within = (names.match(text, before.end(), timeout=pattern.TIME_LIMIT) for before in inner)
            yield Span(*found.span()), bool(found[1]) or any(match and match[1] for match in within)

    def form(self, written: str, ordinary: str) -> str:
        """Gives how a name is written, `ordinary` being how it would be if it were none."""
        bare = _POSSESSIVE.sub("", written)
        own = self._forms.get(_folded(written)) or self._forms.get(_folded(bare), "")
        if not own:
            return written
        may_be_ordinary = not own.isupper() and own[1:] == own[1:].lower()
        own += written[len(bare) :] if _folded(own) == _folded(bare) else ""
        if " ".join(written.split()) == own or (written == ordinary and may_be_ordinary):
            return written
        return ordinary if own.islower() else own

    def is_name(self, word: str) -> bool:
        """Says whether a word is an entry as it stands, signs included."""
        return _folded(word) in self._forms


def words(text: str, article: pattern.Text, names: Names, ordinary: Ordinary, start: int = 0) -> list[Word]:
    """Gives the words of a text as they should be written; those before `start` are right as they are.

    `article` are the words of what the text stands in. Raises TimeoutError.
    """
    found = list(names.words(text, article))
    spans = [span for span, _ in found if span.start >= start]
    before = len(found) - len(spans)
    made = [Word(span, text[span.start : span.end], text[span.start : span.end]) for span, _ in found[:before]]
    for index, (span, is_name) in enumerate(found[before:]):
        written, expected = text[span.start : span.end], ordinary(text, spans, index)
        if is_name or names.is_name(written):
            expected = names.form(written, expected)
        made.append(Word(span, written, expected))
    return made


def rewritten(text: str, found: Iterable[Word]) -> str:
    """Gives a text with its words as they should be."""
    parts, end = list[str](), 0
    for word in found:
        parts += text[end : word.span.start], word.expected
        end = word.span.end
    return "".join(parts) + text[end:]


def is_cased_within(word: str) -> bool:
    """Says whether a word has a capital that is not its first sign, nor the first after a hyphen or an apostrophe."""
    return any(before.isalnum() and after.isupper() for before, after in pairwise(word))


def is_capitalized(word: str) -> bool:
    """Says whether a word begins with its only capital."""
    return not word[0].islower() and not is_cased_within(word)


def in_lower(text: str, spans: Sequence[Span], index: int) -> str:
    """Gives a word in small letters."""
    return text[spans[index].start : spans[index].end].lower()


def in_upper(text: str, spans: Sequence[Span], index: int) -> str:
    """Gives a word in capitals."""
    return text[spans[index].start : spans[index].end].upper()


def in_sentence(text: str, spans: Sequence[Span], index: int, *, indicators: tuple[str, ...] = ()) -> str:
    """Gives a word in sentence case; after an indicator (`:`) or a number (`1.`) a new sentence begins."""
    span = spans[index]
    word = text[span.start : span.end]
    if _is_camel(word):
        return word
    before = text[spans[index - 1].start : span.start].rstrip(_PUNCTUATION) if index else ""
    begins = not index or before.endswith(indicators) or (index == 1 and bool(_NUMBERING.match(before)))
    return word[0].title() + word[1:].lower() if begins else word.lower()


def in_title(text: str, spans: Sequence[Span], index: int, *, style: str) -> str:
    """Gives a word in title case, by a style of STYLES; the parts of a compound are words of their own."""

    def part(match: re.Match[str]) -> str:
        own = Span(span.start + match.start(), span.start + match.end())
        written = match[0]
        if _is_camel(written):
            return written
        if written.lower() not in STYLES[style] or _stands_out(text, own, spans):
            return written[0].title() + written[1:]
        return _to(text, own, spans, index) if (style, written.lower()) == ("AP", "to") else written.lower()

    span = spans[index]
    return _PART.sub(part, text[span.start : span.end])


def _with_names(entries: Sequence[str]) -> str:
    """An expression for words, names first, these in a group; a plain entry matches in any case."""
    names = "|".join(f"(?i:{_literal(entry)})" if _PLAIN.match(entry) else f"(?:{entry})" for entry in entries)
    return rf"(?m)((?<!\w)(?:{names})(?:['’]s)?(?!\w))|{_WORD}"


def _literal(entry: str) -> str:
    return pattern.spaced(re.escape(_written(entry)).replace(r"\ ", " "))


def _written(entry: str) -> str:
    """A plain entry without the marks that make its signs stand for themselves."""
    return re.sub(r"\\(\W)", r"\1", entry) if _PLAIN.match(entry) else entry


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def _is_camel(word: str) -> bool:
    return word[0].islower() and is_cased_within(word)


def _stands_out(text: str, span: Span, spans: Sequence[Span]) -> bool:
    """Says whether a small word of a title has a capital: at either end of it, of a quotation, or of a compound."""
    before, after = text[max(span.start - 3, 0) : span.start], text[span.end : span.end + 1]
    if span.start == spans[0].start or span.end == spans[-1].end:
        return True
    if not before[-1].isspace() and before[-1] not in f"{_DASHES}/":
        return True
    if before[-1].isspace() and re.search(r"(?:[:?]|\s-|[–—])\s+\Z", before):
        return True
    return after in tuple(_DASHES) and before[-1] not in _DASHES


def _to(text: str, span: Span, spans: Sequence[Span], index: int) -> str:
    """`to` in a title as AP has it, as it is written where nobody can say."""
    written = text[span.start : span.end]
    if text[span.start - 1] in _DASHES:  # up-to-date, How-To Guide
        return "to" if text[span.end : span.end + 1] in tuple(_DASHES) else written
    before, after = (
        text[spans[near].start : spans[near].end].strip(_PUNCTUATION + ".,:;!?").lower()
        for near in (index - 1, index + 1)
    )
    if after in _VERBS or after.endswith("ly"):
        return "To"
    if after in _BEFORE_NOUN:
        return "to"
    if before in _TAKES_VERB:
        return "To"
    if before in _TAKES_NOUN or _NOUN.match(after):
        return "to"
    return written if written in ("to", "To") else "to"
