"""The kinds of rules, one module each, found by their place: a kind `quote-marks` is the module `quote_marks`.

A kind has `Options`, a frozen dataclass of the keys that its rules may have; `hits`, a function from an article and a
rule to Hits; where it has several faults, their names in `FAULTS`; and, where no type can say what is wrong with a
value, `problems`, which gives (key, what is wrong) for options. Where a mark stands for a number of things, and not for
the words that it covers, `COUNTS` is True: terms of the house do not bear on it. `SCOPE` is where its rules look when
they do not say, `text` where the kind does not say either; `MESSAGES` are those of faults of which a rule says nothing.
`files` gives the files that a rule reads besides its own, from its options and the folders to look for them in.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol, cast

from edlint.article import Article
from edlint.finding import Hit
from edlint.rule import Rule


class Kind(Protocol):
    """What a module of this folder offers."""

    Options: type
    FAULTS: tuple[str, ...]
    MESSAGES: Mapping[str, str]
    COUNTS: bool
    SCOPE: tuple[str, ...]
    problems: Callable[[Any], Iterator[tuple[str, str]]]
    files: Callable[[Any, Sequence[Path]], Iterator[Path]]

    @staticmethod
    def hits(article: Article, rule: Rule) -> Iterator[Hit]:
        """Gives what the rule finds in the article."""


def known() -> list[str]:
    """Gives the names of all kinds, sorted."""
    return sorted(path.stem.replace("_", "-") for path in Path(__file__).parent.glob("[a-z]*.py"))


@cache
def kind(name: str) -> Kind:
    """Gives the kind of a name; raises KeyError where there is none."""
    stem = name.replace("-", "_")
    if not stem.isidentifier() or not Path(__file__).with_name(f"{stem}.py").is_file() or stem.startswith("_"):
        raise KeyError(name)
    return cast(Kind, import_module(f"{__name__}.{stem}"))
