"""occurrence: something that stands too often, or not often enough, in one block.

The message's `%s` (or `%d`) is the number found, `%[2]s` the limit. The first one is marked; where there is none, the
place at which the block begins.

Keys:
- `token`: what is counted, a regular expression.
- `max`: how often it may stand. This or `min` is required.
- `min`: how often it must stand.
- `ignorecase`: whether capitals and small letters are the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from edlint import pattern
from edlint.analysis.scan import matched
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, Place
from edlint.rule import Rule
from edlint.text import Span

FAULTS = ()
COUNTS = True


@dataclass(frozen=True)
class Options:
    token: str
    max: int = 0
    min: int = 0
    ignorecase: bool = False

    @cached_property
    def finder(self) -> "pattern.Pattern[str]":
        """The compiled pattern."""
        return pattern.compiled(f"{'(?i)' if self.ignorecase else ''}(?:{self.token})")


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    yield from (("token", wrong) for wrong in pattern.faulty([options.token]))
    if options.max <= 0 and options.min <= 0:
        yield "max", "expected a number above 0, in max or min"


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each block that holds too many or too few."""
    options: Options = rule.options
    for block in seen(article, rule.scope):
        count = len(matched(article, options.finder, block.text))
        too_many = bool(options.max) and count > options.max
        if too_many or count < options.min:
            limit = options.max if too_many else options.min
            yield Hit(Place(block, _first(block.text, options)), args=(str(count), str(limit)))


def _first(text: str, options: Options) -> Span:
    """The first that is counted, or the first word; what is masked (`*`) is not there to be marked."""
    for match in pattern.matches(options.finder, text):
        if match.group().strip("* \n"):
            return pattern.trimmed(match.group(), match.start())
    word = re.search(r"\S+", text)
    return Span(*word.span()) if word else Span(0, 0)
