"""``/sparql`` and its neighbours: what a program asks, and what it gets."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import zstandard

from kzturk_graph import terms
from kzturk_graph.queries.catalogue import catalogue
from kzturk_graph.resources import data
from tests.web.client import ask, sparql

pytestmark = pytest.mark.needs("web")

NAMES = "SELECT ?name { id:kazakhstan skos:prefLabel ?name } ORDER BY ?name"
DESCRIBED = "DESCRIBE id:kazakhstan"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (None, JSON), ("*/*", JSON), (XML, XML), ("application/xml", XML), ("text/csv", "text/csv"), ("text/*", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"), (f"{XML};q=0.5, {JSON};q=0.4", XML),
        (f"{JSON};q=0, */*;q=0.1", XML), ("image/png, application/*;q=0.2", JSON),
    ],
)  # fmt: skip
def test_rows_come_as_accepted(site: str, accept: str | None, media: str) -> None:
    got = sparql(site, NAMES, {"Accept": accept} if accept else None)
    assert (got.status, got.media) == (200, media)
    assert "Казахстан" in got.text


@pytest.mark.parametrize(
    ("accept", "media", "form"),
    [
        (None, "text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
        ("application/trig", "application/trig", ox.RdfFormat.TRIG), ("text/html;q=0.1, text/turtle", "text/turtle", ox.RdfFormat.TURTLE),
    ],
)  # fmt: skip
def test_triples_come_as_accepted(site: str, accept: str | None, media: str, form: ox.RdfFormat) -> None:
    got = sparql(site, DESCRIBED, {"Accept": accept} if accept else None)
    assert (got.status, got.media) == (200, media)
    triples = {quad.triple for quad in ox.parse(got.body, format=form)}
    label = ox.NamedNode(terms.PREF_LABEL)
    assert (
        ox.Triple(ox.NamedNode(terms.ENTITY + "kazakhstan"), label, ox.Literal("Қазақстан", language="kk")) in triples
    )


@pytest.mark.parametrize(
    ("name", "media"), [("json", JSON), ("csv", "text/csv"), (XML, XML), ("tsv", "text/tab-separated-values")]
)
def test_format_goes_before_accept(site: str, name: str, media: str) -> None:
    assert sparql(site, NAMES, {"Accept": XML}, format=name).media == media


@pytest.mark.parametrize(("query", "accept"), [(NAMES, "image/png"), (NAMES, "text/turtle"), (DESCRIBED, "text/csv")])
def test_what_nobody_accepts_is_told_with_the_offers(site: str, query: str, accept: str) -> None:
    got = sparql(site, query, {"Accept": accept})
    assert got.status == 406
    assert ("text/turtle" if query == DESCRIBED else JSON) in got.json()["offers"]


def test_unknown_format_is_refused(site: str) -> None:
    assert sparql(site, NAMES, format="png").status == 400


def test_ask_in_every_format(site: str) -> None:
    for name, text in (
        ("json", '"boolean":true'),
        ("xml", "<boolean>true</boolean>"),
        ("csv", "true"),
        ("tsv", "true"),
    ):
        assert text in sparql(site, "ASK { id:hlscc a kt:Council }", format=name).text


def test_a_syntax_error_has_its_place(site: str) -> None:
    got = sparql(site, "SELECT * {\n  ?s ?p ?o .\n  ?s ?p }")
    assert got.status == 400
    error = got.json()
    assert (error["status"], error["line"], error["column"]) == (400, 3, 10)
    assert "syntax error" in error["message"]


def test_the_place_of_an_error_behind_the_word_service(site: str) -> None:
    query = 'SELECT * { ?s ?p "service SERVICE" . ?x }'
    error, plain = sparql(site, query).json(), sparql(site, query.lower().replace("service", "another")).json()
    assert (error["line"], error["column"]) == (plain["line"], plain["column"])


@pytest.mark.parametrize(
    "update", ["DROP ALL", "PREFIX e: <e:> INSERT DATA { e:a e:b e:c }", "LOAD <http://example.org/>"]
)
def test_updates_are_refused(site: str, update: str) -> None:
    assert sparql(site, update).status == 403
    assert ask(site, "/sparql", "POST", update.encode(), Content_Type="application/sparql-update").status == 403
    form = urlencode({"update": update}).encode()
    assert ask(site, "/sparql", "POST", form, Content_Type="application/x-www-form-urlencoded").status == 403


def test_head_is_get_without_a_body(site: str) -> None:
    path = f"/sparql?query={quote(NAMES)}"
    head, got = ask(site, path, "HEAD"), ask(site, path)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == str(len(got.body))
    assert head.headers["etag"] == got.headers["etag"]


def test_other_origins_may_ask(site: str) -> None:
    assert sparql(site, NAMES, {"Origin": "https://example.org"}).headers["access-control-allow-origin"] == "*"
    asked = ask(site, "/sparql", "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="POST")
    assert asked.status == 204
    assert "POST" in asked.headers["access-control-allow-methods"]
    assert "Content-Type" in asked.headers["access-control-allow-headers"]


def test_an_etag_saves_the_answer(site: str) -> None:
    first = sparql(site, NAMES)
    for _ in range(2):
        again = sparql(site, NAMES, {"If-None-Match": first.headers["etag"]})
        assert (again.status, again.body) == (304, b"")
    assert sparql(site, NAMES, format="xml").headers["etag"] != first.headers["etag"]
    assert sparql(site, NAMES, {"If-None-Match": 'W/"other"'}).status == 200


@pytest.mark.parametrize(
    "query", ["SELECT (NOW() AS ?n) {}", "SELECT (rand () AS ?n) {}", "SELECT (STRUUID() AS ?n) {}"]
)
def test_what_changes_is_never_kept(site: str, query: str) -> None:
    first, second = sparql(site, query), sparql(site, query)
    assert first.headers["cache-control"] == "no-store"
    assert "etag" not in first.headers
    assert first.body != second.body


def test_an_answer_given_again_is_the_same(site: str) -> None:
    query = "SELECT ?s { ?s a kt:State } ORDER BY ?s"
    first, second, third = (sparql(site, query) for _ in range(3))
    assert first.body == second.body == third.body
    assert {k: v for k, v in first.headers.items() if k != "date"} == {
        k: v for k, v in third.headers.items() if k != "date"
    }


@pytest.mark.parametrize(("encoding", "unpack"), [("gzip", gzip.decompress), ("zstd", lambda b: zstandard.ZstdDecompressor().decompressobj().decompress(b))])  # fmt: skip
def test_large_answers_are_compressed(site: str, encoding: str, unpack) -> None:  # type: ignore[no-untyped-def]
    query = "SELECT * { ?s a ?class } LIMIT 500"
    packed, plain = sparql(site, query, {"Accept-Encoding": encoding}), sparql(site, query)
    assert packed.headers["content-encoding"] == encoding
    assert unpack(packed.body) == plain.body
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "content-encoding" not in sparql(site, query, {"Accept-Encoding": f"{encoding};q=0"}).headers


def test_direct_post_with_charset(site: str) -> None:
    body = "SELECT ?s { ?s skos:prefLabel 'Түркия'@kk }".encode()
    for said in (
        "application/sparql-query",
        "application/sparql-query; charset=utf-8",
        'application/sparql-query; charset="UTF-8"',
    ):
        assert ask(site, "/sparql", "POST", body, Content_Type=said).rows()[0]["s"].endswith("turkiye")
    assert ask(site, "/sparql", "POST", body, Content_Type="application/sparql-query; charset=koi8-r").status == 415
    assert ask(site, "/sparql", "POST", b"ASK { ?s ?p '\xff' }", Content_Type="application/sparql-query").status == 400


def test_parameters_that_are_not_utf8_are_refused(site: str) -> None:
    assert ask(site, "/sparql?query=ASK%20%7B%7D%FF").status == 400
    assert ask(site, "/sparql?" + "a=b&" * 300).status == 400


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def assertions(site: str, number: int = 2) -> list[str]:
    query = f"SELECT DISTINCT ?g {{ GRAPH ?g {{ id:kazakhstan ?p ?o }} }} ORDER BY ?g LIMIT {number}"
    return [row["g"] for row in sparql(site, query).rows()]


def test_the_dataset_of_the_request_goes_before_that_of_the_query(site: str) -> None:
    first = assertions(site)[0]
    whole = int(sparql(site, COUNT.replace("?s ?p ?o", f"GRAPH <{first}> {{ ?s ?p ?o }}")).rows()[0]["n"])
    asked = {"default_graph_uri": first}
    assert whole > 0
    assert sparql(site, COUNT, **asked).rows()[0]["n"] == str(whole)
    assert sparql(site, COUNT.replace("{ ?s", "FROM <x:y> { ?s"), **asked).rows()[0]["n"] == str(whole)
    assert sparql(site, "ASK { GRAPH ?g { ?s ?p ?o } }", **asked).json()["boolean"] is False


def test_a_graph_that_is_not_there_is_empty_and_not_fetched(site: str) -> None:
    assert sparql(site, COUNT, default_graph_uri=f"{site}/graphs?default").rows()[0]["n"] == "0"
    assert sparql(site, COUNT, default_graph_uri="not an iri").status == 400


def test_default_graphs_are_merged_as_a_set(site: str) -> None:
    both = assertions(site)
    asked = " UNION ".join(f"{{ GRAPH <{each}> {{ ?s ?p ?o }} }}" for each in both)
    distinct = sparql(site, f"SELECT (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ {asked} }} }}").rows()[0]["n"]
    assert sparql(site, COUNT, default_graph_uri=[*both, both[0]]).rows()[0]["n"] == distinct
    froms = " ".join(f"FROM <{each}>" for each in both)
    assert sparql(site, COUNT.replace("{ ?s", f"{froms} {{ ?s")).rows()[0]["n"] == distinct


def test_citations_come_with_the_rows(site: str) -> None:
    found = sparql(
        site, "SELECT ?on { id:recognition-of-kazakhstan kt:date ?on } ORDER BY DESC(STR(?on))", cite=""
    ).json()
    assert found["citations"]["rows"][0]["witnesses"][0]["document"] == "001"
    assert found["citations"]["mode"] == "witnesses"
    lines = sparql(site, "SELECT ?on { id:recognition-of-kazakhstan kt:date ?on }", cite="all", format="csv").text
    assert lines.splitlines()[0] == "on,citations"
    assert "# " in sparql(site, "CONSTRUCT WHERE { id:recognition-of-kazakhstan kt:date ?on }", cite="1").text
    assert sparql(site, NAMES, cite="perhaps").status == 400
    assert sparql(site, NAMES, cite="1", format="xml").status == 400


def test_selections_choose_what_counts(site: str) -> None:
    def count(**parameters: str) -> int:
        return int(sparql(site, COUNT, **parameters).rows()[0]["n"])

    everything = count()
    assert count(as_of="2012") < everything
    assert count(source="004") < everything
    assert count(without="004") < everything
    assert count(modality="planned") > everything
    assert sparql(site, COUNT, source="nobody").status == 400
    assert sparql(site, COUNT, as_of="yesterday").status == 400
    assert sparql(site, COUNT, lang="de").status == 400


def test_a_relative_iri_is_one_of_ours(site: str) -> None:
    assert sparql(site, "ASK { <id/hlscc> a <ontology/Council> }").json()["boolean"] is True


@pytest.mark.parametrize("value", ["0", "-1", "soon", "inf", "nan"])
def test_a_timeout_is_a_time(site: str, value: str) -> None:
    assert sparql(site, NAMES, timeout=value).status == 400


def test_the_service_describes_itself(site: str) -> None:
    got = ask(site, "/sparql")
    assert got.media == "text/turtle"
    sd = "http://www.w3.org/ns/sparql-service-description#"
    triples = {quad.triple for quad in ox.parse(got.body, format=ox.RdfFormat.TURTLE)}
    service = next(t.subject for t in triples if t.object == ox.NamedNode(sd + "Service"))
    assert ox.Triple(service, ox.NamedNode(sd + "endpoint"), ox.NamedNode(f"{site}/sparql")) in triples
    assert ask(site, "/sparql", Accept="application/rdf+xml").media == "application/rdf+xml"
    assert ask(site, "/sparql", Accept="image/png").status == 406


def test_who_prefers_html_is_led_to_the_page(site: str) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert ask(site, "/sparql", Accept=browser).headers["location"] == "/query"
    path = f"?query={quote(NAMES)}"
    got = ask(site, f"/sparql{path}", Accept=browser)
    assert (got.status, got.headers["location"]) == (303, f"/query{path}")


def test_void_tells_the_endpoint(site: str) -> None:
    got = ask(site, "/.well-known/void", Accept="text/turtle")
    triples = {quad.triple for quad in ox.parse(got.body, format=ox.RdfFormat.TURTLE)}
    assert {quad.triple for quad in ox.parse(path=str(Path(data()) / "dataset.ttl"))} < triples
    endpoint = ox.NamedNode(terms.PREFIXES["void"] + "sparqlEndpoint")
    assert ox.Triple(ox.NamedNode(terms.BASE + "dataset"), endpoint, ox.NamedNode(f"{site}/sparql")) in triples


def test_examples_are_the_saved_queries_and_run(site: str) -> None:
    got = ask(site, "/.well-known/sparql-examples", Accept="application/n-triples")
    store = ox.Store()
    store.load(got.body, format=ox.RdfFormat.N_TRIPLES)
    rows = list(
        store.query(
            "SELECT ?query ?text { ?query a sh:SPARQLSelectExecutable ; sh:select ?text ; rdfs:comment ?about ;"
            " sh:prefixes/sh:declare/sh:prefix 'kt' }",
            prefixes=terms.PREFIXES,
        )
    )
    assert {row["query"].value.rsplit("/", 1)[1] for row in rows} == set(catalogue())
    text = next(row["text"].value for row in rows if row["query"].value.endswith("/councils"))
    assert len(sparql(site, text).rows()) > 3


def test_graphs_are_read_by_name(site: str) -> None:
    name = assertions(site)[0]
    indirect = ask(site, f"/graphs?graph={quote(name)}", Accept="application/n-triples")
    direct = ask(site, name.replace(terms.BASE, "/graphs/"), Accept="application/n-triples")
    assert indirect.body == direct.body
    held = sparql(site, COUNT.replace("?s ?p ?o", f"GRAPH <{name}> {{ ?s ?p ?o }}")).rows()[0]["n"]
    assert len(indirect.body.splitlines()) == int(held)
    default = ask(site, "/graphs?default", Accept="application/n-triples")
    assert len(default.body.splitlines()) == int(sparql(site, COUNT).rows()[0]["n"])
    tag = default.headers["etag"]
    assert ask(site, "/graphs?default", Accept="application/n-triples", If_None_Match=tag).status == 304
    assert ask(site, "/graphs?default", Accept="text/turtle", If_None_Match=tag).status == 200  # another text
    assert ask(site, "/graphs?default", "HEAD").status == 200


@pytest.mark.parametrize(
    ("path", "status"),
    [("/graphs?graph=https://example.org/", 404), ("/graphs/assertion/no-such", 404), ("/graphs", 400), ("/graphs?graph=rel", 400), ("/graphs?default&graph=x:y", 400)],
)  # fmt: skip
def test_no_such_graph(site: str, path: str, status: int) -> None:
    assert ask(site, path).status == status


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_graphs_are_read_only(site: str, method: str) -> None:
    got = ask(site, "/graphs?default", method, b"")
    assert got.status == 405
    assert got.headers["allow"] == "GET, HEAD, OPTIONS"


def test_limits_are_told(site: str) -> None:
    told = {each["name"]: each["value"] for each in ask(site, "/limits").json()["limits"]}
    assert (told["query-seconds"], told["body-bytes"], told["rows"], told["queue"], told["nesting"]) == (
        10,
        262144,
        10000,
        8,
        100,
    )
    assert ask(site, "/limits", Accept="text/html").status == 303


def test_host_headers_name_nothing(site: str) -> None:
    for path in ("/sparql", "/.well-known/void", "/.well-known/sparql-examples"):
        got = ask(site, path, Accept="application/n-triples", X_Forwarded_Host="evil.example")
        assert b"evil.example" not in got.body
    assert b"evil.example" not in ask(site.replace("127.0.0.1", "localhost"), "/sparql").body


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/sparql?query=SELECT", "/", "/no-such-page", "/limits", "/sparql", "/graphs"]
)
def test_every_answer_is_secured(site: str, path: str) -> None:
    headers = ask(site, path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in headers


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/app.py",
        "/graphs/../etc/passwd",
        "/data/..%2f..%2fetc%2fpasswd",
    ],
)
def test_no_path_leaves_the_site(site: str, path: str) -> None:
    got = ask(site, path)
    assert got.status in (303, 404)
    assert b"root:" not in got.body
