"""An empty answer says why: what matches nothing, isn't there, is planned, denied, filtered or left out."""

from __future__ import annotations

import datetime
import json

import pytest

from kzturk_graph.graph.selection import Selection
from tests.explain.conftest import Why, kinds, told


def test_names_the_part_that_matches_nothing(why: Why) -> None:
    found = why("SELECT * { ?s kt:council id:hlscc . ?s kt:ordinal 77 . ?s kt:date ?d }")
    assert found.clues[0].kind == "pattern"
    assert found.clues[0].parts == ("?s kt:ordinal 77",)


def test_names_the_fewest_parts_that_clash(why: Why) -> None:
    found = why("SELECT * { ?s skos:prefLabel ?l . ?s a kt:State . ?s kt:council ?c . ?c skos:prefLabel ?m }")
    assert found.clues[0].kind == "together"
    assert found.clues[0].parts == ("?s a kt:State", "?s kt:council ?c")
    assert "kt:council is said of things of kt:Session" in told(found)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("SELECT * { ?s kt:ordinl ?n }", "kt:ordinal"),
        ("SELECT * { ?s a kt:Sesion }", "kt:Session"),
        ("SELECT * { ?s kt:Council ?n }", "kt:council"),
        ("SELECT * { ?s a kt:council }", "kt:Council"),
        ("SELECT * { id:kazakstan ?p ?o }", "id:kazakhstan"),
        ("SELECT * { ?s kt:measure c:trade-turnovr }", "c:trade-turnover"),
        ("SELECT * { VALUES ?s { id:kazakstan } ?s a kt:State }", "id:kazakhstan"),
        ("SELECT * { ?s a kt:State FILTER (?s = id:kazakstan) }", "id:kazakhstan"),
        ("SELECT * { ?s kt:council/kt:membr ?o }", "kt:member"),
        ("DESCRIBE id:kazakstan", "id:kazakhstan"),
    ],
)
def test_suggests_the_nearest_term(why: Why, query: str, name: str) -> None:
    found = why(query)
    assert "unknown" in kinds(found)
    assert f"did you mean {name}" in told(found)


def test_suggests_the_thing_that_bears_the_name(why: Why) -> None:
    assert "did you mean id:turkiye (Türkiye)" in told(why("SELECT * { id:turkey ?p ?o }"))


def test_says_whether_a_thing_is_spoken_of(why: Why) -> None:
    assert "id:sco (Shanghai Cooperation Organisation) is there" in told(why("ASK { id:sco kt:ordinal 3 }"))


@pytest.mark.parametrize(
    ("query", "spelling"),
    [
        ('SELECT * { ?x skos:prefLabel "Kazakhstan" }', '"Kazakhstan"@en'),
        ('SELECT * { ?x skos:prefLabel "Kazakstan"@en }', '"Kazakhstan"@en'),
        ('SELECT * { ?x kt:date "2018" }', '"2018"^^edtf:EDTF'),
        ('SELECT * { ?x rdfs:label "Kazakhstan"@en }', "skos:prefLabel"),
    ],
)
def test_suggests_how_a_text_is_written(why: Why, query: str, spelling: str) -> None:
    found = why(query)
    assert "literal" in kinds(found)
    assert spelling in told(found)


def test_a_property_turned_round(why: Why) -> None:
    found = why("SELECT * { id:hlscc kt:council ?s }")
    assert any(clue.kind == "reversed" and clue.parts == ("?s kt:council id:hlscc",) for clue in found.clues)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s a kt:Session ; kt:council id:hlscc ; kt:date "2018"^^edtf:EDTF }',
        'SELECT * { ?s a kt:Meeting ; kt:date "2018"^^edtf:EDTF }',  # a class above the stated one
        'SELECT * { [ a kt:Session ; kt:date "2018"^^edtf:EDTF ] kt:council ?c }',
        "SELECT * { ?s a kt:Session ; kt:date ?d . ?r kt:edtf ?d ; kt:latest ?e FILTER (YEAR(?e) = 2018) }",
        'SELECT * { ?a kt:modality c:fact . GRAPH ?a { ?s a kt:Session ; kt:date "2018"^^edtf:EDTF } }',
        'SELECT * { GRAPH ?a { ?s kt:date "2018"^^edtf:EDTF } ?a kt:modality ?m FILTER (?m = c:fact) }',
    ],
)
def test_what_is_only_planned(why: Why, query: str) -> None:
    found = why(query)
    (clue,) = (clue for clue in found.clues if clue.kind == "modality")
    assert {each.modality for each in clue.witnesses} == {"planned"}
    assert "003 P13 (planned)" in told(found)
    assert "id:hlscc-meeting-2018" in told(found)


def test_a_stated_negative_answers(why: Why) -> None:
    found = why("ASK { ?m org:member id:turkiye ; org:organization id:sco ; org:role c:full-member }")
    assert found.empty
    assert "a stated negative answers it" in told(found)
    assert "003 P39 (denied)" in told(found)


def test_a_language_that_no_text_has(why: Why) -> None:
    found = why("SELECT ?l { id:kazakhstan skos:prefLabel ?l FILTER (lang(?l) = 'de') }")
    assert found.clues[0].kind == "filter"
    assert found.clues[0].rows == 4
    assert "languages of ?l there: en, kk, ru, tr" in told(found)


def test_one_condition_of_several_is_named(why: Why) -> None:
    found = why("SELECT * { ?r kt:value ?v FILTER (?v > 1 && ?v > 1e30 && ?v < 1e40) }")
    assert found.clues[0].parts == ("FILTER (?v > 1e30)",)
    assert "(number)" in told(found)


