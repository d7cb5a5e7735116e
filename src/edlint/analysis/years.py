"""Which day a date without a year means, by the days that an article bears and by its other dates.

A newcomer would hold "Monday, Jan. 18" against today, or against any year that the text names. News speaks of the
nearest Jan. 18, so the day that an article bears itself decides: in its front matter, its file's name or its dateline,
else in a full date with the right weekday. Without one the weekdays are held against each other: where three dates
agree on a calendar, a fourth that does not is wrong, whatever the year. What a year named beside a date explains, the
history of a thing, is left alone, and so is an article whose dates agree with each other and not with its own day.
"""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from edlint.analysis.dates import Date, Weekday, dates_in, dates_of, on
from edlint.analysis.sentences import sentences_of
from edlint.article import Article
from edlint.text import Block

_NEAR = 245  # days: of two Jan. 18s an article means the nearer; both may be meant where neither is clearly nearer
_LEDE = 5  # blocks in which a full date is that of the news, rather than of its history
_CYCLE = range(2001, 2029)  # in these years every calendar comes as often as it does
_YEAR = re.compile(r"(?<![\w$.,-])(?:1[7-9]|20)\d\d(?![\w%]|[.,]\d|[’']s)")


class Weekdate(NamedTuple):
    """A day of a date with the weekday that is written for it.

    `number` is that of its block among those that were looked at; `said` are the years that its sentence names,
    `beside` those that its block and the one before do.
    """

    block: Block
    date: Date
    weekday: Weekday
    day: int
    number: int
    said: frozenset[int]
    beside: frozenset[int]

    def within(self, year: int) -> datetime.date | None:
        """Gives the day of a year, or None where that year has no such day."""
        return on(year, self.date.month, self.day)

    def fits(self, actual: datetime.date | None) -> bool:
        """Says whether the weekday is that of a day of the calendar."""
        return actual is not None and actual.weekday() == self.weekday.number

    def is_of(self, years: Iterable[int]) -> bool:
        """Says whether the weekday is right in one of some years."""
        return any(self.fits(self.within(year)) for year in years)


class Doubt(NamedTuple):
    """A weekday that seems wrong, the day that is meant, and the date that tells so where no year does.

    Of a day that another date tells only the weekday is known, not the year.
    """

    of: Weekdate
    actual: datetime.date
    by: Weekdate | None = None


def weekdates(article: Article, blocks: Iterable[Block]) -> Iterator[Weekdate]:
    """Gives the dates of some blocks that have a weekday, in order, each day of a range by itself."""
    before = frozenset[int]()
    for number, block in enumerate(blocks):
        named = _named(block.text)
        for date in dates_in(article, block):
            said = _named(_sentence(article, block, date))
            yield from (Weekdate(block, date, *pair, number, said, named | before) for pair in _paired(date))
        before = named


def _sentence(article: Article, block: Block, date: Date) -> str:
    """The sentence that a date stands in."""
    around = (span for span in sentences_of(article, block) if span.start <= date.span.start < span.end)
    return next((block.text[span.start : span.end] for span in around), block.text)


def _named(text: str) -> frozenset[int]:
    """The years that a text names in figures."""
    return frozenset(map(int, _YEAR.findall(text)))


def _paired(date: Date) -> Iterator[tuple[Weekday, int]]:
    """Each weekday with its day: the first where there is one weekday, else as many as there are days."""
    if len(date.weekdays) == 1 and (len(date.days) == 1 or date.weekdays[0].span.end <= date.span.start):
        yield date.weekdays[0], date.days[0]
    elif len(date.weekdays) == len(date.days):
        yield from zip(date.weekdays, date.days, strict=True)


def doubts(article: Article, dates: Iterable[Weekdate]) -> Iterator[Doubt]:
    """Gives those of an article's dates without a year whose weekday fits none of the years that may be meant.

    `dates` are all its dates with a weekday; those with a year tell which year the others are of.
    """
    dates = list(dates)
    undated = [
        one for one in dates if one.date.year is None and not one.date.ambiguous and any(map(one.within, _CYCLE))
    ]
    lone = len(undated) == 1
    told = [one for one in undated if not one.is_of(one.beside if lone else one.said)]
    certain, full = article.once(dates_of_article), [one for one in dates if one.date.year is not None]
    if not certain and len(told) > 1 and _agree(told):
        return
    meant = [_meant(one, certain) if certain else _meant_beside(article, one, full, lone=lone) for one in told]
    odd = [Doubt(one, days[0]) for one, days in zip(told, meant, strict=True) if days and not any(map(one.fits, days))]
    if lone or (all(meant) and 2 * len(odd) <= len(told)):
        yield from odd
    elif not _agree(told):
        yield from _odd_ones(article, told)


def _meant(one: Weekdate, anchors: Sequence[datetime.date], years: Iterable[int] = ()) -> list[datetime.date]:
    """The days that a date without a year may mean, near some days or in some years, the likeliest first."""
    near = {
        day
        for anchor in anchors
        for year in (anchor.year - 1, anchor.year, anchor.year + 1)
        if (day := one.within(year)) and abs(day - anchor).days <= _NEAR
    }
    days = near.union(day for year in years if (day := one.within(year)))
    return sorted(days, key=lambda day: (abs(day - anchors[0]), day))


