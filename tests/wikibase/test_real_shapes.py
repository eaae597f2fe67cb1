"""What real data of Wikidata has that neat samples don't."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import read_corpus
from kzturk_graph.graph.selection import FACTS
from kzturk_graph.wikibase import json_writer, rdf_writer
from kzturk_graph.wikibase.beside.ask import sparql
from kzturk_graph.wikibase.beside.dialect import prepare
from kzturk_graph.wikibase.beside.loading import open_beside
from kzturk_graph.wikibase.model import Entity, EntityId, Snak, Statement
from kzturk_graph.wikibase.projection import project
from kzturk_graph.wikibase.source import open_source

WD, WDT = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"
LABEL = f'<{WD}Q232> <http://www.w3.org/2000/01/rdf-schema#label> "Kazakhstan"@en .\n'


def values(path: Path, property: str) -> list[object]:
    (entity,) = open_source(str(path)).entities()
    return [each.main.value for each in entity.statements[property]]


@pytest.mark.parametrize("address", ["http://a.kz/a b", "http://a.kz/%zz", "http://a.kz/[x]|{y}^", "www.a.kz"])
def test_an_address_that_is_no_iri_is_kept(address: str, tmp_path: Path) -> None:
    path = tmp_path / "truthy.nt"
    path.write_text(f"{LABEL}<{WD}Q232> <{WDT}P856> <{address}> .\n")
    assert values(path, "P856") == [address]


def test_a_schema_s_id_is_an_entity(tmp_path: Path) -> None:
    path = tmp_path / "truthy.nt"
    path.write_text(f"{LABEL}<{WD}Q232> <{WDT}P1545> <{WD}E1> .\n")
    assert values(path, "P1545") == [EntityId("E1")]


def test_letters_beyond_ascii_stay_in_an_address(tmp_path: Path) -> None:
    address = "http://президент.рф/ü"
    main = Snak("P856", address, datatype="url")
    path = tmp_path / "item.ttl"
    path.write_bytes(rdf_writer.write([Entity("Q232", statements={"P856": (Statement(main, id="Q232$1"),)})]))
    assert values(path, "P856") == [address]


def test_other_files_in_a_folder_are_named_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("what this is\n")
    (tmp_path / "truthy.nt").write_text(LABEL)
    beside = open_beside([str(tmp_path)])
    assert "README.md: isn't Wikibase data" in beside.notes[0]
    assert sparql("ASK { wd:Q232 rdfs:label 'Kazakhstan'@en }", beside).truth


def test_blank_nodes_of_two_files_in_a_folder_differ(tmp_path: Path) -> None:
    for name, id in (("a.nt", "Q232"), ("b.nt", "Q43")):
        (tmp_path / name).write_text(f"<{WD}{id}> <{WDT}P582> _:b0 .\n")
    assert not sparql("ASK { wd:Q232 wdt:P582 ?x . wd:Q43 wdt:P582 ?x }", open_beside([str(tmp_path)])).truth


def test_what_json_tells_of_its_date_is_cited(tmp_path: Path) -> None:
    path = tmp_path / "item.json"
    path.write_text(json.dumps({"type": "item", "id": "Q232", "modified": "2024-05-01T12:00:00Z"}))
    names = sparql("SELECT ?name { ?document skos:prefLabel ?name }", open_beside([str(path)], cited=True))
    assert any("2024-05-01" in str(name) for row in names.solutions for name in row)


@pytest.mark.parametrize(
    ("literal", "meant"),
    [
        ('"2012-05-01"', "2012-05-01T00:00:00Z"),
        ("'2012-00-00'", "2012-01-01T00:00:00Z"),
        ('"+2012-05-00T00:00:00Z"', "2012-05-01T00:00:00Z"),
        ('"-0044-03-15"', "-0044-03-15T00:00:00Z"),
    ],
)
def test_points_in_time_as_the_query_service_takes_them(literal: str, meant: str) -> None:
    assert (
        prepare(f"SELECT ({literal}^^xsd:dateTime AS ?d) {{}}").text == f'SELECT ("{meant}"^^xsd:dateTime AS ?d) {{}}'
    )


def test_a_text_that_looks_like_a_day_stays() -> None:
    query = 'SELECT ("2012-05-01" AS ?a) ("2012-05-01"^^xsd:date AS ?b) {}'
    assert prepare(query).text == query


NAMED = """SELECT ?state ?stateLabel WITH {
  SELECT ?state WHERE { ?state wdt:P463 ?body . }  # of any
} AS %members
WITH { SELECT DISTINCT ?state WHERE { INCLUDE %members } } AS %once
WHERE {
  INCLUDE %once
  SERVICE wikibase:label { bd:serviceParam wikibase:language "en". }
}"""


def test_named_subqueries(tmp_path: Path) -> None:
    path = tmp_path / "truthy.nt"
    path.write_text(f"{LABEL}<{WD}Q232> <{WDT}P463> <{WD}Q1065> .\n<{WD}Q232> <{WDT}P463> <{WD}Q7184> .\n")
    found = sparql(NAMED, open_beside([str(path)])).solutions
    assert [[term.value for term in row if term is not None] for row in found] == [[f"{WD}Q232", "Kazakhstan"]]


def test_lines_stay_where_they_are_with_named_subqueries() -> None:
    assert prepare(NAMED).text.count("\n") == NAMED.count("\n")


def test_items_of_ours_have_the_counts_of_the_query_service() -> None:
    query = "SELECT ?n ?pages { wd:Q4345435 wikibase:statements ?n ; wikibase:sitelinks ?pages }"
    ((number, pages),) = sparql(query, open_beside(["wikibase"])).solutions
    assert number is not None
    assert int(number.value) > 0
    assert pages is not None
    assert pages.value == "0"


OLD = {
    "type": "item",
    "id": "Q232",
    "labels": {"en": {"language": "en", "value": "Kazakhstan"}},
    "descriptions": [],
    "aliases": [],
    "sitelinks": {"enwiki": {"site": "enwiki", "title": "Kazakhstan"}},
    "claims": {
        "P463": [
            {
                "mainsnak": {
                    "snaktype": "value",
                    "property": "P463",
                    "datavalue": {"value": {"entity-type": "item", "numeric-id": 1065}, "type": "wikibase-entityid"},
                },
                "type": "statement",
                "id": "q232$ABC",
                "rank": "normal",
            }
        ]
    },
}
"""An item as dumps of 2014 have it: without revision, datatypes and ids of values."""


@pytest.mark.parametrize(
    "pattern",
    [
        "wd:Q232 wikibase:statements 1 ; wikibase:sitelinks 1 ; wikibase:identifiers 0",
        "?p wikibase:directClaim ?wdt . wd:Q232 ?wdt wd:Q1065",
        "?p wikibase:claim ?claim ; wikibase:statementProperty ?ps . wd:Q232 ?claim [ ?ps wd:Q1065 ]",
    ],
)
def test_an_old_dump_is_asked_as_the_query_service_is(pattern: str, tmp_path: Path) -> None:
    path = tmp_path / "dump.json"
    path.write_text(json.dumps([OLD]))
    assert sparql(f"ASK {{ {pattern} }}", open_beside([str(path)])).truth


def unordered(entity: Entity) -> object:
    """An entity without the orders that RDF doesn't keep."""

    def snaks(given: Mapping[str, tuple[Snak, ...]]) -> object:
        return frozenset((each.property, each.value, each.kind) for every in given.values() for each in every)

    statements = frozenset(
        (each.id, each.main, each.rank, snaks(each.qualifiers), frozenset(snaks(ref.snaks) for ref in each.references))
        for given in entity.statements.values()
        for each in given
    )
    aliases = {language: frozenset(texts) for language, texts in entity.aliases.items()}
    return entity.id, entity.labels, entity.descriptions, aliases, statements


