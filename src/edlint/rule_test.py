"""Running the examples of rules: `edlint test`, and edlint's own tests of its rules.

Examples in a rule's file, and cases that name a rule, are run against that rule alone, whatever the house says of it.
Other cases are run with all that the house's configuration says, as an article in the current folder is.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple

from edlint import rule_keys, rulebook
from edlint.config import Config
from edlint.engine import Linter
from edlint.errors import UsageError
from edlint.examples import Example, ExampleError, Lines, cases, marked, read
from edlint.files import is_passed_by
from edlint.finding import FileReport, Problem, Severity
from edlint.readers import by_suffix
from edlint.rule import Rule, names_rule
from edlint.rulebook import RuleFile, RulePath
from edlint.settings import Entry, SettingsError, compose, did_you_mean

_SUFFIXES = (".yml", ".yaml")
_TEST_SUFFIXES = (".test.yml", ".test.yaml")
# Folders hold YAML of other programs, too, broken files among it.
_OF_RULES = re.compile(r"^(extends:|message:|tests:|# (?:bad|ok):)", re.MULTILINE)
_OF_CASES = re.compile(r"\binput['\"]?[ \t]*:")


# What there is to run


class Files(NamedTuple):
    """Files to test: those of rules, and those that hold cases alone."""

    rules: tuple[RulePath, ...] = ()
    cases: tuple[Path, ...] = ()


class _Shelf:
    """The names of the rules that a house knows: of its own styles, those beside them, and the built-in ones."""

    def __init__(self, house: Config) -> None:
        beside = sorted(house.styles_path.iterdir()) if house.styles_path and house.styles_path.is_dir() else []
        named = [path for path in beside if path.is_dir() and path.name != "config" and not path.name.startswith(".")]
        built_in = [rulebook.built_in() / style for style in rulebook.built_in_styles()]
        styles = dict.fromkeys([*house.styles, *named, *built_in])
        self._files: dict[Path, RulePath] = {}
        for found in (found for style in styles for found in rulebook.paths(style)):
            self._files.setdefault(found.path.resolve(), found)

    def matching(self, pattern: str) -> list[RulePath]:
        """Gives the rules that a name or pattern names; raises UsageError where there is none."""
        found = [rule for rule in self._files.values() if names_rule(pattern, rule.name)]
        if not found:
            hint = did_you_mean(pattern, [rule.name for rule in self._files.values()])
            raise UsageError(f"no folder, file or rule is named '{pattern}'{hint}")
        return found

    def knows(self, path: Path) -> bool:
        """Says whether a file is one of these rules."""
        return path.resolve() in self._files

    def named(self, path: Path) -> RulePath:
        """Gives a file with the name of its rule, which a style that is not known gets from its folder."""
        known = self._files.get(path.resolve())
        name = known.name if known else f"{path.absolute().parent.name}.{path.name.partition('.')[0]}"
        return RulePath(name, path)


def found(named: Sequence[str], house: Config) -> Files:
    """Gives the files that folders, files and names of rules stand for; raises UsageError where one is none of these.

    Without any, it is the current folder and the house's own styles.
    """
    shelf = _Shelf(house)
    paths: dict[Path, Path] = {}
    for path in (path for name in named or _own(house) for path in _named(name, shelf)):
        paths.setdefault(path.resolve(), path)
    in_order = sorted(paths.values())
    return Files(
        tuple(shelf.named(path) for path in in_order if not _holds_cases(path)),
        tuple(path for path in in_order if _holds_cases(path)),
    )


def _own(house: Config) -> list[str]:
    return [".", *(str(style) for style in house.styles if not style.is_relative_to(rulebook.built_in()))]


def _named(name: str, shelf: _Shelf) -> list[Path]:
    if os.path.isdir(name):
        return [path for path in _below(name) if shelf.knows(path) or _is_ours(path)]
    return [Path(name)] if os.path.isfile(name) else [rule.path for rule in shelf.matching(name)]


def _below(folder: str) -> Iterator[Path]:
    """The YAML files below a folder, without those in hidden or vendored folders."""
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not is_passed_by(name)]
        yield from (Path(here, name) for name in names if name.endswith(_SUFFIXES))


def _holds_cases(path: Path) -> bool:
    return path.name.endswith(_TEST_SUFFIXES)


def _is_ours(path: Path) -> bool:
    """Says whether a file looks like a rule or a list of cases, were it broken as YAML."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(_OF_CASES.search(text)) if _holds_cases(path) else len(set(_OF_RULES.findall(text))) > 1


