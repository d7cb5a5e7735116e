"""calendar: a date that the calendar does not have, or not on that weekday.

A newcomer would hold a date without a year against today; `analysis.years` says what it is held against. "In September
31 people" is no date.

Keys:
- `find`: `weekday` for a weekday that is not that day's, `impossible` for a day that the month does not have.
- `since-year`: the first year that is checked; before 1753 the English-speaking world counted by the Julian calendar.
"""

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from edlint.analysis.dates import MONTHS, WEEKDAYS, Date, dates_in, on
from edlint.analysis.views import seen
from edlint.analysis.years import Doubt, Weekdate, dates_of_article, doubts, weekdates
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit, RelatedPlace
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ("wrong-weekday", "weekday-may-be-wrong", "weekdays-disagree", "no-such-day")

_DAYS_IN_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# What may follow a date; after other words the number may be counting something ("by April 31 people had come").
_DATE_ENDS = re.compile(
    r"\s*(?:\Z|[.,;:!?)\]”\"’—–-])|\s+(?:a|an|and|as|at|because|but|for|from|if|in|is|or|so|that|the|through|to|until|"
    r"was|when|where|which|while|who|will|with)\b"
)
_DATE_BEGINS = re.compile(r"(?:\bon|\buntil|\bsince|\bdated|day,?)\s{1,8}(?:the\s)?\Z", re.IGNORECASE)
_COUNTED_AFTER = re.compile(r"\s+[a-z]")


@dataclass(frozen=True)
class Options:
    find: Literal["weekday", "impossible"]
    since_year: int = 1753


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each impossible date, or for each wrong weekday."""
    options: Options = rule.options
    blocks = seen(article, rule.scope)
    if options.find == "impossible":
        for block in blocks:
            yield from (hit for date in dates_in(article, block) if (hit := _impossible(block, date, options)))
        return
    dates = list(weekdates(article, blocks))
    for one in dates:
        actual = one.within(one.date.year) if one.date.year is not None else None
        if actual is not None and not _may_be_right(one, actual, options):
            yield _wrong(one, actual, "wrong-weekday", "its own year")
    for doubt in doubts(article, dates):
        if doubt.by:
            yield _disagreeing(doubt)
        else:
            yield _wrong(doubt.of, doubt.actual, "weekday-may-be-wrong", _source_of_years(article))


def _impossible(block: Block, date: Date, options: Options) -> Hit | None:
    days = _certain_days(block, date)
    if date.form == "month-year" or not days or (date.year or options.since_year) < options.since_year:
        return None
    if date.form == "numeric" and date.year is None:
        return None
    length = calendar.monthrange(date.year, date.month)[1] if date.year else _DAYS_IN_MONTH[date.month - 1]
    if all(1 <= day <= length for day in days):
        return None
    written = _words(block, date.span)
    month = f"{MONTHS[date.month - 1]} {date.year}" if date.month == 2 and date.year else MONTHS[date.month - 1]
    return Hit(Place(block, date.span), "no-such-day", (written, month, str(length)))


def _certain_days(block: Block, date: Date) -> tuple[int, ...]:
    """Those numbers of a date that are surely days."""
    if date.year is not None or date.ordinal:
        return date.days
    text = block.text
    begun = _DATE_BEGINS.search(text[max(date.span.start - 24, 0) : date.span.start])
    if not (begun or date.form == "day-month" or _DATE_ENDS.match(text, date.span.end)):
        return ()
    span = date.days_span or date.span
    return date.days if re.search("[-–—]", text[span.start : span.end]) else date.days[:1]


def _may_be_right(one: Weekdate, actual: datetime.date, options: Options) -> bool:
    """Says whether the weekday of a full date is right, or the date not sure enough to call it wrong."""
    other = on(actual.year, actual.day, actual.month) if one.date.ambiguous else None
    # In "Monday, Jan. 18, 2000 people came" a round number without a comma after it may be no year.
    counted = actual.year % 50 == 0 and _COUNTED_AFTER.match(one.block.text, one.date.span.end)
    return actual.year < options.since_year or one.fits(actual) or one.fits(other) or bool(counted)


def _source_of_years(article: Article) -> str:
    """What tells the year of a date that has none."""
    days = ", ".join(day.isoformat() for day in article.once(dates_of_article))
    return f"the article is of {days}" if days else "the full dates with a weekday around it"


def _wrong(one: Weekdate, actual: datetime.date, fault: str, by: str) -> Hit:
    """The hit for a weekday that is not that of the day; `by` says what tells its year."""
    right = WEEKDAYS[actual.weekday()]
    told = (_told(one.block, one.date, actual), right, str(actual.year), WEEKDAYS[one.weekday.number])
    evidence = (("day", f"{actual.isoformat()}, a {right}"), ("year by", by))
    return Hit(_place(one), fault, told, fixes=(_fix(one, right),), evidence=evidence)


def _disagreeing(doubt: Doubt) -> Hit:
    """The hit for a weekday that another date of the article gives the lie to."""
    one, by = doubt.of, doubt.by
    assert by is not None
    right = WEEKDAYS[doubt.actual.weekday()]
    place = _place(by)
    other = _words(by.block, place.span)
    told = (_told(one.block, one.date, doubt.actual), right, other, WEEKDAYS[one.weekday.number])
    related = (RelatedPlace(place, "the two cannot both be right"),)
    return Hit(_place(one), "weekdays-disagree", told, related, (_fix(one, right),))


def _place(one: Weekdate) -> Place:
    """Where a date and its weekday stand."""
    text, date, weekday = one.block.text, one.date.span, one.weekday.span
    span = Span(min(date.start, weekday.start), max(date.end, weekday.end))
    if "(" in text[date.end : weekday.start]:
        span = Span(span.start, span.end + 1)  # the bracket that closes after the weekday
    return Place(one.block, span)


def _fix(one: Weekdate, right: str) -> OfferedFix:
    """The right weekday in place of the written one, for a writer who is sure of the date."""
    edit = PlacedEdit(Place(one.block, one.weekday.span), _like(_words(one.block, one.weekday.span), right))
    return OfferedFix(f"write '{edit.text}'", False, (edit,))


def _told(block: Block, date: Date, actual: datetime.date) -> str:
    """The date in words, with the comma that closes an American date within a sentence."""
    if len(date.days) > 1:
        day = f"{MONTHS[actual.month - 1]} {actual.day}"
        return f"{day}, {date.year}," if date.year else day
    written = _words(block, date.span)
    return f"{written}," if date.form == "month-day" and date.year else written


def _like(written: str, right: str) -> str:
    """A weekday cut short or in capitals as the one that stands there."""
    if not written.lower().rstrip(".").endswith("day"):
        right = right[:3] + ("." if written.endswith(".") else "")
    return right.upper() if written.isupper() else right


def _words(block: Block, span: Span) -> str:
    return " ".join(block.text[span.start : span.end].split()).removeprefix("the ")
