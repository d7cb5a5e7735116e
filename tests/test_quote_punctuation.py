"""Punctuation beside closing quotation marks, by house."""

import pytest

AMERICAN, EITHER = "Newswire.CommaOutsideQuotes", "Copy.PunctuationAtQuotes"
LOGICAL = """
extends: quote-punctuation
style: logical
message: "write %s, not %s"
attributing: [said, says, that]
abbreviations: [Inc]
"""


@pytest.fixture
def found(edlint, write):
    """What one rule finds in a text."""
    write("house/House/Inside.yml", LOGICAL)
    write(".edlint.yml", "styles: [Copy, Newswire, house/House]\n")

    def run(rule: str, text: str) -> list[str]:
        ran = edlint("--select", rule, "--format", "json", "-", "--stdin-filename", "x.md", stdin=text)
        assert ran.report["problems"] == []
        return [finding["match"] for finding in ran.findings]

    return run


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(AMERICAN, "“We came,” she said. She called it “new.” He left.", id="american"),
        pytest.param(AMERICAN, "She called it “new”; he “old”: neither “fit”!", id="other marks"),
        pytest.param(AMERICAN, "Open “n-400.pdf”, then “a”, then `“b”, c`.", id="exact strings"),
        pytest.param(
            AMERICAN, 'A 12", a 6". The players’, too. ‘We came’, he wrote.', id="inches, apostrophes, british"
        ),
        pytest.param("House.Inside", "She called it “new”, and he said “We lost.” She left.", id="logical"),
        pytest.param("House.Inside", "“We came,” she said, “and left.” He said that “we lost.”", id="whole sentences"),
        pytest.param("House.Inside", "They sold “acme Inc.” and “the lot … all of it.”", id="stops of their own"),
        pytest.param(EITHER, "“We came,” she said. “We left”, he said. She called it “new”.", id="either"),
        pytest.param(
            EITHER, "“The Gray Mill” said much. “What?” she said. The “new and better mill” said so.", id="no speech"
        ),
    ],
)
def test_what_the_house_writes_stays_silent(found, rule: str, text: str) -> None:
    assert found(rule, text) == []


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        pytest.param(AMERICAN, "She called it “new”, he “old”.", ["”,", "”."], id="american"),
        pytest.param(AMERICAN, "“He called it ‘new’.”", ["’."], id="within speech"),
        pytest.param(AMERICAN, "See [“the new mill”](x.html), and leave.", [","], id="markup between"),
        pytest.param("House.Inside", "She called it “new,” and he called it “old.”", [",”", ".”"], id="logical"),
        pytest.param(EITHER, "“We came,”, she said, “and left.”.", [",”,", ".”."], id="doubled"),
        pytest.param(
            EITHER, "“We came, and we left” she said. “We won the game” said Ada Bell.", ["”", "”"], id="no comma"
        ),
    ],
)
def test_what_the_house_does_not_write_is_found(found, rule: str, text: str, expected: list[str]) -> None:
    assert found(rule, text) == expected


def test_it_is_of_a_kind_of_its_own_and_offers_no_safe_fix(edlint) -> None:
    ran = edlint("--select", AMERICAN, "--format", "json", "-", stdin="She called it “new”, he says.\n")
    (finding,) = ran.findings
    assert finding["kind"] == "quote-punctuation"
    assert finding["message"] == "write ,”, not ”,"
    assert [(fix["message"], fix["safe"]) for fix in finding["fixes"]] == [("write ,”", False)]


def test_a_wrong_style_is_a_broken_rule(edlint, write) -> None:
    write("house/House/Inside.yml", "extends: quote-punctuation\nstyle: french\nmessage: m\n")
    write(".edlint.yml", "styles: [house/House]\n")
    ran = edlint("-", stdin="Rain.\n")
    assert ran.code == 3
    assert "style" in ran.err
    assert "american" in ran.err
