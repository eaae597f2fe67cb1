"""The SPARQL form, answered by the workers of a running server, without a script."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

pytest.importorskip("starlette", reason="needs the extra 'web': pip install '.[web]'")

from tests.web.client import Response, ask

pytestmark = pytest.mark.needs("web")


def asked(site: str, query: str, **more: str) -> Response:
    return ask(site, f"/query?{urlencode({'query': query, **more})}", accept="text/html")


def test_the_form_works_without_a_query(site: str) -> None:
    got = ask(site, "/query")
    assert got.status == 200
    assert '<textarea id="query" name="query"' in got.text


def test_rows_link_to_their_things(site: str) -> None:
    text = asked(site, "SELECT ?c { ?c a kt:Council } ORDER BY ?c").text
    assert '<td><a href="/page/hlscc">High-Level Strategic Cooperation Council</a></td>' in text


def test_rows_are_cited_where_that_is_wanted(site: str) -> None:
    text = asked(site, "SELECT ?on { id:recognition-of-kazakhstan kt:date ?on }", cite="1").text
    assert 'class="mark" href="#n1"' in text
    assert '<li id="n1"' in text


def test_an_error_has_its_place(site: str) -> None:
    got = asked(site, "SELECT * {\n  ?s kt:date ?o .\n  ?s kt:x } }")
    assert got.status == 400
    assert 'data-error-line="3"' in got.text
    assert "?s kt:x } }\n" in got.text.split("<pre", 1)[1]


def test_the_query_comes_back_as_text(site: str) -> None:
    text = asked(site, 'SELECT * { ?s ?p "</textarea><script>alert(1)</script>" }').text
    assert "<script>alert" not in text
    assert "&lt;/textarea&gt;" in text


def test_what_is_no_query_is_refused(site: str) -> None:
    assert asked(site, "DROP ALL").status == 403
    assert asked(site, "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }").status == 403


@pytest.mark.parametrize(
    ("query", "found"), [("ASK { id:hlscc a kt:Council }", "Yes"), ("ASK { id:hlscc a kt:Treaty }", "No")]
)
def test_a_truth_is_told(site: str, query: str, found: str) -> None:
    assert f'<p class="lead">{found}' in asked(site, query).text


def test_triples_are_shown_as_turtle(site: str) -> None:
    assert "id:kazakhstan" in asked(site, "DESCRIBE id:hlscc").text
