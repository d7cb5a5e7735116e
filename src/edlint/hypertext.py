"""HTML as it stands in articles: the text of its elements as blocks, each word where it stands in the source."""

import re
from collections import Counter
from collections.abc import Iterator

from edlint import html_tokens, markup
from edlint.html_tokens import Token
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
# Elements whose words stand within a line: where they are skipped, their place is kept.
_PHRASING = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike "
    "strong sub sup time tt u var".split()
)
# An element that ends where one of these begins, unless it stands in another list or table.
_ENDS = {"p": ("p",), "li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "td": ("td", "th"), "th": ("td", "th"),
         "tr": ("tr", "td", "th"), "option": ("option",)}  # fmt: skip
_HOLDERS = frozenset("ul ol dl table blockquote div section article aside body".split())
_CODE_CLASSES = frozenset(("code", "pre", "problematic"))  # of blocks; the last is what docutils could not read
_DESCRIPTIONS = frozenset(("description", "og:description"))
_DEEPEST = 50  # elements around a block that its scope can name
_SPACES = re.compile(r"[ \t\n\f\r]+")


def read(
    source: str, offset: int, ancestors: tuple[str, ...] = (), reading: Reading = EVERYTHING
) -> tuple[list[Block], list[Comment]]:
    """Reads a piece of HTML that stands at an offset of the whole source into blocks of prose and comments."""
    reader = _Reader(source, offset, ancestors, reading)
    for token in html_tokens.tokens(source):
        reader.take(token)
    reader.finish()
    return sorted(reader.found, key=lambda block: block.span), reader.comments


def attribute(source: str, place: Span, offset: int) -> tuple[Piece, ...]:
    """Gives the value of an attribute, which stands at a place of some HTML, in pieces; none where it says nothing."""
    shown = (part for token in html_tokens.words(source, *place) for part in _shown(token))
    return markup.trimmed([_piece(source, part, offset) for part in shown])


def _shown(token: Token) -> Iterator[tuple[Span, str]]:
    """Words as they are shown: a wrap, with the spaces around it, is a line feed."""
    start, end = token.span
    for spaces in _SPACES.finditer(token.text) if token.kind == "words" else ():
        if "\n" in spaces[0] or "\r" in spaces[0]:
            wrap = Span(token.span.start + spaces.start(), token.span.start + spaces.end())
            yield Span(start, wrap.start), token.text[start - token.span.start : spaces.start()]
            yield wrap, "\n"
            start = wrap.end
    yield Span(start, end), token.text[start - token.span.start :] if token.kind == "words" else token.text


def _piece(source: str, part: tuple[Span, str], offset: int, marks: frozenset[str] = frozenset()) -> Piece:
    (start, end), text = part
    return Piece(Span(start + offset, end + offset), text, source[start:end] == text, marks)


