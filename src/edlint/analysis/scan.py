"""The words of a whole article, to find out cheaply what cannot stand in it."""

from edlint.article import Article
from edlint.pattern import Text
from edlint.scope import Scope


def words_in(article: Article, scope: Scope) -> Text:
    """Gives all that a rule of some scope may see, as one text: the blocks, or, where code is seen, the source."""
    return article.once(_source if scope.sees_source else _blocks)


def _blocks(article: Article) -> Text:
    return Text.of("\n\n".join(block.text for block in article.document.blocks))


def _source(article: Article) -> Text:
    return Text.of(article.document.source.text)
