"""The reader of Markdown: CommonMark with tables, footnotes, strikethrough, task lists and front matter.

pulldown-cmark (by pyromark) says what is what, with ranges in UTF-8 bytes. Template tags are masked first, because in
a link's target or an attribute they would turn into text.
"""

import re
from bisect import bisect_right
from itertools import accumulate, pairwise
from typing import Any

from edlint import front_matter, markup
from edlint.markup import EVERYTHING, Reading
from edlint.text import Block, Comment, Document, Piece, Source, Span

SUFFIXES = (".md", ".markdown")
_LONE_CR = re.compile(r"\r(?!\n)")
_WIDE = re.compile(r"[^\x00-\x7f]+")


# Display math, which ends at a blank line at the latest.
_MATH = re.compile(
    r"\$\$(?!\$)(?P<body>(?:(?!\n[ \t\r]*\n|\$\$).)*)(?:(?P<end>\$\$)(?!\$)|(?=\n[ \t\r]*\n)|\Z)", re.DOTALL
)
# Prices (`$$ to $$$`, `- $$ = $11 to $30`) stand within a line, hold no sign of a formula, or other prices.
_FORMULA = re.compile(r"(?=[^$]*[\\^_={+<>])[^$]*|[A-Za-z]")


def read(source: Source, reading: Reading = EVERYTHING) -> Document:
    """Reads Markdown into blocks in source order."""
    import pyromark

    extensions = ("TABLES", "FOOTNOTES", "STRIKETHROUGH", "TASKLISTS", "HEADING_ATTRIBUTES", "GFM")
    options = pyromark.Options(sum(pyromark.Options[f"ENABLE_{name}"] for name in extensions))
    head = front_matter.read(source.text)
    body = source.text[head.end :]
    text = _LONE_CR.sub("\n", body)
    holes = markup.joined([*reading.holes(body, head.end), *_math(text)])
    text = markup.masked(text, holes)
    reader = _Reader(text, reading)
    for event, span in pyromark.events_with_range(text, options=options):
        reader.take(event, span["start"], span["end"])
    blocks = [markup.placed(block, body, holes, head.end) for block in reader.found]
    for kind, shown in markup.shown_by_tags(body, holes) if reading.tags else ():
        blocks.append(markup.placed(Block(kind, (Piece(shown, body[shown.start : shown.end]),)), body, [], head.end))
    return head.document(source, blocks, reader.comments)


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
# The elements of HTML that they are.
_ELEMENTS = {"Emphasis": ("em", "i"), "Strong": ("strong", "b"), "Strikethrough": ("del", "s"), "Link": ("a",),
             "BlockQuote": ("blockquote",), "List": ("ul", "ol"), "Item": ("li",), "Table": ("table",),
             "Paragraph": ("p",)}  # fmt: skip


