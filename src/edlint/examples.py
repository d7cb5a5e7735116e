"""The examples of rules, run as tests: comments and cases in a rule's file, and files of cases alone (`*.test.yml`).

    # ok:  The fee is $5.
    # bad: We [[utilize]] it.
    # fix: We use it.
    # bad: |
    #   [[“]]We won, she said.
    #
    #   “We never doubted it.”
    tests:
      - name: two in one line
        input: We utilize it, and they utilize it.
        want: |
          1:4:House.Utilize:'utilize': write 'use'
          1:25:House.Utilize:'utilize': write 'use'

Comments start in the first column. `[[…]]` marks what the rule must find, all of it and nothing else. `fix:` follows
its `bad:` and is the text after the safe fixes. After `|` the example goes on as long as the comment lines are indented
or empty. A case says what is to be found by `line:column:Rule:message`, or by parts of these lines.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from edlint.finding import Problem
from edlint.settings import Entry, SettingsError, entries, is_nothing, items, record, shape, shown
from edlint.text import Span

_HEAD = re.compile(r"#[ \t]*(ok|bad|fix):(?:[ \t]+(.*))?\Z", re.IGNORECASE)
_MARK = re.compile(r"\[\[(.*?)\]\](?!\])", re.DOTALL)


class Lines(NamedTuple):
    """What is to be found, as `line:column:Rule:message`.

    `want` are all lines, None where the case does not say; `contains` and `absent` are texts that must, and must not,
    stand in the lines.
    """

    want: frozenset[str] | None = None
    contains: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """A text, the line of its file that it begins in, and what is to be found in it: some spans, or `lines`.

    `fixed` is the text after the safe fixes, None where the example does not say. `format` is the ending of the files
    that are read as the text is. `rule` is the file, named from this one, of a rule that runs alone. Examples in
    comments have no name.
    """

    line: int
    text: str
    expected: tuple[Span, ...] = ()
    fixed: str | None = None
    path: str = ""
    name: str = ""
    format: str = "md"
    rule: str | None = None
    lines: Lines | None = None

    @property
    def is_silent(self) -> bool:
        """Says whether nothing may be found."""
        return not self.expected and (self.lines is None or self.lines.want == frozenset())


@dataclass(frozen=True)
class Keys:
    """The keys of a case, in which findings are lines such as `line:column:Rule:message`.

    - `name`: what the case is called when it fails
    - `input`: the text
    - `about`: a note for whoever reads the case
    - `format`: how the text is read, as the ending of a file
    - `rule`: the file of a rule, named from this one, that runs alone
    - `want`: everything that is found, a line each, in any order; nothing where it is empty
    - `contains`: a text, or several, that must stand in these lines
    - `absent`: a text, or several, that must not
    """

    name: str
    input: str
    about: str = ""
    format: str = "md"
    rule: str | None = None
    want: tuple[str, ...] | None = None
    contains: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


class ExampleError(ValueError):
    """An example is not written as one; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read(text: str, path: str = "") -> list[Example]:
    """Reads the examples in the comments of a rule's file, in order; raises ExampleError."""
    found: list[Example] = []
    for line, word, body in _written(text.splitlines()):
        if word == "fix":
            if not found or found[-1].is_silent or found[-1].fixed is not None:
                raise ExampleError(line, "fix: follows the bad: that it mends")
            found[-1] = Example(found[-1].line, found[-1].text, found[-1].expected, body, path)
            continue
        body, spans = _unmarked(body) if word == "bad" else (body, ())
        if word == "bad" and not spans:
            raise ExampleError(line, "bad: marks what is to be found with [[…]]")
        found.append(Example(line, body, spans, path=path))
    return found


def _written(lines: list[str]) -> Iterator[tuple[int, str, str]]:
    """Gives (line, ok or bad or fix, text) for each example."""
    for index, line in enumerate(lines):
        head = _HEAD.match(line)
        if head:
            body = (head[2] or "").strip()
            yield index + 1, head[1].lower(), "\n".join(_block(lines[index + 1 :])) if body == "|" else body


def _block(lines: list[str]) -> Iterator[str]:
    """The lines of a block, without the comment sign and the block's indentation."""
    block = []
    for line in lines:
        rest = line.removeprefix("#")
        if line == rest or (rest.strip() and not rest.startswith("   ")):
            break
        block.append(rest.rstrip("\r\n"))
    indent = min((len(rest) - len(rest.lstrip()) for rest in block if rest.strip()), default=0)
    text = "\n".join(rest[indent:] for rest in block).rstrip()
    yield from text.split("\n")


def _unmarked(body: str) -> tuple[str, tuple[Span, ...]]:
    """A text without its marks, and what they mark."""
    spans, text, end = [], "", 0
    for mark in _MARK.finditer(body):
        text += body[end : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[1])))
        text, end = text + mark[1], mark.end()
    return text + body[end:], tuple(spans)


def marked(text: str, spans: Iterable[Span]) -> str:
    """Gives a text with `[[…]]` around each of some spans, also where one stands in another."""
    marks = defaultdict[int, str](str)
    for start, end in sorted(spans):
        marks[start] += "[[" if end > start else "[[]]"
    for start, end in spans:
        marks[end] = "]]" * (end > start) + marks[end]
    pieces, last = [], 0
    for place in sorted(marks):
        pieces += [text[last:place], marks[place]]
        last = place
    return "".join([*pieces, text[last:]])


def cases(listed: Entry) -> tuple[list[Example], list[Problem]]:
    """Gives the cases of a list, those that are well written, and what is wrong with the others."""
    if is_nothing(listed):
        return [], []
    if shape(listed.node) != "sequence":
        return [], [listed.error(f"expected a list of cases, got {shown(listed.node)}").problem]
    found, problems = [], list[Problem]()
    for item in items(listed):
        example, wrong = _case(item)
        problems += wrong
        if example:
            found.append(example)
    return found, problems


def _case(item: Entry) -> tuple[Example | None, list[Problem]]:
    try:
        given = entries(item)
    except SettingsError as error:
        return None, [error.problem]
    keys, problems = record(Keys, given, item)
    if keys is None:
        return None, problems
    want = _lines(keys.want or ()) if "want" in map(str.lower, given) else None
    contains, absent = (tuple(text.strip() for text in texts) for texts in (keys.contains, keys.absent))
    if not all((*contains, *absent)):
        return None, [item.error("expected words in contains and absent").problem]
    if want is None and not contains and not absent:
        return None, [item.error("says nothing of what is to be found: expected want, contains or absent").problem]
    lines = Lines(want, contains, absent)
    return Example(
        item.line, keys.input, path=item.path, name=keys.name, format=keys.format.removeprefix("."), rule=keys.rule,
        lines=lines,
    ), []  # fmt: skip


def _lines(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(line.strip() for text in texts for line in text.split("\n") if line.strip())
