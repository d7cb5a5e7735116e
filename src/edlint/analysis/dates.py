"""Dates: every date written in a text, with the weekday beside it.

A month name is looked for first, and a day and a year then on either side of it, so that the search takes time in
proportion to the text. A newcomer would read too much as a date: "in January 18 people came" holds none, "9/11" and
"24/7" name things, "1.18" is a version, and in "Jan. 18, 2000 people came" the last number may be no year at all.
A date here is what is written, possible or not: "Feb. 30" is one, so that a check may say that it does not exist.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from edlint.article import Article
from edlint.text import Block, Span

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CALENDAR = frozenset(word.lower() for word in (*MONTHS, *WEEKDAYS))

Form = Literal["month-day", "day-month", "month-year", "numeric", "iso"]


@dataclass(frozen=True)
class Weekday:
    """A weekday written beside a date: 0 for Monday, as `datetime` counts."""

    number: int
    span: Span


@dataclass(frozen=True)
class Date:
    """A date as it is written; all spans count within the text that it was found in.

    `span` is the date without its weekday. `days` are the days as written, first to last where there are several
    ("28-31", "4 and 5"), and `days_span` covers them with their ordinal endings. `month` and `days` hold what the
    writer wrote, also where no such day exists. A numeric date is read month first; `swapped` is true where only the
    other way round, day first, makes sense, and `ambiguous` where both do.
    """

    form: Form
    span: Span
    month: int
    days: tuple[int, ...] = ()
    year: int | None = None
    month_span: Span | None = None
    days_span: Span | None = None
    year_span: Span | None = None
    ordinal: bool = False
    swapped: bool = False
    ambiguous: bool = False
    weekdays: tuple[Weekday, ...] = ()


# A month in full or cut short, with or without a point, in its usual capital or in capitals throughout.
_NAMES = (
    "Jan(?:uary)?", "Feb(?:ruary)?", "Mar(?:ch)?", "Apr(?:il)?", "May", "June?", "July?", "Aug(?:ust)?",
    "Sept?(?:ember)?", "Oct(?:ober)?", "Nov(?:ember)?", "Dec(?:ember)?",
)  # fmt: skip
_CAPITALS = "JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?|SEPT?(?:EMBER)?|OCT(?:OBER)?"
_MONTH = re.compile(rf"(?<![^\W_])(?:{'|'.join(_NAMES)}|{_CAPITALS}|NOV(?:EMBER)?|DEC(?:EMBER)?)\b\.?(?!\w)")
_MONTH_NUMBERS = {name[:3]: number for number, name in enumerate(MONTHS, 1)}

_SPACE = r"\s{1,8}"
_YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)\b(?![.,]\d|%|-\d)"
_ORDINAL = r"(?:st|nd|rd|th|ST|ND|RD|TH)\b"
# Nouns that an ordinal counts, so that "In May 5th graders" and "the June 1st Avenue fair" hold no date.
_COUNTED = (
    r"(?i:street|st\.|avenue|ave\b|circuit|district|precinct|ward|floor|grade|centur|annual|anniversary|amendment|"
    r"congress|infantry|regiment|division)"
)
_TO = rf"(?:\s?[-–—/]\s?|\s?,?\s(?:and|to|through|or|&)\s|,\s(?=\d\d?{_ORDINAL}))"
_DAYS = rf"\d{{1,2}}(?:{_ORDINAL})?(?:{_TO}\d{{1,2}}(?:{_ORDINAL}|\b)(?![.,:]\d|%|\s?[ap]\.?m\b)){{0,6}}"
_DAYS_AFTER = re.compile(
    rf"{_SPACE}(?:the{_SPACE})?(?P<days>{_DAYS})(?:(?P<comma>\s?,?){_SPACE}{_YEAR})?"
    rf"(?![\w%]|[.,:/]\d|[-–][a-z]|{_SPACE}(?:percent|per cent|million|billion|[ap]\.?m\b)"
    rf"|(?<=[tdhTDH]){_SPACE}{_COUNTED})"
)
_DAYS_BEFORE = re.compile(
    rf"(?<![\w$£€.,:/#-])(?:(?P<the>[Tt]he){_SPACE})?(?P<days>{_DAYS})(?P<of>(?:{_SPACE}day)?{_SPACE}of)?(?:,?{_SPACE})\Z"
)
_YEAR_AFTER = re.compile(rf"(?P<comma>,?){_SPACE}(?:of{_SPACE})?{_YEAR}")
_NUMBER_AFTER = re.compile(rf"{_SPACE}\d")
_NUMERIC = re.compile(
    r"(?<![\w/.-])(?:(?P<first>\d{1,2})(?P<mark>[/-])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19|20)\d\d|(?<=/)\d\d)"
    r"|(?P<iso>(?:1[5-9]|20)\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:(?=[T ]\d\d:)|(?![\w-])))(?![\w/-]|\.\w)"
)

_WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:MON|TUES|WEDNES|THURS|FRI|SATUR|SUN)DAY|"
    r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
)
_JOINED = rf"{_WEEKDAY}(?:(?:\s?[-–—/]\s?|,?\s(?:and|to|through|or|&)\s|,\s)(?:on\s)?{_WEEKDAY}){{0,6}}"
_WEEKDAY_BEFORE = re.compile(rf"(?<![\w-])(?P<weekdays>{_JOINED})\s?,?{_SPACE}\(?(?:the{_SPACE})?\Z")
_WEEKDAY_AFTER = re.compile(rf"(?:,?\s\(|,\s(?:(?:which\s)?(?:was|is)\s)?a\s)(?P<weekdays>{_WEEKDAY})(?=[),.;])")
_ONE_WEEKDAY = re.compile(rf"\b{_WEEKDAY}")
# "The Sun" and "Bobby Sat" are no weekdays; a weekday cut short follows a mark, a small word or nothing.
_NAME_BEFORE = re.compile(r"(?:\b[A-Z][\w’'.-]*|\bthe)\s{1,8}\Z")
# Words after which a month stands alone, so that a number after it counts something.
_MONTH_ALONE = re.compile(r"\b(?:in|during|early|late|mid)[\s-]{1,8}\Z", re.IGNORECASE)
# Words after which a bare "18 January" is a day and a month.
_DAY_EXPECTED = re.compile(
    rf"(?:\b(?:on|by|until|till|since|before|after|from|through|between|dated|and|to|the|of|{_WEEKDAY}),?\s{{1,8}}|[-–—(]\s?)\Z",
    re.IGNORECASE,
)
# Words after which only a day can stand, so that in "on March. 4" the point is a slip, and "by 11/30" names a day.
_ON = r"\b(?:on|by|until|till|before|after|through|dated)\s{1,8}"
_DAY_FOLLOWS = re.compile(rf"(?:{_ON}|(?<![\w-]){_WEEKDAY},?\s{{1,8}})\Z")
_ON_THE_DAY = re.compile(rf"(?:{_ON}|\b(?:since|from)\s{{1,8}})\Z")
# What shows that a number was a date's last: a mark, or a small word that goes on from a date.
_DATE_ENDS = (
    r"(?=\s*(?:\Z|[.,;:!?)\]”\"’—–])|\s{1,8}(?:a|and|as|at|because|but|for|from|if|in|or|so|that|through|to|until|when|"
    r"where|which|while|who|with)\b)"
)
_POINTED = re.compile(rf"{_SPACE}\d{{1,2}}(?:,{_SPACE}{_YEAR}|(?![.,]\d){_DATE_ENDS})")
_NO_YEAR = re.compile(rf"(?<![\w/.,$£€-])(?P<first>\d\d?)/(?P<second>\d\d?)(?![\w/%-]|[.,]\d){_DATE_ENDS}")
_NAMES_OF_EVENTS = ((9, 11),)
_LOOK_BACK = 80  # code points before a date in which its day or weekday must stand


def dates_in(article: Article, block: Block) -> tuple[Date, ...]:
    """Gives the dates written in a block's text, in order; the blocks of an article are read once."""
    known = article.once(_read).get(block.text)
    return dates_of(block.text) if known is None else known


