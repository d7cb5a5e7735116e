"""Running the examples of rules: `edlint test`, and edlint's own tests of its rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edlint import rule_keys, rulebook
from edlint.engine import Linter
from edlint.examples import Example, ExampleError, read
from edlint.finding import FileReport, Problem
from edlint.rule import Rule
from edlint.rulebook import RuleFile
from edlint.text import Span


@dataclass(frozen=True)
class Failure:
    """An example that did not come out as it says."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Outcome:
    """How many examples were run, what failed, rules without examples, and rules that could not be read."""

    examples: int
    failures: tuple[Failure, ...]
    untested: tuple[str, ...]
    problems: tuple[Problem, ...]


def run(files: list[RuleFile], linter: Linter) -> Outcome:
    """Runs the examples of rule files, each example against its own rule alone."""
    count, failures, untested, problems = 0, list[Failure](), list[str](), list[Problem]()
    for file in files:
        rule, wrong = rule_keys.make(file)
        problems += wrong
        if rule is None:
            continue
        try:
            examples = read(rulebook.text_of(Path(file.path)))
        except ExampleError as error:
            failures.append(Failure(file.path, error.line, file.name, str(error)))
            continue
        if not examples:
            untested.append(file.name)
        count += len(examples)
        for example in examples:
            told = _failed(example, rule, linter)
            failures += [Failure(file.path, example.line, file.name, message) for message in told]
    return Outcome(count, tuple(failures), tuple(untested), tuple(dict.fromkeys(problems)))


def _failed(example: Example, rule: Rule, linter: Linter) -> Iterator[str]:
    """What is wrong with the outcome of an example."""
    report = linter.check_with([rule], example.text)
    yield from (str(problem) for problem in report.problems)
    expected, found = set(example.expected), {finding.span for finding in report.findings}
    for span in sorted(found - expected):
        yield f"found {_quoted(example.text, span)}, which should be left alone"
    for span in sorted(expected - found):
        yield f"did not find {_quoted(example.text, span)}"
    if example.fixed is not None and (text := fixed(report)) != example.fixed:
        yield f"fixed to '{text}', not to '{example.fixed}'"


def _quoted(text: str, span: Span) -> str:
    return f"'{text[span.start : span.end]}' (after '{text[max(span.start - 20, 0) : span.start]}')"


def fixed(report: FileReport) -> str:
    """Gives the text with the first safe fix of each finding applied, from left to right, overlapping ones left."""
    text, end = [], 0
    best = (next((fix for fix in finding.fixes if fix.safe), None) for finding in report.findings)
    for edit in sorted(edit for fix in best if fix for edit in fix.edits):
        if edit.span.start >= end:
            text += [report.source.text[end : edit.span.start], edit.text]
            end = edit.span.end
    return "".join([*text, report.source.text[end:]])
