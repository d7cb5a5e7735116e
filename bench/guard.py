"""Whether edlint has become slower than it was: its work, held against work that never changes.

usage: python bench/guard.py [--write] [--runs N]
Each piece of work is run in turn with a fixed one in plain Python, and the ratio of their processor seconds is held
against that in bench/baseline.json; --write makes that anew. Ends with 1 where a ratio is a quarter above it.
"""

import argparse
import json
import statistics
import sys
import tempfile
from pathlib import Path

from measured import DRAFTS, EDLINT, once

BASELINE = Path(__file__).with_name("baseline.json")
FIXED = "sorted(hash(str(number)) for number in range(1_500_000))"
ALLOWED = 1.25


def main() -> None:
    """Measures, and compares or writes."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--write", action="store_true")
    arguments.add_argument("--runs", type=int, default=5)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kept = ["--cache-dir", folder]
        found = {name: _ratio(command, asked.runs) for name, command in _work(kept).items()}
    if asked.write:
        BASELINE.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
        return
    slower = 0
    for name, before in json.loads(BASELINE.read_text(encoding="utf-8")).items():
        is_slower = found[name] > before * ALLOWED
        slower += is_slower
        print(f"{name:36}{before:8.2f} -> {found[name]:.2f}{'  slower' * is_slower}")
    sys.exit(1 if slower else 0)


def _work(kept: list[str]) -> dict[str, list[str]]:
    text = ["--jobs", "1", "--format", "json", "--select", "Copy", "--select", "Newswire"]
    return {
        "help": [EDLINT, "--help"],
        "text rules, 60 drafts": [EDLINT, "--no-cache", *text, str(DRAFTS)],
        "all rules, 60 drafts": [EDLINT, "--no-cache", "--jobs", "1", str(DRAFTS)],
        "again, 60 drafts": [EDLINT, *kept, str(DRAFTS)],
    }


def _ratio(command: list[str], runs: int) -> float:
    """Processor seconds of a command as a part of those of the fixed work, the median of some pairs of runs."""
    once(command)
    fixed = [sys.executable, "-c", FIXED]
    return round(statistics.median(once(command).processor / once(fixed).processor for _ in range(runs)), 3)


if __name__ == "__main__":
    main()
