"""How the blocks of an article stand to each other: which share a list, an item, a table, a row, a quotation.

A reader keeps of each block what it stands in by kind alone, since no rule asks for more. Who draws an article must
know whether two items are of one list and where a row ends. That stands in the markup between blocks, and is read off
there.
A newcomer would parse the article again; but then blocks and what they are drawn as could part ways. Where the markup
says nothing clear, something stands in the wrong row, and no word is lost.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from edlint.text import Block

_LEAVES = {"list.item": ("item",), "table.cell": ("row", "cell"), "table.header": ("row", "header"),
           "table.caption": ("title",)}  # fmt: skip
_NAMES = {"list.item": ("item",), "table.cell": ("row", "cell")}
_MARKER = re.compile(r"[>\s]*(?:[-*+]|(?P<number>\d{1,9})[.)])(?=\s)")
_ITEM = re.compile(r"<(?:li|dt|dd)\b", re.IGNORECASE)
_ORDERED = re.compile(r"<(ol|ul|dl)\b", re.IGNORECASE)
_TABLE = re.compile(r"<table\b", re.IGNORECASE)
_ROW = re.compile(r"<tr\b", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_PIPE = re.compile(r"(?<!\\)\|")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_NOTE = re.compile(r"\[\^[^\]\n]+\]:")


class Spot(NamedTuple):
    """Where a block stands: in what, outermost first, and how many of these it shares with the block before.

    `number` is the number of its item, None where the list has none; `empty` is how many cells before it are empty.
    """

    path: tuple[str, ...]
    shared: int = 0
    number: int | None = None
    empty: int = 0


def spots(blocks: Iterable[Block], text: str) -> Iterator[tuple[Block, Spot]]:
    """Gives each block of a text, in source order, with its place in the layout.

    Paths are made of `blockquote`, `footnote`, `figure`, `list`, `item`, `table`, `row`, `cell`, `header` and `title`.
    """
    before: tuple[str, ...] = ()
    end = 0
    for block in blocks:
        start, stop = block.span
        gap = text[min(end, start) : start]
        spot = _spot(block, gap, before)
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


def _spot(block: Block, gap: str, before: tuple[str, ...]) -> Spot:
    path = _path(block)
    marker = _MARKER.match(gap[gap.rfind("\n") + 1 :])
    shared = next((n for n, pair in enumerate(zip(path, before, strict=False)) if pair[0] != pair[1]), None)
    if shared is None:
        shared = min(len(path), len(before))
    if "item" in path and (block.kind == "list.item" or marker or _ITEM.search(gap)):
        shared = min(shared, _last(path, "item"))
    if "footnote" in path and _NOTE.search(gap):
        shared = min(shared, path.index("footnote"))
    if "table" not in path:
        return Spot(path, shared, _number(gap, marker))
    kept, empty = _in_table(block, gap, fresh=shared <= _last(path, "table"))
    return Spot(path, min(shared, _last(path, "table") + kept), _number(gap, marker), empty)


def _last(path: tuple[str, ...], name: str) -> int:
    return len(path) - 1 - path[::-1].index(name)


def _number(gap: str, marker: re.Match[str] | None) -> int | None:
    """The number of an item, by its mark or, in HTML, by the list that it begins."""
    if marker:
        return int(marker["number"]) if marker["number"] else None
    lists = _ORDERED.findall(gap)
    return 1 if lists and lists[-1].lower() == "ol" else None


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
