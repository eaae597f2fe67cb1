"""Content into bytes: one writer a format, each giving the same bytes for the same triples."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.exports.content import Content
from kzturk_graph.exports.statements import STATEMENT

PREFIXES = {**terms.PREFIXES, "st": STATEMENT}
Writer = Callable[[Content, "ox.NamedNode | None"], bytes]

_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


def turtle(content: Content, first: ox.NamedNode | None) -> bytes:
    """Turtle, a property a line."""
    from kzturk_graph.exports.turtle import write_turtle

    return write_turtle(content.default, PREFIXES).encode()


def trig(content: Content, first: ox.NamedNode | None) -> bytes:
    """TriG in the layout that ``kzturk fmt`` keeps."""
    from kzturk_graph.graph.turtle.writer import write_trig

    return write_trig(content.quads(), PREFIXES).encode()


def jsonld(content: Content, first: ox.NamedNode | None) -> bytes:
    """JSON-LD under the shipped context."""
    from kzturk_graph.exports.context import read_context
    from kzturk_graph.exports.jsonld import write_jsonld

    return write_jsonld(content, read_context(), first).encode()


def ntriples(content: Content, first: ox.NamedNode | None) -> bytes:
    """N-Triples, sorted by line."""
    return _sorted(ox.serialize(content.default, format=ox.RdfFormat.N_TRIPLES))


def nquads(content: Content, first: ox.NamedNode | None) -> bytes:
    """N-Quads, sorted by line."""
    return _sorted(ox.serialize(content.quads(), format=ox.RdfFormat.N_QUADS))


def rdfxml(content: Content, first: ox.NamedNode | None) -> bytes:
    """RDF/XML. Raises UsageError for what XML can't hold: control characters, properties without a name."""
    triples = sorted(content.default, key=str)
    raw = ox.serialize(triples, format=ox.RdfFormat.RDF_XML, prefixes=PREFIXES) or b""
    if b"<oxprefix: " in raw or _NOT_XML.search(raw):
        raise UsageError("a property or a text can't be written in XML", "use --format turtle")
    return raw.replace(b"\r", b"&#13;")  # an XML reader would take a bare one for a line feed


def _sorted(raw: bytes | None) -> bytes:
    # a line feed inside a literal is escaped, so that lines are statements
    return b"".join(sorted((raw or b"").splitlines(keepends=True)))


WRITERS: dict[str, Writer] = {
    "jsonld": jsonld,
    "nquads": nquads,
    "ntriples": ntriples,
    "rdfxml": rdfxml,
    "trig": trig,
    "turtle": turtle,
}
