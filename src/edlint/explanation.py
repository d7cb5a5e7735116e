"""A rule explained, for `edlint explain`: what it finds, why, and its own examples."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from textwrap import fill, indent

from edlint import examples, rulebook
from edlint.rule import Rule

_WIDTH = 88


def text(rule: Rule) -> str:
    """Gives the explanation of a rule."""
    return "\n".join([*_lines(rule), ""])


def described(rule: Rule, width: int) -> Iterator[str]:
    """Gives why a rule is there, paragraph by paragraph, in lines of some width."""
    yield from (fill(" ".join(part.split()), width) for part in rule.description.split("\n\n") if part.strip())


def shown_examples(rule: Rule, *, silent: bool, most: int | None = None) -> Iterator[str]:
    """Gives the rule's own examples, those that it passes over or those that it finds; raises ExampleError."""
    found = examples.read(rulebook.text_of(Path(rule.origin.path)))
    yield from islice((_shown(example) for example in found if example.is_silent is silent), most)


def _lines(rule: Rule) -> Iterator[str]:
    yield f"{rule.name}  ({rule.kind}, {rule.severity.name}{'' if rule.enabled else ', off until a house asks for it'})"
    yield ""
    yield from described(rule, _WIDTH)
    yield ""
    messages = {rule.message: None} | {fault.message: None for fault in rule.faults.values()}
    yield "It says:"
    yield from (f"  {' '.join(message.split())}" for message in messages)
    for heading, silent in (("It finds:", False), ("It leaves alone:", True)):
        chosen = list(shown_examples(rule, silent=silent))
        if chosen:
            yield ""
            yield heading
            yield from (indent(example, "  ") for example in chosen)
    yield ""
    if rule.link:
        yield f"See {rule.link}"
    yield f"It stands in {rule.origin.path}"
    yield f"In .edlint.yml, under rules:  {rule.name}: off   (or suggestion, warning, error)"
    yield "Where it found something: edlint explain draft.md:9:1 says what it saw there"


def _shown(example: examples.Example) -> str:
    """An example with what is found in brackets, and what it becomes."""
    words, end = "", 0
    for span in example.expected:
        words += example.text[end : span.start] + "[" + example.text[span.start : span.end] + "]"
        end = span.end
    words += example.text[end:]
    return words if example.fixed is None else f"{words}\n→ {example.fixed}"
