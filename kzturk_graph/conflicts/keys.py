"""One key for each report, made from its rule: numbers as decimals, dates as bounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kzturk_graph import terms
from kzturk_graph.conflicts.rules import Rule
from kzturk_graph.conflicts.view import Report, View

Key = tuple[tuple[str, str], ...]
MEASURE = terms.kt("measure")


def key(report: Report, rule: Rule) -> Key | None:
    """The key of a report under a rule; None where it lacks a property that the rule needs.

    Properties that a report lacks stand in no key, so reports that lack the same ones meet. A date whose
    first or last day isn't known makes no key: a rule on the same time needs both times.
    """
    needed = rule.need
    if rule.need_for or rule.measures:
        measure = _measure(report)
        if rule.measures and measure not in rule.measures:
            return None
        needed = needed + rule.need_for.get(measure, ())
    has = report.properties.keys()
    if not has >= set(needed) or any(each in has for each in rule.lack):
        return None
    if not report.unbounded.isdisjoint(rule.need):
        return None
    return tuple(pair for pair in report.normal if pair[0] in rule.keyed or pair[0] in needed)


def keyed(view: View, rule: Rule) -> Mapping[Key, list[Report]]:
    """The reports that a rule compares with one another, by their common key; those alone under a key left
    out."""
    found: dict[Key, list[Report]] = defaultdict(list)
    for report in view.reports(rule):
        made = key(report, rule)
        if made is not None:
            found[made].append(report)
    return {made: reports for made, reports in found.items() if len(reports) > 1}


def dimensions(report: Report, rule: Rule) -> tuple[tuple[str, str], ...]:
    """What the reports under a key have in common, as pairs of property and value."""
    names = [
        name for name in (*rule.need, *rule.need_for.get(_measure(report), ()), *rule.same) if name in report.properties
    ]
    return tuple((name, value.value) for name in dict.fromkeys(names) for value in report.properties[name])


def thing(report: Report, rule: Rule) -> str:
    """What a report is of: the first of the rule's properties that it has; else the report itself."""
    for name in rule.thing:
        term = report.first(name)
        if term is not None:
            return term.value
    return report.node


def _measure(report: Report) -> str:
    measure = report.first(MEASURE)
    return measure.value if measure is not None else ""
