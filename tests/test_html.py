"""HTML pages: what a page shows is prose, and every word keeps its place."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


PARTS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<td>", "<table>", "<!--", "-->", "&amp;", "&", "<", ">", "a b", "é",
     "\n", "\r\n", "<br>", "<script>", "</script>", "<code>", "</code>", '<img alt="x">', "<![CDATA[", "]]>", "<?x", "😀", "{{", "}}"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PARTS, max_size=25).map("".join))
def test_every_verbatim_word_reads_the_same_in_the_source(text: str) -> None:
    document = read(text)
    for block in document.blocks:
        for piece in block.pieces:
            assert 0 <= piece.span.start <= piece.span.end <= len(text)
            if piece.verbatim:
                assert text[piece.span.start : piece.span.end] == piece.text


@pytest.mark.parametrize(
    "part", ["<b>", "</i>", "<p>", "<li>a", "<div>a", "<blockquote>a", "&a", "<!-- ", "<a href='", "a\n"]
)
def test_reading_takes_time_in_proportion_to_the_page(part: str) -> None:
    began = time.perf_counter()
    read(part * 5_000)
    once = time.perf_counter() - began
    began = time.perf_counter()
    read(part * 20_000)
    assert time.perf_counter() - began < 12 * once + 0.5


def test_a_page_is_checked_like_any_article(edlint, write) -> None:
    write("page.html", "<p>She said <em>&ldquo;it rains</em> and went.</p>\n<p>They teh went.</p>\n")
    ran = edlint("--format", "json", ".")
    found = {(f["rule"], f["line"], f["match"]) for f in ran.findings}
    assert ("Copy.UnbalancedQuotes", 1, "&ldquo;") in found
