"""The memory graph that pySHACL works on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox
import rdflib
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

from kzturk_graph import terms
from kzturk_graph.graph.interop import term


class PlainGraph(rdflib.Graph):
    """A memory graph that reads a query's text once.

    pySHACL asks a constraint's query anew for each focus node, and rdflib spends nine tenths of the answer on
    parsing it.
    """

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._read: dict[str, Query] = {}

    def query(self, query_object: str | Query, *args: Any, **options: Any) -> Any:
        """As ``rdflib.Graph.query``."""
        if isinstance(query_object, str):
            names = options.get("initNs") or {}
            key = repr((query_object, sorted(names.items())))
            if key not in self._read:
                self._read[key] = prepareQuery(query_object, initNs=names)
            query_object = self._read[key]
        return super().query(query_object, *args, **options)


def plain_graph(triples: Iterable[ox.Triple]) -> PlainGraph:
    """The triples in a memory graph, with our prefixes."""
    made = PlainGraph()
    for prefix, namespace in terms.PREFIXES.items():
        made.bind(prefix, namespace)
    for each in triples:
        made.add((term(each.subject), term(each.predicate), term(each.object)))
    return made
