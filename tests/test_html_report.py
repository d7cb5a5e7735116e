"""The report to look at: one page that loses no finding, runs nothing of an article's, and works in a real browser."""

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edlint.finding import Checked, Edit, FileReport, Finding, Fix, Related, Report, Severity, Suppressed, Totals
from edlint.output import Style, html
from edlint.readers import reader
from edlint.text import Source, Span

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "src" / "edlint" / "output" / "page"
WEB = {"https://example.org/a_", "https://example.org/x"}
VOID = {"meta", "input", "br", "rect"}
EVIL = "</noscript></script></template>--><img src=x onerror=hit()><script>hit()</script>\u2028&quot;'\"`${hit()}"


@dataclass
class Shown(HTMLParser):
    """A page as one without scripts reads it: notes, and the words of marks, by article and number."""

    notes: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    marked: dict[tuple[str, str], str] = field(default_factory=lambda: defaultdict(str))
    written: dict[tuple[str, str], str] = field(default_factory=lambda: defaultdict(str))
    said: dict[tuple[str, str], str] = field(default_factory=lambda: defaultdict(str))
    tags: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.article = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag == "article":
            self.article = told["id"] or ""
        key = (self.article, told.get("data-n") or "")
        classes = (told.get("class") or "").split()
        if "note" in classes:
            assert key not in self.notes, "a finding has one note"
            self.notes[key] = {"rule": told["data-rule"] or "", "severity": classes[1], "state": classes[2]}
        if tag == "mark":
            self.marked[key] += ""
        if tag not in VOID:
            self.open.append((tag, told))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> without its beginning"
        opened, _ = self.open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        tags = [(tag, (told.get("class") or "").split(), told.get("data-n") or "") for tag, told in self.open]
        classes = {name for _, names, _ in tags for name in names}
        if "ref" not in classes:
            for key in {(self.article, number) for tag, _, number in tags if tag == "mark"}:
                self.marked[key] += data
        if "notes" not in classes and "ref" not in classes:
            self.words += data
        note = next(((self.article, number) for _, names, number in tags if "note" in names), None)
        if note:
            self.said[note] += data
            if "written" in classes:
                self.written[note] += data


def shown(page: str) -> Shown:
    parser = Shown()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser


def page_of(*files: FileReport, **about: Any) -> str:
    totals = Totals(len(files))
    for file in files:
        totals.counts.update(finding.severity for finding in file.findings)
        totals.allowed += len(file.suppressed)
        totals.baselined += len(file.baselined)
    checked = iter([Checked(file.path, html.part(file, Style())) for file in files])
    return "".join(html.text(Report(checked, totals=totals, **about), Style()))


def found(text: str, *spans: Span, path: str = "draft.md", related: tuple[Span, ...] = ()) -> FileReport:
    document = reader(path).read(Source(text))
    others = tuple(Related(span, f"place {n}") for n, span in enumerate(related))
    findings = [Finding("Copy.Odd", "k", Severity.warning, f"odd {n}", span, others) for n, span in enumerate(spans)]
    return FileReport(path, document, tuple(sorted(findings, key=lambda one: one.order)))


# What stands in the page

LINES = st.sampled_from([
    "Plain words of a paragraph, with a comma.", "A **bold *deep* word** and `code <b>` in &amp; out\\*.",
    "See [the **ferry** plan](https://example.org/a_(b)) and <https://example.org/x>.", "# A heading", "- an item",
    "1. one\n   - within\n2. two", "> quoted\n> further", "| A | B |\n|---|---|\n| 1 | |\n| x | `y` |", "<!-- a comment -->",
    "```\nlet x = \"1\";\n```", "![A pier](pier.png) at dusk\nand on  \nit goes.", "<div><p>Set <em>in</em> HTML</p></div>",
    "A note[^1].\n\n[^1]: The note.", "{{< figure src=\"x\" caption=\"A cap\" >}}", "<script>hit()</script>", "é 🚢 \u202e x",
    "<table><tr><td>a<td>b<tr><td>c</table>",
])  # fmt: skip
ARTICLES = st.lists(LINES, min_size=1, max_size=7).map("\n\n".join)
HEADS = st.sampled_from(["", "---\ntitle: A title & more\nsummary: 'It''s short'\ntags: [a, b]\n---\n\n"])


@settings(max_examples=100, deadline=None)
@given(st.data(), HEADS, ARTICLES, st.sampled_from(["a.md", "a.txt", "a.html"]))
def test_every_finding_has_one_note_and_its_words_are_marked(data: Any, head: str, body: str, path: str) -> None:
    text = head + body
    places = st.tuples(*[st.integers(0, len(text))] * 2).map(lambda pair: Span(*sorted(pair)))
    spans, others = data.draw(st.lists(places, max_size=8, unique=True)), data.draw(st.lists(places, max_size=2))
    file = found(text, *spans, path=path, related=tuple(others))
    seen = shown(page_of(file))
    ids = [told["id"] for _, told in seen.tags if told.get("id")]
    assert len(ids) == len(set(ids))
    assert {told["href"] for _, told in seen.tags if (told.get("href") or "")[1:]} - {f"#{name}" for name in ids} <= WEB
    assert len(seen.notes) == len(file.findings)
    for number, finding in enumerate(file.findings, 1):
        key = (html.identity(path), str(number))
        assert finding.message in seen.said[key]
        assert key in seen.marked
        match = text[finding.span.start : finding.span.end]
        assert seen.marked[key] or not match.strip() or match.strip() in seen.written[key].strip()


@settings(max_examples=100, deadline=None)
@given(st.data(), HEADS, ARTICLES)
def test_words_that_a_block_shows_are_marked_as_they_read(data: Any, head: str, body: str) -> None:
    document = reader("a.md").read(Source(head + body))
    blocks = [block for block in document.blocks if block.kind != "alt"]
    block = data.draw(st.sampled_from(blocks)) if blocks else None
    if block is None:
        return
    start = data.draw(st.integers(0, len(block.text) - 1))
    within = Span(start, data.draw(st.integers(start + 1, len(block.text))))
    seen = shown(page_of(found(head + body, block.in_source(within), path="a.md")))
    (marked,) = seen.marked.values()
    if block.is_verbatim(within) and block.text[within.start : within.end].strip():
        assert marked == block.text[within.start : within.end]
    assert marked.strip() or not block.text[within.start : within.end].strip("* \n")  # a picture has no words


@settings(max_examples=60, deadline=None)
@given(HEADS, ARTICLES)
def test_no_word_of_an_article_is_left_out(head: str, body: str) -> None:
    document = reader("a.md").read(Source(head + body))
    words = " ".join(shown(page_of(found(head + body, path="a.md"))).words.split())
    for block in document.blocks:
        for word in re.findall(r"[^\W\d_]+", block.text):
            assert word in words


