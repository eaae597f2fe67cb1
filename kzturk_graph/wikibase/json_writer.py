"""Entities as Wikibase's JSON documents, and the dump that has one a line.

After https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html. Items of ours have an own id
(``wikibase.ours.identity``), and no ``numeric-id`` where they are a value.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from kzturk_graph.wikibase import model, xsd
from kzturk_graph.wikibase.json_reader import LETTERS, type_of
from kzturk_graph.wikibase.model import Coordinate, Entity, EntityId, Monolingual, Quantity, Reference, Snak, Statement

Document = dict[str, Any]


def dump(entities: Iterable[Entity]) -> bytes:
    """The entities in dump layout: a JSON array with one entity a line.

    >>> dump([Entity("Q232")]).decode().splitlines()[0]
    '['
    """
    lines = [json.dumps(document(each), ensure_ascii=False, separators=(",", ":")) for each in entities]
    return ("[\n" + ",\n".join(lines) + ("\n]\n" if lines else "]\n")).encode()


def document(entity: Entity) -> Document:
    """The JSON document of an entity; reading it gives the entity back."""
    if entity.redirect:
        return {"entity": entity.id, "redirect": entity.redirect}
    made: Document = {"type": entity.type, "id": entity.id}
    if entity.datatype:
        made["datatype"] = entity.datatype
    made |= {
        "labels": _texts(entity.labels),
        "descriptions": _texts(entity.descriptions),
        "aliases": {
            language: [{"language": language, "value": text} for text in texts]
            for language, texts in entity.aliases.items()
        },
        "claims": {name: [_statement(each) for each in given] for name, given in entity.statements.items()},
    }
    if entity.type == "item":
        made["sitelinks"] = {
            site: {"site": site, "title": title, "badges": []} for site, title in entity.sitelinks.items()
        }
    if entity.revision is not None:
        made["lastrevid"] = entity.revision
    if entity.modified:
        made["modified"] = entity.modified
    return made


def _texts(given: Mapping[str, str]) -> Document:
    return {language: {"language": language, "value": text} for language, text in given.items()}


def _statement(statement: Statement) -> Document:
    made: Document = {"mainsnak": _snak(statement.main), "type": "statement"}
    if statement.qualifiers:
        made |= {"qualifiers": _snaks(statement.qualifiers), "qualifiers-order": list(statement.qualifiers)}
    if statement.id:
        made["id"] = statement.id
    made["rank"] = statement.rank
    if statement.references:
        made["references"] = [_reference(each) for each in statement.references]
    return made


def _reference(reference: Reference) -> Document:
    return {"snaks": _snaks(reference.snaks), "snaks-order": list(reference.snaks)}


def _snaks(given: Mapping[str, tuple[Snak, ...]]) -> Document:
    return {name: [_snak(each) for each in snaks] for name, snaks in given.items()}


def _snak(snak: Snak) -> Document:
    made: Document = {"snaktype": snak.kind, "property": snak.property}
    if snak.value is not None and snak.kind == model.VALUE:
        made["datavalue"] = _value(snak.value)
    if snak.datatype:
        made["datatype"] = snak.datatype
    return made


def _value(value: model.Value) -> Document:
    if isinstance(value, EntityId):
        return {"value": _entity_id(value.id), "type": "wikibase-entityid"}
    if isinstance(value, Quantity):
        amount: Document = {"amount": xsd.decimal(value.amount), "unit": value.unit}
        if value.upper is not None:
            amount["upperBound"] = xsd.decimal(value.upper)
        if value.lower is not None:
            amount["lowerBound"] = xsd.decimal(value.lower)
        return {"value": amount, "type": "quantity"}
    if isinstance(value, model.Time):
        time: Document = {"time": value.time, "timezone": 0, "before": 0, "after": 0, "precision": value.precision}
        return {"value": time | {"calendarmodel": value.calendar}, "type": "time"}
    if isinstance(value, Monolingual):
        return {"value": {"text": value.text, "language": value.language}, "type": "monolingualtext"}
    if isinstance(value, Coordinate):
        place: Document = {"latitude": value.latitude, "longitude": value.longitude, "altitude": None}
        return {"value": place | {"precision": value.precision, "globe": value.globe}, "type": "globecoordinate"}
    return {"value": value, "type": "string"}


def _entity_id(known: str) -> Document:
    made: Document = {"entity-type": type_of(known), "id": known}
    letter, number = known[:1], known[1:]
    if letter in LETTERS.values() and number.isdigit():
        made["numeric-id"] = int(number)
    return made
