"""The titles of works in an article: words in emphasis, a link, quotation marks or a picture's text, in capitals.

A work is called what its author called it, whatever the style of the house. A newcomer would look for long words with
capitals: half of all titles are of two or three words (Life on the Internet), and firms, places and people have theirs
in links and in bold type, too. So what is marked out is read as a title is written: a small word in small letters is
among its words, but in quotation marks, and every other one has a capital. Where most have one, the words may yet be a
title, which is enough not to take one away. A heading is no work's title: it is the article's own, and the house's to
write.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from edlint.analysis.casing import STYLES
from edlint.analysis.dates import CALENDAR, MONTHS
from edlint.article import Article
from edlint.finding import Place
from edlint.text import Block, Span, Spans

_MARKS = ("link", "emphasis", "strong", "quote")
_SMALL = STYLES["Chicago"]
_WORD = re.compile(r"[^\W_]\S*")
_BARE = re.compile(r"\W.*")
_ENOUGH = 2  # words that have a capital only in a title
_LONG = re.compile(r"[^\W\d_]{4,}")  # words that have a capital in any title
_DATE = re.compile(
    rf",\s(?:\w+day,\s)?(?:{'|'.join(month[:3] for month in MONTHS)})\w*\.?\s\d[^,]{{0,5}}(?:,?\s\d{{4}})?\Z"
)
_SENTENCES = re.compile(r"\w{3}[.?!…]\s+[^\W_a-z]")
_OPENS = re.compile(r"""(?<!\w)["'“‘«„]""")
_MOST = 0.7  # the share of these that may tell a title


class Words(NamedTuple):
    """Places in the source where words belong to a longer whole, and those wholes."""

    spans: Spans
    wholes: frozenset[Span]

    @classmethod
    def of(cls, wholes: Iterable[Span]) -> "Words":
        """Takes the wholes in any order."""
        found = frozenset(wholes)
        return cls(Spans.of(found), found)

    def hold(self, span: Span) -> bool:
        """Says whether a span is some words of a whole: who speaks of all of it means that very one."""
        return span not in self.wholes and self.spans.hold(span)


def titles(article: Article) -> Words:
    """Finds what is plainly titles of works in an article, in the source; ask through `article.once`."""
    blocks = article.document.blocks
    return Words.of(block.in_source(span) for block in blocks for span in titles_in(article, block))


def titles_in(article: Article, block: Block) -> Iterator[Span]:
    """Gives the spans of a block that are plainly titles, outer ones first; a date behind a comma is none of it."""
    found = _plain(block.text, (*_in_markup(block), *_quoted(article, block)))
    yield from sorted(found, key=lambda span: (span.start, -span.end))


def may_be_of_title(article: Article, place: Place) -> bool:
    """Says whether a place is some words of what is, or may be, a title: also a whole block in capitals may."""
    (block, span), text = place, place.block.text
    marked_out = list(_in_markup(block))
    if _OPENS.search(text, 0, span.start):  # who asks for quotations has the whole article read for them
        marked_out += _quoted(article, block)
    wholes = {*_plain(text, marked_out), *(one for one, _ in marked_out if may_be_title(text[one.start : one.end]))}
    if may_be_title(text, at_least=_ENOUGH + 1) and not _SENTENCES.search(text):
        wholes.add(Span(0, len(text)))
    return Words.of(wholes).hold(span)


def _plain(text: str, marked_out: Iterable[tuple[Span, bool]]) -> Iterator[Span]:
    """The spans of a text that are titles of those that are marked out, each with whether a title has small words."""
    for whole, has_small in marked_out:
        span = _undated(text, whole)
        if is_title(text[span.start : span.end], has_small=has_small):
            yield span


def _undated(text: str, span: Span) -> Span:
    date = _DATE.search(text, *span)
    return Span(span.start, date.start()) if date else span


def is_title(words: str, *, has_small: bool) -> bool:
    """Says whether words are written as a title is: small ones among them, and a capital on the first and all others.

    Two at least must be words that have no capital of their own, as months, weekdays and abbreviations do. Small words
    need not be there unless it `has_small` ones.
    """
    found = _WORD.findall(words)
    others = [one for one in found if one not in _SMALL]
    if not found or not _has_capital(found[0]) or not all(map(_has_capital, others)):
        return False
    if has_small and len(others) == len(found):
        return False
    return sum(_is_telling(one) for one in others) >= _ENOUGH


def may_be_title(words: str, at_least: int = _ENOUGH) -> bool:
    """Says whether words begin with a capital, and most long ones among them, of which there are enough, have one."""
    long = [one for one in _LONG.findall(words) if one not in _SMALL]
    first = _WORD.search(words)
    if first is None or not _has_capital(first[0]) or len(long) < at_least:
        return False
    return sum(map(_has_capital, long)) > len(long) * _MOST


def _is_telling(word: str) -> bool:
    """Says whether a word has its capital from the title that it stands in."""
    bare = _BARE.sub("", word)
    return bare[:1].isupper() and not bare.isupper() and bare.lower() not in CALENDAR


def _has_capital(word: str) -> bool:
    """Says whether a word has a capital, be it within (iPhone), or begins with a figure."""
    return word[:1].isdigit() or any(map(str.isupper, word))


def _in_markup(block: Block) -> Iterator[tuple[Span, bool]]:
    """The spans of a block that markup marks out, and all of a picture's text; titles there have small words."""
    if block.kind == "alt":
        yield Span(0, len(block.text)), True
    for mark in _MARKS if any(piece.marks for piece in block.pieces) else ():
        at = 0
        for inside, run in groupby(block.pieces, key=lambda piece: mark in piece.marks):
            length = sum(len(piece.text) for piece in run)
            if inside:
                yield Span(at, at + length), True
            at += length


def _quoted(article: Article, block: Block) -> Iterator[tuple[Span, bool]]:
    """The spans of a block in quotation marks, without these; titles there need have no small words."""
    from edlint.analysis.quotations import quotations  # which takes a while to import, and not every run asks

    for start, end in article.once(quotations).within(block):
        yield Span(start + 1, max(end - 1, start + 1)), False
