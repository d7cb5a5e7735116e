"""Regular expressions as rule authors write them, on the `regex` package.

Tokens are whole words unless a rule says otherwise, the first alternative wins, and a single plain space in a token
also matches a line wrap. A search that takes too long is given up.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache, cached_property, lru_cache, partial
from itertools import accumulate
from operator import itemgetter
from time import monotonic
from typing import Any, NamedTuple

import regex

from edlint import dialect, literals
from edlint.effort import USUAL_WORD, Effort, effort
from edlint.text import Span

Pattern = regex.Pattern
Match = regex.Match

_WORDS = re.compile(r"[\w \-',’&/@%!:;]*\Z")  # no sign that means anything in an expression
_WORD = regex.compile(r"\w+", regex.V1)  # what the edges of tokens take for one: `²` is none
_HERALDED = re.compile(r"[\d\s]")  # signs that heralds leave out
_NO_WORDS = frozenset[str]()
# Signs among which digits and white space are, beside those of most texts: this is quick to find, and they are not.
_STRANGE = re.compile("[\t-\r\x85\xa0\u0530-\u200a\u2028\u2029\u202f\u205f\u2c00-\U0010ffff]+")
_SPACES, _DIGITS = regex.compile(r"\s", regex.V1), regex.compile(r"\d", regex.V1)
_TELLING = 2  # weight of literals that are rare in most texts
_MOST_SIGNS = 8  # literals of less weight that are still worth looking for
_EXTENDED = re.compile(r"\(\?[a-wyz]*x")
_ONE_FOR_ONE = "(?-f)"  # case is ignored letter by letter
_NO_GROUP = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_GROUP = re.compile(r"\((?:(?!\?)|\?P?<(?![=!])|\?')")
_BEGINS_WITH_EDGE = re.compile(r"\\b(?![*+?{])")
_REFERENCE = re.compile(r"\\(?:([1-9]\d?)(?!\d)|.)", re.DOTALL)
_PLACE = re.compile(r"at position (\d+)")
TIME_LIMIT = 2.0  # seconds a rule may take over one block
_ATOM = re.compile(r"\\Q.*?(?:\\E|\Z)|\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?[<!=:P#>a-zA-Z-]|.", re.DOTALL)


def spaced(token: str) -> str:
    """Lets each single plain space of a token match a line wrap too, leaving classes, escapes and quantified spaces."""
    if _EXTENDED.search(token):  # where spaces mean nothing
        return token
    atoms = _ATOM.findall(token)
    quantifiers = ("*", "+", "?", "{")
    return "".join(
        "[ \\n]" if atom == " " and after != " " and before != " " and after not in quantifiers else atom
        for before, atom, after in zip(["", *atoms], atoms, [*atoms[1:], ""], strict=False)
    )


def words(tokens: Iterable[str], *, nonword: bool = False, ignorecase: bool = False) -> str:
    """Joins tokens into one expression, bounded by word edges unless `nonword`; blank tokens are dropped."""
    joined = "|".join(spaced(token) for token in tokens if token.strip())
    body = f"(?m)(?:{joined})" if nonword else rf"(?m)\b(?:{joined})\b"
    return ("(?i)" if ignorecase else "") + body


def compiled(expression: str) -> "regex.Pattern[str]":
    """Compiles an expression; raises ValueError, saying what is wrong in one line.

    Where it ignores case, it does so letter by letter: `ß` is not `ss`.
    """
    try:
        return regex.compile(_ONE_FOR_ONE + dialect.translated(expression), regex.V1)
    except regex.error as error:
        told = _PLACE.sub(lambda place: f"at position {int(place[1]) - len(_ONE_FOR_ONE)}", str(error))
        raise ValueError(told) from error


def faulty(tokens: Iterable[str]) -> Iterator[str]:
    """Says, for each token that is no regular expression, what is wrong with it."""
    for token in tokens:
        if _WORDS.match(token) or dialect.is_sound(token):
            continue
        try:
            compiled(token)
        except ValueError as error:
            yield f"not a regular expression: '{token}' ({error})"


def folded(text: str) -> str:
    """Gives a text without case and line wraps, letter by letter, so that every place in it stays its own.

    The Turkish letters ı and İ are no case of i here, though `regex` has it so: no English rule means them.
    """
    flat = text.replace("\n", " ")
    low = flat.casefold()
    if len(low) == len(flat):
        return low
    return "".join(map(_folded_letter, flat))


def heralded(flat: str) -> str:
    """Gives a folded text as heralds are looked for in it: with `0` for any digit and a space for any white space."""
    for digit in "123456789":
        flat = flat.replace(digit, "0")
    return _STRANGE.sub(_plain, flat)


def _plain(strange: "re.Match[str]") -> str:
    """Strange signs as they are but for digits and white space."""
    return _DIGITS.sub("0", _SPACES.sub(" ", strange[0]))


def _folded_letter(letter: str) -> str:
    """A letter without case, as far as that is one letter."""
    return next((one for one in (letter.casefold(), letter.lower()) if len(one) == 1), letter)


@cache
def is_of_word(character: str) -> bool:
    """Says whether a character is one that words are made of, as expressions have it; nothing is none."""
    return _WORD.match(character) is not None


def apart(tokens: Iterable[str]) -> tuple[str, ...]:
    """Gives tokens with the groups of each counted from 1, also where an author counts on over all tokens before.

    A reference beyond a token's own groups is one of those.
    """
    found, before = list[str](), 0
    for token in tokens:
        own = len(_GROUP.findall(_NO_GROUP.sub("", token)))
        found.append(_REFERENCE.sub(partial(_own_reference, own, before), token))
        before += own
    return tuple(found)


def _own_reference(own: int, before: int, match: "re.Match[str]") -> str:
    number = int(match[1] or 0)
    return f"\\{number - before}" if number > own and 0 < number - before <= own else match[0]


class Text(NamedTuple):
    """A text case-folded, the same as heralds are looked for in it, and the words in it, case-folded."""

    folded: str
    heralds: str
    folded_words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> "Text":
        """Reads a text."""
        low = text.casefold()
        return cls(low, heralded(folded(text)), frozenset(_WORD.findall(low)))


class Joined(NamedTuple):
    """Texts as one, so that all can be looked through at once: a sign that is of no word stands around each.

    `folded` and `heralds` are the same without case and with what heralds leave out; `ends` are the places behind each.
    """

    text: str
    folded: str
    heralds: str
    ends: tuple[int, ...]

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Joined":
        """Joins texts."""
        text = "\0".join(("", *texts, ""))
        flat = folded(text)
        return cls(text, flat, heralded(flat), tuple(accumulate(len(one) + 1 for one in texts)))


class Found(NamedTuple):
    """A match of a token, by its number: where it stands, and what its groups hold, the whole match first."""

    number: int
    span: Span
    groups: tuple[str, ...]


# Where a token may stand: the start, the token's number, the rank of the literal that stands there, and the end, which
# is 0 where the token has yet to be tried. In this order: of several at one place the first counts.
Place = tuple[int, int, int, int]

TRY, WITHIN = -1, -2  # instead of a rank: the token has to be tried where the literal begins, or in the whole text

# What a scanner looks for: a literal, folded, and what the signs before and behind it must not be (of a word: True; of
# none: False); the number of the token that may stand there, and the rank of the literal among those that spell it; and
# what a text, folded or as written, has to be at that place, where the literal does not say it all.
Sought = tuple[str, bool | None, bool | None, int, int, str | None, str | None]


class Candidates(NamedTuple):
    """What may match in a text: tokens to look for, by number, and places of others, in order."""

    able: Sequence[int] = ()
    places: Sequence[Place] = ()


class Way(NamedTuple):
    """How a token is found by literals (`literals` says how these are written), of which one stands in every match.

    It is `spelt` where the literals are all that it matches, as written, the first choice first; otherwise they stand
    where it begins, or (`within`) anywhere in it. Without literals it may stand anywhere.
    """

    literals: tuple[str, ...] = ()
    spelt: bool = False
    within: bool = False


class Finder:
    """Tokens to look for as alternatives, of which the first wins where several begin at one place.

    Each is compiled by itself, no earlier than it can match, which most never can in most runs, and words that stand
    for themselves are not at all. `assembled` makes the expression of some tokens; `bounded` says that it puts word
    edges around them, `ignorecase` that it ignores case, `wraps` that a space may be a line wrap.
    """

    def __init__(
        self,
        tokens: Iterable[str],
        assembled: Callable[[Sequence[str]], str],
        *,
        bounded: bool,
        ignorecase: bool,
        wraps: bool = True,
    ) -> None:
        self.tokens, self._assembled = tuple(tokens), assembled
        self.bounded, self.ignorecase, self._wraps = bounded, ignorecase, wraps
        self._compiled: dict[int, Pattern[str]] = {}
        self._tails: dict[int, Pattern[str] | None] = {}

    @property
    def likeness(self) -> object:
        """What finders have in common that find the same."""
        return self.bounded, self.ignorecase, self._wraps, self.tokens, self._assembled([""])

    def __getstate__(self) -> dict[str, Any]:
        """Gives what another run needs of the finder, with all that a scanner asks for."""
        return {**vars(self), "sought": self.sought, "anywhere": self.anywhere, "_ways": None, "_needs": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Takes what the finder was in another run."""
        vars(self).update({name: value for name, value in state.items() if value is not None})

    @cached_property
    def sought(self) -> tuple[Sought, ...]:
        """The literals of all tokens, as a scanner looks for them."""
        return tuple(
            _sought(literal, number, rank if way.spelt else WITHIN if way.within else TRY, ignorecase=self.ignorecase)
            for number, way in enumerate(self._ways)
            for rank, literal in enumerate(way.literals)
        )

    @cached_property
    def anywhere(self) -> tuple[int, ...]:
        """The numbers of the tokens that may stand anywhere."""
        return tuple(number for number, way in enumerate(self._ways) if not way.literals)

    @cached_property
    def _ways(self) -> tuple[Way, ...]:
        """How each token is found."""
        return tuple(map(self._way, self.tokens))

    def _way(self, token: str) -> Way:
        if self._is_plain(token):
            return Way((f"{literals.EDGE}{token}{literals.EDGE}" if self.bounded else token,), spelt=True)
        expression = dialect.translated(self._assembled([token]))
        return _way(literals.known(expression.removeprefix("(?i)") if self.ignorecase else expression))

    def _is_plain(self, token: str) -> bool:
        """Says whether a token is words that stand for themselves, which need no expression to be found."""
        return self._wraps and bool(_WORDS.match(token)) and "  " not in token and token == token.strip()

    @cached_property
    def _needs(self) -> tuple[tuple[frozenset[str], tuple[str, ...]], ...]:
        """What must stand in a text before each token can match: all of some words, and one of some heralds."""
        return tuple(
            (frozenset(_WORD.findall(token.casefold())), ())
            if self.bounded and self._is_plain(token)
            else (_NO_WORDS, tuple(_herald(literals.parted(literal)[1]) for literal in way.literals))
            for token, way in zip(self.tokens, self._ways, strict=True)
        )

    def able(self, text: Text) -> list[int]:
        """Gives the numbers of the tokens that can match in a text."""
        return [
            number
            for number, (words, heralds) in enumerate(self._needs)
            if words <= text.folded_words and (not heralds or any(one in text.heralds for one in heralds))
        ]

    @property
    def compiled_count(self) -> int:
        """How many tokens have been compiled."""
        return len(self._compiled)

    def pattern(self, number: int) -> "Pattern[str]":
        """Gives a token as a compiled expression, by its number."""
        found = self._compiled.get(number)
        if found is None:
            found = self._compiled[number] = compiled(self._assembled(self.tokens[number : number + 1]))
        return found

    def found(self, text: str, candidates: Candidates) -> list[Found]:
        """Gives the matches of candidates in a text, none within another; raises TimeoutError where that takes long."""
        able, places = candidates
        able = [number for number in able if self._may_stand(number, text)] if able else able
        if not able:
            return self._placed(text, places)
        if len(able) == 1 and not places:
            return [_read(able[0], match) for match in matches(self.pattern(able[0]), text)]
        return list(self._merged(text, able, places))

    def _may_stand(self, number: int, text: str) -> bool:
        """Says whether what a token ends with, where that is quicker to find, stands in a text."""
        if number not in self._tails:
            self._tails[number] = self._tail(number)
        tail = self._tails[number]
        return tail is None or search(tail, text) is not None

    def _tail(self, number: int) -> "Pattern[str] | None":
        token = dialect.translated(self.tokens[number]).removeprefix("(?i)")
        tail = literals.tail(token)
        if not tail and number in self.anywhere and _BEGINS_WITH_EDGE.match(token):
            tail = token.removeprefix(r"\b")  # looking for the edges of words takes ten times as long
        return compiled(words([tail], nonword=True, ignorecase=self.ignorecase)) if tail else None

    def _placed(self, text: str, places: Iterable[Place]) -> list[Found]:
        """The first of the tokens that stand at their places, then the first behind it, and so on."""
        found, reached, clock = list[Found](), 0, None
        for start, number, _, end in places:
            if start < reached:
                continue
            if end:
                found.append(Found(number, Span(start, end), (text[start:end],)))
                reached = end
                continue
            clock = clock or _Clock(text)
            if match := clock.match(self.pattern(number), start):
                found.append(_read(number, match))
                reached = match.end()
        return found

    def _merged(self, text: str, able: Sequence[int], places: Sequence[Place]) -> Iterator[Found]:
        """The matches of tokens to look for and of tokens with places, in order."""
        placed, clock = defaultdict[int, list[Place]](list), _Clock(text)
        for place in places:
            placed[place[1]].append(place)

        def following(number: int, start: int) -> Found | None:
            if number not in placed:
                return self._next(number, text, start)
            known = placed[number]
            for begin, _, _, end in known[bisect_left(known, start, key=itemgetter(0)) :]:
                if end:
                    return Found(number, Span(begin, end), (text[begin:end],))
                if match := clock.match(self.pattern(number), begin):
                    return _read(number, match)
            return None

        coming = [one for number in (*able, *placed) if (one := following(number, 0))]
        while coming:
            first = min(coming, key=lambda one: (one.span.start, one.number))
            yield first
            # Where nothing was matched, something may yet be at the same place.
            end, is_empty = first.span.end, first.span.end == first.span.start
            again = [one for one in coming if one.span.start < end or (is_empty and one.span.end == end)]
            coming = [one for one in coming if one not in again] if again else coming
            coming += [new for one in again if (new := following(one.number, end + is_empty))]

    def _next(self, number: int, text: str, start: int) -> Found | None:
        match = search(self.pattern(number), text, start) if start <= len(text) else None
        return _read(number, match) if match else None


