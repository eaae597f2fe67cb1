"""The Wikibase RDF model gives the same entity as its JSON, in every format, order and Wikibase."""

from __future__ import annotations

import gzip
import io
import json
import random
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph.errors import InputError
from kzturk_graph.wikibase import rdf_reader, rdf_writer
from kzturk_graph.wikibase.json_reader import entity
from kzturk_graph.wikibase.model import Coordinate, Entity, EntityId, Monolingual, Quantity, Snak, Statement, Time
from kzturk_graph.wikibase.problems import Problems
from kzturk_graph.wikibase.rdf_reader import Reader
from kzturk_graph.wikibase.rdf_terms import statement_id
from kzturk_graph.wikibase.source import open_source
from tests.conftest import WIKIDATA

DATA = Path(__file__).parent / "data"
TURTLE = (DATA / "Q232.ttl").read_text()
WD, WDT = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


@pytest.fixture(scope="module")
def kazakhstan() -> Entity:
    """The entity by its JSON."""
    return entity(json.loads((DATA / "Q232.json").read_text()))


def triples() -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)]


def written(format: ox.RdfFormat, given: list[ox.Triple] | None = None) -> bytes:
    made = ox.serialize(triples() if given is None else given, format=format)
    assert made is not None
    return made


def read(tmp_path: Path, data: bytes | str, name: str = "data") -> list[Entity]:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    source = open_source(str(path))
    found = list(source.entities())
    assert not source.problems.report()
    return found


def ordered(given: Entity) -> Entity:
    """The entity with its statements in the order of their ids, since RDF in no order has none."""
    statements = {
        property: tuple(sorted(several, key=lambda each: each.id)) for property, several in given.statements.items()
    }
    aliases = {language: tuple(sorted(several)) for language, several in given.aliases.items()}
    return Entity(
        given.id, given.type, given.labels, given.descriptions, aliases, given.sitelinks, statements,
        given.datatype, given.modified, given.revision, given.redirect, given.truthy,
    )  # fmt: skip


def test_turtle_is_json(tmp_path: Path, kazakhstan: Entity) -> None:
    assert read(tmp_path, TURTLE) == [kazakhstan]


def test_n_triples_are_json(tmp_path: Path, kazakhstan: Entity) -> None:
    assert read(tmp_path, written(ox.RdfFormat.N_TRIPLES)) == [kazakhstan]


def test_json_ld_is_json(tmp_path: Path, kazakhstan: Entity) -> None:
    (found,) = read(tmp_path, written(ox.RdfFormat.JSON_LD))
    assert ordered(found) == ordered(kazakhstan)


def test_triples_in_no_order_are_json(tmp_path: Path, kazakhstan: Entity) -> None:
    given = triples()
    random.Random(1).shuffle(given)
    found = read(tmp_path, written(ox.RdfFormat.N_TRIPLES, given))
    assert [ordered(each) for each in found] == [ordered(kazakhstan)]


def test_rdf_xml_with_invalid_node_ids_is_json(tmp_path: Path, kazakhstan: Entity) -> None:
    xml = written(ox.RdfFormat.RDF_XML)
    names = iter(f"{number}f9e8d7c6b5a4" for number in range(9))
    known: dict[str, str] = {}
    text = re.sub(r'nodeID="([^"]*)"', lambda at: f'nodeID="{known.setdefault(at[1], next(names))}"', xml.decode())
    assert re.search(r'nodeID="\d', text)
    assert read(tmp_path, text) == [kazakhstan]


@pytest.mark.parametrize("block", [1, 7, 64])
def test_node_ids_are_put_right_wherever_blocks_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kazakhstan: Entity, block: int
) -> None:
    monkeypatch.setattr("kzturk_graph.wikibase.rdf_parse.BLOCK", block)
    text = re.sub(r'nodeID="', 'nodeID="0', written(ox.RdfFormat.RDF_XML).decode())
    assert read(tmp_path, text) == [kazakhstan]


def test_text_that_looks_like_a_node_id_stays(tmp_path: Path) -> None:
    xml = f"""<?xml version="1.0"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="{LABEL.removesuffix("label")}">
          <rdf:Description rdf:about="{WD}Q232"><rdfs:label xml:lang="en">rdf:nodeID="1"</rdfs:label></rdf:Description>
        </rdf:RDF>"""
    assert read(tmp_path, xml)[0].labels == {"en": 'rdf:nodeID="1"'}


