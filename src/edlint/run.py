"""A run: files, each by the configuration that holds where it stands, make a report.

What earlier runs have made of articles is taken over, and the rest is checked, by several processes where that helps.
Nothing is held: an article's part of the report is given as soon as those before it are.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from edlint import config as configuration
from edlint import files, sources, workers
from edlint.basis import Basis
from edlint.config import Config
from edlint.engine import Linter
from edlint.errors import UnreadableError, UsageError
from edlint.finding import About, Checked, FileReport, Problem, Report, Severity
from edlint.output import Format
from edlint.results import Results
from edlint.ruleset import Ruleset
from edlint.sources import decoded
from edlint.store import Store

STDIN = "-"
_CHUNK = 100  # articles whose results are read, and written, at a time


@dataclass(frozen=True)
class Request:
    """What the user asked for.

    `stdin` holds the bytes of the path `-`, `stdin_name` the name to read them under; `cache` is the folder for what
    the next run can use, None for none; `jobs` is how many processes check, by default as many as are worth it. With
    `profile` every article is checked, whatever is known of it, so that the outcome tells what each rule costs.
    """

    paths: tuple[str, ...]
    config: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity | None = None
    fail_on: str | None = None
    stdin: bytes = b""
    stdin_name: str | None = None
    cache: Path | None = None
    jobs: int | None = None
    profile: bool = False


@dataclass
class Outcome:
    """A report, and hints for people.

    Whether it fails the run, what the user should know besides, a line each, and the seconds that each rule took are
    told when the last of the report's files has come.
    """

    report: Report
    hints: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    failed: bool = False
    costs: Counter[str] = field(default_factory=Counter)


class _Linters:
    """The linters of a run, one for each configuration, sharing the language model where it is the same."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._given = configuration.load(Path(request.config), Path.cwd()) if request.config else None
        self._found: dict[Path, configuration.Nearest] = {}
        self._configs: dict[Path | None, Config] = {}
        self._by_config: dict[int, Linter] = {}
        self._by_model: dict[str, Linter] = {}

    def config(self, path: str) -> Config:
        """Gives the configuration that holds for a file; raises UsageError where it is wrong."""
        if self._given:
            return self._given
        file = configuration.find(Path(os.path.dirname(os.path.abspath(path))), self._found)
        if file not in self._configs:
            self._configs[file] = configuration.load(file) if file else configuration.default()
        return self._configs[file]

    def linter(self, path: str) -> Linter:
        """Gives the linter for a file; raises UsageError where its configuration is wrong."""
        config = self.config(path)
        if id(config) not in self._by_config:
            self._by_config[id(config)] = self._new(config)
        return self._by_config[id(config)]

    def _new(self, config: Config) -> Linter:
        request, shared = self._request, self._by_model.get(config.model)
        store = Store(request.cache / "rules") if request.cache else None
        linter = Linter(config, select=request.select, ignore=request.ignore, pipeline=shared, store=store)
        self._by_model.setdefault(config.model, linter)
        return linter

    def reads(self, path: str) -> bool:
        """Says whether a file is an article because its house reads it as another format."""
        name = self._unless_wrong(path).read_as(path)
        return name != path and files.is_article(name)

    def passes_by(self, folder: str) -> bool:
        """Says whether a folder holds a house's rules and not its articles."""
        return Path(folder) in self._unless_wrong(folder).apart

    def _unless_wrong(self, path: str) -> Config:
        """The configuration that holds for a file; what is wrong with it is told once an article is checked by it."""
        try:
            return self.config(path)
        except UsageError:
            return configuration.default()


class _Task(NamedTuple):
    """An article to check, under its name, with the rules that hold for it; `data` where it came by standard input."""

    name: str
    linter: Linter
    rules: Ruleset
    data: bytes | None = None

    @property
    def path(self) -> Path:
        """The article's absolute path."""
        return Path(os.path.abspath(self.name))

    def read(self) -> bytes:
        """Gives what the article holds; raises UnreadableError."""
        return sources.data(self.name) if self.data is None else self.data


