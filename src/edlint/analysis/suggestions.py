"""Suggestions: the words of a dictionary that a misspelt one may be meant for.

Near is what one or two slips make of a word: a letter too many, missing, wrong, or two in each other's place, which is
the distance called optimal string alignment. A newcomer would try all slips, or measure all words; both take too long.
Looked at are stems that begin with the same letter, have nearly the same letters and the same beginning or end, and
what the dictionary itself says people mix up.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from edlint.affixes import Flags
from edlint.analysis.wordlist import is_name, is_word
from edlint.dictionaries import Dictionary

_MOST = 5
_SHORT = 5  # letters: in a shorter word, two slips may make anything
_LEAST_LISTED = 4  # letters: smaller dictionaries are not asked for shorter words
_LONG = 40  # letters: a longer word is none
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Near(NamedTuple):
    """A stem, or one with a prefix, the letters in it as bits, and its flags, once for each time that it is listed."""

    word: str
    letters: int
    flags: tuple[Flags, ...]


class Suggestions:
    """What to suggest from a dictionary, worked out once for each word."""

    def __init__(self, dictionary: Dictionary) -> None:
        """Takes the dictionary; its stems are sorted out when a word is first asked for."""
        self._dictionary = dictionary
        self._sorted_out = lru_cache(None)(self._sort_out)
        self._nearby = lru_cache(None)(self._looked_at)
        self.near = lru_cache(4096)(self._near)

    def _near(self, word: str) -> tuple[str, ...]:
        """Gives the nearest words, at most five, with the word's own capital."""
        if len(word) > _LONG:
            return ()
        plain = word.replace("’", "'")
        is_title = plain[:1].isupper() and plain[1:].islower()
        sought = plain.lower() if is_title else plain
        limit = 1 if len(sought) < _SHORT else 2
        meant = {meant for written, meant in self._dictionary.affixes.replacements if written == sought}
        by_slips = defaultdict[int, list[str]](list)
        for found in dict.fromkeys(self._candidates(sought, limit)):
            slips = int(OSA.distance(sought.lower(), found.lower().replace(" ", ""), score_cutoff=limit))
            # A capital that nobody wrote is one more slip, and parting a word is two, unless it is what people mean.
            slips += (found != found.lower() and plain == plain.lower()) + 2 * (" " in found)
            by_slips[slips * (found not in meant)].append(found)
        # Whether a word is one takes longest, so words with more slips are not asked about where fewer will do.
        nearest = (list(filter(self._may_be_said, by_slips[slips])) for slips in sorted(by_slips) if slips <= limit)
        ranked = sorted(next(filter(None, nearest), []), key=lambda found: _rank(sought, found))[:_MOST]
        return tuple(found[:1].upper() + found[1:] for found in ranked) if is_title else tuple(ranked)

    def _candidates(self, sought: str, limit: int) -> Iterator[str]:
        yield from self._tried(sought)
        yield from (near.word for near in self._alike(sought, limit))
        for suffix, bare in self._dictionary.affixes.suffixes(sought):
            for near in self._alike(bare, limit):
                if suffix.fits(near.word) and any(suffix.flag in flags for flags in near.flags):
                    yield suffix.put(near.word)

    def _tried(self, sought: str) -> Iterator[str]:
        """What may be meant: neighbours exchanged, slips at the first letter, two words in one, what people mix up."""
        rest = sought[1:]
        yield from (sought[:i] + sought[i + 1] + sought[i] + sought[i + 2 :] for i in range(len(sought) - 1))
        yield from (letter + tail for letter in _LETTERS for tail in (rest, sought))
        yield rest
        yield from (f"{sought[:cut]} {sought[cut:]}" for cut in range(2, len(sought) - 1))
        for written, meant in self._dictionary.affixes.replacements:
            at = sought.find(written)
            while at >= 0:
                yield sought[:at] + meant + sought[at + len(written) :]
                at = sought.find(written, at + 1)

    def _may_be_said(self, found: str) -> bool:
        """Says whether all words of a phrase are known, and none is one that no dictionary suggests."""
        words = found.split()
        return bool(words) and all(self._dictionary.knows(word) and not self._is_hidden(word) for word in words)

    def _is_hidden(self, stem: str) -> bool:
        hiding = {self._dictionary.affixes.flag_of.get(key) for key in ("NOSUGGEST", "FORBIDDENWORD", "ONLYINCOMPOUND")}
        return any(not hiding.isdisjoint(flags) for flags in self._dictionary.flags(stem))

    def _alike(self, stem: str, limit: int) -> Iterator[Near]:
        """The stems that have nearly the letters of some stem, and its beginning or end."""
        letters = _bits(stem)
        for near in (*self._nearby(stem[:2].lower()), *self._nearby(f"{stem[0]}-{stem[-2:]}".lower())):
            if (
                -limit <= len(near.word) - len(stem) <= limit
                and (letters & ~near.letters).bit_count() <= limit
                and (near.letters & ~letters).bit_count() <= limit
            ):
                yield near

    def _looked_at(self, key: str) -> tuple[Near, ...]:
        flags = self._dictionary.flags
        return tuple(Near(form, _bits(form), flags(stem)) for form, stem in self._sorted_out(key[:1]).get(key, ()))

    def _sort_out(self, start: str) -> Mapping[str, list[tuple[str, str]]]:
        """The forms that begin with a letter by their first two letters, and by their first and last two (`t-ng`)."""
        found = defaultdict(list)
        for form in self._by_start.get(start, ()):
            folded = form[0].lower()
            found[folded[:2]].append(form)
            found[f"{start}-{folded[-2:]}"].append(form)
        return found

    @cached_property
    def _by_start(self) -> Mapping[str, list[tuple[str, str]]]:
        """The stems, and what they are with a prefix, each with its stem, by first letter."""
        found = defaultdict(list)
        for stem in self._dictionary.stems:
            found[stem[:1].lower()].append((stem, stem))
        for prefix in self._dictionary.affixes.affixes:
            if prefix.is_prefix and prefix.adds:
                stems = self._dictionary.stems_with(prefix.flag)
                found[prefix.adds[0].lower()] += [(prefix.put(stem), stem) for stem in stems if prefix.fits(stem)]
        return found


@lru_cache(16)
def suggestions(dictionary: Dictionary) -> Suggestions:
    """Gives what to suggest from a dictionary."""
    return Suggestions(dictionary)


def _rank(sought: str, found: str) -> tuple[bool, bool, bool, int, str]:
    """Where a word stands among those with as many slips; the lowest comes first."""
    return " " in found, sorted(sought) != sorted(found), _is_rare(found), -_common(sought, found), found


def _is_rare(found: str) -> bool:
    """Says whether a word is one that smaller dictionaries leave out."""
    return len(found) >= _LEAST_LISTED and not is_word(found.lower()) and not is_name(found)


def _bits(word: str) -> int:
    """The letters of a word, one bit for each."""
    found = 0
    for letter in word.lower():
        found |= 1 << (ord(letter) & 31)
    return found


def _common(one: str, other: str) -> int:
    """How many letters two words have in common at their beginnings."""
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
