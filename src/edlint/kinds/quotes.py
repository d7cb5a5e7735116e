"""quotes: quotation marks that have lost their partner, or do not fit it, or face the wrong way.

A hit stands at the mark; its related place is where the partner was due, or the partner that does not fit. The marks
are read in `analysis.quotations`. No remedy is safe: where a missing mark belongs only the writer knows. A mark that
faces the wrong way or does not fit its partner can be exchanged, which is offered for people to accept.

A paragraph that goes on with a quotation from the one before without opening it anew is another matter, for a rule of
its own: the quotation is whole, and some houses do without the mark. Each fault can be given its message and level.

Keys:
- `find`: `marks`, the marks that are wrong (without it), or `paragraphs`, those that do not open a quotation anew.
- `outer`: `single` in a house that quotes with single marks; `either`, without it, goes by what the article does.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from edlint.analysis.marks import marks
from edlint.analysis.quotations import Fault, quotations, quotations_in_single_marks
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit, RelatedPlace
from edlint.rule import Rule
from edlint.text import Span

FAULTS = (
    "never-closed",
    "never-closed-before-next",
    "never-closed-before-attribution",
    "never-closed-inside",
    "never-opened",
    "never-opened-before-next",
    "mixed",
    "two-kinds",
    "opening-faces-wrong-way",
    "closing-faces-wrong-way",
    "not-opened-anew",
)
_RELATED = {
    "before": "the mark before it stands here",
    "closing": "the quotation ends here",
    "closing-due": "the closing mark is due before these words",
    "goes-on": "it goes on here",
    "end": "it is still open where this paragraph ends",
    "next": "the next quotation opens here",
    "opening": "the quotation begins here",
    "opening-due": "the opening mark is due before this word",
    "outer-closing": "the quotation around it ends here",
    "outer-opening": "the quotation around it begins here",
    "partner": "the mark that it is paired with stands here",
}
_OPENING = {"‘": "’", "’": "‘", "“": "”", "”": "“"}
_AROUND = 8  # marks on either side of a fault that are told
_SHOWN = 30  # characters at each end of a quotation that tell which it is


@dataclass(frozen=True)
class Options:
    find: Literal["marks", "paragraphs"] = "marks"
    outer: Literal["single", "either"] = "either"


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each fault in the blocks that the rule looks at."""
    options: Options = rule.options
    wanted = {block.span for block in seen(article, rule.scope) if block.pieces}
    read = article.once(quotations_in_single_marks if options.outer == "single" else quotations)
    for span, faults in groupby(read.faults, key=lambda fault: fault.place.block.span):
        told = [fault for fault in faults if (fault.name == "not-opened-anew") is (options.find == "paragraphs")]
        if told and span in wanted:
            block = told[0].place.block
            of_block, quoted = [mark.span for mark in marks(block.text)], read.within(block)
            yield from (_hit(fault, tuple(_evidence(fault, of_block, quoted))) for fault in told)


def _hit(fault: Fault, evidence: tuple[tuple[str, str], ...]) -> Hit:
    related = tuple(RelatedPlace(other.place, _RELATED[other.role]) for other in fault.others)
    return Hit(fault.place, fault.name, related=related, fixes=tuple(_fixes(fault)), evidence=evidence)


def _evidence(fault: Fault, of_block: Sequence[Span], quoted: Sequence[Span]) -> Iterator[tuple[str, str]]:
    """The marks of a paragraph around a fault, apostrophes within words apart, and what they were taken to quote.

    Only those around: a paragraph of ten thousand faults would be told ten thousand times.
    """
    text, at = fault.place.block.text, bisect_left(of_block, fault.place.span)
    first, last = max(at - _AROUND, 0), at + _AROUND + 1
    glyphs = [f"[{text[a:b]}]" if (a, b) == fault.place.span else text[a:b] for a, b in of_block[first:last]]
    yield "marks of its paragraph", " ".join(["…"] * (first > 0) + glyphs + ["…"] * (last < len(of_block)))
    begin = of_block[first].start if first else 0
    end = of_block[last].start if last < len(of_block) else len(text)
    for span in quoted[bisect_left(quoted, Span(begin, begin)) : bisect_left(quoted, Span(end, end))]:
        yield "taken as quoted", _shortened(text, span)


def _shortened(text: str, span: Span) -> str:
    """The words of a span, or those at either end of it."""
    start, end = span
    if end - start > 2 * _SHOWN:
        return f"{_line(text[start : start + _SHOWN])} … {_line(text[end - _SHOWN : end])}"
    return _line(text[start:end])


def _line(text: str) -> str:
    return " ".join(text.split())


def _fixes(fault: Fault) -> Iterator[OfferedFix]:
    """Offers the mark that would fit; never where a mark is missing."""
    mark = _text(fault.place)
    if fault.name.endswith("wrong-way") and mark in _OPENING:
        yield _exchange(fault.place, _OPENING[mark])
    elif fault.name == "mixed":
        fitting = {"“": "”", "‘": "’", '"': '"', "'": "'"}.get(_text(fault.others[0].place))
        if fitting:
            yield _exchange(fault.place, fitting)


def _exchange(place: Place, mark: str) -> OfferedFix:
    return OfferedFix(f"write {mark}", False, (PlacedEdit(place, mark),))


def _text(place: Place) -> str:
    return place.block.text[place.span.start : place.span.end]
