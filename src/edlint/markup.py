"""What stands in prose and is none: template tags, addresses, HTML tags; shared by the readers.

Masking keeps every offset: ASCII characters become `x`, others stay, so that code points and UTF-8 bytes stay where
they were and no parser takes a tag's quotation marks or angle brackets for its own.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from edlint.text import Block, Piece, Span

# Hugo and Jekyll (Liquid) tags, Jinja comments and kramdown attribute lists; code between highlight tags goes with
# them (a `highlight` that names no language is an emphasis in prose). A tag ends within 4,000 characters, so that an
# unclosed one costs no more than that.
_TAG = re.compile(
    r"\{\{[<%]\s*highlight\s+[\w\"].{0,20000}?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"
    r"|\{%-?\s*(highlight|comment)\b.{0,20000}?\{%-?\s*end\1\s*-?%\}"
    r"|\{\{<.{0,4000}?>\}\}|\{\{%.{0,4000}?%\}\}|\{\{\{?.{0,4000}?\}\}\}?|\{%.{0,4000}?%\}|\{#(?=\s).{0,4000}?#\}"
    r"|\{:[^{}\n]{0,400}\}",
    re.DOTALL,
)
_ASCII = re.compile(r"[\x00-\x7f]")
# A bare address in running text, without the punctuation that ends the sentence it stands in.
_ADDRESS = re.compile(
    r"(?:\b(?:https?|ftp)://|\bwww\.(?=\w)|\bmailto:)[^\s<>\"“”|]*[^\s<>\"“”|.,;:!?)\]}'’*_]"
    r"|(?<![\w.@/-])(?:[a-zA-Z0-9-]{1,63}\.){1,5}[a-z]{2,10}/[^\s<>\"“”|]*[^\s<>\"“”|.,;:!?)\]}'’*_]"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
)
_MAY_HOLD_ADDRESS = re.compile(r"://|www\.|mailto:|@|\w\.[a-z]+/")


def tags(text: str) -> list[Span]:
    """Gives the spans of all template tags."""
    return [Span(*match.span()) for match in _TAG.finditer(text)] if "{" in text else []


# What a tag shows to readers: `{{< img src="pier.png" alt="The pier at dusk" >}}`.
_SHOWN_BY_TAG = re.compile(r"\b(alt|caption)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_AROUND_CODE = re.compile(r"\{[{%][<%-]?\s*(?:highlight\s+[\w\"]|comment\b)")


def shown_by_tags(text: str, spans: list[Span]) -> Iterator[tuple[str, Span]]:
    """Gives what template tags show to readers: alternative texts and captions, as (`alt` or `caption`, span)."""
    for start, end in spans:
        if not _AROUND_CODE.match(text, start):
            for match in _SHOWN_BY_TAG.finditer(text, start, end):
                yield match[1], Span(*match.span(2 if match[2] is not None else 3))


def joined(spans: Iterable[Span]) -> list[Span]:
    """Gives spans in order, those that overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def masked(text: str, spans: list[Span]) -> str:
    """Gives the text with spans masked, of the same length in code points and in UTF-8 bytes."""
    parts, end = [], 0
    for span in spans:
        parts += [text[end : span.start], _ASCII.sub("x", text[span.start : span.end])]
        end = span.end
    return "".join([*parts, text[end:]])


def addresses(text: str) -> list[Span]:
    """Gives the spans of web and mail addresses."""
    return [Span(*match.span()) for match in _ADDRESS.finditer(text)] if may_hold_address(text) else []


def may_hold_address(text: str) -> bool:
    """Says whether there is anything in a text that an address may have; most texts have no such sign at all."""
    signs = "/" in text or "@" in text or "www." in text or "mailto:" in text
    return signs and _MAY_HOLD_ADDRESS.search(text) is not None


def without(pieces: list[Piece], holes: list[Span]) -> Iterator[Piece]:
    """Gives pieces with what lies in some spans of the source (sorted, apart) turned into `*` of equal length."""
    index = bisect_right(holes, pieces[0].span.start, key=attrgetter("end")) if pieces else 0
    for piece in pieces:
        while index < len(holes) and holes[index].end <= piece.span.start:
            index += 1
        yield from _cut(piece, holes, index)


def _cut(piece: Piece, holes: list[Span], index: int) -> Iterator[Piece]:
    start, end = piece.span
    while index < len(holes) and holes[index].start < end:
        hole = Span(max(holes[index].start, start), min(holes[index].end, end))
        index += 1
        if not piece.verbatim:
            yield piece._replace(text="*" * len(piece.text))
            return
        if hole.start > start:
            yield _part(piece, start, hole.start)
        yield Piece(hole, "*" * (hole.end - hole.start), verbatim=False, marks=piece.marks)
        start = hole.end
    if start == piece.span.start:
        yield piece
    elif start < end:
        yield _part(piece, start, end)