def _meant_beside(article: Article, one: Weekdate, full: Sequence[Weekdate], *, lone: bool) -> list[datetime.date]:
    """The days that a date may mean by the full dates with a weekday; none without one.

    Where no other date speaks for a lone one, only those count that stand in the lede or beside it.
    """
    known = [other for other in full if not lone or other.number < _LEDE or other.number == one.number]
    days = [(other, day) for other in known if (day := other.within(other.date.year or 0))]
    anchors = [day for other, day in days if other.fits(day)] or [day for _, day in days]
    years = {day.year for day in anchors}
    # Of two years that it names an article may be of the later.
    later = {year for year in article.once(_years_named) if anchors and year > max(years)}
    return _meant(one, anchors, years | later)


def _years_named(article: Article) -> frozenset[int]:
    """The years that an article names in figures."""
    return frozenset[int]().union(*(_named(block.text) for block in article.document.blocks))


def _odd_ones(article: Article, told: Sequence[Weekdate]) -> Iterator[Doubt]:
    """Those dates that do not agree with the calendar of most, or of a year that the article names."""
    years = _years_of_most(article, told)
    agreeing = [_fitting(told, year) for year in years]
    for number, one in enumerate(told):
        if agreeing and not any(number in fitting for fitting in agreeing):
            day = _nearest(one, told[0], years[0])
            if day is not None:
                yield Doubt(one, day, told[min(agreeing[0])])


def _years_of_most(article: Article, told: Sequence[Weekdate]) -> list[int]:
    """The years in which most of some dates are right; where none has most, the last one named in which any is.

    Of two dates that cannot both be right the first is taken to be.
    """
    best = max(map(len, _agreements(told)))
    if 2 * best > len(told):
        return [year for year in _CYCLE if len(_fitting(told, year)) == best]
    named = [year for year in article.once(_years_named) if _fitting(told, year)]
    if named:
        return [max(named)]
    return [year for year in _CYCLE if 0 in _fitting(told, year)] if len(told) == 2 else []


def _agree(told: Sequence[Weekdate]) -> bool:
    """Says whether there is a calendar by which all of some dates are right."""
    return max(map(len, _agreements(told))) == len(told)


def _agreements(told: Sequence[Weekdate]) -> list[frozenset[int]]:
    """Which of some dates, by number, agree with each other, by each calendar that there is."""
    return [_fitting(told, year) for year in _CYCLE]


def _fitting(told: Sequence[Weekdate], year: int) -> frozenset[int]:
    """Which of some dates, by number, are right if the first of them is of a year."""
    return frozenset(number for number, one in enumerate(told) if one.fits(_nearest(one, told[0], year)))


def _nearest(one: Weekdate, first: Weekdate, year: int) -> datetime.date | None:
    """The day that a date means, which is the one nearest to the first, which is of a year."""
    start = first.within(year)
    if start is None:
        return None
    days = (one.within(year + more) for more in (0, -1, 1))
    return min(filter(None, days), key=lambda day: abs(day - start), default=None)


# The keys of front matter that say when an article, or what it announces, is of.
_DATE_FIELDS = (
    "date", "published", "publishdate", "publish_date", "pubdate", "pub_date", "published_at", "publication_date",
    "posted", "event_date", "start_date", "modified", "lastmod", "updated", "last_modified", "last_updated",
)  # fmt: skip
_ISO_BEGINNING = re.compile(r"((?:1[5-9]|20)\d\d)-(\d\d?)-(\d\d?)(?!\d)")
_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/](\d\d)[-_/](?:(\d\d)(?!\d))?")
_OWN_LINE = 70  # code points that a line of its own with the date, or what stands before a dateline's dash, may have
_DASH = re.compile(r"[^\n]{0,40}?\s?(?:—|–|--|\s-\s)")


def dates_of_article(article: Article) -> tuple[datetime.date, ...]:
    """Gives the days that an article says it is of: front matter, file name, dateline or byline; the best one first."""
    meta = {str(key).lower(): value for key, value in article.document.meta.items()}
    found = [day for key in _DATE_FIELDS if (day := _day_in_field(meta.get(key)))]
    for match in _IN_PATH.finditer(article.path):
        day = on(int(match[1]), int(match[2]), int(match[3] or 15))
        if day is not None:
            found.append(day)
    if not found:
        found.extend(_datelines(article))
    return tuple(dict.fromkeys(found))


def _day_in_field(value: object) -> datetime.date | None:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if not isinstance(value, str):
        return None
    match = _ISO_BEGINNING.match(value.strip())
    if match is not None:
        return on(int(match[1]), int(match[2]), int(match[3]))
    return next((day for date in dates_of(value[:200]) if (day := _full(date))), None)


def _full(date: Date) -> datetime.date | None:
    known = date.year is not None and date.days and not date.ambiguous
    return on(date.year, date.month, date.days[0]) if known and date.year else None


def _datelines(article: Article) -> Iterator[datetime.date]:
    """The full dates of the first blocks that stand before a dash, or on a line by themselves."""
    blocks = [block for block in article.document.blocks if not block.kind.startswith("frontmatter")]
    for block in blocks[:4]:
        for date in dates_in(article, block)[:1]:
            day = _full(date)
            alone = len(block.text) <= _OWN_LINE
            if day and date.span.start <= _OWN_LINE and (alone or _DASH.match(block.text, date.span.end)):
                yield day
