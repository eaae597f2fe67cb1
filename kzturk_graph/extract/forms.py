"""The formats of a slice, entity by entity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kzturk_graph.errors import UnknownName, UsageError
from kzturk_graph.extract.entities import Document, Unreadable
from kzturk_graph.extract.model import FORMATS

if TYPE_CHECKING:
    import pyoxigraph as ox

SUFFIXES = {".json": "json", ".nt": "nt", ".ttl": "ttl"}


def format_of(path: str, format: str | None) -> str:
    """The format that is asked for, else the one of the file's name.

    Raises UnknownName for a format that isn't one, UsageError where the name tells none.
    """
    if format is not None:
        if format not in FORMATS:
            raise UnknownName("format", format, list(FORMATS))
        return format
    suffix = Path(path).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"the name {path!r} doesn't tell a format",
            f"name a file in {', '.join(sorted(SUFFIXES))}, or say --format {'|'.join(FORMATS)}",
        )
    return SUFFIXES[suffix]


@dataclass(frozen=True)
class Form:
    """How a slice is written: what stands before, between and after its entities; JSON in the dumps' own layout."""

    name: str

    def start(self) -> bytes:
        """What the file begins with."""
        if self.name == "ttl":
            return _prefix_lines()
        return b"[\n" if self.name == "json" else b""

    def between(self) -> bytes:
        """What stands between two entities."""
        return b",\n" if self.name == "json" else b""

    def end(self, empty: bool) -> bytes:
        """What the file ends with."""
        if self.name != "json":
            return b""
        return b"]\n" if empty else b"\n]\n"

    def record(self, document: Document, line: bytes | None, say: Callable[[str], None]) -> bytes:
        """An entity; as JSON it is the dump's own ``line`` where there is one. ``say`` is told of parts that RDF can't
        have because they aren't understood. Raises Unreadable where nothing is.
        """
        if self.name == "json":
            import orjson

            return line if line is not None else orjson.dumps(document)
        return _rdf(document, self.name, say)


@cache
def _prefixes() -> dict[str, str]:
    from kzturk_graph.wikibase import rdf_writer

    return rdf_writer.turtle_prefixes()


@cache
def _prefix_lines() -> bytes:
    import pyoxigraph as ox

    some = ox.NamedNode("https://example.org/")  # without a triple, no prefixes are written
    lines = _serialized([ox.Triple(some, some, some)], "ttl").splitlines(keepends=True)
    return b"".join(line for line in lines if line.startswith(b"@prefix "))


def _rdf(document: Document, name: str, say: Callable[[str], None]) -> bytes:
    """The entity's triples; in Turtle without the prefixes, which the file has at its head."""
    from kzturk_graph.wikibase import json_reader, rdf_writer

    try:
        entity = json_reader.entity(document, say)
        counted = rdf_writer.counts(entity) if entity.type == "item" and not entity.redirect else ()
        triples = _grouped(chain(rdf_writer.triples(entity), counted))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable(f"can't be written as RDF: {error}") from None
    written = _serialized(triples, name)
    return written.removeprefix(_prefix_lines()) if name == "ttl" else written


def _grouped(triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """Each triple once, those of a subject together."""
    by_subject: dict[object, list[ox.Triple]] = {}
    for triple in dict.fromkeys(triples):
        by_subject.setdefault(triple.subject, []).append(triple)
    return [triple for given in by_subject.values() for triple in given]


def _serialized(triples: Iterable[ox.Triple], name: str) -> bytes:
    import pyoxigraph as ox

    if name == "nt":
        written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    else:
        written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_prefixes())
    assert written is not None  # no output file is named, so the bytes come back
    return written
