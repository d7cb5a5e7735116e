"""names: one person, organisation, place or thing spelt in two ways in one article.

What is compared are single words with a capital, since a misspelling is one of a word: `Pellfier` with `Pellifer`,
whatever stands before. Two spellings close to each other are reported only where the rest of the article speaks for
one bearer: dictionaries do not know the rarer form, or both follow one given name, or the rarer form speaks and nobody
introduced it. Different given names, different surnames, and endings that English gives to words (`Tennessean`,
`Clintons`) speak against it, and so do words that differ in their first letter only, until a given name joins them.
Nothing here asks a language model.

Keys:
- `ignore`: spellings that are right as they stand.
- `spoken-of`: words beside which a spelling is the matter itself: `Brice, often misspelt Bryce`.
- `nicknames`: whether `Dave Moss` and `David Moss` are reported.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, TypeVar

from edlint.analysis.names import PARTICLES, Form, Mention, bare, folded, forms, lower_case
from edlint.analysis.views import seen
from edlint.analysis.wordlist import is_name, is_word, nicknames
from edlint.article import Article, Terms
from edlint.finding import Hit, Place, RelatedPlace
from edlint.rule import Rule
from edlint.text import Block, Span

T = TypeVar("T")

FAULTS = ("spelling", "nickname", "initial", "joining")
_SHORTEST = 4
# Two letters may differ from here on; a shorter word two letters away is another word.
_LONG = 7
# More words than this so alike are a catalogue, not an article, and are not compared.
_CROWD = 25
# More pairs of neighbours than this are only looked at for equal ones.
_MANY = 400
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
_CALENDAR = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december".split()
)
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
_HUMP = re.compile(r"[A-Z]")
# Between two spellings that are set beside each other on purpose: Kyiv, or Kiev; Tick-Tock.
_CONTRAST = re.compile(r"[\W_]{0,3}(?:(?:or|not|now|aka|versus|vs\.?|instead of|rather than|once|then)[\W_]{1,2})?")
# How near to a spelling, in characters, a word must stand to speak of it; and the other spelling, to be set beside it.
_NEAR = 20
_BESIDE = 100
_ADJECTIVE = re.compile(r"(?:an|ish|ese|ic|ino|ina)s?$")


@dataclass(frozen=True)
class Options:
    ignore: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()
    nicknames: bool = True

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The spellings to leave alone, folded."""
        return frozenset(folded(word) for word in self.ignore)

    @cached_property
    def matter(self) -> "re.Pattern[str] | None":
        """What shows that a spelling is the matter itself."""
        words = "|".join(re.escape(word) for word in self.spoken_of)
        return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) if words else None


class Edit(NamedTuple):
    """How two folded words differ: by `distance` letters, after `start` equal ones and before `end` equal ones.

    `slip` where fingers do it: two letters change places, or one is doubled or halved.
    """

    distance: int
    start: int
    end: int
    slip: bool


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each pair of spellings, at the rarer one's first place, unless the house accepts both."""
    for hit in _hits(article, rule):
        rare, usual, *_ = map(str, hit.args)
        if not (article.terms and article.terms.are_one(rare, usual)):
            yield hit


def _hits(article: Article, rule: Rule) -> Iterator[Hit]:
    options: Options = rule.options
    blocks = tuple(seen(article, rule.scope))
    found = {key: form for key, form in forms(blocks).items() if key not in options.ignored}
    words = _Words(blocks, article.terms)
    yield from _misspelt(found, words, options)
    yield from _initialled(found)
    if options.nicknames:
        yield from _nicknamed(found)
    yield from _joined(found)


@dataclass(frozen=True)
class _Words:
    """What is known of words, asked for few of them."""

    blocks: tuple[Block, ...]
    terms: Terms | None = None

    @cached_property
    def lower(self) -> frozenset[str]:
        return lower_case(self.blocks)

    def ordinary(self, form: Form) -> bool:
        return is_word(form.key) or form.key in self.lower

    def proper(self, form: Form) -> bool:
        return is_name(form.text)

    def right(self, form: Form) -> bool:
        return bool(self.terms and self.terms.is_right(form.key))

    def known(self, form: Form) -> bool:
        return self.proper(form) or self.ordinary(form)


