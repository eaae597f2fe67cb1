"""The writer: what it writes reads back as the same quads, and looks as it should."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.turtle import format_text, sort_key, write_trig, write_turtle
from kzturk_graph.terms import PREFIXES, RDF, XSD

EX = "https://example.org/"
OURS = {**PREFIXES, "": EX, "ex": EX + "x/", "e.x": "http://e/#", "also": EX}


def iri(name: str) -> ox.NamedNode:
    return ox.NamedNode(name if ":" in name else EX + name)


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:
        return False
    return True


NAMES = st.text(st.sampled_from("abpé09-._~:%41/#?&'()*+,;=@!$\u0301\u00b7日\U00010000"), max_size=8)
IRIS = (
    st.tuples(st.sampled_from([*sorted(OURS.values()), "urn:x:", RDF]), NAMES)
    .map("".join)
    .filter(_is_iri)
    .map(ox.NamedNode)
)
NASTY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.sampled_from("\"'\\\n\r\t\x00\x7f\x85\u2028\ufeff\uffffu41ntA. ;#")),
    st.from_regex(r"[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]+)?|true|false|True|٣", fullmatch=True),
)
BLANKS = st.sampled_from(["b", "b1", "1é.a", "_", "f0a"]).map(ox.BlankNode)
LANGUAGES = st.sampled_from(["en", "en-GB", "tr", "kk-Latn-KZ", "base", "prefix"])
DIRECTIONS = st.sampled_from([None, None, ox.BaseDirection.LTR, ox.BaseDirection.RTL])
NUMBERS = st.sampled_from(["integer", "decimal", "double", "boolean", "string", "date"])
LITERALS = st.one_of(
    NASTY.map(ox.Literal),
    st.builds(lambda text, tag, way: ox.Literal(text, language=tag, direction=way), NASTY, LANGUAGES, DIRECTIONS),
    st.builds(lambda text, kind: ox.Literal(text, datatype=iri(XSD + kind)), NASTY, NUMBERS),
    st.builds(lambda text, datatype: ox.Literal(text, datatype=datatype), NASTY, IRIS).filter(
        lambda literal: literal.datatype.value not in (RDF + "langString", RDF + "dirLangString")
    ),
)
TRIPLES = st.builds(ox.Triple, IRIS | BLANKS, IRIS, IRIS | BLANKS | LITERALS)
GRAPHS = st.one_of(IRIS, BLANKS, st.just(ox.DefaultGraph()))
QUADS = st.builds(lambda t, g: ox.Quad(t.subject, t.predicate, t.object, g), TRIPLES, GRAPHS)


@given(st.lists(TRIPLES, max_size=12))
def test_turtle_reads_back_as_the_same_triples(triples: list[ox.Triple]) -> None:
    text = write_turtle(triples, OURS)
    assert {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)} == set(triples)


@given(st.lists(QUADS, max_size=12))
def test_trig_reads_back_as_the_same_quads(quads: list[ox.Quad]) -> None:
    text = write_trig(quads, OURS)
    assert set(ox.parse(text, format=ox.RdfFormat.TRIG)) == set(quads)


@given(st.lists(QUADS, max_size=12), st.data())
def test_neither_order_nor_repetition_changes_a_byte(quads: list[ox.Quad], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(quads))
    assert write_trig(shuffled + quads, OURS) == write_trig(quads, dict(reversed(OURS.items())))


@given(st.lists(QUADS, max_size=12))
def test_the_formatter_leaves_what_the_writer_wrote(quads: list[ox.Quad]) -> None:
    text = write_trig(quads, OURS)
    assert format_text(text, path="x.trig", trig=True) == text


def test_layout_prefixes_and_order() -> None:
    spa, spa2, spa10 = iri("id/spa"), iri("id/s2"), iri("id/s10")
    kt, skos = PREFIXES["kt"], PREFIXES["skos"]
    party = iri(kt + "party")
    triples = [
        ox.Triple(spa, iri(kt + "signedOn"), ox.Literal("2009", datatype=iri(PREFIXES["edtf"] + "EDTF"))),
        ox.Triple(spa, iri(skos + "altLabel"), ox.Literal("Stratejik Ortaklık", language="tr")),
        ox.Triple(spa, iri(skos + "altLabel"), ox.Literal("Strategic Partnership", language="en")),
        ox.Triple(spa, iri(skos + "prefLabel"), ox.Literal("SPA", language="en")),
        ox.Triple(spa, iri(RDF + "type"), iri(kt + "Agreement")),
        ox.Triple(spa, party, spa10),
        ox.Triple(spa, party, spa2),
        ox.Triple(spa10, iri(kt + "open"), ox.Literal(True)),
        ox.Triple(spa2, iri(kt + "share"), ox.Literal("1.20", datatype=iri(XSD + "decimal"))),
        ox.Triple(spa2, iri(kt + "page"), iri("a/b")),
    ]
    assert (
        write_turtle(triples, {**PREFIXES, "id": EX + "id/"})
        == """\
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix id: <https://example.org/id/> .
@prefix kt: <https://w3id.org/kzturk/ontology/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

