"""figures: a figure that says something about the world, with no source near it.

What a newcomer would get wrong: most figures need no source. Of five figures in an article an editor asks "says who?"
of one. So the question is not whether a sentence holds a number, but whether somebody answers for it: a speaker, a
poll or a filing in the sentence, one that the sentence before names and this one goes on with, a link, the house's own
count, an official act. What is in plain sight is looked at first, figure by figure (`_SIGHTS`); only a block with a
figure still open is parsed, to tell what is said from what describes the speaker, and a fact from a rule or a wish.

Two faults are the strongest, and a rule may say so: a share (`bare-share`), or any figure beside a superlative
(`superlative`), in a paragraph of running text where nobody speaks and nothing is linked or named as a source, nor in
the one before; not in an article in which a house speaks for itself.

Keys, all lists of words or regular expressions unless said otherwise; they match whole words, whatever their case:

- `kinds`: the kinds of figures that count: `money`, `share` (percentages, `four in 10`), `count`, `time`, `multiple`
  (`doubled`, `twice as likely`).
- `least-money`: the smallest sum that needs a source, a number; smaller ones are prices, which anybody can ask for.
- `least-count`: the smallest count that needs a source, a number.
- `least-telling`: the smallest one in a sentence with a word of `telling` or `trends`.
- `telling`: words that make a smaller count a claim: deaths, jobs, arrests.
- `trends`: words that make a smaller count or sum a claim: averages, rises and falls.
- `superlatives`: words that rank what the figure measures above all others (`the highest`).
- `forecasts`: verbs of which `would`, `could` and `should` make a forecast; of others they make a wish or a rule.
- `times`: where a span of time is a claim (`# years in prison`, `#` being its number); others are let be.
- `not-counted`: things whose number nobody disputes (`pages`); plain words, not patterns.
- `not-figures`: figures that are turns of phrase, or the name of what a bill or fee is.
- `not-claims`: words of sentences that claim nothing: examples, rules, prices of what is announced.
- `sources`: words that name a source wherever they stand in a sentence.
- `credits`: the words of an attribution.
- `polls`: words of a headline after which all shares in the article are the poll's.
- `acts`: laws, deals and courts, which as the subject of a sentence carry its figures.
- `announced`: nouns whose complement is claimed, planned or promised by somebody (`his plan to`), plain words.
- `own`: words by which writer or house speak of themselves, exact in their case.
- `house`: those of the house alone.
- `house-voice`: in how many paragraphs, a number, and one of eight, words of `house` make all figures of the article
  its own.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

from edlint.analysis import attribution
from edlint.analysis.language import parsed
from edlint.analysis.numbers import KINDS, Figure, figures
from edlint.analysis.quotations import quotations
from edlint.analysis.sentences import sentences_of
from edlint.analysis.views import seen
from edlint.article import Article
from edlint.finding import Hit, Place
from edlint.rule import Rule
from edlint.text import Block, Span

FAULTS = ("bare-share", "superlative")

# Blocks that state no fact of their own: what they hold is said or sourced beside them, or by somebody else.
_SILENT_BLOCKS = ("heading", "table", "blockquote", "frontmatter", "alt", "footnote", "caption")
_PATTERNS = (
    *("telling", "trends", "superlatives", "forecasts", "times", "not_figures", "not_claims"),
    *("sources", "credits", "polls", "acts"),
)
_RELATIVE = ("share", "multiple")  # kinds of figures that nobody counts, but somebody works out
_EXACT = ("own", "house")  # `US` is no word of the house
_NEVER = r"(?!)"
_NEAR = 40  # characters either side of a figure that tell a turn of phrase
_LONGEST_HEADING = 120  # of a line of plain text that is a heading because it does not end as a sentence does
_ENDS = re.compile(r"[.!?:;,…][\"”’')*_\]]*\s*\Z")
_OPENING = 2  # paragraphs that say what an article is about
_HOUSE_SHARE = 14  # one paragraph of this many speaks in the house's own voice
_AGAINST = re.compile(r"\b(?:although|though|while|whereas|but|even|despite)\b", re.I)
_SAID = re.compile(r"\bsaid\b")
_POINTS_BACK = re.compile(r"(?:This|These|That|Those|It|Its|They|Their|He|She)\b")
# `The figures come from the charity`, `The count, by the state engineer, …`: what follows says whose they are.
_SAYS_WHOSE = re.compile(
    r"(?:The|Th[eo]se|That|This)\s+(?:figures?|numbers?|counts?|tally|totals?|estimates?|statistics)"
    r"(?:,?\s+(?:from|by)\b|\s+(?:come|comes|came)\s+from\b|,?\s+(?:\w+\s+){1,2}by\b)"
)
# `The contract was approved`: what it costs stands in it.
_IS_DONE = re.compile(r"The\s+(\w+)\s+(?:was|were|is|are|has|had)\b")
_TAKES_UP = re.compile(
    r"(?:(?:That|This|Those|These)(?:['’]s)?\s+(?:is|are|was|were|comes?|figures?|numbers?|data|findings?|estimates?)"
    r"|The\s+(?:figures?|numbers?|data|findings?|estimates?|totals?|counts?|survey|poll|study|report|analysis))\b"
)
# What may stand between two figures of one finding: `between $2 million and $3 million`.
_JOINT = re.compile(r"[^.!?;:()]{0,40}", re.S)


@dataclass(frozen=True)
class Options:
    """What a house says of its figures; see the module."""

    kinds: tuple[str, ...] = KINDS
    least_money: int = 1000
    least_count: int = 100
    least_telling: int = 10
    telling: tuple[str, ...] = ()
    trends: tuple[str, ...] = ()
    superlatives: tuple[str, ...] = ()
    forecasts: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    not_counted: tuple[str, ...] = ()
    not_figures: tuple[str, ...] = ()
    not_claims: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    polls: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    announced: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    house: tuple[str, ...] = ()
    house_voice: int = 2

    @cached_property
    def uncounted(self) -> frozenset[str]:
        """The things whose number nobody disputes."""
        return frozenset(word.lower() for word in self.not_counted)

    @cached_property
    def claimed(self) -> frozenset[str]:
        """The nouns whose complement is claimed or planned."""
        return frozenset(word.lower() for word in self.announced)

    @cached_property
    def expressions(self) -> Mapping[str, re.Pattern[str]]:
        """The compiled patterns, by field."""
        found = {name: _finder(getattr(self, name), re.I) for name in _PATTERNS}
        return found | {name: _finder(getattr(self, name), re.NOFLAG) for name in _EXACT}

    def names_source(self, text: str) -> bool:
        """Says whether a text holds a word that names a source, or the words of an attribution."""
        return bool(self.expressions["sources"].search(text) or self.expressions["credits"].search(text))


def _finder(patterns: Sequence[str], flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(patterns) or _NEVER})(?!\w)", flags)


def problems(options: Options) -> Iterator[tuple[str, str]]:
    """Gives the keys whose values cannot be used, and why."""
    for kind in options.kinds:
        if kind not in KINDS:
            yield "kinds", f"unknown kind of figure '{kind}': expected one of {', '.join(KINDS)}"
    for name in (*_PATTERNS, *_EXACT):
        for pattern in getattr(options, name):
            try:
                _finder((pattern,), re.I)
            except re.error as error:
                yield name.replace("_", "-"), f"'{pattern}' is no regular expression: {error}"


@dataclass(frozen=True, eq=False)
class Setting:
    """What stands around the claims of a block: figures, quotations, the block that leads to it, the article's voice.

    `follows` is the first sentence after an article's first paragraph, which tells with its source what that sums up;
    `retold` says that the article does no more than tell what stands in a source to which its opening links.
    """

    figures: tuple[Figure, ...]
    quoted: tuple[Span, ...]
    intro: Block | None
    follows: str
    in_house: bool
    polled: bool
    retold: bool

    @property
    def lead(self) -> str:
        """The words that lead to the block."""
        return self.intro.text if self.intro else ""

    @cached_property
    def _quoted_to(self) -> tuple[list[int], list[int]]:
        """Where quotations begin, in order, and how far those that have begun there reach."""
        spans = sorted(self.quoted)
        return [span.start for span in spans], list(accumulate((span.end for span in spans), max))

    def quotes(self, start: int) -> bool:
        """Says whether a place of the block is quoted."""
        starts, ends = self._quoted_to
        begun = bisect_right(starts, start)
        return begun > 0 and start < ends[begun - 1]


class Claim(NamedTuple):
    """A figure, with the sentence that it stands in, those before and after in the block, and what is around that."""

    block: Block
    figure: Figure
    setting: Setting
    sentence: Span
    before: Span | None = None
    after: Span | None = None

    @property
    def in_list(self) -> bool:
        """Says whether the figure stands in an item of a list."""
        return "list" in _kinds(self.block)

    def words(self, span: Span | None) -> str:
        """The words of a span of the block, none of no span."""
        return self.block.text[span.start : span.end] if span else ""


def hits(article: Article, rule: Rule) -> Iterator[Hit]:
    """Gives a hit for each figure, or run of figures in one sentence, that nobody answers for."""
    unsourced = [claim for claim, reason in judged(article, rule) if reason is None]
    by_block = {claim.setting: claim for claim in unsourced}
    alone = {setting for setting, claim in by_block.items() if _stands_alone(claim, rule.options)}
    for run in _runs(unsourced):
        block, span = run[0].block, Span(run[0].figure.span.start, run[-1].figure.span.end)
        shown = " ".join(block.text[span.start : span.end].split())
        fault = _fault(run[0], rule.options) if run[0].setting in alone else ""
        yield Hit(Place(block, span), fault, args=(shown,), evidence=_evidence(run[0]))


def _stands_alone(claim: Claim, options: Options) -> bool:
    """Says whether nobody speaks in the paragraph of a claim, and nothing there is a source."""
    block, setting = claim.block, claim.setting
    words = map(str.lower, re.findall(r"\w+", block.text))
    speaks = attribution.QUOTED.search(block.text) or not attribution.saying_forms().isdisjoint(words)
    if claim.in_list or setting.in_house or speaks or any(map(options.names_source, (block.text, setting.lead))):
        return False
    return not _links(block, Span(0, len(block.text)))


def _fault(claim: Claim, options: Options) -> str:
    """The fault of a claim that stands alone."""
    if claim.figure.kind == "share":
        return "bare-share"
    return "superlative" if options.expressions["superlatives"].search(claim.words(claim.sentence)) else ""


def _evidence(claim: Claim) -> tuple[tuple[str, str], ...]:
    """What was read of a figure, and where its source was looked for."""
    places = (("looked for a source in", claim.sentence), ("and before that in", claim.before))
    read = ((name, " ".join(claim.words(span).split())) for name, span in places if span)
    return (("figure", f"{claim.figure.kind}, {claim.figure.value:,.10g}"), *read)


def judged(article: Article, rule: Rule) -> list[tuple[Claim, str | None]]:
    """Gives every figure that counts, with the reason to let it be, or None where there is none."""
    options: Options = rule.options
    seen = [verdict for block, setting in _blocks(article, rule) for verdict in _seen(article, block, setting, options)]
    doubtful = list(dict.fromkeys(claim.block for claim, reason in seen if reason is None))
    docs = dict(zip(doubtful, parsed(article, doubtful), strict=True)) if doubtful else {}
    verdicts = [(claim, reason or _read(docs[claim.block], claim, options)) for claim, reason in seen]
    known = {_measure(claim) for claim, reason in verdicts if reason in _ANSWERED}
    return [(claim, reason or ("elsewhere" if _measure(claim) in known else None)) for claim, reason in verdicts]


def _measure(claim: Claim) -> tuple[str, float]:
    return claim.figure.kind, claim.figure.value


# --- Which figures, and what stands around them -----------------------------------------------------------------------


def _blocks(article: Article, rule: Rule) -> Iterator[tuple[Block, Setting]]:
    """The blocks of running text with a figure; what leads to a block is the one before it or before its list."""
    options: Options = rule.options
    blocks = [(block, _kinds(block)) for block in seen(article, rule.scope)]
    in_house, polled = _in_house(blocks, options), _polled(blocks, options)
    quoted = article.once(quotations)
    running = [block for block, kinds in blocks if _is_running(block, kinds)]
    retold = _retells(article, running, options)
    intro: Block | None = None
    last: Block | None = None
    for block, kinds in blocks:
        if not _is_running(block, kinds):
            last = block if block.kind.startswith("heading") else last
            continue
        if "list" not in kinds:
            intro, last = last, block
        if found := tuple(figures(block.text)):
            follows = _first_sentence(article, running[1]) if block is running[0] and len(running) > 1 else ""
            leads = last if "list" in kinds else intro
            yield block, Setting(found, quoted.within(block), leads, follows, in_house, polled, retold)


def _is_running(block: Block, kinds: frozenset[str]) -> bool:
    """Says whether a block is running text, not a heading, nor in plain text a line that is one."""
    if not kinds.isdisjoint(_SILENT_BLOCKS):
        return False
    return "list" in kinds or len(block.text) > _LONGEST_HEADING or _ENDS.search(block.text) is not None


def _retells(article: Article, running: Sequence[Block], options: Options) -> bool:
    """Says whether an article opens with a link to a source and lets nobody else speak: it tells what stands there."""
    linked = any(_links_source(article, block, options) for block in running[:_OPENING])
    return linked and not any(_SAID.search(block.text) for block in running)


def _links_source(article: Article, block: Block, options: Options) -> bool:
    """Says whether a sentence of a block names a source, not the house's own, and links to it."""
    linking = (block.text[start:end] for start, end in sentences_of(article, block) if _links(block, Span(start, end)))
    return any(options.names_source(words) and not options.expressions["own"].search(words) for words in linking)


