"""Article: a document as one run sees it, with what has been learnt of it so far."""

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from edlint.text import Document, Span

T = TypeVar("T")


class UnparsedError(Exception):
    """A pipeline that never waits has yet to parse a text: whoever asked for it may ask again."""


class Pipeline(Protocol):
    """What an article needs of a language model; `analysis.language` has the real one."""

    def docs(self, texts: Sequence[str]) -> list[Any]:
        """Parses texts into spaCy documents, one each; raises ModelError where there is no model, or UnparsedError."""


class Terms(Protocol):
    """What an article needs of the words that its house holds right; `terms` has the real ones."""

    def spans(self, texts: Sequence[str]) -> list[list[Span]]:
        """Gives where they stand in each of several texts; raises TimeoutError."""

    def is_right(self, word: str) -> bool:
        """Says whether a single word is spelt as the house spells one."""

    def are_one(self, one: str, other: str) -> bool:
        """Says whether two spellings are of one name of which the house accepts both."""


class Vocabulary(Protocol):
    """What an article needs of its house's vocabulary; `terms` has the real one."""

    @property
    def accept(self) -> Sequence[str]:
        """Gives expressions for words that are right as they stand."""

    @property
    def reject(self) -> Sequence[str]:
        """Gives expressions for words that are not to be used."""

    @property
    def any_case(self) -> Set[str]:
        """Gives those of the expressions whose words are meant in any case."""

    def as_written(self, expression: str) -> str:
        """Gives the words of an expression as the house lists them."""

    def accepts(self, found: str, span: Span, text: str) -> bool:
        """Says whether the words found at a span of a text hold an accepted word or lie in an accepted phrase."""


class Scanner(Protocol):
    """What an article needs to find out where rules can match at all; `scanner` has the real one."""

    def knows(self, finder: Any) -> bool:
        """Says whether the scanner was made for a finder."""

    def shared(self, finder: Any) -> int | None:
        """Gives a key that a finder has in common with others that find the same, None where there are none."""

    def index(self, texts: Any) -> Mapping[int, Sequence[tuple[int, Any]]]:
        """Gives for each finder, by its `id`, the numbers of the texts in which it may match, with what may match."""


@dataclass(frozen=True, eq=False)
class Article:
    """A document, its path as the user named it, the pipeline to parse it with, and the words of its house.

    `styles_path` is the folder in which the house keeps its styles, dictionaries and the like, where it has one;
    `scanners` are made for its rules, by their scopes.
    """

    document: Document
    path: str = "draft.md"
    pipeline: Pipeline | None = None
    terms: Terms | None = None
    vocabulary: Vocabulary | None = None
    styles_path: Path | None = None
    scanners: Mapping[Any, Scanner] = field(default_factory=dict)
    _learnt: dict[Callable[..., Any], Any] = field(default_factory=dict, repr=False)

    @property
    def language(self) -> str:
        """The language that the front matter names, in small letters with a hyphen (`en-gb`), `en` without any."""
        return (named_language(self.document) or "en").lower().replace("_", "-")

    def once(self, question: "Callable[[Article], T]") -> T:
        """Answers a question about the article (a function of it) and keeps the answer for the next who asks."""
        if question not in self._learnt:
            self._learnt[question] = question(self)
        return self._learnt[question]  # type: ignore[no-any-return]  # keyed by the function that made it


def named_language(document: Document) -> str:
    """Gives the language that front matter names, as it is written there, empty where it names none."""
    meta = document.meta
    return next((str(meta[key]) for key in ("lang", "language", "locale") if meta.get(key)), "")
