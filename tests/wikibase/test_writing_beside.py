"""Our graph with other data beside it: what is loaded, and the idiom that queries may use."""

from __future__ import annotations

import bz2
import gzip
from pathlib import Path

import pytest

from kzturk_graph import api
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.wikibase import json_writer, rdf_writer
from kzturk_graph.wikibase.beside.ask import sparql
from kzturk_graph.wikibase.beside.dialect import prepare
from kzturk_graph.wikibase.beside.loading import Beside, open_beside
from kzturk_graph.wikibase.model import Entity, EntityId, Snak, Statement
from tests.conftest import WIKIDATA, Kzturk

ITEM = Entity(
    "Q232",
    labels={"en": "Kazakhstan", "kk": "Қазақстан"},
    descriptions={"en": "a state"},
    aliases={"en": ("KZ",)},
    statements={"P463": (Statement(Snak("P463", EntityId("Q485207"), datatype="wikibase-item"), id="Q232$1"),)},
)
LINKED = "SELECT ?ours { ?ours skos:exactMatch ?item . ?item wdt:P463 wd:Q485207 }"


def rows(query: str, beside: Beside) -> list[tuple[str | None, ...]]:
    answer = sparql(query, beside)
    return [tuple(None if term is None else term.value for term in row) for row in answer.solutions]


@pytest.fixture
def item(tmp_path: Path) -> Beside:
    path = tmp_path / "item.json"
    path.write_bytes(json_writer.dump([ITEM]))
    return open_beside([str(path)])


def test_links_lead_from_ours_to_theirs(item: Beside) -> None:
    assert rows(LINKED, item) == [("https://w3id.org/kzturk/id/kazakhstan",)]


@pytest.mark.parametrize("name", ["item.json", "item.json.gz", "item.json.bz2", "item.ttl", "item.ttl.gz", "folder"])
def test_every_form_of_data_is_loaded(name: str, tmp_path: Path) -> None:
    raw = json_writer.dump([ITEM]) if ".json" in name else rdf_writer.write([ITEM])
    packed = gzip.compress(raw) if name.endswith(".gz") else bz2.compress(raw) if name.endswith(".bz2") else raw
    path = tmp_path / name
    if name == "folder":
        path.mkdir()
        (path / "a.ttl").write_bytes(raw)
    else:
        path.write_bytes(packed)
    assert len(rows(LINKED, open_beside([str(path)]))) == 1


def test_an_entity_page_in_rdf_xml_is_loaded(tmp_path: Path) -> None:
    page = tmp_path / "Q232.rdf"
    page.write_text(
        '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:wdt="http://www.wikidata.org/prop/direct/">'
        '<rdf:Description rdf:about="http://www.wikidata.org/entity/Q232">'
        '<wdt:P463 rdf:resource="http://www.wikidata.org/entity/Q485207"/><wdt:P36 rdf:nodeID="0a1b"/>'
        "</rdf:Description></rdf:RDF>"
    )
    assert len(rows(LINKED, open_beside([str(page)]))) == 1


def test_several_sources_stand_side_by_side(tmp_path: Path) -> None:
    for name, prefix in (("a.nt", "P36"), ("b.nt", "P35")):
        line = f"<http://www.wikidata.org/entity/Q232> <http://www.wikidata.org/prop/direct/{prefix}> _:b .\n"
        (tmp_path / name).write_text(line)
    both = open_beside([str(tmp_path / "a.nt"), str(tmp_path / "b.nt")])
    assert rows("SELECT ?x { wd:Q232 wdt:P36 ?x ; wdt:P35 ?x }", both) == []  # two files' blank nodes are two
    assert len(rows("SELECT ?x { wd:Q232 wdt:P36|wdt:P35 ?x }", both)) == 2


def test_data_that_isn_t_there_or_is_something_else(kzturk: Kzturk, tmp_path: Path) -> None:
    assert kzturk("sparql", "ASK { ?s ?p ?o }", "--with", "nowhere.json").code == 3
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html></html>")
    said = kzturk("sparql", "ASK { ?s ?p ?o }", "--with", str(page))
    assert said.code == 3
    assert "HTML" in said.err
    with pytest.raises(UsageError, match="endpoint"):
        open_beside(["https://example.org/sparql"])


