"""Fixing: what the findings of an article offer, written into its text."""

import re
import shutil
import subprocess
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from edlint import Linter, config, revision
from edlint.finding import Edit, Finding
from edlint.fixing import Fixed, diff, fixed, remedy
from edlint.revision import Origin
from edlint.rulebook import built_in
from edlint.text import Source, Span

SWAP = 'extends: substitution\nmessage: "write %s for %s"\nsafe: true\nswap: {}\n'
ARTICLES = ("md-18f", "md-datagov", "md-digitalgov", "md-opennews")


def swap(**words: str) -> str:
    """A rule that writes words for words."""
    return SWAP.format("{" + ", ".join(f"'{old}': '{new}'" for old, new in words.items()) + "}")


@pytest.fixture
def house(tmp_path: Path):
    """Makes a linter of a house with some rules: `house(Plain=swap(utilize="use"))`."""

    def made(**rules: str) -> Linter:
        shutil.rmtree(tmp_path / "House", ignore_errors=True)
        (tmp_path / "House").mkdir()
        for name, text in rules.items():
            (tmp_path / "House" / f"{name}.yml").write_text(text, encoding="utf-8")
        (tmp_path / ".edlint.yml").write_text("styles: [House]\n", encoding="utf-8")
        return Linter(config.load(tmp_path / ".edlint.yml"))

    return made


def fix(linter: Linter, text: str, path: str = "draft.md", **asked: Any) -> Fixed:
    return fixed(linter, Source(text), path, **asked)


def told(made: Fixed) -> list[str]:
    return [f"{one.line}: {one.message}" for one in made.refused]


def left(made: Fixed, *, unsafe: bool = False) -> list[Finding]:
    """The findings that offer a change that fixing would make."""
    text = made.report.source.text
    offering = ((finding, remedy(finding, unsafe=unsafe)) for finding in made.report.findings)
    return [
        finding for finding, fix in offering if fix and any(text[slice(*edit.span)] != edit.text for edit in fix.edits)
    ]


def holds(linter: Linter, text: str, path: str = "draft.md", *, unsafe: bool = False) -> Fixed:
    """Fixes a text, and sees to it that the law holds."""
    made = fix(linter, text, path, unsafe=unsafe)
    assert made.report == linter.check_text(made.text, path)
    rules = " ".join(told(made))
    assert [finding.rule for finding in left(made, unsafe=unsafe) if finding.rule not in rules] == []
    again = fix(linter, made.text, path, unsafe=unsafe)
    assert (again.text, dict(again.applied)) == (made.text, {})
    assert reduce(revision.edited, made.origin.passes, text) == made.text
    before, after = (linter.article(Source(one), path)[0].document for one in (text, made.text))
    assert [(one.kind, one.ancestors) for one in before.blocks] == [(one.kind, one.ancestors) for one in after.blocks]
    return made


SILENT = [
    pytest.param("A plain sentence.\n", id="nothing to fix"),
    pytest.param("See `hall` and [x](hall.html), hall.example.org, ha&#108;l.\n", id="not as it reads"),
    pytest.param("<!-- hall -->\n\n    hall\n\n```\nhall\n```\n", id="no prose"),
    pytest.param("The hall. <!-- edlint-disable-line House.Plain: a name -->\n", id="allowed"),
    pytest.param("The *ha*ll and the ha\\ll.\n", id="across markup"),
]


@pytest.mark.parametrize("text", SILENT)
def test_what_is_right_or_allowed_or_not_plain_words_stays(house, text: str) -> None:
    made = holds(house(Plain=swap(hall="room")), text)
    assert (made.text, dict(made.applied), made.refused) == (text, {}, ())


