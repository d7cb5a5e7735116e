"""The variety of English that an article is written in, British or American, by what the article itself shows.

Where the front matter names a country (`language`), nobody need ask. Otherwise signs are counted: spellings, dates,
titles, times of day, percentages, quotation marks. A newcomer would take one sign for proof: an American article has
its pounds and its Labour Party, and a British one may quote the Americans. So it takes several different signs, and a
clear majority; an article that shows neither is taken for American, which is what edlint's own house style is.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from edlint.article import Article
from edlint.text import Block

BRITISH, AMERICAN = "en-gb", "en-us"

_ENOUGH = 4  # the weight of British signs that it takes: two strong ones
_MAJORITY = 3  # how many times the weight of the American ones that must be

# The beginnings of words that the two spell in two ways, British ending first; an ending in capitals belongs to a name.
_OUR = (
    "arm|behavi|cand|clam|col|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|ranc|rum|sav|splend|tum|val|vap|vig"
)
_RE = "calib|cent|fib|kilomet|lit|lust|meag|millimet|centimet|somb|spect|theat"
_LL = (
    "cancel|channel|counsel|dial|equal|fuel|funnel|initial|jewel|label|level|marshal|marvel|model|panel|pencil|quarrel|"
    "revel|rival|shovel|signal|swivel|total|travel|tunnel|unravel"
)
_IS = (
    "apolog|author|capital|categor|character|civil|critic|emphas|fertil|final|general|hospital|jeopard|legal|maxim|"
    "memor|minim|mobil|modern|national|normal|organ|penal|popular|priorit|privat|public|real|recogn|scrutin|social|"
    "special|stabil|standard|steril|subsid|summar|symbol|sympath|terror|util|vandal|visual"
)
_BRITISH_WORDS = (
    r"aeroplanes?|ageing|aluminium|amongst|analys(?:ed|ing)|artefacts?|cheques?|cosy|defence|enrol|enrolment|fulfil|"
    r"gaol\w*|grey(?:er|s|ing)?|jewellery|judgement|kerbs?|learnt|licence|maths|manoeuvr\w+|moulds?|mouldy|moustaches?|"
    r"mums?|offences?|paediatric\w*|paralysed|petrol|plough\w*|pretence|programmes?|pyjamas|sceptic\w*|skilful\w*|"
    r"spelt|storeys?|tonnes?|tyres?|whilst|wilful\w*|yoghurts?"
)
_AMERICAN_WORDS = (
    r"airplanes?|aging|aluminum|analyz(?:ed|ing)|artifacts?|cozy|defense|enrollment|fulfill|gray(?:er|s|ing)?|jewelry|"
    r"curbs?|moms?|maneuver\w*|molds?|moldy|mustaches?|offenses?|pediatric\w*|paralyzed|gasoline|plow\w*|pretense|"
    r"pajamas|skeptic\w*|skillful\w*|downtown|sidewalks?|gotten|yogurts?"
)
_TITLE = r"(?:Mr|Mrs|Ms|Dr)"


class Sign(NamedTuple):
    """What tells the two apart: what the British write, and what the Americans do."""

    british: re.Pattern[str]
    american: re.Pattern[str]


def _sign(british: str, american: str) -> Sign:
    return Sign(re.compile(british), re.compile(american))


_SPELLINGS = (
    _sign(rf"\b(?:{_OUR})our\w*", rf"\b(?:{_OUR})or(?:s|ed|ing|ite|ites|able|ably|hoods?|less|ful)?\b"),
    _sign(rf"\b(?:{_RE})(?:res?|red)\b", rf"\b(?:{_RE})(?:ers?|ered)\b"),
    _sign(rf"\b(?:{_LL})ll(?:ed|ing|ers?|ors?)\b", rf"\b(?:{_LL})(?:ed|ing|ers?|ors?)\b"),
    _sign(rf"\b(?:{_IS})is(?:e[sd]?|ing|ations?)\b", rf"\b(?:{_IS})iz(?:e[sd]?|ing|ations?)\b"),
    _sign(rf"\b(?:{_BRITISH_WORDS})\b", rf"\b(?:{_AMERICAN_WORDS})\b"),
)
_STRONG = (
    _sign(r"(?<=\d )per cent\b", r"(?<=\d )percent\b"),
    _sign(rf"\b{_TITLE} (?=[A-Z])", rf"\b{_TITLE}\. (?=[A-Z])"),
    _sign(r"\b\d{1,2}\.\d\d ?[ap]m\b", r"\b\d{1,2}:\d\d [ap]\.m\."),
)
# What either may write at times: the most that such a sign weighs is one, however often it comes.
_WEAK = (
    _sign(r"£\d", r"\bU\.S\."),
    _sign(r"(?<![\w’])‘[^’‘]{1,200}[,.?!]’(?!\w)", r"\b\d{1,2} [ap]\.m\."),
    _sign(r"[a-z]{2}[”\"][.,](?=\s|\Z)", r"(?<=[a-z],)[”\"](?=\s[a-z])"),
)
_WORD = re.compile(r"\b[a-z]{3,20}\b")  # an ending after a capital belongs to a name, which keeps its own spelling


def variety(article: Article) -> str:
    """Gives the variety that an English article shows, whatever its front matter names."""
    british, american = _weights(article)
    return BRITISH if british >= _ENOUGH and british >= _MAJORITY * american else AMERICAN


def _weights(article: Article) -> tuple[int, int]:
    """How much the signs of each variety weigh; a strong one that comes twice is one."""
    texts = [block.text for block in article.document.blocks]
    words = " ".join(dict.fromkeys(word for text in texts for word in _WORD.findall(text)))
    strong = [_found([words], sign) for sign in _SPELLINGS] + [_found(texts, sign) for sign in _STRONG]
    strong += [_dates(article, block) for block in article.document.blocks]
    weak = [_found(texts, sign) for sign in _WEAK]
    british, american = (
        2 * len(set[str]().union(*(found[side] for found in strong))) + sum(bool(found[side]) for found in weak)
        for side in (0, 1)
    )
    return british, american


def _found(texts: Iterable[str], sign: Sign) -> tuple[set[str], set[str]]:
    """The different words in which a sign of either variety comes."""
    british, american = ({found for text in texts for found in one.findall(text)} for one in sign)
    return british, american


def _dates(article: Article, block: Block) -> tuple[set[str], set[str]]:
    """The dates that only one of the two writes: `18 January 2020`, or `Jan. 18` and `January 18, 2020`."""
    from edlint.analysis.dates import MONTHS, dates_in  # which an article that names its country does not need

    british, american = set[str](), set[str]()
    for date in dates_in(article, block):
        if date.month_span is None or not date.days or date.ordinal:
            continue
        written = block.text[date.span.start : date.span.end]
        month = block.text[date.month_span.start : date.month_span.end]
        if date.form == "day-month" and month in MONTHS and " of " not in written:
            british.add(written)
        elif date.form == "month-day" and (month.endswith(".") or (date.year is not None and "," in written)):
            american.add(written)
    return british, american
