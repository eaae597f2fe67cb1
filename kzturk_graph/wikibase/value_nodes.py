"""Snaks as RDF: the simple value, and the value node that says all of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.wikibase import namespaces, xsd
from kzturk_graph.wikibase.model import EARTH, Coordinate, EntityId, Monolingual, Quantity, Snak, Time
from kzturk_graph.wikibase.ours.identity import iri_of
from kzturk_graph.wikibase.rdf_terms import LANGUAGES, NO_UNIT

Node = ox.NamedNode | ox.BlankNode
Object = ox.NamedNode | ox.BlankNode | ox.Literal
TYPE = ox.NamedNode(terms.TYPE)

_TAGS = {code: tag for tag, code in LANGUAGES.items()}
_FILES = "http://commons.wikimedia.org/wiki/Special:FilePath/"
_DATA = "http://commons.wikimedia.org/data/main/"
_NO_IRI = re.compile(r'[\x00-\x20"<>\\^`{|}\x7f]')
_WKT = ox.NamedNode(namespaces.GEO + "wktLiteral")


def typed(text: str, name: str) -> ox.Literal:
    """A literal of one of XSD's types."""
    return ox.Literal(text, datatype=ox.NamedNode(terms.XSD + name))


def wikibase(name: str) -> ox.NamedNode:
    """A term of Wikibase's ontology."""
    return ox.NamedNode(namespaces.WIKIBASE + name)


def simple(snak: Snak, where: str) -> Object:
    """The value of a snak as one term; a blank node for *somevalue*, named after ``where`` it stands."""
    value = snak.value
    if value is None:
        return ox.BlankNode(digest("somevalue", where, snak.property))
    if isinstance(value, EntityId):
        return ox.NamedNode(iri_of(value.id))
    if isinstance(value, Time):
        date = xsd.date_time(value)
        return typed(date, "dateTime") if date is not None else ox.Literal(value.time)
    if isinstance(value, Quantity):
        return typed(xsd.decimal(value.amount), "decimal")
    if isinstance(value, Monolingual):
        return tagged(value.text, value.language)
    if isinstance(value, Coordinate):
        point = f"Point({_number(value.longitude)} {_number(value.latitude)})"
        globe = "" if value.globe == EARTH else f"<{value.globe}> "
        return ox.Literal(globe + point, datatype=_WKT)
    return _text(value, snak.datatype)


def _text(text: str, datatype: str | None) -> Object:
    if datatype == "commonsMedia":
        return ox.NamedNode(_FILES + quote(text, safe=""))
    if datatype in ("geo-shape", "tabular-data"):
        return ox.NamedNode(_DATA + quote(text.replace(" ", "_"), safe=":/"))
    if datatype == "url":
        try:
            return ox.NamedNode(_NO_IRI.sub(lambda sign: quote(sign[0]), text))
        except ValueError:  # a URL that is none stays a text
            return ox.Literal(text)
    return ox.Literal(text)


def tagged(text: str, language: str) -> ox.Literal:
    """A text with its language, MediaWiki's own codes as language tags; without where the code is none."""
    try:
        return ox.Literal(text, language=_TAGS.get(language, language))
    except ValueError:
        return ox.Literal(text)


def node(value: object) -> ox.NamedNode | None:
    """The IRI of the value node of a time, quantity or coordinate; None for a value that has none."""
    if not isinstance(value, Time | Quantity | Coordinate):
        return None
    return ox.NamedNode(namespaces.OWN_VALUE + digest(type(value).__name__, repr(tuple(value))))


def node_triples(value: object) -> Iterator[ox.Triple]:
    """What a value node says; nothing for a value that has none."""
    subject = node(value)
    if subject is None:
        return
    parts = _time(value) if isinstance(value, Time) else _other(value)
    for predicate, given in parts:
        yield ox.Triple(subject, predicate, given)


def _time(value: Time) -> Iterator[tuple[ox.NamedNode, Object]]:
    yield TYPE, wikibase("TimeValue")
    date = xsd.date_time(value)
    yield wikibase("timeValue"), typed(date, "dateTime") if date is not None else ox.Literal(value.time)
    yield wikibase("timePrecision"), typed(str(value.precision), "integer")
    yield wikibase("timeTimezone"), typed("0", "integer")
    yield wikibase("timeCalendarModel"), ox.NamedNode(value.calendar)


def _other(value: object) -> Iterator[tuple[ox.NamedNode, Object]]:
    if isinstance(value, Quantity):
        yield TYPE, wikibase("QuantityValue")
        yield wikibase("quantityAmount"), typed(xsd.decimal(value.amount), "decimal")
        yield wikibase("quantityUnit"), ox.NamedNode(NO_UNIT if value.unit == "1" else value.unit)
        for name, bound in (("quantityLowerBound", value.lower), ("quantityUpperBound", value.upper)):
            if bound is not None:
                yield wikibase(name), typed(xsd.decimal(bound), "decimal")
    elif isinstance(value, Coordinate):
        yield TYPE, wikibase("GlobecoordinateValue")
        yield wikibase("geoLatitude"), typed(_number(value.latitude), "double")
        yield wikibase("geoLongitude"), typed(_number(value.longitude), "double")
        if value.precision is not None:
            yield wikibase("geoPrecision"), typed(_number(value.precision), "double")
        yield wikibase("geoGlobe"), ox.NamedNode(value.globe)


def _number(value: float) -> str:
    """The shortest spelling that reads back as the same number, without exponent."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def digest(*parts: str) -> str:
    """A name made from what it names: the same for the same, on every machine."""
    return hashlib.sha1("\x1f".join(parts).encode(), usedforsecurity=False).hexdigest()
