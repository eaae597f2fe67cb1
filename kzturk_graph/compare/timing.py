"""How two statements of one value stand in time: their start, end and point in time, held against each other."""

from __future__ import annotations

from typing import NamedTuple

from kzturk_graph.compare.rules import Rule
from kzturk_graph.compare.spans import EVER, Span, days
from kzturk_graph.compare.values import APART, OURS, SAME, THEIRS, UNKNOWN, Relation, Scale, relation
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import Snak, Statement, Time

START, END, AT = "P580", "P582", "P585"
_WORDS = {START: "start", END: "end", AT: "point in time"}


class When(NamedTuple):
    """The time qualifiers of a statement; None where it has none of a kind."""

    start: Snak | None
    end: Snak | None
    at: Snak | None

    @property
    def told(self) -> bool:
        """Whether anything is said of when."""
        return any(self)

    @property
    def values(self) -> tuple[model.Value | None, ...]:
        """The three as values."""
        return tuple(each.value if each is not None else None for each in self)

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self.end is not None and self.end.kind != model.NONE


def when(statement: Statement) -> When:
    """The first start, end and point in time of a statement."""

    def first(property: str) -> Snak | None:
        return next(iter(statement.qualifiers.get(property, ())), None)

    return When(first(START), first(END), first(AT))


def span(time: When) -> Span:
    """The days in which a statement may hold: from the first day of its start to the last of its end."""
    if time.start is None and time.end is None:
        return _days(time.at)
    return Span(_days(time.start).first, _days(time.end).last)


def _days(snak: Snak | None) -> Span:
    return days(snak.value) if snak is not None and isinstance(snak.value, Time) else EVER


def in_time(ours: When, theirs: When, rule: Rule, scale: Scale) -> Relation:
    """How the times of two statements with one value stand."""
    if scale.truthy:
        return Relation(SAME, "of theirs only the value was read, not its time" if ours.told else "")
    found = [_one(START, ours.start, theirs.start, scale), _one(END, ours.end, theirs.end, scale)]
    found.append(_at(ours, theirs, rule, scale))
    return united(found)


def _one(property: str, ours: Snak | None, theirs: Snak | None, scale: Scale) -> Relation:
    word = _WORDS[property]
    if ours is None and theirs is None:
        return Relation(SAME)
    if ours is None:
        return Relation(THEIRS, f"theirs has the {word}") if theirs and theirs.kind != model.NONE else Relation(SAME)
    if theirs is None:
        return Relation(OURS, f"ours has the {word}")
    found = relation(ours, theirs, scale)
    if found.kind == SAME:
        return found
    said = {OURS: f"our {word} is more exact", THEIRS: f"their {word} is more exact", APART: f"the {word} differs"}
    return Relation(found.kind, said.get(found.kind, found.note))


def _at(ours: When, theirs: When, rule: Rule, scale: Scale) -> Relation:
    """The point in time: of what lasts it says when it was seen to be so, so that it need only lie within."""
    if ours.at is not None and theirs.at is not None:
        found = _one(AT, ours.at, theirs.at, scale)
        return Relation(SAME) if rule.lasts else found
    if ours.at is None and theirs.at is None:
        return Relation(SAME)
    mine = ours.at is not None
    stretch, point = (span(theirs), _days(ours.at)) if mine else (span(ours), _days(theirs.at))
    if stretch != EVER:
        if not stretch.apart(point):
            return Relation(SAME)
        return Relation(
            APART, f"{'our' if mine else 'their'} point in time lies outside {'their' if mine else 'our'} time"
        )
    if rule.lasts:
        return Relation(SAME)
    return Relation(OURS, "ours has the point in time") if mine else Relation(THEIRS, "theirs has the point in time")


def united(found: list[Relation]) -> Relation:
    """Several aspects as one: apart where any is; more precise where it is so in some and less so in none."""
    kinds = {each.kind for each in found}
    notes = "; ".join(dict.fromkeys(each.note for each in found if each.note))
    for kind in (APART, UNKNOWN):
        if kind in kinds:
            return Relation(
                kind, "; ".join(dict.fromkeys(each.note for each in found if each.note and each.kind == kind))
            )
    finer = kinds & {OURS, THEIRS}
    if len(finer) == 2:
        return Relation(SAME, f"each is more precise in something: {notes}")
    return Relation(finer.pop() if finer else SAME, notes)
