"""Git: the repository around a folder, and what it answers.

Names of files come from Git as bytes. Hooks run with variables of Git's that make it take any folder for the top of the
repository: so that is asked once, and told to every Git that follows.
"""

import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from edlint.errors import UsageError


class Git:
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


class Repository(NamedTuple):
    """A repository, by the folder that is the top of its files."""

    root: Path
    git: Git


def repository(option: str) -> Repository:
    """Gives the repository around this folder, in which Git needs no more looking for it.

    Raises UsageError, in which the option that asks for one is named, where there is none that can be read.
    """
    try:
        found = Git().done("rev-parse", "--show-toplevel")
    except FileNotFoundError as error:
        raise UsageError(f"{option} asks Git what has changed, and there is no `git` here: install it") from error
    if found.returncode:
        raise UsageError(f"{option} {_needs(found.stderr.decode(errors='replace'))}")
    top, folder = os.fsdecode(found.stdout.removesuffix(b"\n")), _git_folder(Git())
    # Where the first is set, Git takes this folder for the top, or one that the second names as seen from elsewhere.
    if "GIT_DIR" in os.environ and not os.path.isabs(os.environ.get("GIT_WORK_TREE", "")):
        plain = Git(without=("GIT_DIR", "GIT_WORK_TREE"))
        around = plain.tried("rev-parse", "--show-toplevel")
        if around is not None and _git_folder(plain) == folder:
            top = around
        elif "GIT_WORK_TREE" not in os.environ:
            raise UsageError(
                f"{option}: GIT_DIR names {folder}, which is not the repository around this folder: "
                "set GIT_WORK_TREE to the folder whose files it keeps"
            )
    root = Path(os.path.realpath(top))
    return Repository(root, Git(root, GIT_DIR=folder, GIT_WORK_TREE=str(root)))


def _git_folder(git: Git) -> str:
    return os.path.realpath(os.fsdecode(git.output("rev-parse", "--absolute-git-dir").removesuffix(b"\n")))


def _needs(told: str) -> str:
    """What is missing where Git finds no repository, as it tells."""
    lines = [line.strip() for line in told.strip().split("\n")]
    remedy = next((line for line in lines if line.startswith("git config ")), None)
    if remedy:
        return f"asks Git, which does not trust this repository, since somebody else owns it; if you do: {remedy}"
    return f"needs a Git repository: run edlint within one ({lines[0].removeprefix('fatal: ')})"


def merge_base(git: Git, reference: str) -> str:
    """Gives the commit at which this branch and a reference parted; raises UsageError where there is none."""
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


def references() -> list[str]:
    """Gives the names of branches and tags, none outside of a repository."""
    try:
        return os.fsdecode(Git().done("for-each-ref", "--format=%(refname:short)").stdout).split()
    except FileNotFoundError:
        return []
