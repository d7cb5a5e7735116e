"""existence: words or patterns that should not stand in an article.

The message's `%s` is the match.

Keys:
- `tokens`: what is to be found, whole words or regular expressions.
- `raw`: an expression that is used as it stands; several are joined. It comes before the tokens.
- `append`: whether `raw` comes after the tokens.
- `ignorecase`: whether capitals and small letters are the same.
- `nonword`: whether tokens may match within words.
- `exceptions`: what may stand, words or regular expressions.
- `vocab`: whether words that the house's vocabulary accepts may stand, too; not where `nonword` is set.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from edlint import pattern
from edlint.analysis.scan import words_in
from edlint.analysis.terms import excepted
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, Place
from edlint.rule import Rule
from edlint.text import Span

FAULTS = ()


@dataclass(frozen=True)
class Options:
    tokens: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    append: bool = False
    ignorecase: bool = False
    nonword: bool = False
    exceptions: tuple[str, ...] = ()
    vocab: bool = True

    def expression(self, tokens: Sequence[str]) -> str:
        """The whole pattern with some of the tokens: raw parts as they stand, then the tokens."""
        raw = "".join(self.raw)
        bounded = pattern.words(tokens, nonword=self.nonword) if any(tokens) else ""
        return ("(?i)" if self.ignorecase else "") + (bounded + raw if self.append else raw + bounded)

    @cached_property
    def finder(self) -> pattern.Finder:
        """What to look for; with raw parts, all of it must match at one place, so it is one token."""
        tokens = [token for token in self.tokens if token.strip()]
        if self.raw:
            return pattern.Finder([self.expression(tokens)], "".join, bounded=False, ignorecase=self.ignorecase)
        return pattern.Finder(tokens, self.expression, bounded=not self.nonword, ignorecase=self.ignorecase)

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
        tokens = [token for token in options.tokens if token.strip()]
        told += [("raw", wrong) for wrong in pattern.faulty([options.expression(tokens)])]
    yield from told


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each match that is not excepted."""
    options: Options = rule.options
    search = options.finder.search(words_in(article, rule.scope))
    if search is None:
        return
    for block in seen(article, rule.scope):
        for match in pattern.matches(search.pattern, block.text):
            span, found = Span(*match.span()), match.group()
            if not excepted(article, options, found.strip(), span, block.text, nonword=options.nonword):
                yield Hit(Place(block, span), args=(found,), groups=(found, *filter(None, match.groups())))
