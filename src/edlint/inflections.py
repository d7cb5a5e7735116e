r"""Inflections: words with flags, such as `walk/DGS`, and the forms that they stand for (walk, walked, walking, walks).

What a flag stands for, affixes say. In a regular expression, a word with flags is so many expressions; a newcomer would
take them for alternatives of one, but then the length of a key would say nothing of what it matches. A slash that is
meant as such is written `\/`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from edlint.affixes import Affixes

_PART = re.compile(r"\\.|(?P<word>\w[\w'’-]*)/(?P<flags>\w+(?:,\w+)*)|(?P<slash>/)", re.DOTALL)


class Flagged(ABC):
    """Options whose words may have flags; what these stand for is written out once for all articles."""

    def without_flags(self, known: "Affixes") -> Self:
        """Gives the options with all forms of their words; raises ValueError for a stray slash."""
        if known not in self._without_flags:
            self._without_flags[known] = self.inflected(known)
        return self._without_flags[known]

    @abstractmethod
    def inflected(self, known: "Affixes") -> Self:
        """Writes out what the flags stand for; raises as `without_flags`."""

    @cached_property
    def _without_flags(self) -> "dict[Affixes, Self]":
        return {}


def forms(word: str, flags: str, known: "Affixes") -> list[str]:
    """Gives the forms of a word, itself first; raises ValueError for a flag that stands for no affixes."""
    wanted = known.flags(flags)
    for flag in sorted(wanted):
        if not known.knows(flag):
            raise ValueError(f"'{flag}' is no flag of these affixes")
    return list(dict.fromkeys(known.forms(word, wanted)))


def written_out(token: str, known: "Affixes") -> list[str]:
    """Gives the expressions that one with flags stands for, the longest first; raises ValueError for a stray slash."""
    parts, end = list[list[str]](), 0
    for match in _PART.finditer(token):
        try:
            if match["slash"]:
                raise ValueError("no word and flags around the slash")
            if match["word"]:
                parts += [[token[end : match.start()]], forms(match["word"], match["flags"], known)]
                end = match.end()
        except ValueError as error:
            raise ValueError(f"'{token}': {error}; a slash that is meant as such is written '\\/'") from error
    every = {"".join(chosen) for chosen in product(*parts, [token[end:]])}
    return sorted(every, key=lambda expression: (-len(expression), expression))


def faulty(tokens: Iterable[str], affix: str) -> Iterator[str]:
    """Says of each token what is wrong with its flags, as far as `affix` names the affixes that come along."""
    if not affix:
        return
    from edlint import dictionaries  # which few rules need

    for token in tokens if affix in dictionaries.NAMES else ():
        try:
            written_out(token, dictionaries.affixes_of())
        except ValueError as error:
            yield str(error)
