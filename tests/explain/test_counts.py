"""How many rows each part of a query leaves, and which answers count as empty."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kzturk_graph.explain import is_empty
from kzturk_graph.explain.trials import RUNS
from kzturk_graph.explain.verb import COUNTED
from kzturk_graph.queries.run import ask
from tests.explain.conftest import Why, told


def test_rows_after_each_part(why: Why) -> None:
    found = why("SELECT * {\n ?x a kt:State .\n ?x skos:prefLabel ?l\n FILTER (lang(?l) = 'en' && ?x = id:turkiye) }")
    assert not found.empty
    states = found.counts[0].rows
    assert [each.rows for each in found.counts[1:]] == [4 * states, states, 1]
    assert [each.line for each in found.counts] == [2, 3, 4, 4]


def test_an_unknown_term_is_told_of_an_answer_with_rows(why: Why) -> None:
    found = why("SELECT * { ?s kt:council id:hlscc OPTIONAL { ?s kt:ordinl ?n } }")
    assert not found.empty
    assert "did you mean kt:ordinal?" in told(found)


def test_a_filter_that_waits_for_its_parameter_is_not_counted(why_saved: Why) -> None:
    parts = [each.part for each in why_saved("office-holders", holder="tokayev").counts]
    assert "FILTER (?person = id:tokayev)" in parts
    assert not any("office" in part for part in parts if part.startswith("FILTER"))


def test_the_work_is_bounded(why: Why) -> None:
    many = " ".join(f"?s{n} a kt:State ." for n in range(80))
    found = why(f"SELECT * {{ {many} ?s79 kt:ordinal 77 }} LIMIT 1", counts=True)
    assert len(found.counts) <= COUNTED
    assert not found.complete
    assert found.clues[0].kind == "pattern"
    assert RUNS <= 40


@pytest.mark.parametrize(
    ("query", "empty"),
    [
        ("SELECT * { ?x kt:ordinal 77 }", True),
        ("SELECT * { ?x a kt:State }", False),
        ("SELECT (COUNT(*) AS ?n) { ?x kt:ordinal 77 }", True),
        ("SELECT (COUNT(*) AS ?n) { ?x a kt:State }", False),
        ("SELECT (SUM(?n) AS ?all) (AVG(?n) AS ?mean) { ?x kt:ordinal ?n FILTER (?n > 77) }", True),
        ("SELECT (SUM(?n) AS ?all) { VALUES ?n { 1 -1 } }", False),
        ("SELECT (MIN(?n) AS ?least) { ?x kt:ordinal ?n FILTER (?n > 77) }", True),
        (
            'SELECT (GROUP_CONCAT(DISTINCT ?l; SEPARATOR=", ") AS ?a) { ?x kt:ordinal 77 ; rdfs:label ?l }',
            True,
        ),
        ("SELECT (0 AS ?nothing) {}", False),
        ("ASK { ?x kt:ordinal 77 }", True),
        ("ASK { ?x a kt:State }", False),
        ("CONSTRUCT WHERE { ?x kt:ordinal 77 }", True),
        ("CONSTRUCT WHERE { ?x a kt:State }", False),
    ],
)
def test_which_answers_are_empty(store: ox.Store, query: str, empty: bool) -> None:
    assert is_empty(ask(store, query), query) is empty
