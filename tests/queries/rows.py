"""Rows as a case writes them: a thing as its slug, everything else as its text, numbers in plain decimals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kzturk_graph import terms

NUMBERS = {terms.XSD + name for name in ("integer", "decimal", "double", "float")}


def plain(term: Any) -> str:
    """A pyoxigraph or rdflib term as text that both engines agree on."""
    is_oxigraph = isinstance(term, ox.NamedNode | ox.Literal)
    text = term.value if is_oxigraph else str(term)
    if type(term).__name__ in ("NamedNode", "URIRef"):
        return terms.local(text) if text.startswith(terms.BASE) else terms.curie(text)
    datatype = str(term.datatype.value if is_oxigraph else term.datatype)
    return number(text) if datatype in NUMBERS else text


def number(text: str) -> str:
    """A number without exponent and trailing zeros, to six places."""
    return f"{Decimal(text).quantize(Decimal('0.000001')).normalize():f}"


def of_solutions(columns: Sequence[str], solutions: Iterable[Sequence[Any]]) -> list[dict[str, str]]:
    """Rows by column name, empty cells left out."""
    return [
        {name: plain(term) for name, term in zip(columns, row, strict=True) if term is not None} for row in solutions
    ]


def wanted(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Rows as a case gives them, in the same spelling; a cell of null is left out."""
    return [{key: _spelled(value) for key, value in row.items() if value is not None} for row in rows]


def _spelled(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return number(str(value)) if isinstance(value, int | float) else str(value)
