"""Names: where capitalised words stand in an article, and what stands around them that tells whose names they are.

A capital says little where a sentence, a heading or a quotation begins; a lone word in quotation marks may be spoken of
as a word; what looks like an address, a file, a handle or a hashtag is no name. All of that is told by a mention, and
what it means is left to the one who asks.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from edlint.analysis.wordlist import is_name, is_word
from edlint.finding import Place
from edlint.text import Block, Span

_UPPER = "A-Z\u00c0-\u00d6\u00d8-\u00de\u0100-\u024f\u0370-\u03ff\u0400-\u042f\u1e00-\u1eff"
_WORD = re.compile(
    rf"(?<![\w@#./\\&=~$%+])(?<!\d-)[{_UPPER}][^\W\d_]*+(?:['’‘ʻ][^\W\d_]++)*+(?![\w@/\\=~]|[.:]\w|://|['’-]\w*[\d@/])"
)
_LOWER = re.compile(r"(?<![\w@#./\\’'])[^\W\d_A-Z]{4,}(?![\w@/\\]|\.\w)")
# A possessive ending, and the endings of contractions, which are no names: `They've`.
_APOSTROPHES = str.maketrans("’‘ʻ", "'''")
_POSSESSIVE = re.compile(r"['’‘][sS]$")
_POSSESSIVE_HERE = re.compile(r"['’‘][sS](?!\w)")
_CONTRACTION = re.compile(r"['’‘](?:t|d|m|re|ve|ll)$", re.IGNORECASE)
# What may stand between a given name and a surname: a space, initials, a nickname in quotation marks or brackets; and
# before them the second half of a given name such as `Eun-ji`.
_GAP = re.compile(r"(?:-[^\W\d_]{1,6})?\s+((?:[A-Z]\.?[ -]?){1,3}\s+)?(?:[“\"'‘(]\w+[”\"'’)]\s+)?")
PARTICLES = frozenset("al bin ben ibn da de del della der di dos du el la le ten ter van von zu".split())
# Particles join a given name to a surname as nothing else does.
_ANY_PARTICLE = "|".join(sorted(PARTICLES))
_PARTICLE = re.compile(rf"\s+((?:(?:{_ANY_PARTICLE})[ -]){{1,3}})")
# Short words that stand before a name with a capital and are none; dictionaries tell the longer ones.
_FUNCTION = frozenset(
    "a all an and any are as at be but by did do for from had has he her his how if in is it its my new no nor not of "
    "off on one or our out per she so that the they this to two up via was we when who why with yes yet you".split()
)
_TITLE_GAP = re.compile(r"\.?\s+")
_BEFORE = 24
_SPEECH = re.compile(
    r",?\s+(?:(?:also|then|later|has|had)\s+)?(?:said|says|told|adds|added|asked|wrote|writes|explained|explains|noted"
    r"|notes|argued|tweeted|testified|recalled|insisted|replied|continued|acknowledged|conceded|declined)\b"
)
_SPOKEN = re.compile(r"\b(?:said|says|asked|added|explained)\s+$")
_DETERMINED = re.compile(r"\b(?:the|a|an|this|that|these|those|our|your|their|his|her|its|my|each|every)\s+$", re.I)
_OPENERS = frozenset('.!?:;“”"‘([{—–•|>…*-/')
_QUOTE_OPENS, _QUOTE_CLOSES = frozenset("“\"‘'"), frozenset("”\"’'")
_STOPPED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Mx|Dr|St|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Maj|Rev|Hon|Prof|Pres|vs|No|Jr|Sr)\.\s*$"
)
# Fields of the front matter that hold people's names and nothing else.
_BYLINES = frozenset({"author", "authors", "byline"})
_ENDS = re.compile(r"[.!?:,…][”\"’')]*\s*$")
# Words before a surname that are not a given name.
TITLES = frozenset(
    "mr mrs ms mx miss dr prof professor sir dame lord lady sen sens senator senators rep reps representative "
    "congressman congresswoman gov govs governor president vice mayor secretary minister premier chancellor judge "
    "justice chief attorney general gen lt capt captain maj major col colonel sgt sergeant cpl adm admiral officer "
    "detective sheriff rev reverend father sister brother bishop archbishop cardinal pope rabbi imam king queen "
    "prince princess duke coach chairman chairwoman chair speaker ambassador director commissioner commander "
    "superintendent leader uncle aunt democrat republican candidate inspector constable trooper deputy councillor "
    "councilor councilman councilwoman alderman manager supervisor trustee warden clerk".split()
)
# Those of them that second references have in many a house, so that they introduce nobody.
_HONORIFICS = frozenset("mr mrs ms mx miss dr prof professor".split())
# Letters that are not a plain letter with a mark, by what stands for them where keyboards lack them.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


class Mention(NamedTuple):
    """One place of a capitalised word, without a possessive ending.

    `order` counts the mentions of the article; `given` and `family` are the capitalised words right before and right
    after it in the same name, or empty, and `initials` those between it and the given name; `joint` is what a hyphen or
    a particle joins to it from before (`Wal-`, `de `), `tail` the word that a hyphen joins to it from behind; `opens`
    where a capital says nothing; `titled` after a title such as `Sen.`, unless it is one that all have, such as `Mr`.
    """

    place: Place
    text: str
    order: int = 0
    given: str = ""
    initials: str = ""
    family: str = ""
    joint: str = ""
    tail: str = ""
    opens: bool = False
    titled: bool = False

    @property
    def speaks(self) -> bool:
        """Whether it stands beside a verb of speech, and is no `the Board said`."""
        text, (start, end) = self.place.block.text, self.place.span
        before = text[max(start - _BEFORE, 0) : start]
        return not _DETERMINED.search(before) and bool(_SPEECH.match(text, end) or _SPOKEN.search(before))

    @property
    def alone(self) -> bool:
        """Whether the word stands alone in quotation marks."""
        text, (start, end) = self.place.block.text, self.place.span
        possessive = _POSSESSIVE_HERE.match(text, end)
        return text[start - 1 : start] in _QUOTE_OPENS and text[end : end + 1] in _QUOTE_CLOSES and not possessive


@dataclass
class Form:
    """One spelling of a word that is a name, or may be; `key` is folded in case, with straight apostrophes."""

    key: str
    mentions: list[Mention] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The spelling as it stands most often, in running text where it does."""
        texts = [mention.text for mention in self.mentions if not mention.opens] or [m.text for m in self.mentions]
        return max(dict.fromkeys(texts), key=texts.count)

    @property
    def count(self) -> int:
        """How often it stands in the article."""
        return len(self.mentions)

    @cached_property
    def givens(self) -> frozenset[str]:
        """The words that stand before it as a given name would, folded."""
        return frozenset(folded(mention.given) for mention in self.mentions if mention.given)

    @cached_property
    def families(self) -> frozenset[str]:
        """The words that stand after it as a surname would, folded."""
        return frozenset(folded(mention.family) for mention in self.mentions if mention.family)

    @cached_property
    def halves(self) -> frozenset[str]:
        """The words that a hyphen joins to it, folded, with the hyphen where it stands."""
        before = {folded(mention.joint) for mention in self.mentions if mention.joint.endswith("-")}
        return frozenset(before | {f"-{folded(mention.tail)}" for mention in self.mentions if mention.tail})


