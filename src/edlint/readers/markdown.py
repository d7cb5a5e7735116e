"""The reader of Markdown: CommonMark with tables, footnotes, strikethrough, task lists and front matter.

pulldown-cmark (by pyromark) says what is what, with ranges in UTF-8 bytes. Template tags are masked first, because in
a link's target or an attribute they would turn into text.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from edlint import front_matter, markup
from edlint.markup import EVERYTHING, Reading
from edlint.text import Block, Comment, Document, Piece, Source, Span

SUFFIXES = (".md", ".markdown")
_LONE_CR = re.compile(r"\r(?!\n)")


# Display math, which ends at a blank line at the latest.
_MATH = re.compile(
    r"\$\$(?!\$)(?P<body>(?:(?!\n[ \t\r]*\n|\$\$).)*)(?:(?P<end>\$\$)(?!\$)|(?=\n[ \t\r]*\n)|\Z)", re.DOTALL
)
# Prices (`$$ to $$$`, `- $$ = $11 to $30`) stand within a line, hold no sign of a formula, or other prices.
_FORMULA = re.compile(r"(?=[^$]*[\\^_={+<>])[^$]*|[A-Za-z]")


def read(source: Source, reading: Reading = EVERYTHING) -> Document:
    """Reads Markdown into blocks in source order."""
    import pyromark

    head = front_matter.read(source.text)
    body = head.without(source.text)
    text = _LONE_CR.sub("\n", body) if "\r" in body else body
    holes = markup.joined([*reading.holes(body, head.end), *_math(text)])
    shown = markup.masked(text, holes)
    reader = _Reader(shown, reading, joins=text is body)
    reader.take(pyromark.events_with_range(shown, options=_options()))
    blocks = [markup.placed(block, body, holes) for block in reader.found]
    for kind, (start, end) in markup.shown_by_tags(body, holes) if reading.tags else ():
        blocks.append(markup.placed(Block(kind, (Piece(Span(start, end), body[start:end]),)), body, []))
    return head.document(source, blocks, reader.comments)


@cache
def _options() -> Any:
    """What of Markdown is read beyond CommonMark."""
    import pyromark

    extensions = ("TABLES", "FOOTNOTES", "STRIKETHROUGH", "TASKLISTS", "HEADING_ATTRIBUTES", "GFM")
    return pyromark.Options(sum(pyromark.Options[f"ENABLE_{name}"] for name in extensions))


def _math(text: str) -> list[Span]:
    """The spans of display math."""
    found = _MATH.finditer(text) if "$$" in text else ()
    return [Span(*match.span()) for match in found if _is_formula(match, text)]


def _is_formula(match: re.Match[str], text: str) -> bool:
    """Says whether what may be math is math, and no prices."""
    body = match["body"]
    first_line, wrap, _ = body.partition("\n")
    if text[text.rfind("\n", 0, match.start()) + 1 : match.start()].strip(" \t"):
        return bool(match["end"] and not wrap and _FORMULA.fullmatch(body))
    return bool(wrap and not first_line.strip()) or bool(match["end"] and _FORMULA.fullmatch(body))


class _Offsets:
    """Code points for offsets in UTF-8 bytes, each counted from the one asked for before, which is never far."""

    def __init__(self, text: str) -> None:
        self._data = text.encode()
        self._byte = self._point = 0

    def __getitem__(self, byte: int) -> int:
        if byte >= self._byte:
            self._point += len(self._data[self._byte : byte].decode())
        else:
            self._point -= len(self._data[byte : self._byte].decode())
        self._byte = byte
        return self._point


# What pulldown-cmark calls the things that blocks stand in, and the names that scopes know.
_CONTAINERS = {"BlockQuote": "blockquote", "List": "list", "Item": "list.item", "FootnoteDefinition": "footnote",
               "Table": "table"}  # fmt: skip
_INLINE = {"Emphasis": "emphasis", "Strong": "strong", "Strikethrough": "strikethrough", "Link": "link"}
# The elements of HTML that they are.
_ELEMENTS = {"Emphasis": ("em", "i"), "Strong": ("strong", "b"), "Strikethrough": ("del", "s"), "Link": ("a",),
             "BlockQuote": ("blockquote",), "List": ("ul", "ol"), "Item": ("li",), "Table": ("table",),
             "Paragraph": ("p",), **{f"H{level}": (f"h{level}",) for level in range(1, 7)}}  # fmt: skip
_BLOCKS = frozenset(("Paragraph", "Heading", "TableCell"))
_UNMARKED = frozenset[str]()


@lru_cache(1 << 8)
def _tags_of(elements: frozenset[str]) -> frozenset[str]:
    """The tags, headings by their levels, that are any of some elements of HTML."""
    return frozenset(tag for tag, names in _ELEMENTS.items() if not elements.isdisjoint(names))


class _Reader:
    """Turns events into blocks, whose spans are code points of the text."""

    def __init__(self, text: str, reading: Reading, *, joins: bool) -> None:
        """Takes a text; `joins` says whether all of it that is verbatim in it is so in the source."""
        self._text, self._reading, self._joins = text, reading, joins
        # Where all is ASCII, each byte is a code point.
        self._offsets = range(len(text) + 1) if text.isascii() else _Offsets(text)
        self._unread = reading.inline_masked | reading.skipped
        self._masked_tags, self._skipped_tags = _tags_of(self._unread), _tags_of(reading.skipped) - _INLINE.keys()
        self._masking = 0  # how many elements are open whose words are masked
        self._skipping = 0  # and how many that are skipped
        self._containers: list[str] = []
        self._kind = ""  # of the block that is being collected
        self._pieces: list[Piece] = []
        # Where the words stand that read as in the source and are no piece yet; most come in several events.
        self._run_start = self._run_end = 0
        self._marks: list[str] = []
        self._marked = _UNMARKED  # the same, as pieces have them
        self._html_code = 0  # how many elements of code are open
        self._gap = False  # whether something was left out since the last word
        self._images: list[tuple[str, list[Piece]]] = []
        self._alts: list[Block] = []
        self._code_block = False
        self._html: list[tuple[int, int]] | None = None
        self._header = False
        self.found: list[Block] = []
        self.comments: list[Comment] = []

    def take(self, events: Iterable[tuple[Any, Any]]) -> None:
        """Takes events, each with its range in bytes."""
        offsets = self._offsets
        for event, span in events:
            name, data = (event, None) if isinstance(event, str) else next(iter(event.items()))
            if name == "Start":
                self._start(*_tag(data))
            elif name == "End":
                self._end(*_tag(data), span)
            elif not self._code_block:
                self._leaf(name, data, offsets[span["start"]], offsets[span["end"]])

    def _start(self, tag: str, data: Any) -> None:
        if self._skipped_tags and _level(tag, data) in self._skipped_tags:
            self._finish()
            self._skipping += 1
        if tag in _INLINE:
            self._mark(_INLINE[tag])
            self._masking += tag in self._masked_tags
        elif tag == "Image":
            self._end_run()
            self._images.append((self._kind, self._pieces))
            self._pieces = []
        elif tag == "CodeBlock":
            self._finish()
            self._code_block = "pre" in self._reading.skipped
            self._kind = "pre"
        elif tag == "HtmlBlock":
            self._finish()
            self._html = []
        elif tag in _CONTAINERS:
            self._finish()
            self._containers.append(_CONTAINERS[tag])
            self._kind = self._bare_kind()
        elif tag == "TableHead":
            self._header = True
        elif tag in _BLOCKS:
            self._finish()
            cell = "table.header" if self._header else "table.cell"
            self._kind = {"Paragraph": "paragraph", "TableCell": cell}.get(tag) or f"heading.{data['level'].lower()}"

    def _end(self, tag: str, data: Any, span: Any) -> None:
        if tag in _INLINE:
            self._unmark()
            self._masking -= tag in self._masked_tags
        elif tag == "Image":
            self._end_image(Span(self._offsets[span["start"]], self._offsets[span["end"]]))
        elif tag == "CodeBlock":
            self._finish()
            self._code_block = False
        elif tag == "HtmlBlock":
            self._end_html()
        elif tag in _CONTAINERS:
            self._finish()
            self._containers.pop()
            self._kind = self._bare_kind()
        elif tag == "TableHead":
            self._header = False
        elif tag in _BLOCKS:
            self._finish()
        if self._skipped_tags and _level(tag, data) in self._skipped_tags:
            self._finish()
            self._skipping -= 1

    def _leaf(self, name: str, data: Any, start: int, end: int) -> None:
        if name == "Text":
            self._add(start, end, data, masked=self._html_code > 0)
        elif name in ("SoftBreak", "HardBreak"):
            self._add(start, end, "\n")
        elif name == "Code":
            self._code(Span(start, end), data)
        elif name == "InlineHtml":
            self._inline_html(Span(start, end), data)
        elif name == "Html" and self._html is not None:
            self._html.append((start, end))
        elif name == "FootnoteReference":
            self._add_piece(Piece(Span(start, end), "", verbatim=False, marks=frozenset({"note"})))

    def _mark(self, name: str) -> None:
        """Opens a mark around the words that follow."""
        self._end_run()
        self._marks.append(name)
        self._marked = frozenset(self._marks)

    def _unmark(self, name: str | None = None) -> None:
        """Closes a mark, the last one without a name; one that broken HTML has closed already stays closed."""
        if self._marks and (name is None or name in self._marks):
            self._end_run()
            self._marks.remove(name) if name else self._marks.pop()
            self._marked = frozenset(self._marks)

    def _code(self, span: Span, code: str) -> None:
        """Adds code, masked to its own length, in the place of its marks, too, or bare where a house reads code."""
        if "code" in self._unread:
            self._add_piece(Piece(span, "*" * len(code), verbatim=False, marks=self._marked | {"code"}))
            return
        written = self._text[span.start : span.end]
        start = span.start + written.find(code)
        self._mark("code")
        self._add(*((start, start + len(code)) if code in written else span), code)
        self._unmark()

    def _add(self, start: int, end: int, text: str, *, masked: bool = False) -> None:
        """Adds words that stand in a span of the text."""
        if masked or self._gap or self._masking or self._text[start:end] != text:
            self._add_changed(Span(start, end), text, masked=masked)
            return
        if start != self._run_end or not self._joins:
            self._end_run()
            self._run_start = start
        self._run_end = end

    def _add_changed(self, span: Span, text: str, *, masked: bool) -> None:
        self._end_run()
        if self._gap:
            span, text = markup.closed_up(self._pieces, span, text)
        self._gap = False
        if masked or self._masking:
            text = "*" * len(text)
        self._pieces.append(Piece(span, text, self._text[span.start : span.end] == text, self._marked))

    def _add_piece(self, piece: Piece) -> None:
        self._end_run()
        self._pieces.append(piece)

    def _end_run(self) -> None:
        """Makes a piece of the words that are none yet."""
        start, end = self._run_start, self._run_end
        if start < end:
            self._pieces.append(Piece(Span(start, end), self._text[start:end], marks=self._marked))
            self._run_start = end

    def _inline_html(self, span: Span, tag: str) -> None:
        from edlint import html_tokens, hypertext  # few articles have HTML

        token = next(html_tokens.tokens(tag), None)
        if token is None:
            self._gap = True
        elif token.kind == "comment":
            self.comments.append(Comment(span, token.text))
            self._gap = True
        elif token.text == "br":
            self._add(*span, "\n")
        elif token.text in markup.PICTURES:
            self._add(*span, "*")  # it parts the words beside it, as a word would
            if pieces := hypertext.attribute(tag, token.attributes.get("alt", Span(0, 0)), span.start):
                self._alts.append(Block("alt", pieces, tuple(self._containers)))
        else:
            self._element(span, token.text, opens=token.kind == "open")

    def _element(self, span: Span, name: str, *, opens: bool) -> None:
        if name in self._unread:
            if opens and name in markup.SHOWN_WHOLE:
                self._add(*span, "*")
            self._html_code = max(self._html_code + (1 if opens else -1), 0)
        if mark := markup.INLINE_MARKS.get(name):
            self._mark(mark) if opens else self._unmark(mark)

    def _end_image(self, span: Span) -> None:
        self._end_run()
        alt = markup.trimmed(self._pieces)
        if alt:
            self._alts.append(Block("alt", alt, tuple(self._containers)))
        self._kind, self._pieces = self._images.pop()
        # The picture parts the words beside it, as a word would.
        self._pieces.append(Piece(span, "*", verbatim=False, marks=self._marked))

    def _end_html(self) -> None:
        lines, self._html = self._html or [], None
        if lines:
            from edlint import hypertext  # the parser of HTML is not cheap to import

            start, end = lines[0][0], lines[-1][1]
            html = self._text[start:end]
            if len(lines) > 1 and "blockquote" in self._containers:  # the marks at its lines' heads are not its own
                html = _only(html, lines)
            blocks, comments = hypertext.read(html, start, tuple(self._containers), self._reading)
            self.found += blocks if not self._skipping else ()
            self.comments += comments

    def _finish(self) -> None:
        """Ends the block that is being collected."""
        self._end_run()
        pieces = markup.trimmed(self._pieces) if self._pieces else ()
        if pieces and not self._skipping:
            kind = self._kind or "paragraph"
            around = self._containers[:-1] if kind in self._containers[-1:] else self._containers
            self.found.append(Block(kind, pieces, tuple(around)))
        self.found += self._alts if not self._skipping else ()
        self._pieces, self._alts, self._kind = [], [], self._bare_kind()
        self._html_code, self._marks, self._marked, self._masking = 0, [], _UNMARKED, 0

    def _bare_kind(self) -> str:
        """The kind of a block that begins without saying so, as the words of a tight item do."""
        return "list.item" if self._containers[-1:] == ["list.item"] else ""


def _tag(data: Any) -> tuple[str, Any]:
    """The name of a tag and what goes with it."""
    return (data, None) if isinstance(data, str) else next(iter(data.items()))


def _level(tag: str, data: Any) -> str:
    """The level of a heading, as the start and the end of one have it, the tag of all else."""
    if tag != "Heading":
        return tag
    return str(data if isinstance(data, str) else data["level"])


def _only(html: str, lines: list[tuple[int, int]]) -> str:
    """HTML with what lies between its lines blanked out."""
    start = lines[0][0]
    gaps = [*(b[0] - a[1] for a, b in pairwise(lines)), 0]
    return "".join([html[a - start : b - start] + " " * gap for (a, b), gap in zip(lines, gaps, strict=True)])
