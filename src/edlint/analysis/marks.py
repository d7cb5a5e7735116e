"""Quotation marks: every mark of a text that may be one, with the way it faces and what else it could be.

A mark's form is half the truth: writers turn marks the wrong way, and a straight one has no way at all. What stands on
either side says how it must face. An apostrophe or a mark of inches and feet has a price, and known ones cost little.
An apostrophe stands for letters left out, so that what is left is hardly ever a word: beside a whole word a single mark
is a quotation mark. Offsets are code points of a block's text.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import Literal, NamedTuple

from edlint.analysis.wordlist import is_word
from edlint.text import Span

Facing = Literal["opens", "closes", "either"]

UNLIKELY = 1.25  # the price of an apostrophe where none is known; a mark without its partner costs 1

# Entities stand in plain text and in front matter; the readers of markup have taken them for what they are.
# Of three at the end of speech within speech the first is the inner one: ''She said, 'Go,''' he told us.
_MARK = re.compile(
    "(?<=[^\\s'(\\[])'(?=''(?!['\\w]))|''|‘‘|``|[\"'“”„‟″‘’‛]|&(?:[lr][sd]quo|quot|apos|#0?3[49]|#822[01]|#821[67]);"
)
_STYLES = {
    **dict.fromkeys("“”‟‘’‛", "curly"),
    **dict.fromkeys("\"'", "straight"),
    **dict.fromkeys(("''", "‘‘", "``"), "doubled"),
    "„": "low",
    "″": "prime",
}
_TURNS: Mapping[str, Facing] = {**dict.fromkeys("“‟‘‛„", "opens"), **dict.fromkeys("”’″", "closes")}
_SINGLES = "'‘’‛"
_INCHES_BEHIND_FEET = re.compile(r"(?:(?<=\d['’]\d)|(?<=\d['’]\d\d))[\"”](?=\s[a-z]|-)")  # a 6'2" man
_OPENING_BRACKETS = "([{<¿¡"
_JOINTS = "-‐‑‒–—―/=+|…:~"  # what may stand before an opening mark and after a closing one as well
_STOPS = ".,;:!?)]}>%"
_BESIDE = 6  # how far to look past other marks and emphasis for what a mark stands beside
_BESIDE_BEFORE = re.compile(r"(?:(?<![\w*_])[*_]{1,2})?[\"'“”‘’„]*(?:(?<![\w*_])[*_]{1,2})?\Z")
_BESIDE_AFTER = re.compile(r"[\"'“”‘’]*(?:[*_]{1,2}(?![\w*_]))?")
# What loses its beginning to an apostrophe, so that the mark before it opens nothing.
_ELISION = re.compile(
    r"(?:\d\ds?|\d0s|[sdmtn]|ll|re|ve|tis|twas|twere|twill|twould|twould|em|cause|cuz|cos|coz|til|till|bout|round|neath|"
    r"gainst|ere|nuff|nother|un|cept|fraid|kay|hood|nam|burbs|phone|twixt|tween|pon|frisco|um|er|im|e|ol|ow|ome|ouse|"
    r"ead|fore|most|stead|spite|specially|member|cross|plane|flu|cello|gator|possum|coon|copter|droid|shrooms?|at|way|course|scuse|"
    r"fess|splain)\b",
    re.IGNORECASE,
)
_CLIPPED = re.compile(r"\b(?:\w+in|n|o|ol|lil|th|wi|ha|an|mo|po|fo|lo|t|i|hol|tho)\Z", re.IGNORECASE)  # goin’, ol’
_WORD_AFTER = re.compile(r"[A-Za-z]+(?=[\s,.;:!?]|[-–—’'](?:\w|\s)|\Z)")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])[A-Za-z]+\Z")
_REST_OF_WORD = re.compile(r"\s(?:[stdm]|ll|re|ve)\b")  # don’ t
# Short words that neither lose letters nor are what is left when some are lost; the word list holds longer ones.
_SHORT = frozenset(
    "a an the i we you he she they my our your her his its this who why how do does did can was are were be but for "
    "not no yes if in of on or so to up us by go get got let one two new big bad see say said too out off now has had "
    "may what day way man men them him it".split()
)
_S_AND_STOP = re.compile(r"[a-z]s[’'][.,;:!?](?:\s|\Z)")
_ABSOLUTE = re.compile(
    r"\b(?:than|like|as|from|to|is|was|are|were|be|of|at|with|not|or|and|but|for|by) "
    r"(?:the|his|her|their|our|my|your|its|other|most|many|some|these|those|both|all) (?:\w+ )?\w+\Z",
    re.IGNORECASE,
)
# Verbs that a quotation may follow, mostly after a comma: I tell them, ‘Ask me.’
_INTRODUCED = re.compile(
    r"\b(?:said|says?|told|tells?|asks?|asked|wrote|writes?|thought|think|goes|went)"
    r"(?:(?:\s\w+){0,3},)?\s\Z|\b(?:is|was),\s\Z"
)
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
        if (single and _within_word(text, start, end)) or _INCHES_BEHIND_FEET.match(text, start):
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


def with_absolute_possessives_dear(text: str, all_marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Prices marks behind an s and before a stop as quotation marks, where single marks quote.

    `in the margins of his tax returns’.` has lost its opening mark. A possessive without its noun stands after what it
    is compared with or belongs to: `louder than the players’.`, `a friend of her parents’.`
    """
    return tuple(
        mark._replace(apart=UNLIKELY)
        if mark.facing == "closes"
        and _S_AND_STOP.match(text, max(mark.span.start - 2, 0))
        and not _ABSOLUTE.search(text, max(mark.span.start - 60, 0), mark.span.start)
        else mark
        for mark in all_marks
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
        return (0.3 if glyph == "”" else 0.02) if before.isnumeric() else None
    if glyph not in _SINGLES:
        return None
    if facing == "closes":
        return _apart_at_end(text, start, end)
    return _apart_at_start(text, start, end, glyph)


def _apart_at_end(text: str, start: int, end: int) -> float | None:
    before = text[start - 1 : start]
    if before in ("s", "S", "x", "z") or before.isdigit():
        return 0.0 if text[end : end + 1].isspace() else 0.05
    word = _WORD_BEFORE.search(text, max(start - 30, 0), start)
    if _CLIPPED.search(text, max(start - 12, 0), start) and not (word and is_word(word.group())):
        return 0.0 if text[end : end + 1].isspace() else 0.05
    if word and _is_whole(word.group()) and not _REST_OF_WORD.match(text, end):
        return None
    return UNLIKELY if before.isalpha() or before == "*" else None


def _apart_at_start(text: str, start: int, end: int, glyph: str) -> float | None:
    after = text[end : end + 1]
    word = _WORD_AFTER.match(text, end)
    if _ELISION.match(text, end) or (word and _drops_h(word.group().lower())):
        return 0.0
    before = text[max(start - 2, 0) : start].rstrip()[-1:]
    team = word is not None and after.isupper() and word.group().endswith("s")  # 'Cats fans, at any place
    begins = after.isupper() and before in ("", ",", ":", ".", "!", "?") and not team
    whole = word is not None and _must_be_word(word.group(), begins or (before in tuple('"“') and not team))
    if whole or _INTRODUCED.search(text, max(start - 60, 0), start):
        return None
    if after in tuple("AEIOU") and not _VOWEL_WORD.match(text, end):
        return UNLIKELY
    if glyph in "‘‛" or after in tuple('"“‘”'):
        return None
    return None if glyph == "'" and begins else UNLIKELY


def _must_be_word(word: str, begins: bool) -> bool:
    """Says whether a word has not lost its beginning: no team's short name ('Cats), unless it begins a sentence."""
    if word.lower() in _SHORT or (word.islower() and _is_whole(word)):
        return True
    return begins and is_word(word.lower())


def _is_whole(word: str) -> bool:
    """Says whether a word is one as it stands, in small letters, and not what an h before it was dropped from."""
    return word in _SHORT or (is_word(word) and not (word[0] in "aeiou" and is_word(f"h{word}")))


def _drops_h(word: str) -> bool:
    """Says whether a word is none, but would be with an h before it: 'orrible, 'Ello; the word list begins at four."""
    return len(word) > 3 and word[0] in "aeiou" and not is_word(word) and is_word(f"h{word}")