def test_only_safe_fixes_are_applied_unless_all_are_asked_for(house) -> None:
    linter = house(Safe=swap(utilize="use"), Taste=swap(hall="room").replace("safe: true", "safe: false"))
    assert holds(linter, "Utilize: they utilize the hall.").text == "Utilize: they use the hall."
    made = holds(linter, "They utilize the hall.", unsafe=True)
    assert (made.text, dict(made.applied)) == ("They use the room.", {"House.Safe": 1, "House.Taste": 1})


@pytest.mark.parametrize("unsafe", [False, True])
def test_which_of_several_words_is_meant_is_for_an_editor_to_say(house, unsafe: bool) -> None:
    assert holds(house(Choice=swap(hall="room|house")), "The hall.", unsafe=unsafe).text == "The hall."


def test_what_is_true_is_for_the_writer_to_say() -> None:
    linter, text = Linter(select=["Facts.WeekdayMismatch"]), "It rained on Sunday, March 21, 2016.\n"
    assert len(linter.check_text(text).findings[0].fixes) == 1
    assert holds(linter, text, unsafe=True).text == text


REFUSED = [
    pytest.param("very", "*very*", "It is very good.\n", id="emphasis"),
    pytest.param("very", "_very_", "It is very good.\n", id="emphasis by underscores"),
    pytest.param("very", "`very`", "It is very good.\n", id="code"),
    pytest.param("very", "<b>", "It is very good.\n", id="a tag"),
    pytest.param("very", "<!-- very -->", "It is very good.\n", id="a comment"),
    pytest.param("very", "[^1]", "It is very good.\n\n[^1]: A note.\n", id="a footnote"),
    pytest.param("very", "[very](x)", "It is very good.\n", id="a link"),
    pytest.param("very", "[very]", "It is very good.\n\n[very]: x.html\n", id="a link by reference"),
    pytest.param("very", "www.example.org", "It is very good.\n", id="an address"),
    pytest.param("very", "&lt;", "It is very good.\n", id="an entity"),
    pytest.param("very", "{{ very }}", "It is very good.\n", id="a template's tag"),
    pytest.param("one", "1.", "one two\n", id="an item of a list"),
    pytest.param("dash", "-", "dash two\n", id="an item of another list"),
    pytest.param("number", "#", "number two\n", id="a heading"),
    pytest.param("rule", "---", "Some words\nrule\n", id="a heading by a rule"),
    pytest.param("more", ">", "more words\n", id="a quotation"),
    pytest.param("bar", "|", "| a | b |\n|---|---|\n| bar | c |\n", id="a cell of a table"),
    pytest.param("Hall", "", "# Hall\n\nWords.\n", id="a whole block"),
    pytest.param("hall", "room", "The [hall].\n\n[hall]: hall.html\n", id="the name of a link's target"),
    pytest.param("Hall", "5", "---\ntitle: Hall\n---\n\nWords.\n", id="another kind of value"),
    pytest.param("Hall", "% a", "---\ntitle: Hall\n---\n\nWords.\n", id="front matter that cannot be read"),
    pytest.param("Hall", "a: b", "---\ntitle: Hall\n---\n\nWords.\n", id="another field"),
    pytest.param("hall", "<i>", "<p>The hall.</p>\n", id="HTML in Markdown"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "text"), REFUSED)
def test_words_that_would_be_more_than_words_are_not_written(house, old: str, new: str, text: str) -> None:
    linter = house(Bad=swap(**{old: new}).replace("swap:", "nonword: true\naction: {name: replace}\nswap:"),
                   Good=swap(utilize="use"))  # fmt: skip
    made = holds(linter, f"{text}\nThey utilize it.\n", unsafe=True)
    assert (made.text, dict(made.applied)) == (f"{text}\nThey use it.\n", {"House.Good": 1})
    (line,) = told(made)
    assert re.fullmatch(r"\d: House\.Bad: its fix \(.*\) is left out: it would change more than these words.*", line)


