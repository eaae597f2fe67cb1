"""Entities, statements and values as Wikibase has them.

After https://www.mediawiki.org/wiki/Wikibase/DataModel; only what items and properties need. Every type is immutable
and compares by value, so that what is read from JSON can be compared with what is read from RDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

WIKIDATA = "http://www.wikidata.org/entity/"
GREGORIAN = WIKIDATA + "Q1985727"
JULIAN = WIKIDATA + "Q1985786"
EARTH = WIKIDATA + "Q2"

PREFERRED, NORMAL, DEPRECATED = "preferred", "normal", "deprecated"
VALUE, UNKNOWN, NONE = "value", "somevalue", "novalue"


class EntityId(NamedTuple):
    """An item, property or lexeme as a value: ``Q232``."""

    id: str


class Time(NamedTuple):
    """A point in time: ``time`` as Wikibase writes it (``+2012-10-11T00:00:00Z``, month and day 00 where the precision
    has none), ``precision`` from 0 (billion years) by 7 (century), 8 (decade), 9 (year), 10 (month) to 11 (day) and 14
    (second), and the IRI of the calendar that it is meant to be shown in.
    """

    time: str
    precision: int
    calendar: str = GREGORIAN


class Quantity(NamedTuple):
    """A number with its unit (an entity's IRI, or ``1`` for none) and, where they are stated, its bounds."""

    amount: Decimal
    unit: str = "1"
    lower: Decimal | None = None
    upper: Decimal | None = None


class Monolingual(NamedTuple):
    """A text in one language."""

    text: str
    language: str


class Coordinate(NamedTuple):
    """A place on a globe (an entity's IRI), in degrees; ``precision`` in degrees too, None where none is given."""

    latitude: float
    longitude: float
    precision: float | None = None
    globe: str = EARTH


Value = EntityId | Time | Quantity | Monolingual | Coordinate | str
"""A snak's value; ``str`` for strings, external identifiers, URLs, file names and whatever else is a text."""


class Snak(NamedTuple):
    """What is said with a property: ``kind`` is ``value``, ``somevalue`` (unknown) or ``novalue``.

    ``datatype`` is Wikibase's own (``wikibase-item``, ``external-id``, ``time``, …); None where it isn't told.
    """

    property: str
    value: Value | None
    kind: str = VALUE
    datatype: str | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a statement comes from: its snaks by property, in order."""

    snaks: Mapping[str, tuple[Snak, ...]]


@dataclass(frozen=True, slots=True)
class Statement:
    """A main snak with its rank, qualifiers (by property, in order) and references; ``id`` may be empty."""

    main: Snak
    rank: str = NORMAL
    qualifiers: Mapping[str, tuple[Snak, ...]] = field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    id: str = ""

    @property
    def property(self) -> str:
        """The property's id: ``P530``."""
        return self.main.property


@dataclass(frozen=True, slots=True)
class Entity:
    """An item or property: names by language, titles by site, statements by property.

    ``redirect`` is the id of the entity that this one was merged into; then there is nothing else. ``truthy`` says that
    only the best-ranked values were read, without ranks, qualifiers or references, so that their absence means nothing.
    """

    id: str
    type: str = "item"
    labels: Mapping[str, str] = field(default_factory=dict)
    descriptions: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sitelinks: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    datatype: str | None = None
    modified: str | None = None
    revision: int | None = None
    redirect: str | None = None
    truthy: bool = False

    def best(self, property: str) -> tuple[Statement, ...]:
        """The statements of the best rank there is for a property, deprecated ones never: what *truthy* means."""
        given = self.statements.get(property, ())
        preferred = tuple(each for each in given if each.rank == PREFERRED)
        return preferred or tuple(each for each in given if each.rank == NORMAL)

    def items(self, property: str) -> Iterator[str]:
        """The ids of the entities that the best statements of a property have as values."""
        for statement in self.best(property):
            if isinstance(statement.main.value, EntityId):
                yield statement.main.value.id

    def mentioned(self) -> frozenset[str]:
        """The ids of all entities that the statements, their qualifiers and references name as values."""
        return frozenset(snak.value.id for snak in self.snaks() if isinstance(snak.value, EntityId))

    def snaks(self) -> Iterator[Snak]:
        """Every snak of every statement: main, qualifiers and references."""
        for statements in self.statements.values():
            for statement in statements:
                yield statement.main
                for snaks in statement.qualifiers.values():
                    yield from snaks
                for reference in statement.references:
                    for snaks in reference.snaks.values():
                        yield from snaks
