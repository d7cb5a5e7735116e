"""Which files to check: paths as the user names them, folders walked, what is ignored left out."""

import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, Protocol

from edlint.readers import by_suffix

# Folders of other people's work, which a walk passes by; hidden ones are passed by too.
_VENDORED = frozenset("node_modules vendor third_party bower_components venv site-packages __pycache__".split())
_PACKAGED = (".egg-info", ".dist-info")
# Texts that come with software and are nobody's draft, by name; .pre-commit-hooks.yaml says the same.
_NO_DRAFT = r"""(?:.*/)?(?:
        (?: (?:un)?licen[cs]es?(?:[-_.](?:agpl|apache|bsd|cc0?|gpl|isc|lgpl|mit|mpl|zlib)[^/]*)?
          | copying(?:[-_.]lesser)? )\.(?:txt|md|markdown)
      | (?: copyright | notice | patents | authors | contributors | maintainers
          | (?:(?:base|build|ci|dev|docs?|lint|local|prod|production|tests?)[-_.])?(?:requirements|constraints)
            (?:[-_.](?:base|build|ci|dev|docs?|lint|local|prod|production|tests?))?
          | (?:requirements|constraints)/[^/]+
          | runtime | version | manifest | robots | humans | ads | app-ads | security | llms(?:-full)?
          | cmakelists | cmakecache | conanfile | meson_options )\.txt
    )"""
_HEAD = 512  # bytes of a file in which a report says that it is one
_OF_REPORTS = (b"<!-- edlint -->", b'<meta name="generator" content="edlint">')


class Found(NamedTuple):
    """A file to check, named as the user did or as below the folder that the user named."""

    name: str
    walked: bool


class Houses(Protocol):
    """What a walk asks the configurations that hold where it goes."""

    def reads(self, path: str) -> bool:
        """Says whether a file without the ending of an article is one all the same."""

    def passes_by(self, folder: str) -> bool:
        """Says whether there are no articles in a folder."""


def found(paths: list[str], houses: Houses, unread: Callable[[str, OSError], None]) -> Iterator[Found]:
    """Gives the files that paths stand for, each once, in path order; a path that does not exist is kept as it is.

    `unread` is told of each folder that cannot be read, and why.
    """
    files: dict[str, Found] = {}
    for path in paths:
        walked = os.path.isdir(path)
        for name in _articles(path, houses, unread) if walked else [path]:
            files.setdefault(os.path.abspath(name), Found(name, walked))
    yield from sorted(files.values(), key=lambda file: file.name)


def is_article(name: str) -> bool:
    """Says whether a file has the ending of an article."""
    return name.lower().endswith(tuple(by_suffix()))


def is_report(name: str) -> bool:
    """Says whether a file is a report of edlint's own, which is no article though it may be named like one."""
    try:
        with open(name, "rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return False
    return any(mark in head for mark in _OF_REPORTS)


def is_met(path: str, houses: Houses) -> bool:
    """Says whether a walk takes a file for an article, by its path."""
    return (is_article(path) and not _no_draft().fullmatch(path.replace(os.sep, "/"))) or houses.reads(path)


@cache
def _no_draft() -> re.Pattern[str]:
    return re.compile(_NO_DRAFT, re.IGNORECASE | re.VERBOSE)  # which takes a while, and only walks need it


def is_passed_by(folder: str) -> bool:
    """Says whether a walk passes a folder by, by its name."""
    return folder.startswith(".") or folder in _VENDORED or folder.endswith(_PACKAGED)


def _articles(folder: str, houses: Houses, unread: Callable[[str, OSError], None]) -> Iterator[str]:
    """The articles below a folder, without what .gitignore, a hidden name or a vendored folder leaves out."""
    root = os.path.abspath(folder)
    ignored = _Ignored(root)

    def named(path: str) -> str:
        return os.path.normpath(os.path.join(folder, os.path.relpath(path, root)))

    for here, folders, names in os.walk(root, onerror=lambda error: unread(named(error.filename), error)):
        ignored.enter(here)
        ours = (name for name in sorted(folders) if not is_passed_by(name))
        paths = ((name, os.path.join(here, name)) for name in ours)
        folders[:] = [name for name, path in paths if not ignored(path, folder=True) and not houses.passes_by(path)]
        for name in sorted(names):
            path = os.path.join(here, name)
            if name.startswith(".") or ignored(path):
                continue
            if is_met(path, houses):
                yield named(path)


class _Ignored:
    """What the .gitignore files around and below a folder leave out; the innermost that speaks of a path decides."""

    def __init__(self, root: str) -> None:
        self._checks: dict[str, list[Callable[[str], bool | None]]] = {}
        self._top = root
        above = [root, *map(str, Path(root).parents)]
        repository = next((parent for parent in above if os.path.exists(os.path.join(parent, ".git"))), root)
        while self._top != repository:
            self._top = os.path.dirname(self._top)
            self.enter(self._top)

    def enter(self, folder: str) -> None:
        """Reads the .gitignore of a folder."""
        self._read(folder, os.path.join(folder, ".gitignore"))
        if os.path.isdir(os.path.join(folder, ".git")):
            self._read(folder, os.path.join(folder, ".git", "info", "exclude"))  # which yields to .gitignore

    def _read(self, folder: str, path: str) -> None:
        if not os.path.isfile(path):
            return
        from pathspec import GitIgnoreSpec  # takes a while to import

        lines = Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
        spec = GitIgnoreSpec.from_lines(lines)
        self._checks.setdefault(folder, []).append(lambda name: spec.check_file(name).include)

    def __call__(self, path: str, *, folder: bool = False) -> bool:
        if not self._checks:
            return False
        parent = path
        while len(parent) > len(self._top):
            parent = os.path.dirname(parent)
            for check in self._checks.get(parent, ()):
                name = os.fsencode(os.path.relpath(path, parent)).decode(errors="replace")  # globs are text
                verdict = check(name + "/" * folder)
                if verdict is not None:
                    return verdict
        return False
