"""A stranger's cell against our things."""

from __future__ import annotations

import pytest

from kzturk_graph.matching.reconcile import match


def slug(found: list) -> str | None:  # type: ignore[type-arg]
    return found[0].id.rsplit("/", 1)[-1] if found else None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Назарбаев", "nazarbayev"),
        ("NURSULTAN NAZARBAEV", "nazarbayev"),
        ("İSTANBUL", "istanbul"),
        ("istanbul", "istanbul"),
        ("Түркістан облысы", "turkistan-region"),
        ("Turkistan", "turkistan"),
        ("Қазақстан", "kazakhstan"),
        ("Kazakistan", "kazakhstan"),
        ("TIKA", "tika"),
        ("Zhanseyit Tuymebaev", "tuimebayev"),
        ("id:hlscc", "hlscc"),
        ("https://w3id.org/kzturk/id/hlscc", "hlscc"),
    ],
)
def test_a_cell_is_matched(cell: str, expected: str) -> None:
    found = match(cell)
    assert slug(found) == expected
    assert found[0].match
    assert found[0].score >= 90


def test_a_misspelt_cell_is_found_and_not_matched() -> None:
    found = match("Istambul")
    assert slug(found) == "istanbul"
    assert not found[0].match


def test_scores_are_graded() -> None:
    same, spelt, other = (
        match(each)[0].score for each in ("Middle Corridor", "Middle Coridor", "Middle Corridors of it")
    )
    assert same == 100.0 > spelt > other


def test_a_type_that_does_not_fit_is_no_match() -> None:
    found = match("Astana", type="Person")
    assert not any(each.match for each in found)
    assert ("type", False) in found[0].features
    assert match("Astana", type="kt:Place")[0].match
    assert match("Astana", type="c:city")[0].match


def test_properties_tell_things_apart() -> None:
    in_ankara = match("embassy", properties=[("kt:city", "Анкара")], limit=3)
    assert slug(in_ankara) == "kz-embassy-ankara"
    assert ("property:kt:city", 100.0) in in_ankara[0].features
    in_almaty = match("embassy", properties=[("city", {"id": "almaty"})], limit=3)
    assert slug(in_almaty) == "tr-embassy-almaty"


def test_a_property_of_wikidata_stands_for_ours() -> None:
    found = match("Hatay", properties=[("P17", "Turkey")])
    assert ("property:P17", 100.0) in found[0].features


def test_a_property_that_we_lack_changes_nothing() -> None:
    assert match("Hatay", properties=[("no-such-property", "x"), ("city", "")])[0].score == match("Hatay")[0].score


@pytest.mark.parametrize("cell", ["", " ", "?!", "zzzzqqqq", "漢字", "'"])
def test_nothing_is_found_for_nothing(cell: str) -> None:
    assert match(cell) == []


def test_no_more_than_asked_for() -> None:
    assert len(match("Kazakhstan", limit=2)) == 2
