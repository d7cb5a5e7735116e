"""A run: files, each by the configuration that holds where it stands, make a report.

Nothing is held: an article's part of the report is given as soon as those before it are.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import tee
from pathlib import Path

from edlint import changes, files
from edlint.changes import Lines
from edlint.checks import Checks, Form, Mending, Result, Tally, Task
from edlint.errors import UnreadableError, UsageError
from edlint.files import Found
from edlint.finding import About, Checked, Problem, Report, Severity, Totals
from edlint.linters import Linters
from edlint.results import Results

STDIN = "-"


@dataclass(frozen=True)
class Request:
    """What the user asked for.

    `stdin` holds the bytes of the path `-`, `stdin_name` the name to read them under; `cache` is the folder for what
    the next run can use, None for none; `jobs` is how many processes check, by default as many as are worth it. With
    `profile` every article is checked, whatever is known of it, so that the outcome tells what each rule costs.
    `since` is the commit since which lines count, and with `staged` those count that are staged; `baseline` says
    whether one holds; `mending` is what is fixed first. `reports` are files that reports go to, which are no articles.
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
    since: str | None = None
    staged: bool = False
    baseline: bool = True
    mending: Mending | None = None
    reports: tuple[str, ...] = ()


@dataclass
class Outcome:
    """The reports of a run, one for each form, and hints for people.

    Whether they fail the run, what they come to, what could not be done, what the user should know besides, a line
    each, and the seconds that each rule took are told when the last of a report's files has come.
    """

    reports: tuple[Report, ...] = ()
    hints: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    failed: bool = False
    totals: Totals = field(default_factory=Totals)
    problems: list[Problem] = field(default_factory=list)
    costs: Counter[str] = field(default_factory=Counter)


def run(request: Request, forms: Sequence[Form], progress: Callable[[int, int], None]) -> Outcome:
    """Begins to check what is asked for; raises UsageError where usage or settings are wrong.

    The articles are checked as the files of a report are gone through, and each report is made of the same articles.
    `progress` is told after each how many are done, and how many there are.
    """
    linters = Linters(request.config, select=request.select, ignore=request.ignore, cache=request.cache)
    asked = _Asked(request, linters)
    tasks, problems, notes = asked.tasks(), asked.problems, asked.notes
    for task in tasks:
        problems += task.rules.problems
    notes += dict.fromkeys(str(note) for task in tasks for note in task.linter.config.notes_for(task.path))
    hints = dict.fromkeys(hint for task in tasks if (hint := task.linter.config.hint))
    checks = Checks(
        forms,
        (*request.select, "\0", *request.ignore),
        least=request.min_severity,
        fail_on=request.fail_on,
        mending=request.mending,
        results=Results(request.cache) if request.cache else None,
        jobs=request.jobs,
        costs=request.profile,
    )
    about, outcome = list(_about(tasks)), Outcome(hints=tuple(hints), notes=notes, problems=problems)
    streams = tee(_results(outcome, tasks, checks.results(tasks), progress), len(forms))
    outcome.reports = tuple(
        Report(_told(number, stream), about, outcome.totals, problems) for number, stream in enumerate(streams)
    )
    return outcome


def _results(
    outcome: Outcome,
    tasks: Sequence[Task],
    results: Iterator[Result | Exception],
    progress: Callable[[int, int], None],
) -> Iterator[Result]:
    """Gives what the articles that could be checked come to, and completes the outcome."""
    totals, problems, gone = outcome.totals, outcome.problems, Counter[str]()
    for number, (task, result) in enumerate(zip(tasks, results, strict=True), 1):
        progress(number, len(tasks))
        if isinstance(result, UnreadableError):
            problems.append(Problem(task.name, None, str(result)))
            continue
        if isinstance(result, Exception):
            raise result
        problems += result.problems
        outcome.notes += result.notes
        outcome.costs.update(result.costs)
        _count(result.tally, totals)
        if task.baseline:
            gone[str(task.baseline.path)] += result.tally.gone
        outcome.failed |= result.failed
        yield result
    for known in {task.baseline.path: task.baseline for task in tasks if task.baseline}.values():
        gone[str(known.path)] += len(known.without_articles)
    outcome.notes += (_of_gone(path, count) for path, count in sorted(gone.items()) if count)
    for linter in dict.fromkeys(task.linter for task in tasks):
        linter.rulebook.remember()
    problems[:] = sorted(dict.fromkeys(problems), key=lambda p: (p.path, p.line or 0, p.message))


def _told(number: int, results: Iterator[Result]) -> Iterator[Checked]:
    """Gives results in the form of some number."""
    for result in results:
        yield Checked(result.name, result.parts[number])


def _count(tally: Tally, totals: Totals) -> None:
    """Adds what is counted of an article to the totals."""
    totals.number += 1
    totals.counts.update(tally.counts)
    totals.allowed += tally.allowed
    totals.baselined += tally.baselined
    totals.fixed += tally.fixed
    totals.fixable += tally.fixable
    totals.arguable += tally.arguable