def test_a_refusal_says_where_in_the_new_text(house) -> None:
    linter = house(Bad=swap(very="*very*"), Good=swap(utilize="use"))
    text = "They utilize it.\n\nVery well, very good.\n\nvery utilize very\n"
    made = holds(linter, text.replace("very", "very", 1))
    assert [line.partition(":")[0] for line in told(made)] == []  # a star is no plain word: nothing is offered
    linter = house(Bad=swap(very="*very*").replace("safe: true", "action: {name: replace}"))
    made = holds(linter, text, unsafe=True)
    assert [(one.path, one.line) for one in made.refused] == [("draft.md", 3), ("draft.md", 5)]


def test_the_text_of_a_picture_is_fixed_within_its_tag(house) -> None:
    text = 'Words {{< img alt="the hall" >}} and\n<img src="hall.png" alt="a hall"> here.\n'
    made = holds(house(Plain=swap(hall="meeting room")), text)
    assert made.text == text.replace("the hall", "the meeting room").replace("a hall", "a meeting room")


def test_words_that_are_taken_out_leave_no_two_spaces(house) -> None:
    rule = 'extends: existence\nmessage: "%s"\ntokens: [very]\nignorecase: true\naction: {name: remove}\n'
    text = "It is very good.\nIt is good very.\nvery very good (very good)\n"
    made = holds(house(Very=rule), text, unsafe=True)
    assert made.text == "It is good.\nIt is good.\ngood (good)\n"


def test_an_abbreviation_at_the_end_of_a_sentence_brings_no_second_full_stop(house) -> None:
    linter = house(Corp=swap(company="Co."))
    assert holds(linter, "The company. The company rose.\n").text == "The Co. The Co. rose.\n"


def test_a_word_within_a_hyphened_name_is_not_safe_to_change(house) -> None:
    linter = house(Plain=swap(hall="room"))
    text = "See town-hall-250 at town-hall or in a hall-based --hall-- game.\n"
    assert holds(linter, text).text == text.replace(" hall-", " room-").replace("--hall", "--room").replace(
        "n-hall o", "n-room o"
    )


def test_edits_that_overlap_or_touch_wait_for_the_next_pass(house) -> None:
    linter = house(
        Long=swap(**{"at this point": "now"}), Short=swap(**{"this point in": "then in"}), Dot=swap(now="soon")
    )
    made = holds(linter, "It is at this point in time.")
    assert (made.text, dict(made.applied)) == ("It is soon in time.", {"House.Dot": 1, "House.Long": 1})
    assert len(made.origin.passes) == 2


def test_two_rules_put_one_comma_in_one_place(house) -> None:
    rule = (built_in() / "Newswire" / "DateFormat.yml").read_text(encoding="utf-8")
    rule = rule.replace("comma-after-year: false", "comma-after-year: true")
    text = "On May 4, 2020 they met, and on June 5, 2021 they met again.\n"
    once = holds(house(One=rule), text, unsafe=True)
    assert once.text == "On May 4, 2020, they met, and on June 5, 2021, they met again.\n"
    both = holds(house(One=rule, Two=rule), text, unsafe=True)
    assert (both.text, dict(both.applied)) == (once.text, {"House.One": 2})


def test_edits_of_one_fix_are_applied_all_or_none(house) -> None:
    rule = (built_in() / "Newswire" / "DateFormat.yml").read_text(encoding="utf-8")
    text = "It opens August 1st 2020.\n"
    assert holds(house(Dates=rule), text).text == "It opens Aug. 1, 2020.\n"
    made = holds(house(Dates=rule, A=swap(August="Aug")), text)
    assert made.text == "It opens Aug. 1, 2020.\n"  # the rule that came first, then the other anew


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_line_ends_stay(house, end: str) -> None:
    text = f"The hall{end}and the{end}the hall{end}{end}The hall{end}"
    doubled = "extends: repetition\nmessage: \"%s\"\nsafe: true\nalpha: true\ntokens: ['[^\\s]+']\n"
    made = holds(house(Plain=swap(hall="room"), Twice=doubled), text)
    words = text.replace("hall", "room")
    assert made.text == (words.replace("the\nthe", "the") if end == "\n" else words)


