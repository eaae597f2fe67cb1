"""Small dumps of a few entities, with the shapes that real ones have."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from kzturk_graph.extract import Extraction, Request, extract

Document = dict[str, Any]


def value(name: str) -> Document:
    """An entity as a value, as dumps write it."""
    inner = {"entity-type": "item", "numeric-id": int(name[1:]), "id": name}
    return {"value": inner, "type": "wikibase-entityid"}


def snak(property: str, name: str) -> Document:
    """A snak with an entity as its value."""
    return {"snaktype": "value", "property": property, "datavalue": value(name), "datatype": "wikibase-item"}


def statement(property: str, name: str, **more: Any) -> Document:
    """A statement with an entity as its value."""
    return {"mainsnak": snak(property, name), "type": "statement", "rank": "normal", **more}


def item(name: str, claims: Iterable[tuple[str, str]] = (), **labels: str) -> Document:
    """An item with these statements and labels."""
    by_property: dict[str, list[Document]] = {}
    for property, other in claims:
        by_property.setdefault(property, []).append(statement(property, other))
    given = {code: {"language": code, "value": text} for code, text in labels.items()}
    return {"type": "item", "id": name, "labels": given, "claims": by_property}


KAZAKHSTAN = item("Q232", [("P36", "Q1520"), ("P530", "Q43")], en="Kazakhstan", tr="Kazakistan", de="Kasachstan")
TURKEY = item("Q43", [("P36", "Q3640")], en="Turkey")
ASTANA = item("Q1520", [("P17", "Q232")], en="Astana")
ANKARA = item("Q3640", [("P17", "Q43")], en="Ankara")
BAKU = item("Q9248", [("P17", "Q227")], en="Baku")
PLACES = [BAKU, ANKARA, KAZAKHSTAN, ASTANA, TURKEY]
"""In an order of no meaning, as in a dump."""


def line(document: Document) -> bytes:
    """An entity as a dump has it: on one line, without spaces."""
    return json.dumps(document, separators=(",", ":")).encode()


def layout(lines: Iterable[bytes]) -> bytes:
    """Lines as a dump: an array with an entity a line."""
    return b"[\n" + b",\n".join(lines) + b"\n]\n"


class Dump:
    """A dump in a temporary folder, and extractions from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path, self.output = folder / "dump.json", folder / "slice.json"
        self.write([line(each) for each in PLACES])

    def write(self, lines: Iterable[bytes]) -> Dump:
        """Make it of these lines."""
        self.path.write_bytes(layout(lines))
        return self

    def extract(self, *seeds: str, **options: Any) -> Extraction:
        """Extract into ``output``; options of the request and of the extraction."""
        fields = {name: options.pop(name) for name in list(options) if name in Request.__dataclass_fields__}
        return extract(str(self.path), Request(frozenset(seeds), **fields), self.output, **options)

    def ids(self) -> list[str]:
        """The ids in the output, in its order."""
        return [document["id"] for document in self.documents()]

    def documents(self) -> list[Document]:
        """The entities in the output."""
        read: list[Document] = json.loads(self.output.read_bytes())
        return read


@pytest.fixture
def dump(tmp_path: Path) -> Dump:
    """A dump of five places."""
    return Dump(tmp_path)
