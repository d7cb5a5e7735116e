"""dates: a date that is not written as the house writes it.

The written date is taken apart, written anew from the house's pattern and compared; what differs names the fault.
A newcomer would correct too much: "9/11" and "24/7" are names, "3/4/2020" has two readings and gets no fix, months in
capitals belong to the typography, and "in January 18 people came" holds no date (see `analysis.dates`).

The message's `%s` are the date as it is written, as the house writes it, and which part comes first there: day, month
or year. A reason fits the house's pattern: `numeric` is no fault of a house that writes months as numbers.

Keys:
- `format`: the pattern of a date with a day, as in Unicode's date patterns: `d`, `dd`, `do` (with an ordinal ending),
  `M`, `MM`, `MMM` (shortened as `abbreviations` says; a point after it belongs to the short form), `MMMM` (in full),
  `yy`, `yyyy`; other words stand in apostrophes. A date without a year is written without that part.
- `month-format`: the pattern of a month with a year alone.
- `abbreviations`: the short form of each month that the house shortens, without its point.
- `also`: patterns that the house accepts beside its own.
- `follow`: patterns of other good styles. An article that keeps to one of them throughout is held to that one, and what
  it writes as the house does is then out of form.
- `follow-from`: how many different dates it takes to show which pattern an article keeps to (3); of those that tell the
  two apart, two in three must be written so.
- `follow-with-year`: whether only dates with a year show it.
- `comma-after-year`: whether a comma must follow the year where the sentence goes on.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from edlint.analysis.dates import MONTHS, Date, dates_in
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ("ordinal", "order", "numeric", "unclear", "month", "punctuation", "month-year", "comma-after-year", "mixed")

_FIELD = re.compile(r"yyyy|yy|MMMM|MMM\.?|MM|M|do|dd|d|'[^']*'|[^A-Za-z']+")
_FIELD_NAMES: Mapping[str, "Name"] = {"y": "year", "M": "month", "d": "day"}
_ORDINAL_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+\w")
_CLAUSE_END = re.compile(r"\s*(?:\Z|[.,;:!?)\]”\"’])")

Name = Literal["year", "month", "day", ""]


class Part(NamedTuple):
    """A piece of a date: a year, a month, days, or (without a name) what stands between them."""

    name: Name
    text: str


@dataclass(frozen=True)
class Options:
    format: str
    month_format: str = "MMMM yyyy"
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    follow: tuple[str, ...] = ()
    follow_from: int = 3
    follow_with_year: bool = False
    comma_after_year: bool = False

    @cached_property
    def house(self) -> tuple[Part, ...]:
        """The parts of the pattern for a date with a day."""
        return _parts(self.format)

    @cached_property
    def others(self) -> tuple[tuple[Part, ...], ...]:
        """The parts of the other patterns that the house accepts."""
        return tuple(_parts(pattern) for pattern in self.also)

    @cached_property
    def followed(self) -> tuple[tuple[Part, ...], ...]:
        """The parts of the patterns that an article may keep to in place of the house's."""
        return tuple(_parts(pattern) for pattern in self.follow)

    @cached_property
    def month_house(self) -> tuple[Part, ...]:
        """The parts of the pattern for a month with a year alone."""
        return _parts(self.month_format)


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    patterns = [("format", options.format), ("month-format", options.month_format)]
    patterns += [(key, pattern) for key in ("also", "follow") for pattern in getattr(options, key)]
    for key, pattern in patterns:
        rest = _FIELD.sub("", pattern)
        if rest:
            yield key, f"'{rest}' in '{pattern}' is no part of a date: expected d, dd, do, M, MM, MMM, MMMM, yy or yyyy"
        elif "month" not in {part.name for part in _parts(pattern)}:
            yield key, f"no month in '{pattern}'"
    for month in options.abbreviations:
        if month not in MONTHS:
            yield "abbreviations", f"'{month}' is no month: expected a name in full, such as January"


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each date out of the form that the article is held to."""
    options: Options = rule.options
    dates = [(block, date) for block in seen(article, rule.scope) for date in dates_in(article, block)]
    style = _kept_to(dates, options)
    for block, date in dates:
        hit = _judged(block, date, style, options)
        if hit is not None:
            yield hit


def _kept_to(dates: Iterable[tuple[Block, Date]], options: Options) -> tuple[Part, ...]:
    """The pattern that an article is held to: another good style's where it keeps to that, else the house's."""
    telling = [
        (block, date)
        for block, date in dates
        if date.month_span and date.days and (date.year is not None or not options.follow_with_year)
    ]
    house = _in_form(telling, options.house, options) if options.followed else set[str]()
    for style in options.followed:
        other = _in_form(telling, style, options)
        theirs, ours = len(other - house), len(house - other)
        if theirs + ours >= options.follow_from and theirs >= 2 * ours:
            return style
    return options.house


def _in_form(dates: Iterable[tuple[Block, Date]], form: tuple[Part, ...], options: Options) -> set[str]:
    """Those of some dates, as they are written, that a pattern has so."""
    written = ((_as_written(block, date), _written(form, date, block, options)) for block, date in dates)
    return {words for words, wanted in written if words == _joined(wanted)}


def _as_written(block: Block, date: Date) -> str:
    # A blank before the comma is a matter of spacing, not of dates.
    return " ".join(block.text[date.span.start : date.span.end].split()).replace(" ,", ",")


def _judged(block: Block, date: Date, style: tuple[Part, ...], options: Options) -> Hit | None:
    written = _as_written(block, date)
    if date.form == "month-year":
        return _month_and_year(block, date, options, written)
    if date.month_span and block.text[date.month_span.start : date.month_span.end].isupper():
        return None
    readings = [date, *([_other_reading(date)] if date.ambiguous else [])]
    accepted = (style, *options.others)
    if written in {_joined(_written(form, a, block, options)) for form in accepted for a in readings}:
        return _comma_missing(block, date, options, written)
    place = Place(block, date.span)
    evidence = _evidence(date, style, options)
    if date.form == "numeric" and (date.ambiguous or _is_cut_short(date, written)):
        return Hit(place, "unclear", (written,), evidence=evidence)
    house = _written(style, date, block, options)
    fault = _fault(block, date, house, options)
    if style != options.house and (
        fault == "order" or written == _joined(_written(options.house, date, block, options))
    ):
        fault = "mixed"
    first = next(part.name for part in house if part.name)
    return Hit(place, fault, (written, _joined(house), first), fixes=_fixes(block, date, house), evidence=evidence)


def _evidence(date: Date, style: tuple[Part, ...], options: Options) -> tuple[tuple[str, str], ...]:
    """How a date was read, and the pattern that it was held to."""
    days = "-".join(map(str, date.days))
    read = ((name, value) for name, value in (("year", date.year), ("month", date.month), ("day", days)) if value)
    whose = "the house's" if style == options.house else "which this article keeps to"
    return (
        ("read as", ", ".join(f"{name} {value}" for name, value in read) + " or day first" * date.ambiguous),
        ("held to", f"{_joined(style)}, {whose}"),
    )


def _is_cut_short(date: Date, written: str) -> bool:
    """Says whether a numeric date has a year of two digits, which may be a day."""
    return date.year is None and len(re.findall(r"\d+", written)) > 2


def _month_and_year(block: Block, date: Date, options: Options, written: str) -> Hit | None:
    assert date.month_span is not None
    assert date.year_span is not None
    month = block.text[date.month_span.start : date.month_span.end]
    between = block.text[date.month_span.end : date.year_span.start]
    if month.isupper() or between.strip() not in ("", ","):
        return None
    house = _written(options.month_house, date, block, options)
    # "In May, 2000 people came" holds no year: a comma is judged only where a clause ends after it.
    if written == _joined(house) or ("," in between and not _CLAUSE_END.match(block.text, date.span.end)):
        return None
    fault = "month-year" if Part("month", "MMMM") in options.month_house else "month"
    return Hit(Place(block, date.span), fault, (written, _joined(house)), fixes=_fixes(block, date, house))


def _comma_missing(block: Block, date: Date, options: Options, written: str) -> Hit | None:
    wanted = options.comma_after_year and date.form == "month-day" and date.year_span is not None
    if not wanted or not _NEXT_WORD.match(block.text, date.span.end):
        return None
    edit = PlacedEdit(Place(block, Span(date.span.end, date.span.end)), ",")
    fix = OfferedFix("add a comma", False, (edit,))
    return Hit(Place(block, date.span), "comma-after-year", (written, f"{written},"), fixes=(fix,))


def _fault(block: Block, date: Date, house: tuple[Part, ...], options: Options) -> str:
    """The first difference that an editor would name."""
    if date.form in ("numeric", "iso"):
        return "punctuation" if any(part.name == "month" and part.text.isdigit() for part in house) else "numeric"
    if date.ordinal and not any(part.text == "do" for part in options.house):
        return "ordinal"
    if [part.name for part in house if part.name] != [name for name, _ in _spans(date)]:
        return "order"
    assert date.month_span
    month = block.text[date.month_span.start : date.month_span.end]
    return "punctuation" if Part("month", month) in house else "month"


def _parts(pattern: str) -> tuple[Part, ...]:
    """A pattern's parts in order; the text of a named part is still its letters."""
    found = _FIELD.findall(pattern)
    return tuple(Part(_FIELD_NAMES.get(text[0], ""), text if text[0] != "'" else text[1:-1]) for text in found)


