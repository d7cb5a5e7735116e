"""metric: a number worked out of what the text measures, and a limit to it.

The message's `%s` is the number, with two digits after the point. The place is where the text begins.

A formula may speak of `words`, `sentences`, `characters`, `syllables`, `long_words` (of more than six characters),
`polysyllabic_words` (of more than two syllables), `complex_words` (the same, an ending in -es, -ed or -ing left out),
`quote_words` (in quotation marks), `sentence_length_sd`; of the scores `flesch_reading_ease`, `flesch_kincaid`,
`gunning_fog`, `smog`, `coleman_liau`, `automated_readability`, `lix`; and of how many blocks there are: `paragraphs`
(of the body), `list` (its items), `blockquote`, `heading.h1` to `heading.h6`. It may call `round(x, n)` and
`math.sqrt`, `pow`, `abs`, `min`, `max`, `floor`, `ceil`, `trunc`, `exp`, `log`, `log2`, `log10`.

Keys:
- `formula`: what is worked out, such as `words / sentences`.
- `condition`: when the rule speaks: `> 25`, or of `result` once more, `> 12 && result < 20`.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from edlint import formula
from edlint.analysis.measures import NAMES, beginning, measure
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit
from edlint.formula import RESULT, Formula, FormulaError
from edlint.rule import Rule
from edlint.text import Block

FAULTS = ()
COUNTS = True
SCOPE = ("summary",)


@dataclass(frozen=True)
class Options:
    formula: str
    condition: str

    @cached_property
    def number(self) -> Formula:
        """What is worked out; raises FormulaError."""
        return formula.formula(self.formula, NAMES)

    @cached_property
    def limit(self) -> Formula:
        """When the rule speaks; raises FormulaError."""
        return formula.condition(self.condition, NAMES)


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be worked out, and why."""
    readers: tuple[tuple[str, Callable[[], Formula]], ...] = (
        ("formula", lambda: options.number),
        ("condition", lambda: options.limit),
    )
    for key, read in readers:
        try:
            read()
        except FormulaError as error:
            yield key, str(error)


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each text whose number meets the condition."""
    options: Options = rule.options
    for block in seen(article, rule.scope):
        number = options.number.value(partial(measure, article, block))
        if math.isfinite(number) and options.limit.value(partial(_known, number, article, block)):
            yield Hit(beginning(article, block, rule.scope), args=(f"{number:.2f}",))


def _known(result: float, article: Article, block: Block, name: str) -> float:
    """What a condition may speak of: the result, and all that a formula may."""
    return result if name == RESULT else measure(article, block, name)
