"""The clients that people use: SPARQLWrapper, rdflib's store, curl."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from kzturk_graph import terms

pytestmark = pytest.mark.needs("web")

STATES = "PREFIX kt: <https://w3id.org/kzturk/ontology/> SELECT ?s { ?s a kt:State }"


@pytest.mark.parametrize("method", ["GET", "POST", "URLENCODED"])
def test_sparqlwrapper_gets_rows(site: str, method: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{site}/sparql")
    client.setQuery(STATES)
    if method == "GET":
        client.setMethod(wrapper.GET)
    else:
        client.setMethod(wrapper.POST)
        client.setRequestMethod(wrapper.URLENCODED if method == "URLENCODED" else wrapper.POSTDIRECTLY)
    for form in (wrapper.JSON, wrapper.XML):
        client.setReturnFormat(form)
        assert client.query().response.status == 200
    client.setReturnFormat(wrapper.JSON)
    assert len(client.queryAndConvert()["results"]["bindings"]) > 10


def test_sparqlwrapper_gets_triples(site: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{site}/sparql")
    client.setQuery(f"CONSTRUCT WHERE {{ <{terms.ENTITY}kazakhstan> ?p ?o }}")
    for form in (wrapper.TURTLE, wrapper.RDFXML, wrapper.JSONLD):
        client.setReturnFormat(form)
        assert len(client.queryAndConvert()) > 2


def test_sparqlwrapper_meets_errors(site: str) -> None:
    wrapper = pytest.importorskip("SPARQLWrapper")
    client = wrapper.SPARQLWrapper(f"{site}/sparql")
    client.setQuery("SELECT")
    with pytest.raises(wrapper.SPARQLExceptions.QueryBadFormed, match="syntax error"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_it_as_a_store(site: str, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{site}/sparql", method=method, context_aware=False))
    kazakhstan = rdflib.URIRef(terms.ENTITY + "kazakhstan")
    assert rdflib.Literal("Қазақстан", lang="kk") in set(graph.objects(kazakhstan, rdflib.SKOS.prefLabel))
    assert len(list(graph.query(STATES))) > 10
    assert (kazakhstan, rdflib.RDF.type, rdflib.URIRef(terms.kt("State"))) in graph


def test_curl_as_the_manual_says(site: str) -> None:
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("needs curl")
    got = subprocess.run(
        [curl, "-sf", "--compressed", "-H", "Accept: application/sparql-results+json", "--data-urlencode", f"query={STATES}", f"{site}/sparql"],
        capture_output=True, check=True,
    )  # fmt: skip
    assert len(json.loads(got.stdout)["results"]["bindings"]) > 10