def folded(word: str) -> str:
    """Gives a word without case, with straight apostrophes."""
    return (word if word.isascii() else unicodedata.normalize("NFC", word).translate(_APOSTROPHES)).casefold()


def bare(word: str) -> str:
    """Gives a folded word without accents."""
    if word.isascii():
        return word
    plain = word.translate(_PLAIN)
    return "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))


def forms(blocks: Iterable[Block]) -> dict[str, Form]:
    """Gathers the mentions in blocks by their folded spelling; words in capitals throughout are left out."""
    found: dict[str, Form] = {}
    order = 0
    for block in blocks:
        for mention in mentions(block):
            if not _is_acronym(mention.text):
                key = folded(mention.text)
                found.setdefault(key, Form(key)).mentions.append(mention._replace(order=order))
                order += 1
    return found


def lower_case(blocks: Iterable[Block]) -> frozenset[str]:
    """Gives the words of four letters and more that stand in lower case in blocks."""
    return frozenset(word for block in blocks for word in _LOWER.findall(block.text))


def mentions(block: Block) -> Iterator[Mention]:
    """Gives the capitalised words of a block, in order, each with its neighbours in the same name."""
    text, is_title = block.text, _is_title(block)
    previous: Mention | None = None
    for match in _WORD.finditer(text):
        word = _POSSESSIVE.sub("", match.group())
        if len(word) < 2 or _CONTRACTION.search(word):
            continue
        here = _mention(block, word, match.start(), is_title)
        if previous is not None:
            previous, here = _linked(text, previous, here, is_title)
            yield previous
        previous = here
    if previous is not None:
        yield previous


