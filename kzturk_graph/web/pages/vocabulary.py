"""Pages of the ontology's terms and of concepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.web.pages.page import Page, Written

if TYPE_CHECKING:
    from kzturk_graph.web.pages.index import Index

_TEXTS = {terms.SKOS + name for name in ("definition", "scopeNote", "example")}
_NAMES = {terms.LABEL, terms.PREF_LABEL, terms.ALT_LABEL}
_IN_SCHEME = ox.NamedNode(terms.SKOS + "inScheme")
SHOWN = 50
"""How many of the things that use a term its page shows."""


def term(page: Page, iri: str) -> Written:
    """A term of the ontology or a concept: names, definition, and what uses it."""
    from kzturk_graph.web.pages.things import downloads

    store, node = page.desk.site.store, ox.NamedNode(iri)
    names: dict[str, list[str]] = {}
    texts: list[tuple[str, str, str]] = []
    lines: dict[str, list[ox.NamedNode | ox.Literal]] = {}
    for quad in sorted(store.quads_for_pattern(node, None, None, ox.DefaultGraph()), key=str):
        name, value = quad.predicate.value, quad.object
        if name in _NAMES and isinstance(value, ox.Literal):
            names.setdefault(value.language or "en", []).append(value.value)
        elif name in _TEXTS and isinstance(value, ox.Literal):
            texts.append((name, page.label(name), value.value))
        elif isinstance(value, ox.NamedNode | ox.Literal):
            lines.setdefault(name, []).append(value)
    members = [quad.subject.value for quad in store.quads_for_pattern(None, _IN_SCHEME, node, ox.DefaultGraph())]  # type: ignore[union-attr]
    below = [
        quad.subject.value  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, ox.NamedNode(terms.RDFS + "subClassOf"), node, ox.DefaultGraph())
    ]
    uses = users(page.index, iri)
    return page.html(
        "term.html",
        iri=iri,
        names=names,
        texts=texts,
        lines=[(page.label(name), [page.writer.term(each) for each in values]) for name, values in lines.items()],
        members=[page.writer.link(each) for each in sorted(members, key=page.label)],
        below=[page.writer.link(each) for each in sorted(below, key=page.label)],
        is_class=iri in page.index.members,
        things=len(page.index.members.get(iri, ())),
        uses=[page.writer.link(each) for each in uses[:SHOWN]],
        more=max(0, len(uses) - SHOWN),
        downloads_list=downloads(page, iri),
    )


def users(index: Index, iri: str) -> list[str]:
    """The things that have a term as property or a concept as value."""
    return [
        thing
        for thing, said in index.said.items()
        if any(
            each.predicate == iri or (isinstance(each.value, ox.NamedNode) and each.value.value == iri) for each in said
        )
    ]
