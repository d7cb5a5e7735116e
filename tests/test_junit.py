"""`--format junit`: XML that Jenkins' schema takes, and tests that mean something where CI shows them."""

import os
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edlint import Linter
from edlint.finding import Checked, FileReport, Report
from edlint.output import Format, Style

ROOT = Path(__file__).parent.parent
DATE = ("--select", "Newswire.DateFormat")
# What junit-10.xsd of Jenkins' xUnit plugin says: for each element the attributes that it must and may have, what may
# stand in it in any order, and whether words may.
OUTCOME: tuple[str, str, str, bool] = ("", "type message", "", True)
PRINTED: tuple[str, str, str, bool] = ("", "", "", True)
SCHEMA = {
    "testsuites": ("", "name time tests failures errors", "testsuite", False),
    "testsuite": (
        "name tests failures errors",
        "group time skipped timestamp hostname id package file log url version",
        "testsuite properties testcase system-out system-err",
        False,
    ),
    "properties": ("", "", "property", False),
    "property": ("name value", "", "", False),
    "testcase": ("name", "time classname group", "skipped error failure system-out system-err", False),
    "failure": OUTCOME,
    "error": OUTCOME,
    "skipped": OUTCOME,
    "system-out": PRINTED,
    "system-err": PRINTED,
}


def faults(element: Element) -> list[str]:
    """What an element and those in it have that the schema does not allow."""
    must, may, inner, worded = SCHEMA[element.tag]
    has = set(element.attrib)
    found = [f"{element.tag}: {name}?" for name in set(must.split()) - has | has - {*must.split(), *may.split()}]
    found += [f"{child.tag} in {element.tag}" for child in element if child.tag not in inner.split()]
    words = [element.text, *(child.tail for child in element)]
    found += [f"words in {element.tag}" for word in words if not worded and (word or "").strip()]
    return found + [fault for child in element if child.tag in SCHEMA for fault in faults(child)]


def counts(suite: Element) -> dict[str, int]:
    return {name: int(suite.attrib[name]) for name in ("tests", "failures", "errors")}


@pytest.fixture
def junit(edlint):
    """Runs the command and gives the suites of its document, which the schema allows and whose counts are right."""

    def run(*args: str, **kwargs: Any) -> list[Element]:
        root = fromstring(edlint("--format", "junit", *args, **kwargs).out)
        assert root.tag == "testsuites"
        assert faults(root) == []
        for suite in root:
            there = {"failures": "*/failure", "errors": "*/error", "tests": "testcase"}
            assert counts(suite) == {name: len(suite.findall(path)) for name, path in there.items()}
        names = [(case.get("classname"), case.get("name")) for case in root.iter("testcase")]
        assert len(set(names)) == len(names)  # GitLab drops the second of two
        return list(root)

    return run


@pytest.fixture(scope="module")
def found() -> FileReport:
    """The report of an article with one finding."""
    return Linter(select=["Newswire.DateFormat"]).check_text("We met on January 18th.\n")


def test_the_schema_refuses_what_is_wrong() -> None:
    wrong = (
        '<testsuites><testsuite name="a" tests="1"><testcase name="a" line="3">x</testcase></testsuite></testsuites>'
    )
    assert sorted(faults(fromstring(wrong))) == ["testcase: line?", "testsuite: errors?", "testsuite: failures?",
                                                 "words in testcase"]  # fmt: skip


def test_a_clean_article_is_a_test_that_passed(junit, write) -> None:
    write("drafts/a.md", "It rained all day.\n")
    (suite,) = junit("drafts")
    (case,) = suite
    assert (suite.get("name"), counts(suite)) == ("drafts/a.md", {"tests": 1, "failures": 0, "errors": 0})
    assert (case.get("classname"), case.get("name"), list(case)) == ("edlint", "drafts/a.md", [])


def test_no_articles_are_no_suites(junit, write) -> None:
    write("drafts/photo.png", b"\x89PNG")
    assert junit("drafts") == []


def test_the_level_that_fails_a_run_fails_its_tests(junit, write) -> None:
    write("House/Plain.yml", "extends: existence\nmessage: avoid '%s'\nlevel: suggestion\ntokens: [utilize]\n")
    write(".edlint.yml", "styles: [House]\nfail-on: suggestion\n")
    write("draft.md", "They utilize it.\n")
    for options, tag in (((), "failure"), (("--fail-on", "error"), "system-out")):
        (suite,) = junit(*options, "draft.md")
        assert [one.tag for case in suite.iter("testcase") for one in case] == [tag]


