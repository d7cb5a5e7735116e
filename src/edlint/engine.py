"""The engine: an article and a house's rules make findings.

    from edlint import Linter

    linter = Linter()
    for finding in linter.check_text("She said “no.", path="draft.md").findings:
        print(finding.rule, finding.message)

A Linter owns its rules and its language model; nothing is global, and several threads may use one.
"""

import hashlib
import operator
import os
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from edlint import config as configuration
from edlint import kinds, masks, sources
from edlint.action import Action
from edlint.analysis.suppressions import allowances, suppressions
from edlint.analysis.terms import terms
from edlint.analysis.variety import language, variety
from edlint.analysis.views import speech
from edlint.article import Article, Pipeline
from edlint.config import Config
from edlint.errors import ModelError
from edlint.finding import (
    Edit,
    FileReport,
    Finding,
    Fix,
    Hit,
    OfferedFix,
    Place,
    PlacedEdit,
    Problem,
    Related,
    Suppressed,
)
from edlint.markup import Reading
from edlint.pattern import Finder
from edlint.readers import reader
from edlint.rule import Rule
from edlint.rule_keys import filled
from edlint.ruleset import Rulebook, Ruleset
from edlint.scanner import Scanner
from edlint.scope import Scope
from edlint.store import Store
from edlint.terms import Vocabulary
from edlint.text import Document, Source, Span

_JOINTS = tuple("/\\@#_")  # what joins a word to an address or a handle
_OF_WORDS = frozenset({"existence", "substitution", "repetition", "dates"})  # kinds that speak of words
_NO_SCANNERS: Mapping[Scope, Scanner] = {}
_CONTEXT = 4  # words either side that a fingerprint knows


class Linter:
    """Checks articles by one configuration."""

    def __init__(
        self,
        config: Config | None = None,
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        pipeline: Pipeline | None = None,
        store: Store | None = None,
    ) -> None:
        """Reads the rules of a configuration, or of the built-in one.

        `select` and `ignore` are patterns of rule names, as on the command line. `pipeline` is a language model to
        share with other linters; by default each loads its own, once, when first needed. `store` keeps rules made ready
        for the next run. Raises UsageError.
        """
        self.config = config or configuration.default()
        self.rulebook = Rulebook(self.config, select=tuple(select), ignore=tuple(ignore), store=store)
        self._pipeline = pipeline
        self._lock = threading.Lock()
        self._scanners: dict[int, Mapping[Scope, Scanner]] = {}  # by ruleset; the rulebook keeps these
        self._vocabularies: dict[tuple[int, ...], Vocabulary] = {}

    def ruleset(self, path: str, text: str | None = None) -> Ruleset:
        """Gives the rules that hold for a file; `text` is what it holds, where that may differ from what is on disk."""
        return self.rulebook.rules(self.config.settings_for(Path(os.path.abspath(path)), text))

    def check_file(self, path: str) -> FileReport:
        """Checks a file; raises UnreadableError, saying what to do, where it cannot be read."""
        return self.check_source(sources.read(path), path)

    def check_text(self, text: str, path: str = "draft.md") -> FileReport:
        """Checks a text as if it stood in a file of that name, whose ending says how to read it."""
        return self.check_source(Source(text.removeprefix("\ufeff")), path)

    def check_source(self, source: Source, path: str) -> FileReport:
        """Checks a source; its findings are in source order, ties by rule name."""
        house, rules = self.config, self.ruleset(path, source.text)
        article, problems = self.article(source, path, self._scanners_of(rules))
        if house.terms and article.once(terms).given_up:
            slow = f"looking for terms in {path} took too long and was stopped: simplify the patterns"
            problems.append(Problem(", ".join(house.terms.paths), None, slow))
        return self._check(rules.rules, article, problems)

    def article(
        self, source: Source, path: str, scanners: Mapping[Scope, Scanner] = _NO_SCANNERS
    ) -> tuple[Article, list[Problem]]:
        """Gives a source as its house sees it, and what is wrong with it; `scanners` are for rules that check it."""
        document, problems = self._read(source, path)
        house, words = self.config, self._vocabulary(path, source.text)
        return Article(document, path, self, house.terms, words, house.styles_path, scanners), problems

    def check_with(self, rules: Iterable[Rule], text: str, path: str = "draft.md") -> FileReport:
        """Checks a text by some rules, whatever the configuration says of them; examples of rules are tried so."""
        document = reader(path).read(Source(text))
        return self._check(rules, Article(document, path, self, styles_path=self.config.styles_path), [])

    def _read(self, source: Source, path: str) -> tuple[Document, list[Problem]]:
        """A source as the house wants it read, and what is wrong with it."""
        house, problems, masked = self.config, [], list[Span]()
        try:
            masked = masks.spans(house.masks_for(Path(os.path.abspath(path)), source.text), source.text)
        except TimeoutError:
            slow = f"looking for what is masked in {path} took too long and was stopped: simplify the patterns"
            problems.append(Problem(house.path or "", None, slow))
        reading = Reading(masked=tuple(masked), tags=house.template_tags, **house.elements)
        return reader(house.read_as(path)).read(source, reading), problems

    def _scanners_of(self, ruleset: Ruleset) -> Mapping[Scope, Scanner]:
        """What finds out where the rules of a set can match, by scope, made once for all articles that it holds for."""
        if id(ruleset) not in self._scanners:
            finders = defaultdict[Scope, list[Finder]](list)
            for rule in ruleset.rules:
                if isinstance(finder := getattr(rule.options, "finder", None), Finder):
                    finders[rule.scope].append(finder)
            self._scanners[id(ruleset)] = {scope: Scanner(found) for scope, found in finders.items()}
        return self._scanners[id(ruleset)]

    def _vocabulary(self, path: str, text: str) -> Vocabulary | None:
        """The house's vocabulary for a file, the same one for files for which the same holds."""
        held = tuple(words.vocabulary for words in self.config.words_for(Path(os.path.abspath(path)), text))
        key = tuple(map(id, held))
        if held and key not in self._vocabularies:
            self._vocabularies[key] = reduce(operator.add, held)
        return self._vocabularies.get(key)

    def _check(self, rules: Iterable[Rule], article: Article, problems: list[Problem]) -> FileReport:
        document, path = article.document, article.path
        problems += [Problem(path, line, message) for line, message in document.problems]
        findings: list[Finding] = []
        suppressed: list[Suppressed] = []
        rules = list(rules)
        spoken = _spoken(rules, article)
        # Comments that allow findings can be judged only when all findings are there.
        for rule in sorted(rules, key=lambda rule: rule.kind == "suppressions"):
            if _speaks(rule, spoken):
                article.once(allowances).ran.add(rule.name)
                found, wrong = _findings(article, rule)
                problems += wrong
                kept, allowed = _allowed(found, article)
                findings += kept
                suppressed += allowed
        findings = list(_without_doubles(findings))
        once = {problem.message: problem for problem in reversed(problems)}  # what several rules lack is said once
        in_order = _numbered(sorted([*findings, *(one.finding for one in suppressed)], key=lambda one: one.order))
        told = {one.finding: one for one in suppressed}
        return FileReport(
            path,
            document.source,
            tuple(numbered for finding, numbered in in_order if finding not in told),
            tuple(reversed(once.values())),
            tuple(told[finding]._replace(finding=numbered) for finding, numbered in in_order if finding in told),
        )

    def docs(self, texts: Sequence[str]) -> list[Any]:
        """Parses texts with the language model, which is loaded on the first call; raises ModelError."""
        with self._lock:
            if self._pipeline is None:
                from edlint.analysis.language import Model  # the door to spaCy, opened for a rule that needs it

                self._pipeline = Model(self.config.model)
        return self._pipeline.docs(texts)


