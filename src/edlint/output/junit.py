"""The report as JUnit XML, which CI shows as tests: an article that is in order is a test that passed.

It holds to the schema of Jenkins (junit-10.xsd of its xUnit plugin), which GitLab and CircleCI read as well. A newcomer
would make a test of every finding and name it by its line: CI knows a test by `classname` and `name`, tells new
failures from old ones by them, and GitLab drops the second of two that have the same. So a test is what one rule says
of one article, `classname` the rule, by which Jenkins sorts, and `name` the article. A reader shows one `failure` of a
test, and GitLab nothing but its text: all findings stand in that. XML cannot hold every character that an article can.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from edlint.finding import FileReport, Finding, Problem, Report, Severity
from edlint.output import Style, from_root, on_one_line, repository
from edlint.text import Source

_FAILS = Severity.warning  # where nothing fails a run; a report is looked at all the same
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BREAKS = {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives the suite of one article."""
    path = from_root(file.path, repository())
    by_rule = sorted(file.findings, key=lambda finding: finding.rule)  # stable: each rule's stay as in the source
    rules = [list(found) for _, found in groupby(by_rule, key=lambda finding: finding.rule)]
    level = file.fails or _FAILS
    cases = [_of_rule(found, path, file.source, level) for found in rules] or [_case("edlint", path)]
    failures = sum(_fails(found, level) for found in rules)
    return _suite(path, cases, failures=failures, aside=_aside(file))


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the report as one document, with a suite at its end of what could not be checked, each an error."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="edlint">\n'
    yield from (file.printed for file in report.files)
    if report.problems:
        yield _unchecked(report.problems)
    yield "</testsuites>\n"


def _suite(name: str, cases: Sequence[str], *, failures: int = 0, errors: int = 0, aside: str = "") -> str:
    counts = f'tests="{len(cases)}" failures="{failures}" errors="{errors}"'
    return f'<testsuite name="{_attribute(name)}" {counts}>\n{aside}{"".join(cases)}</testsuite>\n'


def _case(rule: str, name: str, outcome: str = "") -> str:
    head = f'<testcase classname="{_attribute(rule)}" name="{_attribute(name)}"'
    return f"{head}>{outcome}</testcase>\n" if outcome else f"{head}/>\n"


def _aside(file: FileReport) -> str:
    """How many findings do not count, where there are any."""
    counts = {"allowed": len(file.suppressed), "baselined": len(file.baselined)}
    told = "".join(f'<property name="{name}" value="{count}"/>' for name, count in counts.items() if count)
    return f"<properties>{told}</properties>\n" if told else ""


def _fails(found: Iterable[Finding], level: Severity) -> bool:
    return any(finding.severity >= level for finding in found)


def _of_rule(found: Sequence[Finding], path: str, source: Source, level: Severity) -> str:
    """The test of a rule on an article; one that fails no run passes, and prints what it has to say."""
    words = _text("\n".join(_told(finding, path, source) for finding in found))
    if not _fails(found, level):
        return _case(found[0].rule, path, f"<system-out>{words}</system-out>")
    worst = max(finding.severity for finding in found).name
    more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
    message = _attribute(f"{source.position(found[0].span.start)}: {found[0].message}{more}")
    return _case(found[0].rule, path, f'<failure type="{worst}" message="{message}">{words}</failure>')


def _told(finding: Finding, path: str, source: Source) -> str:
    """A finding in a line, the other places that it speaks of beneath."""
    place = f"{path}:{source.position(finding.span.start)}"
    others = [f"\n  {source.position(span.start)}: {on_one_line(message)}" for span, message in finding.related]
    return f"{place}: {finding.severity.name}: {on_one_line(finding.message)}{''.join(others)}"


def _unchecked(problems: Iterable[Problem]) -> str:
    root = repository()
    by_path = groupby(problems, key=lambda problem: problem.path)  # they are sorted
    cases = [_error(from_root(path, root), list(told)) for path, told in by_path]
    return _suite("could not be checked", cases, errors=len(cases))


def _error(path: str, problems: Sequence[Problem]) -> str:
    words = _text("\n".join(str(problem._replace(path=path)) for problem in problems))
    message = _attribute(problems[0].message)
    return _case("edlint.problem", path, f'<error type="problem" message="{message}">{words}</error>')


def _text(words: str) -> str:
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", words), {"\r": "&#13;"})


def _attribute(words: str) -> str:
    return escape(_NO_XML.sub("\N{REPLACEMENT CHARACTER}", words), _BREAKS)