def test_words_on_several_lines_keep_the_line_ends_of_the_file(house) -> None:
    linter = house(
        Plain=swap(hall="town\\nroom")
        .replace("'town\\nroom'", '"town\\nroom"')
        .replace("swap:", "action: {name: replace}\nswap:")
    )
    assert holds(linter, "The hall\r\nof it.\r\n", unsafe=True).text.count("\n") == 3
    assert "\n" not in holds(linter, "The hall\r\nof it.\r\n", unsafe=True).text.replace("\r\n", "")


UNDOING = [
    pytest.param({"A": swap(email="e-mail"), "B": swap(**{"e-mail": "email"})}, "The email. They utilize it.",
                 "1: House.A and House.B undo each other's fixes", id="two"),
    pytest.param({"A": swap(one="two"), "B": swap(two="three"), "C": swap(three="one")}, "The one. They utilize it.",
                 "1: House.A, House.B and House.C undo each other's fixes", id="three"),
    pytest.param({"A": swap(hall="town hall")}, "The hall. They utilize it.",
                 "1: House.A finds more to fix after 10 passes", id="one that goes on for ever"),
    pytest.param({"A": swap(hall="halle"), "B": swap(halle="hall hall")}, "The hall. They utilize it.",
                 "1: House.", id="two that go on for ever"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "text", "line"), UNDOING)
def test_rules_that_undo_each_other_are_named_and_left_out(house, rules: dict[str, str], text: str, line: str) -> None:
    made = holds(house(**rules, Z=swap(utilize="use")), text)
    assert "They use it." in made.text
    assert made.applied["House.Z"] == 1
    assert told(made)[0].startswith(line)
    if len(told(made)) == 1:
        assert made.text == text.replace("utilize", "use")


def test_a_rule_that_needs_many_passes_and_comes_to_an_end_is_not_blamed(house) -> None:
    marks = "extends: substitution\nmessage: '%s for %s'\nsafe: true\nnonword: true\naction: {name: replace}\nswap: {'!!': '!'}\n"
    made = holds(house(Dbl=marks), "They won" + "!" * 60 + " They utilize it.\n")
    assert (made.text, made.refused) == ("They won! They utilize it.\n", ())


def test_ten_passes_that_only_add_words_are_not_eleven(house) -> None:
    asked = []

    def all_of_them(report, origin):
        asked.append(len(origin.passes))
        return report.findings

    fix(house(A=swap(hall="town hall")), "The hall.", wanted=all_of_them)
    assert max(asked) == 9  # passes made when the last began


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        pytest.param("very", "*very*", "A very good day.", id="within blocks"),
        pytest.param("dash", "-", "dash A good day.", id="what blocks are"),
        pytest.param("Hall", "", "Hall", id="blocks that would be gone"),
        pytest.param("bar", "<!-- bar -->", "A bar there.", id="comments"),
    ],
)
def test_to_refuse_hundreds_of_fixes_takes_few_readings(house, old: str, new: str, text: str) -> None:
    linter = house(
        Bad=swap(**{old: new}).replace("swap:", "nonword: true\naction: {name: replace}\nswap:"),
        Row=swap(one="two"), Of=swap(two="three"), Fixes=swap(three="four"), Good=swap(utilize="use"),
    )  # fmt: skip
    read = []

    class Counting(Linter):
        def article(self, *given: Any, **named: Any) -> Any:
            read.append(1)
            return super().article(*given, **named)

    made = fix(Counting(linter.config), f"{text}\n\nThe one. They utilize it.\n\n" * 150)
    assert (len(made.refused), made.applied["House.Good"]) == (150, 150)
    assert made.text == f"{text}\n\nThe four. They use it.\n\n" * 150
    assert len(read) < 40