def _of_gone(path: str, count: int) -> str:
    what = "1 finding has" if count == 1 else f"{count} findings have"
    return f"{os.path.relpath(path)}: {what} gone: `edlint baseline prune` drops what has gone"


def _about(tasks: list[Task]) -> Iterator[About]:
    """The rules that ran, by name, each as the first configuration has it."""
    rulesets = {id(found): found for task in tasks for found in [task.rules]}
    rules = {rule.name: rule for ruleset in reversed(rulesets.values()) for rule in ruleset.rules}
    for name, rule in sorted(rules.items()):
        yield About(name, rule.kind, rule.description, rule.severity, rule.link)


class _Asked:
    """The articles that are asked for; what cannot be checked is told."""

    def __init__(self, request: Request, linters: Linters) -> None:
        self._request, self._linters = request, linters
        self._changes = changes.staged() if request.staged else None
        if request.since is not None:
            self._changes = changes.since(request.since)
        self._reports = frozenset(map(os.path.realpath, request.reports))
        self.problems, self.notes = list[Problem](), list[str]()

    def tasks(self) -> list[Task]:
        """Gives the articles that can be checked, by name. Wrong settings show here, before anything is checked."""
        tasks = sorted([*self._files(), *self._standard_input()], key=lambda task: task.name)
        if self._request.mending:  # a file that has two names is mended under the first
            tasks = list({os.path.realpath(task.name): task for task in reversed(tasks)}.values())[::-1]
        if not tasks:
            self._linters.linter("draft.md")  # says what is wrong with the selection or configuration all the same
            if not self.notes and not self.problems:
                what = "changed articles" if self._changes else "articles"
                self.notes.append(f"no {what} in {', '.join(self._request.paths)}")
        return tasks

    def _files(self) -> Iterator[Task]:
        wanted = dict(self._wanted())
        staged = self._changes.texts(wanted) if self._changes else {}
        for name, lines in wanted.items():
            yield self._task(name, staged.get(name), lines)

    def _wanted(self) -> Iterator[tuple[str, Lines | None]]:
        """The files to check, with the lines of each that count, None where all do."""
        for name, walked in self._found():
            if not walked and not self._is_there(name):
                self.problems.append(Problem(name, None, "no such file"))
                continue
            if walked and os.path.abspath(name) in self._reports:
                continue
            lines = self._lines(name, walked)
            if lines == ():
                continue
            linter = self._linters.linter(name)
            if not linter.config.excludes(Path(os.path.abspath(name))):
                yield name, lines
            elif not walked:
                self.notes.append(f"{name}: left out by exclude in {linter.config.path}")

    def _found(self) -> Iterator[Found]:
        paths = [path for path in self._request.paths if path != STDIN]
        yield from files.found(paths, self._linters)
        for folder in filter(os.path.isdir, paths):  # which a walk cannot meet what is staged and gone in
            for name in self._changes.gone(folder) if self._changes else ():
                if self._would_be_met(folder, name):
                    yield Found(os.path.normpath(os.path.join(folder, name)), walked=True)

    def _would_be_met(self, folder: str, name: str) -> bool:
        """Says whether a walk of a folder would give a file that is not there."""
        *above, last = Path(name).parts
        path = os.path.join(folder, name)
        return (
            not any(part.startswith(".") for part in (*above, last))
            and files.VENDORED.isdisjoint(above)
            and not any(self._linters.passes_by(os.path.join(folder, *above[:end])) for end in range(1, len(above) + 1))
            and (files.is_article(last) or self._linters.reads(path))
        )

    def _is_there(self, name: str) -> bool:
        is_staged = bool(self._changes and self._changes.staged and self._changes.has(name))
        return is_staged or os.path.exists(name)

    def _lines(self, name: str, walked: bool) -> Lines | None:
        """The lines of a file that count, None where all do."""
        changed, named = self._changes, not walked
        if not changed:
            return None
        if not changed.names(name, named=named):
            raise UsageError(
                f"{name} is outside of the repository in {changed.root}, so Git cannot say what has changed"
            )
        other = changed.other(name, named=named)
        if not other:
            return changed.of(name, named=named)
        told = f"in {os.path.relpath(other)}, which is a repository of its own: what has changed there is asked there"
        if named:
            raise UsageError(f"{name} is {told}")
        if (note := f"articles {told}, and not here") not in self.notes:
            self.notes.append(note)
        return ()

    def _standard_input(self) -> Iterator[Task]:
        request = self._request
        if STDIN not in request.paths:
            return
        name = request.stdin_name or "<stdin>"
        if request.stdin_name and self._linters.linter(name).config.excludes(Path(os.path.abspath(name))):
            return
        yield self._task(name, request.stdin)

    def _task(self, name: str, data: bytes | None, lines: Lines | None = None) -> Task:
        """An article as a task; what it holds is given where that may differ from what is on disk under its name."""
        linter = self._linters.linter(name)
        rules = linter.ruleset(name, None if data is None else data.decode("utf-8-sig", "replace"))
        known = self._linters.baseline(name) if self._request.baseline else None
        return Task(name, linter, rules, data, lines, known)
