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
- `kin`: words of kinship, after which a full name has the family's surname, and a given name of its own.
- `nicknames`: whether `Dave Moss` and `David Moss` are reported.
- `capitals`: whether `GitHub` and `Github` are reported, not only surnames such as `MacAlister` and `Macalister`.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from edlint.analysis.bearers import SHORTEST, Words, are_side_by_side, is_introduced, is_one, ranked
from edlint.analysis.compounds import rejoined, reversed_
from edlint.analysis.edits import LONG, Edit, difference, neighbours
from edlint.analysis.names import Form, Mention, bare, folded, forms
from edlint.analysis.views import seen
from edlint.analysis.wordlist import is_word, nicknames
from edlint.article import Article
from edlint.finding import Hit, Place, RelatedPlace
from edlint.rule import Rule
from edlint.text import Span

FAULTS = ("spelling", "nickname", "initial", "joining", "order", "capitals")
# Between two spellings that are set beside each other on purpose: Kyiv, or Kiev; Tick-Tock.
_CONTRAST = re.compile(r"[\W_]{0,3}(?:(?:or|not|now|aka|versus|vs\.?|instead of|rather than|once|then)[\W_]{1,2})?")
# A surname with a capital after a prefix of its own: MacAlister, DiFranco, FitzGerald.
_PREFIXED = re.compile(r"[A-Z][a-z]{1,3}[A-Z][a-z]+$")
# The first block of a plain text is its headline, up to this length; short names are at home there.
_HEADLINE = 100
# How near to a spelling, in characters, a word must stand to speak of it; and the other spelling, to be set beside it.
_NEAR = 20
_BESIDE = 100


@dataclass(frozen=True)
class Options:
    ignore: tuple[str, ...] = ()
    spoken_of: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    nicknames: bool = True
    capitals: bool = False

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The spellings to leave alone, folded."""
        return frozenset(folded(word) for word in self.ignore)

    @cached_property
    def matter(self) -> "re.Pattern[str] | None":
        """What shows that a spelling is the matter itself."""
        words = "|".join(re.escape(word) for word in self.spoken_of)
        return re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) if words else None

    @cached_property
    def of_kin(self) -> "re.Pattern[str] | None":
        """What ends with a word of kinship right before a name."""
        words = "|".join(map(re.escape, self.kin))
        return re.compile(rf"(?<!\w)(?:{words}),? $", re.IGNORECASE) if words else None


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
    words = Words(blocks, options.of_kin, article.terms)
    yield from _misspelt(found, words, options)
    full = list(_full(found))
    yield from _initialled(full)
    if options.nicknames:
        yield from _nicknamed(full, found, words)
    yield from _recapitalized(found, options.capitals)
    yield from _of_two_words(found)


# Spellings of one word


def _misspelt(found: dict[str, Form], words: Words, options: Options) -> Iterator[Hit]:
    partners: dict[str, list[Form]] = defaultdict(list)
    for one, other, edit in _near(found):
        few, many = ranked(one, other, words)
        if is_one(few, many, edit, words) and not _is_matter(few, many, options):
            partners[few.key].append(many)
    for key, choices in partners.items():
        few, many = found[key], max(choices, key=lambda form: form.count)
        evidence = tuple((f"'{form.text}'", _known(form, words)) for form in (few, many))
        yield _hit("spelling", _places(few), _places(many), of_one=_alike(few, many), evidence=evidence)


def _known(form: Form, words: Words) -> str:
    """What the article and the dictionaries know of a form."""
    told = [_times(form.count)]
    told += [f"with '{name}' {where} it" for where, name in _beside(form)]
    if words.right(form):
        told.append("the house's spelling")
    listed = [name for name, knows in (("a name", words.proper), ("a word", words.ordinary)) if knows(form)]
    return ", ".join([*told, " and ".join(listed) or "in no dictionary"])


def _beside(form: Form) -> Iterator[tuple[str, str]]:
    """The names that stand beside a form, each once, with where they do."""
    yield from dict.fromkeys(("before", mention.given) for mention in form.mentions if mention.given)
    yield from dict.fromkeys(("after", mention.family) for mention in form.mentions if mention.family)


def _places(form: Form) -> list[Place]:
    return [mention.place for mention in form.mentions]


def _alike(few: Form, many: Form) -> Place:
    """Gives the usual form's place that shows best that both are one: with a name beside it that the rarer one has."""
    for mention in many.mentions:
        if folded(mention.given) in few.givens or folded(mention.family) in few.families:
            return mention.place
    return many.mentions[0].place


def _near(found: dict[str, Form]) -> Iterator[tuple[Form, Form, Edit]]:
    """Gives the pairs of forms that differ by one letter, two in long words, or by accents."""
    plain: dict[str, list[str]] = defaultdict(list)
    for key in found:
        if len(key) >= SHORTEST:
            plain[bare(key).replace("'", "")].append(key)
    for keys in plain.values():
        yield from ((found[a], found[b], Edit(0, len(a), len(b), True)) for a, b in combinations(keys, 2))
    for one, other in sorted(neighbours(plain)):
        edit = difference(one, other)
        if edit and edit.distance <= (2 if min(len(one), len(other)) >= LONG else 1):
            yield from ((found[a], found[b], edit) for a in plain[one] for b in plain[other])


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


_FullNames = list[tuple[Place, Mention]]  # of one surname


