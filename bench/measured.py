"""What runs of commands cost, side by side; the benchmarks here share it."""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import NamedTuple

EDLINT = str(Path(sys.executable).with_name("edlint"))
PROSELINT = shutil.which("proselint", path=str(Path(sys.executable).parent))
DRAFTS = Path(__file__).parent.parent / "tests" / "accuracy"
_NUMBERS = count()


class Cost(NamedTuple):
    """Seconds by the clock, seconds of processors, and the most memory that a process had (MB)."""

    seconds: float
    processor: float
    memory: float


def once(command: Sequence[str], folder: str | None = None) -> Cost:
    """Gives what one run of a command costs, in a folder, by default this one."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def side_by_side(
    commands: Mapping[str, Sequence[str]],
    runs: int,
    folder: str | None = None,
    before: Callable[[], object] = lambda: None,
) -> dict[str, Cost]:
    """Gives the median of what commands cost, run in turn so that all meet the same machine; memory is the most.

    `before` is called before each run, which is not measured.
    """
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            before()
            found[name].append(once(command, folder))
    return {name: _middle(costs) for name, costs in found.items()}


def _middle(costs: Sequence[Cost]) -> Cost:
    seconds, processor, memory = zip(*costs, strict=True)
    return Cost(statistics.median(seconds), statistics.median(processor), max(memory))


def show(costs: Mapping[str, Cost]) -> None:
    """Prints a table of costs."""
    print(f"{'':36}{'seconds':>9}{'processor':>11}{'MB':>7}")
    for name, cost in costs.items():
        print(f"{name:36}{cost.seconds:9.3f}{cost.processor:11.3f}{cost.memory:7.0f}")


def change(path: Path) -> None:
    """Adds a comment of its own to the end of an article, so that no result of an earlier run is its."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n<!-- {os.getpid()} {next(_NUMBERS)} -->\n")
