"""Terms: words that are right as they stand, and names in forms that the house accepts."""

import pytest

RULE = "extends: existence\nmessage: avoid '%s'\nignorecase: true\ntokens: [utilize, hall, covid]\n"
CASES = [
    pytest.param("words: [Utilize Press]", "Utilize Press, utilize", ["utilize"], id="a phrase"),
    pytest.param("words: [utilize]", "Utilize. We utilize.", [], id="with a capital where a sentence begins"),
    pytest.param("words: [Utilize]", "Utilize. We utilize. UTILIZE", ["utilize", "UTILIZE"], id="capitals as written"),
    pytest.param("words: [Town Hall]", "the Town\nHall, a hall", ["hall"], id="over a line wrap"),
    pytest.param("words: [Town Hall]", "the *Town* [Hall](x), a hall", ["hall"], id="through markup"),
    pytest.param("words: [Hall's Farm]", "Hall’s Farm, Hall", ["Hall"], id="with a curly apostrophe"),
    pytest.param("words: [hall!]", "the hall! the hall", ["hall"], id="with a sign"),
    pytest.param("words: [Town Hall]", "Town Halls, Uptown Hall, Town Hall’s", ["Hall"], id="whole words"),
    pytest.param("words: [Town]", "the Town hall", ["hall"], id="nothing beside it"),
    pytest.param("patterns: ['Covid-\\d+']", "Covid-19, covid-19, Covid", ["covid", "Covid"], id="a pattern"),
    pytest.param("patterns: ['(?i)covid-\\d+', x]", "Covid-19, covid-19, Covid", ["Covid"], id="a pattern that ignores case"),
    pytest.param("patterns: ['(x)\\1', '(hall) \\1']", "the hall hall, the hall", ["hall"], id="patterns with groups"),
    pytest.param("names: {Town Hall: [the Hall]}", "Town Hall", ["Hall"], id="rules of usage hold in names"),
    pytest.param("words:\nnames:\n", "the hall", ["hall"], id="keys without a value"),
    pytest.param("", "the hall", ["hall"], id="an empty file"),
]  # fmt: skip


@pytest.mark.parametrize(("terms", "text", "matches"), CASES)
def test_nothing_is_found_within_a_word_that_is_right(edlint, write, terms: str, text: str, matches: list[str]) -> None:
    write("House/Plain.yml", RULE)
    write("style/terms.yml", terms)
    write(".edlint.yml", "styles: [House]\nterms: style/terms.yml\n")
    ran = edlint("--format", "json", "--stdin-filename", "draft.md", "-", stdin=text)
    assert [finding["match"] for finding in ran.findings] == matches


def test_they_hold_for_every_kind_that_finds_words(edlint, write) -> None:
    write("terms.yml", "words: [January 6th committee, The The]\n")
    write(".edlint.yml", "terms: terms.yml\n")
    ran = edlint("--format", "json", "-", stdin="The The met the January 6th committee on January 7th.\n")
    assert [finding["match"] for finding in ran.findings] == ["January 7th"]


def test_a_rule_that_counts_counts_them(edlint, write) -> None:
    write("House/Short.yml", "extends: occurrence\nmessage: '%s words'\ntoken: '\\w+'\nmax: 2\n")
    write("terms.yml", "words: [Town Hall]\n")
    write(".edlint.yml", "styles: [House]\nterms: terms.yml\n")
    assert len(edlint("--format", "json", "-", stdin="Town Hall opens.\n").findings) == 1


def test_examples_of_rules_are_run_without_them(edlint, write) -> None:
    write("House/Plain.yml", RULE + "# bad: The [[hall]].\n")
    write("terms.yml", "words: [hall]\n")
    write(".edlint.yml", "styles: [House]\nterms: terms.yml\n")
    assert edlint("test", "House").code == 0


ALIKE = "Robert Moss opened the door. Bob Moss closed it. Robert Moss stayed.\n"
SPELT = "Anna Pellifer said so. “It rained,” Pellfier said. Pellfier left. Pellfier came back.\n"
NAMES = [
    pytest.param("names: {Robert Moss: [Bob Moss]}", ALIKE, [], id="both forms are accepted"),
    pytest.param("names: {Robert Moss: Bob Moss}", ALIKE, [], id="one form is a list of one"),
    pytest.param("words: [Bob Moss]", ALIKE, [], id="the other form is right as it stands"),
    pytest.param("names: {Robert Ross: [Bob Ross]}", ALIKE, ["Bob Moss"], id="another name"),
    pytest.param("names: {Robert Moss: [], Bob Moss: []}", ALIKE, ["Bob Moss"], id="two names"),
    pytest.param("", SPELT, ["Pellifer"], id="the rarer spelling"),
    pytest.param("names: {Anna Pellifer: []}", SPELT, ["Pellfier"], id="the spelling that is not the house's"),
    pytest.param("words: [Pellifer]", SPELT, ["Pellfier"], id="the spelling that is no term"),
    pytest.param("names: {Anna Pellifer: [Pellfier]}", SPELT, [], id="both spellings are accepted"),
]