class _Result(NamedTuple):
    """What a task comes to: all of a report that goes from one process to another, and what it depends on."""

    checked: Checked
    problems: tuple[Problem, ...]
    is_empty: bool
    basis: bytes | None
    costs: Mapping[str, float]

    def kept(self) -> str:
        """Gives it as a text to keep; nothing of one with problems is."""
        counts = {severity.name: count for severity, count in self.checked.counts.items()}
        return f"{json.dumps([counts, self.checked.allowed, self.is_empty])}\n{self.checked.printed}"

    @classmethod
    def from_kept(cls, path: str, text: str) -> "_Result":
        """Gives what was kept as a text."""
        head, _, printed = text.partition("\n")
        counts, allowed, is_empty = json.loads(head)
        counted = {Severity[name]: count for name, count in counts.items()}
        return cls(Checked(path, counted, allowed, printed), (), is_empty, None, {})


def run(request: Request, form: Format, progress: Callable[[int, int], None]) -> Outcome:
    """Begins to check what is asked for; raises UsageError where usage or settings are wrong.

    The articles are checked as the files of the report are gone through. `progress` is told after each how many are
    done, and how many there are.
    """
    linters, problems, notes = _Linters(request), list[Problem](), list[str]()
    tasks = sorted(_tasks(request, linters, notes, problems), key=lambda task: task.name)
    if not tasks:
        linters.linter("draft.md")  # says what is wrong with the selection or configuration all the same
        if not notes and not problems:
            notes.append(f"no articles in {', '.join(request.paths)}")
    for task in tasks:
        problems += task.rules.problems
    notes += dict.fromkeys(str(note) for task in tasks for note in task.linter.config.notes_for(task.path))
    hints = dict.fromkeys(hint for task in tasks if (hint := task.linter.config.hint))
    outcome = Outcome(Report(iter(()), _about(tasks), problems=problems), tuple(hints), notes)
    outcome.report.files = _files(outcome, _Checks(request, form), tasks, progress)
    return outcome


def _files(
    outcome: Outcome, checks: "_Checks", tasks: Sequence[_Task], progress: Callable[[int, int], None]
) -> Iterator[Checked]:
    """Gives the articles that could be checked, and completes the outcome."""
    report = outcome.report
    for number, (task, result) in enumerate(zip(tasks, checks.results(tasks), strict=True), 1):
        progress(number, len(tasks))
        if isinstance(result, UnreadableError):
            report.problems.append(Problem(task.name, None, str(result)))
            continue
        if isinstance(result, Exception):
            raise result
        if result.is_empty:
            outcome.notes.append(f"{task.name}: empty, nothing to check")
        report.problems += result.problems
        outcome.costs.update(result.costs)
        report.number += 1
        report.counts.update(result.checked.counts)
        report.allowed += result.checked.allowed
        outcome.failed |= checks.fails(result.checked, task)
        yield result.checked
    for linter in dict.fromkeys(task.linter for task in tasks):
        linter.rulebook.remember()
    report.problems[:] = sorted(dict.fromkeys(report.problems), key=lambda p: (p.path, p.line or 0, p.message))


