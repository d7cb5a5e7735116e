"""How long many articles take with the styles of a .vale.ini, beside Vale where that is on the path.

usage: python bench/styles.py FOLDER [ARTICLES...] [--runs N] [--vale COMMAND]
FOLDER holds the .vale.ini; ARTICLES are files or folders in it, all by default. Both programs check the same articles
with the same rules, in turn, so that both meet the same machine. Prints the median of seconds, of processor seconds,
and the most memory of any process (MB).
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

EDLINT = str(Path(sys.executable).with_name("edlint"))


def once(command: list[str], folder: str) -> tuple[float, float, float]:
    """Gives seconds, processor seconds and peak memory (MB) of one run of a command."""
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    """Runs the commands in turn and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder")
    arguments.add_argument("articles", nargs="*", default=["."])
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--vale", default=shutil.which("vale"))
    asked = arguments.parse_args()
    commands = {
        "edlint": [EDLINT, "--no-cache", "--format", "json", "--fail-on", "never", *asked.articles],
        "edlint, one process": [
            EDLINT,
            "--no-cache",
            "--jobs",
            "1",
            "--format",
            "json",
            "--fail-on",
            "never",
            *asked.articles,
        ],
    }
    if asked.vale:
        commands["vale"] = [asked.vale, "--output=JSON", "--no-exit", *asked.articles]
    runs = {name: [] for name in commands}
    for _ in range(asked.runs):
        for name, command in commands.items():
            runs[name].append(once(command, asked.folder))
    print(f"{'':24}{'seconds':>9}{'processor':>11}{'MB':>7}")
    middle = {name: statistics.median(seconds for seconds, *_ in found) for name, found in runs.items()}
    for name, found in runs.items():
        processor = statistics.median(seconds for _, seconds, _ in found)
        print(f"{name:24}{middle[name]:9.2f}{processor:11.2f}{max(memory for *_, memory in found):7.0f}")
    if "vale" in middle:
        print(f"vale / edlint: {middle['vale'] / middle['edlint']:.2f}")


if __name__ == "__main__":
    main()
