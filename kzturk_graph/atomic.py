"""Files that are replaced whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def replace(path: Path, raw: bytes) -> None:
    """Put ``raw`` into the file by way of a temporary one beside it; a device such as /dev/null takes it as it comes.

    Raises OSError where that can't be done; the file is then as it was.
    """
    if path.is_dir():
        raise IsADirectoryError(0, "it is a folder")
    if path.exists() and not path.is_file():
        path.write_bytes(raw)
        return
    import tempfile

    path = path.resolve()  # behind a symbolic link, the file itself is replaced and the link stays
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
        os.chmod(name, (path.stat().st_mode & 0o777) if path.exists() else 0o666 & ~_umask())
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other processes that do so too out of the file's folder, where the system has locks for that.

    The lock is on the folder: one on the file would be lost when the file is replaced.
    """
    try:
        import fcntl
    except ImportError:  # not on Windows
        yield
        return
    folder = os.open(path.resolve().parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
