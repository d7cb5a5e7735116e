"""Checks: what each article of a run comes to, as it is checked, fixed before where that is asked for, or kept.

What earlier runs have made of articles is taken over, and the rest is checked, by several processes where that helps.
What is asked of an article is one thing after the other: its findings; of these the ones that lie in changed lines; of
these the ones that no baseline knows; and of what is left what is severe enough to be told.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, Protocol

from edlint import baseline, fixing, sources, workers, written
from edlint.baseline import Baseline, Entry
from edlint.basis import Basis
from edlint.engine import Linter
from edlint.errors import UnreadableError, UnwritableError
from edlint.finding import FileReport, Finding, Problem, Severity
from edlint.patch import Lines, Places
from edlint.results import Results
from edlint.revision import Origin
from edlint.ruleset import Ruleset
from edlint.sources import decoded
from edlint.text import Source

_CHUNK = 100  # articles whose results are read, and written, at a time
_AS_IT_WAS = Origin()


@dataclass(frozen=True)
class Mending:
    """What is to be fixed before an article is checked: `unsafe` fixes, too; `shown` for what would be written."""

    unsafe: bool = False
    shown: bool = False


class Form(Protocol):
    """What articles are told in; `output` has most."""

    key: str  # that of which, besides their articles, its parts are made

    def part(self, file: FileReport) -> str:
        """Gives what there is to tell of one article."""


class Task(NamedTuple):
    """An article to check, under its name, with the rules that hold for it.

    `data` is what it holds where that is not what the file does; `lines` are those that count, None for all; `baseline`
    is its house's, None where none is to be asked.
    """

    name: str
    linter: Linter
    rules: Ruleset
    data: bytes | None = None
    lines: Lines | None = None
    baseline: Baseline | None = None

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What the baseline has of the article."""
        return self.baseline.of(self.name) if self.baseline else ()

    @property
    def path(self) -> Path:
        """The article's absolute path."""
        return Path(os.path.abspath(self.name))

    def read(self) -> bytes:
        """Gives what the article holds; raises UnreadableError."""
        return sources.data(self.name) if self.data is None else self.data


class Tally(NamedTuple):
    """What is counted of an article: its findings of each severity, how many do not count, and how many were fixed.

    `gone` are entries of the baseline that mean nothing any more, `fixable` findings that have a safe
    fix, `arguable` those that have one that is not.
    """

    counts: Mapping[Severity, int]
    allowed: int = 0
    baselined: int = 0
    gone: int = 0
    fixable: int = 0
    arguable: int = 0
    fixed: int = 0


class Result(NamedTuple):
    """What a task comes to: all of a report that goes from one process to another, and what it depends on.

    `parts` are what each format has made of it; `failed` says whether it fails the run.
    """

    name: str
    parts: tuple[str, ...]
    tally: Tally
    failed: bool = False
    notes: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    basis: bytes | None = None
    costs: Mapping[str, float] = {}

    def kept(self) -> str:
        """Gives it as a text to keep; nothing of one with problems is."""
        counts = {severity.name: count for severity, count in self.tally.counts.items()}
        head = json.dumps([[len(part) for part in self.parts], counts, self.failed, self.notes, *self.tally[1:]])
        return "\n".join([head, "".join(self.parts)])

    @classmethod
    def from_kept(cls, name: str, text: str) -> "Result":
        """Gives what was kept as a text."""
        head, _, printed = text.partition("\n")
        lengths, counts, failed, notes, *others = json.loads(head)
        parts, at = list[str](), 0
        for length in lengths:
            parts.append(printed[at : at + length])
            at += length
        tally = Tally({Severity[level]: count for level, count in counts.items()}, *others)
        return cls(name, tuple(parts), tally, failed, tuple(notes))


