"""The engine: an article and a house's rules make findings.

    from edlint import Linter

    linter = Linter()
    for finding in linter.check_text("She said “no.", path="draft.md").findings:
        print(finding.rule, finding.message)

A Linter owns its rules and its language model; nothing is global, and several threads may use one.
"""

import operator
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, reduce
from pathlib import Path
from time import perf_counter
from typing import Any

from edlint import config as configuration
from edlint import findings, masks, sources
from edlint.analysis import scan
from edlint.analysis.suppressions import Suppression, allowances, suppressions
from edlint.analysis.terms import terms
from edlint.article import Article, Pipeline, UnparsedError
from edlint.config import Config
from edlint.errors import ModelError
from edlint.finding import FileReport, Finding, Problem, Suppressed
from edlint.findings import Draft, Voice
from edlint.markup import Reading
from edlint.pattern import Finder
from edlint.readers import reader
from edlint.rule import Rule
from edlint.ruleset import Rulebook, Ruleset, leaves_country_open
from edlint.scanner import Scanner
from edlint.scope import Scope
from edlint.store import Store
from edlint.terms import Vocabulary
from edlint.text import Document, Source, Span

_OF_COMMENTS = "suppressions"  # the kind of rules that judge comments which allow findings
_NO_SCANNERS: Mapping[Scope, Scanner] = {}


class _Roster:
    """The rules that hold for articles, and what finds out which of them can find anything in one."""

    def __init__(self, rules: Iterable[Rule], book: Rulebook | None = None) -> None:
        """Takes the rules, and the rulebook of the house that they are of."""
        self._book = book
        self.voices = tuple(Voice(rule, number) for number, rule in enumerate(rules))
        self._finders = defaultdict[Scope, dict[int, tuple[Finder, list[int]]]](dict)
        self._others = list[int]()  # rules of which nobody knows before they are asked
        for voice in self.voices:
            finders = _finders_of(voice.rule)
            for finder in finders:
                self._finders[voice.rule.scope].setdefault(id(finder), (finder, []))[1].append(voice.number)
            if not finders:
                self._others.append(voice.number)

    @cached_property
    def scanners(self) -> Mapping[Scope, Scanner]:
        """What finds out where the rules can match, by scope."""
        return {scope: Scanner(finder for finder, _ in found.values()) for scope, found in self._finders.items()}

    @cached_property
    def leaves_country_open(self) -> bool:
        """Whether articles must show which of its rules speak in them."""
        return leaves_country_open((voice.rule for voice in self.voices), self._book)

    def able(self, article: Article) -> list[Voice]:
        """Gives the rules that may find something in an article, by number.

        Most rules have no word in most articles, and to ask each would take longer than all else.
        """
        able = set(self._others)
        for scope, finders in self._finders.items():
            for finder in self._matching(article, scope):
                able.update(finders[finder][1] if finder in finders else ())
        return [self.voices[number] for number in sorted(able)]

    def _matching(self, article: Article, scope: Scope) -> Iterable[int]:
        """The finders that may match in what a scope shows of an article; all where only a rule itself can tell."""
        if scope not in article.scanners:
            return self._finders[scope]
        try:
            return scan.index(article, scope)
        except Exception:  # which each rule will meet again, and tell
            return self._finders[scope]


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
        self._rosters: dict[int, _Roster] = {}  # by ruleset; the rulebook keeps these
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
        return self.begin(source, path).report()

    def begin(
        self, source: Source, path: str, *, pipeline: Pipeline | None = None, only: Container[str] | None = None
    ) -> "Check":
        """Begins to check a source, for callers who want to know more than the report.

        `pipeline` parses instead of the linter's own language model. `only` are the names of the rules to ask, by
        default all that hold for the file.
        """
        house, ruleset = self.config, self.ruleset(path, source.text)
        roster = self._roster(ruleset)
        if only is not None:
            roster = _Roster((one for one in ruleset.rules if one.name in only), self.rulebook)
        article, problems = self.article(source, path, roster.scanners, pipeline)
        if house.terms and article.once(terms).given_up:
            slow = f"looking for terms in {path} took too long and was stopped: simplify the patterns"
            problems.append(Problem(", ".join(house.terms.paths), None, slow))
        return Check(roster, article, problems)

    def article(
        self,
        source: Source,
        path: str,
        scanners: Mapping[Scope, Scanner] = _NO_SCANNERS,
        pipeline: Pipeline | None = None,
    ) -> tuple[Article, list[Problem]]:
        """Gives a source as its house sees it, and what is wrong with it; `scanners` are for rules that check it."""
        document, problems = self._read(source, path)
        house, words = self.config, self._vocabulary(path, source.text)
        return Article(document, path, pipeline or self, house.terms, words, house.styles_path, scanners), problems

    def check_with(self, rules: Iterable[Rule], text: str, path: str = "draft.md") -> FileReport:
        """Checks a text by some rules, whatever the configuration says of them; examples of rules are tried so."""
        document = reader(path).read(Source(text))
        article = Article(document, path, self, styles_path=self.config.styles_path)
        return Check(_Roster(rules), article, []).report()

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

    def _roster(self, ruleset: Ruleset) -> _Roster:
        """The rules of a set as a roster, made once for all articles that it holds for."""
        if id(ruleset) not in self._rosters:
            self._rosters[id(ruleset)] = _Roster(ruleset.rules, self.rulebook)
        return self._rosters[id(ruleset)]

    def _vocabulary(self, path: str, text: str) -> Vocabulary | None:
        """The house's vocabulary for a file, the same one for files for which the same holds."""
        held = tuple(words.vocabulary for words in self.config.words_for(Path(os.path.abspath(path)), text))
        key = tuple(map(id, held))
        if held and key not in self._vocabularies:
            self._vocabularies[key] = reduce(operator.add, held)
        return self._vocabularies.get(key)

    def docs(self, texts: Sequence[str]) -> list[Any]:
        """Parses texts with the language model, which is loaded on the first call; raises ModelError."""
        with self._lock:
            if self._pipeline is None:
                from edlint.analysis.language import Model  # the door to spaCy, opened for a rule that needs it

                self._pipeline = Model(self.config.model)
        return self._pipeline.docs(texts)


