"""existence: words or patterns that should not stand in an article.

Keys: `tokens` (whole words, regular expressions), `raw` (an expression used as it stands, its parts joined, before the
tokens or, with `append`, after them), `ignorecase`, `nonword` (tokens may match within words), `exceptions` (what may
stand). The message's `%s` is the match.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from edlint import pattern
from edlint.article import Article
from edlint.finding import Hit, Place
from edlint.rule import Rule

FAULTS = ()


@dataclass(frozen=True)
class Options:
    tokens: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    append: bool = False
    ignorecase: bool = False
    nonword: bool = False
    exceptions: tuple[str, ...] = ()

    @property
    def expression(self) -> str:
        """The whole pattern: raw parts as they stand, then the tokens."""
        raw = "".join(self.raw)
        tokens = [token for token in self.tokens if token.strip()]
        bounded = pattern.words(tokens, nonword=self.nonword) if tokens else ""
        return ("(?i)" if self.ignorecase else "") + (bounded + raw if self.append else raw + bounded)

    @cached_property
    def finder(self) -> "pattern.Pattern[str]":
        """The compiled pattern."""
        return pattern.compiled(self.expression)

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions."""
        return pattern.Exceptions(self.exceptions)


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    if not any(part.strip() for part in (*options.tokens, *options.raw)):
        yield "tokens", "expected at least one word or pattern, in tokens or raw"
    told = [("tokens", wrong) for wrong in pattern.faulty(options.tokens)]
    told += [("exceptions", wrong) for wrong in pattern.faulty(options.exceptions)]
    if not told:
        told += [("raw", wrong) for wrong in pattern.faulty([options.expression])]
    yield from told


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each match that is not excepted."""
    options: Options = rule.options
    for block in rule.scope.blocks(article.document):
        for match in pattern.matches(options.finder, block.text):
            span = pattern.trimmed(match)
            found = block.text[span.start : span.end]
            if not options.allowed.cover(found, span, block.text):
                yield Hit(Place(block, span), args=(found,))
