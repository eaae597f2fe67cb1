"""Values of a thing that exclude one another: dates, what can be one only, rivals, what is denied, who is
credited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.conflicts import keys, literals
from kzturk_graph.conflicts.clash import Clash, Part, clashing, exempt, part_of_lines, part_of_reports
from kzturk_graph.conflicts.intervals import Interval, excluded, of_date
from kzturk_graph.conflicts.rules import Rule
from kzturk_graph.conflicts.view import Line, Report, View
from kzturk_graph.graph.assertions import Assertion

OPEN_LIST = terms.kt("openList")
_WORDS = {terms.kt(name) for name in ("asPublished", "summary", "writtenAs", "unstated", "openList", "dateText")} | {
    terms.TYPE
}


def dated(view: View, rule: Rule) -> Iterator[Clash]:
    """Dates of one thing that share no day; a date inside a coarser one refines it."""
    for thing, name, lines in view.compared(rule):
        by: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            if literals.date(line.value) is not None:
                by[line.value.value].append(line)
        if len(by) < 2:
            continue
        texts = sorted(by)
        spans = {text: of_date(literals.date(by[text][0].value)) for text in texts}  # type: ignore[arg-type]
        out = [texts[place] for place in excluded([(text, spans[text]) for text in texts])]
        parts = {part_of_lines(thing, ((name, text),), by[text]): spans[text] for text in out}

        def apart(one: Part, other: Part, spans: dict[Part, Interval] = parts) -> bool:
            return spans[one].apart(spans[other])

        test = exempt(view, rule, apart)
        left = clashing(tuple(parts), test)
        if len(left) > 1:
            yield Clash(thing, name, left, test)


def one_value(view: View, rule: Rule) -> Iterator[Clash]:
    """What has one value only and is given several; not by one assertion, nor where one value lies inside
    the other."""
    if rule.need:
        yield from _one_of_reports(view, rule)
        return
    for thing, name, lines in view.compared(rule):
        by: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            by[literals.normal(line.value)].append(line)
        if len(by) < 2:
            continue
        parts = {part_of_lines(thing, ((name, by[value][0].value.value),), by[value]): value for value in sorted(by)}

        def apart(one: Part, other: Part, values: dict[Part, str] = parts) -> bool:
            together = {each.iri for each in one.assertions} & {each.iri for each in other.assertions}
            return not together and not _inside(view, rule, values[one], values[other])

        left = clashing(tuple(parts), apart)
        if len(left) > 1:
            yield Clash(thing, name, left, apart)


def _one_of_reports(view: View, rule: Rule) -> Iterator[Clash]:
    for reports in keys.keyed(view, rule).values():
        by: dict[tuple[str, ...], list[Report]] = defaultdict(list)
        for report in reports:
            values = tuple(
                sorted(literals.normal(value) for name in rule.compare for value in report.properties.get(name, ()))
            )
            if values:
                by[values].append(report)
        parts = tuple(_part(rule, by[values]) for values in sorted(by))
        if len(parts) > 1:
            yield Clash(parts[0].thing, rule.compare[0], parts, _always, keys.dimensions(reports[0], rule))


def one_at_a_time(view: View, rule: Rule) -> Iterator[Clash]:
    """Reports under one key with other values at one time; both times must be known, and overlap."""
    for reports in keys.keyed(view, rule).values():
        by: dict[tuple[str, ...], list[Report]] = defaultdict(list)
        for report in reports:
            by[
                tuple(literals.normal(value) for name in rule.compare for value in report.properties.get(name, ()))
            ].append(report)
        parts = {_part(rule, by[values]): by[values] for values in sorted(by) if values}

        def apart(one: Part, other: Part, of: dict[Part, list[Report]] = parts) -> bool:
            times = [[when for each in of[part] for when in _times(view, rule, each)] for part in (one, other)]
            return any(not of_date(a).apart(of_date(b)) for a in times[0] for b in times[1])

        left = clashing(tuple(parts), apart)
        if len(left) > 1:
            yield Clash(left[0].thing, rule.compare[0], left, apart, keys.dimensions(reports[0], rule))


def _times(view: View, rule: Rule, report: Report) -> Iterator[dates.Edtf]:
    """The times at which a report holds, known on both sides, and no longer than the rule allows."""
    given = [value for name in rule.times for value in report.properties.get(name, ())]
    texts = [value.value for value in given] or [text for each in report.assertions for text in each.values("holdsAt")]
    for text in texts:
        value = literals.parsed(text)
        if value is None or not value.earliest or not value.latest:
            continue
        if rule.longest is None or (value.latest - value.earliest).days < rule.longest:
            yield value


def rivals(view: View, rule: Rule) -> Iterator[Clash]:
    """Two properties that tell rival stories: the second at a time that needn't follow the first."""
    by: dict[str, dict[tuple[str, str], list[Line]]] = defaultdict(lambda: defaultdict(list))
    for thing, name, lines in view.compared(rule):
        for line in lines:
            if literals.date(line.value) is not None:
                by[thing][(name, line.value.value)].append(line)
    first, second = rule.compare
    for thing, found in sorted(by.items()):
        parts = {part_of_lines(thing, (claim,), lines): claim for claim, lines in sorted(found.items())}

        def apart(one: Part, other: Part, claims: dict[Part, tuple[str, str]] = parts) -> bool:
            told = dict(claims[part] for part in (one, other))
            if set(told) != {first, second}:
                return False
            early, late = literals.parsed(told[first]), literals.parsed(told[second])
            first_day, last_day = (late.earliest if late else None), (early.latest if early else None)
            return not (first_day and last_day and last_day < first_day)

        left = clashing(tuple(parts), apart)
        if len(left) > 1:
            yield Clash(thing, first, left, apart)


