"""quote-punctuation: commas and full stops beside closing quotation marks.

Houses differ in where they stand. Americans set them before the closing mark, whatever the sense; logical style, as
British papers have it, sets them after the mark where they belong to the sentence around and only a part of a sentence
is quoted. A rule holds one style, or looks only for what is wrong in both: a mark on either side (`,”,`), and speech
that runs into the words that say who speaks (`“We won” she said.`).

A newcomer would report every mark on the other side. Quotations of one sign, single marks that may be apostrophes, and
exact strings (“n-400.pdf”) stay silent; in logical style everything but a few words within a sentence does.

Keys:
- `style`: `american`, `logical`, or `either` for what is wrong in both.
- `attributing`: verbs that say who speaks.
- `abbreviations`: words that keep their full stop in a quotation, without it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

from edlint.analysis.quotations import quotations
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ("outside", "inside", "doubled", "no-comma")
MESSAGES = {
    "outside": "write %s, not %s",
    "inside": "only a part of a sentence is quoted: write %s, not %s",
    "doubled": "%s: a mark on either side of the quotation mark; write %s",
    "no-comma": "a comma is missing before the closing mark: '%s' says who speaks",
}
SCOPE = ("prose & ~table",)

_OPENING, _CLOSING, _SINGLE = frozenset("“\"‘'"), frozenset("”\"’'"), frozenset("‘'")
# A mark behind a quotation with which its sentence goes on or ends; lines of data end with theirs.
_BEHIND = re.compile(r",(?=\s[\w“‘(\"'])(?!\n[\W_])|\.(?=[\s)\]”’\"']|\Z)(?!\s+[a-z])")
_LETTERS_END = re.compile(r"[^\W_]{2}\Z")
_WORD_AND_STOP = re.compile(r"([^\W\d_]+)\.\Z")
# What is quoted as the exact string that it is, where a comma would be part of it: “n-400.pdf”.
_EXACT = re.compile(r"[/\\_<>=*@|{}#~^]|\w[.:]\w|^\W")
_SEVERAL = re.compile(r"[.!?:;…—–]")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\s+\Z")
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?…][”’\"')]*\s)[\s*_]*\Z")
_SPEAKER = r"(?:he|she|they|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]+)?)"


@dataclass(frozen=True)
class Options:
    style: Literal["american", "logical", "either"]
    attributing: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()

    @cached_property
    def verbs(self) -> frozenset[str]:
        """The verbs that say who speaks."""
        return frozenset(self.attributing)

    @cached_property
    def stopped(self) -> frozenset[str]:
        """The words that keep their full stop."""
        return frozenset(word.lower() for word in self.abbreviations)

    @cached_property
    def saying(self) -> "re.Pattern[str]":
        """What says who speaks, as `who`: `she said`, `said Ada Bell`."""
        verb = "|".join(map(re.escape, self.attributing)) or "(?!)"
        last = r"(?=[,.;:]|\Z| (?:in|on|at|of|after|before|during|to|by|when|as)\b)"
        return re.compile(rf" (?P<who>{_SPEAKER} (?:{verb}){last}|(?:{verb}) {_SPEAKER}){last}")


class _Quotation(NamedTuple):
    """A quotation that opens and closes in one block; its span holds the words without the marks."""

    block: Block
    span: Span
    is_nested: bool = False

    @property
    def words(self) -> str:
        """What is quoted."""
        return self.block.text[self.span.start : self.span.end]

    @property
    def before(self) -> str:
        """The text before the opening mark."""
        return self.block.text[: self.span.start - 1]

    @property
    def mark(self) -> str:
        """The closing mark."""
        return self.block.text[self.span.end]

    @property
    def is_single(self) -> bool:
        """Whether its marks are single ones."""
        return self.mark in _SINGLE or self.mark == "’"


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each comma or full stop on the wrong side of a closing mark, on both, or missing."""
    options: Options = rule.options
    judged = {"american": _outside, "logical": _inside, "either": _wrong_anywhere}[options.style]
    for block in seen(article, rule.scope):
        for quotation in _quotations(article, block):
            hit = judged(quotation, options)
            if hit is not None:
                yield hit