class _Reader:
    """Collects pieces between the tags that break text."""

    def __init__(self, source: str, offset: int, ancestors: tuple[str, ...], reading: Reading) -> None:
        self._source, self._offset, self._outer, self._reading = source, offset, ancestors, reading
        self._open: list[tuple[str, bool]] = []  # elements, and whether by an attribute they are skipped
        self._count: Counter[str] = Counter()
        self._within = [Counter[str]()]  # the same, for each list or table that is open
        self._kinds: list[str] = []  # those of the open elements that say what kind of block their words are
        self._around: list[str] = []  # and those that blocks stand in
        self._hidden = self._masked = 0  # how many elements are open that are skipped, and that are masked
        self._gap = False  # whether something was left out since the last word
        self._pieces: list[Piece] = []
        self._marks = frozenset[str]()  # of the words that follow
        self.found: list[Block] = []
        self.comments: list[Comment] = []

    def take(self, token: Token) -> None:
        """Takes the next token."""
        if token.kind == "open":
            self._start(token)
        elif token.kind == "close":
            self._end(token.text)
        elif token.kind == "comment":
            start, end = token.span
            self.comments.append(Comment(Span(start + self._offset, end + self._offset), token.text))
            self._gap = True
        else:
            for span, text in _shown(token):
                self._add(span, text)

    def _start(self, token: Token) -> None:
        tag, said = token.text, token.attributes
        self._break_at(tag)
        self._end_before(tag)
        if tag == "br":
            self._add(token.span, "\n")
        elif tag in markup.PICTURES:
            self._add(token.span, "*")  # it parts the words beside it, as a word would
        elif tag in markup.SHOWN_WHOLE and tag in self._reading.skipped:
            self._add(token.span, "*")
        if "alt" in said and tag in markup.PICTURES and not self._hidden:
            self._attribute("alt", said["alt"])
        elif tag == "meta" and not _DESCRIPTIONS.isdisjoint(self._values(token, "name", "property")):
            self._attribute("description", said.get("content", Span(0, 0)))
        if not token.alone:
            self._push(tag, skipped=self._is_skipped(token))

    def _is_skipped(self, token: Token) -> bool:
        """Says whether an element is left out for what its tag says of it."""
        classes = " ".join(self._values(token, "class")).split()
        left_out = self._reading.skipped_classes | (frozenset() if token.text in _PHRASING else _CODE_CLASSES)
        # What is not to be translated is no prose of this language.
        return not left_out.isdisjoint(classes) or "no" in self._values(token, "translate")

    def _values(self, token: Token, *names: str) -> list[str]:
        places = (token.attributes[name] for name in names if name in token.attributes)
        return [self._source[start:end] for start, end in places]

    def _end_before(self, tag: str) -> None:
        """Ends elements that are left open where one of their kind begins, as items of lists may be."""
        ended = _ENDS.get(tag, ())
        while any(self._within[-1][name] for name in ended):
            self._pop()

    def _push(self, tag: str, *, skipped: bool) -> None:
        self._open.append((tag, skipped))
        self._count_one(tag, 1)
        self._within[-1][tag] += 1
        if tag in _HOLDERS:
            self._within.append(Counter())
        if tag in _KINDS:
            self._kinds.append(tag)
        if tag in _ANCESTORS:
            self._around.append(tag)
        self._tell(tag, 1, skipped=skipped)

    def _pop(self) -> str:
        tag, skipped = self._open.pop()
        if tag in _HOLDERS:
            self._within.pop()
        self._within[-1][tag] -= 1
        self._count_one(tag, -1)
        if tag in _KINDS:
            self._kinds.pop()
        if tag in _ANCESTORS:
            self._around.pop()
        self._tell(tag, -1, skipped=skipped)
        return tag

    def _count_one(self, tag: str, change: int) -> None:
        """Counts an element that opens or closes."""
        self._count[tag] += change
        if tag in markup.INLINE_MARKS:
            self._marks = frozenset(mark for one, mark in markup.INLINE_MARKS.items() if self._count[one])

    def _tell(self, tag: str, change: int, *, skipped: bool) -> None:
        """Notes that an element opens or closes whose words are not read."""
        if skipped or tag in self._reading.skipped:
            if tag in _PHRASING:
                self._masked += change
            else:
                self._hidden += change
                self._gap = True
        elif tag in self._reading.inline_masked:
            self._masked += change

    def _attribute(self, kind: str, place: Span) -> None:
        """Adds the value of an attribute as a block."""
        if pieces := attribute(self._source, place, self._offset):
            self.found.append(Block(kind, pieces, (*self._outer, *self._ancestors())))

    def _end(self, tag: str) -> None:
        self._break_at(tag)
        if self._count[tag]:
            while self._pop() != tag:
                pass
            self._break_at(tag)  # it may have ended what was left out

    def _break_at(self, tag: str) -> None:
        """Ends the block at a tag that breaks text, unless the tag stands in what is left out, as a drawing's title."""
        if tag in _BREAKS and not self._hidden:
            self.finish()

    def _add(self, span: Span, text: str) -> None:
        if not text or self._hidden:
            return
        if self._gap:
            span, text = markup.closed_up(self._pieces, span, text)
        self._gap = False
        if self._masked and text != "\n":
            text = "*" * len(text)
        self._pieces.append(_piece(self._source, (span, text), self._offset, self._marks))

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
