"""The words of a whole article, to find out cheaply what cannot stand in it."""

from edlint.article import Article
from edlint.pattern import Text


def whole(article: Article) -> Text:
    """Gives the texts of all blocks as one; ask through `article.once`."""
    return Text.of("\n\n".join(block.text for block in article.document.blocks))
