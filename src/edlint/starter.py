"""The configuration that `edlint init` writes: `starter.yml` beside this module, or one that is equal to Vale's.

As it stands, the first says what holds anyway. A newcomer would open the file and write: a second `edlint init` would
then lose what a house has decided, and an interrupted one would leave half a file. So it is written elsewhere and
linked, which fails where the file is there already.
"""

import os
from contextlib import suppress
from pathlib import Path

from edlint import notation, vale_ini
from edlint.config import FILE_NAME, VALE_NAMES, find
from edlint.errors import UsageError


def text() -> str:
    """Gives the text of the file to begin from."""
    return Path(__file__).with_name("starter.yml").read_text(encoding="utf-8")


def from_vale(folder: Path) -> tuple[str, str]:
    """Gives the text of a file that is equal to Vale's in a folder, and that one's path; raises UsageError."""
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}")
    found = next((folder / name for name in VALE_NAMES if (folder / name).is_file()), None)
    if found is None:
        raise UsageError(f"no {VALE_NAMES[0]} in {folder}")
    return notation.text(vale_ini.load(found), folder.resolve()), str(found)


def write(folder: Path, content: str) -> Path:
    """Writes the file into a folder and gives its path; raises UsageError where it is there, or cannot be written."""
    path, draft = folder / FILE_NAME, folder / f"{FILE_NAME}.{os.getpid()}"
    if not folder.is_dir():
        raise UsageError(f"no such folder: {folder}")
    try:
        _write(draft, content)
        _link(draft, path)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already, and is left as it is") from error
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            draft.unlink()
    return path


def _write(path: Path, content: str) -> None:
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(content)


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # some file systems have no links
        _write(path, draft.read_text(encoding="utf-8"))


def above(folder: Path) -> str | None:
    """Gives the configuration that has held in a folder so far, as seen from there, None for the built-in default."""
    found = find(folder.resolve())
    return Path(os.path.relpath(found, folder.resolve())).as_posix() if found else None
