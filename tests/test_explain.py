"""`edlint explain draft.md:9:1`: what was found in a place, what edlint saw, and how to allow it."""

import re

import pytest

DRAFT = """\
---
title: A mill
---

“We opened in May, said Ada Bell. “Nobody came.” He (the clerk left.

They met on January 18th.
It rained on January 19th, and on January 20th.

- They met on January 21st.
"""


def test_a_finding_is_told_with_what_was_seen_why_and_how_to_allow_it(edlint, write) -> None:
    write("draft.md", DRAFT)
    ran = edlint("explain", "draft.md:5:1")
    assert (ran.code, ran.err) == (0, "")
    first, message, *_ = ran.out.splitlines()
    assert first == "draft.md:5:1  error  Copy.UnbalancedQuotes"
    assert message == "quotation opened here is not closed before the words that say who speaks"
    assert re.search(r"^  5:20  'said Ada Bell\.?': the closing mark is due before these words$", ran.out, re.MULTILINE)
    assert "Why the rule is there:\n  Where a mark is missing" in ran.out
    assert "  error: the rule's own level\n" in ran.out
    assert "rules:\n    Copy.UnbalancedQuotes: off\n" in ran.out


def test_the_evidence_of_the_kind_is_shown(edlint, write) -> None:
    write("draft.md", DRAFT)
    ran = edlint("explain", f"draft.md:5:{DRAFT.splitlines()[4].index('(') + 1}")
    assert "  brackets of its paragraph: (\n" in ran.out


def test_evidence_is_not_in_the_report_for_programs(edlint, write) -> None:
    write("draft.md", DRAFT)
    ran = edlint("--format", "json", "draft.md")
    assert ran.findings
    assert all("evidence" not in finding for finding in ran.findings)


PLACES = [
    pytest.param("5:1", id="a paragraph"),
    pytest.param("7:13", id="the first line of one"),
    pytest.param("8:14", id="a line of one, and another finding of the rule behind it"),
    pytest.param("10:15", id="an item of a list"),
]


@pytest.mark.parametrize("place", PLACES)
def test_the_comment_shown_allows_the_finding_where_it_says(edlint, write, place: str) -> None:
    write("draft.md", DRAFT)
    before = edlint("--format", "json", "--select", "Copy", "--select", "Newswire", "draft.md").findings
    ran = edlint("explain", f"draft.md:{place}")
    (where, comment) = re.search(r"To allow it, (.*):\n  (<!-- .* -->)\n", ran.out).groups()
    lines, number = DRAFT.splitlines(), int(place.partition(":")[0]) - 1
    if "above" in where:
        lines.insert(number, comment)
    elif "its line" in where:
        lines[number] += f" {comment}"
    else:
        lines += ["", comment]
    write("draft.md", "\n".join(lines) + "\n")
    after = edlint("--format", "json", "--select", "Copy", "--select", "Newswire", "draft.md").findings
    assert len(after) == len(before) - 1


def test_where_nothing_is_found_it_says_what_the_line_has(edlint, write) -> None:
    write("draft.md", DRAFT)
    ran = edlint("explain", "draft.md:7:1")
    assert ran.code == 0
    assert ran.out.startswith("draft.md:7:1: nothing is found here.\nOn line 7:\n  7:13  warning  ")
    assert "Newswire.DateFormat" in ran.out
    assert edlint("explain", "draft.md:2").out == "draft.md:2: nothing is found here.\nNor is anything on line 2.\n"


def test_a_line_alone_means_all_of_its_findings(edlint, write) -> None:
    write("draft.md", DRAFT)
    ran = edlint("explain", "draft.md:8")
    assert len(re.findall(r"^draft\.md:8:\d+  warning  Newswire\.DateFormat$", ran.out, re.MULTILINE)) == 2


def test_what_is_allowed_already_says_by_what(edlint, write) -> None:
    write("draft.md", "They met on January 18th. <!-- edlint-disable-line Newswire.DateFormat: a name -->\n")
    ran = edlint("explain", "draft.md:1:13")
    assert "It is allowed:\n  by 1:27: a name\n" in ran.out


