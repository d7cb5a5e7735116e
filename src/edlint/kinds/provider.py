"""provider: what another linter finds, taken over check by check.

The one provider so far is [proselint](https://github.com/amperser/proselint). It reads the blocks that the rule sees;
`providers.proselint` keeps its traps away. A newcomer would take over all that it says: most of it is a matter of
taste, so a rule names the checks that it wants, and what of them. To write the better words is never safe.

Keys:
- `checks`: the paths of checks, `*` standing for anything: `redundancy.*`, or `redundancy` for all that are below it.
- `provider`: the other linter.
- `only`: words or expressions of which one must match all the words found. Apostrophes are straight there, a line wrap
  is a space, and an expression may look back at the text before the words, but not at what follows.
- `exceptions`: the same, of which none may match.
- `ignorecase`: whether case counts in these two.

The message's `%s` are the words found, `%[2]s` the better ones and `%[3]s` what the provider says. Where it knows no
better words, the fault `unreplaced` may have a message of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from edlint import pattern
from edlint.analysis.views import views_of
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.providers import proselint
from edlint.rule import Rule
from edlint.scope import Scope
from edlint.text import Span

FAULTS = ("unreplaced",)
_EXPRESSION = re.compile(r"[\\^$.|?*+()\[\]{}]")


class Phrases:
    """Words and expressions to hold against words found; long lists of mere words cost nothing to make ready."""

    def __init__(self, tokens: tuple[str, ...], *, ignorecase: bool) -> None:
        self._ignorecase = ignorecase
        self._words = frozenset(self._folded(token) for token in tokens if not _EXPRESSION.search(token))
        self._expressions = tuple(token for token in tokens if _EXPRESSION.search(token))

    def _folded(self, text: str) -> str:
        return proselint.in_small_letters(text) if self._ignorecase else text

    @cached_property
    def _patterns(self) -> "tuple[pattern.Pattern[str], ...]":
        flag = "(?i)" if self._ignorecase else ""
        return tuple(pattern.compiled(flag + expression) for expression in self._expressions)

    def match(self, text: str, span: Span) -> bool:
        """Says whether one of them matches all that a text has at a span."""
        if self._folded(text[span.start : span.end]) in self._words:
            return True
        return any(one.fullmatch(text, *span, timeout=pattern.TIME_LIMIT) for one in self._patterns)

    def places(self, page: proselint.Page) -> Iterator[tuple[int, int]]:
        """Gives where in a page one of them may stand, if only within a longer word."""
        folded = page.small if self._ignorecase else page.text
        for word in self._words:
            at = folded.find(word)
            while at >= 0:
                yield at, at + len(word)
                at = folded.find(word, at + 1)
        for one in self._patterns:
            yield from (match.span() for match in pattern.matches(one, page.text))


@dataclass(frozen=True)
class Options:
    checks: tuple[str, ...]
    provider: Literal["proselint"] = "proselint"
    only: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    ignorecase: bool = False

    @cached_property
    def wanted(self) -> Phrases | None:
        """What is to be found, None for all."""
        return Phrases(self.only, ignorecase=self.ignorecase) if self.only else None

    @cached_property
    def allowed(self) -> Phrases:
        """What may stand."""
        return Phrases(self.exceptions, ignorecase=self.ignorecase)


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    if not options.checks:
        yield "checks", "expected the path of at least one check"
    for key, tokens in (("only", options.only), ("exceptions", options.exceptions)):
        yield from ((key, wrong) for wrong in pattern.faulty(token for token in tokens if _EXPRESSION.search(token)))


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for what the rule's checks find; of finds that overlap the first, and of those the longest."""
    reach = -1
    for found in sorted(_found(article, rule.options), key=lambda found: (found.span.start, -found.span.end)):
        if found.span.start >= reach and _sees(article, rule.scope, found.place):
            reach = found.span.end
            yield _hit(found)


def _found(article: Article, options: Options) -> Iterator[proselint.Found]:
    whole = article.once(proselint.page)
    # Checks are slow to make ready, some also to run: only where words stand that are wanted of them.
    part = whole.part(options.wanted.places(whole)) if options.wanted else whole
    checks = _checks(options) if part.blocks else []
    page = part if all(map(proselint.is_of_blocks, checks)) else whole
    for check in checks:
        for found in page.found(check):
            wanted = options.wanted is None or options.wanted.match(page.text, found.span)
            if wanted and not options.allowed.match(page.text, found.span):
                yield found


def _checks(options: Options) -> list[proselint.Check]:
    """The checks that a rule names."""
    return [check for path in options.checks for check in proselint.checks(path)]


def _sees(article: Article, scope: Scope, place: Place) -> bool:
    """Says whether a scope shows the words at a place, of which it may mask some or give its block in parts."""
    block, span = place
    for view in views_of(article, block, scope):
        if len(view.text) == len(block.text):
            return view.text[span.start : span.end] == block.text[span.start : span.end]
        source = block.in_source(span)
        if view.span.start <= source.start and source.end <= view.span.end:
            return True
    return False


def _hit(found: proselint.Found) -> Hit:
    block, span = found.place
    words = " ".join(block.text[span.start : span.end].split())
    return Hit(
        found.place,
        "" if found.better else "unreplaced",
        args=(words, "' or '".join(found.better), found.message),
        fixes=tuple(OfferedFix(f"write '{words}'", False, (PlacedEdit(found.place, words),)) for words in found.better),
    )
