"""Quotation marks: what is right stays silent, whatever it looks like, and each mark without its partner is found."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from edlint import Linter, config
from edlint.analysis.marks import marks
from edlint.analysis.pairing import read
from edlint.analysis.quotations import quotations
from edlint.article import Article
from edlint.finding import FileReport, Finding
from edlint.readers import plain
from edlint.text import Source

RULE = "Copy.UnbalancedQuotes"


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter(select=[RULE])


def report(linter: Linter, text: str, path: str = "draft.md") -> FileReport:
    found = linter.check_text(text, path=path)
    assert not found.problems
    return found


def faults(linter: Linter, text: str, path: str = "draft.md") -> list[tuple[int, str]]:
    """The place and the mark of each finding."""
    return [(f.span.start, text[f.span.start : f.span.end]) for f in report(linter, text, path).findings]


def only(linter: Linter, text: str) -> Finding:
    (finding,) = report(linter, text).findings
    return finding


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("“We won,” he said, “and left.”", id="curly"),
        pytest.param('"We won," he said, "and left."', id="straight"),
        pytest.param("‘We won,’ he said, ‘and “they” left the players’ room.’", id="british"),
        pytest.param("'We won,' he said, 'and the boys' coach left.'", id="british and straight"),
        pytest.param("“He said, ‘Go,’ so I went.” “‘Go’ was all.”", id="nested"),
        pytest.param("He loved the ’90s, ’tis said; rock ’n’ roll, ’em all, the players’ and James’ too.", id="elisions"),
        pytest.param("“Goin’ to th’ ol’ mill, tell ’im,” said Burr, “an’ don’t stop.”", id="dialect"),
        pytest.param("“'Ello,” said Burr, of the 'Burgh.", id="dropped h"),
        pytest.param("‘Iolani Palace stands in Hawai‘i, and ‘Abd al-Rahman came.", id="okina and ayn"),
        pytest.param("A 6'2\" man, a 12\" disc, a 9” pan, 6′ 2″, 40°26′46″.", id="measures"),
        pytest.param('"It is 12" wide," he said.', id="inches in speech"),
        pytest.param('"It closed in 1999" he said, "or 2001."', id="a number at the end of speech"),
        pytest.param("Es hieß „Nein“, « oui » und »ja«.", id="german and french"),
        pytest.param("He typed `\"` and \"`ls`\" and `it's`.", id="code"),
        pytest.param('See [the "old" page](x.html "a title") {{< ref "x" >}} now.', id="link and tag"),
        pytest.param('_"Never,"_ he said. **"Never,"** he said. *“Never”*—he said.', id="emphasis"),
        pytest.param("He wrote &ldquo;no&rdquo; and &quot;yes&quot;.", id="entities"),
        pytest.param("“We opened.\n\n“We closed.\n\n“We left,” he said.", id="opened anew"),
        pytest.param("‘We opened.\n\n‘We closed,’ he said. ‘Then we left.’", id="opened anew in a british paper"),
        pytest.param("“He said, ‘Go.\n\n“‘Go now.’ So I went.”", id="nested and opened anew"),
        pytest.param("He said that “we want:\n\n- light,\n- air,\n- peace.”\n\nNobody spoke.", id="list inside"),
        pytest.param("“We opened in May.\n\nWe closed in June,” he said.", id="not opened anew but closed"),
        pytest.param("> “We opened.\n>\n> “We closed.”\n\nNobody spoke.", id="block quote"),
        pytest.param('---\ntitle: A mill\nsummary: He said, “We opened in\n---\n\nHe said, “We opened in May.”', id="cut"),
        pytest.param('“We call it the “new” mill,” he said.', id="nested alike"),
        pytest.param('Key="value" and a "pre-"fix.', id="joints"),
        pytest.param("The 'Cats fans, 'course, love 'em; 'most all do.", id="short forms"),
        pytest.param("''I said, 'Go,''' he told us. '''Go now,' she said.''", id="three apostrophes"),
        pytest.param("“He said, ‘Go.\n\n“Go now,’ and so I went.”", id="only the outer opened anew"),
        pytest.param("‘It was louder than the players’.’ He went to her parents’.", id="possessive without its noun"),
        pytest.param("“We sang in the ’80s,” he said. “They called it ‘noise’.”", id="decade before speech"),
        pytest.param("- “One.\n- “Two.\n- “Three.”", id="list opened anew"),
        pytest.param("“We won,” Ann Bell said. “We left.\n\n“We stayed,” Bell said.", id="the same speaker goes on"),
        pytest.param("“We won,” she said. I told them so.\n\n“Nobody heard.”\n\nI left.", id="the reporter says I"),
        pytest.param("“We won,” he said. Then came World War I.\n\n“It was long,” he said.", id="a numeral is nobody"),
        pytest.param("“We won,” he said. Our reporter met him.\n\n“We did,” he said.", id="the paper says our"),
        pytest.param("The 'Cats won. 'Cats fans sang.", id="a team begins a sentence"),
        pytest.param("‘’Ello,’ he said. ‘It’s ’orrible, me ol’ mate.’", id="dropped h in a british paper"),
        pytest.param("A 5⅜\" pipe, 1/8\" or ⅛\" thick, .5\" wide.", id="inches behind fractions"),
    ],
)  # fmt: skip
def test_correct_marks_stay_silent(linter: Linter, text: str) -> None:
    assert faults(linter, text) == []


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("[[“]]We won, he said. “We left.”", id="no close before an attribution"),
        pytest.param("[[“]]We won, said Ann Bell of the mill.\n\n“We left,” said Bo.", id="next paragraph opens"),
        pytest.param("[[‘]]We won, the mayor told the council. ‘We left.’", id="british"),
        pytest.param("‘We won,’ he said. [[']]We left, she added. 'We stayed.'", id="straight"),
        pytest.param("He spoke of a [[“]]bad year, then left.\n\n“Go,” she said.", id="phrase"),
        pytest.param("He said, [[“]]We won. We left. \n\nThen it rained.", id="end of the article"),
        pytest.param("He said, [[“]]We won.\n\n## Next\n\nAnd so on.[[”]]", id="heading between"),
        pytest.param("- “One.”\n- [[“]]Two.\n- Three.\n\nDone.", id="list"),
        pytest.param("We won,[[”]] he said.", id="no opening"),
        pytest.param("“We won,”[[”]] he said.", id="closed twice"),
        pytest.param("“He wrote, [[‘]]We won,” she said.", id="nested"),
        pytest.param("“We won[[\"]] is what he said.", id="curly and straight"),
        pytest.param("\"We won,[[”]] he said.", id="straight and curly"),
        pytest.param("[[‘]]We won,” he said.", id="single and double"),
        pytest.param("“We won,[[’]] he said.", id="double and single"),
        pytest.param("“Too deep[['']], she said.", id="two apostrophes"),
        pytest.param("A “new” and “better[[“]] mill.", id="closing faces wrong way"),
        pytest.param("Short for [[”]]chat robot,” it talks.", id="opening faces wrong way"),
        pytest.param("> “I live far off [[“]]", id="at the end after a space"),
        pytest.param("A score of “1[[″]] is low, and so is “10[[″]].", id="double prime"),
        pytest.param("He wrote [[&ldquo;]]no and left.", id="entity"),
        pytest.param("\"They call it [[']]victory,\" she said.", id="single before a whole word"),
        pytest.param("“I tell them, [[‘]]Ask me.” So I went.", id="single after a verb of saying"),
        pytest.param("“He said, [[‘]]Go.\n\n“So I went,” she said.", id="inner not opened anew"),
        pytest.param("- “One”\n- [[“]]Two\n- “Three”\n\nDone.", id="list item among whole ones"),
        pytest.param("- He writes, [[“]]Is it me?\n- Nothing.\n\n“I broke it,” she said.", id="item before a paragraph"),
        pytest.param("The sign reads [[“]]No bread. It is new.\n\n“Yes,” she said.", id="words of a sign"),
        pytest.param("“Yes,” Ann Bell said. [[“]]We left.\n\n“No,” said Bo Carr, a baker.", id="another speaker"),
        pytest.param("“Yes,” he said. [[“]]We left.\n\nHis aide, Bo Carr, said it was luck.[[”]]", id="two faults"),
        pytest.param("“Yes,” he said. [[I]] left them.\n\n“They cried.”", id="speech without marks"),
        pytest.param("She called it a stitch-up[[’]], and left.", id="single behind a whole word"),
        pytest.param("‘Yes,’ he said. He wrote it on his tax returns[[’]].", id="single behind an s"),
        pytest.param("[[\"]]He is 5'1\" and left.\n\nThen it rained.", id="inches are no end"),
    ],
)  # fmt: skip
def test_each_fault_is_found_at_its_mark(linter: Linter, marked: str) -> None:
    expected, text = [], marked
    while "[[" in text:
        start, end = text.index("[["), text.index("]]") - 2
        text = text.replace("[[", "", 1).replace("]]", "", 1)
        expected.append((start, text[start:end]))
    assert faults(linter, text) == expected


def test_an_unclosed_quotation_says_where_the_next_opens(linter: Linter) -> None:
    text = "“We won and left. “We stayed,” he said."
    finding = only(linter, text)
    assert finding.message == "quotation opened here is never closed before the next one opens"
    assert [(place.span.start, place.message) for place in finding.related] == [
        (text.index("“We stayed"), "the next quotation opens here")
    ]


def test_an_unclosed_quotation_names_the_words_that_say_who_speaks(linter: Linter) -> None:
    text = "“We won, Ann Bell told Vox. “We stayed,” she said."
    finding = only(linter, text)
    assert [text[place.span.start : place.span.end] for place in finding.related] == ["Ann Bell told", "“"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        pytest.param("It rained. I left them,” she said.", "I", id="the sentence before an attribution"),
        pytest.param("“Yes,” said Ann Bell, who runs it. Nobody came.”", "Nobody", id="behind an attribution"),
        pytest.param("“Yes,” she said.\n\nNobody came.”", "Nobody", id="a whole paragraph"),
    ],
)
def test_a_closing_mark_says_where_the_opening_one_is_due(linter: Linter, text: str, due: str) -> None:
    place = only(linter, text).related[0]
    assert (text[place.span.start : place.span.end], place.message) == (due, "the opening mark is due before this word")


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("“He knew how it moves, Clerk Ann Bell told jurors in May. “He knew.”", "Clerk Ann Bell told jurors"),
        ("“I was told, ‘You lose,’ Bell said. “I left.”", "Bell said"),
        ("“I won't say it, Dr. Ann Bell, the chief, said at noon. “No.”", "Dr. Ann Bell, the chief, said"),
        ("“I won't say it, he said, turning away. “No.”", "he said"),
    ],
)
def test_words_that_say_who_speaks_are_known_with_title_hearer_and_office(linter: Linter, text: str, who: str) -> None:
    place = only(linter, text).related[0]
    assert text[place.span.start : place.span.end] == who


def test_a_paragraph_that_does_not_open_a_quotation_anew_is_a_matter_for_a_rule_of_its_own() -> None:
    text = "“We won,” Bell said. “We left.\n\nNobody came.”"
    (finding,) = Linter(select=["Copy.UnopenedParagraphs"]).check_text(text, path="draft.md").findings
    assert text[finding.span.start : finding.span.end] == "Nobody"
    assert finding.severity.name == "suggestion"


def test_a_house_of_single_marks_may_say_so(tmp_path: Path) -> None:
    text = "He wrote it on his tax returns’."
    assert faults(Linter(select=[RULE]), text) == []
    file = tmp_path / ".edlint.yml"
    file.write_text(f"rules:\n  {RULE}: {{outer: single}}\n", encoding="utf-8")
    assert faults(Linter(config.load(file), select=[RULE]), text) == [(text.index("’"), "’")]


def test_a_missing_mark_is_never_fixed(linter: Linter) -> None:
    assert only(linter, "“We won, he said.").fixes == ()


def test_a_wrong_mark_may_be_exchanged_but_not_unseen(linter: Linter) -> None:
    for text in ("A “new“ mill.", "A ”new” mill.", 'A “new" mill.'):
        (fix,) = only(linter, text).fixes
        assert not fix.safe


def spans(text: str) -> list[list[str]]:
    article = Article(plain.read(Source(text)))
    found = article.once(quotations)
    return [[block.text[a:b] for a, b in found.within(block)] for block in article.document.blocks]


def test_other_checks_learn_what_is_quoted() -> None:
    assert spans("He said, “We won.” Then “we left.”") == [["“We won.”", "“we left.”"]]


def test_a_quotation_over_several_paragraphs_covers_them_all() -> None:
    assert spans("He said: “We won.\n\nWe left.\n\nWe stayed.” So it ends.") == [
        ["“We won."],
        ["We left."],
        ["We stayed.”"],
    ]
    assert spans("“We won.\n\n“We left.”") == [["“We won."], ["“We left.”"]]


def test_an_unclosed_quotation_ends_where_its_mark_is_due() -> None:
    assert spans("“We won, he said. “We left.”") == [["“We won, ", "“We left.”"]]


def test_any_marks_can_be_read() -> None:
    chance = random.Random(7)
    for _ in range(2000):
        text = "".join(chance.choice("“”‘’\"'″„ ab.,s\n1*_-") for _ in range(chance.randrange(40)))
        quotations(Article(plain.read(Source(text))))


def test_marks_without_end_are_read() -> None:
    reading = read(list(marks("“We won, he said. " * 1000)))
    assert len(reading.unclosed) == 1000


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize(
    "unit",
    [
        pytest.param("“We won, he said. ", id="never closed"),
        pytest.param("We won,” he said. ", id="never opened"),
        pytest.param("“a said “b ‘c no end, ", id="open within others"),
        pytest.param("“he ‘no one” ", id="abandoned"),
        pytest.param("‘He left, she said in the players’ room. ", id="apostrophes at the end"),
        pytest.param("“Yes,” Ann Bell said. “We left.\n\n“No,” said Bo Carr.\n\n", id="speakers"),
    ],
)
def test_time_grows_with_the_text(linter: Linter, unit: str) -> None:
    short, long = (seconds(lambda text=unit * times: linter.check_text(text, path="draft.md")) for times in (200, 1600))
    assert long < 24 * short + 0.5  # eight times as much


def test_time_to_read_blank_lines_of_plain_text_grows_with_them() -> None:
    assert seconds(lambda: plain.read(Source("a\n" + " " * 200_000 + "\nb"))) < 1


def test_the_evidence_of_a_fault_is_told_from_what_is_around_it(linter: Linter) -> None:
    text = "“We won.” " * 50 + "We left.” " + "“We won.” " * 50
    evidence = only(linter, text).evidence
    assert evidence[0] == ("marks of its paragraph", "… “ ” “ ” “ ” “ ” [”] “ ” “ ” “ ” “ ” …")
    assert evidence[1:] == (("taken as quoted", "“We won.”"),) * 8
