"""Findings: what a rule says of its hits, and what is left of all that once an article has been heard.

A newcomer would make a finding of each hit at once. But some are dropped when all are there, and only then is it known
what tells equal ones apart. So there are drafts first, which sort as findings do.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate
from operator import attrgetter
from typing import NamedTuple

from edlint import kinds
from edlint.action import Action
from edlint.analysis.suppressions import Suppression, allowances, suppressions
from edlint.analysis.terms import terms
from edlint.analysis.views import speech
from edlint.article import Article
from edlint.finding import Edit, Finding, Fix, Hit, OfferedFix, Place, PlacedEdit, Related, Severity
from edlint.markup import joined
from edlint.rule import Rule
from edlint.rule_keys import filled
from edlint.text import Block, Source, Span

_OF_TITLES = frozenset({"link", "emphasis", "strong"})  # marks in which works are named
_JOINTS = tuple("/\\@#_")  # what joins a word to an address or a handle
_OF_WORDS = frozenset({"existence", "substitution", "repetition", "dates"})  # kinds that speak of words
_CONTEXT = 4  # words either side that a fingerprint knows
_FAR = 100  # code points in which these are looked for
_message = lru_cache(1 << 12)(filled)  # many hits of a rule are of the same words


class Draft(NamedTuple):
    """A finding that has no fingerprint yet; `gist` is what that will be made of.

    `number` is that of its rule in the run. With what stands before it, it orders drafts as findings are, no two alike.
    """

    span: Span
    name: str
    message: str
    number: int
    rule: Rule
    severity: Severity
    related: tuple[Related, ...]
    fixes: tuple[Fix, ...]
    gist: str
    evidence: tuple[tuple[str, str], ...]


class Voice:
    """A rule, with its number among those of a run, ready to be heard on many articles."""

    def __init__(self, rule: Rule, number: int) -> None:
        self.rule, self.number = rule, number
        self._kind = kinds.kind(rule.kind)
        self._spares_speech, self._heeds_terms = rule.scope.spares_speech, not getattr(self._kind, "COUNTS", False)

    def drafts(self, article: Article) -> Iterable[Draft]:
        """Gives what the rule finds and neither its scope nor a term rules out; raises what its kind does."""
        hits = list(self._kind.hits(article, self.rule))
        if not hits:
            return ()
        hits.reverse()  # of equal ones the first counts
        drafted = _drafted(article.document.source, self.rule, self.number, hits)
        heard: Iterable[Draft] = {(one.span, one.message): one for one in drafted}.values()
        if self._spares_speech:
            speeches = article.once(_speeches)
            heard = [one for one in heard if not speeches.hold(one.span)]
        if self._heeds_terms and (places := article.once(terms)).spans:
            heard = [one for one in heard if not places.cover(one.span)]
        return heard if self.rule.limit is None else sorted(heard, key=_by_span)[: self.rule.limit]


_by_span = attrgetter("span")


class _Speeches(NamedTuple):
    """The spans of the source that stand in quotation marks, by their starts; how far those before each reach."""

    starts: Sequence[int]
    reaches: Sequence[int]

    def hold(self, span: Span) -> bool:
        """Says whether a span lies in words that somebody else said."""
        index = bisect_right(self.starts, span.start) - 1
        return index >= 0 and span.end <= self.reaches[index]


def _speeches(article: Article) -> _Speeches:
    found = sorted(block.in_source(span) for block in article.document.blocks for span in speech(article, block))
    return _Speeches([start for start, _ in found], list(accumulate((end for _, end in found), max)))


def _drafted(source: Source, rule: Rule, number: int, hits: Iterable[Hit]) -> Iterator[Draft]:
    name, faults, action = rule.name, rule.faults, rule.action
    for hit in hits:
        place, fault, args, related, fixes, _, evidence = hit
        block, inside = place
        span = block.in_source(inside)
        message, severity = rule.message, rule.severity
        if fault in faults:
            message, severity = faults[fault].message, faults[fault].severity or severity
        if action is not None and action.own_words:
            choices = _choices(action, block.text[inside.start : inside.end], hit.groups)
            fixes = _written(place, choices)
            args = (*args, choices if len(choices) > 1 else choices[0]) if choices else args
        yield Draft(
            span, name, _message(message, args), number, rule, severity,
            tuple([Related(where.block.in_source(where.span), told) for where, told in related]) if related else (),
            tuple(_fixes(fixes)) if fixes else (),
            _gist(source.text, name, place, span),
            evidence,
        )  # fmt: skip


@lru_cache(1 << 10)
def _choices(action: Action, words: str, groups: tuple[str, ...]) -> tuple[str, ...]:
    """What an action writes for words found."""
    return action.choices(words, groups)


def _written(place: Place, choices: Iterable[str]) -> tuple[OfferedFix, ...]:
    """The choices of an action as fixes; whether they are always right nobody knows."""
    edits = ((f"write '{words}'" if words else "remove it", PlacedEdit(place, words)) for words in choices)
    return tuple(OfferedFix(told, False, (edit,)) for told, edit in edits)


def _fixes(offered: Iterable[OfferedFix]) -> Iterator[Fix]:
    """Fixes in terms of the source; one that would edit across markup or entities is not offered."""
    for fix in offered:
        if all(edit.place.block.is_verbatim(edit.place.span) for edit in fix.edits):
            closed_up = map(_closed_up, fix.edits)
            edits = (Edit(edit.place.block.in_source(edit.place.span), edit.text) for edit in closed_up)
            safe = fix.safe and not any(_is_part_of_a_name(edit.place) or _is_of_a_title(edit) for edit in fix.edits)
            yield Fix(fix.message, safe, tuple(edits))


def _closed_up(edit: PlacedEdit) -> PlacedEdit:
    """An edit that leaves no two spaces where it takes words out, and no two full stops."""
    (block, (start, end)), words = edit
    before, after = block.text[start - 1 : start], block.text[end : end + 1]
    if words.endswith(".") and after == ".":
        return edit._replace(text=words[:-1])
    if words or start == end:
        return edit
    if before == " " and after in (*" \n.,;:!?)", ""):
        span = Span(start - 1, end)
    elif after == " " and before in ("", "\n", "("):
        span = Span(start, end + 1)
    else:
        return edit
    return PlacedEdit(Place(block, span), words) if block.is_verbatim(span) else edit


def _is_part_of_a_name(place: Place) -> bool:
    """Says whether a place may belong to an address, a file's name, a handle or a hashtag, which must stay as it is."""
    text, (start, end) = place.block.text, place.span
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    dotted = before[1:] == "." and before[:1].isalnum(), after[:1] == "." and after[1:].isalnum()
    hyphened = all(sign.strip("-").isalnum() and "-" in sign for sign in (before, after))  # as in a picture's file name
    return any(dotted) or hyphened or before[-1:] in _JOINTS or after[:1] in _JOINTS


