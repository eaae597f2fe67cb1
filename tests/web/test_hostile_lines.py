"""What a stranger sends to make the site give one reader another's answer, or to keep it from answering the rest."""

from __future__ import annotations

import concurrent.futures
import gzip
import time
from pathlib import Path
from urllib.parse import quote

import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph.web.app import create_app
from kzturk_graph.web.pages import routes
from kzturk_graph.web.pages.desk import OVERHEAD, Desk
from kzturk_graph.web.pages.page import Page, Written
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web.asgi import get
from tests.web.client import ask, opened, rest, sparql
from tests.web.conftest import Served, start, stop

pytestmark = pytest.mark.needs("web")

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def app() -> Starlette:
    return Starlette(routes=routes(Site(Settings())))


def asked(word: str) -> str:
    return "/sparql?query=" + quote(f'SELECT ("{word}" AS ?word) {{}}')


@pytest.mark.parametrize(
    ("name", "behind"),
    [
        ("head", "HEAD {} HTTP/1.1"),
        ("tagged", "GET {} HTTP/1.1\r\nIf-None-Match: x"),
        ("absolute", "GET http://x{} HTTP/1.1"),
    ],
)
def test_a_request_behind_another_does_not_get_its_answer(site: str, name: str, behind: str) -> None:
    first, second = asked(f"first {name}"), asked(f"second {name}")
    head = f"GET {first} HTTP/1.1\r\nHost: x\r\n\r\n"
    with opened(site) as line:
        line.sendall((head + behind.format(second) + "\r\nHost: x\r\nConnection: close\r\n\r\n").encode())
        assert rest(line).count(b" 200 ") == 2
    for word, path in (("first", first), ("second", second)):
        for _ in range(2):
            assert ask(site, path).rows()[0]["word"] == f"{word} {name}"


def test_answers_that_nobody_reads_do_not_pile_up(server: Served) -> None:
    path = "/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 5000")
    assert len(ask(server.url, path).body) > 500_000
    with opened(server.url) as line:
        before = memory(server)
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode() * 200)
        time.sleep(1.5)
        assert memory(server) - before < 100_000_000
        assert sparql(server.url, "ASK {}").status == 200


def memory(server: Served) -> int:
    """The bytes that the server holds, where the system tells."""
    status = Path(f"/proc/{server.process.pid}/status")
    if not status.exists():
        pytest.skip("needs Linux")
    return int(status.read_text().split("VmRSS:")[1].split()[0]) * 1024


@pytest.mark.parametrize("host", ["x/page/hlscc#", "x/page/hlscc?lang=en&", "evil.example"])
def test_a_host_leads_no_page_astray(app: Starlette, host: str) -> None:
    get(app, "/page/kazakhstan?lang=en", host=host)
    assert "<h1" in get(app, "/page/hlscc?lang=en").text
    assert get(app, "/page/hlscc?lang=en").text.count("High-Level Strategic") > 1
    assert "evil" not in get(app, "/page/kazakhstan?lang=en").text


@pytest.mark.parametrize("path", ["//evil.example/x", "///evil.example", "/%5Cevil.example", "//evil.example/%22%3E"])
def test_no_link_leads_to_another_site_by_its_path(app: Starlette, path: str) -> None:
    text = get(app, path).text
    assert 'href="/' in text
    for attribute in ("href", "action", "src"):
        assert f'{attribute}="//' not in text
        assert f'{attribute}="/\\' not in text


def test_pages_come_packed_to_who_takes_that_and_only_to_them(app: Starlette) -> None:
    packed, plain = (get(app, "/page/hlscc", accept_encoding=each) for each in ("br, gzip", "br"))
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert "Accept-Encoding" in plain.headers["vary"]


@pytest.mark.parametrize("path", ["/data/hlscc.ttl", "/data/hlscc.trig?provenance=statements"])
def test_data_come_packed_or_not_whoever_asked_first(app: Starlette, path: str) -> None:
    plain, packed = get(app, path), get(app, path, accept_encoding="gzip")
    assert gzip.decompress(packed.body) == plain.body == get(app, path).body
    assert plain.headers["etag"].startswith("W/")


def test_two_forms_of_the_same_data_have_two_tags(app: Starlette) -> None:
    tags = {get(app, f"/data/hlscc.{end}").headers["etag"] for end in ("ttl", "nt", "trig", "rdf")}
    assert len(tags) == 4


def test_pages_without_a_body_take_room_too() -> None:
    desk = Desk(Site(Settings()))

    def elsewhere(page: Page) -> Written:
        return page.redirect("/about")

    app = Starlette(routes=[desk.route("/x", elsewhere)])
    for number in range(3):
        get(app, f"/x?{number}")
    assert desk._bytes == 3 * OVERHEAD


def test_making_pages_has_a_share() -> None:
    site = Site(Settings(public=True, query_seconds_a_minute=0.001))
    app = Starlette(routes=routes(site))
    assert get(app, "/page/hlscc").status == 200
    refused = get(app, "/page/kazakhstan")
    assert refused.status == 429
    assert int(refused.headers["retry-after"]) > 0
    assert "etag" not in refused.headers
    assert get(app, "/page/hlscc").status == 200  # what is there costs nothing


def test_data_and_graphs_have_a_share_too() -> None:
    app = create_app(Settings(public=True, query_seconds_a_minute=0.0001))
    assert get(app, "/data/hlscc.ttl").status == 200
    assert get(app, "/data/kazakhstan.ttl").status == 429
    assert get(app, "/graphs?default").status == 429


def eventually(served: Served, status: int) -> bool:
    """Whether a query is answered so within some minutes, at most."""
    for number in range(600):
        if sparql(served.url, f"ASK {{ ?s ?p {number} }}").status == status:
            return True
        time.sleep(0.1)
    return False


def test_a_form_whose_client_is_gone_stops_its_query() -> None:
    served = start("--workers", "1", "--queue", "0", "--query-seconds", "600")  # no time-out stops it
    try:
        with opened(served.url) as line:
            line.sendall(f"GET /query?query={quote(ENDLESS)} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            assert eventually(served, 503)
        assert eventually(served, 200)
    finally:
        stop(served)


def test_pages_come_while_pictures_are_drawn(server: Served) -> None:
    pytest.importorskip("vl_convert", reason="needs the extra 'plot': pip install '.[plot]'")
    for path in ("/page/hlscc", "/plot/trade.svg"):  # both have begun
        assert ask(server.url, path).status == 200
    paths = [f"/plot/timeline.svg?from={year}" for year in range(1991, 1999)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        drawn = [pool.submit(ask, server.url, path) for path in paths]
        time.sleep(0.2)
        assert ask(server.url, "/page/kazakhstan?lang=kk").status == 200
        assert not all(each.done() for each in drawn)  # it didn't wait for them all
        assert all(each.result().status == 200 for each in drawn)


def test_a_process_that_ends_over_a_picture_is_replaced() -> None:
    pytest.importorskip("vl_convert", reason="needs the extra 'plot': pip install '.[plot]'")
    from kzturk_graph.plots.catalogue import plot
    from kzturk_graph.web.drawing import Drawing

    drawing, picture = Drawing(), plot("trade")
    try:
        first = drawing.svg(picture)
        assert drawing._process is not None
        for each in drawing._process._processes.values():
            each.kill()
        assert drawing.svg(picture) == first == picture.svg()
    finally:
        drawing.stop()
