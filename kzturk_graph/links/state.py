"""Where each of our things stands: linked, rejected, not found, not looked up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import UnknownName
from kzturk_graph.graph import lookup
from kzturk_graph.graph.store import open_store
from kzturk_graph.links import keys
from kzturk_graph.links.model import STATUSES, Link, Links


@dataclass(frozen=True)
class State:
    """A thing of ours with the judgements on it: ``items`` are the ids that it is, ``rejected`` those that it isn't."""

    iri: str
    label: str
    kinds: tuple[str, ...]
    status: str
    items: tuple[str, ...]
    rejected: tuple[str, ...]
    rows: tuple[Link, ...]
    keys: keys.Keys

    @property
    def id(self) -> str:
        """Its IRI as a CURIE."""
        return terms.curie(self.iri)


def states(links: Links, *, statuses: Collection[str] = (), of: str | None = None, language: str = "en") -> list[State]:
    """All things that can have a counterpart elsewhere, and those that a row speaks of, by IRI.

    ``statuses`` (all where it is empty) and ``of``, the local name of a class, choose among them. Raises UnknownName
    for a status or class that isn't one.
    """
    for status in statuses:
        if status not in STATUSES:
            raise UnknownName("status", status, list(STATUSES))
    store = open_store()
    known = {*keys.linkable(store), *(row.subject for row in links)}
    if of is not None:
        typed = {iri: lookup.types(store, ox.NamedNode(iri)) for iri in known}
        allowed = set().union(*typed.values())
        if of not in allowed:
            raise UnknownName("class", of, sorted(allowed))
        known = {iri for iri in known if of in typed[iri]}
    wanted = [iri for iri in sorted(known) if not statuses or links.status(iri) in statuses]
    return [_state(store, links, iri, language) for iri in wanted]


def _state(store: ox.Store, links: Links, iri: str, language: str) -> State:
    return State(
        iri,
        lookup.label(store, ox.NamedNode(iri), language),
        keys.kinds(store, iri),
        links.status(iri),
        links.accepted.get(iri, ()),
        links.rejected.get(iri, ()),
        links.of(iri),
        keys.keys(store, iri),
    )
