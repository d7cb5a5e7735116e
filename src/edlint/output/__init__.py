"""The formats of the report, one module each, found by their place: each has `text`, from a report and a Style.

`edlint --format NAME` prints what the module NAME gives.
"""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from edlint.finding import Report


class Style(NamedTuple):
    """How a report for people is to look: columns, whether with excerpts, and how to colour words."""

    width: int = 80
    excerpts: bool = True
    paint: Callable[[str, str], str] = lambda words, _: words


def rendered(name: str, report: Report, style: Style) -> str:
    """Gives a report in a format."""
    found: str = import_module(f"{__name__}.{name}").text(report, style)
    return found
