"""Following the rules: from one assertion to the statements that it supports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import EntityId, Snak
from kzturk_graph.wikibase.ours import dates
from kzturk_graph.wikibase.ours.facts import Facts, Stated
from kzturk_graph.wikibase.ours.rules import Rule, Rules, Steps
from kzturk_graph.wikibase.ours.values import Ids, Term, snak

Qualifiers = tuple[Snak, ...]
_QUALIFIER, _EXACTLY = terms.kt("qualifier"), terms.CONCEPT + "exactly"
_ENDS = ("P580", "P582")
"""Start and end: where the day can't be said, that there was one can, else what is over would seem to last."""

_LANGUAGE = terms.PREFIXES["dcterms"] + "language"


@dataclass(frozen=True)
class Found:
    """A statement that one assertion supports: of which thing of ours, its main snak, its qualifiers."""

    subject: str
    main: Snak
    qualifiers: Qualifiers
    assertion: str


class Applier:
    """Follows rules over facts. ``ids`` are the entities that there are; ``units`` Wikidata's items for our units.

    What a rule found and Wikibase can't say is counted in ``facts.left_out``.
    """

    def __init__(self, facts: Facts, rules: Rules, ids: Ids, units: Mapping[str, str]) -> None:
        self.facts, self.rules, self.ids, self.units = facts, rules, ids, units

    def found(self) -> Iterator[Found]:
        """Everything that the rules find, assertion by assertion."""
        for stated in self.facts.stated:
            for node in stated.about:
                for rule in self.rules.statements:
                    if self._fits(rule, stated, node):
                        yield from self._follow(rule, stated, node)

    def _fits(self, rule: Rule, stated: Stated, node: str) -> bool:
        return (
            not rule.of.isdisjoint(self.facts.types.get(node, frozenset()))
            and all(wanted & {v.value for v in stated.values(node, name)} for name, wanted in rule.where.items())
            and all(len(stated.values(node, name)) == number for name, number in rule.count.items())
        )

    def _follow(self, rule: Rule, stated: Stated, node: str) -> Iterator[Found]:
        for on in self._walk(stated, node, rule.on):
            if on.value not in self.ids or (rule.on_class and not self._is(on, rule.on_class)):
                continue
            for main in self._mains(rule, stated, node, on):
                yield Found(on.value, main, tuple(self._qualifiers(rule, stated, node)), stated.assertion.iri.value)

    def _walk(self, stated: Stated, node: str, steps: Steps) -> list[Term]:
        """The ends of a path: its first step in this assertion, the others anywhere."""
        if not steps:
            return [ox.NamedNode(node)]
        ends = list(stated.values(node, steps[0]))
        for step in steps[1:]:
            ends = [value for each in ends for value in self.facts.values(each.value, step)]
        return ends

    def _is(self, value: Term, wanted: str) -> bool:
        return wanted in self.facts.types.get(value.value, frozenset())

    def _mains(self, rule: Rule, stated: Stated, node: str, on: Term) -> Iterator[Snak]:
        if rule.class_:
            yield Snak(rule.property, EntityId(rule.class_), model.VALUE, self.rules.datatypes[rule.property])
            return
        for value in self._walk(stated, node, rule.value):
            if not self._meant(rule, value):
                continue
            if rule.dates:
                yield from self._dated(rule.dates, value)
            elif self.ids.get(value.value) != self.ids[on.value]:  # nothing stands in a relation to itself
                main = self._main(rule.property, stated, node, value)
                if main is not None:
                    yield main

    def _meant(self, rule: Rule, value: Term) -> bool:
        return (
            (not rule.to or self._is(value, rule.to))
            and not (rule.not_to and self._is(value, rule.not_to))
            and rule.length in (None, len(value.value))
        )

    def _main(self, property: str, stated: Stated, node: str, value: Term) -> Snak | None:
        datatype = self.rules.datatypes[property]
        if datatype == "quantity":
            loose = {each.value for each in stated.values(node, _QUALIFIER)} - {_EXACTLY}
            if loose:
                self.facts.left_out[f"{property}: a number that is {terms.local(min(loose))}"] += 1
                return None
        unit = next((self.units.get(each.value, "1") for each in stated.values(node, terms.kt("unit"))), "1")
        language = next((each.value for each in self.facts.values(node, _LANGUAGE)), "")
        return self._counted(snak(property, datatype, value, self.ids, unit, language), property, value)

    def _dated(self, named: Mapping[str, str], value: Term) -> Iterator[Snak]:
        if not isinstance(value, ox.Literal):
            return
        if "start" in named and (lasting := dates.span(value.value)) is not None:
            for side, point in (("start", lasting.start), ("end", lasting.end)):
                if point is not None:
                    yield Snak(named[side], point.time, point.kind, "time")
            return
        made = self._counted(snak(named["at"], "time", value, self.ids), named["at"], value)
        if made is not None:
            yield made

    def _qualifiers(self, rule: Rule, stated: Stated, node: str) -> Iterator[Snak]:
        for property, paths in rule.qualifiers.items():
            for path in paths:
                for value in self._walk(stated, node, path):
                    made = snak(property, self.rules.datatypes[property], value, self.ids)
                    if made is None and property in _ENDS:
                        yield Snak(property, None, model.UNKNOWN, self.rules.datatypes[property])
                    elif self._counted(made, property, value) is not None and made is not None:
                        yield made

    def _counted(self, made: Snak | None, property: str, value: Term) -> Snak | None:
        if made is None:
            what = "a date that no year holds" if isinstance(value, ox.Literal) else "a thing that is no item"
            self.facts.left_out[f"{property}: {what}"] += 1
        return made
