"""`from edlint import Linter`: values, no global state, threads."""

import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from edlint import Linter, UnreadableError
from edlint.config import load

TEXT = "“It rained, Ada Bell said. It was the the end.\n\nSome 4,200 people, or 37 percent of the town, have left since January 18th.\n"


def test_a_text_gives_findings_as_values() -> None:
    report = Linter(select=["Newswire.DateFormat"]).check_text(TEXT)
    (finding,) = report.findings
    assert report.source.text[finding.span.start : finding.span.end] == "January 18th"
    assert report.source.position(finding.span.start) == (3, 63)


def test_values_pickle_and_compare() -> None:
    report = Linter().check_text(TEXT)
    assert len(report.findings) > 1
    assert pickle.loads(pickle.dumps(report)) == report


def test_a_file_that_cannot_be_read_raises() -> None:
    with pytest.raises(UnreadableError, match="no such file"):
        Linter().check_file("nowhere.md")


def test_a_linter_is_safe_from_threads() -> None:
    linter, texts = Linter(), [f"{TEXT}\nChapter {number}.\n" for number in range(24)]
    alone = [linter.check_text(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(Linter().check_text, texts)) == alone


def test_two_linters_know_nothing_of_each_other(tmp_path) -> None:
    (tmp_path / "off.yml").write_text("rules: {Newswire.*: off}\n")
    strict, mild = Linter(), Linter(load(tmp_path / "off.yml"))
    assert {f.rule for f in strict.check_text(TEXT).findings} - {f.rule for f in mild.check_text(TEXT).findings} == {
        "Newswire.DateFormat"
    }


LAZY = [
    pytest.param(["--select", "Copy", "--select", "Newswire"], TEXT, id="rules that need no language"),
    pytest.param([], "It rained all day, and Ada Bell went home.\n", id="an article with nothing to parse"),
]


@pytest.mark.parametrize(("args", "text"), LAZY)
def test_spacy_is_not_imported_where_nothing_needs_it(args: list[str], text: str) -> None:
    assert {"spacy", "proselint"}.isdisjoint(imported(args, text))


def test_a_run_of_text_rules_imports_nothing_of_git_of_pages_and_of_editors() -> None:
    rare = {
        "edlint.changes",
        "edlint.git",
        "edlint.proof",
        "edlint.lsp",
        "edlint.schema",
        "edlint.vale_ini",
        "subprocess",
    }
    assert rare.isdisjoint(imported(["--select", "Copy"], TEXT))


def imported(args: list[str], text: str) -> set[str]:
    """The modules that a run imports."""
    program = f"import sys; sys.argv = ['edlint', *{args!r}, '-']\nimport edlint.cli\ntry: edlint.cli.main()\nfinally: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], input=text, capture_output=True, text=True)
    return set(done.stdout.splitlines()[-1].split())