class _Reader:
    """Turns events into blocks, whose spans are code points of the body."""

    def __init__(self, text: str, reading: Reading) -> None:
        self._text, self._offsets, self._reading = text, _Offsets(text), reading
        self._masking = 0  # how many elements are open whose words are masked
        self._skipping = 0  # and how many that are skipped
        self._containers: list[str] = []
        self._kind = ""  # of the block that is being collected
        self._pieces: list[Piece] = []
        self._marks: list[str] = []
        self._html_code = 0  # how many elements of code are open
        self._gap = False  # whether something was left out since the last word
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
            self._end(*_tag(data), start, end)
        elif not self._code_block:
            self._leaf(name, data, self._offsets[start], self._offsets[end])

    def _is_in(self, elements: frozenset[str], tag: str, data: Any = None) -> bool:
        if tag != "Heading":
            return not elements.isdisjoint(_ELEMENTS.get(tag, ()))
        level = data if isinstance(data, str) else data["level"]  # as the end and the start of one have it
        return level.lower() in elements

    def _start(self, tag: str, data: Any) -> None:
        if self._is_in(self._reading.skipped, tag, data) and tag not in _INLINE:
            self._finish()
            self._skipping += 1
        if tag in _INLINE:
            self._marks.append(_INLINE[tag])
            self._masking += self._is_masked(tag)
        elif tag == "Image":
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
            self._kind = "list.item" if tag == "Item" else ""
        elif tag == "TableHead":
            self._header = True
        elif tag in ("Paragraph", "Heading", "TableCell"):
            self._finish()
            cell = "table.header" if self._header else "table.cell"
            self._kind = {"Paragraph": "paragraph", "TableCell": cell}.get(tag) or f"heading.{data['level'].lower()}"

    def _is_masked(self, tag: str) -> bool:
        return self._is_in(self._reading.inline_masked | self._reading.skipped, tag)

    def _end(self, tag: str, data: Any, start: int, end: int) -> None:
        if tag in _INLINE:
            self._marks.pop()
            self._masking -= self._is_masked(tag)
        elif tag == "Image":
            self._end_image(Span(self._offsets[start], self._offsets[end]))
        elif tag == "CodeBlock":
            self._finish()
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
        if self._is_in(self._reading.skipped, tag, data) and tag not in _INLINE:
            self._finish()
            self._skipping -= 1

    def _leaf(self, name: str, data: Any, start: int, end: int) -> None:
        if name == "Text":
            self._add(Span(start, end), data, masked=bool(self._html_code))
        elif name in ("SoftBreak", "HardBreak"):
            self._add(Span(start, end), "\n")
        elif name == "Code":
            self._code(Span(start, end), data)
        elif name == "InlineHtml":
            self._inline_html(Span(start, end), data)
        elif name == "Html" and self._html is not None:
            self._html.append((start, end))
        elif name == "FootnoteReference":
            self._pieces.append(Piece(Span(start, end), "", verbatim=False, marks=frozenset({"note"})))

    def _code(self, span: Span, code: str) -> None:
        """Adds code, masked to its own length, in the place of its marks, too, or bare where a house reads code."""
        if "code" in self._reading.inline_masked | self._reading.skipped:
            self._pieces.append(Piece(span, "*" * len(code), verbatim=False, marks=frozenset((*self._marks, "code"))))
            return
        written = self._text[span.start : span.end]
        start = span.start + written.find(code)
        self._marks.append("code")
        self._add(Span(start, start + len(code)) if code in written else span, code)
        self._marks.pop()

    def _add(self, span: Span, text: str, *, masked: bool = False) -> None:
        if self._gap:
            span, text = markup.closed_up(self._pieces, span, text)
        self._gap = False
        if masked or self._masking:
            text = "*" * len(text)
        verbatim = self._text[span.start : span.end] == text
        self._pieces.append(Piece(span, text, verbatim, frozenset(self._marks)))

    def _inline_html(self, span: Span, tag: str) -> None:
        from edlint import html_tokens, hypertext  # few articles have HTML

        token = next(html_tokens.tokens(tag), None)
        if token is None:
            self._gap = True
        elif token.kind == "comment":
            self.comments.append(Comment(span, token.text))
            self._gap = True
        elif token.text == "br":
            self._add(span, "\n")
        elif token.text in markup.PICTURES:
            self._add(span, "*")  # it parts the words beside it, as a word would
            if pieces := hypertext.attribute(tag, token.attributes.get("alt", Span(0, 0)), span.start):
                self._alts.append(Block("alt", pieces, tuple(self._containers)))
        else:
            self._element(span, token.text, opens=token.kind == "open")

    def _element(self, span: Span, name: str, *, opens: bool) -> None:
        if name in self._reading.inline_masked | self._reading.skipped:
            if opens and name in markup.SHOWN_WHOLE:
                self._add(span, "*")
            self._html_code = max(self._html_code + (1 if opens else -1), 0)
        mark = markup.INLINE_MARKS.get(name)
        if mark and opens:
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
            blocks, comments = hypertext.read(html, start, tuple(self._containers), self._reading)
            self.found += blocks if not self._skipping else ()
            self.comments += comments

    def _finish(self) -> None:
        """Ends the block that is being collected."""
        pieces = markup.trimmed(self._pieces)
        if pieces and not self._skipping:
            kind = self._kind or "paragraph"
            around = self._containers[:-1] if kind in self._containers[-1:] else self._containers
            self.found.append(Block(kind, pieces, tuple(around)))
        self.found += self._alts if not self._skipping else ()
        self._pieces, self._alts = [], []
        self._html_code, self._marks, self._masking = 0, [], 0


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