def test_right_fixes_beside_wrong_ones_of_their_block_are_made(house) -> None:
    linter = house(Bad=swap(very="*very*").replace("swap:", "action: {name: replace}\nswap:"), Good=swap(hall="room"))
    text = "A very good hall, very good.\n\nThe hall.\n\n- the very hall\n- very hall\n\n"
    made = holds(linter, text * 9)
    assert made.text == text.replace("hall", "room") * 9
    assert [line.split(":")[0] for line in told(made)[:4]] == ["1", "5", "6", "8"]


def test_a_fence_that_takes_in_all_that_follows_is_the_only_thing_refused(house) -> None:
    linter = house(
        Bad=swap(number="```").replace("swap:", "nonword: true\naction: {name: replace}\nswap:"),
        Good=swap(utilize="use"),
    )
    made = holds(linter, "number\n\n" + "They utilize it.\n\n" * 9, unsafe=True)
    assert made.text == "number\n\n" + "They use it.\n\n" * 9


def test_what_is_left_is_known(house) -> None:
    bad = swap(very="*very*").replace("swap:", "action: {name: replace}\nswap:")
    linter = house(Bad=bad, A=swap(email="e-mail"), B=swap(**{"e-mail": "email"}), Choice=swap(hall="room|house"))
    made = fix(linter, "A very good email in the hall.")
    assert {one.rule for one in made.report.findings} == {"House.Bad", "House.A", "House.Choice"}
    assert {one.rule for one in made.left} == {"House.Bad", "House.A"}
    assert made.left < set(made.report.findings)


def test_a_long_row_of_fixes_comes_to_its_end(house) -> None:
    words = "zero one two three four five six seven eight nine ten eleven twelve".split()
    rules = {f"R{number:02}": swap(**{a: b}) for number, (a, b) in enumerate(pairwise(words))}
    made = holds(house(**rules), "The zero.")
    assert (made.text, made.refused) == ("The twelve.", ())


def test_only_what_is_wanted_is_fixed_wherever_lines_move(house) -> None:
    doubled = "extends: repetition\nmessage: \"%s\"\nsafe: true\nalpha: true\ntokens: ['[^\\s]+']\n"
    linter = house(Twice=doubled, A=swap(hall="room"), B=swap(room="place"))
    text = "The hall, the\nthe hall\nand the hall\n"
    source, asked = Source(text), []

    def on_line_two(report, origin):
        asked.append(report)
        for finding in report.findings:
            lines = {source.position(at).line for at in origin.of(finding.span)}
            if 2 in lines:
                yield finding

    made = fixed(linter, source, "draft.md", wanted=on_line_two)
    assert made.text == "The hall, the place\nand the hall\n"
    assert len(asked) > 2


def test_what_is_not_wanted_once_stays_though_a_fix_beside_it_changes_what_is_known_of_it(house) -> None:
    linter = house(A=swap(hall="room"), B=swap(utilize="use"))
    old = {one.fingerprint for one in linter.check_text("They utilize the hall.").findings if one.rule == "House.A"}

    def new(report, _):
        return [finding for finding in report.findings if finding.fingerprint not in old]

    assert fix(linter, "They utilize the hall.", wanted=new).text == "They use the hall."


ORIGINS = [
    pytest.param([("hall", "room")], "the hall", Span(4, 8), "hall", id="as long"),
    pytest.param([("hall", "meeting room")], "the hall here", Span(17, 21), "here", id="behind"),
    pytest.param([("hall", "meeting room")], "the hall here", Span(6, 9), "hall", id="within new words"),
    pytest.param([("hall", "meeting room")], "the hall here", Span(0, 21), "the hall here", id="all"),
    pytest.param([("hall ", "")], "the hall here", Span(4, 8), "here", id="behind what is gone"),
    pytest.param([("hall", "room"), ("room", "a place")], "the hall", Span(4, 11), "hall", id="two passes"),
    pytest.param([("", "now ")], "the hall", Span(0, 3), "", id="put in"),
]