# Spellings of one word


def _misspelt(found: dict[str, Form], words: _Words, options: Options) -> Iterator[Hit]:
    partners: dict[str, list[Form]] = defaultdict(list)
    for one, other, edit in _near(found):
        few, many = _ranked(one, other, words)
        if _is_one(few, many, edit, words) and not _is_matter(few, many, options):
            partners[few.key].append(many)
    for key, choices in partners.items():
        many = max(choices, key=lambda form: form.count)
        yield _hit("spelling", _places(found[key]), _places(many))


def _places(form: Form) -> list[Place]:
    return [mention.place for mention in form.mentions]


def _near(found: dict[str, Form]) -> Iterator[tuple[Form, Form, Edit]]:
    """Gives the pairs of forms that differ by one letter, two in long words, or by accents."""
    plain: dict[str, list[str]] = defaultdict(list)
    for key in found:
        if len(key) >= _SHORTEST:
            plain[bare(key).replace("'", "")].append(key)
    for keys in plain.values():
        yield from ((found[a], found[b], Edit(0, len(a), len(b), True)) for a, b in _pairs(keys))
    for one, other in sorted(_neighbours(plain)):
        edit = difference(one, other)
        if edit and edit.distance <= (2 if min(len(one), len(other)) >= _LONG else 1):
            yield from ((found[a], found[b], edit) for a in plain[one] for b in plain[other])


def _pairs(things: list[T]) -> Iterator[tuple[T, T]]:
    return ((one, other) for i, one in enumerate(things) for other in things[i + 1 :])


def _neighbours(words: Iterable[str]) -> set[tuple[str, str]]:
    """Gives pairs of words that may be near each other, without comparing all with all.

    One letter apart: both become the same word when they lose the right letter (SymSpell's symmetric deletes). Two
    letters apart: both begin and end alike, as `_is_one` asks of them.
    """
    shelves: dict[str, list[str]] = defaultdict(list)
    for word in words:
        shelves[word].append(word)
        for shorter in {word[:i] + word[i + 1 :] for i in range(len(word))}:
            shelves[shorter].append(word)
        if len(word) >= _LONG:
            shelves[f"{word[:2]}*{word[-2:]}"].append(word)
            shelves[f"{word[:_LONG]}*"].append(word)
    close = (shelf for shelf in shelves.values() if 1 < len(shelf) <= _CROWD)
    return {(min(pair), max(pair)) for shelf in close for pair in _pairs(shelf) if abs(len(pair[0]) - len(pair[1])) < 3}


def difference(one: str, other: str) -> Edit | None:
    """Tells how two words differ, or None where more than two letters do."""
    start = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
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
    return Edit(apart, start, end, False) if apart <= 2 else None


def _ranked(one: Form, other: Form, words: _Words) -> tuple[Form, Form]:
    """Gives the form to report and the one to hold it against: the house's, more frequent, accented, known, earlier."""

    def weight(form: Form) -> tuple[bool, int, bool, bool, bool, int]:
        known = words.known(form) or is_name(form.text.removesuffix("s"))
        return words.right(form), form.count, not form.key.isascii(), known, bool(form.givens), -form.mentions[0].order

    return (one, other) if weight(one) < weight(other) else (other, one)


