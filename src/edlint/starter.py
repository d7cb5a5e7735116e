"""The configuration that `edlint init` writes, to begin from: `starter.yml` beside this module.

As it stands it says what holds anyway. A newcomer would open the file and write: a second `edlint init` would then
lose what a house has decided, and an interrupted one would leave half a file. So it is written elsewhere and linked,
which fails where the file is there already.
"""

import os
from contextlib import suppress
from pathlib import Path

from edlint.config import FILE_NAME, find
from edlint.errors import UsageError


def text() -> str:
    """Gives the text of the file."""
    return Path(__file__).with_name("starter.yml").read_text(encoding="utf-8")


def write(folder: Path) -> Path:
    """Writes the file into a folder and gives its path; raises UsageError where it is there, or cannot be written."""
    path, draft = folder / FILE_NAME, folder / f"{FILE_NAME}.{os.getpid()}"
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}")
    try:
        _write(draft)
        _link(draft, path)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already, and is left as it is") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return path


def _write(path: Path) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text())


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # some file systems have no links
        _write(path)


def above(folder: Path) -> str | None:
    """Gives the configuration that has held in a folder so far, as seen from there, None for the built-in default."""
    found = find(folder.resolve())
    return Path(os.path.relpath(found, folder.resolve())).as_posix() if found else None
