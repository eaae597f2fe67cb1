"""Intervals of numbers and of days: what a value allows, and which values exclude one another."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from kzturk_graph import dates

Bound = tuple[Decimal, int]
"""A number and on which side of it the bound lies: 0 on it, 1 just above, -1 just below."""

INFINITY = Decimal("Infinity")


@dataclass(frozen=True)
class Allowance:
    """How far a qualifier lets the true number lie from the one given, as factors of it; None where there
    is no bound."""

    low: Decimal | None
    high: Decimal | None
    above: bool = False
    below: bool = False


@dataclass(frozen=True)
class Interval:
    """What lies from ``low`` to ``high``, each bound on, just above or just below its number."""

    low: Bound
    high: Bound

    def holds(self, other: Interval) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.low <= other.low and other.high <= self.high

    def apart(self, other: Interval) -> bool:
        """Whether the two have nothing in common."""
        return self.high < other.low or other.high < self.low


def of_number(value: Decimal, allowance: Allowance) -> Interval:
    """The numbers that a value with such a qualifier allows.

    >>> over = Allowance(Decimal(1), None, above=True)
    >>> of_number(Decimal(5), over).apart(of_number(Decimal(5), Allowance(Decimal("0.9"), Decimal(1))))
    True
    """
    low = (-INFINITY, 0) if allowance.low is None else (value * allowance.low, int(allowance.above))
    high = (INFINITY, 0) if allowance.high is None else (value * allowance.high, -int(allowance.below))
    if value < 0 and allowance.low is not None and allowance.high is not None:
        low, high = (high[0], low[1]), (low[0], high[1])
    return Interval(low, high)


def of_date(value: dates.Edtf) -> Interval:
    """The days that a date allows, as ordinals; without bound where it is open or unknown."""

    def ordinal(day: datetime.date | None, without: Decimal) -> Bound:
        return (Decimal(day.toordinal()) if day else without, 0)

    return Interval(ordinal(value.earliest, -INFINITY), ordinal(value.latest, INFINITY))


def excluded(intervals: Sequence[tuple[Hashable, Interval]]) -> list[int]:
    """The places of those intervals that lie apart from one of another label; in one pass, not pair by
    pair.

    >>> one, two = Interval((Decimal(1), 0), (Decimal(1), 0)), Interval((Decimal(2), 0), (Decimal(2), 0))
    >>> excluded([("a", one), ("b", two), ("c", Interval((Decimal(0), 0), (Decimal(9), 0)))])
    [0, 1]
    """
    highest: dict[Hashable, Bound] = {}
    lowest: dict[Hashable, Bound] = {}
    for label, each in intervals:
        highest[label] = max(each.low, highest.get(label, each.low))
        lowest[label] = min(each.high, lowest.get(label, each.high))
    lows, highs = _two_best(highest, last=True), _two_best(lowest, last=False)
    found = []
    for place, (label, each) in enumerate(intervals):
        low = next((bound for name, bound in lows if name != label), None)
        high = next((bound for name, bound in highs if name != label), None)
        if (low is not None and low > each.high) or (high is not None and high < each.low):
            found.append(place)
    return found


def _two_best(bounds: Mapping[Hashable, Bound], *, last: bool) -> list[tuple[Hashable, Bound]]:
    return sorted(bounds.items(), key=lambda pair: pair[1], reverse=last)[:2]
