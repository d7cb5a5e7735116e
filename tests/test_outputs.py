"""`--output FORMAT=FILE`: several reports of one run."""

import json
import os
import stat

import pytest

from edlint.commands import modules

FAULTS = "“We won, Ada Bell said.\n\nThey met on January 18th.\n"


def test_all_formats_at_once_are_what_each_is_alone(edlint, write, tmp_path) -> None:
    write("a.md", FAULTS)
    write("b.md", "It rained.\n")
    formats = modules("output")
    outputs = [word for name in formats for word in ("--output", f"{name}=report.{name}")]
    done = edlint("--no-cache", "--format", "json", "a.md", "b.md", *outputs)
    assert done.code == 1
    for name in formats:
        alone = edlint("--no-cache", "--format", name, "a.md", "b.md")
        assert (tmp_path / f"report.{name}").read_text(encoding="utf-8") == alone.out, name
    assert done.out == (tmp_path / "report.json").read_text(encoding="utf-8")


def test_no_report_is_written_over_an_article(edlint, write) -> None:
    path = write("a.md", FAULTS)
    for paths in ((), ("a.md",)):
        for value in ("html=a.md", "json=./a.md"):
            done = edlint(*paths, "--output", value)
            assert (done.code, done.out) == (2, "")
            assert "--output would write over the article a.md: choose another file" in done.err
    assert path.read_text(encoding="utf-8") == FAULTS


def test_no_report_is_written_over_an_article_that_is_not_asked_for(edlint, write) -> None:
    write("a.md", FAULTS)
    path = write("b.md", "The only copy.\n")
    done = edlint("a.md", "--output", "markdown=b.md")
    assert (done.code, done.out) == (2, "")
    assert "--output would write over the article b.md" in done.err
    assert path.read_text(encoding="utf-8") == "The only copy.\n"


def test_two_reports_in_one_file_are_refused(edlint, write) -> None:
    write("a.md", FAULTS)
    assert "is to hold two reports" in edlint("--output", "html=x", "--output", "json=./x").err


def test_a_report_of_an_earlier_run_is_no_article(edlint, write) -> None:
    write("a.md", FAULTS)
    edlint("--output", "markdown=comment.md", "--output", "html=page.html")
    assert [file["path"] for file in edlint("--format", "json").report["files"]] == ["a.md"]


def test_a_report_is_no_article(edlint, write) -> None:
    write("a.md", FAULTS)
    for _ in range(2):
        done = edlint("--output", "markdown=comment.md")
    assert done.out.endswith("1 file checked: 1 error, 1 warning; 1 can be fixed by --fix\n")


def test_results_of_an_earlier_run_serve_all_formats(edlint, write, tmp_path) -> None:
    write("a.md", FAULTS)
    first = [edlint("--output", f"json={number}.json").out for number in range(2)]
    assert first[0] == first[1]
    assert (tmp_path / "0.json").read_bytes() == (tmp_path / "1.json").read_bytes()


def test_a_report_takes_the_place_of_the_one_before_and_its_mode(edlint, write, tmp_path) -> None:
    write("a.md", FAULTS)
    old = write("report.json", "old")
    old.chmod(0o640)
    edlint("a.md", "--output", "json=report.json")
    assert json.loads(old.read_text(encoding="utf-8"))["totals"]["error"] == 1
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "report.json"]


def test_a_device_is_written_and_not_replaced(edlint, write) -> None:
    write("a.md", FAULTS)
    assert edlint("a.md", "--output", "json=/dev/null").code == 1
    assert not os.path.isfile("/dev/null")


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("report.json", "is no FORMAT=FILE"),
        ("pdf=report.pdf", "is no FORMAT=FILE, where FORMAT is one of github, gitlab"),
        ("json=", "is no FORMAT=FILE"),
        ("json=none/report.json", "its folder must be there"),
        ("json=.", "must be a file"),
    ],
)
def test_what_cannot_be_an_output_is_said_before_anything_is_checked(edlint, write, value: str, told: str) -> None:
    write("a.md", FAULTS)
    done = edlint("a.md", "--output", value)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_a_format_asked_for_twice_is_said(edlint, write) -> None:
    assert "json is asked for twice" in edlint("--output", "json=a", "--output", "json=b").err
