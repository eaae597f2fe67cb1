"""The JSON-LD that people read, and the context that it stands on."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.exports.context import FILE, VERSION, document, read_context
from kzturk_graph.exports.verb import export
from kzturk_graph.graph.assertions import Corpus


def nodes(raw: bytes) -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in json.loads(raw)["@graph"]}


def test_one_object_a_thing_with_its_labels_by_language(small: Corpus) -> None:
    raw = export(small, "jsonld")
    found = nodes(raw)
    assert len(found) == len(json.loads(raw)["@graph"])
    visit = found["id:visit-erdogan-2012"]
    assert visit == {
        "@id": "id:visit-erdogan-2012",
        "@type": "Visit",
        "date": "2012-05",
        "host": "id:kazakhstan",
        "visitor": "id:erdogan",
    }
    assert found["id:kazakhstan"]["skos:prefLabel"]["kk"] == "Қазақстан"
    assert found["id:hlscc"]["establishedOn"] == ["2012", "2012-05"]
    assert found["id:hlscc-2"]["ordinal"] == 2
    assert list(found["id:hlscc"])[:3] == ["@id", "@type", "skos:prefLabel"]
    assert list(visit)[2:] == sorted(visit)[2:]


def test_numbers_keep_their_spelling(small: Corpus) -> None:
    assert nodes(export(small, "jsonld"))["n:901-p1-trade"]["value"] == "1.50"


def test_the_entity_comes_first(small: Corpus) -> None:
    raw = export(small, "jsonld", entity=ox.NamedNode(terms.ENTITY + "visit-erdogan-2012"))
    assert json.loads(raw)["@graph"][0]["@id"] == "id:visit-erdogan-2012"


def test_a_graph_stands_in_the_object_that_describes_it(small: Corpus) -> None:
    plan = nodes(export(small, "jsonld", provenance="graphs"))["a:901-p1-plan"]
    assert plan["modality"] == "c:planned"
    assert [node["@id"] for node in plan["@graph"]] == ["id:hlscc-10"]


def test_the_shipped_context_is_that_of_the_ontology(corpus: Corpus) -> None:
    shipped = (resources.ontology() / FILE).read_text(encoding="utf-8")
    assert shipped == document(corpus.vocabulary), "run: python -m kzturk_graph.exports.context"


def test_the_context_says_its_version() -> None:
    whole = json.loads((resources.ontology() / FILE).read_text(encoding="utf-8"))
    assert whole["owl:versionInfo"] == VERSION
    assert whole["@id"].endswith(f"/context/{VERSION}")
    assert list(ox.parse(json.dumps(whole), format=ox.RdfFormat.JSON_LD))


def test_the_context_knows_every_property_of_things_in_the_data(corpus: Corpus) -> None:
    known = {value["@id"]: value for value in read_context().values() if isinstance(value, dict)}
    triples = [*corpus.beside, *(t for a in corpus.assertions.values() for t in a.triples)]
    pointing = {t.predicate.value for t in triples if isinstance(t.object, ox.NamedNode)} - {terms.TYPE}
    assert {iri for iri in pointing if known.get(iri, {}).get("@type") != "@id"} == set()
    texts = {t.predicate.value for t in triples if isinstance(t.object, ox.Literal) and t.object.language}
    assert {iri for iri in texts if known.get(iri, {}).get("@container") != "@language"} == set()
    dated = {
        t.predicate.value for t in triples if isinstance(t.object, ox.Literal) and t.object.datatype.value == terms.EDTF
    }
    assert {iri for iri in dated if known.get(iri, {}).get("@type") != terms.EDTF} == set()
