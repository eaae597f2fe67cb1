"""What the graph says about one thing, cut out of the assertions that say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.exports.content import Graphs
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.labels import generated_labels

NAMES = tuple(ox.NamedNode(iri) for iri in (terms.PREF_LABEL, terms.LABEL, terms.PREFIXES["dcterms"] + "title"))


def describe(assertions: Mapping[str, Assertion], node: ox.NamedNode) -> Graphs:
    """Of each assertion what it says about the node; empty where none says anything.

    That is: every triple about the node and about whatever points to it (reports, tenures, visits, sessions,
    …), the names of all that these mention, and whole each assertion that the node is the passage, voice or
    name of.
    """
    near = {node} | {t.subject for each in assertions.values() for t in each.triples if t.object == node}
    found: Graphs = {}
    for name, assertion in assertions.items():
        whole = assertion.iri == node or any(node in values for values in assertion.metadata.values())
        found[name] = assertion.triples if whole else frozenset(t for t in assertion.triples if t.subject in near)
    if not any(found.values()):
        return {}
    mentioned = mentions(t for triples in found.values() for t in triples)
    for name, assertion in assertions.items():
        found[name] |= frozenset(names(assertion.triples, mentioned))
    return {name: triples for name, triples in found.items() if triples}


def mentions(triples: Iterable[ox.Triple]) -> set[ox.NamedNode]:
    """The things that triples are about or refer to."""
    return {term for triple in triples for term in (triple.subject, triple.object) if isinstance(term, ox.NamedNode)}


def names(triples: Iterable[ox.Triple], things: set[ox.NamedNode]) -> Iterator[ox.Triple]:
    """Those of the triples that give a preferred label or title of one of the things."""
    for triple in triples:
        if triple.predicate in NAMES and triple.subject in things:
            yield triple


def derived_names(corpus: Corpus, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """Names that no assertion states of what the triples mention: concepts' own, and those from templates."""
    mentioned = mentions(triples)
    yield from names(corpus.vocabulary, mentioned)
    yield from names(generated_labels(corpus), mentioned)
