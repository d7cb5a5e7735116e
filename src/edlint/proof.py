"""A proof: an article as it reads, in HTML, with each finding marked in its words and a note beside.

What is shown are the blocks of the document, and what the reader masked from the source. A finding in front matter, in
a comment or in other markup between the blocks gets the lines that it stands in, as they are written. So every finding
has a mark and a note, numbered alike.

A newcomer would put the notes behind their paragraph. They float beside it, so that no paragraph moves for a note that
is longer, and what floats comes first.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import accumulate, pairwise
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote

from edlint.article import named_language
from edlint.finding import Edit, FileReport, Finding, Fix, Suppressed
from edlint.layout import Spot, spots
from edlint.marked import STATES, Mark, Noted, Words, escaped, plain
from edlint.markup import HIDDEN, Reading
from edlint.readers import by_suffix, reader
from edlint.text import Block, Document, Piece, Span

_MAY_HOLD_CODE = re.compile(r"```|~~~| {4}|\t|<pre\b", re.IGNORECASE)
_WRAP = re.compile(r"\n[^\n]")
_READING_CODE = Reading(inline_masked=frozenset(), skipped=HIDDEN - {"pre"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_CONTAINERS = {"item": "li", "row": "tr", "cell": "td", "header": "th", "title": "caption", "footnote": "div"}
_HEAD = ("frontmatter.title", "title")
_NEAR = 12  # code points shown beside an edit, and on to the edge of a word
_LONG = 30  # code points of a word that is shown whole
_SHOWN = 4  # related places that a note shows at once


def identity(path: str) -> str:
    """Gives the name of an article's place in a page: the same in every run, another for another path."""
    return "a" + blake2b(path.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def rule_id(name: str) -> str:
    """Gives the name of a rule's place in a page."""
    return "rule-" + quote(name, safe="")


def title(document: Document) -> str:
    """Gives the headline of an article as plain text, empty where it has none."""
    head = _headline(document.blocks)
    return " ".join(plain(head, document.source.text).split()) if head else ""


class Counted(NamedTuple):
    """How many findings of a rule an article has of one severity that stand, are allowed or are in the baseline."""

    rule: str
    severity: int
    state: int
    number: int


def counts(file: FileReport) -> list[Counted]:
    """Gives what an article's findings come to, by rule."""
    found = Counter((noted.finding.rule, int(noted.finding.severity), noted.state) for noted in _noted(file))
    return [Counted(*key, number) for key, number in sorted(found.items())]


def proof(file: FileReport) -> str:
    """Gives an article with its findings as HTML, to stand in an `article` element whose id is its identity."""
    return "".join(_Proof(file).parts())


def _noted(file: FileReport) -> list[Noted]:
    """All findings in source order, also those that do not count."""
    allowed = [(one.finding, 1, one) for one in file.suppressed]
    found = [*((one, 0, None) for one in file.findings), *allowed, *((one, 2, None) for one in file.baselined)]
    found.sort(key=lambda one: one[0].order)
    return [Noted(number, *one) for number, one in enumerate(found, 1)]


class _Proof:
    """The drawing of one article."""

    def __init__(self, file: FileReport) -> None:
        self._file, self._text, self._id = file, file.source.text, identity(file.path)
        self._noted = _noted(file)
        read = _with_code(file)
        shelf = _Shelf(read)
        homes = {mark: [read[index] for index in _homes(shelf, mark.span)] for mark in _marks(self._noted)}
        written = list(_excerpts((mark for mark, found in homes.items() if not found), file))
        lines = _Shelf(written)
        self._blocks = sorted([*read, *written], key=lambda block: block.span)
        self._head = _headline(self._blocks)
        self._marks = defaultdict[int, list[Mark]](list)  # by the `id` of the block that shows them
        for mark, found in homes.items():
            for block in found or (written[index] for index in _homes(lines, mark.span)):
                self._marks[id(block)].append(mark)
        self._open: list[str] = []  # elements that blocks stand in
        self._waiting: list[str] = []  # notes on what stands in the table that is open
        self._table = 0  # where that begins in what is drawn
        self._named: set[int] = set()  # findings that have their note
        self._targets: set[tuple[int, int]] = set()  # related places that have their id

    def parts(self) -> Iterator[str]:
        """Gives the article piece by piece."""
        yield '<header class="head">'
        yield f'<p class="path">{escaped(self._file.path)}</p>'
        begin = '<h2 class="headline" tabindex="-1" dir="auto">'
        if self._head:
            yield self._row(begin, self._head, "</h2>")
        else:
            yield f"{begin}{escaped(_last_part(self._file.path))}</h2>"
        yield "" if self._noted else '<p class="clean">No findings in this article.</p>'
        yield "</header>"
        yield from self._body()

    def _body(self) -> list[str]:
        """All blocks but the headline."""
        drawn = list[str]()
        for block, spot in spots(self._blocks, self._text):
            if block is not self._head:
                shared = min(spot.shared, len(self._open))
                self._close(shared, drawn)
                if "table" in spot.path[shared:] and "table" not in self._open:
                    self._table = len(drawn)
                drawn += [*self._place(spot, shared), self._drawn(block, spot)]
        self._close(0, drawn)
        return drawn

    def _place(self, spot: Spot, shared: int) -> Iterator[str]:
        """Opens what the next block stands in and the one before did not."""
        numbers = iter(spot.numbers)
        for name in spot.path[shared:]:
            if name == "list":
                number = next(numbers, None)
                begin = f' start="{number}"' if number not in (None, 1) else ""
                self._open.append("ul" if number is None else "ol")
                yield "<ul>" if number is None else f"<ol{begin}>"
            else:
                tag = _CONTAINERS.get(name, name if name in ("blockquote", "figure", "table") else "div")
                self._open.append(tag)
                yield "<td></td>" * (spot.empty if tag in ("td", "th") else 0)
                yield f"<{tag}>" if name != "footnote" else _footnote(spot.label)

    def _close(self, kept: int, drawn: list[str]) -> None:
        """Closes all but some of what is open; the notes on a table go before it, since they float beside it."""
        while len(self._open) > kept:
            tag = self._open.pop()
            drawn.append(f"</{tag}>")
            if tag == "table" and "table" not in self._open and self._waiting:
                drawn.insert(self._table, f'<div class="row">{_notes_list(self._waiting)}')
                drawn.append("</div>")
                self._waiting = []

    def _drawn(self, block: Block, spot: Spot) -> str:
        """A block in its element, with its notes beside."""
        kind, last = block.kind, spot.path[-1:]
        if kind.startswith("heading."):
            level = int(kind[-1]) if kind[-1].isdigit() else 2
            tag = f"h{min(max(level, 2) + 1, 6)}"  # the headline is of the second level
            return self._row(f'<{tag} class="level{level}" dir="auto">', block, f"</{tag}>")
        if kind.startswith("frontmatter."):
            name = escaped(kind.partition(".")[2])
            return self._row(
                f'<p class="field" dir="auto"><span class="key">{name}</span> <span class="value">',
                block,
                "</span></p>",
            )
        if kind in ("alt", "caption", "title", "description"):
            label = {"alt": "picture", "caption": "caption"}.get(kind, kind)
            begin = f'<p class="aside {kind}" dir="auto"><span class="key">{label}</span> '
            return self._row(begin, block, "</p>")
        if kind in ("source", "code", "pre"):
            told = {"source": "as written", "code": "code, not read", "pre": "code"}[kind]
            begin = f'<div class="aside {kind}"><span class="key">{told}</span><pre>'
            return self._row(begin, block, "</pre></div>")
        if last in (("cell",), ("header",), ("title",)) and kind != "paragraph":
            return self._row("", block, "")
        return self._row('<p dir="auto">', block, "</p>")

    def _row(self, begin: str, block: Block, end: str) -> str:
        """An element with the words of a block, and beside it the notes on findings that have none yet."""
        marks = self._marks.get(id(block), ())
        here = [mark.noted for mark in marks if mark.related is None and mark.noted.number not in self._named]
        self._named.update(noted.number for noted in here)
        words = Words(block, self._text, self._id, self._targets)
        shown = f"{begin}{words.drawn(marks, {noted.number for noted in here})}{end}"
        if not here:
            return shown
        notes = [self._note(noted, told=noted.number in words.untold) for noted in here]
        if "table" in self._open:
            self._waiting += notes
            return shown
        return f'<div class="row">{_notes_list(notes)}{shown}</div>'

    def _note(self, noted: Noted, *, told: bool) -> str:
        """The note on a finding; `told` where its words stand in markup, so that the text does not show them."""
        number, finding, state, allowed = noted
        name, severity, key = escaped(finding.rule), finding.severity.name, f"{self._id}-{number}"
        line = self._file.source.position(finding.span.start).line
        return "".join([
            f'<li class="note {severity} {STATES[state]}" id="{key}" data-n="{number}" data-rule="{name}" '
            f'tabindex="-1"><p class="kind"><a class="num" href="#{self._id}-m{number}">{number}</a> '
            f'<span class="severity">{severity}</span></p>',
            f'<p class="message" dir="auto">{escaped(finding.message)}</p>',
            self._quoted(finding.span) if told else "",
            self._state(state, allowed),
            f'<p class="rule"><a href="#{rule_id(finding.rule)}">{name}</a>, line {line}</p><div class="details">',
            "".join(["<ul class=\"fixes\">", *map(self._fix, finding.fixes), "</ul>"]) if finding.fixes else "",
            self._related(noted),
            _evidence(finding),
            "</div></li>",
        ])  # fmt: skip

    def _quoted(self, span: Span) -> str:
        words = self._text[span.start : span.end]
        return f'<p class="written"><code>{escaped(words)}</code></p>' if words.strip() else ""

    def _state(self, state: int, allowed: Suppressed | None) -> str:
        """What is said of a finding that does not count."""
        if allowed:
            reason = f": <q>{escaped(allowed.reason)}</q>" if allowed.reason else ", without a reason"
            line = self._file.source.position(allowed.written.start).line
            return f'<p class="state">Allowed by the article, line {line}{reason}</p>'
        return '<p class="state">Known: it stands in the baseline</p>' if state else ""

    def _fix(self, fix: Fix) -> str:
        label = "Fix" if fix.safe else "Possible fix"
        shown = "; ".join(self._edit(edit) for edit in fix.edits)
        return f'<li><span class="key">{label}</span> {escaped(fix.message)}<span class="edit">{shown}</span></li>'

    def _edit(self, edit: Edit) -> str:
        """What an edit takes away and puts in, with the words around where that is too little to see."""
        (start, end), text = edit
        removed = self._text[start:end]
        before = after = ""
        if min(len(removed), len(text)) < 2:
            before = _near(self._text[self._file.source.line(start).start : start][::-1])[::-1]
            after = _near(self._text[end : self._file.source.line(end).end])
        taken = f"<del>{escaped(removed)}</del>" if removed else ""
        put = f"<ins>{escaped(text)}</ins>" if text else ""
        return f"{escaped(before)}{taken}{put}{escaped(after)}"

    def _related(self, noted: Noted) -> str:
        """The other places, as links to them."""
        places = [
            f'<li><a href="#{self._id}-{noted.number}r{index}">{escaped(other.message)}</a>, '
            f"line {self._file.source.position(other.span.start).line}</li>"
            for index, other in enumerate(noted.finding.related)
        ]
        if not places:
            return ""
        shown = f'<ul class="related">{"".join(places[:_SHOWN])}</ul>'
        others = places[_SHOWN:]
        if not others:
            return shown
        summary = f"<summary>{len(others)} more</summary>"
        return f'{shown}<details class="more">{summary}<ul class="related">{"".join(others)}</ul></details>'


def _near(words: str) -> str:
    """The first of some words, the last of them whole unless it is very long, as in a script without spaces."""
    word = next((n for n in range(_NEAR, min(len(words), _NEAR + _LONG)) if words[n].isspace()), None)
    return words[: word or (len(words) if len(words) < _NEAR + _LONG else _NEAR)]


def _evidence(finding: Finding) -> str:
    """What the rule went by."""
    if not finding.evidence:
        return ""
    told = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(words)}</dd>" for name, words in finding.evidence)
    return f'<details class="seen"><summary>What the rule went by</summary><dl>{told}</dl></details>'


