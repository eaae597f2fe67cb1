"""A query in its parts: put together again they ask the same."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest

from kzturk_graph.explain.parts import NotUnderstood, read
from kzturk_graph.explain.trials import Trials, render
from kzturk_graph.queries.catalogue import catalogue
from kzturk_graph.queries.run import ask

EVERYTHING = """
PREFIX x: <https://w3id.org/kzturk/id/>
SELECT DISTINCT ?s (COUNT(*) AS ?n) FROM x:g WHERE {
  # a comment with { and }
  ?s a kt:Session ; kt:ordinal 1, 2.5 , -3e0 ; kt:label "a } b"@en, 'c'^^xsd:string ; .
  [ kt:p ?o ; kt:q [ kt:r true ] ] ^kt:back/(kt:b|!kt:c)*/kt:d? ?e .
  ( 1 2 ) kt:list ?list .
  { ?a ?b ?c } UNION { SELECT ?z { ?z ?y ?x } }
  GRAPH ?g { ?s ?p ?o OPTIONAL { ?o ?q ?r } FILTER (?r > 1) }
  MINUS { ?s kt:gone ?o } VALUES (?v ?w) { (1 UNDEF) } BIND (IF(?v > 1, "{", "}") AS ?brace)
  FILTER (?a > 1 && lang(?b) = "de" && (?c || ?d)) FILTER (?a || ?b && ?c) FILTER regex(?a, "b")
  FILTER NOT EXISTS { ?s kt:x ?y } FILTER EXISTS { ?s kt:z ?y }
} GROUP BY ?s HAVING (COUNT(*) > 1) LIMIT 3"""


def test_every_kind_of_part() -> None:
    query = read(EVERYTHING)
    assert Counter(part.kind for part in query.where) == {
        "triple": 11, "union": 1, "graph": 1, "minus": 1, "values": 1, "bind": 1, "filter": 7,
    }  # fmt: skip
    assert query.dataset.split() == ["FROM", "x:g"]
    assert query.after.startswith("GROUP BY")
    conditions = [part.text for part in query.where if part.kind == "filter"]
    assert conditions[:3] == ["FILTER (?a > 1)", 'FILTER (lang(?b) = "de")', "FILTER ((?c || ?d))"]
    assert "FILTER (?a || ?b && ?c)" in conditions


def test_parts_begin_where_they_stand() -> None:
    text = "SELECT * { ?s a kt:State ; kt:p 5 }"
    first, second = read(text).where
    assert (text[first.start :][:8], text[second.start]) == ("kt:State", "5")


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_a_saved_query_put_together_again_gives_the_same_rows(store: ox.Store, name: str) -> None:
    text = catalogue()[name].text
    query = read(text)
    rows = ask(
        store,
        f"{query.prologue} SELECT {query.head} {{ {render(query.where)} }} {query.after}".replace("WHERE {", "{"),
    )
    assert rows.solutions == ask(store, text).solutions
    trials = Trials(store, query)
    assert trials.count(render(query.where, trials.steps())) == trials.count(render(query.where))


@pytest.mark.parametrize(
    "text",
    ["", "SELECT", "SELECT * { ?s", "INSERT DATA { }", "SELECT * { SERVICE <x:y> {} }", "SELECT * { ?s ?p }"],
)
def test_what_is_no_query_is_not_understood(text: str) -> None:
    with pytest.raises(NotUnderstood):
        read(text)