class Check:
    """The check of one article.

    Where its pipeline has yet to parse a text, the rules that need it wait, and its report is that of the others; the
    next report asks those again that waited. What has been learnt of the article by then is not learnt anew.
    """

    def __init__(self, roster: _Roster, article: Article, problems: list[Problem]) -> None:
        """Begins the check; `problems` are those of reading the article, beside the document's own."""
        self.article = article
        told = (Problem(article.path, line, message) for line, message in article.document.problems)
        self._problems = [*problems, *told]
        speaking = _speaking(roster, article)
        self._waiting = [voice for voice in speaking if voice.rule.kind != _OF_COMMENTS]
        self._judging = [voice for voice in speaking if voice.rule.kind == _OF_COMMENTS]
        self._found, self._judged = list[Draft](), list[Draft]()
        self._costs = dict[str, float]()

    @property
    def waiting(self) -> frozenset[str]:
        """The names of the rules that the last report lacks."""
        # Comments can be judged only when all that they may allow is there.
        return frozenset(voice.rule.name for voice in (*self._waiting, *(self._judging if self._waiting else ())))

    def report(self, going_on: Callable[[], None] = lambda: None) -> FileReport:
        """Asks the rules, and gives what is found by now.

        `going_on` is called before each rule; what it raises ends the check for good.
        """
        article = self.article
        self._waiting = list(self._ask(self._waiting, self._found, going_on))
        kept, allowed = findings.parted(article, sorted(self._found))
        kept = findings.without_doubles(kept)
        if not self._waiting:
            self._judging = list(self._ask(self._judging, self._judged, going_on))
        kept = [*kept, *self._judged]  # which no comment can allow
        once = {problem.message: problem for problem in reversed(self._problems)}  # what several lack is said once
        told, suppressed = _told(kept, allowed)
        problems = tuple(reversed(once.values()))
        return FileReport(article.path, article.document, told, problems, suppressed, costs=self._costs)

    def _ask(self, voices: Iterable[Voice], found: list[Draft], going_on: Callable[[], None]) -> Iterator[Voice]:
        """Adds what rules find; gives those that wait. What keeps one from finding is a problem."""
        for voice in voices:
            going_on()
            began = perf_counter()
            try:
                found += voice.drafts(self.article)
            except UnparsedError:
                yield voice
            except Exception as error:  # a fault in one rule must not cost a writer all the others
                self._problems.append(_problem(self.article, voice.rule, error))
            name = voice.rule.name
            self._costs[name] = self._costs.get(name, 0.0) + perf_counter() - began


