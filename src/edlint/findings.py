"""Findings: what a rule says of its hits, and what is left of all that once an article has been heard.

A newcomer would make a finding of each hit at once. But some are dropped when all are there, and only then is it known
what tells equal ones apart. So there are drafts first, which sort as findings do.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from typing import NamedTuple, Protocol

from edlint import kinds, remedies
from edlint.action import Action
from edlint.analysis.suppressions import Suppression, allowances, suppressions
from edlint.analysis.terms import terms
from edlint.analysis.views import speech
from edlint.article import Article
from edlint.finding import Finding, Fix, Hit, OfferedFix, Place, PlacedEdit, Related, Severity
from edlint.markup import joined
from edlint.rule import Rule
from edlint.rule_keys import filled
from edlint.text import Span, Spans

_OF_WORDS = frozenset({"existence", "substitution", "repetition", "dates"})  # kinds that speak of words
_CONTEXT = 4  # words either side that a fingerprint knows
_FAR = 100  # code points in which these are looked for
_message = lru_cache(1 << 12)(filled)  # many hits of a rule are of the same words


class _Holding(Protocol):
    """Parts of the source that a rule leaves alone."""

    def hold(self, span: Span) -> bool:
        """Says whether a span is of one of them."""


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
        self._heeds_terms = not getattr(self._kind, "COUNTS", False)

    def drafts(self, article: Article) -> Iterable[Draft]:
        """Gives what the rule finds and neither its scope nor a term rules out; raises what its kind does."""
        hits = list(self._kind.hits(article, self.rule))
        if not hits:
            return ()
        hits.reverse()  # of equal ones the first counts
        drafted = _drafted(article, self.rule, self.number, hits)
        heard: Iterable[Draft] = {(one.span, one.message): one for one in drafted}.values()
        for spared in self._spared(article):
            heard = [one for one in heard if not spared.hold(one.span)]
        if self._heeds_terms and (places := article.once(terms)).spans:
            heard = [one for one in heard if not places.cover(one.span)]
        heard = _with_capitals_kept(article, list(heard))
        return heard if self.rule.limit is None else sorted(heard, key=_by_span)[: self.rule.limit]

    def _spared(self, article: Article) -> Iterator[_Holding]:
        """What the scope of the rule leaves alone within blocks."""
        if self.rule.scope.spares_speech:
            yield article.once(_speeches)
        if self.rule.scope.spares_works:
            from edlint.analysis.titles import titles  # for rules that find something

            yield article.once(titles)


_by_span = attrgetter("span")


def _speeches(article: Article) -> Spans:
    """The spans of the source that stand in quotation marks, the words of somebody else."""
    return Spans.of(block.in_source(span) for block in article.document.blocks for span in speech(article, block))


def _drafted(article: Article, rule: Rule, number: int, hits: Iterable[Hit]) -> Iterator[Draft]:
    source, name, faults, action = article.document.source, rule.name, rule.faults, rule.action
    is_of_prose = rule.scope.is_of_prose
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
        if fixes and is_of_prose and remedies.are_of_addresses(fixes):
            continue
        yield Draft(
            span, name, _message(message, args), number, rule, severity,
            tuple([Related(where.block.in_source(where.span), told) for where, told in related]) if related else (),
            tuple(remedies.fixes(article, place, fixes)) if fixes else (),
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


def _with_capitals_kept(article: Article, heard: list[Draft]) -> list[Draft]:
    """Drafts of a rule with no fix safe that would leave a word in two ways in one article."""
    text = article.document.source.text
    lowered = {
        text[edit.span.start : edit.span.end]
        for draft in heard
        for fix in draft.fixes
        for edit in fix.edits
        if fix.safe and _is_lowered(text[edit.span.start : edit.span.end], edit.text)
    }
    if not lowered:
        return heard
    found = Spans.of(draft.span for draft in heard)
    kept = {words for words in sorted(lowered) if remedies.is_capital_elsewhere(article, words, found)}
    return [_doubted(draft, text, kept) for draft in heard] if kept else heard


def _is_lowered(old: str, new: str) -> bool:
    return old != new and old.lower() == new


def _doubted(draft: Draft, text: str, kept: Set[str]) -> Draft:
    """A draft whose fixes of some words are not safe."""
    fixes = (
        fix._replace(safe=fix.safe and not any(text[edit.span.start : edit.span.end] in kept for edit in fix.edits))
        for fix in draft.fixes
    )
    return draft._replace(fixes=tuple(fixes))


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
