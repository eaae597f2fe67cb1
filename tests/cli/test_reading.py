"""Reading commands: their formats, languages and modes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest

from kzturk_graph.cli.main import COMMANDS
from tests.conftest import Kzturk

SELECT = "SELECT ?s ?o { ?s kt:council id:hlscc ; kt:ordinal ?o } ORDER BY ?o"
CONSTRUCT = "CONSTRUCT { ?s kt:ordinal ?o } WHERE { ?s kt:council id:hlscc ; kt:ordinal ?o }"


def test_help_names_every_command(kzturk: Kzturk) -> None:
    said = kzturk("--help")
    assert said.code == 0
    assert all(name in said.out for name in COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help(kzturk: Kzturk, name: str) -> None:
    said = kzturk(name, "--help")
    assert said.code == 0
    assert "Usage: kzturk" in said.out


def test_queries_as_json_tell_name_summary_topic_parameters_and_columns(kzturk: Kzturk) -> None:
    rows = json.loads(kzturk("queries", "--format", "json").out)
    assert len(rows) >= 45
    assert all({"name", "summary", "topic", "parameters", "columns"} <= set(row) for row in rows)
    assert all(row["columns"] for row in rows)


def test_a_saved_query_has_its_own_help(kzturk: Kzturk) -> None:
    said = kzturk("run", "council-sessions", "--help")
    assert "--council" in said.out
    assert "Columns:" in said.out


@pytest.mark.parametrize(
    "name",
    [
        "hlscc",
        "id:hlscc",
        "https://w3id.org/kzturk/id/hlscc",
        "HLSCC",
        "high level strategic cooperation council",
        "YDSK",
    ],
)
def test_a_thing_is_given_by_slug_curie_iri_or_any_name(kzturk: Kzturk, name: str) -> None:
    said = kzturk("run", "council-sessions", "--council", name)
    assert said.code == 0
    assert "2012-10-11/2012-10-12" in said.out


def test_rows_in_the_w3c_formats_agree(kzturk: Kzturk) -> None:
    rows = json.loads(kzturk("sparql", SELECT, "--format", "json").out)["results"]["bindings"]
    tree = ElementTree.fromstring(kzturk("sparql", SELECT, "--format", "xml").out)
    table = list(csv.reader(io.StringIO(kzturk("sparql", SELECT, "--format", "csv").out)))
    tsv = kzturk("sparql", SELECT, "--format", "tsv").out.splitlines()
    assert len(rows) == len(tree.findall(".//{*}result")) == len(table) - 1 == len(tsv) - 1 >= 3
    assert [row["s"]["value"] for row in rows] == [row[0] for row in table[1:]]
    assert tsv[0] == "?s\t?o"
    assert tsv[1].split("\t") == [f"<{table[1][0]}>", table[1][1]]


def test_the_engine_reads_the_json_and_xml_back(kzturk: Kzturk) -> None:
    for name, format in (
        ("json", ox.QueryResultsFormat.JSON),
        ("xml", ox.QueryResultsFormat.XML),
        ("tsv", ox.QueryResultsFormat.TSV),
    ):
        said = kzturk("sparql", SELECT, "--format", name)
        assert len(list(ox.parse_query_results(said.out.encode(), format=format))) >= 3  # type: ignore[arg-type]


def test_labels_stand_beside_things(kzturk: Kzturk) -> None:
    header = kzturk("sparql", SELECT, "--format", "csv", "--labels").out.splitlines()[0]
    assert header == "s,s_label,o"


@pytest.mark.parametrize(
    ("language", "label"), [("en", "Kazakhstan"), ("tr", "Kazakistan"), ("kk", "Қазақстан"), ("ru", "Казахстан")]
)
def test_labels_come_in_four_languages(kzturk: Kzturk, language: str, label: str) -> None:
    said = kzturk("sparql", "SELECT ?state { VALUES ?state { id:kazakhstan } }", "--lang", language)
    assert label in said.out


@pytest.mark.parametrize("format", ["turtle", "ntriples", "rdfxml", "jsonld"])
def test_triples_in_every_format_read_back_alike(kzturk: Kzturk, format: str) -> None:
    formats = {
        "turtle": ox.RdfFormat.TURTLE,
        "ntriples": ox.RdfFormat.N_TRIPLES,
        "rdfxml": ox.RdfFormat.RDF_XML,
        "jsonld": ox.RdfFormat.JSON_LD,
    }
    said = kzturk("sparql", CONSTRUCT, "--format", format)
    assert len({quad.triple for quad in ox.parse(said.out.encode(), format=formats[format])}) >= 3


def test_ask_says_yes_or_no(kzturk: Kzturk) -> None:
    assert kzturk("sparql", "ASK { id:hlscc a kt:Council }").out == "yes\n"
    assert json.loads(kzturk("sparql", "ASK { id:hlscc a kt:Visit }", "--format", "json").out)["boolean"] is False


def test_plans_are_no_facts_unless_asked_for(kzturk: Kzturk) -> None:
    query = "SELECT ?x { ?x a kt:Session ; kt:date ?d . ?t kt:edtf ?d ; kt:earliest ?e FILTER (?e > '2017-01-01'^^xsd:date) }"
    assert "0 rows" in kzturk("sparql", query).out
    assert "0 rows" not in kzturk("sparql", query, "--modality", "planned").out


def test_output_goes_to_a_file_whole(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    said = kzturk("sparql", SELECT, "--format", "csv", "--output", str(path))
    assert said.out == ""
    assert path.read_text().startswith("s,o")
    assert list(tmp_path.iterdir()) == [path]


def test_show_gives_each_fact_its_passage(kzturk: Kzturk) -> None:
    facts = json.loads(kzturk("show", "hlscc", "--format", "json").out)["facts"]
    assert facts
    assert all(fact["sources"] and all(source["passage"] for source in fact["sources"]) for fact in facts)


def test_show_keeps_plans_apart(kzturk: Kzturk) -> None:
    everything = json.loads(kzturk("show", "hlscc", "--format", "json").out)["facts"]
    held = json.loads(kzturk("show", "hlscc", "--format", "json", "--facts-only").out)["facts"]
    assert len(held) < len(everything)


@pytest.mark.parametrize("text", ["назарбаев", "NAZARBAYEV", "Nazarbáyev"])
def test_search_folds_scripts_case_and_accents(kzturk: Kzturk, text: str) -> None:
    assert "id:nazarbayev" in kzturk("search", text).out


def test_search_shows_how_a_planned_thing_is_held(kzturk: Kzturk) -> None:
    rows = json.loads(kzturk("search", "logistics terminals", "--format", "json").out)
    assert any("fact" not in row["modalities"] or "planned" in row["modalities"] for row in rows)


def test_stats_count(kzturk: Kzturk) -> None:
    found = json.loads(kzturk("stats", "--format", "json").out)
    assert found["whole"]["documents"] == 5
    assert found["whole"]["assertions"] > 300


def test_a_query_comes_from_a_file_or_standard_input(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text(SELECT)
    assert kzturk("sparql", "-f", str(path)).out == kzturk("sparql", SELECT).out


def test_sources_show_that_nothing_is_forgotten(kzturk: Kzturk) -> None:
    rows = json.loads(kzturk("sources", "--format", "json").out)
    assert len(rows) == 5
    assert {row["forgotten"] for row in rows} == {"0"}


def test_sources_show_each_passage(kzturk: Kzturk) -> None:
    rows = json.loads(kzturk("sources", "show", "000", "--format", "json").out)
    assert len(rows) == 8


@pytest.mark.parametrize(
    "words",
    [("show", "hlscc"), ("search", "ankara"), ("stats",), ("sources",), ("sources", "show", "000"), ("conflicts",)],
)
def test_every_listing_comes_as_csv_and_tsv_with_whole_rows(kzturk: Kzturk, words: tuple[str, ...]) -> None:
    rows = list(csv.reader(io.StringIO(kzturk(*words, "--format", "csv").out)))
    lines = kzturk(*words, "--format", "tsv").out.splitlines()
    assert len(rows) == len(lines) > 1
    assert {len(row) for row in rows} == {len(line.split("\t")) for line in lines} == {len(rows[0])}
    assert all(row[0] for row in rows)
