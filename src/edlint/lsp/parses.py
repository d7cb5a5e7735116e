"""What has been parsed: most paragraphs of an article that somebody edits are as they were a moment ago.

A newcomer would let rules parse, as they do on the command line. Here nobody who types shall wait for a parser: rules
are given what is there, the rest is parsed beside them, and then they are asked again.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from edlint.article import Pipeline, UnparsedError
from edlint.errors import ModelError

_MOST = 300_000  # code points of texts whose parses are kept, some 30 MB
_AT_ONCE = 1_000  # code points that are parsed before it is asked whether anybody still waits for them


class Parses:
    """A pipeline that keeps what it last parsed, for all documents."""

    def __init__(self, model: Pipeline) -> None:
        """Takes the language model."""
        self._model = model
        self._lock = threading.Lock()
        self._kept: dict[str, Any] = {}  # the last used comes last
        self._length = 0

    def docs(self, texts: Sequence[str]) -> list[Any]:
        """Gives the documents of texts, parsing those that are not there; raises ModelError."""
        found = self.known(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            parsed = dict(zip(missing, self._model.docs(missing), strict=True))
            found |= parsed
            self._keep(parsed)
        return [found[text] for text in texts]

    def known(self, texts: Sequence[str]) -> dict[str, Any]:
        """Gives the documents that are there, by their texts."""
        with self._lock:
            found = {text: self._kept.pop(text) for text in dict.fromkeys(texts) if text in self._kept}
            self._kept |= found
        return found

    def _keep(self, parsed: dict[str, Any]) -> None:
        with self._lock:
            self._length += sum(len(text) for text in parsed if text not in self._kept)
            self._kept |= parsed
            while self._length > _MOST:
                oldest = next(iter(self._kept))
                del self._kept[oldest]
                self._length -= len(oldest)


class Glance:
    """A pipeline of one check, which never waits: it has what is known, and notes what is missing."""

    def __init__(self, parses: Parses) -> None:
        self._parses = parses
        self._known: dict[str, Any] = {}
        self._missing = dict[str, None]()
        self._failure: ModelError | None = None

    def docs(self, texts: Sequence[str]) -> list[Any]:
        """Gives the documents of texts; raises UnparsedError where one is missing, ModelError where no model is."""
        if self._failure:
            raise self._failure
        self._known |= self._parses.known([text for text in texts if text not in self._known])
        missing = dict.fromkeys(text for text in texts if text not in self._known)
        if missing:
            self._missing |= missing
            raise UnparsedError
        return [self._known[text] for text in texts]

    def parse(self, going_on: Callable[[], None]) -> None:
        """Parses what is missing; `going_on` is called now and then, and may raise to stop, which loses nothing."""
        missing, self._missing = list(self._missing), {}
        try:
            for batch in _batches(missing):
                going_on()
                self._known.update(zip(batch, self._parses.docs(batch), strict=True))
        except ModelError as error:
            self._failure = error


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch, length = list[str](), 0
    for text in texts:
        batch.append(text)
        length += len(text)
        if length >= _AT_ONCE:
            yield batch
            batch, length = [], 0
    if batch:
        yield batch
