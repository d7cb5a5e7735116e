"""Linters: which configuration, and with it which linter and which baseline, holds for each file of a run."""

import os
from pathlib import Path

from edlint import baseline, files
from edlint import config as configuration
from edlint.baseline import Baseline
from edlint.config import Config
from edlint.engine import Linter
from edlint.errors import UsageError
from edlint.store import Store


class Linters:
    """The linters of a run, one for each configuration, sharing the language model where it is the same.

    `config` is the file of a configuration for all articles, None for those found beside them; `cache` the folder for
    what the next run can use, None for none.
    """

    def __init__(
        self,
        config: str | None = None,
        *,
        select: tuple[str, ...] = (),
        ignore: tuple[str, ...] = (),
        cache: Path | None = None,
    ) -> None:
        self._select, self._ignore, self._cache = select, ignore, cache
        self._given = configuration.load(Path(config), Path.cwd()) if config else None
        self._found: dict[Path, configuration.Nearest] = {}
        self._configs: dict[Path | None, Config] = {}
        self._by_config: dict[int, Linter] = {}
        self._by_model: dict[str, Linter] = {}
        self._baselines: dict[Path, Baseline] = {}

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
        store = Store(self._cache / "rules") if self._cache else None
        shared = self._by_model.get(config.model)
        linter = Linter(config, select=self._select, ignore=self._ignore, pipeline=shared, store=store)
        self._by_model.setdefault(config.model, linter)
        return linter

    def baseline(self, path: str) -> Baseline:
        """Gives the baseline of a file's house; raises UsageError where it is wrong."""
        home = baseline.of_house(self.config(path), path)
        if home not in self._baselines:
            self._baselines[home] = baseline.read(home)
        return self._baselines[home]

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
