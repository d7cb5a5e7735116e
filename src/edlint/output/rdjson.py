"""The report in the Diagnostic Format of reviewdog (its proto/rdf), which puts findings into reviews on many forges.

A newcomer would count columns in characters and paths from the root of the repository. Here a column counts bytes of
UTF-8, and a path counts from the folder that edlint and reviewdog run in, which reviewdog itself takes to the root. Nor
would a newcomer suggest the words that change: where a reviewer takes a suggestion over on GitLab, reviewdog has all of
its lines replaced, whatever columns it has. So a suggestion is of whole lines, and it is one however many edits a fix
has. And a message becomes a comment, in which `@name` would call somebody. `original_output` is what reviewdog prints
on a terminal.
"""

import os
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from edlint.finding import FileReport, Finding, Fix, Problem, Report, Severity
from edlint.output import Style, as_json, items, silenced
from edlint.text import Source, Span

_LONGEST = 2000  # characters of the lines that a suggestion is of
_SEVERITIES = {Severity.error: "ERROR", Severity.warning: "WARNING", Severity.suggestion: "INFO"}


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives the diagnostics of one article, with commas between."""
    path = _from_here(file.path)
    return ",\n".join(as_json(_of_finding(finding, path, file.source)) for finding in file.findings)


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the report as one DiagnosticResult, what could not be checked at its end; equal reports give equal text."""
    yield '{"source": {"name": "edlint"}, "diagnostics": ['
    yield from items(chain((file.printed for file in report.files), _unchecked(report)))
    yield "\n]}\n"


def _from_here(path: str) -> str:
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:  # another drive of Windows
        return Path(os.path.abspath(path)).as_posix()


def _unchecked(report: Report) -> Iterator[str]:
    """The problems, which are all there when the last article has come."""
    for problem in report.problems:
        yield as_json(_of_problem(problem, _from_here(problem.path)))


def _of_problem(problem: Problem, path: str) -> dict[str, Any]:
    range_ = {"range": {"start": {"line": problem.line}}} if problem.line else {}
    place = f"{path}:{problem.line}" if problem.line else path
    return {
        "message": f"edlint could not check this: {silenced(problem.message)}",
        "location": {"path": path, **range_},
        "severity": "ERROR",
        "original_output": f"{place}: could not be checked: {problem.message}",
    }


def _of_finding(finding: Finding, path: str, source: Source) -> dict[str, Any]:
    link = {"url": finding.link} if "://" in (finding.link or "") else {}
    others = [
        {"message": silenced(other.message), "location": {"path": path, "range": _range(other.span, source)}}
        for other in finding.related
    ]
    suggestions = [_suggestion(fix, source) for fix in finding.fixes if fix.edits]
    return {
        "message": silenced(finding.message),
        "location": {"path": path, "range": _range(finding.span, source)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule, **link},
        **({"suggestions": suggestions} if suggestions else {}),
        **({"related_locations": others} if others else {}),
        "original_output": _line(finding, path, source),
    }


def _range(span: Span, source: Source) -> dict[str, dict[str, int]]:
    """A span as lines from 1 and columns from 1 in bytes; its end is the first that is not in it."""
    line, column, end_line, end_column = source.positions(span)
    return {
        "start": {"line": line, "column": _bytes(source, span.start, column)},
        "end": {"line": end_line, "column": _bytes(source, span.end, end_column)},
    }


def _bytes(source: Source, offset: int, column: int) -> int:
    before = source.text[offset - column + 1 : offset]
    return 1 + (column - 1 if before.isascii() else len(before.encode()))


def _suggestion(fix: Fix, source: Source) -> dict[str, Any]:
    """The lines that a fix changes, as they are after it; without the end of the last, as the range is.

    Of long ones, as a page without line ends has them, it is the words alone, by their columns.
    """
    edits = sorted(fix.edits)
    changed = Span(edits[0].span.start, max(edit.span.end for edit in edits))
    shown = Span(source.line(changed.start).start, source.line(changed.end).end)
    is_short = shown.end - shown.start <= _LONGEST
    words, done = "", shown.start if is_short else changed.start
    for span, new in edits:
        words, done = words + source.text[done : span.start] + new, span.end
    if not is_short:
        return {"range": _range(changed, source), "text": words}
    first, last = (source.position(at).line for at in changed)
    lines = {"start": {"line": first}, "end": {"line": last}}
    return {"range": lines, "text": words + source.text[done : shown.end]}


def _line(finding: Finding, path: str, source: Source) -> str:
    """What a person reads: the place in characters, as people count, and the other places beneath."""
    place = source.position(finding.span.start)
    others = [f"\n  {source.position(span.start)}: {message}" for span, message in finding.related]
    return f"{path}:{place}: {finding.severity.name}: {finding.message} [{finding.rule}]{''.join(others)}"
