"""Writing: a file's text replaced by another, whole or not at all.

The new text is written beside the file, to the disk, and then takes the file's name: whoever reads, and whatever is
interrupted, there is the old text or the new. A newcomer would open the file and write; but then a full disk or a
power cut leaves half an article.

What was interrupted leaves a file `.edlint-NAME.tmp` behind. It may be deleted, and the next run that writes that file
does so. Who is still writing holds a lock on it, so that none is taken away from another run.
"""

import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from shutil import copystat
from typing import IO

from edlint.errors import UnwritableError

try:
    import fcntl
except ImportError:  # on Windows, where nobody can delete a file that another has open
    fcntl = None  # type: ignore[assignment]

_PREFIX, _SUFFIX = ".edlint-", ".tmp"
_LONGEST = 200  # bytes of a file's name that the new one's has, which may have 255
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def _unwritable(error: OSError) -> UnwritableError:
    return UnwritableError(f"cannot be written, and is as it was: {_why(error)}")


def _why(error: OSError) -> str:
    return "another run is writing it" if isinstance(error, BlockingIOError) else error.strerror or str(error)


def encoded(text: str, before: bytes) -> bytes:
    """Gives a text as bytes, with a byte order mark where those before had one."""
    return _BYTE_ORDER_MARK * before.startswith(_BYTE_ORDER_MARK) + text.encode()


def replace(path: str, data: bytes, before: bytes) -> None:
    """Replaces what a file holds, which is `before`, as one step; raises UnwritableError where that is not to be.

    Its mode, extended attributes, group and, as far as that is allowed, owner stay. Of a symbolic link, the file that
    it leads to is replaced. Other names of the file (hard links) keep the old text.
    """
    path = os.path.realpath(path)
    try:
        found = _unchanged(path, before)
        with _beside(path) as file:
            file.write(data)
            file.flush()
            _take_over(path, found, file)
            os.fsync(file.fileno())
            if fcntl is None:
                file.close()  # on Windows a file that is open keeps its name
            _unchanged(path, before)
            os.replace(file.name, path)
        _sync_folder(os.path.dirname(path))
    except OSError as error:
        raise _unwritable(error) from error


def write(path: str, pieces: Iterable[bytes]) -> None:
    """Writes a file, as one step where it is an ordinary one or none yet; raises UnwritableError.

    A device or a pipe is written as it is, by the name given: `/dev/stdout` may lead to one that has no name.
    """
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            with open(path, "wb") as file:
                file.writelines(pieces)
            return
        path = os.path.realpath(path)
        with _beside(path) as beside:
            beside.writelines(pieces)
            beside.flush()
            _take_mode(path, beside.name)
            if fcntl is None:
                beside.close()
            os.replace(beside.name, path)
    except OSError as error:
        raise UnwritableError(f"cannot be written: {_why(error)}") from error


def _take_mode(path: str, new: str) -> None:
    """Gives a file the mode of the one that it replaces, or that of any new file."""
    if os.path.exists(path):
        os.chmod(new, stat.S_IMODE(os.stat(path).st_mode))
        return
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(new, 0o666 & ~mask)


def _unchanged(path: str, before: bytes) -> os.stat_result:
    """Gives what is known of a file that holds some bytes; raises UnwritableError where it cannot be replaced."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for
        raise UnwritableError("is no ordinary file: it is left as it is")
    with open(path, "rb") as file:
        found = os.fstat(file.fileno())
        if found.st_size != len(before) or file.read() != before:
            raise UnwritableError("has changed since it was read: it is left as it is, run edlint again")
    if not os.access(path, os.W_OK):
        raise UnwritableError("is read-only: it is left as it is")
    return found


@contextmanager
def _beside(path: str) -> Iterator[IO[bytes]]:
    """A new file in a file's folder, locked while it is open, and gone after if it has not got another name.

    Once it has one, its first name may be that of another run's new file.
    """
    with _new(path) as file:
        try:
            yield file
        except BaseException:
            with suppress(OSError):
                os.unlink(file.name)
            raise


def _new(path: str) -> IO[bytes]:
    """A new file beside another, in place of what an interrupted run has left; raises OSError."""
    name = _name_beside(path)
    while True:
        with suppress(FileNotFoundError):
            _delete_unless_open(name)
        file = open(name, "xb", opener=_for_its_owner)  # noqa: SIM115 - whoever asks for it closes it
        if fcntl is not None:
            with suppress(OSError):  # a file system that knows no locks
                fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:  # else another run has taken it for one left behind
            return file
        file.close()


def _name_beside(path: str) -> str:
    """The name of the new file beside another; of a long one a part, and what tells it from others of that part."""
    folder, name = os.path.split(path)
    if len(whole := os.fsencode(name)) > _LONGEST:
        name = f"{whole[:_LONGEST].decode(errors='ignore')}-{zlib.crc32(whole):08x}"
    return os.path.join(folder, f"{_PREFIX}{name}{_SUFFIX}")


def _for_its_owner(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _delete_unless_open(name: str) -> None:
    """Deletes a file unless another run writes it; raises OSError where that is so."""
    if fcntl is None:
        os.unlink(name)
        return
    descriptor = os.open(name, os.O_RDWR | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.unlink(name)
    finally:
        os.close(descriptor)


def _take_over(path: str, found: os.stat_result, file: IO[bytes]) -> None:
    """Gives a new file the owner, mode and attributes of another; its times are of now."""
    if hasattr(os, "fchown"):
        for owner, group in ((-1, found.st_gid), (found.st_uid, -1)):
            with suppress(OSError):
                os.fchown(file.fileno(), owner, group)
    with suppress(OSError):  # of attributes that the file system does not know, or that nobody may set
        copystat(path, file.name)
    os.chmod(file.name, stat.S_IMODE(found.st_mode))
    os.utime(file.name)


def _sync_folder(folder: str) -> None:
    """Sees to it that a new name is on the disk, where the platform can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
