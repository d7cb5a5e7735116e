"""What is found: Severity, Place, Edit, Fix, Hit, Finding, Problem, FileReport, Checked, Totals, Report.

A kind yields Hits, which know blocks and nothing of files, severities or settings; the engine turns each into a
Finding, which knows the source and nothing of blocks.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple

from edlint.text import Block, Document, Source, Span


class Severity(IntEnum):
    """How bad a finding is; the higher, the worse."""

    suggestion = 1
    warning = 2
    error = 3


class Place(NamedTuple):
    """A span of a block's text."""

    block: Block
    span: Span


class RelatedPlace(NamedTuple):
    """Another place that a hit speaks of, and what is to be said of it there."""

    place: Place
    message: str


class PlacedEdit(NamedTuple):
    """New text for a place."""

    place: Place
    text: str


class OfferedFix(NamedTuple):
    """A remedy that a hit offers; `safe` where it is always right."""

    message: str
    safe: bool
    edits: tuple[PlacedEdit, ...]


class Hit(NamedTuple):
    """What a kind found: where, which of its faults, and the words for the rule's message.

    `fault` is one of the kind's FAULTS, or empty where it has but one. `args` fill the message's `%s` in order;
    one that is a tuple is a choice between several words.
    `groups` are what the groups of the rule's expression hold, from the whole match on; an action may name them.
    `evidence` is what the kind saw and went by, as (name, words); `edlint explain draft.md:9:1` shows it.
    """

    place: Place
    fault: str = ""
    args: tuple[str | tuple[str, ...], ...] = ()
    related: tuple[RelatedPlace, ...] = ()
    fixes: tuple[OfferedFix, ...] = ()
    groups: tuple[str, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()


class Edit(NamedTuple):
    """New text for a span of the source."""

    span: Span
    text: str


class Fix(NamedTuple):
    """A remedy in terms of the source; `safe` ones may be applied unseen."""

    message: str
    safe: bool
    edits: tuple[Edit, ...]


class Related(NamedTuple):
    """Another place of the source that a finding speaks of."""

    span: Span
    message: str


class Finding(NamedTuple):
    """One issue in one source. `fingerprint` stays the same when text elsewhere changes.

    `evidence` is the hit's; people are shown it when they ask why, and no format for programs has it.
    """

    rule: str
    kind: str
    severity: Severity
    message: str
    span: Span
    related: tuple[Related, ...] = ()
    fixes: tuple[Fix, ...] = ()
    link: str | None = None
    fingerprint: str = ""
    evidence: tuple[tuple[str, str], ...] = ()

    @property
    def order(self) -> tuple[Span, str, str]:
        """Where it stands among others: as in the source, ties by rule name."""
        return self.span, self.rule, self.message


class Problem(NamedTuple):
    """What could not be done, with the file and, where there is one, the line (from 1) to look at."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line) if part) + ": " + self.message


class Suppressed(NamedTuple):
    """A finding that the article allows, the reason given (empty for none), and where that is written."""

    finding: Finding
    reason: str
    written: Span


@dataclass(frozen=True)
class FileReport:
    """The findings of one article, in source order, and those that do not count.

    `fails` is the severity from which a finding fails the run, None where none does. Of those that do not count,
    `suppressed` are allowed by the article itself, and `baselined` stand in the house's baseline. `fixed` says how many
    fixes of which rules were made before. `costs` are the
    seconds that each rule took that may have found something, by name; what several rules ask of an article is paid for
    by the first that asks.
    """

    path: str
    document: Document
    findings: tuple[Finding, ...]
    problems: tuple[Problem, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    baselined: tuple[Finding, ...] = ()
    fails: Severity | None = Severity.warning
    fixed: Mapping[str, int] = field(default_factory=dict)
    costs: Mapping[str, float] = field(default_factory=dict, compare=False)

    @property
    def source(self) -> Source:
        """The text of the article."""
        return self.document.source

    @property
    def all_findings(self) -> list[Finding]:
        """The findings with those that do not count, in source order."""
        others = (*(one.finding for one in self.suppressed), *self.baselined)
        return sorted([*self.findings, *others], key=lambda finding: finding.order)


class About(NamedTuple):
    """What reports say of a rule that ran: its name, its kind, why it is there, its severity and where to read more."""

    name: str
    kind: str
    description: str
    severity: Severity
    link: str | None = None


class Checked(NamedTuple):
    """What is left of an article's report in a format: the path, and what the format has made of it."""

    path: str
    printed: str


@dataclass
class Totals:
    """What a run comes to: how many articles, their findings of each severity, and how many do not count.

    `allowed` are allowed by their articles, `baselined` stand in a baseline; `fixed` are the fixes that were
    made, `fixable` the findings for which there is a safe one, `arguable` those for which there is one that is not.
    """

    number: int = 0
    counts: Counter[Severity] = field(default_factory=Counter)
    allowed: int = 0
    baselined: int = 0
    fixed: int = 0
    fixable: int = 0
    arguable: int = 0


@dataclass
class Report:
    """The outcome of a run, told while it goes on, so that it need not be held.

    `files` gives each article once, in path order, when it is checked. When the last has come, the rest is whole: the
    totals, and all problems, sorted. `rules` are those that ran, by name.
    """

    files: Iterator[Checked]
    rules: Iterable[About] = ()
    totals: Totals = field(default_factory=Totals)
    problems: list[Problem] = field(default_factory=list)
