"""`--format rdjson`: reviewdog's Diagnostic Format, read as reviewdog reads it."""

import json
import os
import shutil
import subprocess
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


def closed(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties, "additionalProperties": False}


# The messages of proto/rdf/reviewdog.proto, more strictly than reviewdog's own schema, which allows further members.
TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 1}
POSITION = closed("line", line=COUNT, column=COUNT)
RANGE = closed("start", start=POSITION, end=POSITION)
LOCATION = closed("path", path=TEXT, range=RANGE)
SEVERITY = {"enum": ["ERROR", "WARNING", "INFO"]}
SOURCE = closed("name", name=TEXT, url=TEXT)
DIAGNOSTIC = closed(
    "message location severity original_output",
    message=TEXT,
    location=LOCATION,
    severity=SEVERITY,
    source=SOURCE,
    code=closed("value", value=TEXT, url=TEXT),
    suggestions={"type": "array", "items": closed("range text", range=RANGE, text=TEXT)},
    related_locations={"type": "array", "items": closed("message location", message=TEXT, location=LOCATION)},
    original_output=TEXT,
)
SCHEMA = closed("source diagnostics", source=SOURCE, severity=SEVERITY, diagnostics={"items": DIAGNOSTIC})


@pytest.fixture
def rdjson(edlint):
    """Runs the command and gives the diagnostics that it prints, which are valid."""

    def run(*args: str, **kwargs: Any) -> Any:
        result = json.loads(edlint("--format", "rdjson", *args, **kwargs).out)
        assert [error.message for error in Draft7Validator(SCHEMA).iter_errors(result)] == []
        return result["diagnostics"]

    return run


def cut(text: str, place: Any) -> str:
    """The words of a range, its columns counted in bytes as reviewdog counts them."""
    lines = text.encode().split(b"\n")
    start, end = ((place[name]["line"] - 1, place[name]["column"] - 1) for name in ("start", "end"))
    if start[0] == end[0]:
        return lines[start[0]][start[1] : end[1]].decode()
    between = lines[start[0] + 1 : end[0]]
    return b"\n".join([lines[start[0]][start[1] :], *between, lines[end[0]][: end[1]]]).decode()


def mended(text: str, suggestion: Any) -> str:
    """A text once its lines are replaced, as forges replace them: without their ends."""
    lines = text.replace("\r\n", "\n").split("\n")
    lines[suggestion["range"]["start"]["line"] - 1 : suggestion["range"]["end"]["line"]] = [suggestion["text"]]
    return "\n".join(lines).replace("\r", "")


def test_a_clean_run_has_no_diagnostics(rdjson, write) -> None:
    write("draft.md", "It rained all day.\n")
    assert rdjson("draft.md") == []


def test_what_a_baseline_holds_is_no_diagnostic() -> None:
    report = Linter(select=["Newswire.DateFormat"]).check_text("We met on January 18th.\n")
    form = Format("rdjson", Style())
    known = replace(report, findings=(), baselined=report.findings)
    result = json.loads("".join(form.text(Report(iter([Checked("a.md", form.part(known))])))))
    assert (len(report.findings), result["diagnostics"]) == (1, [])


def test_diagnostics_are_the_findings_of_the_json_report(rdjson, edlint, write) -> None:
    text = "é 😀 &amp; “We won, Ada Bell said. “We never doubted it.”\r\n\r\nThey, 😀😀, met on January\r\n18th, é.\r\n"
    write("draft.md", text)
    found, findings = rdjson("draft.md"), edlint("--format", "json", "draft.md").findings
    assert len(found) == len(findings) == 2
    for one, finding in zip(found, findings, strict=True):
        assert (one["message"], one["code"]["value"]) == (finding["message"], finding["rule"])
        assert cut(text, one["location"]["range"]) == finding["match"]
        others = [cut(text, other["location"]["range"]) for other in one.get("related_locations", [])]
        assert others == [text[other["start"] : other["end"]] for other in finding["related"]]
    assert len(found[0]["related_locations"]) == 2


def test_severities_and_links_are_told(rdjson, write) -> None:
    for level, link in (("suggestion", "https://example.org/a"), ("warning", "a page"), ("error", "")):
        rule = f"extends: existence\nmessage: avoid\nlevel: {level}\ntokens: [{level}word]\n"
        write(f"House/{level}.yml", rule + f"link: {link}\n" * bool(link))
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "suggestionword warningword errorword\n")
    found = rdjson("draft.md")
    assert [one["severity"] for one in found] == ["INFO", "WARNING", "ERROR"]
    assert [one["code"].get("url") for one in found] == ["https://example.org/a", None, None]


def test_a_suggestion_is_the_lines_as_they_are_after_the_fix(rdjson, write) -> None:
    text = "Rain, 😀.\r\n\r\nThey, 😀, met on January 18th, é.\r\nThen they left.\r\n"
    write("draft.md", "\ufeff" + text)
    (one,) = rdjson(*DATE, "draft.md")
    (suggestion,) = one["suggestions"]
    assert suggestion["range"] == {"start": {"line": 3}, "end": {"line": 3}}
    assert mended(text, suggestion) == "Rain, 😀.\n\nThey, 😀, met on Jan. 18, é.\nThen they left.\n"


