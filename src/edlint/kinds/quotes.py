"""quotes: quotation marks that have lost their partner, or do not fit it, or face the wrong way.

A hit stands at the mark; its related place is where the partner was due, or the partner that does not fit. The marks
are read in `analysis.quotations`. No remedy is safe: where a missing mark belongs only the writer knows. A mark that
faces the wrong way or does not fit its partner can be exchanged, which is offered for people to accept.

There are no keys; each fault can be given its message and level.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edlint.analysis.quotations import Fault, quotations
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit, RelatedPlace
from edlint.rule import Rule

FAULTS = (
    "never-closed",
    "never-closed-before-next",
    "never-closed-before-attribution",
    "never-closed-inside",
    "never-opened",
    "mixed",
    "two-kinds",
    "opening-faces-wrong-way",
    "closing-faces-wrong-way",
)
_RELATED = {
    "never-closed": ("it is still open where this paragraph ends",),
    "never-closed-before-next": ("the next quotation opens here",),
    "never-closed-before-attribution": ("the closing mark is due before these words", "the next quotation opens here"),
    "never-closed-inside": ("the quotation around it ends here", "the quotation around it begins here"),
    "never-opened": ("the mark before it stands here",),
    "mixed": ("the quotation begins here",),
    "two-kinds": ("the mark that it is paired with stands here",),
    "opening-faces-wrong-way": ("the quotation ends here",),
    "closing-faces-wrong-way": ("the quotation begins here",),
}
_OPENING = {"‘": "’", "’": "‘", "“": "”", "”": "“"}


@dataclass(frozen=True)
class Options:
    """None."""


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each fault in the blocks that the rule looks at."""
    wanted = {block.span for block in seen(article, rule.scope) if block.pieces}
    for fault in article.once(quotations).faults:
        if fault.place.block.span in wanted:
            related = zip(fault.others, _RELATED[fault.name], strict=False)
            yield Hit(
                fault.place,
                fault.name,
                related=tuple(RelatedPlace(place, message) for place, message in related),
                fixes=tuple(_fixes(fault)),
            )


def _fixes(fault: Fault) -> Iterator[OfferedFix]:
    """Offers the mark that would fit; never where a mark is missing."""
    mark = _text(fault.place)
    if fault.name.endswith("wrong-way") and mark in _OPENING:
        yield _exchange(fault.place, _OPENING[mark])
    elif fault.name == "mixed":
        fitting = {"“": "”", "‘": "’", '"': '"', "'": "'"}.get(_text(fault.others[0]))
        if fitting:
            yield _exchange(fault.place, fitting)


def _exchange(place: Place, mark: str) -> OfferedFix:
    return OfferedFix(f"write {mark}", False, (PlacedEdit(place, mark),))


def _text(place: Place) -> str:
    return place.block.text[place.span.start : place.span.end]
