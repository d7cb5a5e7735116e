"""The scanner: one pass over an article says where thousands of words stand in it, and so which tokens can match there.

A newcomer would ask of each rule whether it matches; but most rules match nowhere, and asking costs as much for a
thousand tokens as for one that is there. An automaton (Aho and Corasick), made when the first text is scanned, looks
for the literals of all tokens at once. Some are all that a token matches, which is thereby found; the others say where
a token has to be tried, or at least in which text.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from edlint.pattern import TRY, WITHIN, Candidates, Finder, Joined, Place, is_of_word

# A token behind a literal, by the key of its finder; the rest is as in `Sought`: number, rank, folded, as written.
_Token = tuple[int, int, int, str | None, str | None]


class _Literal(NamedTuple):
    """What the signs beside a literal must not be: of a word (True), of none (False); and the tokens behind it."""

    before: bool | None
    after: bool | None
    tokens: list[_Token]


_Hits = dict[int, list[tuple[int, Place]]]  # by the key of a finder, each with the number of its text


class _OfWord(dict[str, bool]):
    """Whether signs are of words; a look takes half the time of a call."""

    def __missing__(self, sign: str) -> bool:
        self[sign] = is_of_word(sign)
        return self[sign]


class Scanner:
    """The literals of finders, and the tokens behind them."""

    def __init__(self, finders: Iterable[Finder]) -> None:
        """Takes the finders that are going to be asked about."""
        self._known = {id(finder): finder for finder in finders}  # kept, so that no other gets their numbers
        firsts = {finder.likeness: key for key, finder in reversed(self._known.items())}
        self._finders = {key: self._known[key] for key in firsts.values()}
        self._aliases = {
            key: firsts[finder.likeness] for key, finder in self._known.items() if key not in self._finders
        }
        self._of_word = _OfWord()
        self._shared = frozenset(self._aliases.values())
        self._always = {key: finder.anywhere for key, finder in self._finders.items() if finder.anywhere}

    @cached_property
    def _literals(self) -> tuple[Any, list[_Literal]]:
        """What finds all literals, and these by their numbers."""
        tokens = defaultdict[tuple[str, bool | None, bool | None], list[_Token]](list)
        for key, finder in self._finders.items():
            for literal, before, after, number, rank, low, written in finder.sought:
                tokens[literal, before, after].append((key, number, rank, low, written))
        found = [_Literal(before, after, behind) for (_, before, after), behind in tokens.items()]
        return _automaton([literal for literal, _, _ in tokens]), found

    def knows(self, finder: Finder) -> bool:
        """Says whether a finder is one of those that the scanner was made for."""
        return id(finder) in self._known

    def shared(self, finder: Finder) -> int | None:
        """Gives a key that a finder has in common with others that find the same, None where there are none."""
        key = self._aliases.get(id(finder), id(finder))
        return key if key in self._shared else None

    def index(self, texts: Joined) -> Mapping[int, Sequence[tuple[int, Candidates]]]:
        """Gives for each finder, by its `id`, the numbers of the texts in which it may match, with what may match."""
        found = self._hits(texts)
        index = {key: list(_by_text(hits, self._always.get(key, ()))) for key, hits in found.items()}
        for key, numbers in self._always.items():
            known = dict(index.get(key, ()))
            index[key] = [(number, known.get(number, Candidates(numbers))) for number in range(len(texts.ends))]
        return index | {alias: index[key] for alias, key in self._aliases.items() if key in index}

    def _hits(self, texts: Joined) -> _Hits:
        """The tokens that may stand in texts, and where."""
        automaton, literals = self._literals
        text, flat, ends = texts.text, texts.folded, texts.ends
        found: _Hits = defaultdict(list)
        of_word = self._of_word
        number, begin = 0, 1  # of the text that the literals are in: they come in order of their ends
        for literal, start, end in automaton(texts.heralds):
            before, after, tokens = literals[literal]
            if of_word[text[start - 1]] is before or of_word[text[end]] is after:
                continue
            while end > ends[number]:
                number, begin = number + 1, ends[number] + 1
            for key, token, rank, low, written in tokens:
                if (low and flat[start:end] != low) or (written and _unwrapped(text[start:end]) != written):
                    continue
                if rank == WITHIN:
                    found[key].append((number, (-1, token, 0, 0)))
                else:
                    found[key].append((number, (start - begin, token, rank, 0 if rank == TRY else end - begin)))
        return found


def _by_text(hits: list[tuple[int, Place]], always: Sequence[int]) -> Iterator[tuple[int, Candidates]]:
    """What may match in each text, by its number."""
    for number, group in groupby(sorted(hits), itemgetter(0)):
        places = [place for _, place in group]
        able = {place[1] for place in places if place[0] < 0}
        if able:
            places = [place for place in places if place[0] >= 0]
        yield number, Candidates(sorted(able.union(always)) if able or always else (), places)


def _unwrapped(text: str) -> str:
    return text.replace("\n", " ")


def _automaton(literals: list[str]) -> Any:
    """What finds all places of literals in a text, each as the literal's number, its start and its end."""
    if not literals:
        return lambda _: ()
    from ahocorasick_rs import AhoCorasick  # not needed where no rule has a token

    automaton = AhoCorasick(literals)
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)