def _full(found: dict[str, Form]) -> Iterator[_FullNames]:
    """Gives, by surname, the full names in running text: from the given name on, with the surname's mention."""
    by_order = {mention.order: mention for form in found.values() for mention in form.mentions}
    blocks = [by_order[order].place.block for order in sorted(by_order)]
    headline = blocks[0] if blocks and blocks[0] is not blocks[-1] and len(blocks[0].text) <= _HEADLINE else None
    for form in found.values():
        if form.givens and form.count > 1:
            running = [mention for mention in form.mentions if mention.place.block is not headline]
            names = [name for mention in running for name in _full_name(mention, by_order.get(mention.order - 1))]
            if len(names) > 1:
                yield names


def _full_name(mention: Mention, given: Mention | None) -> Iterator[tuple[Place, Mention]]:
    block, (_, end) = mention.place
    is_heading = block.kind in ("alt", "caption") or (mention.opens and "," not in block.text)
    if given and mention.given == given.text and not (is_heading or mention.family or given.given):
        yield Place(block, Span(given.place.span.start, end)), mention


def _initialled(full: list[_FullNames]) -> Iterator[Hit]:
    """Gives a hit where one full name has two middle initials: John P. Smith, John B. Smith."""
    for names in full:
        by_initial: dict[tuple[str, str], list[Place]] = defaultdict(list)
        for place, mention in names:
            if len(mention.initials) == 1:
                by_initial[mention.given, mention.initials].append(place)
        for one, other in combinations(by_initial, 2):
            if one[0] == other[0]:
                yield _hit("initial", *_rarer(by_initial[one], by_initial[other]))


def _nicknamed(full: list[_FullNames], found: dict[str, Form], words: Words) -> Iterator[Hit]:
    """Gives a hit where a surname follows a given name and its short form in running text, and no third name."""
    for names in full:
        by_given: dict[str, list[Place]] = defaultdict(list)
        for place, mention in names:
            if not mention.initials:
                by_given[folded(mention.given)].append(place)
        if len(found[folded(names[0][1].text)].givens) != 2 or len(by_given) != 2:
            continue
        one, other = by_given
        edit = difference(one, other)
        if edit and edit.distance == 1 and min(len(one), len(other)) >= SHORTEST:
            continue  # a spelling, and reported as one
        # What people call somebody in speech is their own; but nobody hears how a name is spelt.
        if not _is_variant(one, other):
            by_given = {given: [place for place in by_given[given] if not _is_quoted(place)] for given in by_given}
        few, many = _rarer(by_given[one], by_given[other])
        if (
            few
            and nicknames(one) & nicknames(other)
            and not (are_side_by_side(few, many) or any(map(words.is_kin, few)))
        ):
            yield _hit("nickname", few, many)


def _is_variant(one: str, other: str) -> bool:
    """Says whether two given names are one in two spellings, rather than one short for the other."""
    return difference(one, other) is not None and len(one) > SHORTEST < len(other)


def _rarer(one: list[Place], other: list[Place]) -> tuple[list[Place], list[Place]]:
    """Gives the fewer places first; of equals, those that come second in the article."""
    return (one, other) if len(one) < len(other) else (other, one)


def _is_quoted(place: Place) -> bool:
    """Says whether a place is inside quotation marks, as far as its block tells."""
    before = place.block.text[: place.span.start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


# One name with two capitals


def _texts(form: Form) -> list[str]:
    return [mention.text for mention in form.mentions]


def _recapitalized(found: dict[str, Form], everything: bool) -> Iterator[Hit]:
    """Gives a hit where a surname, or everything, has a capital within here and none there: MacAlister, Macalister."""
    for form in found.values():
        by_text: dict[str, list[Place]] = defaultdict(list)
        is_surname = is_introduced(form) and not is_word(form.key) and any(map(_PREFIXED.match, _texts(form)))
        for mention in form.mentions if everything or is_surname else ():
            by_text[mention.text.replace("’", "'")].append(mention.place)
        for one, other in combinations(by_text.values(), 2):
            yield _hit("capitals", *_rarer(one, other))


# One name of two words


def _of_two_words(found: dict[str, Form]) -> Iterator[Hit]:
    """Gives a hit where a name is one word here and two there, or its words change places."""
    for fault, ways in (("joining", rejoined(found)), ("order", reversed_(found))):
        for one, other in ways:
            yield _hit(fault, *_rarer([compound.place for compound in one], [compound.place for compound in other]))


# The hit


def _hit(
    fault: str,
    few: list[Place],
    many: list[Place],
    of_one: Place | None = None,
    evidence: tuple[tuple[str, str], ...] = (),
) -> Hit:
    """Gives a hit at the rarer form's first place; `of_one` is the usual form's place to show, if not its first."""
    first, *rest = few
    shown = of_one or many[0]
    rare, usual = _text(first), _text(shown)
    related = [RelatedPlace(place, f"'{rare}' here too") for place in rest]
    related.append(RelatedPlace(shown, f"'{usual}' here"))
    counted = tuple((f"'{_text(places[0])}'", _times(len(places))) for places in (few, many))
    return Hit(first, fault, (rare, usual, _times(len(many))), tuple(related), evidence=evidence or counted)


def _text(place: Place) -> str:
    return " ".join(place.block.text[place.span.start : place.span.end].split())


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
