"""The scanner: one pass over a text says which of thousands of literals stand in it, and so which tokens can match.

A newcomer would ask of each rule whether it matches; but most rules match nowhere, and asking costs as much for a
thousand tokens as for one that is there. All literals of all rules make one automaton (Aho and Corasick), which is made
when the first text is scanned.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from edlint.pattern import Finder, Text


class _Table(NamedTuple):
    """The tokens of a finder, by number: those that each literal may herald, and those that need none."""

    by_literal: Mapping[int, Sequence[int]]
    always: frozenset[int]


class Scanner:
    """The literals of finders, and the tokens behind them."""

    def __init__(self, finders: Iterable[Finder]) -> None:
        """Takes the finders that are going to be asked about."""
        self._finders = {id(finder): finder for finder in finders}  # kept, so that no other gets their numbers
        self._ids: dict[str, int] = {}
        self._tables = {key: self._table(finder) for key, finder in self._finders.items()}

    def _table(self, finder: Finder) -> _Table:
        by_literal = defaultdict[int, list[int]](list)
        always = set()
        for number, literals in enumerate(finder.literals):
            for literal in literals:
                by_literal[self._ids.setdefault(literal, len(self._ids))].append(number)
            if not literals:
                always.add(number)
        return _Table(by_literal, frozenset(always))

    @cached_property
    def _automaton(self) -> Any:
        from ahocorasick_rs import AhoCorasick  # not needed where no rule has a token

        return AhoCorasick(list(self._ids))

    def index(self, texts: Sequence[str]) -> dict[int, list[int]]:
        """Gives for each literal that stands in any of several texts the numbers of these texts."""
        found = defaultdict[int, list[int]](list)
        for number, text in enumerate(texts if self._ids else ()):
            matches = self._automaton.find_matches_as_indexes(text.casefold(), overlapping=True)
            for literal in {match[0] for match in matches}:
                found[literal].append(number)
        return found

    def knows(self, finder: Finder) -> bool:
        """Says whether a finder is one of those that the scanner was made for."""
        return id(finder) in self._tables

    def places(
        self, finder: Finder, index: Mapping[int, Sequence[int]], whole: Text, count: int
    ) -> Mapping[int, list[int]]:
        """Gives the numbers of the indexed texts in which a finder may match, each with the tokens that may.

        `whole` are all the texts as one, `count` says how many there are.
        """
        table = self._tables[id(finder)]
        found = defaultdict[int, list[int]](list)
        for literal in table.by_literal.keys() & index.keys():
            for number in table.by_literal[literal]:
                if finder.can_match(number, whole):
                    for text in index[literal]:
                        found[text].append(number)
        for number in table.always:
            for text in range(count):
                found[text].append(number)
        return found