@pytest.mark.parametrize(("passes", "text", "span", "words"), ORIGINS)
def test_words_lead_back_to_what_they_stand_for(
    passes: list[tuple[str, str]], text: str, span: Span, words: str
) -> None:
    edits, now = [], text
    for old, new in passes:
        at = now.index(old)
        edits.append((Edit(Span(at, at + len(old)), new),))
        now = revision.edited(now, edits[-1])
    assert text[slice(*Origin(tuple(edits)).of(span))] == words
    assert Origin().of(span) == span


# Words that rules write for one another, and signs that may be markup.
PARTS = st.sampled_from(["a", "b", "ab", "c", "1.", "#", "*", "_", "[a]", "<b>", "|", "`", ">", "-", "&amp;", "\\"])
ENDS = st.sampled_from([" ", " ", " ", "\n", "\n\n", "", "\r\n", "*", ": "])
TEXTS = st.lists(st.tuples(PARTS, ENDS), max_size=14).map(lambda parts: "".join(a + b for a, b in parts))
RULES = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "ab", "c"]), PARTS, min_size=1, max_size=2), min_size=1, max_size=3
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RULES, TEXTS, st.sampled_from(["draft.md", "draft.html", "draft.txt"]))
@example([{"a": "b"}, {"b": "a"}], "a b ab\n", "draft.md")
@example([{"a": "*"}, {"b": "a"}], "a b* b\n\n[a]: x\n", "draft.md")
def test_fixing_ends_and_leaves_nothing_to_fix(house, rules: list[dict[str, str]], text: str, path: str) -> None:
    written = {
        f"R{number}": swap(**{old: new.replace("'", "''") for old, new in words.items()}).replace(
            "swap:", "action: {name: replace}\nswap:"
        )
        for number, words in enumerate(rules)
    }
    holds(house(**written), text, path, unsafe=True)


def _examples() -> list[Any]:
    found = []
    for path in sorted(built_in().glob("*/*.yml")):
        text = path.read_text(encoding="utf-8")
        if re.search(r"^safe: true|extends: (dates|quotes|calendar|substitution)", text, re.MULTILINE):
            found.append(pytest.param(path, id=f"{path.parent.name}.{path.stem}"))
    return found


@pytest.mark.parametrize("unsafe", [False, True], ids=["safe", "unsafe"])
@pytest.mark.parametrize("path", _examples())
def test_the_law_holds_for_the_examples_of_built_in_rules(path: Path, unsafe: bool) -> None:
    from edlint import examples

    linter = Linter(select=[f"{path.parent.name}.{path.stem}"])
    texts = [one.text for one in examples.read(path.read_text(encoding="utf-8")) if not one.is_silent]
    assert texts
    for text in texts:
        holds(linter, text, unsafe=unsafe)


