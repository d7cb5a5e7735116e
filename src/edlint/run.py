"""A run: files, each by the configuration that holds where it stands, make a report."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NamedTuple

from edlint import config as configuration
from edlint import files, workers
from edlint.config import Config
from edlint.engine import Linter
from edlint.errors import UnreadableError, UsageError
from edlint.finding import About, Checked, FileReport, Problem, Report, Severity
from edlint.sources import decoded
from edlint.store import Store

STDIN = "-"


@dataclass(frozen=True)
class Request:
    """What the user asked for.

    `stdin` holds the bytes of the path `-`, `stdin_name` the name to read them under; `store` keeps rules made ready;
    `jobs` is how many processes check, by default as many as are worth it.
    """

    paths: tuple[str, ...]
    config: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity | None = None
    fail_on: str | None = None
    stdin: bytes = b""
    stdin_name: str | None = None
    store: Store | None = None
    jobs: int | None = None


@dataclass(frozen=True)
class Outcome:
    """A report; whether it fails the run; what else the user should know, a line each; and hints for people."""

    report: Report
    failed: bool
    notes: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


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
        linter = Linter(config, select=request.select, ignore=request.ignore, pipeline=shared, store=request.store)
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

    def remember(self) -> None:
        """Keeps the rules made ready for the next run."""
        for linter in self._by_config.values():
            linter.rulebook.remember()


class _Task(NamedTuple):
    """An article to check, under its name; `data` where it came by standard input."""

    name: str
    linter: Linter
    data: bytes | None = None

    @property
    def path(self) -> Path:
        """The article's absolute path."""
        return Path(os.path.abspath(self.name))

    def report(self) -> FileReport:
        """Checks the article; raises UnreadableError."""
        if self.data is None:
            return self.linter.check_file(self.name)
        return self.linter.check_source(decoded(self.data), self.name)


class _Result(NamedTuple):
    """What a task comes to: all of a report that goes from one process to another."""

    checked: Checked
    problems: tuple[Problem, ...]
    is_empty: bool


@dataclass
class _Log:
    """What a run has to say beside its findings."""

    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def run(
    request: Request, printed: Callable[[FileReport], Any], progress: Callable[[int, int], None] | None = None
) -> Outcome:
    """Checks what is asked for; raises UsageError, before anything is checked, where usage or settings are wrong.

    `printed` makes of an article's report what is to be printed of it; `progress` is told before each article how many
    are done, and how many there are.
    """
    log, linters = _Log(), _Linters(request)
    tasks = sorted(_tasks(request, linters, log), key=lambda task: task.name)
    if not tasks:
        linters.linter("draft.md")  # says what is wrong with the selection or configuration all the same
        if not log.notes and not log.problems:
            log.notes.append(f"no articles in {', '.join(request.paths)}")
    for task in tasks:  # wrong settings show before anything is checked
        log.problems += task.linter.ruleset(task.name).problems
    log.notes += dict.fromkeys(str(note) for task in tasks for note in task.linter.config.notes_for(task.path))
    files, failed = [], False
    for task, result in zip(tasks, _checked(tasks, request, printed, progress), strict=True):
        if isinstance(result, UnreadableError):
            log.problems.append(Problem(task.name, None, str(result)))
            continue
        if isinstance(result, Exception):
            raise result
        if result.is_empty:
            log.notes.append(f"{task.name}: empty, nothing to check")
        log.problems += result.problems
        failed = failed or _fails(result.checked, request.fail_on or task.linter.config.fail_on)
        files.append(result.checked)
    linters.remember()
    problems = sorted(dict.fromkeys(log.problems), key=lambda p: (p.path, p.line or 0, p.message))
    hints = dict.fromkeys(hint for task in tasks if (hint := task.linter.config.hint))
    whole = Report(tuple(files), tuple(problems), tuple(_about(tasks)))
    return Outcome(whole, failed, tuple(log.notes), tuple(hints))


def _checked(
    tasks: list[_Task],
    request: Request,
    printed: Callable[[FileReport], Any],
    progress: Callable[[int, int], None] | None,
) -> list[_Result | Exception]:
    """What all tasks come to, or what kept one from it."""

    def result(task: _Task) -> _Result:
        report = _seen(task.report(), request.min_severity or Severity[task.linter.config.min_severity])
        counts = Counter(finding.severity for finding in report.findings)
        checked = Checked(report.path, counts, len(report.suppressed), printed(report))
        return _Result(checked, report.problems, not report.source.text.strip())

    number = workers.count(len(tasks)) if request.jobs is None else min(request.jobs, len(tasks))
    return workers.results(result, tasks, number, lambda done: progress(done, len(tasks)) if progress else None)


def _about(tasks: list[_Task]) -> Iterator[About]:
    """The rules that ran, by name, each as the first configuration has it."""
    rulesets = {id(found): found for task in tasks for found in [task.linter.ruleset(task.name)]}
    rules = {rule.name: rule for ruleset in reversed(rulesets.values()) for rule in ruleset.rules}
    for name, rule in sorted(rules.items()):
        yield About(name, rule.kind, rule.description, rule.severity, rule.link)


def _tasks(request: Request, linters: _Linters, log: _Log) -> Iterator[_Task]:
    """The articles that can be checked; what cannot is logged."""
    for name, walked in files.found([path for path in request.paths if path != STDIN], linters):
        if not walked and not os.path.exists(name):
            log.problems.append(Problem(name, None, "no such file"))
            continue
        linter, path = linters.linter(name), Path(os.path.abspath(name))
        if not linter.config.excludes(path):
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


def _fails(file: Checked, level: str) -> bool:
    return level != "never" and any(severity >= Severity[level] for severity in file.counts)
