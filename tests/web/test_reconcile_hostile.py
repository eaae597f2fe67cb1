"""What no client should send, names that try to be more than text, namesakes, and limits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph.graph.assertions import read_corpus
from kzturk_graph.graph.build import quads
from kzturk_graph.web import reconcile
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web import reconcile_shapes as shapes
from tests.web.asgi import get
from tests.web.reconcile_client import FORM, JSON, Client

pytestmark = pytest.mark.needs("web")
DATA = """
@prefix a: <https://w3id.org/kzturk/assertion/> .
@prefix c: <https://w3id.org/kzturk/concept/> .
@prefix doc: <https://w3id.org/kzturk/document/> .
@prefix id: <https://w3id.org/kzturk/id/> .
@prefix kt: <https://w3id.org/kzturk/ontology/> .
@prefix p: <https://w3id.org/kzturk/passage/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
p:900-p1 a kt:Passage ; kt:document doc:900 ; kt:number 1 ; kt:sentences 1 ; kt:sha256 "0" .
a:900-p1 kt:modality c:fact ; kt:passage p:900-p1 .
a:900-p1 {
  id:bad a kt:Council ; kt:establishedOn "<b>2012</b>" ; skos:prefLabel "<script>alert(1)</script> evil\u2028council"@en ;
    schema:url "javascript:alert(3)" .
  id:one a kt:Council ; skos:prefLabel "Joint Water Committee"@en ; kt:establishedOn "2011" .
  id:other a kt:Council ; skos:prefLabel "Joint Water Committee"@en ; kt:establishedOn "2019" .
}
"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Client:
    file = Path(tmp_path_factory.mktemp("hostile") / "900.trig")
    file.write_text(DATA, encoding="utf-8")
    corpus = read_corpus([file])
    store = ox.Store()
    store.bulk_extend(quads(corpus))
    return served(Settings(body_bytes=50_000), store)


def served(settings: Settings, store: ox.Store) -> Client:
    site = Site(settings)
    site.__dict__.update(store=store)
    return Client(Starlette(routes=reconcile.routes(site)))


def test_namesakes_are_told_apart_by_nobody(client: Client) -> None:
    found = client.candidates("Joint Water Committee")
    assert {each["id"] for each in found[:2]} == {"one", "other"}
    assert found[0]["score"] == found[1]["score"] == 100
    assert not any(each["match"] for each in found)


def test_evidence_tells_namesakes_apart(client: Client) -> None:
    found = client.candidates("Joint Water Committee", properties=[{"pid": "kt:establishedOn", "v": 2019}])
    assert found[0]["id"] == "other"
    assert found[0]["match"]
    assert not found[1]["match"]


def test_a_hostile_label_is_escaped_in_html(client: Client) -> None:
    for text in (client.get("/preview", id="bad").text, client.get("/flyout/entity", id="bad").json()["html"]):
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        assert "<b>2012" not in text
    assert 'href="javascript' not in client.get("/preview", id="bad").text


def test_a_script_holds_no_line_ends_of_its_own(client: Client) -> None:
    got = client.get("/suggest/entity", prefix="<script", callback="jQuery_1.done")
    assert got.headers["content-type"].startswith("text/javascript")
    assert got.text.startswith("/**/jQuery_1.done({")
    assert got.text.endswith("});")
    assert "\u2028" not in got.text
    assert "\\u2028" in got.text
    assert json.loads(got.text[len("/**/jQuery_1.done(") : -2])["result"][0]["id"] == "bad"


@pytest.mark.parametrize("path", ["", "/suggest/type", "/extend/propose"])
def test_every_answer_by_get_may_be_a_script(client: Client, path: str) -> None:
    assert client.get(path, callback="cb").text.startswith("/**/cb(")


@pytest.mark.parametrize(
    "callback",
    ["", "alert(1)", "a b", "<script>", "a;b", "1a", ".a", "a.", "a" * 65, "a.b.c.d.e.f", "\u0430", "a\n", "a[0]"],
)
def test_a_callback_is_the_name_of_a_function(client: Client, callback: str) -> None:
    got = client.get("", callback=callback)
    assert got.status == 400
    assert got.headers["content-type"] == "application/json"