def test_a_suggestion_is_told_by_a_test_that_passed(junit, write) -> None:
    write("House/Plain.yml", "extends: existence\nmessage: avoid '%s'\nlevel: suggestion\ntokens: [utilize]\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "They utilize it.\n")
    ((case,),) = junit("draft.md")
    assert case.get("classname") == "House.Plain"
    assert [(one.tag, one.text) for one in case] == [("system-out", "draft.md:1:6: suggestion: avoid 'utilize'")]


def test_what_a_baseline_holds_fails_nothing_and_is_counted(found: FileReport) -> None:
    form = Format("junit", Style())
    known = replace(found, findings=(), baselined=found.findings)
    root = fromstring("".join(form.text(Report(iter([Checked("a.md", form.part(known))])))))
    assert faults(root) == []
    assert [one.attrib for one in root.iter("property")] == [{"name": "baselined", "value": "1"}]
    assert [case.get("classname") for case in root.iter("testcase")] == ["edlint"]


def test_what_an_article_allows_fails_nothing_and_is_counted(junit, write) -> None:
    write("a.md", "<!-- edlint-disable-next-line Newswire.DateFormat: the name -->\nThe January 6th committee.\n")
    (suite,) = junit(*DATE, "a.md")
    assert counts(suite)["failures"] == 0
    assert [one.attrib for one in suite.iter("property")] == [{"name": "allowed", "value": "1"}]


def test_a_rule_fails_an_article_once_with_all_its_findings(junit, write) -> None:
    write("draft.md", "\ufeff😀 We met on January 18th.\r\n\r\nWe met on March 3rd.\r\n\r\n“We won, Ada Bell said.\n")
    select = ("--select", "Newswire.DateFormat", "--select", "Copy.UnbalancedQuotes")
    (suite,) = junit(*select, "draft.md")
    quotes, dates = suite
    assert [case.get("classname") for case in suite] == ["Copy.UnbalancedQuotes", "Newswire.DateFormat"]
    (failure,) = dates
    assert failure.get("type") == "warning"
    assert re.match(r"1:13: 'January 18th': write .* \(and 1 more\)$", failure.get("message"))
    first, second = failure.text.splitlines()
    assert first.startswith("draft.md:1:13: warning: 'January 18th'")
    assert second.startswith("draft.md:3:11: warning: 'March 3rd'")
    assert quotes[0].text.splitlines()[1] == "  5:10: the closing mark is due before these words"


def test_what_could_not_be_checked_is_an_error(junit, write) -> None:
    write("latin.md", b"caf\xe9\n")
    write("House/Bad.yml", "extends: existence\nmessage: avoid\ntoken: [x]\nwrong: 1\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "Rain.\n")
    clean, unchecked = junit("draft.md", "latin.md")
    assert counts(clean) == {"tests": 1, "failures": 0, "errors": 0}
    bad, latin = unchecked
    assert [case.get("name") for case in unchecked] == ["House/Bad.yml", "latin.md"]
    assert "House/Bad.yml:3: unknown key 'token'" in bad[0].text
    assert latin[0].tag == "error"
    assert "not UTF-8" in latin[0].get("message")


WORDS = [
    "a\x0bb",
    "a\x08\x1b[31mb",
    "]]>",
    "<b>&amp;&lt;",
    "'\"",
    "a\ufffeb",
    "😀 é",
    "tab\tline\nline",
    "<!--",
    "<?x?>",
]


@pytest.mark.parametrize("words", WORDS)
def test_the_words_of_an_article_never_break_the_document(junit, edlint, write, words: str) -> None:
    write("House/All.yml", "extends: existence\nmessage: \"found '%s'\"\nraw: ['(?s)START(.+?)END']\nnonword: true\n")
    write(".edlint.yml", "styles: [House]\n")
    write("draft.txt", f"START{words}END\n")
    ((case,),) = junit("draft.txt")
    message = edlint("--format", "json", "draft.txt").findings[0]["message"]
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", message)
    assert case[0].get("message") == f"1:1: {shown}"
    assert len(case[0].text.splitlines()) == 1


@given(st.text(min_size=1))
def test_no_words_whatever_break_the_document(found: FileReport, words: str) -> None:
    told = replace(found, path=f"{words}.md", findings=tuple(one._replace(message=words) for one in found.findings))
    form = Format("junit", Style())
    root = fromstring(
        "".join(form.text(Report(iter([Checked(told.path, form.part(told))])))).encode("utf-8", "replace")
    )
    assert faults(root) == []
    assert len(root.findall("testsuite/testcase/failure")) == 1


@pytest.mark.parametrize("name", ["a b.md", "50%.md", "say \"a|b\" & 'c'.md", "x<y>.md", "new\nline.md", "esc\x1b.md"])
def test_the_name_of_a_file_never_breaks_the_document(junit, write, name: str) -> None:
    draft = write(f"content/{name}", "We met on January 18th.\n")
    (draft.parents[1] / ".git").mkdir()
    (suite,) = junit(*DATE, ".", cwd=draft.parent)
    shown = f"content/{name}".replace("\x1b", "\ufffd")
    assert suite.get("name") == suite[0].get("name") == shown


def test_the_name_of_a_file_that_is_no_utf_8_is_told(junit, write) -> None:
    write(os.fsdecode(b"caf\xe9.md"), "We met on January 18th.\n")
    (suite,) = junit(*DATE, ".")
    assert suite.get("name") == "caf\ufffd.md"


def test_the_examples_make_a_valid_document_equal_to_the_byte_each_time(junit, edlint, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    suites = junit("examples")
    assert len(suites) == len(edlint("--format", "json", "examples").report["files"])
    assert sum(counts(suite)["failures"] for suite in suites) > 10
    assert edlint("--format", "junit", "examples") == edlint("--format", "junit", "examples")
