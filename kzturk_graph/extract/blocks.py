"""Bytes as blocks of whole lines, from a stream or from a range of a file, through one buffer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import BinaryIO, NamedTuple

from kzturk_graph.errors import InputError

SIZE = 1 << 20
"""A block stays in the processor's cache: larger ones were slower."""
LONGEST = 1 << 29
"""The longest line that is read, in bytes; Wikidata's own are below 10 MB."""
SKIP = 1 << 24


class Block(NamedTuple):
    """Whole lines: the first ``length`` bytes of ``buffer``, of which the first is byte ``at`` of the unpacked dump.

    A bytearray is used again for the next block.
    """

    at: int
    buffer: bytearray | bytes
    length: int


class Cut(Exception):
    """A stream that broke off within, or after, the line that begins at byte ``at``."""

    def __init__(self, at: int, reason: str) -> None:
        super().__init__(reason)
        self.at, self.reason = at, reason


def blocks(read: Callable[[memoryview], int], at: int, end: int | None = None, size: int = SIZE) -> Iterator[Block]:
    """Blocks of the lines that begin before byte ``end`` (None: all), of a stream whose next byte is byte ``at``.

    The last line may lack its newline. Raises Cut where the stream breaks off, after all whole lines before.
    """
    buffer, kept = bytearray(size), 0
    while True:
        if kept == len(buffer):
            buffer = _larger(buffer, at)
        try:
            got = read(memoryview(buffer)[kept:])
        except InputError as error:
            raise Cut(at, error.message) from None
        if not got:
            if kept:
                yield Block(at, buffer, kept)
            return
        have = kept + got
        stop = buffer.rfind(b"\n", kept, have) + 1
        if stop and end is not None and at + stop >= end:
            # the line that holds the byte before the end is the last that begins before it
            yield Block(at, buffer, buffer.find(b"\n", max(0, end - 1 - at), have) + 1)
            return
        if stop:
            yield Block(at, buffer, stop)
            buffer[: have - stop] = buffer[stop:have]
        at, kept = at + stop, have - stop


def _larger(buffer: bytearray, at: int) -> bytearray:
    if len(buffer) >= LONGEST:
        raise InputError(
            f"the line at byte {at:,} is longer than {LONGEST:,} bytes",
            hint="the dump layout has one entity a line; jq -c '.[]' FILE makes it of an array",
        )
    return buffer + bytearray(len(buffer))


def line_start(file: BinaryIO, at: int, end: int) -> int:
    """The first byte from ``at`` on at which a line begins, the file left there; ``end`` where none does before it."""
    if at == 0:
        file.seek(0)
        return 0
    file.seek(at - 1)
    here = at - 1
    while here < end and (piece := file.read(SIZE)):
        newline = piece.find(b"\n")
        if newline >= 0:
            here = min(end, here + newline + 1)
            file.seek(here)
            return here
        here += len(piece)
    return end


def skip(read: Callable[[memoryview], int], count: int) -> None:
    """Read ``count`` bytes of a stream away. Raises InputError where it hasn't so many."""
    buffer = memoryview(bytearray(min(SKIP, max(1, count))))
    while count:
        got = read(buffer[:count])
        if not got:
            raise InputError("ends before the place where the last run stopped", hint="start again without --resume")
        count -= got