QUERIES: list[tuple[str, str]] = [
    ("[", "isn't JSON"),
    ("[]", "queries has to be an object"),
    ('{"q": 1}', "queries.q has to be"),
    ('{"q": {}}', "'query' or 'properties'"),
    ('{"q": {"properties": []}}', "'query' or 'properties'"),
    ('{"q": {"query": 5}}', "queries.q.query"),
    ('{"q": {"query": null}}', "queries.q.query"),
    ('{"q": {"query": "a", "limit": 0}}', "queries.q.limit"),
    ('{"q": {"query": "a", "limit": -1}}', "queries.q.limit"),
    ('{"q": {"query": "a", "limit": 1.5}}', "queries.q.limit"),
    ('{"q": {"query": "a", "limit": true}}', "queries.q.limit"),
    ('{"q": {"query": "a", "limit": "many"}}', "queries.q.limit"),
    ('{"q": {"query": "a", "limit": NaN}}', "can't be read"),
    ('{"q": {"query": "a", "limit": 1e999}}', "queries.q.limit"),
    ('{"q": {"query": "a", "type": 1}}', "queries.q.type"),
    ('{"q": {"query": "a", "type": [[]]}}', "queries.q.type"),
    ('{"q": {"query": "a", "type_strict": "very"}}', "any, all, should"),
    ('{"q": {"query": "a", "type_strict": []}}', "any, all, should"),
    ('{"q": {"query": "a", "properties": {}}}', "queries.q.properties"),
    ('{"q": {"query": "a", "properties": [{"v": 1}]}}', "queries.q.properties[0].pid"),
    ('{"q": {"query": "a", "properties": [{"pid": "x"}]}}', "queries.q.properties[0].v"),
    ('{"q": {"query": "a", "properties": [{"pid": "x", "v": {"name": "b"}}]}}', "queries.q.properties[0].v.id"),
    ('{"q": {"query": "a", "properties": [{"pid": "x", "v": [[]]}]}}', "queries.q.properties[0].v"),
    ('{"q": {"query": "\\ud800"}}', "can't be read"),
    ('{"q": {"query": "a", "limit": ' + "9" * 5000 + "}}", "can't be read"),
    ("[" * 10_000, "isn't JSON"),
]


@pytest.mark.parametrize(("text", "told"), QUERIES, ids=[text[:60] for text, _ in QUERIES])
def test_what_is_no_batch_is_told_with_its_place(client: Client, text: str, told: str) -> None:
    got = client.form(queries=text)
    assert got.status == 400
    message = got.json()["message"]
    assert told in message or "nested too deeply" in message


def test_an_error_in_json_has_a_line_and_a_column(client: Client) -> None:
    got = client.form(queries='{"q0": {"query": "a"},\n "q1" {}}').json()
    assert (got["line"], got["column"]) == (2, 7)


DRAFTS: list[tuple[Any, str]] = [
    ([], "the body has to be"),
    ({}, "queries has to be"),
    ({"queries": [{}]}, "queries[0].conditions"),
    ({"queries": [{"conditions": []}]}, "queries[0].conditions"),
    ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "propertyValue"),
    ({"queries": [{"conditions": [{"matchType": "nose", "propertyValue": "a"}]}]}, "name, property"),
    ({"queries": [{"conditions": [{"matchType": "property", "propertyValue": "a"}]}]}, "propertyId"),
    ({"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a", "required": "yes"}]}]}, "true or false"),
    ({"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a", "matchQuantifier": "some"}]}]}, "none"),
    ({"queries": [{"conditions": [{"matchType": "name", "propertyValue": "a", "matchQualifier": "x"}]}]}, "exact"),
    ({"queries": [{"conditions": [{"matchType": "name", "propertyValue": ["a"] * 11}]}]}, "too many"),
]


@pytest.mark.parametrize(("value", "told"), DRAFTS)
def test_what_is_no_batch_of_the_draft_is_told_with_its_place(client: Client, value: Any, told: str) -> None:
    got = client.json("/match", value)
    assert got.status == 400
    assert told in got.json()["message"]


EXTENSIONS: list[Any] = [
    [], {}, {"ids": "a", "properties": []}, {"ids": [1], "properties": []}, {"ids": [], "properties": ["kt:date"]},
    {"ids": [], "properties": [{"id": "kt:establishedOn", "settings": []}]},
    {"ids": [], "properties": [{"id": "kt:establishedOn", "settings": {"limit": -1}}]},
    {"ids": [], "properties": [{"id": "kt:establishedOn", "settings": {"content": "secrets"}}]},
    {"ids": [], "properties": [{"id": "kt:establishedOn"}, {"id": "establishedOn"}]},
    {"ids": [], "properties": [{"id": "kt:> } SELECT"}]},
]  # fmt: skip


@pytest.mark.parametrize("value", EXTENSIONS)
def test_what_is_no_request_for_values_is_refused(client: Client, value: Any) -> None:
    assert client.form(extend=value).status == 400
    assert client.json("/extend", value).status == 400


