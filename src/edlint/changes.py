"""Changes: which lines of which articles differ from a commit, as Git tells.

A newcomer would compare with the commit that is named. But the branch that it names goes on, and what others have
written there since is not what a writer has changed: so it is the commit at which the two parted that counts.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from edlint.errors import UsageError
from edlint.git import Repository, merge_base, repository
from edlint.patch import Lines, changed

_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--find-renames", "--diff-filter=d", "--no-relative",
         "--ignore-submodules")  # fmt: skip
_PATCH = (*_DIFF, "--unified=0", "--inter-hunk-context=0", "--no-color", "--src-prefix=a/", "--dst-prefix=b/")
_AT_ONCE = 500  # files that a command names, which systems limit


class Changes:
    """The changed lines of files, by the files' real paths.

    `than` are the words that tell `git diff` what the files differ from; `new` are files that are new as a whole;
    `staged` where it is what stands in the index that differs, and not the files on disk. The lines of files that
    `is_met` says to be articles are asked for at once, those of others, which may be large, when they are needed.
    """

    def __init__(
        self,
        where: Repository,
        than: tuple[str, ...],
        is_met: Callable[[str], bool],
        *,
        new: Iterable[str] = (),
        staged: bool = False,
    ) -> None:
        self.root, self._git = where
        self.staged, self._than = staged, than
        self._changed = dict(self._named(self._git.output(*_DIFF, "--name-status", "-z", *than)))
        articles = [path for path in self._changed if is_met(path)]
        self._lines: dict[str, Lines | None] = {}
        for start in range(0, len(articles), _AT_ONCE):
            several = articles[start : start + _AT_ONCE]
            shown = dict.fromkeys(several, ()) | self._shown(several)
            self._lines |= {path: lines for path, lines in shown.items() if lines is not None}
        self._lines |= dict.fromkeys(new)
        self._others: dict[str, str | None] = {str(self.root): None}

    def of(self, path: str, *, named: bool = False) -> Lines | None:
        """Gives the changed lines of a file, no lines where it is as it was, None where all are new.

        Of a file that is `named`, and not met on a walk, all lines are new where Git ignores it; a link stands for
        what it leads to.
        """
        real = self._real(path, named)
        if real in self._changed and real not in self._lines:
            self._lines[real] = self._shown([real], "--text").get(real, ())
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
        for path in self._changed if self.staged else ():
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

    def _shown(self, paths: Sequence[str], *options: str) -> dict[str, Lines | None]:
        """The lines that Git shows as changed of some files; None of those that it takes for files without lines."""
        names = [f":(top,literal){os.fsdecode(name)}" for path in paths for name in self._changed[path]]
        patch = self._git.output(*_PATCH, *options, *self._than, "--", *names)
        return {_path(self.root, name): lines for name, lines in changed(patch)}

    def _named(self, statuses: bytes) -> Iterator[tuple[str, tuple[bytes, ...]]]:
        """Each file that differs, and the names that Git has for it: with the one that it had before, if any."""
        words = iter(statuses.split(b"\0"))
        for status in words:
            if status:
                names = (next(words), next(words)) if status[:1] in b"RC" else (next(words),)
                yield _path(self.root, names[-1]), names

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


def since(reference: str, is_met: Callable[[str], bool]) -> Changes:
    """Gives what differs between the files on disk and the commit at which this branch and a reference parted.

    Raises UsageError outside of a repository, and where there is no such commit.
    """
    if not reference:
        raise UsageError("--changed-since needs the name of a branch, tag or commit, and got an empty one")
    top = repository("--changed-since")
    base = merge_base(top.git, reference)
    others = top.git.output("ls-files", "--others", "--exclude-standard", "-z").split(b"\0")
    new = (_path(top.root, name) for name in others if name)
    return Changes(top, (base,), is_met, new=(path for path in new if not os.path.islink(path)))


def staged(is_met: Callable[[str], bool]) -> Changes:
    """Gives what is staged for the next commit; raises UsageError outside of a repository."""
    return Changes(repository("--staged"), ("--cached",), is_met, staged=True)


def _printed(blobs: bytes) -> Iterator[bytes]:
    """What `git cat-file --batch` prints of each object: a line on it, which ends with its size, and what it holds."""
    at = 0
    while at < len(blobs):
        start = blobs.index(b"\n", at) + 1
        end = start + int(blobs[at:start].split(b" ")[2])
        yield blobs[start:end]
        at = end + 1


def _path(root: Path, name: bytes) -> str:
    return os.path.normpath(os.path.join(root, os.fsdecode(name)))
