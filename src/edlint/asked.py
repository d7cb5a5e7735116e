"""What is asked for, and which articles that comes to, each as a task.

Wrong usage and wrong settings show here, before anything is checked.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from edlint import files
from edlint.checks import Mending, Task
from edlint.errors import UsageError
from edlint.files import Found
from edlint.finding import Problem, Severity
from edlint.linters import Linters
from edlint.patch import Lines

if TYPE_CHECKING:
    from edlint.changes import Changes

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


class Asked:
    """The articles that are asked for; what cannot be checked is told."""

    def __init__(self, request: Request, linters: Linters) -> None:
        self._request, self._linters = request, linters
        self._changes = _changes(request, lambda path: files.is_met(path, linters))
        for path in request.reports:
            if files.is_article(path) and os.path.isfile(path) and os.path.getsize(path) and not files.is_report(path):
                raise _written_over(os.path.normpath(path))
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
                self.problems.append(Problem(name, None, _missing(name)))
                continue
            if self._is_to_be_written(name) and not (walked and files.is_report(name)):
                raise _written_over(name)
            lines = self._lines(name, walked)
            if lines == () or (walked and files.is_report(name)):  # in this order: what is as it was is not even opened
                continue
            linter = self._linters.linter(name)
            if not linter.config.excludes(Path(os.path.abspath(name))):
                yield name, lines
            elif not walked:
                self.notes.append(f"{name}: left out by exclude in {linter.config.path}")

    def _found(self) -> Iterator[Found]:
        paths = [path for path in self._request.paths if path != STDIN]
        yield from files.found(paths, self._linters, self._cannot_read)
        for folder in filter(os.path.isdir, paths):  # which a walk cannot meet what is staged and gone in
            for name in self._changes.gone(folder) if self._changes else ():
                if self._would_be_met(folder, name):
                    yield Found(os.path.normpath(os.path.join(folder, name)), walked=True)

    def _would_be_met(self, folder: str, name: str) -> bool:
        """Says whether a walk of a folder would give a file that is not there."""
        *above, last = Path(name).parts
        path = os.path.join(folder, name)
        return (
            not last.startswith(".")
            and not any(map(files.is_passed_by, above))
            and not any(self._linters.passes_by(os.path.join(folder, *above[:end])) for end in range(1, len(above) + 1))
            and files.is_met(path, self._linters)
        )

    def _cannot_read(self, folder: str, error: OSError) -> None:
        self.problems.append(Problem(folder, None, f"cannot be read: {error.strerror or error}"))

    def _is_to_be_written(self, name: str) -> bool:
        return bool(self._reports) and os.path.realpath(name) in self._reports

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


def _missing(name: str) -> str:
    if os.path.islink(name):
        return "a link that leads to no file"
    return (
        "no such file" if os.sep in name or "." in name else "no such file, and no command: `edlint --help` lists these"
    )


def _written_over(path: str) -> UsageError:
    return UsageError(f"--output would write over the article {path}: choose another file")


def _changes(request: Request, is_met: Callable[[str], bool]) -> "Changes | None":
    """What has changed, where that is asked for."""
    if not request.staged and request.since is None:
        return None
    from edlint import changes

    return changes.staged(is_met) if request.since is None else changes.since(request.since, is_met)
