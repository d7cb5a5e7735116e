"""Readers keep the place of every word."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from edlint import sources
from edlint.markup import Reading
from edlint.readers import reader
from edlint.text import Block, Document, Source, Span

WORD = re.compile(r"\S+")


def read(text: str, path: str = "draft.md") -> Document:
    return reader(path).read(Source(text))


def blocks(text: str, path: str = "draft.md") -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in read(text, path).blocks]


def assert_words_stand_where_they_say(document: Document) -> None:
    """The law: every verbatim word of a block reads the same in the source at its span."""
    text = document.source.text
    end = 0
    for block in document.blocks:
        assert block.span.start >= end or block.kind == "alt" or not end
        end = block.span.start
        for piece, start in zip(block.pieces, block.starts, strict=True):
            assert 0 <= piece.span.start <= piece.span.end <= len(text)
            for word in WORD.finditer(piece.text) if piece.verbatim else ():
                place = block.in_source(Span(start + word.start(), start + word.end()))
                assert text[place.start : place.end] == word.group()


MARKDOWN = [
    pytest.param("# A **bo**ld head\n", [("heading.h1", "A bold head")], id="markup within a word"),
    pytest.param("Fish &amp; chips", [("paragraph", "Fish & chips")], id="an entity"),
    pytest.param("Five \\* stars", [("paragraph", "Five * stars")], id="an escape"),
    pytest.param("Run `a b` now", [("paragraph", "Run *** now")], id="code keeps its length"),
    pytest.param("See https://example.org/a_b.", [("paragraph", "See *************************.".replace("*" * 25, "*" * 23))],
                 id="an address keeps its length"),
    pytest.param("a {{< ref \"x y\" >}} b", [("paragraph", "a ***************** b")], id="a shortcode keeps its length"),
    pytest.param("[the report]({{< ref \"a b\" >}}) says", [("paragraph", "the report says")], id="a tag in a target"),
    pytest.param('<a href="{{ ref "x" }}">the report</a> says', [("paragraph", "the report says")], id="a tag in an attribute"),
    pytest.param("one\r\ntwo\rthree", [("paragraph", "one\ntwo\nthree")], id="all line ends are line feeds"),
    pytest.param("> one\n> two", [("paragraph", "one\ntwo")], id="a block quote"),
    pytest.param("- one\n- two\n\n  still two", [("paragraph", "one"), ("paragraph", "two"), ("paragraph", "still two")],
                 id="a loose list"),
    pytest.param("- one\n- two\n", [("list.item", "one"), ("list.item", "two")], id="a tight list"),
    pytest.param("- [ ] call her\n", [("list.item", "call her")], id="a task"),
    pytest.param("- one\n  ```\n  x\n  ```\n  two\n", [("list.item", "one"), ("list.item", "two")], id="code in a tight item"),
    pytest.param("- # One\n  two\n", [("heading.h1", "One"), ("list.item", "two")], id="a heading in a tight item"),
    pytest.param("|a|b|\n|-|-|\n|c \\| d|e|\n",
                 [("table.header", "a"), ("table.header", "b"), ("table.cell", "c | d"), ("table.cell", "e")], id="a table"),
    pytest.param("Said.[^1]\n\n[^1]: In court.\n", [("paragraph", "Said."), ("paragraph", "In court.")], id="a footnote"),
    pytest.param("![The *old* pier](pier.png)", [("alt", "The old pier")], id="alternative text"),
    pytest.param("<img src=x alt='The pier'> at dusk", [("paragraph", "* at dusk"), ("alt", "The pier")],
                 id="alternative text in a tag"),
    pytest.param("A pier <img src=x> at dusk", [("paragraph", "A pier * at dusk")], id="a picture parts words"),
    pytest.param("<figure>\n<figcaption>The pier &mdash; at dusk</figcaption>\n</figure>",
                 [("caption", "The pier — at dusk")], id="a caption"),
    pytest.param("<div>\n<script>var a = 'b'</script>\nIt rains.\n</div>", [("paragraph", "It rains.")], id="a script"),
    pytest.param("<p>Press <kbd>Enter</kbd> now</p>", [("paragraph", "Press ***** now")], id="a key in HTML"),
    pytest.param("    code\n\n```\nmore\n```\n", [], id="code blocks"),
    pytest.param("{{< img src=\"a\"\n   alt=\"b\" >}}\n", [("alt", "b")], id="a tag over two lines alone"),
    pytest.param("{{< img src=\"a.png\" alt=\"The pier\" caption='At dusk' >}}\n", [("alt", "The pier"), ("caption", "At dusk")],
                 id="what a tag shows"),
    pytest.param("{{< highlight >}}Come by noon.{{< /highlight >}}\n",
                 [("paragraph", "*" * 17 + "Come by noon." + "*" * 18)], id="an emphasis by a tag"),
    pytest.param("{% highlight js %}\nvar a\n\nvar b\n{% endhighlight %}\n", [], id="highlighted code"),
    pytest.param("<!-- a note -->\n\nText <!-- here --> goes on", [("paragraph", "Text goes on")], id="comments"),
    pytest.param("Text<!-- here --> goes<!-- on -->\non", [("paragraph", "Text goes\non")], id="comments beside words"),
    pytest.param("A <svg><path d='x'/></svg> sign", [("paragraph", "A * sign")], id="a drawing parts words"),
    pytest.param("See https://example.org/a?b&amp;c=d now", [("paragraph", "See " + "*" * 27 + " now")], id="an entity in an address"),
    pytest.param("<img alt='Fish &amp; chips' src=x>\n\n", [("alt", "Fish & chips")], id="an entity in alternative text"),
    pytest.param("$$\nE = mc^2\n$$\n\nSo $$x_1$$ is.", [("paragraph", "So ******* is.")], id="math"),
    pytest.param("Rain.\r\n\r\n$$\r\nx\r\n\r\nSun.", [("paragraph", "Rain."), ("paragraph", "Sun.")], id="math without an end"),
    pytest.param("Rooms from $5 to $10, $$ to $$$.", [("paragraph", "Rooms from $5 to $10, $$ to $$$.")], id="prices"),
    pytest.param("- $$ = $11 to $30\n- $$$ = more", [("list.item", "$$ = $11 to $30"), ("list.item", "$$$ = more")], id="a key to prices"),
    pytest.param("> One <!-- two\n> three -->\n>\n>     four", [("paragraph", "One")], id="a comment over lines of a quote"),
    pytest.param("[x]: https://example.org 'title'\n\n[x] is", [("paragraph", "x is")], id="a link definition"),
    pytest.param("a<br>b", [("paragraph", "a\nb")], id="a break"),
    pytest.param("~~old~~ new", [("paragraph", "old new")], id="strikethrough"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKDOWN)
def test_markdown_is_read_into_blocks(text: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(text) == expected
    assert_words_stand_where_they_say(read(text))


FRONT_MATTER = [
    pytest.param('---\ntitle: "It\'s \\"so\\" caf\\u00e9"\n---\n', 'It\'s "so" café', id="escapes"),
    pytest.param("---\ntitle: 'It''s so'\n---\n", "It's so", id="a doubled mark"),
    pytest.param("---\ntitle: Rain\n  all day\n---\n", "Rain all day", id="folded"),
    pytest.param("---\ntitle: >\n  Rain\n  all day\n\n  long\n---\n", "Rain all day\nlong\n", id="folded block"),
    pytest.param("---\ntitle: |\n  Rain\n  all day\n---\n", "Rain\nall day\n", id="literal block"),
    pytest.param("---\r\ntitle: Rain 😀 all day\r\n---\r\n", "Rain 😀 all day", id="CRLF and emoji"),
    pytest.param("---\ndate: 2020-01-18\ntitle: no\n---\n", "no", id="no is a word"),
    pytest.param('+++\ntitle = "A \\"b\\" c"\n[x]\ny = "z"\n+++\n', 'A "b" c', id="TOML"),
    pytest.param("+++\ntitle = 'a \\b'\n+++\n", "a \\b", id="TOML literal"),
    pytest.param('+++\ntitle = """\nRain\nall day"""\n+++\n', "Rain\nall day", id="TOML over lines"),
]


@pytest.mark.parametrize(("text", "title"), FRONT_MATTER)
def test_front_matter_is_read_with_the_place_of_each_word(text: str, title: str) -> None:
    document = read(text)
    assert [block.text for block in document.blocks if block.kind == "frontmatter.title"] == [title]
    assert document.meta["title"] == title
    assert_words_stand_where_they_say(document)


def test_only_the_front_matter_at_the_head_is_one() -> None:
    assert read("A line\n\n---\ntitle: x\n---\n").meta == {}
    assert read("---\nno end").meta == {}


def test_broken_front_matter_is_told_with_its_line_and_the_body_is_read() -> None:
    document = read("---\ntitle: a\ntitle2: [\n---\nIt rains.\n")
    assert document.problems[0][0] in (3, 4)
    assert [block.text for block in document.blocks] == ["It rains."]


def test_all_comments_are_kept_wherever_they_stand() -> None:
    text = "- one\n      <!-- a -->\n\n  two <!-- b -->\n\n> <!-- c\n> d -->\n\n[^1]: <!-- e --> note\n\n|x|\n|-|\n|<!-- f -->|\n"
    skipping = Reading(skipped=frozenset({"blockquote", "table"}))
    for reading in (Reading(), skipping):
        document = reader("draft.md").read(Source(text), reading)
        assert [text[slice(*comment.span)] for comment in document.comments] == [
            "<!-- a -->", "<!-- b -->", "<!-- c\n> d -->", "<!-- e -->", "<!-- f -->"]  # fmt: skip


def test_a_house_says_what_of_markdown_is_left_unread() -> None:
    text = "# Head\n\n> Said *so*\n\nRun `a b` *now* at ten.\n\n    code\n\n|cell|\n|-|\n"
    start = text.index("ten")
    inline, skipped = frozenset({"em"}), frozenset({"blockquote", "table", "h1"})
    reading = Reading((Span(start, start + 3),), inline_masked=inline, skipped=skipped)
    document = reader("draft.md").read(Source(text), reading)
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Run a b *** at ***."),
        ("pre", "code"),
    ]
    assert document.blocks[0].marks(Span(4, 7)) == {"code"}
    assert_words_stand_where_they_say(document)


def test_blocks_know_what_they_stand_in() -> None:
    document = read("> - item\n\n[^1]\n\n[^1]: note\n")
    assert [(block.kind, block.ancestors) for block in document.blocks] == [
        ("list.item", ("blockquote", "list")),
        ("paragraph", ("footnote",)),
    ]


def test_marks_tell_links_and_notes() -> None:
    block = read("Ten [of them](x) came.[^1] All *left*.\n\n[^1]: A note\n").blocks[0]
    at = block.text.index
    assert block.marks(Span(0, at("came"))) == {"link"}
    assert block.marks(Span(at("came"), at("All"))) == {"note"}
    assert block.marks(Span(at("left"), at("left") + 4)) == {"emphasis"}
    assert block.marks(Span(0, 3)) == frozenset()


def test_a_tag_that_closes_what_markdown_has_opened_is_borne() -> None:
    assert [block.text for block in read("The *pier</em> is* shut.").blocks] == ["The pier is shut."]


PLAIN = [
    pytest.param("a b\nc\r\n\r\n d \n \ne\rf\r\rg", ["a b\nc", "d", "e\nf", "g"], id="blank lines part"),
    pytest.param("", [], id="empty"),
    pytest.param(" \n\n \t\n", [], id="white space"),
    pytest.param("see www.example.org/x, he said", ["see *****************, he said"], id="addresses are masked"),
    pytest.param(
        "It shut.\n  She left.\n\t“No.”\n", ["It shut.", "She left.", "“No.”"], id="an indented line begins one"
    ),
    pytest.param("It shut. The\n  Pier is old.\n", ["It shut. The\n  Pier is old."], id="but not within a sentence"),
    pytest.param("It shut.\n  at noon\n", ["It shut.\n  at noon"], id="and not with a small letter"),
    pytest.param("  It shut.\n  She\n  left.\n  He too.", ["It shut.\n  She\n  left.\n  He too."], id="all is set in"),
    pytest.param("  It shut.\n  She left.\n  He too.", ["It shut.", "She left.", "He too."], id="all lines begin one"),
]


@pytest.mark.parametrize(("text", "expected"), PLAIN)
def test_plain_text_is_read_into_paragraphs(text: str, expected: list[str]) -> None:
    assert [block.text for block in read(text, "wire.txt").blocks] == expected
    assert_words_stand_where_they_say(read(text, "wire.txt"))


def test_a_byte_order_mark_is_not_counted() -> None:
    source = sources.decoded(b"\xef\xbb\xbf---\ntitle: Rain\n---\n# Head\n")
    document = reader("draft.md").read(source)
    assert document.meta["title"] == "Rain"
    assert source.text.startswith("---")


# Fragments that meet in articles, joined at random: markup that does not close, tags in tags, every kind of character.
FRAGMENTS = [
    "**bo**ld", "_“", "”_", "&amp;", "&#8243;", "&", "\\*", "`", "``", "[", "](", ")", "![", "<b>", "</b>", "<div>", "</div>",
    '<a href="{{ ref "x" }}">', "<br>", "{{< ref \"a b\" >}}", "{{", "}}", "{%", "%}", "\n", "\n\n", "\r\n", "\r", "\t", "  \n", "    ",
    "- ", "> ", "1. ", "# ", "|", "|-|-|\n", "---\n", "+++\n", "```\n", "~~~", "~~", "[^1]", "[^1]: ", "[x]: ", "https://a.bc/d_e",
    "me@ex.org", "😀", "e\u0301", "שלום", "\u202e", "’90s", "\u00a0", "\u2028", "x", "The pier ", " is shut", ".", "<!--", "-->", "<img alt=\"a\">",
    "{: .note}", "{#id}", "title: ", "'", '"', "\\", "<p>", "&nbsp;", "\x0c", "</a", "<li>", "<td>", "<table>", "</table>", "<title>",
    "<script>", "</script>", "<code>", "</code>", "<q>", "</q>", "<![CDATA[", "]]>", "<?x", "<!", "&amp", "&#", "<meta name=description content='",
    "*", "<em>", "</em>",
]  # fmt: skip
ARTICLES = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=30).map("".join)


@settings(max_examples=400, deadline=None)
@given(ARTICLES)
@example('---\ntitle: "a\\\n  b"\n---\n')
def test_every_verbatim_word_reads_the_same_in_the_source(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for path in ("draft.md", "wire.txt", "page.html"):
        assert_words_stand_where_they_say(read(text, path))


@settings(max_examples=200, deadline=None)
@given(ARTICLES)
def test_every_span_of_a_block_stands_within_its_source(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for block in (*read(text).blocks, *read(text, "page.html").blocks):
        previous = Span(0, 0)
        for offset in range(len(block.text) + 1):
            place = block.in_source(Span(offset, min(offset + 1, len(block.text))))
            assert 0 <= place.start <= place.end <= len(text)
            assert place.start >= previous.start
            previous = place


def test_the_law_holds_on_published_articles(shared) -> None:
    for corpus in ("md-18f", "md-opennews", "md-datagov"):
        for path in sorted((shared / "data" / corpus).glob("*.md"))[:120]:
            document = reader(str(path)).read(sources.read(str(path)))
            assert document.blocks, path
            assert_words_stand_where_they_say(document)


def test_a_span_across_markup_covers_the_markup() -> None:
    source = "Rain **all** day"
    block: Block = read(source).blocks[0]
    start = block.text.index("Rain")
    place = block.in_source(Span(start, block.text.index("day")))
    assert source[place.start : place.end] == "Rain **all** "
    assert not block.is_verbatim(Span(0, 8))
    assert block.is_verbatim(Span(0, 4))


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param("A *line* with {{ tags }} “marks” and https://example.org/x.\n\n{{< unclosed\n", id="paragraphs"),
        pytest.param("A *line* — with `code`, [links](x) and <b>tags</b>.\n", id="one paragraph"),
        pytest.param("> <div>A *line* with <b>tags</b>.\n", id="HTML in a quote"),
    ],
)
def test_reading_takes_time_in_proportion_to_the_text(lines: str) -> None:
    from time import process_time

    def seconds(count: int) -> float:
        text = lines * count
        began = process_time()
        read(text)
        return process_time() - began

    seconds(100)
    assert min(seconds(4000) for _ in range(2)) < 12 * seconds(1000)
