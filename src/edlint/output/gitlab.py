"""The report as a Code Quality report of GitLab, which shows it in a merge request.

Its members are those that GitLab's page on Code Quality lists (“Code Quality report format”). A newcomer would put the
rule and the other places into members of their own, as the specification of Code Climate has them: GitLab shows the
description and the line, and no more. Nor would a finding's own fingerprint do: GitLab keeps one violation of each
fingerprint in a report, and equal articles have equal findings.
"""

import os
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain
from typing import Any

from edlint.finding import FileReport, Finding, Problem, Report, Severity
from edlint.output import Style, as_json, from_root, items, on_one_line, repository
from edlint.text import Source

_SEVERITIES = {Severity.error: "major", Severity.warning: "minor", Severity.suggestion: "info"}
_UNCHECKED = "critical"  # worse than any finding: nobody knows what there is


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives the violations of one article, with commas between."""
    path = from_root(file.path, repository())
    return ",\n".join(as_json(_of_finding(finding, path, file.source)) for finding in file.findings)


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the report as one list of JSON, what could not be checked at its end; equal reports give equal text."""
    yield "["
    yield from items(chain((file.printed for file in report.files), _unchecked(report)))
    yield "\n]\n"


def _unchecked(report: Report) -> Iterator[str]:
    """The problems, which are all there when the last article has come."""
    root = repository()
    for problem in report.problems:
        yield as_json(_of_problem(problem, from_root(problem.path, root)))


def _of_finding(finding: Finding, path: str, source: Source) -> dict[str, Any]:
    line, column, end_line, end_column = source.positions(finding.span)
    last = end_line - (end_column == 1 and end_line > line)  # a span that ends with a line is not of the next
    return {
        "description": on_one_line(f"{finding.message}{_others(finding, source)} [{finding.rule}]"),
        "check_name": finding.rule,
        "fingerprint": _fingerprint(path, finding.fingerprint),
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": path,
            "lines": {"begin": line, "end": last},
            "positions": {
                "begin": {"line": line, "column": column},
                "end": {"line": end_line, "column": end_column},
            },
        },
    }


def _others(finding: Finding, source: Source) -> str:
    """The other places that a finding speaks of, in brackets."""
    told = "; ".join(f"{source.position(span.start)} {message}" for span, message in finding.related)
    return f" ({told})" if told else ""


def _of_problem(problem: Problem, path: str) -> dict[str, Any]:
    return {
        "description": on_one_line(f"edlint could not check this: {problem.message}"),
        "check_name": "edlint",
        "fingerprint": _fingerprint(path, f"{problem.line} {problem.message}"),
        "severity": _UNCHECKED,
        "location": {"path": path, "lines": {"begin": problem.line or 1}},
    }


def _fingerprint(path: str, what: str) -> str:
    """A name for a violation that no other in the report has, and that outlives changes elsewhere in the article."""
    return blake2b(b"\0".join(map(os.fsencode, (path, what))), digest_size=16).hexdigest()
