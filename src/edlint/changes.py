"""Changes: which lines of which articles differ from a commit, as Git tells.

A newcomer would compare with the commit that is named. But the branch that it names goes on, and what others have
written there since is not what a writer has changed: so it is the commit at which the two parted that counts. Names of
files come from Git as bytes, and in patches with escapes. Hooks run with variables of Git's that make it take any
folder for the top of the repository: so that is asked once, and told to every Git that follows.
"""

import os
import re
import subprocess
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from edlint.errors import UsageError
from edlint.text import Source, Span

_HUNK = re.compile(rb"@@ -\d+(?:,(?P<old>\d+))? \+(?P<first>\d+)(?:,(?P<new>\d+))? @@")
_LINK = re.compile(rb"(?:new file mode|index \S+) 120000")
_DIFF = ("diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv",
         "--find-renames", "--diff-filter=d", "--no-relative", "--src-prefix=a/", "--dst-prefix=b/",
         "--ignore-submodules")  # fmt: skip
_ESCAPE = re.compile(rb"\\([0-7]{3}|.)")
_ESCAPED = {b"a": b"\a", b"b": b"\b", b"t": b"\t", b"n": b"\n", b"v": b"\v", b"f": b"\f", b"r": b"\r"}

# Numbers of lines, from 1, in order. Where lines have gone and none have come, an empty range begins at the one behind.
Lines = tuple[range, ...]


