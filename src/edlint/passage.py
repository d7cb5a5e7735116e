"""What is said of one place of an article, and why, for `edlint explain draft.md:9:1`.

The article is checked as `edlint draft.md` checks it. Of each finding at the place it is told what was seen (the places
that it speaks of and the evidence of its kind), why the rule is there, who decided that it runs, and how to allow it.
The comment that is shown is tried out first, since where one can stand depends on the markup around.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from textwrap import fill, indent, shorten
from typing import NamedTuple

from edlint import config, reasons, sources
from edlint.engine import Linter
from edlint.errors import UsageError
from edlint.explanation import described, shown_examples
from edlint.finding import FileReport, Finding, Problem, Suppressed
from edlint.output.text import excerpt
from edlint.rule import Rule
from edlint.text import Source, Span

_WIDTH = 88
_EXAMPLES = 3  # of each sort; `edlint explain RULE` has all
REASON = "why it is right"  # which whoever allows a finding is to give
_IN_MARKUP = re.compile(r"[ \t]*(?:[-*+>|]|\d+[.)]\s|<)")  # where a line above would tear a list, a table, a quote
_MARKS = re.compile(r"[\\`*_\[\]<>#&~|]")  # what Markdown would read as markup
_PLACE = re.compile(r"(?P<path>.+?):(?P<line>\d{1,9})(?::(?P<column>\d{1,9}))?:?")


class Where(NamedTuple):
    """A place as it is written on the command line: line and column from 1; no column for the whole line."""

    path: str
    line: int
    column: int | None = None

    @property
    def words(self) -> str:
        """The place as it was asked for."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


class Told(NamedTuple):
    """What there is to say of a place, and what could not be done."""

    text: str
    problems: tuple[Problem, ...]


def where(words: str) -> Where | None:
    """Reads `draft.md:9:1` or `draft.md:9`; None where it is no place."""
    match = _PLACE.fullmatch(words)
    return (
        Where(match["path"], int(match["line"]), int(match["column"]) if match["column"] else None) if match else None
    )


def explained(place: Where, linter: Linter) -> Told:
    """Explains the findings at a place; raises UsageError where there is no such place, UnreadableError, ModelError."""
    source = sources.read(place.path)
    line = _line(place, source)
    report = linter.check_source(source, place.path)
    on_line = [finding for finding in report.all_findings if _meets(finding.span, line)]
    there = [finding for finding in on_line if _is_at(finding, place, line)]
    case = _Case(place.path, linter, report)
    if there:
        told = "\n\n\n".join("\n".join(case.lines(finding)) for finding in there)
    else:
        told = "\n".join(case.nothing(place, on_line))
    return Told(f"{told}\n", report.problems)


def _line(place: Where, source: Source) -> Span:
    """The span of the line asked for."""
    lines = source.text.split("\n")
    if not 0 < place.line <= len(lines):
        count = len(lines) - (not lines[-1])  # behind the last line end there is none
        raise UsageError(f"{place.words}: the file has {count} line{'s' * (count != 1)}")
    start = sum(len(line) + 1 for line in lines[: place.line - 1])
    return Span(start, start + len(lines[place.line - 1]))


def _meets(span: Span, line: Span) -> bool:
    return span.start <= line.end and line.start < max(span.end, span.start + 1)


def _is_at(finding: Finding, place: Where, line: Span) -> bool:
    """Says whether the words of a finding stand at a place."""
    if place.column is None:
        return True
    at = line.start + place.column - 1
    return finding.span.start <= at < max(finding.span.end, finding.span.start + 1)


def markdown(finding: Finding, report: FileReport, linter: Linter) -> str:
    """Gives the explanation of a finding for an editor that shows Markdown where the pointer stands."""
    return "\n".join(_Case(report.path, linter, report).markdown(finding))


