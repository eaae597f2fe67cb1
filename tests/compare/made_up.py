"""A Wikibase that is made up: the ids are Wikidata's, what is said with them is invented for each test."""

from __future__ import annotations

import uuid
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from kzturk_graph.compare.judge import Judge
from kzturk_graph.compare.model import Fact, Ours
from kzturk_graph.compare.ours import span
from kzturk_graph.compare.rules import read_rules
from kzturk_graph.compare.values import Scale
from kzturk_graph.wikibase import json_writer, model
from kzturk_graph.wikibase.model import Entity, EntityId, Quantity, Reference, Snak, Statement, Time

KAZAKHSTAN, TURKIYE = "Q232", "Q43"
SCO, NATO, TURKSOY = "Q485207", "Q7184", "Q1993710"
ASTANA, ALMATY = "Q1520", "Q35493"
PRECISIONS = {4: 9, 7: 10, 10: 11}


def time(text: str, calendar: str = model.GREGORIAN) -> Time:
    """``1992``, ``1992-03`` or ``1992-03-02`` as a Wikibase time."""
    year, month, day = (text + "-00-00").split("-")[:3]
    return Time(f"+{year}-{month}-{day}T00:00:00Z", PRECISIONS[len(text)], calendar)


def number(text: str, lower: str | None = None, upper: str | None = None, unit: str = "1") -> Quantity:
    """A quantity of decimals given as text."""
    return Quantity(Decimal(text), unit, Decimal(lower) if lower else None, Decimal(upper) if upper else None)


def said(property: str, value: model.Value | str | None, rank: str = model.NORMAL, **beside: str) -> Statement:
    """A statement; a text that begins with Q is an item. ``beside``: start, end, at, url."""
    main = _snak(property, value) if value != model.NONE else Snak(property, None, model.NONE)
    named = {"start": "P580", "end": "P582", "at": "P585"}
    qualifiers = {
        named[key]: (Snak(named[key], None, model.UNKNOWN) if text == "?" else Snak(named[key], time(text)),)
        for key, text in beside.items()
        if key in named
    }
    cited = (Reference({"P854": (Snak("P854", beside["url"], datatype="url"),)}),) if "url" in beside else ()
    return Statement(main, rank, qualifiers, cited)


def _snak(property: str, value: model.Value | str | None) -> Snak:
    if value is None:
        return Snak(property, None, model.UNKNOWN)
    item = isinstance(value, str) and value[:1] in "QK" and value[1:2] in "0123456789T"
    return Snak(property, EntityId(str(value)) if item else value)


def item(id: str, *statements: Statement, **more: object) -> Entity:
    """An item with these statements."""
    by: dict[str, tuple[Statement, ...]] = {}
    for each in statements:
        known = f"{id}${str(uuid.uuid5(uuid.NAMESPACE_URL, repr(each))).upper()}"
        by[each.property] = (*by.get(each.property, ()), replace(each, id=known))
    return replace(Entity(id, statements=by), **more)  # type: ignore[arg-type]


SCALE = Scale(truthy=False, within=lambda inner, outer: False, span=span)


def judged(
    ours: Statement | Ours,
    *theirs: Statement,
    truthy: bool = False,
    scale: Scale = SCALE,
    others: tuple[Entity, ...] = (),
) -> Fact:
    """The verdict on one statement of ours about Kazakhstan."""
    entity = item(KAZAKHSTAN, *theirs, truthy=truthy)
    judge = Judge(read_rules(), scale, {each.id: each for each in (entity, *others)})
    one = ours if isinstance(ours, Ours) else Ours(ours)
    return next(iter(judge.facts([one], entity, frozenset())))


def write(path: Path, *entities: Entity) -> str:
    """The entities as a dump in JSON; gives the path."""
    path.write_bytes(json_writer.dump(list(entities)))
    return str(path)
