"""The bar that shows how far a run is: on standard error, on a terminal only, and only where a run takes its time.

It is drawn over itself and taken away at the end, so that nothing of it stays, also after an error. It has no colour.
"""

import os
import sys
import time
from types import TracebackType

_PATIENCE = 1.0  # seconds without a bar
_PAUSE = 0.1  # seconds between two drawings
_WIDTH = 24  # of the bar, in characters
_ERASED = "\r\x1b[K"


class Bar:
    """A bar to be told of the articles done; within `with`, it is gone at the end."""

    def __init__(self) -> None:
        self._is_seen = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._next = time.monotonic() + _PATIENCE
        self._is_drawn = False

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.hide()

    def hide(self) -> None:
        """Takes the bar away until it is told of the next article, so that something can be printed."""
        if self._is_drawn:
            self._write(_ERASED)
            self._is_drawn = False

    def __call__(self, done: int, all_of_them: int) -> None:
        """Shows that some of all articles are done, unless that was shown a moment ago."""
        now = time.monotonic()
        if not self._is_seen or now < self._next:
            return
        self._next, self._is_drawn = now + _PAUSE, True
        full = _WIDTH * done // all_of_them
        self._write(f"{_ERASED}[{'#' * full}{'-' * (_WIDTH - full)}] {done} of {all_of_them} articles")

    def _write(self, words: str) -> None:
        sys.stderr.write(words)
        sys.stderr.flush()
