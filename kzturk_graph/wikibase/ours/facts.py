"""What the admitted assertions state, one by one and together, for the rules to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cached_property

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.build import admitted
from kzturk_graph.graph.labels import generated_labels
from kzturk_graph.graph.selection import CURATOR, FACTS, Selection

UNSAYABLE = tuple(terms.CONCEPT + name for name in ("ambiguous", "implausible", "damaged"))
"""Marks of an assertion that a Wikibase statement can't carry."""

Properties = Mapping[str, tuple[ox.NamedNode | ox.Literal, ...]]
Texts = dict[str, dict[str, list[str]]]
_SUBCLASS = terms.RDFS + "subClassOf"
_NOTHING: Properties = {}


@dataclass(frozen=True)
class Stated:
    """One assertion: its triples by subject and property."""

    assertion: Assertion
    about: Mapping[str, Properties]

    def values(self, node: str, property: str) -> tuple[ox.NamedNode | ox.Literal, ...]:
        """The values of a node's property in this assertion, sorted."""
        return self.about.get(node, _NOTHING).get(property, ())


class Facts:
    """The facts of a corpus under a selection.

    Assertions that a Wikibase statement would misrepresent are left out, counted by reason in ``left_out``: those
    marked ambiguous, implausible or damaged, and those that someone else than their document vouches for.
    """

    def __init__(self, corpus: Corpus, selection: Selection = FACTS) -> None:
        self.corpus = corpus
        self.admitted = admitted(corpus, replace(selection, modalities=FACTS.modalities))
        self.left_out: dict[str, int] = defaultdict(int)
        self.stated = tuple(Stated(each, _by_subject(each)) for each in self.admitted if self._sayable(each))

    def _sayable(self, assertion: Assertion) -> bool:
        if assertion.source == CURATOR:
            return True
        marks = [terms.local(each) for each in assertion.values("status") if each in UNSAYABLE]
        voiced = [each for each in assertion.values("voice") if not each.startswith(terms.DOCUMENT)]
        reason = marks[0] if marks else "another voice" if voiced else ""
        if reason:
            self.left_out[f"assertion: {reason}"] += 1
        return not reason

    @cached_property
    def types(self) -> Mapping[str, Set[str]]:
        """The classes of each thing, with those above them, as all admitted assertions have them."""
        above = self._above()
        found: dict[str, set[str]] = defaultdict(set)
        for triple in self._triples():
            if triple.predicate.value == terms.TYPE:
                found[triple.subject.value] |= above.get(triple.object.value, {triple.object.value})  # type: ignore[union-attr]
        return found

    def _above(self) -> dict[str, set[str]]:
        direct: dict[str, set[str]] = defaultdict(set)
        for triple in self.corpus.vocabulary:
            if triple.predicate.value == _SUBCLASS and isinstance(triple.object, ox.NamedNode):
                direct[triple.subject.value].add(triple.object.value)  # type: ignore[union-attr]
        found: dict[str, set[str]] = {}
        for name in list(direct):
            pending, seen = [name], set()
            while pending:
                each = pending.pop()
                if each not in seen:
                    seen.add(each)
                    pending.extend(direct.get(each, ()))
            found[name] = seen
        return found

    @cached_property
    def everywhere(self) -> Mapping[str, Properties]:
        """All that is stated of each thing, by property: for what may stand in any assertion."""
        merged: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
        for triple in self._triples():
            merged[triple.subject.value][triple.predicate.value].add(triple.object)  # type: ignore[union-attr,arg-type]
        return {node: {name: tuple(sorted(v, key=str)) for name, v in of.items()} for node, of in merged.items()}

    def values(self, node: str, property: str) -> tuple[ox.NamedNode | ox.Literal, ...]:
        """The values of a node's property in any assertion."""
        return self.everywhere.get(node, _NOTHING).get(property, ())

    @cached_property
    def labels(self) -> Texts:
        """Thing → language → its labels; those by template where it has none of its own."""
        only = {each.iri.value: each for each in self.admitted}
        made = generated_labels(replace(self.corpus, assertions=only))
        return _texts([*self._triples(), *made], terms.PREF_LABEL)

    @cached_property
    def aliases(self) -> Texts:
        """Thing → language → its other names."""
        return _texts(self._triples(), terms.ALT_LABEL)

    @cached_property
    def concept_labels(self) -> Texts:
        """Concept → language → its labels."""
        return _texts(self.corpus.vocabulary, terms.PREF_LABEL)

    @cached_property
    def preferred(self) -> frozenset[str]:
        """The assertions that a curator preferred to others."""
        name = terms.kt("preferredTo")
        return frozenset(t.subject.value for t in self._triples() if t.predicate.value == name)  # type: ignore[union-attr]

    def _triples(self) -> Iterator[ox.Triple]:
        for assertion in self.admitted:
            yield from assertion.triples


def _by_subject(assertion: Assertion) -> Mapping[str, Properties]:
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in assertion.triples:
        found[subject.value][predicate.value].append(value)
    return {node: {name: tuple(sorted(v, key=str)) for name, v in of.items()} for node, of in sorted(found.items())}


def _texts(triples, property: str) -> Texts:  # type: ignore[no-untyped-def]
    found: Texts = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        literal = triple.object
        if triple.predicate.value == property and isinstance(literal, ox.Literal) and literal.language:
            found[triple.subject.value][literal.language].append(literal.value)
    for of in found.values():
        for language, texts in of.items():
            of[language] = sorted(set(texts))
    return found