def test_another_wikibase_and_the_old_ontology(tmp_path: Path, kazakhstan: Entity) -> None:
    own = TURTLE.replace("http://www.wikidata.org/", "https://base.example.org/").replace(
        "http://wikiba.se/ontology#", "http://wikiba.se/ontology-beta#"
    )
    for kept in ("Q199", "Q2 ", "Q1985727", "Q1985786", "Q783794"):  # units, globes and calendars stay Wikidata's
        own = own.replace(f"wd:{kept}", f"<{WD}{kept.strip()}> ")
    assert read(tmp_path, own) == [kazakhstan]


def test_a_skolem_iri_is_an_unknown_value(tmp_path: Path, kazakhstan: Entity) -> None:
    skolem = TURTLE.replace("_:b44", "<http://www.wikidata.org/.well-known/genid/7f0c>")
    assert read(tmp_path, skolem) == [kazakhstan]


def test_a_neighbour_that_is_only_mentioned_is_no_entity(tmp_path: Path) -> None:
    assert "wd:Q1520 a wikibase:Item" in TURTLE
    assert [each.id for each in read(tmp_path, TURTLE)] == ["Q232"]


def test_a_redirect(tmp_path: Path) -> None:
    text = f"<{WD}Q35493> <http://www.w3.org/2002/07/owl#sameAs> <{WD}Q1520> .\n"
    assert read(tmp_path, text) == [Entity("Q35493", redirect="Q1520")]


def test_a_lexeme_is_one_entity_with_its_forms(tmp_path: Path) -> None:
    text = "".join(f'<{WD}{id}> <{LABEL}> "el"@tr .\n' for id in ("L7", "L7-F1", "L7-S1"))
    assert [(each.id, each.type) for each in read(tmp_path, text)] == [("L7", "lexeme")]


def test_a_property_has_its_datatype(tmp_path: Path) -> None:
    text = f"<{WD}P530> <http://wikiba.se/ontology#propertyType> <http://wikiba.se/ontology#WikibaseItem> .\n"
    (found,) = read(tmp_path, text)
    assert (found.type, found.datatype) == ("property", "wikibase-item")


def truthy(tmp_path: Path, object: str, property: str = "P31") -> Statement:
    (found,) = read(tmp_path, f"<{WD}Q232> <{WDT}{property}> {object} .\n")
    assert found.truthy
    (statement,) = found.statements[property]
    assert not statement.id
    return statement


XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


@pytest.mark.parametrize(
    ("object", "value"),
    [
        (f"<{WD}Q3624078>", EntityId("Q3624078")),
        ("<https://www.wikidata.org/entity/Q3624078>", EntityId("Q3624078")),
        ("<https://example.org/entity/Q3624078>", "https://example.org/entity/Q3624078"),
        ('"KAZ"', "KAZ"),
        ('"Қазақстан"@kk', Monolingual("Қазақстан", "kk")),
        (f'"+12.50"^^<{XSD}decimal>', Quantity(Decimal("12.5"))),
        (f'"1991-12-16T00:00:00Z"^^<{XSD}dateTime>', Time("+1991-12-16T00:00:00Z", 11)),
        (f'"1991-01-01T00:00:00Z"^^<{XSD}dateTime>', Time("+1991-00-00T00:00:00Z", 9)),
        (f'"-0043-03-15T00:00:00Z"^^<{XSD}dateTime>', Time("-0044-03-15T00:00:00Z", 11)),
        (f'"Point(68.25 48.5)"^^<{WKT}>', Coordinate(48.5, 68.25)),
        (f'"<{WD}Q1> Point(68 48)"^^<{WKT}>', Coordinate(48.0, 68.0, None, WD + "Q1")),
        ("<http://commons.wikimedia.org/wiki/Special:FilePath/Flag_of%20Kazakhstan.svg>", "Flag of Kazakhstan.svg"),
        ("<https://example.org/>", "https://example.org/"),
    ],
)
def test_truthy_values(tmp_path: Path, object: str, value: object) -> None:
    assert truthy(tmp_path, object).main.value == value


def test_a_truthy_unknown_value(tmp_path: Path) -> None:
    assert truthy(tmp_path, "_:genid1").main.kind == "somevalue"


