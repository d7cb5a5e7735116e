"""The reader of HTML: the words that a page shows, its title, its description and the texts of its pictures.

A newcomer would decode entities first; but then no word would know where it stands. Front matter and template tags
may stand in a page, as site generators have them.
"""

from dataclasses import replace

from edlint import front_matter, hypertext, markup
from edlint.markup import EVERYTHING, Reading
from edlint.text import Comment, Document, Source, Span

SUFFIXES = (".html", ".htm")


def read(source: Source, reading: Reading = EVERYTHING) -> Document:
    """Reads a page into blocks in source order."""
    head = front_matter.read(source.text)
    body = source.text[head.end :]
    holes = reading.holes(body, head.end)
    # The head of a page has its title.
    shown = replace(reading, skipped=reading.skipped - {"head"})
    found, comments = hypertext.read(markup.masked(body, holes), 0, (), shown)
    blocks = [*head.blocks, *(markup.placed(block, body, holes, head.end) for block in found)]
    prose = (block for block in blocks if markup.says_something(block.pieces))
    moved = (Comment(Span(span.start + head.end, span.end + head.end), text) for span, text in comments)
    in_order = tuple(sorted(prose, key=lambda block: block.span))
    return Document(source, in_order, head.meta, (head.problem,) if head.problem else (), tuple(moved))
