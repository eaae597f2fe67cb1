"""RDF values of ours as Wikibase values, by the datatype of the property they are for."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import EntityId, Monolingual, Quantity, Snak
from kzturk_graph.wikibase.ours.dates import within

Term = ox.NamedNode | ox.Literal
Ids = Mapping[str, str]
"""Our IRI → the id of its entity; what isn't here becomes no value."""

_TEXTS = ("string", "external-id", "url")


def snak(property: str, datatype: str, value: Term, ids: Ids, unit: str = "1", language: str = "") -> Snak | None:
    """The value as a snak of a property; None where Wikibase can't say the same.

    A date is said by the day, month or year in which all of it lies. ``unit`` is an entity's IRI; ``language`` is
    that of a title without a tag of its own.
    """
    made = _value(datatype, value, ids, unit, language)
    return None if made is None else Snak(property, made, model.VALUE, datatype)


def _value(datatype: str, value: Term, ids: Ids, unit: str, language: str) -> model.Value | None:
    if isinstance(value, ox.NamedNode):
        known = ids.get(value.value)
        return EntityId(known) if known and datatype == "wikibase-item" else None
    if datatype == "time":
        return within(value.value) if value.datatype.value == terms.EDTF else None
    if datatype == "quantity":
        return Quantity(plain(Decimal(value.value)), unit)
    if datatype == "monolingualtext":
        spoken = value.language or language
        return Monolingual(value.value, spoken) if spoken else None
    return value.value if datatype in _TEXTS else None


def plain(number: Decimal) -> Decimal:
    """A number without the zeros behind its point that our spelling has.

    >>> plain(Decimal("18000000.0"))
    Decimal('18000000')
    """
    return number.to_integral_value() if number == number.to_integral_value() else number.normalize()
