"""The store: rules made ready by one run, which the next can use, in the user's cache folder.

Entries are pickles, which can run anything when they are read; so nothing is read from a folder or a file that anybody
else may write. An entry that cannot be read counts as none, and one that cannot be written is not needed.
"""

import hashlib
import os
import pickle
import stat
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from edlint import __version__

_OWN = (".py", ".so", ".pyd", ".txt", ".dic", ".aff")  # code, and the words that it goes by
_KEPT = 30  # entries; the oldest are thrown away


def cache_folder() -> Path:
    """Gives the folder for what edlint keeps for the next run, as the platform has it."""
    from platformdirs import user_cache_path

    return user_cache_path("edlint")


class Store:
    """Values by key, in a folder that is made, for its owner alone, when the first value is kept."""

    def __init__(self, folder: Path) -> None:
        """Opens the store in a folder of its own."""
        self._folder = folder

    def value(self, key: str) -> Any | None:
        """Gives the value kept under a key, None where there is none that can be trusted and read."""
        path = self._folder / key
        try:
            if is_ours(self._folder) and is_ours(path):
                return pickle.loads(path.read_bytes())
        except Exception:  # whatever a damaged or outdated pickle does when it is read, it counts as none
            return None
        return None

    def keep(self, key: str, value: Any) -> None:
        """Keeps a value under a key, whole or not at all, also where several runs do so at once."""
        import tempfile  # which a run that has nothing new to keep does without

        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not is_ours(self._folder):
                return
            with tempfile.NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as file:
                pickle.dump(value, file, protocol=pickle.HIGHEST_PROTOCOL)
            os.replace(file.name, self._folder / key)
            self._prune()
        except OSError:
            return

    def _prune(self) -> None:
        entries = sorted(self._folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in entries[_KEPT:]:
            path.unlink(missing_ok=True)


def is_ours(path: Path) -> bool:
    """Says whether a path belongs to this user and nobody else may write it; missing files raise OSError."""
    found = os.lstat(path)
    if not hasattr(os, "getuid"):  # on Windows a user's cache folder is the user's alone
        return True
    return found.st_uid == os.getuid() and not stat.S_ISLNK(found.st_mode) and not found.st_mode & 0o022


def key_of(parts: Iterable[bytes]) -> str:
    """Gives the key for something made from parts by this edlint, this Python and this `regex`."""
    found = hashlib.blake2b(digest_size=16)
    for part in (*parts, _made_by()):
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


@cache
def _made_by() -> bytes:
    """What tells this edlint, Python and `regex` from others, also in a checkout that is being worked on."""
    return "\n".join((__version__, sys.version, *_code())).encode()


def _code() -> Iterator[str]:
    library = find_spec("regex")
    folders = [Path(__file__).parent, *([Path(library.origin).parent] if library and library.origin else [])]
    for folder in folders:
        for here, _, names in os.walk(folder):
            for name in names:
                if name.endswith(_OWN):
                    found = os.stat(os.path.join(here, name))
                    yield f"{name} {found.st_size} {found.st_mtime_ns}"
