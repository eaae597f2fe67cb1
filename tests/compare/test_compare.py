"""The whole way: our graph against files, folders and endpoints, in JSON, full RDF and truthy triples."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import kzturk_graph
from kzturk_graph import terms
from kzturk_graph.compare import compare
from kzturk_graph.compare.judge import UNLINKED
from kzturk_graph.compare.model import (
    AGREE,
    DISAGREE,
    ONLY_OURS,
    ONLY_THEIRS,
    OURS_FINER,
    THEIRS_FINER,
    UNCOMPARED,
    Comparison,
    Fact,
)
from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.filters import choose
from kzturk_graph.wikibase import rdf_writer
from kzturk_graph.wikibase.model import PREFERRED, Entity, EntityId
from kzturk_graph.wikibase.source import open_source
from tests.compare.made_up import (
    ASTANA,
    KAZAKHSTAN,
    SCO,
    TURKIYE,
    TURKSOY,
    item,
    number,
    said,
    time,
    write,
)
from tests.conftest import WIKIDATA
from tests.endpoints import endpoint

AVIM = "https://www.avimbulten.org/en/Analiz/THE-CURRENT-STATE-OF-RELATIONS-BETWEEN-KAZAKHSTAN-TURKEY"
MERGED = "Q5119"  # stands for an item that another was merged into

STATE = item(
    KAZAKHSTAN,
    said("P463", SCO, start="1996-04-26", url="https://example.org/"),
    said("P463", "Q318693", end="2011"),
    said("P463", TURKSOY, url=AVIM),
    said("P463", "Q7825"),
    said("P297", "KA"),
    said("P1082", number("18037776"), PREFERRED, at="2017"),
    said("P1082", number("14883626"), at="2000"),
    said("P38", "Q173751"),
    labels={"en": "Kazakhstan"},
)
BODY = item(TURKSOY, said("P571", time("1993-07-12")), said("P31", "Q4120211"))
CAPITAL = item(ASTANA, said("P31", "Q5119"), said("P17", KAZAKHSTAN))
KINDS = (item("Q4120211", said("P279", "Q245065")), item("Q245065", said("P279", "Q484652")))
DUMP = (STATE, BODY, CAPITAL, *KINDS, item("Q7825", labels={"en": "WTO", "tr": "DTÖ"}))


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    path = write(tmp_path_factory.mktemp("compare") / "dump.json", *DUMP)
    return compare(open_source(path))


def facts(found: Comparison, item: str, property: str, value: str | None = None) -> list[Fact]:
    return [
        fact
        for fact in found.facts
        if (fact.item, fact.property) == (item, property)
        and (value is None or (fact.ours is not None and fact.ours.statement.main.value == EntityId(value)))
    ]


def test_each_verdict_comes_from_our_graph(found: Comparison) -> None:
    assert [each.verdict for each in facts(found, KAZAKHSTAN, "P463", SCO)] == [THEIRS_FINER]
    assert [each.verdict for each in facts(found, KAZAKHSTAN, "P463", "Q318693")] == [DISAGREE]  # ours is of 2017
    assert [each.verdict for each in facts(found, KAZAKHSTAN, "P463", "Q4173083")] == [ONLY_OURS]
    assert [each.verdict for each in facts(found, KAZAKHSTAN, "P297")] == [DISAGREE]
    assert {each.verdict for each in facts(found, KAZAKHSTAN, "P531")} == {UNCOMPARED}
    assert [each.verdict for each in facts(found, TURKSOY, "P571")] == [THEIRS_FINER]
    assert [each.verdict for each in facts(found, ASTANA, "P17")] == [AGREE]


def test_a_figure_is_held_against_that_of_its_year(found: Comparison) -> None:
    first, second = facts(found, KAZAKHSTAN, "P1082")
    assert first.verdict == AGREE  # our day lies in their year, their number in ours
    assert first.theirs[0].main.value == number("18037776")
    assert second.verdict == ONLY_THEIRS


def test_a_class_below_ours_is_more_precise(found: Comparison) -> None:
    (fact,) = facts(found, TURKSOY, "P31")
    assert fact.verdict == THEIRS_FINER
    assert fact.notes == ("their value lies within ours",)
    assert ONLY_OURS in {each.verdict for each in facts(found, ASTANA, "P31")}  # what theirs lies within isn't known


def test_only_ours_comes_with_assertions_and_witnesses(found: Comparison) -> None:
    dated = [f for f in facts(found, KAZAKHSTAN, "P530", TURKIYE) if f.ours and len(f.ours.assertions) == 2]
    (fact,) = dated
    assert fact.verdict == ONLY_OURS
    assert fact.ours is not None
    assert [terms.local(each) for each in fact.ours.assertions] == ["001-p8", "004-p6"]
    assert found.witnesses[fact.ours.statement.id] == 2


def test_our_own_document_as_their_reference_is_told(found: Comparison) -> None:
    (fact,) = facts(found, KAZAKHSTAN, "P463", TURKSOY)
    assert "theirs cites our document: no second witness" in fact.notes


def test_what_isn_t_in_the_data_is_apart(found: Comparison) -> None:
    assert terms.ENTITY + "hungary" in found.absent
    assert terms.ENTITY + "kazakhstan" not in found.absent
    assert {each.item for each in found.facts} == {KAZAKHSTAN, TURKSOY, ASTANA}


def test_only_theirs_is_of_mapped_properties_unless_all_are_wanted(found: Comparison, tmp_path: Path) -> None:
    assert not facts(found, KAZAKHSTAN, "P38")
    more = compare(open_source(write(tmp_path / "dump.json", *DUMP)), all_properties=True, once=True)
    assert [each.verdict for each in facts(more, KAZAKHSTAN, "P38")] == [ONLY_THEIRS]


def test_a_redirect_is_followed_on_both_sides(tmp_path: Path) -> None:
    body = item(MERGED, said("P31", "Q484652"), labels={"en": "moved"})
    state = item(KAZAKHSTAN, said("P463", MERGED))
    path = write(tmp_path / "dump.json", Entity(TURKSOY, redirect=MERGED), body, state)
    made = compare(open_source(path))
    assert made.redirects == {TURKSOY: MERGED}
    assert made.things[MERGED] == (terms.ENTITY + "turksoy",)
    assert AGREE in {each.verdict for each in facts(made, MERGED, "P31")}
    (member,) = facts(made, KAZAKHSTAN, "P463", TURKSOY)  # ours names the old id
    assert member.verdict == AGREE


def test_their_old_id_for_a_value_is_followed(tmp_path: Path) -> None:
    state = item(KAZAKHSTAN, said("P463", MERGED))
    path = write(tmp_path / "dump.json", state, Entity(MERGED, redirect=SCO))
    (member,) = facts(compare(open_source(path)), KAZAKHSTAN, "P463", SCO)
    assert member.verdict == AGREE


def test_a_value_of_the_name_of_ours_is_pointed_out(tmp_path: Path) -> None:
    state = item(KAZAKHSTAN, said("P463", "Q245065"), said("P463", "Q484652"))
    namesake = item("Q245065", labels={"tr": "türk İş Konseyi", "en": "turkic business council"})
    made = compare(open_source(write(tmp_path / "dump.json", state, namesake)))
    notes = [each.notes for each in facts(made, KAZAKHSTAN, "P463", "KT/id/turkic-business-council")]
    assert notes == [("our value has no link", "theirs has one of its name: Q245065")]


def test_our_own_export_agrees_with_us(found: Comparison, tmp_path: Path) -> None:
    """Every statement of ours finds itself, with its own times, through JSON and through RDF."""
    ours = list(found.projection.items)
    write(tmp_path / "ours.json", *ours)
    (tmp_path / "ours.ttl").write_bytes(rdf_writer.write(ours))
    as_json, as_rdf = (compare(open_source(str(tmp_path / name)), once=True) for name in ("ours.json", "ours.ttl"))
    assert not as_json.absent
    assert {each.verdict for each in as_json.facts} == {AGREE}
    linked = [each for each in as_rdf.facts if UNLINKED not in each.notes and each.ours]
    assert {each.verdict for each in linked} == {AGREE}
    assert len(linked) > 100
    assert not [each for each in as_rdf.of(ONLY_THEIRS) if isinstance(each.theirs[0].main.value, EntityId)]


def test_a_selection_chooses_what_counts_as_ours(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.json", STATE)
    made = compare(open_source(path), selection=choose(sources=["004"]))
    assert not facts(made, KAZAKHSTAN, "P463", SCO)
    assert {terms.local(a)[:3] for f in made.facts if f.ours for a in f.ours.assertions} == {"004", "cur"}


def test_full_rdf_gives_what_json_gives(found: Comparison, tmp_path: Path) -> None:
    path = tmp_path / "dump.ttl"
    path.write_bytes(rdf_writer.write(list(DUMP)))
    assert told(compare(open_source(str(path)))) == told(found)


def told(found: Comparison) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return sorted((each.item, each.property, each.verdict, each.notes) for each in found.facts)


WD, WDT = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"
TRUTHY = f"""<{WD}Q232> <{WDT}P530> <{WD}Q43> .
<{WD}Q232> <{WDT}P463> <{WD}Q318693> .
<{WD}Q1993710> <{WDT}P571> "1993-07-01T00:00:00Z"^^<http://www.w3.org/2001/XMLSchema#dateTime> .
"""


def test_truthy_triples_give_no_verdict_on_times(tmp_path: Path) -> None:
    path = tmp_path / "truthy.nt"
    path.write_text(TRUTHY)
    made = compare(open_source(str(path)))
    assert made.truthy == {KAZAKHSTAN, TURKSOY}
    assert {each.verdict for each in facts(made, KAZAKHSTAN, "P530")} == {AGREE}
    (member,) = facts(made, KAZAKHSTAN, "P463", SCO)
    assert (member.verdict, "lower rank" in member.notes[0]) == (ONLY_OURS, True)
    assert [each.verdict for each in facts(made, TURKSOY, "P571")] == [THEIRS_FINER]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("endpoint") / "dump.ttl"
    path.write_bytes(rdf_writer.write(list(DUMP)))
    with endpoint(path) as address:
        yield address


def test_an_endpoint_gives_what_a_file_gives(url: str, found: Comparison) -> None:
    made = compare(open_source(url))
    assert told(made) == told(found)
    assert made.names == found.names
    assert made.names["Q7825"] == "WTO"
    assert compare(open_source(url), language="tr").names["Q7825"] == "DTÖ"


def test_an_endpoint_that_is_down_is_told(url: str) -> None:
    with pytest.raises(InputError):
        compare(open_source("http://127.0.0.1:9/sparql", tries=1))


def test_the_front_door_compares_and_stays_callable(tmp_path: Path) -> None:
    path = write(tmp_path / "dump.json", STATE)
    for _ in range(2):  # the module of the same name is imported by the first call
        made = kzturk_graph.compare(path, entity="kazakhstan", properties=["P463"])
        assert {each.property for each in made.facts} == {"P463"}
    assert sum(made.counts.values()) == len(made.facts)
    assert kzturk_graph.search("kazakhstan") == kzturk_graph.search("kazakhstan")


@pytest.mark.needs("wikidata")
def test_the_slice_of_a_dump(corpus: Corpus) -> None:
    made = compare(open_source(str(WIKIDATA / "dump-slice.json.gz")), corpus)
    assert set(made.things) == {KAZAKHSTAN}
    assert not made.of(DISAGREE)
    (sco,) = facts(made, KAZAKHSTAN, "P463", SCO)
    assert sco.verdict == THEIRS_FINER  # since 1996-04-26
    assert {each.verdict for each in facts(made, KAZAKHSTAN, "P530", TURKIYE)} == {ONLY_OURS}
    assert {each.property for each in made.of(AGREE)} == {"P31", "P297", "P298"}
    figures = [each for each in facts(made, KAZAKHSTAN, "P1082") if each.ours is not None]
    assert [each.verdict for each in figures] == [ONLY_OURS]  # theirs ends in 2014
    assert not made.of(OURS_FINER)


@pytest.mark.needs("wikidata")
def test_the_truthy_slice() -> None:
    made = compare(open_source(str(WIKIDATA / "truthy-sample.nt.gz")), once=True)
    assert {KAZAKHSTAN, TURKIYE, "Q227", "Q406"} <= made.truthy
    assert len(facts(made, TURKIYE, "P530", KAZAKHSTAN)) == 3
    assert {each.verdict for each in facts(made, TURKIYE, "P530", KAZAKHSTAN)} == {AGREE}
    assert "P297" in made.unheard_of
    assert not made.of(DISAGREE)
    assert not [each for each in made.of(OURS_FINER) if each.item in made.truthy]
