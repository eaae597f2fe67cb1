"""How much the graph holds."""

from __future__ import annotations

import pyoxigraph as ox

from kzturk_graph import terms

_PREFIX = f"PREFIX kt: <{terms.ONTOLOGY}> PREFIX c: <{terms.CONCEPT}> "


def counts(store: ox.Store) -> dict[str, dict[str, int]]:
    """Group → name → count: the whole, assertions by modality and by document, things by class (of the facts)."""
    return {
        "whole": {
            "documents": _one(store, "SELECT (COUNT(DISTINCT ?d) AS ?n) { ?p kt:document ?d }"),
            "passages": _one(store, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?p kt:number ?i }"),
            "assertions": _one(store, "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a kt:modality ?m }"),
            "triples stated as fact": _one(
                store,
                "SELECT (COUNT(*) AS ?n) {"
                " SELECT DISTINCT ?s ?p ?o { ?a kt:modality c:fact . GRAPH ?a { ?s ?p ?o } } }",
            ),
            "triples stated otherwise": _one(
                store,
                "SELECT (COUNT(*) AS ?n) {"
                " SELECT DISTINCT ?s ?p ?o { ?a kt:modality ?m . FILTER(?m != c:fact) GRAPH ?a { ?s ?p ?o } } }",
            ),
        },
        "assertions by modality": _by(store, "?x kt:modality ?key"),
        "assertions by document": _by(store, "?x kt:passage/kt:document ?key"),
        "things by class": _by(store, "?a kt:modality c:fact . GRAPH ?a { ?x a ?key }"),
    }


def _one(store: ox.Store, query: str) -> int:
    solution = next(iter(store.query(_PREFIX + query)))  # type: ignore[arg-type]
    return int(solution["n"].value)


def _by(store: ox.Store, pattern: str) -> dict[str, int]:
    query = f"SELECT ?key (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }} GROUP BY ?key ORDER BY DESC(?n) STR(?key)"
    return {terms.local(row["key"].value): int(row["n"].value) for row in store.query(_PREFIX + query)}  # type: ignore[union-attr]
