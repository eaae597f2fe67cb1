"""What is cited for each construct of SPARQL, on one small graph."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.citations import Citations, RowCitation, cite
from kzturk_graph.citations.footnotes import cell
from kzturk_graph.errors import UnknownName
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.queries.run import Answer, ask
from tests.citations.small import CLASSES, LABEL, NUMBER, PROPERTIES, THINGS, TYPE, assertion, corpus_of, store_of

ANN, BOB, CID, DAN = THINGS
KNOWS, LIKES, HELPS = PROPERTIES


def triple(subject: ox.NamedNode, predicate: ox.NamedNode, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(subject, predicate, value)


CORPUS = corpus_of(
    [
        assertion("000", 1, "fact", [triple(ANN, KNOWS, BOB), triple(BOB, LIKES, CID)]),
        assertion("000", 2, "fact", [triple(ANN, TYPE, CLASSES[1])]),
        assertion("001", 1, "fact", [triple(ANN, KNOWS, BOB), triple(CID, KNOWS, DAN)]),
        assertion("001", 2, "planned", [triple(ANN, KNOWS, BOB), triple(DAN, HELPS, ANN)]),
        assertion("002", 1, "fact", [triple(BOB, LIKES, DAN), triple(BOB, NUMBER, ox.Literal(3))]),
        assertion("curator", 1, "fact", [triple(BOB, LABEL, ox.Literal("Bob", language="en"))]),
    ]
)


@pytest.fixture(scope="module")
def store() -> ox.Store:
    return store_of(CORPUS)


def cited(store: ox.Store, query: str, mode: str = "witnesses", selection: Selection = FACTS) -> Citations:
    return cite(store, query, ask(store, query), selection, mode)


def one(store: ox.Store, query: str) -> RowCitation:
    rows = cited(store, query)
    assert len(rows) == 1
    return rows.rows[0]


def cells(store: ox.Store, query: str) -> list[str]:
    return [cell(row) for row in cited(store, query)]


def test_each_document_that_states_all_is_a_witness(store: ox.Store) -> None:
    assert cells(store, "SELECT ?x { id:ann kt:knows ?x }") == ["000 P1; 001 P1"]


def test_a_plan_that_holds_the_same_triple_is_not_cited(store: ox.Store) -> None:
    row = one(store, "SELECT ?x { id:ann kt:knows ?x }")
    assert not any(name.endswith("001-p2") for name in row.assertions)


def test_a_plan_is_cited_where_plans_are_counted_or_asked_for() -> None:
    selection = Selection(frozenset({"fact", "planned"}))
    counted = store_of(CORPUS, selection=selection)
    rows = cited(counted, "SELECT ?x { id:dan kt:helps ?x }", selection=selection)
    assert [cell(row) for row in rows] == ["001 P2"]
    assert cells(store_of(CORPUS), "SELECT ?x { GRAPH ?g { id:dan kt:helps ?x } }") == ["001 P2"]


def test_where_no_document_states_all_the_row_says_that_it_combines(store: ox.Store) -> None:
    row = one(store, "SELECT ?y { id:ann kt:knows ?x . ?x kt:age ?n . ?x kt:likes ?y . FILTER (?y = id:cid) }")
    assert (row.witnesses, row.combined, cell(row)) == ((), True, "000 P1 + 002 P1")


def test_kinds_and_labels_add_no_document(store: ox.Store) -> None:
    query = "SELECT ?label { ?a a kt:Friend ; kt:knows ?x . ?x skos:prefLabel ?label ; kt:likes id:cid }"
    assert cells(store, query) == ["000 P1 + 000 P2"]


def test_a_kind_that_follows_cites_the_kind_that_is_stated(store: ox.Store) -> None:
    assert cells(store, "SELECT ?x { ?x a kt:Person }") == ["000 P2"]


def test_an_optional_without_match_rests_on_absence(store: ox.Store) -> None:
    row = one(store, "SELECT ?n { id:ann kt:knows ?x OPTIONAL { ?x kt:helps ?n } }")
    assert [(each.kind, each.words) for each in row.absence] == [("optional", "?x kt:helps ?n")]


def test_an_optional_that_nothing_speaks_of_is_no_content(store: ox.Store) -> None:
    row = one(store, "SELECT ?x { id:ann kt:knows ?x OPTIONAL { ?x kt:age ?n } OPTIONAL { ?x kt:helps ?m } }")
    assert (cell(row), row.absence) == ("000 P1; 001 P1", ())


def test_not_exists_and_minus_say_what_is_absent(store: ox.Store) -> None:
    for text in ("FILTER NOT EXISTS { ?x kt:helps ?n }", "MINUS { ?x kt:helps ?n }"):
        row = one(store, f"SELECT ?x {{ id:ann kt:knows ?x {text} }}")
        assert [(each.kind, each.words) for each in row.absence] == [("negation", "?x kt:helps ?n")]
        assert cell(row) == "000 P1; 001 P1"


def test_a_negation_within_a_negation_cites_what_keeps_the_others_out(store: ox.Store) -> None:
    kept_out = "FILTER NOT EXISTS { ?b kt:likes ?c FILTER NOT EXISTS { ?b kt:age ?n } }"
    assert cells(store, f"SELECT ?a {{ ?a kt:knows id:bob {kept_out} }}") == ["001 P1"]  # 000 alone lacks the age
    row = one(store, f"SELECT ?a {{ ?a kt:knows id:bob . id:bob kt:likes id:cid {kept_out} }}")
    assert [name.rsplit("/", 1)[1] for name in (*row.combination, *row.excluded)] == ["000-p1", "002-p1"]


def test_a_union_cites_the_branch_that_matched(store: ox.Store) -> None:
    assert cells(store, "SELECT ?x { { ?x kt:knows id:dan } UNION { ?x kt:age 3 } } ORDER BY ?x") == [
        "002 P1",
        "001 P1",
    ]


def test_an_aggregate_cites_all_members(store: ox.Store) -> None:
    row = one(store, "SELECT (COUNT(?x) AS ?n) { id:bob kt:likes ?x }")
    assert (cell(row), row.combined) == ("000 P1 + 002 P1", True)


def test_what_counts_a_value_once_needs_it_once(store: ox.Store) -> None:
    query = "SELECT (COUNT(DISTINCT ?a) AS ?n) { ?a kt:knows ?b . ?b kt:likes ?c }"
    assert cells(store, query) == ["000 P1"]


def test_an_aggregate_over_nothing_rests_on_absence(store: ox.Store) -> None:
    row = one(store, "SELECT (COUNT(?x) AS ?n) { id:cid kt:likes ?x }")
    assert (row.assertions, row.absence[0].kind, cell(row)) == ((), "nothing", "(absence)")


def test_a_sub_query_is_traced_through(store: ox.Store) -> None:
    query = "SELECT ?a ?n { ?a kt:knows ?b { SELECT ?b (COUNT(?c) AS ?n) { ?b kt:likes ?c } GROUP BY ?b } }"
    assert cells(store, query) == ["000 P1 + 002 P1"]


def test_a_path_cites_its_edges(store: ox.Store) -> None:
    assert cells(store, "SELECT ?x { id:ann kt:knows/kt:likes ?x FILTER (?x = id:cid) }") == ["000 P1"]
    assert cells(store, "SELECT ?x { id:ann (kt:knows|kt:likes)+ ?x FILTER (?x = id:dan) }") == ["000 P1 + 002 P1"]


def test_distinct_order_limit_values_and_bind(store: ox.Store) -> None:
    query = "SELECT DISTINCT ?y { VALUES ?a { id:ann id:cid } ?a kt:knows ?x BIND (STR(?x) AS ?y) } ORDER BY ?y LIMIT 1"
    assert cells(store, query) == ["000 P1; 001 P1"]


def test_metadata_cites_the_assertion_that_it_is_about(store: ox.Store) -> None:
    assert cells(store, "SELECT ?p { a:001-p2 kt:passage ?p }") == ["001 P2"]


def test_ask_cites_what_made_it_true(store: ox.Store) -> None:
    assert cells(store, "ASK { id:ann kt:knows id:bob }") == ["000 P1; 001 P1"]
    row = one(store, "ASK { id:ann kt:knows id:dan }")
    assert (row.assertions, row.absence[0].kind) == ((), "nothing")


def test_each_triple_of_a_construct_is_cited(store: ox.Store) -> None:
    query = "CONSTRUCT { ?b kt:helps ?a . ?a kt:age ?n } WHERE { ?a kt:knows ?b OPTIONAL { ?b kt:age ?n } }"
    assert cells(store, query) == ["000 P1 + 002 P1", "000 P1 + 002 P1", "001 P1"]
    assert sorted(cells(store, "DESCRIBE id:bob")) == ["000 P1", "002 P1", "002 P1", "curator p1"]


def test_all_lists_every_assertion_of_a_matched_triple(store: ox.Store) -> None:
    rows = cited(store, "SELECT ?y { id:ann kt:knows ?x . ?x kt:likes ?y FILTER (?y = id:cid) }", mode="all")
    assert [cell(row) for row in rows] == ["000 P1; 001 P1"]


def test_what_cannot_be_traced_says_so(store: ox.Store) -> None:
    query = f"SELECT ?x FROM <{terms.ASSERTION}000-p1> {{ id:ann kt:knows ?x }}"
    row = one(store, query)
    assert row.untraced is not None
    assert "FROM" in row.untraced
    offset = one(store, "SELECT ?x { id:bob kt:likes ?x } ORDER BY ?x OFFSET 1")
    assert offset.untraced is not None
    assert cell(offset).startswith("002 P1; untraced: ")


def test_a_row_that_is_not_given_again_is_untraced(store: ox.Store) -> None:
    query = "SELECT (STRUUID() AS ?made) { id:ann kt:knows ?x }"
    row = one(store, query)
    assert row.untraced is not None


def test_a_row_of_the_query_alone_says_so(store: ox.Store) -> None:
    row = one(store, "SELECT ?x { VALUES ?x { 1 } }")
    assert row.notes == ("rests on the query alone",)


def test_no_rows_no_citations(store: ox.Store) -> None:
    assert len(cited(store, "SELECT ?x { id:dan kt:knows ?x }")) == 0


def test_an_unknown_way_of_citing_is_refused(store: ox.Store) -> None:
    with pytest.raises(UnknownName, match="way of citing"):
        cite(store, "ASK {}", Answer(store, truth=True), mode="some")
