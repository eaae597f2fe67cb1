"""Find where the assertions disagree, by the rules of the data."""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from kzturk_graph import terms
from kzturk_graph.conflicts import defects, numbers, stages, values
from kzturk_graph.conflicts.clash import Clash, Part
from kzturk_graph.conflicts.decisions import decisions
from kzturk_graph.conflicts.independence import independent, lineage
from kzturk_graph.conflicts.model import KINDS, Conflict, Decision, Side, Witness
from kzturk_graph.conflicts.rules import Rule, Rules, read_rules
from kzturk_graph.conflicts.view import View
from kzturk_graph.errors import InputError, UnknownName
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.selection import FACTS, Selection

TESTS: Mapping[str, Callable[[View, Rule], Iterator[Clash]]] = {
    "numbers": numbers.numbers,
    "same-number": numbers.same_number,
    "growth": numbers.growth,
    "dates": values.dated,
    "one-value": values.one_value,
    "one-at-a-time": values.one_at_a_time,
    "rivals": values.rivals,
    "denial": values.denied,
    "credit": values.credit,
    "stages": stages.stages,
    "held-and-planned": stages.held_and_planned,
    "status": defects.status,
    "not-read": defects.not_read,
    "dangling": defects.dangling,
    "voice": defects.voice,
}
"""The tests that a rule may name."""


def find(
    corpus: Corpus,
    selection: Selection = FACTS,
    *,
    kinds: Collection[str] = (),
    entity: str | None = None,
    topics: Collection[str] = (),
    rules: Rules | None = None,
) -> list[Conflict]:
    """Where the documents' assertions disagree: by the order of the rules, then by what they are about.

    ``selection`` leaves out documents, voices and days; its modalities don't matter, for each rule says
    which it compares, and what a curator marked erroneous is listed with the decision. ``kinds`` and
    ``topics`` keep those of any of them, ``entity`` (an IRI) those that speak of it. Raises UnknownName for
    a kind or topic that there isn't, InputError for a rule that names a test that there isn't.
    """
    rules = rules or read_rules()
    for kind in kinds:
        if kind not in KINDS:
            raise UnknownName("kind of conflict", kind, list(KINDS))
    for topic in topics:
        if topic not in rules.topics:
            raise UnknownName("topic of conflicts", topic, sorted(rules.topics))
    with _without_collector():
        return [
            conflict
            for conflict in _all(corpus, selection, rules)
            if (not kinds or set(kinds) & set(conflict.kinds))
            and (not topics or set(topics) & set(conflict.topics))
            and (entity is None or entity in _mentioned(conflict, corpus))
        ]


@contextlib.contextmanager
def _without_collector() -> Iterator[None]:
    """The garbage collector rests: it would search the growing indexes again and again, and find nothing."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _all(corpus: Corpus, selection: Selection, rules: Rules) -> Iterator[Conflict]:
    view = View(corpus, selection, rules)
    made = _Maker(view)
    for rule in rules.rules:
        if rule.test not in TESTS:
            hint = f"tests: {', '.join(sorted(TESTS))}"
            raise InputError(f"the rule {rule.name!r} names an unknown test {rule.test!r}", hint=hint)
        found = [made.conflict(rule, clash) for clash in TESTS[rule.test](view, rule)]
        yield from sorted((each for each in found if each is not None), key=lambda c: (c.thing, c.predicate, c.name))


class _Maker:
    """Makes conflicts of clashes: gives each witness its date, voices and notes, and the curator's
    decisions."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.lineage = lineage(view.corpus)
        self.decided: dict[str, list[Decision]] = defaultdict(list)
        for decision in decisions(view.corpus):
            self.decided[decision.rejected].append(decision)

    def conflict(self, rule: Rule, clash: Clash) -> Conflict | None:
        sides = tuple(self.side(part) for part in clash.parts) or self.unread(clash)
        if not sides:
            return None
        rejected = {w.assertion for side in sides for w in side.witnesses if w.assertion}
        decided = tuple(each for name in sorted(rejected) for each in self.decided.get(name, ()))
        kinds = (rule.finds, *(["self"] if rule.finds != "self" and any(clash.within()) else []))
        return Conflict(
            f"{rule.name}-{_digest(rule, clash)}",
            rule.name,
            kinds,
            clash.thing,
            clash.property,
            clash.dimensions,
            sides,
            tuple(sorted(self.topics(rule, clash))),
            decided,
            clash.detail,
        )

    def side(self, part: Part) -> Side:
        witnesses = tuple(self.witness(assertion, printed) for assertion, printed in part.said)
        return Side(part.thing, part.claims, witnesses, independent(self.lineage, part.assertions))

    def witness(self, assertion: Assertion, printed: str | None) -> Witness:
        return Witness(
            assertion.iri.value,
            assertion.source,
            assertion.values("passage"),
            assertion.modality,
            tuple(sorted(assertion.voices)),
            self.view.stated(assertion),
            min(assertion.values("note"), default=None),
            tuple(terms.local(each) for each in assertion.values("status")),
            printed,
        )

    def unread(self, clash: Clash) -> tuple[Side, ...]:
        """The side of a passage from which nothing was read; none where the selection leaves its document
        out."""
        found = []
        for place in clash.passages:
            source = terms.local(place).split("-", 1)[0]
            document, chosen = terms.DOCUMENT + source, self.view.selection
            left_out = (chosen.sources and source not in chosen.sources) or source in chosen.without
            stated = self.view.dates.documents.get(document)
            unknown = chosen.as_of and stated and stated.latest and stated.latest > chosen.as_of
            if left_out or unknown or (chosen.voices and document not in chosen.voices):
                continue
            witness = Witness(None, source, (place,), None, (document,), stated, None)
            found.append(Side(place, clash.dimensions, (witness,), 1))
        return tuple(found)

    def topics(self, rule: Rule, clash: Clash) -> Iterator[str]:
        about = {rule.name, clash.property, *(value for _, value in clash.dimensions)}
        about |= self.view.types.get(clash.thing, frozenset())
        about |= {name for part in clash.parts for name in self.view.types.get(part.thing, ())}
        if clash.thing.startswith(terms.PASSAGE):
            about.add(terms.kt("Passage"))
        for topic, covered in self.view.rules.topics.items():
            if not covered.isdisjoint(about):
                yield topic


def _digest(rule: Rule, clash: Clash) -> str:
    """A short name for a clash that stays the same when other documents join it."""
    text = "|".join([rule.name, clash.thing, clash.property, *(f"{a}={b}" for a, b in clash.dimensions)])
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _mentioned(conflict: Conflict, corpus: Corpus) -> set[str]:
    """Everything that a conflict speaks of, the members of a pair of states among it."""
    found = {conflict.thing, *(value for _, value in conflict.dimensions)}
    for side in conflict.sides:
        found |= {side.thing, *(value for _, value in side.claims)}
        found |= {terms.DOCUMENT + witness.document for witness in side.witnesses}
        found |= {name for witness in side.witnesses for name in (witness.assertion, *witness.passages) if name}
        found |= {voice for witness in side.witnesses for voice in witness.voices}
    return found | set(_members(found, corpus))


def _members(things: Iterable[str], corpus: Corpus) -> Iterator[str]:
    member, wanted = terms.kt("member"), {each for each in things if each.startswith(terms.ENTITY)}
    for assertion in corpus.assertions.values():
        for triple in assertion.triples:
            if triple.predicate.value == member and triple.subject.value in wanted:  # type: ignore[union-attr]
                yield triple.object.value  # type: ignore[union-attr]
