"""Things, properties and types while somebody types their names.

https://reconciliation-api.github.io/specs/0.2/#suggest-services
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kzturk_graph import terms
from kzturk_graph.matching.conditions import QUALIFIERS
from kzturk_graph.web.reconcile import limits
from kzturk_graph.web.reconcile.preview import flyout

if TYPE_CHECKING:
    from kzturk_graph.web.reconcile.service import Service


def entities(service: Service, prefix: str, cursor: int, language: str) -> list[dict[str, Any]]:
    """The things with a name that begins so: ``id``, ``name``, ``description``, ``notable`` types."""
    found = service.names.find(prefix)[cursor : cursor + limits.SUGGESTED]
    return [
        {
            "id": id,
            "name": service.label(terms.ENTITY + id, language),
            "description": service.description(service.things[id], language),
            "notable": service.types(service.things[id], language),
        }
        for id in found
    ]


def properties(service: Service, prefix: str, cursor: int, language: str) -> list[dict[str, Any]]:
    """The properties with a name that begins so; their values' sources follow the values. Each says how it can be
    compared."""
    vocabulary = service.vocabulary
    qualifiers = [{"id": each, "name": each} for each in QUALIFIERS]
    found = [vocabulary.properties[id] for id in vocabulary.property_names.find(prefix)]
    return [
        vocabulary.property_in_full(each, language) | ({} if each.sources else {"matchQualifiers": qualifiers})
        for each in sorted(found, key=lambda each: each.sources)[cursor : cursor + limits.SUGGESTED]
    ]


def types(service: Service, prefix: str, cursor: int, language: str) -> list[dict[str, Any]]:
    """The types with a name that begins so: ``id``, ``name``, ``description``, ``broader`` types."""
    found = service.vocabulary.type_names.find(prefix)[cursor : cursor + limits.SUGGESTED]
    return [service.vocabulary.type_in_full(terms.expand(id) or id, language) for id in found]


def told(service: Service, what: str, id: str, language: str) -> str | None:
    """A suggested thing, property or type in a few words of HTML; None where there is none of that id."""
    if what == "entity":
        record = service.thing(id)
        if record is None:
            return None
        return flyout(service.label(record.id, language), service.description(record, language))
    if what == "property":
        property = service.vocabulary.property(id)
        full = service.vocabulary.property_in_full(property, language) if property else None
    else:
        iri = terms.expand(id) or id
        full = service.vocabulary.type_in_full(iri, language) if iri in service.vocabulary.types else None
    return None if full is None else flyout(str(full["name"]), str(full.get("description", "")))
