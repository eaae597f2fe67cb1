"""Entities from real endpoints, and clear errors from endpoints that fail in every way they do."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.wikibase import endpoint as module
from kzturk_graph.wikibase.endpoint import EndpointSource
from kzturk_graph.wikibase.http import LONG, TooMuch, user_agent
from kzturk_graph.wikibase.json_reader import entity
from kzturk_graph.wikibase.model import Entity
from kzturk_graph.wikibase.source import open_source
from tests.conftest import WIKIDATA
from tests.endpoints import Answer, Asked, answering, endpoint, free_port
from tests.wikibase.test_reading_rdf import DATA, LABEL, TURTLE, WD, ordered

EMPTY = Answer()
ASK = "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The full model of one entity, and a redirect to it."""
    more = tmp_path_factory.mktemp("endpoint") / "more.nt"
    more.write_text(
        f"<{WD}Q35493> <http://www.w3.org/2002/07/owl#sameAs> <{WD}Q1520> .\n"
        f'<{WD}Q1065> <{LABEL}> "Kazakhstan"@tr .\n'
        '<http://wikiba.se/ontology#Dump> <http://schema.org/dateModified> "2024-04-30T23:00:01Z" .\n'
    )
    with endpoint(DATA / "Q232.ttl", more) as url:
        yield url


@pytest.fixture(scope="module")
def kazakhstan() -> Entity:
    return ordered(entity(json.loads((DATA / "Q232.json").read_text())))


def test_full_statements(full: str, kazakhstan: Entity) -> None:
    source = open_source(full)
    found = source.get(["Q232", "Q35493", "Q9248"])
    assert found.keys() == {"Q232", "Q35493"}
    assert ordered(found["Q232"]) == kazakhstan
    assert found["Q35493"].redirect == "Q1520"
    assert not source.problems.report()


