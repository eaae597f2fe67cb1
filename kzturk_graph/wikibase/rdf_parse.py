"""Triples from a stream in any RDF format, with what Wikibase's own RDF/XML gets wrong put right."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph.errors import InputError
from kzturk_graph.wikibase import formats
from kzturk_graph.wikibase.problems import Problems

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FORMATS = {
    formats.N_TRIPLES: ox.RdfFormat.N_TRIPLES,
    formats.N_QUADS: ox.RdfFormat.N_QUADS,
    formats.TURTLE: ox.RdfFormat.TRIG,  # of which Turtle is a part
    formats.RDF_XML: ox.RdfFormat.RDF_XML,
    formats.JSON_LD: ox.RdfFormat.JSON_LD,
}
BASE = "http://www.wikidata.org/"
BLOCK = 1 << 18

_OWNED = re.compile(rb"\s*<[^>]*?/(?:entity/(?:statement/)?|statement/|Special:EntityData/)([QPLMqplm][0-9]+)\b")

_NODE_ID = re.compile(rb"(<[\w:.-]+[^<>]*?\bnodeID\s*=\s*)([\"'])([^\"'<>]*)\2")


def triples(
    stream: io.BufferedReader, kind: str, name: str, problems: Problems, wanted: frozenset[str] | None = None
) -> Iterator[ox.Quad]:
    """The triples of a stream. Lines of N-Triples and N-Quads that can't be parsed are counted and passed over.

    Where only some ids are ``wanted``, lines about other entities aren't parsed; triples of them may come nonetheless.

    Raises InputError with line and column at the first fault of the other formats, which can't be read past one.
    """
    form = FORMATS[kind]
    if kind in (formats.N_TRIPLES, formats.N_QUADS):
        yield from _by_line(stream, form, name, problems, wanted)
        return
    source = io.BufferedReader(_NodeIds(stream)) if kind == formats.RDF_XML else stream
    try:
        yield from ox.parse(source, format=form, base_iri=BASE, lenient=True)
    except SyntaxError as error:
        raise InputError(
            f"isn't well-formed {kind}: {error.msg}",
            path=name,
            line=error.lineno,
            column=error.offset,
            hint="fetch the file again if it is cut; what came before was read",
        ) from None


def _by_line(
    stream: io.BufferedReader, form: ox.RdfFormat, name: str, problems: Problems, wanted: frozenset[str] | None
) -> Iterator[ox.Quad]:
    line, rest = 1, b""
    ids = None if wanted is None else {each.encode() for each in wanted}

    def block_of(text: bytes) -> Iterator[ox.Quad]:
        return _block(text if ids is None else _only(text, ids), line, form, name, problems)

    while block := stream.read1(BLOCK):
        whole, end, rest = (rest + block).rpartition(b"\n")
        if end:
            yield from block_of(whole)
            line += whole.count(b"\n") + 1
    if rest:
        yield from block_of(rest)


def _only(block: bytes, ids: set[bytes]) -> bytes:
    """The block with the lines about other entities emptied, so that the others keep their numbers; datatypes stay."""
    kept = []
    for line in block.split(b"\n"):
        found = _OWNED.match(line)
        kept.append(b"" if found and found[1].upper() not in ids and b"#propertyType>" not in line else line)
    return b"\n".join(kept)


def _block(block: bytes, line: int, form: ox.RdfFormat, name: str, problems: Problems) -> Iterator[ox.Quad]:
    while block:
        try:
            yield from ox.parse(block, format=form, lenient=True)
        except SyntaxError as error:
            lines = block.split(b"\n")
            bad = max(error.lineno or 1, 1)
            text = lines[bad - 1].strip() if bad <= len(lines) else b""
            if text.startswith((b"{", b"[{")):
                hint = "split it: a file has one format"
                raise InputError(
                    "is JSON, but the file began as RDF", path=name, line=line + bad - 1, hint=hint
                ) from None
            problems.add(name, line + bad - 1, f"isn't a triple: {error.msg.rpartition(': ')[2]}")
            block, line = b"\n".join(lines[bad:]), line + bad
        else:
            return


class _NodeIds(io.RawIOBase):
    """RDF/XML whose ``rdf:nodeID``s are made valid names: Wikibase writes hashes, which may begin with a digit."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream, self._text, self._ready = stream, b"", memoryview(b"")

    def readable(self) -> bool:
        """A stream to read from."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer with whole tags, put right."""
        view = memoryview(buffer).cast("B")
        while not self._ready:
            block = self._stream.read1(BLOCK)
            whole, end, rest = (self._text + block).rpartition(b">")
            if not block:
                whole, end, rest = self._text, b"", b""
            self._text = rest
            self._ready = memoryview(_NODE_ID.sub(_valid, whole + end))
            if not block:
                break
        count = min(len(view), len(self._ready))
        view[:count] = self._ready[:count]
        self._ready = self._ready[count:]
        return count


def _valid(found: re.Match[bytes]) -> bytes:
    """The tag with a node id that XML takes for a name: a letter before it, other signs by their number."""
    name = re.sub(rb"[^A-Za-z0-9_]", lambda sign: b"-%02x" % sign[0][0], found[3])
    return found[1] + found[2] + b"n" + name + found[2]
