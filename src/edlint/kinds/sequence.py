"""sequence: words in a row, told by their form or their part of speech.

What a newcomer would get wrong: rules look at one sentence at a time, whatever their scope, which only says in which
blocks; `paragraph` there is every block that has sentences. The first token with a `pattern` that is not negated (or,
where no token has one, the first with a tag) is found first, and the others are looked for to its left and its right.

The message's `%s` are the words from the first to the last, in order. They are what is marked, unless tokens are a
`target`.

Keys:
- `tokens`: what the words are, one after the other, each as keys and values. `pattern` is an expression for the whole
  word; `tag` one found in its Penn Treebank tag (`NN|NNS`), `upos` its universal part of speech (`NOUN|PROPN`);
  `negate` says that the word is another, or that the sentence ends there; `skip` is how many words may stand between
  this one and its neighbour on the side of the token found first; `min` how often it must come; `target` says that it
  is what is to be marked.
- `ignorecase`: whether capitals and small letters are the same in a `pattern`.
- `exceptions`: expressions for parts of a sentence within which nothing that begins is found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from edlint import literals, pattern
from edlint.analysis.scan import words_in
from edlint.analysis.sentences import sentences_of
from edlint.analysis.tagged import Word, words_of
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, Place
from edlint.rule import Rule
from edlint.scope import PROSE_FIELDS, SENTENCE, Scope, Terms
from edlint.text import Block, Span

FAULTS = ()
SCOPE = (SENTENCE,)
_UNIVERSAL = frozenset("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
# Tags of the Treebank that are, or hold, signs of an expression: as an alternative of their own they are themselves.
_SIGNS = frozenset({"PRP$", "WP$", "$", ".", "(", ")"})
_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_NO_SENTENCES = ("frontmatter", "alt", "meta")


@dataclass(frozen=True)
class Token:
    pattern: str = ""
    tag: str = ""
    upos: str = ""
    negate: bool = False
    skip: int = 0
    min: int = 1
    target: bool = False

    @property
    def is_gap(self) -> bool:
        """Says whether it is any words at all, as many as it skips."""
        return not (self.pattern or self.tag or self.upos)

    @property
    def universal(self) -> frozenset[str]:
        """The universal parts of speech that it may have, empty for any."""
        return frozenset(name.strip().upper() for name in self.upos.split("|")) if self.upos else frozenset()

    @property
    def tags(self) -> str:
        """The expression for its tag."""
        return "|".join(re.escape(name) if name in _SIGNS else name for name in self.tag.split("|"))


class Check(NamedTuple):
    """A token made ready."""

    token: Token
    form: "pattern.Pattern[str] | None"
    tag: "pattern.Pattern[str] | None"
    universal: frozenset[str]

    def fits(self, word: Word) -> bool:
        """Says whether a word is what the token names, be that wanted or not."""
        if self.universal and word.universal not in self.universal:
            return False
        if self.tag and not self.tag.search(word.tag):
            return False
        forms = dict.fromkeys((word.text, word.text.translate(_STRAIGHT)))
        return not self.form or any(pattern.fullmatch(self.form, form) for form in forms)


class Step(NamedTuple):
    """A token on the way from the one found first, and how many words may be skipped before it."""

    check: Check
    skip: int


@dataclass(frozen=True)
class Options:
    tokens: tuple[Token, ...]
    ignorecase: bool = False
    exceptions: tuple[str, ...] = ()

    @cached_property
    def needs(self) -> tuple[frozenset[str], ...]:
        """What a text must hold, case-folded: one of the words of each set.

        An apostrophe may be written in two ways and asks for nothing.
        """
        wanted = [token.pattern for token in self.tokens if token.pattern and not token.negate]
        found = [{word.casefold() for word in literals.required(form)} for form in wanted]
        return tuple(frozenset(words) for words in found if words and not any("'" in word for word in words))

    def may_match(self, folded: str) -> bool:
        """Says whether a case-folded text holds what the patterns need."""
        return all(any(word in folded for word in words) for words in self.needs)

    @cached_property
    def anchor(self) -> int | None:
        """The number of the token to be found first."""
        wanted = [index for index, token in enumerate(self.tokens) if not (token.negate or token.is_gap)]
        return next((index for index in wanted if self.tokens[index].pattern), wanted[0] if wanted else None)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """The tokens made ready."""
        flag = "(?i)" * self.ignorecase
        return tuple(
            Check(
                token,
                pattern.compiled(f"{flag}(?:{token.pattern})") if token.pattern else None,
                pattern.compiled(token.tags) if token.tag else None,
                token.universal,
            )
            for token in self.tokens
        )

    @cached_property
    def left(self) -> tuple[Step, ...]:
        """The steps to the left of the token found first, outward; its own gap is the first of them."""
        anchor = self.anchor or 0
        return tuple(_steps(self.checks[:anchor][::-1], self.tokens[anchor].skip))

    @cached_property
    def right(self) -> tuple[Step, ...]:
        """The steps to its right; it comes again there where it must come more than once."""
        anchor = self.anchor or 0
        again = [Step(self.checks[anchor], self.tokens[anchor].skip)] * (self.tokens[anchor].min - 1)
        return (*again, *_steps(self.checks[anchor + 1 :]))

    @cached_property
    def regions(self) -> tuple["pattern.Pattern[str]", ...]:
        """The exceptions."""
        return tuple(pattern.compiled(pattern.spaced(region)) for region in self.exceptions)


def _steps(checks: Sequence[Check], gap: int = 0) -> Iterator[Step]:
    for check in checks:
        if check.token.is_gap:
            gap += check.token.skip
            continue
        for _ in range(max(check.token.min, 1)):
            yield Step(check, check.token.skip + gap)
            gap = 0


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    if options.anchor is None:
        yield "tokens", "expected a token with a pattern or a tag that is not negated"
    for token in options.tokens:
        if token.is_gap and not token.skip:
            yield "tokens", "expected pattern, tag or upos in each token"
        if token.skip < 0:
            yield "tokens", f"expected 0 or more words to skip, got '{token.skip}'"
        if token.tag and token.upos:
            yield "tokens", "expected tag or upos, not both in one token"
        for name in sorted(token.universal - _UNIVERSAL):
            yield "tokens", f"no universal part of speech is '{name}': expected one of {', '.join(sorted(_UNIVERSAL))}"
    yield from (("tokens", wrong) for wrong in pattern.faulty(token.pattern for token in options.tokens))
    yield from (("tokens", wrong) for wrong in pattern.faulty(token.tags for token in options.tokens))
    yield from (("exceptions", wrong) for wrong in pattern.faulty(options.exceptions))


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each row of words that fits the tokens and begins in no exception."""
    options: Options = rule.options
    if not options.may_match(words_in(article, rule.scope).folded):
        return
    blocks = [block for block in seen(article, _blocks_of(rule.scope)) if options.may_match(block.text.casefold())]
    cut = (block.part(span) for block in blocks for span in sentences_of(article, block))
    sentences = [sentence for sentence in cut if options.may_match(sentence.text.casefold())]
    for sentence, words in zip(sentences, words_of(article, sentences), strict=True):
        yield from _found(sentence, words, options)


