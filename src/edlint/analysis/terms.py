"""Where the terms of the house stand in an article: what no rule need look at."""

from bisect import bisect_right
from typing import NamedTuple, Protocol

from edlint.article import Article
from edlint.pattern import Exceptions
from edlint.text import Span


class Excepting(Protocol):
    """The options of a kind whose rules have `exceptions` and heed the `vocab` of the house."""

    @property
    def allowed(self) -> Exceptions:
        """Gives the rule's own exceptions."""

    @property
    def vocab(self) -> bool:
        """Says whether the house's vocabulary excepts, too."""


def excepted(article: Article, options: Excepting, found: str, span: Span, text: str, *, nonword: bool = False) -> bool:
    """Says whether a rule lets stand what it found at a span of a text; of a `nonword` rule words are no exceptions."""
    if options.allowed.cover(found, span, text):
        return True
    return (
        options.vocab
        and not nonword
        and article.vocabulary is not None
        and article.vocabulary.accepts(found, span, text)
    )


class Found(NamedTuple):
    """The places of terms in the source, in order, none within another; `given_up` where that took too long."""

    spans: tuple[Span, ...] = ()
    given_up: bool = False

    def cover(self, span: Span) -> bool:
        """Says whether a span of the source lies within a term."""
        index = bisect_right(self.spans, span.start, key=lambda term: term.start) - 1
        return index >= 0 and span.start < span.end <= self.spans[index].end


def terms(article: Article) -> Found:
    """Gives the places of terms; ask through `article.once`. Blocks are searched whole, whatever their markup."""
    if article.terms is None:
        return Found()
    blocks = article.document.blocks
    try:
        spans = article.terms.spans([block.text for block in blocks])
    except TimeoutError:
        return Found(given_up=True)
    placed = (block.in_source(span) for block, inner in zip(blocks, spans, strict=True) for span in inner)
    found: list[Span] = []
    for span in sorted(placed, key=lambda span: (span.start, -span.end)):
        if not found or span.end > found[-1].end:
            found.append(span)
    return Found(tuple(found))
