r"""Effort: for how long a text a search with an expression is sure to be over soon.

A search can be told when to give up, but then it looks at the clock at every step and takes four times as long. So what
it may cost at worst is worked out once for each expression: a place to begin at, times a place to end at for each part
that may be of any length, times the ways that choices offer. Parts such as `\w+` end with a word at the latest. What is
not understood, or repeats what is repeated itself, may take for ever.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from edlint.literals import CLASS, ESCAPE

_STEPS = 100_000_000  # some two seconds
USUAL_WORD = 60  # code points; the longest run of anything but white space in usual prose is shorter
_APART = 50  # code points from one place at which a literal stands to the next
_LONGEST = 1 << 20

_ATOM = re.compile(
    rf"(?P<escape>(?!\\Q){ESCAPE.pattern})|(?P<class>{CLASS.pattern})"
    r"|(?P<open>\((?:\?(?:P?<\w+>|'\w+'|[aimsuLfbepr1V0-]*:|>|\||[=!]|<[=!]))?(?!\?))"
    r"|(?P<flags>\(\?[aimsuLfbepr1V0-]+\))|(?P<close>\))|(?P<or>\|)|(?P<other>[^\\\[()|*+?{])",
    re.DOTALL,
)
_QUANTIFIER = re.compile(r"(?:(?P<any>[*+]|\{\d*,\})|(?P<maybe>\?)|\{(?P<least>\d+)(?:,(?P<most>\d+))?\})[+?]?")
# What no word goes on behind: letters, digits, what is or is not white space.
_OF_WORDS = re.compile(r"\\[wdsSbB]|\[(?:[\w’'.-]|\\[wd.’'-])+\]|\[\^(?:[^\]\\]|\\.)*\\s(?:[^\]\\]|\\.)*\]|\w\Z")


class Effort(NamedTuple):
    """Up to which length of a text a search is over soon: for any text, and for one without long words.

    `placed` is that of one without long words where a match may begin at places alone at which a literal stands.
    """

    any_text: int
    usual_text: int
    placed: int


@dataclass
class _Cost:
    """How often the length of a text, and of a word, count as factors, and the number of ways."""

    text: int = 0
    word: int = 0
    ways: int = 1
    alternatives: int = 1

    @property
    def is_open(self) -> bool:
        """Says whether it may be matched in several ways at one place."""
        return self.text + self.word > 0 or self.ways > 1 or self.alternatives > 1


class _EndlessError(Exception):
    """Nothing can be promised."""


def effort(expression: str) -> Effort:
    """Gives up to which length, in code points, a search in a text is over soon; 0 where that is never sure."""
    try:
        cost = _cost(expression)
    except _EndlessError:
        return Effort(0, 0, 0)
    ways = cost.ways * cost.alternatives
    usual_ways = ways * USUAL_WORD**cost.word
    return Effort(
        _root(_STEPS // ways, 1 + cost.text + cost.word),
        _root(_STEPS // usual_ways, 1 + cost.text),
        _root(_STEPS * _APART // usual_ways, 1 + cost.text),
    )


def _root(steps: int, power: int) -> int:
    return min(int(steps ** (1 / power)), _LONGEST) if steps > 0 else 0


def _cost(expression: str) -> _Cost:
    """What a whole expression costs; raises _EndlessError."""
    groups, at = [_Cost()], 0
    while at < len(expression):
        atom = _ATOM.match(expression, at)
        if not atom:
            raise _EndlessError
        at = atom.end()
        if atom["open"]:
            groups.append(_Cost())
            continue
        if atom["or"]:
            groups[-1].alternatives += 1
            continue
        part = _Cost()
        if atom["close"]:
            part = groups.pop()
            part.ways, part.alternatives = part.ways * part.alternatives, 1
            if not groups:
                raise _EndlessError
        quantifier = _QUANTIFIER.match(expression, at)
        if quantifier:
            at = quantifier.end()
            part = _repeated(part, quantifier, is_word=bool(_OF_WORDS.match(atom[0])))
        whole = groups[-1]
        whole.text, whole.word, whole.ways = whole.text + part.text, whole.word + part.word, whole.ways * part.ways
    if len(groups) > 1:
        raise _EndlessError
    return groups[0]


def _repeated(part: _Cost, quantifier: "re.Match[str]", *, is_word: bool) -> _Cost:
    """What a part costs that comes several times."""
    if quantifier["any"]:
        if part.is_open:
            raise _EndlessError
        return _Cost(word=1) if is_word else _Cost(text=1)
    if quantifier["maybe"]:
        return _Cost(part.text, part.word, part.ways + 1)
    least = int(quantifier["least"])
    most = int(quantifier["most"] or least)
    if most > USUAL_WORD:
        raise _EndlessError
    return _Cost(part.text * most, part.word * most, part.ways**most * (most - least + 1))
