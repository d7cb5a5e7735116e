"""How much edlint finds in drafts with planted faults, and what it says of the same drafts without any.

usage: python bench/accuracy.py [--genre NAME] [--check NAME] [--misses] [--wrong] [--all] [--write]
The drafts stand in tests/accuracy, by genre: an article without faults, and beside it a list of edits, each of which
plants one; and sentences, most of which must be passed over in silence. A fault is found where a finding of its check,
or a place that it speaks of, touches the words that the list names. What is still missed, or wrong, stands in
known.yml, so that the tests tell when that changes; `--write` writes it.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

DRAFTS = Path(__file__).parent.parent / "tests" / "accuracy"
KNOWN = DRAFTS / "known.yml"
EDLINT = str(Path(sys.executable).with_name("edlint"))
CHECKS = {"quotes": "quotes", "names": "names", "figures": "figures", "dates": "dates", "calendar": "weekday"}


@dataclass
class Case:
    """A text to check: `faults` are the checks that must fire, each with its span and a name for it."""

    name: str
    genre: str
    text: str
    ending: str
    check: str | None = None  # of a sentence, which is judged by this check alone
    faults: list[tuple[str, tuple[int, int], str]] = field(default_factory=list)


def articles(folder: Path) -> Iterator[Case]:
    """Gives each article of a genre twice, without faults and with all."""
    for path in sorted([*folder.glob("*.md"), *folder.glob("*.txt")]):
        text, name = path.read_text(encoding="utf-8"), f"{folder.name}/{path.stem}"
        yield Case(f"{name} clean", folder.name, text, path.suffix)
        edits = yaml.safe_load(path.with_suffix(".yml").read_text(encoding="utf-8"))
        case, done = Case(f"{name} planted", folder.name, "", path.suffix), 0
        for number, edit in sorted(enumerate(edits, 1), key=lambda one: text.index(one[1]["old"])):
            start = text.index(edit["old"])
            case.text += text[done:start] + edit["new"]
            at = len(case.text) - len(edit["new"]) + edit["new"].index(edit["at"])
            case.faults.append((edit["check"], (at, at + len(edit["at"])), f"{name} {number}"))
            done = start + len(edit["old"])
        case.text += text[done:]
        yield case


def sentences(folder: Path) -> Iterator[Case]:
    """Gives the sentences of a genre."""
    for number, row in enumerate(yaml.safe_load((folder / "sentences.yml").read_text(encoding="utf-8")), 1):
        text, name = row["text"].rstrip("\n") + "\n", f"{folder.name}/sentence {number}"
        case = Case(name, folder.name, text, ".md", row["check"])
        if row["at"] is not None:
            at = text.index(row["at"])
            case.faults.append((row["check"], (at, at + len(row["at"])), name))
        yield case


def cases() -> list[Case]:
    """Gives all cases."""
    folders = sorted(path for path in DRAFTS.iterdir() if path.is_dir())
    return [case for folder in folders for found in (articles(folder), sentences(folder)) for case in found]


def checked(found: list[Case], *options: str) -> list[list[dict[str, Any]]]:
    """Gives what edlint finds in each case, all checked in one run with its own configuration."""
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(found):
            Path(folder, f"{number:04}{case.ending}").write_text(case.text, encoding="utf-8", newline="")
        command = [EDLINT, "--format", "json", "--fail-on", "never", *options, "."]
        ran = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
        report = json.loads(ran.stdout)
        assert not report["problems"], report["problems"]
    return [file["findings"] for file in sorted(report["files"], key=lambda file: file["path"])]


def judged(case: Case, findings: list[dict[str, Any]]) -> tuple[list[str], list[dict[str, Any]]]:
    """Gives the faults that were missed, and the findings of the checks that touch none."""
    missed, right = [], set()
    for check, (start, end), name in case.faults:
        hits = [
            number
            for number, one in enumerate(findings)
            if CHECKS.get(one["kind"]) == check
            and any(place["start"] <= end and start <= place["end"] for place in (one, *one["related"]))
        ]
        right.update(hits)
        if not hits:
            missed.append(name)
    wrong = [
        one
        for number, one in enumerate(findings)
        if number not in right and one["kind"] in CHECKS and case.check in (None, CHECKS[one["kind"]])
    ]
    return missed, wrong


def known(found: list[Case], findings: list[list[dict[str, Any]]]) -> dict[str, list[str]]:
    """Gives what is missed and what is wrong, each by name."""
    missed, wrong = list[str](), list[str]()
    for case, said in zip(found, findings, strict=True):
        lacking, alarms = judged(case, said)
        missed += lacking
        if not case.faults:
            wrong += [f"{case.name}: {one['rule']} {' '.join(one['match'].split())}" for one in alarms]
    return {"missed": sorted(missed), "wrong": sorted(wrong)}


def shown(case: Case, start: int, end: int) -> str:
    """Gives the words around a span on one line, with the span in brackets."""
    text = case.text
    return " ".join(f"{text[max(start - 90, 0) : start]}[[{text[start:end]}]]{text[end : end + 60]}".split())


@dataclass
class Tally:
    """What was counted, by genre, by part (`articles` or `sentences`) and by check."""

    planted: Counter[tuple[str, ...]] = field(default_factory=Counter)
    missed: Counter[tuple[str, ...]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, ...]] = field(default_factory=Counter)
    silent: Counter[tuple[str, ...]] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)

    def add(self, case: Case, findings: list[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
        """Counts a case; gives what is worth showing of it: `missed`, `wrong` or `said`, the check, and the words."""
        lacking, alarms = judged(case, findings)
        part = "sentences" if case.check else "articles"
        for check, span, name in case.faults:
            self.planted[case.genre, part, check] += 1
            self.missed[case.genre, part, check] += name in lacking
            if name in lacking:
                yield "missed", check, f"{name}: {shown(case, *span)}"
        if case.faults:
            return
        for one in alarms:
            check = CHECKS[one["kind"]]
            self.wrong[case.genre, part, check] += 1
            yield "wrong", check, f"{case.name}: {one['message']}: {shown(case, one['start'], one['end'])}"
        if case.check:
            self.silent[case.genre, part, case.check] += 1
            return
        self.words[case.genre] += len(case.text.split())
        self.said[case.genre] += len(findings)
        for one in findings:
            told = f"{case.name}: {one['rule']} {one['message']}: {shown(case, one['start'], one['end'])}"
            yield "said", CHECKS.get(one["kind"], ""), told

    def lines(self) -> Iterator[str]:
        """Gives the table."""
        yield f"{'':10}{'check':10}{'articles':>12}{'wrong':>7}{'sentences':>12}{'wrong':>10}"
        for genre in sorted(self.words):
            for check in CHECKS.values():
                found = {part: self._found(genre, part, check) for part in ("articles", "sentences")}
                wrong = {part: self.wrong[genre, part, check] for part in found}
                silent = f"{wrong['sentences']}/{self.silent[genre, 'sentences', check]}"
                cells = f"{found['articles']:>12}{wrong['articles']:>7}{found['sentences']:>12}{silent:>10}"
                yield f"{genre:10}{check:10}{cells}"
            loud = 1000 * self.said[genre] / self.words[genre]
            yield f"{genre:10}all rules, findings per 1,000 words without faults: {loud:.1f}"
        for check in CHECKS.values():
            planted, missed = self._all(self.planted, check), self._all(self.missed, check)
            share, wrong = 1 - missed / max(planted, 1), self._all(self.wrong, check)
            yield f"{'all':10}{check:10}{share:>12.3f}{wrong:>7}"
        loud = 1000 * self.said.total() / self.words.total()
        yield f"all       all rules, findings per 1,000 words without faults: {loud:.1f}"

    def _found(self, *key: str) -> str:
        return f"{self.planted[key] - self.missed[key]}/{self.planted[key]}"

    def _all(self, counter: Counter[tuple[str, ...]], check: str) -> int:
        return sum(count for (_, part, name), count in counter.items() if (part, name) == ("articles", check))


def main() -> None:
    """Checks all cases and prints a table, with what was missed or wrong where that is asked for."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--genre")
    arguments.add_argument("--check")
    arguments.add_argument("--misses", dest="shows", action="append_const", const="missed", default=[])
    arguments.add_argument("--wrong", dest="shows", action="append_const", const="wrong")
    arguments.add_argument("--all", dest="shows", action="append_const", const="said")
    arguments.add_argument("--write", action="store_true", help="write what is missed or wrong to known.yml")
    asked = arguments.parse_args()
    found = [case for case in cases() if asked.write or asked.genre in (None, case.genre)]
    findings = checked(found)
    if asked.write:
        told = yaml.safe_dump(known(found, findings), allow_unicode=True, width=200)
        KNOWN.write_text(f"# Written by `python bench/accuracy.py --write`.\n{told}", encoding="utf-8")
        return
    tally = Tally()
    for case, said in zip(found, findings, strict=True):
        for what, check, told in tally.add(case, said):
            if what in asked.shows and asked.check in (None, check):
                print(f"{what.upper():7}{check:8} {told}")
    print("\n".join(tally.lines()))


if __name__ == "__main__":
    main()
