"""Sequence: words in a row, told by form and part of speech, sentence by sentence."""

import subprocess
import sys

import pytest

from edlint import Linter, rulebook
from edlint.analysis.language import Model
from edlint.analysis.tagged import words_of
from edlint.article import Article
from edlint.finding import FileReport
from edlint.readers import plain
from edlint.rule_keys import make
from edlint.text import Source

HEAD = "extends: sequence\nmessage: '%s %[2]s %[4]s'\n"
MODEL = Model()


@pytest.fixture
def made(tmp_path):
    """Makes a rule of its keys beside kind and message; gives it and what is wrong with it."""

    def make_rule(keys: str):
        file = tmp_path / "Row.yml"
        file.write_text(HEAD + keys, encoding="utf-8")
        (read,), _ = rulebook.read([rulebook.RulePath("House.Row", file)])
        return make(read)

    return make_rule


@pytest.fixture
def check(made):
    """Checks a text by one rule."""

    def checked(keys: str, text: str, path: str = "draft.md") -> FileReport:
        rule, problems = made(keys)
        assert problems == []
        report = Linter(pipeline=MODEL).check_with([rule], text, path)
        assert report.problems == ()
        return report

    return checked


def found(report: FileReport) -> list[str]:
    """The words of the source that are marked."""
    return [report.source.text[finding.span.start : finding.span.end] for finding in report.findings]


PASSIVE = "tokens: [{pattern: is|was}, {tag: VBN}]\n"
PLURAL = "ignorecase: true\ntokens: [{pattern: data|metadata}, {tag: VBZ, skip: 4}]\n"
DATA = 'tokens: [{tag: NN}, {pattern: "\'s"}, {pattern: are}]\n'
OF_ALL_TIMES = "tokens: [{tag: JJS, skip: 3}, {pattern: of}, {pattern: all}, {pattern: times}]\n"
PRONOUN = "tokens: [{tag: NN|NNS|NNP|NNPS, skip: 4, min: 2}, {pattern: \\w+, tag: PRP, target: true}]\n"
NOT_AFTER_AND = "ignorecase: true\ntokens: [{tag: CC, negate: true}, {pattern: dogs, target: true}, {pattern: bark}]\n"
NOT_BEFORE = "tokens: [{pattern: stop}, {tag: IN, negate: true}]\n"
FAR = "tokens: [{pattern: the}, {upos: NOUN, skip: 3}, {tag: VBD}]\n"

SILENT = [
    pytest.param(PASSIVE, "The report was good. Generated text was.", id="another part of speech, another sentence"),
    pytest.param(PLURAL, "Metadata for this one two purpose is valid.", id="more words between than may be skipped"),
    pytest.param(DATA, "The API's endpoints are available.", id="a possessive"),
    pytest.param("tokens: [{pattern: your}, {pattern: self}]\n", "Question your self-worth, your selfishness.", id="parts of words"),
    pytest.param(PRONOUN, "The dog barked because it hungered.", id="too few"),
    pytest.param(NOT_AFTER_AND, "Cats meow and dogs bark.", id="the word that must not be there"),
    pytest.param(NOT_BEFORE, "You must stop at the sign.", id="the word that must not follow"),
    pytest.param(FAR, "Near the big dog yesterday morning.", id="nothing after the skipped words"),
    pytest.param("tokens: [{pattern: the}, {skip: 1}, {pattern: cat}]\n", "See the big fat cat.", id="too wide a gap"),
    pytest.param("tokens: [{pattern: that, tag: WDT}]\n", "I know that he left.", id="the word as another part of speech"),
    pytest.param("tokens: [{upos: ADP}, {upos: VERB}]\n", "She wants to go.", id="the other to"),
    pytest.param("exceptions: ['^[^,]+,']\ntokens: [{pattern: dogs}]\n", "Wild dogs bark, cats meow.", id="within an exception"),
    pytest.param(PASSIVE, "---\ntitle: It was generated\n---\n\n![It was generated](a.png)\n\n`It was generated`\n",
                 id="where no sentences are"),
    pytest.param("scope: heading\n" + PASSIVE, "# One\n\nIt was generated.\n", id="outside the scope"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "text"), SILENT)
