"""Finding things by part of a name, in any language and spelling."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.names import fold


@dataclass(frozen=True)
class Hit:
    """A thing that bears the text: its IRI and label, the name that matched, its kinds, and the modes that speak of
    it."""

    iri: str
    label: str
    name: str
    kinds: tuple[str, ...]
    modalities: tuple[str, ...]


class Name(NamedTuple):
    """A name in the graph: the thing that bears it, its key (see ``names.fold``), and the name as it stands."""

    node: ox.NamedNode
    key: str
    text: str


def all_names(store: ox.Store) -> list[Name]:
    """Every name of every thing, what documents call it among them."""
    return [
        Name(quad.subject, fold(quad.object.value), quad.object.value)
        for name in (*lookup.NAME_PROPERTIES, lookup.SURFACE_FORM)
        for quad in store.quads_for_pattern(None, name, None)
        if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode)
    ]


def search(
    store: ox.Store, text: str, *, language: str = "en", of: str | None = None, known: Iterable[Name] | None = None
) -> list[Hit]:
    """Things with a name that has ``text`` in it, whatever its case or accents: whole names first, then beginnings.

    What a document calls a thing counts as its name. A thing that only plans speak of is found too, and its
    ``modalities`` say so. ``known`` are the names where they have been read before. Empty where nothing matches.
    """
    key = fold(text)
    if not key:
        return []
    best: dict[ox.NamedNode, tuple[int, str]] = {}
    for name in all_names(store) if known is None else known:
        rank = _rank(name.key, key)
        if rank is not None:
            found = (rank, name.text)
            best[name.node] = min(best.get(name.node, found), found)
    hits = [
        (rank, _hit(store, node, name, language))
        for node, (rank, name) in best.items()
        if of is None or of in lookup.types(store, node)
    ]
    return [hit for _, hit in sorted(hits, key=lambda pair: (pair[0], pair[1].label, pair[1].iri))]


def _rank(name: str, key: str) -> int | None:
    if name == key:
        return 0
    if name.startswith(key):
        return 1
    if f" {key}" in name:
        return 2
    return 3 if key in name else None


def _hit(store: ox.Store, node: ox.NamedNode, name: str, language: str) -> Hit:
    kinds = tuple(sorted(lookup.types(store, node)))
    return Hit(node.value, lookup.label(store, node, language), name, kinds, _modalities(store, node))


def _modalities(store: ox.Store, node: ox.NamedNode) -> tuple[str, ...]:
    modality = ox.NamedNode(terms.kt("modality"))
    graphs = {quad.graph_name for quad in store.quads_for_pattern(node, None, None)} - {ox.DefaultGraph()}
    modes = {
        terms.local(quad.object.value)  # type: ignore[union-attr]
        for graph in graphs
        for quad in store.quads_for_pattern(graph, modality, None, ox.DefaultGraph())  # type: ignore[arg-type]
    }
    return tuple(sorted(modes))
