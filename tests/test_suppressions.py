"""Allowing one sentence, with a reason, and being told when that has become needless."""

import pytest

DATE = "We met on January 18th."
CASES = [
    pytest.param(f"<!-- edlint-disable-next-line Newswire.DateFormat: quoted -->\n{DATE}\n\n{DATE}\n", 1, 1, id="the next line"),
    pytest.param(f"<!-- edlint-disable-next-line Newswire -->\n\n{DATE}\n", 0, 1, id="over a blank line"),
    pytest.param(f"{DATE} <!-- edlint-disable-line Newswire.* -->\n\n{DATE}\n", 1, 1, id="its own line"),
    pytest.param(f"<!-- edlint-disable -->\n{DATE}\n\n{DATE}\n\n<!-- edlint-enable -->\n\n{DATE}\n", 1, 2, id="a range"),
    pytest.param(f"<!-- edlint-disable Newswire -->\n{DATE}\n\n{DATE}\n", 0, 2, id="to the end"),
    pytest.param(f"{DATE} <!-- edlint-disable Newswire -->{DATE}<!-- edlint-enable Newswire --> {DATE}\n", 2, 1, id="within a line"),
    pytest.param(f"{DATE}\n\n<!-- edlint-disable-file Newswire.DateFormat -->\n", 0, 1, id="the file"),
    pytest.param(f'<!-- edlint-disable-file Newswire.DateFormat["January 18th"] -->\n{DATE} And on January 19th.\n', 1, 1, id="words"),
    pytest.param(f"<!-- edlint-disable-file Newswire.DateFormat, Copy.DoubledWords: a reason -->\nThe the.\n\n{DATE}\n", 0, 2, id="two"),
    pytest.param(f"<!--\nedlint-disable-file Newswire:\n  a reason\n-->\n\n{DATE}\n", 0, 1, id="over lines"),
    pytest.param(f"---\nedlint:\n  disable: {{Newswire.DateFormat: quoted}}\n---\n{DATE}\n", 0, 1, id="front matter"),
    pytest.param(f"---\nedlint: {{disable: [Newswire, Facts]}}\n---\n{DATE}\n", 0, 1, id="a list in front matter"),
    pytest.param(f"- <!-- edlint-disable-line Newswire --> {DATE}\n- {DATE}\n", 1, 1, id="in a list"),
    pytest.param(f"<div>\n<!-- edlint-disable-next-line Newswire -->\n{DATE}\n</div>\n", 0, 1, id="in HTML"),
    pytest.param(f"`<!-- edlint-disable-file -->`\n\n{DATE}\n", 1, 0, id="code is no comment"),
    pytest.param(f"<!-- edlint-disable-line Copy.DoubledWords -->\n{DATE}\n", 1, 0, id="another rule"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found", "allowed"), CASES)
def test_an_article_allows_what_it_says(edlint, text: str, found: int, allowed: int) -> None:
    ran = edlint("--select", "Newswire.DateFormat", "--select", "Copy.DoubledWords",
                 "--stdin-filename", "x.md", "--format", "json", "-", stdin=text)  # fmt: skip
    (file,) = ran.report["files"]
    assert (len(file["findings"]), len(file["suppressed"])) == (found, allowed)
    assert ran.code == (1 if found else 0)


def test_comments_work_in_plain_text_and_are_not_read_as_prose(edlint) -> None:
    text = f"<!-- edlint-disable-next-line Newswire.DateFormat: the the January 18th -->\n{DATE}\n"
    ran = edlint("--format", "json", "-", stdin=text)
    (file,) = ran.report["files"]
    assert file["findings"] == []
    (allowed,) = file["suppressed"]
    assert allowed["reason"] == "the the January 18th"
    assert (allowed["line"], allowed["allowed_at"]["line"]) == (2, 1)
    assert "1 allowed by the article" in edlint("-", stdin=text).out


def test_a_comment_that_allows_nothing_is_found_only_for_rules_that_ran(edlint) -> None:
    text = "<!-- edlint-disable-next-line Newswire.DateFormat: gone -->\nIt rained.\n"
    names = ("--stdin-filename", "x.md", "--format", "json", "-")
    (finding,) = edlint(*names, stdin=text).findings
    assert finding["rule"] == "Edlint.UnusedSuppression"
    assert finding["match"] == text.splitlines()[0]
    assert "Newswire.DateFormat" in finding["message"]
    assert edlint("--ignore", "Newswire", *names, stdin=text).findings == []
    assert edlint("--select", "Copy", *names, stdin=text).findings == []


def test_a_comment_that_is_not_understood_is_found_whatever_the_styles(edlint, write) -> None:
    write(".edlint.yml", "styles: [Newswire]\n")
    for comment in ("edlint-disable-nextline Newswire", "edlint-disable-line Newswire it is quoted"):
        ran = edlint("--format", "json", "-", stdin=f"<!-- {comment} -->\n{DATE}\n")
        assert [f["rule"] for f in ran.findings] == ["Edlint.UnreadSuppression", "Newswire.DateFormat"]


def test_reasons_can_be_required(edlint, write) -> None:
    text = f"<!-- edlint-disable-file Newswire -->\n{DATE}\n"
    assert edlint("-", stdin=text).code == 0
    write(".edlint.yml", "require-reasons: true\n")
    ran = edlint("--format", "json", "-", stdin=text)
    assert [f["rule"] for f in ran.findings] == ["Edlint.SuppressionWithoutReason"]
    assert edlint("-", stdin=text.replace(" -->", ": quoted -->")).code == 0
