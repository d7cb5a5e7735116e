"""The formats of the report, one module each, found by their place.

Each has `part`, which makes of one article's report what it prints of it, and `text`, which makes the whole of the
parts, piece by piece. A part is made where its article is checked, in whatever process that is, and the findings are
forgotten. `edlint --format NAME` prints what the module NAME gives.
"""

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from edlint.finding import FileReport, Report, Severity


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


def printer(name: str, style: Style) -> Callable[[FileReport], Any]:
    """Gives what makes a format's part of an article's report."""
    return partial(import_module(f"{__name__}.{name}").part, style=style)


def rendered(name: str, report: Report, style: Style) -> Iterator[str]:
    """Gives a report whose parts were made for a format, piece by piece."""
    yield from import_module(f"{__name__}.{name}").text(report, style)


def total(report: Report, severity: Severity) -> int:
    """Gives how many findings of a severity a report has."""
    return sum(file.counts.get(severity, 0) for file in report.files)
