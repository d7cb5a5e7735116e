"""Revision: a text with edits applied, where its words came from, and whether nothing but its words has changed.

Edits are in order and apart. A newcomer would compare how two texts look; but a word can turn into markup, take markup
with it, or leave a link without a target. So the blocks of the new text, which a reader reads anew, are compared with
what the old ones become when the edits are applied to their prose.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from typing import Any

from edlint.finding import Edit
from edlint.text import Block, Document, Piece, Span

_Runs = tuple[tuple[frozenset[str], str], ...]  # the words of a block, run by run, with the marks around them


def as_written(text: str, edits: Iterable[Edit]) -> list[Edit]:
    """Gives edits with the line ends of the text that they are for, where they bring any into it."""
    if "\r\n" not in text:
        return list(edits)
    return [
        edit if "\n" not in edit.text or "\n" in text[slice(*edit.span)] else edit._replace(text=_wrapped(edit.text))
        for edit in edits
    ]


def _wrapped(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Gives a text with edits applied."""
    parts, at = list[str](), 0
    for (start, end), new in edits:
        parts += [text[at:start], new]
        at = end
    return "".join([*parts, text[at:]])


@dataclass(frozen=True)
class Origin:
    """Where the words of a text stood before it was edited: the edits of each pass, in the text that it began with."""

    passes: tuple[tuple[Edit, ...], ...] = ()

    def of(self, span: Span) -> Span:
        """Gives the span of the first text that a span of the last comes from.

        New words come from all that they stand for; words put in come from the place where they were.
        """
        for edits, starts in zip(reversed(self.passes), reversed(self._starts), strict=True):
            span = _before(span, edits, starts)
        return span

    @cached_property
    def _starts(self) -> tuple[list[int], ...]:
        """Where the edits of each pass begin in the text that it made."""
        return tuple(_new_starts(edits) for edits in self.passes)


def _new_starts(edits: Sequence[Edit]) -> list[int]:
    grown = accumulate((len(text) - (end - start) for (start, end), text in edits), initial=0)
    return [edit.span.start + by for edit, by in zip(edits, grown, strict=False)]


def _before(span: Span, edits: Sequence[Edit], starts: Sequence[int]) -> Span:
    """The span before some edits of a span after them."""
    start, end = span
    first, last = bisect_right(starts, start) - 1, bisect_left(starts, end) - 1
    if first >= 0:
        (old, until), text = edits[first]
        behind = start - starts[first] - len(text)
        start = until + behind if behind >= 0 else old
    if last >= 0:
        _, until = edits[last].span
        end = until + max(end - starts[last] - len(edits[last].text), 0)
    return Span(min(start, end), max(start, end))


@dataclass(frozen=True)
class Comparison:
    """How a text with edits reads beside what it was meant to be.

    `is_meant` says whether nothing but words has changed: kinds of blocks, what they stand in, the marks around their
    words, comments and the fields of the front matter are as they were, nothing that is not written as it reads has
    been touched, nor has a block lost all its words. `astray` are the numbers of the blocks that read otherwise than
    meant; where something else is amiss, there may be none.
    """

    is_meant: bool
    astray: Set[int] = frozenset()


def compared(before: Document, edits: Sequence[Edit], after: Document) -> Comparison:
    """Compares a document with what another becomes when words in its blocks are edited."""
    starts, placed, astray = [edit.span.start for edit in edits], set[Edit](), set[int]()
    for number, (old, new) in enumerate(_pairs(before, edits, after)):
        within = edits[_first(old, starts) : _last(old, starts)]
        words = _with_edits(old, within, placed) if within else _words(old.pieces)
        if new is None or (old.kind, old.ancestors, words) != (new.kind, new.ancestors, _words(new.pieces)):
            astray.add(number)
    is_same_else = len(after.blocks) == len(before.blocks) and _rest(after) == _rest(before)
    is_placed = placed.issuperset(edits) and not _parts_a_line_end(before, edits)
    return Comparison(is_same_else and is_placed and not astray, astray)


def _pairs(before: Document, edits: Sequence[Edit], after: Document) -> Iterator[tuple[Block, Block | None]]:
    """Each block with what it has become: the one of its number, or, where their number has changed, of its place."""
    if len(after.blocks) == len(before.blocks):
        yield from zip(before.blocks, after.blocks, strict=True)
        return
    starts = [edit.span.start for edit in edits]
    grown = list(accumulate((len(text) - (end - start) for (start, end), text in edits), initial=0))
    places = {(block.kind, block.span.start): block for block in reversed(after.blocks)}
    for block in before.blocks:
        start = block.span.start
        yield block, places.get((block.kind, start + grown[bisect_left(starts, start)]))