def test_our_own_rdf_is_read_back_as_our_own_json_is(tmp_path: Path) -> None:
    projected = project(read_corpus(), FACTS)
    (tmp_path / "items.json").write_bytes(json_writer.dump(projected.items))
    (tmp_path / "items.ttl").write_bytes(rdf_writer.write([*projected.items, *projected.vocabulary]))
    json_, rdf = (
        {each.id: unordered(each) for each in open_source(str(tmp_path / f"items.{end}")).entities()}
        for end in ("json", "ttl")
    )
    assert len(json_) > 200
    assert {id: rdf.get(id) for id in json_} == json_


def test_things_of_ours_are_no_items_by_their_address_alone(tmp_path: Path) -> None:
    path = tmp_path / "ours.ttl"
    path.write_text('<https://w3id.org/kzturk/id/hlscc> <http://www.w3.org/2000/01/rdf-schema#label> "Council"@en .\n')
    with pytest.raises(InputError, match="isn't Wikibase data"):
        list(open_source(str(path)).entities())


@pytest.mark.parametrize(
    "before", ["?x rdfs:label 'Kazakhstan'@en .", "?x rdfs:label 'Kazakhstan'@en", "{ ?x ?p 'Kazakhstan'@en }"]
)
@pytest.mark.parametrize("after", ["", ".", ". ?x ?q ?y"])
def test_a_dot_may_follow_the_label_service(before: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "truthy.nt"
    path.write_text(LABEL)
    service = 'SERVICE wikibase:label { bd:serviceParam wikibase:language "en". }'
    query = f"SELECT DISTINCT ?xLabel {{ {before} {service} {after} FILTER(?x = wd:Q232) }}"
    found = sparql(query, open_beside([str(path)])).solutions
    assert [term.value for row in found for term in row if term is not None] == ["Kazakhstan"]
