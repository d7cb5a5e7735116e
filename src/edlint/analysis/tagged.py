"""The words of a text with their parts of speech, cut and named as the Penn Treebank has them.

Rules about grammar are written for that convention. The language model has another: it parts what a hyphen or a slash
joins, names brackets otherwise, and calls only the `to` of an infinitive `TO`. What it parted is one word again here.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from edlint.analysis.language import parsed
from edlint.article import Article
from edlint.text import Block, Span

_HYPHENS = "-\u2010\u2011"
_JOINTS = _HYPHENS + "/"
_MASK = "*"  # code and the like, of which the hyphen after it still is part
# What the Treebank parts although no sign stands there.
_PARTED = frozenset(
    {("can", "not"), ("gon", "na"), ("got", "ta"), ("wan", "na"), ("gim", "me"), ("lem", "me")},
)
_TREEBANK = {"-LRB-": "(", "-RRB-": ")", "HYPH": ":", "NFP": ":", "ADD": "NN", "AFX": "JJ"}
_BEFORE_A_NOUN = frozenset({"amod", "compound", "nmod"})


class Word(NamedTuple):
    """A word or a mark: its span in the text, as it is written, its Treebank tag and its universal one."""

    span: Span
    text: str
    tag: str
    universal: str


def words_of(article: Article, blocks: Sequence[Block]) -> list[tuple[Word, ...]]:
    """Gives the words of each block in order, tagging those that nobody has asked for yet; raises ModelError."""
    known = article.once(_tagged_texts)
    missing = list({block.text: block for block in blocks if block.text not in known}.values())
    for block, doc in zip(missing, parsed(article, missing), strict=True):
        known[block.text] = tuple(_words(doc, block.text))
    return [known[block.text] for block in blocks]


def _tagged_texts(article: Article) -> dict[str, tuple[Word, ...]]:  # noqa: ARG001 - a question takes the article
    return {}


def _words(doc: Any, text: str) -> Iterator[Word]:
    run = list[Any]()
    for token in doc:
        if token.is_space:
            continue
        if run and not _is_joined(text, run[-1], token):
            yield _word(text, run)
            run = []
        run.append(token)
    if run:
        yield _word(text, run)


def _is_joined(text: str, before: Any, token: Any) -> bool:
    """Says whether two tokens that follow each other are of one word."""
    at = token.idx
    if before.idx + len(before) != at:
        return False
    last, first = text[at - 1], text[at]
    if last in _JOINTS:
        return at > 1 and _is_of_word(text[at - 2]) and first.isalnum()
    if first in _JOINTS:
        return _is_of_word(last) and text[at + 1 : at + 2].isalnum()
    if not (last.isalnum() and first.isalnum()) or "'" in before.text + token.text:
        return False
    return (before.lower_, token.lower_) not in _PARTED


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == _MASK


def _word(text: str, run: Sequence[Any]) -> Word:
    span = Span(run[0].idx, run[-1].idx + len(run[-1]))
    tag, universal = _tags(run)
    return Word(span, text[span.start : span.end], tag, universal)


def _tags(run: Sequence[Any]) -> tuple[str, str]:
    """The tags of a word: of compounds those of their last part, or an adjective's where they describe a noun."""
    first, last = run[0], run[-1]
    if len(run) == 1:
        return ("TO" if first.lower_ == "to" else _TREEBANK.get(first.tag_, first.tag_)), first.pos_
    if not any(token.text in _JOINTS for token in run):  # `10am`
        return first.tag_, first.pos_
    describes = last.dep_ == "acomp" or any(
        token.dep_ in _BEFORE_A_NOUN and token.head.i > last.i and token.head.tag_ in ("NN", "NNS") for token in run
    )
    hyphenated = any(token.text in _HYPHENS for token in run)
    return ("JJ", "ADJ") if hyphenated and describes and last.pos_ != "PROPN" else (last.tag_, last.pos_)
