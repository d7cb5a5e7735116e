"""Scope: which blocks, or which parts of blocks, a rule looks at.

A scope is a list of alternatives; an alternative is terms joined by `&`; a term may be denied with `~`. A term names a
kind of block or one that it stands in (`heading`, `heading.h2`, `list`, `blockquote`, `table.cell`, `caption`, `alt`,
`footnote`, `paragraph`), a front-matter key (`title`, or `frontmatter.title`), inline markup (`link`, `strong`,
`emphasis`, `strikethrough`), `quote` (direct speech: words in quotation marks), `text` (every block) or `prose` (every
block that readers read, so only those fields of the front matter that are sentences).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from edlint.text import Block, Document

INLINE = frozenset({"link", "strong", "emphasis", "strikethrough"})
SPEECH = "quote"  # known only when the marks of the whole article are read, so the engine looks to it
BLOCKS = frozenset(
    "text prose paragraph heading heading.h1 heading.h2 heading.h3 heading.h4 heading.h5 heading.h6 list list.item "
    "blockquote table table.header table.cell table.caption caption alt footnote frontmatter".split()
)
# The keys of front matter that static site generators and newsrooms fill with words for readers.
PROSE_FIELDS = frozenset(
    "title subtitle headline subheadline deck dek standfirst kicker description summary excerpt abstract lead lede "
    "teaser intro caption short_title linktitle seo_title seo_description meta_description social_title "
    "social_description image_alt image_caption alt pullquote".split()
)


def _names(block: Block) -> Iterator[str]:
    """The names a block answers to: its kind, those of its ancestors, and the beginnings of each."""
    for kind in (block.kind, *block.ancestors):
        head, _, tail = kind.partition(".")
        yield head
        if tail:
            yield kind
            if head == "frontmatter":
                yield tail


def is_prose(block: Block) -> bool:
    """Says whether a block is meant to be read, which most front-matter fields are not."""
    head, _, key = block.kind.partition(".")
    return head != "frontmatter" or key.lower() in PROSE_FIELDS


def _matches(term: str, block: Block) -> bool:
    if term == "text":
        return True
    return is_prose(block) if term == "prose" else term in _names(block)


def _without(block: Block, mark: str) -> Block:
    """The block with all that stands in some inline markup masked."""
    pieces = tuple(
        piece._replace(text="*" * len(piece.text), verbatim=False) if mark in piece.marks else piece
        for piece in block.pieces
    )
    return Block(block.kind, pieces, block.ancestors)


def _within(block: Block, mark: str) -> Iterator[Block]:
    """A block for each run of pieces that stands in some inline markup."""
    for inside, pieces in groupby(block.pieces, key=lambda piece: mark in piece.marks):
        if inside:
            yield Block(block.kind, tuple(pieces), block.ancestors)


@dataclass(frozen=True)
class Scope:
    """The blocks that a rule looks at: alternatives of terms, each with whether it is wanted."""

    alternatives: tuple[tuple[tuple[str, bool], ...], ...] = ((("text", True),),)

    @classmethod
    def parse(cls, expressions: tuple[str, ...]) -> "Scope":
        """Reads expressions such as `text & ~link`; raises ValueError, naming the term, where one is unknown."""
        return cls(tuple(tuple(_term(word) for word in expression.split("&")) for expression in expressions))

    @property
    def speech(self) -> bool | None:
        """Says whether the rule wants direct speech alone, or none of it; None where it does not care."""
        said = [wanted for terms in self.alternatives for term, wanted in terms if term == SPEECH]
        return said[0] if said else None

    def views(self, block: Block) -> Iterator[Block]:
        """Gives what a rule sees of a block: the block, nothing, or parts of it as blocks of their own."""
        for terms in self.alternatives:
            plain = [(term, wanted) for term, wanted in terms if term not in INLINE and term != SPEECH]
            if all(_matches(term, block) is wanted for term, wanted in plain):
                yield from _inline_views(block, [term for term in terms if term[0] in INLINE])
                return

    def blocks(self, document: Document) -> Iterator[Block]:
        """Gives what a rule sees of a document, in source order."""
        for block in document.blocks:
            yield from self.views(block)


def _inline_views(block: Block, terms: list[tuple[str, bool]]) -> Iterator[Block]:
    views = [block]
    for term, wanted in terms:
        views = [part for view in views for part in (_within(view, term) if wanted else [_without(view, term)])]
    yield from views


def _term(word: str) -> tuple[str, bool]:
    term = word.strip()
    denied = term.startswith("~")
    term = term.removeprefix("~").strip()
    if term not in INLINE | BLOCKS | PROSE_FIELDS | {SPEECH} and not term.startswith("frontmatter."):
        raise ValueError(term)
    return term, not denied
