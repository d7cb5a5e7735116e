"""How long many articles take with the styles of a .vale.ini, beside Vale where that is on the path.

usage: python bench/styles.py FOLDER [ARTICLES...] [--runs N] [--vale COMMAND]
FOLDER holds the .vale.ini; ARTICLES are files or folders in it, all by default. Both programs check the same articles
with the same rules, edlint without anything kept from an earlier run.
"""

import argparse
import shutil

from measured import EDLINT, show, side_by_side


def main() -> None:
    """Runs the commands in turn and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folder")
    arguments.add_argument("articles", nargs="*", default=["."])
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--vale", default=shutil.which("vale"))
    asked = arguments.parse_args()
    options = ["--no-cache", "--format", "json", "--fail-on", "never", *asked.articles]
    commands = {"edlint": [EDLINT, *options], "edlint, one process": [EDLINT, "--jobs", "1", *options]}
    if asked.vale:
        commands["vale"] = [asked.vale, "--output=JSON", "--no-exit", *asked.articles]
    costs = side_by_side(commands, asked.runs, asked.folder)
    show(costs)
    if "vale" in costs:
        print(f"vale / edlint: {costs['vale'].seconds / costs['edlint'].seconds:.2f}")


if __name__ == "__main__":
    main()
