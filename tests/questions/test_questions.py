"""Competency questions with the answers that the documents give: each by a saved query, or by the query in its file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import yaml

from kzturk_graph.queries.binding import bind
from kzturk_graph.queries.catalogue import saved_query
from kzturk_graph.queries.parameters import bindings
from kzturk_graph.queries.run import ask
from tests.queries.rows import of_solutions, wanted

FOLDER = Path(__file__).parent


def steps() -> list[Any]:
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for place, step in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))["steps"]):
            found.append(pytest.param(step, id=f"{path.stem}-{place}"))
    return found


@pytest.mark.parametrize("step", steps())
def test_answer(step: dict[str, Any], store: ox.Store) -> None:
    if "run" in step:
        query = saved_query(step["run"])
        text = bind(query.text, bindings(query, step.get("params", {}), store))
    else:
        text = step["sparql"]
    answer = ask(store, text)
    got = of_solutions(answer.columns, answer.solutions)
    if answer.truth is not None:
        assert answer.truth is step["truth"]
    if "rows" in step:
        expected = wanted(step["rows"])
        assert sorted(map(sorted, map(dict.items, got))) == sorted(map(sorted, map(dict.items, expected)))
    for row in wanted(step.get("contains", [])):
        assert any(row.items() <= each.items() for each in got), f"no row has {row}; rows: {got}"
    for row in wanted(step.get("lacks", [])):
        assert not any(row.items() <= each.items() for each in got), f"a row has {row}"


def test_all_forty_are_asked() -> None:
    assert len(list(FOLDER.glob("Q*.yaml"))) >= 40
