"""The report as JSON, for programs; docs/output.md is its contract."""

import json
from typing import Any

from edlint.finding import FileReport, Finding, Fix, Report, Severity
from edlint.output import Style
from edlint.text import Source, Span


def text(report: Report, _: Style) -> str:
    """Gives the report as one JSON document; equal reports give equal text."""
    findings = [finding for file in report.files for finding in file.findings]
    totals = {level.name: sum(f.severity is level for f in findings) for level in reversed(Severity)}
    whole = {
        "version": 1,
        "files": [_file(file) for file in report.files],
        "problems": [problem._asdict() for problem in report.problems],
        "totals": {"files": len(report.files), **totals},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _file(file: FileReport) -> dict[str, Any]:
    allowed = (
        {**_finding(one.finding, file.source), "reason": one.reason, "allowed_at": _place(one.written, file.source)}
        for one in file.suppressed
    )
    findings = [_finding(finding, file.source) for finding in file.findings]
    return {"path": file.path, "findings": findings, "suppressed": list(allowed)}


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
