"""`edlint test` runs the examples in rules' comments, the cases under `tests`, and those in *.test.yml."""

import os
import re
from pathlib import Path

import pytest

from conftest import ROOT
from edlint.examples import Keys, cases, marked
from edlint.schema import descriptions
from edlint.settings import Entry, compose

PLAIN = "extends: existence\nmessage: avoid '%s'\ntokens: [utilize]\n"
HOUSE = "styles: [House]\n"
FINDS = "- name: finds it\n  input: We utilize it.\n  want: \"1:4:House.Plain:avoid 'utilize'\"\n"


def test_examples_in_comments_are_run_against_their_rule_alone(edlint, write) -> None:
    write("House/Plain.yml", PLAIN + "# ok: We use it.\n# bad: We [[utilize]] it.\n")
    write("House/Broad.yml", "extends: existence\nmessage: no\ntokens: ['\\w+']\n# bad: '[[We]]'\n")
    ran = edlint("test", "House")
    assert (ran.code, ran.out) == (0, "3 examples: 3 passed, 0 failed\n")


def test_an_example_that_fails_shows_what_was_wanted_and_what_came(edlint, write) -> None:
    write("House/Bad.yml", PLAIN + "# ok: We utilize it.\n# bad: |\n#   We [[use]] it.\n#\n#   And so on.\n")
    write(
        "House/Fix.yml",
        "extends: substitution\nmessage: no\nsafe: true\nswap: {utilize: use}\n# bad: We [[utilize]] it.\n# fix: We used it.\n",
    )
    ran = edlint("test", "House")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"{Path('House/Bad.yml')}:4: House.Bad: found something else",
        "    - We utilize it.",
        "    + We [[utilize]] it.",
        f"{Path('House/Bad.yml')}:5: House.Bad: found something else",
        "    - We [[use]] it.",
        "    + We use it.",
        f"{Path('House/Fix.yml')}:5: House.Fix: fixed to something else",
        "    - We used it.",
        "    + We use it.",
        "3 examples: 0 passed, 3 failed",
    ]


def test_a_case_beside_a_rule_sees_that_rule_alone_whatever_the_house_says(edlint, write) -> None:
    cases = "tests:\n" + "".join(f"  {line}\n" for line in FINDS.splitlines())
    write("House/Plain.yml", PLAIN + cases)
    write("House/Other.yml", "extends: existence\nmessage: no\ntokens: [We]\n")
    write(".edlint.yml", "styles: [House]\nrules: {House.Plain: off}\nterms: terms.yml\n")
    write("terms.yml", "words: [utilize]\n")
    assert edlint("test").out == "1 example: 1 passed, 0 failed\n"
    write("draft.md", "We utilize it.\n")
    assert "House.Plain" not in edlint("--no-excerpt", "draft.md").out


def test_a_file_of_cases_runs_with_the_configuration(edlint, write) -> None:
    write("House/Plain.yml", PLAIN)
    write("House/Plain.test.yml", FINDS)
    write(".edlint.yml", HOUSE)
    assert edlint("test").code == 0
    write(".edlint.yml", HOUSE + "rules: {House.Plain: off}\n")
    ran = edlint("test")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"{Path('House/Plain.test.yml')}:1: finds it: found something else",
        "    - 1:4:House.Plain:avoid 'utilize'",
        "1 example: 0 passed, 1 failed",
    ]
    write("other.yml", HOUSE)
    assert edlint("test", "--config", "other.yml").code == 0


def test_a_file_of_cases_is_no_rule(edlint, write) -> None:
    write("House/Plain.yml", PLAIN)
    write("House/Plain.test.yml", FINDS)
    write(".edlint.yml", HOUSE)
    ran = edlint("--format", "json", "-", stdin="We utilize it.\n")
    assert [finding["rule"] for finding in ran.findings] == ["House.Plain"]
    assert ran.err == ""


def test_a_case_may_name_a_rule_to_run_alone(edlint, write) -> None:
    write("style/House/Plain.yml", PLAIN)
    write("tests/plain.test.yml", FINDS.replace("input", "rule: ../style/House/Plain.yml\n  input"))
    assert edlint("test", "tests").out == "1 example: 1 passed, 0 failed\n"


