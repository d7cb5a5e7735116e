"""The reader of Markdown: CommonMark with tables, footnotes, strikethrough, task lists and front matter.

pulldown-cmark (by pyromark) says what is what, with ranges in UTF-8 bytes. Template tags are masked first, because in
a link's target or an attribute they would turn into text.
"""

import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import Any

from edlint import front_matter, markup
from edlint.text import Block, Comment, Document, Piece, Source, Span

SUFFIXES = (".md", ".markdown")
_LONE_CR = re.compile(r"\r(?!\n)")
_WIDE = re.compile(r"[^\x00-\x7f]+")


def read(source: Source) -> Document:
    """Reads Markdown into blocks in source order."""
    import pyromark

    extensions = ("TABLES", "FOOTNOTES", "STRIKETHROUGH", "TASKLISTS", "HEADING_ATTRIBUTES", "GFM")
    options = pyromark.Options(sum(pyromark.Options[f"ENABLE_{name}"] for name in extensions))
    head = front_matter.read(source.text)
    body = source.text[head.end :]
    holes = markup.tags(body)
    text = _LONE_CR.sub("\n", markup.masked(body, holes))
    reader = _Reader(text)
    for event, span in pyromark.events_with_range(text, options=options):
        reader.take(event, span["start"], span["end"])
    blocks = [*head.blocks, *(_placed(block, body, holes, head.end) for block in reader.found)]
    for kind, shown in markup.shown_by_tags(body, holes):
        blocks.append(_placed(Block(kind, (Piece(shown, body[shown.start : shown.end]),)), body, [], head.end))
    prose = (block for block in blocks if any(piece.text.strip("* \n") for piece in block.pieces))
    in_order = tuple(sorted(prose, key=lambda block: block.span))
    comments = tuple(Comment(_moved(span, head.end), text) for span, text in reader.comments)
    return Document(source, in_order, head.meta, (head.problem,) if head.problem else (), comments)


def _moved(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)


def _placed(block: Block, body: str, holes: list[Span], offset: int) -> Block:
    """A block of the body as a block of the source: tags and addresses masked, verbatim where it is so, moved."""
    cut = markup.without(list(block.pieces), holes) if holes else iter(block.pieces)
    pieces = (shown for piece in cut for shown in markup.shown(_checked(piece, body)))
    moved = (piece._replace(span=_moved(piece.span, offset)) for piece in pieces)
    return Block(block.kind, tuple(moved), block.ancestors)


def _checked(piece: Piece, body: str) -> Piece:
    """A piece that is verbatim only where the source reads so: a lone carriage return was read as a line feed."""
    same = piece.verbatim and body[piece.span.start : piece.span.end] == piece.text
    return piece if same == piece.verbatim else piece._replace(verbatim=same)


class _Offsets:
    """Code points for offsets in UTF-8 bytes."""

    def __init__(self, text: str) -> None:
        runs = [(match.start(), match.end()) for match in _WIDE.finditer(text)]
        extra = list(accumulate((len(text[a:b].encode()) - (b - a) for a, b in runs), initial=0))
        self._text, self._runs, self._extra = text, runs, extra
        self._ends = [end + more for (_, end), more in zip(runs, extra[1:], strict=True)]

    def __getitem__(self, byte: int) -> int:
        run = bisect_right(self._ends, byte)
        if run < len(self._runs):
            start, end = self._runs[run]
            into = byte - self._extra[run] - start
            if into > 0:
                part = self._text[start:end].encode()[:into]
                return start + len(part.decode(errors="ignore"))
        return byte - self._extra[run]


# What pulldown-cmark calls the things that blocks stand in, and the names that scopes know.
_CONTAINERS = {"BlockQuote": "blockquote", "List": "list", "Item": "list.item", "FootnoteDefinition": "footnote",
               "Table": "table"}  # fmt: skip
_INLINE = {"Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strikethrough", "Link": "link"}


