"""consistency: two forms of one word, of which an article should keep to one.

The message's `%s` is a form found once both have been used, then the other. Each block with either form gets one
finding, at the last of them; where the other form first stands is told with it.

Keys:
- `either`: pairs of words or regular expressions, as `advisor: adviser`.
- `nonword`: whether they may match within words.
- `ignorecase`: whether capitals and small letters are the same.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from edlint import pattern
from edlint.analysis import scan
from edlint.article import Article
from edlint.finding import Hit, Place, RelatedPlace
from edlint.rule import Rule
from edlint.text import Block

FAULTS = ()


@dataclass(frozen=True)
class Options:
    either: Mapping[str, str]
    nonword: bool = False
    ignorecase: bool = False

    def expression(self, forms: Sequence[str]) -> str:
        """The pattern for some forms."""
        return pattern.words(forms, nonword=self.nonword, ignorecase=self.ignorecase)

    @cached_property
    def finders(self) -> tuple[pattern.Finder, ...]:
        """What to look for, for each pair."""
        bounded = not self.nonword
        return tuple(
            pattern.Finder(pair, self.expression, bounded=bounded, ignorecase=self.ignorecase)
            for pair in self.either.items()
        )


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    forms = [form for pair in options.either.items() for form in pair]
    if not forms or not all(form.strip() for form in forms):
        yield "either", "expected at least one pair of words or expressions"
    yield from (("either", wrong) for wrong in pattern.faulty(forms))


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each pair in each block that has either form once the article has used both."""
    options: Options = rule.options
    for finder in scan.able(article, rule.scope, options.finders):
        yield from _mixed(scan.found(article, rule.scope, finder))


def _mixed(found: Iterable[tuple[Block, pattern.Found]]) -> Iterator[Hit]:
    first: dict[bool, Place] = {}
    for _, in_block in groupby(found, lambda one: id(one[0])):
        for block, (number, span, groups) in in_block:
            last, is_other = Place(block, pattern.trimmed(groups[0], span.start)), number == 1
            first.setdefault(is_other, last)
        if len(first) == 2:
            against = first[not is_other]
            written, other = _text(last), _text(against)
            yield Hit(last, args=(written, other), related=(RelatedPlace(against, f"'{other}' here"),))


def _text(place: Place) -> str:
    return place.block.text[place.span.start : place.span.end]
