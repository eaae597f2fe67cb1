"""The reconciliation service: what it says of itself, and the candidates for cells."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph.web import reconcile
from kzturk_graph.web.app import create_app
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web import reconcile_shapes as shapes
from tests.web.asgi import get
from tests.web.reconcile_client import Client

pytestmark = pytest.mark.needs("web")
BASE = "https://kzturk.example.org"


@pytest.fixture(scope="module")
def client(store: ox.Store) -> Client:
    site = Site(Settings(base=BASE))
    site.__dict__.update(store=store)
    return Client(Starlette(routes=reconcile.routes(site)))


def test_the_service_is_a_part_of_the_site() -> None:
    got = get(create_app(), "/reconcile/preview.css")
    assert got.status == 200
    assert got.headers["content-type"].startswith("text/css")
    assert got.headers["x-content-type-options"] == "nosniff"


# the manifest


def test_the_manifest_names_every_service_by_the_address_of_the_site(client: Client) -> None:
    told = client.get("", shapes.MANIFEST).json()
    assert told["identifierSpace"] == "https://w3id.org/kzturk/id/"
    assert told["batchSize"] == 50
    assert told["view"]["url"] == f"{BASE}/page/{{{{id}}}}"
    paths = [
        *(part["service_path"] for part in told["suggest"].values()),
        told["extend"]["propose_properties"]["service_path"],
        told["preview"]["url"].removeprefix(BASE).replace("{{id}}", "hlscc"),
        *(
            part["flyout_service_path"].replace("${id}", {"entity": "hlscc", "property": "kt:date", "type": "kt:Treaty"}[what])
            for what, part in told["suggest"].items()
        ),
    ]  # fmt: skip
    for path in paths:
        assert path.startswith("/reconcile/")
        assert get(client.app, path).status == 200


def test_a_host_header_changes_no_address(client: Client) -> None:
    assert "evil" not in get(client.app, "/reconcile", host="evil.example").text


def test_the_manifest_of_the_draft(client: Client) -> None:
    told = client.get("/1.0", shapes.DRAFT_MANIFEST).json()
    assert told["versions"] == ["1.0-draft"]
    assert told["view"]["url"] == f"{BASE}/page/{{id}}"


def test_a_language_in_the_address_stays_in_the_addresses_of_the_manifest(client: Client) -> None:
    told = client.get("", shapes.MANIFEST, lang="kk").json()
    assert told["suggest"]["entity"]["service_path"] == "/reconcile/suggest/entity?lang=kk"
    assert told["preview"]["url"].endswith("{{id}}&lang=kk")
    assert {"id": "foaf:Person", "name": "адам"}.items() <= told["defaultTypes"][1].items()


# candidates


@pytest.mark.parametrize(
    ("cell", "id"),
    [
        ("Назарбаев", "nazarbayev"),
        ("İSTANBUL", "istanbul"),
        ("ıstanbul", "istanbul"),
        ("ISTANBUL", "istanbul"),
        ("Түркістан облысы", "turkistan-region"),
        ("Қазақстан", "kazakhstan"),
        ("Казахстан", "kazakhstan"),
        ("Kazakistan", "kazakhstan"),
        ("hlscc", "hlscc"),
        ("https://w3id.org/kzturk/id/hlscc", "hlscc"),
        ("Q232", "kazakhstan"),
    ],
)
def test_a_name_in_any_language_script_and_case_is_matched(client: Client, cell: str, id: str) -> None:
    first = client.candidates(cell)[0]
    assert first["id"] == id
    assert first["match"]


def test_a_batch_comes_back_by_its_keys_by_get_and_post(client: Client) -> None:
    queries = {"q0": {"query": "Ankara"}, "другой": {"query": "Türkiye", "limit": 1}, "none": {"query": "qqqzzz"}}
    by_form = client.form(shapes.RESULTS, queries=queries).json()
    by_address = client.get("", shapes.RESULTS, queries=json.dumps(queries)).json()
    assert by_form == by_address
    assert list(by_form) == ["q0", "другой", "none"]
    assert len(by_form["другой"]["result"]) == 1
    assert by_form["none"] == {"result": []}


def test_an_empty_batch_has_an_empty_answer(client: Client) -> None:
    assert client.form(shapes.RESULTS, queries={}).json() == {}


def test_a_blank_name_has_no_candidates(client: Client) -> None:
    assert client.candidates("  ") == []


def test_scores_fall_and_features_tell_why(client: Client) -> None:
    found = client.candidates("Kazakhstan", limit=10)
    scores = [each["score"] for each in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 100 > scores[1]
    assert [each["match"] for each in found] == [True] + [False] * (len(found) - 1)
    assert found[0]["features"] == [{"id": "name", "name": "name", "value": 100.0}]


def test_a_misspelt_name_is_offered_and_not_matched(client: Client) -> None:
    first = client.candidates("Istambul")[0]
    assert first["id"] == "istanbul"
    assert not first["match"]
    assert first["score"] < 90


def test_types_come_with_the_kind_first_and_in_the_language(client: Client) -> None:
    got = client.form(shapes.RESULTS, queries={"q": {"query": "Ankara", "limit": 1}}, lang="tr")
    assert got.headers["content-language"] == "tr"
    (first,) = got.json()["q"]["result"]
    assert first["type"] == [{"id": "c:city", "name": "şehir"}, {"id": "kt:Place", "name": "yer"}]
    assert first["description"] == "şehir"


def test_another_type_halves_the_score_and_is_no_match(client: Client) -> None:
    plain, other = client.candidates("Astana")[0], client.candidates("Astana", type="foaf:Person")[0]
    assert other["score"] == plain["score"] / 2
    assert {"id": "type", "name": "Kind", "value": False} in other["features"]
    assert not other["match"]


@pytest.mark.parametrize(
    ("types", "strict", "matched"),
    [
        ("kt:Place", None, True),
        ("c:city", None, True),
        (["foaf:Person", "kt:Place"], None, True),
        (["foaf:Person", "kt:Place"], "any", True),
        (["foaf:Person", "kt:Place"], "all", False),
        (["c:city", "kt:Place"], "all", True),
        (["foaf:Person"], "should", True),
        ([{"id": "kt:Place"}], "any", True),
    ],
)
def test_several_types_are_met_as_strictly_as_asked(
    client: Client, types: object, strict: str | None, matched: bool
) -> None:
    more = {"type_strict": strict} if strict else {}
    first = client.candidates("Astana", type=types, **more)[0]
    assert first["id"] == "astana"
    assert first["match"] is matched


# properties as evidence


def test_a_property_tells_namesakes_apart(client: Client) -> None:
    plain = client.candidates("embassy")
    assert not any(each["match"] for each in plain)
    for value in ("Анкара", {"id": "ankara", "name": "Ankara"}, ["Nowhere", "Ankara"], {"id": "Q3640"}):
        first = client.candidates("embassy", properties=[{"pid": "kt:city", "v": value}])[0]
        assert first["id"] == "kz-embassy-ankara"
        assert {"id": "property:kt:city", "name": "city", "value": 100.0} in first["features"]


def test_a_date_that_is_less_precise_agrees_nearly(client: Client) -> None:
    def share(date: str) -> float:
        found = client.candidates("HLSCC", properties=[{"pid": "kt:establishedOn", "v": date}])[0]
        return float(next(each["value"] for each in found["features"] if each["id"] != "name"))

    assert share("2012-05") == 100
    assert share("2012-05-23") == 90
    assert share("2012-05-23T00:00:00Z") == 90
    assert share("1999") == 0


def test_a_kind_is_told_by_its_label_in_any_language(client: Client) -> None:
    first = client.candidates("Gaziantep University", properties=[{"pid": "kt:kind", "v": "университет"}])[0]
    assert first["id"] == "gaziantep-university"
    assert first["score"] == 100


def test_an_identifier_outweighs_the_name(client: Client) -> None:
    for value in ("Q3640", "http://www.wikidata.org/entity/Q3640", {"id": "Q3640"}):
        first = client.candidates("the capital", properties=[{"pid": "skos:exactMatch", "v": value}])[0]
        assert first["id"] == "ankara"
        assert first["match"]


def test_another_identifier_forbids_a_match(client: Client) -> None:
    first = client.candidates("Ankara", properties=[{"pid": "skos:exactMatch", "v": "Q232"}])
    assert first[0]["id"] == "kazakhstan"
    (ankara,) = [each for each in first if each["id"] == "ankara"]
    assert not ankara["match"]
    assert ankara["score"] < 50


def test_properties_alone_find_candidates_and_decide_nothing(client: Client) -> None:
    properties = [{"pid": "kt:kind", "v": "university"}, {"pid": "kt:location", "v": "Gaziantep"}]
    found = client.candidates(properties=properties)
    assert found[0]["id"] == "gaziantep-university"
    assert not any(each["match"] for each in found)


def test_a_property_that_nothing_has_changes_nothing(client: Client) -> None:
    assert client.candidates("Hatay", properties=[{"pid": "P9999999", "v": "x"}]) == client.candidates("Hatay")


def test_two_conditions_on_one_property_have_features_of_their_own(client: Client) -> None:
    properties = [{"pid": "kt:city", "v": "Ankara"}, {"pid": "kt:city", "v": "Almaty"}]
    ids = [each["id"] for each in client.candidates("embassy", properties=properties)[0]["features"]]
    assert ids == ["name", "property:kt:city", "property:kt:city#2"]


# the draft of 1.0


def conditions(*given: dict[str, object], **more: object) -> dict[str, object]:
    return {"queries": [{"conditions": list(given), **more}]}


def named(value: object, **more: object) -> dict[str, object]:
    return {"matchType": "name", "propertyValue": value, **more}


def held(id: str, value: object, **more: object) -> dict[str, object]:
    return {"matchType": "property", "propertyId": id, "propertyValue": value, **more}


def drafted(client: Client, query: dict[str, object], path: str = "/match", **headers: str) -> list[dict[str, object]]:
    results = client.json(path, query, shapes.DRAFT_RESULTS, **headers).json()["results"]
    assert len(results) == 1
    found: list[dict[str, object]] = results[0]["candidates"]
    return found


@pytest.mark.parametrize("path", ["/match", "/1.0/match"])
def test_the_draft_answers_in_order(client: Client, path: str) -> None:
    queries = {"queries": [{"conditions": [named(each)], "limit": 1} for each in ("Ankara", "qqqzzz", "Астана")]}
    results = client.json(path, queries, shapes.DRAFT_RESULTS).json()["results"]
    assert [[each["id"] for each in result["candidates"]] for result in results] == [["ankara"], [], ["astana"]]


def test_the_draft_gives_labels_in_the_language_that_is_accepted(client: Client) -> None:
    (first,) = drafted(client, conditions(named("Ankara"), type="kt:Place", limit=1), accept_language="ru-RU, en;q=0.5")
    assert (first["name"], first["lang"]) == ("Анкара", "ru")
    assert first["match"]


def test_one_of_several_names_will_do(client: Client) -> None:
    assert drafted(client, conditions(named(["qqqzzz", "Анкара"])))[0]["id"] == "ankara"


def test_all_names_have_to_be_borne_where_that_is_required(client: Client) -> None:
    both = named(["HLSCC", "YDSK"], matchQuantifier="all", required=True)
    assert [each["id"] for each in drafted(client, conditions(both))] == ["hlscc"]
    assert drafted(client, conditions(named(["HLSCC", "Ankara"], matchQuantifier="all", required=True))) == []


def test_a_required_condition_leaves_out_what_fails_it(client: Client) -> None:
    plain = drafted(client, conditions(named("embassy"), held("kt:city", "Ankara"), limit=100))
    strict = drafted(client, conditions(named("embassy"), held("kt:city", "Ankara", required=True), limit=100))
    assert len(plain) > len(strict) > 0
    assert {each["id"] for each in strict} >= {"kz-embassy-ankara"}
    assert "tr-embassy-almaty" not in {each["id"] for each in strict}


def test_none_of_the_values(client: Client) -> None:
    without = held("kt:city", ["Ankara"], required=True, matchQuantifier="none")
    found = {each["id"] for each in drafted(client, conditions(named("embassy"), without, limit=100))}
    assert "tr-embassy-almaty" in found
    assert "kz-embassy-ankara" not in found


def test_all_of_the_values(client: Client) -> None:
    def ids(*states: str) -> set[object]:
        both = held("kt:member", list(states), required=True, matchQuantifier="all")
        return {each["id"] for each in drafted(client, conditions(named("HLSCC"), both))}

    assert "hlscc" in ids("Kazakhstan", "Türkiye")
    assert "hlscc" not in ids("Kazakhstan", "Russia")


def test_an_exact_value_is_the_same_but_for_case_and_accents(client: Client) -> None:
    def found(value: str, how: str) -> bool:
        asked = conditions(named("embassy"), held("kt:city", value, required=True, matchQualifier=how), limit=100)
        return "kz-embassy-ankara" in {each["id"] for each in drafted(client, asked)}

    assert found("ANKARA", "exact")
    assert found("Ankarra", "similar")
    assert not found("Ankarra", "exact")
