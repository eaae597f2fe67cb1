"""Values at their stated precision: times in two calendars, figures with bounds, places, texts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from kzturk_graph.compare import ours, spans, timing, values, wording
from kzturk_graph.compare.ours import span
from kzturk_graph.compare.spans import days
from kzturk_graph.compare.values import APART, OURS, SAME, THEIRS, UNKNOWN, relation, times
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import Coordinate, EntityId, Monolingual, Snak, Time
from tests.compare.made_up import ASTANA, KAZAKHSTAN, SCALE, number, time


@pytest.mark.parametrize("module", [spans, values, timing, wording, ours])
def test_examples_run(module: object) -> None:
    import doctest

    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def of(value: model.Value, datatype: str | None = None) -> Snak:
    return Snak("P1", value, datatype=datatype)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("1992-03-02", "1992-03-02", SAME),
        ("1992-03-02", "1992", OURS),
        ("1992", "1992-03-02", THEIRS),
        ("1992-03", "1992-04", APART),
        ("1992", "1993-01-01", APART),
    ],
)
def test_times_stand_by_the_days_they_allow(one: str, other: str, kind: str) -> None:
    assert times(time(one), time(other)).kind == kind


def test_a_julian_day_is_the_gregorian_day_that_it_was() -> None:
    assert times(time("1917-10-25", model.JULIAN), time("1917-11-07")).kind == SAME
    assert times(time("1917-10-25", model.JULIAN), time("1917-10-25")).kind == APART


@pytest.mark.parametrize(
    ("text", "precision", "inside", "outside"),
    [
        ("+1990-00-00T00:00:00Z", 8, "1999-12-31", "2000-01-01"),
        ("+2000-00-00T00:00:00Z", 7, "1901-01-01", "2001-01-01"),
        ("+2000-00-00T00:00:00Z", 6, "1001-01-01", "1000-12-31"),
    ],
)
def test_decades_and_centuries_have_their_days(text: str, precision: int, inside: str, outside: str) -> None:
    long = days(Time(text, precision))
    assert long.holds(days(time(inside)))
    assert long.apart(days(time(outside)))


def test_years_before_christ_are_in_order() -> None:
    assert days(Time("-0001-00-00T00:00:00Z", 9)).last + 1 == days(Time("+0001-00-00T00:00:00Z", 9)).first  # type: ignore[operator]


def test_the_first_of_a_month_in_truthy_data_may_be_the_month() -> None:
    found = times(time("1992-03-02"), time("1992-03-01"), truthy=True)
    assert found.kind == SAME
    assert "truthy" in found.note
    assert times(time("1992-03-02"), time("1992-03-01")).kind == APART
    assert times(time("1992-04-02"), time("1992-03-01"), truthy=True).kind == APART


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (number("18000000"), number("18037776"), THEIRS),
        (number("18037776"), number("18000000"), OURS),
        (number("18000000"), number("18000000", "18000000", "18000000"), SAME),
        (number("18000000"), number("17000000"), APART),
        (number("5"), number("5.2", "4", "6"), OURS),
        (number("7"), number("5.2", "4", "6"), APART),
        (number("5"), number("5", unit=model.WIKIDATA + "Q4917"), UNKNOWN),
        (number("0"), number("0"), SAME),
    ],
)
def test_figures_stand_by_what_they_allow(one: model.Quantity, other: model.Quantity, kind: str) -> None:
    assert relation(of(one), of(other), SCALE).kind == kind


@pytest.mark.parametrize(
    ("qualifier", "theirs", "kind"),
    [
        ("about", "4980000000", THEIRS),
        ("about", "4000000000", APART),
        ("over", "5300000000", THEIRS),
        ("over", "4800000000", APART),
        ("almost", "4900000000", THEIRS),
        ("almost", "5300000000", APART),
        ("at-least", "5000000000", THEIRS),
    ],
)
def test_a_loose_figure_of_ours_allows_what_its_qualifier_says(qualifier: str, theirs: str, kind: str) -> None:
    five = number("5000000000")
    allowed = span(Decimal(5000000000), f"https://w3id.org/kzturk/concept/{qualifier}")
    assert relation(of(five), of(number(theirs)), SCALE, allowed).kind == kind


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (Coordinate(51.16, 71.43, 0.01), Coordinate(51.1605, 71.4304, 0.0001), THEIRS),
        (Coordinate(51.1605, 71.4304, 0.0001), Coordinate(51.16, 71.43, 0.01), OURS),
        (Coordinate(51.16, 71.43, 0.01), Coordinate(51.165, 71.43, 0.01), SAME),
        (Coordinate(51.16, 71.43, 0.01), Coordinate(43.25, 76.9, 0.01), APART),
        (Coordinate(0.0, 179.999, 0.01), Coordinate(0.0, -179.999, 0.01), SAME),
    ],
)
def test_places_stand_by_their_precision(one: Coordinate, other: Coordinate, kind: str) -> None:
    assert relation(of(one), of(other), SCALE).kind == kind


def test_texts_are_folded_identifiers_are_not() -> None:
    assert relation(of("İSTANBUL", "string"), of("istanbul", "string"), SCALE).kind == SAME
    assert relation(of("KZ", "external-id"), of("kz", "external-id"), SCALE).kind == APART
    same = relation(of("http://www.Example.org/A/", "url"), of("https://example.org/A", "url"), SCALE)
    assert same.kind == SAME
    assert relation(of("https://example.org/a", "url"), of("https://example.org/A", "url"), SCALE).kind == APART
    assert relation(of(Monolingual("Қазақстан", "kk")), of(Monolingual("Қазақстан", "ru")), SCALE).kind == APART


def test_an_item_within_another_is_more_precise() -> None:
    inside = replace(SCALE, within=lambda inner, outer: (inner, outer) == (ASTANA, KAZAKHSTAN))
    assert relation(of(EntityId(KAZAKHSTAN)), of(EntityId(ASTANA)), inside).kind == THEIRS
    assert relation(of(EntityId(ASTANA)), of(EntityId(KAZAKHSTAN)), inside).kind == OURS
    assert relation(of(EntityId(ASTANA)), of(EntityId(KAZAKHSTAN)), SCALE).kind == APART
    assert relation(of(EntityId("KT/id/x")), of(EntityId(KAZAKHSTAN)), SCALE).kind == UNKNOWN


def test_a_merged_item_is_the_one_that_it_went_into() -> None:
    merged = replace(SCALE, end=lambda each: {"Q5119": ASTANA}.get(each, each))
    assert relation(of(EntityId("Q5119")), of(EntityId(ASTANA)), merged).kind == SAME
    assert relation(of(EntityId(ASTANA)), of(EntityId("Q5119")), merged).kind == SAME