def _finders_of(rule: Rule) -> list[Finder]:
    """What must match anything before a rule can find something; nothing for a rule of which that is not known."""
    if getattr(rule.options, "affix", ""):  # whose words are not written out yet
        return []
    return [finder for finder in scan.finders_of(rule.options) if isinstance(finder, Finder)]


def _speaking(roster: _Roster, article: Article) -> list[Voice]:
    """The rules that may find something in an article and know its language, by number."""
    spoken = _spoken(roster, article)
    if article.once(suppressions).found:
        ran = (voice.rule for voice in roster.voices if _speaks(voice.rule, spoken))
        article.once(allowances).ran.update(rule.name for rule in ran)
    return [voice for voice in roster.able(article) if _speaks(voice.rule, spoken)]


def _spoken(roster: _Roster, article: Article) -> str:
    """The language of an article, as far as it matters which: of an English one without a country its variety.

    What the article shows decides between rules for several countries alone: a house that lists rules for one has
    chosen.
    """
    if article.language != "en" or not roster.leaves_country_open:
        return article.language
    from edlint.analysis.variety import variety  # which a house with rules for one country does not need

    return article.once(variety)


def _speaks(rule: Rule, spoken: str) -> bool:
    """Says whether a rule knows a language, in small letters and with a hyphen where it is of a country.

    A rule for `en` knows every English; one for `en-US` knows English of no stated country, and not `en-gb`.
    """
    if rule.language is None:
        return True
    written, known = spoken.split("-"), rule.language.lower().replace("_", "-").split("-")
    return written[0] == known[0] and (len(written) == 1 or len(known) == 1 or written[1] == known[1])


def _problem(article: Article, rule: Rule, error: Exception) -> Problem:
    """What kept a rule from finding, and what to do."""
    if isinstance(error, ModelError):
        return Problem(rule.origin.path, None, f"did not run: {error}")
    told = f"failed on {article.path} ({type(error).__name__}: {error}): please report it"
    if isinstance(error, TimeoutError):
        told = f"took too long on {article.path} and was stopped: simplify its pattern"
    return Problem(rule.origin.path, None, f"{rule.name} {told}")


def _told(
    kept: Iterable[Draft], allowed: Sequence[tuple[Draft, Suppression]]
) -> tuple[tuple[Finding, ...], tuple[Suppressed, ...]]:
    """The findings that stand and those that are allowed, equal ones numbered over both."""
    if not allowed:
        return tuple(findings.finished(sorted(kept))), ()
    allowing = {id(draft): by for draft, by in allowed}
    in_order = sorted([*kept, *(draft for draft, _ in allowed)])
    told = list(zip(in_order, findings.finished(in_order), strict=True))
    suppressed = ((finding, by) for draft, finding in told if (by := allowing.get(id(draft))))
    return (
        tuple(finding for draft, finding in told if id(draft) not in allowing),
        tuple(Suppressed(finding, by.reason, by.place.block.span) for finding, by in suppressed),
    )