def language(document: Document) -> str:
    """Gives the language that the front matter names, as a page says it; empty where it names none."""
    named = named_language(document)
    return named.replace("_", "-") if _LANGUAGE.fullmatch(named) else ""


def _headline(blocks: Sequence[Block]) -> Block | None:
    """The block that is an article's headline: its title, or a heading of the first level that it begins with."""
    named = next((block for block in blocks if block.kind in _HEAD), None)
    first = next((block for block in blocks if not block.kind.startswith(("frontmatter.", "source"))), None)
    return named or (first if first and first.kind == "heading.h1" and not first.ancestors else None)


def _last_part(path: str) -> str:
    return path.replace("\\", "/").rpartition("/")[2] or path


def _footnote(label: str) -> str:
    """How a footnote opens: with its label, as the words that refer to it have it."""
    shown = f'<span class="label">[{escaped(label)}]</span>' if label else ""
    return f'<div class="footnote">{shown}'


def _notes_list(notes: Iterable[str]) -> str:
    return f'<ol class="notes" aria-label="Findings">{"".join(notes)}</ol>'


def _marks(noted: Iterable[Noted]) -> Iterator[Mark]:
    """The places of findings, and those that these are related to."""
    for one in noted:
        yield Mark(one.finding.span, one)
        for index, other in enumerate(one.finding.related):
            yield Mark(other.span, one, index)