def _mention(block: Block, word: str, start: int, is_title: bool) -> Mention:
    before = block.text[max(start - _BEFORE, 0) : start]
    joint = ""
    if before[-1:] in (" ", "-") and (first := before[:-1].rpartition(" ")[2]).lower() in PARTICLES:
        joint = first + before[-1]
    place = Place(block, Span(start, start + len(word)))
    return Mention(place, word, joint=joint, opens=is_title or _opens(before))


def _linked(text: str, one: Mention, other: Mention, is_title: bool) -> tuple[Mention, Mention]:
    """Tells two words that follow each other whether they are of one name."""
    gap = text[one.place.span.end : other.place.span.start]
    if len(gap) > _BEFORE:
        return one, other
    if gap == "-":
        # Not so in `a San-Jose-based firm`, where the hyphens make an adjective.
        is_longer = text.startswith("-", other.place.span.end)
        return (one, other) if is_longer else (one._replace(tail=other.text), other._replace(joint=f"{one.text}-"))
    if folded(one.text) in TITLES:
        return one, other._replace(titled=folded(one.text) not in _HONORIFICS and bool(_TITLE_GAP.fullmatch(gap)))
    joint, particle = _GAP.fullmatch(gap), _PARTICLE.fullmatch(gap)
    if not (joint or particle):
        return one, other
    if _may_be_given(one):
        initials = "".join(filter(str.isupper, joint[1] or "")) if joint else ""
        other = other._replace(given=one.text, initials=initials, titled=one.titled)
    # In a heading every word has a capital, so what comes next says nothing.
    return one if is_title else one._replace(family=(particle[1] if particle else "") + other.text), other


def _may_be_given(word: Mention) -> bool:
    low = word.text.lower()
    return low not in _FUNCTION and low not in PARTICLES and (not word.opens or is_name(word.text) or not is_word(low))


def _is_title(block: Block) -> bool:
    """Says whether all words of a block have capitals because it is a heading, or looks like one."""
    head, _, key = block.kind.partition(".")
    if head == "heading" or block.kind == "table.header" or (head == "frontmatter" and "title" in key):
        return True
    if len(block.text) > 200 or key in _BYLINES or _ENDS.search(block.text):
        return False
    words = [word for word in re.findall(r"[^\W\d_]{4,}", block.text) if word]
    return len(words) > 2 and all(word[0].isupper() for word in words)


def _opens(before: str) -> bool:
    word = before.rstrip()
    return not word or (word[-1] in _OPENERS and not (word[-1] == "." and _STOPPED.search(before)))


def _is_acronym(word: str) -> bool:
    return word.isupper() or word.removesuffix("s").isupper()
