"""What the shell offers for a thing or a choice: slugs with their labels."""

from __future__ import annotations

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.graph.store import open_store
from kzturk_graph.queries.parameters import scheme_concepts


def slugs(of: str | None = None, scheme: str | None = None) -> dict[str, str]:
    """Slug → English label of every named thing, those of a class or of a concept scheme only where one is given."""
    store = open_store()
    if scheme is not None:
        return {terms.local(iri): lookup.label(store, ox.NamedNode(iri)) for iri in scheme_concepts(store, scheme)}
    found: dict[str, str] = {}
    for quad in store.quads_for_pattern(None, lookup.TYPE, None):
        iri = quad.subject.value  # type: ignore[union-attr]
        fits = of is None or terms.local(quad.object.value) == of  # type: ignore[union-attr]
        if fits and iri.startswith((terms.ENTITY, terms.DOCUMENT)):
            found[terms.local(iri)] = lookup.label(store, ox.NamedNode(iri))
    return dict(sorted(found.items()))
