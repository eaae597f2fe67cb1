"""EDTF dates as Wikibase's points in time, as far as these can say the same."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from kzturk_graph import dates
from kzturk_graph.wikibase.model import UNKNOWN, VALUE, Time
from kzturk_graph.wikibase.times import DAY, MONTH, YEAR

_PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_OPEN = ("", "..")


class Point(NamedTuple):
    """A time, or that there is one and it isn't known (``somevalue``)."""

    time: Time | None
    kind: str = VALUE


class Span(NamedTuple):
    """When something began and ended; None where that isn't said, or where it goes on."""

    start: Point | None
    end: Point | None


def point(text: str) -> Time | None:
    """The time of a plain year, month or day; None for anything else.

    >>> point("2009-10")
    Time(time='+2009-10-00T00:00:00Z', precision=10, calendar='http://www.wikidata.org/entity/Q1985727')
    """
    if not _PLAIN.fullmatch(text):
        return None
    year, month, day = (text + "-00-00").split("-")[:3]
    return Time(f"+{year}-{month}-{day}T00:00:00Z", (YEAR, MONTH, DAY)[text.count("-")])


def span(text: str) -> Span | None:
    """The start and end of an interval (``2003/..``, ``2013/2017``); None where it is none, or one is uncertain.

    An unknown end (``2003/``) is unknown here too; an open one, or a start that isn't given, says nothing.
    """
    if text.count("/") != 1:
        return None
    left, right = text.split("/")
    if any(each not in _OPEN and point(each) is None for each in (left, right)):
        return None
    start = Point(point(left)) if left not in _OPEN else None
    if right == "":
        return Span(start, Point(None, UNKNOWN))
    return Span(start, Point(point(right)) if right != ".." else None)


def within(text: str) -> Time | None:
    """The shortest day, month or year in which all of a date lies: less exact than the date where it must be, and true.

    None where no year holds it, where a side is open, or where the date is doubtful.

    >>> within("2012-10-11/2012-10-12").time
    '+2012-10-00T00:00:00Z'
    """
    plain = point(text)
    if plain is not None:
        return plain
    if any(mark in text for mark in "?~%"):
        return None
    value = dates.parse(text)
    if value.earliest is None or value.latest is None:
        return None
    return _shared(value.earliest, value.latest)


def _shared(first: datetime.date, last: datetime.date) -> Time | None:
    if first == last:
        return point(first.isoformat())
    if (first.year, first.month) == (last.year, last.month):
        return point(first.isoformat()[:7])
    return point(first.isoformat()[:4]) if first.year == last.year else None
