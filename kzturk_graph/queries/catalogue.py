"""The saved queries by name: from what the build left where it still fits, else from their files."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from kzturk_graph import resources
from kzturk_graph.errors import UnknownName
from kzturk_graph.queries.header import Column, Parameter, SavedQuery, read_query

FOLDER = "queries"


@cache
def catalogue() -> dict[str, SavedQuery]:
    """Every saved query by its name, sorted. Raises InputError where a file or its header is broken."""
    return {name: saved_query(name) for name in names()}


@cache
def names() -> list[str]:
    """The names of all saved queries, sorted."""
    return sorted(_files())


@cache
def saved_query(name: str) -> SavedQuery:
    """The saved query of this name.

    Raises UnknownName, with the nearest names, where there is none, InputError where its file is broken.
    """
    from kzturk_graph.graph.store import is_fresh

    if is_fresh() and name.replace("-", "").isalnum():
        built = resources.BUILT / FOLDER / f"{name}.json"
        if built.exists():
            return _from_built(json.loads(built.read_text(encoding="utf-8")))
    try:
        return read_query(_files()[name])
    except KeyError:
        raise UnknownName("query", name, names()) from None


def _files() -> dict[str, Path]:
    return {path.stem: path for path in resources.queries().rglob("*.rq")}


def write_built(folder: Path) -> None:
    """Write each saved query as JSON into ``folder``, so that a run needn't read YAML."""
    from dataclasses import asdict

    target = folder / FOLDER
    target.mkdir(parents=True)
    for path in _files().values():
        row = {**asdict(read_query(path)), "path": ""}
        (target / f"{path.stem}.json").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def _from_built(row: dict[str, Any]) -> SavedQuery:
    parameters = tuple(Parameter(**{**each, "choices": tuple(each["choices"])}) for each in row.pop("parameters"))
    columns = tuple(Column(**each) for each in row.pop("columns"))
    return SavedQuery(**{**row, "parameters": parameters, "columns": columns, "order": tuple(row["order"])})
