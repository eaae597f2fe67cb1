"""The verdict on one statement, for each verdict and each trap."""

from __future__ import annotations

from kzturk_graph.compare.judge import Judge
from kzturk_graph.compare.model import (
    AGREE,
    DISAGREE,
    ONLY_OURS,
    ONLY_THEIRS,
    OURS_FINER,
    THEIRS_FINER,
    UNCOMPARED,
    Ours,
)
from kzturk_graph.compare.ours import span
from kzturk_graph.compare.rules import read_rules
from kzturk_graph.terms import CONCEPT
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import DEPRECATED, PREFERRED, EntityId, Snak, Statement
from tests.compare.made_up import (
    ALMATY,
    ASTANA,
    KAZAKHSTAN,
    NATO,
    SCALE,
    SCO,
    TURKIYE,
    TURKSOY,
    item,
    judged,
    number,
    said,
    time,
)

PRESIDENT, NAZARBAYEV, TOKAYEV = "Q5256775", "Q57394", "Q200881"


def test_the_same_value_agrees() -> None:
    fact = judged(said("P463", SCO), said("P463", NATO), said("P463", SCO))
    assert fact.verdict == AGREE
    assert [each.main.value for each in fact.theirs] == [EntityId(SCO)]


def test_another_value_of_several_is_no_disagreement() -> None:
    assert judged(said("P463", SCO), said("P463", NATO)).verdict == ONLY_OURS
    assert judged(said("P530", TURKIYE), said("P530", "Q183")).verdict == ONLY_OURS
    assert judged(said("P1891", TURKIYE), said("P1891", "Q183")).verdict == ONLY_OURS


def test_another_value_of_one_alone_is_a_disagreement() -> None:
    fact = judged(said("P571", time("1991")), said("P571", time("1936")))
    assert fact.verdict == DISAGREE
    assert judged(said("P297", "KZ"), said("P297", "KA")).verdict == DISAGREE


def test_a_day_is_more_precise_than_its_year() -> None:
    assert judged(said("P571", time("1991-12-16")), said("P571", time("1991"))).verdict == OURS_FINER
    assert judged(said("P571", time("1991")), said("P571", time("1991-12-16"))).verdict == THEIRS_FINER


def test_a_start_is_told_by_one_side_or_both() -> None:
    day, year, none = said("P463", SCO, start="1996-04-26"), said("P463", SCO, start="1996"), said("P463", SCO)
    assert judged(day, none).verdict == OURS_FINER
    assert judged(none, day).verdict == THEIRS_FINER
    assert judged(day, year).verdict == OURS_FINER
    assert judged(year, day).verdict == THEIRS_FINER
    assert judged(day, said("P463", SCO, start="2001")).verdict == DISAGREE


def test_each_more_precise_in_something_agrees() -> None:
    fact = judged(said("P463", SCO, start="1996-04-26"), said("P463", SCO, start="1996", end="2030"))
    assert fact.verdict == AGREE
    assert "each is more precise in something" in fact.notes[0]


def test_truthy_data_says_nothing_by_lacking_times() -> None:
    fact = judged(said("P463", SCO, start="1996"), said("P463", SCO), truthy=True)
    assert fact.verdict == AGREE
    assert "not its time" in fact.notes[0]


def test_truthy_data_may_hide_a_value_of_lower_rank() -> None:
    assert "lower rank" in judged(said("P463", SCO), said("P463", NATO), truthy=True).notes[0]
    assert not judged(said("P463", SCO), truthy=True).notes[:-1]


def test_deprecated_is_no_agreement_and_nothing_to_carry_over() -> None:
    because = {"P2241": (Snak("P2241", EntityId("Q5")),)}
    wrong = Statement(Snak("P463", EntityId(SCO)), DEPRECATED, because)
    fact = judged(said("P463", SCO), wrong)
    assert fact.verdict == DISAGREE
    assert fact.notes == ("theirs is deprecated (Q5)",)
    assert judged(said("P463", SCO), wrong, said("P463", SCO)).verdict == AGREE
    assert judged(said("P571", time("1991")), said("P571", time("1936"), DEPRECATED)).verdict == ONLY_OURS


def test_a_preferred_rival_of_what_agrees_is_told() -> None:
    fact = judged(said("P36", ALMATY), said("P36", ALMATY), said("P36", ASTANA, PREFERRED))
    assert fact.verdict == AGREE
    assert fact.notes == ("theirs prefers another value",)


def test_disagreement_is_with_what_theirs_prefers() -> None:
    fact = judged(said("P571", time("1990")), said("P571", time("1936")), said("P571", time("1991"), PREFERRED))
    assert [each.main.value for each in fact.theirs] == [time("1991")]


def test_a_holder_is_compared_in_its_time() -> None:
    terms = (said("P35", NAZARBAYEV, start="1991", end="2019-03-20"), said("P35", TOKAYEV, start="2019-03-20"))
    assert judged(said("P35", NAZARBAYEV, at="2017"), *terms).verdict == THEIRS_FINER
    assert judged(said("P35", NAZARBAYEV, start="1991", end="2019-03-20"), *terms).verdict == AGREE
    assert judged(said("P35", TOKAYEV, at="2017"), *terms).verdict == DISAGREE
    assert judged(said("P35", NAZARBAYEV, start="2012", end="2014"), *terms).verdict == DISAGREE
    assert judged(said("P35", "Q42852", at="2014"), *terms).verdict == DISAGREE
    assert judged(said("P35", "Q42852", at="1985"), *terms).verdict == ONLY_OURS


