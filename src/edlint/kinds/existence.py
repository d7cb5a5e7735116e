r"""existence: words or patterns that should not stand in an article.

The message's `%s` is the match.

Keys:
- `tokens`: what is to be found, whole words or regular expressions.
- `raw`: an expression that is used as it stands; several are joined. It comes before the tokens.
- `append`: whether `raw` comes after the tokens.
- `ignorecase`: whether capitals and small letters are the same.
- `nonword`: whether tokens may match within words.
- `affix`: affixes, so that `walk/DGS` in a token stands for walk, walked, walking and walks: `en_US` comes along,
  `NAME` stands for `NAME.aff` in `config/dictionaries` of the folder of styles. A slash is `\/` then.
- `exceptions`: what may stand, words or regular expressions.
- `vocab`: whether words that the house's vocabulary accepts may stand, too; not where `nonword` is set.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from edlint import companions, dialect, inflections, pattern
from edlint.analysis import scan
from edlint.analysis.terms import excepted
from edlint.article import Article
from edlint.finding import Hit, Place
from edlint.rule import Rule

if TYPE_CHECKING:
    from edlint.affixes import Affixes

FAULTS = ()


@dataclass(frozen=True)
class Options(inflections.Flagged):
    tokens: tuple[str, ...] = ()
    raw: tuple[str, ...] = ()
    append: bool = False
    ignorecase: bool = False
    nonword: bool = False
    affix: str = ""
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
        tokens = [token for token in pattern.apart(self.tokens) if token.strip()]
        if self.raw:
            whole = [self.expression(tokens)]
            return pattern.Finder(whole, "".join, bounded=False, ignorecase=self.ignorecase, wraps=False)
        return pattern.Finder(tokens, self.expression, bounded=not self.nonword, ignorecase=self.ignorecase)

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions."""
        return pattern.Exceptions(self.exceptions)

    def inflected(self, known: "Affixes") -> "Options":
        """Writes out the forms of the tokens."""
        tokens = (form for token in self.tokens for form in inflections.written_out(token, known))
        return replace(self, tokens=tuple(tokens), affix="")


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    if not any(part.strip() for part in (*options.tokens, *options.raw)):
        yield "tokens", "expected at least one word or pattern, in tokens or raw"
    told = [("tokens", wrong) for wrong in pattern.faulty(pattern.apart(options.tokens))]
    told += [("tokens", wrong) for wrong in inflections.faulty(options.tokens, options.affix)]
    told += [("exceptions", wrong) for wrong in pattern.faulty(options.exceptions)]
    if not told and (options.raw or not all(map(dialect.is_sound, options.tokens))):
        tokens = [token for token in pattern.apart(options.tokens) if token.strip()]
        told += [("raw", wrong) for wrong in pattern.faulty([options.expression(tokens)])]
    yield from told


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each match that is not excepted."""
    options: Options = companions.options_of(article, rule)
    may_stand = bool(options.exceptions) or article.vocabulary is not None
    for block, (_, span, groups) in scan.found(article, rule.scope, options.finder):
        if may_stand and excepted(article, options, groups[0].strip(), span, block.text, nonword=options.nonword):
            continue
        yield Hit(Place(block, span), args=groups[:1], groups=groups)
