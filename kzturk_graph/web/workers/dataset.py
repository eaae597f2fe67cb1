"""The dataset that a request asks for: graphs of the store, merged where there are several; nothing is fetched."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import urljoin

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.queries.tokens import Token, meaningful


class Dataset(NamedTuple):
    """A store with the graphs that the engine is to use of it; None for those that the query itself says."""

    store: ox.Store
    default_graph: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
    named_graphs: list[ox.NamedNode | ox.BlankNode] | None = None


def chosen(
    store: ox.Store, query: str, default_graphs: Iterable[str] | None, named_graphs: Iterable[str] | None
) -> Dataset:
    """The dataset of a request: what it names itself, else what the query's FROM and FROM NAMED name, else all.

    Several default graphs are merged into one as a set: the engine would count a triple once for each graph that holds
    it. A graph that the store doesn't have is empty. Raises UsageError for a name that isn't an IRI.
    """
    if default_graphs is None and named_graphs is None:
        if "from" not in query.lower():
            return Dataset(store)
        default_graphs, named_graphs = clauses(query)
        if len(default_graphs) < 2:
            return Dataset(store)
    defaults = [_node(iri) for iri in dict.fromkeys(default_graphs or ())]
    named = [_node(iri) for iri in dict.fromkeys(named_graphs or ())]
    if len(defaults) < 2:
        return Dataset(store, list(defaults), list(named))
    merged = ox.Store()
    for graph in defaults:
        merged.extend(
            ox.Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph)
        )
    for graph in named:
        merged.extend(store.quads_for_pattern(None, None, None, graph))
    return Dataset(merged, [ox.DefaultGraph()], list(named))


def clauses(query: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The IRIs that the FROM and the FROM NAMED clauses of a query name."""
    prefixes, base = dict(terms.PREFIXES), terms.BASE
    default: list[str] = []
    named: list[str] = []
    pieces = meaningful(query)
    for place, token in enumerate(pieces):
        following = [*pieces[place + 1 : place + 3], Token("", "", 0), Token("", "", 0)]
        word = token.text.upper() if token.kind == "word" else ""
        if word == "PREFIX" and following[1].kind == "iri":
            prefixes[following[0].text.partition(":")[0]] = urljoin(base, following[1].text[1:-1])
        elif word == "BASE" and following[0].kind == "iri":
            base = urljoin(base, following[0].text[1:-1])
        elif word == "FROM":
            is_named = following[0].text.upper() == "NAMED"
            iri = _iri(following[1] if is_named else following[0], prefixes, base)
            if iri is not None:
                (named if is_named else default).append(iri)
    return tuple(default), tuple(named)


def _iri(token: Token, prefixes: dict[str, str], base: str) -> str | None:
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes[prefix] + local.replace("\\", "") if token.kind == "name" and prefix in prefixes else None


def _node(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise UsageError(f"{iri!r} isn't an absolute IRI", "name a graph by its IRI") from None
