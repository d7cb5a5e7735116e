"""HTML as it stands in articles: the text of its elements as blocks, each word where it stands in the source."""

import re
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from edlint import markup
from edlint.text import Block, Comment, Piece, Span

_KINDS = {
    **{f"h{level}": f"heading.h{level}" for level in range(1, 7)},
    "li": "list.item", "dt": "list.item", "dd": "list.item", "td": "table.cell", "th": "table.header",
    "caption": "table.caption", "figcaption": "caption",
}  # fmt: skip
_ANCESTORS = {"blockquote": "blockquote", "ul": "list", "ol": "list", "dl": "list", "table": "table",
              "li": "list.item", "dd": "list.item", "td": "table.cell", "figure": "figure"}  # fmt: skip
_BREAKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer "
    "form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol option p section summary table tbody td tfoot th "
    "thead title tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_WRAP = re.compile(r"\s*[\r\n]\s*")


def read(source: str, offset: int, ancestors: tuple[str, ...] = ()) -> tuple[list[Block], list[Comment]]:
    """Reads a piece of HTML that stands at an offset of the whole source into blocks of prose and comments."""
    reader = _Reader(source, offset, ancestors)
    reader.feed(source)
    reader.close()
    reader.finish()
    return sorted(reader.found, key=lambda block: block.span), reader.comments


class _Reader(HTMLParser):
    """Collects pieces between the tags that break text; the parser of the standard library tells line and column."""

    def __init__(self, source: str, offset: int, ancestors: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=False)
        self._source, self._offset, self._outer = source, offset, ancestors
        self._lines = tuple(accumulate((len(line) + 1 for line in source.split("\n")), initial=0))
        self._open: list[str] = []
        self._pieces: list[Piece] = []
        self.found: list[Block] = []
        self.comments: list[Comment] = []

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in _BREAKS:
            self.finish()
        start, written = self._at(), self.get_starttag_text() or ""
        if tag == "br":
            self._add(start, start + len(written), "\n")
        elif tag in markup.PICTURES:
            self._add(start, start + len(written), "*")
            if alt := markup.alt_text(written):
                self._alt(start, alt)
        if tag not in _VOID and not written.endswith("/>"):
            self._open.append(tag)

    def _alt(self, start: int, alt: Span) -> None:
        span = Span(self._offset + start + alt.start, self._offset + start + alt.end)
        text = self._source[start + alt.start : start + alt.end]
        piece = Piece(span, text) if "&" not in text else Piece(span, unescape(text), verbatim=False)
        self.found.append(Block("alt", (piece,), (*self._outer, *self._ancestors())))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.finish()
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        start, end = self._at(), 0
        for wrap in _WRAP.finditer(data):
            self._add(start + end, start + wrap.start(), data[end : wrap.start()])
            self._add(start + wrap.start(), start + wrap.end(), "\n")
            end = wrap.end()
        self._add(start + end, start + len(data), data[end:])

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def handle_comment(self, data: str) -> None:
        start = self._offset + self._at()
        self.comments.append(Comment(Span(start, start + len("<!--") + len(data) + len("-->")), data))

    def _reference(self, written: str) -> None:
        start = self._at()
        if self._source[start + len(written) : start + len(written) + 1] == ";":
            written += ";"
        self._add(start, start + len(written), unescape(written))

    def _add(self, start: int, end: int, text: str) -> None:
        if not text or not markup.HIDDEN.isdisjoint(self._open):
            return
        if not markup.CODE.isdisjoint(self._open):
            text = "*" * (end - start)
        marks = frozenset(markup.INLINE_MARKS[tag] for tag in self._open if tag in markup.INLINE_MARKS)
        verbatim = self._source[start:end] == text
        self._pieces.append(Piece(Span(self._offset + start, self._offset + end), text, verbatim, marks))

    def _ancestors(self) -> tuple[str, ...]:
        return tuple(_ANCESTORS[tag] for tag in self._open if tag in _ANCESTORS)

    def finish(self) -> None:
        """Ends the block that is being collected."""
        pieces, self._pieces = markup.trimmed(self._pieces), []
        if pieces:
            kind = next((_KINDS[tag] for tag in reversed(self._open) if tag in _KINDS), "paragraph")
            inner = [tag for tag in self._open if tag in _ANCESTORS]
            if inner and _KINDS.get(inner[-1]) == kind:
                inner.pop()
            self.found.append(Block(kind, pieces, (*self._outer, *(_ANCESTORS[tag] for tag in inner))))
