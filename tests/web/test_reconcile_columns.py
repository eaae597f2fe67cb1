"""Further columns: proposals, values with their sources; and suggestions, previews, flyouts."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph import terms
from kzturk_graph.web import reconcile
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web import reconcile_shapes as shapes
from tests.web.reconcile_client import Client

pytestmark = pytest.mark.needs("web")


@pytest.fixture(scope="module")
def client(store: ox.Store) -> Client:
    site = Site(Settings(base="https://kzturk.example.org"))
    site.__dict__.update(store=store)
    return Client(Starlette(routes=reconcile.routes(site)))


# values


def test_values_come_by_their_types(client: Client) -> None:
    rows = client.values(
        ["hlscc", "hlscc-1", "independence-of-kazakhstan"], "kt:member", "kt:ordinal", "kt:date", "skos:prefLabel@tr"
    )
    assert rows["hlscc"]["kt:member"] == [
        {"id": "kazakhstan", "name": "Kazakhstan"},
        {"id": "turkiye", "name": "Türkiye"},
    ]
    assert rows["hlscc-1"]["kt:ordinal"] == [{"int": 1}]
    assert rows["independence-of-kazakhstan"]["kt:date"] == [{"date": "1991-12-16T00:00:00Z"}]
    assert rows["hlscc"]["skos:prefLabel@tr"] == [{"str": "Yüksek Düzeyli Stratejik İşbirliği Konseyi"}]


def test_a_date_is_never_more_precise_than_its_source(client: Client) -> None:
    assert client.values(["hlscc"], "kt:establishedOn")["hlscc"] == {
        "kt:establishedOn": [{"str": "2012"}, {"str": "2012-05"}]
    }


def test_decimals_are_numbers(client: Client, store: ox.Store) -> None:
    place = next(iter(store.quads_for_pattern(None, ox.NamedNode("https://schema.org/latitude"), None)))
    assert isinstance(place.subject, ox.NamedNode)
    assert isinstance(place.object, ox.Literal)
    id = terms.local(place.subject.value)
    assert client.values([id], "schema:latitude")[id]["schema:latitude"] == [{"float": float(place.object.value)}]


def test_what_is_only_planned_is_no_value(client: Client, store: ox.Store) -> None:
    location = ox.NamedNode(terms.kt("location"))
    planned = list(store.quads_for_pattern(ox.NamedNode(terms.ENTITY + "hlscc-5"), location, None))
    assert planned
    assert not any(isinstance(quad.graph_name, ox.DefaultGraph) for quad in planned)
    assert client.values(["hlscc-5"], "kt:location", "kt:location|sources")["hlscc-5"] == {
        "kt:location": [],
        "kt:location|sources": [],
    }


def test_each_value_has_its_sources_in_the_cell_beside_it(client: Client, store: ox.Store) -> None:
    row = client.values(["hlscc"], "kt:member", "kt:member|sources")["hlscc"]
    assert len(row["kt:member"]) == len(row["kt:member|sources"]) == 2
    for value, cell in zip(row["kt:member"], row["kt:member|sources"], strict=True):
        cited = [each.rsplit(" ", 1) for each in cell["str"].split("; ")]
        assert [passage for passage, _ in cited] == ["004 P4", "004 P46"]
        for _, assertion in cited:
            stated = store.quads_for_pattern(
                ox.NamedNode(terms.ENTITY + "hlscc"),
                ox.NamedNode(terms.kt("member")),
                ox.NamedNode(terms.ENTITY + value["id"]),
                ox.NamedNode(assertion),
            )
            assert len(list(stated)) == 1


def test_every_value_is_cited_but_labels_that_were_made(client: Client, store: ox.Store) -> None:
    facts = ox.DefaultGraph()
    things = [
        terms.local(str(quad.subject.value))  # type: ignore[union-attr]
        for name in ("Treaty", "Mission", "Council", "State")
        for quad in store.quads_for_pattern(None, ox.NamedNode(terms.TYPE), ox.NamedNode(terms.kt(name)), facts)
    ]
    proposed = client.get("/extend/propose", shapes.PROPOSAL).json()["properties"]
    ids = [each["id"] for each in proposed if each["id"] != "sources"]
    cells = 0
    for at in range(0, len(ids), 25):
        some = ids[at : at + 25]
        for row in client.values(things, *some, *(f"{id}|sources" for id in some)).values():
            for id in some:
                assert len(row[id]) == len(row[f"{id}|sources"])
                if not id.startswith("skos:prefLabel"):
                    assert all(each["str"] for each in row[f"{id}|sources"]), id
                    cells += len(row[id])
    assert cells > 200


def test_sources_alone_are_the_passages_about_a_thing(client: Client) -> None:
    cells = client.values(["hlscc"], {"id": "sources", "settings": {"limit": 2}})["hlscc"]["sources"]
    assert cells == [
        {"str": "000 P4 https://w3id.org/kzturk/passage/000-p4"},
        {"str": "002 P3 https://w3id.org/kzturk/passage/002-p3"},
    ]


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("values", [{"id": "kazakhstan", "name": "Kazakistan"}, {"id": "turkiye", "name": "Türkiye"}]),
        ("names", [{"str": "Kazakistan"}, {"str": "Türkiye"}]),
        ("identifiers", [{"str": terms.ENTITY + "kazakhstan"}, {"str": terms.ENTITY + "turkiye"}]),
        ("count", [{"int": 2}]),
    ],
)
def test_what_cells_hold_is_a_setting(client: Client, content: str, cells: list[object]) -> None:
    wanted = {"id": "kt:member", "settings": {"content": content}}
    assert client.values(["hlscc"], wanted, lang="tr")["hlscc"]["kt:member"] == cells


def test_the_setting_sources_is_the_property_with_sources_behind_it(client: Client) -> None:
    by_setting = client.values(["hlscc"], {"id": "kt:member", "settings": {"content": "sources"}})["hlscc"]["kt:member"]
    assert by_setting == client.values(["hlscc"], "kt:member|sources")["hlscc"]["kt:member|sources"]


@pytest.mark.parametrize("limit", [1, "1", 1.0])
def test_a_limit_of_values(client: Client, limit: object) -> None:
    row = client.values(["hlscc"], {"id": "kt:member", "settings": {"limit": limit}})["hlscc"]
    assert [each["id"] for each in row["kt:member"]] == ["kazakhstan"]


@pytest.mark.parametrize("limit", ["", 0, "0", None])
def test_no_limit_of_values(client: Client, limit: object) -> None:
    row = client.values(["hlscc"], {"id": "kt:member", "settings": {"limit": limit}})["hlscc"]
    assert len(row["kt:member"]) == 2


def test_a_thing_that_is_not_there_has_empty_cells(client: Client) -> None:
    assert client.values(["nothing", "hlscc"], "kt:member")["nothing"] == {"kt:member": []}


def test_ids_and_properties_may_be_spelled_in_other_ways(client: Client) -> None:
    rows = client.values(["id:hlscc", terms.ENTITY + "hlscc"], "member")
    assert all(len(row["member"]) == 2 for row in rows.values())


def test_heads_of_columns_have_names_in_the_language_and_types(client: Client) -> None:
    asked = {"ids": [], "properties": [{"id": "kt:receivingState"}, {"id": "kt:signedOn"}]}
    got = client.form(shapes.ROWS, extend=asked, lang="ru").json()
    assert got["rows"] == {}
    assert got["meta"][1] == {"id": "kt:signedOn", "name": "дата подписания"}
    assert got["meta"][0]["type"]["id"] == "kt:State"


def test_a_property_that_no_thing_has_is_told_with_near_ones(client: Client) -> None:
    got = client.form(extend={"ids": ["hlscc"], "properties": [{"id": "kt:membr"}]})
    assert got.status == 400
    assert "kt:member" in got.json()["hint"]


@pytest.mark.parametrize("path", ["/extend", "/1.0/extend"])
def test_values_in_the_draft(client: Client, path: str) -> None:
    asked = {"ids": ["hlscc"], "properties": [{"id": "kt:member"}, {"id": "skos:prefLabel@ru"}]}
    (row,) = client.json(path, asked, shapes.DRAFT_ROWS).json()["rows"]
    assert row["id"] == "hlscc"
    assert row["properties"][0]["values"][0] == {"id": "kazakhstan", "name": "Kazakhstan"}
    assert row["properties"][1]["values"] == [
        {"str": "Совет стратегического сотрудничества высокого уровня", "lang": "ru"}
    ]


# proposals


def test_the_commonest_properties_of_a_type_are_proposed(client: Client) -> None:
    got = client.get("/extend/propose", shapes.PROPOSAL, type="kt:Mission", limit=4).json()
    assert got["type"] == "kt:Mission"
    assert got["limit"] == 4
    assert {each["id"] for each in got["properties"]} >= {"kt:sendingState", "kt:receivingState"}
    assert len(got["properties"]) == 4


def test_every_property_is_proposed_where_no_type_is_told(client: Client) -> None:
    every = client.get("/extend/propose", shapes.PROPOSAL).json()["properties"]
    assert {"kt:signedOn", "skos:exactMatch", "skos:prefLabel@kk", "sources"} <= {each["id"] for each in every}


def test_nothing_is_proposed_for_a_type_that_is_not_there(client: Client) -> None:
    assert client.get("/extend/propose", shapes.PROPOSAL, type="Q5").json() == {"properties": [], "type": "Q5"}


def test_what_is_proposed_can_be_asked_for(client: Client) -> None:
    every = [each["id"] for each in client.get("/extend/propose", shapes.PROPOSAL).json()["properties"]]
    for at in range(0, len(every), 50):
        client.values(["hlscc", "kazakhstan"], *every[at : at + 50])


# suggestions


@pytest.mark.parametrize(
    ("prefix", "id"),
    [
        ("ıstanb", "istanbul"),
        ("İSTAN", "istanbul"),
        ("Стамб", "istanbul"),
        ("Қазақс", "kazakhstan"),
        ("hlscc", "hlscc"),
    ],
)
def test_things_are_suggested_by_the_beginning_of_a_name(client: Client, prefix: str, id: str) -> None:
    found = client.get("/suggest/entity", shapes.ENTITIES, prefix=prefix).json()["result"]
    assert id in [each["id"] for each in found]


def test_whole_names_are_suggested_first(client: Client) -> None:
    assert client.get("/suggest/entity", shapes.ENTITIES, prefix="Kazakhstan").json()["result"][0]["id"] == "kazakhstan"


def test_a_cursor_goes_on_where_the_page_ends(client: Client) -> None:
    pages = [
        [each["id"] for each in client.get("/suggest/entity", shapes.ENTITIES, prefix="a", cursor=at).json()["result"]]
        for at in (0, 20, 100_000)
    ]
    assert len(pages[0]) == len(pages[1]) == 20
    assert not set(pages[0]) & set(pages[1])
    assert pages[2] == []


def test_everything_is_suggested_for_nothing(client: Client) -> None:
    assert len(client.get("/suggest/entity", shapes.ENTITIES, prefix="").json()["result"]) == 20


def test_types_are_suggested_with_what_is_above_them(client: Client) -> None:
    (session,) = client.get("/suggest/type", shapes.TYPES, prefix="oturum", lang="tr").json()["result"]
    assert session["id"] == "kt:Session"
    assert session["broader"] == [{"id": "kt:Meeting", "name": "görüşme"}]
    assert client.get("/suggest/type", shapes.TYPES, prefix="üniv").json()["result"][0]["id"] == "c:university"
    assert client.get("/suggest/type", shapes.TYPES, prefix="foaf:Person").json()["result"][0]["id"] == "foaf:Person"


def test_properties_are_suggested_with_their_qualifiers_and_sources(client: Client) -> None:
    found = client.get("/suggest/property", shapes.PROPERTIES, prefix="imza tarihi", lang="tr").json()["result"]
    assert [each["id"] for each in found] == ["kt:signedOn", "kt:signedOn|sources"]
    assert [each["id"] for each in found[0]["matchQualifiers"]] == ["similar", "exact"]


# previews and flyouts


def test_a_preview_shows_facts_with_their_passages(client: Client) -> None:
    got = client.get("/preview", id="hlscc", lang="tr")
    assert got.headers["content-type"].startswith("text/html")
    assert '<html lang="tr">' in got.text
    assert "Yüksek Düzeyli Stratejik İşbirliği Konseyi" in got.text
    assert re.search(r"<dd>2012-05 <small>000 P4</small></dd>", got.text)
    assert 'href="https://kzturk.example.org/page/hlscc" target="_blank" rel="noopener"' in got.text


def test_a_preview_stands_in_any_frame_and_runs_nothing(client: Client) -> None:
    policy = client.get("/preview", id="hlscc").headers["content-security-policy"].split("; ")
    assert {"default-src 'none'", "style-src 'self'", "frame-ancestors *"} <= set(policy)
    assert not any(part.startswith("script-src") for part in policy)
    text = client.get("/preview", id="hlscc").text
    assert "<script" not in text
    assert "style=" not in text
    assert 'href="/reconcile/preview.css"' in text


def test_a_preview_shows_no_plans(client: Client) -> None:
    assert "Ankara" not in client.get("/preview", id="hlscc-5").text


@pytest.mark.parametrize(
    ("what", "id", "text"),
    [
        ("entity", "hlscc", "Strategic"),
        ("property", "kt:signedOn", "signed on"),
        ("type", "c:university", "university"),
    ],
)
def test_a_flyout_is_a_piece_of_html(client: Client, what: str, id: str, text: str) -> None:
    got = client.get(f"/flyout/{what}", shapes.FLYOUT, id=id).json()
    assert got["id"] == id
    assert text in got["html"]


@pytest.mark.parametrize("path", ["/preview", "/flyout/entity", "/flyout/property", "/flyout/type"])
def test_what_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert client.get(path, id="<b>nothing").status == 404
