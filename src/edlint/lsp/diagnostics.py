"""Findings as an editor shows them.

A suggestion is information, and what stands in the baseline a hint, which editors show faintly and list nowhere: who
works on an old article sees what could be mended, and nobody is told to.
"""

import os
from collections.abc import Iterator, Mapping

from lsprotocol import types
from pygls import uris

from edlint.finding import Finding, Problem, Severity
from edlint.lsp.documents import Heard, Open
from edlint.lsp.places import Text

SOURCE = "edlint"
_SEVERITIES: Mapping[Severity, types.DiagnosticSeverity] = {
    Severity.error: types.DiagnosticSeverity.Error,
    Severity.warning: types.DiagnosticSeverity.Warning,
    Severity.suggestion: types.DiagnosticSeverity.Information,
}
_UNUSED = "Edlint.UnusedSuppression"


def diagnostics(document: Open, heard: Heard) -> Iterator[types.Diagnostic]:
    """Gives what is to be shown of a document: what could not be read, then findings, then those in the baseline."""
    for problem in heard.problems:
        yield of_problem(problem, heard.text)
    for finding in heard.findings:
        yield of_finding(finding, document.uri, heard.text)
    for finding in heard.baselined:
        shown = of_finding(finding, document.uri, heard.text)
        shown.severity = types.DiagnosticSeverity.Hint
        shown.message += " (in the baseline)"
        yield shown


def of_finding(finding: Finding, uri: str, text: Text) -> types.Diagnostic:
    """Gives a finding as a diagnostic."""
    related = [
        types.DiagnosticRelatedInformation(types.Location(uri, text.range(where.span)), where.message)
        for where in finding.related
    ]
    return types.Diagnostic(
        range=text.range(finding.span),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.rule,
        code_description=types.CodeDescription(finding.link) if finding.link else None,
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if _is_to_go(finding) else None,
        related_information=related or None,
        data={"fingerprint": finding.fingerprint},
    )


def _is_to_go(finding: Finding) -> bool:
    """Says whether the words found have no use, so that an editor may fade them out."""
    removed = {edit.span for fix in finding.fixes for edit in fix.edits if not edit.text}
    return finding.rule == _UNUSED or finding.span in removed


def of_problem(problem: Problem, text: Text) -> types.Diagnostic:
    """Gives what could not be done as a diagnostic on its line, by default the first."""
    start = text.offset(types.Position((problem.line or 1) - 1, 0))
    line = text.source.line(start)
    return types.Diagnostic(
        range=text.range(line), message=problem.message, severity=types.DiagnosticSeverity.Error, source=SOURCE
    )


def of_files(problems: list[Problem], encoding: str) -> dict[str, list[types.Diagnostic]]:
    """Gives problems of files as diagnostics by the files' addresses."""
    found: dict[str, list[types.Diagnostic]] = {}
    for problem in problems:
        path = os.path.abspath(problem.path)
        uri = uris.from_fs_path(path)
        if uri and os.path.isfile(path):
            found.setdefault(uri, []).append(of_problem(problem, Text(_text_of(path), encoding)))
    return found


def _text_of(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace", newline="") as file:
        return file.read()
