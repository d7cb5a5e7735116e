"""Fixing: what the findings of an article offer, written into its text.

    made = fixed(linter, source, path, unsafe=False, wanted=every)
    made.text, made.applied, made.report, made.refused

A newcomer would write all edits at once. But two fixes may want the same words, one may bring about what another rule
finds, and new words may read as markup where they are put. So there are passes, each over a report on the text as it
then is; after each the text is read again, and what would change more than its words is refused. Rules that undo each
other would go on for ever: they are found out, named, and left out, and the rest is fixed as if they offered nothing.
"""

import os
import re
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePath
from typing import NamedTuple

from edlint import revision
from edlint.engine import Linter
from edlint.finding import Edit, FileReport, Finding, Fix, Problem
from edlint.revision import Comparison, Origin
from edlint.text import Document, Source, Span

MOST_PASSES = 10  # of those that make a text no shorter
_OF_FACTS = frozenset({"calendar"})  # kinds whose fix is one of two: of a weekday and its date either may be wrong


Wanted = Callable[[FileReport, Origin], Iterable[Finding]]


def every(report: FileReport, _: Origin) -> Iterable[Finding]:
    """Wants all findings of a report to be fixed."""
    return report.findings


@dataclass(frozen=True)
class Fixed:
    """What fixing has made of an article.

    Its text, how many fixes of which rules were applied, the report on the new text, and what was not done: fixes that
    were refused and rules that undo each other, each with a line of the new text. `origin` leads from there back to
    the text as it was. `left` are the findings of the report that offer a fix which another run would not apply either:
    it was refused, its rule is left out, or it was not wanted.
    """

    text: str
    applied: Mapping[str, int]
    report: FileReport
    refused: tuple[Problem, ...] = ()
    origin: Origin = field(default_factory=Origin)
    left: frozenset[Finding] = frozenset()


def fixed(linter: Linter, source: Source, path: str, *, unsafe: bool = False, wanted: Wanted = every) -> Fixed:
    """Fixes what `wanted` leaves of the findings of an article, by safe fixes or, `unsafe`, by all that `remedy` gives.

    `wanted` is asked before each pass, and may ask where words come from. What it leaves out once stays left out,
    whatever a fix beside it changes. Nothing is written.
    """
    return _Fixing(linter, path, unsafe, wanted).made_of(source)


def remedy(finding: Finding, *, unsafe: bool = False) -> Fix | None:
    """Gives the fix that may be applied without asking: the first safe one, or, `unsafe`, the only one.

    Which of several words is meant is for an editor to say, and what is true for the writer.
    """
    safe = next((fix for fix in finding.fixes if fix.safe), None)
    if safe or not unsafe or len(finding.fixes) != 1 or finding.kind in _OF_FACTS:
        return safe
    return finding.fixes[0]


class _Offer(NamedTuple):
    """A fix that a finding offers."""

    finding: Finding
    fix: Fix

    @property
    def edits(self) -> list[Edit]:
        """What it changes, from left to right."""
        return sorted(self.fix.edits, key=lambda edit: edit.span)


@dataclass(frozen=True)
class _State:
    """An article between two passes; `refused` are fixes that its last pass could not apply."""

    report: FileReport
    origin: Origin = field(default_factory=Origin)
    applied: Mapping[str, int] = field(default_factory=Counter)
    refused: tuple[_Offer, ...] = ()

    @property
    def text(self) -> str:
        return self.report.source.text


class _Quarrel(NamedTuple):
    """Rules that come to no end; `is_proven` where a text came back, else passes only went on."""

    rules: Set[str]
    is_proven: bool

    def __str__(self) -> str:
        rules, alone = _listed(sorted(self.rules)), len(self.rules) == 1
        if not self.is_proven:
            fault = f"{'finds' if alone else 'find'} more to fix after {MOST_PASSES} passes"
        else:
            fault = "finds its own fix wrong" if alone else "undo each other's fixes"
        return f"{rules} {fault}: nothing of {'it' if alone else 'theirs'} is fixed in this article"