def _read(article: Article) -> dict[str, tuple[Date, ...]]:
    return {block.text: dates_of(block.text) for block in article.document.blocks}


def dates_of(text: str) -> tuple[Date, ...]:
    """Gives the dates written in a text, in order."""
    return tuple(sorted(_dates(text), key=lambda date: date.span))


def _dates(text: str) -> Iterator[Date]:
    taken = 0
    for match in _MONTH.finditer(text):
        date = _named(text, match, taken)
        if date is not None:
            taken = date.span.end
            yield date
    for match in _NUMERIC.finditer(text):
        date = _numeric(text, match)
        if date is not None:
            yield date
    for match in _NO_YEAR.finditer(text):
        date = _without_year(text, match)
        if date is not None:
            yield date


def _named(text: str, month: re.Match[str], taken: int) -> Date | None:
    """The date around the name of a month; what ends at or before `taken` belongs to the date before it."""
    if _month_span(text, month).end < month.end():  # "They came in the last week of October. 18 people stayed."
        after = year = None
    else:
        after, year = _DAYS_AFTER.match(text, month.end()), _YEAR_AFTER.match(text, month.end())
    if after is not None:
        return _month_day(text, month, after)
    start = max(month.start() - _LOOK_BACK, taken)
    before = _DAYS_BEFORE.search(text[start : month.start()])
    if before is not None and not (year and "of" in year.group()):
        date = _day_month(text, month, before, start, year)
        if date is not None:
            return date
    if year is None:
        return None
    return Date(
        "month-year",
        Span(month.start(), year.end()),
        _month_number(month),
        year=int(year["year"]),
        month_span=_month_span(text, month),
        year_span=Span(*year.span("year")),
    )


def _month_day(text: str, month: re.Match[str], after: re.Match[str]) -> Date | None:
    days = _numbers(after["days"])
    ordinal = _has_ordinal(after["days"])
    year = after["year"]
    if not (year or (ordinal and days[0] <= 31)) and (days[0] not in range(1, 32) or _stands_alone(text, month)):
        return None
    span = Span(month.start(), after.end())
    return Date(
        "month-day",
        span,
        _month_number(month),
        days,
        int(year) if year else None,
        _month_span(text, month),
        Span(*after.span("days")),
        Span(*after.span("year")) if year else None,
        ordinal,
        weekdays=_weekdays(text, span),
    )


