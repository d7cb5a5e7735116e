"""Consistency and conditional: forms that an article keeps to, and words that need others."""

import pytest

from edlint import Linter, rulebook
from edlint.finding import FileReport
from edlint.rule_keys import make


@pytest.fixture
def check(tmp_path):
    """Checks a text by one rule."""

    def checked(rule: str, text: str, path: str = "draft.md") -> FileReport:
        file = tmp_path / "Rule.yml"
        file.write_text(rule, encoding="utf-8")
        (read,), _ = rulebook.read([rulebook.RulePath("House.Rule", file)])
        made, problems = make(read)
        assert made
        assert problems == []
        return Linter().check_with([made], text, path)

    return checked


def placed(report: FileReport) -> list[tuple[int, int, str]]:
    """Line, column and message of each finding."""
    return [(*report.source.position(finding.span.start), finding.message) for finding in report.findings]


SPELLING = (
    "extends: consistency\nmessage: '%s, not %s'\neither: {advisor: adviser, web site: website, centre: center}\n"
)
QUOTES = "extends: consistency\nmessage: '%s'\nnonword: true\neither: {'\"': '[”“]', \"'\": '’'}\n"
EITHER = [
    pytest.param(SPELLING, "The advisor.\n\nThe advisor.\n", [], id="one form throughout"),
    pytest.param(SPELLING, "The Advisor and advisers and the adviser.\n", [], id="whole words as written"),
    pytest.param(SPELLING, "The advisor at the center.\n", [], id="forms of different pairs"),
    pytest.param(SPELLING, "An advisor.\n\nAn adviser, an adviser.\n\nAn advisor.\n",
                 [(3, 16, "adviser, not advisor"), (5, 4, "advisor, not adviser")], id="once a block, the last, once both are there"),
    pytest.param(SPELLING, "A website, a web\nsite.\n", [(1, 14, "web site, not website")], id="over a line wrap"),
    pytest.param(SPELLING + "ignorecase: true\n", "# The Adviser\n\nHer *advisor*.\n", [(3, 6, "advisor, not Adviser")],
                 id="in any case, through markup"),
    pytest.param(QUOTES, "“a” 'b'\n\n\"c\" ’d\n", [(3, 3, '"'), (3, 5, "’")], id="signs"),
    pytest.param("extends: consistency\nmessage: '%s'\neither: {'(?:an )?(a)\\b': 'b'}\n", "an a b a\n", [(1, 8, "a")], id="groups"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "found"), EITHER)
def test_an_article_keeps_to_one_form(check, rule: str, text: str, found: list[tuple[int, int, str]]) -> None:
    assert placed(check(rule, text)) == found


def test_where_the_other_form_first_stands_is_told(check) -> None:
    report = check(SPELLING, "An advisor, an advisor.\n\nAn adviser.\n")
    assert [(related.span, related.message) for related in report.findings[0].related] == [((3, 10), "'advisor' here")]


DEFINED = "extends: conditional\nmessage: \"'%s' has no definition\"\nfirst: '\\b([A-Z]{3,5})\\b'\n" \
          "second: '(?:\\b[A-Z][a-z]+ )+\\(([A-Z]{3,5})\\)'\nexceptions: [ABC, Ministry of XYZ]\n"  # fmt: skip
PRESENT = "extends: conditional\nmessage: '%s'\nfirst: '\\bsaid\\b'\nsecond: '[“\"]'\n"
CONDITIONS = [
    pytest.param(DEFINED, "The World Health Organization (WHO) met.\n\nWHO said so.\n", [], id="defined before"),
    pytest.param(DEFINED, "WHO is the World Health Organization (WHO).\n", [], id="defined in the same block"),
    pytest.param(DEFINED, "The World Health\nOrganization\n(WHO) met. WHO left.\n", [], id="defined over a line wrap"),
    pytest.param(DEFINED, "The *World Health* Organization ([WHO](a)).\n\n- WHO\n", [], id="defined in markup"),
    pytest.param(DEFINED, "ABC and the Ministry of XYZ and `WHO`.\n", [], id="exceptions and code"),
    pytest.param(DEFINED, "WHO met.\n\nThe World Health Organization (WHO).\n", [(1, 1, "WHO")], id="defined too late"),
    pytest.param(DEFINED, "The **WHO** and\nthe XYZ and the WHO.\n", [(1, 7, "WHO"), (2, 5, "XYZ"), (2, 17, "WHO")], id="each"),
    pytest.param("extends: conditional\nmessage: no\nignorecase: true\nfirst: who\nsecond: '\\((who)\\)'\n", "It (Who). WHO, Who\n", [],
                 id="in any case"),
    pytest.param(PRESENT, "She said: “Rain.”\n\nIt rained.\n", [], id="in the same block"),
    pytest.param(PRESENT, "She said so.\n\n“Rain.”\n", [(1, 5, "said")], id="in another block only"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "found"), CONDITIONS)
def test_what_needs_something_else_is_found_without_it(
    check, rule: str, text: str, found: list[tuple[int, int, str]]
) -> None:
    report = check(rule, text)
    places = [
        (*report.source.position(f.span.start), report.source.text[f.span.start : f.span.end]) for f in report.findings
    ]
    assert places == found


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("extends: consistency\neither: {}\n", "3: either: expected at least one pair of words or expressions"),
        ("extends: consistency\neither: {a: ' '}\n", "3: either: expected at least one pair of words or expressions"),
        ("extends: consistency\neither: {a: '('}\n", "3: either: not a regular expression: '(' (missing ) at position 1)"),
        ("extends: conditional\nfirst: a\n", "1: second: missing"),
        ("extends: conditional\nfirst: ''\nsecond: b\n", "3: first: expected an expression"),
        ("extends: conditional\nfirst: a\nsecond: '('\n", "4: second: not a regular expression: '(' (missing ) at position 1)"),
    ],
)  # fmt: skip
def test_a_wrong_rule_is_told_with_its_line_and_key(edlint, write, keys: str, told: str) -> None:
    write("House/Rule.yml", "message: no\n" + keys)
    write(".edlint.yml", "styles: [House]\n")
    assert f"Rule.yml:{told}" in edlint("-", stdin="Rain.\n").err
