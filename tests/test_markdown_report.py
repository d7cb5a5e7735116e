"""`--format markdown`: a comment that a forge shows as it is meant, whatever the articles say."""

import os
import re
import shutil
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyromark
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from edlint import Linter
from edlint.config import load
from edlint.finding import Checked, Report, Totals
from edlint.output import Format, Style

ROOT = Path(__file__).parent.parent
DATE = ("--select", "Newswire.DateFormat")
LIMIT = 65_536  # characters that GitHub takes
NO_CI = dict.fromkeys(("GITHUB_REPOSITORY", "GITHUB_SHA", "CI_PROJECT_URL", "CI_COMMIT_SHA"), None)
SHOWN = pyromark.Options.ENABLE_TABLES | pyromark.Options.ENABLE_STRIKETHROUGH | pyromark.Options.ENABLE_MATH
# What forges turn into a link or picture once Markdown is read: people, issues, merge requests, emoji, addresses.
CALLS = re.compile(r"[@#!%~&$^][\w\"]|:[a-z+-][\w+-]*:|\b(?:gh|[A-Z]{2,})-\d|https?://|www\.", re.IGNORECASE)


class Comment(HTMLParser):
    """A comment as it is shown: the names of its tags, its rows as texts of cells, its texts and its links."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.markdown = markdown
        self.tags, self.texts, self.links = list[str](), list[str](), list[str]()
        self.rows = list[list[str]]()
        self._in_table = False
        self.feed(pyromark.html(markdown, options=SHOWN))

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        assert not {name for name, _ in attrs} - {"href", "style", "open"}
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag == "br":
            self.rows[-1][-1] += "\n"
        self._in_table = tag == "table" or self._in_table

    def handle_endtag(self, tag: str) -> None:
        self._in_table = tag != "table" and self._in_table

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append(data)
            if self._in_table:
                self.rows[-1][-1] += data

    @property
    def found(self) -> list[list[str]]:
        """The rows of the tables, without their heads and the signs of no width."""
        return [
            [cell.replace("\u200b", "").replace("\xa0", " ").strip() for cell in row]
            for row in self.rows
            if row[0] != "Line"
        ]


@pytest.fixture
def comment(edlint, monkeypatch):
    """Runs the command, in no CI unless it is told one, and gives the comment, which is short enough for GitHub."""
    for name in NO_CI:
        monkeypatch.delenv(name, raising=False)

    def run(*args: str, **kwargs: Any) -> Comment:
        printed = edlint("--format", "markdown", *args, **kwargs).out
        assert len(printed) <= LIMIT
        return Comment(printed)

    return run


@pytest.fixture
def house(write):
    """A house in which whatever stands between START and END is found."""
    rule = "extends: existence\nscope: raw\nmessage: \"found '%s'\"\nraw: ['(?s)START(.+?)END']\nnonword: true\n"
    write("House/All.yml", rule)
    write(".edlint.yml", "styles: [House]\n")


def test_a_clean_run_is_two_lines(comment, write) -> None:
    write("draft.md", "It rained all day.\n")
    assert comment("draft.md").markdown == "<!-- edlint -->\n### edlint: nothing found\n\n1 file checked.\n"


def test_what_does_not_count_is_counted_and_not_listed(comment, write) -> None:
    write("a.md", "<!-- edlint-disable-next-line Newswire.DateFormat: the name -->\nThe January 6th committee.\n")
    assert comment(*DATE, "a.md").texts == [
        "edlint: nothing found",
        "1 file checked. Not counted: 1 that the articles allow.",
    ]
    report = Linter(select=["Newswire.DateFormat"]).check_text("We met on January 18th.\n")
    form = Format("markdown", Style())
    part = form.part(replace(report, findings=(), baselined=report.findings))
    run = Report(iter([Checked("a.md", part)]), totals=Totals(number=1, baselined=1))
    assert "".join(form.text(run)).endswith("nothing found\n\n1 file checked. Not counted: 1 in the baseline.\n")


def test_a_finding_is_a_row_with_its_words_and_the_other_places(comment, write) -> None:
    write("drafts/a.md", "\ufeffRain, 😀.\r\n\r\nWhat a day. “We won, Ada Bell said to us all.\r\n")
    shown = comment("--select", "Copy.UnbalancedQuotes", "drafts")
    ((line, severity, told, rule),) = shown.found
    assert (line, severity, rule) == ("3", "❌ error", "Copy.UnbalancedQuotes")
    message, words, other = told.split("\n")
    assert message.startswith("quotation opened here is never closed")
    assert words == "What a day. “We won, Ada Bell said to us all."
    assert other == "line 3: it is still open where this paragraph ends"
    assert shown.links == ["drafts/a.md#L3"]
    assert "<b>“</b>" in shown.markdown


def test_words_around_can_be_left_out(comment, write) -> None:
    write("a.md", "Rain. We met on January 18th.\n")
    ((_, _, told, _),) = comment(*DATE, "--no-excerpt", "a.md").found
    assert "Rain" not in told


def test_the_first_findings_are_shown_at_once_and_further_articles_are_folded(comment, write) -> None:
    for name, number in (("a.md", 8), ("b.md", 8), ("c.md", 8), ("d.md", 1)):
        write(name, "We met on January 18th.\n\n" * number)
    heads = re.findall("<details.*?>(?=<summary>)", comment(*DATE, ".").markdown)
    assert heads == ["<details open>", "<details open>", "<details>", "<details>"]
    assert "<b>c.md</b>: 8 warnings</summary>" in comment(*DATE, ".").markdown


WORDS = [
    pytest.param("ask @adabell", id="a mention"),
    pytest.param("see #12 and x/y#12, GH-12, ED-7", id="issues"),
    pytest.param("!12 %12 ~bug $12 &12 ^alert#3", id="references of GitLab"),
    pytest.param("a | b || c \\| d", id="pipes"),
    pytest.param("<script>alert(1)</script><img src=x onerror=y>", id="html"),
    pytest.param("</details></td></table> <!--", id="closing tags"),
    pytest.param("&lt;b&gt; &#60;i>", id="entities"),
    pytest.param("[press](javascript:alert(1)) ![x](//y)", id="links"),
    pytest.param("*a* **b** _c_ ~~d~~ `e` ``f", id="emphasis and code"),
    pytest.param("$x$ and $`y`$", id="mathematics"),
    pytest.param(":tada: :+1:", id="emoji"),
    pytest.param("https://example.org/issues/3 www.example.org ada@example.org", id="addresses"),
    pytest.param("a\n\n# b\n- c\n/close\n| d |", id="lines"),
    pytest.param("a\x1b[31m b\x08c", id="controls"),
]


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("words", WORDS)
def test_the_words_of_an_article_are_only_words(comment, write, words: str) -> None:
    write("draft.txt", f"START{words}END\n\nSTARTsecondEND\n")
    shown = comment("draft.txt")
    assert len(shown.found) == 2
    assert all(len(row) == 4 for row in shown.rows)
    (_, _, told, rule), (_, _, second, _) = shown.found
    assert rule == "House.All"
    plain = re.sub(r"[\s\x00-\x1f]+", " ", words)
    assert told.startswith(f"found 'START{plain}END'")
    assert second.startswith("found 'STARTsecondEND'")
    assert [text for text in shown.texts if CALLS.search(text)] == []
    assert set(shown.tags) == {"h3", "p", "details", "summary", "b", "table", "thead", "tbody", "tr", "th", "td", "a",
                               "br", "i", "code"}  # fmt: skip
    assert shown.tags.count("code") == 1
    assert len(shown.links) == 2


@pytest.fixture(scope="module")
def all_found(tmp_path_factory) -> Linter:
    """A linter that finds the whole of whatever text it is given."""
    folder = tmp_path_factory.mktemp("house")
    rule = "extends: existence\nscope: raw\nmessage: \"found '%s'\"\nraw: ['(?s).+']\nnonword: true\n"
    (folder / "House").mkdir()
    (folder / "House/All.yml").write_text(rule, encoding="utf-8")
    (folder / ".edlint.yml").write_text("styles: [House]\n", encoding="utf-8")
    return Linter(load(folder / ".edlint.yml"))


@given(st.text(st.sampled_from("ab1 @#!%~&$^*_`|\\<>[](){}:+-/.\"'=\n\r\u200b😀"), min_size=1, max_size=60))
def test_no_words_whatever_break_a_row_or_call_anybody(all_found, words: str) -> None:
    report = all_found.check_text(words, "draft.txt")
    assume(report.findings)
    form = Format("markdown", Style())
    shown = Comment("".join(form.text(Report(iter([Checked("draft.txt", form.part(report))])))))
    ((_, _, told, rule),) = shown.found
    assert (rule, len(shown.links)) == ("House.All", 1)
    assert " ".join(words.replace("\u200b", "").split()) in " ".join(told.split())
    assert [text for text in shown.texts if CALLS.search(text)] == []


@pytest.mark.parametrize(
    "name", ["a b.md", "50%.md", "a|b.md", "(x) [y].md", "<b>@ada #1.md", "new\nline.md", "naïve?.md", "_x_ `y`.md"]
)
def test_the_name_of_a_file_is_only_a_name(comment, write, name: str) -> None:
    draft = write(f"content/{name}", "We met on January 18th.\n")
    (draft.parents[1] / ".git").mkdir()
    shown = comment(*DATE, ".", cwd=draft.parent)
    assert [unquote(link) for link in shown.links] == [f"content/{name}#L1"]
    assert f"content/{' '.join(name.split())}" in [text.replace("\u200b", "") for text in shown.texts]
    assert [text for text in shown.texts if CALLS.search(text)] == []
    assert len(shown.found) == 1


def test_the_name_of_a_file_that_is_no_utf_8_is_linked_to(comment, write) -> None:
    write(os.fsdecode(b"caf\xe9.md"), "We met on January 18th.\n")
    assert comment(*DATE, ".").links == ["caf%E9.md#L1"]


def test_in_ci_links_lead_to_the_commit(comment, write) -> None:
    write("a b.md", "We met on January 18th.\n")
    github = {"GITHUB_SERVER_URL": "https://github.example", "GITHUB_REPOSITORY": "o/r", "GITHUB_SHA": "c0ffee"}
    gitlab = {"CI_PROJECT_URL": "https://gitlab.example/o/r", "CI_COMMIT_SHA": "c0ffee"}
    assert comment(*DATE, ".", env=github).links == ["https://github.example/o/r/blob/c0ffee/a%20b.md?plain=1#L1"]
    assert comment(*DATE, ".", env=gitlab).links == ["https://gitlab.example/o/r/-/blob/c0ffee/a%20b.md?plain=1#L1"]


def test_what_could_not_be_checked_comes_first(comment, write) -> None:
    write("latin.md", b"caf\xe9\n")
    write("House/Bad.yml", "extends: existence\nmessage: avoid\ntoken: [x]\n")
    write(".edlint.yml", "styles: [House, Newswire]\n")
    write("draft.md", "We met on January 18th.\n")
    shown = comment("draft.md", "latin.md")
    assert shown.texts[0] == "edlint: 1 warning, 2 problems"
    assert (
        shown.texts.index("Could not be checked:")
        < shown.texts.index("House/Bad.yml:3")
        < shown.texts.index("draft.md")
    )
    assert shown.links[:2] == ["House/Bad.yml#L3", "latin.md"]


def test_of_a_large_run_the_worst_is_shown_and_the_rest_counted(comment, edlint, write) -> None:
    for number in range(30):
        write(f"{number:02}.md", "We met on January 18th.\n\n" * 40 + "“We won, she said.\n" * (number % 3 == 0))
    select = ("--select", "Newswire.DateFormat", "--select", "Copy.UnbalancedQuotes")
    shown = comment(*select, ".")
    findings = edlint("--format", "json", *select, ".").findings
    left = int(re.search(r"\*\*(\d+) more findings left out, among them all of (\d+) files:\*\*", shown.markdown)[1])
    assert len(shown.found) + left == len(findings)
    assert len(shown.markdown) > LIMIT * 0.95
    assert [row[1] for row in shown.found].count("❌ error") == 10
    titles = [title for title in shown.texts if re.fullmatch(r"\d\d\.md", title)]
    assert titles[:10] == [f"{number:02}.md" for number in range(0, 30, 3)]
    assert len(titles) + int(re.search(r"all of (\d+) files", shown.markdown)[1]) == 30


@pytest.mark.usefixtures("house")
def test_a_long_message_is_cut(comment, write) -> None:
    write("draft.txt", f"START{'😀|' * 20_000}END\n")
    ((_, _, told, _),) = comment("draft.txt").found
    assert len(told) < 700
    assert told.count("…") == 2


def test_two_runs_print_equal_bytes(edlint, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    assert edlint("--format", "markdown", "examples") == edlint("--format", "markdown", "examples")
