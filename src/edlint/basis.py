"""The basis of a result: all that it depends on, as one hash, so that an equal basis means an equal result.

That is the article's bytes and its name, the files in which its house has decided and the folder that their globs count
from, its rules and the files that these name, what the command asks for, and edlint with its libraries. A newcomer
would go by times of change: a checkout sets them anew. What a result with a problem depends on nobody knows, so it has
no basis.
"""

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from edlint import companions, kinds, vocabularies
from edlint.engine import Linter
from edlint.errors import ModelError
from edlint.house import BUILT_IN, Config
from edlint.ruleset import Ruleset, leaves_country_open
from edlint.store import key_of


class Basis:
    """What the results of a run depend on, as far as it is the same for several articles."""

    def __init__(self, asked: Iterable[str]) -> None:
        """Takes what the command asks for, in words."""
        self._run = key_of(os.fsencode(word) for word in (*asked, "\0", os.getcwd(), *_libraries()))
        self._by_rules: dict[int, bytes | None] = {}  # rulesets are kept by their rulebooks, linters by the run

    def of(self, name: str, data: bytes, linter: Linter, rules: Ruleset, said: Iterable[str] = ()) -> bytes | None:
        """Gives the basis for an article under some name, None where a result would not be one to keep.

        `said` is what the result depends on besides, in words.
        """
        if id(rules) not in self._by_rules:
            self._by_rules[id(rules)] = self._of_rules(linter, rules)
        common = self._by_rules[id(rules)]
        if common is None:
            return None
        path = os.fsencode(os.path.abspath(name))
        return hashlib.blake2b(
            b"\0".join((os.fsencode(name), path, *map(os.fsencode, said), data)), digest_size=16, key=common
        ).digest()

    def _of_rules(self, linter: Linter, rules: Ruleset) -> bytes | None:
        if rules.problems:
            return None
        try:
            held = {path.absolute(): path.read_bytes() for path in files(linter.config, rules)}
        except (ModelError, OSError):  # told by the rule that lacks the file
            return None
        model = (f"{path} {found.st_size} {found.st_mtime_ns}".encode() for path, found in _model(linter.config.model))
        said = (part for path, data in held.items() for part in (os.fsencode(path), data))
        is_open = leaves_country_open(rules.rules, linter.rulebook)  # which files not asked for may say
        countries = b"several" if is_open else b"one"
        house = os.fsencode(linter.config.root)  # the same file counts its globs from elsewhere where it is asked for
        return key_of([self._run.encode(), linter.rulebook.key.encode(), countries, house, *said, *model]).encode()


def files(house: Config, rules: Ruleset) -> Iterator[Path]:
    """Gives the files in which a house has decided, and those that its rules read beside theirs; raises ModelError."""
    paths = [house.path, *house.bases, *(house.terms.paths if house.terms else ())]
    yield from (Path(path) for path in paths if path and path != BUILT_IN)
    for _, words in house.words:
        yield from vocabularies.files(words.folder)
    for rule in rules.rules:
        yield from rule.origin.bases
        yield from companions.affixes_of(house.styles_path, rule)
        if of_kind := getattr(kinds.kind(rule.kind), "files", None):
            yield from of_kind(rule.options, companions.roots(house.styles_path, rule))


def _model(name: str) -> Iterator[tuple[str, os.stat_result]]:
    """The files of a model that is a folder; one that is installed is among the libraries."""
    for here, _, names in os.walk(name):
        yield from ((path, os.stat(path)) for path in sorted(os.path.join(here, one) for one in names))


def _libraries() -> Iterator[str]:
    """The names and versions of all that is installed."""
    for folder in sys.path:
        if os.path.isdir(folder):
            yield from sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))
