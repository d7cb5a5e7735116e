"""The report as Markdown, for a comment on a pull request or merge request.

A newcomer would trust the words of an article, or escape them and think that enough. Where they say `@name` somebody
is called, where they say `#12` an issue is told of this comment, and forges look for that in what Markdown has become,
when no escape is left. So a space of no width stands behind such a sign, and entities stand for the signs of Markdown
and HTML, which are the same in a cell and in a tag. GitHub takes 65,536 characters of a comment: the worst findings of
the run stand in it, whichever article they are of, and the others are counted.

Links lead to the commit that CI has checked out (`GITHUB_SHA`, `CI_COMMIT_SHA`), as one that counts from the repository
leads nowhere in a comment; elsewhere they count from the root of the repository.
"""

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from edlint.finding import FileReport, Finding, Problem, Report, Severity
from edlint.output import Style, from_root, number, on_one_line, repository, severities, silenced
from edlint.text import Source, Span

_LONGEST = 65_000  # code points of a comment; GitHub takes some more
_CLOSING = 400  # kept free of these for the last lines
_MESSAGE, _WORDS, _AROUND = 300, 80, 40  # code points shown of a message, of words found and either side of them
_OPEN = 20  # findings that are shown at once; the articles that come after these are folded
_UNCHECKED = 4  # the severity of a problem: worse than an error
_ICONS = {Severity.error: "❌", Severity.warning: "⚠️", Severity.suggestion: "💡"}
_ENTITIES = {ord(sign): f"&#{ord(sign)};" for sign in "\\`*_[]|~$&<>"}
_TABLE = "| Line | | Finding | Rule |\n| ---: | --- | --- | --- |\n"


class _Row(NamedTuple):
    """A finding or a problem, its words as they stand in the comment; `level` is the severity."""

    level: int
    path: str
    line: int | None
    words: str


def part(file: FileReport, style: Style) -> str:
    """Gives what the comment says of each finding of an article, as JSON."""
    rows = [(finding.severity, *_told(finding, file.source, style)) for finding in file.findings]
    return json.dumps([from_root(file.path, repository()), rows], ensure_ascii=False) if rows else ""


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the comment: what there is in a line, what could not be checked, then the articles, the worst first."""
    counts, worst = _worst(report)
    head = _head(report)
    shown = list(_fitting(worst, counts, _LONGEST - _CLOSING - len(head)))
    yield head
    if problems := [row for row in shown if row.level == _UNCHECKED]:
        yield "\n**Could not be checked:**\n\n" + "".join(map(_line, problems))
    by_path = dict[str, list[_Row]]()
    for row in shown:
        if row.level != _UNCHECKED:
            by_path.setdefault(row.path, []).append(row)
    told = 0
    for path, rows in by_path.items():
        told += len(rows)
        lines = map(_line, sorted(rows, key=_place))
        yield _opening(path, counts[path], opened=told <= _OPEN) + "".join(lines) + _END
    yield _closing(counts, shown, len(report.problems))


def _worst(report: Report) -> tuple[dict[str, Counter[Severity]], list[_Row]]:
    """How many findings each article has, and the worst of all, more of them than a comment can hold."""
    counts = dict[str, Counter[Severity]]()
    held: dict[int, list[_Row]] = {level: [] for level in (_UNCHECKED, *reversed(Severity))}
    size = Counter[int]()

    def hold(row: _Row) -> None:
        size[row.level] += len(row.words)
        if size[row.level] - len(row.words) <= _LONGEST:
            held[row.level].append(row)

    for file in report.files:
        path, rows = json.loads(file.printed or '["", []]')
        for level, line, words in rows:
            counts.setdefault(path, Counter())[Severity(level)] += 1
            hold(_Row(level, path, line, words))
    root = repository()
    for problem in report.problems:
        hold(_of_problem(problem, from_root(problem.path, root)))
    return counts, [row for rows in held.values() for row in rows]


def _fitting(rows: Iterable[_Row], counts: dict[str, Counter[Severity]], room: int) -> Iterator[_Row]:
    """The first of some rows, as many as fit into a number of characters."""
    begun = set[str]()
    for row in rows:
        frame = len(_opening(row.path, counts[row.path]) + _END) if row.path in counts else 0
        room -= len(_line(row)) + frame * (row.path not in begun)
        begun.add(row.path)
        if room < 0:
            return
        yield row


def _head(report: Report) -> str:
    undone = number(len(report.problems), "problem") if report.problems else ""
    found = ", ".join(filter(None, [severities(report.totals.counts), undone])) or "nothing found"
    totals = report.totals
    aside = [f"{totals.allowed} that the articles allow"] * bool(totals.allowed)
    aside += [f"{totals.baselined} in the baseline"] * bool(totals.baselined)
    silent = f" Not counted: {', '.join(aside)}." if aside else ""
    return f"<!-- edlint -->\n### edlint: {found}\n\n{number(totals.number, 'file')} checked.{silent}\n"


def _opening(path: str, counts: Counter[Severity], *, opened: bool = True) -> str:
    """The head of an article's table, which can be folded."""
    tag = "<details open>" if opened else "<details>"
    return f"\n{tag}<summary><b>{_plain(path)}</b>: {severities(counts)}</summary>\n\n{_TABLE}"


