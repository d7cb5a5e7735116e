"""Brackets: what is no bracket stays silent, and each one without a partner is found."""

import pytest

from edlint import Linter
from edlint.finding import Finding

RULE = "Copy.UnbalancedBrackets"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=[RULE])


def found(linter: Linter, text: str, path: str = "draft.md") -> list[tuple[str, str]]:
    """The bracket and the message of each finding, with the words right before it."""
    report = linter.check_text(text, path=path)
    assert not report.problems
    return [(text[f.span.start : f.span.end], f.message) for f in report.findings]


def only(linter: Linter, text: str) -> Finding:
    (finding,) = linter.check_text(text).findings
    return finding


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The mill (built [it is said] in 1921) burned.", id="nested"),
        pytest.param("We want a) light, b) heat and c) a door.", id="letters of a list"),
        pytest.param("They want 1) light and 2) heat (and a door).", id="numbers of a list"),
        pytest.param("(They want a) light and b) heat.)", id="a list in brackets"),
        pytest.param("i) light, ii) heat, iii) a door", id="roman numbers"),
        pytest.param("They won :) and we lost :-( but who cares (not me ;-)", id="smileys"),
        pytest.param("A share in [0, 1) or (0, 1], or in ]0, 1[, or in [0, ∞).", id="ranges"),
        pytest.param("[T]he clerk[s] of “it [the vote]” [sic] [1][2].", id="insertions and notes"),
        pytest.param("Under 501(c)(3), (c) 2020, f(x), 2-(methylamino)ethanol.", id="glued to words"),
        pytest.param('Type `foo(` and `]`, then {{< ref "a(" >}} and {% x( %}.', id="code and tags"),
        pytest.param("See [the page (new)](https://mill.example/a_(b)) and <https://mill.example/(c>.", id="links"),
        pytest.param("See (https://mill.example/wiki/Mill_(old)) or https://mill.example/a_(b).", id="addresses"),
        pytest.param("[youtube=https://mill.example/watch?v=1&w=600] It burned.", id="an address that ends in one"),
        pytest.param("The *(mill)* and (*the mill*) and (**it**).", id="emphasis"),
        pytest.param("(The mill burned.\n\nNobody saw it.\n\nIt was night.)", id="several paragraphs"),
        pytest.param("They want much (among other things:\n\n- light\n- a door)", id="around a list"),
        pytest.param("**{**\n\n“mills”: [\n\n**},**", id="code in plain sight"),
        pytest.param("---\ndescription: The mill (built in 1921 and\n---\n\nIt burned.", id="cut in front matter"),
        pytest.param("| a (b) | c) |\n| --- | --- |\n| a) light | b) heat |", id="markers in a table"),
    ],
)
def test_what_is_right_or_no_bracket_stays_silent(linter: Linter, text: str) -> None:
    assert found(linter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The mill (built in 1921 burned.", [("(", "bracket opened here is never closed")], id="open"),
        pytest.param("The mill, in 1921), burned.", [(")", "bracket closed here is never opened")], id="closed"),
        pytest.param("The mill (in 1921] burned.", [("]", "this bracket closes one of another kind")], id="two kinds"),
        pytest.param("The mill (in 1921( burned.", [("(", "this bracket opens where one has to close")], id="turned"),
        pytest.param(
            "The mill (in [old) town] burned.", [(")", "this bracket closes before one that opened inside it")],
            id="crossed",
        ),
        pytest.param("The mill (run by `foo` burned.", [("(", "bracket opened here is never closed")], id="by code"),
        pytest.param("# The mill (old\n\nIt (the mill) burned.", [("(", "bracket opened here is never closed")],
                     id="in a heading"),
        pytest.param("It burned (we saw.\n\nIt was night.\n\nNobody (none) left.",
                     [("(", "bracket opened here is never closed")], id="in one paragraph of several"),
        pytest.param("Bell, 45), left.", [(")", "bracket closed here is never opened")], id="a number that heads no item"),
        pytest.param("The [page](https://mill.example/a burned.", [("(", "bracket opened here is never closed")],
                     id="a broken link"),
    ],
)  # fmt: skip
def test_a_bracket_without_its_partner_is_found_once(
    linter: Linter, text: str, expected: list[tuple[str, str]]
) -> None:
    assert found(linter, text) == expected


def test_the_kind_is_its_own_and_evidence_tells_what_was_open(linter: Linter) -> None:
    finding = only(linter, "The mill (built in 1921 [or so] burned.")
    assert finding.kind == "brackets"
    assert dict(finding.evidence) == {"open where it stands": "no bracket", "brackets of its paragraph": "( [ ]"}
    crossed = only(linter, "The mill (in [old) town] burned.")
    assert dict(crossed.evidence)["open where it stands"] == "(in [old) town], [old) town] burned."
    assert [place.message for place in crossed.related] == ["this one is still open"]


def test_places_are_exact_through_markup(linter: Linter) -> None:
    text = "The *old* &amp; [new](x.html) mill (built `in` 1921 burned.\r\n"
    assert only(linter, text).span.start == text.index("(built")