# Where marks stand


class _Shelf:
    """Blocks in source order, to be asked which of them hold a place."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.spans = [block.span for block in blocks]
        self.starts = [span.start for span in self.spans]
        # How far the blocks up to each reach: one may hold others, as a paragraph holds the text of a picture in it.
        self.reach = list(accumulate((span.end for span in self.spans), max))


def _homes(shelf: _Shelf, span: Span) -> list[int]:
    """The blocks that show a place: the smallest that holds all of it, else all that hold some; none in markup."""
    start, end = span
    last = bisect_right(shelf.starts, start) - 1
    index, found = last, list[int]()
    while index >= 0 and shelf.reach[index] >= start:
        if shelf.spans[index].end >= start:
            found.append(index)
        index -= 1
    whole = [index for index in found if shelf.spans[index].end >= max(end, start + (end > start))]
    if whole:
        return [min(whole, key=lambda index: shelf.spans[index].end - shelf.spans[index].start)]
    after = range(last + 1, bisect_left(shelf.starts, end))
    return [*(index for index in reversed(found) if shelf.spans[index].end > start), *after]


def _excerpts(lost: Iterable[Mark], file: FileReport) -> Iterator[Block]:
    """The lines that marks stand in which no block shows, as blocks; lines that meet as one."""
    source, found = file.source, list[Span]()
    for mark in sorted(lost, key=lambda mark: mark.span):
        start = source.line(mark.span.start).start
        end = max(source.line(mark.span.end).end, mark.span.end)
        if found and start <= found[-1].end + 1:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    for span in found:
        yield Block("source", (Piece(span, source.text[span.start : span.end]),))


# Code


def _with_code(file: FileReport) -> list[Block]:
    """The blocks of an article with those of code that nobody reads between them.

    These are what a house would read that reads code. A file of another ending may be read as Markdown; where it is
    read as plain text, it has all its words in blocks already.
    """
    blocks, text = file.document.blocks, file.source.text
    if not _MAY_HOLD_CODE.search(text):
        return list(blocks)
    read = reader(file.path if PurePath(file.path).suffix.lower() in by_suffix() else "draft.md")
    shelf, found = _Shelf(blocks), read.read(file.source, _READING_CODE).blocks
    unread = (_as_written(block, text) for block in found if block.kind == "pre" and not _homes(shelf, block.span))
    return sorted([*blocks, *unread], key=lambda block: block.span)


def _as_written(block: Block, text: str) -> Block:
    """A block of code with all its white space: a reader takes that before its first line, in HTML of all lines."""
    pieces = [piece if text[slice(*piece.span)].strip() else Piece(piece.span, text[slice(*piece.span)])
              for piece in block.pieces]  # fmt: skip
    first = pieces[0]
    (start, end), margin = first.span, _margin(pieces, text)
    line = text[start - max(_column(start, text) - margin, 0) : start]
    begin = start - len(line) + len(line.rstrip(" \t"))
    if first.verbatim:
        pieces[0] = Piece(Span(begin, end), text[begin:end])
    return Block("code", tuple(pieces), block.ancestors)


def _margin(pieces: Sequence[Piece], text: str) -> int:
    """How far from the left the lines of code begin that follow its first, in code points."""
    if any(_WRAP.search(piece.text) for piece in pieces):
        return 0  # nothing is left out of these lines
    pairs = [(before, piece) for before, piece in pairwise(pieces) if before.text.endswith("\n") and piece.text.strip()]
    return min((_column(piece.span.start, text) for _, piece in pairs), default=len(text))


def _column(offset: int, text: str) -> int:
    return offset - text.rfind("\n", 0, offset) - 1
