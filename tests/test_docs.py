"""The documentation says what the code does today."""

import re
import runpy
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md"), *ROOT.glob("C*.md")])


def test_the_pages_of_rules_and_kinds_are_what_these_say() -> None:
    pages = runpy.run_path(str(ROOT / "docs" / "rule_pages.py"))["pages"]()
    behind = [
        path.name for path, text in pages.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]
    assert behind == [], "run `make pages`"
    assert sorted((ROOT / "docs" / "rules").glob("*.md")) == sorted(
        path for path in pages if path.parent.name == "rules"
    )


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    targets = re.findall(r"\]\((?!https?:|#|<)([^)#\s]+)", text)
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_every_option_and_command_is_documented(edlint) -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in DOCS)
    help_text = edlint("--help").out
    options = re.findall(r"--[a-z-]+", help_text)
    commands = re.findall(r"^  ([a-z]+)  ", help_text.partition("Commands:")[2], re.MULTILINE)
    assert len(options) > 8
    assert [word for word in options if f"`{word}" not in pages and f" {word}" not in pages] == []
    assert [word for word in commands if f"`edlint {word}" not in pages and f"edlint {word} " not in pages] == []


def test_what_the_readme_shows_is_what_the_examples_give(edlint) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"    examples/council-vote\.md\n((?:    .*\n)+)", readme)
    assert shown
    printed = edlint("--fail-on", "never", "examples", cwd=ROOT).out.splitlines()
    assert [line for line in shown[1].splitlines() if line[4:] not in printed] == []


def test_the_rule_of_the_readme_works(edlint, write) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rule = re.search(r"    # style/House/PlainWords\.yml\n((?:    .*\n)+)", readme)
    assert rule
    write("style/House/PlainWords.yml", "\n".join(line[4:] for line in rule[1].splitlines()) + "\n")
    ran = edlint("test", "style/House")
    assert (ran.code, ran.out) == (0, "2 examples: 2 passed, 0 failed\n")
