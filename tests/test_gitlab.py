"""`--format gitlab`: what GitLab's page on Code Quality asks for, and what its parser makes of that."""

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from edlint import Linter
from edlint.finding import Checked, Report
from edlint.output import Format, Style

ROOT = Path(__file__).parent.parent
DATE = ("--select", "Newswire.DateFormat")
# What docs.gitlab.com lists under “Code Quality report format”, and the specification of Code Climate for places.
POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
    "additionalProperties": False,
}
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1, "pattern": r"^[^\n\r]*$"},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "minLength": 1},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {name: {"type": "integer", "minimum": 1} for name in ("begin", "end")},
                    },
                    "positions": {
                        "type": "object",
                        "required": ["begin", "end"],
                        "additionalProperties": False,
                        "properties": {"begin": POSITION, "end": POSITION},
                    },
                },
            },
        },
    },
}


@pytest.fixture
def gitlab(edlint):
    """Runs the command and gives the violations that it prints, which are valid and each of a fingerprint of its own."""

    def run(*args: str, **kwargs: Any) -> Any:
        found = json.loads(edlint("--format", "gitlab", *args, **kwargs).out)
        assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(found)] == []
        assert len({one["fingerprint"] for one in found}) == len(found)
        return found

    return run


def test_a_clean_run_is_an_empty_list(gitlab, write) -> None:
    write("draft.md", "It rained all day.\n")
    assert gitlab("draft.md") == []


def test_what_an_article_allows_or_a_baseline_holds_is_no_violation() -> None:
    report = Linter(select=["Newswire.DateFormat"]).check_text("We met on January 18th.\n")
    form = Format("gitlab", Style())
    known = replace(report, findings=(), baselined=report.findings)
    assert report.findings
    assert form.part(report)
    assert json.loads("".join(form.text(Report(iter([Checked("a.md", form.part(known))]))))) == []


def test_a_finding_is_a_violation_at_its_place(gitlab, write) -> None:
    write("drafts/a.md", "\ufeff\r\nWe met, 😀, on January 18th.\r\n")
    (one,) = gitlab(*DATE, "drafts")
    assert one["location"] == {
        "path": "drafts/a.md",
        "lines": {"begin": 2, "end": 2},
        "positions": {"begin": {"line": 2, "column": 15}, "end": {"line": 2, "column": 27}},
    }
    assert one["check_name"] == "Newswire.DateFormat"
    assert one["description"].startswith("'January 18th': write")
    assert one["description"].endswith("[Newswire.DateFormat]")  # GitLab shows nothing else of the rule


def test_severities_are_those_of_gitlab(gitlab, write) -> None:
    for level in ("suggestion", "warning", "error"):
        write(f"House/{level}.yml", f"extends: existence\nmessage: avoid\nlevel: {level}\ntokens: [{level}word]\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "suggestionword warningword errorword\n")
    assert [one["severity"] for one in gitlab("draft.md")] == ["info", "minor", "major"]


def test_other_places_stand_in_the_description(gitlab, write) -> None:
    write("draft.md", "“We won, Ada Bell said. “We never doubted it.”\n")
    (one,) = gitlab("--select", "Copy.UnbalancedQuotes", "draft.md")
    assert "(1:10 the closing mark is due before these words; 1:25 the next quotation opens here)" in one["description"]


def test_a_span_of_two_lines_has_both(gitlab, write) -> None:
    write("draft.md", "We met on January\n18th.\n")
    (one,) = gitlab(*DATE, "draft.md")
    assert one["location"]["lines"] == {"begin": 1, "end": 2}


def test_equal_findings_and_equal_articles_have_fingerprints_of_their_own(gitlab, write) -> None:
    for name in ("a.md", "b.md"):
        write(name, "We met on January 18th.\n\n" * 5)
    assert len(gitlab(*DATE, ".")) == 10  # the fixture compares them


def test_a_fingerprint_outlives_changes_elsewhere(gitlab, write) -> None:
    write("a.md", "We met on January 18th.\n")
    (before,) = gitlab(*DATE, "a.md")
    write("a.md", "Rain fell.\n\nWe met on January 18th.\n")
    (after,) = gitlab(*DATE, "a.md")
    assert before["fingerprint"] == after["fingerprint"]
    assert before["location"] != after["location"]


def test_what_could_not_be_checked_is_a_violation_worse_than_any_finding(gitlab, write) -> None:
    write("latin.md", b"caf\xe9\n")
    write("House/Bad.yml", "extends: existence\nmessage: avoid\ntoken: [x]\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "Rain.\n")
    bad, latin = gitlab("draft.md", "latin.md")
    assert bad["location"] == {"path": "House/Bad.yml", "lines": {"begin": 3}}
    assert latin["location"] == {"path": "latin.md", "lines": {"begin": 1}}
    assert "not UTF-8 in line 1" in latin["description"]
    assert bad["severity"] == latin["severity"] == "critical"


def test_paths_count_from_the_folder_of_the_repository(gitlab, write) -> None:
    draft = write("content/drafts/a.md", "We met on January 18th.\n")
    (draft.parents[2] / ".git").mkdir()
    (one,) = gitlab(*DATE, "a.md", cwd=draft.parent)
    assert one["location"]["path"] == "content/drafts/a.md"


@pytest.mark.parametrize("name", ["a b.md", "50%.md", 'say "a|b".md', "new\nline.md", "naïve #1?.md"])
def test_a_path_is_the_name_of_the_file(gitlab, write, name: str) -> None:
    write(name, "We met on January 18th.\n")
    (one,) = gitlab(*DATE, ".")
    assert one["location"]["path"] == name


def test_names_that_are_no_utf_8_do_not_make_fingerprints_equal(gitlab, write) -> None:
    for name in (b"caf\xe9.md", b"caf\xe8.md"):
        write(os.fsdecode(name), "We met on January 18th.\n")
    assert [one["location"]["path"] for one in gitlab(*DATE, ".")] == ["caf?.md"] * 2


def test_the_examples_make_a_valid_report_equal_to_the_byte_each_time(gitlab, edlint, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    found = gitlab("examples")
    assert len(found) == len(edlint("--format", "json", "examples").findings) > 20
    assert edlint("--format", "gitlab", "examples") == edlint("--format", "gitlab", "examples")
