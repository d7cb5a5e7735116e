"""Every built-in rule is as its own examples say; every broken rule is told with file, line and key."""

import os
from pathlib import Path

import pytest

from edlint import Linter, rulebook
from edlint.examples import ExampleError, read
from edlint.kinds import kind
from edlint.rule_keys import make
from edlint.rule_test import Files, run

BUILT_IN, PROBLEMS = rulebook.read(rulebook.paths_below(rulebook.built_in()))


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def test_all_built_in_rules_can_be_read() -> None:
    assert PROBLEMS == []
    assert len(BUILT_IN) > 5


@pytest.mark.parametrize("file", BUILT_IN, ids=lambda file: file.name)
def test_a_built_in_rule_does_what_its_examples_say(file: rulebook.RuleFile, linter: Linter) -> None:
    outcome = run(Files((rulebook.RulePath(file.name, Path(file.path)),)), linter)
    assert outcome.problems == ()
    assert [str(failure) for failure in outcome.failures] == []
    assert outcome.count


@pytest.mark.parametrize("file", BUILT_IN, ids=lambda file: file.name)
def test_a_built_in_rule_says_why_and_shows_more_silence_than_alarm(file: rulebook.RuleFile) -> None:
    rule, _ = make(file)
    assert rule
    wrong = getattr(kind(rule.kind), "problems", lambda _: ())
    assert list(wrong(rule.options)) == []
    assert len(rule.description.split()) > 15
    examples = read(Path(file.path).read_text(encoding="utf-8"))
    silent = [example for example in examples if example.is_silent]
    assert silent
    assert len(silent) >= len(examples) - len(silent)


WORKS = "extends: existence\nmessage: avoid '%s'\ntokens: [utilize]\n"
BROKEN = [
    pytest.param("", "Rule.yml: holds no rule: expected keys such as extends and message", id="empty"),
    pytest.param("- a\n", "Rule.yml:1: expected keys and values, got a list", id="a list"),
    pytest.param("extends: existence\ntokens: [a]\n", "Rule.yml:1: message: missing", id="no message"),
    pytest.param("message: no\ntokens: [a]\n", "Rule.yml:1: extends: missing", id="no kind"),
    pytest.param("extends: existense\nmessage: no\n",
                 "Rule.yml:1: extends: no kind of rule is named 'existense': did you mean 'existence'?", id="no such kind"),
    pytest.param(WORKS + "token: [b]\n", "Rule.yml:4: unknown key 'token': did you mean 'tokens'?", id="unknown key"),
    pytest.param(WORKS + "levle: error\n", "Rule.yml:4: unknown key 'levle': did you mean 'level'?", id="unknown common key"),
    pytest.param(WORKS + "level: fatal\n", "Rule.yml:4: level: expected one of suggestion, warning, error, got 'fatal'", id="level"),
    pytest.param(WORKS + "ignorecase: maybe\n", "Rule.yml:4: ignorecase: expected true or false, got 'maybe'", id="a bool"),
    pytest.param(WORKS + "limit: many\n", "Rule.yml:4: limit: expected a whole number, got 'many'", id="a number"),
    pytest.param(WORKS + "scope: headings\n", "Rule.yml:4: scope: unknown scope 'headings': did you mean 'heading'?", id="scope"),
    pytest.param(WORKS + "message: again\n", "Rule.yml:4: message: given twice, first in line 2", id="a key twice"),
    pytest.param("extends: existence\nmessage: no\ntokens: ['(a']\n",
                 "Rule.yml:3: tokens: not a regular expression: '(a' (missing ) at position 2)", id="bad pattern"),
    pytest.param("extends: existence\nmessage: no\n", "Rule.yml:1: tokens: expected at least one word or pattern, in tokens or raw",
                 id="nothing to find"),
    pytest.param("extends: existence\nmessage: 50% off\ntokens: [a]\n",
                 "Rule.yml:2: message: expected `%s` or `%[2]s` for words found, `%%` for a per cent sign", id="message"),
    pytest.param("extends: existence\nmessage: [a, b]\ntokens: [a]\n", "Rule.yml:2: message: expected text, got a list", id="type"),
    pytest.param("extends: substitution\nmessage: no\nswap: [a]\n", "Rule.yml:3: swap: expected keys and values, got 'a'", id="swap"),
    pytest.param("extends: substitution\nmessage: no\nswap: {a: $1}\n",
                 "Rule.yml:3: swap: '$1' names a group that 'a' does not have", id="group"),
    pytest.param("extends: occurrence\nmessage: no\ntoken: a\n", "Rule.yml:1: max: expected a number above 0, in max or min", id="max"),
    pytest.param("extends: existence\n\ttokens: a\n", "Rule.yml:2: not YAML: found a tab character that violates indentation: use spaces", id="a tab"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), BROKEN)
