"""What proselint finds in an article, at its true place.

proselint is asked by its Python interface, check by check, so that its process-wide registry, its configuration files
and its logging stay out of the way. A newcomer would believe what it says. These traps are closed here (proselint
0.16.0):

- Its spans count from a line feed that the caller must put before the text.
- A set of patterns is tested with word boundaries and then searched without: "decor" somewhere flags "decorated".
- Replacements may be regular expressions.
- Several patterns of a check find the same words; several checks share one path.
- A space in a pattern does not match a line wrap, nor a straight apostrophe a curly one.

Its own reading of quotation marks goes astray on the first that is never closed; rules say `~quote` instead. Importing
it takes a third of what edlint takes to start, so that happens when a rule first asks.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache, cached_property
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

from edlint.article import Article
from edlint.errors import ModelError
from edlint.finding import Place
from edlint.settings import did_you_mean
from edlint.text import Block, Span

# No pattern reaches from one block into the next over this: it is no space, no word, and no `.` takes a line feed.
_BETWEEN = "\n*\n"
# Characters that proselint's patterns know in one form only; each for one, so that offsets stay.
_PLAIN = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u00a0": " ", "’": "'"})
# What makes a longer word, an address, a time or a file's name of the words beside it; `'s` is none of these.
_JOINED_BEFORE = re.compile(r"(?:[\w@#/\\]|\w[-.:'’])\Z")
_JOINED_AFTER = re.compile(r"[\w@/\\]|[-.]\w|['’](?!s\b)\w")
_AROUND = " ([{*_"
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ .,'’-])*\Z")
_OR = re.compile(r"' or '?| / ")


class Result(Protocol):
    """What proselint says of one place of a text."""

    @property
    def message(self) -> str: ...

    @property
    def span(self) -> tuple[int, int]: ...

    @property
    def replacements(self) -> str | None: ...


class Check(Protocol):
    """A check of proselint, which brings no types of its own."""

    @property
    def path(self) -> str: ...

    @property
    def flags(self) -> Any: ...

    @property
    def check_type(self) -> Any: ...

    def check_with_flags(self, text: str) -> Iterable[Result]:
        """Gives what is found in a text that begins with a line feed."""


class Found(NamedTuple):
    """What a check found: where in the page and in a block, better words, best first, if any, and what it says."""

    span: Span
    place: Place
    better: tuple[str, ...]
    message: str


@dataclass(frozen=True)
class Page:
    """The blocks of an article as one text, so that a check runs once, and only when a rule first asks for it."""

    text: str
    blocks: tuple[Block, ...]
    starts: tuple[int, ...]
    _found: dict[int, tuple[Found, ...]] = field(default_factory=dict, repr=False)
    _parts: dict[tuple[int, ...], "Page"] = field(default_factory=dict, repr=False)

    @cached_property
    def small(self) -> str:
        """The text in small letters."""
        return in_small_letters(self.text)

    def part(self, spans: Iterable[tuple[int, int]]) -> "Page":
        """Gives the blocks that spans of the text touch as a page of their own, the same one for the same blocks."""
        ways = {(bisect_right(self.starts, start), bisect_right(self.starts, end)) for start, end in spans}
        numbers = {number for first, last in ways for number in range(max(first - 1, 0), last)}
        key = tuple(sorted(numbers))
        if key not in self._parts:
            self._parts[key] = _page([self.blocks[number] for number in key])
        return self._parts[key]

    def found(self, check: Check) -> tuple[Found, ...]:
        """Gives what a check finds, in order, each place once."""
        if id(check) not in self._found:
            places: dict[tuple[int, Span], Result] = {}
            for result in check.check_with_flags(self.text):
                place = self._trimmed(*result.span)
                if place:
                    places.setdefault(place, result)
            found = (self._taken(index, span, result) for (index, span), result in sorted(places.items()))
            self._found[id(check)] = tuple(one for one in found if _is_whole(one.place))
        return self._found[id(check)]

    def _trimmed(self, start: int, end: int) -> tuple[int, Span] | None:
        """The number of the block that a span stands in, and the span there; None where it is between blocks."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip(_AROUND))
        index = bisect_right(self.starts, start) - 1
        if index < 0:
            return None
        end = min(end - len(words) + len(words.rstrip()), self.starts[index] + len(self.blocks[index].text))
        return (index, Span(start - self.starts[index], end - self.starts[index])) if start < end else None

    def _taken(self, index: int, span: Span, result: Result) -> Found:
        whole = Span(self.starts[index] + span.start, self.starts[index] + span.end)
        better = _better(result, self.text[whole.start : whole.end])
        return Found(whole, Place(self.blocks[index], span), tuple(better), result.message)


def page(article: Article) -> Page:
    """Gives an article as proselint reads it; ask through `article.once`."""
    return _page([block for block in article.document.blocks if block.pieces])


def _page(blocks: Sequence[Block]) -> Page:
    texts = [block.text.translate(_PLAIN) for block in blocks]
    starts = accumulate((len(text) + len(_BETWEEN) for text in texts[:-1]), initial=len(_BETWEEN))
    whole = "".join([_BETWEEN, *(text + _BETWEEN for text in texts)])
    return Page(whole, tuple(blocks), tuple(starts) if blocks else ())


def in_small_letters(text: str) -> str:
    """Gives a text in small letters, as long as it is; one letter alone would become two."""
    return text.replace("İ", "I").lower()


def is_of_blocks(check: Check) -> bool:
    """Says whether what a check finds in a block is the same whatever stands in others: it neither counts nor compares.

    Such a check need not read the blocks in which nothing is wanted of it.
    """
    return not check.flags.ppm_threshold and not hasattr(check.check_type, "term_pairs")


@cache
def checks(pattern: str) -> tuple[Check, ...]:
    """Gives the checks that a path names, or a pattern of paths: `redundancy.misc.garner`, `redundancy`, `*.misc`.

    Raises ModelError where it names none, or where proselint cannot be imported.
    """
    register = _register()
    named = tuple(c for c in register if fnmatchcase(c.path, pattern) or fnmatchcase(c.path, f"{pattern}.*"))
    if not named:
        raise ModelError(f"proselint has no check '{pattern}'{did_you_mean(pattern, {c.path for c in register})}")
    return named


def _register() -> tuple[Check, ...]:
    try:
        from proselint.checks import __register__ as register  # type: ignore[import-untyped]  # it says no types
    except (ImportError, OSError, RuntimeError) as error:  # no wheel for the platform; no working folder; no home
        told = f"proselint cannot be imported ({error}), so none of its rules runs: `Proselint: off` turns them off"
        raise ModelError(told) from error
    return tuple(register)


def _is_whole(place: Place) -> bool:
    """Says whether words begin and end where a place does, and do not belong to an address or a file's name."""
    text, (start, end) = place.block.text, place.span
    if text[start].isalnum() and _JOINED_BEFORE.search(text[max(start - 2, 0) : start]):
        return False
    return not (text[end - 1].isalnum() and _JOINED_AFTER.match(text[end : end + 3]))


def _better(result: Result, words: str) -> Iterator[str]:
    """What to write instead, in capitals where the words are, and only where proselint gives words and no pattern."""
    for choice in _OR.split(result.replacements or ""):
        if _WORDS.match(choice):
            capital = choice[0].upper() + choice[1:] if words[0].isupper() else choice
            yield choice.upper() if words.isupper() else capital