def test_cases_follow_the_least_severity_of_vales_configuration(edlint, write) -> None:
    write("styles/House/Plain.yml", PLAIN + "level: suggestion\n")
    write("all.test.yml", "- {name: silent, input: We utilize it., want: ''}\n")
    write(".vale.ini", "StylesPath = styles\nMinAlertLevel = warning\n[*.md]\nBasedOnStyles = House\n")
    assert edlint("test").code == 0
    write(".vale.ini", "StylesPath = styles\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = House\n")
    assert edlint("test").code == 1


SAYS = [
    pytest.param("want: ['1:9:House.Plain:x', \"1:4:House.Plain:avoid 'utilize'\"]", ["- 1:9:House.Plain:x"], id="want"),
    pytest.param("want:", ["+ 1:4:House.Plain:avoid 'utilize'"], id="want nothing"),
    pytest.param("contains: House.Plain", [], id="contains"),
    pytest.param("contains: [House.Plain, '1:5:']", ["- 1:5:", "+ 1:4:House.Plain:avoid 'utilize'"], id="contains a list"),
    pytest.param("absent: [House.Other]", [], id="absent"),
    pytest.param("absent: 'avoid'", ["+ 1:4:House.Plain:avoid 'utilize'"], id="absent and there"),
    pytest.param("contains: House\n  absent: House", ["+ 1:4:House.Plain:avoid 'utilize'"], id="both"),
    pytest.param("format: .txt\n  contains: Plain", [], id="another format"),
]  # fmt: skip


@pytest.mark.parametrize(("says", "told"), SAYS)
def test_a_case_says_what_is_to_be_found(edlint, write, says: str, told: list[str]) -> None:
    write("House/Plain.yml", PLAIN + f"tests:\n- name: a case\n  input: We utilize it.\n  {says}\n")
    ran = edlint("test", "House/Plain.yml")
    assert ran.code == bool(told)
    assert [line.strip() for line in ran.out.splitlines() if line.startswith("    ")] == told


def test_coverage_names_the_rules_that_fire_in_no_example(edlint, write) -> None:
    write("House/Plain.yml", PLAIN)
    write("House/Silent.yml", "extends: existence\nmessage: no\ntokens: [nowhere]\n# ok: Here.\n")
    write("House/Off.yml", "extends: existence\nmessage: no\nenabled: false\ntokens: [off]\n# bad: It is [[off]].\n")
    write("House/Plain.test.yml", FINDS)
    write(".edlint.yml", HOUSE)
    assert edlint("test").code == 0
    ran = edlint("test", "--coverage")
    assert ran.code == 1
    assert ran.out == "House.Silent: fires in no example\n3 examples: 3 passed, 0 failed, 1 rule never fired\n"
    assert edlint("test", "--coverage", "House/Off.yml").code == 0


BROKEN = [
    pytest.param("Bad.yml", "extends: existence\nmessage: no\ntests:\n- input: Note: this\n",
                 "Bad.yml:4: not YAML: mapping values are not allowed in this context", id="no YAML"),
    pytest.param("Bad.yml", "extends: existense\nmessage: no\ntests: [{name: a, input: b, want: ''}]\n",
                 "Bad.yml:1: extends: no kind of rule is named 'existense'", id="a broken rule"),
    pytest.param("Bad.yml", PLAIN + "tests: none\n", "Bad.yml:4: tests: expected a list of cases, got 'none'", id="no list"),
    pytest.param("Bad.yml", PLAIN + "# bad: nothing marked\n", "Bad.yml:4: bad: marks what is to be found with [[…]]", id="no mark"),
    pytest.param("Bad.test.yml", "- input: a\n  want: ''\n", "Bad.test.yml:1: name: missing", id="no name"),
    pytest.param("Bad.test.yml", "- name: a\n  input: b\n",
                 "Bad.test.yml:1: says nothing of what is to be found: expected want, contains or absent", id="says nothing"),
    pytest.param("Bad.test.yml", "- name: a\n  input: b\n  wants: ''\n", "Bad.test.yml:3: unknown key 'wants': did you mean 'want'?", id="a key"),
    pytest.param("Bad.test.yml", "- name: a\n  input: b\n  want: ''\n  rule: No.yml\n",
                 "Bad.test.yml:1: rule: no such file: 'No.yml'", id="no such rule"),
    pytest.param("Bad.test.yml", "- name: a\n  input: b\n  want: ''\n  format: docx\n", "Bad.test.yml:1: format: no reader for 'docx'", id="format"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "told"), BROKEN)
