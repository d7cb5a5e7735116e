"""Patches: which lines of which files a patch without context changes, as Git prints one, and where lines stand.

Names of files stand there as bytes, some of them with escapes.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from edlint.text import Source, Span

_HUNK = re.compile(rb"@@ -\d+(?:,(?P<old>\d+))? \+(?P<first>\d+)(?:,(?P<new>\d+))? @@")
_LINK = re.compile(rb"(?:new file mode|index \S+) 120000")
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}

# Numbers of lines, from 1, in order. Where lines have gone and none have come, an empty range begins at the one behind.
Lines = tuple[range, ...]


def changed(patch: bytes) -> Iterator[tuple[bytes, Lines | None]]:
    """Gives each file by name, from the top, with its changed lines, None where Git does not show them; no links."""
    for header, lines in _parts(patch):
        is_hidden = any(line.startswith(b"Binary files ") for line in header)
        is_link = any(map(_LINK.fullmatch, header))
        if (lines or is_hidden) and not is_link and (name := _named(header)):
            yield name, None if is_hidden else tuple(lines)


def _parts(patch: bytes) -> Iterator[tuple[list[bytes], list[range]]]:
    """The parts of a patch, one a file: what stands there before the hunks, and the lines that they touch."""
    header, lines, old, new = list[bytes](), list[range](), 0, 0
    before, unended = b"", None
    for line in patch.split(b"\n"):
        if old or new:  # a line of a hunk, whatever it looks like
            old -= not line.startswith((b"+", b"\\"))
            new -= not line.startswith((b"-", b"\\"))
            if line.startswith(b"\\"):
                unended = before[1:]  # the last line of the file, as it was
            elif line.startswith(b"+") and unended is not None:
                _leave_out(lines, unended, line[1:])
                unended = None
            before = line
        elif hunk := _HUNK.match(line):
            old, new, first = int(hunk["old"] or 1), int(hunk["new"] or 1), int(hunk["first"])
            lines.append(range(first, first + new) if new else range(first + 1, first + 1))
            unended = None
        elif line.startswith(b"diff --git "):
            yield header, lines
            header, lines = [line], []
        else:
            header.append(line)
    yield header, lines


def _leave_out(lines: list[range], last: bytes, line: bytes) -> None:
    """Leaves a line out of the lines that the last hunk touches where it only got the line end that it lacked."""
    if line == last:
        rest = lines.pop()[1:]
        lines += [rest] if rest else []


def _named(header: list[bytes]) -> bytes | None:
    """The name of the file that a part of a patch is on, None where it takes that file out."""
    for start in (b"+++ ", b"rename to "):
        if written := next((line for line in header if line.startswith(start)), None):
            name = _plain(written.removeprefix(start))
            return None if name == b"/dev/null" else name.removeprefix(b"b/" if start == b"+++ " else b"")
    both = header[0].removeprefix(b"diff --git ")  # the same name twice, which is not told anywhere else
    return _plain(both[len(both) // 2 + 1 :]).removeprefix(b"b/")


def _plain(written: bytes) -> bytes:
    """A file's name, from how a patch has it."""
    name = written.removesuffix(b"\t")  # which follows a name with a space
    return _ESCAPE.sub(_unescaped, name[1:-1]) if name.startswith(b'"') else name


def _unescaped(match: re.Match[bytes]) -> bytes:
    written = match[1]
    return bytes([int(written, 8)]) if len(written) == 3 else _ESCAPED.get(written, written)


class Places:
    """Where changed lines stand in a text, their ends with them; for lines that have gone, those around the place."""

    def __init__(self, lines: Lines, source: Source) -> None:
        starts, written = source.line_starts, [bool(line.strip()) for line in source.text.split("\n")]
        last = len(starts) - 1
        runs = sorted((run.start, run.stop) if run else _around(run.start, written) for run in lines)
        self._starts = [starts[min(start - 1, last)] for start, _ in runs]
        self._ends = list(accumulate((starts[min(stop - 1, last)] for _, stop in runs), max))

    def meet(self, span: Span) -> bool:
        """Says whether a span has to do with one of them; an empty one counts as the character behind it."""
        index = bisect_left(self._starts, max(span.end, span.start + 1)) - 1
        return index >= 0 and span.start < self._ends[index]


def _around(line: int, written: list[bool]) -> tuple[int, int]:
    """The last line with words before a line, and the one behind the first with words from there on."""
    before = next((number for number in range(line - 1, 0, -1) if written[number - 1]), line)
    behind = next((number for number in range(line, len(written) + 1) if written[number - 1]), line - 1)
    return before, behind + 1
