"""Front matter: the fields at the head of an article, in YAML (`---`) or TOML (`+++`), with exact places."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from edlint import markup, settings
from edlint.text import Block, Comment, Document, Piece, Source, Span

_FENCED = re.compile(
    r"(?P<fence>---|\+\+\+)[ \t]*(?:\r\n?|\n)(?P<body>(?:.*?(?:\r\n?|\n))??)(?:(?P=fence)|\.\.\.)[ \t]*(?:\r\n?|\n|\Z)",
    re.DOTALL,
)
_TOML_FIELD = re.compile(r"^[ \t]*([\w-]+|\"[^\"\n]*\")[ \t]*=[ \t]*(?=[\"'])", re.MULTILINE)
_TOML_TABLE = re.compile(r"^[ \t]*\[", re.MULTILINE)
_ESCAPE = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|(?:\r\n?|\n)\s*|.)", re.DOTALL)
_ESCAPES = {"'": "'", '"': "\\"}  # what begins one, by the mark around a value
_SPACE = re.compile(r"\s+")
_OPENING = re.compile(r"[|>][-+\d]*[^\r\n]*(?:\r\n?|\n)\s*|\"{3}(?:\r\n?|\n)?|'{3}(?:\r\n?|\n)?|[\"']?")


class FrontMatter(NamedTuple):
    """The fields, a block for each that is text, where the body begins, and what is wrong as (line, message)."""

    meta: Mapping[str, Any]
    blocks: tuple[Block, ...]
    end: int
    problem: tuple[int | None, str] | None = None

    def without(self, text: str) -> str:
        """Gives the text of the article with blank lines in the place of the fields, where the rest stays."""
        return "\n" * self.end + text[self.end :] if self.end else text

    def document(self, source: Source, blocks: Iterable[Block], comments: Iterable[Comment]) -> Document:
        """Makes a document of the fields, the blocks of the body and its comments."""
        prose = (block for block in (*self.blocks, *blocks) if markup.says_something(block.pieces))
        in_order = tuple(sorted(prose, key=lambda block: block.span))
        return Document(source, in_order, self.meta, (self.problem,) if self.problem else (), tuple(comments))


def read(text: str) -> FrontMatter:
    """Reads the front matter of an article; an article without any has none at offset 0."""
    match = _FENCED.match(text) if text.startswith(("---", "+++")) else None
    if not match:
        return FrontMatter({}, (), 0)
    read_fields = _yaml if match["fence"] == "---" else _toml
    meta, blocks, problem = read_fields(match["body"], text, match.start("body"))
    return FrontMatter(meta, tuple(block for block in blocks if block.text.strip()), match.end(), problem)


# Fields are read of a body, which begins at an offset of the text.
_Fields = tuple[Mapping[str, Any], list[Block], tuple[int | None, str] | None]


def _yaml(body: str, text: str, offset: int) -> _Fields:
    try:
        node = settings.compose(body, "")
    except settings.SettingsError as error:
        line = error.problem.line
        return {}, [], (line + 1 if line else None, f"front matter is {error.problem.message}")
    if node is None or settings.shape(node) != "mapping":
        return {}, [], None
    blocks = [
        _field(key.value, value.value, text, Span(value.start_mark.index + offset, value.end_mark.index + offset))
        for key, value in node.value
        if settings.shape(key) == settings.shape(value) == "scalar" and value.tag.endswith(":str")
    ]
    return settings.plain(node), blocks, None


def _toml(body: str, text: str, offset: int) -> _Fields:
    import tomllib  # few articles have TOML

    try:
        meta = tomllib.loads(body.replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        return {}, [], (None, f"front matter is not TOML: {error}")
    table = _TOML_TABLE.search(body)
    fields = list(_TOML_FIELD.finditer(body, 0, table.start() if table else len(body)))
    ends = [m.start() for m in fields[1:]] + [table.start() if table else len(body)]
    blocks = [
        _field(key, meta[key], text, Span(match.end() + offset, end + offset))
        for match, end in zip(fields, ends, strict=False)
        if isinstance(meta.get(key := match[1].strip('"')), str)
    ]
    return meta, blocks, None


def _field(key: str, value: str, text: str, span: Span) -> Block:
    return Block(f"frontmatter.{key}", tuple(aligned(value, text, span)))


def aligned(value: str, source: str, span: Span) -> Iterator[Piece]:
    """Gives the pieces of a value as it is written in a span of a YAML or TOML source.

    Walks both forward, once: equal characters are verbatim; quotation marks, folded line ends and escapes are not.
    """
    at, end = span
    opening = _OPENING.match(source, at, end)
    quote = source[at : at + 1]
    at = opening.end() if opening else at
    if source.startswith(value, at, end) and not (quote in _ESCAPES and _ESCAPES[quote] in value):
        yield from [Piece(Span(at, at + len(value)), value)] if value else ()  # as most are written
        return
    index = begin = 0  # in the value; `begin` is where the verbatim run began
    while index < len(value):
        step = _step(value, index, source, at, end, quote)
        if step is None:
            index, at = index + 1, at + 1
            continue
        if index > begin:
            yield Piece(Span(at - (index - begin), at), value[begin:index])
        taken, width = step
        if taken:
            yield Piece(Span(at, at + width), value[index : index + taken], verbatim=False)
        index, at = index + taken, at + width
        begin = index
    if index > begin:
        yield Piece(Span(at - (index - begin), at), value[begin:index])


def _step(value: str, index: int, source: str, at: int, end: int, quote: str) -> tuple[int, int] | None:
    """How many characters of the value and of the source go together next; None for one and one, equal."""
    here, there = value[index], source[at : at + 1] if at < end else ""
    if quote == "'" and here == "'" and source.startswith("''", at):
        return 1, 2
    if quote == '"' and there == "\\" and (escape := _ESCAPE.match(source, at, end)):
        return (0 if escape.group()[1:].isspace() and escape.group() != "\\ " else 1), escape.end() - at
    if here == there:
        return None
    there_space, here_space = _SPACE.match(source, at, end), _SPACE.match(value, index)
    if there_space:
        return here_space.end() - index if here_space else 0, there_space.end() - at
    return len(value) - index, max(end - at, 0)  # they have parted ways: the rest stands somewhere in the rest