def _written(pattern: tuple[Part, ...], date: Date, block: Block, options: Options) -> tuple[Part, ...]:
    """A date as a pattern has it; a year that is not given goes, with what stands between it and the rest."""
    return tuple(
        Part(part.name, _filled(part, date, block, options) if part.name else part.text)
        for part in (pattern if date.year is not None else _without_year(pattern))
    )


def _without_year(pattern: tuple[Part, ...]) -> tuple[Part, ...]:
    index = next((index for index, part in enumerate(pattern) if part.name == "year"), None)
    if index is None:
        return pattern
    before, after = pattern[:index], pattern[index + 1 :]
    if any(part.name for part in before):
        return (before[:-1] if not before[-1].name else before) + after
    return after[1:] if after and not after[0].name else after


def _filled(part: Part, date: Date, block: Block, options: Options) -> str:
    if part.name == "year":
        return f"{date.year}"[-2:] if part.text == "yy" else f"{date.year}"
    if part.name == "month":
        return _month(part.text, date.month, options)
    if not date.days_span:
        days = " ".join(str(day) for day in date.days)
    else:
        days = _ORDINAL_ENDING.sub("", block.text[date.days_span.start : date.days_span.end])
    return re.sub(r"\d+", lambda number: _day(part.text, int(number.group())), days)