def _is_one(few: Form, many: Form, edit: Edit, words: _Words) -> bool:
    """Says whether two spellings are of one name, as far as the article tells."""
    if _clash(few, many) or (_is_derived(few.key, many.key) and (words.known(few) or not edit.slip)):
        return False
    shared = _shared(few.givens, many.givens) | _shared(few.families, many.families)
    if not shared and (_is_deliberate(few.text, many.text, edit) or _has_new_hump(few.text, many.text, edit)):
        return False
    if not edit.start and not any(map(_is_given, few.givens & many.givens)):
        return False
    if _is_clan(few.key, many.key) and not shared:
        return _is_introduced(many) and _is_lonely(few)
    ordinary = words.ordinary(few), words.ordinary(many) and not _is_introduced(many)
    if not edit.distance:
        return not any(ordinary) and (bare(few.key) == bare(many.key) or not words.known(many))
    if few.count > 2 and few.count * 3 > many.count and not shared and not words.right(many):
        return False
    if words.known(few) and words.known(many):
        return _is_one_known(few, many, edit, words)
    if edit.distance > 1:
        equal = edit.start + edit.end
        firm = edit.start > 1 and edit.end > 0 and (edit.end > 1 or equal > _LONG)
        firm = firm and not (_is_camel(few.text) or _is_camel(many.text))
        return firm and (bool(shared) or not (words.known(few) or words.known(many)))
    if any(ordinary):
        return _is_slip(few, many, edit, ordinary, shared)
    proper = words.proper(few) or words.proper(many)
    inner = edit.start > 0 and (edit.end > 0 or edit.slip or not proper)
    lengths = len(few.key), len(many.key)
    return bool(shared) or (inner and (min(lengths) if words.proper(few) else max(lengths)) > _SHORTEST)


def _is_deliberate(one: str, other: str, edit: Edit) -> bool:
    """Says whether one consonant stands for another that neither ear nor finger takes for it: Wikimedia, Wikipedia."""
    letters = {word[edit.start : len(word) - edit.end].lower() for word in (one, other)}
    if edit.distance != 1 or edit.slip or {len(letter) for letter in letters} != {1}:
        return False
    return not any(letters <= alike for alike in _ALIKE)


def _has_new_hump(one: str, other: str, edit: Edit) -> bool:
    """Says whether what differs is a capital within the word, which is no slip: CPython, Cython."""
    differing = (word[edit.start : len(word) - edit.end] for word in (one, other))
    return (_is_camel(one) or _is_camel(other)) and edit.start > 0 and any(map(_HUMP.search, differing))


def _is_clan(one: str, other: str) -> bool:
    """Says whether two names differ in `Mac` and `Mc` only, both of which there are."""
    shorter, longer = sorted((one, other), key=len)
    return shorter.startswith("mc") and longer == f"mac{shorter[2:]}"


def _is_slip(few: Form, many: Form, edit: Edit, ordinary: tuple[bool, bool], shared: frozenset[str]) -> bool:
    """Says whether an unknown spelling and an ordinary word with a capital are one."""
    word, other = (few, many) if ordinary[0] else (many, few)
    if _is_camel(other.text) or all(mention.opens for mention in word.mentions):
        return False
    if shared and edit.start:
        return True
    if word is few:
        return edit.start > 0 and _is_introduced(many) and _is_lonely(few) and _speaks(few)
    sure = edit.slip and len(few.key) > 5
    return edit.start > 0 and edit.end > 0 and (sure or (len(few.key) > _LONG and few.count * 2 <= many.count))


def _is_one_known(few: Form, many: Form, edit: Edit, words: _Words) -> bool:
    """Says whether two spellings that dictionaries know are one name: only a given name or a speech tells."""
    if edit.distance > 1 or (words.ordinary(few) and words.ordinary(many)):
        return False
    if any(_is_given(name) for name in few.givens & many.givens):
        return True
    if few.families & many.families:
        return _sound(few.key) == _sound(many.key)
    if not edit.start or words.ordinary(few) or not _is_introduced(many) or not _is_lonely(few):
        return False
    sure = edit.slip or (len(few.key) >= _LONG and edit.end > 0 and many.count > 2)
    return _speaks(few) or (sure and not all(mention.opens for mention in few.mentions))


def _is_lonely(form: Form) -> bool:
    """Says whether a form has neither given name nor title, so that nobody introduced who bears it."""
    return not (form.givens or form.families or any(mention.titled for mention in form.mentions))


