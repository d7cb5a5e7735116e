"""The quotations of an article: which mark opens, which closes, and what is wrong with the rest.

`marks` finds the marks of a block, `pairing` reads them; here the readings of the blocks are joined, since a quotation
may run over several paragraphs or a list, and the faults are named.

A newcomer would count marks. Half of all paragraphs with an odd number of them are right: by custom a quotation that
goes on in the next paragraph is not closed, but opened anew there. Offsets are code points of a block's text.
"""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from itertools import islice
from typing import NamedTuple

from edlint.analysis.marks import Mark, marks
from edlint.analysis.pairing import MIXED, Pair, Reading, mismatch, read
from edlint.article import Article
from edlint.finding import Place
from edlint.text import Block, Span

_PARAGRAPHS = 6  # how far a quotation may run on without a new opening mark, the items of lists apart
_BLOCKS = 50  # and with them
_SENTENCE_END = re.compile(r"[a-z][.!?]\s+[A-Z‘']")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+\Z")
_BY_THEMSELVES = frozenset(("alt", "caption", "table", "frontmatter", "footnote"))
# Verbs that tell who speaks, as news uses them.
_SAYING = (
    "said says told tells added adds asked asks explained explains noted notes wrote writes continued "
    "continues recalled recalls replied replies remarked remarks argued argues concluded concludes "
    "insisted insists warned warns joked jokes admitted admits announced announces claimed claims "
    "commented comments declared declares testified testifies tweeted tweets shared shares stated states "
    "suggested suggests observed observes quipped quips"
).split()
_INTRODUCING = frozenset(("that", "say", "tell", "ask", "write", *_SAYING))


class Fault(NamedTuple):
    """What is wrong with a mark: the name of the fault, the mark, and the other places that tell so."""

    name: str
    place: Place
    others: tuple[Place, ...] = ()


class Quotations(NamedTuple):
    """What is quoted in an article, and what is wrong with its marks, both in source order.

    A quotation's span runs from its opening mark to its closing one, both included, or to where the closing one is
    due; in a block that it runs through it is all of the text. Spans are kept by the block's own span in the source.
    """

    spans: Mapping[Span, tuple[Span, ...]]
    faults: tuple[Fault, ...]

    def within(self, block: Block) -> tuple[Span, ...]:
        """Gives the quotations of a block, outer ones and those inside them."""
        return self.spans.get(block.span, ()) if block.pieces else ()


def quotations(article: Article) -> Quotations:
    """Finds the quotations of an article; ask through `article.once`."""
    blocks = [block for block in article.document.blocks if block.pieces]
    all_marks = [tuple(marks(block.text)) for block in blocks]
    readings = [read(of_block) for of_block in all_marks]
    british = _quotes_with_single_marks(readings)
    join = _Join(blocks)
    for block, of_block, reading in zip(blocks, all_marks, readings, strict=True):
        join.take(block, of_block, _credible(block, reading, british))
    join.give_up()
    faults = sorted(join.faults, key=lambda fault: (fault.place.block.span, fault.place.span))
    return Quotations({span: tuple(sorted(set(spans))) for span, spans in join.spans.items()}, tuple(faults))


def _quotes_with_single_marks(readings: Sequence[Reading]) -> bool:
    """Says whether an article quotes with single marks, as British papers do, rather than with double ones."""
    single = double = 0
    for reading in readings:
        reach = -1
        for opening, closing in reading.pairs:
            if opening.span.start > reach:
                reach = closing.span.end
                double += not opening.single
                single += opening.single and (opening.apart is None or closing.apart is None)
    return single > double


def _ends_in_apostrophe(text: str, pair: Pair) -> bool:
    """Says whether the closing mark of a pair is an apostrophe after all.

    It is, where the words that say who speaks stand before it, or where whole sentences end in no stop, but in a
    plural possessive with its noun behind it: `‘We lost. … the players’ union`.
    """
    (_, start), (end, after) = pair.opening.span, pair.closing.span
    if not (pair.opening.single and pair.closing.is_doubtful):
        return False
    possessive = pair.closing.apart == 0 and text[after + 1 : after + 2].isalpha()
    sentences = possessive and _SENTENCE_END.search(text, start, end) is not None
    return sentences or _spoken().search(text, start, end) is not None


def _credible(block: Block, reading: Reading, british: bool) -> Reading:
    """Leaves out what may be apostrophes."""
    torn = [pair for pair in reading.pairs if _ends_in_apostrophe(block.text, pair)]
    turned = [pair for pair in reading.pairs if pair.opening.is_doubtful and pair.opening.turn == "closes"]
    out = torn if british else [*torn, *turned]
    unclosed = sorted([*reading.unclosed, *(pair.opening for pair in torn)])
    return Reading(
        tuple(pair for pair in reading.pairs if pair not in out),
        tuple(mark for mark in unclosed if british or not mark.is_doubtful),
        tuple(mark for mark in reading.abandoned if not mark.is_doubtful),
        tuple(mark for mark in reading.unopened if british or not mark.is_doubtful),
    )


