"""Names and addresses that try to be more than text."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from starlette.applications import Starlette

from kzturk_graph.graph.assertions import read_corpus
from kzturk_graph.graph.build import quads
from kzturk_graph.web.pages import addresses, routes
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site
from tests.web.asgi import get

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
a:900-p1 kt:modality c:fact ; kt:passage p:900-p1 ; kt:note "</p><script>alert('note')</script>"@en .
a:900-p1 {
  id:bad a kt:Council ; kt:establishedOn "<b>2012</b>" ;
    skos:prefLabel "<script>alert(1)</script> \\"quoted' {{ 7*7 }}"@en, "\u202e<img src=x onerror=alert(2)>"@tr ;
    schema:url "javascript:alert(3)", "https://example.org/\\"><script>", "data:text/html,x", "https://example.org/fine" ;
    skos:exactMatch <javascript:alert(4)> .
}
"""
PATHS = [
    "/page/bad", "/page/bad?lang=tr", "/page/document/900", "/page/passage/900-p1", "/page/assertion/900-p1", "/browse/Council",
    "/search?q=script", "/search?q=%22%3E%3Cscript%3Ealert(5)%3C/script%3E", "/page/%3Cscript%3Ealert(6)%3C/script%3E",
    "/browse/Council?q=%22%3E%3Cscript%3E", "/conflicts?topic=%3Cscript%3E", "/queries/names?entity=bad",
    "/page/bad?lang=%3Cscript%3E&as-of=%3Cscript%3E", "/page/bad?%22%3E%3Cscript%3E=1", "/nowhere/%3Cscript%3E",
]  # fmt: skip


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    file = Path(tmp_path_factory.mktemp("hostile") / "900.trig")
    file.write_text(DATA, encoding="utf-8")
    corpus = read_corpus([file])
    store = ox.Store()
    store.bulk_extend(quads(corpus))
    site = Site(Settings())
    site.__dict__.update(corpus=corpus, store=store)
    return Starlette(routes=routes(site))


@pytest.mark.parametrize("path", PATHS)
def test_no_text_becomes_markup(app: Starlette, path: str) -> None:
    text = get(app, path).text.lower()
    assert "<script" not in text
    assert "<img" not in text or 'src="/plot/' in text
    assert "onerror=" not in text.replace("&lt;img src=x onerror=alert(2)&gt;", "")
    assert "<b>2012" not in text


def test_a_hostile_label_is_shown_as_it_is(app: Starlette) -> None:
    text = get(app, "/page/bad").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "{{ 7*7 }}" in text


def test_only_web_addresses_become_links(app: Starlette) -> None:
    text = get(app, "/page/bad").text
    assert 'href="https://example.org/fine"' in text
    assert 'href="javascript' not in text
    assert 'href="data:' not in text


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JAVASCRIPT://x",
        "data:text/html,x",
        "//host/x",
        "http:x",
        "https://a b",
        "https://[",
        "ftp://h/x",
    ],
)
def test_what_is_no_web_address(text: str) -> None:
    assert addresses.outside(text) is None


def test_the_host_header_is_never_used(app: Starlette) -> None:
    got = get(app, "/page/bad", host="evil.example")
    assert "evil.example" not in got.text
    assert "evil.example" not in str(get(app, "/id/bad", host="evil.example").headers)


@pytest.mark.parametrize("path", ["/static/../page.py", "/static/%2e%2e/page.py", "/static/..%2f..%2fsite.py"])
def test_no_file_outside_is_served(app: Starlette, path: str) -> None:
    assert get(app, path).status == 404