class _Reader:
    """Turns events into blocks, whose spans are code points of the body."""

    def __init__(self, text: str) -> None:
        self._text, self._offsets = text, _Offsets(text)
        self._containers: list[str] = []
        self._kind = ""  # of the block that is being collected
        self._pieces: list[Piece] = []
        self._marks: list[str] = []
        self._html_code = 0  # how many elements of code are open
        self._images: list[tuple[str, list[Piece]]] = []
        self._alts: list[Block] = []
        self._code_block = False
        self._html: list[tuple[int, int]] | None = None
        self._header = False
        self.found: list[Block] = []
        self.comments: list[Comment] = []

    def take(self, event: Any, start: int, end: int) -> None:
        """Takes the next event, with its range in bytes."""
        name, data = (event, None) if isinstance(event, str) else next(iter(event.items()))
        if name == "Start":
            self._start(*_tag(data))
        elif name == "End":
            self._end(_tag(data)[0], start, end)
        elif not self._code_block:
            self._leaf(name, data, self._offsets[start], self._offsets[end])

    def _start(self, tag: str, data: Any) -> None:
        if tag in _INLINE:
            self._marks.append(_INLINE[tag])
        elif tag == "Image":
            self._images.append((self._kind, self._pieces))
            self._pieces = []
        elif tag == "CodeBlock":
            self._finish()
            self._code_block = True
        elif tag == "HtmlBlock":
            self._finish()
            self._html = []
        elif tag in _CONTAINERS:
            self._finish()
            self._containers.append(_CONTAINERS[tag])
            self._kind = "list.item" if tag == "Item" else ""
        elif tag == "TableHead":
            self._header = True
        elif tag in ("Paragraph", "Heading", "TableCell"):
            self._finish()
            cell = "table.header" if self._header else "table.cell"
            self._kind = {"Paragraph": "paragraph", "TableCell": cell}.get(tag) or f"heading.{data['level'].lower()}"

    def _end(self, tag: str, start: int, end: int) -> None:
        if tag in _INLINE:
            self._marks.pop()
        elif tag == "Image":
            self._end_image(Span(self._offsets[start], self._offsets[end]))
        elif tag == "CodeBlock":
            self._code_block = False
        elif tag == "HtmlBlock":
            self._end_html()
        elif tag in _CONTAINERS:
            self._finish()
            self._containers.pop()
        elif tag == "TableHead":
            self._header = False
        elif tag in ("Paragraph", "Heading", "TableCell"):
            self._finish()

    def _leaf(self, name: str, data: Any, start: int, end: int) -> None:
        if name == "Text":
            self._add(Span(start, end), "*" * (end - start) if self._html_code else data)
        elif name in ("SoftBreak", "HardBreak"):
            self._add(Span(start, end), "\n")
        elif name == "Code":
            self._add(Span(start, end), "*" * (end - start))
        elif name == "InlineHtml":
            self._inline_html(Span(start, end), data)
        elif name == "Html" and self._html is not None:
            self._html.append((start, end))
        elif name == "FootnoteReference":
            self._pieces.append(Piece(Span(start, end), "", verbatim=False, marks=frozenset({"note"})))

    def _add(self, span: Span, text: str) -> None:
        verbatim = self._text[span.start : span.end] == text
        self._pieces.append(Piece(span, text, verbatim, frozenset(self._marks)))

    def _inline_html(self, span: Span, tag: str) -> None:
        name, closes = markup.tag_name(tag)
        if tag.startswith("<!--"):
            self.comments.append(Comment(span, tag.removeprefix("<!--").removesuffix("-->")))
        elif name == "br":
            self._add(span, "\n")
        elif name in markup.PICTURES:
            self._add(span, "*")  # it parts the words beside it, as a word would
            if alt := markup.alt_text(tag):
                piece = Piece(Span(span.start + alt.start, span.start + alt.end), tag[alt.start : alt.end])
                self._alts.append(Block("alt", (piece,), tuple(self._containers)))
        elif name in markup.CODE:
            self._html_code = max(self._html_code + (-1 if closes else 1), 0)
        elif name in markup.INLINE_MARKS:
            mark = markup.INLINE_MARKS[name]
            if not closes:
                self._marks.append(mark)
            elif mark in self._marks:
                self._marks.remove(mark)

    def _end_image(self, span: Span) -> None:
        alt = markup.trimmed(self._pieces)
        if alt:
            self._alts.append(Block("alt", alt, tuple(self._containers)))
        self._kind, self._pieces = self._images.pop()
        # The picture parts the words beside it, as a word would.
        self._pieces.append(Piece(span, "*", verbatim=False, marks=frozenset(self._marks)))

    def _end_html(self) -> None:
        lines, self._html = self._html or [], None
        if lines:
            from edlint import hypertext  # the parser of HTML is not cheap to import

            start, end = lines[0][0], lines[-1][1]
            html = self._text[start:end]
            if len(lines) > 1 and "blockquote" in self._containers:  # the marks at its lines' heads are not its own
                html = _only(html, lines)
            blocks, comments = hypertext.read(html, start, tuple(self._containers))
            self.found += blocks
            self.comments += comments

    def _finish(self) -> None:
        """Ends the block that is being collected."""
        pieces = markup.trimmed(self._pieces)
        if pieces:
            kind = self._kind or "paragraph"
            around = self._containers[:-1] if kind in self._containers[-1:] else self._containers
            self.found.append(Block(kind, pieces, tuple(around)))
        self.found += self._alts
        self._pieces, self._alts = [], []
        self._html_code, self._marks = 0, []


def _tag(data: Any) -> tuple[str, Any]:
    """The name of a tag and what goes with it."""
    return (data, None) if isinstance(data, str) else next(iter(data.items()))


def _only(html: str, lines: list[tuple[int, int]]) -> str:
    """HTML with what lies between its lines blanked out."""
    start = lines[0][0]
    gaps = ((a[1] - start, b[0] - start) for a, b in pairwise(lines))
    for gap_start, gap_end in gaps:
        html = html[:gap_start] + " " * (gap_end - gap_start) + html[gap_end:]
    return html