def test_batches_of_one_give_the_same(full: str, kazakhstan: Entity, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ENTITIES_AT_ONCE", "NODES_AT_ONCE", "NAMES_AT_ONCE"):
        monkeypatch.setattr(module, name, 1)
    assert ordered(open_source(full).get(["Q232"])["Q232"]) == kazakhstan


def test_names_in_some_languages(full: str) -> None:
    found = open_source(full, languages=["kk"]).get(["Q232"])["Q232"]
    assert (found.labels, found.descriptions, found.aliases) == ({"kk": "Қазақстан"}, {}, {})
    assert len(found.statements) == 10


def test_find_by_label_and_alias(full: str) -> None:
    found = EndpointSource(full).find(["Kazakhstan", "KZ", "Қазақстан", 'nobody "of" this\\name'])
    assert {name: [each.id for each in several] for name, several in found.items()} == {
        "Kazakhstan": ["Q232", "Q1065"],
        "KZ": ["Q232"],
        "Қазақстан": ["Q232"],
        'nobody "of" this\\name': [],
    }
    assert found["KZ"][0].labels["kk"] == "Қазақстан"


def test_the_version_and_the_base_are_found_out(full: str) -> None:
    source = EndpointSource(full)
    assert source.version == "2024-04-30T23:00:01Z"
    assert source.base == WD


def test_another_wikibase(tmp_path: Path) -> None:
    data = tmp_path / "own.ttl"
    data.write_text(TURTLE.replace("http://www.wikidata.org/", "https://base.example.org/"))
    with endpoint(data) as url:
        source = EndpointSource(url)
        assert source.base == "https://base.example.org/entity/"
        found = source.get(["Q232"])["Q232"]
        assert [each.rank for each in found.statements["P36"]] == ["preferred", "deprecated"]
        assert source.version is None


def test_a_store_without_entities(tmp_path: Path) -> None:
    data = tmp_path / "other.ttl"
    data.write_text("<https://example.org/a> <https://example.org/b> 1 .")
    with endpoint(data) as url, pytest.raises(InputError, match="holds no Wikibase entity"):
        open_source(url).get(["Q232"])


@pytest.mark.needs("wikidata")
def test_a_truthy_slice_gives_what_its_file_gives(tmp_path: Path) -> None:
    data = tmp_path / "truthy.nt"
    data.write_bytes(gzip.decompress((WIKIDATA / "truthy-sample.nt.gz").read_bytes()))
    by_file = {each.id: each for each in open_source(str(data)).entities() if each.type == "item"}
    with endpoint(data) as url:
        source = EndpointSource(url)
        found = source.get(by_file)
        assert [each.id for each in source.find(["Kazakhstan"])["Kazakhstan"]] == ["Q232"]
    assert found.keys() == by_file.keys()
    for id, each in found.items():
        assert each.truthy
        assert each.labels == by_file[id].labels
        for property, statements in by_file[id].statements.items():
            assert len(each.statements[property]) == len(statements)
            assert {one.main for one in each.statements[property]} == {one.main for one in statements}


def test_an_id_that_is_none_isnt_asked_for() -> None:
    with pytest.raises(UsageError, match="is no id of a Wikibase entity"):
        open_source("http://127.0.0.1:1/").get(["Q232> } DROP ALL #"])


def test_an_endpoint_isnt_read_from_end_to_end() -> None:
    with pytest.raises(UsageError, match="can't be read from end to end"):
        list(open_source("http://127.0.0.1:1/").entities())


# What goes over the wire


def test_we_say_who_we_are() -> None:
    with answering([EMPTY]) as (url, asked):
        EndpointSource(url, contact="curator@example.org").select(ASK)
    assert asked[0].headers["user-agent"] == user_agent("curator@example.org")
    assert user_agent("curator@example.org").startswith("kzturk-graph/")
    assert "curator@example.org" in user_agent("curator@example.org")
    assert asked[0].headers["accept"].startswith("application/sparql-results+json, ")
    assert (asked[0].method, asked[0].query) == ("GET", ASK)


def test_long_queries_are_posted() -> None:
    query = ASK + " # " + "x" * LONG
    with answering([EMPTY]) as (url, asked):
        EndpointSource(url).select(query)
    assert (asked[0].method, asked[0].query) == ("POST", query)


# What goes wrong


def fault(answers: list[Answer], **options: Any) -> tuple[InputError, list[Asked]]:
    with answering(answers) as (url, asked), pytest.raises(InputError) as error:
        EndpointSource(url, **{"pause": 0} | options).select(ASK)
    assert error.value.exit_code == 3
    assert error.value.hint
    assert url in str(error.value)
    return error.value, asked


def test_down() -> None:
    with pytest.raises(InputError, match="refuses the connection"):
        EndpointSource(f"http://127.0.0.1:{free_port()}/sparql").select(ASK)


def test_no_such_host() -> None:
    with pytest.raises(InputError, match="there is no such host"):
        EndpointSource("http://nowhere.invalid/sparql").select(ASK)


def test_slow() -> None:
    error, asked = fault([EMPTY._replace(delay=5)], timeout=0.1)
    assert "gave no answer within 0.1 s" in str(error)
    assert len(asked) == 1


def test_html_instead_of_results() -> None:
    page = Answer(200, b"<!DOCTYPE html><html>", {"Content-Type": "text/html; charset=utf-8"})
    error, _ = fault([page])
    assert "answers with a web page (HTML) instead of results" in str(error)


def test_another_media_type() -> None:
    error, _ = fault([Answer(200, b"s,p,o\n", {"Content-Type": "text/csv"})])
    assert "answers with text/csv instead of application/sparql-results+json" in str(error)


XML_ROWS = b"""<?xml version="1.0"?>
<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/></head><results>
<result><binding name="s"><uri>http://www.wikidata.org/entity/Q232</uri></binding></result></results></sparql>
"""


def test_results_in_xml_are_read_where_there_is_nothing_else() -> None:
    answer = Answer(200, XML_ROWS, {"Content-Type": "application/sparql-results+xml"})
    with answering([answer]) as (url, _):
        assert EndpointSource(url).select(ASK) == [{"s": ox.NamedNode(WD + "Q232")}]


def test_half_a_result_in_xml() -> None:
    answer = Answer(200, XML_ROWS[:200], {"Content-Type": "application/sparql-results+xml"})
    error, _ = fault([answer])
    assert "gave half a result" in str(error)


ROWS = json.dumps(
    {"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": WD + "Q232"}}] * 50}}
).encode()


