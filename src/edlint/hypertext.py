"""HTML as it stands in articles: the text of its elements as blocks, each word where it stands in the source."""

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate

from edlint import markup
from edlint.markup import EVERYTHING, Reading
from edlint.text import Block, Comment, Piece, Span

_KINDS = {
    **{f"h{level}": f"heading.h{level}" for level in range(1, 7)},
    "li": "list.item", "dt": "list.item", "dd": "list.item", "td": "table.cell", "th": "table.header",
    "caption": "table.caption", "figcaption": "caption", "title": "title", "pre": "pre",
}  # fmt: skip
_ANCESTORS = {"blockquote": "blockquote", "ul": "list", "ol": "list", "dl": "list", "table": "table",
              "li": "list.item", "dd": "list.item", "td": "table.cell", "figure": "figure"}  # fmt: skip
_BREAKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol option p pre section summary table "
    "tbody td tfoot th thead title tr ul".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Elements whose words stand within a line: where they are skipped, their place is kept.
_PHRASING = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var".split()
)
# An element that ends where one of these begins, unless it stands in another list or table.
_ENDS = {"p": ("p",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "td": ("td", "th"), "th": ("td", "th"),
         "tr": ("tr", "td", "th"), "option": ("option",)}  # fmt: skip
_HOLDERS = frozenset("ul ol dl table blockquote div section article aside body".split())
_DESCRIPTIONS = frozenset(("description", "og:description"))
_CONTENT = re.compile(r"\scontent\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_DEEPEST = 50  # elements around a block that its scope can name
_REFERENCE = re.compile(r"&#?\w+;?")
_WRAP = re.compile(r"\s*[\r\n]\s*")


def read(
    source: str, offset: int, ancestors: tuple[str, ...] = (), reading: Reading = EVERYTHING
) -> tuple[list[Block], list[Comment]]:
    """Reads a piece of HTML that stands at an offset of the whole source into blocks of prose and comments."""
    reader = _Reader(source, offset, ancestors, reading)
    # After the last `>` no tag is complete, and the parser would try each `<` to the end.
    end = source.rfind(">") + 1
    reader.feed(source[:end])
    reader.close()
    reader.take_rest(end)
    reader.finish()
    return sorted(reader.found, key=lambda block: block.span), reader.comments


def _description(tag: str, attrs: list[tuple[str, str | None]]) -> Span | None:
    """The span of a page's description within its tag, None where the tag has something else."""
    content = _CONTENT.search(tag) if _DESCRIPTIONS.intersection(value or "" for _, value in attrs) else None
    return Span(*content.span(content.lastindex or 0)) if content else None


class _Reader(HTMLParser):
    """Collects pieces between the tags that break text; the parser of the standard library tells line and column."""

    def __init__(self, source: str, offset: int, ancestors: tuple[str, ...], reading: Reading) -> None:
        super().__init__(convert_charrefs=False)
        self._source, self._offset, self._outer, self._reading = source, offset, ancestors, reading
        self._lines = tuple(accumulate((len(line) + 1 for line in source.split("\n")), initial=0))
        self._open: list[tuple[str, bool]] = []  # elements, and whether by their class they are skipped
        self._count: Counter[str] = Counter()
        self._kinds: list[str] = []  # those of the open elements that say what kind of block their words are
        self._around: list[str] = []  # and those that blocks stand in
        self._hidden = self._masked = 0  # how many elements are open that are skipped, and that are masked
        self._pieces: list[Piece] = []
        self.found: list[Block] = []
        self.comments: list[Comment] = []

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BREAKS:
            self.finish()
        self._end_before(tag)
        start, written = self._at(), self.get_starttag_text() or ""
        if tag == "br":
            self._add(start, start + len(written), "\n")
        elif tag in markup.PICTURES:
            self._add(start, start + len(written), "*")
            if alt := markup.alt_text(written):
                self._attribute("alt", start, alt)
        elif tag == "meta" and (content := _description(written, attrs)):
            self._attribute("description", start, content)
        if tag not in _VOID and not written.endswith("/>"):
            classes = next((value or "" for name, value in attrs if name == "class"), "").split()
            # What is not to be translated is no prose of this language.
            kept = ("translate", "no") in attrs
            self._push(tag, skipped=kept or not self._reading.skipped_classes.isdisjoint(classes))

    def _end_before(self, tag: str) -> None:
        """Ends elements that are left open where one of their kind begins, as items of lists may be."""
        ended = _ENDS.get(tag, ())
        if not any(self._count[name] for name in ended):
            return
        for depth in range(len(self._open), 0, -1):
            name = self._open[depth - 1][0]
            if name in ended:
                while len(self._open) >= depth:
                    self._pop()
            elif name in _HOLDERS:
                return

    def _push(self, tag: str, *, skipped: bool) -> None:
        self._open.append((tag, skipped))
        self._count[tag] += 1
        if tag in _KINDS:
            self._kinds.append(tag)
        if tag in _ANCESTORS:
            self._around.append(tag)
        self._tell(tag, 1, skipped=skipped)

    def _pop(self) -> str:
        tag, skipped = self._open.pop()
        self._count[tag] -= 1
        if tag in _KINDS:
            self._kinds.pop()
        if tag in _ANCESTORS:
            self._around.pop()
        self._tell(tag, -1, skipped=skipped)
        return tag

    def _tell(self, tag: str, change: int, *, skipped: bool) -> None:
        """Notes that an element opens or closes whose words are not read."""
        if skipped or tag in self._reading.skipped:
            if tag in _PHRASING:
                self._masked += change
            else:
                self._hidden += change
        elif tag in self._reading.inline_masked:
            self._masked += change

    def _attribute(self, kind: str, start: int, place: Span) -> None:
        """Adds the value of an attribute, which stands at a place of a tag, as a block."""
        if self._hidden and kind == "alt":
            return
        span = Span(self._offset + start + place.start, self._offset + start + place.end)
        text = self._source[start + place.start : start + place.end]
        if text.strip():
            piece = Piece(span, text) if "&" not in text else Piece(span, unescape(text), verbatim=False)
            self.found.append(Block(kind, (piece,), (*self._outer, *self._ancestors())))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BREAKS:
            self.finish()
        if self._count[tag]:
            while self._pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._take(self._at(), data)

    def take_rest(self, start: int) -> None:
        """Takes what stands from a place on, in which there are references but no tags."""
        for match in _REFERENCE.finditer(self._source, start):
            self._take(start, self._source[start : match.start()])
            self._add(match.start(), match.end(), unescape(match[0]))
            start = match.end()
        self._take(start, self._source[start:])

    def _take(self, start: int, data: str) -> None:
        end = 0
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
        if not text or self._hidden:
            return
        if self._masked and text != "\n":
            text = "*" * len(text)
        marks = frozenset(mark for tag, mark in markup.INLINE_MARKS.items() if self._count[tag])
        verbatim = self._source[start:end] == text
        self._pieces.append(Piece(Span(self._offset + start, self._offset + end), text, verbatim, marks))

    def _ancestors(self) -> tuple[str, ...]:
        return tuple(_ANCESTORS[tag] for tag in self._around[:_DEEPEST])

    def finish(self) -> None:
        """Ends the block that is being collected."""
        pieces, self._pieces = markup.trimmed(self._pieces), []
        if pieces:
            kind = _KINDS[self._kinds[-1]] if self._kinds else "paragraph"
            around = self._ancestors()
            if self._around and _KINDS.get(self._around[-1]) == kind:
                around = around[:-1]
            self.found.append(Block(kind, pieces, (*self._outer, *around)))