def test_a_broken_rule_is_told_and_the_others_run(edlint, write, text: str, told: str) -> None:
    write("House/Rule.yml", text)
    write("House/Good.yml", WORKS)
    write(".edlint.yml", "styles: [House]\n")
    write("draft.md", "We utilize it.\n")
    ran = edlint("--format", "json", "draft.md")
    assert ran.code == 3
    assert ran.err == f"edlint: {Path('House')}{os.sep}{told}\n"
    assert [finding["rule"] for finding in ran.findings] == ["House.Good"]
    assert ran.report["problems"][0]["message"] in told


CASES = [
    pytest.param("extends: existence\nmessage: '%s'\ntokens: [very]\n", "Everything was very, very dry.", ["very", "very"], id="whole words"),
    pytest.param("extends: existence\nmessage: '%s'\ntokens: ['in order to']\n", "in\norder to", ["in\norder to"], id="over a line wrap"),
    pytest.param("extends: existence\nmessage: '%s'\ntokens: ['in order to']\n", "in *order* to", ["in *order* to"], id="over markup"),
    pytest.param("extends: existence\nmessage: '%s'\ntokens: [no, on]\n", "It is no use going on.", ["no", "on"], id="YAML 1.2 words"),
    pytest.param("extends: existence\nmessage: '%s'\nnonword: true\ntokens: ['!!+']\n", "Stop!!!", ["!!!"], id="nonword"),
    pytest.param("extends: existence\nmessage: '%s'\ntokens: ['very \\w+']\nexceptions: [very rich]\n", "very rich, very poor",
                 ["very poor"], id="exceptions"),
    pytest.param("extends: existence\nmessage: '%s'\nraw: ['\\bfoo', '(?=bar)']\n", "foobar foobaz", ["foo"], id="raw"),
    pytest.param("extends: existence\nmessage: '%s'\nignorecase: true\ntokens: [tk]\n", "TK and tk", ["TK", "tk"], id="ignorecase"),
    pytest.param("extends: existence\nmessage: '%s'\nscope: heading\ntokens: [tk]\n", "# tk\n\ntk\n", ["tk"], id="heading"),
    pytest.param("extends: existence\nmessage: '%s'\nscope: link\ntokens: [here]\n", "here is [click here](x)", ["here"], id="link"),
    pytest.param("extends: existence\nmessage: '%s'\nscope: text & ~link\ntokens: [here]\n", "here is [click here](x)", ["here"], id="no link"),
    pytest.param("extends: existence\nmessage: '%s'\nscope: prose\ntokens: [post]\n", "---\nlayout: post\ntitle: a post\n---\n", ["post"],
                 id="prose fields"),
    pytest.param("extends: existence\nmessage: '%s'\nlimit: 1\ntokens: [a]\n", "a a a", ["a"], id="limit"),
    pytest.param("extends: occurrence\nmessage: '%s'\ntoken: ','\nmax: 1\n", "a, b, c\n\nd, e", [","], id="too many"),
    pytest.param("extends: occurrence\nmessage: '%s'\ntoken: ','\nmin: 1\nscope: heading\n", "# a b\n", ["a"], id="too few"),
    pytest.param("extends: repetition\nmessage: '%s'\ntokens: ['\\w+']\n", "It is is so. So it\nit goes.", ["is is", "it\nit"], id="repeated"),
    pytest.param("extends: repetition\nmessage: '%s'\ntokens: ['[^\\s]+']\n", "`a` `a` ha", [], id="masked code is not repeated"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "text", "matches"), CASES)
