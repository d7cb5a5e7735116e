"""Open documents, and the check of each version that their editor makes of them.

Rules that need no parser are heard at once. Until the others can be, what they last found stays, moved along with its
words, so that nothing flickers while somebody types; then it is replaced. A newer version overtakes the check of an
older one, which stops before its next rule or paragraph.
"""

import asyncio
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from edlint.engine import Check
from edlint.finding import FileReport, Finding, Problem
from edlint.lsp.houses import House, Houses
from edlint.lsp.parses import Glance
from edlint.lsp.places import Change, Text
from edlint.text import Document as Read


class OvertakenError(Exception):
    """There is a newer version of the document, or it is closed."""


class Heard(NamedTuple):
    """What is known of one version of a document.

    `findings` count, `baselined` stand in the house's baseline; the report has both, also those that the house hides.
    It `is_whole` unless some of its findings are moved ones of an earlier version.
    """

    version: int | None
    text: Text
    house: House
    report: FileReport
    findings: tuple[Finding, ...]
    baselined: tuple[Finding, ...]
    is_whole: bool

    @property
    def shown(self) -> tuple[Finding, ...]:
        """All findings that the editor shows."""
        return (*self.findings, *self.baselined)

    @property
    def problems(self) -> list[Problem]:
        """What could not be read of the document itself."""
        return [problem for problem in self.report.problems if problem.path == self.report.path]

    @property
    def others(self) -> list[Problem]:
        """What else could not be done, such as a rule that is out of time."""
        return [problem for problem in self.report.problems if problem.path != self.report.path]


@dataclass(eq=False)
class Open:
    """An open document: its address, the path that it is checked under, and its text as the editor last sent it.

    `hearing` is the check of that text, `task` what runs it, `house` what it goes by, as far as it has begun; `is_told`
    is set once something of it has been told.
    """

    uri: str
    path: str
    version: int | None
    text: Text
    heard: Heard | None = None
    hearing: "Hearing | None" = None
    task: "asyncio.Task[None] | None" = None
    house: House | None = None
    is_told: asyncio.Event = field(default_factory=asyncio.Event)


class Hearing:
    """The check of one version of a document."""

    def __init__(self, document: Open, houses: Houses) -> None:
        """Takes the version that is there now."""
        self._document, self._houses = document, houses
        self._version, self._text = document.version, document.text
        self._house = House()
        self._check: Check | None = None
        self._glance: Glance | None = None

    def first(self) -> Heard:
        """Gives what can be said at once; raises OvertakenError."""
        self._go_on()
        document = self._document
        document.house = self._house = self._houses.of(document.path)
        linter = self._house.linter
        if linter is None or not self._house.has(document.path):
            return self._settled(FileReport(document.path, Read(self._text.source, ()), ()), is_whole=True)
        self._glance = Glance(self._houses.parses(linter.config))
        self._check = linter.begin(self._text.source, document.path, pipeline=self._glance)
        return self._heard(self._check)

    def parse(self) -> None:
        """Parses what rules wait for; raises OvertakenError."""
        if self._glance:
            self._glance.parse(self._go_on)

    def next(self) -> Heard:
        """Gives what can be said now that more is parsed; raises OvertakenError."""
        self._go_on()
        return self._heard(self._check) if self._check else self.first()

    def _heard(self, check: Check) -> Heard:
        report, waiting = check.report(self._go_on), check.waiting
        if not waiting:
            return self._settled(report, is_whole=True)
        kept = (finding for finding in self._moved() if finding.rule in waiting)
        findings = tuple(sorted([*report.findings, *kept], key=lambda finding: finding.order))
        return self._settled(replace(report, findings=findings), is_whole=False)

    def _moved(self) -> list[Finding]:
        """What was last found, as it stands in this version."""
        last = self._document.heard
        if last is None:
            return []
        change = Change.between(last.text.source.text, self._text.source.text)
        return list(filter(None, map(change.finding, last.report.findings)))

    def _settled(self, report: FileReport, *, is_whole: bool) -> Heard:
        self._go_on()
        new, old = self._house.parted(report)
        heard = Heard(self._version, self._text, self._house, report, new, old, is_whole)
        self._document.heard = heard
        return heard

    def _go_on(self) -> None:
        if self._document.hearing is not self:
            raise OvertakenError
