"""The days that a Wikibase time allows, whatever its precision and calendar."""

from __future__ import annotations

import re
from typing import NamedTuple

from kzturk_graph.wikibase.model import JULIAN, Time
from kzturk_graph.wikibase.times import DAY, MONTH, YEAR

_TIME = re.compile(r"([+-])(\d+)-(\d\d)-(\d\d)T")


class Span(NamedTuple):
    """The first and the last day, as Julian day numbers; None where there is no bound on that side."""

    first: int | None
    last: int | None

    def apart(self, other: Span) -> bool:
        """Whether the two share no day."""
        return _before(self, other) or _before(other, self)

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly within this one."""
        return (self.first is None or (other.first is not None and self.first <= other.first)) and (
            self.last is None or (other.last is not None and other.last <= self.last)
        )


EVER = Span(None, None)


def _before(one: Span, other: Span) -> bool:
    return one.last is not None and other.first is not None and one.last < other.first


def days(time: Time) -> Span:
    """The days of a time; without bounds where its text isn't a time.

    >>> days(Time("+2012-02-00T00:00:00Z", 10)) == Span(2455959, 2455987)
    True
    >>> julian = "http://www.wikidata.org/entity/Q1985786"
    >>> days(Time("+1917-10-25T00:00:00Z", 11, julian)) == days(Time("+1917-11-07T00:00:00Z", 11))
    True
    """
    found = _TIME.match(time.time)
    if not found:
        return EVER
    year, month, day = int(found[2]), int(found[3]), int(found[4])
    if found[1] == "-":
        year = 1 - year  # Wikibase has no year zero, reckoning needs one
    julian = time.calendar == JULIAN
    if time.precision >= DAY and month and day:
        return Span(*[_number(year, month, day, julian)] * 2)
    if time.precision >= MONTH and month:
        after = (year + month // 12, month % 12 + 1)
        return Span(_number(year, month, 1, julian), _number(*after, 1, julian) - 1)
    first, last = _years(year, min(time.precision, YEAR))
    return Span(_number(first, 1, 1, julian), _number(last + 1, 1, 1, julian) - 1)


def _years(year: int, precision: int) -> tuple[int, int]:
    """The years of a year, a decade (``1990`` to ``1999``), or a century and longer (``1901`` to ``2000``)."""
    if precision == YEAR:
        return year, year
    length: int = 10 ** (YEAR - precision)
    decade = precision == YEAR - 1
    first = year // length * length if decade else (year - 1) // length * length + 1
    return first, first + length - 1


def _number(year: int, month: int, day: int, julian: bool) -> int:
    """The Julian day number of a date; see https://en.wikipedia.org/wiki/Julian_day."""
    before = (14 - month) // 12
    years, months = year + 4800 - before, month + 12 * before - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4
    return number - 32083 if julian else number - years // 100 + years // 400 - 32045
