"""EDTF: the days that a value allows, and what is refused."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzturk_graph import dates
from kzturk_graph.errors import UsageError

DAY = datetime.date


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("1991-12-16", DAY(1991, 12, 16), DAY(1991, 12, 16)),
        ("2009-10", DAY(2009, 10, 1), DAY(2009, 10, 31)),
        ("2024-02", DAY(2024, 2, 1), DAY(2024, 2, 29)),
        ("2012", DAY(2012, 1, 1), DAY(2012, 12, 31)),
        ("2012-10-11/2012-10-12", DAY(2012, 10, 11), DAY(2012, 10, 12)),
        ("2025-01/2025-04", DAY(2025, 1, 1), DAY(2025, 4, 30)),
        ("2003/..", DAY(2003, 1, 1), None),
        ("2003/", DAY(2003, 1, 1), None),
        ("/2025", None, DAY(2025, 12, 31)),
        ("[..1992-10]", None, DAY(1992, 10, 31)),
        ("[2019..]", DAY(2019, 1, 1), None),
        ("[2015-04-15..2015-04-17]", DAY(2015, 4, 15), DAY(2015, 4, 17)),
        ("[2012,2014]", DAY(2012, 1, 1), DAY(2014, 12, 31)),
        (" 2012 ", DAY(2012, 1, 1), DAY(2012, 12, 31)),
    ],
)
def test_bounds(text: str, earliest: DAY | None, latest: DAY | None) -> None:
    value = dates.parse(text)
    assert (value.earliest, value.latest) == (earliest, latest)
    assert value.text == text.strip()


def test_unknown_end_is_not_an_open_one() -> None:
    assert dates.parse("2003/").unknown_end
    assert not dates.parse("2003/..").unknown_end


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "05/2012",
        "2012-13",
        "2012-02-30",
        "2015/2012",
        "2012/2013/2014",
        "/",
        "..",
        "[2012",
        "[..]",
        "12",
        "20120501",
    ],
)
def test_refused(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        dates.parse(text)
    assert repr(text) in caught.value.message
    assert caught.value.hint


@given(st.dates(min_value=DAY(1000, 1, 1)), st.dates(min_value=DAY(1000, 1, 1)))
def test_an_interval_lasts_from_its_first_to_its_last_day(one: DAY, other: DAY) -> None:
    first, last = sorted((one, other))
    value = dates.parse(f"{first}/{last}")
    assert (value.earliest, value.latest) == (first, last)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        value = dates.parse(text)
    except UsageError:
        return
    assert value.earliest or value.latest
