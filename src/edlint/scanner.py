"""The scanner: one pass over a text says where thousands of words stand in it, and so which tokens can match there.

A newcomer would ask of each rule whether it matches; but most rules match nowhere, and asking costs as much for a
thousand tokens as for one that is there. Automata (Aho and Corasick), made when the first text is scanned, look for all
at once: one for tokens that are words and stand for themselves, which are thereby found; one for the literals that
herald other tokens, which are thereby worth looking for.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from edlint.pattern import Candidates, Finder, folded, is_of_word

_SHORT = 2  # code points: shorter literals stand in most texts, and hundreds of times


class _Token(NamedTuple):
    """A token by the key of its finder and its number; `written` where case matters."""

    finder: int
    number: int
    is_bounded: bool = False
    written: str | None = None


class Scanner:
    """The literals of finders, and the tokens behind them."""

    def __init__(self, finders: Iterable[Finder]) -> None:
        """Takes the finders that are going to be asked about."""
        self._finders = {id(finder): finder for finder in finders}  # kept, so that no other gets their numbers
        self._words = defaultdict[str, list[_Token]](list)
        self._heralds = defaultdict[str, list[_Token]](list)
        self._always = defaultdict[int, list[int]](list)
        for key, finder in self._finders.items():
            self._enter(key, finder)

    def _enter(self, key: int, finder: Finder) -> None:
        for number, (token, literals) in enumerate(zip(finder.tokens, finder.literals, strict=True)):
            if finder.is_plain(number):
                written = None if finder.ignorecase else token
                self._words[folded(token)].append(_Token(key, number, finder.bounded, written))
                continue
            for literal in literals:
                self._heralds[literal].append(_Token(key, number))
            if not literals:
                self._always[key].append(number)

    @cached_property
    def _for_words(self) -> tuple[Any, list[list[_Token]]]:
        return _automaton(self._words), list(self._words.values())

    @cached_property
    def _for_heralds(self) -> tuple[Any, list[list[_Token]]]:
        longer = {literal: tokens for literal, tokens in self._heralds.items() if len(literal) > _SHORT}
        return _automaton(longer), list(longer.values())

    @cached_property
    def _short_heralds(self) -> list[tuple[str, list[_Token]]]:
        return [(literal, tokens) for literal, tokens in self._heralds.items() if len(literal) <= _SHORT]

    def knows(self, finder: Finder) -> bool:
        """Says whether a finder is one of those that the scanner was made for."""
        return id(finder) in self._finders

    def index(self, texts: Iterable[str]) -> Mapping[int, Sequence[tuple[int, Candidates]]]:
        """Gives for each finder, by its `id`, the numbers of the texts in which it may match, with what may match."""
        found = defaultdict[int, list[tuple[int, Candidates]]](list)
        always = {key: Candidates(numbers) for key, numbers in self._always.items()}
        for number, text in enumerate(texts):
            flat = folded(text)
            able, standing = self._able(flat), self._found(text, flat)
            for key in able.keys() | standing.keys():
                numbers = sorted(able.get(key, set()).union(self._always.get(key, ())))
                found[key].append((number, Candidates(numbers, standing.get(key, ()))))
            for key in always.keys() - able.keys() - standing.keys():
                found[key].append((number, always[key]))
        return found

    def _able(self, flat: str) -> dict[int, set[int]]:
        """The tokens to look for in a folded text."""
        able = defaultdict[int, set[int]](set)
        automaton, behind = self._for_heralds
        present = [behind[literal] for literal in {hit[0] for hit in automaton(flat)}]
        present += [tokens for literal, tokens in self._short_heralds if literal in flat]
        for tokens in present:
            for token in tokens:
                able[token.finder].add(token.number)
        return able

    def _found(self, text: str, flat: str) -> dict[int, list[tuple[int, int, int]]]:
        """The tokens that stand in a text."""
        found = defaultdict[int, list[tuple[int, int, int]]](list)
        automaton, behind = self._for_words
        for literal, start, end in automaton(flat):
            is_bounded = None
            for key, number, needs_edges, written in behind[literal]:
                if written is not None and text[start:end].replace("\n", " ") != written:
                    continue
                if needs_edges and is_bounded is None:
                    is_bounded = _is_bounded(text, start, end)
                if is_bounded or not needs_edges:
                    found[key].append((start, number, end))
        return found


def _automaton(literals: Iterable[str]) -> Any:
    """What finds all places of literals in a text, each as the literal's number, its start and its end."""
    listed = list(literals)
    if not listed:
        return lambda _: ()
    from ahocorasick_rs import AhoCorasick  # not needed where no rule has a token

    automaton = AhoCorasick(listed)
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)


def _is_bounded(text: str, start: int, end: int) -> bool:
    """Says whether there is a word edge at both ends of a span."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return is_of_word(before) != is_of_word(text[start]) and is_of_word(text[end - 1]) != is_of_word(after)
