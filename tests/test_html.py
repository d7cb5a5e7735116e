"""HTML pages: what a page shows is prose, and every word keeps its place."""

import time

import pytest

from edlint.markup import Reading
from edlint.readers import reader
from edlint.text import Document, Source, Span

PAGE = """<!doctype html>
<html lang="en"><head>
  <meta name="description" content="A pier &amp; a hall">
  <title>The pier</title>
  <style>p { color: red }</style><script>var a = "<p>no</p>";</script>
</head><body>
<h1>A <em>long</em> pier</h1>
<p>It&rsquo;s 5&nbsp;km long. <img src=x alt="The pier at dusk">
<p>Press <kbd>Esc</kbd> or <code>quit</code>.
<pre>no prose</pre>
<ul><li>One<li>Two <ul><li>inner</ul></ul>
<table><tr><th>Name<td>Ann Lee</table>
<blockquote><p>Said <q>I knew</q>.</p></blockquote>
<figure><img src=y><figcaption>At dusk</figcaption></figure>
<!-- a note --></body></html>
"""


def read(text: str, reading: Reading | None = None) -> Document:
    html = reader("page.html")
    return html.read(Source(text), reading) if reading else html.read(Source(text))


def blocks(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(block.kind, block.text, block.ancestors) for block in read(text).blocks]


def test_a_page_is_read_into_what_it_shows() -> None:
    assert blocks(PAGE) == [
        ("description", "A pier & a hall", ()),
        ("title", "The pier", ()),
        ("heading.h1", "A long pier", ()),
        ("paragraph", "It’s 5\u00a0km long. *", ()),
        ("alt", "The pier at dusk", ()),
        ("paragraph", "Press *** or ****.", ()),
        ("list.item", "One", ("list",)),
        ("list.item", "Two", ("list",)),
        ("list.item", "inner", ("list", "list.item", "list")),
        ("table.header", "Name", ("table",)),
        ("table.cell", "Ann Lee", ("table",)),
        ("paragraph", "Said I knew.", ("blockquote",)),
        ("caption", "At dusk", ("figure",)),
    ]
    assert [comment.text for comment in read(PAGE).comments] == [" a note "]


CASES = [
    pytest.param("<p>A half<b>bold</b> word", "A halfbold word", id="markup within a word parts nothing"),
    pytest.param("<p>One<br>two", "One\ntwo", id="a break parts"),
    pytest.param("<p>One\n   two\r\n three", "One\ntwo\nthree", id="indentation is no text"),
    pytest.param("<p>See <foo>this</foo> here", "See this here", id="an unknown element is part of its line"),
    pytest.param("<p>Fish &amp chips &#38; peas &nosuch;", "Fish & chips & peas &nosuch;", id="entities"),
    pytest.param("<p>A <span translate=no>hasChildren</span> call", "A *********** call", id="what is not translated"),
    pytest.param("<p>Rain {% if a %}all{% endif %} day", "Rain **********all*********** day", id="template tags"),
    pytest.param("<p>a < b and c", "a < b and c", id="a bare sign"),
    pytest.param("<p>Cut &copy2026 and R&D, AT&T", "Cut ©2026 and R&D, AT&T", id="entities without an end"),
    pytest.param("<p>One <!-- two --> three <!--> four", "One three  four", id="comments"),
    pytest.param("<p>One <!-- two > three", "One", id="a comment without an end"),
    pytest.param("<p>One <![CDATA[two]]> <?three> </ four>five", "One   five", id="what is not shown"),
    pytest.param(
        "<p>x <a title='a > b' href=c>y</a> z<b", "x y z<b", id="signs in attributes, and a tag without an end"
    ),
    pytest.param("<p>One <svg><title>Two</title></svg> <math><mi>x</mi></math> three", "One * * three", id="drawings"),
    pytest.param("<p>One<script>if (a < b) { '</p>' }</script> two", "One two", id="a script"),
    pytest.param(
        "<p>See <a href=x>www.example.org/?a=b&amp;c=d</a>.", "See ************************.", id="an address"
    ),
    pytest.param(
        "<div class='code'>x = 1</div><p class=pre>y</p>One <b class=code>two</b>", "One two", id="classes of code"
    ),
    pytest.param("---\nlayout: x\n---\n<p>Rain", "Rain", id="front matter"),
]


@pytest.mark.parametrize(("text", "shown"), CASES)
def test_a_paragraph_reads_as_it_shows(text: str, shown: str) -> None:
    assert [block.text for block in read(text).blocks if block.kind == "paragraph"] == [shown]


def test_a_house_says_what_is_left_unread() -> None:
    text = "<p class='ad b'>Buy</p><p>A long <b>pier</b>, {{ x }}</p><aside>No</aside><pre>code</pre>"
    start = text.index("long")
    masked, inline, skipped, classes = (
        (Span(start, start + 4),),
        frozenset("b"),
        frozenset({"aside"}),
        frozenset({"ad"}),
    )
    reading = Reading(masked, tags=False, inline_masked=inline, skipped=skipped, skipped_classes=classes)
    shown = [(block.kind, block.text) for block in read(text, reading).blocks]
    assert shown == [("paragraph", "A **** ****, {{ x }}"), ("pre", "code")]


def test_places_are_those_of_the_source() -> None:
    text = "<title>Fish &amp; <chips></title><p>It&rsquo;s</p><img alt='The &ldquo;pier&rdquo;'><!-- a --!><!-- b -->"
    document = read(text)
    shown = {block.text: block.in_source(Span(0, len(block.text))) for block in document.blocks}
    assert [text[slice(*place)] for place in shown.values()] == [
        "Fish &amp; <chips>",
        "It&rsquo;s",
        "The &ldquo;pier&rdquo;",
    ]
    assert list(shown) == ["Fish & <chips>", "It’s", "The “pier”"]
    assert [text[slice(*comment.span)] for comment in document.comments] == ["<!-- a --!>", "<!-- b -->"]


@pytest.mark.parametrize(
    "part",
    ["<b>", "</i>", "<p>", "<li>a", "<div>a", "<blockquote>a", "&a", "<!-- ", "<a href='", "a\n", "<a ", "<a b='x>' ", " ",
     "<![", "<?", "<script>", "<p><ul><b>", "&#9999999999;", "http://a.bc/&amp;"],
)  # fmt: skip
def test_reading_takes_time_in_proportion_to_the_page(part: str) -> None:
    def seconds(count: int) -> float:
        began = time.process_time()
        read(part * count)
        return time.process_time() - began

    assert min(seconds(16_000) for _ in range(2)) < 12 * seconds(4_000) + 0.5


def test_a_page_is_checked_like_any_article(edlint, write) -> None:
    write("page.html", "<p>She said <em>&ldquo;it rains</em> and went.</p>\n<p>They teh went.</p>\n")
    ran = edlint("--format", "json", ".")
    found = {(f["rule"], f["line"], f["match"]) for f in ran.findings}
    assert ("Copy.UnbalancedQuotes", 1, "&ldquo;") in found
