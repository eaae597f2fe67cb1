"""Footnotes, cells, JSON and the bibliography, on the packaged graph."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from kzturk_graph.citations import Citations, cite
from kzturk_graph.citations.bibliography import Work, bibtex, csl, works
from kzturk_graph.citations.extension import as_json
from kzturk_graph.citations.footnotes import footnotes
from kzturk_graph.dates import parse
from kzturk_graph.queries.run import ask

SHARES = (
    """SELECT ?value ?voice { GRAPH ?a { ?report kt:measure c:trade-share ; kt:value ?value } ?a kt:voice ?voice }"""
)


@pytest.fixture(scope="module")
def shares(store: ox.Store) -> Citations:
    return cite(store, SHARES, ask(store, SHARES))


def test_footnotes_say_document_date_passage_and_voice(store: ox.Store) -> None:
    query = "SELECT ?x { GRAPH ?a { ?r kt:measure c:trade-turnover ; kt:value ?x } ?a kt:modality c:target }"
    found = footnotes(cite(store, query, ask(store, query)), store)
    assert [note.number for note in found.notes] == list(range(1, len(found.notes) + 1))
    assert all(note.modality == "target" and note.date and note.passage in note.text for note in found.notes)
    assert all("target" in note.text for note in found.notes)
    assert set("; ".join(found.marks).split("; ")) == {str(note.number) for note in found.notes}
    assert len(found.marks) == len(found.remarks)


def test_labels_of_footnotes_follow_the_language(store: ox.Store, shares: Citations) -> None:
    english, turkish = (footnotes(shares, store, each).notes[0].title for each in ("en", "tr"))
    assert english != turkish


def test_remarks_name_their_rows(store: ox.Store) -> None:
    query = "SELECT ?x ?n { VALUES ?x { id:hlscc id:kazakhstan } ?x kt:kind ?k OPTIONAL { ?x kt:deadline ?n } }"
    lines = footnotes(cite(store, query, ask(store, query)), store).lines()
    assert any(line.endswith("not stated: ?x kt:deadline ?n") for line in lines)


def test_json_has_a_row_for_each_binding_and_describes_each_assertion(store: ox.Store, shares: Citations) -> None:
    found = json.loads(json.dumps(as_json(shares, store)))
    assert found["mode"] == "witnesses"
    assert len(found["rows"]) == len(shares)
    named = {name for row in found["rows"] for witness in row["witnesses"] for name in witness["assertions"]}
    assert named == set(found["assertions"])
    assert all({"document", "passage", "modality", "date"} <= set(each) for each in found["assertions"].values())


def test_bibliography_names_the_documents_and_the_works_they_lean_on(store: ox.Store) -> None:
    query = "SELECT ?x { GRAPH ?a { ?x a kt:Treaty } ?a kt:cites ?footnote ; kt:passage ?p . ?p kt:document doc:003 }"
    found = works(cite(store, query, ask(store, query)), store)
    assert found[0].slug == "003"
    assert found[0].issued == parse("2017-09-13")
    assert len(found) > 1
    assert all(work.cited_by == ("003",) for work in found[1:])


def test_an_undated_document_bears_no_year(store: ox.Store, shares: Citations) -> None:
    undated = next(work for work in works(shares, store) if work.slug == "001")
    assert undated.issued is None
    assert "year" not in bibtex([undated])
    assert "undated; written between 2014-02-04 and 2026-11-21" in bibtex([undated])
    assert "issued" not in json.loads(csl([undated]))[0]


def test_bibtex_escapes_what_it_would_read_as_a_command() -> None:
    entry = bibtex([Work("x", "50 % of R&D_{net}", "news-article", issued=parse("2017-05"))])
    assert entry.startswith("@article{kzturk-x,")
    assert r"{{50 \% of R\&D\_\{net\}}}" in entry
    assert "year = {2017}" in entry


def test_csl_dates_are_as_precise_as_the_source() -> None:
    dates = {"2017": [[2017]], "2017-05": [[2017, 5]], "2017-05-28": [[2017, 5, 28]]}
    for text, parts in dates.items():
        item = json.loads(csl([Work("x", "A title", "web-page", issued=parse(text))]))[0]
        assert item["issued"] == {"date-parts": parts}
        assert item["type"] == "webpage"
