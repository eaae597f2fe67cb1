"""Wikibase values as RDF literals."""

from __future__ import annotations

import re
from decimal import Decimal

from kzturk_graph.wikibase.model import JULIAN, Time
from kzturk_graph.wikibase.times import DAY, YEAR

_PARTS = re.compile(r"([+-])(\d+)-(\d\d)-(\d\d)T(.*)Z")


def date_time(time: Time) -> str | None:
    """The ``xsd:dateTime`` of a time: in the Gregorian calendar, with a year zero, the first month or day for one that
    isn't told; None where no year can be named.

    >>> date_time(Time("+2009-10-00T00:00:00Z", 10))
    '2009-10-01T00:00:00Z'
    """
    found = _PARTS.fullmatch(time.time)
    if not found:
        return None
    year, month, day = int(found[2]), int(found[3]) or 1, int(found[4]) or 1
    if found[1] == "-":
        year = -(year - 1) if time.precision >= YEAR else -year  # XSD 1.1 has a year zero, Wikibase none
    if time.calendar == JULIAN and time.precision >= DAY:
        year, month, day = gregorian(year, month, day)
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}T{found[5]}Z"


def gregorian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """A Julian date in the Gregorian calendar, both with a year zero; by way of the Julian day number.

    >>> gregorian(1917, 10, 25)
    (1917, 11, 7)
    """
    before = (14 - month) // 12
    years, months = year + 4800 - before, month + 12 * before - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - 32083
    centuries, rest = divmod(4 * (number + 32044) + 3, 146097)
    shifted, days = divmod(4 * (rest // 4) + 3, 1461)
    count, left = divmod(5 * (days // 4) + 2, 153)
    return 100 * centuries + shifted - 4800 + count // 10, count + 3 - 12 * (count // 10), left // 5 + 1


def decimal(number: Decimal) -> str:
    """A number as Wikibase spells it: with its sign, without exponent.

    >>> decimal(Decimal("18E6"))
    '+18000000'
    """
    return f"{number:+f}"
