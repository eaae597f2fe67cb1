"""Every format reads back as what went in, whatever its terms look like."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.exports.content import Content, Wanted, content
from kzturk_graph.exports.spelling import WRITERS
from kzturk_graph.exports.verb import export
from kzturk_graph.graph.assertions import Corpus
from tests.export.reading import CASES, FORMATS, read, read_by_pyld, read_by_rdflib, rows


@pytest.mark.parametrize(("name", "provenance"), CASES)
@pytest.mark.parametrize("which", ["small", "corpus"])
def test_reads_back(which: str, name: str, provenance: str, request: pytest.FixtureRequest) -> None:
    whole: Corpus = request.getfixturevalue(which)
    raw = export(whole, name, provenance=provenance)
    assert read(raw, name) == set(content(whole, Wanted(), provenance).quads())


@pytest.mark.parametrize(("name", "provenance"), [case for case in CASES if case[0] != "jsonld"])
def test_rdflib_reads_the_same(small: Corpus, name: str, provenance: str) -> None:
    raw = export(small, name, provenance=provenance)
    assert read_by_rdflib(raw, name) == rows(read(raw, name))


@pytest.mark.parametrize("provenance", ["none", "graphs", "statements"])
def test_other_json_ld_readers_read_the_same_without_a_network(small: Corpus, provenance: str) -> None:
    raw = export(small, "jsonld", provenance=provenance)
    expected = rows(content(small, Wanted(), provenance).quads())
    assert read_by_pyld(raw) == expected
    assert read_by_rdflib(raw, "jsonld") == expected


@pytest.mark.parametrize("provenance", ["none", "graphs"])
def test_other_json_ld_readers_read_the_packaged_graph(corpus: Corpus, provenance: str) -> None:
    raw = export(corpus, "jsonld", provenance=provenance)
    expected = rows(content(corpus, Wanted(), provenance).quads())
    assert read_by_pyld(raw) == expected
    assert read_by_rdflib(raw, "jsonld") == expected


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "jsonld"])
def test_rdflib_reads_the_packaged_facts(corpus: Corpus, name: str) -> None:
    raw = export(corpus, name, provenance="none")
    assert read_by_rdflib(raw, name) == rows(read(raw, name))


SPACES = [
    terms.ENTITY,
    terms.ONTOLOGY,
    terms.ASSERTION,
    terms.RDF,
    "http://e.org/x#",
    "urn:x:",
    "geo:",
    "id:",
    "doc:",
    "date:",
]
NAMES = st.text(st.sampled_from("abé09-._~:%41/#@date"), min_size=1, max_size=8)


def _node(text: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(text)
    except ValueError:
        return None


IRIS = st.tuples(st.sampled_from(SPACES), NAMES).map("".join).map(_node).filter(bool)
PROPERTIES = st.one_of(
    IRIS,
    st.sampled_from(
        [
            terms.TYPE,
            terms.PREF_LABEL,
            *map(terms.kt, ("date", "edtf", "kind", "note", "value", "ordinal", "number")),
        ]
    ).map(ox.NamedNode),
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=6),
    st.text(st.sampled_from("\"'\\\n\r\t\x00\x1f\x7f\x85\u2028\ufeff\uffff\U00010000@en ^<>. u41"), max_size=9),
    st.sampled_from(["1", "01", "+1", "-0", "1.0", ".5", "1.", "9" * 30, "true", "TRUE", "@en", "id:x", "\\U0001F600"]),
)
DATATYPES = st.sampled_from(
    [*(terms.XSD + name for name in ("string", "integer", "decimal", "boolean")), terms.EDTF, "geo:x"]
)
LITERALS = st.one_of(
    st.builds(lambda text, datatype: ox.Literal(text, datatype=ox.NamedNode(datatype)), TEXTS, DATATYPES),
    st.builds(lambda text, tag: ox.Literal(text, language=tag), TEXTS, st.sampled_from(["en", "tr", "kk-latn"])),
)
TRIPLES = st.frozensets(st.builds(ox.Triple, IRIS, PROPERTIES, st.one_of(IRIS, LITERALS)), max_size=6)
GRAPHS = st.dictionaries(IRIS.map(lambda node: node.value), TRIPLES.filter(bool), max_size=3)  # type: ignore[union-attr]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "rdfxml"])
@given(default=TRIPLES, graphs=GRAPHS)
def test_any_terms_read_back(name: str, default: frozenset[ox.Triple], graphs: dict[str, frozenset[ox.Triple]]) -> None:
    held = Content(default, graphs if name in ("jsonld", "trig", "nquads") else {})
    assert read(WRITERS[name](held, None), name) == set(held.quads())


@given(default=TRIPLES)
@example(frozenset({ox.Triple(ox.NamedNode("urn:x"), ox.NamedNode(terms.LABEL), ox.Literal("a\r\nb"))}))
def test_rdf_xml_reads_back_or_is_refused(default: frozenset[ox.Triple]) -> None:
    try:
        raw = WRITERS["rdfxml"](Content(default), None)
    except UsageError:
        assume(False)
        return
    assert read(raw, "rdfxml") == set(Content(default).quads())
    assert read_by_rdflib(raw, "rdfxml") == rows(Content(default).quads())


@pytest.mark.parametrize(
    ("predicate", "text"),
    [(terms.LABEL, "\x01"), (terms.LABEL, "\ufffe"), ("http://e.org/", "x"), ("http://e.org/1", "x")],
)
def test_rdf_xml_refuses_what_xml_cannot_hold(predicate: str, text: str) -> None:
    triple = ox.Triple(ox.NamedNode("urn:x"), ox.NamedNode(predicate), ox.Literal(text))
    with pytest.raises(UsageError, match="XML"):
        WRITERS["rdfxml"](Content(frozenset({triple})), None)


def test_an_empty_graph_is_written_in_every_format() -> None:
    for name in FORMATS:
        assert read(WRITERS[name](Content(frozenset()), None), name) == set()