def _spoken(rules: Iterable[Rule], article: Article) -> str:
    """The language of an article, as far as it matters which: of an English one without a country its variety.

    What the article shows decides between rules for several countries alone: a house that has rules for one has chosen.
    """
    countries = {rule.language.lower() for rule in rules if rule.language and "-" in rule.language}
    named = language(article)
    return article.once(variety) if named == "en" and len(countries) > 1 else named


def _speaks(rule: Rule, spoken: str) -> bool:
    """Says whether a rule knows a language, in small letters and with a hyphen where it is of a country.

    A rule for `en` knows every English; one for `en-US` knows English of no stated country, and not `en-gb`.
    """
    written, known = spoken.split("-"), (rule.language or spoken).lower().replace("_", "-").split("-")
    return written[0] == known[0] and (len(written) == 1 or len(known) == 1 or written[1] == known[1])


def _findings(article: Article, rule: Rule) -> tuple[list[Finding], list[Problem]]:
    """What one rule finds, and what kept it from finding."""
    try:
        return _found(article, rule), []
    except ModelError as error:
        return [], [Problem(rule.origin.path, None, f"did not run: {error}")]
    except TimeoutError:
        told = f"{rule.name} took too long on {article.path} and was stopped: simplify its pattern"
        return [], [Problem(rule.origin.path, None, told)]
    except Exception as error:  # a fault in one rule must not cost a writer all the others
        told = f"{rule.name} failed on {article.path} ({type(error).__name__}: {error}): please report it"
        return [], [Problem(rule.origin.path, None, told)]


def _found(article: Article, rule: Rule) -> list[Finding]:
    """The findings of a rule in source order, without those that its scope or the house's terms rule out."""
    hits = list(kinds.kind(rule.kind).hits(article, rule))
    found = {(f.span, f.message): f for f in (_finding(article, rule, hit) for hit in reversed(hits))}
    in_order = sorted(found.values(), key=lambda f: f.span)
    heard = [f for f in in_order if not (rule.scope.spares_speech and _is_speech(article, f.span))]
    if not getattr(kinds.kind(rule.kind), "COUNTS", False):
        heard = [f for f in heard if not article.once(terms).cover(f.span)]
    return heard[: rule.limit]


