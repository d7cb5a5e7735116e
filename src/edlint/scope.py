"""Scope: which blocks, or which parts of blocks, a rule looks at.

A scope is a list of alternatives; an alternative is terms joined by `&`; a term may be denied with `~`. A term names

- a kind of block or one that it stands in: `heading`, `heading.h2`, `paragraph` (of the body), `list`, `blockquote`,
  `table.cell`, `table.header`, `caption`, `alt`, `footnote`; `text` is every block, `prose` every block that readers
  read, so only those fields of the front matter that are sentences
- a key of the front matter: `title`, or `frontmatter.title`
- `headline`: headings, and those fields of the front matter that are headlines, such as `title`
- inline markup, of which the rule then sees nothing but the words inside, or, denied, all but these: `link`, `strong`,
  `emphasis`, `strikethrough`, `code`, `meta` (HTML's `data`), and `quote`, which is direct speech: words in
  quotation marks
- `work`: the titles of works, words in emphasis, a link, quotation marks or a picture's text in capitals as titles are
- `sentence`: the sentences of paragraphs, headings, list items, cells and quotes, one by one
- `summary`: the running text of the whole article as one (paragraphs, lists and block quotes); `raw`: the file as it is
- a format, by the ending of its files: `text.html`

Parts of a dotted name may stand in any order. What the parts of a block are is here; how blocks are cut is in
`analysis.views`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from edlint.text import Block

UNREAD = frozenset({"code", "meta"})  # inline markup whose words other rules see masked
INLINE = frozenset({"link", "strong", "emphasis", "strikethrough", *UNREAD})
SPEECH = "quote"
WORK = "work"
SENTENCE = "sentence"
WHOLE = frozenset({"summary", "raw"})
VIEWS = INLINE | WHOLE | {SPEECH, WORK, SENTENCE}
BLOCKS = frozenset(
    "text prose headline paragraph heading heading.h1 heading.h2 heading.h3 heading.h4 heading.h5 heading.h6 "
    "list list.item blockquote table table.header table.cell table.caption caption alt footnote pre frontmatter".split()
)
_PARTS = frozenset(part for name in BLOCKS for part in name.split(".")) | {"attr", "figure"}
_FORMATS = frozenset("md markdown txt text html htm mdx rst adoc org xml dita tex".split())
# The keys of front matter that static site generators and newsrooms fill with words for readers.
PROSE_FIELDS = frozenset(
    "title subtitle headline subheadline deck dek standfirst kicker description summary excerpt abstract lead lede "
    "teaser intro caption short_title linktitle seo_title seo_description meta_description social_title "
    "social_description image_alt image_caption alt pullquote".split()
)
_READ = ("prose", "headline")
HEADLINES = frozenset("title subtitle headline subheadline short_title linktitle seo_title social_title".split())

Terms = tuple[tuple[str, bool], ...]  # each with whether it is wanted


def parts(block: Block) -> Iterator[str]:
    """Gives the parts of the names that a block answers to: of its kind and of those of its ancestors."""
    yield "text"
    if is_prose(block):
        yield "prose"
    if is_headline(block):
        yield "headline"
    head, _, key = block.kind.partition(".")
    if head == "frontmatter":
        yield from (head, key)
        return
    for kind in (block.kind, *block.ancestors):
        yield from kind.split(".")


def is_prose(block: Block) -> bool:
    """Says whether a block is meant to be read, which most front-matter fields are not."""
    head, _, key = block.kind.partition(".")
    return head != "frontmatter" or key.lower() in PROSE_FIELDS


def is_headline(block: Block) -> bool:
    """Says whether a block heads an article or a part of one."""
    head, _, key = block.kind.partition(".")
    return head in ("heading", "title") or (head == "frontmatter" and key.lower() in HEADLINES)


@dataclass(frozen=True)
class Scope:
    """The blocks that a rule looks at: alternatives of terms, each with whether it is wanted."""

    alternatives: tuple[Terms, ...] = ((("text", True),),)

    @classmethod
    def parse(cls, expressions: tuple[str, ...]) -> "Scope":
        """Reads expressions such as `text & ~link`; raises ValueError, naming the term, where one is unknown."""
        return cls(tuple(tuple(_term(word) for word in expression.split("&")) for expression in expressions))

    @property
    def spares_speech(self) -> bool:
        """Says whether what stands in quotation marks is left alone."""
        return any((SPEECH, False) in terms for terms in self.alternatives)

    @property
    def spares_works(self) -> bool:
        """Says whether titles of works are left alone."""
        return any((WORK, False) in terms for terms in self.alternatives)

    @property
    def is_of_prose(self) -> bool:
        """Says whether the rule reads what people read, and so no addresses."""
        return any((name, True) in terms for terms in self.alternatives for name in _READ)

    @property
    def sees_source(self) -> bool:
        """Says whether the rule sees what is masked in blocks: code, or the file as it is."""
        return any(wanted and term in {"raw", *UNREAD} for terms in self.alternatives for term, wanted in terms)

    @property
    def whole(self) -> str | None:
        """The view of the whole article that the rule looks at, `summary` or `raw`, None for blocks."""
        return next((term for terms in self.alternatives for term, wanted in terms if term in WHOLE and wanted), None)

    def fitting(self, block: Block, suffix: str = "") -> Iterator[Terms]:
        """Gives the terms of the alternatives that a block fits.

        `suffix` is the ending of the article's name, without its point.
        """
        names = {*parts(block), suffix}
        for terms in self.alternatives:
            if all(_fits(term, names, block) is wanted for term, wanted in terms if term not in VIEWS):
                yield terms


def _fits(term: str, names: set[str], block: Block) -> bool:
    if term == "paragraph":
        return block.kind == term and not block.ancestors
    if term.startswith("frontmatter."):
        return block.kind == term
    return all(part in names for part in term.split("."))


def _term(word: str) -> tuple[str, bool]:
    term = word.strip()
    denied = term.startswith("~")
    term = term.removeprefix("~").strip()
    if not _is_known(term):
        raise ValueError(term)
    return term.removeprefix("text.") if term.startswith("text.frontmatter.") else term, not denied


def _is_known(term: str) -> bool:
    if term in VIEWS | PROSE_FIELDS or term.removeprefix("text.").startswith("frontmatter."):
        return True
    return all(part in _PARTS or part in _FORMATS for part in term.split("."))
