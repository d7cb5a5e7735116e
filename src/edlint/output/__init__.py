"""The formats of the report, one module each, found by their place.

Each has `part`, which makes of one article's report the text that it goes on with, and `text`, which makes the whole of
the parts, piece by piece, as the articles come. A part is made where its article is checked, in whatever process that
is, and the findings are forgotten; it may be kept for the next run. `edlint --format NAME` prints what the module NAME
gives.
"""

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from edlint.finding import FileReport, Report, Severity

as_json = json.JSONEncoder(ensure_ascii=False).encode
_NO_WORDS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_SIGNS = re.compile(
    r"""(?<=[@#!%~&$^*{\[])(?=[\w"+-])  # @name, #12; !12, %12, ~label, $12, {+words+} on GitLab
    | (?<=:)(?=[A-Za-z+/-])  # :smile:, https://
    | (?<=[A-Z][A-Z]-|[Gg]h-)(?=\d)  # GH-12, and the issues of other trackers
    | (?<=www)(?=\.)""",
    re.VERBOSE,
)


class Style(NamedTuple):
    """How a report for people is to look: columns, whether with excerpts, and how to colour words."""

    width: int = 80
    excerpts: bool = True
    paint: Callable[[str, str], str] = lambda words, _: words


def repository() -> Path:
    """Gives the root of the repository that edlint runs in, which CI counts paths from; else this folder."""
    here = Path.cwd()
    return next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)


def from_root(path: str, root: Path) -> str:
    """Gives a file's path as CI counts it: from the root, with slashes; that of a file elsewhere is absolute."""
    whole = Path(os.path.abspath(path))
    return (whole.relative_to(root) if whole.is_relative_to(root) else whole).as_posix()


def number(count: int, noun: str) -> str:
    """Gives a count with its noun: `1 file`, `2 files`."""
    return f"{count} {noun}{'s' * (count != 1)}"


def severities(counts: Mapping[Severity, int]) -> str:
    """Gives how many findings there are of each severity that there is, the worst first: `1 error, 2 warnings`."""
    return ", ".join(number(counts[level], level.name) for level in reversed(Severity) if counts[level])


def printable(words: str) -> str:
    """Gives words in which a space stands for each sign that would do something to a terminal, such as begin a line."""
    return words if words.isprintable() else "".join(sign if sign.isprintable() else " " for sign in words)


def on_one_line(words: str) -> str:
    """Gives words in which each run of white space and control characters is one space."""
    return _NO_WORDS.sub(" ", words)


def silenced(words: str) -> str:
    """Gives words that call nobody and tell no issue where a forge shows them: no sign is followed by what it is for.

    Forges look for these in what Markdown has become, when no escape is left; a space of no width is left there.
    """
    return _SIGNS.sub("\N{ZERO WIDTH SPACE}", words)


def items(parts: Iterable[str]) -> Iterator[str]:
    """Gives parts as they stand in a list of JSON, an item or more each, with commas between; empty ones are none."""
    before = "\n"
    for part in parts:
        if part:
            yield before + part
            before = ",\n"


class Format:
    """A format by its name, in a style."""

    def __init__(self, name: str, style: Style) -> None:
        self._module = import_module(f"{__name__}.{name}")
        self._style = style
        # What its parts depend on, besides their articles: people's terminal, and the folder that CI counts paths from.
        looks = (style.width, style.paint("", "bold")) if name == "text" else repository()
        self.key = f"{name} {style.excerpts} {looks}"

    def part(self, file: FileReport) -> str:
        """Gives the text that the report goes on with for one article."""
        return str(self._module.part(file, self._style))

    def text(self, report: Report) -> Iterator[str]:
        """Gives a report whose parts were made for this format, piece by piece."""
        yield from self._module.text(report, self._style)
