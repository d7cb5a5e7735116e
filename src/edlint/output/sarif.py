"""The report as SARIF 2.1.0, which code scanning and editors read; made for the schema of its errata 01.

A newcomer would forget that a message is a small language: `[words](1)` in it is a link to the related location 1. So
edlint's messages link to the places that they speak of, and what looks like a link in an article's words is taken
apart. Offsets and columns count code points, as everywhere in edlint, and `columnKind` says so. Nor would a newcomer
say of a result that counts that nothing suppresses it: the standard asks for that of all results or of none (3.27.23).
"""

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from edlint import __version__
from edlint.finding import About, FileReport, Finding, Fix, Problem, Report, Severity, Suppressed
from edlint.output import Style, as_json, items, repository
from edlint.text import Source, Span

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"  # what code scanning calls the folder of the repository
_LEVELS = {Severity.error: "error", Severity.warning: "warning", Severity.suggestion: "note"}
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_BASELINED = {"kind": "external", "status": "accepted", "justification": "It stands in the house's baseline."}
_LINK_CHARACTER = re.compile(r"([\\\[\]])")


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives the results of one article, a line each: the rule, and what follows it in the JSON of the result."""
    return "\n".join(f"{as_json(rule)}\t{as_json(result)[1:]}" for rule, result in _results(file, repository()))


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the report as one SARIF log, which names the rules first; equal reports give equal text."""
    root, artifacts = repository(), list[str]()
    rules = [_rule(about) for about in report.rules]
    tool = {"driver": {"name": "edlint", "version": __version__, "rules": rules}}
    bases = {_ROOT: {"description": {"text": "The folder of the repository."}}}
    yield f'{{"$schema": "{_SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {as_json(tool)},\n'
    yield f'"originalUriBaseIds": {as_json(bases)}, "columnKind": "unicodeCodePoints",\n"results": ['
    numbers = {as_json(rule["id"]): number for number, rule in enumerate(rules)}
    yield from items(_numbered(report, numbers, artifacts, root))
    yield '],\n"artifacts": ['
    yield from items(artifacts)
    yield f'],\n"invocations": [{as_json(_invocation(report, root))}]}}]}}\n'


def _numbered(report: Report, rules: Mapping[str, int], artifacts: list[str], root: Path) -> Iterator[str]:
    """The results of each article with the numbers of their rules; notes the articles that come."""
    for file in report.files:
        artifact = {"location": _artifact(file.path, root), "roles": ["analysisTarget"], "encoding": "utf-8"}
        artifacts.append(as_json(artifact))
        results = (line.split("\t", 1) for line in file.printed.split("\n") if line)
        yield ",\n".join(f'{{"ruleId": {rule}, "ruleIndex": {rules[rule]}, {rest}' for rule, rest in results)


def _artifact(path: str, root: Path) -> dict[str, Any]:
    whole = Path(os.path.abspath(path))
    if not whole.is_relative_to(root):
        return {"uri": whole.as_uri()}
    return {"uri": quote(os.fsencode(whole.relative_to(root).as_posix())), "uriBaseId": _ROOT}


def _rule(about: About) -> dict[str, Any]:
    name = about.name.partition(".")[2]
    why = " ".join(about.description.split()) or f"A rule of the kind {about.kind}."
    return {
        "id": about.name,
        "shortDescription": {"text": _CAPITAL.sub(" ", name).capitalize()},
        "fullDescription": {"text": why},
        "help": {"text": f"{why} “edlint explain {about.name}” shows what the rule finds and what it leaves alone."},
        "defaultConfiguration": {"level": _LEVELS[about.severity]},
        **({"helpUri": about.link} if "://" in (about.link or "") else {}),
    }


def _invocation(report: Report, root: Path) -> dict[str, Any]:
    notifications = [_notification(problem, root) for problem in report.problems]
    return {"executionSuccessful": not notifications, "toolExecutionNotifications": notifications}


def _notification(problem: Problem, root: Path) -> dict[str, Any]:
    region = {"region": {"startLine": problem.line}} if problem.line else {}
    location = {"physicalLocation": {"artifactLocation": _artifact(problem.path, root), **region}}
    return {"level": "error", "message": {"text": _plain(problem.message)}, "locations": [location]}


def _results(file: FileReport, root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """The results, those that do not count among them, each with its rule."""
    artifact = _artifact(file.path, root)
    allowed = {one.finding: one for one in file.suppressed}
    baselined = set(file.baselined)
    for finding in file.all_findings:
        result = _result(finding, file.source, artifact)
        if finding in allowed:
            result["suppressions"] = [_suppression(allowed[finding], file.source, artifact)]
        elif finding in baselined:
            # A run that wrote the baseline had the result, too; of the others nobody knows whether that run saw them.
            result["baselineState"] = "unchanged"
            result["suppressions"] = [_BASELINED]
        yield finding.rule, result


def _result(finding: Finding, source: Source, artifact: dict[str, Any]) -> dict[str, Any]:
    """A result but for its rule."""
    related = [
        {"id": number, "message": {"text": _plain(other.message)}, **_location(other.span, source, artifact)}
        for number, other in enumerate(finding.related, start=1)
    ]
    return {
        "level": _LEVELS[finding.severity],
        "message": {"text": _message(finding)},
        "locations": [_location(finding.span, source, artifact)],
        **({"relatedLocations": related} if related else {}),
        "partialFingerprints": {"edlint/v1": finding.fingerprint},
        **({"fixes": [_fix(fix, source, artifact) for fix in finding.fixes]} if finding.fixes else {}),
        "suppressions": [],
    }


def _message(finding: Finding) -> str:
    """The message, and the other places that it speaks of as links to them."""
    links = [_link(other.message, number) for number, other in enumerate(finding.related, start=1)]
    return _plain(finding.message) + (f" ({'; '.join(links)})" if links else "")


def _link(words: str, number: int) -> str:
    escaped = _LINK_CHARACTER.sub(r"\\\1", words)
    return f"[{escaped}]({number})"


def _plain(words: str) -> str:
    """Words in which nothing is a link."""
    return words.replace("](", "] (")


def _location(span: Span, source: Source, artifact: dict[str, Any]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": artifact, "region": _region(span, source)}}


def _region(span: Span, source: Source) -> dict[str, int]:
    (line, column), (end_line, end_column) = source.position(span.start), source.position(span.end)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column,
            "charOffset": span.start, "charLength": span.end - span.start}  # fmt: skip


def _fix(fix: Fix, source: Source, artifact: dict[str, Any]) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.span, source), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    changes = [{"artifactLocation": artifact, "replacements": replacements}]
    return {"description": {"text": _plain(fix.message)}, "artifactChanges": changes, "properties": {"safe": fix.safe}}


def _suppression(allowed: Suppressed, source: Source, artifact: dict[str, Any]) -> dict[str, Any]:
    reason = {"justification": allowed.reason} if allowed.reason else {}
    return {
        "kind": "inSource",
        "status": "accepted",
        **reason,
        "location": _location(allowed.written, source, artifact),
    }