def test_the_configuration_of_the_article_holds(edlint, write) -> None:
    write("news/.edlint.yml", "rules:\n  Newswire.DateFormat: error\n")
    write("news/draft.md", "They met on January 18th.\n")
    ran = edlint("explain", "news/draft.md:1:13")
    assert ran.out.startswith("news/draft.md:1:13  error  Newswire.DateFormat\n")
    assert re.search(r"  error: \S*\.edlint\.yml:2 rules: Newswire\.DateFormat\n", ran.out)


def test_how_a_rule_is_switched_off_is_told_in_the_notation_of_the_house(edlint, write) -> None:
    write("draft.md", DRAFT)
    assert "in .edlint.yml:\n  rules:\n    Newswire.DateFormat: off\n" in edlint("explain", "draft.md:7").out
    write(".vale.ini", "[*.md]\nBasedOnStyles = Newswire\n")
    told = edlint("explain", "draft.md:7").out
    assert "in .vale.ini, below the section that names this article:\n  Newswire.DateFormat = NO\n" in told


def test_a_place_that_is_none_is_wrong_usage_and_a_file_that_is_none_cannot_be_read(edlint, write) -> None:
    write("draft.md", DRAFT)
    ran = edlint("explain", "draft.md:99:1")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "edlint: draft.md:99:1: the file has 10 lines\n"
    assert edlint("explain", "gone.md:1:1").code == 3


SEEN = [
    pytest.param("It shut,” he said. “It did.", "1:9", ["marks of its paragraph: [”] “"], id="quotation marks"),
    pytest.param(
        "Lena Varkonyi opened the mill. “We start small,” said Varkonyi. Later Varkonyj left.",
        "1:72",
        ["'Varkonyj': once, in no dictionary", "'Varkonyi': twice, with 'Lena' before it, in no dictionary"],
        id="the forms of a name",
    ),
    pytest.param(
        "It met on January 17th.",
        "1:11",
        ["read as: month 1, day 17", "held to: MMM. d, yyyy, the house's"],
        id="the form of a date",
    ),
    pytest.param(
        "---\ndate: 2024-01-20\n---\nIt met on Monday, Jan. 18, at noon.",
        "4:11",
        ["day: 2024-01-18, a Thursday", "year by: the article is of 2024-01-20"],
        id="a weekday",
    ),
    pytest.param(
        "The weir is old. Repairs would cost $2.4 million.",
        "1:37",
        ["figure: money, 2,400,000", "and before that in: The weir is old."],
        id="a figure",
    ),
]


@pytest.mark.parametrize(("draft", "place", "lines"), SEEN)
def test_each_editorial_check_tells_what_it_went_by(edlint, write, draft: str, place: str, lines: list[str]) -> None:
    write("draft.md", draft + "\n")
    out = edlint("explain", f"draft.md:{place}").out
    assert [line for line in lines if f"  {line}\n" not in out] == []


def test_a_fault_with_a_level_of_its_own_says_so(edlint, write) -> None:
    write("draft.md", "The weir is old. Rents have climbed 31 percent.\n")
    out = edlint("explain", "draft.md:1:37").out
    assert "  suggestion: the rule's own level\n  warning: the rule's level for this fault\n" in out


def test_an_article_without_a_place_is_told_from_a_rule_that_is_not_there(edlint, write) -> None:
    write("real.md", "Rain.\n")
    for word, told in (
        ("real.md", "real.md is an article: name a place in it, real.md:3"),
        ("Foo", "no rule is named 'Foo': `edlint rules` lists them"),
        ("Newswire.DateFormt", "no rule is named 'Newswire.DateFormt': did you mean 'Newswire.DateFormat'?"),
    ):
        ran = edlint("explain", word)
        assert (ran.code, ran.out, ran.err) == (2, "", f"edlint: {told}\n")
