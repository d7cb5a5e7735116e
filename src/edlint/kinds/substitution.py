r"""substitution: words for which the house has better ones.

The message's `%s` are the better words, then the words found.

Keys:
- `swap`: words or regular expressions, each with what to write instead; several choices are parted by `|`, `$1` stands
  for a group of the expression. The longest wins. A curly apostrophe is written straight in an article whose words have
  straight ones alone.
- `ignorecase`: whether capitals and small letters are the same.
- `nonword`: whether words may match within words.
- `affix`: affixes, so that `walk/DGS` in a word of `swap` stands for walk, walked, walking and walks: `en_US` comes
  along, `NAME` stands for `NAME.aff` in `config/dictionaries` of the folder of styles. A slash is `\/` then.
- `exceptions`: what may stand, words or regular expressions.
- `vocab`: whether words that the house's vocabulary accepts may stand, too; not where `nonword` is set.
- `capitalize`: whether the better words begin with a capital where the words found do.
- `safe`: whether the better words are right wherever the rule fires, so that `--fix` may write them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from edlint import companions, inflections, pattern
from edlint.analysis import scan
from edlint.analysis.terms import excepted
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule

if TYPE_CHECKING:
    from edlint.affixes import Affixes

FAULTS = ()
_REFERENCE = re.compile(r"\$(\d)")
_PLAIN = re.compile(r"[\w\s'’‘“”\"«»….,:;!&/%$–—-]*\Z")
_APOSTROPHE = re.compile(r"(?<=[^\W\d_])['’](?=[^\W\d_])")
_CHOICE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Options(inflections.Flagged):
    swap: Mapping[str, str] = field(default_factory=dict)
    ignorecase: bool = False
    nonword: bool = False
    affix: str = ""
    exceptions: tuple[str, ...] = ()
    vocab: bool = True
    capitalize: bool = False
    safe: bool = False

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words to look for, the longest first, so that a phrase wins over a word in it."""
        return tuple(sorted((key for key in self.swap if key.strip()), key=lambda key: (-len(key), key)))

    def expression(self, keys: Sequence[str]) -> str:
        """The pattern for some of the keys."""
        return pattern.words(keys, nonword=self.nonword, ignorecase=self.ignorecase)

    @cached_property
    def finder(self) -> pattern.Finder:
        """What to look for."""
        bounded = not self.nonword
        return pattern.Finder(self.keys, self.expression, bounded=bounded, ignorecase=self.ignorecase)

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions."""
        return pattern.Exceptions(self.exceptions)

    def inflected(self, known: "Affixes") -> "Options":
        """Writes out the forms of the words; the first to give a form counts."""
        pairs = ((form, key) for key in self.keys for form in inflections.written_out(key, known))
        swap = {form: self.swap[key] for form, key in reversed(list(pairs))}
        return replace(self, swap=swap, affix="")

    def better(self, key: str, groups: Sequence[str]) -> str:
        """What to write for what a key has matched."""
        words = self.swap[key]
        if "$" in words:
            words = _REFERENCE.sub(lambda m: groups[int(m[1])], words)
        if self.capitalize and groups[0][:1].isupper():
            words = words[:1].upper() + words[1:]
        return words


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    if not options.keys:
        yield "swap", "expected at least one word with what to write instead"
    yield from (("exceptions", wrong) for wrong in pattern.faulty(options.exceptions))
    faulty = [("swap", wrong) for wrong in pattern.faulty(options.keys)]
    yield from faulty
    yield from (("swap", wrong) for wrong in inflections.faulty(options.keys, options.affix))
    for key in options.keys if not faulty else ():
        numbers = [int(number) for number in _REFERENCE.findall(options.swap[key])]
        if numbers and max(numbers) > pattern.compiled(key).groups:
            yield "swap", f"'{options.swap[key]}' names a group that '{key}' does not have"


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each word found that is not already written in the better way."""
    options: Options = companions.options_of(article, rule)
    literal = rule.action is not None and rule.action.name == "replace"
    may_stand = bool(options.exceptions) or article.vocabulary is not None
    for block, (number, span, groups) in scan.found(article, rule.scope, options.finder):
        found = groups[0]
        better = options.better(options.keys[number], groups)
        if "’" in better:
            better = better.replace("’", article.once(_apostrophe))
        choices = _choices(better, literal=literal)
        if _is_written(choices, found, literal=literal):
            continue
        if may_stand and excepted(article, options, found, span, block.text, nonword=options.nonword):
            continue
        if rule.action:
            choices = tuple(rule.action.cased(choice, found) for choice in choices)
        place = Place(block, span)
        told = choices if rule.action or len(choices) > 1 else choices[0]
        yield Hit(place, args=(told, found), fixes=_fixes(place, choices, safe=options.safe, literal=literal))


def _apostrophe(article: Article) -> str:
    """The apostrophe of an article: the curly one, unless its words have straight ones alone."""
    written = {found[0] for found in _APOSTROPHE.finditer(article.document.source.text)}
    return "'" if written == {"'"} else "’"


@lru_cache(1 << 12)
def _choices(better: str, *, literal: bool) -> tuple[str, ...]:
    """The better words that a rule gives a choice of; words that are a pattern for several forms are one.

    They are none where they are `literal`, being what an action writes: `chatbot(s)` is written with its brackets.
    """
    choices = tuple(choice.replace("\\|", "|") for choice in _CHOICE.split(better) if choice)
    return (choices or ("",)) if literal or all(_PLAIN.match(choice) for choice in choices) else (better,)


def _is_written(choices: tuple[str, ...], found: str, *, literal: bool) -> bool:
    """Says whether the words found are what the rule asks for."""
    if found in choices:
        return True
    if literal or len(choices) > 1 or _PLAIN.match(choices[0]):
        return False
    try:
        return bool(pattern.fullmatch(pattern.compiled(choices[0]), found))
    except ValueError:
        return False


def _fixes(place: Place, choices: tuple[str, ...], *, safe: bool, literal: bool) -> tuple[OfferedFix, ...]:
    """An edit for each choice that is no pattern; only a single choice can be safe."""
    return tuple(
        OfferedFix(f"write '{choice}'", safe and len(choices) == 1, (PlacedEdit(place, choice),))
        for choice in choices
        if literal or _PLAIN.match(choice)
    )
