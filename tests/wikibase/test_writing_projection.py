"""Our facts as a Wikibase's: which become statements, with what, and which never do."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Assertion, Corpus, read_corpus
from kzturk_graph.graph.selection import Selection
from kzturk_graph.links.table import empty
from kzturk_graph.links.terms_table import read_terms
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import Entity, EntityId, Quantity, Statement, Time
from kzturk_graph.wikibase.ours.dates import Point, Span, point, span, within
from kzturk_graph.wikibase.ours.identity import iri_of, is_own, own_id
from kzturk_graph.wikibase.ours.rules import read_rules
from kzturk_graph.wikibase.projection import Projection, project

KAZAKHSTAN, TURKIYE = terms.ENTITY + "kazakhstan", terms.ENTITY + "turkiye"


@cache
def made() -> Projection:
    return project(read_corpus())


def of(slug: str) -> Entity:
    return made().entities[terms.ENTITY + slug]


def said(slug: str, property: str) -> list[object]:
    return [each.main.value for each in of(slug).statements.get(property, ())]


def behind(statement: Statement) -> list[str]:
    return [terms.local(each) for each in made().sources[statement.id]]


def test_a_linked_thing_has_the_item_s_id_and_another_an_own_one() -> None:
    assert of("kazakhstan").id == "Q232"
    assert of("hlscc").id == "KT/id/hlscc"
    assert iri_of("KT/id/hlscc") == terms.ENTITY + "hlscc"
    assert iri_of("Q232") == "http://www.wikidata.org/entity/Q232"


def test_an_own_id_is_none_of_wikibase_s() -> None:
    wikibase = re.compile(r"(?:\w+:)?[QPLME][1-9]\d*")
    own = [each.id for each in made().items if is_own(each.id)]
    assert len(own) > 200
    assert not any(wikibase.match(each) for each in own)
    assert own_id(iri_of(own[0])) == own[0]


def test_no_plan_target_or_denial_becomes_a_statement(corpus: Corpus) -> None:
    behind_all = {each for several in made().sources.values() for each in several}
    assert behind_all
    assert {corpus.assertions[each].modality for each in behind_all} == {"fact"}
    assert {corpus.assertions[each].erroneous for each in behind_all} == {False}


def test_what_only_plans_speak_of_is_no_entity() -> None:
    assert terms.ENTITY + "hlscc-meeting-2018" not in made().entities
    assert terms.ENTITY + "helicopter-maintenance-contract" not in made().entities
    assert terms.ENTITY + "turkiye-in-sco" not in made().entities


def test_other_modalities_change_nothing(corpus: Corpus) -> None:
    every = Selection(frozenset({"fact", "planned", "target", "denied"}))
    assert project(corpus, every).entities == made().entities


def test_a_planned_place_isn_t_stated_of_a_session_that_was_held() -> None:
    assert said("hlscc-5", "P664") == [EntityId("KT/id/hlscc")]
    assert "P276" not in of("hlscc-5").statements  # 004 P49 expects it in Ankara


def test_a_dialogue_partner_is_no_member() -> None:
    assert EntityId("Q485207") in said("kazakhstan", "P463")
    assert EntityId("Q485207") not in said("turkiye", "P463")


def test_sources_that_agree_share_a_statement_and_others_have_their_own() -> None:
    found = {tuple(behind(each)): each for each in of("kazakhstan").statements["P530"]}
    assert set(found) == {("001-p8", "004-p6"), ("002-p9",), ("001-p14",)}
    both = found["001-p8", "004-p6"]
    assert both.qualifiers["P580"][0].value == Time("+1992-03-02T00:00:00Z", 11)
    assert len(both.references) == 2
    assert found["002-p9",].qualifiers["P580"][0].value == Time("+1992-00-00T00:00:00Z", 9)
    assert "P580" not in found["001-p14",].qualifiers


def test_a_relation_stands_on_both_states() -> None:
    assert set(said("turkiye", "P530")) == {EntityId("Q232")}
    assert set(said("kazakhstan", "P530")) == {EntityId("Q43")}


def test_a_bilateral_figure_is_no_total_of_a_country() -> None:
    assert not {"P2135", "P2136", "P2140", "P2141"} & set(of("kazakhstan").statements)


def test_a_number_that_is_about_is_left_out_and_a_plain_one_is_said() -> None:
    assert said("kazakhstan", "P1082") == [Quantity(Decimal("18000000"))]
    assert "P2196" not in of("yesevi-university").statements
    assert made().left_out["P2196: a number that is about"] == 1


def test_a_date_without_both_bounds_is_left_out() -> None:
    assert "P1619" not in of("kz-embassy-ankara").statements  # opened by October 1992
    assert made().left_out["P1619: a date that no year holds"] == 1


def test_an_end_that_nobody_dates_is_unknown_rather_than_absent() -> None:
    statement = next(each for each in of("bobrov").statements["P39"] if "P582" in each.qualifiers)
    assert statement.qualifiers["P582"][0].kind == model.UNKNOWN


def test_what_another_voice_vouches_for_is_left_out() -> None:
    assert made().left_out["assertion: another voice"] > 0
    assert "P137" not in of("aselsan-factory").statements  # 003 P33 has it from the company's head


def test_a_decision_makes_a_statement_preferred() -> None:
    issued = made().entities[terms.DOCUMENT + "003"].statements["P577"]
    assert [(each.main.value, each.rank) for each in issued] == [(Time("+2017-09-13T00:00:00Z", 11), model.PREFERRED)]


def test_a_reference_names_document_url_title_and_dates() -> None:
    (statement,) = [each for each in of("kazakhstan").statements["P463"] if each.main.value == EntityId("Q318693")]
    (reference,) = statement.references
    assert list(reference.snaks) == ["P248", "P854", "P1476", "P577", "P813"]
    assert reference.snaks["P248"][0].value == EntityId("KT/document/003")


def test_names_are_in_four_languages() -> None:
    assert set(of("turkiye").labels) == {"en", "tr", "kk", "ru"}
    assert "Turkey" in of("turkiye").aliases["en"]
    assert of("kz-embassy-ankara").labels["en"] == "embassy of Kazakhstan in Ankara"


def test_ids_of_statements_are_the_same_each_time_and_once_only(corpus: Corpus) -> None:
    ids = [each.id for item in made().items for given in item.statements.values() for each in given]
    assert len(ids) == len(set(ids))
    assert set(ids) == set(made().sources)
    assert project(corpus).sources == made().sources


def test_without_links_everything_has_an_own_id(corpus: Corpus) -> None:
    assert {is_own(each.id) for each in project(corpus, links=empty()).items} == {True}


def test_a_selection_of_documents_leaves_out_the_others(corpus: Corpus) -> None:
    only = project(corpus, Selection(sources=frozenset({"004"})))
    documents = {terms.local(each).split("-")[0] for several in only.sources.values() for each in several}
    assert documents == {"004", "curator"}


def test_two_sources_of_one_value_keep_their_own_qualifiers(corpus: Corpus) -> None:
    """A second passage with the membership and no time must not lend or borrow a time."""
    first = corpus.assertions[terms.ASSERTION + "003-p35-kazakhstan"]
    untimed = frozenset(each for each in first.triples if each.predicate.value != terms.kt("attestedOn"))
    name = terms.ASSERTION + "004-p1-test"
    second = Assertion(ox.NamedNode(name), untimed, {terms.kt("modality"): (ox.NamedNode(terms.FACT),)}, Path())
    both = project(replace(corpus, assertions={**corpus.assertions, name: second}))
    found = [s for s in both.entities[KAZAKHSTAN].statements["P463"] if s.main.value == EntityId("Q318693")]
    assert sorted((len(each.qualifiers), len(each.references)) for each in found) == [(0, 1), (1, 1)]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2009", "+2009-00-00T00:00:00Z/9"),
        ("2009-10", "+2009-10-00T00:00:00Z/10"),
        ("2012-05-23", "+2012-05-23T00:00:00Z/11"),
        ("2012-10-11/2012-10-12", "+2012-10-00T00:00:00Z/10"),
        ("[2025-06-01..2025-12-31]", "+2025-00-00T00:00:00Z/9"),
        ("2012-12/2013-01", None),
        ("[..1992-10]", None),
        ("2003/..", None),
        ("2009?", None),
        ("2009~", None),
    ],
)
def test_a_date_is_said_as_exactly_as_is_true(text: str, time: str | None) -> None:
    found = within(text)
    assert (f"{found.time}/{found.precision}" if found else None) == time


def test_an_interval_has_a_start_and_an_end() -> None:
    assert span("2012-10-11/2012-10-12") == Span(Point(point("2012-10-11")), Point(point("2012-10-12")))
    assert span("2003/") == Span(Point(point("2003")), Point(None, model.UNKNOWN))
    assert span("2003/..") == Span(Point(point("2003")), None)
    assert span("/2019") == Span(None, Point(point("2019")))
    assert span("2003?/2004") is None
    assert span("2003") is None


def test_rules_name_only_what_the_table_of_terms_or_the_slices_confirm() -> None:
    known = {term.id for given in read_terms().all.values() for term in given}
    beside = {"P248", "P805", "P361", "P664"}  # of references, and of qualifiers: no term of ours stands for them
    assert set(read_rules().datatypes) - known <= beside


def test_a_rule_that_isn_t_understood_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(
        '[entities]\nclasses = []\n[properties]\nP585 = "time"\n[[statement]]\nof = "kt:Event"\nwhen = "P585"\n'
    )
    with pytest.raises(InputError, match="unknown key 'when'"):
        read_rules(path)
    path.write_text('[entities]\nclasses = []\n[properties]\n[[statement]]\nof = "kt:Event"\nproperty = "P31"\n')
    with pytest.raises(InputError, match="P31 has no datatype"):
        read_rules(path)
    path.write_text("[entities")
    with pytest.raises(InputError, match="isn't TOML"):
        read_rules(path)
