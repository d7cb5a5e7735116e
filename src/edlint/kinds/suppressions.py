"""suppressions: comments that were to allow what a rule finds, and do not do what their writer believes.

The message's `%s` is what the comment allows, or the words that were not understood. The engine runs rules of this kind
last, when it knows what each comment has allowed.

Keys:
- `find`: `unused` for a comment that allows nothing that was found (one for rules that did not run is left alone),
  `without-reason`, or `unread` for one that edlint does not understand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from edlint.analysis.suppressions import VERBS, Suppression, allowances, suppressions
from edlint.article import Article
from edlint.finding import Hit
from edlint.rule import Rule

FAULTS = ()


@dataclass(frozen=True)
class Options:
    find: Literal["unused", "without-reason", "unread"]


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each comment, at the comment."""
    options: Options = rule.options
    found = article.once(suppressions)
    if options.find == "unread":
        for place, words in found.unread:
            yield Hit(place, args=(words, ", ".join(f"edlint-{verb}" for verb in VERBS)))
    elif options.find == "without-reason":
        yield from (_hit(one) for one in found.found if one.judged and not one.reason)
    else:
        run = article.once(allowances)
        for one in found.found:
            if one.judged and one not in run.used and any(one.target.names(name) for name in run.ran):
                yield _hit(one)


def _hit(one: Suppression) -> Hit:
    return Hit(one.place, args=(str(one.target),))
