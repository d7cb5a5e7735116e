"""The configurations that hold where documents stand, and what becomes of them while the server runs.

Each is read when the first document asks for it, and again when a file that it depends on has changed. One that is
broken is told, and what was read last, if anything was, goes on; one whose file has gone is forgotten. A newcomer would
rely on what the client watches: many clients do not watch, so the times of change are looked at, too.
"""

import os
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
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


@dataclass(frozen=True, eq=False)
class House:
    """One configuration, as it was read: its linter and its baseline as they were last right, and what is wrong since.

    `file` is None where the built-in default holds; `stamp` has the times and sizes of the files that it depends on.
    When it is read again, it is another one.
    """

    file: Path | None = None
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

    def has(self, path: str) -> bool:
        """Says whether a file that belongs to it is an article that it has checked, where a run names no other file."""
        if self.linter is None or self.linter.config.excludes(Path(path)):
            return False
        config = self.linter.config
        return files.is_article(config.read_as(path)) and not any(
            Path(path).is_relative_to(one) for one in config.apart
        )

    def parted(self, report: FileReport) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        """Parts findings that are to be shown into those that count and those that stand in the baseline."""
        if self.linter is None:
            return (), ()
        least = Severity[self.linter.config.min_severity]
        entries = self.known.of(report.path) if self.known else ()
        found = baseline.parted(report, entries, ())
        new, old = ([one for one in part if one.severity >= least] for part in (found.new, found.old))
        return tuple(new), tuple(old)


class Houses:
    """The configurations by their files, sharing the language model where it is the same."""

    def __init__(self, given: str | None = None, store: Store | None = None) -> None:
        """Takes the configuration that holds everywhere where one is given, and what keeps rules for the next run."""
        self._given = Path(given) if given else None
        self._store = store
        self._houses: dict[Path, House] = {}  # by the configuration's file, or by the baseline where there is none
        self._parses: dict[str, Parses] = {}
        self._looked = time.monotonic()

    def of(self, path: str) -> House:
        """Gives the house that a document belongs to."""
        file = self._given or configuration.find(Path(os.path.dirname(os.path.abspath(path))))
        home = file or baseline.of_house(configuration.default(), path)
        if home not in self._houses:
            self._houses[home] = self._read(home, House(file))
        return self._houses[home]

    def parses(self, config: Config) -> Parses:
        """Gives the language model of a configuration, with what it has parsed."""
        return self._parses.setdefault(config.model, Parses(Model(config.model)))

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with configurations and rules, each once."""
        return list(dict.fromkeys(problem for house in self._houses.values() for problem in house.problems))

    @property
    def is_due(self) -> bool:
        """Says whether it is a while since they were looked at."""
        return time.monotonic() - self._looked > _AGAIN

    def look(self) -> None:
        """Reads again what has changed on disk, and forgets what has gone; `of` then gives other houses than before."""
        self._looked = time.monotonic()
        for home, house in list(self._houses.items()):
            if not self._given and house.file and not house.file.is_file():
                del self._houses[home]
            elif house.trouble or house.stamp != _stamp(_depends(house)):  # what was missing nobody can watch
                read = self._read(home, house)
                if read.trouble is None or read.trouble != house.trouble:
                    self._houses[home] = read

    def _read(self, home: Path, last: House) -> House:
        """A house as it is read now; where it is broken, what was read last, with what is wrong."""
        before = _stamp(_depends(last))  # a file that changes while it is read is to be read once more
        try:
            linter, known = self._made(home, last.file)
            house = House(last.file, linter, known)
        except (UsageError, OSError) as error:
            house = replace(last, trouble=_problem(error, last.file))
        stamp = {path: before.get(path, found) for path, found in _stamp(_depends(house)).items()}
        return replace(house, stamp=stamp)

    def _made(self, home: Path, file: Path | None) -> tuple[Linter, Baseline]:
        config = configuration.load(file, Path.cwd() if self._given else None) if file else configuration.default()
        known = baseline.read(baseline.of_house(config, str(home)) if file else home)
        linter = Linter(config, pipeline=self.parses(config), store=self._store)
        linter.ruleset("draft.md")  # which says what is wrong with settings
        return linter, known


def _problem(error: EdlintError | OSError, file: Path | None) -> Problem:
    """What is wrong, at its file and line where it names them."""
    name = rulebook.shown(file) if file else configuration.FILE_NAME
    match = _PLACED.fullmatch(str(error))
    if isinstance(error, UsageError) and match and (match["path"] == name or os.path.isfile(match["path"])):
        return Problem(match["path"], int(match["line"]) if match["line"] else None, match["told"])
    return Problem(name, None, str(error))


def _depends(house: House) -> Iterator[Path]:
    """The files and folders that a configuration and its rules come from, and that they read."""
    if house.file:
        yield house.file
    if house.trouble:
        yield Path(house.trouble.path)
    if house.known:
        yield house.known.path
    if house.linter is None:
        return
    config = house.linter.config
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
