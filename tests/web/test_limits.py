"""What holds a stranger back: sizes, times, queues, shares."""

from __future__ import annotations

import concurrent.futures
import http.client
import time
from urllib.parse import quote, urlsplit

import pytest

from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.shares import Shares, network
from tests.web.client import ask, opened, rest, sparql
from tests.web.conftest import Served, start, stop

pytestmark = pytest.mark.needs("web")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
MANY = "SELECT ?s ?p ?o { ?s ?p ?o }"
FORM, QUERY = "application/x-www-form-urlencoded", "application/sparql-query"


def test_an_endless_query_is_stopped(small: Served) -> None:
    began = time.monotonic()
    got = sparql(small.url, ENDLESS)
    assert got.status == 504
    assert "1 s" in got.json()["message"]
    assert 0.9 < time.monotonic() - began < 60
    assert sparql(small.url, "ASK {}").status == 200


def test_a_shorter_timeout_is_kept_and_a_longer_one_is_not(small: Served) -> None:
    for asked, told in (("0.2", "0.2 s"), ("60", "1 s")):
        got = sparql(small.url, ENDLESS, timeout=asked)
        assert got.status == 504
        assert told in got.json()["message"]


@pytest.mark.parametrize(
    ("form", "count"),
    [
        ("json", lambda got: len(got.json()["results"]["bindings"])), ("csv", lambda got: got.text.count("\r\n") - 1),
        ("tsv", lambda got: got.text.count("\n") - 1), ("xml", lambda got: got.text.count("<result>")),
    ],
)  # fmt: skip
def test_too_many_rows_are_cut_and_it_is_said(small: Served, form: str, count) -> None:  # type: ignore[no-untyped-def]
    whole = sparql(small.url, "SELECT ?s { ?s a kt:State } LIMIT 50", format=form)
    assert "x-kzturk-truncated" not in whole.headers
    cut = sparql(small.url, "SELECT ?s { ?s a ?class }", format=form)
    assert (cut.status, count(cut)) == (200, 50)
    assert cut.headers["x-kzturk-truncated"] == "cut after 50 rows"
    assert "/limits" in cut.headers["link"]
    exact = sparql(small.url, "SELECT ?s { ?s a ?class } LIMIT 50", format=form)
    assert count(exact) == 50
    assert "x-kzturk-truncated" not in exact.headers


def test_json_says_in_itself_that_it_is_cut(small: Served) -> None:
    assert sparql(small.url, "SELECT ?s { ?s a ?class }").json()["truncated"] == "cut after 50 rows"


def test_too_large_an_answer_is_cut(small: Served) -> None:
    query = "SELECT (CONCAT(STR(?s), '" + "x" * 1000 + "') AS ?long) { ?s a kt:Assertion } LIMIT 40"
    got = sparql(small.url, query)
    assert got.status == 200
    assert 0 < len(got.json()["results"]["bindings"]) < 40
    assert len(got.body) <= 20_000
    assert "20000 bytes" in got.headers["x-kzturk-truncated"]


def test_values_that_look_like_rows_cut_nothing(small: Served) -> None:
    """A literal that ends as a row does in JSON, and line breaks within CSV."""
    values = " ".join('"a}},{"' for _ in range(40)) + r' "b\nc\nd\ne"' * 9
    query = f"SELECT ?v {{ VALUES ?v {{ {values} }} }}"
    for form in ("json", "csv", "tsv"):
        assert "x-kzturk-truncated" not in sparql(small.url, query, format=form).headers


def test_too_many_triples_are_cut(small: Served) -> None:
    for form in ("turtle", "ntriples", "jsonld", "rdfxml", "trig"):
        got = sparql(small.url, "CONSTRUCT WHERE { ?s ?p ?o }", format=form)
        assert (got.status, got.headers["x-kzturk-truncated"]) == (200, "cut after 50 triples")
    assert "x-kzturk-truncated" not in sparql(small.url, "DESCRIBE id:kazakhstan").headers


def test_a_large_body_is_refused(small: Served) -> None:
    body = b"ASK { FILTER('" + b"x" * 20_000 + b"' = '') }"
    assert ask(small.url, "/sparql", "POST", body, Content_Type=QUERY).status == 413
    fits = b"ASK { FILTER('" + b"x" * 9_000 + b"' = '') }"
    assert ask(small.url, "/sparql", "POST", fits, Content_Type=QUERY).json()["boolean"] is False


def test_a_large_body_in_chunks_is_refused(small: Served) -> None:
    with opened(small.url) as line:
        line.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        line.sendall(b"".join(b"1000\r\n" + b"x" * 4096 + b"\r\n" for _ in range(5)))
        assert b" 413 " in line.recv(4096).split(b"\r\n")[0]


def test_a_long_address_is_refused(small: Served) -> None:
    assert ask(small.url, "/sparql?query=" + "x" * 8_000).status == 431
    assert ask(small.url, "/limits", X_Long="x" * 8_000).status == 431
    assert sparql(small.url, "ASK {}").status == 200


@pytest.mark.parametrize(
    "sent",
    [
        b"", b"GET /limits HT", b"GET /limits HTTP/1.1\r\nHost: x\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK",
    ],
)  # fmt: skip
def test_a_slow_sender_is_cut(small: Served, sent: bytes) -> None:
    began = time.monotonic()
    with opened(small.url) as line:
        line.sendall(sent)
        received = rest(line)
    assert 0.5 < time.monotonic() - began < 60
    assert b" 408 " in received.split(b"\r\n")[0]
    assert sparql(small.url, "ASK {}").status == 200


