"""The quotations of an article: which mark opens, which closes, and what is wrong with the rest.

`marks` finds the marks of a block, `pairing` reads them; here the readings of the blocks are joined, since a quotation
may run over several paragraphs or a list, and the faults are named.

A newcomer would count marks. Half of all paragraphs with an odd number of them are right: by custom a quotation that
goes on in the next paragraph is not closed, but opened anew there. Whether it does go on, the words around tell
(`speech`). Offsets are code points of a block's text.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import islice, pairwise
from typing import NamedTuple

from edlint.analysis.marks import Mark, marks, with_absolute_possessives_dear
from edlint.analysis.pairing import MIXED, MIXED_AT_FIGURE, Pair, Reading, mismatch, read
from edlint.analysis.speech import (
    INTRODUCING,
    attribution,
    capitalized,
    is_first_person,
    is_narrated,
    speaker_after,
    speaker_before,
    speech_begins,
    speech_goes_on,
    surname,
)
from edlint.article import Article
from edlint.finding import Place
from edlint.text import Block, Span

_PARAGRAPHS = 6  # how far a quotation may run on without a new opening mark, the items of lists apart
_BLOCKS = 50  # and with them
_FAR = 2000  # how far from an opening mark the words that say who speaks may stand
_SENTENCE_END = re.compile(r"[a-z][.!?]\s+[A-Z‘']")
_CLAUSE_END = re.compile(r"[.,;!?]\s")
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+\Z")
_FIRST_WORD = re.compile(r"[\w’'-]+|\S")
_FIRST_MARK = 8  # how far from a block's beginning its first mark may stand, behind emphasis or a dash
_BY_THEMSELVES = frozenset(("alt", "caption", "table", "frontmatter", "footnote"))


class Beside(NamedTuple):
    """Another place that a fault speaks of; `role` says what stands, or is due, there."""

    role: str
    place: Place


class Fault(NamedTuple):
    """What is wrong with a mark: the name of the fault, the mark, and the other places that tell so."""

    name: str
    place: Place
    others: tuple[Beside, ...] = ()


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
    return _quotations(article, british=False)


def quotations_in_single_marks(article: Article) -> Quotations:
    """Finds the quotations of an article whose house quotes with single marks; ask through `article.once`."""
    return _quotations(article, british=True)


def _quotations(article: Article, british: bool) -> Quotations:
    blocks = [block for block in article.document.blocks if block.pieces]
    all_marks = [tuple(marks(block.text)) for block in blocks]
    readings = [read(of_block) for of_block in all_marks]
    if british or _quotes_with_single_marks(readings):
        british = True
        all_marks = [
            with_absolute_possessives_dear(block.text, of_block)
            for block, of_block in zip(blocks, all_marks, strict=True)
        ]
        readings = [read(of_block) for of_block in all_marks]
    join = _Join(blocks)
    for block, of_block, reading in zip(blocks, all_marks, readings, strict=True):
        join.take(block, of_block, _credible(block, reading, british))
    join.give_up()
    for fault in _never_opened_at_all(blocks, all_marks, join.spans):
        join.quote(fault.place.block, fault.place.span.start, len(fault.place.block.text))
        join.faults.append(fault)
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
    return sentences or attribution(text, start, end) is not None


def _begins_in_year(text: str, pair: Pair) -> bool:
    """Says whether the opening mark of a pair is that of a year, and the closing one has lost its own."""
    (_, start), (end, _) = pair.opening.span, pair.closing.span
    return pair.opening.single and text[start].isdigit() and _CLAUSE_END.search(text, start, end) is not None


def _credible(block: Block, reading: Reading, british: bool) -> Reading:
    """Leaves out what may be apostrophes."""
    torn = {pair for pair in reading.pairs if _ends_in_apostrophe(block.text, pair)}
    bare = {pair for pair in reading.pairs if _begins_in_year(block.text, pair)} - torn
    turned = {pair for pair in reading.pairs if pair.opening.is_doubtful and pair.opening.turn == "closes"}
    out = torn | bare if british else torn | bare | turned
    unclosed = sorted([*reading.unclosed, *(pair.opening for pair in torn)])
    unopened = sorted([*reading.unopened, *(pair.closing for pair in bare)])
    return Reading(
        tuple(pair for pair in reading.pairs if pair not in out),
        tuple(mark for mark in unclosed if british or not mark.is_doubtful),
        tuple(mark for mark in reading.abandoned if not mark.is_doubtful),
        tuple(mark for mark in unopened if british or not mark.is_doubtful),
    )


class _Running(NamedTuple):
    """A quotation still open at the end of its block, and the blocks that it ran through since.

    `saying` are the words behind it that say who speaks, and so are not spoken. `carried` says that it is itself what
    goes on from a block before, opened anew.
    """

    mark: Mark
    block: Block
    next_opening: Mark | None
    saying: Span | None = None
    carried: bool = False
    through: tuple[Block, ...] = ()

    @property
    def paragraphs(self) -> list[Block]:
        """The blocks run through that are no items of a list."""
        return [block for block in self.through if not _is_in("list.item", block)]

    @property
    def may_reopen(self) -> bool:
        """Says whether the quotation may go on in a next paragraph that opens it anew.

        Not where a paragraph lies between, where another quotation of the same form follows in the block, or where a
        phrase, a title or a sign's words were quoted in the middle of a sentence (`called “a mess, but`, `the sign
        reads “Closed`): these end where they stand. What opens in an item of a list goes on in the next item at once.
        """
        word = _LAST_WORD.search(self.block.text[max(self.mark.span.start - 40, 0) : self.mark.span.start])
        phrase = word is not None and word.group(1).lower() not in INTRODUCING
        passed = self.through if _is_in("list.item", self.block) else self.paragraphs
        return not (phrase or passed or self.next_opening)


class _Join:
    """Goes through the blocks of an article, with the quotations left open by those before."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = blocks
        self.running: list[_Running] = []
        self.faults: list[Fault] = []
        self.spans: dict[Span, list[Span]] = {}
        self.named: set[str] = set()  # the words in capitals of the blocks taken

    def take(self, block: Block, all_marks: Sequence[Mark], reading: Reading) -> None:
        """Takes one more block, with its marks and their reading."""
        self.faults += _faults_within(block, reading)
        for pair in reading.pairs:
            self.quote(block, pair.opening.span.start, pair.closing.span.end)
        alone = any(kind.partition(".")[0] in _BY_THEMSELVES for kind in (block.kind, *block.ancestors))
        heads, unopened = ([], list(reading.unopened)) if alone else self._run_on(block, all_marks, reading)
        self.faults += _never_opened(block, unopened, all_marks)
        opened = [
            _Running(mark, block, after, _attribution(block.text, mark, after), carried=mark in heads)
            for mark, after in _next_openings(reading).items()
        ]
        self._give_up([one for one in opened if alone or one.saying])
        self.running += [one for one in opened if not (alone or one.saying)]
        self.named |= capitalized(block.text)

    def _run_on(self, block: Block, all_marks: Sequence[Mark], reading: Reading) -> tuple[list[Mark], list[Mark]]:
        """Closes, carries on or gives up what was open before a block.

        Gives the marks that open it anew, and the closing marks that are left over.
        """
        unopened = list(reading.unopened)
        if self.running and self._breaks(block, all_marks):
            self.give_up()
        if not self.running:
            return [], unopened
        heads = self._reopened(block, all_marks, reading)
        if heads:
            closed_here = {one.mark.single for one in self.running}
            self.running = []
            return heads, [mark for mark in unopened if mark.single not in closed_here]
        if unopened:
            while unopened and self.running:
                self._close(self.running.pop(), block, unopened.pop(0))
            self.give_up()
        elif all_marks and (reading.pairs or reading.unclosed):
            self.give_up()
        else:
            self.running = [one._replace(through=(*one.through, block)) for one in self.running]
        return [], unopened

    def _reopened(self, block: Block, all_marks: Sequence[Mark], reading: Reading) -> list[Mark]:
        """Carries on what a block opens anew, gives up the rest, and gives the marks that open it.

        Where a block opens nothing anew, nothing is given up. Within a quotation that goes on, one that does not is
        at its end as well: `“She said, ‘Go.` before `“So I went.”` What the block closes without opening it is left
        running.
        """
        heads = list(_heads(block, all_marks))
        going_on = [one for one in self.running if one.may_reopen and not self._is_new(one, block, reading)]
        carried: list[_Running] = []
        for one in going_on:
            if len(carried) < len(heads) and one.mark.single is heads[len(carried)].single:
                carried.append(one)
        if not carried:
            return []
        closed_later = {mark.single for mark in reading.unopened}
        kept = [one for one in going_on if one in carried or one.mark.single in closed_later]
        self._give_up([one for one in self.running if one not in kept])
        for one in kept:
            self.quote(one.block, one.mark.span.start, len(one.block.text))
        self.running = [one for one in kept if one not in carried]
        return heads[: len(carried)]

    def _is_new(self, one: _Running, block: Block, reading: Reading) -> bool:
        """Says whether a block that begins with a quotation does not go on with an open one, but has its own.

        A list's items are quotations of their own, unless one after the other is left open. And what somebody else is
        said to speak is new.
        """
        first = next((pair for pair in reading.pairs if pair.opening.span.start <= _FIRST_MARK), None)
        if _is_in("list.item", one.block):
            return not _is_in("list.item", block) or (first is not None and not one.carried)
        speaker = first and speaker_after(block.text, first.closing.span.end)
        before = speaker_before(one.block.text, one.mark.span.start)
        if not speaker or not before or not (name := surname(speaker)):
            return False
        if known := surname(before):
            return known != name
        return " " in speaker and name not in self.named

    def _breaks(self, block: Block, all_marks: Sequence[Mark]) -> bool:
        """Says whether no quotation can run on into a block from those before."""
        if block.kind.startswith("heading"):
            return True
        if is_narrated(block.text, all_marks[0].span.start if all_marks else len(block.text)):
            return True
        left = any(_is_in("blockquote", one.block) for one in self.running) and not _is_in("blockquote", block)
        return left or any(len(one.paragraphs) >= _PARAGRAPHS or len(one.through) >= _BLOCKS for one in self.running)

    def _close(self, one: _Running, block: Block, mark: Mark) -> None:
        if one.mark.style != mark.style and mismatch(one.mark, mark):
            self.faults.append(Fault("mixed", _place(block, mark), (Beside("opening", _place(one.block, one.mark)),)))
        self.faults += _not_opened_anew(one, block, mark)
        self.quote(one.block, one.mark.span.start, len(one.block.text))
        for passed in one.through:
            self.quote(passed, 0, len(passed.text))
        self.quote(block, 0, mark.span.end)

    def give_up(self) -> None:
        """Reports what is open as never closed."""
        self._give_up(self.running)
        self.running = []

    def _give_up(self, those: Sequence[_Running]) -> None:
        for one in those:
            fault = _never_closed(one)
            if not self._is_cut(one.block):
                self.faults.append(fault)
            due = fault.others[0].place.span.start if fault.others else len(one.block.text)
            self.quote(one.block, one.mark.span.start, due)

    def _is_cut(self, block: Block) -> bool:
        """Says whether a field of the front matter is the beginning of the article, cut off within a quotation."""
        if not block.kind.startswith("frontmatter"):
            return False
        if "title" not in block.kind and "head" not in block.kind and block.text[-1] not in ".!?…\"'”’)":
            return True
        end = _letters(block.text[-40:])
        return any(end in _letters(other.text) for other in self.blocks if not other.kind.startswith("frontmatter"))

    def quote(self, block: Block, start: int, end: int) -> None:
        """Takes down what is quoted of a block."""
        self.spans.setdefault(block.span, []).append(Span(start, end))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, unescape(text)))


def _is_in(kind: str, block: Block) -> bool:
    return block.kind == kind or kind in block.ancestors


def _place(block: Block, mark: Mark) -> Place:
    return Place(block, mark.span)


def _heads(block: Block, all_marks: Sequence[Mark]) -> Iterator[Mark]:
    """Gives the marks with which a block begins, if they open quotations."""
    end = 0
    for mark in all_marks:
        if block.text[end : mark.span.start].strip(" \t\n\r*_-–—•[(") or "closes" in (mark.facing, mark.turn):
            return
        yield mark
        end = mark.span.end


def _faults_within(block: Block, reading: Reading) -> Iterator[Fault]:
    """Gives the faults of marks that have their partners, and of those that never can."""

    def fault(name: str, mark: Mark, *others: tuple[str, Mark]) -> Fault:
        return Fault(name, _place(block, mark), tuple(Beside(role, _place(block, other)) for role, other in others))

    for opening, closing in reading.pairs:
        if opening.single is not closing.single:
            odd, other = (opening, closing) if opening.single else (closing, opening)
            yield fault("two-kinds", odd, ("partner", other))
        elif mismatch(opening, closing) in (MIXED, MIXED_AT_FIGURE):
            yield fault("mixed", closing, ("opening", opening))
        if opening.turn == "closes":
            yield fault("opening-faces-wrong-way", opening, ("closing", closing))
        if closing.turn == "opens" and opening.style != "low":
            yield fault("closing-faces-wrong-way", closing, ("opening", opening))
    for mark, around in _abandoned(reading):
        ends = (("outer-closing", around.closing), ("outer-opening", around.opening)) if around else ()
        yield fault("never-closed-inside", mark, *ends)


def _abandoned(reading: Reading) -> Iterator[tuple[Mark, Pair | None]]:
    """Gives the marks still open where a quotation around them ends, with that one unless its marks are apostrophes."""
    pairs, around = deque(reading.pairs), list[Pair]()
    for mark in reading.abandoned:
        while pairs and pairs[0].opening < mark:
            around.append(pairs.popleft())
        while around and around[-1].closing < mark:
            around.pop()
        yield mark, around[-1] if around else None


def _never_opened(block: Block, unopened: Sequence[Mark], all_marks: Sequence[Mark]) -> Iterator[Fault]:
    wanted = set(unopened)
    end, like = 0, dict[bool, Mark]()  # where the last mark ends, and the last single and the last double one
    for mark in all_marks:
        if mark in wanted:
            begins, before = speech_begins(block.text, end, mark.span.start), like.get(mark.single)
            others = [Beside("opening-due", _first_word(block, begins))] if begins is not None else []
            others += [Beside("before", _place(block, before))] if before else []
            yield Fault("never-opened", _place(block, mark), tuple(others))
        end, like[mark.single] = mark.span.end, mark


def _never_opened_at_all(
    blocks: Sequence[Block], all_marks: Sequence[Sequence[Mark]], spans: Mapping[Span, Sequence[Span]]
) -> list[Fault]:
    """Gives speech without any mark that goes on as a quotation in the next paragraph.

    `she said. I told them so.` before `“Nobody listened.”`: nothing but the first person gives it away, and so only in
    articles whose reporter does not use it.
    """
    found = []
    for (block, marks_in), (after, marks_after) in pairwise(zip(blocks, all_marks, strict=True)):
        head = next(_heads(after, marks_after), None)
        start = _bare_speech(block, marks_in, head) if head and _goes_on_in(block, after) else None
        if head and start is not None and not any(start in range(*span) for span in spans.get(block.span, ())):
            others = (Beside("goes-on", _place(after, head)),)
            found.append(Fault("never-opened-before-next", _first_word(block, start), others))
    begins = {fault.place.block.span: fault.place.span.start for fault in found}
    if found and any(_has_first_person(block, spans, begins.get(block.span)) for block in blocks):
        return []
    return found


def _goes_on_in(block: Block, after: Block) -> bool:
    """Says whether speech may go on from a paragraph to the one after: by nobody who is first named there."""
    if not (block.kind == after.kind == "paragraph" and block.ancestors == after.ancestors):
        return False
    if block.text.rstrip()[-1:] not in tuple(".?!’'"):
        return False
    speaker = speaker_before(after.text, len(after.text))
    name = surname(speaker) if speaker else None
    return name is None or name in block.text


def _bare_speech(block: Block, all_marks: Sequence[Mark], like: Mark) -> int | None:
    """Gives where, behind the last mark of a kind and the words that say who speaks, somebody speaks of himself."""
    outer = [mark.span.end for mark in all_marks if mark.single is like.single and mark.apart != 0]
    text = block.text
    end = outer[-1] if outer else 0
    start = speech_goes_on(text, end, len(text))
    if start is None or (not outer and text[:start].rstrip()[-1] != ":"):
        return None
    return start if is_first_person(text, start, len(text)) else None


def _has_first_person(block: Block, spans: Mapping[Span, Sequence[Span]], end: int | None) -> bool:
    """Says whether a block speaks in the first person outside its quotations, up to an offset."""
    start, text = 0, block.text if end is None else block.text[:end]
    for span in sorted(spans.get(block.span, ())):
        if start < span.start and is_first_person(text, start, span.start):
            return True
        start = max(start, span.end)
    return is_first_person(text, start, len(text))


def _not_opened_anew(one: _Running, last: Block, mark: Mark) -> Iterator[Fault]:
    """Gives the first paragraph that goes on with a quotation from before without opening it anew.

    None in or around a list, behind a colon, or in the middle of a sentence.
    """
    first = (*one.through, last)[0]
    listed = any(_is_in("list.item", block) for block in (one.block, *one.through, last))
    if not (listed or one.block.text.endswith(":") or first.text[:1].islower()):
        beside = (Beside("opening", _place(one.block, one.mark)), Beside("closing", _place(last, mark)))
        yield Fault("not-opened-anew", _first_word(first, 0), beside)


def _first_word(block: Block, start: int) -> Place:
    word = _FIRST_WORD.search(block.text, start)
    return Place(block, Span(*word.span()) if word else Span(start, start + 1))


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
                if other not in ends:
                    break
                reach = max(reach, ends[other])
            elif other.style == mark.style and other.span.start >= reach:
                following[mark] = other
                break
    return following


def _never_closed(one: _Running) -> Fault:
    place, following = _place(one.block, one.mark), one.next_opening
    then = (Beside("next", _place(one.block, following)),) if following else ()
    if one.saying:
        due = Beside("closing-due", Place(one.block, one.saying))
        return Fault("never-closed-before-attribution", place, (due, *then))
    if then:
        return Fault("never-closed-before-next", place, then)
    end = len(one.block.text)
    return Fault("never-closed", place, (Beside("end", Place(one.block, Span(end - 1, end))),))


def _attribution(text: str, mark: Mark, next_opening: Mark | None) -> Span | None:
    """Gives the words after an opening mark that say who speaks, and so are not spoken."""
    start, end = mark.span.end, next_opening.span.start if next_opening else len(text)
    if end - start > _FAR:
        end = text.rfind(".", start, start + _FAR) + 1 or start + _FAR
    return attribution(text, start, end)
