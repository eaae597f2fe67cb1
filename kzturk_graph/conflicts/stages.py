"""How far a thing has come: steps and modes that disagree, where the later statement isn't known to be the
later step."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

from kzturk_graph import terms
from kzturk_graph.conflicts import literals
from kzturk_graph.conflicts.clash import Clash, Part, clashing, later, part_of_lines
from kzturk_graph.conflicts.rules import Rule
from kzturk_graph.conflicts.view import Line, View

STAGE = terms.kt("stage")


def stages(view: View, rule: Rule) -> Iterator[Clash]:
    """Steps of one thing that it can't be at together, unless a certainly later statement names the later
    step."""
    for thing, name, lines in view.compared(rule):
        by = _by_value(lines)
        if len(by) < 2:
            continue
        parts = {part_of_lines(thing, ((name, step),), by[step]): step for step in sorted(by)}

        def apart(one: Part, other: Part, steps: dict[Part, str] = parts) -> bool:
            return not _together(view, one, other, steps) and not _changed(view, one, other, steps, view.rules.steps)

        yield from _clash(thing, name, parts, apart)


def held_and_planned(view: View, rule: Rule) -> Iterator[Clash]:
    """An occasion that one statement plans and another reports, while it isn't certain which came first."""
    modes = frozenset(rule.modalities)
    for thing, lines in view.lines.items():
        if not view.is_of(thing, rule) or any(line.property == STAGE for line in lines):
            continue
        by: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            if line.property == terms.TYPE and line.assertion.modality in modes:
                by[terms.CONCEPT + line.assertion.modality].append(line)
        if terms.FACT not in by or len(by) < 2:
            continue
        parts = {part_of_lines(thing, ((rule.compare[0], mode),), by[mode]): mode for mode in sorted(by)}

        begins = _begins(rule, lines)

        def apart(one: Part, other: Part, held: dict[Part, str] = parts, begins: datetime.date | None = begins) -> bool:
            if terms.FACT not in (held[one], held[other]):
                return False
            ahead = one if held[other] == terms.FACT else other
            return not _changed(view, one, other, held, view.rules.modes) and not _foretold(view, ahead, begins)

        yield from _clash(thing, rule.compare[0], parts, apart)


def _begins(rule: Rule, lines: list[Line]) -> datetime.date | None:
    """The first day on which the occasion can have been, by all facts that date it; None where none does."""
    days = [
        value.earliest
        for line in lines
        if line.property in rule.times and line.assertion.modality == "fact" and (value := literals.date(line.value))
    ]
    return min((day for day in days if day), default=None) if all(days) else None


def _foretold(view: View, ahead: Part, begins: datetime.date | None) -> bool:
    """Whether all who speak of the occasion as ahead certainly said so before it began."""
    stated = [view.stated(each) for each in ahead.assertions]
    return begins is not None and all(when and when.latest and when.latest < begins for when in stated)


def _by_value(lines: list[Line]) -> Mapping[str, list[Line]]:
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        found[line.value.value].append(line)
    return found


def _together(view: View, one: Part, other: Part, steps: Mapping[Part, str]) -> bool:
    if {each.iri for each in one.assertions} & {each.iri for each in other.assertions}:
        return True
    pair = {steps[one], steps[other]}
    return any(pair <= group for group in view.rules.together)


def _changed(view: View, one: Part, other: Part, held: Mapping[Part, str], order: Mapping[str, int]) -> bool:
    """Whether every statement of the higher step is certainly later than every one of the lower."""
    places = (order.get(held[one]), order.get(held[other]))
    if None in places or places[0] == places[1]:
        return False
    low, high = (one, other) if places[0] < places[1] else (other, one)  # type: ignore[operator]
    return all(later(view, after, before) for after in high.assertions for before in low.assertions)


def _clash(thing: str, name: str, parts: Mapping[Part, str], apart: Callable[[Part, Part], bool]) -> Iterator[Clash]:
    left = clashing(tuple(parts), apart)
    if len(left) > 1:
        yield Clash(thing, name, left, apart)
