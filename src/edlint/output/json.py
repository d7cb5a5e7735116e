"""The report as JSON, for programs; docs/output.md is its contract."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from edlint.finding import FileReport, Finding, Fix, Report, Severity
from edlint.output import Style, total
from edlint.text import Source, Span


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives the report of one article."""
    findings = _listed((_written(_finding(finding, file.source)) for finding in file.findings), "  ")
    allowed = (
        {**_finding(one.finding, file.source), "reason": one.reason, "allowed_at": _place(one.written, file.source)}
        for one in file.suppressed
    )
    suppressed = _listed(map(_written, allowed), "  ")
    return f'{{"path": {_written(file.path)}, "findings": {findings}, "suppressed": {suppressed}}}'


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the report as one JSON document, in pieces; equal reports give equal text."""
    totals = {level.name: total(report, level) for level in reversed(Severity)}
    problems = _listed((_written(problem._asdict()) for problem in report.problems), " ")
    counted = _written({"files": len(report.files), **totals})
    yield '{"version": 1,\n "files": ['
    for number, file in enumerate(report.files):
        yield f"{',' * bool(number)}\n  {file.printed}"
    yield f'],\n "problems": {problems},\n "totals": {counted}}}\n'


_written = json.JSONEncoder(ensure_ascii=False).encode


def _listed(items: Iterable[str], indent: str) -> str:
    """A list, an item a line; json's own way of indenting takes ten times as long."""
    return "[" + ",".join(f"\n{indent} {item}" for item in items) + "]"


def _finding(finding: Finding, source: Source) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "severity": finding.severity.name,
        "message": finding.message,
        **_place(finding.span, source),
        "match": source.text[finding.span.start : finding.span.end],
        "related": [{**_place(related.span, source), "message": related.message} for related in finding.related],
        "fixes": [_fix(fix) for fix in finding.fixes],
        "link": finding.link,
        "fingerprint": finding.fingerprint,
    }


def _place(span: Span, source: Source) -> dict[str, int]:
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return {"line": line, "column": column, "end_line": end_line, "end_column": end_column,
            "start": span.start, "end": span.end}  # fmt: skip


def _fix(fix: Fix) -> dict[str, Any]:
    edits = [{"start": edit.span.start, "end": edit.span.end, "text": edit.text} for edit in fix.edits]
    return {"message": fix.message, "safe": fix.safe, "edits": edits}
