"""The words of a block in HTML, with marks where findings speak of them.

Whatever comes from outside goes into a page through `escaped`, and there is no other way in. Marks overlap and elements
may not; so the words are cut wherever anything begins or ends, and elements are closed and opened again there. A
newcomer would put a reference to a note right behind its mark; but within a link it would end the link, and within
another mark it would be one of the words found. It waits until nothing is open.
"""

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from edlint.finding import Finding, Suppressed
from edlint.text import Block, Piece, Span

STATES = ("standing", "allowed", "baselined")
_ODD = {0: "\N{REPLACEMENT CHARACTER}", 13: "\n"}  # what an HTML parser would change
_MASKED = re.compile(r"\*[\s*]*")
_TARGET = re.compile(r"[*_~`]*\]\(<?(https?://[^\s()<>]+)")
_ADDRESS = re.compile(r"https?://\S+")
_HREF = re.compile(r"<a\b[^<>]*\bhref\s*=\s*[\"']?(https?://[^\s\"'<>]+)", re.IGNORECASE)
_INLINE = {"quote": "q", "strong": "strong", "emphasis": "em", "strikethrough": "s", "code": "code"}


def escaped(words: str) -> str:
    """Words as they stand in HTML, in text as in an attribute."""
    if "\r" in words or "\0" in words:
        words = words.replace("\r\n", "\n").translate(_ODD)
    return html.escape(words)


class Noted(NamedTuple):
    """A finding, its number in the article from 1, its state, and what allows it."""

    number: int
    finding: Finding
    state: int
    allowed: Suppressed | None = None


class Mark(NamedTuple):
    """A place that a note speaks of: of the finding itself, or, numbered from 0, one that it is related to."""

    span: Span
    noted: Noted
    related: int | None = None


class _Token(NamedTuple):
    """A run of words, with the place that it comes from and what is around it.

    `markup` is drawn in place of words. `link` is the address it leads to, empty for one that is not known, None for
    what is no link.
    """

    span: Span
    words: str
    markup: str = ""
    link: str | None = None
    tags: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()


def plain(block: Block, text: str) -> str:
    """Gives the words of a block of a text as a page shows them, without markup."""
    return "".join(token.words if not token.markup else " " for token in _tokens(block, text))


class Words:
    """The words of a block, and which findings' words they do not show, once they are drawn."""

    def __init__(self, block: Block, text: str, key: str, targets: set[tuple[int, int]]) -> None:
        """Takes a block of a text, the name of its article's place, and which related places have theirs so far."""
        self._block, self._text, self._key = block, text, key
        self.untold: set[int] = set()
        self._targets = targets

    def drawn(self, marks: Sequence[Mark], referred: set[int]) -> str:
        """Gives the words with marks, and behind each of some findings a reference to its note."""
        tokens = list(_tokens(self._block, self._text))
        if not marks:
            return "".join(self._wrapped(tokens))
        within = {mark: _shown_of(tokens, mark.span) for mark in marks}
        wide = [mark for mark in marks if mark.span.start < mark.span.end and within[mark]]
        points = [mark for mark in marks if mark.span.start == mark.span.end or not within[mark]]
        # A note tells the words of a finding that a picture stands for, or nothing.
        told = (mark for mark in marks if mark.span.start < mark.span.end and all(t.markup for t in within[mark]))
        self.untold = {mark.noted.number for mark in told if mark.related is None}
        cut = list(_with_points(_cut(tokens, wide, points), points))
        return "".join(self._wrapped(cut, referred))

    def _wrapped(self, tokens: Sequence[_Token], referred: Iterable[int] = ()) -> Iterator[str]:
        """Tokens in their elements, which are closed and opened where others begin or end."""
        ends = _ends(tokens)
        waiting = list[int]()
        opened = list[tuple[str, str, object]]()
        for index, token in enumerate(tokens):
            wanted = list(self._elements(token))
            kept = _common([one for *_, one in opened], [one for *_, one in wanted])
            yield from (close for _, close, _ in reversed(opened[kept:]))
            del opened[kept:]
            if waiting and not opened:
                yield from map(self._reference, waiting)
                waiting = []
            for element in wanted[kept:]:
                yield element[0]
                opened.append(element)
            yield token.markup or escaped(token.words)
            waiting += [number for number in ends[index] if number in referred]
        yield from (close for _, close, _ in reversed(opened))
        yield from map(self._reference, waiting)

    def _elements(self, token: _Token) -> Iterator[tuple[str, str, object]]:
        """The elements around a token, outermost first, as how they open, how they close, and what tells them apart."""
        if token.link is not None:
            href = f' href="{escaped(token.link)}" rel="noopener noreferrer" target="_blank"' if token.link else ""
            yield (f"<a{href}>", "</a>", token.link) if href else ('<span class="link">', "</span>", "")
        for mark in token.marks:
            yield self._marked(mark, is_point=not (token.words or token.markup))
        for tag in token.tags:
            yield f"<{tag}>", f"</{tag}>", tag

    def _marked(self, mark: Mark, *, is_point: bool) -> tuple[str, str, object]:
        number, point = mark.noted.number, " point" if is_point else ""
        if mark.related is None:
            kind = f"{mark.noted.finding.severity.name} {STATES[mark.noted.state]}{point}"
            return f'<mark class="{kind}" data-n="{number}">', "</mark>", mark
        target = (number, mark.related)
        name = f' id="{self._key}-{number}r{mark.related}"' if target not in self._targets else ""
        self._targets.add(target)
        return f'<span class="also{point}" data-n="{number}"{name}>', "</span>", mark

    def _reference(self, number: int) -> str:
        name = f"{self._key}-{number}"
        label = f'aria-label="Finding {number}" data-n="{number}"'
        return f'<a class="ref" id="{self._key}-m{number}" href="#{name}" {label}>{number}</a>'