def test_what_held_in_2017_isn_t_refuted_by_a_later_end() -> None:
    assert (
        judged(said("P463", SCO, at="2017-09-13"), said("P463", SCO, start="2001", end="2021")).verdict == THEIRS_FINER
    )
    fact = judged(said("P463", SCO, at="2017-09-13"), said("P463", SCO, end="2011"))
    assert fact.verdict == DISAGREE
    assert "outside" in fact.notes[0]


def test_a_second_term_is_found() -> None:
    first, second = said("P39", PRESIDENT, start="1991", end="1999"), said("P39", PRESIDENT, start="2005", end="2011")
    fact = judged(said("P39", PRESIDENT, at="2009-10"), first, second)
    assert [each.qualifiers for each in fact.theirs] == [second.qualifiers]
    assert fact.verdict == THEIRS_FINER


def test_a_point_in_time_of_what_lasts_is_no_precision() -> None:
    assert judged(said("P463", SCO, at="2017"), said("P463", SCO)).verdict == AGREE
    assert judged(said("P463", SCO, at="2017"), said("P463", SCO, at="2019")).verdict == AGREE


def test_a_point_in_time_of_an_act_is() -> None:
    assert judged(said("P1891", TURKIYE, at="2012-10-11"), said("P1891", TURKIYE)).verdict == OURS_FINER
    assert judged(said("P1891", TURKIYE, at="2012"), said("P1891", TURKIYE, at="2014")).verdict == DISAGREE


def test_an_unknown_end_is_an_end() -> None:
    assert judged(said("P463", SCO, end="?"), said("P463", SCO)).verdict == OURS_FINER
    assert judged(said("P463", SCO, end="?"), said("P463", SCO, end="2020")).verdict == THEIRS_FINER


def test_figures_are_compared_in_their_time() -> None:
    ours = said("P1082", number("18000000"), at="2017-09-13")
    assert judged(ours, said("P1082", number("17948816"), at="2014-07")).verdict == ONLY_OURS
    assert judged(ours, said("P1082", number("16000000"), at="2017")).verdict == DISAGREE
    assert judged(ours, said("P1082", number("18037776"), at="2017")).verdict == AGREE  # our day, their number
    assert judged(ours, said("P1082", number("16000000"))).verdict == UNCOMPARED
    assert judged(ours, said("P1082", number("16000000")), truthy=True).verdict == UNCOMPARED


def test_a_loose_figure_agrees_with_an_exact_one() -> None:
    about = Ours(
        said("P2196", number("8000"), at="2013"), (), span(number("8000").amount, CONCEPT + "about"), "about 8,000"
    )
    assert judged(about, said("P2196", number("8120"), at="2013")).verdict == THEIRS_FINER
    assert judged(about, said("P2196", number("5000"), at="2013")).verdict == DISAGREE
    assert "no number that a Wikibase can hold" in judged(about).notes[0]


def test_a_capital_of_another_time_is_no_disagreement() -> None:
    then = said("P36", ALMATY, at="1995")
    assert judged(then, said("P36", ASTANA, start="1997-12")).verdict == ONLY_OURS
    assert judged(then, said("P36", ASTANA)).verdict == UNCOMPARED
    assert judged(then, said("P36", ASTANA), truthy=True).verdict == UNCOMPARED
    assert judged(then, said("P36", ASTANA, start="1990")).verdict == DISAGREE
    assert judged(said("P36", ALMATY), said("P36", ASTANA, start="1997-12")).verdict == DISAGREE
    assert judged(said("P36", ALMATY), said("P36", ASTANA, end="1990")).verdict == UNCOMPARED


def test_what_isn_t_linked_can_t_be_compared() -> None:
    fact = judged(said("P463", "KT/id/hlscc"), said("P463", SCO))
    assert fact.verdict == UNCOMPARED
    assert fact.notes == ("our value has no link",)


def test_units_that_differ_can_t_be_compared() -> None:
    dollars = said("P2131", number("5", unit=model.WIKIDATA + "Q4917"), at="2017")
    assert judged(dollars, said("P2131", number("5", unit=model.WIKIDATA + "Q172872"), at="2017")).verdict == UNCOMPARED


def test_unknown_and_no_value_of_theirs() -> None:
    assert judged(said("P571", time("1991")), said("P571", None)).verdict == OURS_FINER
    assert judged(said("P463", SCO), said("P463", None)).verdict == ONLY_OURS
    fact = judged(said("P463", SCO), said("P463", model.NONE))
    assert fact.verdict == DISAGREE
    assert fact.notes == ("theirs says that there is none",)


def test_the_other_side_of_a_symmetric_property_counts() -> None:
    other = item(TURKIYE, said("P530", KAZAKHSTAN, start="1992-03-02"))
    fact = judged(said("P530", TURKIYE, start="1992"), others=(other,))
    assert (fact.verdict, fact.via) == (THEIRS_FINER, TURKIYE)
    assert "only of Q43, as P530" in " ".join(fact.notes)
    part = judged(said("P361", TURKSOY), others=(item(TURKSOY, said("P527", KAZAKHSTAN)),))
    assert (part.verdict, part.via) == (AGREE, TURKSOY)


def test_only_theirs_is_what_no_statement_of_ours_met() -> None:
    theirs = item(
        KAZAKHSTAN, said("P463", SCO), said("P463", NATO), said("P463", TURKSOY, DEPRECATED), said("P38", "Q173751")
    )
    judge = Judge(read_rules(), SCALE, {KAZAKHSTAN: theirs})
    alone = [f for f in judge.facts([Ours(said("P463", SCO))], theirs, frozenset({"P463"})) if f.verdict == ONLY_THEIRS]
    assert [each.theirs[0].main.value for each in alone] == [EntityId(NATO)]
    every = [f.property for f in judge.facts([], theirs, None)]
    assert every == ["P463", "P463", "P38"]