class _Case:
    """An article that was checked, and how its findings are explained."""

    def __init__(self, path: str, linter: Linter, report: FileReport) -> None:
        self._path, self._linter, self._report = path, linter, report
        self._source = report.source
        self._allowed: dict[Finding, Suppressed] = {one.finding: one for one in report.suppressed}

    def nothing(self, place: Where, on_line: list[Finding]) -> Iterator[str]:
        """Gives what there is to say of a place at which nothing is found."""
        yield f"{place.words}: nothing is found here."
        yield f"On line {place.line}:" if on_line else f"Nor is anything on line {place.line}."
        for finding in on_line:
            yield f"  {self._place(finding.span)}  {finding.severity.name}  {finding.message}  {finding.rule}"

    def lines(self, finding: Finding) -> Iterator[str]:
        """Gives the explanation of a finding."""
        rule = self._rule(finding)
        yield f"{self._path}:{self._place(finding.span)}  {finding.severity.name}  {finding.rule}"
        yield fill(finding.message, _WIDTH)
        yield ""
        yield from (f"    {line}" for line in excerpt(self._source, finding.span, _WIDTH - 4))
        yield from _part("What was seen", self._seen(finding))
        yield from _part("Offered", (fix.message + " (always right)" * fix.safe for fix in finding.fixes))
        yield from _part("Why the rule is there", described(rule, _WIDTH - 2))
        yield from _part("So also, for example", shown_examples(rule, silent=False, most=_EXAMPLES))
        yield from _part("But not", shown_examples(rule, silent=True, most=_EXAMPLES))
        yield from _part("Why it runs here", self._decided(rule, finding))
        yield from self._how_to_allow(finding)
        yield ""
        yield f"All of the rule: edlint explain {rule.name}"

    def markdown(self, finding: Finding) -> Iterator[str]:
        """Gives what was seen and why the rule is there, in Markdown.

        What the reader sees beside it, the words and their line, is left out.
        """
        rule = self._rule(finding)
        yield f"**{finding.rule}** · {finding.severity.name}\n\n{_escaped(finding.message)}"
        others = [f"{self._place(one.span)} {self._words(one.span)}: {one.message}" for one in finding.related]
        evidence = [f"{name}: {words}" for name, words in finding.evidence]
        yield from _listed("What was seen", (f"- {_escaped(words)}" for words in (*others, *evidence)))
        offered = (fix.message + " (always right)" * fix.safe for fix in finding.fixes)
        yield from _listed("Offered", (f"- {_escaped(words)}" for words in offered))
        yield from _listed("Why", [rule.description.strip()])
        for heading, silent in (("So also, for example", False), ("But not", True)):
            shown = shown_examples(rule, silent=silent, most=_EXAMPLES)
            yield from _listed(heading, (f"```text\n{example.strip()}\n```" for example in shown))
        if rule.link:
            yield f"\n[More on this rule]({rule.link})"

    def _rule(self, finding: Finding) -> Rule:
        rules = self._linter.ruleset(self._path, self._source.text).rules
        return next(rule for rule in rules if rule.name == finding.rule)

    def _place(self, span: Span) -> str:
        return str(self._source.position(span.start))

    def _seen(self, finding: Finding) -> Iterator[str]:
        """What a finding is about: its words, the other places, and what its kind went by."""
        yield f"{self._place(finding.span)}  {self._words(finding.span)}"
        for related in finding.related:
            yield f"{self._place(related.span)}  {self._words(related.span)}: {related.message}"
        for name, words in finding.evidence:
            yield fill(f"{name}: {words}", _WIDTH - 2, subsequent_indent="  ")

    def _words(self, span: Span) -> str:
        return f"'{shorten(self._source.text[slice(*span)], 60, placeholder=' …')}'"

    def _decided(self, rule: Rule, finding: Finding) -> Iterator[str]:
        """What decided that a rule runs, and how severe it is."""
        found = reasons.decided(self._linter.config, Path(self._path).absolute())
        one = next(one for one in found.reasons if one.rule == rule.name)
        yield f"{one.state}: {reasons.why(one)}"
        if one.state != finding.severity.name:
            yield f"{finding.severity.name}: the rule's level for this fault"

    def _how_to_allow(self, finding: Finding) -> Iterator[str]:
        if finding in self._allowed:
            one = self._allowed[finding]
            yield from _part("It is allowed", [f"by {self._place(one.written)}: {one.reason or 'no reason given'}"])
            return
        comment = allowing(self._linter, self._report, finding)
        yield from _part(f"To allow it, {comment.where}", [comment.words])
        where, lines = config.switching_off(self._linter.config, finding.rule)
        yield from _part(f"To switch the rule off, {where}", lines)


class Comment(NamedTuple):
    """A comment that may allow a finding: where it goes, in words and as an offset, and what is put in there."""

    where: str
    words: str
    at: int
    inserted: str


def allowing(linter: Linter, report: FileReport, finding: Finding) -> Comment:
    """Gives the first comment that allows a finding where it is put, as far as a check shows."""
    choices = list(_comments(report.source, finding))
    for comment in choices[:-1]:
        text = report.source.text
        changed = Source(text[: comment.at] + comment.inserted + text[comment.at :])
        after = linter.begin(changed, report.path, only=(finding.rule,)).report()
        if _allows_only(after, finding, report):
            return comment
    return choices[-1]


def _comments(source: Source, finding: Finding) -> Iterator[Comment]:
    """Gives comments that may allow a finding, the best first; the last always does."""
    start, end = source.line(finding.span.start)
    before = source.text[:start].rstrip(" \t\r\n")
    opens = source.text[len(before) : start].count("\n") != 1  # the first line of its paragraph
    if opens and not _IN_MARKUP.match(source.text, start):
        words = f"<!-- edlint-disable-next-line {finding.rule}: {REASON} -->"
        yield Comment("on a line of its own above", words, start, f"{words}\n")
    words = f"<!-- edlint-disable-line {finding.rule}: {REASON} -->"
    yield Comment("at the end of its line", words, end, f" {words}")
    found = " ".join(source.text[slice(*finding.span)].split())
    quoted = "" if set('"[]') & set(found) or "--" in found else f'["{found}"]'
    words = f"<!-- edlint-disable-file {finding.rule}{quoted}: {REASON} -->"
    yield Comment("on a line of its own at the end of the article", words, len(source.text), f"\n\n{words}\n")


def _allows_only(after: FileReport, finding: Finding, before: FileReport) -> bool:
    """Says whether a finding is allowed in a report, and what else its rule finds is as it was."""
    others = [(one.message, one.severity) for one in before.findings if one.rule == finding.rule and one != finding]
    allowed = {(one.finding.rule, one.finding.message) for one in after.suppressed}
    left = [(one.message, one.severity) for one in after.findings if one.rule == finding.rule]
    return (finding.rule, finding.message) in allowed and sorted(left) == sorted(others)


def _listed(heading: str, parts: Iterable[str]) -> Iterator[str]:
    """A heading in Markdown and what stands below it; nothing where nothing does."""
    parts = list(parts)
    if parts and any(parts):
        yield f"\n*{heading}*\n\n" + "\n".join(parts)


def _escaped(words: str) -> str:
    """Words as Markdown that shows them as they stand."""
    return _MARKS.sub(r"\\\g<0>", words)


def _part(heading: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands below it; nothing where nothing does."""
    lines = list(lines)
    if lines:
        yield ""
        yield f"{heading}:"
        yield from (indent(line, "  ") for line in lines)
