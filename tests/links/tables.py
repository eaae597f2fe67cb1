"""Small tables of links, and data that they lead to. All ids are ones that were verified in Wikidata."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ID, WD = "https://w3id.org/kzturk/id/", "http://www.wikidata.org/entity/"

HEAD = """\
# curie_map:
#   id: https://w3id.org/kzturk/id/
#   wikidata: http://www.wikidata.org/entity/
# license: https://creativecommons.org/publicdomain/zero/1.0/
# mapping_set_id: https://example.org/links
"""
COLUMNS = ("subject_id", "predicate_id", "predicate_modifier", "object_id", "mapping_justification", "confidence")
KAZAKHSTAN = ("id:kazakhstan", "skos:exactMatch", "", "wikidata:Q232", "semapv:ManualMappingCuration", "1.0")
TURKIYE = ("id:turkiye", "skos:exactMatch", "", "wikidata:Q43", "semapv:ManualMappingCuration", "0.9")
CICA = ("id:cica", "skos:exactMatch", "", "sssom:NoTermFound", "semapv:ManualMappingCuration", "")
NOT_ISTANBUL = ("id:turkiye", "skos:exactMatch", "Not", "wikidata:Q406", "semapv:ManualMappingCuration", "")


def table(*rows: Iterable[str], head: str = HEAD, columns: Iterable[str] = COLUMNS) -> str:
    """The text of a table; its first row stands on line 7 where the head is the usual one."""
    return head + "".join("\t".join(row) + "\n" for row in (columns, *rows))


def written(folder: Path, *rows: Iterable[str]) -> str:
    """A table in a file, as the option ``--links`` names it."""
    path = folder / "links.sssom.tsv"
    path.write_text(table(*rows), encoding="utf-8")
    return str(path)


def item(
    id: str, label: str = "", *, classes: Iterable[str] = (), above: Iterable[str] = (), **more: Any
) -> dict[str, Any]:
    """A document as Wikibase has it: what it is an instance of, and what it is a subclass of."""
    claims: Mapping[str, Any] = {
        name: [_statement(name, each) for each in values]
        for name, values in (("P31", list(classes)), ("P279", list(above)))
        if values
    }
    labels = {"en": {"language": "en", "value": label}} if label else {}
    return {"type": "item", "id": id, "labels": labels, "descriptions": {}, "aliases": {}, "claims": claims, **more}


def _statement(name: str, id: str) -> dict[str, Any]:
    value = {"entity-type": "item", "numeric-id": int(id[1:]), "id": id}
    snak = {"snaktype": "value", "property": name, "datavalue": {"value": value, "type": "wikibase-entityid"}}
    return {"mainsnak": {**snak, "datatype": "wikibase-item"}, "type": "statement", "rank": "normal"}


def redirect(id: str, to: str) -> dict[str, Any]:
    """A merged item, as a dump has it."""
    return {"entity": id, "redirect": to}


def dump(folder: Path, *documents: Mapping[str, Any]) -> str:
    """A dump of these documents in a file."""
    path = folder / "dump.json"
    path.write_text("[\n" + ",\n".join(json.dumps(each) for each in documents) + "\n]\n", encoding="utf-8")
    return str(path)
