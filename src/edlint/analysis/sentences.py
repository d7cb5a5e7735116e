"""Where sentences begin and end, found without a language model.

A full stop after an abbreviation, an initial or in a number ends nothing, and neither does one that a small letter
follows; closing quotation marks and brackets belong to the sentence that they close. News leads to the one exception:
a question in quotation marks before `she asked` goes on.
"""

import re

from edlint.article import Article
from edlint.text import Block, Span

# Words that end in a full stop in the middle of a sentence; all in small letters, without the stop.
_TITLES = frozenset(
    "mr mrs ms mx dr prof rev hon gov gens gen sen sens rep reps lt sgt capt cmdr col maj adm pvt cpl det supt insp "
    "st ste mt ft pres sec treas amb asst assoc dir fr sr messrs mmes msgr no nos vol fig figs sec art p pp ch ed eds "
    "jan feb mar apr jun jul aug sept oct nov dec mon tue tues wed thu thur thurs fri sat sun "
    "vs v cf e.g i.e eg ie viz approx est al ca calif ariz ark colo conn del fla ga ill ind kan ky la md mass mich "
    "minn miss mo mont neb nev okla ore pa penn tenn tex va vt wash wis wyo ala".split()
)
# Those of them that in small letters are words which may end a sentence: `The answer was no.`
_WORDS_TOO = frozenset("no sun sat miss ill mass wash del art fig est".split())
# Those after which a capital begins a new sentence as often as not.
_MAYBE = frozenset("inc corp co ltd llc bros jr sr etc u.s u.k u.n e.u d.c a.m p.m est".split())
_OPENERS = "\"'“‘«([*_"
_CLOSERS = "\"'”’»)]*_"
_STOP = re.compile(rf"(?<![.!?…])[.!?…]++[{re.escape(_CLOSERS)}]*+(?=\s)")
_WORD_BEFORE = re.compile(r"[^\s(\[“‘\"—–]+\Z")
_BEGINNERS = frozenset(
    "the a an this that these those it he she they we i you in on at by for from with after before when while as if "
    "but and so yet or nor there here his her their our its my what who how why one some many most more no not last "
    "according meanwhile however".split()
)
_LONGEST_WORD = 40


def sentences(text: str) -> list[Span]:
    """Splits a block's text into sentences, without the white space between them."""
    spans: list[Span] = []
    start = 0
    for stop in _STOP.finditer(text):
        if _ends(text, stop):
            _add(spans, text, start, stop.end())
            start = stop.end()
    _add(spans, text, start, len(text))
    return spans


def sentences_of(article: Article, block: Block) -> list[Span]:
    """The sentences of a block's text, split once for all who ask."""
    known = article.once(_split_texts)
    if block.text not in known:
        known[block.text] = sentences(block.text)
    return known[block.text]


def _split_texts(article: Article) -> dict[str, list[Span]]:  # noqa: ARG001 - a question about an article takes it
    return {}


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    begin = start + len(piece) - len(piece.lstrip())
    end = start + len(piece.rstrip())
    if begin < end:
        spans.append(Span(begin, end))


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Says whether a stop, with the marks that close after it, ends a sentence."""
    following = text[stop.end() : stop.end() + _LONGEST_WORD].lstrip().lstrip(_OPENERS)
    if following[:1].islower():
        return False
    if stop.group()[0] != "." or stop.group()[1:].strip(")]*_"):
        return True  # no full stop, more than one, or one that a quotation closes after
    before = _WORD_BEFORE.search(text, max(0, stop.start() - _LONGEST_WORD), stop.start())
    return before is None or _may_end(before.group(), following)


def _may_end(word: str, following: str) -> bool:
    """Says whether the stop after a word is more than the sign of an abbreviation, with what follows in view."""
    small = word.lower().strip("'’")
    first = following.split(maxsplit=1)[0] if following.strip() else ""
    if small in _MAYBE:
        return first.lower().strip(",") in _BEGINNERS
    if small in _TITLES:
        return small in _WORDS_TOO and not word[:1].isupper() and not first[:1].isdigit()
    return not (len(word) == 1 and word.isupper() and word != "I")
