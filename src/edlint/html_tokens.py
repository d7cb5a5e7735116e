"""HTML as a run of tokens, each with its place in the source: words, references, tags and comments.

What is broken is taken as browsers take it, and never an error. The parser of the standard library would need the
square of the time for tags that do not end, raises on `<![`, and reads unclosed comments and titles in a way that
changes between its releases.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.entities import html5
from types import MappingProxyType
from typing import NamedTuple, cast

from edlint.text import Span

_MARKUP = re.compile(r"<(?:!--|(?=[A-Za-z/!?]))")
_NAME = re.compile(r"<(/?)([A-Za-z][^ \t\n\f\r/>]*)")
_ATTRIBUTE = re.compile(
    r"[ \t\n\f\r/]*+(?:([^ \t\n\f\r/>][^ \t\n\f\r/>=]*+)"
    r"(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:\"([^\"]*)\"|'([^']*)'|([^ \t\n\f\r>]*)))?)?"
)
_COMMENT_END = re.compile(r"--!?>")
_EMPTY_COMMENT = re.compile(r"<!---?>")
_REFERENCE = re.compile(r"&(?:#(?:[0-9]{1,9}|[xX][0-9a-fA-F]{1,9});?|[A-Za-z][A-Za-z0-9]*;?)")
_LONGEST_NAME = 32
# Elements in which no tag stands but the one that ends them, and whether there are words in them.
_BARE = {
    **dict.fromkeys(("script", "style", "xmp", "iframe", "noembed", "noframes"), False),
    **dict.fromkeys(("textarea", "title"), True),
}
_ENDS = {name: re.compile(rf"</{name}(?=[ \t\n\f\r/>])", re.IGNORECASE) for name in _BARE}
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Token(NamedTuple):
    """A part of a source: `words`, a `reference`, an `open` or a `close` tag, or a `comment`.

    `text` is what is shown of words and references, the name of an element in lower case, or what a comment says.
    `attributes` has where the values of a tag stand. `alone` is a tag whose element has nothing in it.
    """

    kind: str
    span: Span
    text: str
    attributes: Mapping[str, Span] = MappingProxyType({})
    alone: bool = False


def tokens(source: str) -> Iterator[Token]:
    """Gives the tokens of HTML in order; what browsers do not show at all, such as a declaration, is none."""
    at, end = 0, source.rfind(">") + 1  # after it no tag can end
    while found := _MARKUP.search(source, at, end):
        yield from words(source, at, found.start())
        at = found.start()
        token = _comment(source, at) if found[0] == "<!--" else _tag(source, at, end)
        if token is None:
            break
        if token.text:
            yield token
        at = token.span.end
        if token.kind == "open" and token.text in _BARE and not token.alone:
            bare, at = at, _end_of(source, at, token.text)
            yield from words(source, bare, at) if _BARE[token.text] else ()
    hidden = source.find("<!--", at)  # a comment without an end
    yield from words(source, at, hidden if hidden >= 0 else len(source))


def words(source: str, start: int, end: int) -> Iterator[Token]:
    """Gives what stands between tags, or in the value of an attribute, as words and references."""
    at = start
    for match in _REFERENCE.finditer(source, start, end):
        if written := _known(match[0]):
            if match.start() > at:
                yield Token("words", Span(at, match.start()), source[at : match.start()])
            at = match.start() + len(written)
            yield Token("reference", Span(match.start(), at), unescape(written))
    if end > at:
        yield Token("words", Span(at, end), source[at:end])


def _known(reference: str) -> str:
    """As much of a reference as browsers know, which for old names is without a semicolon; empty for none."""
    name = reference[1:]
    if name.startswith("#") or name in html5:
        return reference
    lengths = range(min(len(name), _LONGEST_NAME), 1, -1)
    return next((reference[: length + 1] for length in lengths if name[:length] in html5), "")


def _end_of(source: str, start: int, name: str) -> int:
    """Where an element ends that holds no tags."""
    closing = _ENDS[name].search(source, start)
    return closing.start() if closing else len(source)


def _comment(source: str, start: int) -> Token | None:
    """A comment, None where it does not end."""
    if empty := _EMPTY_COMMENT.match(source, start):
        return Token("comment", Span(*empty.span()), "")
    begin = start + len("<!--")
    end = _COMMENT_END.search(source, begin)
    return Token("comment", Span(start, end.end()), source[begin : end.start()]) if end else None


def _tag(source: str, start: int, end: int) -> Token | None:
    """A tag, None where it does not end; a declaration and the like is one without a name."""
    name = _NAME.match(source, start, end)
    if not name:
        close = source.find(">", start, end)
        return Token("", Span(start, close + 1), "") if close >= 0 else None
    found: dict[str, Span] = {}
    attribute = _next_attribute(source, name.end(), end)
    while attribute[1]:
        value = attribute.lastindex or 1
        place = Span(*attribute.span(value)) if value > 1 else Span(attribute.end(), attribute.end())
        found.setdefault(attribute[1].lower(), place)
        attribute = _next_attribute(source, attribute.end(), end)
    if attribute.end() >= end:
        return None
    alone = name[2].lower() in VOID or attribute[0].endswith("/")
    return Token("close" if name[1] else "open", Span(start, attribute.end() + 1), name[2].lower(), found, alone)


def _next_attribute(source: str, at: int, end: int) -> re.Match[str]:
    """The next attribute of a tag; without a name it is what stands before the tag's end."""
    return cast(re.Match[str], _ATTRIBUTE.match(source, at, end))  # it may match nothing, and so it always matches
