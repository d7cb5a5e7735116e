r"""conditional: something that may stand only together with something else.

The message's `%s` is the words that need the other. Where `second` has a group, such as `\(([A-Z]{3,5})\)`, what the
group holds is defined from there on, and from the beginning of its block; all else that `first` finds is told. Where it
has none, `second` must stand in the same block.

Keys:
- `first`: an expression for what needs something else.
- `second`: an expression for what it needs.
- `exceptions`: what may stand alone, words or regular expressions.
- `vocab`: whether words that the house's vocabulary accepts may stand, too.
- `ignorecase`: whether capitals and small letters are the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from edlint import pattern
from edlint.analysis.terms import excepted
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, Place
from edlint.rule import Rule

FAULTS = ()


@dataclass(frozen=True)
class Options:
    first: str
    second: str
    exceptions: tuple[str, ...] = ()
    vocab: bool = True
    ignorecase: bool = False

    @cached_property
    def needing(self) -> "pattern.Pattern[str]":
        """The compiled expression for what needs something else."""
        return self._compiled(self.first)

    @cached_property
    def needed(self) -> "pattern.Pattern[str]":
        """The compiled expression for what it needs."""
        return self._compiled(self.second)

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions."""
        return pattern.Exceptions(self.exceptions)

    def _compiled(self, expression: str) -> "pattern.Pattern[str]":
        return pattern.compiled(("(?i)" if self.ignorecase else "") + pattern.spaced(expression))

    def key(self, words: str) -> str:
        """The words as they are compared: over line wraps, and in any case where that is wanted."""
        written = " ".join(words.split())
        return written.casefold() if self.ignorecase else written


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    for key, expression in (("first", options.first), ("second", options.second)):
        if not expression.strip():
            yield key, "expected an expression"
        yield from ((key, wrong) for wrong in pattern.faulty([expression]))
    yield from (("exceptions", wrong) for wrong in pattern.faulty(options.exceptions))


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each match of the first expression without what it needs."""
    options: Options = rule.options
    defined = set[str]()
    for block in seen(article, rule.scope):
        needed = list(pattern.matches(options.needed, block.text))
        if needed and not options.needed.groups:
            continue
        defined.update(options.key(words) for match in needed for words in match.groups() if words)
        for match in pattern.matches(options.needing, block.text):
            span = pattern.trimmed(match.group(), match.start())
            found = block.text[span.start : span.end]
            if options.key(found) not in defined and not excepted(article, options, found, span, block.text):
                yield Hit(Place(block, span), args=(found,), groups=(found, *filter(None, match.groups())))