class _Git:
    """Git in a folder, in an environment in which what it prints is not up to the user's settings."""

    def __init__(self, folder: str | Path = ".", *, without: Iterable[str] = (), **variables: str) -> None:
        left_out = {"GIT_DIFF_OPTS", *without}
        kept = {key: value for key, value in os.environ.items() if key not in left_out}
        self._folder, self._environment = folder, kept | {"GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"} | variables

    def done(self, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Runs Git, however that ends; raises FileNotFoundError where there is none."""
        return subprocess.run(
            ["git", *words], cwd=self._folder, env=self._environment, input=given, capture_output=True, check=False
        )

    def output(self, *words: str, given: bytes = b"") -> bytes:
        """Gives what Git prints; raises UsageError where it fails."""
        done = self.done(*words, given=given)
        if done.returncode:
            told = done.stderr.decode(errors="replace").strip().replace("\n", "; ")
            raise UsageError(f"git {words[0]} failed: {told}")
        return done.stdout

    def tried(self, *words: str) -> str | None:
        """Gives what Git answers in a line, None where it does not know."""
        done = self.done(*words)
        return None if done.returncode else os.fsdecode(done.stdout.removesuffix(b"\n"))


class _Repository(NamedTuple):
    """A repository, by the folder that is the top of its files."""

    root: Path
    git: _Git


class Changes:
    """The changed lines of files, by the files' real paths.

    `than` are the words that tell `git diff` what the files differ from; `new` are files that are new as a whole;
    `staged` where it is what stands in the index that differs, and not the files on disk.
    """

    def __init__(
        self, repository: _Repository, than: tuple[str, ...], new: Iterable[str] = (), *, staged: bool = False
    ) -> None:
        self.root, self._git = repository
        self.staged, self._than = staged, than
        changed = dict(_changed(self.root, self._git.output(*_DIFF, *than)))
        self._hidden = {path for path, lines in changed.items() if lines is None}
        self._lines: dict[str, Lines | None] = changed | dict.fromkeys(new)
        self._others: dict[str, str | None] = {str(self.root): None}

    def of(self, path: str, *, named: bool = False) -> Lines | None:
        """Gives the changed lines of a file, no lines where it is as it was, None where all are new.

        Of a file that is `named`, and not met on a walk, all lines are new where Git ignores it; a link stands for
        what it leads to.
        """
        real = self._real(path, named)
        if real in self._hidden:
            self._hidden.remove(real)
            self._lines[real] = self._shown(real)
        if real in self._lines:
            return self._lines[real]
        return None if named and not self.staged and real not in self._index else ()

    def has(self, path: str) -> bool:
        """Says whether a file has changed lines."""
        return self.of(path) != ()

    def names(self, path: str, *, named: bool = False) -> bool:
        """Says whether a path lies in the repository that the changes are of."""
        return Path(self._real(path, named)).is_relative_to(self.root)

    def other(self, path: str, *, named: bool = False) -> str | None:
        """Gives the folder of another repository, below the top of this one, in which a path of this one lies."""
        return self._other(os.path.dirname(self._real(path, named)))

    def gone(self, folder: str) -> Iterator[str]:
        """Gives the files that are staged and not on disk, named as below a folder that they are in."""
        top = os.path.realpath(folder)
        for path in self._lines if self.staged else ():
            if Path(path).is_relative_to(top) and not os.path.lexists(path):
                yield os.path.relpath(path, top)

    def texts(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """Gives what is staged of files with changes; nothing where it is the files on disk that count."""
        blobs = {path: self._index[self._real(path)] for path in paths} if self.staged else {}
        if not blobs:
            return {}
        printed = self._git.output("cat-file", "--batch", given=b"".join(blob + b"\n" for blob in blobs.values()))
        return dict(zip(blobs, _printed(printed), strict=True))

    @cached_property
    def _index(self) -> Mapping[str, bytes]:
        """The objects of all files that Git tracks, by their real paths."""
        entries = dict[str, bytes]()
        for line in self._git.output("ls-files", "--stage", "-z").split(b"\0"):
            if line:
                about, _, name = line.partition(b"\t")
                entries[_path(self.root, name)] = about.split(b" ")[1]
        return entries

    def _shown(self, path: str) -> Lines | None:
        """The changed lines of a file that Git takes for one without lines, or is told to."""
        where = f":(top,literal){Path(os.path.relpath(path, self.root)).as_posix()}"
        patch = self._git.output(*_DIFF, "--text", *self._than, "--", where)
        return dict(_changed(self.root, patch)).get(path, ())

    def _other(self, folder: str) -> str | None:
        if folder not in self._others:
            is_top = os.path.lexists(os.path.join(folder, ".git"))
            self._others[folder] = folder if is_top else self._other(os.path.dirname(folder))
        return self._others[folder]

    def _real(self, path: str, named: bool = False) -> str:
        """A path with links resolved up to its folder: a file that is a link is one to Git, too."""
        if named and not self.staged:
            return os.path.realpath(path)
        folder, name = os.path.split(os.path.abspath(path))
        return os.path.join(os.path.realpath(folder), name)


class Places:
    """Where changed lines stand in a text, their ends with them; for lines that have gone, those around the place."""

    def __init__(self, lines: Lines, source: Source) -> None:
        starts, written = source.line_starts, [bool(line.strip()) for line in source.text.split("\n")]
        last = len(starts) - 1
        runs = sorted((run.start, run.stop) if run else _around(run.start, written) for run in lines)
        self._starts = [starts[min(start - 1, last)] for start, _ in runs]
        self._ends = list(accumulate((starts[min(stop - 1, last)] for _, stop in runs), max))

    def meet(self, span: Span) -> bool:
        """Says whether a span has to do with one of them; an empty one counts as the character behind it."""
        index = bisect_left(self._starts, max(span.end, span.start + 1)) - 1
        return index >= 0 and span.start < self._ends[index]


def _around(line: int, written: list[bool]) -> tuple[int, int]:
    """The last line with words before a line, and the one behind the first with words from there on."""
    before = next((number for number in range(line - 1, 0, -1) if written[number - 1]), line)
    behind = next((number for number in range(line, len(written) + 1) if written[number - 1]), line - 1)
    return before, behind + 1


def since(reference: str) -> Changes:
    """Gives what differs between the files on disk and the commit at which this branch and a reference parted.

    Raises UsageError outside of a repository, and where there is no such commit.
    """
    if not reference:
        raise UsageError("--changed-since needs the name of a branch, tag or commit, and got an empty one")
    repository = _repository("--changed-since")
    base = _parted(repository.git, reference)
    others = repository.git.output("ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
    new = (_path(repository.root, name) for name in others if name)
    return Changes(repository, (base,), (path for path in new if not os.path.islink(path)))


def staged() -> Changes:
    """Gives what is staged for the next commit; raises UsageError outside of a repository."""
    return Changes(_repository("--staged"), ("--cached",), staged=True)


def references() -> list[str]:
    """Gives the names of branches and tags, none outside of a repository."""
    try:
        return os.fsdecode(_Git().done("for-each-ref", "--format=%(refname:short)").stdout).split()
    except FileNotFoundError:
        return []


def _repository(option: str) -> _Repository:
    """The repository around this folder, in which Git needs no more looking for it."""
    try:
        found = _Git().done("rev-parse", "--show-toplevel")
    except FileNotFoundError as error:
        raise UsageError(f"{option} asks Git what has changed, and there is no `git` here: install it") from error
    if found.returncode:
        raise UsageError(f"{option} {_needs(found.stderr.decode(errors='replace'))}")
    top, folder = os.fsdecode(found.stdout.removesuffix(b"\n")), _git_folder(_Git())
    # Where the first is set, Git takes this folder for the top, or one that the second names as seen from elsewhere.
    if "GIT_DIR" in os.environ and not os.path.isabs(os.environ.get("GIT_WORK_TREE", "")):
        plain = _Git(without=("GIT_DIR", "GIT_WORK_TREE"))
        around = plain.tried("rev-parse", "--show-toplevel")
        if around is not None and _git_folder(plain) == folder:
            top = around
        elif "GIT_WORK_TREE" not in os.environ:
            raise UsageError(
                f"{option}: GIT_DIR names {folder}, which is not the repository around this folder: "
                "set GIT_WORK_TREE to the folder whose files it keeps"
            )
    root = Path(os.path.realpath(top))
    return _Repository(root, _Git(root, GIT_DIR=folder, GIT_WORK_TREE=str(root)))


def _git_folder(git: _Git) -> str:
    return os.path.realpath(os.fsdecode(git.output("rev-parse", "--absolute-git-dir").removesuffix(b"\n")))


def _needs(told: str) -> str:
    """What is missing where Git finds no repository, as it tells."""
    lines = [line.strip() for line in told.strip().split("\n")]
    remedy = next((line for line in lines if line.startswith("git config ")), None)
    if remedy:
        return f"asks Git, which does not trust this repository, since somebody else owns it; if you do: {remedy}"
    return f"needs a Git repository: run edlint within one ({lines[0].removeprefix('fatal: ')})"


def _parted(git: _Git, reference: str) -> str:
    """The commit at which this branch and a reference parted."""
    commit = git.tried("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    is_shallow = git.tried("rev-parse", "--is-shallow-repository") == "true"
    deep = "; this clone is shallow: git fetch --unshallow, or fetch-depth: 0 in CI" if is_shallow else ""
    if commit is None:
        more = deep or "; `git branch --all` lists branches, `git fetch` brings new ones"
        raise UsageError(f"--changed-since: Git knows no commit '{reference}'{more}")
    base = git.tried("merge-base", commit, "HEAD")
    if base is None:
        raise UsageError(f"--changed-since: '{reference}' has no commit in common with this branch{deep}")
    return base


def _changed(root: Path, patch: bytes) -> Iterator[tuple[str, Lines | None]]:
    """The changed lines of each file in a patch without context, None where Git does not show them; not of links."""
    for header, lines in _parts(patch):
        is_hidden = any(line.startswith(b"Binary files ") for line in header)
        is_link = any(map(_LINK.fullmatch, header))
        if (lines or is_hidden) and not is_link and (name := _named(header)):
            yield _path(root, name), None if is_hidden else tuple(lines)


def _parts(patch: bytes) -> Iterator[tuple[list[bytes], list[range]]]:
    """The parts of a patch, one a file: what stands there before the hunks, and the lines that they touch."""
    header, lines, old, new = list[bytes](), list[range](), 0, 0
    for line in patch.split(b"\n"):
        if old or new:  # a line of a hunk, whatever it looks like
            old -= not line.startswith((b"+", b"\\"))
            new -= not line.startswith((b"-", b"\\"))
        elif hunk := _HUNK.match(line):
            old, new, first = int(hunk["old"] or 1), int(hunk["new"] or 1), int(hunk["first"])
            lines.append(range(first, first + new) if new else range(first + 1, first + 1))
        elif line.startswith(b"diff --git "):
            yield header, lines
            header, lines = [line], []
        else:
            header.append(line)
    yield header, lines


def _named(header: list[bytes]) -> bytes | None:
    """The name of the file that a part of a patch is on, None where it takes that file out."""
    for start in (b"+++ ", b"rename to "):
        if written := next((line for line in header if line.startswith(start)), None):
            name = _plain(written.removeprefix(start))
            return None if name == b"/dev/null" else name.removeprefix(b"b/" if start == b"+++ " else b"")
    both = header[0].removeprefix(b"diff --git ")  # the same name twice, which is not told anywhere else
    return _plain(both[len(both) // 2 + 1 :]).removeprefix(b"b/")


def _plain(written: bytes) -> bytes:
    """A file's name, from how a patch has it."""
    name = written.removesuffix(b"\t")  # which follows a name with a space
    return _ESCAPE.sub(_unescaped, name[1:-1]) if name.startswith(b'"') else name


def _unescaped(match: re.Match[bytes]) -> bytes:
    written = match[1]
    return bytes([int(written, 8)]) if len(written) == 3 else _ESCAPED.get(written, written)


def _printed(blobs: bytes) -> Iterator[bytes]:
    """What `git cat-file --batch` prints of each object: a line on it, which ends with its size, and what it holds."""
    at = 0
    while at < len(blobs):
        start = blobs.index(b"\n", at) + 1
        end = start + int(blobs[at:start].split(b" ")[2])
        yield blobs[start:end]
        at = end + 1


def _path(root: Path, name: bytes) -> str:
    return os.path.join(root, os.fsdecode(name))
