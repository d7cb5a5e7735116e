"""The reader of plain text: a blank line parts paragraphs; all but addresses and edlint's own comments is prose."""

import re

from edlint import markup
from edlint.markup import EVERYTHING, Reading
from edlint.text import Block, Comment, Document, Piece, Source, Span

SUFFIXES = (".txt", ".text")
_LINES = re.compile(r"(?:[^\r\n]*[^\s][^\r\n]*(?:\r\n?|\n|\Z))+")
_LINE_END = re.compile(r"\r\n?|\n")


_COMMENT = re.compile(r"<!--(\s*edlint-.*?)-->", re.DOTALL)


def read(source: Source, reading: Reading = EVERYTHING) -> Document:
    """Reads plain text into paragraphs."""
    comments = tuple(Comment(Span(*match.span()), match[1]) for match in _COMMENT.finditer(source.text))
    holes = markup.joined([*reading.masked, *(comment.span for comment in comments)])
    runs = (match.span() for match in _LINES.finditer(source.text))
    blocks = (_paragraph(source.text, *run, holes) for run in runs)
    return Document(source, tuple(block for block in blocks if block.pieces), comments=comments)


def _paragraph(text: str, start: int, end: int, holes: list[Span]) -> Block:
    run = text[start:end]
    start, end = start + len(run) - len(run.lstrip()), start + len(run.rstrip())
    pieces, begin = [], start
    for line_end in _LINE_END.finditer(text, start, end):
        if line_end.group() != "\n":
            pieces.append(Piece(Span(begin, line_end.start()), text[begin : line_end.start()]))
            pieces.append(Piece(Span(*line_end.span()), "\n", verbatim=False))
            begin = line_end.end()
    pieces.append(Piece(Span(begin, end), text[begin:end]))
    shown = markup.without_addresses(list(markup.without(pieces, holes)))
    return Block("paragraph", markup.trimmed(list(shown)))
