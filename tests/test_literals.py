"""Required literals never lose a match."""

import pickle
from string import ascii_lowercase

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint import rulebook
from edlint.effort import effort
from edlint.literals import required, tail
from edlint.pattern import Candidates, Finder, Joined, Text, apart, compiled, words
from edlint.rule_keys import make
from edlint.scanner import Scanner

CASES = [
    ("in order to", {"order"}),
    ("[Ss]eperate", {"seperate", "Seperate"}),
    ("colou?r", {"colour", "color"}),
    ("utili[sz]e", {"utilise", "utilize"}),
    ("foo(bar)?", {"foo", "foobar"}),
    ("(?:foo|bars)", {"foo", "bars"}),
    ("(?:foo|)bar", {"foobar", "bar"}),
    (r"\w+-\w+ing\b", {"ing"}),
    (r"[a-z]+[!?]{2}", {f"{letter}{sign}{other}" for letter in ascii_lowercase for sign in "!?" for other in "!?"}),
    (r"a\Kb", set()),
    ("(?r)ab", set()),
    ("(?<!a)foo(?=bar)", {"foo"}),
    (r"\x41bc", {"Abc"}),
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


SCANNED = st.sampled_from(
    [
        *r"ab b c B a|ab ab|a (?:ab|a)(?:c|bc) a?b [ab]c [a-c]{2} c{1,2} a+ \bb \w+c ^b c$ (?i:a)b 1b \S+".split(),
        *r"(?<!a)b b(?!c) c(?=[\s,]) (?:^|\s)a\s \b(a|b)c \d{1,2}[ab] \s[,c]\s [a-c][.,][A-C]".split(),
        *r"(?:[^,]+,)+b (?:\wc)+a [^\s,]+b".split(),
        *r"\w+(?=,),a \w+(?!\w),b \w+$\nc a,^b ,(?<!\w)[bc] \b?[bc]".split(),
        *("a b", "b c ?", "a {2}b"),
    ]
)


@settings(max_examples=1000, deadline=None)
@given(
    st.lists(SCANNED, min_size=1, max_size=4),
    st.lists(st.text("abcABC \n\t,.1²", max_size=12), min_size=1, max_size=3),
    st.booleans(),
    st.booleans(),
)
def test_the_scanner_finds_in_each_text_what_the_whole_expression_finds(
    tokens: list[str], texts: list[str], nonword: bool, ignorecase: bool
) -> None:
    def joined(some) -> str:
        return words(some, nonword=nonword, ignorecase=ignorecase)

    finder = Finder(tokens, joined, bounded=not nonword, ignorecase=ignorecase)
    index = dict(Scanner([finder]).index(Joined.of(texts)).get(id(finder), ()))
    for number, text in enumerate(texts):
        found = [one.span for one in finder.found(text, index.get(number, Candidates()))]
        filled = [match.span() for match in compiled(joined(tokens)).finditer(text)]
        assert [span for span in found if span[0] < span[1]] == [span for span in filled if span[0] < span[1]]


def test_words_that_the_scanner_finds_are_those_that_expressions_find() -> None:
    tokens = ["we", "us", "St. John", "sign up", "C++", "don't", "É", "straße", "x"]
    text = "We sign\nup, US and us; “us” doesn't; x² ẞ STRASSE straße, STRAẞE. St. John us²us é É us_us C++ Don't don't"
    for bounded, ignorecase in ((True, True), (True, False), (False, True), (False, False)):

        def joined(some, bounded=bounded, ignorecase=ignorecase) -> str:
            return words(some, nonword=not bounded, ignorecase=ignorecase)

        plain = [token for token in tokens if token not in ("St. John", "C++")]
        finder = Finder(plain, joined, bounded=bounded, ignorecase=ignorecase)
        index = Scanner([finder]).index(Joined.of(["nothing", text]))
        found = [one for _, candidates in index[id(finder)] for one in finder.found(text, candidates)]
        assert found == list(finder.found(text, Candidates(finder.able(Text.of(text)))))
        assert found


@pytest.mark.parametrize(
    ("token", "text"),
    [
        (r"\w+(?=,), but", "so nice, but"),
        (r"\b?\w+", "really"),
        ("foo bar", "foo\nbar, foo bar"),
        (r"\x08foo", "\x08foo"),
        ("a\x1db", "a\x1db"),
        ("(-){0}-", "a-b"),
    ],
)
def test_an_expression_as_it_stands_is_found_where_it_matches(token: str, text: str) -> None:
    finder = Finder([token], "".join, bounded=False, ignorecase=False, wraps=False)
    index = Scanner([finder]).index(Joined.of(["nothing", text]))
    found = finder.found(text, dict(index.get(id(finder), ())).get(1, Candidates()))
    assert found == finder.found(text, Candidates([0]))
    assert [one.span for one in found] == [match.span() for match in compiled(token).finditer(text)]


@pytest.mark.parametrize(
    ("expression", "short", "usual"),
    [
        (r"\bcolou?r\b", 100_000, 100_000),
        (r"\w+ing\b", 5_000, 1_000_000),
        (r"\w+ \w+ \w+", 50, 400),
        (r"[^,]+, [^,]+,", 400, 400),
        ("(a+)+b", 0, 0),
        ("(?:a|ab)*c", 0, 0),
        ("(a", 0, 0),
        (r"(?R)", 0, 0),
    ],
)
def test_what_a_search_may_take(expression: str, short: int, usual: int) -> None:
    known = effort(expression)
    assert known.any_text >= short
    assert known.usual_text >= usual
    assert known.placed >= known.usual_text
    assert usual or known == (0, 0, 0)


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (r"(?:[^,]+,){1,}\s\w+\s(?:and|or)", r",\s\w+\s(?:and|or)"),
        (r"(?:\b[A-Z][a-z]+ )+\(", r" \("),
        ("(?:ab)+", "ab"),
        ("(?:a|b)+c", None),
        ("(ab+)+c", None),
        ("(?:a,)*b", None),
        (r"(a)+\1", None),
        ("abc", None),
    ],
)
def test_the_end_of_what_comes_many_times(expression: str, found: str | None) -> None:
    assert tail(expression) == found


