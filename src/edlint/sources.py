"""Files as sources: bytes that are text, decoded, without a byte order mark."""

import os

from edlint.errors import UnreadableError
from edlint.text import Source

LARGEST = 20_000_000  # bytes; more than any article or book, less than a data file


def read(path: str) -> Source:
    """Reads a file; raises UnreadableError, saying what to do."""
    return decoded(data(path))


def data(path: str) -> bytes:
    """Gives the bytes of a file that is not too large; raises UnreadableError, saying what to do."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size > LARGEST:
                raise UnreadableError(_too_large(size))
            return file.read()
    except FileNotFoundError as error:
        raise UnreadableError("no such file") from error
    except IsADirectoryError as error:
        raise UnreadableError("is a folder") from error
    except OSError as error:
        raise UnreadableError(f"cannot be read: {error.strerror or error}") from error


def _too_large(size: int) -> str:
    return f"{size / 1e6:.0f} MB, more than the {LARGEST / 1e6:.0f} MB that an article may have: split or exclude it"


def decoded(data: bytes) -> Source:
    """Makes a source from bytes; raises UnreadableError where they are no UTF-8 text."""
    if len(data) > LARGEST:
        raise UnreadableError(_too_large(len(data)))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("UTF-16, not UTF-8: save it as UTF-8")
    if b"\0" in data:
        raise UnreadableError("a binary file, not text: exclude it")
    try:
        return Source(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableError(f"not UTF-8 in line {line} (byte 0x{data[error.start]:02x}): save it as UTF-8") from error