def _part(piece: Piece, start: int, end: int) -> Piece:
    offset = piece.span.start
    return piece._replace(span=Span(start, end), text=piece.text[start - offset : end - offset])


def without_addresses(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Gives the pieces of a block with the addresses in its text masked, which may be written in several pieces."""
    found, index, at = addresses("".join([piece.text for piece in pieces])), 0, 0
    if not found:
        yield from pieces
        return
    for piece in pieces:
        end, holes, begin = at + len(piece.text), list[Span](), piece.span.start - at
        while index < len(found) and found[index].start < end:
            first, last = found[index]
            holes.append(Span(begin + max(first, at), begin + min(last, end)) if piece.verbatim else piece.span)
            if last > end:
                break
            index += 1
        yield from _cut(piece, holes, 0)
        at = end


_SPACE = (" ", "\t", "\n")


def closed_up(pieces: list[Piece], span: Span, text: str) -> tuple[Span, str]:
    """Gives words without the space at their head where a space stood before what was left out between."""
    if not (pieces and pieces[-1].text.endswith(_SPACE) and text.startswith(_SPACE)):
        return span, text
    kept = text.lstrip(" \t\n")
    return Span(span.end - len(kept), span.end), kept


_UNREAD = frozenset(("code", "meta"))
INLINE_MARKS = {"q": "quote", "data": "meta", "code": "code", "a": "link",
                "em": "emphasis", "i": "emphasis", "strong": "strong", "b": "strong",
                "del": "strikethrough", "s": "strikethrough", "strike": "strikethrough"}  # fmt: skip
PICTURES = frozenset("img video audio embed input".split())
SHOWN_WHOLE = frozenset("svg math object iframe textarea".split())  # as pictures are, where their words are not read
CODE = frozenset("code kbd samp var tt data".split())  # and `data`, which is for machines
HIDDEN = frozenset("script style pre textarea template svg math iframe object noscript head".split())


@dataclass(frozen=True)
class Reading:
    """What a house leaves unread in its articles.

    `masked` are spans of the source. `tags` says whether template tags are left unread. `inline_masked` and `skipped`
    are elements, by their HTML names: the words of the first show as `*` in their place, the second are as if they
    were not there, or, where they stand within a line, masked, too; `skipped_classes` are classes of such elements.
    Markdown's code is `code` within a line and `pre` as a block, its quotes are `blockquote`, and so on.
    """

    masked: tuple[Span, ...] = ()
    tags: bool = True
    inline_masked: frozenset[str] = CODE
    skipped: frozenset[str] = HIDDEN
    skipped_classes: frozenset[str] = frozenset()

    def holes(self, text: str, body: int) -> list[Span]:
        """Gives what is masked of a text whose body begins at an offset."""
        own = (Span(max(start, body), end) for start, end in self.masked if end > body)
        return joined([*own, *(tags(text) if self.tags else ())])


EVERYTHING = Reading()


def placed(block: Block, text: str, holes: list[Span]) -> Block:
    """Gives a block with holes and addresses masked, verbatim what reads so in the text."""
    cut = list(without(list(block.pieces), holes)) if holes else block.pieces
    pieces = tuple([_checked(piece, text) for piece in cut])
    checked = block if pieces == block.pieces else Block(block.kind, pieces, block.ancestors)
    if not may_hold_address(checked.text):
        return checked
    return Block(block.kind, tuple(without_addresses(pieces)), block.ancestors)


def _checked(piece: Piece, text: str) -> Piece:
    """A piece that is verbatim only where the source reads so: a lone carriage return was read as a line feed."""
    same = piece.verbatim and text[piece.span.start : piece.span.end] == piece.text
    return piece if same == piece.verbatim else piece._replace(verbatim=same)


def trimmed(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Gives pieces without the white space at both ends; nothing where no word of prose is left."""
    first, last = 0, len(pieces)
    while first < last and not pieces[first].text.strip():
        first += 1
    while last > first and pieces[last - 1].text and not pieces[last - 1].text.strip():
        last -= 1
    kept = pieces[first:last]
    if kept and kept[0].verbatim and kept[0].text[0].isspace():
        (start, end), text = kept[0].span, kept[0].text.lstrip()
        kept[0] = kept[0]._replace(span=Span(end - len(text), end), text=text)
    if kept and kept[-1].verbatim and kept[-1].text[-1:].isspace():
        (start, end), text = kept[-1].span, kept[-1].text.rstrip()
        kept[-1] = kept[-1]._replace(span=Span(start, start + len(text)), text=text)
    return tuple(kept) if says_something(kept) else ()


def says_something(pieces: Iterable[Piece]) -> bool:
    """Says whether any word is left of some pieces, be it masked code, which some rules look at."""
    for _, text, _, marks in pieces:
        if text[:1].isalpha() or text.strip("* \n") or not _UNREAD.isdisjoint(marks):
            return True
    return False
