"""A run: files, each by the configuration that holds where it stands, make a report.

Nothing is held: an article's part of the report is given as soon as those before it are. What other reports are to say
of it waits on the disk.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from edlint.asked import Asked, Request
from edlint.checks import Checks, Form, Result, Tally, Task
from edlint.errors import UnreadableError
from edlint.finding import About, Checked, Problem, Report, Totals
from edlint.linters import Linters
from edlint.results import Results


@dataclass
class Outcome:
    """The reports of a run, one for each form, the first of which is to be gone through first, and hints for people.

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
    asked = Asked(request, linters)
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
    results = _results(outcome, tasks, checks.results(tasks), progress)
    kept = [_Kept() for _ in forms[1:]]
    streams = (_told(results, kept), *map(iter, kept))
    outcome.reports = tuple(Report(stream, about, outcome.totals, problems) for stream in streams)
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


class _Kept:
    """What a report is made of, kept in a file that has no name until the first report is told."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile  # takes a while to import, and few runs need it

        self._file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - closed when it is read, or with this

    def add(self, article: Checked) -> None:
        """Keeps an article's part."""
        self._file.write(json.dumps(article).encode() + b"\n")

    def __iter__(self) -> Iterator[Checked]:
        with self._file as file:
            file.seek(0)
            for line in file:
                yield Checked(*json.loads(line))


def _told(results: Iterator[Result], kept: Sequence[_Kept]) -> Iterator[Checked]:
    """Gives results in the first form, and keeps the others."""
    for name, (first, *others) in ((result.name, result.parts) for result in results):
        for report, part in zip(kept, others, strict=True):
            report.add(Checked(name, part))
        yield Checked(name, first)


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