def _speaks(form: Form) -> bool:
    return any(mention.speaks for mention in form.mentions)


def _is_introduced(form: Form) -> bool:
    """Says whether a form is a surname, since a given name stands before it somewhere."""
    return any(_is_given(name) or not is_word(name) for name in form.givens)


def _is_derived(one: str, other: str) -> bool:
    """Says whether two words differ by endings that English gives to words."""
    start = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    return any(_are_endings(one, other, stem) for stem in range(start, max(start - 3, 2), -1))


def _are_endings(one: str, other: str, stem: int) -> bool:
    endings = one[stem:], other[stem:]
    if not _ENDINGS.issuperset(endings) or tuple(sorted(endings)) in _SAME:
        return False
    return one[stem - 1] in "aeiouy" or not _ON_VOWEL.intersection(endings)


def _clash(few: Form, many: Form) -> bool:
    """Says whether what stands around two forms tells two bearers apart: other names, or another place in a name."""
    mine, theirs = _namelike(few.givens), _namelike(many.givens)
    if mine and theirs and not _shared(mine, theirs):
        return True
    if few.families and many.families and not _shared(few.families, many.families):
        return True
    after, behind = (any(not is_word(name) for name in form.families) for form in (few, many))
    if after and not mine and not many.families:
        return True
    return bool(behind and not theirs and mine and not few.families)


def _namelike(words: frozenset[str]) -> frozenset[str]:
    """Gives those of the words before or after a name that are no ordinary words."""
    return frozenset(word for word in words if not is_word(word) or is_name(word.capitalize()))


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


def _is_given(name: str) -> bool:
    """Says whether a folded word is a person's given name rather than a word or a place."""
    return bool(nicknames(name)) or (is_name(name.capitalize()) and not is_word(name) and len(name) < 10)


def _is_camel(word: str) -> bool:
    return any(letter.isupper() for letter in word[1:]) and not re.match(r"(?:Ma?c|O'|O’|D'|D’)[A-Z][a-z]+$", word)


def _sound(name: str) -> str:
    """Gives what is left of a given name when spellings of one sound are made one: Hilary, Hillary; Jon, John."""
    name = name.replace("ph", "f").replace("ck", "k").replace("ch", "k").replace("c", "k").replace("q", "k")
    name = re.sub(r"h|(?<=.)e$", "", name).replace("y", "i").replace("z", "s").replace("ie", "i").replace("ei", "i")
    return re.sub(r"(.)\1", r"\1", name)


def _is_matter(few: Form, many: Form, options: Options) -> bool:
    """Says whether the article speaks of the spelling itself, or sets the two beside each other on purpose."""
    if all(mention.alone for mention in few.mentions):
        return True
    usual = {id(mention.place.block): mention.place.span for mention in reversed(many.mentions)}
    for block, (start, end) in _places(few):
        near = Span(max(start - _NEAR, 0), end + _NEAR)
        other = usual.get(id(block))
        if other and abs(other.start - start) < _BESIDE:
            if _CONTRAST.fullmatch(block.text, min(end, other.end), max(start, other.start)):
                return True
            near = Span(min(near.start, other.start), max(near.end, other.end))
        if options.matter and options.matter.search(block.text, *near):
            return True
    return False


# One person under two given names, or two initials


def _full(found: dict[str, Form]) -> Iterator[list[tuple[Place, Mention]]]:
    """Gives, by surname, the full names in running text: from the given name on, with the surname's mention."""
    by_order = {mention.order: mention for form in found.values() for mention in form.mentions}
    for form in found.values():
        if form.givens and form.count > 1:
            names = [name for mention in form.mentions for name in _full_name(mention, by_order.get(mention.order - 1))]
            if len(names) > 1:
                yield names


def _full_name(mention: Mention, given: Mention | None) -> Iterator[tuple[Place, Mention]]:
    block, (_, end) = mention.place
    is_heading = block.kind in ("alt", "caption") or (mention.opens and "," not in block.text)
    if given and mention.given == given.text and not (is_heading or mention.family or given.given):
        yield Place(block, Span(given.place.span.start, end)), mention


