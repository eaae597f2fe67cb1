"""The words of pictures: whole in each language, and how each writes amounts and times."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest

from kzturk_graph import dates, terms
from kzturk_graph.plots import draw
from kzturk_graph.plots.bars import ticks
from kzturk_graph.plots.places import albers
from kzturk_graph.plots.theme import THEMES
from kzturk_graph.plots.wording import Words, read
from kzturk_graph.results import Entity

USD = Entity(terms.PREFIXES["cur"] + "USD", "US dollar")


@pytest.mark.parametrize("language", terms.LANGUAGES)
def test_every_language_has_every_text_with_the_same_gaps(language: str) -> None:
    english, other = read("en"), read(language)
    assert set(other) == set(english)
    for name, text in english.items():
        assert sorted(re.findall(r"\{\w+\}", other[name])) == sorted(re.findall(r"\{\w+\}", text)), name
        assert other[name].strip() or name == "number.thousands"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "over $556.8 million"),
        ("tr", "556,8 milyon $ üzeri"),
        ("kk", "556,8 млн $ астам"),
        ("ru", "свыше 556,8 млн $"),
    ],
)
def test_an_amount_with_its_qualifier(language: str, said: str) -> None:
    words = Words(language)
    assert words.qualified(words.amount(Decimal("556800000"), USD), Entity(terms.CONCEPT + "over", "over")) == said


def test_no_digit_of_an_amount_is_lost() -> None:
    assert Words("en").amount(Decimal("1234567890")) == "1.23456789 billion"
    assert Words("en").number(Decimal("37083333")) == "37,083,333"


@pytest.mark.parametrize(
    ("edtf", "said"),
    [
        ("2005", "2005"), ("2009-10", "Oct 2009"), ("2022-05-10", "10 May 2022"), ("2025-01/2025-05", "Jan–May 2025"),
        ("2012-10-11/2012-10-12", "11–12 Oct 2012"), ("2005/2024", "2005–2024"), ("[..1992-10]", "by Oct 1992"),
        ("2003/", "since 2003"), ("/2019", "until 2019"), ("2012~", "2012?"),
    ],
)  # fmt: skip
def test_a_time_in_words(edtf: str, said: str) -> None:
    assert Words("en").time(dates.parse(edtf)) == said


@pytest.mark.parametrize("theme", list(THEMES))
def test_colours_stand_out_from_their_ground(theme: str) -> None:
    colours = THEMES[theme]
    for hue in (*colours.hues, colours.line):
        assert _contrast(hue, colours.ground) >= 3, hue
    for ink in (colours.ink, colours.soft):
        assert _contrast(ink, colours.ground) >= 4.5, ink
        assert _contrast(ink, colours.land) >= 4.5, ink


def _contrast(one: str, other: str) -> float:
    """WCAG 2's contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("largest", [1, 7, 300, 681e6, 15e9, 50e9])
def test_ticks_are_few_and_even(largest: float) -> None:
    found = ticks(largest)
    assert 3 <= len(found) <= 5
    assert found[-1] <= largest < found[-1] + found[1]
    assert len({round(after - before, 6) for before, after in pairwise(found)}) == 1


def test_texts_are_cut_to_their_room() -> None:
    assert draw.clipped("Kazakhstan", 500, 11) == "Kazakhstan"
    cut = draw.clipped("a long name that has no room", 60, 11)
    assert cut.endswith("…")
    assert draw.width_of(cut, 11) <= 60


def test_the_projection_keeps_east_right_and_north_up() -> None:
    ankara, astana = albers(32.86, 39.92), albers(71.45, 51.18)
    assert astana[0] > ankara[0]
    assert albers(55, 60)[1] < albers(55, 30)[1]
    assert albers(55, 40)[0] == pytest.approx(0)
