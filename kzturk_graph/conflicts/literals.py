"""Literals as numbers and dates, and the text by which two terms are compared, whatever their spelling."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.errors import UsageError

Term = ox.NamedNode | ox.Literal


def number(term: Term | None) -> Decimal | None:
    """A literal as a number; None where it isn't one."""
    if not isinstance(term, ox.Literal):
        return None
    try:
        value = Decimal(term.value)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def date(term: Term | None) -> dates.Edtf | None:
    """A literal as a date; None where it isn't one."""
    return parsed(term.value) if isinstance(term, ox.Literal) and term.datatype.value == terms.EDTF else None


@lru_cache(maxsize=100_000)
def parsed(text: str) -> dates.Edtf | None:
    """An EDTF text as a date; None where it isn't one."""
    try:
        return dates.parse(text)
    except UsageError:
        return None


@lru_cache(maxsize=200_000)
def normal(term: Term) -> str:
    """The text by which two terms are compared."""
    if isinstance(term, ox.NamedNode):
        return term.value
    if term.datatype.value == terms.EDTF:
        value = parsed(term.value)
        return term.value if value is None else f"{value.earliest or ''}..{value.latest or ''}"
    value_of = number(term) if term.datatype.value.startswith(terms.XSD) and not term.language else None
    return f"{value_of.normalize():f}" if value_of is not None else term.value


def unbounded(term: Term) -> bool:
    """Whether a date has no first or no last day that is known."""
    value = date(term)
    return value is not None and (value.earliest is None or value.latest is None)