# Running it


@dataclass(frozen=True)
class Failure:
    """An example that did not come out as it says; `lines` are what was wanted (`-`) and what came (`+`)."""

    path: str
    line: int
    name: str
    message: str
    lines: tuple[str, ...] = ()

    def __str__(self) -> str:
        told = (f"{self.path}:{self.line}: {self.name}: {self.message}", *(f"    {line}" for line in self.lines))
        return "\n".join("".join(char if char.isprintable() else " " for char in line) for line in told)


@dataclass(frozen=True)
class Outcome:
    """What came of the examples: how many were as they say, which were not, and how many could not be run.

    `silent` are the rules tested that fired in no example; `problems` are what kept rules or examples from running.
    """

    passed: int
    failures: tuple[Failure, ...]
    not_run: int
    silent: tuple[str, ...]
    problems: tuple[Problem, ...]

    @property
    def count(self) -> int:
        """How many examples there are."""
        return self.passed + len(self.failures) + self.not_run


class _Task(NamedTuple):
    """An example and the rule that it is run against, None for the rules of the house; `name` is for failures."""

    example: Example
    name: str
    rule: Rule | None


class _Made(NamedTuple):
    """A rule's file and the rule, each None where something is wrong with it."""

    file: RuleFile | None
    rule: Rule | None


@dataclass
class _Bench:
    """The rules made, each once, and what is found to be wrong on the way."""

    linter: Linter
    problems: list[Problem] = field(default_factory=list)
    not_run: int = 0
    _made: dict[Path, _Made] = field(default_factory=dict)

    @cached_property
    def shelf(self) -> _Shelf:
        """The rules that the house knows."""
        return _Shelf(self.linter.config)

    def made(self, path: RulePath) -> _Made:
        """Gives what a rule's file makes."""
        key = path.path.resolve()
        if key not in self._made:
            files, wrong = rulebook.read([path])
            rule, more = rule_keys.make(files[0]) if files else (None, [])
            self._made[key] = _Made(files[0] if files else None, rule)
            self.problems += [*wrong, *more]
        return self._made[key]

    def tell(self, example: Example, message: str) -> None:
        """Notes what is wrong with an example."""
        self.problems.append(Problem(example.path, example.line, message))

    def task(self, example: Example, rule: Rule | None, *, is_alone: bool) -> Iterator[_Task]:
        """Gives an example with the rule that it is run against, nothing where it cannot be run."""
        if example.rule is not None:
            rule, is_alone = self._rule_of(example, Path(example.path).parent / example.rule), True
        if (is_alone and rule is None) or not self._is_read(example):
            self.not_run += 1
            return
        yield _Task(example, example.name or (rule.name if rule else ""), rule)

    def _rule_of(self, example: Example, path: Path) -> Rule | None:
        if path.is_file():
            return self.made(self.shelf.named(path)).rule
        self.tell(example, f"rule: no such file: '{example.rule}' (looked for {path})")
        return None

    def _is_read(self, example: Example) -> bool:
        """Says whether there is a reader for the format of an example, which no case is silently read without."""
        known = by_suffix()
        if PurePath(self.linter.config.read_as(_path(example))).suffix.lower() in known:
            return True
        self.tell(example, f"format: no reader for '{example.format}': expected one of {', '.join(sorted(known))}")
        return False


def run(files: Files, linter: Linter) -> Outcome:
    """Runs the examples of some files; what is wrong with one file keeps none of the others from running."""
    bench = _Bench(linter)
    tested = [(path, bench.made(path)) for path in files.rules]
    tasks = [task for path, made in tested for task in _of_rule(path.path, made, bench)]
    tasks += [task for path in files.cases for task in _of_cases(path, bench)]
    for path in sorted({_path(task.example) for task in tasks if task.rule is None}):
        bench.problems += linter.ruleset(path).problems
    failures, fired = list[Failure](), set[str]()
    for task in tasks:
        report = _report(task, linter)
        fired.update(finding.rule for finding in report.findings)
        failures += _failures(task, report)
    silent = dict.fromkeys(made.rule.name for _, made in tested if made.rule and made.rule.name not in fired)
    passed = len(tasks) - len(failures)
    return Outcome(passed, tuple(failures), bench.not_run, tuple(silent), tuple(dict.fromkeys(bench.problems)))


def _path(example: Example) -> str:
    return f"test.{example.format}"


