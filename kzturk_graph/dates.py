"""Dates as precise as their source: the part of EDTF that documents need, with the days that each value allows.

EDTF is ISO 8601-2:2019's extended date/time format, https://www.loc.gov/standards/datetime/. Of the packages on PyPI,
``edtf`` gives an unknown end a guessed one (ten years on); here an unknown end stays unknown.
"""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple

from kzturk_graph.errors import UsageError

_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%])?")
_FORMS = (
    "a day 2012-05-23, month 2012-05 or year 2012; a period 2005/2024, 2003/.., /2025; one day in between [..1992-10]"
)


class Edtf(NamedTuple):
    """A date as a source gives it: ``text`` in EDTF, with the first and the last day that it allows.

    ``earliest`` or ``latest`` is None where the value is open or unknown on that side. ``text`` tells the two apart:
    ``2003/..`` is open, ``2003/`` has an unknown end.
    """

    text: str
    earliest: datetime.date | None
    latest: datetime.date | None

    def __str__(self) -> str:
        return self.text

    @property
    def unknown_end(self) -> bool:
        """Whether the text says that there is an end and doesn't know it."""
        return self.text.endswith("/")


def parse(text: str) -> Edtf:
    """Read an EDTF value.

    >>> parse("2009-10").latest
    datetime.date(2009, 10, 31)
    >>> parse("2003/").latest is None
    True

    Raises UsageError where the text isn't one of the forms, names a day that no calendar has, or ends before it begins.
    """
    stripped = text.strip()
    try:
        value = _set(stripped) or _interval(stripped) or _single(stripped)
    except ValueError as error:
        raise UsageError(f"{text!r} is not a date: {error}", f"write {_FORMS}") from None
    if value is None:
        raise UsageError(f"{text!r} is not a date in EDTF", f"write {_FORMS}")
    if value.earliest and value.latest and value.latest < value.earliest:
        raise UsageError(f"{text!r} ends before it begins", "put the earlier date first")
    return value


def _single(text: str) -> Edtf | None:
    match = _DAY.fullmatch(text)
    if not match:
        return None
    import calendar  # only a date that is read needs it, and it is slow to import

    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    assert year is not None
    first = datetime.date(year, month or 1, day or 1)
    last_month = month or 12
    last = datetime.date(year, last_month, day or calendar.monthrange(year, last_month)[1])
    return Edtf(text, first, last)


def _interval(text: str) -> Edtf | None:
    if text.count("/") != 1:
        return None
    return _span(text, *text.split("/"))


def _set(text: str) -> Edtf | None:
    if not (text.startswith("[") and text.endswith("]")):
        return None
    inner = text[1:-1]
    if ".." in inner:
        return _span(text, *inner.split("..", 1))
    days = [_single(part.strip()) for part in inner.split(",")]
    known = [day for day in days if day and day.earliest and day.latest]
    if not known or len(known) != len(days):
        return None
    return Edtf(text, min(d.earliest for d in known if d.earliest), max(d.latest for d in known if d.latest))


def _span(text: str, left: str, right: str) -> Edtf | None:
    sides = [None if side in ("", "..") else _single(side) for side in (left, right)]
    if any(side is None and given not in ("", "..") for side, given in zip(sides, (left, right), strict=True)):
        return None
    if sides == [None, None]:
        return None
    first, last = sides
    return Edtf(text, first.earliest if first else None, last.latest if last else None)
