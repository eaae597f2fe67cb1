"""Reading exports back, with three readers that know nothing of each other."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}
CASES = [
    (name, provenance)
    for name in FORMATS
    for provenance in ("none", "graphs", "statements")
    if provenance != "graphs" or name in ("jsonld", "trig", "nquads")
]
Rows = set[tuple[str, ...]]


def read(raw: bytes, name: str) -> set[ox.Quad]:
    """By pyoxigraph."""
    return set(ox.parse(raw, format=FORMATS[name]))


def rows(quads: Iterable[ox.Quad]) -> Rows:
    """Quads as plain text, so that readers can be compared."""
    return {(_name(q.subject), q.predicate.value, str(q.object), _name(q.graph_name)) for q in quads}


def _name(term: Any) -> str:
    return "" if isinstance(term, ox.DefaultGraph) else str(term.value)


def read_by_rdflib(raw: bytes, name: str) -> Rows:
    """By rdflib, literals as they are spelled."""
    import rdflib

    kept, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
    try:
        graph = rdflib.Dataset()
        syntax = {"ntriples": "nt11", "rdfxml": "xml", "jsonld": "json-ld"}.get(name, name)
        graph.parse(data=raw.decode(), format=syntax)
        default = str(graph.default_graph.identifier)
        return {
            (str(s), str(p), _from_rdflib(o), "" if g is None or str(g) == default else str(g))
            for s, p, o, g in graph.quads()
        }
    finally:
        rdflib.NORMALIZE_LITERALS = kept


def _from_rdflib(term: Any) -> str:
    import rdflib

    if not isinstance(term, rdflib.Literal):
        return str(ox.NamedNode(str(term)))
    if term.language:
        return str(ox.Literal(str(term), language=term.language))
    return str(ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None))


def read_by_pyld(raw: bytes) -> Rows:
    """By PyLD, which may load nothing."""
    from pyld import jsonld  # type: ignore[import-untyped]

    def offline(url: str, options: object) -> Any:
        raise AssertionError(f"{url} was asked for")

    found = jsonld.to_rdf(json.loads(raw), {"documentLoader": offline, "format": "application/n-quads"})
    return rows(ox.parse(found, format=ox.RdfFormat.N_QUADS))
