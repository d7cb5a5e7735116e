"""Suppressions: where a writer has allowed what a rule would find, and why.

In comments, which stay out of what readers see:

    <!-- edlint-disable-next-line Copy.InconsistentNames: both spellings are on the birth certificate -->
    <!-- edlint-disable-line Newswire.DateFormat["January 6th"]: the committee's name -->
    <!-- edlint-disable Proselint -->  …  <!-- edlint-enable Proselint -->
    <!-- edlint-disable-file Facts.UnsourcedFigure: figures are sourced in the box -->

and in front matter, for the whole article: `edlint: {disable: {Copy.DoubledWords: reason}}`. Several rules are parted
by commas; none named means all. The next line is the next one that is not blank.

Comments of Vale's are read, too; they hold up to the comment that takes them back:

    <!-- vale off -->  …  <!-- vale on -->
    <!-- vale Google.Passive = NO -->  …  <!-- vale Google.Passive = YES -->   or Google, or Google.Passive["is said"]
    <!-- vale styles = Google, House -->   and no other style
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from edlint.article import Article
from edlint.finding import Place
from edlint.rule import names_rule
from edlint.text import Block, Comment, Piece, Source, Span

_DIRECTIVE = re.compile(r"\s*edlint-(?P<verb>[\w-]+)(?P<rest>.*)\Z", re.DOTALL)
_TARGET = re.compile(
    r"\s*(?P<rule>[\w.*?-]+)\s*(?:\[\s*(?P<quote>[\"'])(?P<words>.*?)(?P=quote)\s*\])?\s*(?:,|(?=:)|\Z)", re.DOTALL
)
_VALES = re.compile(
    r"\s*vale\s+(?:(?P<all>off|on)|styles?\s*=\s*(?P<styles>.*?)"
    r"|(?P<name>[\w.-]+)\s*(?P<words>\[.*\])?\s*=\s*(?P<verb>YES|NO|on|off))\s*\Z",
    re.DOTALL,
)
_NOT_BLANK = re.compile(r"\S")
VERBS = ("disable-next-line", "disable-line", "disable-file", "disable", "enable")


class Target(NamedTuple):
    """A pattern of rule names (`*` for all), the words alone that are allowed, None for any, and styles left out."""

    rule: str
    words: str | None = None
    but: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = "" if self.words is None else f'["{self.words}"]'
        return ("every rule" if self.rule == "*" else self.rule) + words

    def names(self, rule: str) -> bool:
        """Says whether a rule is meant."""
        return names_rule(self.rule, rule) and not any(names_rule(style, rule) for style in self.but)


class Suppression(NamedTuple):
    """Rules allowed within a span of the source, where that was written, and the reason given, empty for none.

    One in Vale's words is not `judged`: nobody asks whether it is needed, or for its reason.
    """

    place: Place
    target: Target
    range: Span
    reason: str
    judged: bool = True

    def allows(self, rule: str, found: str) -> bool:
        """Says whether a rule may find some words within the range."""
        words, found = self.target.words, " ".join(found.split())
        return self.target.names(rule) and (words is None or (words in found if self.judged else words == found))


class Suppressions(NamedTuple):
    """The suppressions of an article in source order, and comments that are meant to be some but cannot be read."""

    found: tuple[Suppression, ...] = ()
    unread: tuple[tuple[Place, str], ...] = ()


@dataclass
class Allowances:
    """What the suppressions of an article have done in this run, as the engine notes it: those used, the rules run."""

    used: set[Suppression] = field(default_factory=set)
    ran: set[str] = field(default_factory=set)


def allowances(_: Article) -> Allowances:
    """Gives the record of a run, empty at first; ask through `article.once`."""
    return Allowances()


def suppressions(article: Article) -> Suppressions:
    """Reads the suppressions of an article; ask through `article.once`."""
    document = article.document
    if not document.comments and "edlint" not in document.meta:
        return Suppressions()
    reading = _Reading(document.source)
    for target, reason, place in _in_front_matter(article):
        reading.found.append(Suppression(place, target, Span(0, len(document.source.text)), reason))
    for comment in sorted(document.comments):
        reading.take(comment)
    return Suppressions(tuple(sorted(reading.closed(), key=lambda one: one.range)), tuple(reading.unread))


class _Reading:
    """Goes through the comments of a source, with what is disabled and not yet enabled again."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._open: list[tuple[Place, Target, str]] = []
        self._vales: dict[Target, Place] = {}
        self.found: list[Suppression] = []
        self.unread: list[tuple[Place, str]] = []

    def take(self, comment: Comment) -> None:
        match = _DIRECTIVE.match(comment.text)
        if not match:
            self._take_vales(comment)
            return
        place = _place(self._source, comment.span)
        targets, reason = _targets(match["rest"])
        verb = match["verb"]
        if verb not in VERBS:
            self.unread.append((place, f"edlint-{verb}"))
        elif not targets:
            self.unread.append((place, " ".join(match["rest"].split())))
        elif verb == "disable":
            self._open += [(place, target, reason) for target in targets]
        elif verb == "enable":
            self._close(targets, comment.span.start)
        else:
            span = self._range(verb, comment.span)
            self.found += [Suppression(place, target, span, reason) for target in targets]

    def _close(self, targets: list[Target], end: int) -> None:
        closing = [one for one in self._open if Target("*") in targets or one[1] in targets]
        self._open = [one for one in self._open if one not in closing]
        self.found += [Suppression(*_ranged(one, end)) for one in closing]

    def _take_vales(self, comment: Comment) -> None:
        match = _VALES.match(comment.text)
        if not match:
            return
        place, end = _place(self._source, comment.span), comment.span.start
        if match["all"]:
            self._switch(Target("*"), place, end, off=match["all"] == "off")
        elif match["styles"] is not None:
            self._keep_styles(re.findall(r"[\w.-]+", match["styles"]), place, end)
        else:
            for words in _words(match["words"]) if match["words"] else [None]:
                self._switch(Target(match["name"], words), place, end, off=match["verb"] in ("NO", "off"))
            if not match["words"] and match["verb"] in ("YES", "on"):
                self._add_style(match["name"], end)

    def _switch(self, target: Target, place: Place, end: int, *, off: bool) -> None:
        """Opens or closes what a comment of Vale's allows."""
        if off:
            self._vales.setdefault(target, place)
        elif target in self._vales:
            opened = self._vales.pop(target)
            self.found.append(Suppression(*_ranged((opened, target, ""), end), judged=False))

    def _keep_styles(self, styles: list[str], place: Place, end: int) -> None:
        """Allows what all but some styles find, whatever was said of styles before."""
        for target in list(self._vales):
            if target.but or target.rule in styles:
                self._switch(target, place, end, off=False)
        if styles:
            self._switch(Target("*", but=tuple(styles)), place, end, off=True)

    def _add_style(self, style: str, end: int) -> None:
        """Takes a style back that is none of the few that are kept."""
        for target, place in list(self._vales.items()):
            if target.but:
                self._switch(target, place, end, off=False)
                self._switch(target._replace(but=(*target.but, style)), place, end, off=True)

    def closed(self) -> list[Suppression]:
        """Gives all suppressions; those never enabled again run to the end of the source."""
        end = len(self._source.text)
        self.found += [Suppression(*_ranged(one, end)) for one in self._open]
        self._open = []
        for target, place in list(self._vales.items()):
            self._switch(target, place, end, off=False)
        return self.found

    def _range(self, verb: str, span: Span) -> Span:
        if verb == "disable-file":
            return Span(0, len(self._source.text))
        if verb == "disable-line":
            return self._source.line(span.start)
        word = _NOT_BLANK.search(self._source.text, self._source.line(span.end).end)
        return self._source.line(word.start() if word else len(self._source.text))


