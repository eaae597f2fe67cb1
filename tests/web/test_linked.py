"""The addresses of things, and the data behind them."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph import terms
from kzturk_graph.web.linked.accept import best_language, best_type
from kzturk_graph.web.linked.formats import FORMS
from kzturk_graph.web.pages import routes
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web.asgi import get

pytestmark = pytest.mark.needs("web")
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "trig": ox.RdfFormat.TRIG, "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML, "nq": ox.RdfFormat.N_QUADS,
}  # fmt: skip


@pytest.fixture(scope="module")
def app() -> Starlette:
    return Starlette(routes=routes(Site(Settings())))


@pytest.mark.parametrize(
    ("accept", "found"),
    [
        (BROWSER, "/page/hlscc"),
        ("*/*", "/page/hlscc"),
        ("text/turtle", "/data/hlscc.ttl"),
        ("application/ld+json", "/data/hlscc.jsonld"),
        ("text/html;q=0.4, application/rdf+xml;q=0.9", "/data/hlscc.rdf"),
        ("application/n-triples;q=0.9, text/html", "/page/hlscc"),
        ("text/html;q=0, application/xhtml+xml;q=0, */*;q=0.5", "/data/hlscc.ttl"),
        ("text/*;q=0.5, text/html;q=0.1", "/data/hlscc.ttl"),
    ],
)
def test_a_thing_leads_to_its_page_or_data(app: Starlette, accept: str, found: str) -> None:
    got = get(app, "/id/hlscc", accept=accept)
    assert got.status == 303
    assert got.headers["location"] == found
    assert got.headers["vary"] == "Accept"


@pytest.mark.parametrize(
    "path",
    [
        "ontology/between",
        "concept/fact",
        "document/004",
        "passage/004-p17",
        "assertion/004-p17-target",
        "report/004-p17-trade",
    ],
)
def test_other_addresses_of_ours_do_so_too(app: Starlette, path: str) -> None:
    assert get(app, f"/{path}", accept=BROWSER).headers["location"] == f"/page/{path}"
    data = get(app, f"/{path}", accept="text/turtle").headers["location"]
    assert data == f"/data/{path}.ttl"
    assert get(app, data).status == 200


def test_what_nobody_offers_is_refused_with_the_offers(app: Starlette) -> None:
    got = get(app, "/id/hlscc", accept="image/png")
    assert got.status == 406
    assert "text/turtle" in got.json()["offers"]


def test_filters_and_language_go_along(app: Starlette) -> None:
    assert get(app, "/id/hlscc?lang=kk").headers["location"] == "/page/hlscc?lang=kk"


@pytest.mark.parametrize("form", FORMS)
def test_the_data_can_be_read_in_each_format(app: Starlette, form: object) -> None:
    end, media, _ = form  # type: ignore[misc]
    got = get(app, f"/data/hlscc.{end}")
    assert got.headers["content-type"].startswith(media)
    assert got.headers["access-control-allow-origin"] == "*"
    subjects = {quad.subject.value for quad in ox.parse(got.body, format=FORMATS[end])}  # type: ignore[union-attr]
    assert terms.ENTITY + "hlscc" in subjects


def test_triples_are_facts_and_graphs_hold_the_plans(app: Starlette) -> None:
    planned = b"hlscc-meeting-2018"
    assert planned not in get(app, "/data/hlscc.nt").body
    assert planned in get(app, "/data/hlscc.trig").body


def test_what_is_only_planned_comes_as_statements(app: Starlette) -> None:
    body = get(app, "/data/hlscc-meeting-2018.nt").text
    council = f"<{terms.ENTITY}hlscc-meeting-2018> <{terms.kt('council')}>"
    assert terms.CONCEPT + "planned" in body
    assert council not in body


@pytest.mark.parametrize(
    "path", ["passage/004-p17", "passage/004-p17-s1", "passage/004-p1", "assertion/004-p17-target"]
)
@pytest.mark.parametrize("end", ["nt", "trig"])
def test_the_data_speak_of_what_was_asked_for(app: Starlette, path: str, end: str) -> None:
    got = get(app, f"/data/{path}.{end}")
    assert got.status == 200
    assert terms.BASE + path in {quad.subject.value for quad in ox.parse(got.body, format=FORMATS[end])}  # type: ignore[union-attr]


def test_json_is_linked_data_too(app: Starlette) -> None:
    assert get(app, "/id/hlscc", accept="application/json").headers["location"] == "/data/hlscc.jsonld"
    profiled = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"'
    assert get(app, "/id/hlscc", accept=profiled).headers["location"] == "/data/hlscc.jsonld"


def test_the_dataset_leads_to_its_description(app: Starlette) -> None:
    assert get(app, "/dataset").headers["location"] == "/.well-known/void"


def test_a_term_comes_with_its_definition(app: Starlette) -> None:
    assert "Exports and imports between two sides" in get(app, "/data/concept/trade-turnover.ttl").text


def test_sources_can_be_asked_for(app: Starlette) -> None:
    assert " a:004-p11" in get(app, "/data/hlscc.ttl?provenance=statements").text
    assert get(app, "/data/hlscc.ttl?provenance=graphs").status == 400


@pytest.mark.parametrize(
    "path",
    ["/id/hlsc", "/data/hlsc.ttl", "/data/hlscc.exe", "/document/999", "/id/%3Cscript%3E", "/id/../../etc/passwd"],
)
def test_what_is_not_there_is_told(app: Starlette, path: str) -> None:
    got = get(app, path)
    assert got.status == 404
    assert "<script>" not in got.text


def test_the_data_are_not_sent_again_when_known(app: Starlette) -> None:
    tag = get(app, "/data/hlscc.ttl").headers["etag"]
    assert get(app, "/data/hlscc.ttl", if_none_match=tag).status == 304


def test_weights_and_specific_ranges() -> None:
    offers = ["text/html", "text/turtle"]
    assert best_type("text/*;q=0.2, text/turtle;q=0.9", offers) == "text/turtle"
    assert best_type("text/html;q=0, */*", offers) == "text/turtle"
    assert best_type("text/turtle;q=2", offers) is None
    assert best_type(None, offers) == "text/html"
    assert best_type("application/json", offers) is None


def test_a_language_with_a_region() -> None:
    assert best_language("tr-TR,tr;q=0.9", ["en", "tr"]) == "tr"
    assert best_language("de", ["en", "tr"]) == "en"