def credit(view: View, rule: Rule) -> Iterator[Clash]:
    """One thing, or one that goes on as another, for which documents credit other parties; a list left open
    may lack some."""
    family = _families(view, rule)
    for name in rule.compare:
        credited: dict[tuple[str, str], list[Line]] = defaultdict(list)
        for thing, of, lines in view.compared(rule):
            for line in lines if of == name else ():
                credited[(thing, line.assertion.source)].append(line)
        groups: dict[str, dict[tuple[str, frozenset[str]], list[Line]]] = defaultdict(lambda: defaultdict(list))
        for (thing, _), lines in sorted(credited.items()):
            parties = frozenset(line.value.value for line in lines)
            groups[family(thing)][(thing, parties)].extend(lines)
        for thing, sides in sorted(groups.items()):
            yield from _credited(view, name, thing, sides)


def _credited(
    view: View, name: str, family: str, sides: dict[tuple[str, frozenset[str]], list[Line]]
) -> Iterator[Clash]:
    parts = {
        part_of_lines(thing, tuple((name, each) for each in sorted(parties)), lines): parties
        for (thing, parties), lines in sorted(sides.items(), key=lambda pair: (pair[0][0], sorted(pair[0][1])))
    }
    is_open = {part: _left_open(view, name, part) for part in parts}

    def apart(one: Part, other: Part) -> bool:
        if parts[one] == parts[other]:
            return False
        if one.thing != other.thing and {a.source for a in one.assertions} & {a.source for a in other.assertions}:
            return False  # a document that speaks of both tells them apart
        return not (is_open[one] and parts[one] < parts[other]) and not (is_open[other] and parts[other] < parts[one])

    left = clashing(tuple(parts), apart)
    if len(left) > 1:
        yield Clash(family, name, left, apart)


def _left_open(view: View, name: str, part: Part) -> bool:
    held = {assertion.iri for assertion in part.assertions}
    return any(
        line.property == OPEN_LIST and line.value.value == name and line.assertion.iri in held
        for line in view.lines.get(part.thing, ())
    )


