"""Edits: how two words differ, and what such a difference is worth as a slip of the pen.

Words are compared letter by letter, folded in case. Nothing here knows of articles or bearers.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

# Two letters may differ from here on; a shorter word two letters away is another word.
LONG = 7
# More words than this so alike are a catalogue, not an article, and are not compared.
_CROWD = 25
_ENDINGS = frozenset(
    "s es n an ian ean ese ish i er ers or ors r rs d ed ing ings e ies y ic ics ical al ally ly ism isms ist ists ity "
    "ite ites ment ments ation ations ion ions ive able ible ance ence ant ants ent ents ency ancy ate ates ize ise "
    "ized ised o a os as ans ians ness ful less ship".split()
) | {""}
# Endings that hang on a vowel: a Chinan is none, and Coopr no cousin of Cooper.
_ON_VOWEL = frozenset({"n", "ns", "r", "rs", "d"})
# Endings of one meaning: no word has both, so one of the two is wrong.
_SAME = frozenset(
    tuple(sorted(pair.split("/")))
    for pair in (
        "er/or ers/ors s/es es/os an/n an/ean an/ian ean/ian ance/ence ant/ent ants/ents ancy/ency able/ible ate/ite"
    ).split()
)
# Endings of surnames that make no other word of them: Prothero, Protheroe; Castellane, Castellano.
_MUTE = frozenset({("", "e"), ("e", "o"), ("e", "i")})
# Letters that are taken for each other, by ear or since their keys are neighbours.
_ALIKE = tuple(
    map(
        frozenset,
        (
            "aeiouyäöüáéíóúøæåàèê mn szcçśšzž ckgqx dt bp bv vwf gj rl ijy ln hn uv "
            "qwas ersd rtyfgh uihjy opkl asqz sdwx dfec fgrv ghtb hjyn jkum klio zxas xcsd cvdf vbfg bngh nmhj wr"
        ).split(),
    )
)


class Edit(NamedTuple):
    """How two folded words differ: by `distance` letters, after `start` equal ones and before `end` equal ones.

    `slip` where fingers do it: two letters change places, or one is doubled, or one of two is lost.
    """

    distance: int
    start: int
    end: int
    slip: bool


def neighbours(words: Iterable[str]) -> set[tuple[str, str]]:
    """Gives pairs of words that may be near each other, without comparing all with all.

    One letter apart: both become the same word when they lose the right letter (SymSpell's symmetric deletes). Two
    letters apart: both begin and end alike, as a slip leaves them, or have the same letters.
    """
    shelves: dict[str, list[str]] = defaultdict(list)
    for word in words:
        shelves[word].append(word)
        for shorter in {word[:i] + word[i + 1 :] for i in range(len(word))}:
            shelves[shorter].append(word)
        if len(word) >= LONG:
            shelves[f"{word[:2]}*{word[-2:]}"].append(word)
            shelves[f"{word[:LONG]}*"].append(word)
            shelves["".join(sorted(word)) + "*"].append(word)
    close = (shelf for shelf in shelves.values() if 1 < len(shelf) <= _CROWD)
    return {
        (min(pair), max(pair))
        for shelf in close
        for pair in combinations(shelf, 2)
        if abs(len(pair[0]) - len(pair[1])) < 3
    }


def difference(one: str, other: str) -> Edit | None:
    """Tells how two words differ, or None where more than two letters do."""
    start = _start(one, other)
    rest = min(len(one), len(other)) - start
    end = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    if len(left) == len(right) == 2 and left == right[::-1]:
        return Edit(1, start, end, True)
    if max(len(left), len(right)) == 1:
        twice = not (left and right) and one[start - 1 : start] == (left or right)
        return Edit(1, start, end, twice)
    from rapidfuzz.distance import OSA  # in few articles two names are near enough to count their slips

    apart = OSA.distance(left, right, score_cutoff=2)
    return Edit(apart, start, end, sorted(left) == sorted(right)) if apart <= 2 else None


def is_derived(one: str, other: str) -> bool:
    """Says whether two words differ by endings that English gives to words."""
    return any(_are_endings(one, other, stem) for stem in range(_start(one, other), max(_start(one, other) - 3, 2), -1))


def is_plural(one: str, other: str) -> bool:
    """Says whether two words differ in a last s only."""
    return f"{one}s" == other or f"{other}s" == one


def is_mute(one: str, other: str) -> bool:
    """Says whether two words differ in a last vowel that makes no other word of a surname: Prothero, Protheroe."""
    start = _start(one, other)
    return (*sorted((one[start:], other[start:])),) in _MUTE


def _start(one: str, other: str) -> int:
    return next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))


def _are_endings(one: str, other: str, stem: int) -> bool:
    endings = one[stem:], other[stem:]
    if not _ENDINGS.issuperset(endings) or tuple(sorted(endings)) in _SAME:
        return False
    return one[stem - 1] in "aeiouy" or not _ON_VOWEL.intersection(endings)


def is_deliberate(one: str, other: str, edit: Edit) -> bool:
    """Says whether one consonant stands for another that neither ear nor finger takes for it: Wikimedia, Wikipedia."""
    letters = {word[edit.start : len(word) - edit.end].lower() for word in (one, other)}
    if edit.distance != 1 or edit.slip or {len(letter) for letter in letters} != {1}:
        return False
    return not any(letters <= alike for alike in _ALIKE)


def is_clan(one: str, other: str) -> bool:
    """Says whether two names differ in `Mac` and `Mc` only, both of which there are."""
    shorter, longer = sorted((one, other), key=len)
    return shorter.startswith("mc") and longer == f"mac{shorter[2:]}"


def sound(name: str) -> str:
    """Gives what is left of a given name when spellings of one sound are made one: Hilary, Hillary; Jon, John."""
    name = name.replace("ph", "f").replace("ck", "k").replace("ch", "k").replace("c", "k").replace("q", "k")
    name = re.sub(r"h|(?<=.)e$", "", name).replace("y", "i").replace("z", "s").replace("ie", "i").replace("ei", "i")
    return re.sub(r"(.)\1", r"\1", name)