def test_a_connection_that_ends_early() -> None:
    error, _ = fault([Answer(body=ROWS, cut=100)])
    assert f"gave half a result: the connection ended after {len(ROWS) - 100:,} bytes" in str(error)


def test_half_a_result() -> None:
    error, _ = fault([Answer(body=ROWS[:-70])])
    assert "half a result" in str(error)


def test_half_a_result_that_ends_in_a_brace() -> None:
    error, _ = fault([Answer(body=ROWS[: ROWS.rindex(b"}", 0, -5) + 1])])
    assert "gave results that aren't whole" in str(error)


def test_a_stack_trace_within_the_result() -> None:
    trace = b"\njava.util.concurrent.TimeoutException\n\tat java.util.concurrent.FutureTask.get(FutureTask.java:205)\n"
    error, _ = fault([Answer(body=ROWS[:-70] + trace)])
    assert "broke off the query, which took longer than it allows" in str(error)


def test_a_name_like_an_exception_is_only_a_name() -> None:
    body = ROWS.replace(b"Q232", b"TimeoutException")
    with answering([Answer(body=body)]) as (url, _):
        assert len(EndpointSource(url).select(ASK)) == 50


def test_too_large() -> None:
    error, _ = fault([Answer(body=ROWS)], largest=1000)
    assert "gave more than 1,000 bytes" in str(error)


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (400, b"\n  Parse error at line 1\nmore", "answers with the error 400: Parse error at line 1"),
        (403, b"", "answers with the error 403"),
        (404, b"<html>not here</html>", "answers with the error 404"),
        (500, b"no more memory", "answers with the error 500: no more memory"),
        (500, b"java.util.concurrent.TimeoutException", "took longer than it allows"),
    ],
)
def test_errors_tell_what_the_server_says(status: int, body: bytes, said: str) -> None:
    error, asked = fault([Answer(status, body, {"Content-Type": "text/plain"})])
    assert said in str(error)
    assert "html" not in str(error).lower()
    assert len(asked) == 1


def busy(after: str | None) -> Answer:
    return Answer(429, b"", {"Content-Type": "text/plain"} | ({"Retry-After": after} if after else {}))


def test_retry_after_is_honoured() -> None:
    told: list[str] = []
    with answering([busy("0"), Answer(503, b"", {"Retry-After": "0"}), EMPTY]) as (url, asked):
        assert EndpointSource(url, pause=99, tell=told.append).select(ASK) == []
    assert len(asked) == 3
    assert told == [f"{url} is busy ({status}); asking again in 0 s" for status in (429, 503)]


def test_the_seconds_asked_for_are_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    past = format_datetime(datetime.now(UTC) - timedelta(seconds=30), usegmt=True)
    with answering([busy("7"), busy(date), busy(past), EMPTY]) as (url, _):
        EndpointSource(url).select(ASK)
    assert waited[0] == 7
    assert 25 < waited[1] <= 30
    assert waited[2] == 0


def test_without_retry_after_the_waits_double(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    answers = [busy(None), busy("soon"), busy(None), busy(None)]
    given_up = pytest.raises(InputError, match=r"is busy \(429\), 4 times in a row")
    with answering(answers) as (url, asked), given_up:
        EndpointSource(url, pause=2).select(ASK)
    assert waited == [2, 4, 8]
    assert len(asked) == 4


def test_a_wait_beyond_the_cap_is_told_instead() -> None:
    error, asked = fault([busy("3600")], wait=120)
    assert "is busy (429) and asks to wait 3600 s" in str(error)
    assert "the longest wait is 120 s" in str(error)
    assert len(asked) == 1


def test_too_much_at_once_is_asked_in_halves() -> None:
    def answer(asked: Asked) -> Answer:
        many = asked.query.count(f"<{WD}Q")
        return Answer(body=ROWS[:-70]) if many > 1 else EMPTY

    with answering(answer) as (url, asked):
        assert EndpointSource(url, base=WD).get(["Q232", "Q43", "Q227"]) == {}
    assert {each.query.count(f"<{WD}Q") for each in asked} == {1, 2, 3}


def test_too_much_of_one_is_an_error() -> None:
    with answering([Answer(body=ROWS[:-70])]) as (url, _), pytest.raises(TooMuch):
        EndpointSource(url, base=WD).get(["Q232"])
