"""Files as streams of bytes: plain or packed with gzip, bzip2 or zstandard, told by their first bytes."""

from __future__ import annotations

import io
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from kzturk_graph.errors import InputError
from kzturk_graph.wikibase.problems import Foreign

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STDIN = "-"
BLOCK = 1 << 17
AHEAD = 16

MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "zstd"}
FOREIGN = {
    b"PK\x03\x04": "a ZIP archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x04\x22\x4d\x18": "an LZ4 archive",
    b"PAR1": "a Parquet file",
    b"%PDF": "a PDF",
    b"HDT": "an HDT file",
    b"SQLite format 3": "an SQLite database",
}


class Unpacker(Protocol):
    """What the decompressors of gzip, bzip2 and zstandard have in common; one unpacks one member."""

    def decompress(self, data: bytes, /) -> bytes:
        """The bytes that a piece of the archive unpacks to."""

    @property
    def eof(self) -> bool:
        """Whether the member has ended."""

    @property
    def unused_data(self) -> bytes:
        """What came after the member's end."""


def packing(head: bytes) -> str | None:
    """``gzip``, ``bzip2`` or ``zstd`` by the first bytes of a file; None for anything else."""
    if head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F:  # a frame to skip, which pzstd begins with
        return "zstd"
    return next((name for magic, name in MAGIC.items() if head.startswith(magic)), None)


@contextmanager
def open_bytes(
    path: str | Path, ahead: bool = True, packed: Callable[[int], object] | None = None
) -> Iterator[io.BufferedReader]:
    """The unpacked bytes of a file, ``-`` being the standard input, as a buffered binary stream.

    The packing is told by the first bytes, never by the name; archives of several members are read as one. Where
    ``ahead`` is true, a thread unpacks while the caller works; ``packed`` is told how many bytes of an archive have
    been read so far. Raises InputError where the file can't be opened or is of a kind that isn't read here; where an
    archive is cut or corrupt, the error comes from reading, after every byte before the fault has been given, and
    names the byte.
    """
    name = "standard input" if str(path) == STDIN else str(path)
    with _raw(path, name) as file:
        head = file.peek(16)[:16]
        kind = packing(head)
        for magic, what in FOREIGN.items():
            if head.startswith(magic):
                raise Foreign(f"is {what}", path=name, hint="unpack or convert it; plain, gzip, bzip2, zstd are read")
        if kind is None:
            yield file
            return
        blocks = _unpacked(file, kind, name, packed)
        with _ahead(blocks) if ahead else _here(blocks) as given:
            yield io.BufferedReader(_Blocks(given), buffer_size=1 << 20)


@contextmanager
def _raw(path: str | Path, name: str) -> Iterator[io.BufferedReader[Any]]:
    if str(path) == STDIN:
        yield io.BufferedReader(_Kept(sys.stdin.buffer), buffer_size=1 << 20)
        return
    try:
        file = io.BufferedReader(io.FileIO(path), buffer_size=1 << 20)
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path=name) from None
    with file:
        yield file


def _unpacker(kind: str) -> Callable[[], Unpacker]:
    """A maker of decompressors, each for one member."""
    if kind == "gzip":
        from isal import isal_zlib

        return lambda: isal_zlib.decompressobj(wbits=31)
    if kind == "bzip2":
        import bz2

        return bz2.BZ2Decompressor
    import zstandard

    # --long=31 is the widest window that the format's own tool makes
    made = zstandard.ZstdDecompressor(max_window_size=1 << 31)
    return made.decompressobj


def _unpacked(file: BinaryIO, kind: str, name: str, told: Callable[[int], object] | None = None) -> Iterator[bytes]:
    """The archive's content, member by member. Raises InputError at a fault, naming the packed byte near it."""
    make = _unpacker(kind)
    member, at, begun = make(), 0, False
    while packed := file.read(BLOCK):
        at += len(packed)
        if told:
            told(at)
        while packed:
            if not begun and at > len(packed) and packing(packed) != kind and len(packed) >= 4:
                if not packed.strip(b"\0"):
                    break
                raise _fault(name, kind, at - len(packed), "something else follows the archive's end")
            begun = True
            try:
                block = member.decompress(packed)
            except Exception as error:  # each library has errors of its own, without a common base
                raise _fault(name, kind, at - len(packed), f"can't be unpacked: {error}") from None
            if block:
                yield block
            packed = b""
            if member.eof:
                packed, member, begun = member.unused_data, make(), False
    if begun:
        raise _fault(name, kind, at, "ends before the archive's end: the file is cut")


def _fault(name: str, kind: str, at: int, message: str) -> InputError:
    hint = f"fetch the file again, or test it with {kind} -t; what came before was read"
    return InputError(f"{message} ({kind}, at byte {at:,})", path=name, hint=hint)


class _Blocks(io.RawIOBase):
    """A raw stream over blocks of bytes as they come; an error waits until what came before it has been read."""

    def __init__(self, blocks: Iterator[bytes]) -> None:
        self._blocks, self._rest = blocks, memoryview(b"")
        self._error: InputError | None = None

    def readable(self) -> bool:
        """A stream to read from."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer as far as there are bytes."""
        view, filled = memoryview(buffer).cast("B"), 0
        while filled < len(view) and (self._rest or self._next()):
            count = min(len(view) - filled, len(self._rest))
            view[filled : filled + count] = self._rest[:count]
            self._rest = self._rest[count:]
            filled += count
        if not filled and self._error is not None:
            raise self._error
        return filled

    def _next(self) -> bool:
        try:
            self._rest = memoryview(next(self._blocks, b""))
        except InputError as error:
            self._error, self._blocks = error, iter(())
        return bool(self._rest)


class _Kept(io.RawIOBase):
    """The standard input, which stays open when its reader is closed."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        """A stream to read from."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """What there is, without waiting for more."""
        count: int = self._file.readinto1(buffer)  # type: ignore[attr-defined]
        return count


@contextmanager
def _here(blocks: Iterator[bytes]) -> Iterator[Iterator[bytes]]:
    yield blocks


@contextmanager
def _ahead(blocks: Iterator[bytes]) -> Iterator[Iterator[bytes]]:
    """The same blocks, made in a thread of their own; an error is raised here, in its turn."""
    waiting: queue.Queue[Any] = queue.Queue(AHEAD)
    stop = threading.Event()

    def put(what: object) -> None:
        while not stop.is_set():
            try:
                waiting.put(what, timeout=0.1)
            except queue.Full:
                continue
            return

    def work() -> None:
        try:
            for block in blocks:
                put(block)
                if stop.is_set():
                    return
            put(None)
        except BaseException as error:  # it belongs to the thread that reads
            put(error)

    def given() -> Iterator[bytes]:
        while (what := waiting.get()) is not None:
            if isinstance(what, BaseException):
                raise what
            yield what

    thread = threading.Thread(target=work, name="unpacking", daemon=True)
    thread.start()
    try:
        yield given()
    finally:
        stop.set()
        thread.join()
