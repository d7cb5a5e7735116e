"""The formats of the report, one module each, found by their place: each has `text`, from a report and a Style.

`edlint --format NAME` prints what the module NAME gives.
"""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from edlint.finding import Report


class Style(NamedTuple):
    """How a report for people is to look: columns, whether with excerpts, and how to colour words."""

    width: int = 80
    excerpts: bool = True
    paint: Callable[[str, str], str] = lambda words, _: words


def repository() -> Path:
    """Gives the root of the repository that edlint runs in, which CI counts paths from; else this folder."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def number(count: int, noun: str) -> str:
    """Gives a count with its noun: `1 file`, `2 files`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def rendered(name: str, report: Report, style: Style) -> str:
    """Gives a report in a format."""
    found: str = import_module(f"{__name__}.{name}").text(report, style)
    return found
