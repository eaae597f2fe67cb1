"""The Python door: lazy imports, typed rows, documented examples that run."""

from __future__ import annotations

import datetime
import doctest
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

import kzturk_graph
from kzturk_graph import api, dates, names
from kzturk_graph.queries import binding
from kzturk_graph.results import Entity, Text
from kzturk_graph.sources import passages

ROOT = Path(__file__).resolve().parent.parent


def test_importing_loads_nothing_heavy() -> None:
    code = "import sys, kzturk_graph; print([m for m in ('rdflib', 'pyshacl', 'pyoxigraph', 'click', 'yaml') if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        == "[]\n"
    )


def test_running_a_query_loads_no_rdflib() -> None:
    code = "import sys, kzturk_graph; kzturk_graph.run('council-sessions'); print('rdflib' in sys.modules, 'pyshacl' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        == "False False\n"
    )


@pytest.mark.parametrize("module", [api, dates, names, binding, passages, kzturk_graph])
def test_examples_in_docstrings_run(module) -> None:  # type: ignore[no-untyped-def]
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("page", ["docs/python.md"])
def test_examples_in_pages_run(page: str) -> None:
    found = doctest.testfile(str(ROOT / page), module_relative=False)
    assert found.attempted
    assert found.failed == 0


def test_rows_are_typed() -> None:
    rows = kzturk_graph.sparql(
        "SELECT ?x ?d ?v ?n ?l ?none { ?x a qb:Observation ; kt:period ?d ; kt:value ?v . ?p kt:number ?n . id:hlscc skos:prefLabel ?l } LIMIT 1"
    )
    assert not isinstance(rows, bool)
    assert not isinstance(rows, list)
    row = rows[0]
    assert isinstance(row["x"], Entity)
    assert isinstance(row["d"], dates.Edtf)
    assert isinstance(row["v"], Decimal)
    assert isinstance(row["n"], int)
    assert isinstance(row["l"], Text)
    assert row["none"] is None


def test_a_row_of_one_answer_is_an_argument_of_the_next() -> None:
    session = kzturk_graph.run("council-sessions")[0]["session"]
    assert isinstance(session, Entity)
    assert kzturk_graph.show(session.iri).label == session.label


def test_a_result_shows_as_a_table_in_a_notebook() -> None:
    shown = kzturk_graph.run("council-sessions")._repr_html_()
    assert shown.startswith("<table>")
    assert "2012-10-11/2012-10-12" in shown


def test_a_notebook_table_escapes_what_it_shows() -> None:
    rows = kzturk_graph.sparql("SELECT ?x { BIND ('<script>' AS ?x) }")
    assert "<script>" not in rows._repr_html_()  # type: ignore[union-attr]


def test_labels_follow_the_language() -> None:
    assert kzturk_graph.show("kazakhstan", lang="kk").label == "Қазақстан"


def test_a_date_may_be_given_as_a_date() -> None:
    rows = kzturk_graph.run("office-holders", on=datetime.date(2015, 4, 16))
    assert any(getattr(row.get("person"), "slug", None) == "erdogan" for row in rows)


def test_triples_and_truths() -> None:
    triples = kzturk_graph.sparql("CONSTRUCT WHERE { id:hlscc a ?class }")
    assert isinstance(triples, list)
    assert all(isinstance(each, ox.Triple) for each in triples)
    assert kzturk_graph.sparql("ASK { id:hlscc a kt:Visit }") is False


def test_unknown_names_are_errors_with_a_hint() -> None:
    with pytest.raises(kzturk_graph.UnknownName, match="council-sessions"):
        kzturk_graph.run("council-session")
    with pytest.raises(kzturk_graph.UnknownName, match="parameter"):
        kzturk_graph.run("council-sessions", counsil="hlscc")


def test_both_engines_hold_the_same_graph(store: ox.Store, dataset) -> None:  # type: ignore[no-untyped-def]
    assert sum(1 for _ in dataset.quads()) == len(store)