class _Fixing:
    """The fixing of one article."""

    def __init__(self, linter: Linter, path: str, unsafe: bool, wanted: Wanted) -> None:
        self._linter, self._path, self._unsafe, self._wanted = linter, path, unsafe, wanted
        self._unwanted = set[tuple[str, Span]]()  # rules, and spans of the first text
        self._refused = set[tuple[str, Span, tuple[str, ...]]]()  # the same, and the words of fixes

    def made_of(self, source: Source) -> Fixed:
        """Gives what comes of a text.

        Once rules are left out, the rest is fixed, and whether they still undo each other then is seen by trying again.
        """
        state, begun = _State(self._linter.check_source(source, self._path)), set[str]()
        while state.text not in begun and len(begun) < MOST_PASSES:
            begun.add(state.text)
            state, quarrels = self._settled(state)
            if not quarrels:
                break
        told = sorted([*self._refusals(state), *self._told(quarrels, state)], key=lambda one: (one.line or 0, one))
        applied = dict(sorted(state.applied.items()))
        left = frozenset(one for one in state.report.findings if remedy(one, unsafe=self._unsafe))
        return Fixed(state.text, applied, state.report, tuple(dict.fromkeys(told)), state.origin, left)

    def _settled(self, begun: _State) -> tuple[_State, list[_Quarrel]]:
        """What passes come to without the rules that undo each other, and those, as they were found out."""
        left_out, quarrels = set[str](), list[_Quarrel]()
        while True:
            state, quarrel = self._passed(begun, left_out)
            if not quarrel:
                return state, quarrels
            quarrels.append(quarrel)
            left_out |= quarrel.rules

    def _passed(self, begun: _State, left_out: Set[str]) -> tuple[_State, _Quarrel | None]:
        """What passes come to, and the rules, if any, for which they came to no end."""
        states, passes = [begun], 0
        while passes < MOST_PASSES:
            state = self._after_a_pass(states[-1], left_out)
            if state.text == states[-1].text:
                return state, None
            first = next((known for known in states if known.text == state.text), None)
            if first:
                return state, _Quarrel(_rules_between(first, state), is_proven=True)
            passes += len(state.text) >= len(states[-1].text)  # who makes a text shorter comes to an end
            states.append(state)
        return states[-1], _Quarrel(_rules_again_and_again(states), is_proven=False)

    def _after_a_pass(self, state: _State, left_out: Set[str]) -> _State:
        """The state after all fixes that go together; the same text where there are none.

        What an earlier pass has refused is judged again only where nothing else is left: it is mostly the same then.
        """
        offers = [offer for offer in self._offers(state) if offer.finding.rule not in left_out]
        new = [offer for offer in offers if self._key(offer, state) not in self._refused]
        kept, refused = self._sifted(state, new)
        if not kept and len(new) < len(offers):
            kept, refused = self._sifted(state, offers)
        self._refused |= {self._key(offer, state) for offer in refused}
        if not kept:
            return replace(state, refused=tuple(refused))
        edits = revision.as_written(state.text, _edits(kept))
        report = self._linter.check_source(Source(revision.edited(state.text, edits)), self._path)
        applied = Counter(state.applied) + Counter(offer.finding.rule for offer in kept)
        return _State(report, Origin((*state.origin.passes, tuple(edits))), applied)

    def _key(self, offer: _Offer, state: _State) -> tuple[str, Span, tuple[str, ...]]:
        """What tells a fix from others in all passes: its rule, where it first stood, and its words."""
        words = tuple(edit.text for edit in offer.edits)
        return offer.finding.rule, state.origin.of(offer.finding.span), words

    def _sifted(self, state: _State, offers: Sequence[_Offer]) -> tuple[list[_Offer], list[_Offer]]:
        """Parts offers into those to apply at once and those that may not be applied; the others have to wait."""
        waiting, refused = list(offers), list[_Offer]()
        while waiting:
            sieve = _Sieve(state.report.document, lambda edits: self._compared(state.report.document, edits))
            sieve.sift(_apart(waiting))
            refused += sieve.wrong
            if sieve.kept:
                return sieve.kept, refused
            wrong = set(sieve.wrong)
            waiting = [offer for offer in waiting if offer not in wrong]
        return [], refused

    def _offers(self, state: _State) -> Iterator[_Offer]:
        """The fixes of findings that are wanted, from left to right."""
        report, origin = state.report, state.origin
        wanted = set(self._wanted(report, origin))
        self._unwanted |= {(one.rule, origin.of(one.span)) for one in report.findings if one not in wanted}
        found = list[_Offer]()
        for finding in report.findings:
            fix = remedy(finding, unsafe=self._unsafe) if finding in wanted else None
            if fix and (finding.rule, origin.of(finding.span)) not in self._unwanted:
                found.append(_Offer(finding, fix))
        able = (offer for offer in found if _changes(offer.edits, state.text))
        return iter(sorted(able, key=lambda offer: (offer.edits[0].span, offer.finding.order)))

    def _compared(self, before: Document, edits: Sequence[Edit]) -> Comparison:
        """How an article reads with some edits."""
        if not _are_apart(edits):
            return Comparison(is_meant=False)
        edits = revision.as_written(before.source.text, edits)
        after, _ = self._linter.article(Source(revision.edited(before.source.text, edits)), self._path)
        return revision.compared(before, edits, after.document)

    def _refusals(self, state: _State) -> Iterator[Problem]:
        for finding, fix in state.refused:
            why = "it would change more than these words, as the article reads then"
            yield self._problem(state, finding, f"{finding.rule}: its fix ({fix.message}) is left out: {why}")

    def _told(self, quarrels: Iterable[_Quarrel], state: _State) -> Iterator[Problem]:
        """What is said of rules that undo each other, with the first line where one of them offers anything."""
        for quarrel in quarrels:
            offering = (offer.finding for offer in self._offers(state) if offer.finding.rule in quarrel.rules)
            yield self._problem(state, next(offering, None), str(quarrel))

    def _problem(self, state: _State, finding: Finding | None, told: str) -> Problem:
        line = state.report.source.position(finding.span.start).line if finding else None
        return Problem(self._path, line, told)


