"""The report as JSON, for programs; docs/output.md is its contract."""

import json
from collections.abc import Iterable, Iterator

from edlint.finding import FileReport, Finding, Fix, Report, Severity, Suppressed
from edlint.output import Style, as_json
from edlint.text import Source, Span


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives the report of one article."""
    findings = _listed((f"{{{_finding(finding, file.source)}}}" for finding in file.findings), "  ")
    suppressed = _listed((_suppressed(one, file.source) for one in file.suppressed), "  ")
    baselined = _listed((f"{{{_finding(finding, file.source)}}}" for finding in file.baselined), "  ")
    others = f'"suppressed": {suppressed}, "baselined": {baselined}'
    return f'{{"path": {_quoted(file.path)}, "findings": {findings}, {others}}}'


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the report as one JSON document, in pieces; equal reports give equal text."""
    yield '{"version": 1,\n "files": ['
    for number, file in enumerate(report.files):
        yield f"{',' * bool(number)}\n  {file.printed}"
    totals = {level.name: report.totals.counts[level] for level in reversed(Severity)}
    problems = _listed((as_json(problem._asdict()) for problem in report.problems), " ")
    counted = as_json({"files": report.totals.number, **totals})
    yield f'],\n "problems": {problems},\n "totals": {counted}}}\n'


_written = json.JSONEncoder(ensure_ascii=False).encode
_quoted = json.encoder.encode_basestring
_SEVERITIES = {severity.value: severity.name for severity in Severity}


def _listed(items: Iterable[str], indent: str) -> str:
    """A list, an item a line; json's own way of indenting takes ten times as long."""
    return "[" + ",".join(f"\n{indent} {item}" for item in items) + "]"


# There are many findings, and to write them out takes a fifth of the time that dictionaries and an encoder do.


def _finding(finding: Finding, source: Source) -> str:
    """The members of a finding."""
    rule, kind, severity, message, span, related, fixes, link, fingerprint, _ = finding
    match = source.text[span[0] : span[1]]
    others = [f'{{{_place(where, source)}, "message": {_quoted(told)}}}' for where, told in related] if related else ()
    remedies = map(_fix, fixes) if fixes else ()
    return (
        f'"rule": {_quoted(rule)}, "kind": {_quoted(kind)}, "severity": "{_SEVERITIES[severity]}", '
        f'"message": {_quoted(message)}, {_place(span, source)}, "match": {_quoted(match)}, '
        f'"related": [{", ".join(others)}], "fixes": [{", ".join(remedies)}], '
        f'"link": {"null" if link is None else _quoted(link)}, "fingerprint": "{fingerprint}"'
    )


def _suppressed(one: Suppressed, source: Source) -> str:
    written = _place(one.written, source)
    return f'{{{_finding(one.finding, source)}, "reason": {_quoted(one.reason)}, "allowed_at": {{{written}}}}}'


def _place(span: Span, source: Source) -> str:
    """The members of a place."""
    line, column, end_line, end_column = source.positions(span)
    start, end = span
    return (
        f'"line": {line}, "column": {column}, "end_line": {end_line}, "end_column": {end_column}, '
        f'"start": {start}, "end": {end}'
    )


def _fix(fix: Fix) -> str:
    edits = (f'{{"start": {start}, "end": {end}, "text": {_quoted(text)}}}' for (start, end), text in fix.edits)
    return f'{{"message": {_quoted(fix.message)}, "safe": {str(fix.safe).lower()}, "edits": [{", ".join(edits)}]}}'