def _blocks_of(scope: Scope) -> Scope:
    """The scope of the blocks whose sentences a rule looks at."""
    return replace(scope, alternatives=tuple(map(_without_sentences, scope.alternatives)))


def _without_sentences(terms: Terms) -> Terms:
    kept = tuple(term for term in terms if term not in ((SENTENCE, True), ("paragraph", True)))
    apart = PROSE_FIELDS.union(_NO_SENTENCES)
    named = any(wanted and not apart.isdisjoint(term.split(".")) for term, wanted in kept)
    return kept if named else (*kept, *((name, False) for name in _NO_SENTENCES))


def _found(sentence: Block, words: Sequence[Word], options: Options) -> Iterator[Hit]:
    """The hits among the words of a sentence, one at most for each word that the search can begin with."""
    anchor = options.checks[options.anchor or 0]
    for at, word in enumerate(words):
        if not anchor.fits(word):
            continue
        left = _Side(words, options.left, -1).placed(at - 1)
        right = _Side(words, options.right, 1).placed(at + 1) if left is not None else None
        if left is None or right is None:
            continue
        placed = [*zip(options.left, left, strict=True), (Step(anchor, 0), at), *zip(options.right, right, strict=True)]
        first, last = _marked(placed, len(words))
        span = Span(words[first].span.start, words[last].span.end)
        if not _begins_in_region(sentence.text, span.start, options):
            reached = [index for _, index in placed if 0 <= index < len(words)]
            yield Hit(Place(sentence, span), args=tuple(word.text for word in words[min(reached) : max(reached) + 1]))


@dataclass(frozen=True)
class _Side:
    """The way through a sentence to one side, 1 or -1, with one step for each token that must be there."""

    words: Sequence[Word]
    steps: tuple[Step, ...]
    way: int
    failed: set[tuple[int, int]] = field(default_factory=set)

    def placed(self, at: int, number: int = 0) -> tuple[int, ...] | None:
        """Gives the words of the steps from a number on, each the nearest that will do, None where one has none.

        Beyond the sentence's edge there is no word, which is what a negated token asks for.
        """
        if number == len(self.steps):
            return ()
        if (at, number) in self.failed:
            return None
        for index in self._places(self.steps[number], at):
            rest = self.placed(index + self.way, number + 1)
            if rest is not None:
                return (index, *rest)
        self.failed.add((at, number))
        return None

    def _places(self, step: Step, at: int) -> list[int]:
        """The words that a step may stand for, the nearest first."""
        window = range(at, at + (step.skip + 1) * self.way, self.way)
        inside = [index for index in window if 0 <= index < len(self.words)]
        fitting = [index for index in inside if step.check.fits(self.words[index])]
        if not step.check.token.negate:
            return fitting
        return [] if fitting else inside or [at]


def _marked(placed: Sequence[tuple[Step, int]], count: int) -> tuple[int, int]:
    """The first and the last word to be marked: of the targets where all are there, else of the whole."""
    targets = [index for step, index in placed if step.check.token.target]
    if not targets or not all(0 <= index < count for index in targets):
        targets = [index for _, index in placed if 0 <= index < count]
    return min(targets), max(targets)


def _begins_in_region(sentence: str, at: int, options: Options) -> bool:
    return any(
        match.start() <= at < match.end() for region in options.regions for match in pattern.matches(region, sentence)
    )
