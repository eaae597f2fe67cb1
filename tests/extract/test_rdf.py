"""Slices as RDF."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph.extract import Request, extract
from kzturk_graph.wikibase import rdf_writer
from kzturk_graph.wikibase.json_reader import entity
from tests.conftest import WIKIDATA

from .conftest import ASTANA, KAZAKHSTAN, TURKEY, Dump, line, statement

FORMATS = {"nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE}


def triples(path: Path, format: str) -> set[ox.Triple]:
    """What a file of RDF says."""
    return {quad.triple for quad in ox.parse(path.read_bytes(), format=FORMATS[format])}


@pytest.mark.parametrize("format", FORMATS)
def test_rdf_says_what_the_writer_says_of_each_entity(dump: Dump, format: str) -> None:
    dump.extract("Q232", hops=1, format=format)
    items = [entity(each) for each in (KAZAKHSTAN, ASTANA, TURKEY)]
    expected = {triple for each in items for triple in (*rdf_writer.triples(each), *rdf_writer.counts(each))}
    assert triples(dump.output, format) == expected


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_slice_is_rdf_too(dump: Dump, format: str) -> None:
    dump.extract("Q30", format=format)
    assert triples(dump.output, format) == set()


def test_the_entities_stand_in_their_order_behind_the_prefixes(dump: Dump) -> None:
    dump.extract("Q232", hops=1, format="ttl")
    lines = dump.output.read_text().splitlines()
    assert [each.split()[0] for each in lines if each.startswith("wd:")] == ["wd:Q232", "wd:Q1520", "wd:Q43"]
    prefixes = [each.startswith("@prefix") for each in lines]
    assert prefixes == sorted(prefixes, reverse=True)
    assert "@prefix wd: <http://www.wikidata.org/entity/> ." in lines


def test_a_value_that_rdf_cant_have_is_told(dump: Dump) -> None:
    strange = {**KAZAKHSTAN, "claims": {"P31": [statement("P31", "Q3624078")]}}
    strange["claims"]["P31"][0]["mainsnak"]["datavalue"] = {"type": "never-heard-of", "value": {}}
    ended = dump.write([line(strange), line(TURKEY)]).extract("Q232", "Q43", format="nt")
    assert ended.found == 2
    assert "Q232: P31" in ended.problems.report()


@pytest.mark.needs("wikidata")
def test_all_real_entities_can_be_written(tmp_path: Path) -> None:
    path = WIKIDATA / "dump-slice.json.gz"
    with gzip.open(path) as file:
        ids = [json.loads(each.strip().rstrip(b","))["id"] for each in file if each.startswith(b"{")]
    said = {}
    for format in FORMATS:
        ended = extract(str(path), Request(frozenset(ids), format=format), tmp_path / format)
        assert (ended.found, ended.problems.count) == (len(ids), 0)
        said[format] = triples(tmp_path / format, format)
    assert said["nt"] == said["ttl"]
    assert len(said["nt"]) > 100_000