def _quotations(article: Article, block: Block) -> Iterator[_Quotation]:
    """The quotations of a block that open and close in it."""
    text, spans = block.text, article.once(quotations).within(block)
    for start, end in spans:
        if end - start > 2 and text[start] in _OPENING and text[end - 1] in _CLOSING:
            is_nested = any(other.start < start and end < other.end for other in spans)
            yield _Quotation(block, Span(start + 1, end - 1), is_nested)


# American style


def _outside(one: _Quotation, options: Options) -> Hit | None:  # noqa: ARG001 - as the other styles
    """A hit for a comma or full stop behind the closing mark."""
    behind = _BEHIND.match(one.block.text, one.span.end + 1)
    if not behind or not _LETTERS_END.search(one.words) or _EXACT.search(one.words):
        return None
    if one.is_single and not one.is_nested:  # an apostrophe, or a British paper
        return None
    return _moved(one, "outside", Span(one.span.end, behind.end()), behind.group() + one.mark)


# Logical style


def _inside(one: _Quotation, options: Options) -> Hit | None:
    """A hit for a comma or full stop before the closing mark of a few words quoted within a sentence."""
    mark = one.words[-1]
    if mark not in ",." or not _is_part_of_a_sentence(one, options) or _keeps_stop(one.words, options):
        return None
    end = one.span.end
    if mark == "," and options.saying.match(one.block.text, end + 1):
        return None
    return _moved(one, "inside", Span(end - 1, end + 1), one.mark + mark)


def _is_part_of_a_sentence(one: _Quotation, options: Options) -> bool:
    """Says whether a sentence of somebody else's runs on into the words quoted: `called it “a mess”`."""
    word = _WORD_BEFORE.search(one.before[-40:])
    begins = one.words[:1]
    return bool(word and begins.islower() and word[1] not in options.verbs and not _SEVERAL.search(one.words[:-1]))


# What is wrong in either style


def _wrong_anywhere(one: _Quotation, options: Options) -> Hit | None:
    """A hit for a mark on both sides of the closing one, or for speech that runs into who speaks."""
    text, end = one.block.text, one.span.end
    behind = _BEHIND.match(text, end + 1)
    if behind and one.words[-1] in ",." and len(one.words) > 3 and not _keeps_stop(one.words, options):
        return _moved(one, "doubled", Span(end - 1, behind.end()), one.words[-1] + one.mark)
    saying = options.saying.match(text, end + 1)
    if saying and _is_whole(one):
        fix = OfferedFix("write a comma", False, (PlacedEdit(Place(one.block, Span(end, end)), ","),))
        evidence = (("quotation", one.words), ("who speaks", saying["who"]))
        return Hit(Place(one.block, Span(end, end + 1)), "no-comma", (saying["who"],), fixes=(fix,), evidence=evidence)
    return None


def _is_whole(one: _Quotation) -> bool:
    """Says whether a whole sentence is quoted that begins one: it is no title, and no part of another sentence."""
    words = one.words.split()
    small = sum(word[0].islower() for word in words)
    starts = one.words[0].isupper() and _SENTENCE_BEGINS.search(one.before)
    return bool(starts and len(words) > 2 and 2 * small > len(words) and one.words[-1].isalpha())


def _keeps_stop(words: str, options: Options) -> bool:
    """Says whether the full stop of words quoted belongs to a word that is cut short: `“Acme Inc.”`."""
    last = _WORD_AND_STOP.search(words)
    return words.endswith(".") and (not last or len(last[1]) < 3 or last[1].lower() in options.stopped)


def _moved(one: _Quotation, fault: str, span: Span, better: str) -> Hit:
    """A hit for the marks at the end of a quotation, which are to be written in a better way.

    Where markup stands between them, the last one is pointed at.
    """
    written = one.block.text[span.start : span.end]
    place = Place(one.block, span if one.block.is_verbatim(span) else Span(span.end - 1, span.end))
    fix = OfferedFix(f"write {better}", False, (PlacedEdit(Place(one.block, span), better),))
    evidence = (("quotation", one.words), ("written", written), ("expected", better))
    return Hit(place, fault, (better, written), fixes=(fix,), evidence=evidence)
