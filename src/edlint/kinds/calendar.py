"""calendar: a date that the calendar does not have, or not on that weekday.

A newcomer would hold a date without a year against today. It is held against the days that the article bears (front
matter, file name, dateline) and the years that it names nearby: news speaks of the nearest Jan. 18, so a weekday is
wrong only if it fits in none of them; without any, nothing is said. "In September 31 people" is no date.

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

from edlint.analysis.dates import MONTHS, WEEKDAYS, Date, Weekday, dates_in, dates_of_article, on, years_named
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ("wrong-weekday", "weekday-may-be-wrong", "no-such-day")

_NEAR = 245  # days: of two Jan. 18s an article means the nearer; both may be meant where neither is clearly nearer
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
    named_before: frozenset[int] = frozenset()
    for block in seen(article, rule.scope):
        dates = dates_in(article, block)
        if options.find == "impossible":
            yield from (hit for date in dates if (hit := _impossible(block, date, options)))
            continue
        named = years_named(block.text)
        for date in dates:
            yield from _wrong_weekdays(article, block, date, options, named | named_before)
        named_before = named or named_before


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


def _wrong_weekdays(
    article: Article, block: Block, date: Date, options: Options, named: frozenset[int]
) -> Iterator[Hit]:
    for weekday, day in _paired(date):
        if date.year is not None:
            actual = on(date.year, date.month, day)
            if actual is not None and not _fits(weekday, actual, date, block, options):
                yield _wrong(block, date, weekday, actual, "wrong-weekday")
            continue
        if date.form == "numeric":
            continue
        candidates = _meant(article, date.month, day, named)
        if candidates and all(candidate.weekday() != weekday.number for candidate in candidates):
            yield _wrong(block, date, weekday, candidates[0], "weekday-may-be-wrong")


def _paired(date: Date) -> Iterator[tuple[Weekday, int]]:
    """Each weekday with its day: the first where there is one weekday, else as many as there are days."""
    if len(date.weekdays) == 1 and (len(date.days) == 1 or date.weekdays[0].span.end <= date.span.start):
        yield date.weekdays[0], date.days[0]
    elif len(date.weekdays) == len(date.days):
        yield from zip(date.weekdays, date.days, strict=True)


def _fits(weekday: Weekday, actual: datetime.date, date: Date, block: Block, options: Options) -> bool:
    """Says whether a weekday is right, or the date not sure enough to call it wrong."""
    other = on(actual.year, actual.day, actual.month) if date.ambiguous else None
    # In "Monday, Jan. 18, 2000 people came" a round number without a comma after it may be no year.
    counted = actual.year % 50 == 0 and _COUNTED_AFTER.match(block.text, date.span.end)
    return (
        actual.year < options.since_year
        or weekday.number in {day.weekday() for day in (actual, other) if day}
        or bool(counted)
    )


def _meant(article: Article, month: int, day: int, named: frozenset[int]) -> list[datetime.date]:
    """The days that a date without a year may mean, the likeliest first; none where the article gives no hold."""
    anchors = article.once(dates_of_article)
    near = [
        candidate
        for anchor in anchors
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        if (candidate := on(year, month, day)) and abs(candidate - anchor).days <= _NEAR
    ]
    if anchors:
        near.sort(key=lambda candidate: abs(candidate - anchors[0]))
        years = sorted(named)
    else:  # a year named nearby may be that of something else: its neighbours may be meant as well
        years = sorted({year + more for year in named for more in (0, -1, 1)})
    return near + [candidate for year in years if (candidate := on(year, month, day))]


def _wrong(block: Block, date: Date, weekday: Weekday, actual: datetime.date, fault: str) -> Hit:
    span = Span(min(date.span.start, weekday.span.start), max(date.span.end, weekday.span.end))
    if "(" in block.text[date.span.end : weekday.span.start]:
        span = Span(span.start, span.end + 1)  # the bracket that closes after the weekday
    right = WEEKDAYS[actual.weekday()]
    edit = PlacedEdit(Place(block, weekday.span), _like(_words(block, weekday.span), right))
    fix = OfferedFix(f"write '{edit.text}'", False, (edit,))
    told = (_told(block, date, actual), right, str(actual.year), WEEKDAYS[weekday.number])
    return Hit(Place(block, span), fault, told, fixes=(fix,))


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
