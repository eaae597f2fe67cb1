"""A dump as pieces to search: ranges of a plain file, which several processes can read, or blocks of a stream."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from kzturk_graph.errors import InputError
from kzturk_graph.extract.blocks import SIZE, Block, blocks, line_start, skip
from kzturk_graph.wikibase.streams import STDIN, open_bytes, packing

PIECE = 1 << 25
"""How much of the unpacked dump one piece has, in bytes."""
HEAD = 1 << 16
BOM = b"\xef\xbb\xbf"
MANY_LINES = re.compile(rb'\[?\s*\{\s*\n\s*"')
"""The beginning of a document that goes on in the lines below."""
HINT = "extract reads Wikibase JSON in the dump layout, an entity a line: plain, gzip, bzip2 or zstd"


class Range(NamedTuple):
    """The lines of a plain file that begin from byte ``at`` on and before byte ``end``."""

    path: str
    at: int
    end: int

    def blocks(self) -> Iterator[Block]:
        """Its lines."""
        with open(self.path, "rb", buffering=0) as file:
            start = line_start(file, self.at, self.end)
            if start < self.end:
                yield from blocks(file.readinto, start, self.end)


class Dump:
    """A dump by its path (``-``: the standard input). Raises InputError where it can't be read or isn't JSON."""

    def __init__(self, path: str, piece: int = PIECE) -> None:
        self.path, self.name, self.piece = path, "standard input" if path == STDIN else path, piece
        self.once = once(path)
        self.stream = self.once
        self.size: int | None = None
        self.packed = 0
        """How many bytes of the file, as it is on the disk, were read in this pass."""
        self.asked: dict[str, Any] = {"dump": None}
        if not self.once:
            self._look()

    def _look(self) -> None:
        with open_bytes(self.path, ahead=False) as opened:
            first = opened.peek(HEAD)[:HEAD] if os.stat(self.path).st_size else b""
        check(first, self.name)
        with open(self.path, "rb") as file:
            status, head = os.fstat(file.fileno()), file.read(HEAD)
        self.stream = packing(head) is not None
        self.size = status.st_size
        self.asked = self._print(status, head)

    def _print(self, status: os.stat_result, head: bytes) -> dict[str, Any]:
        return {"dump": [status.st_size, status.st_mtime_ns, hashlib.sha256(head).hexdigest()]}

    def unchanged(self) -> None:
        """Raises InputError where the file isn't any more what it was at the start."""
        if self.size is None:
            return
        with open(self.path, "rb") as file:
            now = self._print(os.fstat(file.fileno()), file.read(HEAD))
        if now != self.asked:
            raise InputError("changed while it was read", path=self.name, hint="extract again from the finished file")

    @contextmanager
    def pieces(self, at: int) -> Iterator[Iterator[Range | Block]]:
        """The dump from its unpacked byte ``at`` on: ranges of a plain file, blocks of a stream.

        The blocks share a buffer: each is to be searched before the next. A stream's error (Cut) comes after all whole
        lines before it.
        """
        self.packed = at
        if not self.stream:
            assert self.size is not None
            size, path = self.size, self.path
            yield (Range(path, start, min(start + self.piece, size)) for start in range(at, size, self.piece))
            return
        with open_bytes(self.path, packed=self._told) as opened:
            read: Callable[[memoryview], int] = opened.readinto1
            if self.once:
                check(opened.peek(HEAD)[:HEAD], self.name)
            skip(read, at)
            yield blocks(read, at, size=min(SIZE, self.piece))

    def _told(self, count: int) -> None:
        self.packed = count


def once(path: str) -> bool:
    """Whether it can be read only once: the standard input, a pipe."""
    return path == STDIN or (os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path))


def check(first: bytes, name: str) -> None:
    """Raises InputError where a file that begins with these bytes can't be Wikibase JSON."""
    text = first.removeprefix(BOM).lstrip()
    if not text:
        raise InputError("is empty", path=name, hint=HINT)
    if MANY_LINES.match(text):
        hint = f"{HINT}; jq -c '.[]' FILE makes it of an array"
        raise InputError("has documents over several lines", path=name, line=1, hint=hint)
    if text[:1] in (b"{", b"[") or text.startswith(b"null"):
        return
    shown = text[:40].decode(errors="replace").splitlines()[0]
    raise InputError(f"isn't JSON: it begins with {shown!r}", path=name, line=1, hint=HINT)