class _Checks:
    """The checking of articles, by several processes where that helps, unless an earlier run has done it."""

    def __init__(self, request: Request, form: Format) -> None:
        self._request, self._form = request, form
        self._results = Results(request.cache) if request.cache and not request.profile else None

    @cached_property
    def _basis(self) -> Basis:
        """What all results depend on; nobody asks where none are kept."""
        request = self._request
        return Basis((self._form.key, str(request.min_severity), *request.select, "\0", *request.ignore))

    def results(self, tasks: Sequence[_Task]) -> Iterator[_Result | Exception]:
        """Gives what each task comes to, or what kept it from that, in order."""
        bases = [self._basis_of(task) if self._results else None for task in tasks]
        known = self._results.known(filter(None, bases)) if self._results else set[bytes]()
        rest = [task for task, basis in zip(tasks, bases, strict=True) if basis not in known]
        jobs = workers.count(len(rest)) if self._request.jobs is None else min(self._request.jobs, len(rest))
        checked = workers.results(self._checked, rest, jobs)
        for first in range(0, len(tasks), _CHUNK):
            chunk = list(zip(tasks[first : first + _CHUNK], bases[first : first + _CHUNK], strict=True))
            yield from self._of_chunk(chunk, known, checked)

    def _of_chunk(
        self, chunk: Sequence[tuple[_Task, bytes | None]], known: Set[bytes], checked: Iterator[_Result | Exception]
    ) -> Iterator[_Result | Exception]:
        """What some tasks come to: as an earlier run has left it, if it is still there, or as it is checked."""
        expected = [basis for _, basis in chunk if basis in known]
        kept = self._results.texts(filter(None, expected)) if self._results else {}
        new = dict[bytes, str]()
        for task, basis in chunk:
            if basis in kept:
                yield _Result.from_kept(task.name, kept[basis])
                continue
            result = workers.tried(self._checked, task) if basis in known else next(checked)
            if isinstance(result, _Result) and result.basis and not result.problems:
                new[result.basis] = result.kept()
            yield result
        if self._results:
            self._results.keep(new)

    def _basis_of(self, task: _Task, data: bytes | None = None) -> bytes | None:
        try:
            held = task.read() if data is None else data
        except UnreadableError:
            return None
        return self._basis.of(task.name, held, task.linter, task.rules)

    def _checked(self, task: _Task) -> _Result:
        """Checks an article; raises UnreadableError."""
        data = task.read()
        report = task.linter.check_source(decoded(data), task.name)
        report = _seen(report, self._request.min_severity or Severity[task.linter.config.min_severity])
        counts = Counter(finding.severity for finding in report.findings)
        checked = Checked(report.path, counts, len(report.suppressed), self._form.part(report))
        basis = self._basis_of(task, data) if self._results else None
        costs = report.costs if self._request.profile else {}
        return _Result(checked, report.problems, not report.source.text.strip(), basis, costs)

    def fails(self, file: Checked, task: _Task) -> bool:
        """Says whether what an article comes to fails the run."""
        level = self._request.fail_on or task.linter.config.fail_on
        return level != "never" and any(severity >= Severity[level] for severity in file.counts)


def _about(tasks: list[_Task]) -> Iterator[About]:
    """The rules that ran, by name, each as the first configuration has it."""
    rulesets = {id(found): found for task in tasks for found in [task.rules]}
    rules = {rule.name: rule for ruleset in reversed(rulesets.values()) for rule in ruleset.rules}
    for name, rule in sorted(rules.items()):
        yield About(name, rule.kind, rule.description, rule.severity, rule.link)


def _tasks(request: Request, linters: _Linters, notes: list[str], problems: list[Problem]) -> Iterator[_Task]:
    """The articles that can be checked; what cannot is told. Wrong settings show here, before anything is checked."""
    for name, walked in files.found([path for path in request.paths if path != STDIN], linters):
        if not walked and not os.path.exists(name):
            problems.append(Problem(name, None, "no such file"))
            continue
        linter, path = linters.linter(name), Path(os.path.abspath(name))
        if not linter.config.excludes(path):
            yield _Task(name, linter, linter.ruleset(name))
        elif not walked:
            notes.append(f"{name}: left out by exclude in {linter.config.path}")
    if STDIN in request.paths:
        name = request.stdin_name or "<stdin>"
        linter = linters.linter(name)
        if not request.stdin_name or not linter.config.excludes(Path(os.path.abspath(name))):
            # What came by standard input may differ from what is on disk under its name.
            rules = linter.ruleset(name, request.stdin.decode("utf-8-sig", "replace"))
            yield _Task(name, linter, rules, request.stdin)


def _seen(report: FileReport, least: Severity) -> FileReport:
    return replace(report, findings=tuple(finding for finding in report.findings if finding.severity >= least))
