"""Required literals never lose a match."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint import rulebook
from edlint.literals import required
from edlint.pattern import Candidates, Finder, Text, compiled, words
from edlint.rule_keys import make

CASES = [
    ("in order to", {"order"}),
    ("[Ss]eperate", {"eperate"}),
    ("colou?r", {"colo"}),
    ("utili[sz]e[sd]?", {"utili"}),
    ("foo(bar)?", {"foo"}),
    ("(?:foo|bars)", {"foo", "bars"}),
    ("(?:foo|)bar", {"bar"}),
    ("(?<!a)foo(?=bar)", {"foo"}),
    (r"\x41bc", {"bc"}),
    (r"\$1,000", {"$1,000"}),
    (r"\p{Lu}foo", {"foo"}),
    (r"(?P<w>\w+) (?P=w)", set()),
    ("a|", set()),
    ("a*", set()),
    ("(a", set()),
    ("[a", set()),
]


@pytest.mark.parametrize(("expression", "literals"), CASES, ids=[case[0] for case in CASES])
def test_the_literals_of_an_expression(expression: str, literals: set[str]) -> None:
    assert required(expression) == literals


ATOMS = st.sampled_from(
    [
        "ab",
        "c",
        ".",
        "[de]",
        "[^a]",
        r"\w",
        r"\.",
        "(?:f|gh)",
        "(i)?",
        "(?=a)",
        "j+",
        "k{2}",
        "l{0,2}",
        "m?",
        " ",
        "|",
        "ß",
        "É",
    ]
)
EXPRESSIONS = st.lists(ATOMS, min_size=1, max_size=6).map("".join)
TEXTS = st.text(alphabet="abcdefghijklmß Éé.S", max_size=30)


@settings(max_examples=600, deadline=None)
@given(EXPRESSIONS, TEXTS, st.booleans())
def test_whatever_matches_holds_a_required_literal(expression: str, text: str, fold: bool) -> None:
    found = regex.search(expression, text, (regex.IGNORECASE if fold else 0) | regex.V1)
    literals = required(expression)
    if found and literals:
        seen = found.group().casefold() if fold else found.group()
        assert any((literal.casefold() if fold else literal) in seen for literal in literals)


RULES = [rule for file in rulebook.read(rulebook.paths_below(rulebook.built_in()))[0] if (rule := make(file)[0])]
LISTS = [rule for rule in RULES if rule.kind in ("existence", "substitution")]


@pytest.mark.parametrize("rule", LISTS, ids=lambda rule: rule.name)
def test_a_finder_finds_what_the_whole_expression_finds(rule, shared) -> None:
    options = rule.options
    tokens = getattr(options, "keys", None) or [token for token in options.tokens if token.strip()]
    whole, finder = compiled(options.expression(tokens)), options.finder
    for path in sorted((shared / "data" / "md-18f").glob("*.md"))[::12]:
        text = path.read_text(encoding="utf-8")
        found = [found.span for found in finder.found(text, Candidates(finder.able(Text.of(text))))]
        assert found == [match.span() for match in whole.finditer(text)]


TOKENS = st.sampled_from(["ab", "a", "b.", "abc?", r"\w+c", "(?:a|bc)", "c(?=a)", "a b", "", "b*", "x"])


@given(
    st.lists(TOKENS.filter(bool), min_size=1, max_size=5), st.text("abc x\n", max_size=12), st.booleans(), st.booleans()
)
def test_tokens_apart_match_like_alternatives(tokens: list[str], text: str, nonword: bool, ignorecase: bool) -> None:
    def joined(some) -> str:
        return words(some, nonword=nonword, ignorecase=ignorecase)

    finder = Finder(tokens, joined, bounded=not nonword, ignorecase=ignorecase)
    found = [found.span for found in finder.found(text, Candidates(finder.able(Text.of(text))))]
    filled = [match.span() for match in compiled(joined(tokens)).finditer(text)]
    assert [span for span in found if span[0] < span[1]] == [span for span in filled if span[0] < span[1]]


def test_only_tokens_that_can_match_are_compiled() -> None:
    finder = Finder([f"word{number}" for number in range(100)], words, bounded=True, ignorecase=False)
    for text, able in (("nothing of the kind", []), ("a word7 and word70s", [7]), ("then word9", [9])):
        assert finder.able(Text.of(text)) == able
        assert [found.groups[0] for found in finder.found(text, Candidates(able))] == [f"word{number}" for number in able]
    assert finder.compiled_count == 2