def _ranged(one: tuple[Place, Target, str], end: int) -> tuple[Place, Target, Span, str]:
    place, target, reason = one
    return place, target, Span(place.block.span.end, end), reason


def _words(written: str) -> list[str]:
    """The words in a list of Vale's; none where it cannot be read."""
    try:
        found = json.loads(written)
    except ValueError:
        return []
    return [" ".join(str(words).split()) for words in found]


def _targets(rest: str) -> tuple[list[Target], str]:
    """The rules that a comment names and the reason; no targets where it cannot be read."""
    targets, at = [], 0
    while match := _TARGET.match(rest, at):
        targets.append(Target(match["rule"], match["words"]))
        at = match.end()
        if not match.group().rstrip().endswith(","):
            break
    left = rest[at:].strip()
    if not targets and (not left or left.startswith(":")):
        targets = [Target("*")]
    if left and not left.startswith(":"):
        return [], ""
    return targets, " ".join(left.removeprefix(":").split())


def _in_front_matter(article: Article) -> Iterator[tuple[Target, str, Place]]:
    asked: Any = article.document.meta.get("edlint")
    disabled = asked.get("disable") if isinstance(asked, Mapping) else None
    if not disabled:
        return
    source = article.document.source
    key = re.search(r"^edlint\b", source.text, re.MULTILINE)
    place = _place(source, Span(*key.span()) if key else Span(0, 0))
    reasons = disabled if isinstance(disabled, Mapping) else dict.fromkeys(_listed(disabled), "")
    for written, reason in reasons.items():
        for target in _targets(str(written))[0]:
            yield target, str(reason or ""), place


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _place(source: Source, span: Span) -> Place:
    """A place for what is no prose, so that a finding can stand there."""
    text = source.text[span.start : span.end]
    return Place(Block("comment", (Piece(span, text),)), Span(0, len(text)))
