"""Rule: one line of house style, ready to run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from edlint.action import Action
from edlint.finding import Severity
from edlint.scope import Scope


@dataclass(frozen=True)
class Origin:
    """The file that a rule was read from, its lines by key (from 1), and the files of the rules that it extends."""

    path: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)
    bases: tuple[Path, ...] = ()


def names_rule(pattern: str, name: str) -> bool:
    """Says whether a pattern (`Copy.UnbalancedQuotes`, `Copy.*`, or `Copy` for the whole style) names a rule."""
    return fnmatchcase(name, pattern) or fnmatchcase(name, f"{pattern}.*")


class Fault(NamedTuple):
    """What a rule says of one of its kind's faults; `severity` is None for the rule's own."""

    message: str
    severity: Severity | None = None


@dataclass(frozen=True)
class Rule:
    """A rule of some kind, with the kind's options checked; `name` is `Style.Rule`, from folder and file.

    `language` is the language that the rule knows (`en`), or None where it holds in any.
    """

    name: str
    kind: str
    message: str
    severity: Severity = Severity.warning
    scope: Scope = field(default_factory=Scope)
    options: Any = None
    faults: Mapping[str, Fault] = field(default_factory=dict)
    link: str | None = None
    description: str = ""
    language: str | None = None
    enabled: bool = True
    limit: int | None = None
    action: Action | None = None
    origin: Origin = field(default_factory=Origin)
