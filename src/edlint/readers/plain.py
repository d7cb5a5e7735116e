"""The reader of plain text: a blank line parts paragraphs; all but addresses and edlint's own comments is prose.

Agencies' copy has no blank lines; each paragraph begins with an indented line behind a sentence's end.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from edlint import markup
from edlint.markup import EVERYTHING, Reading
from edlint.text import Block, Comment, Document, Piece, Source, Span

SUFFIXES = (".txt", ".text")
_LINES = re.compile(r"(?<![^\r\n])(?:[^\S\r\n]*+\S[^\r\n]*+(?:\r\n?|\n|\Z))+")
_LINE_END = re.compile(r"\r\n?|\n")
_INDENTED = re.compile(r"(?:^|(?<=[\r\n]))(?: {2,}|\t)[^\S\r\n]*(?=\S)")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)]*\s*\Z")
_BEGINS = re.compile(r"[\"'“‘(]*[^\W_a-z]")
_COMMENT = re.compile(r"<!--(\s*edlint-.*?)-->", re.DOTALL)


def read(source: Source, reading: Reading = EVERYTHING) -> Document:
    """Reads plain text into paragraphs."""
    comments = tuple(Comment(Span(*match.span()), match[1]) for match in _COMMENT.finditer(source.text))
    holes = markup.joined([*reading.masked, *(comment.span for comment in comments)])
    runs = (run for match in _LINES.finditer(source.text) for run in _paragraphs(source.text, *match.span()))
    blocks = (_paragraph(source.text, *run, holes) for run in runs)
    return Document(source, tuple(block for block in blocks if block.pieces), comments=comments)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Parts a run of lines before the indented lines that begin paragraphs.

    They stand behind the end of a sentence. Where all lines are indented, all of them must, since such lines may be
    wrapped ones of one paragraph that is set in.
    """
    indented = [found for found in _INDENTED.finditer(text, start, end) if found.start() > start]
    begins = [
        found.start()
        for found in indented
        if _SENTENCE_END.search(text, max(found.start() - 8, start), found.start()) and _BEGINS.match(text, found.end())
    ]
    lines = len(_LINE_END.findall(text[start:end].rstrip()))
    if len(begins) < len(indented) == lines and _INDENTED.match(text, start):
        begins = []
    yield from pairwise((start, *begins, end))


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