def blocks_of(document: Document, edits: Sequence[Edit]) -> Mapping[Edit, Sequence[int]]:
    """Gives the numbers of the blocks that each edit lies in or touches."""
    starts, found = [edit.span.start for edit in edits], {edit: list[int]() for edit in edits}
    for number, block in enumerate(document.blocks):
        for edit in edits[_first(block, starts) : _last(block, starts)]:
            if edit.span.end >= block.span.start:
                found[edit].append(number)
    return found


def _rest(document: Document) -> tuple[Any, ...]:
    """What a document has beside its blocks and must keep."""
    problems = [message for _, message in document.problems]
    return _form(document.meta), problems, [comment.text for comment in document.comments]


def _form(value: Any) -> Any:
    """A value of front matter without its words."""
    if isinstance(value, Mapping):
        return {key: _form(held) for key, held in value.items()}
    return [_form(held) for held in value] if isinstance(value, list | tuple) else type(value)


def _parts_a_line_end(document: Document, edits: Iterable[Edit]) -> bool:
    """Says whether an edit begins or ends between a carriage return and its line feed."""
    text = document.source.text
    return "\r\n" in text and any(text[at - 1 : at + 1] == "\r\n" for edit in edits for at in edit.span if at)


def _first(block: Block, starts: Sequence[int]) -> int:
    """The number of the first edit that may reach into a block, by where edits start."""
    return max(bisect_left(starts, block.span.start) - 1, 0) if block.pieces else 0


def _last(block: Block, starts: Sequence[int]) -> int:
    """The number of the first edit that lies behind a block."""
    return bisect_right(starts, block.span.end) if block.pieces else 0


def _words(pieces: Iterable[Piece]) -> _Runs:
    return _joined((piece.marks, piece.text) for piece in pieces)


def _joined(parts: Iterable[tuple[frozenset[str], str]]) -> _Runs:
    """Words with their marks, those of equal marks in one; where there are neither, there is nothing."""
    runs = (
        (marks, "".join([text for _, text in parts]).replace("\r\n", "\n"))
        for marks, parts in groupby(parts, key=lambda part: part[0])
    )
    return tuple(run for run in runs if any(run))


def _with_edits(block: Block, edits: Sequence[Edit], placed: set[Edit]) -> _Runs | None:
    """The words of a block with edits applied, which are added to those placed if words of the block are edited.

    None where one reaches into what is not written as it reads. What is masked may hold words of another block, as a
    template's tag holds the text of a picture; it grows with them.
    """
    parts, done = list[tuple[frozenset[str], str]](), set[Edit]()
    starts = [edit.span.start for edit in edits]
    for piece in block.pieces:
        near = edits[max(bisect_left(starts, piece.span.start) - 1, 0) : bisect_right(starts, piece.span.end)]
        own = [edit for edit in near if _concerns(edit, piece, done=edit in done)]
        if piece.verbatim:
            fresh = [edit._replace(text="") if edit in done else edit for edit in own]
            parts.append((piece.marks, edited(piece.text, _cut_to(piece, fresh))))
            done.update(own)
        elif not own or _masks(piece, own):
            grown = sum(len(text) - (end - start) for (start, end), text in own) if _is_as_long(piece) else 0
            parts.append((piece.marks, piece.text + "*" * grown if grown >= 0 else piece.text[:grown]))
        else:
            return None
    placed |= done
    return _joined(parts)


def _concerns(edit: Edit, piece: Piece, *, done: bool) -> bool:
    """Says whether an edit changes a piece: what is put in between two changes the first that can be edited."""
    (start, end), (begin, stop) = edit.span, piece.span
    if start < end:
        return start < stop and begin < end
    return not done and (begin <= start <= stop if piece.verbatim else begin < start < stop)


def _masks(piece: Piece, edits: Iterable[Edit]) -> bool:
    """Says whether edits lie within a piece that is masked."""
    begin, stop = piece.span
    return not piece.text.strip("*") and all(begin < edit.span.start and edit.span.end < stop for edit in edits)


def _is_as_long(piece: Piece) -> bool:
    """Says whether each sign of a piece stands for one of the source, as in a template's tag and not in a picture's."""
    return len(piece.text) == piece.span.end - piece.span.start


def _cut_to(piece: Piece, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Edits as they are within a piece."""
    begin, stop = piece.span
    for (start, end), text in edits:
        yield Edit(Span(max(start, begin) - begin, min(end, stop) - begin), text)
