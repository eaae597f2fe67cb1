"""The conflicts of the packaged documents: those that a reader wants, and no other."""

from __future__ import annotations

import datetime

import pytest

from kzturk_graph import terms
from kzturk_graph.conflicts.find import find
from kzturk_graph.conflicts.model import Conflict
from kzturk_graph.errors import UnknownName
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.selection import Selection

EXPECTED = [
    # rule, kinds, thing, passages of each side
    ("number", {"contradiction"}, "kz-tr", [{"003-p22"}, {"001-p16"}]),
    ("qualifier", {"qualifier", "self"}, "kz-tr", [{"004-p17"}, {"004-p33"}, {"002-p8"}]),
    ("period", {"period"}, "kazakhstan", [{"004-p36"}, {"002-p8"}]),
    ("growth", {"contradiction", "self"}, "trade-turnover", [{"001-p16"}, {"001-p16"}]),
    ("date", {"contradiction", "self"}, "003", [{"003-p5"}, {"003-p77"}]),
    ("origin", {"contradiction", "self"}, "hlscc", [{"004-p46"}, {"003-p13", "004-p11"}, {"000-p4"}]),
    ("stage", {"stage", "self"}, "new-synergy", [{"003-p21"}, {"003-p20"}]),
    ("stage", {"stage"}, "visa-free-stay-90-days", [{"002-p16"}, {"004-p42"}]),
    ("credit", {"credit"}, "ots", [{"004-p13"}, {"000-p7"}]),
    ("doubtful-passage", {"defect"}, "002-p15", [{"002-p15"}]),
    ("doubtful-passage", {"defect"}, "003-p77", [{"003-p77"}]),
    ("damaged-passage", {"defect"}, "001-p18-s2", [{"001-p18-s2"}]),
    ("dangling-citation", {"defect"}, "003", [{"003-p64"}]),
    ("footnote", {"defect"}, "003-p23", [{"003-p23"}]),
]
ALSO = {
    # no less wanted: plans beside reports of unknown order, damaged sentences, marks that lead nowhere
    ("held", "hlscc-5"),
    ("held", "visit-tokayev-2025"),
    ("doubtful-passage", "000-p8"),
    ("doubtful-passage", "003-p28"),
    ("dangling-citation", "002"),
}


@pytest.fixture(scope="module")
def found(corpus: Corpus) -> list[Conflict]:
    return find(corpus)


def _sides(conflict: Conflict) -> list[set[str]]:
    return [{terms.local(place) for each in side.witnesses for place in each.passages} for side in conflict.sides]


@pytest.mark.parametrize(("rule", "kinds", "thing", "sides"), EXPECTED)
def test_is_listed(found: list[Conflict], rule: str, kinds: set[str], thing: str, sides: list[set[str]]) -> None:
    (conflict,) = [each for each in found if (each.rule, terms.local(each.thing)) == (rule, thing)]
    assert set(conflict.kinds) == kinds
    for side in sides:
        assert side in _sides(conflict)


def test_nothing_else_is_listed(found: list[Conflict]) -> None:
    wanted = {(rule, thing) for rule, _, thing, _ in EXPECTED} | ALSO
    assert {(each.rule, terms.local(each.thing)) for each in found} == wanted
    assert len(found) == len(wanted)


def test_a_witness_tells_its_date_voice_and_mode(found: list[Conflict]) -> None:
    (conflict,) = [each for each in found if each.rule == "qualifier"]
    by = {terms.local(witness.passages[0]): witness for witness in conflict.witnesses}
    assert by["004-p33"].voices == (terms.ENTITY + "musabekova",)
    assert by["004-p17"].voices != by["004-p33"].voices
    assert by["002-p8"].stated is not None
    assert by["002-p8"].stated.earliest == datetime.date(2025, 7, 1)
    assert by["002-p8"].published == "surpassed the $5 billion mark"


def test_the_decision_is_told(found: list[Conflict]) -> None:
    (conflict,) = [each for each in found if each.rule == "date"]
    (decision,) = conflict.decisions
    assert terms.local(decision.rejected) == "003-p77-year"
    assert terms.local(decision.preferred or "") == "003-p5"
    assert decision.because
    assert decision.on == "2026-11-22"


def test_kinds_topics_and_entities_select(corpus: Corpus, found: list[Conflict]) -> None:
    assert {each.rule for each in find(corpus, kinds=["period", "credit"])} == {"period", "credit"}
    assert {each.rule for each in find(corpus, kinds=["self"])} >= {"origin", "stage"}
    assert {each.rule for each in find(corpus, topics=["trade"])} == {"number", "qualifier", "growth"}
    council = find(corpus, entity=terms.ENTITY + "hlscc")
    assert "origin" in {each.rule for each in council}
    assert len(council) < len(found)
    # a pair of states stands for its members
    assert "number" in {each.rule for each in find(corpus, entity=terms.ENTITY + "turkiye")}


@pytest.mark.parametrize("wrong", [{"kinds": ["quarrel"]}, {"topics": ["weather"]}])
def test_an_unknown_kind_or_topic_is_refused(corpus: Corpus, wrong: dict[str, list[str]]) -> None:
    with pytest.raises(UnknownName):
        find(corpus, **wrong)  # type: ignore[arg-type]


def test_a_document_left_out_takes_no_side(corpus: Corpus) -> None:
    assert all("002" not in each.documents for each in find(corpus, Selection(without=frozenset({"002"}))))
    assert {each.documents for each in find(corpus, Selection(sources=frozenset({"003"})))} == {("003",)}


def test_a_day_and_a_voice_restrict(corpus: Corpus) -> None:
    early = find(corpus, Selection(as_of=datetime.date(2018, 1, 1)))
    assert "qualifier" not in {each.rule for each in early}
    assert "stage" in {each.rule for each in early}  # 003 is of 2017
    one = find(corpus, Selection(voices=frozenset({terms.ENTITY + "daily-sabah"})))
    assert {each.rule for each in one} == {"footnote"}


def test_twice_the_same(corpus: Corpus, found: list[Conflict]) -> None:
    assert find(corpus) == found
    assert len({each.name for each in found}) == len(found)