@pytest.mark.parametrize("folder", ARTICLES)
def test_the_law_holds_for_published_articles(shared: Path, folder: str) -> None:
    linter = Linter()
    paths = sorted((shared / "data" / folder).rglob("*.md"))
    assert len(paths) > 50
    for number, path in enumerate(paths[:: len(paths) // 8]):
        holds(linter, path.read_text(encoding="utf-8"), path.name, unsafe=number % 2 == 0)


DIFFS = [
    pytest.param("draft.md", "a\nb\nc\n", "a\nB\nc\n", id="a line"),
    pytest.param("a folder/draft one.md", "a\n", "b\n", id="spaces"),
    pytest.param('say "no"\t.md', "a\n", "b\n", id="signs"),
    pytest.param("résumé.md", "é\n", "e\n", id="letters"),
    pytest.param("draft.md", "a\r\nb\r\n", "a\r\nB\r\n", id="CRLF"),
    pytest.param("draft.md", "a\nb", "a\nB", id="no line feed at the end"),
    pytest.param("draft.md", "\ufeffa\nb\n", "\ufeffa!\nb\n", id="a byte order mark"),
    pytest.param("draft.md", "a\x0bb\u2028c\rd\n", "a\x0bb\u2028c\rD\n", id="what is no line end"),
    pytest.param("draft.md", "a\n" * 50, "a\n" * 20 + "b\n" + "a\n" * 29, id="far apart"),
]


@pytest.mark.parametrize("command", [["git", "apply", "-"], ["patch", "-p1", "-s", "--binary"]], ids=["git", "patch"])
@pytest.mark.parametrize(("path", "before", "after"), DIFFS)
def test_a_diff_is_a_patch(tmp_path: Path, write, command: list[str], path: str, before: str, after: str) -> None:
    if not shutil.which(command[0]):
        pytest.skip(f"there is no {command[0]}")
    write(path, before)
    change = diff(path, before, after)
    done = subprocess.run(command, input=change.encode(), cwd=tmp_path, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / path).read_bytes() == after.encode()


@pytest.mark.skipif(not shutil.which("git"), reason="there is no git")
@pytest.mark.parametrize("named", ["absolute", "from another folder", "by a link"])
def test_a_diff_names_files_from_the_current_folder(
    tmp_path: Path, write, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    path = write("articles/draft.md", "a\n")
    (tmp_path / "today.md").symlink_to("articles/draft.md")
    monkeypatch.chdir(tmp_path)
    name = {"absolute": str(path), "from another folder": f"../{tmp_path.name}/articles/draft.md"}.get(
        named, "today.md"
    )
    done = subprocess.run(["git", "apply", "-"], input=diff(name, "a\n", "b\n"), text=True, capture_output=True)
    assert (done.returncode, done.stderr, path.read_text()) == (0, "", "b\n")
    assert (tmp_path / "today.md").is_symlink()


def test_a_diff_names_files_elsewhere_from_the_root(tmp_path: Path, write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("draft.md", "a\n")
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    where = path.resolve().relative_to(path.resolve().anchor).as_posix()
    assert diff("../draft.md", "a\n", "b\n").startswith(f"--- a/{where}\n+++ b/{where}\n")


def test_no_change_is_no_diff() -> None:
    assert diff("draft.md", "a", "a") == ""


TITLES = [
    pytest.param("![Advancing Equal Chances Through the Federal Government](a.png)\n", id="a picture"),
    pytest.param("![Life on the Internet](a.png)\n", id="the short text of a picture"),
    pytest.param("---\ntitle: Plain Language in the Federal Government\n---\n\nIt rained.\n", id="a title"),
    pytest.param("We read [Advancing Equal Chances in the Federal Government](https://example.org).\n", id="a link"),
    pytest.param("We read [Life on the Internet](https://example.org).\n", id="a short link"),
    pytest.param("We read *Advancing Equal Chances Through the Federal Government*.\n", id="emphasis"),
    pytest.param("Her book, *How We Won the Internet*, sold well.\n", id="short emphasis"),
    pytest.param("Her book, <em>Kings of the Internet</em>, sold well.\n", id="an element"),
    pytest.param("_We ran [Web Pages: the Mule of the Internet](x.md) and liked it a lot._\n", id="a link in emphasis"),
    pytest.param("Her book, “Cell Phone Stories of the Web,” sold well.\n", id="quotation marks"),
    pytest.param("They signed **[Mill Lake Declaration of November 21, 2009](x.md)** there.\n", id="a date in a link"),
    pytest.param("She wrote _The Letters of November 21, 2009_.\n", id="a date in emphasis"),
]


@pytest.mark.parametrize("text", TITLES)
def test_what_is_plainly_a_title_is_left_alone(text: str) -> None:
    linter = Linter(select=("Newswire",))
    assert linter.check_text(text).findings == ()
    assert fix(linter, text, unsafe=True).text == text


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("We read [Life with the Town Web](x.md).\n", id="a link"),
        pytest.param("- Using the Town Web without Fear\n", id="an item of a list"),
        pytest.param("# Using the Town Web without Fear\n", id="a heading"),
        pytest.param("She reads “Growing up with the Town Web and with Radio.”\n", id="most words have a capital"),
    ],
)
def test_no_rule_takes_a_capital_from_what_may_be_a_title(house, text: str) -> None:
    linter = house(Web=swap(Web="web"))
    made = holds(linter, text, unsafe=True)
    assert (made.text, [finding.fixes for finding in made.report.findings]) == (text, [()])


def test_a_rule_that_speaks_of_the_whole_of_a_title_fixes_it(house) -> None:
    linter = house(Things=swap(**{"Internet of Things": "internet of things"}))
    assert (
        holds(linter, "Here is the [Internet of Things](x.md).\n").text == "Here is the [internet of things](x.md).\n"
    )


ADDRESSES = [
    pytest.param("Follow #hall, #hall-talk and @town-hall today.\n", id="hashtags and handles"),
    pytest.param("Ask at town-hall.org, (hall.example) or hall/town-hall.md; look in /srv/hall/x.\n", id="addresses"),
    pytest.param("Write to clerk@hall.example or hall@town.example.\n", id="mail"),
    pytest.param("![600-x-294-new-town-hall](a.jpg)\n\n![town-hall](b.jpg)\n", id="slugs"),
]


@pytest.mark.parametrize("text", ADDRESSES)
def test_nothing_is_wrong_with_words_in_an_address(house, text: str) -> None:
    linter = house(Hall=swap(hall="house") + "scope: prose\n")
    assert linter.check_text(text).findings == ()


@pytest.mark.parametrize("text", ADDRESSES)
def test_what_a_rule_of_all_text_finds_in_an_address_is_not_fixed(house, text: str) -> None:
    linter = house(Hall=swap(hall="house"))
    assert fix(linter, text, unsafe=True).text == text
    assert all(finding.fixes == () for finding in linter.check_text(text).findings)


def test_a_heading_with_an_address_is_left_to_its_writer(house) -> None:
    rule = 'extends: capitalization\nmessage: "%s: %s"\nmatch: $sentence\nscope: heading\n'
    [finding] = house(Case=rule).check_text("# Follow the #Town-Hall Now Today\n").findings
    assert finding.fixes == ()


def test_words_beside_a_mark_are_no_address(house) -> None:
    linter = house(Hall=swap(hall="house"))
    text = "The hall. The hall/barn (hall), a “hall”: town-hall talk...hall\n\n![A town-hall meeting](a.jpg)\n"
    assert len(linter.check_text(text).findings) == text.count("hall")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        pytest.param("They use the Web. It is a Web of pages.\n", True, id="all are found"),
        pytest.param("They use the Web. Web pages came.\n", True, id="at the head of a sentence"),
        pytest.param("They use the Web. The World Wide Web is old; Web Services Inc. is not.\n", True, id="in names"),
        pytest.param("They use the Web. She wrote *Life with the Web*.\n", True, id="in a title"),
        pytest.param("They use the Web. A firm has Web-based pages.\n", False, id="in a compound"),
        pytest.param(
            "They use the Web. In Web pages they look.\n", False, id="behind a word that the rule does not know"
        ),
    ],
)
def test_a_word_is_lowered_in_all_of_an_article_or_not_at_all(house, text: str, safe: bool) -> None:
    linter = house(Web=swap(**{"(?<=(?:the|a) )Web\\b(?!-| [A-Z])": "web"}))
    assert {one.safe for finding in linter.check_text(text).findings for one in finding.fixes} == {safe}


def test_a_link_in_running_words_is_fixed() -> None:
    text = "It was [a matter for the Federal Government and for others](https://example.org).\n"
    linter = Linter(select=("Newswire.CapitalizedAdjectives",))
    assert fixed(linter, Source(text), "draft.md").text == text.replace("Federal Government", "federal government")