id:s2 kt:page <https://example.org/a/b> ; kt:share 1.20 .

id:s10 kt:open true .

id:spa a kt:Agreement ;
  skos:prefLabel "SPA"@en ;
  skos:altLabel "Strategic Partnership"@en, "Stratejik Ortaklık"@tr ;
  kt:party id:s2, id:s10 ;
  kt:signedOn "2009"^^edtf:EDTF .
"""
    )


def test_metadata_stands_before_its_graph_and_passages_together() -> None:
    passage, assertion, note = PREFIXES["p"], PREFIXES["a"], iri("note")
    one = ox.Literal(1)
    quads = [
        ox.Quad(note, note, one, iri(assertion + "004-p2-plan")),
        ox.Quad(note, note, one, iri(assertion + "004-p2")),
        ox.Quad(iri(assertion + "004-p2"), note, one),
        ox.Quad(iri(assertion + "004-p2-plan"), note, one),
        ox.Quad(iri(passage + "004-p10"), note, one),
        ox.Quad(iri(passage + "004-p2-s10"), note, one),
        ox.Quad(iri(passage + "004-p2-s9"), note, one),
        ox.Quad(iri(passage + "004-p2"), note, one),
        ox.Quad(iri(PREFIXES["doc"] + "004"), note, one),
    ]
    lines = write_trig(quads, OURS).splitlines()
    body = [line.split()[0] if line else "" for line in lines if line == "" or line[0] not in " }@"]
    assert body[1:] == [
        "doc:004",
        "",
        "p:004-p2",
        "p:004-p2-s9",
        "p:004-p2-s10",
        "a:004-p2",
        "a:004-p2",
        "a:004-p2-plan",
        "a:004-p2-plan",
        "",
        "p:004-p10",
    ]


def test_graph_order_names_the_graphs_that_lead() -> None:
    quads = [ox.Quad(iri("s"), iri("p"), iri("o"), iri(name)) for name in ("g1", "g2", "g3")]
    text = write_trig(quads, {}, graph_order=[EX + "g3", EX + "g2"])
    places = [text.index(f"/{name}> {{") for name in ("g3", "g2", "g1")]
    assert places == sorted(places)


def test_long_lists_of_objects_wrap_and_lines_stay_readable() -> None:
    triples = [ox.Triple(iri("s"), iri("p"), iri(f"object-{i}")) for i in range(40)]
    text = write_turtle(triples, {"": EX})
    assert max(map(len, text.splitlines())) <= 110
    assert text.index(":object-2,") < text.index(":object-10,")


def test_a_text_of_several_lines_keeps_them() -> None:
    text = write_turtle([ox.Triple(iri("s"), iri("p"), ox.Literal('SELECT "x"\nWHERE {}"'))], {"": EX})
    assert ':s :p """SELECT "x"\nWHERE {}\\"""" .' in text


def test_a_triple_term_and_a_wrong_prefix_are_refused() -> None:
    triple = ox.Triple(iri("s"), iri("p"), iri("o"))
    with pytest.raises(KzturkError, match="a triple as a term"):
        write_turtle([ox.Triple(iri("s"), iri("p"), triple)], {})
    with pytest.raises(KzturkError, match="'1x' can't be a prefix"):
        write_turtle([triple], {"1x": EX})


def test_nothing_is_an_empty_text() -> None:
    assert write_turtle([], OURS) == ""
    assert write_trig([], OURS) == ""


@given(st.lists(st.text(st.sampled_from("p019-é"), max_size=6)), st.data())
def test_natural_order_is_total(names: list[str], data: st.DataObject) -> None:
    assert sorted(names, key=sort_key) == sorted(data.draw(st.permutations(names)), key=sort_key)


def test_natural_order_reads_numbers_of_any_length() -> None:
    long = "p" + "9" * 5000
    assert sorted([long, "p10", "p2", "p02"], key=sort_key) == ["p02", "p2", "p10", long]
