"""Masks: what a house wants to be left unread in its articles, as regular expressions for what stands in the source.

Where an expression has groups, the first is what is masked. A newcomer would mask after reading; but what is masked,
such as the tags of a template, is there because the reader of a format would take it for something else.
"""

from collections.abc import Iterable

from edlint import pattern
from edlint.text import Span


def spans(masks: Iterable[str], text: str) -> list[Span]:
    """Gives what is masked in a text, in order; raises TimeoutError where looking for it takes too long."""
    found = (match for mask in masks for match in pattern.matches(pattern.compiled(mask), text))
    places = (match.span(1) if match.re.groups and match[1] is not None else match.span() for match in found)
    return sorted(Span(*place) for place in places if place[0] < place[1])