def _rules_between(before: _State, after: _State) -> Set[str]:
    """The rules of which fixes were applied between two states."""
    return set(Counter(after.applied) - Counter(before.applied))


def _rules_again_and_again(states: Sequence[_State]) -> Set[str]:
    """The rules that keep states from an end: those of several of the last passes, or else of the very last."""
    latest = [_rules_between(before, after) for before, after in pairwise(states[-1 - MOST_PASSES // 2 :])]
    passes = Counter(rule for rules in latest for rule in rules)
    return {rule for rule, number in passes.items() if number > 1} or latest[-1]


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _changes(edits: Iterable[Edit], text: str) -> bool:
    """Says whether edits come to another text."""
    return any(text[slice(*edit.span)] != edit.text for edit in edits)


def _are_apart(edits: Iterable[Edit]) -> bool:
    return all(before.span.end <= after.span.start for before, after in pairwise(edits))


def _edits(offers: Iterable[_Offer]) -> list[Edit]:
    return sorted((edit for offer in offers for edit in offer.edits), key=lambda edit: edit.span)


class _Sieve:
    """Parts offers that lie apart into those `kept`, which an article may have together, and those `wrong`.

    To read an article anew for each offer would take the square of its length. So all blocks are tried at once, and
    only what is in one that reads otherwise than meant is tried again: first every other block, since between two
    that read as they did nothing but a block's own edits can be amiss. What is amiss and not so plain, as a fence that
    takes in what follows, is looked for by halves.
    """

    def __init__(self, document: Document, compared: Callable[[Sequence[Edit]], Comparison]) -> None:
        self._document, self._compared = document, compared
        self.kept, self.wrong = list[_Offer](), list[_Offer]()

    def sift(self, offers: list[_Offer]) -> None:
        """Adds each offer to those kept or to those that are wrong."""
        if self._keeps(offers).is_meant:
            return
        blocks, unclear = self._by_block(offers)
        for parity in (0, 1):
            unclear += self._try_apart({number: [own] for number, own in blocks.items() if number % 2 == parity})
        self._halve(sorted(unclear, key=lambda offer: offer.edits[0].span))

    def _keeps(self, offers: list[_Offer]) -> Comparison:
        """How the article reads with more offers, which are kept if it is as meant."""
        found = self._compared(_edits([*self.kept, *offers]))
        if found.is_meant:
            self.kept += offers
        return found

    def _by_block(self, offers: list[_Offer]) -> tuple[dict[int, list[_Offer]], list[_Offer]]:
        """The offers that lie in one block, by its number, and the others."""
        places = revision.blocks_of(self._document, _edits(offers))
        blocks, others = dict[int, list[_Offer]](), list[_Offer]()
        for offer in offers:
            match {number for edit in offer.edits for number in places[edit] or (None,)}:
                case numbers if len(numbers) == 1 and (number := numbers.pop()) is not None:
                    blocks.setdefault(number, []).append(offer)
                case _:
                    others.append(offer)
        return blocks, others

    def _try_apart(self, blocks: dict[int, list[list[_Offer]]]) -> list[_Offer]:
        """Tries the offers of blocks that are no neighbours, for each a stack; gives those that it is not clear of."""
        while blocks:
            tried = {number: stack[-1] for number, stack in blocks.items()}
            found = self._keeps([offer for offers in tried.values() for offer in offers])
            astray = {number for number in tried if _is_alone(number, found.astray)}
            if not found.is_meant and not astray:
                return [offer for stack in blocks.values() for offers in stack for offer in offers]
            for number in tried if found.is_meant else astray:
                offers = blocks[number].pop()
                if number in astray and len(offers) == 1:
                    self.wrong += offers
                elif number in astray:
                    half = len(offers) // 2
                    blocks[number] += [offers[half:], offers[:half]]
            blocks = {number: stack for number, stack in blocks.items() if stack}
        return []

    def _halve(self, offers: list[_Offer]) -> None:
        """Looks at halves until the wrong ones are found."""
        if not offers or self._keeps(offers).is_meant:
            return
        if len(offers) == 1:
            self.wrong += offers
            return
        half = len(offers) // 2
        self._halve(offers[:half])
        self._halve(offers[half:])


def _is_alone(number: int, astray: Set[int]) -> bool:
    """Says whether a block is amiss and those before and after it are not."""
    return number in astray and astray.isdisjoint((number - 1, number + 1))


def _apart(offers: Iterable[_Offer]) -> list[_Offer]:
    """The offers that neither overlap nor touch one taken before them."""
    kept, taken = list[_Offer](), list[Span]()  # the spans lie apart and are sorted, so their ends are, too
    for offer in offers:
        if not any(_meets(edit.span, taken) for edit in offer.edits):
            kept.append(offer)
            for edit in offer.edits:
                insort(taken, edit.span)
    return kept


def _meets(span: Span, taken: Sequence[Span]) -> bool:
    """Says whether a span overlaps or touches one of some that are sorted."""
    index = bisect_right(taken, span.end, key=lambda one: one.start) - 1
    return index >= 0 and taken[index].end >= span.start


def diff(path: str, before: str, after: str) -> str:
    """Gives what has changed in a file as `git apply` and `patch -p1` take it, nothing where nothing has.

    The texts are as the file holds them, with its byte order mark and line ends. The file is named as below the current
    folder, or, where it is not in there, below the root: with the target of a symbolic link, which no patch changes.
    """
    from difflib import unified_diff  # which only those who ask for it need

    place, folder = PurePath(os.path.realpath(path)), PurePath(os.path.realpath(os.curdir))
    name = place.relative_to(folder if place.is_relative_to(folder) else place.anchor).as_posix()
    lines = unified_diff(_lines(before), _lines(after), _named(f"a/{name}"), _named(f"b/{name}"))
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends; only a line feed ends one."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def _named(name: str) -> str:
    """A file's name as a patch has it: quoted where it holds signs that would end it."""
    if not re.search(r'[\x00-\x1f"\\\x7f]', name):
        return f"{name}\t" if " " in name else name
    signs = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
    return '"' + re.sub(r'[\x00-\x1f"\\\x7f]', lambda m: signs.get(m[0], f"\\{ord(m[0]):03o}"), name) + '"'