def test_groups_are_counted_for_each_token_or_on() -> None:
    assert apart(["(a)b", r"(.)\1{3}", r"(.)\3{3,}", r"[(](x)\1", r"\9"]) == (
        "(a)b", r"(.)\1{3}", r"(.)\1{3,}", r"[(](x)\1", r"\9"
    )  # fmt: skip


def test_only_tokens_that_can_match_are_compiled() -> None:
    finder = Finder([f"word{number}" for number in range(100)], words, bounded=True, ignorecase=False)
    for text, able in (("nothing of the kind", []), ("a word7 and word70s", [7]), ("then word9", [9])):
        assert finder.able(Text.of(text)) == able
        assert [found.groups[0] for found in finder.found(text, Candidates(able))] == [
            f"word{number}" for number in able
        ]
    assert finder.compiled_count == 2


def test_a_finder_that_was_kept_finds_the_same_and_has_less_to_do() -> None:
    finder = Finder(["words? here", "other words", r"\w+ly"], words, bounded=True, ignorecase=True)
    text = "Other words\nhere, really: WORD HERE"
    index = Scanner([finder]).index(Joined.of([text]))
    found = finder.found(text, index[id(finder)][0][1])
    kept = pickle.loads(pickle.dumps(finder))
    assert (kept.sought, kept.compiled_count) == (finder.sought, 1)
    assert kept.found(text, Scanner([kept]).index(Joined.of([text]))[id(kept)][0][1]) == found
    assert [one.groups[0] for one in found] == ["Other words", "really", "WORD HERE"]
