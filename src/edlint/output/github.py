"""The report as workflow commands of GitHub Actions, which turn into annotations beside the lines of a pull request.

A newcomer would trust the words of an article: the runner obeys every line that begins with `::` or has `##[` in it, so
what an article or a file's name says must never stand there bare. How the runner reads a command, and that it keeps
4,096 UTF-16 units of a message, is in actions/runner (ActionCommand.cs, ExecutionContext.cs); that GitHub shows ten
annotations of a severity for each step is in actions/toolkit (docs/problem-matchers.md).
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from edlint.finding import FileReport, Finding, Problem, Report, Severity
from edlint.output import Style, from_root, number, repository, severities

_COMMANDS = {Severity.error: "error", Severity.warning: "warning", Severity.suggestion: "notice"}
_SHOWN = 10  # annotations of one severity that GitHub shows for a step
_LONGEST = 2_000  # code points of a message, at most 4,000 UTF-16 units
_OTHER_PLACE = re.compile(r"\n(?=\d+:\d+: )")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


class _Note(NamedTuple):
    """What an annotation says; `place` is `path:line:column`, because the runner logs no more than the message."""

    severity: Severity
    title: str
    place: str
    properties: dict[str, str | int]
    message: str


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives the notes on one article, as JSON."""
    root = repository()
    return json.dumps([_of_finding(finding, file, root) for finding in file.findings], ensure_ascii=False)


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the worst as annotations, as many as GitHub shows, then the others as a list, then a count."""
    first: dict[Severity, list[_Note]] = {level: [] for level in reversed(Severity)}
    further: dict[Severity, list[str]] = {level: [] for level in first}  # as they are printed: there may be many
    for note in _notes(report):
        if len(first[note.severity]) < _SHOWN:
            first[note.severity].append(note)
        else:
            further[note.severity].append(_line(note))
    first[Severity.error][:0] = _unchecked(report)
    for notes in first.values():
        yield from (f"{_annotation(note)}\n" for note in notes[:_SHOWN])
    listed = 0
    for level, notes in first.items():
        others = [*map(_line, notes[_SHOWN:]), *further[level]]
        listed += len(others)
        yield from (f"{line}\n" for line in others)
    yield f"{_count(report, listed)}\n"


def _notes(report: Report) -> Iterator[_Note]:
    for file in report.files:
        for severity, *note in json.loads(file.printed):
            yield _Note(Severity(severity), *note)


def _unchecked(report: Report) -> Iterator[_Note]:
    """The problems, which are all there when the last article has come."""
    root = repository()
    for problem in report.problems:
        yield _of_problem(problem, root)


def _of_problem(problem: Problem, root: Path) -> _Note:
    path = from_root(problem.path, root)
    properties: dict[str, str | int] = {"file": path}
    if problem.line:
        properties["line"] = problem.line
    place = ":".join(str(value) for value in properties.values())
    return _Note(Severity.error, "edlint could not check this", place, properties, problem.message)


def _of_finding(finding: Finding, file: FileReport, root: Path) -> _Note:
    path = from_root(file.path, root)
    (line, column), (end_line, end_column) = map(file.source.position, finding.span)
    properties: dict[str, str | int] = {"file": path, "line": line, "endLine": end_line}
    if line == end_line:  # else the runner drops the columns, and says so in the log
        properties |= {"col": column, "endColumn": end_column}
    places = (file.source.position(related.span.start) for related in finding.related)
    related = [f"{at}: {other.message}" for at, other in zip(places, finding.related, strict=True)]
    message = "\n".join([finding.message, *related])
    return _Note(finding.severity, finding.rule, f"{path}:{line}:{column}", properties, message)


def _annotation(note: _Note) -> str:
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in note.properties.items())
    message = f"{note.place}: {note.message}"
    if len(message) > _LONGEST:
        message = message[: _LONGEST - 1] + "…"
    return f"::{_COMMANDS[note.severity]} {properties},title={_property(note.title)}::{_data(message)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def _line(note: _Note) -> str:
    """A note as a line of the log that is no command: it begins with a severity, and `##[` is broken up."""
    message = _OTHER_PLACE.sub("; ", note.message)
    words = _CONTROLS.sub(" ", f"{note.severity.name:<10}  {note.place}: {message}  {note.title}")
    return words.replace("##[", "## [")


def _count(report: Report, listed: int) -> str:
    undone = number(len(report.problems), "problem") if report.problems else ""
    found = ", ".join(filter(None, [severities(report.totals.counts), undone])) or "nothing found"
    others = f"; GitHub shows {_SHOWN} of a severity, {number(listed, 'other')} listed above" if listed else ""
    return f"{number(report.totals.number, 'file')} checked: {found}{others}"