def test_a_text_rule_finds(edlint, write, rule: str, text: str, matches: list[str]) -> None:
    write("House/Rule.yml", rule)
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin=text)
    assert [finding["match"] for finding in ran.findings] == matches
    assert all(text[f["start"] : f["end"]] == f["match"] for f in ran.findings)


SWAPS = [
    pytest.param("{utilize: use}", "We utilize it.", "'utilize': write 'use'", ["use"], id="a word"),
    pytest.param(
        "{utilize: use|apply}", "We utilize it.", "'utilize': write 'use' or 'apply'", ["use", "apply"], id="choices"
    ),
    pytest.param(
        "{'(\\d+) percent': $1 per cent}", "5 percent", "'5 percent': write '5 per cent'", ["5 per cent"], id="a group"
    ),
    pytest.param(
        "{'return(s|ed) back(?= to)': return$1}",
        "He returned back to it.",
        "'returned back': write 'returned'",
        ["returned"],
        id="a key that looks ahead",
    ),
    pytest.param(
        "{'(?P<w>[a-z]+) (?P=w)': $1, abc: def}", "so so, abc", "'so so': write 'so'", ["so"], id="named groups"
    ),
    pytest.param(
        "{in order: so, in order to: to}", "in order to", "'in order to': write 'to'", ["to"], id="the longest key wins"
    ),
]