def _month(letters: str, month: int, options: Options) -> str:
    name = MONTHS[month - 1]
    if letters.startswith("MMM") and letters != "MMMM":
        return options.abbreviations[name] + letters[3:] if name in options.abbreviations else name
    return {"M": f"{month}", "MM": f"{month:02}"}.get(letters, name)


def _day(letters: str, day: int) -> str:
    if letters == "do":
        ending = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
        return f"{day}{ending}"
    return f"{day:02}" if letters == "dd" else f"{day}"


def _joined(parts: tuple[Part, ...]) -> str:
    return " ".join("".join(part.text for part in parts).split())


def _other_reading(date: Date) -> Date:
    """The ambiguous date read day first."""
    return Date(date.form, date.span, date.days[0], (date.month,), date.year)


def _spans(date: Date) -> list[tuple[Name, Span]]:
    """The named parts of the written date, in order."""
    named: list[tuple[Name, Span | None]] = [
        ("month", date.month_span),
        ("day", date.days_span),
        ("year", date.year_span),
    ]
    return sorted(((name, span) for name, span in named if span), key=lambda part: part[1])


def _fixes(block: Block, date: Date, house: tuple[Part, ...]) -> tuple[OfferedFix, ...]:
    """The date as the house writes it, where it can be edited; safe unless it may be a holiday's name, or is no day."""
    spans = _spans(date)
    same_order = [name for name, _ in spans] == [part.name for part in house if part.name]
    covered = spans and spans[0][1].start == date.span.start and spans[-1][1].end == date.span.end
    edits = _part_edits(block, spans, house) if same_order and covered else _whole_edit(block, date, house)
    if not all(block.is_verbatim(edit.place.span) for edit in edits):
        return ()
    # "4th of July" is a holiday more often than a date, and before "18th of January" a word such as "every" may stand.
    of_month = date.form == "day-month" and " of" in block.text[date.span.start : date.span.end]
    holiday = (date.month, date.days) == (7, (4,)) and date.year is None
    started = block.text[date.span.start : date.span.start + 3].lower() == "the"
    safe = _is_possible(date) and (not of_month or (started and not holiday))
    return (OfferedFix(f"write '{_joined(house)}'", safe, tuple(edits)),)


def _is_possible(date: Date) -> bool:
    """Says whether a date's month has its days; where it has not, a digit is wrong, and the writer is to see it."""
    length = calendar.monthrange(date.year or 2000, date.month)[1]  # without a year, it may be a leap year's
    return all(1 <= day <= length for day in date.days)


def _part_edits(block: Block, spans: list[tuple[Name, Span]], house: tuple[Part, ...]) -> list[PlacedEdit]:
    """Edits of those parts that differ; white space stays as it is, so that no line wrap is lost."""
    edits, named = [], [part for part in house if part.name]
    for (_, span), part in zip(spans, named, strict=True):
        if block.text[span.start : span.end] != part.text:
            edits.append(PlacedEdit(Place(block, span), part.text))
    between = _between(house)
    for (_, before), (_, after), wanted in zip(spans, spans[1:], between, strict=False):
        gap = block.text[before.end : after.start]
        mark, wanted_mark = gap.rstrip(), wanted.rstrip()
        if mark != wanted_mark:
            edits.append(PlacedEdit(Place(block, Span(before.end, before.end + len(mark))), wanted_mark))
    return sorted(edits, key=lambda edit: edit.place.span)


def _between(house: tuple[Part, ...]) -> list[str]:
    """What stands between each two named parts."""
    texts, gap, begun = [], "", False
    for part in house:
        if not part.name:
            gap += part.text
            continue
        if begun:
            texts.append(gap)
        gap, begun = "", True
    return texts


def _whole_edit(block: Block, date: Date, house: tuple[Part, ...]) -> list[PlacedEdit]:
    """One edit of the whole date; a line wrap within it is kept, and a weekday before it gets its comma."""
    new, span = _joined(house), date.span
    wrap = re.search(r"\s*\n\s*", block.text[span.start : span.end])
    if wrap is not None:
        new = new.replace(" ", wrap.group(), 1)
    ends = [weekday.span.end for weekday in date.weekdays if weekday.span.end < span.start]
    first = next(part.name for part in house if part.name)
    if ends and first == "month" and block.text[ends[-1] : span.start].isspace():
        gap = block.text[ends[-1] : span.start]
        span, new = Span(ends[-1], span.end), f",{gap}{new}"
    return [PlacedEdit(Place(block, span), new)]
