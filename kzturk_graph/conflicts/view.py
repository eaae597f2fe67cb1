"""The admitted assertions as the tests read them: by thing, by report, with when each was stated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.conflicts import literals
from kzturk_graph.conflicts.literals import Term
from kzturk_graph.conflicts.rules import Rule, Rules
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.selection import CURATOR, Selection
from kzturk_graph.graph.statements import StatementDates, statement_dates

SUBCLASS = terms.RDFS + "subClassOf"


@dataclass(frozen=True, slots=True)
class Line:
    """One triple of an assertion, its subject aside."""

    property: str
    value: Term
    assertion: Assertion


@dataclass(frozen=True, slots=True)
class Report:
    """What one document says of a thing in one mode: its properties with all their values, and the
    assertions."""

    node: str
    properties: Mapping[str, tuple[Term, ...]]
    assertions: tuple[Assertion, ...]
    normal: tuple[tuple[str, str], ...]
    unbounded: frozenset[str]

    def first(self, name: str) -> Term | None:
        """The first value of a property; None where it has none."""
        values = self.properties.get(name)
        return values[0] if values else None


class View:
    """The assertions that a selection covers, be they marked erroneous or not, indexed for the tests of the
    rules."""

    def __init__(self, corpus: Corpus, selection: Selection, rules: Rules) -> None:
        self.corpus, self.selection, self.rules = corpus, selection, rules
        self.dates: StatementDates = statement_dates(corpus)
        self.modes = {mode for rule in rules.rules for mode in rule.modalities} | {"denied"}
        self.assertions = [each for each in corpus.assertions.values() if self.takes(each)]

    def takes(self, assertion: Assertion) -> bool:
        """Whether the selection, of whatever modality, covers an assertion that a rule may look at.

        What a curator adds isn't a witness; but the curator's links (``kt:continuedAs``) are read from the
        corpus.
        """
        if assertion.source == CURATOR or assertion.modality not in self.modes:
            return False
        chosen = self.selection
        if (chosen.sources and assertion.source not in chosen.sources) or assertion.source in chosen.without:
            return False
        if chosen.voices and not chosen.voices & assertion.voices:
            return False
        return chosen.as_of is None or self.dates.known(assertion, chosen.as_of) in chosen.known

    def stated(self, assertion: Assertion) -> dates.Edtf | None:
        """When the assertion was stated, as the days that are possible."""
        return self.dates.stated(assertion)

    @cached_property
    def lines(self) -> Mapping[str, list[Line]]:
        """Every triple by its subject."""
        found: dict[str, list[Line]] = defaultdict(list)
        for assertion in self.assertions:
            for triple in assertion.triples:
                line = Line(triple.predicate.value, triple.object, assertion)  # type: ignore[arg-type]
                found[triple.subject.value].append(line)  # type: ignore[union-attr]
        return found

    @cached_property
    def types(self) -> Mapping[str, frozenset[str]]:
        """The classes of each thing, those above the stated ones included, the curator's register among the
        sources."""
        found: dict[str, set[str]] = defaultdict(set)
        for assertion in self.corpus.assertions.values():
            for triple in assertion.triples:
                if triple.predicate.value == terms.TYPE and isinstance(triple.object, ox.NamedNode):
                    found[triple.subject.value].add(triple.object.value)  # type: ignore[union-attr]
        closed = {one: self._above(one) for one in {each for classes in found.values() for each in classes}}
        return {thing: frozenset(up for each in classes for up in closed[each]) for thing, classes in found.items()}

    def _above(self, name: str) -> set[str]:
        found, pending = {name}, [name]
        while pending:
            for upper in self._superclasses.get(pending.pop(), ()):
                if upper not in found:
                    found.add(upper)
                    pending.append(upper)
        return found

    @cached_property
    def _superclasses(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for triple in self.corpus.vocabulary:
            if triple.predicate.value == SUBCLASS and isinstance(triple.object, ox.NamedNode):
                found[triple.subject.value].append(triple.object.value)  # type: ignore[union-attr]
        return found

    def is_of(self, thing: str, rule: Rule) -> bool:
        """Whether a rule looks at things such as this one."""
        types = self.types.get(thing, frozenset())
        return (not rule.classes or not types.isdisjoint(rule.classes)) and types.isdisjoint(rule.excepted)

    @cached_property
    def _of_property(self) -> Mapping[str, Mapping[str, list[Line]]]:
        """Every triple by its property and subject."""
        found: dict[str, dict[str, list[Line]]] = defaultdict(lambda: defaultdict(list))
        for thing, lines in self.lines.items():
            for line in lines:
                found[line.property][thing].append(line)
        return found

    @cached_property
    def _reports(self) -> Mapping[str, list[tuple[str, Report]]]:
        """What each document says of each thing in each mode, by the thing; several rules read it."""
        found: dict[str, list[tuple[str, Report]]] = {}
        wanted = {name for rule in self.rules.rules for name in rule.classes}
        for node, lines in self.lines.items():
            if self.types.get(node, frozenset()).isdisjoint(wanted):
                continue
            by: dict[tuple[str, str], list[Line]] = defaultdict(list)
            for line in lines:
                by[(line.assertion.source, line.assertion.modality)].append(line)
            found[node] = [(mode, _report(node, each)) for (_, mode), each in by.items()]
        return found

    def compared(self, rule: Rule) -> Iterator[tuple[str, str, list[Line]]]:
        """Every thing and property that a rule compares, with the lines that give it a value in its modes."""
        modes = frozenset(rule.modalities)
        for name in rule.compare:
            for thing, lines in self._of_property.get(name, {}).items():
                held = [line for line in lines if line.assertion.modality in modes]
                if held and self.is_of(thing, rule):
                    yield thing, name, held

    def reports(self, rule: Rule) -> Iterator[Report]:
        """What each document says of the things that a rule looks at, in each of its modes."""
        modes = frozenset(rule.modalities)
        for node, reports in self._reports.items():
            if self.is_of(node, rule):
                yield from (report for mode, report in reports if mode in modes)

    @cached_property
    def links(self) -> Mapping[str, list[tuple[str, str]]]:
        """What every thing is linked to, by the facts of the documents and of the curator: (property,
        thing)."""
        wanted = {name for rule in self.rules.rules for name in rule.inside}
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for assertion in self.corpus.assertions.values():
            if assertion.modality == "fact" and not assertion.erroneous:
                for triple in assertion.triples:
                    if triple.predicate.value in wanted and isinstance(triple.object, ox.NamedNode):
                        found[triple.subject.value].append((triple.predicate.value, triple.object.value))  # type: ignore[union-attr]
        return found

    def reached(self, thing: str, over: Iterable[str]) -> set[str]:
        """The thing and all that its links of these properties lead to."""
        names, found, pending = frozenset(over), {thing}, [thing]
        while pending:
            for name, other in self.links.get(pending.pop(), ()):
                if name in names and other not in found:
                    found.add(other)
                    pending.append(other)
        return found


def _report(node: str, lines: list[Line]) -> Report:
    properties: dict[str, list[Term]] = defaultdict(list)
    assertions: dict[str, Assertion] = {}
    for line in lines:
        if line.value not in properties[line.property]:
            properties[line.property].append(line.value)
        assertions[line.assertion.iri.value] = line.assertion
    ordered = {name: tuple(sorted(each, key=str)) for name, each in properties.items()}
    compared = {(name, literals.normal(value)) for name, values in ordered.items() for value in values}
    opened = {name for name, values in ordered.items() if any(map(literals.unbounded, values))}
    held = tuple(assertions[name] for name in sorted(assertions))
    return Report(node, ordered, held, tuple(sorted(compared)), frozenset(opened))
