"""Which parts of a query without rows are to blame: the first that leaves none, and the fewest that clash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kzturk_graph.explain.trials import Step, Trials, render

ENDLESS = re.compile(r"[\w:>)][*+]")
"""A property path of any length."""


def first_failing(trials: Trials, steps: Sequence[Step]) -> int | None:
    """The place of the first step after which no row is left; None where rows are left after the last.

    A step can't bring back what an earlier one took away, so half of the steps are ruled out by each trial.
    """
    where = trials.query.where
    if not steps or trials.gives(render(where, steps)):
        return None
    low, high = 0, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        if trials.gives(render(where, steps[: middle + 1])):
            low = middle + 1
        else:
            high = middle
    return low


def fewest(trials: Trials, steps: Sequence[Step]) -> list[Step]:
    """The last of these steps with the fewest others that together give no row.

    The steps without the last give rows. A set is tried only where shared variables hold it together: of one
    that falls apart, a piece without the last step gives rows, and trying it would multiply the others.
    """
    last = steps[-1]
    alone = [last]
    if _affordable(alone, steps) and not trials.gives(render(trials.query.where, alone)):
        return alone
    kept = list(steps)
    for step in [*_filters(steps[:-1]), *_others(steps[:-1])]:
        if step not in kept:
            continue
        rest = _held_together([each for each in kept if each is not step], last)
        if _bound_anew(rest, kept) and _affordable(rest, kept) and not trials.gives(render(trials.query.where, rest)):
            kept = rest
    return kept


def _filters(steps: Sequence[Step]) -> list[Step]:
    return [step for step in steps if step.filters]


def _others(steps: Sequence[Step]) -> list[Step]:
    adding = [step for step in steps if step.only_adds]
    return adding + [step for step in steps if not step.only_adds and not step.filters]


def _held_together(steps: Sequence[Step], last: Step) -> list[Step]:
    """The steps that shared variables connect with the last, and the filters over their variables."""
    names, found = set(last.names), {last.part.start}
    growing = True
    while growing:
        growing = False
        for step in steps:
            if step.part.start not in found and not step.filters and step.names & names:
                names |= step.names
                found.add(step.part.start)
                growing = True
    return [step for step in steps if step.part.start in found or (step.filters and step.names <= names)]


def _bound_anew(rest: Sequence[Step], kept: Sequence[Step]) -> bool:
    """Whether every filter that stays has all that bound its variables: it fails on an unbound one."""
    needed = {name for step in rest if step.filters for name in step.names}
    left = {step.part.start for step in rest}
    return not any(step.names & needed for step in kept if step.part.start not in left and not step.filters)


def _affordable(rest: Sequence[Step], kept: Sequence[Step]) -> bool:
    """Whether no path of any length is tried with both of its ends open that was tied to something before."""
    for step in rest:
        if step.part.triple and ENDLESS.search(step.part.triple[1]):
            others = {name for each in rest if each is not step for name in each.names}
            before = {name for each in kept if each is not step for name in each.names}
            ends = [step.part.triple[0], step.part.triple[2]]
            if all(end[:1] in "?$" for end in ends) and not step.names & others and step.names & before:
                return False
    return True
