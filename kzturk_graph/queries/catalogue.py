"""The saved queries by name: from what the build left where it still fits, else from their files."""

from __future__ import annotations

import json
import os
from functools import cache
from typing import TYPE_CHECKING, Any

from kzturk_graph import resources
from kzturk_graph.errors import UnknownName
from kzturk_graph.queries.header import Column, Parameter, SavedQuery, read_query

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "queries"


def catalogue() -> dict[str, SavedQuery]:
    """Every saved query by its name, sorted. Raises InputError where a file or its header is broken."""
    return _catalogue(str(resources.root()))


@cache
def _catalogue(root: str) -> dict[str, SavedQuery]:
    from kzturk_graph.graph.store import is_fresh

    fresh = is_fresh()
    return {name: _read(name, fresh) for name in names()}


def names() -> list[str]:
    """The names of all saved queries, sorted."""
    return sorted(_files())


def saved_query(name: str) -> SavedQuery:
    """The saved query of this name.

    Raises UnknownName, with the nearest names, where there is none, InputError where its file is broken.
    """
    from kzturk_graph.graph.store import is_fresh

    return _read(name, is_fresh())


def _read(name: str, fresh: bool) -> SavedQuery:
    if fresh and name.replace("-", "").isalnum():
        built = resources.built(FOLDER, f"{name}.json")
        if os.path.exists(built):
            with open(built, encoding="utf-8") as file:
                return _from_built(json.load(file))
    try:
        return read_query(_files()[name])
    except KeyError:
        raise UnknownName("query", name, names()) from None


def _files() -> dict[str, Path]:
    return {path.stem: path for path in resources.queries().rglob("*.rq")}


def write_built(folder: Path) -> None:
    """Write each saved query as JSON into ``folder``, so that a run needn't read YAML."""
    from kzturk_graph.queries.binding import split

    target = folder / FOLDER
    target.mkdir(parents=True)
    for path in _files().values():
        query = read_query(path)
        lists = {
            "parameters": [each._asdict() for each in query.parameters],
            "columns": [each._asdict() for each in query.columns],
            "pieces": split(query.text, query.bindable),
        }
        row = {**query._asdict(), "path": "", **lists}
        (target / f"{path.stem}.json").write_text(json.dumps(row, ensure_ascii=False), encoding="utf-8")


def _from_built(row: dict[str, Any]) -> SavedQuery:
    parameters = tuple(Parameter(**{**each, "choices": tuple(each["choices"])}) for each in row.pop("parameters"))
    columns = tuple(Column(**each) for each in row.pop("columns"))
    pieces = tuple((name, text) for name, text in row["pieces"])
    lists = {"parameters": parameters, "columns": columns, "order": tuple(row["order"]), "pieces": pieces}
    return SavedQuery(**{**row, **lists})
