"""Remedies: the fixes that hits offer, as they can be made in the source, and whether they are right there, too.

A rule knows its words and not where they stand. A newcomer would take its word that a fix is safe. But an address or a
handle must stay as it is, a work is called what its author called it, and who writes a word with a capital throughout
wants it throughout in small letters or not at all.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from edlint.article import Article
from edlint.finding import Edit, Fix, OfferedFix, Place, PlacedEdit
from edlint.text import Block, Span, Spans

_JOINTS = tuple("/\\@#_")  # what joins a word to an address or a handle
_FAR = 100  # code points in which the words around a place are looked for
_AROUND = "()[]{}<>“”‘’\"'.,;:!?…"  # marks around a word that are none of it
_AROUND_START = _AROUND.replace(".", "")  # `./draft` begins with one
_BEGINS_AS_ADDRESS = re.compile(r"[#@][^\W\d]|\.{0,2}/\w|~/\w|[a-z]+://")
_MAIL = re.compile(r"\w@\w")
_DOTTED = re.compile(r"\w\.(?:[a-z][a-z\d]{1,4}|example)(?![\w.-])")  # the end of a domain or of a file's name
_IN_SLUG = 3  # hyphens and the like in a slug that stands among words
_SPACE = re.compile(r"\s")
_BEGINS = re.compile(r"(?:\A|[.!?:;…]|\n\s*[-*•])[\s“‘\"'(\[*]*\Z")
_WORD_BEFORE = re.compile(r"(\w[\w’'-]*)[ \n]\Z")
_NAME_AFTER = re.compile(r"[ \n][^\W_a-z]")


def fixes(article: Article, place: Place, offered: Iterable[OfferedFix]) -> Iterator[Fix]:
    """Gives the fixes of a hit at a place in terms of the source.

    One that would edit across markup or entities or within an address is not given, nor one that takes capitals from
    what may be a title, unless it is the whole of it that the rule speaks of.
    """
    for fix in offered:
        places = [edit.place for edit in fix.edits]
        if not all(one.block.is_verbatim(one.span) for one in places) or any(map(_is_of_an_address, places)):
            continue
        if any(map(_takes_capitals, fix.edits)) and _may_be_of_title(article, place):
            continue
        closed_up = map(_closed_up, fix.edits)
        edits = (Edit(edit.place.block.in_source(edit.place.span), edit.text) for edit in closed_up)
        safe = fix.safe and not any(map(_is_part_of_a_name, places))
        yield Fix(fix.message, safe, tuple(edits))


def are_of_addresses(offered: Iterable[OfferedFix]) -> bool:
    """Says whether all that fixes would write anew is of addresses, names of files, handles, hashtags or slugs.

    These are as they are, so nothing is wrong with the words in them.
    """
    return all(_is_of_an_address(edit.place) for fix in offered for edit in fix.edits)


def _closed_up(edit: PlacedEdit) -> PlacedEdit:
    """An edit that leaves no two spaces where it takes words out, and no two full stops."""
    (block, (start, end)), words = edit
    before, after = block.text[start - 1 : start], block.text[end : end + 1]
    if words.endswith(".") and after == ".":
        return edit._replace(text=words[:-1])
    if words or start == end:
        return edit
    if before == " " and after in (*" \n.,;:!?)", ""):
        span = Span(start - 1, end)
    elif after == " " and before in ("", "\n", "("):
        span = Span(start, end + 1)
    else:
        return edit
    return PlacedEdit(Place(block, span), words) if block.is_verbatim(span) else edit


def _is_part_of_a_name(place: Place) -> bool:
    """Says whether a place may belong to an address, a file's name, a handle or a hashtag, which must stay as it is."""
    text, (start, end) = place.block.text, place.span
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    dotted = before[1:] == "." and before[:1].isalnum(), after[:1] == "." and after[1:].isalnum()
    hyphened = all(sign.strip("-").isalnum() and "-" in sign for sign in (before, after))  # as in a picture's file name
    return any(dotted) or hyphened or before[-1:] in _JOINTS or after[:1] in _JOINTS


def _is_of_an_address(place: Place) -> bool:
    """Says whether a place is some words within what can only be an address or the like."""
    text, (start, end) = place.block.text, place.span
    if text[start - 1 : start].isspace() and text[end : end + 1].isspace():  # as most words stand
        return False
    words = text[start:end]
    if not (words[:1].isalnum() and words[-1:].isalnum()):  # a mark, or nothing: words are to be parted
        return False
    before, after = _joined_to(text, place.span)
    if not before and not after:
        return False
    whole, reach = before + words + after, range(len(before), len(before) + len(words))
    return (
        bool(_BEGINS_AS_ADDRESS.match(whole) or _MAIL.search(whole))
        or any(found.start() + 1 not in reach for found in _DOTTED.finditer(whole))
        or (_shows_a_picture(place.block, start) and _is_slug(text, before, after))
    )


def _joined_to(text: str, span: Span) -> tuple[str, str]:
    """What stands before and after a span without white space or a dash between, and without marks at its ends."""
    around = text[max(span.start - _FAR, 0) : span.start], text[span.end : span.end + _FAR]
    before, after = (signs.replace("—", " ") for signs in around)
    first = "" if before[-1:].isspace() else "".join(before.split()[-1:])
    last = "" if after[:1].isspace() else "".join(after.split()[:1])
    return first.lstrip(_AROUND_START), last.rstrip(_AROUND)


def _shows_a_picture(block: Block, at: int) -> bool:
    return block.kind == "alt" or "alt" in block.marks(Span(at, at + 1))


def _is_slug(text: str, before: str, after: str) -> bool:
    """Says whether words with others before and after them are of a file's name instead of a sentence."""
    joints = sum(sign in "-_" for sign in before + after)
    is_joined = before.endswith(("-", "_")) or after.startswith(("-", "_"))
    return is_joined and (joints >= _IN_SLUG or not _SPACE.search(text.strip()))


def _takes_capitals(edit: PlacedEdit) -> bool:
    """Says whether an edit takes capitals before small letters away; those of abbreviations are not of a title."""
    (block, span), words = edit
    return _capitals(block.text[span.start : span.end]) > _capitals(words)


def _capitals(words: str) -> int:
    return sum(one.isupper() and after.islower() for one, after in pairwise(words))


def _may_be_of_title(article: Article, place: Place) -> bool:
    from edlint.analysis.titles import may_be_of_title  # which most articles do not need

    return may_be_of_title(article, place)


def is_capital_elsewhere(article: Article, words: str, found: Spans) -> bool:
    """Says whether an article writes words as they are, with their capitals, where nothing of theirs was found.

    At the head of a sentence, beside another capital and in what may be a title the capital has its own reason.
    """
    written = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    return any(
        not (found.hold(block.in_source(place.span)) or _may_be_of_title(article, place))
        for block in article.document.blocks
        if words in block.text
        for match in written.finditer(block.text)
        if not _has_a_reason(block.text, match)
        for place in [Place(block, Span(*match.span()))]
    )


def _has_a_reason(text: str, match: re.Match[str]) -> bool:
    """Says whether a capital is that of a sentence or of a longer name."""
    before = text[max(match.start() - _FAR, 0) : match.start()]
    if _BEGINS.search(before) or _NAME_AFTER.match(text, match.end()):
        return True
    word = _WORD_BEFORE.search(before)
    return word is not None and word[1][:1].isupper() and not _BEGINS.search(before[: word.start()])
