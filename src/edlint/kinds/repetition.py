r"""repetition: the same words twice, one soon after the other, in one sentence.

The message's `%s` is the word as it stands the last time; the mark covers all its repetitions. Two units are compared
when no other unit stands between them and no sentence ends there.

Keys:
- `tokens`: regular expressions for what counts as one unit, such as `[^\s]+` for any word.
- `max`: how many repetitions may stand.
- `ignorecase`: whether capitals and small letters are the same.
- `alpha`: whether only words of letters count.
- `exceptions`: what may stand, words or regular expressions.
- `vocab`: whether words that the house's vocabulary accepts may stand, too.
- `safe`: whether writing the word once is right wherever the rule fires, so that `--fix` may do it.
- `safe-words`: words of which it is, whatever their case.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import eq

from edlint import pattern
from edlint.analysis.scan import matched
from edlint.analysis.terms import excepted
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, OfferedFix, Place, PlacedEdit
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ()
_ANY_WORD = ((r"[^\s]+",), (r"\S+",))
_CONTROL = re.compile(r"[\x1c-\x1f]")  # where Python parts words and expressions do not
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\s")


@dataclass(frozen=True)
class Options:
    tokens: tuple[str, ...]
    max: int = 0
    ignorecase: bool = False
    alpha: bool = False
    exceptions: tuple[str, ...] = ()
    vocab: bool = True
    safe: bool = False
    safe_words: tuple[str, ...] = ()

    @cached_property
    def finder(self) -> "pattern.Pattern[str]":
        """The compiled pattern."""
        return pattern.compiled("(?i)" * self.ignorecase + f"(?:{'|'.join(self.tokens)})")

    @cached_property
    def allowed(self) -> pattern.Exceptions:
        """The exceptions."""
        return pattern.Exceptions(self.exceptions)


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    yield from (("tokens", wrong) for wrong in pattern.faulty(options.tokens))
    yield from (("exceptions", wrong) for wrong in pattern.faulty(options.exceptions))


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each run of one unit repeated more often than the rule lets stand."""
    options: Options = rule.options
    for block in seen(article, rule.scope):
        for run in _runs(block, options) if _may_repeat(article, block, options) else ():
            words = [block.text[start:end] for start, end in run]
            span = Span(run[0].start, run[-1].end)
            if not excepted(article, options, block.text[span.start : span.end], span, block.text):
                place = Place(block, span)
                safe = options.safe or words[0].lower() in options.safe_words
                once = OfferedFix(f"write '{words[0]}' once", safe, (PlacedEdit(place, words[0]),))
                yield Hit(place, args=(words[-1],), fixes=(once,))


def _runs(block: Block, options: Options) -> Iterator[list[Span]]:
    """Gives each longest run of equal units."""
    text, run = block.text, list[Span]()
    spans = (pattern.trimmed(match.group(), match.start()) for match in pattern.matches(options.finder, text))
    for span in (*spans, None):
        if run and (span is None or not _repeats(text, run[-1], span, options)):
            if len(run) - 1 > options.max:
                yield run
            run = []
        if span is not None and (not options.alpha or text[span.start : span.end].isalpha()):
            run.append(span)


def _may_repeat(article: Article, block: Block, options: Options) -> bool:
    """Says whether any two neighbours are equal, which is seen without knowing where they stand."""
    units = _units(article, block.text, options)
    return any(map(eq, units, units[1:]))


def _units(article: Article, text: str, options: Options) -> list[str]:
    """The units, without case where that does not matter."""
    if options.tokens in _ANY_WORD and not _CONTROL.search(text):  # ten times as quick as an expression
        return (text.casefold() if options.ignorecase else text).split()
    if options.finder.groups:
        units = [match.group().strip() for match in pattern.matches(options.finder, text)]
    else:
        units = [unit.strip() for unit in matched(article, options.finder, text)]
    return [unit.casefold() for unit in units] if options.ignorecase else units


def _repeats(text: str, before: Span, after: Span, options: Options) -> bool:
    first, second = text[before.start : before.end], text[after.start : after.end]
    if not first.strip("*"):  # masked code or tags: what stands there is not known to be equal
        return False
    same = first.casefold() == second.casefold() if options.ignorecase else first == second
    return same and not _SENTENCE_END.search(text, before.start, after.end)
