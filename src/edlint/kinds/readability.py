"""readability: a text that takes more years of school to read than it should.

The message's `%s` is the grade, with two digits after the point: the average of the scores asked for. The place is
where the text begins.

Keys:
- `metrics`: the scores, one or more of `Flesch-Kincaid`, `Gunning Fog`, `SMOG`, `Coleman-Liau`,
  `Automated Readability`.
- `grade`: the highest grade that is all right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from edlint.analysis.measures import beginning, measure
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit
from edlint.rule import Rule

FAULTS = ()
COUNTS = True
SCOPE = ("summary",)


@dataclass(frozen=True)
class Options:
    metrics: tuple[
        Literal["Flesch-Kincaid", "Gunning Fog", "SMOG", "Coleman-Liau", "Automated Readability"],
        ...,
    ]
    grade: float


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the key that lacks what it needs, and what."""
    if not options.metrics:
        yield "metrics", "expected one score or more, such as Flesch-Kincaid"


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each text whose grade is too high."""
    options: Options = rule.options
    names = [metric.lower().replace(" ", "_").replace("-", "_") for metric in options.metrics]
    for block in seen(article, rule.scope):
        grade = fmean(measure(article, block, name) for name in names)
        if grade > options.grade:
            yield Hit(beginning(article, block, rule.scope), args=(f"{grade:.2f}",))
