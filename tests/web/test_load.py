"""Many clients at once: each is answered or sent away for a while, and pages come all the while."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from tests.web.client import Response, ask, sparql
from tests.web.conftest import Served, start, stop

pytestmark = pytest.mark.needs("web")

CLIENTS = 64
TIMES = 20
PAGES = ("/", "/page/hlscc", "/conflicts", "/search?q=ankara", "/queries/treaties", "/static/site.css")
_NUMBERS = itertools.count()


def slow(url: str) -> Response:
    """A query that takes a worker some tenths of a second, and that no answer is kept for."""
    return sparql(
        url,
        f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?a {{ ?a a ?b }} LIMIT 400 }} ?c a ?d FILTER(?a != {next(_NUMBERS)}) }}",
    )


def quick(url: str) -> Response:
    """A query that takes next to nothing, and that no answer is kept for."""
    return sparql(url, f"SELECT ({next(_NUMBERS)} AS ?n) {{}}")


def crowd(clients: int, act: Callable[[int], list[Response]]) -> list[Response]:
    """What clients that begin together receive, each doing ``act`` with its number."""
    gate = Barrier(clients)

    def one(number: int) -> list[Response]:
        gate.wait()
        return act(number)

    with ThreadPoolExecutor(clients) as pool:
        return [each for received in pool.map(one, range(clients)) for each in received]


def test_64_clients_are_all_answered_or_sent_away(server: Served) -> None:
    got = crowd(CLIENTS, lambda number: [quick(server.url) for _ in range(TIMES)])
    assert len(got) == CLIENTS * TIMES
    assert {each.status for each in got} <= {200, 503}
    assert any(each.status == 200 for each in got)
    assert all(int(each.headers["retry-after"]) >= 1 for each in got if each.status == 503)
    assert quick(server.url).status == 200


def test_pages_come_while_queries_take_every_worker(server: Served) -> None:
    readers = range(8)
    reading = set(readers)

    def act(number: int) -> list[Response]:
        if number in readers:
            read = [ask(server.url, path) for path in PAGES]
            reading.discard(number)
            return read
        asked = [slow(server.url)]
        while reading:  # as long as somebody reads, the workers have enough to do
            asked.append(slow(server.url))
        return asked

    got = crowd(CLIENTS, act)
    queries = [each for each in got if each.media == "application/sparql-results+json" or each.status != 200]
    assert {each.status for each in queries} == {200, 503}  # beyond the queue, some are sent away
    assert all(int(each.headers["retry-after"]) >= 1 for each in queries if each.status == 503)
    assert len(got) - len(queries) == len(readers) * len(PAGES)  # and no page was
    assert slow(server.url).status == 200


def test_the_public_are_given_their_share() -> None:
    served = start("--public")
    try:
        got = crowd(16, lambda number: [slow(served.url)])
        refused = [each for each in got if each.status != 200]
        assert {each.status for each in got} == {200, 429}
        assert all(int(each.headers["retry-after"]) >= 1 for each in refused)
        assert ask(served.url, "/page/hlscc").status == 200
        assert quick(served.url).status == 200
    finally:
        assert stop(served) == 0


def test_more_connections_than_are_held_leave_the_server_well(small: Served) -> None:
    def act(number: int) -> list[Response]:
        try:
            return [quick(small.url)]
        except ConnectionError:  # beyond what is held, a connection may be closed before its answer is read
            return []

    got = crowd(CLIENTS + 40, act)
    assert {each.status for each in got} <= {200, 503}
    assert len(got) > CLIENTS // 2
    assert ask(small.url, "/").status == 200
