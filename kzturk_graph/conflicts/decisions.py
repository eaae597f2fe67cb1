"""What curators decided about assertions: which one to prefer, which to leave out, why and when; as data.

A decision is an assertion of the curator. Its graph says which assertion is preferred to which
(``kt:preferredTo``), or which has no rival and isn't to be relied on (``kt:status``), and why
(``kt:because``); beside it stand when it was taken (``kt:decidedOn``) and, on the assertion that it is
about, ``kt:status c:erroneous``, which keeps that one out of the merge.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.conflicts.model import Decision
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.selection import CURATOR

_NO_FILE = Path()
PREFERRED, BECAUSE, STATUS = (terms.kt(name) for name in ("preferredTo", "because", "status"))


def decisions(corpus: Corpus) -> tuple[Decision, ...]:
    """Every decision of the data, sorted by the assertion that it rejects."""
    found = [each for a in corpus.assertions.values() if a.source == CURATOR for each in _decided(a)]
    return tuple(sorted(found, key=lambda each: (each.rejected, each.preferred or "")))


def _decided(assertion: Assertion) -> Iterator[Decision]:
    reasons = {t.subject.value: t.object.value for t in assertion.triples if t.predicate.value == BECAUSE}  # type: ignore[union-attr]
    on = min(assertion.values("decidedOn"), default=None)
    for triple in sorted(assertion.triples, key=str):
        one, other = triple.subject.value, triple.object.value  # type: ignore[union-attr]
        if triple.predicate.value == PREFERRED:
            yield Decision(assertion.iri.value, other, one, reasons.get(other, reasons.get(one, "")), on)
        elif triple.predicate.value == STATUS and other == terms.ERRONEOUS:
            yield Decision(assertion.iri.value, one, None, reasons.get(one, ""), on)


def decisions_in_store(store: ox.Store, assertion: str) -> tuple[Decision, ...]:
    """The decisions that prefer or reject one assertion, by IRI, read from a store."""
    node, prefer = ox.NamedNode(assertion), ox.NamedNode(PREFERRED)
    graphs = {
        quad.graph_name
        for pattern in ((node, prefer, None), (None, prefer, node), (node, ox.NamedNode(STATUS), None))
        for quad in store.quads_for_pattern(*pattern)
        if isinstance(quad.graph_name, ox.NamedNode)
    }
    found = []
    for graph in sorted(graphs, key=str):
        triples = frozenset(quad.triple for quad in store.quads_for_pattern(None, None, None, graph))
        when = store.quads_for_pattern(graph, ox.NamedNode(terms.kt("decidedOn")), None, ox.DefaultGraph())
        dated = {terms.kt("decidedOn"): tuple(quad.object for quad in when)}
        found += [
            each
            for each in _decided(Assertion(graph, triples, dated, _NO_FILE))  # type: ignore[arg-type]
            if assertion in (each.preferred, each.rejected)
        ]
    return tuple(found)