def _read(number: int, match: "regex.Match[str]") -> Found:
    return Found(number, Span(*match.span()), (match.group(), *(group or "" for group in match.groups())))


def _sought(literal: str, number: int, rank: int, *, ignorecase: bool) -> Sought:
    """A literal of a token as a scanner looks for it."""
    before, core, after = literals.parted(literal)
    herald = _herald(core)
    low = folded(core) if rank >= 0 and _HERALDED.search(core) else None
    written = core if rank >= 0 and not ignorecase else None
    return herald, _outside(before, herald[0]), _outside(after, herald[-1]), number, rank, low, written


def _herald(core: str) -> str:
    return heralded(folded(core.replace(literals.DIGIT, "0").replace(literals.SPACE, " ")))


def _outside(edge: str, sign: str) -> bool | None:
    """What a sign at an edge of a literal must not be: of a word (True), of none (False); None where it may be any."""
    return None if not edge else edge != literals.EDGE or is_of_word(sign)


def _way(known: literals.Part) -> Way:
    """How an expression is found of which something is known."""
    if known.exact and known.spelt and all(literals.is_whole(one) and "\0" not in one for one in known.spelt):
        return Way(known.spelt, spelt=True)
    begins, holds = literals.shortest(known.begins), known.holds
    if any("\0" in one for one in (*begins, *holds)):  # which stands between texts that are joined
        return Way()
    begin, hold = (min(map(literals.weight, some), default=0) for some in (begins, holds))
    if _tells(begin, begins) and (begin > hold or begins == holds):
        return Way(tuple(sorted(begins)))
    return Way(tuple(sorted(holds)), within=True) if _tells(hold, holds) else Way()