def _families(view: View, rule: Rule):  # type: ignore[no-untyped-def]
    """Names each thing by the last of the bodies that it goes on as."""

    def family(thing: str) -> str:
        reached = view.reached(thing, rule.inside)
        ends = [each for each in reached if not any(name in rule.inside for name, _ in view.links.get(each, ()))]
        return min(ends, default=thing)

    return family


def denied(view: View, rule: Rule) -> Iterator[Clash]:
    """What one assertion denies and another states as fact, compared by what identifies it and never by its
    name."""
    denials = [each for each in view.assertions if each.modality == terms.local(terms.DENIED)]
    if not denials:
        return
    stated: dict[frozenset[tuple[str, str]], list[Line]] = defaultdict(list)
    wanted = {_identity(rule, view, denial.triples) for denial in denials}
    names = {name for each in wanted for name, _ in each}
    for thing, lines in view.lines.items():
        by: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            if line.assertion.modality == "fact" and (line.property in names):
                by[line.assertion.source].append(line)
        for of in by.values():
            for each in wanted:
                if each and each <= {(line.property, literals.normal(line.value)) for line in of} | {("", thing)}:
                    stated[each].extend(line for line in of if (line.property, literals.normal(line.value)) in each)
    for denial in denials:
        same = _identity(rule, view, denial.triples)
        lines = [line for line in stated.get(same, ()) if not _other_time(view, rule, denial, line.assertion)]
        if lines:
            yield _denial(denial, same, lines)


def _denial(denial: Assertion, same: frozenset[tuple[str, str]], lines: list[Line]) -> Clash:
    subject = min(triple.subject.value for triple in denial.triples)  # type: ignore[union-attr]
    claims = tuple(sorted(pair for pair in same if pair[0]))
    mode = terms.kt("modality")
    no = Part(subject, (*claims, (mode, terms.DENIED)), ((denial, None),))
    yes = part_of_lines(subject, (*claims, (mode, terms.FACT)), lines)
    return Clash(subject, mode, (yes, no), _always, claims)


def _identity(rule: Rule, view: View, triples: frozenset[ox.Triple]) -> frozenset[tuple[str, str]]:
    """What identifies a denied thing: the rule's properties of its class; else its name and all that isn't
    a time or words."""
    subject = min((triple.subject.value for triple in triples), default="")  # type: ignore[union-attr]
    pairs = {(triple.predicate.value, literals.normal(triple.object)) for triple in triples}
    for name, properties in rule.identity.items():
        if (terms.TYPE, name) in pairs:
            return frozenset(pair for pair in pairs if pair[0] in properties)
    rest = {pair for pair in pairs if pair[0] not in _WORDS and pair[0] not in rule.times}
    return frozenset(rest | {("", subject)}) if rest else frozenset()


def _other_time(view: View, rule: Rule, one: Assertion, other: Assertion) -> bool:
    """Whether the two certainly hold at different times."""
    times = []
    for assertion in (one, other):
        texts = [t.object.value for t in assertion.triples if t.predicate.value in rule.times]  # type: ignore[union-attr]
        found = [
            value for text in (texts or assertion.values("holdsAt")) if (value := literals.parsed(text)) is not None
        ]
        stated = view.stated(assertion)
        times.append(found or ([stated] if stated else []))
    return bool(times[0] and times[1]) and all(of_date(a).apart(of_date(b)) for a in times[0] for b in times[1])


def _part(rule: Rule, reports: list[Report]) -> Part:
    claims = tuple((name, value.value) for name in rule.compare for value in reports[0].properties.get(name, ()))
    return part_of_reports(keys.thing(reports[0], rule), claims, reports)


def _inside(view: View, rule: Rule, one: str, other: str) -> bool:
    return bool(rule.inside) and (other in view.reached(one, rule.inside) or one in view.reached(other, rule.inside))


def _always(one: Part, other: Part) -> bool:
    return True