def _links(block: Block, span: Span) -> bool:
    """Says whether something in a span of a block is linked or has a footnote."""
    return not block.marks(span).isdisjoint(("link", "note"))


def _first_sentence(article: Article, block: Block) -> str:
    start, end = sentences_of(article, block)[0]
    return block.text[start:end]


def _kinds(block: Block) -> frozenset[str]:
    return frozenset(kind.partition(".")[0] for kind in (block.kind, *block.ancestors))


def _in_house(blocks: Sequence[tuple[Block, frozenset[str]]], options: Options) -> bool:
    """Says whether an article speaks in the voice of its publisher; a paragraph that quotes somebody does not."""
    running = [block.text for block, kinds in blocks if kinds.isdisjoint(("frontmatter", "heading"))]
    house = options.expressions["house"]
    own = sum(not attribution.QUOTED.search(text) and bool(house.search(text)) for text in running)
    return own >= max(options.house_voice, len(running) / _HOUSE_SHARE)


def _polled(blocks: Sequence[tuple[Block, frozenset[str]]], options: Options) -> bool:
    """Says whether an article is about a poll, by its title or, in plain text, its first line."""
    heads = [block.text for block, _ in blocks if block.kind in ("frontmatter.title", "heading.h1")]
    heads += [block.text[:200] for block, _ in blocks[:1]]
    return any(options.expressions["polls"].search(head) for head in heads)