def _tells(weight: float, some: Collection[str]) -> bool:
    """Says whether literals are rare enough to be looked for."""
    return weight >= _TELLING or (weight > 0 and len(some) <= _MOST_SIGNS)


def _time_limit(pattern: "regex.Pattern[str]", text: str) -> float | None:
    """The seconds that a search may take, None where it is sure to be over soon: looking at a clock takes time, too."""
    known = _effort(pattern)
    if len(text) <= known.any_text or _is_soon_over(known.usual_text, text):
        return None
    return TIME_LIMIT


def _is_soon_over(usual_text: int, text: str) -> bool:
    """Says whether looking is soon over in a text by its length and its words."""
    return len(text) <= usual_text and not _has_long_word(text)


class _Clock:
    """A text in which expressions are tried at places: all tries together may take as long as one search."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._end: float | None = None

    def match(self, pattern: "regex.Pattern[str]", start: int) -> "regex.Match[str] | None":
        """Gives the match that begins at a place; raises TimeoutError."""
        if _is_soon_over(_effort(pattern).placed, self._text):
            return pattern.match(self._text, start)
        now = monotonic()
        self._end = self._end or now + TIME_LIMIT
        if now >= self._end:
            raise TimeoutError
        return pattern.match(self._text, start, timeout=self._end - now)


@lru_cache(1 << 10)
def _has_long_word(text: str) -> bool:
    # Between words is one sign of white space each, so a long run of it shows in how much more there is.
    found = text.split()
    more = len(text) - len("".join(found)) - len(found)
    return more >= USUAL_WORD - 1 or max(map(len, found), default=0) > USUAL_WORD


@lru_cache(1 << 14)
def _effort(pattern: "regex.Pattern[str]") -> Effort:
    return effort(pattern.pattern.removeprefix(_ONE_FOR_ONE))


def search(pattern: "regex.Pattern[str]", text: str, start: int = 0) -> "regex.Match[str] | None":
    """Gives the first match in a text from a place on; raises TimeoutError where finding it takes too long."""
    return pattern.search(text, start, timeout=_time_limit(pattern, text))


def fullmatch(pattern: "regex.Pattern[str]", text: str) -> "regex.Match[str] | None":
    """Gives the match that is a whole text; raises TimeoutError as `search` does."""
    return pattern.fullmatch(text, timeout=_time_limit(pattern, text))


def matches(pattern: "regex.Pattern[str]", text: str) -> "Iterator[regex.Match[str]]":
    """Gives the matches in a text; raises TimeoutError where finding them takes too long."""
    return pattern.finditer(text, timeout=_time_limit(pattern, text))


def listed(pattern: "regex.Pattern[str]", text: str) -> "list[Any]":
    """Gives an item for each match in a text, which takes half the time of finding where; raises TimeoutError.

    An item is what was matched, or, where the expression has groups, what these hold.
    """
    return pattern.findall(text, timeout=_time_limit(pattern, text))


def trimmed(found: str, start: int) -> Span:
    """Gives the span of words found, which begin at a place, without the white space at their ends, if not all is."""
    bare = found.strip()
    if not bare or len(bare) == len(found):
        return Span(start, start + len(found))
    start += len(found) - len(found.lstrip())
    return Span(start, start + len(bare))


def lies_in(span: Span, found: "Iterable[regex.Match[str]]") -> bool:
    """Says whether a span lies within any of some matches."""
    return any(match.start() <= span.start and span.end <= match.end() for match in found)


class Exceptions:
    """What a rule lets stand: an exception found within a match, or a phrase that a match lies in."""

    def __init__(self, exceptions: Iterable[str]) -> None:
        longest_first = sorted((term for term in exceptions if term.strip()), key=len, reverse=True)
        cased = "|".join(term if term.startswith("(?i)") else f"(?-i){term}" for term in longest_first)
        phrases = "|".join(spaced(term) for term in longest_first if re.search(r"[ \t]|\\s", term))
        self._within = compiled(rf"(?m)\b(?:{cased})\b") if cased else None
        self._around = compiled(rf"(?i)\b(?:{phrases})\b") if phrases else None

    def cover(self, found: str, span: Span, text: str) -> bool:
        """Says whether the words found at a span of a text are let stand."""
        if self._within and search(self._within, found):
            return True
        if not self._around:
            return False
        return lies_in(span, self._around.finditer(text, overlapped=True, timeout=_time_limit(self._around, text)))
