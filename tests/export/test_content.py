"""What an export holds: facts or the record, by modality, document, entity and language."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.errors import AmbiguousName, UnknownName, UsageError
from kzturk_graph.exports.content import Wanted, content
from kzturk_graph.exports.statements import STATEMENT, read_statements
from kzturk_graph.exports.verb import export
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import merge
from kzturk_graph.graph.selection import Selection
from tests.export.reading import read


def entity(slug: str) -> ox.NamedNode:
    return ox.NamedNode(terms.ENTITY + slug)


def about(quads: set[ox.Quad], slug: str) -> set[str]:
    """What quads say about a thing, as ``property object``."""
    return {f"{terms.local(q.predicate.value)} {q.object.value}" for q in quads if q.subject == entity(slug)}  # type: ignore[union-attr]


def assertions(quads: set[ox.Quad]) -> set[str]:
    return {terms.local(q.graph_name.value) for q in quads if not isinstance(q.graph_name, ox.DefaultGraph)}


@pytest.mark.parametrize("which", ["small", "corpus"])
def test_triple_formats_hold_the_facts_alone(which: str, request: pytest.FixtureRequest) -> None:
    whole: Corpus = request.getfixturevalue(which)
    for name in ("turtle", "ntriples", "rdfxml", "jsonld"):
        assert {quad.triple for quad in read(export(whole, name), name)} == merge(whole)


def test_modalities_are_added_to_the_facts(small: Corpus) -> None:
    modes = {"fact", "planned"}
    found = {quad.triple for quad in read(export(small, "turtle", modalities=modes), "turtle")}
    assert found == merge(small, Selection(frozenset(modes))) > merge(small)


@pytest.mark.parametrize("which", ["small", "corpus"])
def test_graphs_hold_the_record(which: str, request: pytest.FixtureRequest) -> None:
    whole: Corpus = request.getfixturevalue(which)
    quads = read(export(whole, "trig"), "trig")
    graphs: dict[str, set[ox.Triple]] = defaultdict(set)
    for quad in quads:
        graphs["" if isinstance(quad.graph_name, ox.DefaultGraph) else quad.graph_name.value].add(quad.triple)
    assert graphs.pop("") == whole.beside
    assert graphs == {name: assertion.triples for name, assertion in whole.assertions.items()}


def test_one_document_reads_back_as_a_data_file(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "004.trig"
    path.write_bytes(export(corpus, "trig", sources=["004"]))
    again = read_corpus([path])  # with every check
    kept = {name: a for name, a in corpus.assertions.items() if a.source in ("004", "curator")}
    assert {name: (a.triples, a.metadata) for name, a in again.assertions.items()} == {
        name: (a.triples, a.metadata) for name, a in kept.items()
    }
    passages = {t for t in corpus.beside if t.subject.value.startswith(terms.PASSAGE + "004-")}  # type: ignore[union-attr]
    assert passages
    assert passages <= again.beside


def test_modalities_select_graphs_with_their_metadata(small: Corpus) -> None:
    quads = read(export(small, "trig", modalities={"planned"}), "trig")
    assert assertions(quads) == {"901-p1-plan"}
    described = {terms.local(q.subject.value) for q in quads if q.subject.value.startswith(terms.ASSERTION)}  # type: ignore[union-attr]
    assert described == {"901-p1-plan"}


def test_no_provenance_in_a_quad_format_is_the_merge_in_the_default_graph(small: Corpus) -> None:
    quads = read(export(small, "nquads", provenance="none"), "nquads")
    assert {quad.triple for quad in quads} == merge(small)
    assert assertions(quads) == set()


@pytest.mark.parametrize("which", ["small", "corpus"])
def test_statements_keep_every_source(which: str, request: pytest.FixtureRequest) -> None:
    whole: Corpus = request.getfixturevalue(which)
    written = read(export(whole, "turtle", provenance="statements"), "turtle")
    assert set(read_statements(quad.triple for quad in written)) == set(content(whole, Wanted(), "graphs").quads())


def test_statements_come_from_assertions_not_from_the_merge(small: Corpus) -> None:
    written = {quad.triple for quad in read(export(small, "ntriples", provenance="statements"), "ntriples")}
    council = ox.Triple(entity("hlscc"), ox.NamedNode(terms.TYPE), ox.NamedNode(terms.kt("Council")))
    stating = {q.graph_name for q in read_statements(written) if q.triple == council}
    assert stating == {ox.NamedNode(terms.ASSERTION + name) for name in ("901-p1", "902-p1")}
    assert council in written
    plan = ox.Triple(entity("hlscc-10"), ox.NamedNode(terms.kt("council")), entity("hlscc"))
    assert plan not in written  # stated by its node, and not said to be so
    nodes = {t.subject for t in written if t.subject.value.startswith(STATEMENT)}  # type: ignore[union-attr]
    assert len(nodes) == sum(len(a.triples) for a in small.assertions.values())


def test_a_source_keeps_its_assertions_and_the_register(small: Corpus) -> None:
    assert assertions(read(export(small, "trig", sources=["902"]), "trig")) == {
        "902-p1",
        "902-p1-not",
        "curator-states",
    }
    facts = read(export(small, "turtle", sources=["902"]), "turtle")
    assert "establishedOn 2012" in about(facts, "hlscc")
    assert "establishedOn 2012-05" not in about(facts, "hlscc")
    assert "prefLabel Қазақстан" in about(facts, "kazakhstan")


@pytest.mark.parametrize(
    "name", ["901", "doc:901", terms.DOCUMENT + "901", f"<{terms.DOCUMENT}901>", "the FIRST paper"]
)
def test_a_source_is_named_in_any_way(small: Corpus, name: str) -> None:
    assert export(small, "nquads", sources=[name]) == export(small, "nquads", sources=["901"])


@pytest.mark.parametrize("name", ["903", "1", "doc:tr-mfa-page", "the third paper", ""])
def test_an_unknown_source_is_named(small: Corpus, name: str) -> None:
    with pytest.raises(UnknownName, match="unknown document"):
        export(small, sources=[name])


def test_a_title_of_two_documents_is_ambiguous(small: Corpus) -> None:
    title = ox.Triple(
        ox.NamedNode(terms.DOCUMENT + "902"),
        ox.NamedNode(terms.PREFIXES["dcterms"] + "title"),
        ox.Literal("The first paper", language="en"),
    )
    both = Corpus(small.assertions, small.beside | {title}, small.vocabulary)
    with pytest.raises(AmbiguousName, match="doc:901"):
        export(both, sources=["The first paper"])


def test_an_entity_comes_with_what_points_to_it_and_the_names_of_all_they_mention(small: Corpus) -> None:
    quads = read(export(small, "turtle", entity=entity("hlscc")), "turtle")
    assert "establishedOn 2012" in about(quads, "hlscc")
    assert about(quads, "hlscc-2") >= {"ordinal 2", f"council {terms.ENTITY}hlscc"}  # points to it
    assert about(quads, "hlscc-2") & {'prefLabel session 2 of the High-Level "Strategic" Cooperation Council'}
    assert about(quads, "kazakhstan") == set()  # two steps away
    assert not any("hlscc-10" in quad.subject.value for quad in quads)  # type: ignore[union-attr]  # only planned
    visit = read(export(small, "turtle", entity=entity("visit-erdogan-2012")), "turtle")
    assert "prefLabel Қазақстан" in about(visit, "kazakhstan")  # mentioned: its name and no more
    assert not any(fact.startswith("type") for fact in about(visit, "kazakhstan"))


def test_an_entity_with_concepts_brings_their_names(small: Corpus) -> None:
    quads = read(export(small, "turtle", entity=ox.NamedNode(terms.REPORT + "901-p1-trade")), "turtle")
    named = {q.object.value for q in quads if q.subject == ox.NamedNode(terms.CONCEPT + "trade")}  # type: ignore[union-attr]
    assert named == {"trade", "ticaret"}


def test_an_entity_in_graphs_keeps_the_sources_of_each_fact(small: Corpus) -> None:
    quads = read(export(small, "trig", entity=entity("hlscc-10")), "trig")
    assert assertions(quads) == {"901-p1-plan", "curator-states"}
    described = {terms.local(q.subject.value) for q in quads if isinstance(q.graph_name, ox.DefaultGraph)}  # type: ignore[union-attr]
    assert described == {"901-p1-plan", "901-p1", "901-p2", "curator-states"}


def test_a_passage_or_a_voice_brings_its_assertions_whole(small: Corpus) -> None:
    passage = read(export(small, "trig", entity=ox.NamedNode(terms.PASSAGE + "902-p1")), "trig")
    assert {"902-p1", "902-p1-not"} <= assertions(passage)
    voice = read(export(small, "turtle", entity=entity("erdogan")), "turtle")
    assert "ordinal 2" in about(voice, "hlscc-2")


def test_an_entity_that_only_a_plan_speaks_of_is_not_a_fact(small: Corpus) -> None:
    with pytest.raises(UsageError, match="id:hlscc-10") as caught:
        export(small, entity=entity("hlscc-10"))
    assert "--modality" in str(caught.value)
    assert export(small, entity=entity("hlscc-10"), modalities={"fact", "planned"})


def test_a_language_leaves_other_labels_out_where_it_has_one(small: Corpus) -> None:
    quads = read(export(small, "trig", language="tr"), "trig")
    assert {fact for fact in about(quads, "kazakhstan") if "Label" in fact} == {"prefLabel Kazakistan"}
    assert "prefLabel Recep Tayyip Erdoğan" in about(quads, "erdogan")  # has no other
    assert assertions(quads) == {terms.local(name) for name in small.assertions}


def test_what_there_isnt_is_named(small: Corpus) -> None:
    with pytest.raises(UnknownName, match="format 'tutle'"):
        export(small, "tutle")
    with pytest.raises(UnknownName, match="provenance 'graph'"):
        export(small, provenance="graph")
    with pytest.raises(UnknownName, match="language 'de'"):
        export(small, language="de")
    with pytest.raises(UnknownName, match="modality 'plan'"):
        export(small, modalities={"plan"})
    for name in ("turtle", "ntriples", "rdfxml"):
        with pytest.raises(UsageError, match="has no graphs"):
            export(small, name, provenance="graphs")