def _claims(article: Article, block: Block, setting: Setting, options: Options) -> Iterator[Claim]:
    """The figures of a block that are of a size and sort that needs a source."""
    split = sentences_of(article, block)
    starts = [sentence.start for sentence in split]
    around = (None, *split, None)
    for figure in setting.figures:
        at = max(bisect_right(starts, figure.span.start) - 1, 0)
        claim = Claim(block, figure, setting, split[at], around[at], around[at + 2])
        if figure.kind in options.kinds and _counts(claim, options) and not _is_phrase(claim, options):
            yield claim


def _counts(claim: Claim, options: Options) -> bool:
    figure = claim.figure
    if figure.kind == "time":
        return figure.value > 1 and options.expressions["times"].search(_around(claim)) is not None
    if figure.kind in _RELATIVE:
        return True
    sentence = claim.words(claim.sentence)
    trend = options.expressions["trends"].search(sentence)
    if figure.kind == "money":
        return bool(trend) or figure.value >= options.least_money
    if not options.uncounted.isdisjoint(figure.noun.split()):
        return False
    telling = trend or options.expressions["telling"].search(sentence)
    return figure.value >= (options.least_telling if telling else options.least_count)


def _around(claim: Claim) -> str:
    """The words on both sides of a span of time within its sentence, with `#` for its number."""
    text, (start, end), sentence = claim.block.text, claim.figure.span, claim.sentence
    unit = claim.figure.noun.split(maxsplit=1)[0]
    before, after = text[max(sentence.start, start - _NEAR) : start], text[end : min(sentence.end, end + _NEAR)]
    return " ".join(f"{before}# {unit}{after}".split())