def test_every_finding_of_the_json_report_is_on_the_page_with_its_words(edlint) -> None:
    page = shown(edlint("--format", "html", "examples", cwd=ROOT).out)
    files = edlint("--format", "json", "examples", cwd=ROOT).report["files"]
    assert sum(len(file["findings"]) for file in files) == len(page.notes) > 20
    for file in files:
        for number, finding in enumerate(file["findings"], 1):
            key = (html.identity(file["path"]), str(number))
            assert page.notes[key] == {"rule": finding["rule"], "severity": finding["severity"], "state": "standing"}
            assert page.marked[key] == finding["match"]
            assert finding["message"] in page.said[key]
            assert f"line {finding['line']}" in page.said[key]
            assert all(related["message"] in page.said[key] for related in finding["related"])
            assert all(fix["message"] in page.said[key] for fix in finding["fixes"])


def test_what_the_article_allows_is_there_with_its_reason_and_does_not_count(edlint, write) -> None:
    write(
        "draft.md",
        "<!-- edlint-disable-next-line Copy.DoubledWords: a quotation from the play -->\nIn the the end.\n",
    )
    page = edlint("--format", "html", "draft.md").out
    (note,) = shown(page).notes.values()
    assert note["state"] == "allowed"
    assert "a quotation from the play" in page
    assert "Nothing found in 1 article" in page
    assert "1 allowed by the article" in page


def test_what_stands_in_the_baseline_is_there_and_does_not_count() -> None:
    old = Finding("Copy.Odd", "existence", Severity.error, "an old one", Span(3, 6))
    page = page_of(FileReport("draft.md", reader("draft.md").read(Source("In the end.")), (), baselined=(old,)))
    assert [note["state"] for note in shown(page).notes.values()] == ["baselined"]
    assert "Nothing found in 1 article" in page
    assert "1 known, in the baseline" in page


def test_what_could_not_be_checked_stands_at_the_top(edlint, write) -> None:
    write("bad.md", b"\xff\xfe\x00")
    write("good.md", "All is well.\n")
    page = edlint("--format", "html", "bad.md", "good.md", "gone.md").out
    told = page[page.index("What could not be checked") : page.index("<article")]
    assert "bad.md" in told
    assert "gone.md" in told


def test_a_run_without_articles_gives_a_page(edlint, write) -> None:
    write("notes/empty.md", "")
    assert "Nothing found in 1 article" in edlint("--format", "html", "notes").out


def test_a_page_says_near_its_beginning_what_made_it() -> None:
    assert '<meta name="generator" content="edlint">' in page_of(found("In the end."))[:512]


def test_equal_runs_give_equal_pages(edlint, write) -> None:
    write("draft.md", "He said “no.\n")
    assert edlint("--format", "html", "draft.md").out == edlint("--format", "html", "--no-cache", "draft.md").out


def test_a_fix_shows_what_goes_and_what_comes() -> None:
    text = "We utilize it."
    fix = Fix("write 'use'", safe=True, edits=(Edit(Span(3, 10), "use"),))
    finding = Finding("Copy.Odd", "existence", Severity.warning, "odd", Span(3, 10), fixes=(fix,))
    page = page_of(FileReport("a.md", reader("a.md").read(Source(text)), (finding,)))
    assert "<del>utilize</del><ins>use</ins>" in page


@pytest.mark.parametrize(("text", "shown_as"), [
    ("He came, he said extraordinarily little, she thought.", "\">extraordinarily<ins>,</ins> little, she</span>"),
    ("extraordinarily", "extraordinarily<ins>,</ins>"),
    ("ab " + "x" * 50 + "extraordinarily" + "y" * 50, "raordinarily<ins>,</ins>yyyyyyyyyyyy</span>"),
])  # fmt: skip
def test_words_beside_an_edit_are_whole(text: str, shown_as: str) -> None:
    at = text.index("extraordinarily") + len("extraordinarily")
    fix = Fix("add a comma", safe=True, edits=(Edit(Span(at, at), ","),))
    finding = Finding("Copy.Odd", "existence", Severity.warning, "odd", Span(at - 1, at), fixes=(fix,))
    assert shown_as in page_of(FileReport("a.md", reader("a.md").read(Source(text)), (finding,)))


@pytest.mark.parametrize(("text", "drawn"), [
    ("1. one\n2. two", "<ol><li><p dir=\"auto\">one</p></li><li><p dir=\"auto\">two</p></li></ol>"),
    ("3. one\n   - in", "<ol start=\"3\"><li><p dir=\"auto\">one</p><ul><li><p dir=\"auto\">in</p></li></ul></li></ol>"),
    ("- a\n\n  b\n- c", "<ul><li><p dir=\"auto\">a</p><p dir=\"auto\">b</p></li><li><p dir=\"auto\">c</p></li></ul>"),
    ("| A | B |\n|-|-|\n| | x |", "<table><tr><th>A</th><th>B</th></tr><tr><td></td><td>x</td></tr></table>"),
    ("<table><tr><td>a<td><td>b<tr><td>c</table>",
     "<table><tr><td>a</td><td></td><td>b</td></tr><tr><td>c</td></tr></table>"),
    ("> a\n>\n> b", "<blockquote><p dir=\"auto\">a</p><p dir=\"auto\">b</p></blockquote>"),
    ("It **is *so*** now", "<p dir=\"auto\">It <strong>is <em>so</em></strong> now</p>"),
    ("Run `a < b` now", "<p dir=\"auto\">Run <code>a &lt; b</code> now</p>"),
    ("See [it](https://e.org/)",
     "See <a href=\"https://e.org/\" rel=\"noopener noreferrer\" target=\"_blank\">it</a>"),
    ("See [it](javascript:hit())", "See <span class=\"link\">it</span>"),
    ("See [it](/there)", "See <span class=\"link\">it</span>"),
    ("See[^b].\n\n[^b]: Bee", "See<sup>[b]</sup>.</p><div class=\"footnote\"><span class=\"label\">[b]</span>"
                            "<p dir=\"auto\">Bee</p></div>"),
], ids=str)  # fmt: skip
def test_an_article_is_drawn_as_it_reads(text: str, drawn: str) -> None:
    assert drawn in page_of(found(text))


STRUCTURE = re.compile(r"</?(?:ol|ul|li|blockquote)(?: start=\"\d+\")?>|\b[a-z]\b")
EMPTY = re.compile(r"<(ol|ul|li|blockquote)[^>]*> </\1> ")
PARTS = st.sampled_from([
    "- a", "* b", "+ c", "  - d", "   1. e", "   - f", "- > g", "1. - h", "- [ ] i", "- *x*", "+ [y](y.html)", "- ```\n  j\n  ```",
    "1. k", "3. l", "1) m", "> n", "> - o", "> 2. p", "> > q", "  r", "   s", "t", "# u", "    v", "```\nw\n```",
    "[^x]: y", "", "", ">", "---", "* * *", "<!-- - -->", "> ---", "> <!-- - -->",
])  # fmt: skip