def _day_month(
    text: str, month: re.Match[str], before: re.Match[str], offset: int, year: re.Match[str] | None
) -> Date | None:
    days = _numbers(before["days"])
    ordinal = _has_ordinal(before["days"])
    start = offset + before.start("the" if before["the"] and before["of"] else "days")
    named = before["the"] and _follows(_ON_THE_DAY, text, start)  # "on the 1 of October", not "18 of May's 20"
    if (before["of"] and not (ordinal or named)) or (_NUMBER_AFTER.match(text, month.end()) and not year):
        return None
    if not (year or ordinal or _follows(_DAY_EXPECTED, text, start)):
        return None
    if not 1 <= days[0] <= 31 and not year:
        return None
    span = Span(start, year.end() if year else _month_span(text, month).end)
    return Date(
        "day-month",
        span,
        _month_number(month),
        days,
        int(year["year"]) if year else None,
        _month_span(text, month),
        Span(offset + before.start("days"), offset + before.end("days")),
        Span(*year.span("year")) if year else None,
        ordinal,
        weekdays=_weekdays(text, span),
    )


def _numeric(text: str, match: re.Match[str]) -> Date | None:
    span = Span(*match.span())
    if match["iso"]:
        month, day = int(match["month"]), int(match["day"])
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return Date("iso", span, month, (day,), int(match["iso"]), weekdays=_weekdays(text, span))
    first, second = int(match["first"]), int(match["second"])
    if not (1 <= first <= 31 and 1 <= second <= 31) or (first > 12 and second > 12):
        return None
    swapped = first > 12
    month, day = (second, first) if swapped else (first, second)
    return Date(
        "numeric",
        span,
        month,
        (day,),
        int(match["year"]) if len(match["year"]) == 4 else None,
        swapped=swapped,
        ambiguous=first <= 12 and second <= 12 and first != second,
        weekdays=_weekdays(text, span),
    )


def _without_year(text: str, match: re.Match[str]) -> Date | None:
    """The numeric date of a day that a weekday before it, or a word such as "by", tells from a fraction."""
    span = Span(*match.span())
    month, day = int(match["first"]), int(match["second"])
    weekdays = _weekdays(text, span)
    by_weekday = bool(weekdays) and weekdays[0].span.end <= span.start
    if not (by_weekday or (day > 12 and _follows(_ON_THE_DAY, text, span.start))) or (month, day) in _NAMES_OF_EVENTS:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Date("numeric", span, month, (day,), ambiguous=day <= 12 and day != month, weekdays=weekdays)


def _month_number(month: re.Match[str]) -> int:
    return _MONTH_NUMBERS[month.group()[:3].title()]


def _month_span(text: str, month: re.Match[str]) -> Span:
    """The month and its point, unless that point ends the sentence after a name in full ("18 January.")."""
    word = month.group().rstrip(".")
    long = len(word) > 4 or word.title() in MONTHS
    return Span(month.start(), month.start() + len(word) if long and not _slipped(text, month) else month.end())


def _slipped(text: str, month: re.Match[str]) -> bool:
    """Says whether a point after a month in full ends no sentence ("on March. 4, 2020")."""
    found = _POINTED.match(text, month.end())
    return found is not None and bool(found["year"] or _follows(_DAY_FOLLOWS, text, month.start()))


def _follows(words: re.Pattern[str], text: str, start: int) -> bool:
    """Says whether a place in a text follows some words."""
    return words.search(text[max(start - _LOOK_BACK, 0) : start]) is not None


def _stands_alone(text: str, month: re.Match[str]) -> bool:
    return _MONTH_ALONE.search(text[max(month.start() - 16, 0) : month.start()]) is not None


def _numbers(days: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", days))


def _has_ordinal(days: str) -> bool:
    return re.search(r"\d[snrt]", days, re.IGNORECASE) is not None


def _weekdays(text: str, date: Span) -> tuple[Weekday, ...]:
    """The weekdays right before a date ("Monday and Tuesday, Jan. 5 and 6") or in brackets after it."""
    start = max(date.start - _LOOK_BACK, 0)
    match, offset = _WEEKDAY_BEFORE.search(text[start : date.start]), start
    if match is None:
        match, offset = _WEEKDAY_AFTER.match(text, date.end), 0
    if match is None:
        return ()
    found = _ONE_WEEKDAY.finditer(match["weekdays"])
    begin = offset + match.start("weekdays")
    if not match["weekdays"].lower().endswith("day") and _NAME_BEFORE.search(text[max(begin - 30, 0) : begin]):
        return ()
    return tuple(Weekday(_weekday_number(day.group()), Span(begin + day.start(), begin + day.end())) for day in found)


def _weekday_number(word: str) -> int:
    return next(number for number, name in enumerate(WEEKDAYS) if name[:3] == word[:3].title())


def on(year: int, month: int, day: int) -> datetime.date | None:
    """Gives the day of the calendar, or None where there is none such."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None
