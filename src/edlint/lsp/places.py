"""Places: offsets in a text as a client counts them, and what becomes of them when the text changes.

A client counts lines from 0, and columns in units of the encoding agreed upon: code points in UTF-32, two for an emoji
in UTF-16, bytes in UTF-8. A newcomer would take edlint's lines for the client's. But to edlint only a line feed ends a
line, to a client also a carriage return by itself; and a byte order mark is part of its text and not of a source.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from lsprotocol.types import Position, Range

from edlint.finding import Finding, Fix, Related
from edlint.text import Source, Span

MARK = "\ufeff"
_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Text:
    """The text of a document as the client has it."""

    def __init__(self, text: str, encoding: str) -> None:
        """Takes a text and the encoding, `utf-8`, `utf-16` or `utf-32`, whose units columns are counted in."""
        # Half of a character, which JSON can carry and no file can, is none.
        self.whole, self._encoding = _SURROGATE.sub("\ufffd", text), encoding
        self._mark = len(MARK) if self.whole.startswith(MARK) else 0
        self.source = Source(self.whole[self._mark :])

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(end.end() for end in _END.finditer(self.whole))]

    def position(self, offset: int) -> Position:
        """Gives the position of an offset of the source."""
        offset += self._mark
        line = bisect_right(self._starts, offset) - 1
        return Position(line, self._units(self.whole[self._starts[line] : offset]))

    def range(self, span: Span) -> Range:
        """Gives the range of a span of the source."""
        return Range(self.position(span.start), self.position(span.end))

    def offset(self, position: Position) -> int:
        """Gives the offset in the source of a position; one beyond the end of its line is at that end."""
        if position.line >= len(self._starts):
            return len(self.source.text)
        start = self._starts[position.line]
        end = _END.search(self.whole, start)
        line = self.whole[start : end.start() if end else None]
        return max(start + self._length(line, position.character) - self._mark, 0)

    def span(self, covered: Range) -> Span:
        """Gives the span of the source that a range covers."""
        return Span(self.offset(covered.start), self.offset(covered.end))

    def _units(self, words: str) -> int:
        """How many units some words take."""
        if self._encoding == "utf-32" or words.isascii():
            return len(words)
        return len(words.encode("utf-8")) if self._encoding == "utf-8" else len(words.encode("utf-16-le")) // 2

    def _length(self, line: str, units: int) -> int:
        """How many code points of a line some units take, at most all; part of a code point counts as none."""
        if self._encoding == "utf-32" or line.isascii():
            return min(units, len(line))
        if self._encoding == "utf-8":
            return len(line.encode("utf-8")[:units].decode("utf-8", "ignore"))
        return len(line.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))


class Change(NamedTuple):
    """One stretch of a text that was replaced: where it began, where it ended, and where it ends in the new text."""

    start: int
    end: int
    new_end: int

    @classmethod
    def between(cls, old: str, new: str) -> "Change":
        """Gives the least that can have changed."""
        most = min(len(old), len(new))
        start = _common(most, lambda length: old[:length] == new[:length])
        end = _common(most - start, lambda length: old[len(old) - length :] == new[len(new) - length :])
        return cls(start, len(old) - end, len(new) - end)

    def span(self, span: Span) -> Span | None:
        """Gives where words stand after it, changed within or not; None where it took an end of theirs."""
        by = self.new_end - self.end
        if span.end <= self.start:
            return span
        if span.start >= self.end:
            return Span(span.start + by, span.end + by)
        return Span(span.start, span.end + by) if span.start <= self.start and span.end >= self.end else None

    def finding(self, finding: Finding) -> Finding | None:
        """Gives a finding as it stands after it; None where its words do no more."""
        span = self.span(finding.span)
        if span is None:
            return None
        related = tuple(Related(there, told) for where, told in finding.related if (there := self.span(where)))
        return finding._replace(span=span, related=related, fixes=tuple(filter(None, map(self._fix, finding.fixes))))

    def _fix(self, fix: Fix) -> Fix | None:
        """A fix, as long as none of the words that it was made for has changed."""
        untouched = (edit for edit in fix.edits if edit.span.end <= self.start or edit.span.start >= self.end)
        edits = tuple(edit._replace(span=span) for edit in untouched if (span := self.span(edit.span)))
        return fix._replace(edits=edits) if len(edits) == len(fix.edits) else None


def _common(most: int, is_common: Callable[[int], bool]) -> int:
    """The greatest length, up to the most, at which two texts are alike."""
    least = 0
    while least < most:
        middle = (least + most + 1) // 2
        if is_common(middle):
            least = middle
        else:
            most = middle - 1
    return least