def test_what_was_left_out_of_the_data_is_said(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    path.write_bytes(json_writer.dump([ITEM]).replace(b"\n]\n", b',\n{"id":"Q1",\n]\n'))
    said = kzturk("sparql", "ASK { wd:Q232 wdt:P463 ?x }", "--with", str(path))
    assert (said.code, said.out) == (0, "yes\n")
    assert "broken.json: 1 left out" in said.err


def test_from_python() -> None:
    assert api.sparql("ASK { wd:Q43 p:P463/ps:P463 wd:Q1993710 }", beside=["wikibase"]) is True


def test_plans_stay_out_of_the_default_graph(item: Beside) -> None:
    assert sparql("ASK { id:hlscc-meeting-2018 a kt:Session }", item).truth is False


def test_without_it_their_names_are_unknown(kzturk: Kzturk) -> None:
    said = kzturk("sparql", "SELECT ?x { ?x wdt:P463 ?y }")
    assert said.code == 3
    assert "the prefix 'wdt' isn't declared" in said.err


def test_the_prefix_p_is_told_apart_by_what_stands_behind_it(item: Beside) -> None:
    theirs = prepare("SELECT * { ?s p:P463 ?o }")
    assert theirs.prefixes["p"] == "http://www.wikidata.org/prop/"
    assert theirs.text == "SELECT * { ?s p:P463 ?o }"
    assert len(rows("SELECT ?o { wd:Q232 p:P463 ?o }", item)) == 1
    assert sparql("ASK { ?a kt:passage p:004-p17 }", item).truth is True
    assert sparql("ASK { ?a kt:passage p:004-p17 . wd:Q232 p:P463 ?o }", item).truth is True
    assert sparql("PREFIX p: <https://example.org/> ASK { wd:Q232 p:P463 ?o }", item).truth is False


def test_the_prefix_schema_too(item: Beside) -> None:
    assert sparql('ASK { wd:Q232 schema:description "a state"@en }', item).truth is True
    assert sparql("ASK { id:avim schema:email ?address }", item).truth is True
    assert sparql("ASK { id:avim schema:email ?address . wd:Q232 schema:description ?text }", item).truth is True


LABEL = 'SERVICE wikibase:label { bd:serviceParam wikibase:language "%s" }'


@pytest.mark.parametrize(
    ("languages", "label"),
    [
        ("en", "Kazakhstan"),
        ("kk,en", "Қазақстан"),
        ("de, en", "Kazakhstan"),
        ("[AUTO_LANGUAGE],en", "Kazakhstan"),
        ("de", "Q232"),
    ],
)
def test_labels_come_in_the_first_language_that_has_one(languages: str, label: str, item: Beside) -> None:
    query = f"SELECT ?itemLabel {{ ?item wdt:P463 ?body . {LABEL % languages} }}"
    assert rows(query, item) == [(label,)]


def test_descriptions_and_other_names_come_too(item: Beside) -> None:
    query = f"SELECT ?itemDescription ?itemAltLabel {{ ?item wdt:P463 ?body {LABEL % 'en'} }}"
    assert rows(query, item) == [("a state", "KZ")]


def test_the_service_may_stand_anywhere_in_its_group(item: Beside) -> None:
    query = f"SELECT ?itemLabel {{ {LABEL % 'en'} ?item wdt:P463 ?body . }}"
    assert rows(query, item) == [("Kazakhstan",)]
    inner = f"SELECT ?itemLabel {{ {{ SELECT ?item ?itemLabel {{ ?item wdt:P463 ?b {LABEL % 'en'} }} }} }}"
    assert rows(inner, item) == [("Kazakhstan",)]


def test_a_name_that_the_query_binds_itself_stays(item: Beside) -> None:
    own = f'SELECT ?itemLabel {{ ?item wdt:P463 ?b BIND ("mine" AS ?itemLabel) {LABEL % "en"} }}'
    assert rows(own, item) == [("mine",)]
    counted = f"SELECT (COUNT(?item) AS ?itemLabel) {{ ?item wdt:P463 ?b {LABEL % 'en'} }}"
    assert rows(counted, item) == [("1",)]


def test_a_number_is_its_own_label(item: Beside) -> None:
    assert rows(f"SELECT ?xLabel {{ VALUES ?x {{ 5 }} {LABEL % 'en'} }}", item) == [("5",)]


def test_other_services_are_refused(item: Beside, kzturk: Kzturk) -> None:
    for name in ("wikibase:mwapi", "<https://example.org/sparql>", "bd:sample"):
        with pytest.raises(UsageError, match="SERVICE"):
            sparql(f"SELECT * {{ SERVICE {name} {{ ?s ?p ?o }} }}", item)
    with pytest.raises(UsageError, match="read only"):
        sparql("DELETE WHERE { ?s ?p ?o }", item)


def test_hints_are_passed_over(item: Beside) -> None:
    query = 'SELECT ?o { hint:Query hint:optimizer "None" . wd:Q232 wdt:P463 ?o . hint:Prior hint:rangeSafe true }'
    assert len(rows(query, item)) == 1


def test_an_error_still_names_its_line(item: Beside) -> None:
    query = f"SELECT ?itemLabel {{\n  {LABEL % 'en'}\n  ?item wdt:P463 ?body .\n  FILTER (\n}}"
    with pytest.raises(InputError) as error:
        sparql(query, item)
    assert error.value.line == 5
    with pytest.raises(InputError, match="the prefix 'foo' isn't declared"):
        sparql("SELECT * { ?s foo:bar ?o }", item)


def test_a_row_from_theirs_is_cited_by_the_file(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "items-20240501.json"
    path.write_bytes(json_writer.dump([ITEM]))
    said = kzturk("sparql", "SELECT ?o { wd:Q232 wdt:P463 ?o }", "--with", str(path), "--cite")
    assert "Wikidata (items-20240501.json, 2024-05-01)" in said.out


def test_an_empty_answer_is_explained(kzturk: Kzturk) -> None:
    said = kzturk("sparql", "SELECT ?x { ?x wdt:P463 wd:Q7184 }", "--with", "wikibase")
    assert "nothing matches this" in said.err


def test_a_saved_query_says_what_it_needs(kzturk: Kzturk) -> None:
    said = kzturk("run", "wikidata-links")
    assert said.code == 2
    assert "--with" in said.err


def test_a_saved_query_runs_on_what_it_needs(kzturk: Kzturk) -> None:
    small = Path(__file__).parents[1] / "queries" / "beside" / "small.ttl"
    said = kzturk("run", "wikidata-missions", "--sender", "turkiye", "--with", str(small), "--format", "csv")
    assert said.code == 0
    assert said.out.splitlines()[1].split(",")[4] == "consulate general for tests"


@pytest.mark.needs("wikidata")
def test_saved_queries_join_real_data(kzturk: Kzturk) -> None:
    real = str(WIKIDATA / "dump-slice.json.gz")
    said = kzturk(
        "run", "wikidata-memberships", "--state", "kazakhstan", "--body", "sco", "--with", real, "--format", "csv"
    )
    assert said.code == 0
    assert said.out.splitlines()[1].split(",")[4:6] == ["yes", "1996-04-26T00:00:00Z"]
    heads = kzturk("run", "wikidata-heads-of-state", "--state", "kazakhstan", "--with", real, "--format", "csv")
    assert "http://www.wikidata.org/entity/Q57394" in heads.out  # as of that slice
    capital = kzturk("run", "wikidata-capitals", "--with", real, "--format", "csv")
    assert "http://www.wikidata.org/entity/Q1520,https://w3id.org/kzturk/id/astana" in capital.out


@pytest.mark.needs("wikidata")
def test_truthy_data_is_joined_too(kzturk: Kzturk) -> None:
    real = str(WIKIDATA / "truthy-sample.nt.gz")
    query = "SELECT ?a ?b { ?a a kt:State ; skos:exactMatch/wdt:P530/^skos:exactMatch ?b } ORDER BY STR(?a) STR(?b)"
    said = kzturk("sparql", query, "--with", real, "--format", "csv")
    assert "https://w3id.org/kzturk/id/kazakhstan,https://w3id.org/kzturk/id/turkiye" in said.out.splitlines()
