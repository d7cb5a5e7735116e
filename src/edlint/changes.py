"""Changes: which lines of which articles differ from a commit, as Git tells.

A newcomer would compare with the commit that is named. But the branch that it names goes on, and what others have
written there since is not what a writer has changed: so it is the commit at which the two parted that counts. Names of
files come from Git as bytes, and in patches with escapes.
"""

import os
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from edlint.errors import UsageError
from edlint.text import Source, Span

_HUNK = re.compile(rb"@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@")
_DIFF = ("diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv", "--find-renames", "--diff-filter=d",
         "--src-prefix=a/", "--dst-prefix=b/", "--ignore-submodules")  # fmt: skip
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}

Lines = tuple[range, ...]  # numbers of lines, from 1, in order


@dataclass(frozen=True)
class Changes:
    """The changed lines of files, by the files' real paths; None for a file that is new as a whole.

    `staged` where they are those of the index, and not of the files on disk.
    """

    root: Path
    lines: Mapping[str, Lines | None] = field(default_factory=dict)
    staged: bool = False

    def of(self, path: str) -> Lines | None:
        """Gives the changed lines of a file, no lines where it is as it was, None where all are new."""
        return self.lines.get(_real(path), ())

    def has(self, path: str) -> bool:
        """Says whether a file has changed lines."""
        return self.of(path) != ()

    def names(self, path: str) -> bool:
        """Says whether a path lies in the repository that the changes are of."""
        return Path(_real(path)).is_relative_to(self.root)

    def data(self, path: str) -> bytes | None:
        """Gives what is staged of a file, None where it is the file on disk that counts."""
        if not self.staged:
            return None
        name = os.path.relpath(_real(path), self.root)
        return _git(self.root, "cat-file", "blob", b":0:" + os.fsencode(Path(name).as_posix()))


class Places:
    """Where changed lines stand in a text, their ends with them."""

    def __init__(self, lines: Lines, source: Source) -> None:
        starts = source.line_starts
        last = len(starts) - 1
        self._starts = [starts[min(run.start - 1, last)] for run in lines]
        self._ends = [starts[min(run.stop - 1, last)] for run in lines]

    def meet(self, span: Span) -> bool:
        """Says whether a span has to do with one of them; an empty one counts as the character behind it."""
        index = bisect_left(self._starts, max(span.end, span.start + 1)) - 1
        return index >= 0 and span.start < self._ends[index]


def since(reference: str) -> Changes:
    """Gives what differs between the files on disk and the commit at which this branch and a reference parted.

    Raises UsageError outside of a repository, and where there is no such commit.
    """
    root = _root("--changed-since")
    base = _parted(root, reference)
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
    lines = dict(_changed(root, _git(root, *_DIFF, base)))
    return Changes(root, lines | {_path(root, name): None for name in new if name})


def staged() -> Changes:
    """Gives what is staged for the next commit; raises UsageError outside of a repository."""
    root = _root("--staged")
    return Changes(root, dict(_changed(root, _git(root, *_DIFF, "--cached"))), staged=True)


def references() -> list[str]:
    """Gives the names of branches and tags, none outside of a repository."""
    try:
        done = subprocess.run(["git", "for-each-ref", "--format=%(refname:short)"], capture_output=True, check=False)
    except FileNotFoundError:
        return []
    return os.fsdecode(done.stdout).split()


def _root(option: str) -> Path:
    try:
        found = subprocess.run(["git", "rev-parse", "--show-toplevel"], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UsageError(f"{option} asks Git what has changed, and there is no `git` here: install it") from error
    if found.returncode:
        told = found.stderr.decode(errors="replace").strip().split("\n")[0].removeprefix("fatal: ")
        raise UsageError(f"{option} needs a Git repository: run edlint within one ({told})")
    return Path(os.path.realpath(os.fsdecode(found.stdout.removesuffix(b"\n"))))


def _parted(root: Path, reference: str) -> str:
    """The commit at which this branch and a reference parted."""
    commit = _tried(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    deep = "" if not _is_shallow(root) else "; this clone is shallow: git fetch --unshallow, or fetch-depth: 0 in CI"
    if commit is None:
        more = deep or "; `git branch --all` lists branches, `git fetch` brings new ones"
        raise UsageError(f"--changed-since: Git knows no commit '{reference}'{more}")
    base = _tried(root, "merge-base", commit, "HEAD")
    if base is None:
        raise UsageError(f"--changed-since: '{reference}' has no commit in common with this branch{deep}")
    return base


def _is_shallow(root: Path) -> bool:
    return _tried(root, "rev-parse", "--is-shallow-repository") == "true"


def _tried(root: Path, *words: str) -> str | None:
    """What Git answers in a line, None where it does not know."""
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
    return None if done.returncode else os.fsdecode(done.stdout).strip()


def _git(root: Path, *words: str | bytes) -> bytes:
    done = subprocess.run(["git", *words], cwd=root, capture_output=True, check=False)
    if done.returncode:
        told = done.stderr.decode(errors="replace").strip().replace("\n", "; ")
        raise UsageError(f"git {os.fsdecode(words[0])} failed: {told}")
    return done.stdout


def _changed(root: Path, patch: bytes) -> Iterator[tuple[str, Lines]]:
    """The changed lines of each file in a patch without context."""
    path, lines, left = "", list[range](), 0
    for line in patch.split(b"\n"):
        if left and not line.startswith(b"\\"):  # a line of a hunk, whatever it looks like
            left -= 1
        elif line.startswith(b"+++ "):
            path, lines = _path(root, _named(line[4:])), []
        elif hunk := _HUNK.match(line):
            first, count = int(hunk["first"]), int(hunk["count"] or 1)
            left = count + _removed(line)
            if count:
                lines.append(range(first, first + count))
                yield path, tuple(lines)


def _removed(hunk: bytes) -> int:
    """How many lines a hunk takes out."""
    _, _, count = hunk.split(b" ")[1].partition(b",")
    return int(count or 1)


def _named(written: bytes) -> bytes:
    """A file's name as a patch has it."""
    name = written.removesuffix(b"\t")  # which follows a name with a space
    if name.startswith(b'"'):
        name = _ESCAPE.sub(_unescaped, name[1:-1])
    return name.removeprefix(b"b/")


def _unescaped(match: re.Match[bytes]) -> bytes:
    written = match[1]
    return bytes([int(written, 8)]) if len(written) == 3 else _ESCAPED.get(written, written)


def _path(root: Path, name: bytes) -> str:
    return os.path.join(root, os.fsdecode(name))


def _real(path: str) -> str:
    """A path with links resolved up to its folder; a file that is a link is one to Git, too."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(os.path.realpath(folder), name)
