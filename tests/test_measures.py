"""Metric and readability: what is counted, what formulas may say, and where the finding stands."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from edlint import Linter, rulebook
from edlint.analysis.syllables import syllables
from edlint.finding import FileReport
from edlint.rule import Rule
from edlint.rule_keys import make

Told = list[tuple[int, int, str]]

ARTICLE = """# A title is not measured

A first paragraph with two sentences in it. The second sentence is here.

## Lists

- One item
- Another item

> A quote.

### Tables

| Head | Col |
| --- | --- |
| cell | `code` |

A second paragraph.

```
code is not measured.
```

## Last

A third paragraph.
"""


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str], tuple[Rule | None, list[str]]]:
    """Reads a rule from its keys; gives it, and its problems with the line and what is wrong."""

    def rule(keys: str) -> tuple[Rule | None, list[str]]:
        file = tmp_path / "Case.yml"
        file.write_text(f"message: '%s'\n{keys}", encoding="utf-8")
        (found,), _ = rulebook.read([rulebook.RulePath("House.Case", file)])
        made, problems = make(found)
        return made, [f"{problem.line}: {problem.message}" for problem in problems]

    return rule


@pytest.fixture
def told(read: Callable[[str], tuple[Rule | None, list[str]]]) -> Callable[..., Told]:
    """Checks a text by one rule; gives line, column and message of what it finds."""

    def check(keys: str, text: str, path: str = "draft.md") -> Told:
        rule, problems = read(keys)
        assert rule, problems
        return placed(Linter().check_with([rule], text, path))

    return check


def placed(report: FileReport) -> Told:
    assert report.problems == ()
    return [(*report.source.position(finding.span.start), finding.message) for finding in report.findings]


def metric(formula: str, condition: str = "> -1000", scope: str = "") -> str:
    keys = {"extends": "metric", "formula": formula, "condition": condition} | ({"scope": scope} if scope else {})
    return "".join(f"{key}: {json.dumps(value)}\n" for key, value in keys.items())


SILENT = [
    pytest.param(metric("words", "> 24.5"), "An even dozen words would be too few for this condition here.", id="few"),
    pytest.param(metric("flesch_kincaid"), "`code` <https://example.org>\n", id="no words"),
    pytest.param(metric("words"), "# Only a heading\n", id="no running text"),
    pytest.param(metric("words"), "", id="empty"),
    pytest.param(metric("words / heading.h2"), "No heading to divide by.", id="division by zero"),
    pytest.param(metric("math.sqrt(0 - words)"), "No such root.", id="root of less than nothing"),
    pytest.param(metric("math.pow(10, words * 1000)"), "Too great.", id="too great"),
    pytest.param(metric("words", "> 1 && result < 3"), "Four words stand here.", id="above the band"),
    pytest.param("extends: readability\nmetrics: [SMOG]\ngrade: 9\n", "The cat sat on the mat.", id="easy"),
]


@pytest.mark.parametrize(("keys", "text"), SILENT)
def test_a_text_within_the_limit_or_without_a_measure_is_let_be(told, keys: str, text: str) -> None:
    assert told(keys, text) == []


MEASURES = {
    "words": "25.00", "sentences": "7.00", "characters": "113.00", "syllables": "40.00", "paragraphs": "3.00",
    "long_words": "6.00", "polysyllabic_words": "5.00", "complex_words": "4.00", "quote_words": "0.00",
    "list": "2.00", "blockquote": "1.00", "heading.h1": "1.00", "heading.h2": "2.00", "heading_h3": "1.00",
    "heading.h4": "0.00", "sentence_length_sd": "2.06", "flesch_reading_ease": "67.85", "flesch_kincaid": "4.68",
    "gunning_fog": "7.83", "smog": "7.96", "coleman_liau": "2.49", "automated_readability": "1.64", "lix": "27.57",
    "0.4 * ((words / sentences) + 100 * (complex_words / words))": "7.83",
    "1.0430 * math.sqrt((polysyllabic_words * 30.0) / sentences) + 3.1291\n": "7.96",
    "round(words / sentences, 1)": "3.60", "round(2.5) + round(-2.5)": "0.00", "7 % 4 - -(1)": "4.00",
    "math.min(words, 3) + math.pow(2, 3)": "11.00",
}  # fmt: skip


@pytest.mark.parametrize(("formula", "value"), MEASURES.items())
def test_an_article_measures_what_its_running_text_and_blocks_hold(told, formula: str, value: str) -> None:
    assert told(metric(formula), ARTICLE) == [(1, 1, value)]


WORDS = [
    pytest.param("We’re here and we're there.", 6, id="a curly apostrophe parts, a straight one does not"),
    pytest.param("A state-of-the-art U.S. site", 7, id="hyphens part, stops of initials do not"),
    pytest.param("In 2024 café_owners met.", 5, id="figures, letters with signs, underscores"),
    pytest.param("A **half**-bold [l](a)ink, `code` and https://example.org", 5, id="markup, code, addresses"),
    pytest.param("Write to me@example.org, example.org/a or “https://a.org”.", 12, id="addresses that are read out"),
    pytest.param("See [https://a.org](https://a.org) (https://b.org/c).", 1, id="addresses that stand apart"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_are_runs_of_letters_and_figures(told, text: str, words: int) -> None:
    assert told(metric("words"), text) == [(1, 1, f"{words}.00")]


SYLLABLES = {
    1: "the eye named guide didn't through league 1983 BBC science create worked",
    2: "client table handled needed being haven't people area we're used picked nation business",
    3: "media radio video simile something every session wishes overly",
    4: "January ridiculous initially previously relationship",
    5: "university imagination antifascism seismology",
}


@pytest.mark.parametrize("count", SYLLABLES)
def test_syllables_are_counted_by_spelling(count: int) -> None:
    assert {word: syllables(word) for word in SYLLABLES[count].split()} == dict.fromkeys(
        SYLLABLES[count].split(), count
    )


SENTENCES = [
    pytest.param("It is. so is this! Is it? Yes.", 4, id="any stop before white space"),
    pytest.param("See Dr. J. Smith at 3 p.m. Eastern, No. 5.", 1, id="stops of abbreviations and initials"),
    pytest.param("Made in the U.S. They sell it.", 2, id="initials before a word that begins sentences"),
    pytest.param("Wait... what? “Go.” Then it rained.", 3, id="ellipses and quotation marks"),
    pytest.param("It rained. – The author", 1, id="a dash goes on"),
    pytest.param("- One\n- Two\n\nThree", 3, id="blocks"),
]


@pytest.mark.parametrize(("text", "sentences"), SENTENCES)
def test_sentences_end_with_stops_and_blocks(told, text: str, sentences: int) -> None:
    assert told(metric("sentences"), text) == [(1, 1, f"{sentences}.00")]


def test_quoted_words_are_those_in_quotation_marks(told) -> None:
    text = "“We have *two* words,” she said.\n\nHe read “a ‘quoted’ line” out.\n"
    assert told(metric("quote_words / words"), text) == [(1, 1, "0.58")]
    assert told(metric("quote_words", scope="sentence"), text) == [(1, 1, "4.00"), (3, 1, "3.00")]


PLACES = """---
title: A field of the front matter
---
Short one here. This sentence goes on for ten words or even more.

