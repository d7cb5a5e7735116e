"""The reader of HTML: the words that a page shows, its title, its description and the texts of its pictures.

A newcomer would decode entities first; but then no word would know where it stands. Front matter and template tags
may stand in a page, as site generators have them.
"""

from dataclasses import replace

from edlint import front_matter, hypertext, markup
from edlint.markup import EVERYTHING, Reading
from edlint.text import Document, Source

SUFFIXES = (".html", ".htm")


def read(source: Source, reading: Reading = EVERYTHING) -> Document:
    """Reads a page into blocks in source order."""
    head = front_matter.read(source.text)
    body = head.without(source.text)
    holes = reading.holes(body, head.end)
    # The head of a page has its title.
    shown = replace(reading, skipped=reading.skipped - {"head"})
    found, comments = hypertext.read(markup.masked(body, holes), 0, (), shown)
    return head.document(source, (markup.placed(block, body, holes) for block in found), comments)
