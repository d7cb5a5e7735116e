"""Quotation marks: every mark of a text that may be one, with the way it faces and what else it could be.

A mark's form is half the truth: writers turn marks the wrong way, and a straight one has no way at all. What stands on
either side says how it must face. An apostrophe or a mark of inches and feet has a price, and known ones cost little.
Offsets are code points of a block's text.
"""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Literal, NamedTuple

from edlint.text import Span

Facing = Literal["opens", "closes", "either"]

UNLIKELY = 1.25  # the price of an apostrophe where none is known; a mark without its partner costs 1

# Entities stand in plain text and in front matter; the readers of markup have taken them for what they are.
_MARK = re.compile("''|‘‘|``|[\"'“”„‟″‘’‛]|&(?:[lr][sd]quo|quot|apos|#0?3[49]|#822[01]|#821[67]);")
_STYLES = {
    **dict.fromkeys("“”‟‘’‛", "curly"),
    **dict.fromkeys("\"'", "straight"),
    **dict.fromkeys(("''", "‘‘", "``"), "doubled"),
    "„": "low",
    "″": "prime",
}
_TURNS: Mapping[str, Facing] = {**dict.fromkeys("“‟‘‛„", "opens"), **dict.fromkeys("”’″", "closes")}
_SINGLES = "'‘’‛"
_OPENING_BRACKETS = "([{<¿¡"
_JOINTS = "-‐‑‒–—―/=+|…:~"  # what may stand before an opening mark and after a closing one as well
_STOPS = ".,;:!?)]}>%"
_BESIDE = 6  # how far to look past other marks and emphasis for what a mark stands beside
_BESIDE_BEFORE = re.compile(r"(?:(?<![\w*_])[*_]{1,2})?[\"'“”‘’„]*(?:(?<![\w*_])[*_]{1,2})?\Z")
_BESIDE_AFTER = re.compile(r"[\"'“”‘’]*(?:[*_]{1,2}(?![\w*_]))?")
# What loses its beginning to an apostrophe, so that the mark before it opens nothing.
_ELISION = re.compile(
    r"(?:\d\ds?|\d0s|[sdmtn]|ll|re|ve|tis|twas|twere|twill|twould|twould|em|cause|cuz|cos|coz|til|till|bout|round|neath|"
    r"gainst|ere|nuff|nother|un|cept|fraid|kay|hood|nam|burbs|phone|twixt|tween|pon|frisco|um|er|im|e|ol|im|ow|ome|ouse|ere|ead)\b",
    re.IGNORECASE,
)
_CLIPPED = re.compile(r"\b(?:\w+in|n|o|ol|lil|th|wi|ha|an|mo|po|fo|lo|t|i|hol|tho)\Z", re.IGNORECASE)  # goin’, ol’
# A capital vowel after a single mark is a dropped h or an okina ('Arry, ‘Iolani) unless the word is a common one.
_VOWEL_WORD = re.compile(
    r"(?:a|about|absolutely|actually|after|again|all|also|although|always|an|and|another|any|anyone|anything|are|as|at|"
    r"each|either|enough|even|ever|every|everybody|everyone|everything|exactly|i|if|in|instead|into|is|it|its|obviously|"
    r"of|oh|ok|okay|on|once|one|only|or|other|our|out|over|under|unfortunately|unless|until|up|us|use)\b",
    re.IGNORECASE,
)


class Mark(NamedTuple):
    """A quotation mark, or what may be one.

    `facing` is the way it must face where it stands, `turn` the way that its form faces (`either` for straight ones).
    `apart` is what it costs to take it for no quotation mark at all, but an apostrophe or inches; None where it must
    be one.
    """

    span: Span
    single: bool
    style: str
    turn: Facing
    facing: Facing
    apart: float | None

    @property
    def is_doubtful(self) -> bool:
        """Says whether this may well be an apostrophe, so that alone it proves nothing."""
        return self.single and self.apart is not None


def marks(text: str) -> Iterator[Mark]:
    """Gives the marks of a text in order, without apostrophes within words."""
    for found in _MARK.finditer(text):
        glyph, start, end = unescape(found.group()), found.start(), found.end()
        single = glyph in _SINGLES
        if single and _within_word(text, start, end):
            continue
        facing = _facing(text, start, end)
        yield Mark(
            Span(start, end),
            single,
            _STYLES[glyph],
            _TURNS.get(glyph, "either"),
            facing,
            _apart(text, start, end, glyph, facing),
        )


def _within_word(text: str, start: int, end: int) -> bool:
    """Says whether a single mark is an apostrophe between letters, or after a point that ends an abbreviation."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return True
    return before == "." and re.match(r"[sd]\b", text[end : end + 2]) is not None


def _facing(text: str, start: int, end: int) -> Facing:
    """The way that a mark must face by what stands on either side of it, other marks and emphasis passed over."""
    if passed := _BESIDE_BEFORE.search(text, max(start - _BESIDE, 0), start):
        start = passed.start()
    if passed := _BESIDE_AFTER.match(text, end, end + _BESIDE):
        end = passed.end()
    before, after = text[start - 1 : start], text[end : end + 1]
    if not before or not after:
        return "either" if not before and not after else "closes" if before else "opens"
    before_opens = before.isspace() or before in _OPENING_BRACKETS
    before_joint, after_joint = before in _JOINTS, after in _JOINTS or text.startswith("..", end)
    after_closes = after.isspace() or (after in _STOPS and not after_joint and not text[end + 1 : end + 2].isalnum())
    if before_opens:
        return "either" if after_closes else "opens"
    if after_closes:
        return "closes"
    return "either" if before_joint or not after_joint else "closes"


def _apart(text: str, start: int, end: int, glyph: str, facing: Facing) -> float | None:
    """What it costs to take a mark for an apostrophe or a measure; None where it can be neither."""
    before = text[start - 1 : start]
    if glyph == "″":
        return 0.0
    if glyph in ("''", '"', "”"):  # inches, seconds
        return (0.3 if glyph == "”" else 0.02) if before.isdigit() or before in tuple("½¼¾") else None
    if glyph not in _SINGLES:
        return None
    if facing == "closes":
        return _apart_at_end(text, start, end)
    return _apart_at_start(text, start, end, glyph)


def _apart_at_end(text: str, start: int, end: int) -> float | None:
    before = text[start - 1 : start]
    if before in ("s", "S", "x", "z") or before.isdigit() or _CLIPPED.search(text, max(start - 12, 0), start):
        return 0.0 if text[end : end + 1].isspace() else 0.05
    return UNLIKELY if before.isalpha() or before == "*" else None


def _apart_at_start(text: str, start: int, end: int, glyph: str) -> float | None:
    after = text[end : end + 1]
    if _ELISION.match(text, end):
        return 0.0
    if after in tuple("AEIOU") and not _VOWEL_WORD.match(text, end):
        return UNLIKELY
    if glyph in "‘‛" or after in tuple('"“‘”'):
        return None
    begins = after.isupper() and text[max(start - 2, 0) : start].rstrip()[-1:] in ("", *",:.!?")
    return None if begins and glyph == "'" else UNLIKELY
