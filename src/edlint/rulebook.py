"""Rule files: YAML in folders, read but not yet made into rules.

A folder is a style; a rule is named by the style, the folders below it and the file's own name. A rule that extends
another (`extends: Style.Rule`) gets that rule's keys here, so that whoever makes rules sees the keys alone. The
built-in styles stand in the package, or, in an editable install, in the checkout around it.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from edlint.finding import Problem
from edlint.settings import Entry, SettingsError, compose, entries, joined, shape, without

_SUFFIXES = (".yml", ".yaml")


_DEEPEST = 10  # rules that extend rules that extend rules
_NEAR = 4  # folders upward in which a rule that is extended is looked for


class RulePath(NamedTuple):
    """The name of a rule, `Style.Rule`, and where its file stands."""

    name: str
    path: Path


class RuleFile(NamedTuple):
    """A rule as its file has it: `name` is `Style.Rule`, `whole` the mapping, `entries` its keys.

    `bases` are the files of the rules that it extends, whose keys are among `entries`.
    """

    name: str
    path: str
    whole: Entry
    entries: Mapping[str, Entry]
    is_built_in: bool = False
    bases: tuple[Path, ...] = ()


def built_in() -> Path:
    """Gives the folder of the built-in styles."""
    packaged = Path(__file__).with_name("rules")
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def built_in_styles() -> list[str]:
    """Gives the names of the built-in styles, sorted."""
    return sorted(path.name for path in built_in().iterdir() if path.is_dir())


def paths(style: Path) -> list[RulePath]:
    """Gives the rules of a style, sorted by file; test files (`*.test.yml`) are none."""
    name = os.path.basename(os.path.abspath(style))
    found = (path for path in style.rglob("*") if path.suffix in _SUFFIXES and not path.stem.endswith(".test"))
    return [RulePath(_name(name, path.relative_to(style)), path) for path in sorted(found) if path.is_file()]


def paths_below(folder: Path) -> list[RulePath]:
    """Gives the rules of a folder that is a style, or that holds styles, one a folder."""
    if any(path.suffix in _SUFFIXES for path in folder.iterdir()):
        return paths(folder)
    styles = sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "config")
    return [found for style in styles for found in paths(style)]


def _name(style: str, path: Path) -> str:
    """The name of a rule by its style and its path there; a file's name counts up to its first point."""
    return ".".join((style, *path.parts[:-1], path.name.partition(".")[0]))


def read(files: Iterable[RulePath]) -> tuple[list[RuleFile], list[Problem]]:
    """Reads rule files; the first of a name counts. A file that cannot be read is a problem, the others are read."""
    found: dict[str, RuleFile] = {}
    problems = []
    for name, path in files:
        try:
            rule = _read(name, path)
        except SettingsError as error:
            problems.append(error.problem)
            continue
        found.setdefault(rule.name, rule)
    return list(found.values()), problems


def _read(name: str, path: Path) -> RuleFile:
    whole = _whole(path)
    found, bases = _inherited(whole, path, ())
    return RuleFile(name, whole.path, whole, found, path.is_relative_to(built_in()) and not bases, bases)


def _whole(path: Path) -> Entry:
    name = shown(path)
    node = compose(text_of(path), name)
    if node is None:
        raise SettingsError(Problem(name, None, "holds no rule: expected keys such as extends and message"))
    return Entry(name, "", node)


def _inherited(whole: Entry, path: Path, below: tuple[Path, ...]) -> tuple[dict[str, Entry], tuple[Path, ...]]:
    """The keys of a rule's file, with those of the rules that it extends, and these rules' files."""
    own = {"extends" if key.lower() == "extends" else key: entry for key, entry in entries(whole).items()}
    parent = _parent(path, own.get("extends"))
    if parent is None:
        return own, ()
    if len(below) == _DEEPEST:
        raise own["extends"].error("rules extend rules too deeply, or in a loop")
    base, bases = _inherited(_whole(parent), parent, (*below, path))
    return _merged(base, own), (parent, *bases)


def _parent(path: Path, extends: Entry | None) -> Path | None:
    """The file of the rule that a rule extends, None where it extends a kind."""
    name = str(extends.node.value) if extends and shape(extends.node) == "scalar" else ""
    if extends is None or "." not in name:
        return None
    *folders, stem = name.split(".")
    for root in (*path.absolute().parents[:_NEAR], built_in()):
        for suffix in _SUFFIXES:
            parent = root.joinpath(*folders, stem + suffix)
            if parent.is_file():
                return parent
    raise extends.error(f"no rule is named '{name}', beside this style or among the built-in ones")


def _merged(base: Mapping[str, Entry], own: Mapping[str, Entry]) -> dict[str, Entry]:
    """The keys of a rule with those of the rule that it extends: `key+` adds to these, `key-` takes away."""
    found = {key: entry for key, entry in base.items() if key != "tests"}
    found |= {key: entry for key, entry in own.items() if key[-1:] not in "+-" and key != "extends"}
    for key, entry in own.items():
        if key[-1:] in "+-":
            before = found.get(key[:-1])
            if before is None:
                raise entry.error(f"the rule that is extended has no '{key[:-1]}'")
            found[key[:-1]] = joined(before, entry) if key.endswith("+") else without(before, entry)
    return found


def shown(path: Path) -> str:
    """Gives a path as people would write it from here."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def text_of(path: Path) -> str:
    """Gives the text of a YAML file; raises SettingsError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(Problem(shown(path), None, "not UTF-8: save it as UTF-8")) from error
    except OSError as error:
        raise SettingsError(Problem(shown(path), None, f"cannot be read: {error.strerror}")) from error
