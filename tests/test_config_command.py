"""`edlint config`: what holds for an article, and which line of which file says so."""

import pytest

HOUSE = "extends: existence\nmessage: avoid '%s'\nlevel: suggestion\ntokens: [utilize]\n"
BASE = "styles: [Copy, Newswire]\nrules:\n  Newswire.*: suggestion\n  Newswire.DateFormat:\n    format: d MMMM yyyy\n"
OWN = """\
extends: shared/base.yml
styles: [Copy, Newswire, style/House]
exclude: ["archive/**"]
rules:
  Copy.DoubledWords: off
paths:
  "opinion/**":
    Copy.UnbalancedQuotes: warning
    Newswire.DateFormat: on
require-reasons: true
"""


@pytest.fixture
def decided(edlint, write):
    """What `edlint config` says: everything after its name, by name, with single spaces."""
    write("shared/base.yml", BASE)
    write("style/House/Plain.yml", HOUSE)
    write(".edlint.yml", OWN)

    def ask(*args: str, code: int = 0) -> dict[str, str]:
        ran = edlint("config", *args)
        assert ran.code == code, ran.err
        lines = (line.split(maxsplit=1) for line in ran.out.splitlines() if line)
        return {name: " ".join(rest.split()) for name, rest in lines}

    return ask


def test_a_rule_is_as_its_file_says_where_nobody_speaks_of_it(decided) -> None:
    found = decided("draft.md")
    assert found["Copy.UnbalancedQuotes"] == "error the rule's own level"
    assert found["House.Plain"] == "suggestion style/House/Plain.yml:3 the rule's own level"
    assert found["Newswire.SerialComma"].startswith("suggestion shared/base.yml:3")


def test_the_line_that_decided_is_named(decided) -> None:
    found = decided("draft.md")
    assert found["Copy.DoubledWords"] == "off .edlint.yml:5 rules: Copy.DoubledWords"
    assert found["Newswire.TimeOfDay"] == "suggestion shared/base.yml:3 rules: Newswire.*"
    assert found["Newswire.DateFormat"] == "suggestion shared/base.yml:3 rules: Newswire.*; format: shared/base.yml:5"
    assert found["Edlint.SuppressionWithoutReason"].endswith(".edlint.yml:10 require-reasons")


def test_paths_decide_for_their_files_alone(decided) -> None:
    assert decided("draft.md")["Copy.UnbalancedQuotes"].startswith("error")
    found = decided("opinion/draft.md")
    assert found["Copy.UnbalancedQuotes"] == "warning .edlint.yml:8 paths: opinion/**: Copy.UnbalancedQuotes"
    assert found["Newswire.DateFormat"].startswith("warning .edlint.yml:9 paths: opinion/**: Newswire.DateFormat;")


def test_a_rule_of_a_style_that_the_house_does_not_name_is_off(decided) -> None:
    assert decided("draft.md")["Facts.WeekdayMismatch"] == "off .edlint.yml:2 its style is not among the styles"


def test_the_files_and_what_holds_for_all_rules_are_named(decided) -> None:
    found = decided("draft.md")
    assert found["configuration:"] == ".edlint.yml"
    assert found["builds"] == "on: shared/base.yml, the built-in default .edlint.yml:1"
    assert found["styles:"] == "Copy, Newswire, style/House .edlint.yml:2"
    assert found["exclude:"] == "none matches, so it is checked .edlint.yml:3"
    assert found["fail-on:"] == "warning by default"
    assert decided("archive/old.md")["exclude:"] == "left out by archive/** .edlint.yml:3"


def test_it_agrees_with_a_run(decided, edlint, write) -> None:
    write("opinion/draft.md", "“We utilize the the hall, she said on January 18th, 2020.\n")
    ran = edlint("--format", "json", "opinion")
    found = decided("opinion/draft.md")
    assert len(ran.findings) > 2
    assert {f["rule"]: f["severity"] for f in ran.findings} == {
        f["rule"]: found[f["rule"]].split()[0] for f in ran.findings
    }
    assert "Copy.DoubledWords" not in {f["rule"] for f in ran.findings}


def test_without_a_file_it_is_the_default(edlint) -> None:
    out = edlint("config").out
    assert "no .edlint.yml in its folder or above" in out
    assert "Copy.UnbalancedQuotes" in out


def test_a_folder_stands_for_an_article_in_it(decided, write) -> None:
    write("opinion/other.md", "Rain.\n")
    assert decided("opinion") == decided("opinion/draft.md")


def test_a_file_named_by_option_holds(decided) -> None:
    found = decided("--config", "shared/base.yml", "opinion/draft.md")
    assert found["configuration:"] == "shared/base.yml"
    assert found["Copy.DoubledWords"] == "error the rule's own level"


def test_a_broken_rule_is_called_so(decided, write) -> None:
    write("style/House/Plain.yml", HOUSE + "tokns: [a]\n")
    found = decided("draft.md", code=3)
    assert found["House.Plain"] == "broken style/House/Plain.yml:5 unknown key 'tokns': did you mean 'tokens'?"


def test_a_wrong_configuration_is_one_line(edlint, write) -> None:
    write(".edlint.yml", "styles: [Copyy]\n")
    ran = edlint("config")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
