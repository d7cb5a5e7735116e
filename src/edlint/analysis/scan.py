"""The words of a whole article, to find out cheaply what cannot stand in it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from edlint import pattern
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.pattern import Candidates, Finder, Found, Joined, Text
from edlint.scope import Scope
from edlint.text import Block

Index = Mapping[int, Sequence[tuple[int, Candidates]]]  # by the `id` of a finder, with the numbers of blocks


def words_in(article: Article, scope: Scope) -> Text:
    """Gives all that a rule of some scope may see, as one text: the blocks, or, where code is seen, the source."""
    return article.once(_source if scope.sees_source else _blocks)


def finders_of(options: Any) -> tuple[Finder, ...]:
    """Gives what the rules of a kind look for, which one scanner can look for at once."""
    one, several = getattr(options, "finder", None), getattr(options, "finders", ())
    return (*several, one) if isinstance(one, Finder) else tuple(several)


def found(article: Article, scope: Scope, finder: Finder) -> list[tuple[Block, Found]]:
    """Gives what a finder finds in the blocks as a scope cuts them, each with its block; raises TimeoutError."""
    scanner = article.scanners.get(scope)
    if scanner is None or not scanner.knows(finder):
        candidates = Candidates(finder.able(words_in(article, scope)))
        return _found(finder, ((view, candidates) for view in seen(article, scope)) if candidates.able else ())
    views, shared = seen(article, scope), scanner.shared(finder)
    places = ((views[number], candidates) for number, candidates in index(article, scope).get(id(finder), ()))
    if shared is None:
        return _found(finder, places)
    known, key = article.once(_shared), (scope, shared)
    if key not in known:
        known[key] = _found(finder, places)
    return known[key]


def _found(finder: Finder, places: Iterable[tuple[Block, Candidates]]) -> list[tuple[Block, Found]]:
    return [(block, one) for block, candidates in places for one in finder.found(block.text, candidates)]


def _shared(article: Article) -> dict[tuple[Scope, int], list[tuple[Block, Found]]]:  # noqa: ARG001 - a question takes it
    return {}


def index(article: Article, scope: Scope) -> Index:
    """Gives what the scanner of a scope knows of an article: of each finder that may match in it, by its `id`, where.

    Raises KeyError where there is no scanner.
    """
    known = article.once(_indexes)
    if scope not in known:
        texts = [view.text for view in seen(article, scope)]
        known[scope] = article.scanners[scope].index(Joined.of(texts))
    return known[scope]


def _indexes(article: Article) -> dict[Scope, Index]:  # noqa: ARG001 - a question takes it
    return {}


def able(article: Article, scope: Scope, finders: Iterable[Finder]) -> list[Finder]:
    """Gives those of some finders that may find anything in the blocks as a scope cuts them."""
    scanner = article.scanners.get(scope)
    if scanner is None:
        return list(finders)
    known = index(article, scope)
    return [finder for finder in finders if id(finder) in known or not scanner.knows(finder)]


def by_block(found: Iterable[tuple[Block, Found]]) -> dict[int, list[Found]]:
    """Gives what was found by the `id` of its block."""
    blocks = defaultdict[int, list[Found]](list)
    for block, one in found:
        blocks[id(block)].append(one)
    return blocks


def matched(article: Article, expression: "pattern.Pattern[str]", text: str) -> list[Any]:
    """Gives an item for each match in a text of an article, with what it holds where the expression has no group.

    Rules of many styles count the same words.
    """
    known, key = article.once(_matched), (expression.pattern, text)
    if key not in known:
        known[key] = pattern.listed(expression, text)
    return known[key]


def _matched(article: Article) -> dict[tuple[str, str], list[Any]]:  # noqa: ARG001 - a question takes it
    return {}


def _whole(article: Article) -> str:
    return "\n\n".join(block.text for block in article.document.blocks)


def _blocks(article: Article) -> Text:
    return Text.of(article.once(_whole))


def _source(article: Article) -> Text:
    return Text.of(f"{article.document.source.text}\n\n{article.once(_whole)}")