def test_other_words_are_let_be(check, keys: str, text: str) -> None:
    assert found(check(keys, text)) == []


FOUND = [
    pytest.param(PASSIVE, "The item opens. It was\ngenerated.", ["was\ngenerated"], id="over a line wrap"),
    pytest.param(PASSIVE, "# It was **generated**\n\n- It was generated.\n\n> It was generated.\n\n| a |\n| - |\n| It was generated. |\n",
                 ["was **generated", "was generated", "was generated", "was generated"], id="in every block"),
    pytest.param("scope: paragraph\n" + PASSIVE, "# It was generated\n\nIt was generated.\n", ["was generated"] * 2, id="paragraph"),
    pytest.param("scope: title\n" + PASSIVE, "---\ntitle: It was generated\n---\n\nIt was generated.\n", ["was generated"],
                 id="a field asked for"),
    pytest.param(PLURAL, "Metadata for this purpose is valid. The data is good.", ["Metadata for this purpose is", "data is"],
                 id="skipped words, or none"),
    pytest.param(DATA, "The endpoint’s are available.", ["endpoint’s are"], id="a curly apostrophe"),
    pytest.param("tokens: [{pattern: do}, {pattern: \"n't\"}]\n", "I don’t and don't.", ["don’t", "don't"], id="contractions"),
    pytest.param(OF_ALL_TIMES, "He is the greatest player of all times.", ["greatest player of all times"], id="skipped to the left"),
    pytest.param(PRONOUN, "The dog chased the cat until it tired.", ["it"], id="twice, and a target"),
    pytest.param("tokens: [{tag: JJ, min: 2}, {tag: NN}]\n", "It was a big red dog.", ["big red dog"], id="twice in a row"),
    pytest.param("tokens: [{upos: noun|adj}, {upos: NOUN}]\n", "The default database size.", ["default database", "database size"],
                 id="rows that overlap"),
    pytest.param(NOT_AFTER_AND, "Dogs bark. Some dogs bark.", ["Dogs", "dogs"], id="nothing, or another word before"),
    pytest.param(NOT_BEFORE, "You must stop", ["stop"], id="the end of a sentence for a word that must not follow"),
    pytest.param(NOT_BEFORE, "You must stop now", ["stop now"], id="another word than that"),
    pytest.param("tokens: [{pattern: that, tag: DT}, {pattern: gift, tag: NN, negate: true}]\n", "I like that book.", ["that book"],
                 id="not that word as that part of speech"),
    pytest.param(FAR, "Then the dog house burned.", ["the dog house burned"], id="a farther word where the nearest will not do"),
    pytest.param("tokens: [{pattern: the}, {skip: 2}, {pattern: cat}]\n", "See the big fat cat and the cat.",
                 ["the big fat cat", "the cat"], id="any words between"),
    pytest.param("tokens: [{tag: DT}, {pattern: cat, skip: 1}]\n", "See the big cat.", ["the big cat"], id="words skipped before the first"),
    pytest.param("tokens: [{pattern: \\w+-\\w+, tag: JJ}]\n", "A long-term, 10-year-old plan for a meet-up.", ["long-term"],
                 id="a compound is a word"),
    pytest.param("tokens: [{tag: PRP$}]\n", "He took his dog.", ["his"], id="a tag that holds a sign of expressions"),
    pytest.param("tokens: [{pattern: went}, {tag: TO}]\n", "I went to work.", ["went to"], id="to, whatever it is"),
    pytest.param("exceptions: ['^[^,]+,']\ntokens: [{pattern: dogs}]\n", "After dark, dogs bark.", ["dogs"], id="after an exception"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "text", "words"), FOUND)
def test_words_in_a_row_are_found(check, keys: str, text: str, words: list[str]) -> None:
    assert found(check(keys, text)) == words


ARGS = [
    pytest.param("tokens: [{tag: MD}, {pattern: be}, {tag: JJ}, {tag: VB|VBN}]\n", "would be write", id="all"),
    pytest.param("tokens: [{pattern: It}, {pattern: great, skip: 2, target: true}]\n", "It would great", id="with those skipped"),
    pytest.param("tokens: [{pattern: write}, {pattern: a}, {pattern: poem, negate: true}]\n", "write a", id="with another in its place"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "message"), ARGS)
