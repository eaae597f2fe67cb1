"""What pages look up again and again: made from the graph when first wanted, and kept."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.citations.footnotes import Describer
from kzturk_graph.facts import Reader
from kzturk_graph.graph import lookup

if TYPE_CHECKING:
    from kzturk_graph.conflicts.model import Conflict
    from kzturk_graph.graph.assertions import Assertion
    from kzturk_graph.graph.statements import StatementDates
    from kzturk_graph.sources.declared import Passage
    from kzturk_graph.web.site import Site

Term = ox.NamedNode | ox.Literal
Made = TypeVar("Made")


class Said(NamedTuple):
    """One triple of an assertion, seen from its subject: property, value, and the assertion."""

    predicate: str
    value: Term
    assertion: Assertion


class Index:
    """The tables behind the pages of one site. Each is made once, even where several requests want it at once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._lock = threading.RLock()
        self._made: dict[str, object] = {}

    def once(self, name: str, make: Callable[[], Made]) -> Made:
        """What ``make`` gave when it was first called under this name."""
        if name not in self._made:
            with self._lock:
                if name not in self._made:
                    self._made[name] = make()
        return self._made[name]  # type: ignore[return-value]

    def reader(self, language: str) -> Reader:
        """The reader of facts in a language; it keeps the labels and sources that it has read."""
        return self.once(f"reader-{language}", lambda: Reader(self.site.store, language))

    def describer(self, language: str) -> Describer:
        """The writer of footnotes in a language."""
        return self.once(f"describer-{language}", lambda: Describer(self.site.store, language))

    def label(self, iri: str, language: str) -> str:
        """What to call a thing in the language."""
        return self.reader(language).label(ox.NamedNode(iri))

    @property
    def said(self) -> Mapping[str, list[Said]]:
        """Every triple of every assertion, plans included, by the IRI of its subject."""
        return self.once("said", self._said)

    def _said(self) -> dict[str, list[Said]]:
        found: dict[str, list[Said]] = defaultdict(list)
        for assertion in self.site.corpus.assertions.values():
            for triple in sorted(assertion.triples, key=str):
                subject, predicate, value = triple.subject, triple.predicate, triple.object
                if isinstance(subject, ox.NamedNode) and isinstance(value, ox.NamedNode | ox.Literal):
                    found[subject.value].append(Said(predicate.value, value, assertion))
        return dict(found)

    def values(self, iri: str, name: str) -> list[Said]:
        """What assertions say of a thing by a property (an IRI), each value once for each assertion."""
        return [each for each in self.said.get(iri, ()) if each.predicate == name]

    def first(self, iri: str, name: str) -> Term | None:
        """A value of a thing's property, any where there are several; None where there is none."""
        return next((each.value for each in self.said.get(iri, ()) if each.predicate == name), None)

    @property
    def conflicts(self) -> list[Conflict]:
        """Where the documents disagree, over the whole graph."""
        from kzturk_graph.conflicts.find import find

        return self.once("conflicts", lambda: find(self.site.corpus))

    def conflicts_about(self, iri: str) -> list[Conflict]:
        """The conflicts that speak of a thing, or that a document or passage takes a side in."""
        return self.once("conflicts-about", self._conflicts_about).get(iri, [])

    def _conflicts_about(self) -> dict[str, list[Conflict]]:
        found: dict[str, list[Conflict]] = defaultdict(list)
        for conflict in self.conflicts:
            for iri in sorted(set(_mentioned(conflict))):
                found[iri].append(conflict)
        return dict(found)

    @property
    def passages(self) -> Mapping[str, Passage]:
        """The declared passages by IRI, in the order of documents and numbers."""
        from kzturk_graph.sources.declared import declared

        return self.once("passages", lambda: {each.iri: each for each in declared(self.site.store)})

    @property
    def documents(self) -> tuple[str, ...]:
        """The IRIs of the documents that were read, in order."""
        return tuple(sorted({terms.DOCUMENT + each.document for each in self.passages.values()}))

    @property
    def statement_dates(self) -> StatementDates:
        """When documents and the works they cite were written."""
        from kzturk_graph.graph.statements import statement_dates

        return self.once("statement-dates", lambda: statement_dates(self.site.corpus))

    @property
    def members(self) -> Mapping[str, tuple[str, ...]]:
        """The things of each class, by the class's IRI: those of the classes below it too, what is only planned too."""
        return self.once("members", self._members)

    def _members(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.site.store.quads_for_pattern(None, lookup.TYPE, None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                found[quad.object.value].add(quad.subject.value)
        return {name: tuple(sorted(things)) for name, things in found.items()}

    @property
    def slugs(self) -> Mapping[str, tuple[str, ...]]:
        """The last parts of the IRIs of all things, by their namespace."""
        return self.once("slugs", self._slugs)

    def _slugs(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.site.store:
            if isinstance(quad.subject, ox.NamedNode):
                iri = quad.subject.value
                head = iri[: -len(terms.local(iri))] if terms.local(iri) else iri
                found[head].add(terms.local(iri))
        return {head: tuple(sorted(names)) for head, names in found.items() if head.startswith(terms.BASE)}

    def kinds(self, iri: str) -> tuple[str, ...]:
        """The IRIs of a thing's most specific classes, planned ones included, sorted."""
        return self.once("kinds", dict[str, tuple[str, ...]]).setdefault(iri, tuple(self._kinds(iri)))

    def _kinds(self, iri: str) -> Iterator[str]:
        quads = self.site.store.quads_for_pattern(ox.NamedNode(iri), lookup.TYPE, None)
        classes = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)}
        yield from sorted(classes - {upper for each in classes for upper in self.uppers.get(each, ())})

    @cached_property
    def uppers(self) -> Mapping[str, frozenset[str]]:
        """The classes right above each class."""
        found: dict[str, set[str]] = defaultdict(set)
        for quad in self.site.store.quads_for_pattern(None, ox.NamedNode(terms.RDFS + "subClassOf"), None):
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode):
                found[quad.subject.value].add(quad.object.value)
        return {name: frozenset(above) for name, above in found.items()}


def _mentioned(conflict: Conflict) -> Iterator[str]:
    yield conflict.thing
    for _, value in conflict.dimensions:
        yield value
    for side in conflict.sides:
        yield side.thing
        for _, value in side.claims:
            yield value
        for witness in side.witnesses:
            yield terms.DOCUMENT + witness.document
            yield from witness.passages
            if witness.assertion:
                yield witness.assertion
