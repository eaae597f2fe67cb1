"""Numbers that disagree: values that exclude one another, one value with other qualifiers or for other
times, growth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kzturk_graph import terms
from kzturk_graph.conflicts import keys, literals
from kzturk_graph.conflicts.clash import Clash, Part, clashing, exempt, part_of_reports
from kzturk_graph.conflicts.intervals import Interval, excluded, of_date, of_number
from kzturk_graph.conflicts.rules import Rule, Rules
from kzturk_graph.conflicts.view import Report, View

VALUE, QUALIFIER, UNIT, PERIOD, BASELINE = (terms.kt(n) for n in ("value", "qualifier", "unit", "period", "baseline"))
MEASURE = keys.MEASURE
Numbered = tuple[Decimal, str | None]


def numbers(view: View, rule: Rule) -> Iterator[Clash]:
    """Reports under one key whose values, with what their qualifiers allow, exclude one another."""
    for reports in keys.keyed(view, rule).values():
        by: dict[Numbered, list[Report]] = defaultdict(list)
        for report in reports:
            value = literals.number(report.first(VALUE))
            if value is not None:
                by[(value, _qualifier(report))].append(report)
        if len({value for value, _ in by}) < 2:
            continue
        sides = sorted(by, key=str)
        spans = {side: span(side[0], side[1], view.rules) for side in sides}
        out = [sides[place] for place in excluded([(side[0], spans[side]) for side in sides])]
        if not out:
            continue
        by_part = {part_of_reports(keys.thing(by[side][0], rule), _claims(by[side][0]), by[side]): side for side in out}

        def apart(
            one: Part,
            other: Part,
            known: dict[Part, Numbered] = by_part,
            spans: dict[Numbered, Interval] = spans,
        ) -> bool:
            return known[one][0] != known[other][0] and spans[known[one]].apart(spans[known[other]])

        test = exempt(view, rule, apart)
        parts = clashing(tuple(by_part), test) if rule.unless else tuple(by_part)
        if len(parts) > 1:
            yield Clash(parts[0].thing, _measure(reports[0]), parts, test, keys.dimensions(reports[0], rule))


def same_number(view: View, rule: Rule) -> Iterator[Clash]:
    """Reports under one key, value included, that differ in qualifier or period: not where one only refines
    the other."""
    for reports in keys.keyed(view, rule).values():
        by: dict[str, list[Report]] = defaultdict(list)
        for report in reports:
            for name in rule.compare:
                by[_compared(report, name, view.rules)].append(report)
        if len(by) < 2:
            continue
        name = rule.compare[0]
        test = _refines if name == QUALIFIER else _overlap
        spans = {value: _span(of[0], name, view.rules) for value, of in by.items()}
        by_part = {
            part_of_reports(keys.thing(of[0], rule), _claims(of[0], PERIOD if name == PERIOD else None), of): spans[
                value
            ]
            for value, of in sorted(by.items())
        }

        def apart(one: Part, other: Part, known=by_part, test=test) -> bool:  # type: ignore[no-untyped-def]
            return known[one] is not None and known[other] is not None and bool(test(known[one], known[other]))

        parts = clashing(tuple(by_part), apart)
        if len(parts) > 1:
            yield Clash(parts[0].thing, _measure(reports[0]), parts, apart, keys.dimensions(reports[0], rule))


def growth(view: View, rule: Rule) -> Iterator[Clash]:
    """A growth in per cent that isn't the one between the two values that its own document gives."""
    given: dict[tuple[str, str, str, str], list[Report]] = defaultdict(list)
    grown: list[Report] = []
    for report in view.reports(rule):
        measure = report.first(MEASURE)
        if measure is None or report.first(VALUE) is None:
            continue
        if measure.value in rule.of:
            grown.append(report)
        elif (period := report.first(PERIOD)) is not None:
            given[(report.assertions[0].source, measure.value, literals.normal(period), _sides(report))].append(report)
    for report in grown:
        found = [
            given.get(
                (
                    report.assertions[0].source,
                    rule.of[_measure(report)],
                    literals.normal(when),
                    _sides(report),
                ),
                [],
            )
            for when in (report.first(BASELINE), report.first(PERIOD))
            if when is not None
        ]
        if len(found) == 2 and all(len(each) == 1 for each in found):
            clash = _grown(view.rules, report, found[0][0], found[1][0])
            if clash is not None:
                yield clash


def _grown(rules: Rules, report: Report, before: Report, after: Report) -> Clash | None:
    spans = [span(_value(each), _qualifier(each), rules) for each in (report, before, after)]
    told, base, end = spans
    if base.low[0] <= 0:
        return None
    low = ((end.low[0] / base.high[0] - 1) * 100, 0)
    high = ((end.high[0] / base.low[0] - 1) * 100, 0)
    if not told.apart(Interval(low, high)):
        return None
    parts = (
        part_of_reports(report.node, _claims(report), [report]),
        part_of_reports(after.node, (*_claims(before, PERIOD), *_claims(after, PERIOD)), [before, after]),
    )
    grown = (_value(after) / _value(before) - 1) * 100
    detail = f"the two values make a growth of {grown:.1f} %, the text gives {_value(report).normalize():f} %"
    return Clash(
        _measure(before),
        _measure(report),
        parts,
        lambda one, other: True,
        _shared(report),
        detail,
    )


def _shared(report: Report) -> tuple[tuple[str, str], ...]:
    names = [
        name
        for name in (terms.kt("between"), terms.kt("from"), terms.kt("to"), BASELINE, PERIOD)
        if name in report.properties
    ]
    return tuple((name, value.value) for name in names for value in report.properties[name])


def span(value: Decimal, qualifier: str | None, rules: Rules) -> Interval:
    """The numbers that a value allows; every number, where its qualifier has no entry in the rules."""
    allowed = rules.qualifiers.get(qualifier or rules.plain)
    if allowed is None:
        return Interval((Decimal("-Infinity"), 0), (Decimal("Infinity"), 0))
    return of_number(value, allowed)


def _span(report: Report, name: str, rules: Rules) -> Interval | None:
    if name == QUALIFIER:
        return span(_value(report), _qualifier(report), rules)
    period = literals.date(report.first(name))
    return of_date(period) if period is not None and period.earliest and period.latest else None


def _refines(one: Interval, other: Interval) -> bool:
    return not (one.holds(other) or other.holds(one))


def _overlap(one: Interval, other: Interval) -> bool:
    return one != other and not one.apart(other)


def _compared(report: Report, name: str, rules: Rules) -> str:
    term = report.first(name)
    if term is None:
        return rules.plain if name == QUALIFIER else ""
    return literals.normal(term)


def _value(report: Report) -> Decimal:
    return literals.number(report.first(VALUE)) or Decimal(0)


def _qualifier(report: Report) -> str | None:
    term = report.first(QUALIFIER)
    return term.value if term is not None else None


def _measure(report: Report) -> str:
    term = report.first(MEASURE)
    return term.value if term is not None else ""


def _sides(report: Report) -> str:
    names: Sequence[str] = [terms.kt(name) for name in ("between", "from", "to", "of", "partner")]
    return "|".join(literals.normal(value) for name in names for value in report.properties.get(name, ()))


def _claims(report: Report, *more: str | None) -> tuple[tuple[str, str], ...]:
    names = [VALUE, QUALIFIER, UNIT, *(name for name in more if name)]
    return tuple((name, value.value) for name in names for value in report.properties.get(name, ()))
