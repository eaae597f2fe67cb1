"""Whether an item is of the type that our thing is, by the reviewed table of classes and kinds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.links.model import EXACT, Links

if TYPE_CHECKING:
    from kzturk_graph.wikibase.model import Entity
    from kzturk_graph.wikibase.source import Source

INSTANCE_OF, SUBCLASS_OF = "P31", "P279"
FITTING = frozenset({EXACT, terms.SKOS + "closeMatch", terms.SKOS + "narrowMatch"})
"""The predicates by which an item of their class is one of ours."""
DEEPEST = 6
"""How many subclasses up a class is followed; in a file each is one more pass, and only as far as new ones turn up."""

_KIND = ox.NamedNode(terms.kt("kind"))


@dataclass(frozen=True)
class Misfit:
    """Of another type: what we say it is, what the data says, and whether the two can't be one at all."""

    ours: str
    theirs: str
    grave: bool


def chains(source: Source, items: Iterable[Entity]) -> dict[str, frozenset[str]]:
    """Each class that an item is an instance of → it and the classes above it, as far as the data knows them."""
    direct: dict[str, tuple[str, ...]] = {}
    wanted = {each for item in items for each in item.items(INSTANCE_OF)}
    roots = frozenset(wanted)
    for _ in range(DEEPEST):
        if not wanted:
            break
        found = source.get(sorted(wanted))
        direct |= {each: tuple(found[each].items(SUBCLASS_OF)) if each in found else () for each in wanted}
        wanted = {above for each in wanted for above in direct[each]} - direct.keys()
    return {root: _above(root, direct) for root in roots}


def _above(root: str, direct: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found, pending = {root}, [root]
    while pending:
        for each in direct.get(pending.pop(), ()):
            if each not in found:
                found.add(each)
                pending.append(each)
    return frozenset(found)


class Types:
    """Compares types by the table of terms: its classes, and the kinds that things of a class have."""

    def __init__(self, store: ox.Store, table: Links) -> None:
        self._store = store
        self._ours: dict[str, set[str]] = defaultdict(set)  # their class → our classes and kinds
        for row in table:
            if row.predicate in FITTING and row.status == "linked":
                self._ours[row.object].add(row.subject)
        self._homes: dict[str, set[str]] = defaultdict(set)  # a kind → the classes of the things that have it
        for quad in store.quads_for_pattern(None, _KIND, None, ox.DefaultGraph()):
            self._homes[quad.object.value] |= self._classes(quad.subject)  # type: ignore[union-attr,arg-type]

    def _classes(self, node: ox.NamedNode) -> set[str]:
        return {quad.object.value for quad in self._store.quads_for_pattern(node, lookup.TYPE, None)}  # type: ignore[union-attr]

    def misfit(self, iri: str, item: Entity, above: Mapping[str, frozenset[str]]) -> Misfit | None:
        """How the types of our thing and the item differ; None where they fit, or where the data doesn't tell."""
        from kzturk_graph.wikibase.model import WIKIDATA

        node = ox.NamedNode(iri)
        classes = self._classes(node)
        kinds = {quad.object.value for quad in self._store.quads_for_pattern(node, _KIND, None)}  # type: ignore[union-attr]
        told = {up for each in item.items(INSTANCE_OF) for up in above.get(each, {each})}
        hits = {ours for each in told for ours in self._ours.get(WIKIDATA + each, ())}
        if not classes or not hits or hits & (classes | kinds):
            return None
        homes = {home for hit in hits for home in (self._homes.get(hit) or {hit})}
        grave = not homes & classes
        if not grave and not (kinds and any(hit.startswith(terms.CONCEPT) for hit in hits)):
            return None  # their class is one of ours that says less: a kind is missing on our side, nothing differs
        return Misfit(self._named(kinds or classes), self._named(hits), grave)

    def _named(self, iris: set[str]) -> str:
        narrow = iris - {above.object.value for iri in iris for above in self._uppers(iri)}  # type: ignore[union-attr]
        return ", ".join(sorted(lookup.label(self._store, ox.NamedNode(iri)) for iri in narrow))

    def _uppers(self, iri: str) -> list[ox.Quad]:
        return list(self._store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(terms.RDFS + "subClassOf"), None))
