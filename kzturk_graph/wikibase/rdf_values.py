"""Values of the Wikibase RDF model: plain literals and IRIs as in truthy data, and whole value nodes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

import pyoxigraph as ox

from kzturk_graph.wikibase import rdf_terms as terms
from kzturk_graph.wikibase.json_reader import LONGEST_NUMBER
from kzturk_graph.wikibase.model import EARTH, GREGORIAN, Coordinate, EntityId, Monolingual, Quantity, Value
from kzturk_graph.wikibase.times import from_xsd

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple

_POINT = re.compile(r"\s*(?:<([^<>]+)>\s*)?point\s*\(\s*([-+\d.eE]+)\s+([-+\d.eE]+)\s*\)\s*", re.IGNORECASE)
_NUMBERS = {terms.XSD + name for name in ("decimal", "integer", "double", "float", "int", "long")}
_DATES = {terms.XSD + name for name in ("dateTime", "date")}


def is_unknown(term: Term) -> bool:
    """Whether a term says that there is a value, but not which: a blank node or what stands for one."""
    return isinstance(term, ox.BlankNode) or (isinstance(term, ox.NamedNode) and terms.genid(term.value))


def language(tag: str) -> str:
    """MediaWiki's own code for a language tag."""
    return terms.LANGUAGES.get(tag.lower(), tag.lower())


def plain(term: Term, bases: Iterable[str]) -> Value:
    """The value of a literal or an IRI; entities are those whose IRI begins with one of ``bases``.

    Raises ValueError where a literal doesn't fit its datatype.
    """
    if isinstance(term, ox.NamedNode):
        if own := terms.own_entity(term.value):
            return EntityId(own[1])
        found = terms.entity_iri(term.value)
        if found and any(same(found[0], base) for base in bases):
            return EntityId(found[1])
        return terms.file_name(term.value) or term.value
    if not isinstance(term, ox.Literal):
        raise ValueError(f"{term} is no value")
    text, datatype = term.value, term.datatype.value
    if term.language:
        return Monolingual(text, language(term.language))
    if datatype in _DATES:
        return from_xsd(text, None)
    if datatype in _NUMBERS:
        return Quantity(number(text))
    if datatype == terms.WKT:
        return point(text)
    return text


def same(one: str, other: str) -> bool:
    """Whether two bases are the same but for http and https."""
    return one.partition("://")[2] == other.partition("://")[2]


def number(text: str) -> Decimal:
    """A decimal number. Raises ValueError where it is none."""
    try:
        found = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"{text!r} is no number") from None
    if not found.is_finite() or abs(found.adjusted()) > LONGEST_NUMBER:
        raise ValueError(f"{text!r} is no number")
    return found


def point(text: str) -> Coordinate:
    """A WKT point: the longitude first, and before it a globe's IRI where it isn't the Earth."""
    found = _POINT.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no point")
    return Coordinate(float(found[3]), float(found[2]), None, found[1] or EARTH)


def node(pairs: Iterable[tuple[str, Term]]) -> Value | None:
    """The value that a value node describes; None where it describes none. Raises ValueError at a broken one."""
    known = {
        name: term.value for iri, term in pairs if (name := terms.wikibase(iri)) and not isinstance(term, ox.Triple)
    }
    if "timeValue" in known:
        precision = int(known["timePrecision"]) if "timePrecision" in known else None
        return from_xsd(known["timeValue"], precision, known.get("timeCalendarModel", GREGORIAN))
    if "quantityAmount" in known:
        lower, upper = known.get("quantityLowerBound"), known.get("quantityUpperBound")
        unit = known.get("quantityUnit", terms.NO_UNIT)
        return Quantity(
            number(known["quantityAmount"]),
            "1" if unit in (terms.NO_UNIT, "1") else unit,
            None if lower is None else number(lower),
            None if upper is None else number(upper),
        )
    if "geoLatitude" in known and "geoLongitude" in known:
        precision_ = known.get("geoPrecision")
        return Coordinate(
            float(known["geoLatitude"]),
            float(known["geoLongitude"]),
            None if precision_ is None else float(precision_),
            known.get("geoGlobe", EARTH),
        )
    return None
