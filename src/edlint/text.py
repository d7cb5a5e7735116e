"""A text and its parts: Span, Spans, Source, Piece, Block, Document.

All offsets are code points. A Span in a Block counts from the start of the block's own text; everywhere else it counts
from the start of the source. Nobody searches for a place afterwards: a reader keeps, for every run of prose, where it
stands in the source, and `Block.in_source` translates.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import accumulate, pairwise
from typing import Any, NamedTuple


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


_span = partial(tuple.__new__, Span)  # of a pair, where there are many: in half the time


class Spans(NamedTuple):
    """Spans by their starts, some within others, and how far those up to each reach."""

    starts: Sequence[int]
    reaches: Sequence[int]

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Spans":
        """Takes spans in any order."""
        found = sorted(spans)
        return cls([start for start, _ in found], list(accumulate((end for _, end in found), max)))

    def hold(self, span: Span) -> bool:
        """Says whether a span lies within one of them."""
        index = bisect_right(self.starts, span.start) - 1
        return index >= 0 and span.end <= self.reaches[index]


class Position(NamedTuple):
    """A place as people count it: line and column from 1, in code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


@dataclass(frozen=True)
class Source:
    """The text of a file, decoded, without its byte order mark; only a line feed ends a line."""

    text: str

    @cached_property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts, the end of the text, too, where one could."""
        return tuple(accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0))

    def position(self, offset: int) -> Position:
        """Gives the line and column of an offset, which may be the end of the text."""
        line = bisect_right(self.line_starts, offset, hi=len(self.line_starts) - 1)
        return Position(line, offset - self.line_starts[line - 1] + 1)

    def positions(self, span: Span) -> tuple[int, int, int, int]:
        """Gives the line and column of a span's start and those of its end, from 1."""
        starts, (start, end) = self.line_starts, span
        line = end_line = bisect_right(starts, start, hi=len(starts) - 1)
        if end >= starts[line]:
            end_line = bisect_right(starts, end, line, len(starts) - 1)
        return line, start - starts[line - 1] + 1, end_line, end - starts[end_line - 1] + 1

    def line(self, offset: int) -> Span:
        """Gives the span of the line that an offset stands in, without its end."""
        line = self.position(offset).line
        end = self.line_starts[line] - 1
        if end and self.text[end - 1 : end] == "\r":
            end -= 1
        return Span(self.line_starts[line - 1], max(end, self.line_starts[line - 1]))


class Piece(NamedTuple):
    """A run of prose and where it came from.

    `verbatim` is false where text and source differ (`&amp;`, masked code). `marks` are the inline markup around it:
    link, strong, emphasis, strikethrough, code, alt; a piece with the mark `note` is empty and stands where a footnote
    is referred to.
    """

    span: Span
    text: str
    verbatim: bool = True
    marks: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item, table cell, caption, alt text or front-matter field.

    `kind` is a dotted name such as `paragraph`, `heading.h2`, `list.item`, `table.cell`, `frontmatter.title`;
    `ancestors` are the kinds of the blocks that it stands in, outermost first.
    """

    kind: str
    pieces: tuple[Piece, ...]
    ancestors: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str:
        """The prose of the block; masked code and tags are `*` of their length, a line wrap is a line feed."""
        return "".join([piece.text for piece in self.pieces])

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset in `text` at which each piece begins."""
        return tuple(accumulate((len(piece.text) for piece in self.pieces[:-1]), initial=0))

    @property
    def span(self) -> Span:
        """The span in the source from the first piece to the last."""
        return Span(self.pieces[0].span.start, self.pieces[-1].span.end)

    def _piece_at(self, offset: int) -> int:
        """The index of the piece that holds the character at an offset of `text`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def in_source(self, span: Span) -> Span:
        """Translates a span of `text` into the span of the source that it speaks of."""
        start, end = span
        pieces, starts = self.pieces, self.starts
        index = bisect_right(starts, start) - 1
        if start < end <= starts[index] + len(pieces[index][1]) and pieces[index][2]:  # in one piece, as nearly all are
            offset = pieces[index][0][0] - starts[index]
            return _span((start + offset, end + offset))
        index = self._piece_at(start)
        piece, start = self.pieces[index], span.start - self.starts[index]
        first = piece.span.start + start if piece.verbatim else piece.span.start
        if span.end <= span.start:
            at_end = start >= len(piece.text) and not piece.verbatim
            return Span(piece.span.end, piece.span.end) if at_end else Span(first, first)
        index = self._piece_at(span.end - 1)
        piece, end = self.pieces[index], span.end - self.starts[index]
        last = piece.span.start + end if piece.verbatim else piece.span.end
        return Span(first, max(first, last))

    def part(self, span: Span) -> "Block":
        """Gives a part of the block as a block of its own; of a piece that is not verbatim it takes all."""
        begin, stop = span
        pieces, starts = list[Piece](), self.starts
        for index in range(self._piece_at(begin), len(self.pieces)):
            piece, start = self.pieces[index], starts[index]
            length = len(piece.text)
            if start >= stop and length:
                break
            if start + length > begin and length:
                pieces.append(_part(piece, max(begin - start, 0), min(stop - start, length)))
        cut = tuple(pieces)
        return Block(self.kind, cut, self.ancestors) if cut != self.pieces else self

    def is_verbatim(self, span: Span) -> bool:
        """Says whether a span of `text` is one unbroken run of the source, so that it can be edited there."""
        first, last = self._piece_at(span.start), self._piece_at(max(span.end - 1, span.start))
        if first == last:
            return self.pieces[first].verbatim
        pieces = self.pieces[first : last + 1]
        joined = all(a.span.end == b.span.start for a, b in pairwise(pieces))
        return joined and all(piece.verbatim for piece in pieces)

    def marks(self, span: Span) -> frozenset[str]:
        """Gives all inline marks within a span of `text`, `note` for a footnote referred to in it or at its end."""
        first, last = bisect_right(self.starts, span.start), bisect_right(self.starts, span.end)
        pieces = self.pieces[max(first - 1, 0) : last]
        touched = (
            piece.marks
            for piece, start in zip(pieces, self.starts[max(first - 1, 0) : last], strict=True)
            if (start < span.end and start + len(piece.text) > span.start) or (not piece.text and start >= span.start)
        )
        return frozenset[str]().union(*touched)


def _part(piece: Piece, start: int, end: int) -> Piece:
    (offset, last), whole, verbatim, marks = piece
    text = whole[start:end]
    if len(text) == len(whole):
        return piece
    return Piece(Span(offset + start, offset + end) if verbatim else Span(offset, last), text, verbatim, marks)


class Comment(NamedTuple):
    """A comment in a source (`<!-- … -->`), with what stands between its marks."""

    span: Span
    text: str


@dataclass(frozen=True)
class Document:
    """A source and its blocks of prose in source order, with the parsed front matter as `meta`.

    `comments` are those of its markup. `problems` are what could not be read of it, as (line from 1 or None, message).
    """

    source: Source
    blocks: tuple[Block, ...]
    meta: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[tuple[int | None, str], ...] = ()
    comments: tuple[Comment, ...] = ()
