"""What a stranger asks of a thing: names, types, and values of its properties, each with how it is to be met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from kzturk_graph import dates
from kzturk_graph.errors import UsageError
from kzturk_graph.names import fold

ANY, ALL, NONE = "any", "all", "none"
QUANTIFIERS = (ANY, ALL, NONE)
SIMILAR, EXACT = "similar", "exact"
QUALIFIERS = (SIMILAR, EXACT)
SHOULD = "should"
STRICTNESS = (ANY, ALL, SHOULD)
MET = 0.85
"""How well values have to agree for a condition to be met."""
LESS_PRECISE, OVERLAPPING = 0.9, 0.7
"""How alike two dates are where one lies within the other, and where they share some days."""


class Condition(NamedTuple):
    """Values that a thing should have, each as the texts that it may be told by (an id, a name).

    ``property`` is a local name of ours, a CURIE, an IRI or a property of Wikidata; empty for the names of the thing.
    ``quantifier`` tells which of the values: ``any``, ``all`` or ``none``; ``qualifier`` whether they have to be the
    same (``exact``, but for case and accents) or ``similar``. What fails a ``required`` condition is no candidate.
    """

    property: str
    values: tuple[tuple[str, ...], ...]
    quantifier: str = ANY
    required: bool = False
    qualifier: str = SIMILAR


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: names (any of them), types with how strict they are, conditions, and how many answers at most.

    A thing has to be of ``any`` or ``all`` of the types to be a match; with ``should`` it is only better if it is.
    """

    names: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    strict: str = ANY
    conditions: tuple[Condition, ...] = ()
    limit: int = 5


def values(given: Any) -> tuple[tuple[str, ...], ...]:
    """One value or a list of them (texts, numbers, truths, ``{"id": …, "name": …}``) as texts; empty ones are left out.

    >>> values(["Ankara", {"id": "almaty", "name": "Almaty"}])
    (('Ankara',), ('almaty', 'Almaty'))
    """
    several = given if isinstance(given, list | tuple | set) else [given]
    return tuple(texts for each in several if (texts := _texts(each)))


def _texts(value: Any) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        return tuple(str(value[key]) for key in ("id", "name") if value.get(key))
    if isinstance(value, bool):
        return (str(value).lower(),)
    return (str(value),) if value not in (None, "") else ()


def agreement(condition: Condition, ours: Sequence[str], weights: Mapping[str, float]) -> float | None:
    """How well a condition is met by our values, from 0 to 1; None where there is nothing to compare."""
    if not ours or not condition.values:
        return None
    shares = [_best(texts, ours, weights) for texts in condition.values]
    if condition.qualifier == EXACT:
        shares = [float(share == 1) for share in shares]
    if condition.quantifier == NONE:
        return 1 - max(shares)
    return min(shares) if condition.quantifier == ALL else max(shares)


def _best(texts: Iterable[str], ours: Sequence[str], weights: Mapping[str, float]) -> float:
    if weights:
        return max(alike(text, each, weights) for text in texts for each in ours)
    return max(_remembered(text, each) for text in texts for each in ours)


@lru_cache(maxsize=50_000)
def _remembered(text: str, ours: str) -> float:
    """How alike two values are without weights: many things share a value."""
    return alike(text, ours, {})


def alike(text: str, ours: str, weights: Mapping[str, float]) -> float:
    """How alike two values are: the same, dates that share days, the same number, or names that are alike."""
    from kzturk_graph.matching.likeness import likeness

    if fold(text) == fold(ours):
        return 1.0
    if text[:1].isdigit() or ours[:1].isdigit():
        days = _date(text), _date(ours)
        if days[0] and days[1]:
            return _dates(days[0], days[1])
        numbers = _number(text), _number(ours)
        if None not in numbers:
            return float(numbers[0] == numbers[1])
    return likeness(ours, text, weights)


def _date(text: str) -> dates.Edtf | None:
    try:
        return dates.parse(text.partition("T")[0])
    except UsageError:
        return None


def _dates(one: dates.Edtf, other: dates.Edtf) -> float:
    if None in (one.earliest, one.latest, other.earliest, other.latest):
        return 0.0
    first, last = (one.earliest, one.latest), (other.earliest, other.latest)
    if first == last:
        return 1.0
    if (first[0] <= last[0] and last[1] <= first[1]) or (last[0] <= first[0] and first[1] <= last[1]):  # type: ignore[operator]
        return LESS_PRECISE
    return OVERLAPPING if first[0] <= last[1] and last[0] <= first[1] else 0.0  # type: ignore[operator]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