def _ends(tokens: Sequence[_Token]) -> list[list[int]]:
    """The findings whose last words each token has."""
    last = {mark.noted.number: index for index, token in enumerate(tokens)
            for mark in token.marks if mark.related is None}  # fmt: skip
    found = [list[int]() for _ in tokens]
    for number, index in last.items():
        found[index].append(number)
    return found


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many of two sequences are the same at their heads."""
    pairs = zip(one, other, strict=False)
    return next((number for number, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _tokens(block: Block, text: str) -> Iterator[_Token]:
    """The pieces of a block as they are shown."""
    for piece, link in zip(block.pieces, _links(block.pieces, text), strict=True):
        tags = tuple(tag for mark, tag in _INLINE.items() if mark in piece.marks)
        written = text[piece.span.start : piece.span.end]
        yield _Token(piece.span, _shown(piece, written), _markup(piece, written), link, tags)


def _markup(piece: Piece, written: str) -> str:
    """What stands for a piece that is no words: a line break, a picture, the number of a footnote."""
    if piece.verbatim:
        return ""
    if "note" in piece.marks:
        return f"<sup>[{escaped(written.strip('[]^'))}]</sup>"
    if piece.text == "\n" and (written.strip() or written.startswith("  ")):
        return "<br>"
    if piece.text == "*" and "code" not in piece.marks and written.startswith(("![", "<")):
        return '<span class="picture" role="img" aria-label="picture"></span>'
    return ""


def _shown(piece: Piece, written: str) -> str:
    """The words of a piece, or those that are masked in it."""
    if piece.verbatim or not _MASKED.fullmatch(piece.text):
        return piece.text
    return written.strip("`").strip() if "code" in piece.marks else html.unescape(written)


def _links(pieces: Sequence[Piece], text: str) -> Iterator[str | None]:
    """Where each piece leads, if it is of a link: to the web or, empty, to somewhere that the page does not lead to."""
    begin = 0
    while begin < len(pieces):
        if "link" not in pieces[begin].marks:
            yield None
            begin += 1
            continue
        end = begin + 1
        while end < len(pieces) and "link" in pieces[end].marks and not _ends_link(pieces[end - 1 : end + 1], text):
            end += 1
        yield from [_address(pieces[begin:end], text)] * (end - begin)
        begin = end


def _ends_link(pair: Sequence[Piece], text: str) -> bool:
    between = text[pair[0].span.end : pair[1].span.start]
    return "](" in between or "</" in between or "><" in between


def _address(pieces: Sequence[Piece], text: str) -> str:
    """The address of the web that a link leads to, as its source has it; empty for one of any other kind."""
    start, end = pieces[0].span.start, pieces[-1].span.end
    if target := _TARGET.match(text, end):
        return html.unescape(target[1])
    written = text[start:end]
    if _ADDRESS.fullmatch(written):
        return written
    opened = text.rfind("<a", max(start - 2_000, 0), start)
    target = _HREF.match(text, opened, start) if opened >= 0 else None
    return html.unescape(target[1]) if target else ""


def _shown_of(tokens: Sequence[_Token], span: Span) -> Sequence[_Token]:
    """What of a place is shown by tokens, which are in order: words, or what stands for something else."""
    first = bisect_right(tokens, span.start, key=lambda token: token.span.end)
    last = bisect_left(tokens, span.end, key=lambda token: token.span.start)
    return [token for token in tokens[first:last] if token.words.strip() or token.markup]


def _cut(tokens: Iterable[_Token], marks: Sequence[Mark], points: Sequence[Mark]) -> Iterator[_Token]:
    """Tokens cut where marks begin and end, with the marks that they stand in; what is not verbatim stays whole."""
    edges = sorted({*(edge for mark in marks for edge in mark.span), *(mark.span.start for mark in points)})
    covers = _covers(edges, marks)
    for token in tokens:
        start, end = token.span
        inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
        if token.markup or len(token.words) != end - start:
            first, last = max(bisect_right(edges, start) - 1, 0), bisect_left(edges, end)
            around = dict.fromkeys(mark for cover in covers[first:last] for mark in cover)
            yield token._replace(marks=tuple(around))
            continue
        for begin, stop in pairwise([start, *inside, end]):
            index = bisect_right(edges, begin) - 1
            words = token.words[begin - start : stop - start]
            yield token._replace(span=Span(begin, stop), words=words, marks=covers[index] if index >= 0 else ())


def _covers(edges: Sequence[int], marks: Sequence[Mark]) -> list[tuple[Mark, ...]]:
    """The marks between each edge and the next, those that begin first outermost."""
    found = [list[Mark]() for _ in edges]
    for mark in sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end, mark.related is None)):
        for index in range(bisect_left(edges, mark.span.start), bisect_left(edges, mark.span.end)):
            found[index].append(mark)
    return [tuple(around) for around in found]


def _with_points(tokens: Iterable[_Token], points: Iterable[Mark]) -> Iterator[_Token]:
    """Tokens with those marks between them that have no words to stand at."""
    waiting = sorted(points, key=lambda mark: mark.span)[::-1]
    for token in tokens:
        while waiting and (waiting[-1].span.start <= token.span.start or waiting[-1].span.start < token.span.end):
            mark = waiting.pop()
            yield _Token(mark.span, "", link=token.link, marks=(mark,))
        yield token
    yield from (_Token(mark.span, "", marks=(mark,)) for mark in reversed(waiting))
