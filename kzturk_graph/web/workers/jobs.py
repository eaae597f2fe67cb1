"""What goes to a worker and what comes back: a job, an outcome, and both as bytes.

A message is a frame: the length of its head and of its body, four bytes each, little-endian; the head is JSON, the body
is the answer as it goes to the client. Nothing is unpickled, so a worker that has gone bad can't run code in the
server.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import orjson

_LENGTHS = struct.Struct("<II")
HEADER = _LENGTHS.size


@dataclass(frozen=True)
class Job:
    """A query with all that its answer depends on.

    ``rows_format`` is a name in ``formats.ROWS``, ``graph_format`` one in ``formats.GRAPHS``; None where the client
    takes none of them. The graphs are IRIs, None where the request names none. Limits are those of Settings;
    ``compression`` is ``gzip``, ``zstd`` or None.
    """

    query: str
    rows_format: str | None = "json"
    graph_format: str | None = "turtle"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    modalities: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    as_of: str | None = None
    undated: str = "exclude"
    cite: str | None = None
    language: str = "en"
    compression: str | None = None
    rows: int = 10_000
    size: int = 20_000_000
    seconds: float = 10
    nesting: int = 100

    @cached_property
    def encoded(self) -> bytes:
        """The job as a frame; what is as by default is left out."""
        return frame({name: value for name, value in self.__dict__.items() if value != _DEFAULTS.get(name)})


_DEFAULTS: dict[str, Any] = {each.name: each.default for each in fields(Job) if each.name != "query"}


@dataclass(frozen=True)
class Outcome:
    """What became of a job: an HTTP status, headers for the client, and the body."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def cut(self) -> bool:
        """Whether the answer is only the beginning of the whole."""
        return any(name == CUT for name, _ in self.headers)

    def encoded(self) -> bytes:
        """The outcome as a frame."""
        return frame({"status": self.status, "headers": self.headers}, self.body)


CUT = "x-kzturk-truncated"
"""The header that says why an answer is cut; absent where it is whole."""


def frame(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A head and a body as one message."""
    packed = orjson.dumps(head)
    return b"".join((_LENGTHS.pack(len(packed), len(body)), packed, body))


def length(header: bytes | bytearray) -> int:
    """The length of a message, all of it, from its first ``HEADER`` bytes."""
    head, body = _LENGTHS.unpack_from(header)
    return HEADER + head + body  # type: ignore[no-any-return]


def job_of(message: bytes | bytearray) -> Job:
    """The job in a message."""
    head, _ = _LENGTHS.unpack_from(message)
    given = orjson.loads(memoryview(message)[HEADER : HEADER + head])
    listed: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in given.items()}
    return Job(**listed)


def outcome_of(message: bytes | bytearray) -> Outcome:
    """The outcome in a message."""
    head, _ = _LENGTHS.unpack_from(message)
    given = orjson.loads(memoryview(message)[HEADER : HEADER + head])
    headers = tuple((name, value) for name, value in given["headers"])
    return Outcome(given["status"], headers, bytes(memoryview(message)[HEADER + head :]))