class _Running(NamedTuple):
    """A quotation still open at the end of its block, and the blocks that it ran through since."""

    mark: Mark
    block: Block
    next_opening: Mark | None
    through: tuple[Block, ...] = ()

    @property
    def paragraphs(self) -> list[Block]:
        """The blocks run through that are no items of a list."""
        return [block for block in self.through if not _is_in("list.item", block)]

    @property
    def may_reopen(self) -> bool:
        """Says whether the quotation may go on in a next paragraph that opens it anew.

        Not where a paragraph lies between, where another quotation of the same form follows in the block, or where a
        mere phrase was quoted in the middle of a sentence (`called “a mess, but`): that ends where it stands.
        """
        text, (start, end) = self.block.text, self.mark.span
        word = _LAST_WORD.search(text[max(start - 40, 0) : start])
        phrase = word is not None and text[end : end + 1].islower() and word.group(1).lower() not in _INTRODUCING
        return not (phrase or self.paragraphs or self.next_opening)


class _Join:
    """Goes through the blocks of an article, with the quotations left open by those before."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.running: list[_Running] = []
        self.faults: list[Fault] = []
        self.spans: dict[Span, list[Span]] = {}

    def take(self, block: Block, all_marks: Sequence[Mark], reading: Reading) -> None:
        """Takes one more block, with its marks and their reading."""
        self.faults += _faults_within(block, reading)
        for pair in reading.pairs:
            self._quoted(block, pair.opening.span.start, pair.closing.span.end)
        alone = any(kind.partition(".")[0] in _BY_THEMSELVES for kind in (block.kind, *block.ancestors))
        unopened = list(reading.unopened)
        if not alone:
            unopened = self._run_on(block, all_marks, reading)
        for mark in unopened:
            self.faults.append(_never_opened(block, mark, all_marks))
        opened = [_Running(mark, block, after) for mark, after in _next_openings(reading).items()]
        self._give_up([one for one in opened if alone or _attribution(one)])
        self.running += [one for one in opened if not (alone or _attribution(one))]

    def _run_on(self, block: Block, all_marks: Sequence[Mark], reading: Reading) -> list[Mark]:
        """Closes, carries on or gives up what was open before a block; gives the closing marks that are left over."""
        unopened = list(reading.unopened)
        if self._breaks(block):
            self.give_up()
        if not self.running:
            return unopened
        if self._reopens(block, all_marks):
            self._give_up([one for one in self.running if not one.may_reopen])
            for one in self.running:
                if one.may_reopen:
                    self._quoted(one.block, one.mark.span.start, len(one.block.text))
            self.running = []
        elif unopened:
            while unopened and self.running:
                self._close(self.running.pop(), block, unopened.pop(0))
            self.give_up()
        elif all_marks and (reading.pairs or reading.unclosed):
            self.give_up()
        else:
            self.running = [one._replace(through=(*one.through, block)) for one in self.running]
        return unopened

    def _breaks(self, block: Block) -> bool:
        """Says whether no quotation can run on into a block from those before."""
        if block.kind.startswith("heading"):
            return True
        left = any(_is_in("blockquote", one.block) for one in self.running) and not _is_in("blockquote", block)
        return left or any(len(one.paragraphs) >= _PARAGRAPHS or len(one.through) >= _BLOCKS for one in self.running)

    def _reopens(self, block: Block, all_marks: Sequence[Mark]) -> bool:
        """Says whether a block begins by opening anew what is open."""
        first = all_marks[0] if all_marks else None
        if first is None or block.text[: first.span.start].strip(" \t\n\r*_-–—•[("):
            return False
        opens = first.facing != "closes" and first.turn != "closes"
        return opens and any(one.may_reopen and one.mark.single is first.single for one in self.running)

    def _close(self, one: _Running, block: Block, mark: Mark) -> None:
        if one.mark.style != mark.style and mismatch(one.mark, mark):
            self.faults.append(Fault("mixed", _place(block, mark), (_place(one.block, one.mark),)))
        self._quoted(one.block, one.mark.span.start, len(one.block.text))
        for passed in one.through:
            self._quoted(passed, 0, len(passed.text))
        self._quoted(block, 0, mark.span.end)

    def give_up(self) -> None:
        """Reports what is open as never closed."""
        self._give_up(self.running)
        self.running = []

    def _give_up(self, those: Sequence[_Running]) -> None:
        for one in those:
            fault = _never_closed(one)
            if not self._is_cut(one.block):
                self.faults.append(fault)
            due = fault.others[0].span.start if fault.others else len(one.block.text)
            self._quoted(one.block, one.mark.span.start, due)

    def _is_cut(self, block: Block) -> bool:
        """Says whether a field of the front matter is the beginning of the article, cut off within a quotation."""
        if not block.kind.startswith("frontmatter"):
            return False
        if "title" not in block.kind and "head" not in block.kind and block.text[-1] not in ".!?…\"'”’)":
            return True
        end = _letters(block.text[-40:])
        return any(end in _letters(other.text) for other in self.blocks if not other.kind.startswith("frontmatter"))

    def _quoted(self, block: Block, start: int, end: int) -> None:
        self.spans.setdefault(block.span, []).append(Span(start, end))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unescape(text)))


def _is_in(kind: str, block: Block) -> bool:
    return block.kind == kind or kind in block.ancestors


def _place(block: Block, mark: Mark) -> Place:
    return Place(block, mark.span)


def _faults_within(block: Block, reading: Reading) -> Iterator[Fault]:
    """Gives the faults of marks that have their partners, and of those that never can."""
    for opening, closing in reading.pairs:
        first, last = _place(block, opening), _place(block, closing)
        if opening.single is not closing.single:
            yield Fault("two-kinds", *((first, (last,)) if opening.single else (last, (first,))))
        elif mismatch(opening, closing) == MIXED:
            yield Fault("mixed", last, (first,))
        if opening.turn == "closes":
            yield Fault("opening-faces-wrong-way", first, (last,))
        if closing.turn == "opens" and opening.style != "low":
            yield Fault("closing-faces-wrong-way", last, (first,))
    for mark in reading.abandoned:
        around = [pair for pair in reading.pairs if pair.opening.span < mark.span < pair.closing.span]
        outer = max(around, default=None)
        others = (_place(block, outer.closing), _place(block, outer.opening)) if outer else ()
        yield Fault("never-closed-inside", _place(block, mark), others)


def _never_opened(block: Block, mark: Mark, all_marks: Sequence[Mark]) -> Fault:
    before = [other for other in all_marks if other.span < mark.span and other.single is mark.single]
    return Fault("never-opened", _place(block, mark), (_place(block, before[-1]),) if before else ())


def _next_openings(reading: Reading) -> dict[Mark, Mark | None]:
    """The next mark of the same form that opens a quotation, for each unclosed one.

    A mark nested in a quotation of the other kind that begins in between does not count: `“He wrote, ‘The “old” mill…`.
    """
    ends = {pair.opening: pair.closing.span.end for pair in reading.pairs}
    opening = sorted([*ends, *reading.unclosed, *reading.abandoned])
    following: dict[Mark, Mark | None] = {}
    for mark in reading.unclosed:
        reach, following[mark] = 0, None
        for other in islice(opening, bisect_right(opening, mark), None):
            if other.single is not mark.single:
                reach = max(reach, ends.get(other, sys.maxsize))
            elif other.style == mark.style and other.span.start >= reach:
                following[mark] = other
                break
    return following


def _never_closed(one: _Running) -> Fault:
    place, following, saying = _place(one.block, one.mark), one.next_opening, _attribution(one)
    then = (_place(one.block, following),) if following else ()
    if saying:
        return Fault("never-closed-before-attribution", place, (Place(one.block, saying), *then))
    if then:
        return Fault("never-closed-before-next", place, then)
    end = len(one.block.text)
    return Fault("never-closed", place, (Place(one.block, Span(end - 1, end)),))


def _attribution(one: _Running) -> Span | None:
    """Gives the words after an opening mark that say who speaks, and so are not spoken."""
    end = one.next_opening.span.start if one.next_opening else len(one.block.text)
    found = _spoken().search(one.block.text, one.mark.span.end, end)
    return Span(*found.span("who")) if found else None


@cache
def _spoken() -> re.Pattern[str]:
    """Matches words that attribute, as `who`: `, she said` and `, Ann Bell told the`, or `, said the mayor`.

    In speech the same words may stand (`and then, he says, we left`), so only where they end a sentence, or go on as
    reporters go on: with a name, a preposition, an adverb, or who the speaker is.
    """
    verb = rf"(?:{'|'.join(_SAYING)})"
    name = r"(?:(?:[\w’'-]+\s){0,4}[A-Z][\w.’'-]*|(?:the|an?|one|another|his|her|their)\s(?:[\w’'-]+\s){0,3}[\w’'-]+)"
    hearer = r"(?:told|tells|asked|asks)\s(?:the|an?|his|her|their)(?:\s[\w’'-]+){1,3}?"
    rest = (
        r"(?=\s*(?:\.|\Z)|,\s(?:who|whose|which|an?|the|adding|referring|speaking|citing|according)\b|\s(?:to\s)?"
        r"(?:reporters|in|at|on|of|during|after|before|through|by|via|as|with|[A-Z]\w+|the\s[A-Z]\w+|\w+ly)\b)"
    )
    before = rf"(?!I\b)(?:he|she|they|{name})\s(?:\w+ly\s|later\s|also\s)?(?:{hearer}|{verb}){rest}"
    behind = rf"{verb}\s(?!(?:to|for|that|in|of|it|no|yes|hello)\b){name}"
    return re.compile(rf"(?<=[\w)])[,?!]\s+(?P<who>{before}|{behind})")
