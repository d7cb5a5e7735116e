"""How the blocks of an article stand to each other: which share a list, an item, a table, a row, a quotation.

A reader keeps of each block what it stands in by kind alone, since no rule asks for more. Who draws an article must
know whether two items are of one list and where a row ends. That stands in the markup between blocks, and is read off
there.
A newcomer would parse the article again; but then blocks and what they are drawn as could part ways. Where the markup
says nothing clear, something stands in the wrong row, and no word is lost.

A gap is what stands between the words of two blocks. In Markdown its last line says what a block begins: `> 1. - ` is a
quotation and two items. Lines before it say what has come to an end.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edlint.text import Block

_LEAVES = {"list.item": ("item",), "table.cell": ("row", "cell"), "table.header": ("row", "header"),
           "table.caption": ("title",)}  # fmt: skip
_NAMES = {"list.item": ("item",), "table.cell": ("row", "cell")}
# Markdown
_LINE_HEAD = re.compile(r"[ \t>]*(?:\[\^[^\]\n]+\]:)?")
_MARKER = re.compile(r"[ \t>]*(?:(?P<number>\d{1,9})?(?P<sign>(?(number)[.)]|[-*+])))(?=\s|$)")
_BREAK = re.compile(r"[ \t>]*([-*_])(?:[ \t]*\1){2,}[ \t\r]*")
_BARE = re.compile(r"[ \t>\r]*(?:(?:```|~~~).*)?")  # a line without words, or one that begins code
_QUOTED = re.compile(r"(?:[ \t]*>)*")
_NOTE = re.compile(r"\[\^([^\]\n]+)\]:")
# HTML
_ELEMENTS = {"ul": "list", "ol": "list", "dl": "list", "li": "item", "dt": "item", "dd": "item",
             "blockquote": "blockquote", "figure": "figure", "table": "table"}  # fmt: skip
_ELEMENT = re.compile(rf"<(?P<ends>/?)(?P<name>{'|'.join(_ELEMENTS)})\b", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{'|'.join(_ELEMENTS)}|p|div|br|hr|pre|h[1-6]|section|article|aside|t[rdh])\b", re.IGNORECASE)
_LIST = re.compile(r"<(?:(?P<ordered>ol)|ul|dl)\b(?:[^<>]*\bstart\s*=\s*[\"']?(?P<start>\d{1,9}))?", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


class Spot(NamedTuple):
    """Where a block stands: in what, outermost first, and how many of these it shares with the block before.

    `numbers` are those that the lists begin with which it does not share, None for a list without numbers; `label` is
    that of the footnote that it begins, and `empty` is how many cells before it are empty.
    """

    path: tuple[str, ...]
    shared: int = 0
    numbers: tuple[int | None, ...] = ()
    label: str = ""
    empty: int = 0


class _Marker(NamedTuple):
    """What begins an item of Markdown: a sign, by which neighbouring lists are told apart, and the number before it.

    The sign is empty where the markup does not tell it.
    """

    sign: str = ""
    number: int | None = None


def spots(blocks: Iterable[Block], text: str) -> Iterator[tuple[Block, Spot]]:
    """Gives each block of a text, in source order, with its place in the layout.

    Paths are made of `blockquote`, `footnote`, `figure`, `list`, `item`, `table`, `row`, `cell`, `header` and `title`.
    """
    before: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()  # those of the lists among these
    end = 0
    for block in blocks:
        start, stop = block.span
        # What is left of the line that the block before ends in says nothing of this one.
        gap = text[min(end, start) : start]
        spot, signs = _spot(block, gap if end else f"\n{gap}", before, signs)
        yield block, spot
        before, end = spot.path, max(end, stop)


def _path(block: Block) -> tuple[str, ...]:
    """What a block stands in; an item is between a list and its words, a row and a cell between a table and these."""
    names = [part for name in block.ancestors for part in _NAMES.get(name, (name,))]
    names += _LEAVES.get(block.kind, ("",))
    path = list[str]()
    for name in names:
        if path[-1:] == ["list"] and name != "item":
            path.append("item")
        elif path[-1:] == ["table"] and name not in ("row", "title"):
            path += ["row", "cell"]
        path.append(name)
    return tuple(path if path[-1] else path[:-1])


def _spot(block: Block, gap: str, before: tuple[str, ...], signs: tuple[str, ...]) -> tuple[Spot, tuple[str, ...]]:
    """The spot of a block, and the signs of the lists that it stands in."""
    path, markers = _path(block), _markers(gap)
    is_html = not markers and _TAG.search(gap) is not None
    shared = min(_common(path, before), _left_open(path, before, gap) if is_html else _left_unended(before, gap))
    shared = _of_one_list(path, shared, markers, signs)
    label = ""
    if "footnote" in path and (notes := _NOTE.findall(gap)):
        label, shared = notes[-1], min(shared, path.index("footnote"))
    empty = 0
    if "table" in path:
        kept, empty = _in_table(block, gap, fresh=shared <= _last(path, "table"))
        shared = min(shared, _last(path, "table") + kept)
    begun = _begun(path[shared:].count("list"), gap, markers)
    signs = (*signs[: path[:shared].count("list")], *(marker.sign for marker in begun))
    return Spot(path, shared, tuple(marker.number for marker in begun), label, empty), signs


def _common(path: Sequence[str], before: Sequence[str]) -> int:
    pairs = zip(path, before, strict=False)
    return next((n for n, pair in enumerate(pairs) if pair[0] != pair[1]), min(len(path), len(before)))


def _last(path: Sequence[str], name: str) -> int:
    return len(path) - 1 - path[::-1].index(name)


def _begun(number: int, gap: str, markers: Sequence[_Marker]) -> list[_Marker]:
    """The markers of the lists that a block begins."""
    found = list(markers) or [_Marker("", int(tag["start"] or 1) if tag["ordered"] else None)
                              for tag in _LIST.finditer(gap)]  # fmt: skip
    known = found[max(len(found) - number, 0) :]
    return [_Marker()] * (number - len(known)) + known


# Markdown


def _markers(gap: str) -> tuple[_Marker, ...]:
    """The markers of the items that a block begins, outermost first: its words may stand below them, as code does."""
    for line in reversed(f"{gap}w".split("\n")[1:]):  # a word follows: `- *` is not two markers where `*words*` begin
        found = list[_Marker]()
        at = _LINE_HEAD.match(line).end()  # type: ignore[union-attr]  # it matches nothing, too
        while marker := _MARKER.match(line, at):
            found.append(_Marker(marker["sign"], int(marker["number"]) if marker["number"] else None))
            at = marker.end()
        if found and not _BREAK.fullmatch(line):
            return tuple(found)
        if not _BARE.fullmatch(line.removesuffix("w")):
            break
    return ()


def _left_unended(before: Sequence[str], gap: str) -> int:
    """How much of what a block stood in is open after the lines that follow it."""
    _, *lines = gap.split("\n")
    if not lines:
        return len(before)
    *between, last = lines
    ends = len(before)
    marks = min((_quotes(line) for line in between), default=0)
    quotations = [place for place, name in enumerate(before) if name == "blockquote"]
    if between and marks < min(_quotes(last), len(quotations)):
        ends = quotations[marks]
    if "list" in before:
        place = before.index("list")
        around = before[:place].count("blockquote")
        ends = min(ends, place) if any(_ends_lists(line, around) for line in between) else ends
    return ends


def _quotes(line: str) -> int:
    return _QUOTED.match(line)[0].count(">")  # type: ignore[index]  # it matches nothing, too


def _ends_lists(line: str, quotations: int) -> bool:
    """Says whether a line between two blocks stands at the margin of some quotations, and so in no list: a comment."""
    for _ in range(quotations):
        line = line.lstrip(" \t").removeprefix(">").removeprefix(" ")
    return line[:1].strip() != "" and (not _MARKER.match(line) or _BREAK.fullmatch(line) is not None)


def _of_one_list(path: Sequence[str], shared: int, markers: Sequence[_Marker], signs: Sequence[str]) -> int:
    """How much is shared where items begin: the outermost is of the list that is open if that has its sign."""
    lists = [place for place, name in enumerate(path) if name == "list"]
    if not markers or not lists:
        return shared
    number = max(len(lists) - len(markers), 0)
    place = lists[number]
    if shared <= place:
        return shared
    is_other = signs[number : number + 1] != (markers[-len(lists) :][0].sign,)
    return place if is_other else place + 1


# HTML


def _left_open(path: Sequence[str], before: Sequence[str], gap: str) -> int:
    """How much of what a block stood in is open after the tags that follow it, and is not begun anew by these."""
    stack, kept = list(before), len(before)
    for tag in _ELEMENT.finditer(gap):
        name = _ELEMENTS[tag["name"].lower()]
        if tag["ends"]:
            del stack[_last(stack, name) if name in stack else len(stack) :]
        elif name == "item" and "list" in stack:
            del stack[_last(stack, "list") + 1 :]
        kept = min(kept, len(stack))
        if not tag["ends"]:
            stack.append(name)
    for name in {*stack[kept:]} & {*path}:
        places = [place for place, one in enumerate(path) if one == name]
        kept = min(kept, places[max(len(places) - stack[kept:].count(name), 0)])
    return kept


# Tables


def _in_table(block: Block, gap: str, *, fresh: bool) -> tuple[int, int]:
    """How much of table, row and cell a block shares with the one before, and how many empty cells are before it."""
    is_html = _CELL.search(gap) or _ROW.search(gap) or _TABLE.search(gap)
    if is_html:
        row = gap[[0, *(match.start() for match in _ROW.finditer(gap))][-1] :]
        cells = len(_CELL.findall(row))
        kept = 0 if fresh or _TABLE.search(gap) else 1 if _ROW.search(gap) else 2 if cells else 3
        return kept, max(cells - 1, 0)
    line = gap[gap.rfind("\n") + 1 :]
    begins = "\n" in gap or fresh
    pipes = len(_PIPE.findall(line))
    has_edge = begins and _PIPE.match(line.lstrip(" \t>"))
    kept = 0 if fresh or _BLANK_LINE.search(gap) else 1 if begins else 2 if pipes or block.kind in _LEAVES else 3
    return kept, max(pipes - (not begins or bool(has_edge)), 0)