def test_what_is_broken_fails_alone(edlint, write, name: str, text: str, told: str) -> None:
    write("House/Plain.yml", PLAIN + "# bad: We [[utilize]] it.\n")
    write(f"House/{name}", text)
    ran = edlint("test", "House")
    assert ran.code == 3
    assert "1 passed, 0 failed" in ran.out
    assert f"edlint: {Path('House', told.partition(':')[0])}:{told.partition(':')[2]}" in ran.err


def test_yaml_of_other_programs_is_passed_by(edlint, write) -> None:
    write("House/Plain.yml", PLAIN + "# bad: We [[utilize]] it.\n")
    write(".eslintrc.yml", "extends: recommended\nrules:\n  bad: [\n")
    write("compose.test.yml", "services: {web: [\n")
    write("node_modules/Other/Bad.yml", "extends: existence\nmessage: no\n")
    ran = edlint("test")
    assert (ran.code, ran.out, ran.err) == (0, "1 example: 1 passed, 0 failed\n", "")


def test_nothing_to_test_is_a_mistake(edlint, write) -> None:
    write("House/Plain.yml", PLAIN)
    ran = edlint("test", "House")
    assert ran.code == 2
    assert ran.err.startswith("edlint: nothing to test in House: ")
    wrong = edlint("test", "Copy.UnbalancedQuote")
    assert wrong.code == 2
    assert "did you mean 'Copy.UnbalancedQuotes'?" in wrong.err


def test_rules_are_tested_by_name_too(edlint) -> None:
    ran = edlint("test", "Copy.DoubledWords", "Copy.Dec*")
    assert ran.code == 0
    assert ran.out.endswith(" passed, 0 failed\n")


def test_marks_come_back_where_they_were() -> None:
    assert marked("abcdef", [(0, 2), (2, 4), (5, 5)]) == "[[ab]][[cd]]e[[]]f"
    assert marked("abcdef", [(0, 4), (1, 2)]) == "[[a[[b]]cd]]ef"


def test_a_case_with_nothing_wanted_is_silent() -> None:
    node = compose("- {name: a, input: b, want: ''}\n- {name: a, input: b, absent: c}\n", "x.test.yml")
    found, problems = cases(Entry("x.test.yml", "", node))
    assert [example.is_silent for example in found] == [True, False]
    assert problems == []


def test_the_page_shows_cases_that_pass_and_says_what_their_keys_are(edlint, write) -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    shown = [
        re.sub("^    ", "", block, flags=re.MULTILINE)
        for block in re.findall(r"(?:^    .*\n|^\n(?=    ))+", page, re.MULTILINE)
    ]
    rule, beside, alone = (
        next(block.strip() + "\n" for block in shown if block.strip().startswith(first))
        for first in ("# style/House/Utilize.yml", "tests:", "# style/House/words.test.yml")
    )
    write("style/House/Utilize.yml", rule + beside)
    write("style/House/words.test.yml", alone)
    write(".edlint.yml", "styles: [style/House]\n")
    assert edlint("test", "--coverage").out == "6 examples: 6 passed, 0 failed\n"
    write("style/House/Utilize.yml", (rule + beside).replace("utilizes: uses", "utilises: uses"))
    failed = next(block for block in shown if "found something else" in block)
    assert edlint("test").out == failed.strip().replace("style/House/", f"{Path('style/House')}{os.sep}") + "\n"
    told = dict(re.findall(r"^\| `([\w-]+)` \| ([^|]+) \|", page.partition("## Examples")[2], re.MULTILINE))
    assert told == descriptions(Keys.__doc__)
