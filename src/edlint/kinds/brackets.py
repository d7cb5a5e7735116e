"""brackets: round, square and curly brackets that have lost their partner, or close in the wrong order.

Each of the three kinds is paired by itself, and what is left over is looked at again. A bracket may run over several
paragraphs or a list, where it begins and ends as a passage does; then the partner stands in another block. Some
brackets are none: a list's `a)`, a smiley, one whose partner went into a masked address, code in plain sight. They are
taken for brackets where that makes the block right, and else for what they seem. Half-open ranges (`[0, 1)`) are set
aside.

There are no keys; each fault can be given its message and level.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, Place, RelatedPlace
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ("never-closed", "never-opened", "wrong-way", "other-kind", "crossed")
MESSAGES = {
    "never-closed": "bracket opened here is never closed",
    "never-opened": "bracket closed here is never opened",
    "wrong-way": "this bracket opens where one has to close",
    "other-kind": "this bracket closes one of another kind",
    "crossed": "this bracket closes before one that opened inside it",
}
SCOPE = ("prose",)

_PARAGRAPHS = 6  # how far a bracket may run on, the items of lists apart
_BLOCKS = 50  # and with them
_SHOWN = 3  # words that tell a bracket from its like
_LONGEST = 10_000  # characters of a paragraph of which all brackets are told
_OPENERS = {")": "(", "]": "[", "}": "{"}
_BRACKET = re.compile(r"[()\[\]{}]")
_NUMBER = r"[-−–+]?\s*(?:[\d.,$%€£]*\d[\d.%]*|∞|inf|infinity|[a-zA-Z])"
_RANGE = re.compile(rf"(?:\[\s*{_NUMBER}\s*[,;]\s*{_NUMBER}\s*\)|[(\]]\s*{_NUMBER}\s*[,;]\s*{_NUMBER}\s*[\]\[])")
_SMILEY = re.compile(r"(?<!\w)(?:[:;=][-'’^o]{0,2}[()\[\]{}]+|[()\[\]][-'’^o]?[:;=](?![\w/])|[8xX][-'’^][()])")
_MARKER = re.compile(r"(?<!\S)[\"“*_]*(?:(?P<number>\d{1,2})|[A-Za-z]|[ivx]{2,5})\.?\)")
_MASKED = re.compile(r"(?<=\*)[)\]}]|(?<!\])[(\[{][^\s()\[\]{}]*\*")
# A line of code that nobody marked as such: `"mills": [`, `},`.
_CODE = re.compile(r"[\[{][ \t]*$|^[ \t]*[\]}][ \t.,;)\]}]*$", re.MULTILINE)
_SENTENCE_BEGINS = re.compile(r"(?:\A|[.!?:…][\"”’)]*\s)\s*[\"“‘*_]*\Z")
_PASSAGE_ENDS = re.compile(r"[\"”’*_]*(?:[.,;:!?…\"”’]*\s*\Z|[.!?…]+\s)")
_TURNED = re.compile(r"(?<=[^\s([{])[(\[{](?=[\s.,;:!?]|\Z)")
_LEADS_ON = tuple(":,;—–-")
_BY_THEMSELVES = frozenset(("alt", "caption", "table", "frontmatter", "footnote", "title", "description"))


@dataclass(frozen=True)
class Options:
    """None."""


class _Bracket(NamedTuple):
    """A bracket of a block; `doubtful` where it may be none."""

    at: int
    glyph: str
    doubtful: bool = False


class _Reading(NamedTuple):
    """Which brackets of a block are partners, and which have none."""

    pairs: tuple[tuple[_Bracket, _Bracket], ...]
    unclosed: tuple[_Bracket, ...]
    unopened: tuple[_Bracket, ...]

    @property
    def faults(self) -> int:
        """How many brackets have no partner."""
        return len(self.unclosed) + len(self.unopened)


class _Running(NamedTuple):
    """A bracket still open at the end of its block, and the blocks that it ran through since."""

    block: Block
    bracket: _Bracket
    through: tuple[Block, ...] = ()

    @property
    def may_run_on(self) -> bool:
        """Says whether more than the rest of its block may stand in it: whole sentences, or a list.

        Not where it ran on for so long that nobody will close it.
        """
        paragraphs = [block for block in self.through if not _is_in("list.item", block)]
        if len(paragraphs) >= _PARAGRAPHS or len(self.through) >= _BLOCKS:
            return False
        text = self.block.text
        return text.rstrip().endswith(_LEADS_ON) or _SENTENCE_BEGINS.search(text, 0, self.bracket.at) is not None


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each bracket without a partner, and each that closes in the wrong order."""
    running: list[_Running] = []
    for block in seen(article, rule.scope):
        reading = _read(block)
        yield from _crossed(block, reading)
        alone = any(kind.partition(".")[0] in _BY_THEMSELVES for kind in (block.kind, *block.ancestors))
        if alone or block.kind.startswith("heading"):
            yield from _left_over(block, () if _is_cut(block) else reading.unclosed, reading.unopened)
        else:
            unopened = [bracket for bracket in reading.unopened if not _closes(running, block, bracket)]
            lost = [bracket for bracket in reading.unclosed if not _Running(block, bracket).may_run_on]
            yield from _left_over(block, lost, unopened)
            running = [one._replace(through=(*one.through, block)) for one in running]
            running += [_Running(block, bracket) for bracket in reading.unclosed if bracket not in lost]
            yield from (_never_closed(one.block, one.bracket) for one in running if not one.may_run_on)
            running = [one for one in running if one.may_run_on]
    yield from (_never_closed(one.block, one.bracket) for one in running)


