"""The words of a whole article, to find out cheaply what cannot stand in it."""

from collections.abc import Iterator, Mapping, Sequence

from edlint import pattern
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.pattern import Candidates, Finder, Text
from edlint.scope import Scope
from edlint.text import Block


def words_in(article: Article, scope: Scope) -> Text:
    """Gives all that a rule of some scope may see, as one text: the blocks, or, where code is seen, the source."""
    return article.once(_source if scope.sees_source else _blocks)


def places(article: Article, scope: Scope, finder: Finder) -> Iterator[tuple[Block, Candidates]]:
    """Gives the blocks, as a scope cuts them, in which a finder may match, with what may match there."""
    views, scanner = seen(article, scope), article.scanners.get(scope)
    if scanner is None or not scanner.knows(finder):
        able = finder.able(words_in(article, scope))
        yield from ((view, Candidates(able)) for view in views if able)
        return
    known = article.once(_indexes)
    if scope not in known:
        known[scope] = scanner.index(view.text for view in views)
    yield from ((views[number], candidates) for number, candidates in known[scope].get(id(finder), ()))


def _indexes(article: Article) -> dict[Scope, Mapping[int, Sequence[tuple[int, Candidates]]]]:  # noqa: ARG001 - a question takes it
    return {}


def matched(article: Article, expression: "pattern.Pattern[str]", text: str) -> list[str]:
    """Gives what an expression matches in a text of an article; rules of many styles count the same words."""
    known, key = article.once(_matched), (expression.pattern, text)
    if key not in known:
        known[key] = pattern.texts(expression, text)
    return known[key]


def _matched(article: Article) -> dict[tuple[str, str], list[str]]:  # noqa: ARG001 - a question takes it
    return {}


def _blocks(article: Article) -> Text:
    return Text.of("\n\n".join(block.text for block in article.document.blocks))


def _source(article: Article) -> Text:
    return Text.of(f"{article.document.source.text}\n\n{article.once(_blocks).written}")
