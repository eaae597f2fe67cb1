"""One key for each report, made from its rule: numbers as decimals, dates as bounds, so that spelling
doesn't matter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.conflicts.rules import Rule
from kzturk_graph.conflicts.view import Report, Term, View
from kzturk_graph.errors import UsageError

Key = tuple[tuple[str, ...], ...]
MEASURE = terms.kt("measure")


def number(term: Term | None) -> Decimal | None:
    """A literal as a number; None where it isn't one."""
    if not isinstance(term, ox.Literal):
        return None
    try:
        value = Decimal(term.value)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def date(term: Term | None) -> dates.Edtf | None:
    """A literal as a date; None where it isn't one."""
    return parsed(term.value) if isinstance(term, ox.Literal) and term.datatype.value == terms.EDTF else None


@lru_cache(maxsize=100_000)
def parsed(text: str) -> dates.Edtf | None:
    """An EDTF text as a date; None where it isn't one."""
    try:
        return dates.parse(text)
    except UsageError:
        return None


def normal(term: Term) -> str:
    """The text by which two terms are compared."""
    if isinstance(term, ox.NamedNode):
        return term.value
    if term.datatype.value == terms.EDTF:
        value = parsed(term.value)
        return term.value if value is None else f"{value.earliest or ''}..{value.latest or ''}"
    value_of = number(term) if term.datatype.value.startswith(terms.XSD) and not term.language else None
    return f"{value_of.normalize():f}" if value_of is not None else term.value


def key(report: Report, rule: Rule) -> Key | None:
    """The key of a report under a rule; None where it lacks a property that the rule needs.

    A date whose first or last day isn't known makes no key: a rule on the same time needs both times.
    """
    needed = rule.need
    if rule.need_for or rule.measures:
        measure = report.first(MEASURE)
        name = measure.value if measure is not None else ""
        if rule.measures and name not in rule.measures:
            return None
        needed = needed + rule.need_for.get(name, ())
    properties = report.properties
    if any(each not in properties for each in needed) or any(each in properties for each in rule.lack):
        return None
    parts = []
    for each in (*needed, *rule.same):
        values = properties.get(each, ())
        if each in rule.need and any(_unbounded(value) for value in values):
            return None
        parts.append(
            tuple(normal(value) for value in values)
            if len(values) < 2
            else tuple(sorted(map(normal, values)))
        )
    return tuple(parts)


def _unbounded(term: Term) -> bool:
    value = date(term)
    return value is not None and (value.earliest is None or value.latest is None)


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
        name
        for name in (*rule.need, *rule.need_for.get(_measure(report), ()), *rule.same)
        if name in report.properties
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
