"""Faults of a source: damaged or implausible passages, references that lead nowhere, a footnote against its
text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.conflicts.clash import Clash, Part
from kzturk_graph.conflicts.rules import Rule
from kzturk_graph.conflicts.view import View
from kzturk_graph.graph.assertions import Assertion

REFERS_TO = terms.kt("refersTo")


def status(view: View, rule: Rule) -> Iterator[Clash]:
    """Assertions that a curator has marked with one of the rule's statuses."""
    for assertion in view.assertions:
        marked = [each for each in assertion.values("status") if each in rule.values]
        if marked:
            claims = tuple((rule.compare[0], each) for each in marked)
            yield _clash(assertion, rule, _place(assertion), claims)


def not_read(view: View, rule: Rule) -> Iterator[Clash]:
    """Passages and sentences from which nothing was read because the text is broken."""
    name = rule.compare[0]
    found = [
        (triple.subject.value, triple.object.value)  # type: ignore[union-attr]
        for triple in view.corpus.beside
        if triple.predicate.value == name and triple.object.value in rule.values  # type: ignore[union-attr]
    ]
    for where, reason in sorted(found):
        yield Clash(where, name, (), _never, ((name, reason),), None, (where,))


def dangling(view: View, rule: Rule) -> Iterator[Clash]:
    """For each document the marks that lead to no entry, with all assertions that lean on them."""
    by: dict[str, dict[str, list[Assertion]]] = defaultdict(lambda: defaultdict(list))
    for assertion in view.assertions:
        for mark in assertion.values("danglingCitation"):
            by[assertion.source][mark].append(assertion)
    for source, marks in sorted(by.items()):
        thing = terms.DOCUMENT + source
        parts = tuple(
            Part(thing, ((rule.compare[0], mark),), tuple((each, None) for each in marks[mark]))
            for mark in sorted(marks)
        )
        yield Clash(thing, rule.compare[0], parts, _never)


def voice(view: View, rule: Rule) -> Iterator[Clash]:
    """Assertions whose text credits one publisher while the footnote names a work of another."""
    works = _works(view)
    publishers = {other for links in view.links.values() for name, other in links if name in rule.inside[:2]}
    for assertion in view.assertions:
        credited = (set(assertion.values("voice")) & publishers) if assertion.values("cites") else set()
        for passage in assertion.values("cites"):
            work = works.get(passage, passage if passage.startswith(terms.DOCUMENT) else None)
            behind = {other for name, other in view.links.get(work or "", ()) if name in rule.inside}
            if work and credited and behind and not credited & behind:
                claims = ((terms.kt("voice"), min(credited)), (REFERS_TO, work))
                yield _clash(assertion, rule, _place(assertion), claims)


def _works(view: View) -> Mapping[str, str]:
    return {
        triple.subject.value: triple.object.value  # type: ignore[union-attr]
        for triple in view.corpus.beside
        if triple.predicate.value == REFERS_TO and isinstance(triple.object, ox.NamedNode)
    }


def _place(assertion: Assertion) -> str:
    return min(assertion.values("passage"), default=assertion.iri.value)


def _clash(assertion: Assertion, rule: Rule, thing: str, claims: tuple[tuple[str, str], ...]) -> Clash:
    part = Part(thing, claims, ((assertion, None),))
    return Clash(thing, rule.compare[0], (part,), _never)


def _never(one: Part, other: Part) -> bool:
    return False
