"""The readers, one module a format, found by their place: each has SUFFIXES and `read`, from Source to Document.

A reader imports its parser when it first reads, so that a run over one format pays for that one alone.
"""

from functools import cache
from importlib import import_module
from pathlib import Path, PurePath
from typing import Protocol, cast

from edlint.markup import EVERYTHING, Reading
from edlint.text import Document, Source


class Reader(Protocol):
    """What a module of this folder offers."""

    SUFFIXES: tuple[str, ...]

    @staticmethod
    def read(source: Source, reading: Reading = EVERYTHING) -> Document:
        """Reads a source into blocks, without what a house leaves unread."""


@cache
def by_suffix() -> dict[str, Reader]:
    """Gives the readers by the endings of the files that they read."""
    stems = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))
    modules = (cast(Reader, import_module(f"{__name__}.{stem}")) for stem in stems)
    return {suffix: module for module in modules for suffix in module.SUFFIXES}


def reader(path: str) -> Reader:
    """Gives the reader for a file; one of another ending is read as plain text."""
    readers = by_suffix()
    return readers.get(PurePath(path).suffix.lower()) or readers[".txt"]