- A list item of some nine or ten words
  over two lines

## A heading of five words
"""


@pytest.mark.parametrize(
    ("scope", "places"),
    [
        pytest.param("", [(1, 1, "25.00")], id="by default the running text"),
        pytest.param("summary", [(1, 1, "25.00")], id="summary"),
        pytest.param("paragraph", [(4, 1, "13.00")], id="paragraph"),
        pytest.param("list", [(6, 1, "12.00")], id="list item, from its line's beginning"),
        pytest.param("heading", [(9, 1, "5.00")], id="heading, from its line's beginning"),
        pytest.param("sentence", [(4, 17, "10.00"), (6, 3, "12.00"), (9, 4, "5.00")], id="sentence, its own place"),
        pytest.param("title", [(2, 8, "6.00")], id="field"),
        pytest.param("raw", [(1, 1, "37.00")], id="raw"),
    ],
)
def test_a_measure_stands_where_its_text_begins(told, scope: str, places: Told) -> None:
    assert told(metric("words", "> 4", scope), PLACES) == places


def test_plain_text_is_measured_alike(told) -> None:
    text = "A first paragraph with two sentences in it. The second sentence is here.\n\nA second paragraph.\n"
    assert told(metric("words"), text, "a.txt") == told(metric("words"), text) == [(1, 1, "16.00")]


def test_a_view_counts_the_blocks_within_it(told) -> None:
    assert told(metric("paragraphs", "> 0", "paragraph"), "One.\n\nTwo.\n") == [(1, 1, "1.00"), (3, 1, "1.00")]


@pytest.mark.parametrize(
    ("condition", "speaks"),
    [("> 24 && words < 26", True), ("== 25 || == 3", None), ("!= 25", False), ("!= 25 || result >= 25", True),
     ("result < 10 || result > 20", True), ("> 24 && !(result > 24)", False), ("* 2 > 49", True)],
)  # fmt: skip
def test_a_condition_may_speak_of_the_result_again(told, read, condition: str, speaks: bool | None) -> None:
    if speaks is None:
        assert read(metric("words", condition))[0] is None
    else:
        assert bool(told(metric("words", condition), ARTICLE)) is speaks


def test_a_grade_is_the_average_of_its_scores(told) -> None:
    keys = "extends: readability\nmetrics:\n  - Flesch-Kincaid\n  - Gunning Fog\ngrade: 6\n"
    assert told(keys, ARTICLE) == [(1, 1, "6.26")]
    assert told(keys.replace("grade: 6", "grade: 6.3"), ARTICLE) == []


BROKEN = [
    ("word / sentences", "3: formula: 'word' is not measured: did you mean 'words'?"),
    ("dale_chall", "3: formula: 'dale_chall' is not measured"),
    ("words /", "3: formula: expected a formula such as `words / sentences`, got 'words /'"),
    ("", "3: formula: expected a formula such as `words / sentences`, got ''"),
    ("words > 3", "3: formula: expected a number to work out, got the condition 'words > 3'"),
    ("math.sqr(words)", "3: formula: no function is named 'math.sqr': did you mean 'math.sqrt'?"),
    ("math.sqrt(words, 2)", "3: formula: math.sqrt takes 1 number, got 'math.sqrt(words, 2)'"),
    ("open('x')", "3: formula: no function is named 'open': expected one of round, math.sqrt"),
    ("words.__class__", "3: formula: 'words.__class__' is not measured"),
    ("(lambda: 1)()", "3: formula: no function is named"),
    ("'words'", "3: formula: ''words'' cannot be worked out"),
    ("words ** 9", "3: formula: 'words ** 9' cannot be worked out"),
    ("words + (words > 2)", "3: formula: 'words > 2' cannot be worked out"),
    ("1" + "0" * 400, "3: formula: "),
    ("(" * 300 + "1" + ")" * 300, "3: formula: "),
    ("1" + " + 1" * 20_000, "3: formula: nested too deeply"),
]


@pytest.mark.parametrize(("formula", "problem"), BROKEN, ids=[formula[:20] for formula, _ in BROKEN])
def test_a_formula_that_cannot_be_worked_out_is_one_problem(read, formula: str, problem: str) -> None:
    rule, problems = read(metric(formula))
    assert rule is None
    assert len(problems) == 1
    assert problems[0].startswith(problem)


@pytest.mark.parametrize("condition", ["8", "> ", "> eight", "and 3", "result", ""])
def test_a_condition_that_is_none_is_one_problem(read, condition: str) -> None:
    rule, problems = read(metric("words", condition))
    assert rule is None
    assert [problem[:14] for problem in problems] == ["4: condition: "]


@pytest.mark.parametrize(
    ("keys", "problem"),
    [("metrics: [Smog]\ngrade: 8\n", "expected one of Flesch-Kincaid, Gunning Fog, SMOG"), ("grade: 8\n", "missing"),
     ("metrics: []\ngrade: 8\n", "expected one score or more"), ("metrics: [SMOG]\n", "grade: missing")],
)  # fmt: skip
def test_a_grade_needs_scores_that_are_known(read, keys: str, problem: str) -> None:
    rule, problems = read(f"extends: readability\n{keys}")
    assert rule is None
    assert len(problems) == 1
    assert problem in problems[0]


def test_published_readability_rules_speak_of_the_same_articles(shared: Path) -> None:
    vale = shared / "vale"
    if not (vale / "oracle").is_dir():
        pytest.skip("no findings of Vale beside the checkout")
    files, _ = rulebook.read(rulebook.paths(vale / "styles/errata-ai__readability/Readability"))
    rules = [rule for file in files if (rule := make(file)[0])]
    assert len(rules) == 7
    lines = (vale / "oracle/Readability.jsonl").read_text("utf-8").splitlines()
    theirs = {(f["path"], f["rule"]) for f in map(json.loads, lines) if f["line"] == 1}
    ours, linter = set(), Linter()
    for path in (vale / "oracle/articles.txt").read_text("utf-8").split():
        report = linter.check_with(rules, (shared / "data" / path).read_text("utf-8"), path)
        ours |= {(path, finding.rule) for finding in report.findings if not finding.span.start}
    assert len(ours & theirs) > 0.98 * len(theirs)
    assert len(ours - theirs) < 0.02 * len(ours)