def _is_of_a_title(edit: PlacedEdit) -> bool:
    """Says whether an edit takes a capital away in what may be a title: a link, emphasis or a block in capitals."""
    (block, span), words = edit
    old = block.text[span.start : span.end]
    takes_capitals = sum(map(str.isupper, old)) > sum(map(str.isupper, words))
    return takes_capitals and any(map(_is_titled, (_marked(block, span), block.text)))


def _is_titled(words: str) -> bool:
    long = [word.lstrip("“‘\"'([") for word in words.split() if len(word) > 3]
    return len(long) > 2 and sum(word[:1].isupper() for word in long) > len(long) * 0.7


def _marked(block: Block, span: Span) -> str:
    """The words of a link or of emphasis that a span stands in, with those of marks within."""
    marks = block.marks(span) & _OF_TITLES
    first = last = bisect_right(block.starts, span.start) - 1
    while first > 0 and block.pieces[first - 1].marks & marks:
        first -= 1
    while last + 1 < len(block.pieces) and block.pieces[last + 1].marks & marks:
        last += 1
    return "".join(piece.text for piece in block.pieces[first : last + 1]) if marks else ""


def _gist(written: str, name: str, place: Place, span: Span) -> str:
    """What a finding is about: its rule, its words, and a few words either side in its own block."""
    text, (start, end) = place.block.text, place.span
    before = text[max(start - _FAR, 0) : start].rsplit(None, _CONTEXT)[-_CONTEXT:]
    after = text[end : end + _FAR].split(None, _CONTEXT)[:_CONTEXT]
    found = written[span.start : span.end].split()
    return f"{name}\0{' '.join(before)}\0{' '.join(found)}\0{' '.join(after)}"


def parted(article: Article, found: list[Draft]) -> tuple[list[Draft], list[tuple[Draft, Suppression]]]:
    """Parts drafts, which are in order, into those that stand and those that a comment allows, and notes which do.

    One walk over both: comments join as the drafts reach them, and leave when their range ends.
    """
    coming = article.once(suppressions).found
    if not coming:
        return found, []
    used, text = article.once(allowances).used, article.document.source.text
    kept, allowed = list[Draft](), list[tuple[Draft, Suppression]]()
    holding, taken = list[Suppression](), 0
    for draft in found:
        start, end = draft.span
        while taken < len(coming) and coming[taken].range.start <= start:
            holding.append(coming[taken])
            taken += 1
        holding = [one for one in holding if one.range.end >= start]
        allowing = [one for one in holding if one.allows(draft.name, text[start:end])]
        used.update(allowing)
        if allowing:
            allowed.append((draft, allowing[0]))
        else:
            kept.append(draft)
    return kept, allowed


def without_doubles(found: list[Draft]) -> list[Draft]:
    """Gives drafts without what another linter says of words that a rule of the house speaks of already."""
    if not any(draft.rule.kind == "provider" for draft in found):
        return found
    taken = joined(draft.span for draft in found if draft.rule.kind in _OF_WORDS)
    starts = [span.start for span in taken]

    def is_taken(span: Span) -> bool:
        index = bisect_left(starts, span.end) - 1
        return index >= 0 and span.start < taken[index].end

    return [draft for draft in found if draft.rule.kind != "provider" or not is_taken(draft.span)]


def finished(found: Iterable[Draft]) -> Iterator[Finding]:
    """Gives drafts, in order, as findings under their fingerprints, equal ones told apart by their number."""
    seen = dict[str, int]()
    for span, name, message, _, rule, severity, related, fixes, gist, evidence in found:
        seen[gist] = number = seen.get(gist, 0) + 1
        fingerprint = blake2b(f"{gist}\0{number}".encode(), digest_size=10).hexdigest()
        yield Finding(name, rule.kind, severity, message, span, related, fixes, rule.link, fingerprint, evidence)
