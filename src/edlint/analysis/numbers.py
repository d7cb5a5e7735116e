"""The figures of a text: sums of money, shares, counts, spans of time, multiples, with what they measure.

A number is not yet a figure. Dates, times of day, ages, scores, numbers in names (`Section 508`, `Boeing 757`) and
parts of compounds (`a 12-member board`) are left out here, because no check of figures wants them. Nothing is parsed:
a noun is guessed from its form and place, which is enough to tell `4,200 new homes` from `Highway 101`.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from edlint.text import Span

Kind = Literal["money", "share", "count", "time", "multiple"]
KINDS: tuple[Kind, ...] = ("money", "share", "count", "time", "multiple")


class Figure(NamedTuple):
    """A figure in a text, its span from the sign before the number to the unit or scale after it.

    `value` is the number written out (2.5 million is 2500000), for a share its percentage, for a multiple the factor
    (`halved` is 0.5); `noun` the words that
    follow, in small letters, as far as they may tell what is counted; `hedge` the words before that round it.
    """

    span: Span
    kind: Kind
    value: float
    noun: str = ""
    hedge: str = ""


_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_SHORT_SCALES = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "t": 1e12}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_FACTORS = {"doubled": 2, "trebled": 3, "tripled": 3, "quadrupled": 4, "quintupled": 5, "halved": 0.5}
_PERIODS = "second minute hour day night week month year decade century".split()

_DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,6}|\d{1,20})(?:\.\d{1,20})?"
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[:9])}))?|{'|'.join(reversed(_UNITS))})"
_SCALE = rf"(?:{'|'.join(_SCALES)})"
_HEDGE = (
    r"(?:(?:(?:(?:no|many|much|little|few)\s+)?(?:(?:more|less|fewer|greater|larger|higher)\s+than)"
    r"|as\s+(?:many|much|few|little|high|low)\s+as|at\s+(?:least|most)|up\s+to|upwards?\s+of|close\s+to|an?\s+estimated"
    r"|over|under|above|below|about|around|nearly|almost|roughly|approximately|some|just|only|another|an\s+additional"
    r"|estimated|well|exactly|far)\s+){1,4}"
)
_CURRENCY = r"(?:\b(?:US|NZ|AU|CA|HK|A|C|S|R)\s?)?[$£€¥₹]"
_COINS = (
    r"(?:(?:US|Canadian|Australian|Hong\s+Kong)\s+)?"
    r"(?:dollars?|cents?|euros?|pounds\s+sterling|yen|yuan|rupees?|pesos?)"
)
_PERCENT = r"(?:\s?%|[\s-]per\s?cent(?:age[\s-]points?)?\b|[\s-]percentage[\s-]points?\b)"
_ROUNDED = (
    r"(?:(?<=\bby\s)|(?<=\bthan\s)|(?<=\bnearly\s)|(?<=\balmost\s)|(?<=\babout\s)|(?<=\bsome\s)|(?<=\broughly\s))"
)
_ARTICLE = rf"(?:an?|half\s+an?|several|a\s+few)(?=\s+{_SCALE}\b)|an?\s+half(?=\s+{_SCALE}\b)"
_PATTERN = rf"""
(?P<hedge>\b{_HEDGE})?
(?:
    {_CURRENCY}\s?(?P<sum>{_DIGITS})(?:[\s-]?(?P<sumscale>{_SCALE}|[kmbt]n?)\b)?(?![\w%])
  | \b(?P<part>(?:one|two|three|four|\d{{1,3}})[\s-](?:{"|".join(_PARTS)})s?)\s+of\b
  | \b(?P<fraction>an?\s(?:third|quarter|fifth|tenth))(?=\s+of\s+(?!an?\s|the\s(?:way|time)\b))
  | {_ROUNDED}(?P<piece>(?:an?|two|three)[\s-](?:third|quarter|fifth|tenth)s?|(?:an?\s)?half)\b
    (?!\s+(?:{_SCALE}|an?|hour|dozen|past|century|decade))
  | (?<![\w.,])(?P<some>{_DIGITS}|{_WORD})\s+(?:in|out\s+of)\s+(?:every\s+)?(?P<every>{_DIGITS}|{_WORD})\b
    (?=\s+[a-z])(?!\s+{_SCALE})
  | (?<![\w.,])(?P<few>{_DIGITS}|{_WORD})\s+of\s+(?:every|(?:its|their|the|his|her)(?:\s\w+['’]s)?)\s
    (?P<whole>{_DIGITS}|{_WORD})\b(?=\s+[a-z]|[.,;])(?!\s+{_SCALE})
  | (?<![\w.,])(?P<coin>\d{{1,2}})\s?(?:p|cents?)\s+(?:of|in|from|on)\s+(?:every|each)\s+(?:pound|dollar|euro)\b
  | (?P<grown>(?:more\s+than\s+|nearly\s+|almost\s+|roughly\s+)?\b(?:{"|".join(_FACTORS)}))\b
    (?!\s+(?:down|back|over|up|as|for|to\s+(?:left|right|deep)|the)\b)
  | (?<![\w.,])(?P<times>twice|(?:{_DIGITS}|{_WORD})\s+times)
    \s+(?:as\s+[a-z]+(?=\s[\w\s]{{0,40}}?\bas\b)|(?:more|higher)\b)
  | (?<![\w.,$£€:/#’'@–-])(?P<number>{_DIGITS}|{_WORD}|{_ARTICLE})
    (?:[\s-]?(?P<scale>{_SCALE}(?:\s+{_SCALE})?)\b)?
    (?:(?P<percent>{_PERCENT})|\s+(?P<coins>{_COINS})\b|(?![\w%]|[.,:/]\d|[-–]\w|['’"”″′]\w?))
)
"""
# All words of the pattern that may stand before the first number in it; it has fewer than 16 of them in a row.
_LEADING = (
    "no many much little few more less fewer greater larger higher than as high low at least most up to upwards upward "
    "of close an a estimated over under above below about around nearly almost roughly approximately some just only "
    "another additional well exactly far half several"
).split()
_AFTER = re.compile(r"\s((?:[A-Za-z][\w’'-]*\s+){0,3}[A-Za-z][\w’'-]*)")
_NAME_BEFORE = re.compile(r"(?:[A-Z][\w.]*|#|§)\s?\Z")
_MONTH = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)|Sept?(?:ember|\.)"
    r"|Oct(?:ober|\.)|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_AGE_OR_DATE_BEFORE = re.compile(
    rf"\b(?:{_MONTH}|ages?|aged|age\s+of|ages\s+of|turn(?:ed|ing|s)?|born\s+in|v\.?|vs\.?)\s*\Z", re.I
)
_NOT_AFTER = re.compile(
    rf"\s*(?:[ap]\.?m\b|o['’]clock|{_MONTH}\s|years?[\s-]olds?\b|years?\s+of\s+age|[-–—]\s?\d|['’]s\b|BCE?\b|AD\b|CE\b)",
    re.I,
)
# What a bare number counts: a noun in the plural, after a few small or proper words at most (`412 of its students`).
_PLURAL = re.compile(
    r"\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:[a-z’'-]+[^s\W]s|people|men|women|children|staff|percent|of\s(?:those|them|these))\b"
)
# `fell to 64`, `up by 12`, `the average was 742`: a number that counts without a noun.
_REACHED = re.compile(
    r"\b(?:rises?|rose|risen|falls?|fell|fallen|drop(?:s|ped)|climb(?:s|ed)|jumped|grew|grown|shrank|declined|decreased"
    r"|increased|up|down|cut)\s(?:to|by)\s\Z"
    r"|\b(?:average|median|total|toll|number|count)\s(?:is|was|stands\sat|stood\sat|came\sto|reached)\s\Z",
    re.I,
)
# The counted thing where it follows at once, so that a finding shows `412 students` rather than `412`.
_COUNTED = re.compile(
    r"\s(?!(?:was|is|has|does|as|plus|less|this|versus|across|vs|yes|us)\b)(?:[a-z]+[^s\W]s|people|men|women|children)\b"
)
_LABELS = frozenset(
    "page pages chapter section sections part step version level phase figure table room route highway interstate exit "
    "number no day week grade tier title article rule item question line lines type class category channel apartment "
    "suite unit district ward precinct round game top form order lesson tip".split()
)
_LAST_WORD = re.compile(r"([A-Za-z.]+)\s?\Z")
_BEFORE = 24
_LEAST_WHOLE = 20


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_PATTERN, re.X | re.I)


@cache
def _core() -> re.Pattern[str]:
    """What each match has, in small letters: a digit, or a word that is, scales or multiplies a number.

    Before it stand the words that may lead up to it, from where on the pattern can match.
    """
    words = sorted({*_UNITS, *_TENS, *_SCALES, *_PARTS, *_FACTORS, "twice"})
    currency = _CURRENCY.lower()
    return re.compile(
        rf"(?<!\w)(?:(?:{'|'.join(_LEADING)})\s+){{0,16}}(?:{currency}\s?)?(?:\d|{'|'.join(words)})|[$£€¥₹]\s?\d"
    )


@cache
def _word_values() -> dict[str, float]:
    values = {word: float(value) for value, word in enumerate(_UNITS, 1)}
    values.update((word, 10.0 * value) for value, word in enumerate(_TENS, 2))
    values.update({"a": 1.0, "an": 1.0, "half a": 0.5, "a half": 0.5, "half an": 0.5, "several": 3.0, "a few": 3.0})
    return values


def figures(text: str) -> Iterator[Figure]:
    """Finds the figures of a text, in order."""
    for match in _matches(text):
        figure = _figure(text, match)
        if figure is not None:
            yield figure


def _matches(text: str) -> Iterator[re.Match[str]]:
    """The matches of the pattern, which is slow and so tried only where a number can stand or be led up to."""
    folded = text.casefold()
    if len(folded) != len(text):
        yield from _pattern().finditer(text)
        return
    at, match = 0, _pattern().match
    while core := _core().search(folded, at):
        found = next(filter(None, (match(text, start) for start in range(*core.span()))), None)
        at = found.end() if found else core.end()
        if found:
            yield found


def _figure(text: str, match: re.Match[str]) -> Figure | None:
    hedge = " ".join((match["hedge"] or "").lower().split())
    span = Span(match.end("hedge") if match["hedge"] else match.start(), match.end())
    noun = _noun(text, match.end())
    if match["sum"] or match["coins"]:
        value = _value(match["sum"] or match["number"], match["sumscale"] or match["scale"])
        return Figure(span, "money", value, noun, hedge)
    if match["number"] and not match["percent"]:
        return _count(text, match, span, noun, hedge)
    if match["grown"] or match["times"]:
        return Figure(span, "multiple", _factor(match), noun, hedge)
    share = _share(match)
    return Figure(span, "share", share, noun, hedge) if share else None


def _share(match: re.Match[str]) -> float:
    """A share in percent; 0 where the numbers make none."""
    if match["percent"]:
        return _value(match["number"], match["scale"])
    if match["piece"] or match["fraction"]:
        words = re.split(r"[\s-]", (match["piece"] or match["fraction"]).lower())
        return 100 * _value(words[0] if len(words) > 1 else "a") / _PARTS[words[-1].removesuffix("s")]
    if match["coin"]:
        return _value(match["coin"])
    if match["whole"] and _value(match["whole"]) < _LEAST_WHOLE and "every" not in match[0].lower():
        return 0.0  # `three of the four boys` are counted by looking
    if match["part"]:
        top, bottom = re.split(r"[\s-]", match["part"].lower())
        return 100 * _value(top) / _PARTS[bottom.removesuffix("s")]
    some, every = _value(match["some"] or match["few"]), _value(match["every"] or match["whole"])
    return 100 * some / every if 0 < some < every <= 1000 else 0.0


def _factor(match: re.Match[str]) -> float:
    if match["grown"]:
        return float(_FACTORS[match["grown"].lower().split()[-1]])
    first = match["times"].lower().split()[0]
    return 2.0 if first == "twice" else _value(first)


def _count(text: str, match: re.Match[str], span: Span, noun: str, hedge: str) -> Figure | None:
    """A bare number with what it counts, unless it is the name, date, age, score or time of something."""
    value = _value(match["number"], match["scale"])
    if _NOT_AFTER.match(text, match.end()):
        return None
    if _AGE_OR_DATE_BEFORE.search(text, max(0, match.start() - _BEFORE), match.start()):
        return None
    if not match["scale"] and "," not in match["number"] and not _is_counting(text, match, match.start()):
        return None
    unit = noun.split(maxsplit=1)[0] if noun else ""
    if unit.removesuffix("s") in _PERIODS:
        return Figure(Span(span.start, match.end() + len(unit) + 1), "time", value, noun, hedge)
    counted = _COUNTED.match(text, match.end())
    return Figure(Span(span.start, counted.end()) if counted else span, "count", value, noun, hedge)


def _is_counting(text: str, match: re.Match[str], start: int) -> bool:
    """Says whether a number written without a comma or a scale counts things, rather than names a year or a thing."""
    if _is_name(text, start):
        return False
    written = match["number"]
    if len(written) == 4 and "1500" <= written <= "2100":
        return bool(match["hedge"]) and _COUNTED.match(text, match.end()) is not None
    if match["hedge"]:
        return True
    if len(written) > 4 and written.isdigit():
        return _COUNTED.match(text, match.end()) is not None  # else a code, as `text 43362 for help`
    reached = _REACHED.search(text, max(0, match.start() - _BEFORE), match.start())
    return reached is not None or _PLURAL.match(text, match.end()) is not None


def _is_name(text: str, start: int) -> bool:
    """Says whether the number is part of a name or label: `Boeing 757`, `page 12`, `Section 508`."""
    before = text[max(0, start - _BEFORE) : start]
    word = _LAST_WORD.search(before)
    if before.rstrip(" ").endswith(("#", "§", "№")):
        return True
    if not word:
        return False
    at_start = not before[: word.start()].rstrip(" \"'“‘(") and start <= _BEFORE
    after_stop = before[: word.start()].rstrip(" \n\"'“‘(")[-1:] in tuple(".!?:")
    label = word[1].lower().strip(".") in _LABELS
    return label or (word[1][:1].isupper() and not at_start and not after_stop)


def _noun(text: str, end: int) -> str:
    after = _AFTER.match(text, end)
    return " ".join(after[1].lower().split()) if after else ""


def _value(written: str, scale: str | None = None) -> float:
    words = " ".join(written.lower().split())
    if words[0].isdigit():
        value = float(words.replace(",", ""))
    elif words in _word_values():
        value = _word_values()[words]
    else:
        value = sum(_word_values().get(part, 0.0) for part in re.split(r"[\s-]", words))
    for part in (scale or "").lower().split():
        value *= _SCALES.get(part, 0.0) or _SHORT_SCALES.get(part, 1.0)
    return value
