"""The W3C's SPARQL 1.1 Protocol tests that a read-only service can pass, by their names there.

https://github.com/w3c/rdf-tests/tree/main/sparql/sparql11/protocol; the seven left out update the graph. The data of the suite are
three graphs that each say a type of themselves; they stand in the store of a server of its own, which answers by the workers' own code.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

import pytest

from tests.web.client import Response, ask

pytestmark = pytest.mark.needs("web")

if TYPE_CHECKING:
    from kzturk_graph.web.workers.jobs import Job, Outcome

DATA = [f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in range(4)]
FORM = "application/x-www-form-urlencoded"
QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
BOOLEAN = ("application/sparql-results+xml", "application/sparql-results+json")
TABULAR = (*BOOLEAN, "text/csv", "text/tab-separated-values")
RDF = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json", "application/trig")


class Direct:
    """Stands for the pool: it runs a job in this process."""

    def start(self) -> None:
        """Nothing has to be started."""

    async def stop(self) -> None:
        """Nothing has to be stopped."""

    async def run(self, job: Job, spent: list[float]) -> Outcome:
        """The worker's outcome."""
        from kzturk_graph.web.workers import engine

        return engine.answer(job)


@pytest.fixture(scope="module")
def suite() -> Iterator[str]:
    """A server over the suite's graphs."""
    import pyoxigraph as ox
    import uvicorn

    from kzturk_graph.web.app import create_app
    from kzturk_graph.web.server import configuration, listen
    from kzturk_graph.web.settings import Settings
    from kzturk_graph.web.workers import engine

    store = ox.Store()
    kind, document = (
        ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
        ox.NamedNode("http://xmlns.com/foaf/0.1/Document"),
    )
    for name in DATA:
        store.add(ox.Quad(ox.NamedNode(name), kind, document, ox.NamedNode(name)))
    app = create_app(Settings(port=0))
    app.state.site.__dict__["pool"] = Direct()
    opened = listen(app.state.site.settings)
    server = uvicorn.Server(configuration(app))
    patched = pytest.MonkeyPatch()
    patched.setattr(engine, "facts", lambda: store)
    thread = threading.Thread(target=server.run, args=([opened],), daemon=True)
    url = f"http://127.0.0.1:{opened.getsockname()[1]}"
    thread.start()
    yield url
    server.should_exit = True
    thread.join(5)
    patched.undo()


class Case(NamedTuple):
    """A request of the suite, and what has to come: media types and a truth, or nothing but an error."""

    name: str
    method: str
    path: str
    body: bytes | None = None
    content_type: str | None = None
    media: tuple[str, ...] = ()
    truth: bool | None = None


def graphs(**named: tuple[int, ...]) -> str:
    return "&".join(
        f"{name}-graph-uri={quote(DATA[number], safe='')}" for name, numbers in named.items() for number in numbers
    )


def direct(
    name: str, query: str, path: str = "/sparql/", media: tuple[str, ...] = BOOLEAN, truth: bool | None = True
) -> Case:
    return Case(name, "POST", path, query.encode(), QUERY, media, truth)


ZERO = f"/sparql/?{graphs(default=(0,))}"
ONE_TWO = f"ASK {{ GRAPH ?g1 {{ <{DATA[1]}> a ?type }} GRAPH ?g2 {{ <{DATA[2]}> a ?type }} }}"
BOTH = f"ASK {{ <{DATA[1]}> a ?type . <{DATA[2]}> a ?type . }}"
FULL = f"ASK {{ <{DATA[3]}> a ?type GRAPH ?g1 {{ <{DATA[1]}> a ?type }} GRAPH ?g2 {{ <{DATA[2]}> a ?type }} }}"