@pytest.mark.parametrize(("swap", "text", "message", "fixes"), SWAPS)
def test_a_substitution_offers_what_to_write(
    edlint, write, swap: str, text: str, message: str, fixes: list[str]
) -> None:
    write("House/Rule.yml", f"extends: substitution\nmessage: \"'%[2]s': write '%[1]s'\"\nswap: {swap}\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "-", stdin=text)
    assert ran.findings[0]["message"] == message
    assert [fix["edits"][0]["text"] for fix in ran.findings[0]["fixes"]] == fixes


@pytest.mark.parametrize(
    "text", ["example.org/theatre", "see theatre.example.org", "#theatre", "theatre.pdf", "@theatre"]
)
def test_no_safe_fix_is_offered_within_an_address_or_a_name(edlint, write, text: str) -> None:
    write("House/Rule.yml", "extends: substitution\nmessage: \"'%s'\"\nsafe: true\nswap: {theatre: theater}\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "-", stdin=f"{text} is a theatre.\n")
    safe = [fix["safe"] for finding in ran.findings for fix in finding["fixes"]]
    assert safe[-1] is True
    assert not any(safe[:-1])


def test_what_is_already_written_well_is_not_found(edlint, write) -> None:
    write("House/Rule.yml", "extends: substitution\nmessage: \"'%s'\"\nignorecase: true\nswap: {github: GitHub}\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "-", stdin="GitHub and Github")
    assert [finding["match"] for finding in ran.findings] == ["Github"]


APOSTROPHES = [
    pytest.param("Mothers Day", "Mother’s Day", id="curly where there is none"),
    pytest.param("It's Mothers Day.", "Mother's Day", id="straight where all are"),
    pytest.param("It's and it’s Mothers Day.", "Mother’s Day", id="curly where both are"),
]


@pytest.mark.parametrize(("text", "better"), APOSTROPHES)
def test_an_apostrophe_is_written_as_the_article_writes_it(edlint, text: str, better: str) -> None:
    (finding,) = edlint("--format", "json", "--select", "Copy.HolidayApostrophes", "-", stdin=text).findings
    assert finding["fixes"][0]["edits"][0]["text"] == better
    assert better in finding["message"]


def test_no_fix_is_offered_across_markup(edlint, write) -> None:
    write("House/Rule.yml", "extends: substitution\nmessage: \"'%s'\"\nswap: {in order to: to}\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin="in **order** to, in order to")
    assert [len(finding["fixes"]) for finding in ran.findings] == [0, 1]


def test_a_rule_out_of_time_is_a_problem_and_the_others_run(edlint, write) -> None:
    write("House/Slow.yml", "extends: existence\nmessage: slow\nnonword: true\ntokens: ['(?:x|xx|xxx)+[yz]w']\n")
    write("House/Good.yml", WORKS)
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "-", stdin="We utilize " + "x" * 60 + "yv xyw")
    assert ran.code == 3
    assert "House.Slow took too long" in ran.report["problems"][0]["message"]
    assert [finding["rule"] for finding in ran.findings] == ["House.Good"]


EXAMPLES = """\
# ok:  The fee is $5.
# bad: We [[utilize]] it.
# fix: We use it.
# Just a comment.
# bad: |
#   [[“]]We won, she said.
#
#   “We never doubted it.”
extends: existence
"""


def test_examples_are_read_from_the_comments_of_a_rule() -> None:
    silent, fixed, long = read(EXAMPLES)
    assert (silent.line, silent.text, silent.is_silent) == (1, "The fee is $5.", True)
    assert (fixed.text, fixed.fixed, fixed.expected) == ("We utilize it.", "We use it.", ((3, 10),))
    assert long.text == "“We won, she said.\n\n“We never doubted it.”"
    assert long.expected == ((0, 1),)


@pytest.mark.parametrize("text", ["# bad: nothing marked\n", "# fix: of nothing\n", "# ok: a\n# fix: b\n"])
def test_an_example_that_cannot_be_one_is_told(text: str) -> None:
    with pytest.raises(ExampleError):
        read(text)


def test_edlint_explain_tells_why_with_examples(edlint) -> None:
    ran = edlint("explain", "Facts.WeekdayMismatch")
    assert ran.code == 0
    assert "It finds:" in ran.out
    assert "It leaves alone:" in ran.out
    wrong = edlint("explain", "Facts.WeekdayMissmatch")
    assert wrong.code == 2
    assert "did you mean 'Facts.WeekdayMismatch'?" in wrong.err


def test_edlint_rules_lists_all_with_kind_and_severity(edlint, write) -> None:
    write(".edlint.yml", "rules: {Facts.*: off}\n")
    lines = {line.split()[0]: line.split()[1:3] for line in edlint("rules").out.splitlines()}
    assert lines["Copy.UnbalancedQuotes"][0] == "quotes"
    assert lines["Facts.WeekdayMismatch"] == ["calendar", "off"]


def test_edlint_rules_slow_lists_what_no_literal_tells_of(edlint, write) -> None:
    write(".edlint.yml", "styles: [House]\n")
    write("House/Words.yml", "extends: existence\nmessage: no\ntokens: [utilize, 'm[ae]n of', '[A-Z]{3,5}']\n")
    assert edlint("rules", "--slow").out == "House.Words  [A-Z]{3,5}\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_profile_tells_what_rules_took_after_the_report(edlint, write, jobs: str) -> None:
    write(".edlint.yml", "styles: [House]\n")
    write("House/Words.yml", "extends: existence\nmessage: no\ntokens: [utilize]\n")
    write("House/Rare.yml", "extends: existence\nmessage: no\ntokens: [zugzwang]\n")
    for number in range(4):
        write(f"{number}.md", "They utilize it.\n")
    ran = edlint("--profile", "--jobs", jobs, ".")
    assert ran.out == edlint(".").out
    head, *rows = ran.err.splitlines()
    assert head.split() == ["seconds", "share", "rule"]
    assert "House.Words" in [row.split()[2] for row in rows]
    assert "House.Rare" not in ran.err


@pytest.mark.parametrize(
    ("rule", "text", "matches"),
    [
        pytest.param("tokens: [leverage]\n", "We leverage¹ it.", ["leverage"], id="a raised figure is no letter"),
        pytest.param(
            "scope: [code, paragraph]\ntokens: [unhappy]\n", "They were **un**happy.", ["un**happy"], id="code and text"
        ),
        pytest.param(
            "scope: quote & ~link\ntokens: [foo]\n",
            "He said “we [were](x) foo today.”",
            ["foo"],
            id="speech without links",
        ),
        pytest.param(
            "scope: prose & ~work\ntokens: [foo, Foo]\n",
            "Foo and *Foo*, foo in “Some of Foo,” and [A Day at Foo](x)\n\n# The Fall of Foo\n\n![The Rise of Foo](x)",
            ["Foo", "Foo", "foo", "Foo"],
            id="all but the titles of works",
        ),
        pytest.param(
            "scope: work\ntokens: [foo, Foo]\n",
            "Foo foo. “Some of Foo,” he said: *A Day at [the Works of Foo](x)*, **in Foo**, ‘Out of Foo’ and “out of Foo”",
            ["Foo", "Foo", "Foo"],
            id="the titles of works",
        ),
        pytest.param("scope: raw\ntokens: [foo]\n", "See `foo` <!-- foo -->", ["foo", "foo"], id="the file as it is"),
        pytest.param(
            "scope: sentence\nnonword: true\nraw: ['^The']\n", "The end. The rest.\n", ["The", "The"], id="sentences"
        ),
        pytest.param("tokens: ['\\Qa b\\E', '(?x) c d']\n", "a b cd", ["a b", "cd"], id="quoted and spaced out"),
        pytest.param(
            "Tokens: [hall]\nIgnoreCase: true\nScope: heading\n", "# A Hall\n\nA hall", ["Hall"], id="keys in capitals"
        ),
    ],
)
def test_a_rule_finds_what_stands_in_its_scope(edlint, write, rule: str, text: str, matches: list[str]) -> None:
    write("House/Rule.yml", f"extends: existence\nmessage: found\n{rule}")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin=text)
    assert [finding["match"] for finding in ran.findings] == matches, ran.err


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("extends: script\nmessage: x\nscript: a.tengo\n", "1: extends: is a program, and edlint runs none"),
        (
            "extends: existence\nmessage: x\ntokens: [a]\nscope: doc(h1 + p)\n",
            "4: scope: unknown scope 'doc(h1 + p)': edlint has no selectors",
        ),
    ],
)
def test_what_other_linters_have_and_edlint_has_not_is_told(edlint, write, rule: str, told: str) -> None:
    write("House/Rule.yml", rule)
    write(".edlint.yml", "styles: [House, Copy]\n")
    ran = edlint("-", stdin="It rained on Ada Bell.\n")
    assert (ran.code, f"House/Rule.yml:{told}" in ran.err) == (3, True), ran.err


def test_a_kind_that_is_not_known_is_told_with_all_that_are(edlint, write) -> None:
    write("House/Rule.yml", "extends: zzz\nmessage: no\n")
    write(".edlint.yml", "styles: [House, Copy]\n")
    ran = edlint("-", stdin="It rained on Ada Bell.\n")
    assert "no kind of rule is named 'zzz': expected one of brackets, calendar, capitalization" in ran.err


def test_an_example_that_cannot_be_read_is_told_by_explain(edlint, write) -> None:
    write("House/Rule.yml", "extends: existence\nmessage: x\ntokens: [a]\n# bad: nothing is marked\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("explain", "House.Rule")
    assert (ran.code, ran.err) == (3, "edlint: House/Rule.yml:4: bad: marks what is to be found with [[…]]\n")