@pytest.mark.parametrize(
    "cell", ["\x00", "\u202e", "' OR 1=1", "}} UNION {{", "𝕂" * 500, "a" * 500, "(" * 500, "%s%n", "\ufffe"]
)
def test_odd_names_are_names(client: Client, cell: str) -> None:
    assert not any(each["match"] for each in client.candidates(cell))
    client.candidates("Joint Water Committee", properties=[{"pid": cell, "v": cell}], type=cell)
    client.get("/suggest/entity", shapes.ENTITIES, prefix=cell)
    assert client.get("/preview", id=cell).status == 404


def test_a_batch_has_fifty_questions(client: Client) -> None:
    many = {f"q{each}": {"query": "Joint"} for each in range(51)}
    assert client.form(queries=many).status == 413
    assert client.json("/match", {"queries": [{}] * 51}).status == 413
    del many["q0"]
    assert len(client.form(shapes.RESULTS, queries=many).json()) == 50


@pytest.mark.parametrize(
    "query",
    [
        {"query": "a" * 501},
        {"query": "a", "properties": [{"pid": "x", "v": "y"}] * 21},
        {"query": "a", "properties": [{"pid": "x", "v": ["y"] * 26}] * 2},
        {"query": "a", "type": ["kt:Council"] * 21},
    ],
)
def test_a_question_has_bounds(client: Client, query: dict[str, Any]) -> None:
    assert client.form(queries={"q": query}).status == 400


def test_values_of_too_many_things_are_refused(client: Client) -> None:
    assert client.form(extend={"ids": ["a"] * 501, "properties": []}).status == 413
    assert client.form(extend={"ids": [], "properties": [{"id": "kt:establishedOn"}] * 51}).status == 400


def test_a_body_beyond_the_limit_is_refused(client: Client) -> None:
    got = client.form(queries="x" * 50_001)
    assert got.status == 413


def test_time_beyond_the_limit_ends_a_batch(client: Client, store: ox.Store) -> None:
    hasty = served(Settings(query_seconds=0), store)
    assert hasty.form(queries={"q": {"query": "Ankara"}}).status == 504


def test_on_a_public_site_each_address_has_its_share(store: ox.Store) -> None:
    public = served(Settings(public=True, query_seconds_a_minute=0.0001), store)
    assert public.form(queries={"q": {"query": "Ankara"}}).status == 200
    got = public.form(queries={"q": {"query": "Astana"}})
    assert got.status == 429
    assert int(got.headers["retry-after"]) > 0
    assert public.get("/suggest/entity", prefix="A").status == 200


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/reconcile", "DELETE", 405),
        ("/reconcile/match", "GET", 405),
        ("/reconcile/suggest/entity", "POST", 405),
        ("/reconcile/preview", "PUT", 405),
        ("/reconcile/1.0", "POST", 405),
        ("/reconcile", "OPTIONS", 204),
        ("/reconcile/match", "OPTIONS", 204),
        ("/reconcile", "HEAD", 200),
    ],
)
def test_methods(client: Client, path: str, method: str, status: int) -> None:
    got = get(client.app, path, method)
    assert got.status == status
    assert got.headers["access-control-allow-origin"] == "*"
    if status == 204:
        assert "POST" in got.headers["access-control-allow-methods"]
        assert "Content-Type" in got.headers["access-control-allow-headers"]


@pytest.mark.parametrize(
    ("path", "media"),
    [("/reconcile", JSON), ("/reconcile", "multipart/form-data"), ("/reconcile/match", FORM), ("/reconcile/match", "")],
)
def test_a_body_of_another_kind_is_refused(client: Client, path: str, media: str) -> None:
    got = get(client.app, path, "POST", b"{}", content_type=media)
    assert got.status == 415
    shapes.check(got.json(), shapes.ERROR)


@pytest.mark.parametrize(
    "tail",
    [
        "?queries={}&queries={}",
        "?queries={}&extend={}",
        "?lang=de",
        "?lang=%3Cscript%3E",
        "/suggest/entity?prefix=a&cursor=-1",
        "/suggest/entity?prefix=a&cursor=x",
        "/suggest/entity?prefix=" + "a" * 501,
        "/extend/propose?limit=0",
        "?queries=%FF",
        "?" + urlencode([("a", "1")] * 201),
    ],
)
def test_parameters_that_are_none_are_refused(client: Client, tail: str) -> None:
    got = get(client.app, f"/reconcile{tail}")
    assert got.status == 400
    shapes.check(got.json(), shapes.ERROR)
    assert got.headers["access-control-allow-origin"] == "*"
