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
from edlint.analysis import scan
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
    def finders(self) -> tuple[pattern.Finder, pattern.Finder]:
        """What looks for what needs something else, and for what it needs."""
        return self._finder(self.first), self._finder(self.second)

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions."""
        return pattern.Exceptions(self.exceptions)

    def _finder(self, expression: str) -> pattern.Finder:
        written = ("(?i)" if self.ignorecase else "") + pattern.spaced(expression)
        return pattern.Finder([written], "".join, bounded=False, ignorecase=self.ignorecase, wraps=False)

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
    first, second = options.finders
    needing = scan.by_block(scan.found(article, rule.scope, first))
    if not needing:
        return
    needed = scan.by_block(scan.found(article, rule.scope, second))
    defined = set[str]()
    for block in seen(article, rule.scope):
        defining = [one.groups for one in needed.get(id(block), ())]
        if defining and len(defining[0]) == 1:
            continue
        defined.update(options.key(words) for _, *inner in defining for words in inner if words)
        for _, (start, _), (whole, *inner) in needing.get(id(block), ()):
            span = pattern.trimmed(whole, start)
            found = block.text[span.start : span.end]
            if options.key(found) not in defined and not excepted(article, options, found, span, block.text):
                yield Hit(Place(block, span), args=(found,), groups=(found, *filter(None, inner)))