def _is_phrase(claim: Claim, options: Options) -> bool:
    """Says whether a figure is part of a turn of phrase."""
    start, end = claim.figure.span
    first = max(0, start - _NEAR)
    phrases = options.expressions["not_figures"].finditer(claim.block.text[first : end + _NEAR])
    return any(first + phrase.start() < end and start < first + phrase.end() for phrase in phrases)


# --- What is in plain sight -------------------------------------------------------------------------------------------


def _seen(article: Article, block: Block, setting: Setting, options: Options) -> Iterator[tuple[Claim, str | None]]:
    """The claims of a block with what answers for them in plain sight.

    A source once named goes on answering for figures of the same kind, sentence by sentence, until one has none.
    """
    carrying: set[tuple[Span, str]] = set()
    for claim in _claims(article, block, setting, options):
        reason = next((name for name, sight in _SIGHTS if sight(claim, options)), None)
        if reason is None and (claim.before, claim.figure.kind) in carrying:
            reason = "carried on"
        if reason in ("source", "credit", "link", "carried on", "poll", "speaker"):
            carrying.add((claim.sentence, claim.figure.kind))
        yield claim, reason


def _is_quoted(claim: Claim, _options: Options) -> bool:
    return claim.setting.quotes(claim.figure.span.start)


def _is_linked(claim: Claim, _options: Options) -> bool:
    """A link or a footnote in the sentence, or in the one before that this one takes up."""
    back = claim.before if _POINTS_BACK.match(claim.words(claim.sentence)) else None
    return any(_links(claim.block, span) for span in (claim.sentence, back) if span)


