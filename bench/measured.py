"""What one run of a command costs; the benchmarks here share it."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

EDLINT = str(Path(sys.executable).with_name("edlint"))


class Cost(NamedTuple):
    """Seconds by the clock, seconds of processors, and the most memory that a process had (MB)."""

    seconds: float
    processor: float
    memory: float


def once(command: list[str], folder: str | None = None) -> Cost:
    """Gives what one run of a command costs, in a folder, by default this one."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return Cost(time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
