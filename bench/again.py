"""How long many articles take again: as they were, and with one of them changed.

usage: python bench/again.py [ARTICLES] [--runs N]
ARTICLES is a folder, by default the drafts of the tests; it is copied.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from measured import DRAFTS, EDLINT, PROSELINT, change, once, show, side_by_side


def main() -> None:
    """Runs the commands in turn and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("articles", nargs="?", default=str(DRAFTS))
    arguments.add_argument("--runs", type=int, default=5)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        articles = Path(folder, "articles")
        shutil.copytree(asked.articles, articles)
        every = sorted(path for path in articles.rglob("*") if path.suffix in (".md", ".txt"))
        command = [EDLINT, "--format", "json", "--cache-dir", str(Path(folder, "cache")), str(articles)]
        costs = {f"{len(every)} articles, for the first time": once(command)}
        costs |= side_by_side({"as they were": command}, asked.runs)
        costs |= side_by_side({"one changed": command}, asked.runs, before=lambda: change(every[0]))
        costs |= side_by_side(
            {"that one alone": [*command[:-1], str(every[0])]}, asked.runs, before=lambda: change(every[0])
        )
        if PROSELINT:
            costs |= side_by_side({"proselint": [PROSELINT, "check", *map(str, every)]}, 1)
    show(costs)


if __name__ == "__main__":
    main()
