"""Rule files: YAML in folders, read but not yet made into rules.

A folder is a style; a rule is named by the folder that its file stands in and the file's own name. The built-in styles
stand in the package, or, in an editable install, in the checkout around it.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from edlint.finding import Problem
from edlint.settings import Entry, SettingsError, compose, entries

_SUFFIXES = (".yml", ".yaml")


class RuleFile(NamedTuple):
    """A rule as its file has it: `name` is `Style.Rule`, `whole` the mapping, `entries` its keys."""

    name: str
    path: str
    whole: Entry
    entries: Mapping[str, Entry]
    is_built_in: bool = False


def built_in() -> Path:
    """Gives the folder of the built-in styles."""
    packaged = Path(__file__).with_name("rules")
    return packaged if packaged.is_dir() else Path(__file__).parents[2] / "rules"


def built_in_styles() -> list[str]:
    """Gives the names of the built-in styles, sorted."""
    return sorted(path.name for path in built_in().iterdir() if path.is_dir())


def paths(folder: Path) -> list[Path]:
    """Gives the rule files below a folder, sorted; test files (`*.test.yml`) are none."""
    found = (path for path in folder.rglob("*") if path.suffix in _SUFFIXES and not path.stem.endswith(".test"))
    return sorted(path for path in found if path.is_file())


def name_of(path: Path) -> str:
    """Gives the name of the rule that a file holds: its folder and its own name up to the first point."""
    return f"{path.resolve().parent.name}.{path.name.partition('.')[0]}"


def read(files: Iterable[Path]) -> tuple[list[RuleFile], list[Problem]]:
    """Reads rule files; the first of a name counts. A file that cannot be read is a problem, the others are read."""
    found: dict[str, RuleFile] = {}
    problems = []
    for path in files:
        try:
            rule = _read(path)
        except SettingsError as error:
            problems.append(error.problem)
            continue
        found.setdefault(rule.name, rule)
    return list(found.values()), problems


def _read(path: Path) -> RuleFile:
    name = shown(path)
    node = compose(text_of(path), name)
    if node is None:
        raise SettingsError(Problem(name, None, "holds no rule: expected keys such as extends and message"))
    whole = Entry(name, "", node)
    return RuleFile(name_of(path), name, whole, entries(whole), path.is_relative_to(built_in()))


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
