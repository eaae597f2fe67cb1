"""How one value stands to another: the same, more or less precise, apart; each at the precision that it states."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kzturk_graph.compare.spans import days
from kzturk_graph.names import fold
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import Coordinate, EntityId, Monolingual, Quantity, Snak, Time
from kzturk_graph.wikibase.ours.identity import is_own
from kzturk_graph.wikibase.times import DAY, MONTH, YEAR

if TYPE_CHECKING:
    from kzturk_graph.conflicts.intervals import Interval

SAME, OURS, THEIRS, APART, UNKNOWN = "same", "ours", "theirs", "apart", "unknown"
"""How values stand: the same, ours or theirs is more precise, they exclude each other, it can't be told."""

_SECOND_OF_ARC = 1 / 3600
_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?(.*?)/?", re.IGNORECASE | re.DOTALL)


class Relation(NamedTuple):
    """How ours stands to theirs, and what there is to say about it."""

    kind: str
    note: str = ""

    @property
    def fits(self) -> bool:
        """Whether both can be true of one fact."""
        return self.kind in (SAME, OURS, THEIRS)


@dataclass(frozen=True)
class Scale:
    """What comparing needs to know: whether theirs is ``truthy``, whether one item lies within another (``within(inner,
    outer)``), the numbers that a figure allows (``span(amount)``) where nothing else is said of it, and the id that an
    item has after redirects (``end(id)``).
    """

    truthy: bool
    within: Callable[[str, str], bool]
    span: Callable[[Decimal], Interval]
    end: Callable[[str], str] = str


def relation(ours: Snak, theirs: Snak, scale: Scale, allowed: Interval | None = None) -> Relation:
    """How our snak stands to theirs. ``allowed`` are the numbers that ours allows, where it isn't exact."""
    if ours.kind != model.VALUE or theirs.kind != model.VALUE or ours.value is None or theirs.value is None:
        return _unvalued(ours.kind, theirs.kind)
    one, other = ours.value, theirs.value
    if isinstance(one, EntityId) and isinstance(other, EntityId):
        return _items(one.id, other.id, scale)
    if isinstance(one, Time) and isinstance(other, Time):
        return times(one, other, scale.truthy)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return _numbers(one, other, scale, allowed)
    if isinstance(one, Coordinate) and isinstance(other, Coordinate):
        return _places(one, other)
    if isinstance(one, Monolingual) and isinstance(other, Monolingual):
        return Relation(SAME if one.language == other.language and fold(one.text) == fold(other.text) else APART)
    if isinstance(one, str) and isinstance(other, str):
        return Relation(SAME if _key(one, ours.datatype) == _key(other, ours.datatype) else APART)
    return Relation(UNKNOWN, "the values are of different kinds")


def _unvalued(ours: str, theirs: str) -> Relation:
    if ours == theirs:
        return Relation(SAME)
    if model.NONE in (ours, theirs):
        return Relation(APART, "theirs says that there is none" if theirs == model.NONE else "ours says: none")
    if theirs == model.UNKNOWN:
        return Relation(OURS, "theirs says that there is one, and not which")
    return Relation(THEIRS, "ours says that there is one, and not which")


def _items(ours: str, theirs: str, scale: Scale) -> Relation:
    ours, theirs = scale.end(ours), scale.end(theirs)
    if ours == theirs:
        return Relation(SAME)
    if is_own(ours):
        return Relation(UNKNOWN, "our value has no link")
    if scale.within(theirs, ours):
        return Relation(THEIRS, "their value lies within ours")
    if scale.within(ours, theirs):
        return Relation(OURS, "our value lies within theirs")
    return Relation(APART)


def times(ours: Time, theirs: Time, truthy: bool = False) -> Relation:
    """How two times stand, by the days that they allow. Of truthy dates the precision is partly unknown."""
    one, other = days(ours), days(theirs)
    if one == other:
        return Relation(SAME)
    if truthy and theirs.precision == DAY and theirs.time[-12:-10] == "01":
        month = days(theirs._replace(precision=MONTH))
        if not one.apart(month) and not one.holds(month):
            return Relation(SAME, "truthy data doesn't tell whether theirs is the first of the month or all of it")
    if one.apart(other):
        return Relation(APART)
    if other.holds(one):
        doubt = truthy and theirs.precision == YEAR
        return Relation(OURS, "truthy data doesn't tell whether theirs is 1 January or the year" if doubt else "")
    return Relation(THEIRS) if one.holds(other) else Relation(SAME, "the two overlap")


def _numbers(ours: Quantity, theirs: Quantity, scale: Scale, allowed: Interval | None) -> Relation:
    if ours.unit != theirs.unit:
        return Relation(UNKNOWN, "the units differ")
    bounded = _bounds(theirs)
    one = allowed or _bounds(ours) or scale.span(ours.amount)
    if one.apart(bounded or scale.span(theirs.amount)):
        return Relation(APART)
    if allowed is not None:
        return Relation(THEIRS)
    if ours.amount == theirs.amount:
        return Relation(SAME)
    widths = _width(ours), _width(theirs)
    if widths[0] == widths[1]:
        return Relation(SAME, "the two lie as near as their figures are exact")
    return Relation(OURS if widths[0] < widths[1] else THEIRS)


def _bounds(value: Quantity) -> Interval | None:
    from kzturk_graph.conflicts.intervals import Interval

    if value.lower is None or value.upper is None or value.lower == value.upper:
        return None
    return Interval((value.lower, 0), (value.upper, 0))


def _width(value: Quantity) -> Decimal:
    """How exact a number is: its bounds, else one of its last digit that isn't a zero at its end."""
    if value.lower is not None and value.upper is not None and value.lower != value.upper:
        return value.upper - value.lower
    exponent = value.amount.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(0)


def _places(ours: Coordinate, theirs: Coordinate) -> Relation:
    if ours.globe != theirs.globe:
        return Relation(APART, "the globes differ")
    widths = [each.precision or _SECOND_OF_ARC for each in (ours, theirs)]
    across = abs(ours.longitude - theirs.longitude) % 360
    away = max(abs(ours.latitude - theirs.latitude), min(across, 360 - across))
    if away > max(widths):
        return Relation(APART, f"{away:.3g} degrees apart")
    if max(widths) < 2 * min(widths):
        return Relation(SAME)
    return Relation(OURS if widths[0] < widths[1] else THEIRS)


def _key(text: str, datatype: str | None) -> str:
    """What two texts are compared by: addresses without scheme, names folded, identifiers as they are."""
    if datatype == "external-id":
        return text.strip()
    if datatype == "url":
        found = _ADDRESS.fullmatch(text.strip())
        assert found is not None  # it matches any text
        host, slash, path = found[1].partition("/")
        return host.casefold() + slash + path
    return fold(text)