def _of_rule(path: Path, made: _Made, bench: _Bench) -> Iterator[_Task]:
    """The examples in a rule's file: those in comments, and those under its key `tests`."""
    if made.file is None:
        return
    found, wrong = list[Example](), list[Problem]()
    try:
        found = read(rulebook.text_of(path), made.file.path)
    except ExampleError as error:
        wrong.append(Problem(made.file.path, error.line, str(error)))
    listed = next((entry for key, entry in made.file.entries.items() if key.lower() == "tests"), None)
    more, malformed = cases(listed) if listed else ([], [])
    bench.problems += [*wrong, *malformed]
    for example in (*found, *more):
        yield from bench.task(example, made.rule, is_alone=True)


def _of_cases(path: Path, bench: _Bench) -> Iterator[_Task]:
    """The cases in a file of their own."""
    shown = rulebook.shown(path)
    try:
        node = compose(rulebook.text_of(path), shown)
    except SettingsError as error:
        bench.problems.append(error.problem)
        return
    found, wrong = cases(Entry(shown, "", node)) if node else ([], [])
    bench.problems += wrong
    for example in found:
        yield from bench.task(example, None, is_alone=False)


def _report(task: _Task, linter: Linter) -> FileReport:
    path = _path(task.example)
    if task.rule:
        return linter.check_with([task.rule], task.example.text, linter.config.read_as(path))
    report, least = linter.check_text(task.example.text, path), Severity[linter.config.min_severity]
    return replace(report, findings=tuple(finding for finding in report.findings if finding.severity >= least))


# What came of it


class _Claim(NamedTuple):
    """Lines that an example wants and those that came, and what to say where these are not the same."""

    message: str
    wanted: Sequence[str]
    came: Sequence[str]


def _failures(task: _Task, report: FileReport) -> Iterator[Failure]:
    """The first thing that is wrong with the outcome of an example."""
    path, line = task.example.path, task.example.line
    for problem in report.problems:
        yield Failure(path, line, task.name, str(problem))
        return
    for claim in _claims(task.example, report):
        lines = tuple(_unlike(claim.wanted, claim.came))
        if lines:
            yield Failure(path, line, task.name, claim.message, lines)
            return


def _claims(example: Example, report: FileReport) -> Iterator[_Claim]:
    if example.lines:
        yield from _claims_of_lines(example.lines, _lines(report))
        return
    spans = {finding.span for finding in report.findings}
    wanted, came = (marked(example.text, found).split("\n") for found in (example.expected, spans))
    yield _Claim("found something else", wanted, came)
    if example.fixed is not None:
        yield _Claim("fixed to something else", example.fixed.split("\n"), fixed(report).split("\n"))


def _claims_of_lines(lines: Lines, came: list[str]) -> Iterator[_Claim]:
    if lines.want is not None:
        yield _Claim("found something else", sorted(lines.want), sorted(set(came)))
    whole = "\n".join(came)
    missing = [text for text in lines.contains if text not in whole]
    yield _Claim("found something else", missing, came if missing else [])
    unwanted = [f"'{text}'" for text in lines.absent if text in whole]
    yield _Claim(f"found {', '.join(unwanted)}, which should be absent", [], came if unwanted else [])


def _lines(report: FileReport) -> list[str]:
    """The findings as cases write them."""
    places = (report.source.position(finding.span.start) for finding in report.findings)
    told = zip(places, report.findings, strict=True)
    return [f"{place.line}:{place.column}:{found.rule}:{found.message}".strip() for place, found in told]


def _unlike(wanted: Sequence[str], came: Sequence[str]) -> Iterator[str]:
    """The lines that are not in both, what was wanted first."""
    for kind, begin, end, first, last in SequenceMatcher(None, wanted, came, autojunk=False).get_opcodes():
        if kind != "equal":
            yield from (f"- {line}" for line in wanted[begin:end])
            yield from (f"+ {line}" for line in came[first:last])


def fixed(report: FileReport) -> str:
    """Gives the text with the first safe fix of each finding applied, from left to right, overlapping ones left."""
    text, end = [], 0
    best = (next((fix for fix in finding.fixes if fix.safe), None) for finding in report.findings)
    for edit in sorted(edit for fix in best if fix for edit in fix.edits):
        if edit.span.start >= end:
            text += [report.source.text[end : edit.span.start], edit.text]
            end = edit.span.end
    return "".join([*text, report.source.text[end:]])
