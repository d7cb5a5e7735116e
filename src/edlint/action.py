"""Action: what a rule does to the words it finds, so that each finding comes with what to write instead.

- `replace`: one of `params`, in which `$1` stands for what a group of the expression holds; without any, what the kind
  itself knows to be better
- `remove`: nothing is to stand there
- `edit`: the words with one step (`[trim_right, '!']`) or several (`[[split, ' ', '2'], [wrap, '`']]`) done to them
- `convert`: the words in small letters (`simple`)
- `suggest`: what the kind suggests (`spellings`)
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from edlint import pattern

NAMES = ("replace", "remove", "edit", "convert", "suggest")
_GROUP = re.compile(r"\$(\d)")
_CURLY = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "...", "—": "--", "–": "-"})


def _split(words: str, separator: str, index: str = "0") -> str:
    parts = words.split(separator)
    return parts[int(index)] if int(index) < len(parts) else words


def _replaced(words: str, sought: str, new: str) -> str:
    def written(match: pattern.Match[str]) -> str:
        return _filled(new, [match[0], *(group or "" for group in match.groups())])

    return pattern.compiled(sought).sub(written, words, timeout=pattern.TIME_LIMIT)


def _smart(words: str) -> str:
    words = re.sub(r"(^|[\s(\[])\"", r"\1“", words).replace('"', "”")
    words = re.sub(r"(^|[\s(\[])'", r"\1‘", words).replace("'", "’")
    return words.replace("...", "…")


# The steps of an edit, each with how many words it takes beside those found, at least and at most.
_STEPS: Mapping[str, tuple[Callable[..., str], int, int]] = {
    "regex": (_replaced, 2, 2),
    "replace": (lambda words, old, new: words.replace(old, new), 2, 2),
    "remove": (lambda words, old: words.replace(old, ""), 1, 1),
    "trim": (lambda words, ends=None: words.strip(ends), 0, 1),
    "trim_left": (lambda words, ends=None: words.lstrip(ends), 0, 1),
    "trim_right": (lambda words, ends=None: words.rstrip(ends), 0, 1),
    "truncate": (lambda words, separator: words.partition(separator)[0], 1, 1),
    "split": (_split, 1, 2),
    "wrap": (lambda words, before, after=None: before + words + (before if after is None else after), 1, 2),
    "squeeze": (lambda words: " ".join(words.split()), 0, 0),
    "capitalize": (lambda words: words[:1].upper() + words[1:], 0, 0),
    "uncapitalize": (lambda words: words[:1].lower() + words[1:], 0, 0),
    "lower": (str.lower, 0, 0),
    "upper": (str.upper, 0, 0),
    "smart": (_smart, 0, 0),
    "dumb": (lambda words: words.translate(_CURLY), 0, 0),
}


@dataclass(frozen=True)
class Action:
    """An action by name, with its parameters: choices to replace by, or the steps of an edit, one list each.

    `matchcase` gives what replaces words the capitals of those words.
    """

    name: str
    params: tuple[tuple[str, ...], ...] = ()
    matchcase: bool = False

    @property
    def own_words(self) -> bool:
        """Says whether the action itself knows what to write, rather than the kind."""
        return self.name in ("remove", "edit", "convert") or (self.name == "replace" and bool(self.params))

    def choices(self, found: str, groups: Sequence[str] = ()) -> tuple[str, ...]:
        """Gives what to write for the words found; `groups` are the match and what its groups hold."""
        if self.name == "remove":
            return ("",)
        if self.name == "convert":
            return (found.lower(),)
        if self.name == "edit":
            for name, *words in self.params:
                found = _STEPS[name][0](found, *words)
            return (found,)
        return tuple(self.cased(_filled(word, groups), found) for step in self.params for word in step)

    def cased(self, words: str, found: str) -> str:
        """Gives words in the capitals of those found, where the rule says so."""
        if not self.matchcase or not found:
            return words
        if found.isupper() and len(found) > 1:
            return words.upper()
        return words[:1].upper() + words[1:] if found[0].isupper() else words


def _filled(word: str, groups: Sequence[str]) -> str:
    return _GROUP.sub(lambda m: groups[int(m[1])] if int(m[1]) < len(groups) else "", word) if groups else word


def wrong(action: Action) -> str | None:
    """Says what is wrong with an action, None where it can be done."""
    if action.name == "convert" and action.params not in ((), (("simple",),)):
        return "convert takes `simple`"
    if action.name == "suggest" and action.params != (("spellings",),):
        return "suggest takes `spellings`; scripts are not run"
    if action.name != "edit":
        return None
    if not action.params:
        return "edit takes steps, such as [trim_right, '!']"
    return next((told for step in action.params if (told := _wrong_step(step))), None)


def _wrong_step(step: tuple[str, ...]) -> str | None:
    name, *words = step or ("",)
    if name not in _STEPS:
        return f"no step of an edit is named '{name}': expected one of {', '.join(_STEPS)}"
    _, least, most = _STEPS[name]
    if not least <= len(words) <= most:
        return f"'{name}' takes {least if least == most else f'{least} or {most}'} more, got {len(words)}"
    if name in ("split", "truncate") and not words[0]:
        return f"'{name}' takes words to part at, got none"
    if name == "split" and len(words) == 2 and not words[1].isdecimal():
        return f"'split' takes a number after the separator, got '{words[1]}'"
    if name == "regex":
        return next(pattern.faulty(words[:1]), None)
    return None
