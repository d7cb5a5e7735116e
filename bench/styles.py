"""How long many articles take with the styles of a .vale.ini, beside Vale where that is on the path.

usage: python bench/styles.py FOLDER [ARTICLES...] [--runs N] [--vale COMMAND]
FOLDER holds the .vale.ini; ARTICLES are files or folders in it, all by default. Both programs check the same articles
with the same rules, in turn, so that both meet the same machine. Prints the median of seconds, of processor seconds,
and the most memory of any process (MB).
"""

import argparse
import shutil
import statistics

from measured import EDLINT, once


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
    runs = {name: [] for name in commands}
    for _ in range(asked.runs):
        for name, command in commands.items():
            runs[name].append(once(command, asked.folder))
    print(f"{'':24}{'seconds':>9}{'processor':>11}{'MB':>7}")
    middle = {name: statistics.median(cost.seconds for cost in found) for name, found in runs.items()}
    for name, found in runs.items():
        processor = statistics.median(cost.processor for cost in found)
        print(f"{name:24}{middle[name]:9.2f}{processor:11.2f}{max(cost.memory for cost in found):7.0f}")
    if "vale" in middle:
        print(f"vale / edlint: {middle['vale'] / middle['edlint']:.2f}")


if __name__ == "__main__":
    main()
