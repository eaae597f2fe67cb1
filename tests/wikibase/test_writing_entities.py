"""Entities as Wikibase's RDF and JSON: every kind of value, and reading them back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.wikibase import json_reader, json_writer, model, namespaces, rdf_writer, xsd
from kzturk_graph.wikibase.model import (
    Coordinate,
    Entity,
    EntityId,
    Monolingual,
    Quantity,
    Reference,
    Snak,
    Statement,
    Time,
)
from kzturk_graph.wikibase.projection import project
from kzturk_graph.wikibase.sites import site_of
from kzturk_graph.wikibase.source import open_source
from tests.conftest import WIKIDATA

SUBJECT = "wd:Q232"


def snak(property: str, value: model.Value | None, datatype: str, kind: str = model.VALUE) -> Snak:
    return Snak(property, value, kind, datatype)


def entity(*statements: Statement, **more: object) -> Entity:
    by_property: dict[str, tuple[Statement, ...]] = {}
    for each in statements:
        by_property[each.property] = (*by_property.get(each.property, ()), each)
    return Entity("Q232", statements=by_property, **more)  # type: ignore[arg-type]


def asked(of: Entity, pattern: str) -> bool:
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in rdf_writer.triples(of))
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=rdf_writer.turtle_prefixes()))


MEMBER = Statement(
    snak("P463", EntityId("Q485207"), "wikibase-item"),
    model.PREFERRED,
    {"P580": (snak("P580", Time("+1996-04-00T00:00:00Z", 10), "time"),)},
    (Reference({"P854": (snak("P854", "https://example.org/a?b=c", "url"),)}),),
    "Q232$1-2",
)

VALUES = {
    "item": (snak("P36", EntityId("Q1520"), "wikibase-item"), "wd:Q1520"),
    "own item": (snak("P36", EntityId("KT/id/hlscc"), "wikibase-item"), "id:hlscc"),
    "month": (snak("P571", Time("+1991-12-00T00:00:00Z", 10), "time"), '"1991-12-01T00:00:00Z"^^xsd:dateTime'),
    "year BC": (snak("P571", Time("-0044-00-00T00:00:00Z", 9), "time"), '"-0043-01-01T00:00:00Z"^^xsd:dateTime'),
    "Julian day": (
        snak("P571", Time("+1917-10-25T00:00:00Z", 11, model.JULIAN), "time"),
        '"1917-11-07T00:00:00Z"^^xsd:dateTime',
    ),
    "number": (snak("P1082", Quantity(Decimal("18E6")), "quantity"), '"+18000000"^^xsd:decimal'),
    "text": (snak("P1476", Monolingual("Қазақстан", "kk"), "monolingualtext"), '"Қазақстан"@kk'),
    "place": (snak("P625", Coordinate(48.0, 68.25, 0.1), "globe-coordinate"), '"Point(68.25 48)"^^geo:wktLiteral'),
    "key": (snak("P297", "KZ", "external-id"), '"KZ"'),
    "URL": (snak("P856", "https://example.org/a b", "url"), "<https://example.org/a%20b>"),
    "file": (
        snak("P41", "Flag of A.svg", "commonsMedia"),
        "<http://commons.wikimedia.org/wiki/Special:FilePath/Flag%20of%20A.svg>",
    ),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_is_one_term_in_rdf(name: str) -> None:
    main, written = VALUES[name]
    of = entity(Statement(main, id="Q232$1"))
    prefix = f"wdt:{main.property}"
    assert asked(of, f"{SUBJECT} {prefix} {written}")
    assert asked(of, f"{SUBJECT} p:{main.property} [ ps:{main.property} {written} ; a wikibase:BestRank ]")


@pytest.mark.parametrize("name", VALUES)
def test_a_value_comes_back_from_json(name: str) -> None:
    of = entity(Statement(VALUES[name][0], id="Q232$1"))
    assert json_reader.entity(json.loads(json.dumps(json_writer.document(of)))) == of


def test_a_statement_has_node_rank_qualifier_and_reference() -> None:
    assert asked(
        entity(MEMBER),
        f"{SUBJECT} p:P463 wds:Q232-1-2 . wds:Q232-1-2 a wikibase:Statement, wikibase:BestRank ; ps:P463 wd:Q485207 ;"
        " wikibase:rank wikibase:PreferredRank ; pq:P580 ?start ;"
        " pqv:P580 [ a wikibase:TimeValue ; wikibase:timeValue ?start ; wikibase:timePrecision 10 ;"
        " wikibase:timeTimezone 0 ; wikibase:timeCalendarModel wd:Q1985727 ] ;"
        " prov:wasDerivedFrom [ a wikibase:Reference ; pr:P854 <https://example.org/a?b=c> ]",
    )


def test_only_the_best_rank_is_truthy() -> None:
    normal = Statement(snak("P463", EntityId("Q1065"), "wikibase-item"), id="Q232$3")
    wrong = Statement(snak("P463", EntityId("Q7184"), "wikibase-item"), model.DEPRECATED, id="Q232$4")
    of = entity(MEMBER, normal, wrong)
    assert asked(of, f"{SUBJECT} wdt:P463 wd:Q485207")
    assert not asked(of, f"{SUBJECT} wdt:P463 wd:Q1065")
    assert asked(of, f"{SUBJECT} p:P463 [ ps:P463 wd:Q1065 ; wikibase:rank wikibase:NormalRank ]")
    assert not asked(of, "wds:Q232-3 a wikibase:BestRank")
    only_wrong = entity(wrong)
    assert not asked(only_wrong, f"{SUBJECT} wdt:P463 ?any")


def test_an_unknown_value_is_a_blank_node_and_none_a_class() -> None:
    unknown = Statement(snak("P36", None, "wikibase-item", model.UNKNOWN), id="Q232$1")
    none = Statement(snak("P35", None, "wikibase-item", model.NONE), id="Q232$2")
    of = entity(unknown, none)
    assert asked(of, f"{SUBJECT} wdt:P36 ?some FILTER (isBlank(?some))")
    assert asked(of, f"{SUBJECT} a wdno:P35 ; p:P35 [ a wdno:P35 ]")
    assert not asked(of, f"{SUBJECT} wdt:P35 ?any")


def test_a_number_has_its_unit_and_bounds() -> None:
    value = Quantity(Decimal(5), model.WIKIDATA + "Q4917", Decimal("4.5"), Decimal("5.5"))
    of = entity(Statement(snak("P2139", value, "quantity"), id="Q232$1"))
    assert asked(
        of,
        "?node a wikibase:QuantityValue ; wikibase:quantityUnit wd:Q4917 ; wikibase:quantityAmount 5.0 ;"
        ' wikibase:quantityLowerBound "+4.5"^^xsd:decimal ; wikibase:quantityUpperBound "+5.5"^^xsd:decimal',
    )
    bare = entity(Statement(snak("P1082", Quantity(Decimal(5)), "quantity"), id="Q232$1"))
    assert asked(bare, "?node wikibase:quantityUnit wd:Q199")


def test_names_sitelinks_and_version() -> None:
    of = entity(
        labels={"en": "Kazakhstan"},
        descriptions={"en": "a state"},
        aliases={"en": ("KZ", "Qazaqstan")},
        sitelinks={"kkwiki": "Қазақстан", "nosuchsite": "x"},
        modified="2024-05-01T12:00:00Z",
        revision=7,
    )
    assert asked(
        of, f'{SUBJECT} rdfs:label "Kazakhstan"@en ; schema:name "Kazakhstan"@en ; skos:prefLabel "Kazakhstan"@en'
    )
    assert asked(of, f'{SUBJECT} skos:altLabel "KZ"@en, "Qazaqstan"@en ; schema:description "a state"@en')
    assert asked(
        of,
        f'?page a schema:Article ; schema:about {SUBJECT} ; schema:inLanguage "kk" ; schema:name "Қазақстан"@kk ;'
        " schema:isPartOf <https://kk.wikipedia.org/>",
    )
    assert asked(
        of,
        f"wdata:Q232 a schema:Dataset ; schema:about {SUBJECT} ; schema:version 7 ;"
        ' schema:dateModified "2024-05-01T12:00:00Z"^^xsd:dateTime',
    )
    assert json_reader.entity(json_writer.document(of)) == of


def test_a_redirect_says_only_where_it_leads() -> None:
    moved = Entity("Q1", redirect="Q232")
    assert [str(each) for each in rdf_writer.triples(moved)] == [
        "<http://www.wikidata.org/entity/Q1> <http://www.w3.org/2002/07/owl#sameAs> <http://www.wikidata.org/entity/Q232>"
    ]
    assert json_reader.entity(json_writer.document(moved)) == moved


def test_truthy_data_gets_no_statement_nodes() -> None:
    of = entity(MEMBER, truthy=True)
    assert asked(of, f"{SUBJECT} wdt:P463 wd:Q485207")
    assert not asked(of, f"{SUBJECT} p:P463 ?any")


def test_a_property_says_how_its_terms_hang_together() -> None:
    of = Entity("P530", "property", labels={"en": "diplomatic relation"}, datatype="wikibase-item")
    assert asked(
        of,
        "wd:P530 a wikibase:Property ; wikibase:propertyType wikibase:WikibaseItem ; wikibase:directClaim wdt:P530 ;"
        " wikibase:claim p:P530 ; wikibase:statementProperty ps:P530 ; wikibase:qualifier pq:P530",
    )


def test_our_statements_never_stand_in_wikidata_s_space(corpus: Corpus) -> None:
    found = project(corpus)
    minted = [namespaces.PREFIXES[prefix] for prefix in ("wds", "wdref", "wdv", "wdata")]
    for item in (*found.items, *found.vocabulary):
        for triple in rdf_writer.triples(item):
            assert not triple.subject.value.startswith(tuple(minted))  # type: ignore[union-attr]


def test_the_dump_holds_an_entity_a_line_and_is_read_back(corpus: Corpus, tmp_path: Path) -> None:
    items = project(corpus).items
    raw = json_writer.dump(items)
    lines = raw.decode().splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("[", "]", len(items) + 2)
    assert json.loads(raw)[0]["id"] == items[0].id
    path = tmp_path / "ours.json"
    path.write_bytes(raw)
    source = open_source(str(path))
    assert tuple(source.entities()) == items
    assert not source.problems
    assert json_writer.dump([]) == b"[\n]\n"


def test_turtle_is_the_same_each_time_and_reads_back(corpus: Corpus) -> None:
    items = project(corpus).items
    raw = rdf_writer.write(items)
    assert raw == rdf_writer.write(reversed(items))
    read = {quad.triple for quad in ox.parse(raw, format=ox.RdfFormat.TURTLE)}
    written = {triple for item in items for triple in rdf_writer.triples(item)}
    assert _named(read) == _named(written)


def _named(triples: set[ox.Triple]) -> set[ox.Triple]:
    return {each for each in triples if not isinstance(each.object, ox.BlankNode)}


def test_texts_that_need_escapes_come_back() -> None:
    text = 'a "b" \\ c\nd\te <f> é \U0001f600'
    of = entity(Statement(snak("P1476", text, "string"), id="Q232$1"), labels={"en": text})
    read = {quad.triple for quad in ox.parse(rdf_writer.write([of]), format=ox.RdfFormat.TURTLE)}
    assert read == set(rdf_writer.triples(of))
    assert json_reader.entity(json.loads(json_writer.dump([of]))[0]) == of


def test_sites_and_numbers() -> None:
    assert site_of("be_x_oldwiki") == ("https://be-tarask.wikipedia.org/", "be-tarask")
    assert site_of("commonswiki") == ("https://commons.wikimedia.org/", "en")
    assert site_of("zh_min_nanwiki") == ("https://zh-min-nan.wikipedia.org/", "nan")
    assert site_of("trwikiquote") == ("https://tr.wikiquote.org/", "tr")
    assert site_of("example") is None
    assert xsd.decimal(Decimal("-0.5")) == "-0.5"


def slice_of() -> Iterator[Entity]:
    with gzip.open(WIKIDATA / "dump-slice.json.gz", "rt", encoding="utf-8") as file:
        for line in file:
            bare = line.strip().rstrip(",")
            if bare not in ("", "[", "]"):
                yield json_reader.entity(json.loads(bare))


@pytest.mark.needs("wikidata")
def test_real_items_come_back_from_json() -> None:
    every = list(slice_of())
    assert len(every) == 49
    for each in every:
        assert json_reader.entity(json.loads(json.dumps(json_writer.document(each)))) == each


@pytest.mark.needs("wikidata")
def test_real_items_come_back_from_rdf(tmp_path: Path) -> None:
    wanted = {each.id: each for each in slice_of() if each.id in ("Q232", "Q31", "Q64")}
    path = tmp_path / "items.nt"
    triples = {triple for each in wanted.values() for triple in rdf_writer.triples(each)}
    path.write_bytes(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"")
    back = open_source(str(path)).get(wanted)
    for known, each in wanted.items():
        assert back[known].labels == each.labels
        assert back[known].sitelinks == each.sitelinks
        assert _values(back[known]) == _values(each)


def _values(of: Entity) -> dict[str, list[str]]:
    return {
        name: sorted(f"{each.rank} {each.main.kind} {each.main.value} {sorted(each.qualifiers)}" for each in given)
        for name, given in of.statements.items()
    }