def _read(block: Block) -> _Reading:
    """The reading of a block's brackets that leaves the fewest without a partner."""
    brackets = list(_brackets(block)) if _BRACKET.search(block.text) else []
    reading = _paired(brackets)
    if reading.faults and any(bracket.doubtful for bracket in brackets):
        certain = [bracket for bracket in brackets if not bracket.doubtful]
        openers = [bracket for bracket in brackets if not bracket.doubtful or bracket.glyph not in _OPENERS]
        closers = [bracket for bracket in brackets if not bracket.doubtful or bracket.glyph in _OPENERS]
        readings = [reading, *map(_paired, (certain, openers, closers))]
        reading = min(readings, key=lambda one: one.faults)
    return reading


def _brackets(block: Block) -> Iterator[_Bracket]:
    """The brackets of a block, without those of ranges."""
    text = block.text
    apart = {place for found in _RANGE.finditer(text) for place in range(*found.span())}
    found = [Span(*one.span()) for form in (_SMILEY, _CODE) for one in form.finditer(text)]
    masked = (Span(*one.span()) for one in _MASKED.finditer(text))
    found += [span for span in masked if "code" not in block.marks(Span(max(span.start - 1, 0), span.end))]
    found += [Span(one.end() - 1, one.end()) for one in _MARKER.finditer(text) if _is_marker(text, one)]
    doubtful = {place for span in found for place in range(*span)}
    for one in _BRACKET.finditer(text):
        if one.start() not in apart:
            yield _Bracket(one.start(), one.group(), one.start() in doubtful)


def _is_marker(text: str, found: re.Match[str]) -> bool:
    """Says whether what looks like `a)` or `2)` may head an item: a number only where the one before it does, too."""
    number = found["number"]
    return not number or not text[: found.start()].strip() or int(number) == 1 or f"{int(number) - 1})" in text


def _paired(brackets: Sequence[_Bracket]) -> _Reading:
    """Pairs brackets, each kind by itself; a doubtful one without a partner is none."""
    open_ones: dict[str, list[_Bracket]] = {opener: [] for opener in _OPENERS.values()}
    pairs, unopened = [], []
    for bracket in brackets:
        if bracket.glyph in open_ones:
            open_ones[bracket.glyph].append(bracket)
        elif stack := open_ones[_OPENERS[bracket.glyph]]:
            pairs.append((stack.pop(), bracket))
        else:
            unopened.append(bracket)
    unclosed = sorted(one for stack in open_ones.values() for one in stack if not one.doubtful)
    return _Reading(tuple(pairs), tuple(unclosed), tuple(one for one in unopened if not one.doubtful))


