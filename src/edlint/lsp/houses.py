"""The configurations that hold where documents stand, and what becomes of them while the server runs.

Each is read when the first document asks for it, and again when a file that it depends on has changed. One that is
broken is told, and what was read last, if anything was, goes on. A newcomer would rely on what the client watches: many
clients do not watch, so the times of change are looked at, too.
"""

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edlint import baseline, basis, files, rulebook
from edlint import config as configuration
from edlint.analysis.language import Model
from edlint.baseline import Baseline
from edlint.config import Config
from edlint.engine import Linter
from edlint.errors import EdlintError, ModelError, UsageError
from edlint.finding import FileReport, Finding, Problem, Severity
from edlint.lsp.parses import Parses
from edlint.store import Store

# What a client is to watch: configurations, rules, terms, dictionaries, vocabularies and baselines.
WATCHED = (
    "**/*.{yml,yaml}",
    "**/{.vale.ini,_vale.ini,vale.ini,.vale,_vale}",
    "**/*.{dic,aff,txt}",
    f"**/{baseline.FILE_NAME}",
)
_AGAIN = 2.0  # seconds after which the times of change are looked at again while somebody types
_PLACED = re.compile(r"(?P<path>.+?)(?::(?P<line>\d+))?: (?P<told>.*)", re.DOTALL)

Stamp = Mapping[str, tuple[int, int]]


@dataclass(eq=False)
class House:
    """One configuration: its linter and its baseline as they were last right, and what is wrong with it since.

    `stamp` holds the times and sizes of the files that it depends on.
    """

    linter: Linter | None = None
    known: Baseline | None = None
    trouble: Problem | None = None
    stamp: Stamp = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it, and with its rules."""
        if self.trouble:
            return (self.trouble,)
        return self.linter.ruleset("draft.md").problems if self.linter else ()

    def parted(self, report: FileReport) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Parts findings that are to be shown into those that count and those that stand in the baseline."""
        if self.linter is None:
            return (), ()
        least = Severity[self.linter.config.min_severity]
        entries = self.known.of(report.path) if self.known else ()
        found = baseline.parted(report, entries, (), lambda _: False)
        new, old = ([one for one in part if one.severity >= least] for part in (found.new, found.old))
        return tuple(new), tuple(old)


class Houses:
    """The configurations by their files, sharing the language model where it is the same."""

    def __init__(self, given: str | None = None, store: Store | None = None) -> None:
        """Takes the configuration that holds everywhere where one is given, and what keeps rules for the next run."""
        self._given = Path(given) if given else None
        self._store = store
        self._houses: dict[Path | None, House] = {}
        self._parses: dict[str, Parses] = {}
        self._looked = time.monotonic()

    def of(self, path: str) -> House:
        """Gives the house that a document belongs to."""
        file = self._given or configuration.find(Path(os.path.dirname(os.path.abspath(path))))
        if file not in self._houses:
            self._houses[file] = House()
            self._read(file)
        return self._houses[file]

    def parses(self, config: Config) -> Parses:
        """Gives the language model of a configuration, with what it has parsed."""
        return self._parses.setdefault(config.model, Parses(Model(config.model)))

    def is_article(self, path: str) -> bool:
        """Says whether a file is one that its house has checked, where it names no other file."""
        linter = self.of(path).linter
        if linter is None or linter.config.excludes(Path(path)):
            return False
        config = linter.config
        return files.is_article(config.read_as(path)) and not any(
            Path(path).is_relative_to(one) for one in config.apart
        )

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with configurations and rules, each once."""
        return list(dict.fromkeys(problem for house in self._houses.values() for problem in house.problems))

    def look(self, *, soon: bool = False) -> bool:
        """Reads again what has changed on disk and says whether anything had; `soon`, unless it was just looked at."""
        if soon and time.monotonic() - self._looked < _AGAIN:
            return False
        self._looked = time.monotonic()
        changed = [file for file, house in self._houses.items() if house.stamp != _stamp(_depends(file, house))]
        for file in changed:
            self._read(file)
        return bool(changed)

    def _read(self, file: Path | None) -> None:
        """Reads a configuration; one that is broken leaves its house as it was."""
        house = self._houses[file]
        before = _stamp(_depends(file, house))  # a file that changes while it is read is to be read once more
        try:
            house.linter, house.known = self._made(file)
            house.trouble = None
        except (UsageError, OSError) as error:
            house.trouble = _problem(error, file)
        after = _stamp(_depends(file, house))
        house.stamp = {path: before.get(path, found) for path, found in after.items()}

    def _made(self, file: Path | None) -> tuple[Linter, Baseline]:
        config = configuration.load(file, Path.cwd() if self._given else None) if file else configuration.default()
        linter = Linter(config, pipeline=self.parses(config), store=self._store)
        linter.ruleset("draft.md")  # which says what is wrong with settings
        return linter, baseline.read(baseline.of_house(config, "draft.md"))


def _problem(error: EdlintError | OSError, file: Path | None) -> Problem:
    """What is wrong, at its file and line where it names them."""
    match = _PLACED.fullmatch(str(error))
    if isinstance(error, UsageError) and match and os.path.isfile(match["path"]):
        return Problem(match["path"], int(match["line"]) if match["line"] else None, match["told"])
    return Problem(str(file or configuration.FILE_NAME), None, str(error))


def _depends(file: Path | None, house: House) -> Iterator[Path]:
    """The files and folders that a configuration and its rules come from, and that they read."""
    if file:
        yield file
    if house.trouble:
        yield Path(house.trouble.path)
    if house.linter is None:
        return
    config = house.linter.config
    yield baseline.of_house(config, "draft.md")
    yield from (style for style in config.styles if not style.is_relative_to(rulebook.built_in()))
    try:
        yield from basis.files(config, house.linter.ruleset("draft.md"))
    except (ModelError, OSError):  # told by the rule that lacks the file
        return


def _stamp(paths: Iterable[Path]) -> Stamp:
    """When files were changed, and how large they are; of folders all that is in them."""
    stamp = {}
    for path in paths:
        for one in (path, *path.rglob("*")) if path.is_dir() else (path,):
            try:
                found = one.stat()
            except OSError:  # there is none any more
                continue
            stamp[str(one)] = found.st_mtime_ns, found.st_size
    return stamp