def _initialled(found: dict[str, Form]) -> Iterator[Hit]:
    """Gives a hit where one full name has two middle initials: John P. Smith, John B. Smith."""
    for names in _full(found):
        by_initial: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place, mention in names:
            if len(mention.initials) == 1:
                by_initial[mention.given, mention.initials].append(place)
        for one, other in _pairs(list(by_initial)):
            if one[0] == other[0]:
                yield _hit("initial", *_rarer(by_initial[one], by_initial[other]))


def _nicknamed(found: dict[str, Form]) -> Iterator[Hit]:
    """Gives a hit where a surname follows a given name and its short form in running text, and no third name."""
    for names in _full(found):
        by_given: dict[str, list[Place]] = defaultdict(list)
        for place, mention in names:
            if not (mention.initials or _is_quoted(place)):
                by_given[folded(mention.given)].append(place)
        if len(found[folded(names[0][1].text)].givens) != 2 or len(by_given) != 2:
            continue
        one, other = by_given
        if nicknames(one) & nicknames(other):
            yield _hit("nickname", *_rarer(by_given[one], by_given[other]))


def _rarer(one: list[Place], other: list[Place]) -> tuple[list[Place], list[Place]]:
    """Gives the fewer places first; of equals, those that come second in the article."""
    return (one, other) if len(one) < len(other) else (other, one)


def _is_quoted(place: Place) -> bool:
    """Says whether a place is inside quotation marks, as far as its block tells."""
    before = place.block.text[: place.span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


# One name joined in two ways


def _joined(found: dict[str, Form]) -> Iterator[Hit]:
    """Gives a hit where a name has a hyphen or a space here and none there: de Blasio, DeBlasio; Wal-Mart, Walmart."""
    by_key: dict[str, dict[str, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for form in found.values():
        for mention in form.mentions:
            if mention.joint and _is_joinable(folded(mention.joint[:-1]), form.key):
                ways = by_key[folded(mention.joint[:-1]) + form.key]
                ways[mention.joint[-1]].append(_longer(mention.place, len(mention.joint)))
                ways.setdefault(" ", _spaced(form, mention.joint[:-1]))
    for key, ways in by_key.items():
        single = found.get(key)
        if single and not is_word(key) and not all(mention.opens for mention in single.mentions):
            ways[""] = _places(single)
        for one, other in _pairs([places for places in ways.values() if places]):
            yield _hit("joining", *_rarer(one, other))


def _spaced(form: Form, first: str) -> list[Place]:
    """Gives the places at which a form follows another word with nothing but a space between."""
    places = [_longer(mention.place, len(first) + 1) for mention in form.mentions if mention.given == first]
    return [place for place in places if _text(place) == f"{first} {_text(place)[len(first) + 1 :]}"]


def _longer(place: Place, more: int) -> Place:
    """Gives a place that begins so many characters earlier."""
    return Place(place.block, Span(max(place.span.start - more, 0), place.span.end))


def _is_joinable(first: str, second: str) -> bool:
    """Says whether two folded words can be one name, rather than two, or an adjective such as `Franco-German`."""
    if first in PARTICLES:
        return not is_word(second)
    return (
        min(len(first), len(second)) > 2
        and second not in _CALENDAR
        and not _ADJECTIVE.search(second)
        and not all(is_word(word) or is_name(word.capitalize()) for word in (first, second))
    )


# The hit


def _hit(fault: str, few: list[Place], many: list[Place]) -> Hit:
    first, *rest = few
    rare, usual = _text(first), _text(many[0])
    related = [RelatedPlace(place, f"'{rare}' here too") for place in rest]
    related.append(RelatedPlace(many[0], f"'{usual}' here"))
    return Hit(first, fault, (rare, usual, _times(len(many))), tuple(related))


def _text(place: Place) -> str:
    return " ".join(place.block.text[place.span.start : place.span.end].split())


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
