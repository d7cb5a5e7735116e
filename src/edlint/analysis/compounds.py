"""Compounds: names that are two words, or one, or two with a hyphen, and in which order the two stand.

`Fox Hollow` and `Foxhollow` are one place where the same word stands before or after both; where different ones do
(`Bay View Church`, `Bayview Avenue`), or one sentence has both, they are two.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from edlint.analysis.bearers import SHORTEST, are_together, is_camel, is_given
from edlint.analysis.dates import CALENDAR
from edlint.analysis.names import PARTICLES, Form, Mention, folded
from edlint.analysis.wordlist import is_name, is_word
from edlint.finding import Place
from edlint.text import Span

_ADJECTIVE = re.compile(r"(?:an|ish|ese|ic|ino|ina)s?$")
# Half of a name has this many letters, and a name that may be written as two words this many.
_HALF, _WHOLE = 2, 6
_GAPS = (" ", "-", "'s ")
_RUNNING = frozenset({"paragraph", "list", "blockquote", "table", "caption", "footnote"})
_SIDES = ("before", "after")


class Compound(NamedTuple):
    """One place of a name of two words: `way` is what stands between them, `before` and `after` what stands around.

    `first` and `second` are folded, and `second` is empty where both are written as one word.
    """

    place: Place
    mention: Mention
    way: str
    first: str
    second: str = ""
    before: str = ""
    after: str = ""

    @property
    def is_ordinary(self) -> bool:
        """Whether dictionaries have all of its words as ordinary ones."""
        return all(len(word) < SHORTEST or is_word(word) for word in (self.first, self.second))

    @property
    def runs(self) -> bool:
        """Whether it stands in running text, where neither a headline nor a picture's file name gives it its shape."""
        return self.mention.place.block.kind.partition(".")[0] in _RUNNING


Written = list[Compound]


def rejoined(found: dict[str, Form]) -> Iterator[tuple[Written, Written]]:
    """Gives each two ways in which a name is written, as long as they are one name's: Wal-Mart, Walmart."""
    by_key: dict[str, dict[str, Written]] = defaultdict(lambda: defaultdict(list))
    for compound in _compounds(found):
        by_key[compound.first + compound.second][compound.way].append(compound)
    for key, ways in by_key.items():
        single = found.get(key)
        if single and len(key) >= _WHOLE:
            ways[""] = [_single(mention, key) for mention in single.mentions]
        for one, other in combinations(ways.values(), 2):
            if _are_one(one, other):
                yield (one, other) if one[0].mention.order < other[0].mention.order else (other, one)


def reversed_(found: dict[str, Form]) -> Iterator[tuple[Written, Written]]:
    """Gives each two names whose words change places: Salas-Dieckmann, Dieckmann-Salas."""
    by_words: dict[tuple[str, str, str], Written] = defaultdict(list)
    for compound in _compounds(found):
        by_words[compound.first, compound.second, compound.way].append(compound)
    for (first, second, way), one in by_words.items():
        other = by_words.get((second, first, way), []) if first < second else []
        if other and _is_reversible(one, other) and not _together(one, other):
            yield one, other


def _is_reversible(one: Written, other: Written) -> bool:
    """Says whether two words have but one right order, as far as dictionaries and what follows tell."""
    halves = (one[0].first, one[0].second)
    if any(_ADJECTIVE.search(word) or word in PARTICLES or len(word) <= _HALF for word in halves):
        return False
    framed = {compound.after for compound in one} & {compound.after for compound in other} - {""}
    if one[0].way == "-" and framed:
        return True
    strange = any(len(word) > 3 and not (is_word(word) or is_name(word.capitalize())) for word in halves)
    return strange and not any(is_word(word) or is_camel(word) for word in halves)


def _compounds(found: dict[str, Form]) -> Iterator[Compound]:
    mentions = sorted((mention for form in found.values() for mention in form.mentions), key=lambda m: m.order)
    for one, other in zip([None, *mentions], mentions, strict=False):
        if one and (gap := _gap(one, other)):
            place = Place(other.place.block, Span(one.place.span.start, other.place.span.end))
            first, second = folded(one.text) + gap.strip(" -’'"), folded(other.text)
            compound = Compound(place, other, gap, first, second, folded(one.given), folded(other.family))
        elif other.joint.endswith(" "):
            start, end = other.place.span
            place = Place(other.place.block, Span(max(start - len(other.joint), 0), end))
            first, second = folded(other.joint[:-1]), folded(other.text)
            compound = Compound(place, other, " ", first, second, folded(other.given), folded(other.family))
        else:
            continue
        if min(len(compound.first), len(compound.second)) >= _HALF and compound.second not in CALENDAR:
            yield compound


def _gap(one: Mention, other: Mention) -> str:
    """Gives the space, the hyphen or the possessive ending that alone stands between two words, or nothing."""
    if one.place.block is not other.place.block:
        return ""
    gap = one.place.block.text[one.place.span.end : other.place.span.start].replace("’", "'")
    return gap if gap in _GAPS and (gap != "-" or other.joint) else ""


def _single(mention: Mention, key: str) -> Compound:
    return Compound(mention.place, mention, "", key, "", folded(mention.given), folded(mention.family))


def _are_one(one: Written, other: Written) -> bool:
    """Says whether two ways of writing are of one name."""
    befores, afters = ([{getattr(c, side) for c in ways} - {""} for ways in (one, other)] for side in _SIDES)
    if any(mine and theirs and not mine & theirs for mine, theirs in (befores, afters)):
        return False
    firm = bool(befores[0] & befores[1]) or any(c.first in PARTICLES for c in (one[0], other[0]))
    if not firm and _together(one, other):
        return False
    framed = firm or bool(afters[0] & afters[1])
    if one[0].second and other[0].second:
        claimed = any(befores) and any(not (b | a) for b, a in zip(befores, afters, strict=True))
        return _is_joinable(one[0]) or ((framed or claimed) and not one[0].is_ordinary)
    single, double = (one[0], other) if not one[0].second else (other[0], one)
    return _is_joined(single, double, framed) and (framed or all(any(c.runs for c in ways) for ways in (one, other)))


def _is_joined(single: Compound, double: Written, framed: bool) -> bool:
    """Says whether one word and two are one name; `framed` where the same word stands beside both."""
    if is_camel(single.mention.text) and double[0].way == " ":
        return not is_given(double[0].first)
    if all(compound.mention.opens for compound in double):
        return False
    return _is_joinable(double[0]) if double[0].way == "-" else framed or not is_word(single.first)


def _is_joinable(compound: Compound) -> bool:
    """Says whether two words can be one name, rather than two, or an adjective such as `Franco-German`."""
    first, second = compound.first, compound.second
    if first in PARTICLES or compound.way not in (" ", "-"):
        return not is_word(second)
    return (
        min(len(first), len(second)) > _HALF
        and not _ADJECTIVE.search(second)
        and not all(is_word(word) or is_name(word.capitalize()) for word in (first, second))
    )


def _together(one: Iterable[Compound], other: Iterable[Compound]) -> bool:
    return are_together([compound.mention for compound in one], [compound.mention for compound in other])