def structure(drawn: str) -> str:
    """Lists, items, quotations and words of some HTML, without those that hold no word."""
    told = re.sub(r"<!--.*?-->|<(span class=\"(?:key|label)\"|sup\b[^>]*)>.*?</(?:span|sup)>", "", drawn)
    told = re.sub(r"<(?!/?(?:ol|ul|li|blockquote)\b)[^>]*>", " ", told)
    told = "".join(f"{part} " for part in STRUCTURE.findall(told))
    while (less := EMPTY.sub("", told)) != told:
        told = less
    return told


@settings(max_examples=500, deadline=None, derandomize=True)
@given(st.lists(PARTS, max_size=9).map("\n".join))
def test_lists_quotations_and_code_are_drawn_as_markdown_makes_them(body: str) -> None:
    import pyromark

    options = pyromark.Options.ENABLE_FOOTNOTES | pyromark.Options.ENABLE_TASKLISTS | pyromark.Options.ENABLE_GFM
    text = f"z\n\n{body}\n"
    sheet = html.part(found(text), Style()).partition("</header>")[2]
    assert structure(sheet) == structure(pyromark.html(text, options=options))


@pytest.mark.parametrize(("text", "path", "drawn"), [
    ("<ul><li>a</ul><ol start=4><li>b</ol>", "a.html", "<ul> <li> a </li> </ul> <ol start=\"4\"> <li> b </li> </ol> "),
    ("<ol><li>a<ul><li>b<li>c</ul><li>d</ol>", "a.html",
     "<ol> <li> a <ul> <li> b </li> <li> c </li> </ul> </li> <li> d </li> </ol> "),
    ("<ul><li><ul><li>a</ul><li><ul><li>b</ul></ul>", "a.html",
     "<ul> <li> <ul> <li> a </li> </ul> </li> <li> <ul> <li> b </li> </ul> </li> </ul> "),
    ("<blockquote><p>a</p>\n\n<p>b</p></blockquote><blockquote>c</blockquote>", "a.html",
     "<blockquote> a b </blockquote> <blockquote> c </blockquote> "),
    ("<ul>\n<li><p>a</p>\n<br>\n<p>b</p></li>\n<li>c</li>\n</ul>", "a.html",
     "<ul> <li> a b </li> <li> c </li> </ul> "),
    ("- a<br>\n- b\n\n<ul><li>c</ul>", "a.md", "<ul> <li> a </li> <li> b </li> </ul> <ul> <li> c </li> </ul> "),
], ids=lambda told: told if told.startswith(("<ul>", "<ol>", "<bl")) else None)  # fmt: skip
def test_lists_and_quotations_of_html_stand_as_their_tags_say(text: str, path: str, drawn: str) -> None:
    assert structure(html.part(found(text, path=path), Style()).partition("</header>")[2]) == drawn


@pytest.mark.parametrize(("text", "path", "code"), [
    ("Some text.\n\n      one\n    two\n\nMore text.", "a.md", "  one\ntwo"),
    ("```\none\n```\n\n    two\n    &lt;", "a.md", "two\n&amp;lt;"),
    ("- one\n\n      two\n        three\n\n- four", "a.md", "two\n  three"),
    ("1. one\n\n   ```py\n     two\n\n   three\n   ```", "a.md", "  two\n\nthree"),
    ("> ~~~\n> one\n>   two\n> ~~~", "a.md", "one\n  two"),
    ("\tone\n\ttwo", "a.md", "one\ntwo"),
    ("```\r\none\r\n\r\n  two\r\n```", "a.md", "one\n\n  two"),
    ("```\n  one {{< two >}}\n https://example.org/x\n```", "a.md", "  one {{&lt; two &gt;}}\n https://example.org/x"),
    ("One.\n\n<PRE>two &amp;\n   three</PRE>\n\nFour.", "a.md", "two &amp;\n   three"),
    ("<p>One.<pre>  two\n    three</pre><p>Four.", "a.html", "  two\n    three"),
], ids=str)  # fmt: skip
def test_code_that_nobody_reads_is_shown_as_it_is_written(text: str, path: str, code: str) -> None:
    page = page_of(found(text, path=path))
    assert f'<span class="key">code, not read</span><pre>{code}</pre>' in page
    assert "code, not read" not in page_of(found(text, path="a.txt"))  # which has prose alone


@pytest.mark.parametrize(("text", "path", "name"), [
    ("# Fish &amp;lt; chips", "a.md", "Fish &lt; chips"),
    ("<title>Fish &amp;amp; chips</title><p>One.", "a.html", "Fish &amp; chips"),
    ("# Why `a < b` holds", "a.md", "Why a < b holds"),
    ("# ![A pier](pier.png) At sea", "a.md", "At sea"),
], ids=str)  # fmt: skip
def test_the_list_has_the_title_as_the_article_shows_it(text: str, path: str, name: str) -> None:
    page = page_of(found(text, path=path))
    listed = re.search(r'<a href="#a\w+" data-article="a\w+"><span class="name" dir="auto">([^<]*)</span>', page)
    headline = re.search(r'<h2 class="headline"[^>]*>(.*?)</h2>', page)
    assert listed
    assert headline
    assert unescape(listed[1]) == name == unescape(re.sub("<[^>]*>", "", headline[1])).strip()


# What must never happen


def test_nothing_of_an_article_a_name_or_a_rule_becomes_markup() -> None:
    text = f"---\ntitle: {EVIL!r}\nlang: '\"><script>hit()</script>'\n---\n\n# {EVIL}\n\n[a](javascript:hit()) {EVIL}\n\n```\n{EVIL}\n```\n"
    document = reader("a.md").read(Source(text))
    finding = Finding(f"Evil.{EVIL}", "k", Severity.error, EVIL, Span(0, len(text)), (Related(Span(5, 9), EVIL),),
                      link="javascript:hit()", evidence=((EVIL, EVIL),))  # fmt: skip
    from edlint.finding import About, Problem

    about = [About(f"Evil.{EVIL}", "k", EVIL, Severity.error, "javascript:hit()")]
    page = page_of(FileReport(EVIL, document, (finding,)), rules=about, problems=[Problem(EVIL, 1, EVIL)])
    seen = shown(page)
    assert [told for tag, told in seen.tags if tag == "script"] == [{"type": "application/json", "id": "data"}, {}]
    assert {tag for tag, _ in seen.tags}.isdisjoint({"img", "iframe", "object", "embed", "base", "template", "style2"})
    for _, told in seen.tags:
        assert not [name for name in told if name.startswith("on") or name in ("style", "src", "srcset", "action")]
        assert (told.get("href") or "#").startswith(("#", "https://", "http://"))
    # A browser that runs scripts takes what is in `noscript` for text up to the first end tag.
    assert page.count("</noscript") == 1