def test_a_filter_by_day(why: Why) -> None:
    found = why('SELECT * { ?d kt:earliest ?e FILTER (?e > "2190-01-01"^^xsd:date) }')
    assert "filter (date)" in told(found)
    assert "days from" in told(found)


def test_dates_as_published_cannot_be_compared(why: Why) -> None:
    found = why('SELECT * { ?s kt:council id:hlscc ; kt:date ?d FILTER (?d > "2015-01-01"^^xsd:date) }')
    assert "kt:earliest" in told(found)


def test_a_tagged_text_is_never_equal_to_a_plain_one(why: Why) -> None:
    assert "compare STR(?l)" in told(why('SELECT * { ?s skos:prefLabel ?l FILTER (?l = "Kazakhstan") }'))


def test_filters_that_exclude_each_other(why_saved: Why) -> None:
    found = why_saved("office-holders", holder="tokayev", office="president-of-turkiye")
    assert "for holder" in told(found)
    assert any(
        clue.kind == "together" and clue.parts == ("FILTER (?post = id:president-of-turkiye)",) for clue in found.clues
    )


def test_an_absence_that_none_has(why: Why) -> None:
    assert "absence" in kinds(why("SELECT * { ?x a kt:Session FILTER NOT EXISTS { ?x a kt:Meeting } }"))
    assert "absence" in kinds(why("SELECT * { ?x a kt:Session MINUS { ?x a kt:Meeting } }"))


@pytest.mark.parametrize(
    ("selection", "option"),
    [
        (Selection(sources=frozenset({"001"})), "--source"),
        (Selection(without=frozenset({"000", "002", "003", "004"})), "--without"),
        (Selection(voices=frozenset({"https://w3id.org/kzturk/document/001"})), "--voice"),
        (Selection(as_of=datetime.date(1999, 1, 1)), "--as-of 1999-01-01"),
    ],
)
def test_what_the_selection_left_out(why: Why, selection: Selection, option: str) -> None:
    found = why("SELECT * { ?s kt:council id:hlscc ; kt:ordinal ?n }", selection)
    assert "selection" in kinds(found)
    assert f"left out by {option}" in told(found)
    assert not {"unknown", "unused", "silent"} & kinds(found)


def test_each_alternative_of_a_union(why: Why) -> None:
    found = why("SELECT * { { ?x a kt:State ; kt:ordinal ?n } UNION { ?x a kt:Session ; kt:ordinal 77 } }")
    parts = [clue.parts for clue in found.clues if clue.kind == "alternatives"]
    assert parts == [("?x kt:ordinal ?n",), ("?x kt:ordinal 77",)]


def test_a_part_of_a_sub_query(why: Why) -> None:
    found = why("SELECT * { ?x a kt:State { SELECT ?x { ?x kt:ordinal 77 } } }")
    assert any(clue.kind == "alternatives" and clue.parts == ("?x kt:ordinal 77",) for clue in found.clues)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("SELECT * { ?x a kt:State } LIMIT 0", "LIMIT 0"),
        ("SELECT * { ?x a kt:State } OFFSET 5000", "OFFSET 5000"),
        ("SELECT ?x { ?x a kt:State } GROUP BY ?x HAVING (COUNT(*) > 9)", "HAVING"),
        ("SELECT ?x { ?x a kt:State } VALUES ?x { id:hlscc }", "VALUES"),
        ("CONSTRUCT { ?x kt:ordinal ?n } { ?x a kt:State }", "template"),
        ("SELECT (MIN(?n) AS ?least) { ?x a kt:State OPTIONAL { ?x kt:ordinal ?n } }", "aggregated"),
    ],
)
def test_what_stands_outside_of_where(why: Why, query: str, word: str) -> None:
    found = why(query)
    assert found.empty
    assert word in told(found)


@pytest.mark.parametrize("query", ["DESCRIBE ?x { ?x a kt:State } LIMIT 0", "ASK {}", "SELECT * {}"])
def test_odd_queries_are_explained_without_a_fault(why: Why, query: str) -> None:
    json.dumps(why(query, counts=True).as_json())


def test_what_cannot_be_taken_apart_is_said(store: object) -> None:
    from kzturk_graph.explain import explain
    from kzturk_graph.queries.run import Answer

    found = explain(store, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", Answer(store))  # type: ignore[arg-type]
    assert kinds(found) == {"untold"}
    assert "can't be told" in told(found)


def test_labels_come_in_the_language(why: Why) -> None:
    assert "id:kazakhstan (Қазақстан)" in told(why("SELECT * { id:kazakhstan kt:ordinal ?n }"), "kk")


def test_json_has_the_reasons(why: Why) -> None:
    row = why('SELECT * { ?s kt:council id:hlscc ; kt:date "2018"^^edtf:EDTF }').as_json()
    assert row["empty"] is True
    assert row["complete"] is True
    assert row["reasons"][0]["parts"] == ['?s kt:date "2018"^^edtf:EDTF']
    (reason,) = (each for each in row["reasons"] if each["kind"] == "modality")
    assert reason["assertions"][0]["modality"] == "planned"


def test_the_same_query_is_told_the_same(why: Why) -> None:
    query = "SELECT * { ?s a kt:Sesion ; kt:ordinl ?n ; skos:prefLabel 'Kazakstan' }"
    assert told(why(query)) == told(why(query))
