"""What a rule sees of an article: its blocks as the rule's scope cuts them, cut once for all rules of one scope.

A block may come whole, with inline markup masked, or in parts as blocks of their own: links, sentences, quotations,
titles of works.
Offsets of a view are its own, and `in_source` translates them as it does for any block.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from pathlib import PurePath
from typing import NamedTuple

from edlint.analysis.sentences import sentences_of
from edlint.article import Article
from edlint.scope import INLINE, SENTENCE, SPEECH, UNREAD, WORK, Scope, Terms
from edlint.text import Block, Piece, Source, Span

_MARKS_OF_CODE = "`"
_CUTTING = INLINE | {SPEECH, WORK, SENTENCE}
# What a summary holds: running text, not headings, tables, captions or front matter.
_NOT_IN_SUMMARY = ("heading", "table", "caption", "alt", "frontmatter", "title", "description", "pre")


def seen(article: Article, scope: Scope) -> tuple[Block, ...]:
    """Gives what a rule of some scope sees of an article, in source order."""
    known = article.once(_views)
    if scope not in known:
        known[scope] = tuple(_seen(article, scope))
    return known[scope]


def _views(article: Article) -> dict[Scope, tuple[Block, ...]]:  # noqa: ARG001 - a question takes the article
    return {}


def _seen(article: Article, scope: Scope) -> Iterator[Block]:
    if scope.whole == "raw":
        yield from _raw(article.document.source)
        return
    if scope.whole == "summary":
        # A summary that the writer gives in front matter goes by the same name.
        yield from (block for block in article.document.blocks if block.kind == "frontmatter.summary")
        yield from summary(article)
        return
    fitting = _fitting(scope, _suffix(article))
    for block in article.document.blocks:
        yield from _shown(article, block, fitting)


def views_of(article: Article, block: Block, scope: Scope) -> tuple[Block, ...]:
    """Gives what a scope shows of one block."""
    return tuple(_shown(article, block, _fitting(scope, _suffix(article))))


def _suffix(article: Article) -> str:
    return PurePath(article.path).suffix.removeprefix(".").lower()


class _Fit(NamedTuple):
    """The terms of an alternative that a block fits, and whether they leave the block as it is."""

    terms: Terms
    is_whole: bool


_Fitting = Callable[[str, tuple[str, ...]], tuple[_Fit, ...]]  # by a block's kind and ancestors


@lru_cache(1 << 8)
def _fitting(scope: Scope, suffix: str) -> _Fitting:
    """Gives what says how blocks of a kind and with some ancestors fit a scope, in files of an ending.

    There are many blocks, and few kinds of them.
    """

    @lru_cache(1 << 10)
    def fits(kind: str, ancestors: tuple[str, ...]) -> tuple[_Fit, ...]:
        fitting = scope.fitting(Block(kind, (), ancestors), suffix)
        return tuple(_Fit(terms, _CUTTING.isdisjoint(term for term, _ in terms)) for terms in fitting)

    return fits


def _shown(article: Article, block: Block, fitting: _Fitting) -> Iterable[Block]:
    """What the first alternative of a scope that shows anything of a block shows of it."""
    for terms, is_whole in fitting(block.kind, block.ancestors):
        if shown := (block,) if is_whole else tuple(_cut(article, block, terms)):
            return shown
    return ()


def _raw(source: Source) -> Iterator[Block]:
    """The file as it is, one block."""
    if source.text:
        yield Block("raw", (Piece(Span(0, len(source.text)), source.text),))


def summary(article: Article) -> Iterator[Block]:
    """Gives the running text of an article as one block, its blocks apart by an empty line; nothing where none is."""
    pieces = list[Piece]()
    for block in article.document.blocks:
        if not any(kind.startswith(_NOT_IN_SUMMARY) for kind in (block.kind, *block.ancestors)):
            end = pieces[-1].span.end if pieces else 0
            pieces += [Piece(Span(end, end), "\n\n", verbatim=False)] * bool(pieces)
            pieces += block.pieces
    if pieces:
        yield Block("summary", tuple(pieces))


def _cut(article: Article, block: Block, terms: Terms) -> Iterator[Block]:
    """A block as the terms of a scope cut it: inline markup first, then speech, then titles, then sentences."""
    source = article.document.source
    views = [block]
    for term, wanted in terms:
        if term in INLINE:
            cut = _within if wanted else _without
            views = [part for view in views for part in cut(view, term, source)]
    if (SPEECH, True) in terms:
        views = [part for view in views for part in _said(article, block, view)]
    if (WORK, True) in terms:
        views = [part for view in views for part in _titled(article, view)]
    if (SENTENCE, True) in terms:
        if block.kind.startswith(("frontmatter", "alt", "title", "description")):
            return
        views = [view.part(span) for view in views for span in sentences_of(article, view)]
    yield from views


def _without(block: Block, mark: str, source: Source) -> Iterator[Block]:  # noqa: ARG001 - as `_within`
    """The block with all that stands in some inline markup masked."""
    if not any(mark in piece.marks for piece in block.pieces):
        yield block
        return
    pieces = tuple(
        piece._replace(text="*" * len(piece.text), verbatim=False) if mark in piece.marks else piece
        for piece in block.pieces
    )
    yield Block(block.kind, pieces, block.ancestors)


def _within(block: Block, mark: str, source: Source) -> Iterator[Block]:
    """A block for each run of pieces that stands in some inline markup."""
    for inside, run in groupby(block.pieces, key=lambda piece: mark in piece.marks):
        if inside:
            pieces = (_unmasked(piece, source) if mark in UNREAD else piece for piece in run)
            yield Block(block.kind, tuple(pieces), block.ancestors)


def _unmasked(piece: Piece, source: Source) -> Piece:
    """Code as it is written, without the marks around it."""
    written = source.text[piece.span.start : piece.span.end]
    inner = written.strip(_MARKS_OF_CODE)
    start = piece.span.start + len(written) - len(written.lstrip(_MARKS_OF_CODE))
    return Piece(Span(start, start + len(inner)), inner, marks=piece.marks)


def _said(article: Article, block: Block, view: Block) -> Iterator[Block]:
    """A block for each quotation of a block, without its marks, inner quotations within outer ones."""
    if len(view.text) != len(block.text):  # a part of the block, of which nobody knows where it begins
        return
    reach = 0
    for start, end in sorted(speech(article, block), key=lambda span: (span.start, -span.end)):
        if start >= reach:
            reach = end
            yield view.part(_inside(view.text, start, end))


def _titled(article: Article, view: Block) -> Iterator[Block]:
    """A block for each title of a work, once where it is marked out in several ways."""
    from edlint.analysis.titles import titles_in  # which few rules ask for

    reach = 0
    for span in titles_in(article, view):
        if span.start >= reach:
            reach = span.end
            yield view.part(span)


def speech(article: Article, block: Block) -> Iterator[Span]:
    """Gives the spans of a block that are quoted, by quotation marks or by markup."""
    from edlint.analysis.quotations import quotations  # which takes a while to import, and not every run asks

    yield from article.once(quotations).within(block)
    at = 0
    for inside, run in groupby(block.pieces, key=lambda piece: "quote" in piece.marks):
        length = sum(len(piece.text) for piece in run)
        if inside:
            yield Span(at, at + length)
        at += length


def _inside(text: str, start: int, end: int) -> Span:
    """A quotation without its marks: those at its ends, where there are any."""
    marks = "“”‘’\"'«»„"
    start += text[start : start + 1] in marks
    return Span(start, end - (end > start and text[end - 1] in marks))
