"""The saved queries by name: from the index that the build left where it still fits, else from their files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kzturk_graph import resources
from kzturk_graph.errors import UnknownName
from kzturk_graph.queries.header import Column, Parameter, SavedQuery, read_query

INDEX = "queries.json"


@cache
def catalogue() -> dict[str, SavedQuery]:
    """Every saved query by its name, sorted. Raises InputError where a file or its header is broken."""
    from kzturk_graph.graph.store import is_fresh

    if is_fresh():
        rows = json.loads((resources.BUILT / INDEX).read_text(encoding="utf-8"))
        return {row["name"]: _from_index(row) for row in rows}
    return {path.stem: read_query(path) for path in sorted(resources.queries().rglob("*.rq"), key=lambda p: p.stem)}


def saved_query(name: str) -> SavedQuery:
    """The saved query of this name. Raises UnknownName, with the nearest names, where there is none."""
    try:
        return catalogue()[name]
    except KeyError:
        raise UnknownName("query", name, list(catalogue())) from None


def write_index(folder: Path) -> None:
    """Write all saved queries as one JSON file into ``folder``, so that a run needn't read YAML."""
    from dataclasses import asdict

    rows = [{**asdict(query), "path": ""} for query in catalogue().values()]
    (folder / INDEX).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")


def _from_index(row: dict[str, Any]) -> SavedQuery:
    parameters = tuple(Parameter(**{**each, "choices": tuple(each["choices"])}) for each in row.pop("parameters"))
    columns = tuple(Column(**each) for each in row.pop("columns"))
    return SavedQuery(**{**row, "parameters": parameters, "columns": columns, "order": tuple(row["order"])})