def _is_no_claim(claim: Claim, options: Options) -> bool:
    """A question, a rule, an example; what stands in quotation marks does not make it one."""
    if claim.words(claim.sentence).rstrip("\"”'’)").endswith("?"):
        return True
    found = options.expressions["not_claims"].finditer(claim.block.text, *claim.sentence)
    return any(not claim.setting.quotes(match.start()) for match in found)


def _is_own(claim: Claim, options: Options) -> bool:
    """Writer or house speak of themselves in this sentence, or the house in the one before."""
    text, spans = claim.block.text, [("own", claim.sentence)] + ([("house", claim.before)] if claim.before else [])
    found = (match for words, span in spans for match in options.expressions[words].finditer(text, *span))
    return any(not claim.setting.quotes(match.start()) for match in found)


def _is_house(claim: Claim, options: Options) -> bool:
    """What a house that speaks for itself counts or spends; shares and changes only where it speaks beside them."""
    if claim.figure.kind not in _RELATIVE:
        return claim.setting.in_house
    return claim.setting.in_house and options.expressions["house"].search(claim.block.text) is not None


def _is_credited(claim: Claim, options: Options) -> bool:
    return options.expressions["credits"].search(claim.words(claim.sentence)) is not None


def _closes_with_speaker(claim: Claim, _options: Options) -> bool:
    return attribution.closes_with_speaker(claim.words(Span(claim.figure.span.end, claim.sentence.end)))


def _has_source(claim: Claim, options: Options) -> bool:
    """A word that names a source, unless it may stand in a clause against the figure's, which a parse must tell."""
    sentence = claim.words(claim.sentence)
    return bool(options.expressions["sources"].search(sentence)) and not _AGAINST.search(sentence)