def test_what_is_no_value_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.nt"
    path.write_text(f'<{WD}Q232> <{WDT}P625> "Point(68)"^^<{WKT}> .\n<{WD}Q232> <{WDT}P31> <{WD}Q3624078> .\n')
    source = open_source(str(path))
    (found,) = source.entities()
    assert list(found.statements) == ["P31"]
    assert "P625: a value can't be understood: 'Point(68)' is no point" in source.problems.report()


def test_a_line_that_is_no_triple_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "bad.nt"
    good = f'<{WD}Q232> <{LABEL}> "Kazakhstan"@en .\n'
    path.write_text(good + f'<{WD}Q43> <{LABEL}> "Türk\n' + f'<{WD}Q43> <{LABEL}> "Türkiye"@tr .\n')
    source = open_source(str(path))
    assert [each.id for each in source.entities()] == ["Q232", "Q43"]
    (problem,) = source.problems
    assert (problem.line, source.problems.count) == (2, 1)
    assert problem.reason.startswith("isn't a triple")


def test_cut_turtle_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "cut.ttl"
    path.write_text(f'@prefix wd: <{WD}> .\nwd:Q232 <{LABEL}> "Kazakhstan"@en .\nwd:Q43 <{LABEL}> "Tür')
    entities = open_source(str(path)).entities()
    assert next(entities).id == "Q232"
    with pytest.raises(InputError, match=r"cut\.ttl:3.*isn't well-formed Turtle"):
        next(entities)


def test_rdf_without_entities_is_no_wikibase_data(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text("<https://example.org/a> <https://example.org/b> 1 .")
    with pytest.raises(InputError, match="RDF without one entity of the Wikibase model"):
        list(open_source(str(path)).entities())


def test_json_in_rdf_is_a_mixed_file(tmp_path: Path) -> None:
    path = tmp_path / "mixed.nt"
    path.write_text(f'<{WD}Q232> <{LABEL}> "Kazakhstan"@en .\n{{"id": "Q43"}}\n')
    with pytest.raises(InputError, match=r"mixed\.nt:2: is JSON, but the file began as RDF"):
        list(open_source(str(path)).entities())


@pytest.mark.parametrize(
    ("name", "owner", "id"),
    [
        ("Q232-F1950790-E3B4-4BDE-A00C-155A701472E9", "Q232", "Q232$F1950790-E3B4-4BDE-A00C-155A701472E9"),
        ("q232-42FF0727-37F9-4D93-93A4-7B72DD738EFD", "Q232", "q232$42FF0727-37F9-4D93-93A4-7B72DD738EFD"),
        ("L7-F1950790-E3B4-4BDE-A00C-155A701472E9", "L7", "L7$F1950790-E3B4-4BDE-A00C-155A701472E9"),
        ("L7-F1-F1950790-E3B4-4BDE-A00C-155A701472E9", "L7-F1", "L7-F1$F1950790-E3B4-4BDE-A00C-155A701472E9"),
    ],
)
def test_ids_of_statements(name: str, owner: str, id: str) -> None:
    assert statement_id(f"{WD}statement/{name}") == (owner, id)


def comparable(given: Entity) -> dict[str, object]:
    """What RDF keeps of an entity: not the order, not a reference given twice, not datatypes of other entities."""

    def snaks(of: Mapping[str, tuple[Snak, ...]]) -> frozenset[object]:
        return frozenset((each.property, bare(each.value), each.kind) for several in of.values() for each in several)

    def bare(value: object) -> object:  # a line end after an address is escaped in an IRI
        return value.removesuffix("%0A").rstrip() if isinstance(value, str) else value

    return {
        "names": (given.labels, given.descriptions, given.sitelinks),
        "aliases": {language: frozenset(several) for language, several in given.aliases.items()},
        "statements": {
            each.id: (
                each.rank,
                snaks({"": (each.main,)}),
                snaks(each.qualifiers),
                {snaks(one.snaks) for one in each.references},
            )
            for several in given.statements.values()
            for each in several
        },
    }


@pytest.mark.needs("wikidata")
def test_what_is_written_of_real_entities_is_read_again() -> None:
    for each in open_source(str(WIKIDATA / "dump-slice.json.gz")).entities():
        problems = Problems()
        data = written(ox.RdfFormat.N_TRIPLES, list(rdf_writer.triples(each)))
        (found,) = Reader(io.BufferedReader(io.BytesIO(data)), "N-Triples", each.id, problems).entities()
        assert comparable(found) == comparable(each), each.id
        assert not problems.count


# Files of which only the beginning is held in memory


def dump(*ids: str) -> bytes:
    """A dump of copies of the entity; value and reference nodes only beside the first of them, as Wikibase does it."""
    lines = written(ox.RdfFormat.N_TRIPLES).decode().splitlines(keepends=True)
    first = [line for line in lines if "Q1520> <http://www.w3" not in line and not line.startswith(f"<{WD}P")]
    later = [
        line
        for line in first
        if not line.startswith(("<http://www.wikidata.org/value", "<http://www.wikidata.org/ref"))
    ]
    properties = [line for line in lines if line.startswith(f"<{WD}P") and "propertyType" in line]
    parts = [re.sub(r"Q232\b", id, "".join(first if at == 0 else later)) for at, id in enumerate(ids)]
    return "".join([*properties, *parts]).encode()


@pytest.mark.parametrize("held", [2, 200_000])
def test_a_large_dump_passes_by(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kazakhstan: Entity, held: int) -> None:
    monkeypatch.setattr(rdf_reader, "WHOLE", 40)
    monkeypatch.setattr("kzturk_graph.wikibase.rdf_reader.Shared", lambda: rdf_reader_shared(held))
    found = [each for each in read(tmp_path, dump("Q232", "Q43", "Q227")) if each.type == "item"]
    assert found[0] == kazakhstan
    assert [each.id for each in found] == ["Q232", "Q43", "Q227"]
    for each in found[1:]:
        assert each.statements.keys() == kazakhstan.statements.keys()
        assert each.statements["P31"][0].references == kazakhstan.statements["P31"][0].references
        assert each.statements["P571"][0].main == kazakhstan.statements["P571"][0].main


def rdf_reader_shared(held: int) -> object:
    from kzturk_graph.wikibase.rdf_graphs import Shared

    return Shared(held)


@pytest.mark.parametrize("whole", [40, 200_000])
def test_some_entities_of_a_dump_have_what_they_share_with_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kazakhstan: Entity, whole: int
) -> None:
    monkeypatch.setattr(rdf_reader, "WHOLE", whole)
    path = tmp_path / "dump.nt"
    path.write_bytes(dump("Q232", "Q43", "Q227"))
    source = open_source(str(path))
    found = source.get(["Q43", "Q9248"])
    assert list(found) == ["Q43"]
    assert found["Q43"].statements["P31"][0].references == kazakhstan.statements["P31"][0].references
    assert found["Q43"].statements["P571"][0].main == kazakhstan.statements["P571"][0].main
    assert source.get(["Q232"]) == {"Q232": kazakhstan}
    assert not source.problems.report()


