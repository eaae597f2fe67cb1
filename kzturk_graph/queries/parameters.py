"""What a person gives for a query's parameters, as the terms that go into the query."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import cast

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.errors import UnknownName, UsageError
from kzturk_graph.graph import lookup
from kzturk_graph.names import fold
from kzturk_graph.queries.binding import Term
from kzturk_graph.queries.header import Parameter, SavedQuery

Value = str | int | float | Decimal | datetime.date | dates.Edtf
Given = Mapping[str, Value | Sequence[Value] | None]


def bindings(query: SavedQuery, given: Given, store: ox.Store, language: str = "en") -> dict[str, list[Term]]:
    """The terms for each parameter of a query, from the values given and the defaults.

    A date parameter ``on`` also gives ``on_earliest`` and ``on_latest``, as ``xsd:date``, where it has them. Parameters
    without value are left out. Raises UsageError for an unknown parameter, a missing one, or a value of the wrong type.
    """
    for name in given:
        if query.parameter(name) is None:
            raise UnknownName(f"parameter of {query.name}", name, [each.name for each in query.parameters])
    found: dict[str, list[Term]] = {}
    for parameter in query.parameters:
        values = _given(parameter, given.get(parameter.name), language)
        if not values:
            if parameter.required:
                raise UsageError(f"{query.name} needs a value for {parameter.name}", parameter.help)
            continue
        found[parameter.name] = [term(parameter, value, store) for value in values]
        if parameter.type == "date":
            found.update(_bounds(parameter.name, values[0]))
    return found


def term(parameter: Parameter, value: str, store: ox.Store) -> Term:
    """One value of a parameter as a term. Raises UsageError that names the parameter where it isn't of its type."""
    try:
        return _TERMS[parameter.type](parameter, value, store)
    except UsageError as error:
        error.message = f"{parameter.name}: {error.message}"
        raise


def _given(parameter: Parameter, value: Value | Sequence[Value] | None, language: str) -> list[str]:
    if value is None or value == () or value == []:
        if parameter.type == "language":
            return [language]
        return [parameter.default] if parameter.default is not None else []
    several = isinstance(value, list | tuple) and not isinstance(value, dates.Edtf)  # a date is a tuple, too
    values = list(cast("Sequence[Value]", value)) if several else [cast("Value", value)]
    if len(values) > 1 and not parameter.many:
        raise UsageError(f"{parameter.name} takes one value, {len(values)} are given")
    return [each.isoformat() if isinstance(each, datetime.date) else str(each) for each in values]


def _bounds(name: str, text: str) -> dict[str, list[Term]]:
    value = dates.parse(text)
    days = {"earliest": value.earliest, "latest": value.latest}
    date_type = ox.NamedNode(terms.XSD + "date")
    return {f"{name}_{side}": [ox.Literal(day.isoformat(), datatype=date_type)] for side, day in days.items() if day}


def _entity(parameter: Parameter, value: str, store: ox.Store) -> Term:
    return lookup.find(store, value, parameter.of)


def _date(parameter: Parameter, value: str, store: ox.Store) -> Term:
    return ox.Literal(dates.parse(value).text, datatype=ox.NamedNode(terms.EDTF))


def _integer(parameter: Parameter, value: str, store: ox.Store) -> Term:
    try:
        return ox.Literal(str(int(value)), datatype=ox.NamedNode(terms.XSD + "integer"))
    except ValueError:
        raise UsageError(f"{value!r} is not a whole number") from None


def _year(parameter: Parameter, value: str, store: ox.Store) -> Term:
    if not (len(value) == 4 and value.isascii() and value.isdigit()):
        raise UsageError(f"{value!r} is not a year", "write four digits: 2012")
    return _integer(parameter, value, store)


def _decimal(parameter: Parameter, value: str, store: ox.Store) -> Term:
    try:
        number = Decimal(value)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite():
        raise UsageError(f"{value!r} is not a number", "write it with a decimal point: 1.5") from None
    return ox.Literal(f"{number:f}", datatype=ox.NamedNode(terms.XSD + "decimal"))


def _text(parameter: Parameter, value: str, store: ox.Store) -> Term:
    return ox.Literal(value)


def _language(parameter: Parameter, value: str, store: ox.Store) -> Term:
    if value not in terms.LANGUAGES:
        raise UnknownName("language", value, list(terms.LANGUAGES))
    return ox.Literal(value)


def _choice(parameter: Parameter, value: str, store: ox.Store) -> Term:
    if parameter.scheme is None:
        if value not in parameter.choices:
            raise UnknownName("choice", value, list(parameter.choices))
        return ox.Literal(value)
    concepts = scheme_concepts(store, parameter.scheme)
    for concept, names in concepts.items():
        if fold(value) in {fold(name) for name in names}:
            return ox.NamedNode(concept)
    raise UnknownName("choice", value, [terms.local(concept) for concept in concepts])


def scheme_concepts(store: ox.Store, scheme: str) -> dict[str, set[str]]:
    """The concepts of a scheme (its slug), each with every text that stands for it: slug, CURIE, labels."""
    members = store.quads_for_pattern(
        None, ox.NamedNode(terms.SKOS + "inScheme"), ox.NamedNode(f"{terms.CONCEPT}scheme-{scheme}")
    )
    found: dict[str, set[str]] = {}
    for quad in members:
        iri = quad.subject.value  # type: ignore[union-attr]
        names = lookup.labels(store, ox.NamedNode(iri)).values()
        found[iri] = {terms.local(iri), terms.curie(iri), iri, *names}
    return dict(sorted(found.items()))


_TERMS = {
    "entity": _entity,
    "date": _date,
    "integer": _integer,
    "year": _year,
    "decimal": _decimal,
    "text": _text,
    "language": _language,
    "choice": _choice,
}