_END = "\n</details>\n"


def _line(row: _Row) -> str:
    """A row of an article's table, or of the list of what could not be checked."""
    if row.level == _UNCHECKED:
        return f"- {_linked(_plain(row.path) + (f':{row.line}' if row.line else ''), row)}: {row.words}\n"
    severity = Severity(row.level)
    return f"| {_linked(str(row.line), row)} | {_ICONS[severity]}\N{NO-BREAK SPACE}{severity.name} | {row.words} |\n"


def _place(row: _Row) -> int:
    return row.line or 0


def _linked(words: str, row: _Row) -> str:
    """Words as a link to the line of a row; as they are where it is of a file outside the repository."""
    if os.path.isabs(row.path):
        return words
    target = quote(os.fsencode(row.path))
    line = f"#L{row.line}" if row.line else ""
    base = _base()
    return f"[{words}]({base}{target}?plain=1{line})" if base else f"[{words}]({target}{line})"


def _base() -> str:
    """What the address of a file begins with, of the commit that GitHub's or GitLab's CI has checked out."""
    env = os.environ
    if "GITHUB_REPOSITORY" in env and "GITHUB_SHA" in env:
        server = env.get("GITHUB_SERVER_URL", "https://github.com")
        return f"{server}/{env['GITHUB_REPOSITORY']}/blob/{env['GITHUB_SHA']}/"
    if "CI_PROJECT_URL" in env and "CI_COMMIT_SHA" in env:
        return f"{env['CI_PROJECT_URL']}/-/blob/{env['CI_COMMIT_SHA']}/"
    return ""


def _told(finding: Finding, source: Source, style: Style) -> tuple[int, str]:
    """The line of a finding, and two cells: what is said of it, with the words around, and its rule."""
    lines = [_message(finding.message)]
    lines += [_around(source, finding.span)] * style.excerpts
    for span, message in finding.related:
        lines.append(f"line {source.position(span.start).line}: {_message(message)}")
    rule = _plain(finding.rule)
    return source.position(finding.span.start).line, f"{'<br>'.join(lines)} | {rule}"


def _of_problem(problem: Problem, path: str) -> _Row:
    return _Row(_UNCHECKED, path, problem.line, _message(problem.message))


def _message(words: str) -> str:
    return _plain(words if len(words) <= _MESSAGE else words[: _MESSAGE - 1] + "…")


def _around(source: Source, span: Span) -> str:
    """The words found, in bold, with some of their line."""
    begin, end = source.line(span.start)
    start, last = span.start, min(max(span.end, span.start), end)
    before, found, after = source.text[begin:start], source.text[start:last], source.text[last:end]
    if len(before) > _AROUND:
        before = "…" + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + "…"
    if len(found) > _WORDS:
        found, after = found[: _WORDS - 1] + "…", ""
    return f"<i>{_plain(before)}<b>{_plain(found) or '‸'}</b>{_plain(after)}</i>"


def _plain(words: str) -> str:
    """Words that a forge shows as they are: nothing in them is markup, calls anybody or is a link."""
    return silenced(on_one_line(words)).translate(_ENTITIES)


def _closing(counts: dict[str, Counter[Severity]], shown: Sequence[_Row], problems: int) -> str:
    """What the comment does not say, and how to go on."""
    articles = {row.path for row in shown if row.level != _UNCHECKED}
    left = sum(counter.total() for counter in counts.values()) + problems - len(shown)
    hidden = len(counts.keys() - articles)
    of = f", among them all of {number(hidden, 'file')}" if hidden else ""
    more = f"\n**{number(left, 'more finding')} left out{of}:** a comment holds no more.\n" if left else ""
    why = "\n`edlint explain RULE` says why a rule is there, and how to allow what it finds.\n" if articles else ""
    return more + why