def test_the_message_gets_the_words_in_order(check, keys: str, message: str) -> None:
    (finding,) = check(keys, "It would be great write a story.").findings
    assert finding.message.strip() == message


WRONG = [
    pytest.param("tokens: []", "Row.yml:3: tokens: expected a token with a pattern or a tag that is not negated", id="none"),
    pytest.param("tokens: [{pattern: a, negate: true}]", "expected a token with a pattern or a tag that is not negated", id="all negated"),
    pytest.param("tokens: [a]", "Row.yml:3: tokens: expected keys and values, got 'a'", id="a word for keys"),
    pytest.param("tokens:\n- pattern: a\n- tags: NN", "Row.yml:5: unknown key 'tags': did you mean 'tag'?", id="an unknown key"),
    pytest.param("tokens: [{pattern: a}, {skip: many}]", "skip: expected a whole number, got 'many'", id="no number"),
    pytest.param("tokens: [{pattern: a}, {negate: true}]", "expected pattern, tag or upos in each token", id="nothing to look for"),
    pytest.param("tokens: [{pattern: a, skip: -1}]", "expected 0 or more words to skip, got '-1'", id="fewer than none"),
    pytest.param("tokens: [{tag: NN, upos: NOUN}]", "expected tag or upos, not both in one token", id="two kinds of tags"),
    pytest.param("tokens: [{upos: NOUN|NOWN}]", "no universal part of speech is 'NOWN'", id="no part of speech"),
    pytest.param("tokens: [{pattern: a(}]", "not a regular expression: 'a('", id="a pattern"),
    pytest.param("tokens: [{tag: 'NN('}]", "not a regular expression: 'NN('", id="a tag"),
    pytest.param("tokens: [{pattern: a}]\nexceptions: ['a(']", "Row.yml:4: exceptions: not a regular expression", id="an exception"),
]  # fmt: skip


@pytest.mark.parametrize(("keys", "told"), WRONG)
def test_a_broken_rule_is_told(made, keys: str, told: str) -> None:
    rule, problems = made(keys)
    assert rule is None
    assert [told in str(problem) for problem in problems] == [True]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It is good.", id="no word"),
        pytest.param("The reports.", id="part of a word that is no literal of it"),
    ],
)
def test_spacy_is_not_imported_where_a_word_is_missing(tmp_path, text: str) -> None:
    (tmp_path / "House").mkdir()
    (tmp_path / "House" / "Row.yml").write_text(HEAD + "tokens: [{tag: NN}, {pattern: using|by}]\n", encoding="utf-8")
    program = (
        "import sys; from pathlib import Path; from edlint import Linter, rulebook; from edlint.rule_keys import make\n"
        "(read,), _ = rulebook.read(rulebook.paths(Path('House')))\n"
        f"Linter().check_with([make(read)[0]], {text!r})\n"
        "sys.exit('spacy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False, cwd=tmp_path).returncode == 0


WORDS = [
    pytest.param("She wants to go to the U.S. by car.", "She|wants|to|go|to|the|U.S.|by|car|.", id="plain words"),
    pytest.param("re-use 10-year-old mid‑June and/or input/output", "re-use|10-year-old|mid‑June|and/or|input/output", id="compounds"),
    pytest.param("at 10am, 5kg, 3/4 of $40", "at|10am|,|5kg|,|3/4|of|$|40", id="numbers"),
    pytest.param("cannot, can't, don’t, gonna, dont", "can|not|,|ca|n't|,|do|n’t|,|gon|na|,|dont", id="contractions"),
    pytest.param("short- and long-term - or—so", "short-|and|long-term|-|or|—|so", id="dashes and loose hyphens"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_words_are_cut_as_the_treebank_cuts_them(text: str, words: str) -> None:
    document = plain.read(Source(text))
    (found,) = words_of(Article(document, "draft.txt", MODEL), document.blocks)
    assert "|".join(word.text for word in found) == words
    assert [text[word.span.start : word.span.end] for word in found] == [word.text for word in found]


def test_many_windows_are_no_trouble(check) -> None:
    keys = "tokens: [{tag: NN, skip: 20, min: 20}, {pattern: end}]\n"
    assert found(check(keys, "dog " * 15 + "the " * 60 + "end")) == []