@pytest.mark.parametrize(("terms", "text", "matches"), NAMES)
def test_names_are_consistent_where_the_house_accepts_their_forms(
    edlint, write, terms: str, text: str, matches: list[str]
) -> None:
    write("terms.yml", terms)
    write(".edlint.yml", "terms: terms.yml\n")
    ran = edlint("--select", "Copy.InconsistentNames", "--format", "json", "-", stdin=text)
    assert [finding["match"] for finding in ran.findings] == matches


def test_several_files_hold_together_and_replace_those_of_a_file_extended(edlint, write) -> None:
    write("House/Plain.yml", RULE)
    write("shared/terms.yml", "words: [Town Hall]\n")
    write("shared/base.yml", "styles: [../House]\nterms: terms.yml\n")
    write("site/terms.yml", "patterns: ['Covid-\\d+']\n")
    text = "Town Hall. Covid-19.\n"
    for terms, matches in (
        ("", ["Covid"]),
        ("terms: terms.yml\n", ["Hall"]),
        ("terms: [../shared/terms.yml, terms.yml]\n", []),
        ("terms: []\n", ["Hall", "Covid"]),
    ):
        write("site/.edlint.yml", f"extends: ../shared/base.yml\n{terms}")
        ran = edlint("--format", "json", "--stdin-filename", "site/draft.md", "-", stdin=text)
        assert [finding["match"] for finding in ran.findings] == matches


def test_many_terms_cost_little(edlint, write) -> None:
    write("terms.yml", "words:\n" + "".join(f"- Vornhall {number}th Regiment\n" for number in range(20_000)))
    write(".edlint.yml", "terms: terms.yml\n")
    ran = edlint(
        "--select", "Newswire.DateFormat", "--format", "json", "-", stdin="The Vornhall 7th Regiment met.\n" * 500
    )
    assert (ran.code, ran.findings) == (0, [])


def test_a_pattern_that_does_not_come_to_an_end_is_told_and_the_rules_run(edlint, write) -> None:
    write("terms.yml", "patterns: ['(?:a|a)+(?:a|b|ab)+(?:aa?)+x(?=y)']\n")
    write(".edlint.yml", "terms: terms.yml\n")
    text = "The fair opened on January 18th, " + "a" * 5000 + " x ax.\n"
    ran = edlint("--select", "Newswire.DateFormat", "--format", "json", "--stdin-filename", "draft.md", "-", stdin=text)
    assert ran.code == 3
    assert (
        ran.err
        == "edlint: terms.yml: looking for terms in draft.md took too long and was stopped: simplify the patterns\n"
    )
    assert len(ran.findings) == 1


WRONG = [
    pytest.param("word: [a]\n", "terms.yml:1: unknown key 'word': did you mean 'words'?", id="a key"),
    pytest.param("words: {a: b}\n", "terms.yml:1: words: expected text, got keys and values", id="no list"),
    pytest.param("words:\n  - a\n  - [b]\n", "terms.yml:3: words: expected text, got a list", id="a list in a list"),
    pytest.param("words:\n  - a\n  - ' '\n", "terms.yml:3: words: expected a word or phrase", id="a blank word"),
    pytest.param("names: [a]\n", "terms.yml:1: names: expected keys and values, got 'a'", id="names that are no names"),
    pytest.param("names:\n  Kyiv: {a: b}\n", "terms.yml:2: Kyiv: expected text, got keys and values", id="a form"),
    pytest.param("patterns:\n  - a\n  - (a\n", "terms.yml:3: patterns: not a regular expression: '(a' (missing ) at position 2)",
                 id="a bad expression"),
    pytest.param("patterns: a*\n", "terms.yml:1: patterns: 'a*' matches no words at all, and so everywhere", id="an empty match"),
    pytest.param("- a\n", "terms.yml:1: expected keys and values, got a list", id="a list"),
    pytest.param("words: [a\n", "terms.yml:2: not YAML: did not find expected ',' or ']'", id="not YAML"),
    pytest.param(None, ".edlint.yml:1: terms: no such file: 'terms.yml' (looked for ", id="a missing file"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_terms_file_is_told_with_file_line_and_key(edlint, write, text: str | None, told: str) -> None:
    write(".edlint.yml", "terms: terms.yml\n")
    if text is not None:
        write("terms.yml", text)
    ran = edlint("--format", "json", "-", stdin="Rain.\n")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"edlint: {told}")
    assert ran.err.count("\n") == 1
