"""HermiT over RDF files, by owlready2: which classes are empty, and whether all can be true together."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.files import read_quads

OWL = terms.PREFIXES["owl"]
TYPE, DOMAIN, RANGE = (ox.NamedNode(iri) for iri in (terms.TYPE, terms.RDFS + "domain", terms.RDFS + "range"))
DATES = tuple(ox.NamedNode(iri) for iri in (terms.EDTF, terms.XSD + "date"))
SCHEMA = (terms.RDF, OWL, *(terms.RDFS + name for name in ("subClassOf", "subPropertyOf", "domain", "range")))


class Inconsistent(Exception):
    """What was given can't all be true."""


def logic(paths: Iterable[Path]) -> set[ox.Triple]:
    """What files say to a reasoner: the OWL in them, without labels and notes.

    HermiT knows neither EDTF nor ``xsd:date``, so the ranges that are dates are left out.
    """
    triples = {quad.triple for path in paths for quad in read_quads(path)}
    return {
        triple
        for triple in triples
        if triple.predicate.value.startswith(SCHEMA)
        and not isinstance(triple.object, ox.Literal)
        and not (triple.predicate == RANGE and triple.object in DATES)
    }


def things(facts: Iterable[ox.Triple], schema: Iterable[ox.Triple]) -> set[ox.Triple]:
    """What facts say to a reasoner: types, and object properties between things.

    A literal is left out, but what its property's domain says of the thing that has it is kept as a type.
    """
    schema = set(schema)
    domains: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for triple in schema:
        if triple.predicate == DOMAIN:
            domains.setdefault(triple.subject, []).append(triple.object)  # type: ignore[arg-type]
    joins = {t.subject for t in schema if t.predicate == TYPE and t.object == ox.NamedNode(OWL + "ObjectProperty")}
    found: set[ox.Triple] = set()
    for triple in facts:
        if triple.predicate == TYPE or (triple.predicate in joins and isinstance(triple.object, ox.NamedNode)):
            found.add(triple)
        found |= {ox.Triple(triple.subject, TYPE, domain) for domain in domains.get(triple.predicate, ())}
    return found


def unsatisfiable(triples: Iterable[ox.Triple]) -> set[str]:
    """The IRIs of the classes that can have no member. Raises Inconsistent where the whole can't be true."""
    import owlready2  # type: ignore[import-untyped]

    world = owlready2.World()
    data = BytesIO()
    ox.serialize(sorted(triples, key=str), output=data, format=ox.RdfFormat.N_TRIPLES)
    data.seek(0)
    world.get_ontology("https://example.org/checked").load(fileobj=data)
    try:
        owlready2.sync_reasoner_hermit(world, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        raise Inconsistent from None
    return {each.iri for each in world.inconsistent_classes()}