def _is_carried(claim: Claim, options: Options) -> bool:
    """A source in the sentence before, or told by this one or the next, which takes a figure up: `Those come from`."""
    if options.names_source(claim.words(claim.before)):
        return True
    after = claim.words(claim.after)
    if _SAYS_WHOSE.match(claim.words(claim.sentence)) or _SAYS_WHOSE.match(after):
        return True
    act = _IS_DONE.match(after)
    if act and options.expressions["acts"].fullmatch(act[1]):
        return True
    return _TAKES_UP.match(after) is not None and options.names_source(after)


def _is_summed_up(claim: Claim, options: Options) -> bool:
    """The first paragraph, where the next one gives figures with their source."""
    follows = claim.setting.follows
    told = options.names_source(follows) or attribution.closes_with_speaker(follows)
    return told and next(figures(follows), None) is not None


def _is_polled(claim: Claim, options: Options) -> bool:
    """A share in an article about a poll, or at the beginning of a block after one with a source."""
    lead = claim.setting.lead
    led = not claim.before and _ENDS.search(lead) and options.expressions["sources"].search(lead)
    return claim.figure.kind == "share" and bool(claim.setting.polled or led)


def _is_introduced(claim: Claim, options: Options) -> bool:
    """An item of a list whose introduction names or links the source, or speaks of the house."""
    intro = claim.setting.intro
    if not claim.in_list or intro is None:
        return False
    named = options.names_source(intro.text) or options.expressions["own"].search(intro.text) is not None
    return named or _links(intro, Span(0, len(intro.text)))


def _is_retold(claim: Claim, _options: Options) -> bool:
    """A share or a change in an article that tells what stands in the source to which its opening links."""
    return claim.setting.retold and claim.figure.kind in _RELATIVE


# The reasons by which somebody answers for a figure, wherever in the article it is given again.
_ANSWERED = frozenset(("quoted", "link", "credit", "source", "speaker", "carried", "said"))
# In the order in which they are tried; the names are what `judged` gives.
_SIGHTS: tuple[tuple[str, Callable[[Claim, Options], bool]], ...] = (
    ("quoted", _is_quoted),
    ("link", _is_linked),
    ("no claim", _is_no_claim),
    ("own", _is_own),
    ("house", _is_house),
    ("credit", _is_credited),
    ("source", _has_source),
    ("speaker", _closes_with_speaker),
    ("carried", _is_carried),
    ("summed up", _is_summed_up),
    ("poll", _is_polled),
    ("introduced", _is_introduced),
    ("retold", _is_retold),
)


# --- What the parse tells ---------------------------------------------------------------------------------------------


def _read(doc: Any, claim: Claim, options: Options) -> str | None:
    """The reason to let a figure be that the parse of its block gives."""
    token = attribution.head_token(doc, claim.figure.span)
    if token is None:
        return None
    if attribution.is_said(token, options.claimed):
        return "said"
    if attribution.is_told_to_do(token) or (claim.in_list and attribution.is_fragment(doc, claim.sentence)):
        return "instruction"
    if attribution.is_supposed(token, options.expressions["forecasts"]):
        return "supposed"
    for match in options.expressions["sources"].finditer(claim.block.text, *claim.sentence):
        cue = attribution.head_token(doc, Span(*match.span()))
        if cue is not None and not attribution.stands_against(token, cue):
            return "source"
    subjects = (word for subject in attribution.subjects_above(token) for word in attribution.compound(subject))
    return "act" if any(options.expressions["acts"].fullmatch(word.text) for word in subjects) else None


def _runs(claims: Sequence[Claim]) -> Iterator[list[Claim]]:
    """Joins figures of one sentence with but a few words between them."""
    run: list[Claim] = []
    for claim in claims:
        if run and not _joins(run[-1], claim):
            yield run
            run = []
        run.append(claim)
    if run:
        yield run


def _joins(one: Claim, other: Claim) -> bool:
    same = one.block is other.block and one.sentence == other.sentence
    return same and _JOINT.fullmatch(one.block.text, one.figure.span.end, other.figure.span.start) is not None
