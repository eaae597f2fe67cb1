"""The types and properties that the service knows: those that its things have."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.names import fold
from kzturk_graph.web.pages.messages import LANGUAGES, Messages

if TYPE_CHECKING:
    from kzturk_graph.matching.records import Record
    from kzturk_graph.web.pages.index import Index

SOURCES = "|sources"
"""Behind a property's id: the passages that state its values, a cell for each value."""
EVERY_SOURCE = "sources"
"""The id of a property whose values are all passages with facts about a thing."""
NAMES = (terms.PREF_LABEL, terms.ALT_LABEL)
"""Properties with a value for each language: their ids end in ``@tr`` and the like."""
_DEFINITION = ox.NamedNode(terms.SKOS + "definition")


class Property(NamedTuple):
    """A property as its id says it: its IRI (empty for all sources), the language of its values where it is one of
    names, and whether the sources of the values are meant."""

    iri: str
    language: str = ""
    sources: bool = False

    @property
    def id(self) -> str:
        """Its id: ``kt:signedOn``, ``skos:prefLabel@tr``, ``kt:signedOn|sources``, ``sources``."""
        if not self.iri:
            return EVERY_SOURCE
        tail = f"@{self.language}" if self.language else ""
        return terms.curie(self.iri) + tail + (SOURCES if self.sources else "")


class Names:
    """Ids and what they are called, found by how the names begin."""

    def __init__(self, named: Iterable[tuple[str, str]]) -> None:
        self._rows = sorted({(fold(text), id) for id, text in named})

    def find(self, prefix: str) -> list[str]:
        """The ids with a name that begins so, or has a word that does: whole names first. All, where it is empty."""
        key = fold(prefix)
        best: dict[str, tuple[int, str]] = {}
        for text, id in self._rows:
            rank = 0 if text == key or id == prefix.strip() else 1 if text.startswith(key) else 2
            if rank == 2 and f" {key}" not in text:
                continue
            best[id] = min(best.get(id, (rank, text)), (rank, text))
        return sorted(best, key=lambda each: (*best[each], each))


class Vocabulary:
    """The types and properties of the things in a store, by how many of the things have them."""

    def __init__(self, index: Index, records: Iterable[Record]) -> None:
        self.index = index
        self.types: Counter[str] = Counter()
        self.usage: dict[str, Counter[str]] = defaultdict(Counter)
        self.classes: dict[str, tuple[str, ...]] = {}
        store = index.site.store
        for record in records:
            self.classes[record.id] = record.classes
            said = {quad.predicate.value for quad in store.quads_for_pattern(_node(record.id), None, None, _FACTS)}
            for each in record.classes:
                self.types[each] += 1
                self.usage[each].update(said - {terms.TYPE})
            self.usage[""].update(said - {terms.TYPE})
        self.properties = {each.id: each for iri in self.usage[""] for each in _forms(iri)}
        self.properties[EVERY_SOURCE] = Property("")
        ours_last = sorted(self.usage[""], key=lambda iri: (iri.startswith(terms.ONTOLOGY), iri))
        self._locals = {terms.local(iri): iri for iri in ours_last}
        self.type_names = Names((terms.curie(iri), text) for iri in self.types for text in self._called(iri))
        self.property_names = Names(
            (id, text) for id, each in self.properties.items() for text in (id, *self._property_called(each))
        )

    def property(self, id: str) -> Property | None:
        """The property of an id (a CURIE, an IRI or a local name, with what may stand behind it); None for none."""
        if id in self.properties:
            return self.properties[id]
        head, sources = id.removesuffix(SOURCES), SOURCES if id.endswith(SOURCES) else ""
        head, at, language = head.partition("@")
        iri = self._locals.get(head, head)
        return self.properties.get(terms.curie(iri) + at + language + sources)

    def proposed(self, type: str | None) -> list[Property]:
        """The properties that things of a type have, the commonest first; names and sources last. All for no type."""
        usage = self.usage.get((terms.expand(type) or type) if type else "", Counter())
        common = sorted(usage, key=lambda iri: (iri in NAMES, -usage[iri], iri))
        found = [each for iri in common for each in _forms(iri) if not each.sources]
        return [*found, Property("")] if found else []

    def value_type(self, property: Property) -> str | None:
        """The class of all things that are values of a property, the narrowest; None where they have none in common."""
        quads = self.index.site.store.quads_for_pattern(None, _node(property.iri), None, _FACTS)
        things = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
        shared = [set(self.classes[each]) for each in things if each in self.classes]
        if len(shared) < len(things) or not shared:
            return None
        common = {each for each in set.intersection(*shared) if not each.startswith(terms.CONCEPT)}
        return min(common, key=lambda each: (self.types[each], each), default=None)

    def type(self, iri: str, language: str) -> dict[str, str]:
        """A type as the API writes it in short: ``id`` and ``name``."""
        return {"id": terms.curie(iri), "name": self.index.label(iri, language)}

    def type_in_full(self, iri: str, language: str) -> dict[str, object]:
        """The same with ``description``, and the types right above it as ``broader``."""
        above = [each for each in sorted(self.index.uppers.get(iri, ())) if each in self.types]
        told: dict[str, object] = {**self.type(iri, language), **self._described(iri)}
        return told | ({"broader": [self.type(each, language) for each in above]} if above else {})

    def property_in_full(self, property: Property, language: str) -> dict[str, object]:
        """A property: ``id``, ``name``, ``description``."""
        return {"id": property.id, "name": self.property_name(property, language), **self._described(property.iri)}

    def property_name(self, property: Property, language: str) -> str:
        """What to call a property."""
        sources = Messages(language)("notes.sources")
        if not property.iri:
            return sources
        name = self.index.label(property.iri, language)
        name += f" ({LANGUAGES[property.language]})" if property.language else ""
        return f"{name}: {sources}" if property.sources else name

    def _described(self, iri: str) -> dict[str, str]:
        if not iri:
            return {}
        quads = self.index.site.store.quads_for_pattern(_node(iri), _DEFINITION, None)
        found = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
        english = sorted(each.value for each in found if each.language == "en")
        return {"description": english[0]} if english else {}

    def _called(self, iri: str) -> Iterator[str]:
        yield from (terms.curie(iri), terms.local(iri), iri)
        yield from (self.index.label(iri, language) for language in LANGUAGES)

    def _property_called(self, property: Property) -> Iterator[str]:
        yield terms.local(property.iri)
        yield from (self.property_name(property, language) for language in LANGUAGES)


_FACTS = ox.DefaultGraph()
_node = ox.NamedNode


def _forms(iri: str) -> Iterator[Property]:
    for language in LANGUAGES if iri in NAMES else ("",):
        yield Property(iri, language)
        yield Property(iri, language, True)