def test_a_sender_who_drips_is_cut(small: Served) -> None:
    began = time.monotonic()
    with opened(small.url) as line:
        try:
            for byte in b"GET /limits HTTP/1.1\r\nX-Drip: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":
                line.sendall(bytes([byte]))
                time.sleep(0.05)
        except OSError:
            pass
    assert time.monotonic() - began < 60


def test_an_idle_connection_is_closed(small: Served) -> None:
    began = time.monotonic()
    with opened(small.url) as line:
        line.sendall(b"GET /limits HTTP/1.1\r\nHost: x\r\n\r\n")
        received = rest(line)
    assert received.startswith(b"HTTP/1.1 200")
    assert time.monotonic() - began < 60


def test_a_second_request_on_a_line_has_its_own_time(small: Served) -> None:
    place = urlsplit(small.url)
    line = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    line.connect()
    own = line.sock
    for _ in range(4):
        line.request("GET", "/limits")
        assert line.getresponse().read().endswith(b"}")
        time.sleep(0.4)
    assert line.sock is own  # it wasn't opened anew
    line.close()


def test_pipelined_requests_are_answered_in_order(site: str) -> None:
    first, second = quote("ASK {}"), quote("SELECT (1 AS ?one) {}")
    with opened(site) as line:
        for _ in range(2):  # the second time from what is kept
            line.sendall(
                b"".join(
                    f"GET /sparql?query={each} HTTP/1.1\r\nHost: x\r\n\r\n".encode() for each in (first, second, first)
                )
            )
            received = b""
            while received.count(b"HTTP/1.1 200") < 3 or not received.endswith(b"true}"):
                received += line.recv(65536)
            assert received.index(b'"boolean"') < received.index(b'"one"') < received.rindex(b'"boolean"')


def test_beyond_the_queue_one_is_sent_away(small: Served) -> None:
    with concurrent.futures.ThreadPoolExecutor(12) as threads:
        got = list(threads.map(lambda _: sparql(small.url, ENDLESS), range(12)))
    sent_away = [each for each in got if each.status == 503]
    assert len(sent_away) >= 6  # two run, two wait for a second of their own
    assert all(each.headers["retry-after"].isdigit() for each in sent_away)
    assert {each.status for each in got} <= {503, 504}
    assert sparql(small.url, "ASK {}").status == 200


def test_idle_connections_make_room(small: Served) -> None:
    lines = [opened(small.url) for _ in range(80)]
    try:
        assert sparql(small.url, "ASK {}").status == 200
        assert rest(lines[0]) == b""  # the one that was idle longest
        lines[-1].sendall(b"GET /limits HTTP/1.1\r\nHost: x\r\n\r\n")
        assert b" 200 " in lines[-1].recv(4096).split(b"\r\n")[0]
    finally:
        for line in lines:
            line.close()


def test_an_answer_under_way_keeps_its_connection(small: Served) -> None:
    asked = "GET /sparql?query=" + quote(ENDLESS) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with opened(small.url) as first:
        first.sendall(asked.encode())
        time.sleep(0.2)
        lines = [opened(small.url) for _ in range(80)]
        try:
            assert b" 504 " in rest(first).split(b"\r\n")[0]
        finally:
            for line in lines:
                line.close()


def test_an_address_has_its_share() -> None:
    served = start(
        "--public",
        "--query-seconds",
        "0.6",
        "--query-seconds-a-minute",
        "1",
        "--queries-at-once",
        "2",
        "--workers",
        "3",
    )
    try:
        with concurrent.futures.ThreadPoolExecutor(4) as threads:
            got = list(threads.map(lambda _: sparql(served.url, ENDLESS), range(4)))
        assert sorted(each.status for each in got) == [429, 429, 504, 504]
        late = sparql(served.url, "SELECT (1 AS ?another) {}")
        assert late.status == 429
        assert 1 <= int(late.headers["retry-after"]) <= 60
    finally:
        stop(served)


def test_a_share_comes_back_with_time() -> None:
    now = [0.0]
    shares = Shares(2, 60, clock=lambda: now[0])
    for _ in range(2):
        shares.leave(shares.enter("192.0.2.1"), 30)
    with pytest.raises(HttpError) as refused:
        shares.enter("192.0.2.1")
    assert (refused.value.status, refused.value.headers["retry-after"]) == (429, "60")
    shares.enter("192.0.2.2")
    now[0] = 61
    shares.enter("192.0.2.1")


def test_shares_forget_and_keep_those_that_run() -> None:
    shares = Shares(1, 60)
    shares.enter("192.0.2.1")
    for number in range(10_100):
        shares.leave(shares.enter(f"2001:db8:{number:x}::1"), 0.1)
    assert len(shares._shares) <= 10_001
    with pytest.raises(HttpError):
        shares.enter("192.0.2.1")


def test_a_household_counts_as_one() -> None:
    assert network("2001:db8:1:2:3::4") == network("2001:db8:1:2:ffff::1")
    assert network("2001:db8:1:2::1") != network("2001:db8:1:3::1")
    assert network("::ffff:192.0.2.1") == "192.0.2.1"