class Checks:
    """The checking of articles, by several processes where that helps, unless an earlier run has done it.

    `asked` is what of the command line results depend on; `mending` says what is fixed before, None for nothing;
    with `costs` every article is checked, and results tell the seconds that each rule took.
    """

    def __init__(
        self,
        forms: Sequence[Form],
        asked: Iterable[str],
        *,
        least: Severity | None = None,
        fail_on: str | None = None,
        mending: Mending | None = None,
        results: Results | None = None,
        jobs: int | None = None,
        costs: bool = False,
    ) -> None:
        self._forms, self._mending, self._jobs, self._costs = tuple(forms), mending, jobs, costs
        self._least, self._fail_on = least, fail_on
        self._asked = (*(form.key for form in forms), str(least), str(fail_on), *asked)
        self._results = None if mending or costs else results

    @cached_property
    def _basis(self) -> Basis:
        """What all results depend on; nobody asks where none are kept."""
        return Basis(self._asked)

    def results(self, tasks: Sequence[Task]) -> Iterator[Result | Exception]:
        """Gives what each task comes to, or what kept it from that, in order."""
        bases = [self._basis_of(task) if self._results else None for task in tasks]
        known = self._results.known(filter(None, bases)) if self._results else set[bytes]()
        rest = [task for task, basis in zip(tasks, bases, strict=True) if basis not in known]
        jobs = workers.count(len(rest)) if self._jobs is None else min(self._jobs, len(rest))
        checked = workers.results(self._checked, rest, jobs)
        for first in range(0, len(tasks), _CHUNK):
            chunk = list(zip(tasks[first : first + _CHUNK], bases[first : first + _CHUNK], strict=True))
            yield from self._of_chunk(chunk, known, checked)

    def _of_chunk(
        self, chunk: Sequence[tuple[Task, bytes | None]], known: Set[bytes], checked: Iterator[Result | Exception]
    ) -> Iterator[Result | Exception]:
        """What some tasks come to: as an earlier run has left it, if it is still there, or as it is checked."""
        expected = [basis for _, basis in chunk if basis in known]
        kept = self._results.texts(filter(None, expected)) if self._results else {}
        new = dict[bytes, str]()
        for task, basis in chunk:
            if basis in kept:
                yield Result.from_kept(task.name, kept[basis])
                continue
            result = workers.tried(self._checked, task) if basis in known else next(checked)
            if isinstance(result, Result) and result.basis and not result.problems:
                new[result.basis] = result.kept()
            yield result
        if self._results:
            self._results.keep(new)

    def _basis_of(self, task: Task, data: bytes | None = None) -> bytes | None:
        try:
            held = task.read() if data is None else data
        except UnreadableError:
            return None
        return self._basis.of(task.name, held, task.linter, task.rules, (str(task.lines), *map(str, task.entries)))

    def _checked(self, task: Task) -> Result:
        """Checks an article; raises UnreadableError."""
        data = task.read()
        source = decoded(data)
        if self._mending:
            return self._mended(task, data, source, self._mending)
        report = task.linter.check_source(source, task.name)
        basis = self._basis_of(task, data) if self._results else None
        return self._result(task, _Seen(task, self._least, source), report)._replace(basis=basis)

    def _result(self, task: Task, seen: "_Seen", report: FileReport, made: fixing.Fixed | None = None) -> Result:
        shown, gone = seen.of(report, made.origin if made else _AS_IT_WAS)
        shown = replace(shown, fails=self._fails(task), fixed=made.applied if made else {})
        counts = Counter(finding.severity for finding in shown.findings)
        offering = [one for one in shown.findings if one.fixes and not (made and one in made.left)]
        fixable = sum(1 for finding in offering if fixing.remedy(finding))
        arguable = sum(1 for finding in offering if fixing.remedy(finding, unsafe=True)) - fixable
        fixed = sum(shown.fixed.values())
        tally = Tally(counts, len(shown.suppressed), len(shown.baselined), len(gone), fixable, arguable, fixed)
        failed = shown.fails is not None and any(severity >= shown.fails for severity in counts)
        notes = [] if report.source.text.strip() else [f"{task.name}: empty, nothing to check"]
        notes += map(str, made.refused) if made else ()
        parts = tuple(form.part(shown) for form in self._forms)
        costs = report.costs if self._costs else {}
        return Result(task.name, parts, tally, failed, tuple(notes), report.problems, costs=costs)

    def _fails(self, task: Task) -> Severity | None:
        """The severity from which an article fails the run."""
        level = self._fail_on or task.linter.config.fail_on
        return None if level == "never" else Severity[level]

    def _mended(self, task: Task, data: bytes, source: Source, mending: Mending) -> Result:
        """Fixes an article and tells what has come of it; one that stands in a file is written there."""
        seen = _Seen(task, self._least, source)

        def wanted(report: FileReport, origin: Origin) -> Iterable[Finding]:
            return seen.of(report, origin)[0].findings

        made = fixing.fixed(task.linter, source, task.name, unsafe=mending.unsafe, wanted=wanted)
        new, told = written.encoded(made.text, data), self._result(task, seen, made.report, made)
        if mending.shown:
            patch = fixing.diff(task.name, data.decode(), new.decode())
            return told._replace(parts=(patch,), failed=bool(patch and self._fails(task)))
        if task.data is not None:
            return told._replace(parts=(new.decode(),))
        try:
            if new != data:
                written.replace(task.name, new, data)
        except UnwritableError as error:
            left = self._result(task, seen, task.linter.check_source(source, task.name))
            return left._replace(problems=(*left.problems, Problem(task.name, None, str(error))))
        return told


class _Seen:
    """What of an article's findings is told, and what of them is in the way."""

    def __init__(self, task: Task, least: Severity | None, source: Source) -> None:
        self._least = least or Severity[task.linter.config.min_severity]
        self._entries, self._rules = task.entries, task.rules.rules
        self._lines = None if task.lines is None else Places(task.lines, source)

    def of(self, report: FileReport, origin: Origin) -> tuple[FileReport, tuple[Entry, ...]]:
        """Gives a report on the text that the article has come to, as it is told, and what has gone of the baseline."""

        def counts(finding: Finding) -> bool:
            return self._lines is None or _is_changed(finding, self._lines, origin)

        ran = {rule.name for rule in self._rules} if self._entries and not report.problems else set[str]()
        known = baseline.parted(report, self._entries, ran, counts if self._lines else None)
        severe = ([finding for finding in found if finding.severity >= self._least] for found in (known.new, known.old))
        new, old = (tuple(found if self._lines is None else filter(counts, found)) for found in severe)
        allowed = tuple(one for one in report.suppressed if counts(one.finding))
        return replace(report, findings=new, baselined=old, suppressed=allowed), known.gone


def _is_changed(finding: Finding, lines: Places, origin: Origin) -> bool:
    """Says whether changed lines take part in a finding."""
    places = (finding.span, *(related.span for related in finding.related))
    return any(lines.meet(origin.of(place)) for place in places)