def test_of_a_long_line_only_the_words_are_suggested(rdjson, write) -> None:
    write("draft.md", f"Ö {'rain ' * 600}and they met on January 18th.\n")
    (one,) = rdjson(*DATE, "draft.md")
    (suggestion,) = one["suggestions"]
    assert suggestion == {"range": one["location"]["range"], "text": "Jan. 18"}
    assert suggestion["range"]["start"] == {"line": 1, "column": 3020}


def test_a_fix_over_two_lines_is_one_suggestion_of_both(rdjson, write) -> None:
    text = "Rain.\n\nThey met in the the\nhall on January\n18th, é. More.\n"
    write("draft.md", text)
    (one,) = rdjson(*DATE, "draft.md")
    (suggestion,) = one["suggestions"]
    assert suggestion["range"] == {"start": {"line": 4}, "end": {"line": 5}}
    assert mended(text, suggestion) == "Rain.\n\nThey met in the the\nhall on Jan.\n18, é. More.\n"


def test_a_terminal_shows_a_line_for_each_and_the_other_places_beneath(rdjson, write) -> None:
    write("draft.md", "😀 “We won, Ada Bell said.\n")
    (one,) = rdjson("--select", "Copy.UnbalancedQuotes", "draft.md")
    first, second = one["original_output"].splitlines()
    assert first.startswith("draft.md:1:3: error: quotation opened here")
    assert second == "  1:12: the closing mark is due before these words"


def test_a_message_calls_nobody_in_the_comment_that_it_becomes(rdjson, write) -> None:
    write("House/All.yml", "extends: existence\nmessage: \"found '%s'\"\nraw: ['START.+?END']\nnonword: true\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.txt", "START thank @adabell, see #12 END\n")
    (one,) = rdjson("draft.txt")
    assert one["message"] == "found 'START thank @\u200badabell, see #\u200b12 END'"
    assert "thank @adabell, see #12 END" in one["original_output"]


def test_what_could_not_be_checked_is_an_error(rdjson, write) -> None:
    write("latin.md", b"caf\xe9\n")
    write("House/Bad.yml", "extends: existence\nmessage: avoid\ntoken: [x]\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "Rain.\n")
    bad, latin = rdjson("draft.md", "latin.md")
    assert bad["location"] == {"path": "House/Bad.yml", "range": {"start": {"line": 3}}}
    assert latin["location"] == {"path": "latin.md"}
    assert bad["severity"] == latin["severity"] == "ERROR"
    assert latin["original_output"].startswith("latin.md: could not be checked: not UTF-8")


@pytest.mark.parametrize("name", ["a b.md", "50%.md", 'say "a|b".md', "new\nline.md", "naïve #1?.md"])
def test_paths_count_from_the_folder_that_the_command_runs_in(rdjson, write, name: str) -> None:
    draft = write(f"content/{name}", "We met on January 18th.\n")
    (draft.parents[1] / ".git").mkdir()
    (one,) = rdjson(*DATE, ".", cwd=draft.parent)
    assert one["location"]["path"] == name
    (above,) = rdjson(*DATE, str(draft))
    assert above["location"]["path"] == f"content/{name}"


def test_the_name_of_a_file_that_is_no_utf_8_is_told(rdjson, write) -> None:
    write(os.fsdecode(b"caf\xe9.md"), "We met on January 18th.\n")
    (one,) = rdjson(*DATE, ".")
    assert one["location"]["path"] == "caf?.md"


def test_the_examples_make_a_valid_report_equal_to_the_byte_each_time(rdjson, edlint, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    assert len(rdjson("examples")) == len(edlint("--format", "json", "examples").findings) > 20
    assert edlint("--format", "rdjson", "examples") == edlint("--format", "rdjson", "examples")


def reviewdog(folder: Path, report: str, *args: str) -> str:
    command = shutil.which("reviewdog")
    if not command:
        pytest.skip("reviewdog is not installed")
    done = subprocess.run(
        [command, "-f=rdjson", "-reporter=local", *args], input=report, capture_output=True, text=True, cwd=folder
    )
    assert done.stderr == ""
    return done.stdout


def test_reviewdog_itself_reads_the_report_and_keeps_to_changed_lines(edlint, write) -> None:
    draft = write("content/a.md", "We met on January 18th.\n\nWe met on March 3rd.\n")
    git = ["git", "-c", "user.name=Ada Bell", "-c", "user.email=ada@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "Drafts"]):
        subprocess.run([*git, *command], check=True, cwd=draft.parents[1])
    draft.write_text("We met on January 18th.\n\nWe all met on March 3rd.\n", encoding="utf-8")
    report = edlint("--format", "rdjson", *DATE, ".", cwd=draft.parent).out
    every = reviewdog(draft.parent, report, "-filter-mode=nofilter")
    changed = reviewdog(draft.parent, report, "-diff=git diff")
    assert [line.partition(": ")[0] for line in every.splitlines()] == ["a.md:1:11", "a.md:3:15"]
    assert [line.partition(": ")[0] for line in changed.splitlines()] == ["a.md:3:15"]
