"""`python killing.py FOLDER KILLS`: `edlint --fix articles` in a folder, again and again, killed while it writes.

After each kill a line says how many articles are old, new and neither, and how many files were left beside them; then
the articles are as they were. Each run is forked from this process, which has imported what a run needs: starting anew
would take most of the time.
"""

import os
import random
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from edlint import checks, cli, fixing, readers, run, written  # noqa: F401 - imported once for all runs
from edlint.commands import check  # noqa: F401

LONGEST = 0.4  # seconds after the first article was written, to begin with


def main(folder: str, kills: int) -> None:
    """Runs, kills and counts, until so many kills have come while articles were being written."""
    os.chdir(folder)
    paths = sorted(Path("articles").glob("*.md"))
    old = paths[0].read_bytes()
    moments, longest = random.Random(9), LONGEST
    while kills:
        inodes = [path.stat().st_ino for path in paths]
        runner = os.fork()
        if not runner:
            _run()
        _kill_while_it_writes(runner, paths, inodes, moments.uniform(0, longest))
        left = len(list(Path("articles").glob(".edlint-*.tmp")))
        kept, changed, broken = _counted(paths, old)
        sys.stdout.write(f"{kept} {changed} {broken} {left}\n")
        sys.stdout.flush()
        if kept or broken:
            kills -= 1
        else:  # the run had come to its end
            longest *= 0.8


def _run() -> None:
    """Runs the command in a session of its own, and ends this process."""
    os.setsid()
    sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - until the end
    sys.argv = ["edlint", "--fix", "--jobs", "2", "--no-cache", "articles"]
    try:
        cli.main()
    finally:
        os._exit(9)


def _kill_while_it_writes(runner: int, paths: list[Path], inodes: list[int], after: float) -> None:
    """Kills a run and its helpers some seconds after the first article has changed, or waits until it has ended."""
    while not any(path.stat().st_ino != inode for path, inode in zip(paths, inodes, strict=True)):
        if os.waitpid(runner, os.WNOHANG)[0]:
            return
        time.sleep(0.001)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.killpg(runner, signal.SIGKILL)
    os.waitpid(runner, 0)


def _counted(paths: list[Path], old: bytes) -> tuple[int, int, int]:
    """How many articles are old, new and neither; makes them old again."""
    new, texts = old.replace(b"utilize", b"use"), [path.read_bytes() for path in paths]
    for path, text in zip(paths, texts, strict=True):
        if text != old:
            path.write_bytes(old)
    kept, changed = texts.count(old), texts.count(new)
    return kept, changed, len(paths) - kept - changed


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
