"""A run: files, each by the configuration that holds where it stands, make a report."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from edlint import config as configuration
from edlint import files
from edlint.config import Config
from edlint.engine import Linter
from edlint.errors import UnreadableError
from edlint.finding import About, FileReport, Problem, Report, Severity
from edlint.sources import decoded
from edlint.store import Store

STDIN = "-"


@dataclass(frozen=True)
class Request:
    """What the user asked for.

    `stdin` holds the bytes of the path `-`, `stdin_name` the name to read them under; `store` keeps rules made ready.
    """

    paths: tuple[str, ...]
    config: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity = Severity.suggestion
    fail_on: str | None = None
    stdin: bytes = b""
    stdin_name: str | None = None
    store: Store | None = None


@dataclass(frozen=True)
class Outcome:
    """A report; whether it fails the run; and what else the user should know, a line each."""

    report: Report
    failed: bool
    notes: tuple[str, ...] = ()


class _Linters:
    """The linters of a run, one for each configuration, sharing the language model where it is the same."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._given = configuration.load(Path(request.config)) if request.config else None
        self._by_folder: dict[str, Linter] = {}
        self._by_config: dict[str | None, Linter] = {}
        self._by_model: dict[str, Linter] = {}

    def linter(self, path: str) -> Linter:
        """Gives the linter for a file; raises UsageError where its configuration is wrong."""
        folder = os.path.dirname(os.path.abspath(path))
        if folder not in self._by_folder:
            self._by_folder[folder] = self._made(Path(folder))
        return self._by_folder[folder]

    def _made(self, folder: Path) -> Linter:
        file = None if self._given else configuration.find(folder)
        key = str(file) if file else None
        if key not in self._by_config:
            config = self._given or (configuration.load(file) if file else configuration.default())
            self._by_config[key] = self._new(config)
        return self._by_config[key]

    def _new(self, config: Config) -> Linter:
        request, shared = self._request, self._by_model.get(config.model)
        linter = Linter(config, select=request.select, ignore=request.ignore, pipeline=shared, store=request.store)
        self._by_model.setdefault(config.model, linter)
        return linter

    def remember(self) -> None:
        """Keeps the rules made ready for the next run."""
        for linter in self._by_config.values():
            linter.rulebook.remember()


class _Task(NamedTuple):
    """An article to check, under its name; `data` where it came by standard input."""

    name: str
    linter: Linter
    data: bytes | None = None

    def report(self) -> FileReport:
        """Checks the article; raises UnreadableError."""
        if self.data is None:
            return self.linter.check_file(self.name)
        return self.linter.check_source(decoded(self.data), self.name)


@dataclass
class _Log:
    """What a run has to say beside its findings."""

    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def run(request: Request, progress: Callable[[int, int], None] | None = None) -> Outcome:
    """Checks what is asked for; raises UsageError, before anything is checked, where usage or settings are wrong.

    `progress` is told before each article how many are done, and how many there are.
    """
    log, linters = _Log(), _Linters(request)
    tasks = sorted(_tasks(request, linters, log), key=lambda task: task.name)
    if not tasks:
        linters.linter("draft.md")  # says what is wrong with the selection or configuration all the same
        if not log.notes and not log.problems:
            log.notes.append(f"no articles in {', '.join(request.paths)}")
    for task in tasks:  # wrong settings show before anything is checked
        log.problems += task.linter.ruleset(task.name).problems
    reports, failed = [], False
    for done, task in enumerate(tasks):
        if progress:
            progress(done, len(tasks))
        try:
            report = _seen(task.report(), request.min_severity)
        except UnreadableError as error:
            log.problems.append(Problem(task.name, None, str(error)))
            continue
        if not report.source.text.strip():
            log.notes.append(f"{task.name}: empty, nothing to check")
        log.problems += report.problems
        failed = failed or _fails(report, request.fail_on or task.linter.config.fail_on)
        reports.append(report)
    linters.remember()
    problems = sorted(dict.fromkeys(log.problems), key=lambda p: (p.path, p.line or 0, p.message))
    return Outcome(Report(tuple(reports), tuple(problems), tuple(_about(tasks))), failed, tuple(log.notes))


def _about(tasks: list[_Task]) -> Iterator[About]:
    """The rules that ran, by name, each as the first configuration has it."""
    rulesets = {id(found): found for task in tasks for found in [task.linter.ruleset(task.name)]}
    rules = {rule.name: rule for ruleset in reversed(rulesets.values()) for rule in ruleset.rules}
    for name, rule in sorted(rules.items()):
        yield About(name, rule.kind, rule.description, rule.severity, rule.link)


def _tasks(request: Request, linters: _Linters, log: _Log) -> Iterator[_Task]:
    """The articles that can be checked; what cannot is logged."""
    for name, walked in files.found([path for path in request.paths if path != STDIN]):
        if not walked and not os.path.exists(name):
            log.problems.append(Problem(name, None, "no such file"))
            continue
        linter = linters.linter(name)
        if not linter.config.excludes(Path(os.path.abspath(name))):
            yield _Task(name, linter)
        elif not walked:
            log.notes.append(f"{name}: left out by exclude in {linter.config.path}")
    if STDIN in request.paths:
        name = request.stdin_name or "<stdin>"
        linter = linters.linter(name)
        if not request.stdin_name or not linter.config.excludes(Path(os.path.abspath(name))):
            yield _Task(name, linter, request.stdin)


def _seen(report: FileReport, least: Severity) -> FileReport:
    return replace(report, findings=tuple(finding for finding in report.findings if finding.severity >= least))


def _fails(report: FileReport, level: str) -> bool:
    return level != "never" and any(finding.severity >= Severity[level] for finding in report.findings)
