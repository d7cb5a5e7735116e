r"""capitalization: text, such as a heading, whose words have the wrong case.

The message's `%s` is the text, then how it should be (for an expression, the expression).

Keys:
- `match`: `$title` (title case), `$sentence` (sentence case), `$lower`, `$upper`, or an expression that must match
  somewhere in the text.
- `style`: whose title case, `AP` or `Chicago`.
- `exceptions`: names and phrases with a case of their own, words or regular expressions. Where `match` is an
  expression, text with one of them may stand.
- `vocab`: whether words that the house's vocabulary accepts are exceptions, too.
- `indicators`: signs after which, in sentence case, a word begins with a capital, such as `:`.
- `prefix`: an expression for what may stand before the first word that counts, such as `^[a-z]\.\s`.
- `threshold`: the share of words, from 0 to 1, that must be right in title and sentence case; 0 stands for 0.8. The
  first word of sentence case must be right whatever it is.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Literal

from edlint import pattern
from edlint.analysis import casing
from edlint.analysis.casing import Word
from edlint.analysis.terms import excepted, terms
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ()
_USUAL_SHARE = 0.8
_CASES = ("$title", "$sentence", "$lower", "$upper")
# What is never wrong, so that an acronym may stand in a title and a name in small letters where all letters are small.
_RIGHT = {"$title": str.isupper, "$upper": str.isupper, "$lower": str.islower}


@dataclass(frozen=True)
class Options:
    match: str
    style: Literal["AP", "Chicago"] = "AP"
    exceptions: tuple[str, ...] = ()
    vocab: bool = True
    indicators: tuple[str, ...] = ()
    prefix: str = ""
    threshold: float = 0.0

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions, as they exempt text from an expression."""
        return pattern.Exceptions(self.exceptions)

    @cached_property
    def finder(self) -> "pattern.Pattern[str]":
        """The expression that text must match."""
        return pattern.compiled(self.match)

    @cached_property
    def before(self) -> "pattern.Pattern[str]":
        """The expression for what stands before the first word that counts."""
        return pattern.compiled(self.prefix)

    @cached_property
    def case(self) -> casing.Ordinary:
        """How an ordinary word is written."""
        cases: dict[str, casing.Ordinary] = {
            "$title": partial(casing.in_title, style=self.style),
            "$sentence": partial(casing.in_sentence, indicators=self.indicators),
            "$lower": casing.in_lower,
            "$upper": casing.in_upper,
        }
        return cases[self.match]

    @cached_property
    def _names(self) -> dict[tuple[str, ...], casing.Names]:
        return {}

    def names(self, article: Article) -> casing.Names:
        """The exceptions, with those of the house that an article is of, as names."""
        accepted = tuple(article.vocabulary.accept) if self.vocab and article.vocabulary else ()
        if accepted not in self._names:
            self._names[accepted] = casing.Names((*self.exceptions, *accepted))
        return self._names[accepted]


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    if not options.match or (re.fullmatch(r"\$\w+", options.match) and options.match not in _CASES):
        yield "match", f"expected an expression or one of {', '.join(_CASES)}, got '{options.match}'"
    yield from (("match", wrong) for wrong in pattern.faulty([options.match]))
    yield from (("prefix", wrong) for wrong in pattern.faulty([options.prefix]))
    yield from (("exceptions", wrong) for wrong in pattern.faulty(options.exceptions))
    if not 0 <= options.threshold <= 1:
        yield "threshold", f"expected a share of the words from 0 to 1, got {options.threshold:g}"


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each block whose words have the wrong case."""
    options: Options = rule.options
    found = _cased if options.match in _CASES else _unmatched
    for block in seen(article, rule.scope):
        if block.text.strip():
            yield from found(article, block, rule)


def _unmatched(article: Article, block: Block, rule: Rule) -> Iterator[Hit]:
    """A hit where an expression does not match."""
    options: Options = rule.options
    text, span = block.text, Span(0, len(block.text))
    if next(pattern.matches(options.finder, text), None) or excepted(article, options, text, span, text):
        return
    yield Hit(Place(block, span), args=(_unmasked(article, block), options.match))


def _cased(article: Article, block: Block, rule: Rule) -> Iterator[Hit]:
    """A hit where too many words have the wrong case."""
    options: Options = rule.options
    text = block.text
    before = options.before.match(text, timeout=pattern.TIME_LIMIT) if options.prefix else None
    start = before.end() if before else 0
    words = casing.words(text, pattern.Text.of(text), options.names(article), options.case, start)
    wrong = [word for word in words if _is_wrong(word, options) and not _is_held(article, block, word)]
    if not wrong or _may_stand(wrong, words, start, options):
        return
    shown = _unmasked(article, block)
    expected = casing.rewritten(shown, wrong)
    yield Hit(Place(block, Span(0, len(text))), args=(shown, expected), fixes=tuple(_fixes(block, wrong, expected)))


def _is_wrong(word: Word, options: Options) -> bool:
    """Says whether a word has the wrong case."""
    is_right = _RIGHT.get(options.match)
    return word.written != word.expected and not (is_right and is_right(word.written))


def _is_held(article: Article, block: Block, word: Word) -> bool:
    """Says whether a word lies within a term that the house holds right."""
    return article.once(terms).cover(block.in_source(word.span))


def _may_stand(wrong: Sequence[Word], words: Sequence[Word], start: int, options: Options) -> bool:
    """Says whether few enough words are wrong."""
    if options.match not in ("$title", "$sentence"):
        return False
    first = next(word for word in words if word.span.start >= start)
    if options.match == "$sentence" and first is wrong[0] and not casing.is_capitalized(first.written):
        return False
    return (len(words) - len(wrong)) / len(words) >= (options.threshold or _USUAL_SHARE)


def _fixes(block: Block, wrong: Sequence[Word], expected: str) -> Iterator[OfferedFix]:
    """An edit of each wrong word, unless one of them may be an acronym or a name."""
    if not any(casing.is_cased_within(word.written) for word in wrong):
        edits = tuple(PlacedEdit(Place(block, word.span), word.expected) for word in wrong)
        yield OfferedFix(f"write '{' '.join(expected.split())}'", False, edits)


def _unmasked(article: Article, block: Block) -> str:
    """The text of a block with code and tags as they are written, where that changes no offset."""
    source = article.document.source.text
    pieces = ((piece.text, source[piece.span.start : piece.span.end].strip("`")) for piece in block.pieces)
    return "".join(text if text.strip("*") or len(text) != len(written) else written for text, written in pieces)
