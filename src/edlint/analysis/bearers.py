"""Bearers: whether two spellings close to each other are of one person, place or thing, as far as an article tells.

The evidence is the whole article's, not one mention's. For one bearer speak a given name, a surname or half of a double
surname that both spellings have, and that one is introduced with a given name while nobody says who the other is.
Against it speak different given names, different surnames, endings that English gives to words, and one sentence that
has both, since nobody misspells a name beside itself. Dictionaries count where the article says little.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from edlint.analysis.edits import LONG, Edit, difference, is_clan, is_deliberate, is_derived, is_mute, is_plural, sound
from edlint.analysis.names import Form, Mention, bare, folded, lower_case
from edlint.analysis.sentences import sentences
from edlint.analysis.wordlist import is_given_word, is_name, is_word, nicknames
from edlint.article import Terms
from edlint.finding import Place
from edlint.text import Block

SHORTEST = 4
# More pairs of neighbours than this are only looked at for equal ones.
_MANY = 400
_HUMP = re.compile(r"[A-Z]")
# How far before a surname, in characters, a word of kinship stands: `her younger brother, Emrys`.
_KIN = 40


@dataclass(frozen=True)
class Words:
    """What is known of words, asked for few of them; `kin` finds a word of kinship right before a name."""

    blocks: tuple[Block, ...]
    kin: "re.Pattern[str] | None" = None
    terms: Terms | None = None

    @cached_property
    def lower(self) -> frozenset[str]:
        """The words that stand in lower case in the article."""
        return lower_case(self.blocks)

    def ordinary(self, form: Form) -> bool:
        """Says whether a form is an ordinary word too."""
        return is_word(form.key) or form.key in self.lower

    def proper(self, form: Form) -> bool:
        """Says whether dictionaries list a form as a name."""
        return is_name(form.text)

    def right(self, form: Form) -> bool:
        """Says whether the house spells a form so."""
        return bool(self.terms and self.terms.is_right(form.key))

    def known(self, form: Form) -> bool:
        """Says whether a form is a word or a name of dictionaries or of the article."""
        return self.proper(form) or self.ordinary(form)

    def is_kin(self, place: Place) -> bool:
        """Says whether a word of kinship introduces the name at a place."""
        before = place.block.text[max(place.span.start - _KIN, 0) : place.span.start]
        return bool(self.kin and self.kin.search(before))


def ranked(one: Form, other: Form, words: Words) -> tuple[Form, Form]:
    """Gives the form to report and the one to hold it against.

    The latter is the house's, the more frequent, accented, introduced, known or earlier one.
    """

    def weight(form: Form) -> tuple[bool, int, bool, bool, bool, int]:
        known = words.known(form) or is_name(form.text.removesuffix("s"))
        accented = not form.key.isascii()
        return words.right(form), form.count, accented, is_introduced(form), known, -form.mentions[0].order

    return (one, other) if weight(one) < weight(other) else (other, one)


def is_one(few: Form, many: Form, edit: Edit, words: Words) -> bool:
    """Says whether two spellings are of one bearer."""
    if _are_apart(few, many, words):
        return False
    if few.halves & many.halves and not is_plural(few.key, many.key):
        return not (words.ordinary(few) and words.ordinary(many))
    if _are_two_words(few, many, edit, words):
        return False
    if _frames(few) & _frames(many):
        return True
    shared = _shared(few.givens, many.givens) | _shared(few.families, many.families)
    if _is_no_slip(few, many, edit, shared) or (_recurs(few, many, words) and not shared and edit.distance):
        return False
    if is_clan(few.key, many.key) and not shared:
        return is_claimed(few, many)
    return _is_one_by_letters(few, many, edit, words, shared)


def _is_one_by_letters(few: Form, many: Form, edit: Edit, words: Words, shared: frozenset[str]) -> bool:
    """Says whether two spellings are near enough for what dictionaries know of them."""
    if not edit.distance:
        return _is_one_but_for_marks(few, many, shared, words)
    if words.known(few) and words.known(many):
        return _is_one_known(few, many, edit, words)
    if edit.distance > 1:
        return _is_one_far(few, many, edit, words)
    return _is_one_near(few, many, edit, words, shared)


def _is_no_slip(few: Form, many: Form, edit: Edit, shared: frozenset[str]) -> bool:
    """Says whether the letters that differ are none that somebody mistakes."""
    if not edit.start and edit.distance and not _is_one_given(few, many):
        return True
    if shared:
        return False
    deliberate = is_deliberate(few.text, many.text, edit) and not is_claimed(few, many)
    return deliberate or _has_new_hump(few.text, many.text, edit)


def _recurs(few: Form, many: Form, words: Words) -> bool:
    """Says whether a form is too frequent to be a slip of the other."""
    return few.count > 2 and few.count * 3 > many.count and not words.right(many)


def is_claimed(few: Form, many: Form) -> bool:
    """Says whether the article says who bears one form and nothing of the other."""
    return is_introduced(many) and _is_lonely(few)


def _is_one_given(few: Form, many: Form) -> bool:
    """Says whether one given name stands before both forms, or both are one given name before one surname."""
    return any(map(is_given, few.givens & many.givens)) or (
        bool(few.families & many.families) and sound(few.key) == sound(many.key)
    )


def _is_one_but_for_marks(few: Form, many: Form, shared: frozenset[str], words: Words) -> bool:
    """Says whether two forms that accents or an apostrophe tell apart are one."""
    if shared:
        return True
    if bare(few.key) == bare(many.key) and not any(mention.opens for mention in few.mentions):
        return few.key not in words.lower
    if words.ordinary(few) or (words.ordinary(many) and not is_introduced(many)):
        return False
    return bare(few.key) == bare(many.key) or (_is_lonely(few) and (is_introduced(many) or not words.known(many)))


def _is_one_far(few: Form, many: Form, edit: Edit, words: Words) -> bool:
    """Says whether two forms that differ in two letters, one of them unknown, are one."""
    shared = _shared(few.givens, many.givens) | _shared(few.families, many.families)
    claimed = is_claimed(few, many)
    if is_camel(few.text) or is_camel(many.text) or not edit.end or edit.start < (1 if edit.slip else 2):
        return False
    if not shared and (words.known(few) or words.known(many)):
        return False
    if edit.slip and (shared or claimed):
        return True
    return edit.end > 1 or edit.start + edit.end > LONG or (claimed and len(few.key) > LONG)


def _is_one_near(few: Form, many: Form, edit: Edit, words: Words, shared: frozenset[str]) -> bool:
    """Says whether two forms that differ in one letter, one of them unknown, are one."""
    if words.ordinary(few) or (words.ordinary(many) and not is_introduced(many)):
        return _is_slip(few, many, edit, words, shared)
    proper = words.proper(few) or words.proper(many)
    inner = edit.start > 0 and (edit.end > 0 or edit.slip or not proper)
    lengths = len(few.key), len(many.key)
    return bool(shared) or (inner and (min(lengths) if words.proper(few) else max(lengths)) > SHORTEST)


def _has_new_hump(one: str, other: str, edit: Edit) -> bool:
    """Says whether what differs is a capital within the word, which is no slip: CPython, Cython."""
    differing = (word[edit.start : len(word) - edit.end] for word in (one, other))
    return (is_camel(one) or is_camel(other)) and edit.start > 0 and any(map(_HUMP.search, differing))


def _is_slip(few: Form, many: Form, edit: Edit, words: Words, shared: frozenset[str]) -> bool:
    """Says whether an unknown spelling and an ordinary word with a capital are one."""
    word, other = (few, many) if words.ordinary(few) else (many, few)
    if is_camel(other.text) or (all(mention.opens for mention in word.mentions) and len(word.key) <= LONG):
        return False
    if shared and edit.start:
        return True
    if word is few:
        claimed = edit.start > 0 and is_claimed(few, many)
        return claimed and (_speaks(few) or (len(few.key) > LONG and few.key not in words.lower))
    sure = edit.slip and len(few.key) > 5
    return edit.start > 0 and edit.end > 0 and (sure or (len(few.key) > LONG and few.count * 2 <= many.count))


def _is_one_known(few: Form, many: Form, edit: Edit, words: Words) -> bool:
    """Says whether two spellings that dictionaries know are one name: only a given name or a speech tells."""
    if edit.distance > 1 or (words.ordinary(few) and words.ordinary(many)):
        return False
    if any(map(_is_namelike, few.givens & many.givens)):
        return True
    if few.families & many.families:
        return sound(few.key) == sound(many.key) or bool(nicknames(few.key) & nicknames(many.key))
    if not edit.start or words.ordinary(few) or not is_claimed(few, many):
        return False
    sure = edit.slip or (len(few.key) >= LONG and edit.end > 0 and many.count > 2)
    return _speaks(few) or (sure and not all(mention.opens for mention in few.mentions))


# What speaks for one bearer


def _is_lonely(form: Form) -> bool:
    """Says whether a form has neither given name nor title, so that nobody introduced who bears it."""
    return not (form.givens or form.families or _is_titled(form))


def _is_namelike(name: str) -> bool:
    """Says whether a folded word is more of a name than an ordinary word, or may be a given name."""
    return is_given(name) or not is_word(name)


def _is_titled(form: Form) -> bool:
    return any(mention.titled for mention in form.mentions)


def _speaks(form: Form) -> bool:
    return any(mention.speaks for mention in form.mentions)


def is_introduced(form: Form) -> bool:
    """Says whether a form is a surname, since a given name stands before it somewhere."""
    return any(map(_is_namelike, form.givens))


def is_given(name: str) -> bool:
    """Says whether a folded word is a person's given name rather than a word or a place."""
    return (
        bool(nicknames(name))
        or is_given_word(name)
        or (is_name(name.capitalize()) and not is_word(name) and len(name) < 10)
    )


