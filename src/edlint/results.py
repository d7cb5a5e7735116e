"""Results: what earlier runs have made of articles, in a file of the user's cache folder.

They are found by the hash of all that they depend on (`basis`), so none is ever out of date. The file is SQLite's:
several runs may write it at once, and one that is stopped leaves it whole. What is damaged counts as none, what cannot
be written is not needed, and what was used longest ago goes when there is too much.
"""

import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from edlint.store import is_ours

_MOST = 256 << 20  # bytes
_PATIENCE = 2.0  # seconds to wait for another run that writes
_DAY = 86_400  # seconds
_SURROGATES = "surrogatepass"  # a name of a file that is no UTF-8 is told, too
_SIZES = ("page_count", "freelist_count", "page_size")
_TABLE = "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, day INTEGER NOT NULL, value BLOB NOT NULL)"


class Results:
    """Texts by key. Nothing stays open between two calls, so that workers can be forked at any time."""

    def __init__(self, folder: Path, most: int = _MOST) -> None:
        """Takes a folder, in which the texts may take up some bytes at most."""
        self._path, self._most = folder / "results.sqlite", most

    def known(self, keys: Iterable[bytes]) -> set[bytes]:
        """Gives those of some keys under which a text is kept."""
        found = set[bytes]()

        def look(file: sqlite3.Connection) -> None:
            for key in keys:
                found.update(row[0] for row in file.execute("SELECT key FROM results WHERE key = ?", (key,)))

        self._do(look)
        return found

    def texts(self, keys: Iterable[bytes]) -> dict[bytes, str]:
        """Gives the texts kept under some keys, those that can be read, and notes that they were used."""
        found, today = dict[bytes, str](), int(time.time()) // _DAY

        def read(file: sqlite3.Connection) -> None:
            old = []
            for key in keys:
                for day, value in file.execute("SELECT day, value FROM results WHERE key = ?", (key,)):
                    found[key] = zlib.decompress(value).decode(errors=_SURROGATES)
                    old += [(today, key)] * (day != today)
            file.executemany("UPDATE results SET day = ? WHERE key = ?", old)

        self._do(read)
        return found

    def keep(self, texts: Mapping[bytes, str]) -> None:
        """Keeps texts under their keys, all of them or none."""
        today = int(time.time()) // _DAY
        rows = [(key, today, zlib.compress(text.encode(errors=_SURROGATES), 1)) for key, text in texts.items()]

        def write(file: sqlite3.Connection) -> None:
            file.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", rows)
            self._bound(file)

        if rows and self._make():
            self._do(write)

    def _bound(self, file: sqlite3.Connection) -> None:
        """Throws half of the texts away where there are too many bytes of them, those used longest ago."""
        pages, free, size = (file.execute(f"PRAGMA {name}").fetchone()[0] for name in _SIZES)
        if (pages - free) * size > self._most:
            half = "SELECT rowid FROM results ORDER BY day, rowid LIMIT (SELECT count(*) / 2 FROM results)"
            file.execute(f"DELETE FROM results WHERE rowid IN ({half})")

    def _make(self) -> bool:
        """Makes the file, for its owner alone, where there is none; says whether there is one now."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError:
            return False
        return True

    def _do(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """Does something with the file, as far as that can be done; a damaged one is thrown away."""
        try:
            if not (is_ours(self._path.parent) and is_ours(self._path)):
                return
            with closing(sqlite3.connect(self._path, timeout=_PATIENCE)) as file, file:
                file.execute("PRAGMA synchronous = OFF")  # what a power cut damages is found out, and not needed
                file.execute(_TABLE)
                work(file)
        except (OSError, sqlite3.OperationalError):  # none is there, another run writes, the disk is full
            return
        except (sqlite3.DatabaseError, zlib.error, UnicodeDecodeError):
            with suppress(OSError):  # on Windows another run that has it open keeps it
                self._path.unlink(missing_ok=True)
