"""Capitalization: headings in title case and sentence case, and what may have a case of its own."""

import pytest

from edlint import Linter, rulebook
from edlint.finding import FileReport
from edlint.rule_keys import make

TOLD = "extends: capitalization\nmessage: '%s -> %s'\nscope: heading\n"


@pytest.fixture
def check(tmp_path):
    """Checks a text by one rule, given the keys beside its message and scope."""

    def checked(keys: str, text: str, path: str = "draft.md") -> FileReport:
        file = tmp_path / "Case.yml"
        file.write_text(TOLD + keys, encoding="utf-8")
        (read,), _ = rulebook.read([rulebook.RulePath("House.Case", file)])
        rule, problems = make(read)
        assert rule
        assert problems == []
        return Linter().check_with([rule], text, path)

    return checked


def fixed(report: FileReport) -> str:
    """The text with what each finding offers written."""
    text = report.source.text
    edits = [edit for finding in report.findings for fix in finding.fixes for edit in fix.edits]
    for edit in sorted(edits, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


AP = "match: $title\nthreshold: 1\n"
CHICAGO = AP + "style: Chicago\n"
TITLES = [
    "Small Words Are for by and of Lowercase",
    "A Small Word It Ends On",
    "The Names That They Live By",
    "Getting Started: A Primer",
    "Is It Over? A Guide",
    "Snakes on a Plane - The Film - The Famous Line",
    "Snakes on a Plane — The Film",
    "Have You Read “The Lottery” (And Liked It)?",
    "Step-by-Step Work On-Demand",
    "Pre- and Post-Natal Care",
    "Dance, and/or Fly",
    "This vs. the Other",
    "We Keep NASA, AT&T and O’Reilly",
    "THE HOUSE OF CARDS",
    "The iPhone and the eBay Sale",
    "34th Street and 2nd Avenue",
    "Using `pip` in the Shell",
    "*Fast* and [Slow](a) Lanes",
]
TO = [
    "What I Want To Be",
    "How To Cook in a Hurry",
    "Nothing To Be Afraid Of",
    "Welcome to the Jungle",
    "A Guide to Good Food",
    "From Nothing to 100 in a Day",
    "Commit to Testing",
    "The Up-to-Date Book",
    # Nobody can say without parsing.
    "Roads to Travels and Roads To Travels",
    "Bills to Watch",
    "Bills To Watch",
]


@pytest.mark.parametrize("title", [*TITLES, *TO])
def test_a_title_in_ap_style_is_left_alone(check, title: str) -> None:
    assert check(AP, f"# {title}\n").findings == ()


@pytest.mark.parametrize("title", [*TITLES, "What I Want to Be", "Apple Deal with AT&T Falls through a Hole"])
def test_a_title_in_chicago_style_is_left_alone(check, title: str) -> None:
    assert check(CHICAGO, f"# {title}\n").findings == ()


@pytest.mark.parametrize(
    ("style", "wrong", "right"),
    [
        (AP, "a guide to good food and wine", "A Guide to Good Food and Wine"),
        (AP, "how to cook with the best", "How To Cook With the Best"),
        (AP, "Welcome To The Jungle", "Welcome to the Jungle"),
        (CHICAGO, "How To Cook With The Best", "How to Cook with the Best"),
        (AP, "step-By-step *work* & [play](a.html)", "Step-by-Step *Work* & [Play](a.html)"),
    ],
)
def test_a_title_is_mended_word_by_word(check, style: str, wrong: str, right: str) -> None:
    assert fixed(check(style, f"# {wrong}\n")) == f"# {right}\n"


SENTENCE = "match: $sentence\n"
SENTENCES = [
    pytest.param("", "Top-level entities", id="a compound"),
    pytest.param("", "Client’s key share", id="a possessive"),
    pytest.param("", "`this` is code", id="code"),
    pytest.param("", "1. An important heading", id="a number"),
    pytest.param("", "🚀", id="no word"),
    pytest.param("", "The one name is Anna", id="few enough words are wrong"),
    pytest.param("", "iPhone sales", id="a name in small letters"),
    pytest.param("indicators: [':']\n", "Find the thief: “Introduction”", id="after an indicator"),
    pytest.param("prefix: '^[a-z]\\.\\s'\n", "b. An important heading", id="after a prefix"),
    pytest.param("exceptions: [Axon, Axon Server, Axon Framework]\n", "The Axon Server of Axon", id="names"),
    pytest.param("exceptions: [Axon Server]\n", "The *Axon* [Server’s](a) end", id="through markup"),
    pytest.param("exceptions: [Linux, Node.js]\n", "A Linux-based, non-Linux Node.js", id="within compounds"),
    pytest.param("exceptions: [congressman]\n", "Congressman resigns", id="a name that begins a sentence"),
    pytest.param("exceptions: ['[A-Z]{2,}s?']\n", "ADRs and PDFs", id="an expression"),
    pytest.param("exceptions: [Windows]\n", "Open windows", id="an ordinary word that looks like a name"),
]


@pytest.mark.parametrize(("keys", "heading"), SENTENCES)
def test_a_heading_in_sentence_case_is_left_alone(check, keys: str, heading: str) -> None:
    assert check(SENTENCE + keys, f"# {heading}\n").findings == ()


@pytest.mark.parametrize(
    ("keys", "wrong", "right"),
    [
        pytest.param("", "this isn’t in sentence case", "This isn’t in sentence case", id="its first word"),
        pytest.param("", "This Does Not Comply", "This does not comply", id="other words"),
        pytest.param("", "Non-Member Predicates", "Non-member predicates", id="compounds"),
        pytest.param("", "Find the Thief: Introduction", "Find the thief: introduction", id="no indicator"),
        pytest.param(
            "prefix: '^[a-z]\\.\\s'\n", "b. an odd one of many words", "b. An odd one of many words", id="prefix"
        ),
        pytest.param("exceptions: [JSON]\n", "Understanding json", "Understanding JSON", id="a name's own case"),
        pytest.param("exceptions: [I]\n", "An Introduction", "An introduction", id="an exception is no part of a word"),
        pytest.param("", "The DATA Act schema", "The DATA Act schema", id="nothing is offered for what may be a name"),
    ],
)
def test_a_heading_is_mended_word_by_word(check, keys: str, wrong: str, right: str) -> None:
    report = check(SENTENCE + keys, f"# {wrong}\n")
    assert len(report.findings) == 1
    assert fixed(report) == f"# {right}\n"


@pytest.mark.parametrize(
    ("keys", "heading", "told"),
    [
        ("match: $lower\n", "all small, but 2 `Tags`", []),
        ("match: $lower\nexceptions: [NASA]\n", "nasa or NASA", []),
        ("match: $lower\nexceptions: [NASA]\n", "The NASA", ["The NASA -> the NASA"]),
        ("match: $upper\n", "All `tags`", ["All tags -> ALL tags"]),
        ("match: '^[A-Z]'\n", "An end", []),
        ("match: '^[A-Z]'\nexceptions: [macOS]\n", "macOS ends", []),
        ("match: '^[A-Z]'\n", "an end", ["an end -> ^[A-Z]"]),
    ],
)
def test_other_cases_and_expressions(check, keys: str, heading: str, told: list[str]) -> None:
    assert [finding.message for finding in check(keys, f"# {heading}\n").findings] == told


def test_a_heading_may_run_over_lines(check) -> None:
    report = check("match: $title\nexceptions: [Axon Server]\n", "The Axon\nServer And end\n===\n")
    assert [finding.message for finding in report.findings] == ["The Axon Server And end -> The Axon Server and End"]


def test_the_whole_heading_is_marked_and_nothing_is_safe_to_mend(check) -> None:
    (finding,) = check("match: $sentence\n", "Text.\n\n## A *Bad* [Heading](a) #\n").findings
    assert (finding.span.start, finding.span.end) == (10, 26)
    assert not any(fix.safe for fix in finding.fixes)


def test_words_that_the_house_holds_right_are_right(edlint, write) -> None:
    write("House/Case.yml", TOLD + "match: $sentence\n")
    write("terms.yml", "words: [Covid Action Plan]\n")
    write(".edlint.yml", "styles: [House]\nterms: terms.yml\n")
    text = "# The Covid Action Plan\n\n# The Action Plan\n"
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin=text)
    assert [finding["match"] for finding in ran.findings] == ["The Action Plan"]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("", ["The node.js Runs", "The axon server"]),
        ("vocab: false\n", ["The Axon Server runs Node.js", "The node.js Runs"]),
    ],
)
def test_words_of_the_vocabulary_are_exceptions(edlint, write, keys: str, found: list[str]) -> None:
    write("House/Case.yml", TOLD + "match: $sentence\n" + keys)
    write("vocab/accept.txt", "Axon Server\nNode.js\n")
    write(".edlint.yml", "styles: [House]\nvocab: [vocab]\n")
    text = "# The Axon Server runs Node.js\n\n# The node.js Runs\n\n# The axon server\n"
    ran = edlint("--select", "House", "--format", "json", "--stdin-filename", "draft.md", "-", stdin=text)
    assert [finding["match"] for finding in ran.findings] == found


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            "match: $titel\n",
            "4: match: expected an expression or one of $title, $sentence, $lower, $upper, got '$titel'",
        ),
        ("match: ''\n", "4: match: expected an expression or one of $title, $sentence, $lower, $upper, got ''"),
        ("match: '('\n", "4: match: not a regular expression: '(' (missing ) at position 1)"),
        ("match: $title\nprefix: '('\n", "5: prefix: not a regular expression: '(' (missing ) at position 1)"),
        ("match: $title\nthreshold: 80\n", "5: threshold: expected a share of the words from 0 to 1, got 80"),
        ("match: $title\nstyle: MLA\n", "5: style: expected one of AP, Chicago, got 'MLA'"),
        ("style: AP\n", "1: match: missing"),
    ],
)
def test_a_wrong_rule_is_told_with_its_line_and_key(edlint, write, keys: str, told: str) -> None:
    write("House/Case.yml", TOLD + keys)
    write(".edlint.yml", "styles: [House]\n")
    assert f"Case.yml:{told}" in edlint("-", stdin="Rain.\n").err