def test_a_large_file_in_no_order_goes_through_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kazakhstan: Entity
) -> None:
    monkeypatch.setattr(rdf_reader, "WHOLE", 40)
    lines = dump("Q232", "Q43").splitlines(keepends=True)
    random.Random(2).shuffle(lines)
    found = {each.id: each for each in read(tmp_path, b"".join(lines)) if each.type == "item"}
    assert found.keys() == {"Q232", "Q43"}
    assert ordered(found["Q232"]) == ordered(kazakhstan)


def test_a_large_file_that_loses_its_order_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rdf_reader, "WHOLE", 2)
    path = tmp_path / "late.nt"
    path.write_text("".join(f'<{WD}{id}> <{LABEL}> "x"@en .\n' for id in ("Q232", "Q43", "Q227", "Q232")))
    entities = open_source(str(path)).entities()
    assert [next(entities).id for _ in range(3)] == ["Q232", "Q43", "Q227"]
    with pytest.raises(InputError, match="the triples of Q232 aren't together"):
        next(entities)


@pytest.mark.needs("wikidata")
def test_the_truthy_slice_is_read_without_problems() -> None:
    source = open_source(str(WIKIDATA / "truthy-sample.nt.gz"))
    found = list(source.entities())
    assert sum(each.type == "item" for each in found) == 473
    assert source.problems.count == 0
    with gzip.open(WIKIDATA / "truthy-sample.nt.gz", "rt") as lines:
        direct = len({line for line in lines if "/prop/direct/" in line})
    assert sum(len(several) for each in found for several in each.statements.values()) == direct
    assert all(each.truthy for each in found)
