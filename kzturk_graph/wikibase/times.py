"""Wikibase's points in time: one spelling for all that JSON and RDF have.

JSON writes a year as it is called (``-0044`` is 44 BC) and in the calendar that is named; RDF counts with a year zero
(``-0043`` is 44 BC, as XSD 1.1 has it) and always in the Gregorian calendar where the day is known. After
https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Time.
"""

from __future__ import annotations

import re

from kzturk_graph.wikibase.model import GREGORIAN, JULIAN, Time

YEAR, MONTH, DAY = 9, 10, 11

_TIME = re.compile(r"([+-]?)(\d{1,16})-(\d\d)-(\d\d)T(\d\d:\d\d:\d\d)Z?")
_XSD = re.compile(r"(-?)(\d{1,16})-(\d\d)-(\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.\d+)?)?(?:Z|[+-]00:00)?")


def canonical(text: str, precision: int, calendar: str = GREGORIAN) -> Time:
    """A time of Wikibase's JSON with a year of at least four digits, and zeros for what its precision leaves open.

    Raises ValueError where the text or the precision isn't one of Wikibase's.
    """
    found = _TIME.fullmatch(text)
    if not found or not 0 <= precision <= 14:
        raise ValueError(f"{text!r} with precision {precision} is no time")
    sign, year, month, day, clock = found.groups()
    return Time(
        _spelled(-int(year) if sign == "-" else int(year), int(month), int(day), clock, precision), precision, calendar
    )


def from_xsd(text: str, precision: int | None, calendar: str = GREGORIAN) -> Time:
    """A time of Wikibase's RDF, by ``wikibase:timeValue`` or straight from a truthy triple.

    Where the precision isn't told (None, as in truthy data), the first of January is taken for a year and any other
    date for a day: the first of a month can't be told from the month itself, and most such dates are days.
    Raises ValueError where the text is no date; one that XSD has no form for is kept by RDF as JSON spells it.
    """
    if text[:1] == "+":
        return canonical(text, DAY if precision is None else precision, calendar)
    found = _XSD.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no time")
    sign, digits, month, day = found[1], int(found[2]), int(found[3]), int(found[4])
    if precision is None:
        precision = YEAR if (month, day) == (1, 1) else DAY
    if not 0 <= precision <= 14:
        raise ValueError(f"{precision} is no precision")
    year = -digits if sign else digits
    if calendar == JULIAN and precision >= DAY:
        year, month, day = julian(year, month, day)
    if year <= 0 and precision >= YEAR:
        year -= 1  # there is no year zero in Wikibase
    return Time(_spelled(year, month, day, found[5] or "00:00:00", precision), precision, calendar)


def _spelled(year: int, month: int, day: int, clock: str, precision: int) -> str:
    month, day = month if precision >= MONTH else 0, day if precision >= DAY else 0
    return (
        f"{'-' if year < 0 else '+'}{abs(year):04d}-{month:02d}-{day:02d}T{clock if precision > DAY else '00:00:00'}Z"
    )


def julian(year: int, month: int, day: int) -> tuple[int, int, int]:
    """A Gregorian date in the Julian calendar, both with a year zero; by way of the Julian day number."""
    before = (14 - month) // 12
    years, months = year + 4800 - before, month + 12 * before - 3
    number = day + (153 * months + 2) // 5 + 365 * years + years // 4 - years // 100 + years // 400 - 32045
    return from_day_number(number)


def from_day_number(number: int) -> tuple[int, int, int]:
    """The Julian year (with a year zero), month and day of a Julian day number."""
    shifted = number + 32082
    years = (4 * shifted + 3) // 1461
    days = shifted - 1461 * years // 4
    months = (5 * days + 2) // 153
    return years - 4800 + months // 10, months + 3 - 12 * (months // 10), days - (153 * months + 2) // 5 + 1
