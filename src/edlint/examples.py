"""The examples in a rule's file: comments that start in the first column, read here, run as tests.

    # ok:  The fee is $5.
    # bad: We [[utilize]] it.
    # fix: We use it.
    # bad: |
    #   [[“]]We won, she said.
    #
    #   “We never doubted it.”

`[[…]]` marks what the rule must find, all of it and nothing else. `fix:` follows its `bad:` and is the text after the
safe fixes. After `|` the example goes on as long as the comment lines are indented or empty.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from edlint.text import Span

_HEAD = re.compile(r"#[ \t]*(ok|bad|fix):(?:[ \t]+(.*))?\Z", re.IGNORECASE)
_MARK = re.compile(r"\[\[(.*?)\]\](?!\])", re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A text, the line of the rule's file that it begins in, and the spans to be found in it.

    `fixed` is the text after the safe fixes, None where the example does not say.
    """

    line: int
    text: str
    expected: tuple[Span, ...] = ()
    fixed: str | None = None

    @property
    def is_silent(self) -> bool:
        """Says whether nothing may be found."""
        return not self.expected


class ExampleError(ValueError):
    """An example is not written as one; `line` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def read(text: str) -> list[Example]:
    """Reads the examples of a rule's file, in order; raises ExampleError."""
    found: list[Example] = []
    for line, word, body in _written(text.splitlines()):
        if word == "fix":
            if not found or found[-1].is_silent or found[-1].fixed is not None:
                raise ExampleError(line, "fix: follows the bad: that it mends")
            found[-1] = Example(found[-1].line, found[-1].text, found[-1].expected, body)
            continue
        example = _marked(line, body) if word == "bad" else Example(line, body)
        if word == "bad" and example.is_silent:
            raise ExampleError(line, "bad: marks what is to be found with [[…]]")
        found.append(example)
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


def _marked(line: int, body: str) -> Example:
    spans, text, end = [], "", 0
    for mark in _MARK.finditer(body):
        text += body[end : mark.start()]
        spans.append(Span(len(text), len(text) + len(mark[1])))
        text, end = text + mark[1], mark.end()
    return Example(line, text + body[end:], tuple(spans))
