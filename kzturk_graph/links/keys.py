"""What would find a thing of ours in another dataset: its names in all languages, codes, web pages and place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup

CLASSES = (
    "Council", "Event", "Infrastructure", "Mission", "Organization", "Person", "Place", "Policy", "Post", "Project",
    "State", "Treaty",
)  # fmt: skip
"""The local names of the classes whose things another dataset may have too; the others (reports, tenures, opinions,
activities of one passage) are this graph's own."""

_CURRENCY = terms.PREFIXES["cur"]
_NOTATION, _URL = ox.NamedNode(terms.SKOS + "notation"), ox.NamedNode(terms.PREFIXES["schema"] + "url")
_PUBLISHER = ox.NamedNode(terms.PREFIXES["dcterms"] + "publisher")
_LATITUDE, _LONGITUDE = (ox.NamedNode(terms.PREFIXES["schema"] + name) for name in ("latitude", "longitude"))
_LOCATION = ox.NamedNode(terms.kt("location"))
_SUBCLASS = ox.NamedNode(terms.RDFS + "subClassOf")


@dataclass(frozen=True)
class Keys:
    """The names of a thing by language (``''`` for none), its codes (of states ISO 3166-1), the addresses and hosts of
    its own web pages, the labels of where it lies, and a point in it (degrees north and east on WGS 84).
    """

    names: Mapping[str, tuple[str, ...]]
    codes: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    point: tuple[float, float] | None = None

    def shown(self) -> str:
        """All of them in one line, each name once."""
        names = dict.fromkeys(name for of in self.names.values() for name in of)
        parts = [" · ".join(names), ", ".join(self.codes), ", ".join(self.sites)]
        parts.append("in " + ", ".join(self.places) if self.places else "")
        parts.append("at {:g}, {:g}".format(*self.point) if self.point else "")
        return "; ".join(part for part in parts if part)


def linkable(store: ox.Store) -> list[str]:
    """The IRIs of the things that can have a counterpart elsewhere, sorted: those of ``CLASSES``, planned ones too, and
    the currencies that figures are in.
    """
    found: set[str] = set()
    pending = [ox.NamedNode(iri) for iri in (*map(terms.kt, CLASSES), terms.PREFIXES["foaf"] + "Person",
                                             terms.PREFIXES["org"] + "Post")]  # fmt: skip
    seen: set[ox.NamedNode] = set()
    while pending:
        kind = pending.pop()
        if kind in seen:
            continue
        seen.add(kind)
        found |= {quad.subject.value for quad in store.quads_for_pattern(None, lookup.TYPE, kind)}  # type: ignore[union-attr]
        pending += [quad.subject for quad in store.quads_for_pattern(None, _SUBCLASS, kind)]  # type: ignore[misc]
    names = store.quads_for_pattern(None, ox.NamedNode(terms.PREF_LABEL), None, ox.DefaultGraph())
    found |= {iri for quad in names if (iri := quad.subject.value).startswith(_CURRENCY)}  # type: ignore[union-attr]
    return sorted(iri for iri in found if iri.startswith((terms.ENTITY, _CURRENCY)))


def keys(store: ox.Store, iri: str) -> Keys:
    """The keys that the graph has for a thing: no more than documents and the register say."""
    node = ox.NamedNode(iri)
    names: dict[str, list[str]] = defaultdict(list)
    for name in (*lookup.NAME_PROPERTIES, lookup.SURFACE_FORM):
        for quad in sorted(store.quads_for_pattern(node, name, None), key=str):
            text = quad.object
            if isinstance(text, ox.Literal) and text.value not in names[text.language or ""]:
                names[text.language or ""].append(text.value)
    order = {language: place for place, language in enumerate(terms.LANGUAGES)}
    languages = sorted(names, key=lambda each: (order.get(each, len(order)), each))
    places = {quad.object for quad in store.quads_for_pattern(node, _LOCATION, None)}
    return Keys(
        {language: tuple(names[language]) for language in languages if names[language]},
        tuple(sorted(_texts(store, node, _NOTATION))),
        tuple(sorted({*_texts(store, node, _URL), *_published(store, node)})),
        tuple(sorted(lookup.label(store, place) for place in places if isinstance(place, ox.NamedNode))),
        _point(store, node),
    )


def _point(store: ox.Store, node: ox.NamedNode) -> tuple[float, float] | None:
    north, east = (min(_texts(store, node, name), default=None) for name in (_LATITUDE, _LONGITUDE))
    return None if north is None or east is None else (float(north), float(east))


def _texts(store: ox.Store, node: ox.NamedNode, name: ox.NamedNode) -> set[str]:
    return {quad.object.value for quad in store.quads_for_pattern(node, name, None)}  # type: ignore[union-attr]


def _published(store: ox.Store, node: ox.NamedNode) -> set[str]:
    """The hosts of the pages that it published."""
    pages = {quad.subject for quad in store.quads_for_pattern(None, _PUBLISHER, node)}
    addresses = {url for page in pages if isinstance(page, ox.NamedNode) for url in _texts(store, page, _URL)}
    return {host for url in addresses if (host := urlsplit(url).hostname)}


def kinds(store: ox.Store, iri: str) -> tuple[str, ...]:
    """The labels of the narrowest classes of a thing, and of the kinds that it is said to be."""
    node = ox.NamedNode(iri)
    classes = {q.object for q in store.quads_for_pattern(node, lookup.TYPE, None) if isinstance(q.object, ox.NamedNode)}
    uppers = {q.object for each in classes for q in store.quads_for_pattern(each, _SUBCLASS, None)}
    said = {q.object for q in store.quads_for_pattern(node, ox.NamedNode(terms.kt("kind")), None)}
    narrow = [each for each in {*(classes - uppers), *said} if isinstance(each, ox.NamedNode)]
    return tuple(sorted(lookup.label(store, each) for each in narrow))
