"""Exporting in a Wikibase's terms."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kzturk_graph import api
from kzturk_graph.errors import UsageError
from kzturk_graph.exports.verb import export
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.lookup import find
from tests.conftest import Kzturk


def test_rdf_holds_statements_qualifiers_and_references(corpus: Corpus) -> None:
    store = ox.Store()
    store.load(export(corpus, "wikibase-rdf"), format=ox.RdfFormat.TURTLE)
    query = """
    PREFIX p: <http://www.wikidata.org/prop/>  PREFIX ps: <http://www.wikidata.org/prop/statement/>
    PREFIX pq: <http://www.wikidata.org/prop/qualifier/>  PREFIX pr: <http://www.wikidata.org/prop/reference/>
    PREFIX prov: <http://www.w3.org/ns/prov#>  PREFIX wd: <http://www.wikidata.org/entity/>
    ASK { wd:Q232 p:P463 [ ps:P463 wd:Q318693 ; pq:P585 ?when ; prov:wasDerivedFrom/pr:P854 ?url ] }"""
    assert bool(store.query(query))


def test_json_is_a_dump_of_entities() -> None:
    found = {each["id"]: each for each in json.loads(api.export("wikibase-json"))}
    assert found["Q232"]["labels"]["tr"]["value"] == "Kazakistan"
    assert found["KT/id/hlscc"]["claims"]["P571"][0]["mainsnak"]["datavalue"]["value"]["precision"] in (9, 10)


def test_one_thing_and_one_language(store: ox.Store, corpus: Corpus) -> None:
    (only,) = json.loads(export(corpus, "wikibase-json", entity=find(store, "hlscc"), language="kk"))
    assert only["id"] == "KT/id/hlscc"
    assert set(only["labels"]) == {"kk"}


def test_the_same_bytes_each_time(corpus: Corpus) -> None:
    for name in ("wikibase-rdf", "wikibase-json"):
        assert export(corpus, name) == export(corpus, name)


def test_a_document_alone(corpus: Corpus) -> None:
    cited = {
        reference["snaks"]["P248"][0]["datavalue"]["value"]["id"]
        for item in json.loads(export(corpus, "wikibase-json", sources=["004"]))
        for given in item["claims"].values()
        for statement in given
        for reference in statement.get("references", ())
    }
    assert cited == {"KT/document/004"}


def test_plans_can_t_be_asked_for(corpus: Corpus, store: ox.Store) -> None:
    with pytest.raises(UsageError, match="only planned"):
        export(corpus, "wikibase-json", modalities={"fact", "planned"})
    with pytest.raises(UsageError, match="references of its own"):
        export(corpus, "wikibase-rdf", provenance="statements")
    with pytest.raises(UsageError, match="doesn't become an item"):
        export(corpus, "wikibase-json", entity=find(store, "kz-tr"))


def test_the_command_writes_both(kzturk: Kzturk) -> None:
    assert 'wdt:P571 "1993-01-01T00:00:00Z"' in kzturk("export", "--format", "wikibase-rdf", "--entity", "turksoy").out
    assert kzturk("export", "--format", "wikibase-json", "--entity", "turksoy").out.startswith('[\n{"type":"item"')
    assert kzturk("export", "--format", "wikibase-json", "--modality", "target").code == 2
