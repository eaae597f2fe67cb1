"""Small states written to files, and what ``kzturk diff`` says of two of them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kzturk_graph import terms
from kzturk_graph.differences.report import difference
from kzturk_graph.differences.writing import as_json

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in terms.PREFIXES.items())
BASIC = """
p:901-p1 a kt:Passage ; kt:document doc:901 .
a:901-p1 kt:passage p:901-p1 ; kt:modality c:fact .
a:901-p1 {
  id:x a kt:Council ; skos:prefLabel "The council"@en, "Konsey"@tr ; kt:establishedOn "2012-05"^^edtf:EDTF ;
    kt:member id:kazakhstan .
}
"""


def state(folder: Path, name: str, text: str) -> str:
    """The path of a new file with our prefixes and the text."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + text, encoding="utf-8")
    return str(path)


def changes(folder: Path, old: str, new: str, **options: Any) -> list[tuple[str, str, list[str], list[str]]]:
    """(kind, property, old values, new values) of each change between two TriG texts."""
    sides = state(folder, "old.trig", old), state(folder, "new.trig", new)
    told = json.loads(as_json(difference(*sides, **options)))
    return [
        (
            each["kind"],
            terms.curie(each["property"]["iri"]),
            [value["value"] for value in each["old"]],
            [value["value"] for value in each["new"]],
        )
        for group in told["entities"] + told["sources"]
        for each in group["changes"]
    ]
