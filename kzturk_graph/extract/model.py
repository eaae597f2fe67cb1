"""What an extraction is asked for, what it tells on its way, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kzturk_graph.wikibase.problems import Problems

FORMATS = ("json", "nt", "ttl")
"""The dump layout of Wikibase JSON, N-Triples and Turtle."""


@dataclass(frozen=True)
class Request:
    """A slice of a dump: the entities ``seeds``, and what is up to ``hops`` steps away from them.

    A step goes from an entity to those that it mentions as values; with ``incoming`` also to those that mention it.
    Where ``languages`` or ``properties`` are given, only these are written (and followed).
    """

    seeds: frozenset[str]
    hops: int = 0
    incoming: bool = False
    languages: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    format: str = "json"


class Record(NamedTuple):
    """An entity of the slice: its id, its bytes in the slice's format, the ids to look for in the next pass."""

    id: str
    data: bytes
    leads: tuple[str, ...] = ()


class Skipped(NamedTuple):
    """A line that was left out. ``line`` counts from 0 within the piece that was read, ``at`` is the line's first byte
    in the unpacked dump.
    """

    line: int
    at: int
    reason: str


class Candidate(NamedTuple):
    """A line that may hold something of the slice: its number from 0 and its place as of ``Skipped``, its bytes."""

    line: int
    at: int
    text: bytes


@dataclass
class Found:
    """What a piece of a dump gave: lines and bytes read, entities seen, those of the slice, what was left out; and
    whether the dump's array opens or closes in it. ``candidates`` are still to be read.
    """

    lines: int = 0
    length: int = 0
    entities: int = 0
    nulls: int = 0
    candidates: list[Candidate] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    opens: bool = False
    closes: bool = False


class Progress(NamedTuple):
    """Where an extraction is: the pass (from 0) of so many at most, how much of the dump it has read (``done`` of
    ``total``, bytes of the file as it is on the disk; None where that isn't known), unpacked bytes, and entities found.
    """

    step: int
    steps: int
    done: int
    total: int | None
    unpacked: int
    found: int


@dataclass(frozen=True)
class Extraction:
    """How an extraction ended: the number of entities that each pass found, in order; seeds that the dump doesn't
    have; targets of redirects that weren't looked for (a stream is read once); entities, and lines that hold ``null``,
    in the dump; and what was left out.
    """

    passes: tuple[int, ...]
    missing: tuple[str, ...]
    unresolved: tuple[str, ...]
    entities: int
    nulls: int
    problems: Problems

    @property
    def found(self) -> int:
        """The number of entities in the slice."""
        return sum(self.passes)
