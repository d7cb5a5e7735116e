"""The report as text, for people: by file, each finding with the words it speaks of."""

import unicodedata
from collections.abc import Iterator

from edlint.finding import FileReport, Finding, Report, Severity, Totals
from edlint.output import Style, number, printable
from edlint.text import Source, Span

_COLOURS = {Severity.error: "red", Severity.warning: "yellow", Severity.suggestion: "cyan"}
_INDENT = " " * 8
_LEAST_WIDTH = 40  # of an excerpt, however narrow the terminal
_NEAR = 4  # widths of it before and behind a finding that are looked at, as some characters take no column


def part(file: FileReport, style: Style) -> str:
    """Gives what was fixed in one article and what is found, with an empty line behind; nothing where nothing is."""
    return "".join(f"{line}\n" for line in _file(file, style)) if file.findings or file.fixed else ""


def text(report: Report, style: Style) -> Iterator[str]:
    """Gives the report for a terminal of some width; the last line counts."""
    yield from (file.printed for file in report.files)
    yield _count(report, style) + "\n"


def _file(file: FileReport, style: Style) -> Iterator[str]:
    yield style.paint(printable(file.path), "bold")
    places = {finding: str(file.source.position(finding.span.start)) for finding in file.findings}
    column = max(map(len, places.values()), default=0)
    if file.fixed:
        by_rule = ", ".join(f"{rule} {count}" for rule, count in file.fixed.items())
        yield f"  {sum(file.fixed.values())} fixed: {by_rule}"
    for finding in file.findings:
        severity = style.paint(f"{finding.severity.name:<10}", _COLOURS[finding.severity])
        rule = style.paint(finding.rule, "dim")
        yield f"  {places[finding]:<{column}}  {severity}  {finding.message}  {rule}"
        yield from _around(finding, file.source, style)
    yield ""


def _around(finding: Finding, source: Source, style: Style) -> Iterator[str]:
    if style.excerpts:
        line, mark = excerpt(source, finding.span, max(style.width - len(_INDENT), _LEAST_WIDTH))
        yield _INDENT + line
        yield _INDENT + style.paint(mark, _COLOURS[finding.severity])
    for related in finding.related:
        yield f"{_INDENT}{source.position(related.span.start)}  {related.message}"


def excerpt(source: Source, span: Span, width: int) -> tuple[str, str]:
    """Gives the part of a line around a span that fits into a number of columns, and the mark to print beneath it.

    A span over several lines is marked to the end of its first.
    """
    whole = source.line(span.start)
    begin, end = max(whole.start, span.start - _NEAR * width), min(whole.end, span.start + _NEAR * width)
    line = printable(source.text[begin:end])
    first = span.start - begin
    last = min(max(span.end - begin, first + 1), max(len(line), first + 1))
    left, right = _window(line, first, last, width)
    head, tail = "…" * (begin + left > whole.start), "…" * (begin + right < whole.end)
    mark = " " * (_columns(line[left:first]) + len(head)) + "^" * max(_columns(line[first : min(last, right)]), 1)
    return head + line[left:right] + tail, mark


def _window(line: str, first: int, last: int, width: int) -> tuple[int, int]:
    """The part of a line to show, widened from the span to both sides as long as it fits."""
    room = width - 2  # for the two ellipses
    left, right = first, first
    taken = 0
    while right < last and taken + _columns(line[right : right + 1]) <= room:
        taken += _columns(line[right : right + 1])
        right += 1
    lead = room // 3  # what comes before is worth less than what follows
    while left > 0 and taken < room and lead > 0:
        left -= 1
        step = _columns(line[left])
        taken, lead = taken + step, lead - step
    while right < len(line) and taken + _columns(line[right]) <= room:
        taken += _columns(line[right])
        right += 1
    while left > 0 and taken + _columns(line[left - 1]) <= room:
        left -= 1
        taken += _columns(line[left])
    return left, right


def _columns(words: str) -> int:
    """The columns that words take in a terminal, where some characters take two and some none."""
    if words.isascii():
        return len(words)
    return sum(_width(character) for character in words)


def _width(character: str) -> int:
    """The columns of one character (Unicode Standard Annex #11); combining and format characters have none."""
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _count(report: Report, style: Style) -> str:
    totals = report.totals
    counts = [(totals.counts[level], level) for level in reversed(Severity)]
    found = ", ".join(style.paint(number(count, level.name), _COLOURS[level]) for count, level in counts if count)
    silent = [(totals.allowed, "allowed by the article"), (totals.baselined, "in the baseline")]
    nothing = "" if report.problems and not totals.number else "nothing found"  # where nothing could be read
    parts = [one for one in (found or nothing, *(f"{count} {where}" for count, where in silent if count)) if one]
    told = [f"{totals.fixed} fixed"] * bool(totals.fixed) + [", ".join(parts)] * bool(parts) + list(_remedies(totals))
    if report.problems:
        told.append(f"{number(len(report.problems), 'problem')}, told on standard error")
    return f"{number(totals.number, 'file')} checked: {'; '.join(told)}"


def _remedies(totals: Totals) -> Iterator[str]:
    """What can be fixed, and how."""
    if totals.fixable and totals.arguable:
        yield f"{totals.fixable} can be fixed by --fix, {totals.arguable} more by --fix --unsafe"
    elif totals.fixable:
        yield f"{totals.fixable} can be fixed by --fix"
    elif totals.arguable:
        yield f"{totals.arguable} can be fixed by --fix --unsafe"
