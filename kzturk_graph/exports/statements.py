"""Statement nodes: an assertion graph in a format without graphs, one node for each of its triples.

They are made from assertions and never from merged nodes, else two sources' qualifiers would mix. A node is
an ``rdf:Statement`` (https://www.w3.org/TR/rdf11-mt/#reification) with ``prov:wasDerivedFrom`` its assertion.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

import pyoxigraph as ox

from kzturk_graph import terms

STATEMENT = terms.BASE + "statement/"
KIND = ox.NamedNode(terms.RDF + "Statement")
TYPE = ox.NamedNode(terms.TYPE)
DERIVED_FROM = ox.NamedNode(terms.PREFIXES["prov"] + "wasDerivedFrom")
PARTS = tuple(ox.NamedNode(terms.RDF + part) for part in ("subject", "predicate", "object"))


def statement_iri(assertion: str, triple: ox.Triple) -> ox.NamedNode:
    """The name of a triple as one assertion states it: SHA-256 over both, 32 hexadecimal digits of it."""
    from hashlib import sha256  # slow to load, and most exports have no statement nodes

    return ox.NamedNode(STATEMENT + sha256(f"{assertion} {triple}".encode()).hexdigest()[:32])


def statements(graphs: Mapping[str, Set[ox.Triple]]) -> Iterator[ox.Triple]:
    """The statement nodes of assertion graphs, five triples for each triple of each graph."""
    for name, triples in graphs.items():
        assertion = ox.NamedNode(name)
        for triple in triples:
            node = statement_iri(name, triple)
            yield ox.Triple(node, TYPE, KIND)
            yield ox.Triple(node, DERIVED_FROM, assertion)
            for part, term in zip(PARTS, triple, strict=True):
                yield ox.Triple(node, part, term)


def read_statements(triples: Iterable[ox.Triple]) -> Iterator[ox.Quad]:
    """The way back: every statement as a quad of its assertion's graph, and in the default graph what none
    states.

    So the merge that stands beside the statements, each of its triples stated by one of them, is left out.
    """
    nodes: dict[str, dict[str, Any]] = {}
    rest: set[ox.Triple] = set()
    for triple in triples:
        subject, predicate, value = triple
        if subject.value.startswith(STATEMENT):
            nodes.setdefault(subject.value, {})[predicate.value] = value
        else:
            rest.add(triple)
    for node in nodes.values():
        subject, predicate, value = (node[part.value] for part in PARTS)
        rest.discard(ox.Triple(subject, predicate, value))
        yield ox.Quad(subject, predicate, value, node[DERIVED_FROM.value])
    for triple in rest:
        yield ox.Quad(*triple)
