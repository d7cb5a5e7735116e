"""The report as one page to look at: each article as it reads, with its findings in place.

The page is whole in itself and loads nothing: a policy in its head forbids it, and names its own style and script by
their digests, so that nothing else can run. Each article stands in a `noscript` element. Where scripts run, a browser
takes what is in there for text, so that a thousand articles cost it nothing until one is opened; where none run, all
can be read as they stand.

`page/` has the frame of the page, its style and its script.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from edlint.finding import About, Checked, FileReport, Report, Severity
from edlint.marked import STATES
from edlint.output import Style
from edlint.proof import Counted, counts, identity, language, proof, rule_id, title

_PAGE = Path(__file__).parent / "page"
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_UNTITLED = re.compile(r"[^/\\]+\Z")
_BARS = 12  # rules and articles that a chart shows at once
_STANDING = STATES.index("standing")


def part(file: FileReport, style: Style) -> str:  # noqa: ARG001 - as other formats
    """Gives what the page needs of one article: a line of JSON with what it comes to, then the article as HTML."""
    head = {"title": title(file.document), "language": language(file.document), "counts": counts(file)}
    return f"{json.dumps(head)}\n{proof(file)}"


def text(report: Report, style: Style) -> Iterator[str]:  # noqa: ARG001 - as other formats
    """Gives the page, piece by piece; equal reports give equal pages."""
    page = _Page(report, [_Sheet.of(file) for file in report.files])
    for literal, slot in _parted((_PAGE / "page.html").read_text(encoding="utf-8")):
        yield literal
        if slot:
            yield from page.slots[slot]()


def _parted(frame: str) -> Iterator[tuple[str, str]]:
    """The frame of the page, cut behind each slot: what goes before one, and its name, empty at the end."""
    parts = [*_SLOT.split(frame), ""]
    yield from zip(parts[::2], parts[1::2], strict=True)


class _Sheet(NamedTuple):
    """An article in the page."""

    path: str
    title: str
    language: str
    counts: tuple[Counted, ...]
    html: str

    @classmethod
    def of(cls, file: Checked) -> "_Sheet":
        head, _, html = file.printed.partition("\n")
        read = json.loads(head)
        return cls(file.path, read["title"], read["language"], tuple(Counted(*one) for one in read["counts"]), html)

    @property
    def id(self) -> str:
        return identity(self.path)

    @property
    def name(self) -> str:
        """The headline, else the name of the file."""
        named = _UNTITLED.search(self.path)
        return self.title or (named[0] if named else self.path)

    @property
    def standing(self) -> Counter[int]:
        """How many findings count, by severity."""
        return _by_severity(self.counts)


def _number(count: int, noun: str) -> str:
    """A count with its noun, in groups of three figures: `1,456 articles`."""
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _by_severity(counts: Iterable[Counted]) -> Counter[int]:
    found = Counter[int]()
    for one in counts:
        if one.state == _STANDING:
            found[one.severity] += one.number
    return found


@dataclass
class _Page:
    """What goes into the slots of the frame."""

    report: Report
    sheets: Sequence[_Sheet]
    slots: Mapping[str, Callable[[], Iterable[str]]] = field(init=False)

    def __post_init__(self) -> None:
        self.slots = {
            "policy": self._policy,
            "style": lambda: [self._style],
            "script": lambda: [self._script],
            "title": lambda: [escape(f"{self._headline} · edlint")],
            "headline": lambda: [escape(self._headline)],
            "summary": self._summary,
            "problems": self._problems,
            "charts": self._charts,
            "controls": self._controls,
            "list": self._list,
            "articles": self._articles,
            "rules": self._rules,
            "data": self._data,
        }

    @cached_property
    def _style(self) -> str:
        return (_PAGE / "page.css").read_text(encoding="utf-8")

    @cached_property
    def _script(self) -> str:
        return (_PAGE / "page.js").read_text(encoding="utf-8")

    @cached_property
    def _found(self) -> list[About]:
        """The rules that found something, by name; one that the report does not tell of is known by its name."""
        told = {about.name: about for about in self.report.rules}
        names = sorted({one.rule for sheet in self.sheets for one in sheet.counts})
        return [told.get(name) or About(name, "", "", Severity.warning) for name in names]

    @property
    def _headline(self) -> str:
        total, articles = self.report.totals.counts.total(), _number(self.report.totals.number, "article")
        if not total:
            return f"Nothing found in {articles}"
        having = sum(1 for sheet in self.sheets if sheet.standing.total())
        of = f"{having:,} of " * (having < len(self.sheets))
        return f"{_number(total, 'finding')} in {of}{articles}"

    def _policy(self) -> Iterator[str]:
        style, script = (
            base64.b64encode(sha256(own.encode()).digest()).decode() for own in (self._style, self._script)
        )
        yield f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{script}'; "
        yield "base-uri 'none'; form-action 'none'"

    def _summary(self) -> Iterator[str]:
        totals = self.report.totals
        told = [(totals.counts[level], f'class="{level.name}" data-sum="{level.value}"',
                 _number(totals.counts[level], level.name)) for level in reversed(Severity)]  # fmt: skip
        for state, number, words in (("allowed", totals.allowed, "allowed by the article"),
                                     ("baselined", totals.baselined, "known, in the baseline")):  # fmt: skip
            told.append((number, f'data-of="{STATES.index(state)}"', f"{number:,} {words}"))
        yield '<ul class="summary">'
        yield from (f"<li {known}{_hidden(not number)}>{words}</li>" for number, known, words in told)
        yield "</ul>"

    def _problems(self) -> Iterator[str]:
        if not self.report.problems:
            return
        yield '<section class="problems" aria-labelledby="problems"><h2 id="problems">What could not be checked</h2>'
        yield "<ul>"
        for problem in self.report.problems:
            line = f", line {problem.line}" if problem.line else ""
            where = f"{escape(problem.path)}{line}"
            yield f'<li><span class="where">{where}</span> <span dir="auto">{escape(problem.message)}</span></li>'
        yield "</ul></section>"

    def _charts(self) -> Iterator[str]:
        rules = {about.name: Counter[int]() for about in self._found}
        for sheet in self.sheets:
            for one in sheet.counts:
                rules[one.rule] += _by_severity([one])
        bars = [_Bar(name, f"#{rule_id(name)}", f'data-rule="{escape(name)}"', found) for name, found in rules.items()]
        yield from _chart("By rule", "rule", bars)
        articles = [_Bar(sheet.name, f"#{sheet.id}", f'data-article="{sheet.id}"', sheet.standing)
                    for sheet in self.sheets if sheet.counts]  # fmt: skip
        yield from _chart("By article", "article", articles)

    def _controls(self) -> Iterator[str]:
        yield '<fieldset class="severities"><legend>Severity</legend>'
        for level in reversed(Severity):
            total = self.report.totals.counts[level]
            yield (
                f'<label class="{level.name}"><input type="checkbox" checked data-severity="{level.value}"> '
                f'<span class="word">{level.name}</span> <span class="count">{total:,}</span></label>'
            )
        yield "</fieldset>"
        styles = sorted({about.name.partition(".")[0] for about in self._found})
        yield from _choice("style", "Style", "All styles", styles)
        yield from _choice("rule", "Rule", "All rules", [about.name for about in self._found])
        totals = self.report.totals
        for state, count in (("allowed", totals.allowed), ("baselined", totals.baselined)):
            words = {"allowed": "Allowed", "baselined": "Baseline"}[state]
            told = {"allowed": "Show what articles allow", "baselined": "Show what is in the baseline"}[state]
            if count:
                yield f'<label title="{told}"><input type="checkbox" data-state="{STATES.index(state)}"> {words} '
                yield f'<span class="count">{count:,}</span></label>'

    def _list(self) -> Iterator[str]:
        folder = _folder([sheet.path for sheet in self.sheets])
        for sheet in self.sheets:
            total, name = sheet.standing.total(), escape(sheet.name)
            worst = Severity(max(sheet.standing)).name if total else "none"
            path = f'<span class="file">{escape(sheet.path[len(folder) :])}</span>' if sheet.title else ""
            yield (
                f'<li><a href="#{sheet.id}" data-article="{sheet.id}"><span class="name" dir="auto">{name}</span>{path}'
                f'<span class="count {worst}">{total:,}</span></a></li>\n'
            )

    def _articles(self) -> Iterator[str]:
        for sheet in self.sheets:
            lang = f' lang="{sheet.language}"' if sheet.language else ""
            label = escape(f"{sheet.name}: {_number(sheet.standing.total(), 'finding')}")
            yield f'<article id="{sheet.id}" aria-label="{label}"{lang}><noscript>{sheet.html}</noscript></article>\n'

    def _rules(self) -> Iterator[str]:
        if not self._found:
            return
        yield '<details class="rules" data-rules><summary>The rules, and why they are there</summary><dl>\n'
        for about in self._found:
            web = (about.link or "").startswith(("https://", "http://"))
            why = " ".join(about.description.split()) or ("" if web else "The rule gives no reason.")
            href = f'href="{escape(about.link or "")}" rel="noopener noreferrer" target="_blank"'
            more = f" <a {href}>Read about this rule</a>" * web
            name = escape(about.name)
            yield f'<dt id="{rule_id(about.name)}" data-rule="{name}">{name}</dt>'
            yield f'<dd dir="auto">{escape(why)}{more}</dd>\n'
        yield "</dl></details>"

    def _data(self) -> Iterator[str]:
        """What the script needs to count: names of rules, and by article what was found of which."""
        names = [about.name for about in self._found]
        places = {name: place for place, name in enumerate(names)}
        yield f'{{"rules": {_json(names)}, "articles": ['
        for place, sheet in enumerate(self.sheets):
            rows = [[places[one.rule], *one[1:]] for one in sheet.counts]
            yield f"{',' * bool(place)}\n{_json([sheet.id, rows])}"
        yield "\n]}"


def _folder(paths: Sequence[str]) -> str:
    """The folder that all of some files stand in, with what parts it from their names; empty for none."""
    first, last = min(paths, default=""), max(paths, default="")
    same = next((n for n, pair in enumerate(zip(first, last, strict=False)) if pair[0] != pair[1]), len(first))
    return first[: first.rfind("/", 0, same) + 1]


def _json(value: Any) -> str:
    """JSON in which nothing ends the element that it stands in."""
    return json.dumps(value, separators=(",", ":")).replace("<", "\\u003c")


def _choice(name: str, label: str, all_of_them: str, values: Iterable[str]) -> Iterator[str]:
    options = "".join(f'<option value="{escape(value)}">{escape(value)}</option>' for value in values)
    yield f'<label class="choice">{label} <select data-choice="{name}"><option value="">{all_of_them}</option>'
    yield f"{options}</select></label>"


# Charts


class _Bar(NamedTuple):
    """A bar: what it stands for, where it leads, how the script knows it, and how many findings of each severity."""

    name: str
    href: str
    known: str
    found: Counter[int]


def _chart(heading: str, kind: str, bars: Iterable[_Bar]) -> Iterator[str]:
    """Bars, the longest first; those that are more than a glance can hold are there on request.

    Bars of what does not count are there too, hidden: a filter may show it.
    """
    every = sorted(bars, key=lambda bar: (-bar.found.total(), bar.name))
    if not every:
        return
    longest = every[0].found.total()
    yield f'<section class="chart" data-chart="{kind}" aria-labelledby="by-{kind}"{_hidden(not longest)}>'
    yield f'<h2 id="by-{kind}">{heading}</h2><ol>'
    yield from (_drawn(bar, longest) for bar in every[:_BARS])
    yield "</ol>"
    if kind == "rule" and every[_BARS:]:
        more = sum(1 for bar in every[_BARS:] if bar.found.total())
        yield f"<details{_hidden(not more)}><summary>{_number(more, 'more rule')}</summary><ol>"
        yield from (_drawn(bar, longest) for bar in every[_BARS:])
        yield "</ol></details>"
    yield "</section>"


def _hidden(is_hidden: bool) -> str:
    return " hidden" * is_hidden


def _drawn(bar: _Bar, longest: int) -> str:
    rects, x = [], 0.0
    for level in reversed(Severity):
        width = round(100 * bar.found[level] / max(longest, 1), 2)
        rects.append(f'<rect class="{level.name}" x="{round(x, 2)}" width="{width}" height="1"/>')
        x += width
    drawing = f'<svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{"".join(rects)}</svg>'
    name = f'<span class="name" dir="auto">{escape(bar.name)}</span>'
    total = f'<span class="count">{bar.found.total():,}</span>'
    hidden = _hidden(not bar.found.total())
    return f'<li{hidden}><a href="{bar.href}" {bar.known}>{name}{drawing}{total}</a></li>\n'
