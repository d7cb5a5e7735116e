"""The words of a whole article, to find out cheaply what cannot stand in it."""

from collections.abc import Iterator, Mapping, Sequence

from edlint.analysis.views import seen
from edlint.article import Article
from edlint.pattern import Finder, Text
from edlint.scope import Scope
from edlint.text import Block


def words_in(article: Article, scope: Scope) -> Text:
    """Gives all that a rule of some scope may see, as one text: the blocks, or, where code is seen, the source."""
    return article.once(_source if scope.sees_source else _blocks)


def places(article: Article, scope: Scope, finder: Finder) -> Iterator[tuple[Block, Sequence[int]]]:
    """Gives the blocks, as a scope cuts them, in which a finder may match, with the numbers of the tokens that may."""
    views, scanner = seen(article, scope), article.scanner
    whole = words_in(article, scope)
    if scanner is None or not scanner.knows(finder):
        able = finder.able(whole)
        yield from ((view, able) for view in views if able)
        return
    known = article.once(_indexes)
    if scope not in known:
        known[scope] = scanner.index([view.text for view in views])
    found = scanner.places(finder, known[scope], whole, len(views))
    yield from ((views[number], sorted(set(found[number]))) for number in sorted(found))


def _indexes(article: Article) -> dict[Scope, Mapping[int, Sequence[int]]]:  # noqa: ARG001 - a question takes it
    return {}


def _blocks(article: Article) -> Text:
    return Text.of("\n\n".join(block.text for block in article.document.blocks))


def _source(article: Article) -> Text:
    return Text.of(f"{article.document.source.text}\n\n{article.once(_blocks).written}")