def _is_speech(article: Article, span: Span) -> bool:
    """Says whether a span of the source lies in words that somebody else said."""
    return any(start <= span.start and span.end <= end for start, end in article.once(_speech))


def _speech(article: Article) -> list[Span]:
    """The spans of the source that stand in quotation marks."""
    return [block.in_source(span) for block in article.document.blocks for span in speech(article, block)]


def _finding(article: Article, rule: Rule, hit: Hit) -> Finding:
    fault = rule.faults.get(hit.fault)
    message = fault.message if fault else rule.message
    severity = fault.severity if fault and fault.severity else rule.severity
    span = hit.place.block.in_source(hit.place.span)
    choices = _choices(rule.action, hit)
    return Finding(
        rule=rule.name,
        kind=rule.kind,
        severity=severity,
        message=filled(message, (*hit.args, choices if len(choices) > 1 else choices[0]) if choices else hit.args),
        span=span,
        related=tuple(Related(r.place.block.in_source(r.place.span), r.message) for r in hit.related),
        fixes=tuple(_fixes(hit.fixes if choices is None else _written(hit.place, choices))),
        link=rule.link,
        fingerprint=_gist(article.document.source, rule, hit, span),
        evidence=hit.evidence,
    )


def _choices(action: Action | None, hit: Hit) -> tuple[str, ...] | None:
    """What a rule's action writes for the words of a hit, None where it leaves that to the kind."""
    if action is None or not action.own_words:
        return None
    block, (start, end) = hit.place
    return action.choices(block.text[start:end], hit.groups)


def _written(place: Place, choices: Iterable[str]) -> tuple[OfferedFix, ...]:
    """The choices of an action as fixes; whether they are always right nobody knows."""
    edits = ((f"write '{words}'" if words else "remove it", PlacedEdit(place, words)) for words in choices)
    return tuple(OfferedFix(told, False, (edit,)) for told, edit in edits)


def _fixes(offered: Iterable[OfferedFix]) -> Iterator[Fix]:
    """Fixes in terms of the source; one that would edit across markup or entities is not offered."""
    for fix in offered:
        if all(edit.place.block.is_verbatim(edit.place.span) for edit in fix.edits):
            edits = (Edit(edit.place.block.in_source(edit.place.span), edit.text) for edit in fix.edits)
            safe = fix.safe and not any(_is_part_of_a_name(edit.place) for edit in fix.edits)
            yield Fix(fix.message, safe, tuple(edits))


def _is_part_of_a_name(place: Place) -> bool:
    """Says whether a place may belong to an address, a file's name, a handle or a hashtag, which must stay as it is."""
    text, (start, end) = place.block.text, place.span
    before, after = text[max(start - 2, 0) : start], text[end : end + 2]
    dotted = before[1:] == "." and before[:1].isalnum(), after[:1] == "." and after[1:].isalnum()
    return any(dotted) or before[-1:] in _JOINTS or after[:1] in _JOINTS


def _gist(source: Source, rule: Rule, hit: Hit, span: Span) -> str:
    """What a finding is about: its rule, its words, and a few words either side in its own block."""
    text, (start, end) = hit.place.block.text, hit.place.span
    before = text[max(start - 100, 0) : start].split()[-_CONTEXT:]
    after = text[end : end + 100].split()[:_CONTEXT]
    found = " ".join(source.text[span.start : span.end].split())
    return "\0".join((rule.name, " ".join(before), found, " ".join(after)))


def _without_doubles(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Findings without what another linter says of words that a rule of the house speaks of already."""
    findings = list(findings)
    taken = [finding.span for finding in findings if finding.kind in _OF_WORDS]
    for finding in findings:
        start, end = finding.span
        if finding.kind != "provider" or not any(start < other.end and other.start < end for other in taken):
            yield finding


def _allowed(findings: Iterable[Finding], article: Article) -> tuple[list[Finding], list[Suppressed]]:
    """The findings that stand, and those that a comment of the article allows."""
    kept, allowed = list[Finding](), list[Suppressed]()
    all_suppressions = article.once(suppressions).found
    source, run = article.document.source, article.once(allowances)
    for finding in findings:
        # A comment cannot allow what is to be said of comments.
        allowing = [one for one in all_suppressions if finding.kind != "suppressions" and one.allows(finding, source)]
        run.used.update(allowing)
        if allowing:
            allowed.append(Suppressed(finding, allowing[0].reason, allowing[0].place.block.span))
        else:
            kept.append(finding)
    return kept, allowed


def _numbered(findings: Iterable[Finding]) -> list[tuple[Finding, Finding]]:
    """Findings, each with itself under its final fingerprint, equal ones told apart by their number."""
    pairs = []
    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.fingerprint] += 1
        whole = f"{finding.fingerprint}\0{seen[finding.fingerprint]}"
        fingerprint = hashlib.blake2b(whole.encode(), digest_size=10).hexdigest()
        pairs.append((finding, finding._replace(fingerprint=fingerprint)))
    return pairs