def is_camel(word: str) -> bool:
    """Says whether a word has a capital within, other than those of Scotland, Ireland and Italy."""
    return any(letter.isupper() for letter in word[1:]) and not re.match(r"(?:Ma?c|O'|O’|D'|D’)[A-Z][a-z]+$", word)


def _shared(ones: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Gives the names of the first that are, or may be, one of the second."""
    same = ones & others
    if same or len(ones) * len(others) > _MANY:
        return same
    return frozenset(one for one in ones if any(_is_like(one, other) for other in others))


def _is_like(one: str, other: str) -> bool:
    if one == other or bare(one) == bare(other):
        return True
    if min(len(one), len(other)) < 3:
        return one[0] == other[0]
    edit = difference(one, other)
    return bool(edit and edit.distance == 1 and edit.start) or bool(nicknames(one) & nicknames(other))


def _frames(form: Form) -> set[tuple[str, str]]:
    """Gives what stands before and after a form at once: Federal … Commission."""
    return {(folded(m.given), folded(m.family)) for m in form.mentions if m.given and m.family}


# What speaks against it


def _are_two_words(few: Form, many: Form, edit: Edit, words: Words) -> bool:
    """Says whether English makes one of two words of the other: Tennessee, Tennessean."""
    if not is_derived(few.key, many.key) or not (words.known(few) or not edit.slip):
        return False
    shared = few.givens & many.givens | few.families & many.families
    claimed = is_claimed(few, many)
    if is_mute(few.key, many.key) and (shared or claimed):
        return False
    # A person's name has a plural, but one that ends in s has no singular.
    if not is_plural(few.key, many.key) or not shared:
        return True
    lost = len(few.key) < len(many.key) and not words.known(few) and any(map(_is_namelike, few.givens & many.givens))
    return not (lost or _frames(few) & _frames(many))


def _are_apart(few: Form, many: Form, words: Words) -> bool:
    """Says whether the article tells two bearers apart."""
    if _clash(few, many, words):
        return not _is_kin(few, many, words)
    if few.families & many.families and _is_other_kin(few, many, words):
        return True
    if few.count > 1 and _is_titled(few) and not _is_titled(many):
        return True
    if not _is_established(few, many, words):
        return False
    # `Jane Larsen left, and Larson sang`: of one given name, only two full names are two people.
    same = few.givens & many.givens
    ones, others = ([m for m in form.mentions if not same or folded(m.given) in same] for form in (few, many))
    return are_together(ones, others)


def _clash(few: Form, many: Form, words: Words) -> bool:
    """Says whether what stands around two forms tells two bearers apart: other names, or another place in a name."""
    mine, theirs = _namelike(few.givens), _namelike(many.givens)
    if mine and theirs and not _shared(mine, theirs):
        return True
    families = few.families and many.families and not _shared(few.families, many.families)
    if families and (few.count > 1 or words.known(few) or _namelike(few.families) or _namelike(many.families)):
        return True
    after, behind = (any(not is_word(name) for name in form.families) for form in (few, many))
    if after and not mine and not many.families:
        return True
    return bool(behind and not theirs and mine and not few.families)


def _is_kin(few: Form, many: Form, words: Words) -> bool:
    """Says whether the rarer form is a surname that kinship makes the other's: his mother, Folasade Oyelaren."""
    (mention, *more) = few.mentions
    if more or few.families or not few.givens or words.known(few) or not is_introduced(many):
        return False
    given = len(mention.given) + 1
    place = mention.place
    start = place.block.text.rfind(mention.given, 0, place.span.start)
    return start > place.span.start - given - _KIN and words.is_kin(_at(place, start))


def _is_other_kin(few: Form, many: Form, words: Words) -> bool:
    """Says whether kinship introduces one of two given names after the other has been named: his sister, Stefania."""
    ones = [mention.order for mention in few.mentions if words.is_kin(mention.place)]
    others = [mention.order for mention in many.mentions if words.is_kin(mention.place)]
    return bool(ones) or any(order > few.mentions[0].order for order in others)


def _at(place: Place, start: int) -> Place:
    return place._replace(span=place.span._replace(start=start))


def _is_established(few: Form, many: Form, words: Words) -> bool:
    """Says whether a form is no mere slip: dictionaries know it, it recurs, or a name stands beside it."""
    known = words.known(few) or is_name(few.text.removesuffix("s"))
    recurs = few.count > 1 and few.count * 3 > many.count
    return known or recurs or bool(_namelike(few.givens) or _namelike(few.families))


def are_together(ones: Iterable[Mention], others: Iterable[Mention]) -> bool:
    """Says whether one sentence, or one heading, has a mention of both."""
    return are_side_by_side([mention.place for mention in ones], [mention.place for mention in others])


def are_side_by_side(ones: Sequence[Place], others: Sequence[Place]) -> bool:
    """Says whether one sentence, or one heading, has one of each of two sorts of places."""
    blocks = {id(place.block) for place in ones} & {id(place.block) for place in others}
    return bool(blocks) and not set(_sentences(ones, blocks)).isdisjoint(_sentences(others, blocks))


def _sentences(places: Iterable[Place], blocks: set[int]) -> Iterator[tuple[int, int]]:
    """Gives the sentences of places by their blocks and numbers."""
    for block, (start, _) in places:
        if id(block) in blocks:
            yield id(block), bisect_right(_ends(block.text), start)


@lru_cache(64)  # the names of one article are asked for one after the other
def _ends(text: str) -> tuple[int, ...]:
    return tuple(span.end for span in sentences(text))


def _namelike(words: frozenset[str]) -> frozenset[str]:
    """Gives those of the words before or after a name that are no ordinary words."""
    return frozenset(word for word in words if not is_word(word) or is_name(word.capitalize()))