def test_the_policy_lets_the_page_load_nothing_and_run_its_own_script_alone() -> None:
    page = page_of(found("In the end."))
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; ")
    assert "unsafe" not in policy[1]
    assert not re.search(r"(?:src|href)=\"?(?!#|https?://|x onerror)[^\"#]", page[: page.index("<article")])
    assert "@import" not in page
    assert "url(" not in page


def _luminance(colour: str) -> float:
    channels = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_colours_have_the_contrast_of_wcag_aa_in_light_and_in_dark() -> None:
    css = (PAGE / "page.css").read_text(encoding="utf-8")
    palette = {name: pair for name, *pair in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)}
    texts = [(ink, on, 4.5) for ink in ("ink", "quiet", "error", "warning", "suggestion") for on in ("paper", "tray")]
    texts += [("ink", f"{level}-wash", 4.5) for level in ("error", "warning", "suggestion")] + [("ink", "chosen", 4.5)]
    lines = [(line, "paper", 3.0) for line in ("edge", "focus", "error", "warning", "suggestion")]
    lines += [(level, f"{level}-wash", 3.0) for level in ("error", "warning", "suggestion")]
    lines += [(level, "chosen", 3.0) for level in ("error", "warning", "suggestion")]
    for mode in (0, 1):
        weak = [
            (ink, on) for ink, on, least in [*texts, *lines] if _contrast(palette[ink][mode], palette[on][mode]) < least
        ]
        assert weak == []


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        pytest.skip("no chromium on this machine")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


Opened = Callable[..., Any]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Opened]:
    """Opens a page from a file; it must load nothing and complain of nothing."""
    contexts, requests, complaints = list[Any](), set[str](), list[str]()

    def open_(page: str, *, fragment: str = "", width: int = 1440, **options: Any) -> Any:
        file = tmp_path / "report.html"
        file.write_text(page, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.on("request", lambda request: requests.add(request.url))
        tab.goto(file.as_uri() + fragment)
        return tab

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []
    assert {url.partition("#")[0] for url in requests} == {(tmp_path / "report.html").as_uri()}


@pytest.fixture(scope="module")
def examples() -> str:
    from edlint.config import load
    from edlint.engine import Linter

    linter = Linter(load(ROOT / "examples" / ".edlint.yml"))
    paths = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".md", ".txt"))
    quiet = found("# Nothing\n\nAll is well here.", path="quiet.md")
    return page_of(*(linter.check_file(str(path)) for path in paths), quiet)


def chosen(tab: Any) -> str:
    return str(tab.evaluate("document.querySelector('.note.chosen')?.id ?? ''"))


