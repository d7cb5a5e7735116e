"""HTML as a run of tokens, each with its place in the source: words, references, tags and comments.

What is broken is taken as browsers take it, and never an error. The parser of the standard library would need the square
of the time for tags that do not end, raises on `<![`, and reads unclosed comments and titles as its release does.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from html.entities import html5
from types import MappingProxyType
from typing import NamedTuple

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
# Elements in which no tag stands but the one that ends them, nor, in the first, any reference.
_BARE = {
    **{name: False for name in ("script", "style", "xmp", "iframe", "noembed", "noframes")},
    **{name: True for name in ("textarea", "title")},
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
            yield from (bare := list(_bare(source, at, token.text)))
            at = bare[-1].span.end if bare else at
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


def _bare(source: str, start: int, name: str) -> Iterator[Token]:
    """The words of an element that holds no tags."""
    closing = _ENDS[name].search(source, start)
    end = closing.start() if closing else len(source)
    if _BARE[name]:
        yield from words(source, start, end)
    elif end > start:
        yield Token("words", Span(start, end), source[start:end])


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
    at = name.end()
    while (attribute := _ATTRIBUTE.match(source, at, end)) and attribute[1]:
        at = attribute.end()
        value = attribute.lastindex or 1
        found.setdefault(attribute[1].lower(), Span(*attribute.span(value)) if value > 1 else Span(at, at))
    at = attribute.end() if attribute else at
    if at >= end:
        return None
    alone = name[2].lower() in VOID or (source[at - 1] == "/" and not found_ends_at(found, at))
    return Token("close" if name[1] else "open", Span(start, at + 1), name[2].lower(), found, alone)
