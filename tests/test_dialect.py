r"""Expressions in the notation that published rules are written in."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edlint.dialect import is_sound
from edlint.literals import required
from edlint.pattern import compiled

CASES = [
    pytest.param(r"(?'w'\w+) \k<w>", "the the hall", ["the the"], id="named groups and references"),
    pytest.param(r"(?<q>['\"])\w+\k'q'", "'a\" 'b'", ["'b'"], id="references in single marks"),
    pytest.param(r"(?n)(a)(?<x>b)\k<x>", "abb aab", ["abb"], id="groups that capture nothing"),
    pytest.param("[a-z-[aeiou]]+", "hall", ["h", "ll"], id="a class without another"),
    pytest.param("[^a-z-[ !]]+", "ab C! d9", ["C", "9"], id="a denied class without another"),
    pytest.param("[[(]x[]]", "[x] (x]", ["[x]", "(x]"], id="an opening bracket in a class"),
    pytest.param("[a&&b]+", "a&b", ["a&b"], id="a doubled sign in a class"),
    pytest.param(r"a{b}\{\d{2}", "a{b}{12", ["a{b}{12"], id="a brace that counts nothing"),
    pytest.param(r"\x{2014}|\cA", "a — b\x01", ["—", "\x01"], id="characters by their codes"),
    pytest.param(r"b\z|a$", "b a", ["a"], id="the end of the text"),
    pytest.param(r"\Qa.b\E.", "a.b! axb!", ["a.b!"], id="words as they stand"),
    pytest.param("(?i)the (?-i)Hall", "THE Hall the hall", ["THE Hall"], id="flags in mid-pattern"),
    pytest.param("a|ab", "ab", ["a"], id="the first alternative wins"),
    pytest.param(r"[\w-]+(?=\.)|[—–-]", "a-b. –", ["a-b", "–"], id="what both write alike"),
]


@pytest.mark.parametrize(("expression", "text", "matches"), CASES)
def test_an_expression_means_what_its_writer_meant(expression: str, text: str, matches: list[str]) -> None:
    assert [match.group() for match in compiled(expression).finditer(text)] == matches


@pytest.mark.parametrize(("expression", "text", "matches"), CASES)
def test_a_rule_finds_it_too(edlint, write, expression: str, text: str, matches: list[str]) -> None:
    token = expression.replace("'", "''")
    write("House/Rule.yml", f"extends: existence\nmessage: found\nscope: raw\nnonword: true\ntokens: ['{token}']\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("--format", "json", "-", stdin=text)
    assert [finding["match"] for finding in ran.findings] == matches


@pytest.mark.parametrize("expression", ["[a-z", "(?<x", "(?'x", "a)", r"\k<none>", "(", "[a-[b", "*a"])
def test_a_wrong_one_is_told(edlint, write, expression: str) -> None:
    token = expression.replace("'", "''")
    write("House/Rule.yml", f"extends: existence\nmessage: found\ntokens: ['{token}']\n")
    write(".edlint.yml", "styles: [House]\n")
    ran = edlint("-", stdin="words")
    assert (ran.code, "not a regular expression" in ran.err) == (3, True)
    assert required(expression) == set() or expression in ("a)", "*a")


PARTS = st.sampled_from(
    [
        *"a b ( ) (?: (?= (?! (?<= (?<! | * + ? {2} {1,2} {2,1} {,2} {3,} [ab] [a-z] [^a-z] [-a] [a-] [z-a] [a-b-c]".split(),
        *r"[\w-] [\w-z] [a-\d] [] [^] [a&&b] [*+()] \b \B ^ $ \d \s \. . (?i) (?m) (?s) { } [ ] \ - && (? < \1 ~ # =".split(),
        " ",
    ]
)


@settings(max_examples=1000, deadline=None)
@given(st.lists(PARTS, min_size=1, max_size=7).map("".join))
@example("(?=a)*")
@example("a**")
@example("a{2,1}")
@example("[a-z-9]")
def test_what_looks_sound_can_be_compiled(expression: str) -> None:
    if is_sound(expression):
        compiled(expression)


def test_what_rules_are_mostly_made_of_looks_sound() -> None:
    usual = ["colou?r", r"\b(?:eg|e\.g\.)[\s,]", "(?:[^,]+,){1,}", r"\d{1,2} ?[ap]m", "(?<!a)b+?", "(?i)x", "[A-Z0-9-]"]
    assert [one for one in usual if not is_sound(one)] == []
    assert [one for one in ("(", "a)", "a**", "[z-a]", "a{2,1}", r"\1", "(?<n>a)") if is_sound(one)] == []
