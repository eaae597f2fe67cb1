"""Links in the graph and in exports: the curator's claim, never a document's."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

import kzturk_graph
from kzturk_graph import resources, terms
from kzturk_graph.errors import UnknownName
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.links import ASSERTION
from kzturk_graph.links.table import read_links
from kzturk_graph.validation import sizes
from tests.conftest import Kzturk

EXACT, SAME = ox.NamedNode(terms.SKOS + "exactMatch"), ox.NamedNode(terms.PREFIXES["owl"] + "sameAs")
KAZAKHSTAN, THEIRS = ox.NamedNode(terms.ENTITY + "kazakhstan"), ox.NamedNode(terms.PREFIXES["wd"] + "Q232")
LINKSET = ox.NamedNode(terms.PREFIXES["void"] + "Linkset")
TYPE = ox.NamedNode(terms.TYPE)


def test_every_accepted_link_is_in_the_default_graph_and_no_other(store: ox.Store) -> None:
    held = {
        (quad.subject.value, terms.local(quad.object.value))  # type: ignore[union-attr]
        for quad in store.quads_for_pattern(None, EXACT, None, ox.DefaultGraph())
    }
    assert held == {(iri, each) for iri, ids in read_links().accepted.items() for each in ids}


def test_no_document_states_a_link(corpus: Corpus) -> None:
    holders = {
        name for name, each in corpus.assertions.items() if any(t.predicate in (EXACT, SAME) for t in each.triples)
    }
    assert holders == {ASSERTION}
    held = corpus.assertions[ASSERTION]
    assert (held.source, held.voices) == ("curator", {terms.ENTITY + "curator"})


def test_a_row_through_a_link_cites_the_table_of_links() -> None:
    cited = kzturk_graph.cite("SELECT ?wd { id:kazakhstan skos:exactMatch ?wd }")
    (witness,) = cited.citations[0].witnesses
    assert witness.document == "curator"
    assert "data/links/entities.sssom.tsv" in cited.footnotes[0]


def test_a_row_through_a_link_and_a_fact_cites_both() -> None:
    query = "SELECT ?wd ?on { ?t a kt:Treaty ; kt:party ?party ; kt:signedOn ?on . ?party skos:exactMatch ?wd }"
    for citation in kzturk_graph.cite(query).citations:
        assert ASSERTION in citation.assertions
        assert any(not terms.local(name).startswith("curator") for name in citation.assertions)


def test_show_tells_the_item(kzturk: Kzturk) -> None:
    line = next(line for line in kzturk("show", "kazakhstan").out.splitlines() if "wd:Q232" in line)
    assert line.startswith("same as in another dataset")
    assert line.endswith("curator")


def test_a_selection_of_documents_keeps_the_links() -> None:
    only = kzturk_graph.select(sources=["004"])
    assert kzturk_graph.sparql("ASK { id:kazakhstan skos:exactMatch wd:Q232 }", selection=only) is True


def _triples(raw: bytes, format: ox.RdfFormat = ox.RdfFormat.TURTLE) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(raw, format=format)}


FORMATS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "trig": ox.RdfFormat.TRIG,
    "nquads": ox.RdfFormat.N_QUADS,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


@pytest.mark.parametrize("format", FORMATS)
def test_every_export_has_the_links_as_a_linkset(format: str) -> None:
    triples = _triples(kzturk_graph.export(format), FORMATS[format])
    assert ox.Triple(KAZAKHSTAN, EXACT, THEIRS) in triples
    (linkset,) = {t.subject for t in triples if t.predicate == TYPE and t.object == LINKSET}
    about = {terms.local(t.predicate.value): t.object for t in triples if t.subject == linkset}
    assert about["linkPredicate"] == EXACT
    assert about["subjectsTarget"].value == terms.BASE + "dataset"  # type: ignore[union-attr]
    assert about["triples"].value == str(sum(t.predicate == EXACT for t in triples))  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("way", "exact", "same"),
    [("exactMatch", True, False), ("sameAs", False, True), ("both", True, True), ("none", False, False)],
)
@pytest.mark.parametrize("format", ["turtle", "jsonld"])
def test_the_predicate_is_as_asked(format: str, way: str, exact: bool, same: bool) -> None:
    triples = _triples(kzturk_graph.export(format, links=way), FORMATS[format])
    assert (ox.Triple(KAZAKHSTAN, EXACT, THEIRS) in triples) == exact
    assert (ox.Triple(KAZAKHSTAN, SAME, THEIRS) in triples) == same
    linksets = [t.subject for t in triples if t.predicate == TYPE and t.object == LINKSET]
    assert len(linksets) == exact + same


def test_without_links_nothing_is_said_of_them() -> None:
    assert b"curator-links" not in kzturk_graph.export("trig", links="none")


def test_another_way_is_no_way(kzturk: Kzturk) -> None:
    with pytest.raises(UnknownName, match="way of linking"):
        kzturk_graph.export(links="closeMatch")
    assert kzturk("export", "--links", "closeMatch").code == 2


def test_one_thing_is_exported_with_its_link(kzturk: Kzturk) -> None:
    document = json.loads(kzturk("export", "--entity", "astana", "--format", "jsonld").out)
    assert document["@graph"][0]["skos:exactMatch"] == "wd:Q1520"


def test_an_export_with_links_is_valid(kzturk: Kzturk, tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "facts.ttl"
    path.write_bytes(kzturk_graph.export("turtle", links="both"))
    said = kzturk("validate", str(path), "--format", "json")
    about_links = [
        each for each in json.loads(said.out)["findings"] if "Match" in str(each["path"]) or "links" in each["focus"]
    ]
    assert about_links == []


def test_a_lost_link_shows_in_the_size_of_the_dataset(corpus: Corpus) -> None:
    from dataclasses import replace

    held = corpus.assertions[ASSERTION]
    fewer = replace(held, triples=held.triples - {ox.Triple(KAZAKHSTAN, EXACT, THEIRS)})
    assert sizes.findings(corpus) == []
    assert sizes.findings(replace(corpus, assertions={**corpus.assertions, ASSERTION: fewer}))


def test_a_change_of_the_table_makes_the_built_store_stale(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    import shutil

    for name in resources.FOLDERS:
        shutil.copytree(resources.root() / name, tmp_path / name)
    monkeypatch.setenv(resources.VARIABLE, str(tmp_path))
    before = resources.digest()
    path = resources.links_file()
    path.write_text(path.read_text(encoding="utf-8").replace("wikidata:Q232\t", "wikidata:Q43\t"), encoding="utf-8")
    assert resources.digest() != before


def test_a_broken_table_is_told_where_the_graph_is_read(
    kzturk: Kzturk, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    import shutil

    for name in resources.FOLDERS:
        shutil.copytree(resources.root() / name, tmp_path / name)
    monkeypatch.setenv(resources.VARIABLE, str(tmp_path))
    path = resources.links_file()
    path.write_text(path.read_text(encoding="utf-8").replace("\t1.0\t", "\tsure\t", 1), encoding="utf-8")
    said = kzturk("show", "kazakhstan")
    assert said.code == 3
    assert "'sure' is no confidence" in said.err


def test_a_difference_of_two_states_shows_changed_links(kzturk: Kzturk, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import shutil

    shutil.copytree(resources.data(), tmp_path / "data")
    path = tmp_path / "data" / "links" / "entities.sssom.tsv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if "wikidata:Q232\t" not in row), encoding="utf-8")
    said = kzturk("diff", str(resources.data()), str(tmp_path / "data"))
    assert said.code == 1
    assert "wd:Q232" in said.out
    assert "Turkey" not in said.out
