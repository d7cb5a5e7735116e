"""Whether time grows in proportion to what is checked: an article, a paragraph and a number of rules, doubled.

usage: python bench/growth.py [--size MB] [--runs N] [--select STYLE]...
Prints, for one, two, four and eight parts, seconds of processors, without those of `edlint --help`, and how many times
as many as for one part. The text is made of the articles in examples/.
"""

import argparse
import itertools
import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from measured import EDLINT, once

EXAMPLES = Path(__file__).parent.parent / "examples"
PARTS = (1, 2, 4, 8)
WORDS = "harbour council bridge ferry winter market library engine garden river stone paper".split()


def main() -> None:
    """Runs edlint over ever more and prints a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--size", type=float, default=1.25, help="MB of one part of an article")
    arguments.add_argument("--runs", type=int, default=1)
    arguments.add_argument("--select", action="append", default=[])
    asked = arguments.parse_args()
    chosen = [word for style in asked.select for word in ("--select", style)]
    size = int(asked.size * 1e6)
    ways: dict[str, Callable[[Path, int], list[str]]] = {
        f"an article, {asked.size} MB a part": lambda folder, parts: [_article(folder, parts * size), *chosen],
        f"a paragraph, {asked.size / 10} MB a part": lambda folder, parts: [
            _paragraph(folder, parts * size // 10),
            *chosen,
        ],
        "rules, 1,250 a part": lambda folder, parts: _rules(folder, parts * 1250),
    }
    print(f"{'':32}" + "".join(f"{parts:>14}" for parts in PARTS))
    for name, way in ways.items():
        print(f"{name:32}", end="", flush=True)
        first = 0.0
        for parts in PARTS:
            spent = _spent(way, parts, asked.runs)
            first = first or spent
            print(f"{spent:9.2f} {f'x{spent / first:.1f}':>4}", end="", flush=True)
        print()


def _spent(way: Callable[[Path, int], list[str]], parts: int, runs: int) -> float:
    """Seconds of processors for some parts, without those that any command takes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [EDLINT, "--no-cache", "--jobs", "1", "--format", "json", *way(Path(folder), parts)]
        return statistics.median(once(command).processor - once([EDLINT, "--help"]).processor for _ in range(runs))


def _texts() -> Iterator[str]:
    """The articles of the examples without their front matter, over and over, each time under a heading of its own."""
    bodies = [path.read_text(encoding="utf-8").split("---\n", 2)[-1] for path in sorted(EXAMPLES.glob("*.md"))]
    for number in itertools.count():
        yield f"## Part {number}\n\n{bodies[number % len(bodies)]}\n"


def _article(folder: Path, size: int) -> str:
    path, text = folder / "long.md", []
    for part in _texts():
        text.append(part)
        if sum(map(len, text)) >= size:
            break
    path.write_text("".join(text)[:size] + "\n", encoding="utf-8")
    return str(path)


def _paragraph(folder: Path, size: int) -> str:
    path = Path(_article(folder, size))
    words = " ".join(word for word in path.read_text(encoding="utf-8").split() if word[0] not in "#>-|<")
    path.write_text(words + "\n", encoding="utf-8")
    return str(path)


def _rules(folder: Path, number: int) -> list[str]:
    """A style of so many rules, of which few find something, and an article of one size."""
    style = folder / "House"
    style.mkdir()
    for rule in range(number):
        words = ", ".join(f"{WORDS[(rule + step) % 12]}{rule // 12}x{step}" for step in range(8))
        style.joinpath(f"Words{rule}.yml").write_text(
            f"extends: existence\nmessage: not '%s'\ntokens: [{words}]\n", encoding="utf-8"
        )
    folder.joinpath(".edlint.yml").write_text("styles: [House]\n", encoding="utf-8")
    return [_article(folder, 50_000)]


if __name__ == "__main__":
    main()