GOOD = [
    Case("query_post_form", "POST", ZERO, b"query=ASK%20%7B%7D", FORM, BOOLEAN, True),
    Case(
        "query_dataset_default_graphs_get", "GET",
        f"/sparql/?query={quote(BOTH)}&{graphs(default=(1, 2))}", media=BOOLEAN, truth=True,
    ),
    direct("query_dataset_default_graphs_post", BOTH, f"/sparql/?{graphs(default=(1, 2))}"),
    direct("query_dataset_named_graphs_post", ONE_TWO, f"/sparql/?{graphs(named=(1, 2))}"),
    Case(
        "query_dataset_named_graphs_get", "GET",
        f"/sparql/?query={quote(ONE_TWO)}&{graphs(named=(1, 2))}", media=BOOLEAN, truth=True,
    ),
    direct("query_dataset_full", FULL, f"/sparql/?{graphs(default=(3,), named=(1, 2))}"),
    # the manifest escapes the ampersand between the two parameters; this is the request that its query is made for
    direct(
        "query_multiple_dataset", ONE_TWO.replace("ASK", f"ASK FROM <{DATA[3]}>"), f"/sparql/?{graphs(named=(1, 2))}"
    ),
    Case("query_get", "GET", f"{ZERO}&query=ASK%20%7B%7D", media=BOOLEAN, truth=True),
    direct("query_content_type_select", "SELECT (1 AS ?value) {}", ZERO, TABULAR, None),
    direct("query_content_type_ask", "ASK {}", ZERO, BOOLEAN, None),
    direct("query_content_type_describe", "DESCRIBE <http://example.org/>", ZERO, RDF, None),
    direct("query_content_type_construct", "CONSTRUCT { <s> <p> 1 } WHERE {}", ZERO, RDF, None),
    direct("query_post_direct", "ASK {}"),
]  # fmt: skip
BAD = [
    Case("bad_query_method", "PUT", f"{ZERO}&query=ASK%20%7B%7D", b"", FORM),
    Case("bad_multiple_queries", "GET", "/sparql/?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"),
    Case("bad_query_wrong_media_type", "POST", "/sparql/", b"ASK {}", "text/plain"),
    Case("bad_query_missing_form_type", "POST", "/sparql/", b"query=ASK%20%7B%7D"),
    Case("bad_query_missing_direct_type", "POST", "/sparql/", b"ASK {}"),
    Case("bad_query_non_utf8", "POST", "/sparql/", "ASK {}".encode("utf-16"), f"{QUERY}; charset=UTF-16"),
    Case("bad_query_syntax", "GET", "/sparql/?query=ASK%20%7B"),
    Case("bad_update_get", "GET", "/sparql/?update=CLEAR%20ALL"),
    Case("bad_multiple_updates", "POST", "/sparql/", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    Case("bad_update_wrong_media_type", "POST", "/sparql/", b"CLEAR NAMED", "text/plain"),
    Case("bad_update_missing_form_type", "POST", "/sparql/", b"update=CLEAR%20NAMED"),
    Case("bad_update_non_utf8", "POST", "/sparql/", "CLEAR NAMED".encode("utf-16"), f"{UPDATE}; charset=UTF-16"),
    Case("bad_update_syntax", "POST", "/sparql/", b"update=CLEAR%20XYZ", FORM),
    Case(
        "bad_update_dataset_conflict", "POST", "/sparql/?using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople",
        b"WITH <http://example/addresses> DELETE { ?person ?p 'Bill' } WHERE { ?person ?p 'Bill' }", UPDATE,
    ),
]  # fmt: skip


def sent(url: str, case: Case) -> Response:
    headers = {"Content_Type": case.content_type} if case.content_type else {}
    return ask(url, case.path, case.method, case.body, **headers)


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.name)
def test_a_query_is_answered(suite: str, case: Case) -> None:
    got = sent(suite, case)
    assert got.status == 200
    assert got.media in case.media
    if case.truth is not None:
        assert got.json()["boolean"] is case.truth


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_what_is_no_query_is_refused(suite: str, case: Case) -> None:
    got = sent(suite, case)
    assert 400 <= got.status < 500
    assert got.json()["status"] == got.status
    assert got.json()["message"]


def test_all_that_apply_are_here() -> None:
    assert len({case.name for case in GOOD + BAD}) == 27
