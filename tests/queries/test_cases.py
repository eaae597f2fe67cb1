"""Every saved query, by its cases: the rows expected, on pyoxigraph and on rdflib's own engine alike."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
import yaml

from kzturk_graph.graph.interop import dataset as as_dataset
from kzturk_graph.queries.binding import bind, projected, variables
from kzturk_graph.queries.catalogue import catalogue, saved_query
from kzturk_graph.queries.parameters import bindings
from kzturk_graph.queries.run import ask
from kzturk_graph.wikibase.beside.loading import open_beside
from tests.queries.rows import of_solutions, wanted

if TYPE_CHECKING:
    import rdflib

CASES = Path(__file__).parent / "cases"
BESIDE = Path(__file__).parent / "beside"


def cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        for place, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8"))):
            found.append(pytest.param(path.stem, case, id=f"{path.stem}-{place}"))
    return found


@cache
def beside(*names: str) -> tuple[ox.Store, rdflib.Dataset]:
    """The packaged graph with other data beside it, on both engines."""
    made = open_beside([str(BESIDE / name) for name in names]).store
    return made, as_dataset(made)


def key(row: dict[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())


@pytest.mark.parametrize(("name", "case"), cases())
def test_rows_on_both_engines(name: str, case: dict[str, Any], store: ox.Store, dataset: rdflib.Dataset) -> None:
    query = saved_query(name)
    assert bool(query.needs) == ("with" in case)
    if query.needs:
        store, dataset = beside(*case["with"])
    text = bind(query.text, bindings(query, case.get("params", {}), store))
    answer = ask(store, text)
    got = of_solutions(answer.columns, answer.solutions)
    if "rows" in case:
        expected = wanted(case["rows"])
        if query.order:
            assert got == expected
        else:
            assert sorted(map(key, got)) == sorted(map(key, expected))
    for row in wanted(case.get("contains", [])):
        assert any(row.items() <= each.items() for each in got), f"no row has {row}; rows: {got}"
    result = dataset.query(text)
    assert [str(name) for name in result.vars] == list(answer.columns)
    other = of_solutions(answer.columns, list(result))
    assert sorted(map(key, other)) == sorted(map(key, got))


@pytest.mark.parametrize("name", list(catalogue()))
def test_query_has_cases_with_and_without_answer(name: str) -> None:
    path = CASES / f"{name}.yaml"
    assert path.exists(), f"{name} has no cases"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert any(case.get("rows") or case.get("contains") for case in given), "no case with rows"
    assert any(case.get("rows") == [] or case.get("negative") for case in given), (
        "no case with an empty or negative answer"
    )


def test_no_case_is_left_over() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} <= set(catalogue())


@pytest.mark.parametrize("name", list(catalogue()))
def test_query_is_sound(name: str) -> None:
    query = saved_query(name)
    ox.Store().query(query.text)  # valid SPARQL as it stands: no prefix is lent to it
    used, shown = variables(query.text), projected(query.text)
    for parameter in query.parameters:
        bounds = {f"{parameter.name}_earliest", f"{parameter.name}_latest"} if parameter.type == "date" else set()
        assert used & ({parameter.name} | bounds), f"{parameter.name} isn't used"
        assert parameter.name not in shown, f"{parameter.name} stands where only a variable may"
    answer = ask(ox.Store(), query.text)
    assert list(answer.columns) == [column.name for column in query.columns]