def test_the_keys_lead_from_finding_to_finding_and_from_article_to_article(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    total = int(re.findall(r"(\d+) findings in", examples)[0])
    visited = list[str]()
    for _ in range(total):
        tab.keyboard.press("j")
        visited.append(chosen(tab))
    assert len(set(visited)) == total
    tab.keyboard.press("j")  # behind the last there is none
    assert chosen(tab) == visited[-1]
    tab.keyboard.press("k")
    assert chosen(tab) == visited[-2]
    assert tab.evaluate("document.activeElement.id") == visited[-2]
    first, last = visited[0].split("-")[0], visited[-1].split("-")[0]
    assert tab.locator("article.open").get_attribute("id") == last
    tab.keyboard.press("p")
    assert tab.locator("article.open").get_attribute("id") not in (first, last)
    tab.keyboard.press("n")
    assert tab.locator("article.open").get_attribute("id") == last
    tab.keyboard.press("o")
    assert tab.locator("[data-front]").is_visible()
    assert tab.locator("article.open").count() == 0


def test_one_that_is_chosen_is_in_sight_with_its_words_and_its_reason(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    for _ in range(12):
        tab.keyboard.press("j")
        number = tab.locator(".note.chosen").get_attribute("data-n")
        for node in (tab.locator(".note.chosen"), tab.locator(f"article.open mark[data-n='{number}']").first):
            box = node.bounding_box()
            assert 0 <= box["y"] < 900
    assert tab.locator(".note.chosen .why").inner_text().strip()


def test_a_link_to_a_finding_opens_it_and_back_leads_back(opened: Opened, examples: str) -> None:
    name = sorted(shown(examples).notes)[4]
    tab = opened(examples, fragment=f"#{name[0]}-{name[1]}")
    assert chosen(tab) == f"{name[0]}-{name[1]}"
    tab.keyboard.press("o")
    tab.go_back()
    assert tab.locator("article.open").get_attribute("id") == name[0]


@pytest.mark.parametrize("fragment", ["#%", "#nowhere", "#a000000000000-3", "#main"])
def test_a_link_to_nothing_shows_the_overview(opened: Opened, examples: str, fragment: str) -> None:
    assert opened(examples, fragment=fragment).locator("[data-front]").is_visible()


def test_the_places_that_a_note_speaks_of_show_when_it_is_pointed_at_and_are_a_link_away(opened: Opened) -> None:
    text = "\n\n".join(["First words.", *["A long paragraph between the two places."] * 60, "Last words."])
    tab = opened(page_of(found(text, Span(0, 5), related=(Span(len(text) - 11, len(text) - 7),))))
    tab.keyboard.press("n")
    tab.hover("mark")
    assert tab.locator(".also.near").inner_text() == "Last"
    tab.keyboard.press("j")
    assert tab.locator(".also.chosen").count() == 1
    tab.click(".note.chosen .related a")
    assert 0 < tab.locator(".also.chosen").bounding_box()["y"] < 900
    assert tab.locator(".note.chosen").count() == 1


def test_filters_hide_what_is_not_asked_for_and_count_the_rest(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    notes = shown(examples).notes
    tab.keyboard.press("2")
    tab.keyboard.press("3")
    errors = {key for key, note in notes.items() if note["severity"] == "error"}
    assert tab.locator("[data-status]").text_content().startswith(f"{len(errors)} of {len(notes)} findings in ")
    tab.keyboard.press("j")
    assert tab.locator("article.open .note:visible:not(.error)").count() == 0
    assert tab.locator("article.open mark.warning:not(.off)").count() == 0
    tab.keyboard.press("c")
    rule = "Copy.UnbalancedQuotes"
    tab.select_option("[data-choice=rule]", rule)
    hits = {key for key, note in notes.items() if note["rule"] == rule}
    assert tab.locator("[data-status]").text_content().startswith(f"{len(hits)} of {len(notes)} findings in ")
    assert tab.locator("[data-list] li:visible").count() == len({article for article, _ in hits})
    tab.select_option("[data-choice=style]", "Newswire")  # which has no such rule
    assert tab.input_value("[data-choice=rule]") == ""
    tab.locator("[data-do=clear]").click()
    assert tab.locator("[data-status]").text_content().startswith(f"{len(notes)} findings in ")


def ruled(path: str, *states: tuple[str, Severity, str], text: str = "In the end all is well.") -> FileReport:
    """An article with a finding for each rule, severity and state."""
    found, baselined, allowed = list[Finding](), list[Finding](), list[Suppressed]()
    for place, (rule, severity, state) in enumerate(states):
        finding = Finding(rule, "k", severity, f"odd {place}", Span(3, 6))
        if state == "allowed":
            allowed.append(Suppressed(finding, "so", Span(0, 1)))
        else:
            (baselined if state == "baselined" else found).append(finding)
    document = reader(path).read(Source(text))
    return FileReport(path, document, tuple(found), suppressed=tuple(allowed), baselined=tuple(baselined))


BARS = """(kind) => [...document.querySelectorAll(`[data-chart=${kind}] li`)].filter((n) => n.checkVisibility()).map((n) => [
    n.querySelector('.name').textContent, n.querySelector('.count').textContent,
    Math.round([...n.querySelectorAll('rect')].reduce((sum, rect) => sum + +rect.getAttribute('width'), 0))])"""


def test_charts_hold_what_only_the_baseline_has_once_it_is_shown(opened: Opened) -> None:
    old = [("Desk.Old", Severity.warning, "baselined")] * 4
    tab = opened(page_of(ruled("a.md", ("Desk.New", Severity.error, "standing")), ruled("b.md", *old), ruled("c.md")))
    assert tab.evaluate(BARS, "rule") == [["Desk.New", "1", 100]]
    assert tab.evaluate(BARS, "article") == [["a.md", "1", 100]]
    assert tab.locator("h1").inner_text() == "1 finding in 1 of 3 articles"
    tab.keyboard.press("b")
    assert tab.evaluate(BARS, "rule") == [["Desk.Old", "4", 100], ["Desk.New", "1", 25]]
    assert tab.evaluate(BARS, "article") == [["b.md", "4", 100], ["a.md", "1", 25]]
    assert tab.locator("h1").inner_text() == "1 finding and 4 known in 2 of 3 articles"
    tab.keyboard.press("b")
    assert tab.evaluate(BARS, "rule") == [["Desk.New", "1", 100]]


def test_charts_of_a_page_where_nothing_counts_come_when_it_is_shown(opened: Opened) -> None:
    tab = opened(page_of(ruled("a.md", ("Desk.Old", Severity.error, "allowed"))))
    assert tab.locator("h1").inner_text() == "Nothing found in 1 article"
    assert tab.locator(".chart:visible").count() == 0
    tab.keyboard.press("a")
    assert tab.evaluate(BARS, "rule") == [["Desk.Old", "1", 100]]
    assert tab.locator(".chart:visible").count() == 2
    assert tab.locator("h1").inner_text() == "1 allowed in 1 article"


def test_what_is_allowed_is_shown_and_does_not_count_among_the_findings(opened: Opened) -> None:
    allowed = ("Copy.B", Severity.warning, "allowed")
    tab = opened(page_of(ruled("a.md", ("Copy.A", Severity.warning, "standing"), allowed), ruled("b.md")))
    summary = ["1 warning", "1 allowed by the article"]
    assert tab.locator(".summary li:visible").all_inner_texts() == summary
    tab.keyboard.press("a")
    assert tab.locator("h1").inner_text() == "1 finding and 1 allowed in 1 of 2 articles"
    assert tab.locator(".summary li:visible").all_inner_texts() == summary
    tab.select_option("[data-choice=rule]", "Copy.B")
    assert tab.locator("h1").inner_text() == "None of 1 finding and 1 allowed in 1 of 2 articles"


def test_the_fold_of_rules_holds_as_many_as_it_says(opened: Opened) -> None:
    copy = [(f"Copy.R{n:02}", Severity.warning, "standing") for n in range(14)]
    desk = [(f"Desk.R{n:02}", Severity.warning, "standing") for n in range(20) for _ in range(2)]
    tab = opened(page_of(ruled("a.md", *copy, *desk)))
    summary = tab.locator("[data-chart=rule] summary")
    assert summary.inner_text() == "22 more rules"
    tab.select_option("[data-choice=style]", "Copy")
    assert summary.inner_text() == "2 more rules"
    summary.click()
    assert [name for name, *_ in tab.evaluate(BARS, "rule")] == [name for name, *_ in copy]
    bar = tab.locator("[data-chart=rule] details a:visible").last
    bar.press("Enter")
    assert tab.evaluate(BARS, "rule") == [["Copy.R13", "1", 100]]
    assert summary.count() == 1
    assert not summary.is_visible()
    assert tab.evaluate("document.activeElement.dataset.rule") == "Copy.R13"


def test_all_counts_follow_the_filters(opened: Opened) -> None:
    first = [("Copy.A", Severity.error, "standing"), ("Copy.B", Severity.warning, "standing"),
             ("Copy.B", Severity.warning, "baselined")]  # fmt: skip
    second = [("Desk.C", Severity.error, "standing"), ("Desk.C", Severity.suggestion, "standing")]
    tab = opened(page_of(ruled("a.md", *first), ruled("b.md", *second), ruled("c.md")))

    def told() -> tuple[str, list[str], list[str]]:
        severities = tab.locator(".severities .count").all_inner_texts()
        return tab.locator("h1").inner_text(), severities, tab.locator(".summary li:visible").all_inner_texts()

    whole = ("4 findings in 2 of 3 articles", ["2", "1", "1"],
             ["2 errors", "1 warning", "1 suggestion", "1 known, in the baseline"])  # fmt: skip
    assert told() == whole
    tab.select_option("[data-choice=style]", "Copy")
    assert told() == ("2 of 4 findings in 1 of 3 articles", ["1", "1", "0"],
                      ["1 error", "1 warning", "1 known, in the baseline"])  # fmt: skip
    tab.keyboard.press("1")  # what is not shown is counted all the same where it can be shown again
    assert told() == ("1 of 4 findings in 1 of 3 articles", ["1", "1", "0"], ["1 warning", "1 known, in the baseline"])
    tab.keyboard.press("2")
    assert told()[0] == "None of 4 findings in 3 articles"
    tab.keyboard.press("c")
    assert told() == whole
    tab.fill("[data-search]", "b.md")
    tab.locator("h1", has_text="2 of 4 findings in 1 of 3 articles").wait_for()
    assert told()[1] == ["1", "0", "1"]


def test_the_charts_lead_to_rules_and_articles(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    bar = tab.locator("[data-chart=rule] a").first
    rule, count = bar.get_attribute("data-rule"), bar.locator(".count").inner_text()
    bar.click()
    assert tab.input_value("[data-choice=rule]") == rule
    assert tab.locator("[data-status]").text_content().startswith(f"{count} of ")
    assert tab.locator("[data-chart=rule] li:visible").count() == 1
    tab.locator("[data-chart=article] a").first.click()
    assert tab.locator("article.open .note:visible").count() > 0


def test_search_looks_into_the_words_of_articles(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    tab.keyboard.press("/")
    tab.keyboard.type("Odile Vanterpool")  # the keys are letters here
    tab.locator("[data-list] li:not([hidden])").nth(1).wait_for(state="detached")
    assert tab.locator("[data-list] li:visible").count() == 1
    tab.locator("[data-search]").fill("no such words")
    tab.locator("[data-empty]").wait_for(state="visible")
    tab.keyboard.press("Escape")


def test_enter_opens_the_first_article_that_has_the_words_and_marks_them(opened: Opened) -> None:
    text = "\n\n".join(["First words.", *["A paragraph of the night."] * 60, "The *last* boat [1+1] leaves."])
    tab = opened(page_of(found("Nothing here.", path="a.md"), found(text, Span(0, 5), path="b.md")))
    marked = "[...CSS.highlights.get('found')].map(String)"
    tab.locator("[data-list] a").first.click()
    assert not tab.locator("[data-absent]").is_visible()
    tab.fill("[data-search]", "LAST  boat [1+1]")
    tab.locator("[data-absent]").wait_for(state="visible")
    assert "is not in this article" in tab.locator("[data-absent]").inner_text()
    tab.press("[data-search]", "Enter")
    assert tab.locator("article.open").get_attribute("id") == html.identity("b.md")
    assert tab.evaluate(marked) == ["last boat [1+1]"]
    assert not tab.locator("[data-absent]").is_visible()
    assert 0 < tab.evaluate("[...CSS.highlights.get('found')][0].getBoundingClientRect().top") < 900
    tab.locator("[data-do=clear]").click()
    assert tab.evaluate(marked) == []


def test_the_last_finding_says_that_it_is_the_last(opened: Opened) -> None:
    tab = opened(page_of(found("In the end.", Span(0, 2), Span(3, 6))))
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    assert tab.locator("[data-where]").inner_text() == "First finding"
    tab.keyboard.press("j")
    assert tab.locator("[data-where]").inner_text() == "2 of 2 findings"
    tab.keyboard.press("j")
    assert tab.locator("[data-where]").inner_text() == "Last finding"
    tab.locator("[data-status]", has_text="Last finding").wait_for(state="attached")


def test_the_tab_key_leads_to_the_search_then_to_filters_then_to_the_rest(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    known = "Object.entries(document.activeElement.dataset).flat().join(' ').trim()"
    steps = list[str]()
    for _ in range(10):
        tab.keyboard.press("Tab")
        steps.append(tab.evaluate(known))
    filters = ["severity 3", "severity 2", "severity 1", "choice style", "choice rule"]
    assert steps[2:] == ["search", *filters, "do theme", "do help"]


def test_the_article_that_is_open_is_not_under_the_pager(opened: Opened) -> None:
    files = [found("In the end.", Span(0, 2), path=f"desk/{n:02}.md") for n in range(40)]
    tab = opened(page_of(*files))
    for _ in range(25):
        tab.keyboard.press("n")
        current, pager = tab.locator("[data-list] [aria-current]").bounding_box(), tab.locator(".pager").bounding_box()
        assert current["y"] + current["height"] <= pager["y"]


def test_what_does_not_count_is_shown_on_request(opened: Opened) -> None:
    new, old = (
        Finding("Copy.Odd", "k", Severity.error, name, Span(*span)) for name, span in (("new", (0, 2)), ("old", (3, 6)))
    )
    document = reader("a.md").read(Source("In the end."))
    tab = opened(page_of(FileReport("a.md", document, (new,), baselined=(old,))))
    tab.keyboard.press("j")
    assert tab.locator(".note:visible").count() == 1
    assert tab.locator("mark:not(.off)").count() == 1
    tab.keyboard.press("b")
    assert tab.locator(".note:visible").count() == 2
    assert tab.locator("[data-where]").inner_text() == "1 of 2 findings"


def test_keys_can_be_turned_off_and_stay_out_of_fields(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    tab.keyboard.press("?")
    assert tab.locator("dialog").is_visible()
    tab.locator("[data-keys]").uncheck()
    tab.keyboard.press("Escape")
    tab.keyboard.press("j")
    assert chosen(tab) == ""
    tab.reload()
    tab.keyboard.press("j")
    assert chosen(tab) == ""


def test_dark_follows_the_system_and_the_switch(opened: Opened, examples: str) -> None:
    tab = opened(examples, color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = tab.evaluate(paper)
    tab.keyboard.press("d")
    assert tab.evaluate(paper) != dark
    tab.reload()
    assert tab.evaluate(paper) != dark


@pytest.mark.parametrize("width", [320, 390, 800, 1100, 1440])
def test_nothing_runs_out_of_the_page_sideways(opened: Opened, examples: str, width: int) -> None:
    tab = opened(examples, width=width)
    beyond = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert tab.evaluate(beyond) <= 0
    for _ in range(4):
        tab.evaluate("document.querySelector('[data-do=next]').click()")
        assert tab.evaluate(beyond) <= 0


NOTES = """[...document.querySelectorAll('article.open .note')].filter((n) => n.checkVisibility()).map((n) => {
    const [b, details] = [n, n.querySelector('.details')].map((one) => one.getBoundingClientRect());
    return [b.top, details.height ? Math.max(b.bottom, details.bottom) : b.bottom, b.left]; })"""


def _assert_apart(tab: Any) -> None:
    boxes = tab.evaluate(NOTES)
    text = tab.evaluate("document.querySelector('article.open .headline').getBoundingClientRect().right")
    assert all(below[0] >= above[1] for above, below in pairwise(boxes))
    assert all(left > text - 1 for _, _, left in boxes)


def test_notes_stand_beside_their_paragraphs_and_never_on_each_other(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    for _ in range(4):
        tab.keyboard.press("n")
        _assert_apart(tab)


PARAGRAPHS = """[...document.querySelectorAll('article.open .read p:not(.notes p)')].map(
    (n) => [n.getBoundingClientRect().top + scrollY, n.getBoundingClientRect().bottom + scrollY])"""


def test_a_note_that_is_opened_covers_no_other_and_moves_no_words(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    tab.keyboard.press("n")
    words = tab.evaluate(PARAGRAPHS)
    for _ in range(9):
        tab.keyboard.press("j")
        assert tab.locator(".note.chosen .details").bounding_box()["height"] > 20
        _assert_apart(tab)
        assert tab.evaluate(PARAGRAPHS) == words


def test_long_notes_leave_no_gaps_in_the_text_and_stay_near_their_paragraphs(opened: Opened) -> None:
    text = "\n\n".join(f"The ferry {n} leaves at dusk." for n in range(30))
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"ferry|leaves|dusk", text)]
    bare, noted = found(text, path="bare.md"), found(text, *spans, path="noted.md")
    tab = opened(page_of(bare, noted), fragment=f"#{html.identity('bare.md')}")
    steps = [below[0] - above[0] for above, below in pairwise(tab.evaluate(PARAGRAPHS)[2:])]
    tab.keyboard.press("n")
    noted_steps = [below[0] - above[0] for above, below in pairwise(tab.evaluate(PARAGRAPHS)[1:])]
    assert noted_steps == pytest.approx(steps, abs=2)
    for _ in range(90):
        tab.keyboard.press("j")
        note, number = tab.locator(".note.chosen").bounding_box(), tab.locator(".note.chosen").get_attribute("data-n")
        mark = tab.locator(f"article.open mark[data-n='{number}']").bounding_box()
        assert 0 < mark["y"] < 900
        assert 0 < note["y"] < 900 - note["height"]
    _assert_apart(tab)


@pytest.mark.parametrize("width", [320, 340, 800])
def test_filters_keep_within_the_page_where_there_is_much_to_count(opened: Opened, width: int) -> None:
    states = [(f"House.AVeryLongNameOfARule{n % 9}", severity, state)
              for n in range(300) for severity in Severity for state in ("standing", "allowed", "baselined")]  # fmt: skip
    tab = opened(page_of(ruled("a.md", *states)), width=width)
    tab.locator("[data-do=filters]").click()
    assert tab.locator("[data-choice=rule]").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth") == width


BOX = """(node) => { const { top, bottom, left, right } = node.getBoundingClientRect();
    return { top, bottom, left, right }; }"""


def _boxes(tab: Any) -> tuple[dict[str, float], dict[str, float]]:
    """Where the note that is chosen stands, and the first of its words."""
    note = tab.locator(".note.chosen")
    mark = tab.locator(f"article.open mark[data-n='{note.get_attribute('data-n')}']").first
    return note.evaluate(BOX), mark.evaluate(BOX)


CROWDED = " ".join(f"Word{n} stands beside some plain ones," for n in range(120))


@pytest.mark.parametrize("width", [375, 800, 1000, 1440])
def test_the_words_and_the_note_are_both_in_sight_where_a_paragraph_has_many(opened: Opened, width: int) -> None:
    text = f"First words.\n\n{CROWDED}\n\nLast words."
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"Word\d+|Last", text)]
    tab = opened(page_of(found(text, *spans)), width=width)
    tab.keyboard.press("n")
    top = tab.locator(".masthead").bounding_box()["height"]
    foot = tab.locator(".pager").bounding_box()["y"] if width < 864 else 900  # where it lies over the words
    for number in (51, 3, 120, 60, 61, 121):
        tab.locator(f"article.open mark[data-n='{number}']").click()
        note, mark = _boxes(tab)
        assert tab.locator(".note.chosen").get_attribute("data-n") == str(number)
        assert top <= mark["top"] < mark["bottom"] <= foot
        assert top <= note["top"] < note["bottom"] <= foot + 1
        if width < 864:
            assert note["top"] >= mark["bottom"] - 1
    tab.keyboard.press("Escape")
    assert tab.locator(".sheet, .away").count() == 0


def test_a_note_at_the_foot_of_a_phone_goes_when_the_words_beside_it_are_touched(opened: Opened) -> None:
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"Word\d+", CROWDED)]
    tab = opened(page_of(found(CROWDED, *spans)), width=375, has_touch=True)
    tab.keyboard.press("j")
    assert tab.locator(".note.sheet").is_visible()
    tab.touchscreen.tap(200, 30 + tab.locator("mark.chosen").bounding_box()["y"])  # below the mark, not at one
    assert tab.locator(".note.sheet, .note.chosen").count() == 0


def test_a_note_comes_to_the_words_that_stand_far_down_in_a_long_paragraph(opened: Opened) -> None:
    text = "Plain words of a long paragraph. " * 150 + "An odd end."
    tab = opened(page_of(found(text, Span(len(text) - 7, len(text) - 4))))
    tab.keyboard.press("j")
    note, mark = _boxes(tab)
    assert 0 < mark["top"] < 900
    assert note["top"] == pytest.approx(mark["top"], abs=60)
    tab.keyboard.press("Escape")
    assert tab.locator(".note").evaluate(BOX)["top"] < mark["top"] - 900


def _table(columns: int) -> FileReport:
    """An article with a table whose cells have long words, found in each; a paragraph with one before and after it."""
    cells = " | ".join(f"the environmental harbor {n}" for n in range(columns))
    text = f"The harbor.\n\n| {cells} |\n|{'---|' * columns}\n| {cells} |\n\nThe harbor, again."
    return found(text, *(Span(match.start(), match.end()) for match in re.finditer("harbor", text)))


@pytest.mark.parametrize(("width", "columns"), [(375, 6), (1440, 30)])
def test_words_in_a_wide_table_come_in_sight_when_they_are_chosen(opened: Opened, width: int, columns: int) -> None:
    tab = opened(page_of(_table(columns)), width=width)
    tab.keyboard.press("n")
    table = tab.locator("article.open table").evaluate(BOX)
    assert tab.evaluate("(([t]) => t.scrollWidth > t.clientWidth)(document.querySelectorAll('article.open table'))")
    for key in [*"j" * (columns + 1), "k", "k"]:
        tab.keyboard.press(key)
        _, mark = _boxes(tab)
        assert table["left"] - 1 <= mark["left"] < mark["right"] <= table["right"] + 1


def test_words_that_are_searched_for_come_in_sight_in_a_wide_table(opened: Opened) -> None:
    tab = opened(page_of(_table(30)))
    tab.keyboard.press("/")
    tab.keyboard.type("harbor 28")
    tab.keyboard.press("Enter")
    table = tab.locator("article.open table").evaluate(BOX)
    words = tab.evaluate_handle("[...CSS.highlights.get('found')][0]").evaluate(BOX)
    assert table["left"] - 1 <= words["left"] < words["right"] <= table["right"] + 1


@pytest.mark.parametrize("width", [375, 800])
@pytest.mark.parametrize("level", ["#", "##", "####"])
def test_a_mark_in_a_headline_does_not_touch_its_note(opened: Opened, width: int, level: str) -> None:
    text = f"# A headline\n\n{level} The the ferry\n\nIt goes."
    text = text.removeprefix("# A headline\n\n") if level == "#" else text
    at = text.index("The the")
    tab = opened(page_of(found(text, Span(at, at + 7))), width=width)
    for key in "nj":
        tab.keyboard.press(key)
        tab.locator("article.open .note").wait_for()
        mark = tab.locator("article.open mark").evaluate(BOX)
        note = tab.locator("article.open .note").evaluate(BOX)
        assert note["top"] - 6 * (key == "j") >= mark["bottom"]  # the ground of one that is chosen reaches further


def test_code_and_the_quotation_behind_it_do_not_touch(opened: Opened) -> None:
    tab = opened(page_of(found("In the end.\n\n```\nrun\n```\n> Said she.\n", path="a.md")))
    tab.locator("[data-list] a").click()
    code, quotation = (tab.locator(f"article.open {name}").bounding_box() for name in (".code", "blockquote"))
    assert quotation["y"] - code["y"] - code["height"] > 10


def test_the_page_can_be_read_without_scripts(opened: Opened, examples: str) -> None:
    tab = opened(examples, java_script_enabled=False)
    assert tab.locator(".note:visible").count() == len(shown(examples).notes)
    assert tab.locator(".scripted:visible").count() == 0
    assert tab.locator("article .headline:visible").count() == 5


def test_paper_shows_the_article_and_its_notes_alone(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    tab.keyboard.press("j")
    tab.emulate_media(media="print")
    assert tab.locator("article.open .note:visible").count() > 3
    assert tab.locator("article.open .fixes:visible").count() > 1
    assert tab.locator("nav:visible, .masthead:visible, .pager:visible").count() == 0


PAPER = 673  # pixels between the margins of A4
CUT = """() => [...document.querySelectorAll('article.open :is(p, td, th, mark, .note, .ref)')].filter((node) => {
    const box = node.getBoundingClientRect();
    return box.width && (box.left < 0 || box.right > document.documentElement.clientWidth + 1
        || (node.matches('td, th') && node.scrollWidth > node.clientWidth + 1)); }).map((node) => node.outerHTML)"""


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("columns", [2, 5, 6, 14, 30, 45])
def test_paper_cuts_off_nothing_of_a_table_and_lays_nothing_over_its_notes(
    opened: Opened, columns: int, scripts: bool
) -> None:
    file = _table(columns)
    tab = opened(page_of(file), width=PAPER, java_script_enabled=scripts, fragment=f"#{html.identity(file.path)}")
    tab.emulate_media(media="print")
    assert tab.locator("article mark:visible").count() == tab.locator("article .note:visible").count() > columns
    assert tab.evaluate(CUT.replace("article.open", "article")) == []
    words = [node.evaluate(BOX) for node in tab.locator("article p:not(.notes p), article table").all()]
    for note in (node.evaluate(BOX) for node in tab.locator("article .note").all()):
        assert all(note["bottom"] <= one["top"] or note["top"] >= one["bottom"] or note["left"] >= one["right"]
                   for one in words)  # fmt: skip


def test_all_articles_with_findings_can_be_printed_as_far_as_filters_let_them(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    tab.evaluate("window.print = () => {}")
    tab.select_option("[data-choice=rule]", "Copy.UnbalancedQuotes")
    listed = tab.locator("[data-list] li:visible").count()
    tab.locator("[data-do=print]").click()
    tab.emulate_media(media="print")
    assert tab.locator("article:visible").count() == listed > 1
    shown_rules = tab.eval_on_selector_all(
        ".note", "(notes) => notes.filter((n) => n.offsetParent).map((n) => n.dataset.rule)"
    )
    assert set(shown_rules) == {"Copy.UnbalancedQuotes"}
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert tab.locator("article:visible").count() == 0


def test_many_notes_on_one_paragraph_take_a_line_each_until_they_are_chosen(opened: Opened) -> None:
    text = " ".join(f"word{n}" for n in range(40))
    spans = [Span(match.start(), match.end()) for match in re.finditer(r"\w+", text)]
    few, many = found(text, *spans[:3], path="few.md"), found(text, *spans, path="many.md")
    tab = opened(page_of(few, many))
    tab.keyboard.press("n")
    assert tab.locator(".note .rule:visible").count() == 3
    tab.keyboard.press("n")
    assert tab.locator(".note .rule:visible").count() == 0
    tab.keyboard.press("j")
    assert tab.locator(".note .rule:visible").count() == 1


def test_everything_to_press_has_a_name_and_headings_have_an_order(opened: Opened, examples: str) -> None:
    tab = opened(examples)
    tab.keyboard.press("j")
    nameless = """[...document.querySelectorAll('button, a[href], input, select')].filter((n) => !(n.textContent.trim() ||
        n.getAttribute('aria-label') || n.closest('label')?.textContent.trim()))"""
    assert tab.evaluate(f"{nameless}.length") == 0
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map((n) => n.id)")
    assert len(ids) == len(set(ids))
    levels = tab.evaluate(
        "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].filter((n) => n.offsetParent).map((n) => +n.tagName[1])"
    )
    assert all(below <= above + 1 for above, below in pairwise(levels))
    landmarks = "['header', 'nav', 'main'].every((name) => document.querySelectorAll(`body > ${name}, .columns > ${name}`).length === 1)"
    assert tab.evaluate(landmarks)


def test_a_hostile_article_runs_nothing(opened: Opened) -> None:
    text = f'# {EVIL}\n\n[a](javascript:hit()) {EVIL}\n\n<a href="javascript:hit()">b</a>\n'
    finding = Finding("Evil.Rule", "k", Severity.error, EVIL, Span(2, 40), (Related(Span(5, 9), EVIL),))
    page = page_of(FileReport(f"{EVIL}.md", reader("a.md").read(Source(text)), (finding,)))
    for scripts in (True, False):
        tab = opened(page, java_script_enabled=scripts)
        tab.keyboard.press("j")
        assert tab.locator("article img, article script, article iframe").count() == 0
        if scripts:
            assert tab.evaluate("typeof hit") == "undefined"
            assert EVIL.replace("\u2028", "") in tab.locator(".note.chosen .message").text_content().replace(
                "\u2028", ""
            )


def test_a_thousand_articles_open_at_once_and_one_after_the_other(opened: Opened) -> None:
    text = "\n\n".join(
        ["# Ferries", *["The ferry leaves the harbor at dusk and comes back before the the morning."] * 30]
    )
    spans = [Span(match.start(), match.end()) for match in re.finditer("the the", text)][:3]
    one, none = found(text, *spans, path="x.md"), found(text, path="y.md")
    totals = Totals(1456)
    totals.counts.update({Severity.warning: 3 * 700})
    parts = [html.part(one, Style()), html.part(none, Style())]
    checked = (Checked(f"desk/{n}.md", parts[n % 2].replace(html.identity("xy"[n % 2] + ".md"), html.identity(f"desk/{n}.md")))
               for n in range(1456))  # fmt: skip
    tab = opened("".join(html.text(Report(checked, totals=totals), Style())))
    assert tab.evaluate("document.querySelectorAll('*').length") < 20_000
    assert tab.evaluate("performance.getEntriesByType('navigation')[0].domComplete") < 5_000
    for _ in range(5):
        tab.keyboard.press("j")
    assert tab.evaluate("document.querySelectorAll('mark').length") == 3
    assert tab.locator("article.open").get_attribute("id") == html.identity("desk/2.md")
