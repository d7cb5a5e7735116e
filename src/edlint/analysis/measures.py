"""What a text measures: its words, sentences and syllables, the scores of readability made of them, its blocks.

Counted is as Vale counts, so that scores can be held against its own and against limits that were set by them. A word
is a run of letters and figures, straight apostrophes within it; a hyphen and a curly apostrophe part words, and
initials with their stops (`U.S.`) are one. A sentence ends with a stop before white space, before a small letter, too,
but for the stops of abbreviations and initials; and with its block at the latest. Measured of an
article is its running text, so its words are those of paragraphs, lists and block quotes, and not of headings and
tables. Code has no words, nor has a web address that stands apart; one of mail, or without its scheme, is read out.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from statistics import pstdev
from string import ascii_uppercase

from edlint.analysis.quotations import quotations
from edlint.analysis.syllables import syllables
from edlint.article import Article
from edlint.finding import Place
from edlint.markup import addresses
from edlint.scope import INLINE, SENTENCE, SPEECH, WHOLE, WORK, Scope
from edlint.text import Block, Piece, Span

_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:'+[^\W_]+)*")
# What ends a sentence: stops after a word, and marks that close after them.
_END = re.compile(r"(?P<word>.*?)(?P<stop>[.!?]+)(?P<closed>[\"'”’»)\]*_]*)", re.DOTALL)
_SHORTENED = frozenset(
    [*"Dr Mr Mrs Ms Prof Sen Rep Gen St No vs Jan Feb Aug Sept Oct Nov Dec".split(), *ascii_uppercase]
)
# Words that begin a sentence after initials, where others may be part of a name: `U.S. They`, `U.S. Department`.
_BEGINNERS = frozenset(
    "The In It This These There I They Them Many But So If When He Her Here However While Since Some Most Both Such "
    "Although Instead Among Including Your Yes".split()
)
_AROUND = " \n\t(<>*_~).,;:!?"  # what may stand beside a web address that is no part of a sentence
_INFLECTED = ("es", "ed", "ing")
_LONG = 6  # characters that a long word exceeds, apostrophes among them
_MANY = 2  # syllables that a polysyllabic word exceeds


@dataclass(frozen=True)
class Counts:
    """What was counted in a text; `lengths` are the words of each sentence."""

    lengths: tuple[int, ...] = ()
    characters: int = 0
    syllables: int = 0
    long_words: int = 0
    polysyllabic_words: int = 0
    complex_words: int = 0

    @cached_property
    def words(self) -> int:
        """The words of all sentences."""
        return sum(self.lengths)

    @property
    def sentences(self) -> int:
        """How many sentences there are."""
        return len(self.lengths)

    @property
    def sentence_length(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences

    def of_words(self, number: float) -> float:
        """How many of something there are for each word."""
        return number / self.words


# Where a formula is by somebody, its name says by whom; they are those of Vale's styles, constants included.
_SCORES: Mapping[str, Callable[[Counts], float]] = {
    "flesch_reading_ease": lambda n: 206.835 - 1.015 * n.sentence_length - 84.6 * n.of_words(n.syllables),
    "flesch_kincaid": lambda n: 0.39 * n.sentence_length + 11.8 * n.of_words(n.syllables) - 15.59,
    "gunning_fog": lambda n: 0.4 * (n.sentence_length + 100 * n.of_words(n.complex_words)),
    "smog": lambda n: 1.0430 * math.sqrt(n.polysyllabic_words * 30 / n.sentences) + 3.1291,
    "coleman_liau": lambda n: 5.88 * n.of_words(n.characters) - 29.6 * n.of_words(n.sentences) - 15.8,
    "automated_readability": lambda n: 4.71 * n.of_words(n.characters) + 0.5 * n.sentence_length - 21.43,
    "lix": lambda n: n.sentence_length + 100 * n.of_words(n.long_words),
    "sentence_length_sd": lambda n: pstdev(n.lengths),
}
_COUNTS = frozenset("words sentences characters syllables long_words polysyllabic_words complex_words".split())
_BLOCKS = frozenset("paragraphs list blockquote".split()) | {f"heading_h{level}" for level in range(1, 7)}
_QUOTED = "quote_words"
NAMES = frozenset({*_COUNTS, *_SCORES, *_BLOCKS, _QUOTED})


def measure(article: Article, block: Block, name: str) -> float:
    """Gives what a block measures, by one of NAMES; a score of a text without words is not a number."""
    counts = _counts_of(article, block)
    if name in _SCORES:
        return _SCORES[name](counts) if counts.words else math.nan
    if name == _QUOTED:
        return sum(1 for _ in _quoted(article, block))
    return float(getattr(counts, name) if name in _COUNTS else _elements(article, block)[name])


def beginning(article: Article, block: Block, scope: Scope) -> Place:
    """Gives the place that speaks of the whole of a view: where a line begins, for a part of a line where that begins.

    The place is empty, and its block goes on with the view's own words.
    """
    at = 0 if block.kind in WHOLE else block.span.start
    terms = {term for alternative in scope.alternatives for term, wanted in alternative if wanted}
    if not (terms & {*INLINE, SENTENCE, SPEECH, WORK} or block.kind.startswith("frontmatter")):
        at = article.document.source.line(at).start
    start = Piece(Span(at, at), " ", verbatim=False)
    return Place(Block(block.kind, (start, *block.pieces), block.ancestors), Span(0, 0))


def _read(article: Article, block: Block) -> str:
    """The text of a block with the addresses that are read as words, such as those of mail, in their places."""
    text, parts = article.document.source.text, list[str]()
    for piece in block.pieces:
        start, end = piece.span
        said = text[start:end]
        alone = text[start - 1 : start] in _AROUND and text[end : end + 1] in _AROUND
        alone = alone or text.startswith(f"]({said})", end)
        masked = piece.text == "*" * len(said) and addresses(said)
        parts.append(said if masked and not (alone and "://" in said) else piece.text)
    return "".join(parts)


def _counts_of(article: Article, block: Block) -> Counts:
    """What a view counts, counted once for all who ask."""
    known, key = article.once(_known), (block.text, block.span)
    if key not in known:
        known[key] = _counts(_read(article, block))
    return known[key]


def _known(article: Article) -> dict[tuple[str, Span], Counts]:  # noqa: ARG001 - a question takes the article
    return {}


def _counts(text: str) -> Counts:
    in_sentences = list(_words_by_sentence(text))
    words = [word for sentence in in_sentences for word in sentence]
    sizes = [sum(map(str.isalnum, word)) for word in words]
    spoken = [(syllables(word), word.endswith(_INFLECTED)) for word in words]
    return Counts(
        lengths=tuple(map(len, in_sentences)),
        characters=sum(sizes),
        syllables=sum(number for number, _ in spoken),
        long_words=sum(len(word) > _LONG for word in words),
        polysyllabic_words=sum(number > _MANY for number, _ in spoken),
        complex_words=sum(number - inflected > _MANY for number, inflected in spoken),
    )


def _words_by_sentence(text: str) -> Iterator[list[str]]:
    """The words of each sentence; a blank line, as it parts the blocks of a summary, ends one."""
    for part in text.split("\n\n"):
        words = list[str]()
        tokens = part.split()
        for token, following in zip(tokens, [*tokens[1:], ""], strict=True):
            words += _WORD.findall(token)
            if not following or _ends(token, following):
                yield words
                words = []


def _ends(token: str, following: str) -> bool:
    """Says whether a sentence ends with what stands between two spaces, before what stands there next."""
    end = _END.fullmatch(token)
    if not end:
        return False
    word, stop, closed = end.groups()
    first = following.lstrip("\"'“‘«([*_")
    if stop == "..." or word.isdigit():
        return first[:1].isupper()
    if not closed and ("." in word or stop == ".." or word in _SHORTENED):
        return first.rstrip("\"'”’,.") in _BEGINNERS
    return not first[:1].islower() if closed else first[:1] not in ("–", "—")


def _elements(article: Article, block: Block) -> Counter[str]:
    """How many blocks of each name there are: in the article for a view of it all, else within the view."""
    inside = list(article.document.blocks)
    if block.kind not in WHOLE:
        start, end = block.span
        inside = [one for one in inside if start <= one.span.start and one.span.end <= end]
    found = Counter(_element(one) for one in inside)
    found["blockquote"] = sum(quoted for quoted, _ in groupby(inside, lambda one: "blockquote" in one.ancestors))
    return found


def _element(block: Block) -> str:
    """The name that a block is counted by."""
    if block.kind == "list.item" or (block.kind == "paragraph" and block.ancestors[-1:] == ("list.item",)):
        return "list"
    return "paragraphs" if block.kind == "paragraph" and not block.ancestors else block.kind.replace(".", "_")


def _quoted(article: Article, block: Block) -> Iterator[Span]:
    """The words of a view that stand in quotation marks, as spans of the source."""
    spans = article.once(_speech)
    for match in _WORD.finditer(block.text):
        word = block.in_source(Span(*match.span()))
        before = bisect_right(spans, word.start, key=lambda span: span.start)
        if before and word.end <= spans[before - 1].end:
            yield word


def _speech(article: Article) -> list[Span]:
    """What stands in quotation marks, as spans of the source, quotations within others left out."""
    found = article.once(quotations)
    spans = sorted(block.in_source(span) for block in article.document.blocks for span in found.within(block))
    outer = list[Span]()
    for span in spans:
        if not outer or span.end > outer[-1].end:
            outer.append(span)
    return outer
