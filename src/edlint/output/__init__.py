"""The formats of the report, one module each, found by their place.

Each has `part`, which makes of one article's report the text that it goes on with, and `text`, which makes the whole of
the parts, piece by piece, as the articles come. A part is made where its article is checked, in whatever process that
is, and the findings are forgotten; it may be kept for the next run. `edlint --format NAME` prints what the module NAME
gives.
"""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from edlint.finding import FileReport, Report


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


class Format:
    """A format by its name, in a style."""

    def __init__(self, name: str, style: Style) -> None:
        self._module = import_module(f"{__name__}.{name}")
        self._style = style
        # What its parts depend on, besides their articles: people's terminal, and the folder that CI counts paths from.
        looks = (style.width, style.excerpts, style.paint("", "bold")) if name == "text" else repository()
        self.key = f"{name} {looks}"

    def part(self, file: FileReport) -> str:
        """Gives the text that the report goes on with for one article."""
        return str(self._module.part(file, self._style))

    def text(self, report: Report) -> Iterator[str]:
        """Gives a report whose parts were made for this format, piece by piece."""
        yield from self._module.text(report, self._style)