def _closes(running: list[_Running], block: Block, bracket: _Bracket) -> bool:
    """Says whether a bracket closes one of an earlier block, which is then no longer open."""
    if not _PASSAGE_ENDS.match(block.text, bracket.at + 1):
        return False
    for one in reversed(running):
        if one.bracket.glyph == _OPENERS[bracket.glyph]:
            running.remove(one)
            return True
    return False


def _is_in(kind: str, block: Block) -> bool:
    return block.kind == kind or kind in block.ancestors


def _is_cut(block: Block) -> bool:
    """Says whether a field of the front matter, or a page's description, breaks off in the middle of a sentence."""
    head, _, key = block.kind.partition(".")
    return head in ("frontmatter", "description") and "title" not in key and block.text.rstrip()[-1:] not in ".!?"


# The hits


def _left_over(block: Block, unclosed: Sequence[_Bracket], unopened: Sequence[_Bracket]) -> Iterator[Hit]:
    """Gives a hit for each bracket without a partner; one for two that were meant for each other."""
    rest = deque(sorted([*unclosed, *unopened]))
    while rest:
        first = rest.popleft()
        if first.glyph in _OPENERS:
            yield _never_opened(block, first)
        elif rest and rest[0].glyph in _OPENERS:
            yield _hit(block, "other-kind", rest.popleft(), "this one is still open", first)
        elif rest and rest[0].glyph == first.glyph and _TURNED.match(block.text, rest[0].at):
            yield _hit(block, "wrong-way", rest.popleft(), "this one is still open", first)
        else:
            yield _never_closed(block, first)


def _crossed(block: Block, reading: _Reading) -> Iterator[Hit]:
    """Gives a hit for each bracket that closes before one opened inside it, which closes only later."""
    closers = {closer: opener for opener, closer in reading.pairs}
    stack: list[_Bracket] = []
    for bracket in sorted([*closers, *closers.values()]):
        opener = closers.get(bracket)
        if opener is None:
            stack.append(bracket)
            continue
        if stack[-1] != opener:
            yield _hit(block, "crossed", bracket, "this one is still open", stack[-1])
        stack.remove(opener)


def _never_closed(block: Block, bracket: _Bracket) -> Hit:
    end = len(block.text)
    return _hit(block, "never-closed", bracket, "it is still open where this paragraph ends", _Bracket(end - 1, ""))


def _never_opened(block: Block, bracket: _Bracket) -> Hit:
    before = max(block.text.rfind(glyph, 0, bracket.at) for glyph in (*_OPENERS, *_OPENERS.values()))
    last = _Bracket(before, "") if before >= 0 else None
    return _hit(block, "never-opened", bracket, "the bracket before it stands here", last)


def _hit(block: Block, fault: str, bracket: _Bracket, message: str, other: _Bracket | None) -> Hit:
    related = RelatedPlace(Place(block, Span(other.at, other.at + 1)), message) if other else None
    return Hit(
        Place(block, Span(bracket.at, bracket.at + 1)),
        fault,
        related=(related,) if related else (),
        evidence=tuple(_evidence(block, bracket)),
    )


def _evidence(block: Block, bracket: _Bracket) -> Iterator[tuple[str, str]]:
    """What tells a bracket's fault: those open where it stands, and all of its block, in order.

    Nothing of a block so long that it may have thousands of faults, of which each would tell of all the others.
    """
    if len(block.text) > _LONGEST:
        return
    brackets = list(_brackets(block))
    still_open = _paired([one for one in brackets if one.at < bracket.at]).unclosed
    yield "open where it stands", ", ".join(_with_words(block.text, one.at) for one in still_open) or "no bracket"
    yield "brackets of its paragraph", " ".join(one.glyph for one in brackets)


def _with_words(text: str, at: int) -> str:
    """A bracket with the words behind it."""
    return " ".join(text[at : at + 60].split()[:_SHOWN])
