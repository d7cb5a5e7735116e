"""The reader of plain text: a blank line parts paragraphs, all but addresses is prose."""

import re

from edlint import markup
from edlint.text import Block, Document, Piece, Source, Span

SUFFIXES = (".txt", ".text")
_LINES = re.compile(r"(?:[^\r\n]*[^\s][^\r\n]*(?:\r\n?|\n|\Z))+")
_LINE_END = re.compile(r"\r\n?|\n")


def read(source: Source) -> Document:
    """Reads plain text into paragraphs."""
    runs = (match.span() for match in _LINES.finditer(source.text))
    return Document(source, tuple(_paragraph(source.text, *run) for run in runs))


def _paragraph(text: str, start: int, end: int) -> Block:
    run = text[start:end]
    start, end = start + len(run) - len(run.lstrip()), start + len(run.rstrip())
    pieces, begin = [], start
    for line_end in _LINE_END.finditer(text, start, end):
        if line_end.group() != "\n":
            pieces.append(Piece(Span(begin, line_end.start()), text[begin : line_end.start()]))
            pieces.append(Piece(Span(*line_end.span()), "\n", verbatim=False))
            begin = line_end.end()
    pieces.append(Piece(Span(begin, end), text[begin:end]))
    return Block("paragraph", tuple(shown for piece in pieces for shown in markup.shown(piece)))
