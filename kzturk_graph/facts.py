"""What is known of one thing: its names, kinds and facts, each with every assertion that states it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.results import Text, Value, value_of

if TYPE_CHECKING:
    from kzturk_graph.conflicts.independence import Lineage

_NAMES = {terms.PREF_LABEL, terms.ALT_LABEL, terms.LABEL, terms.kt("writtenAs")}
_NOT_FACTS = _NAMES | {terms.TYPE}


@dataclass(frozen=True)
class Source:
    """One assertion that states a fact: its passage, how it is held, who vouches for it, and what to know about it."""

    assertion: str
    passage: str
    modality: str
    voice: str | None
    note: str | None
    status: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A property and a value of the thing, and the assertions that state it.

    ``inverse`` is true where the thing is the value: it is then the other thing that has the property. ``witnesses`` is
    how many independent witnesses state it, one where documents quote each other; None where only the curator does.
    """

    predicate: str
    label: str
    value: Value
    sources: tuple[Source, ...]
    inverse: bool = False
    witnesses: int | None = None

    @property
    def held(self) -> bool:
        """Whether some assertion states it as fact."""
        return any(source.modality == "fact" for source in self.sources)


@dataclass(frozen=True)
class Statement:
    """One triple of an assertion, for people: the labels of its subject and property, its value, and where it
    stands."""

    subject: str
    predicate: str
    value: Value
    source: Source


@dataclass(frozen=True)
class Profile:
    """A thing with its names, kinds and facts; of a passage or assertion also ``content``: what is read from it.

    ``decisions`` are a curator's, about assertions that the facts rest on, in words.
    """

    iri: str
    label: str
    names: tuple[Text, ...]
    kinds: tuple[str, ...]
    facts: tuple[Fact, ...] = field(default=())
    decisions: tuple[str, ...] = field(default=())
    content: tuple[Statement, ...] = field(default=())


def profile(store: ox.Store, node: ox.NamedNode, language: str = "en", reader: Reader | None = None) -> Profile:
    """Everything that the graph says of a thing, plans included, each fact with its sources.

    What only the build derived (supertypes, generated labels) adds a kind or the label, no fact. ``reader`` is one of
    this store and language that has read before, so that its labels and sources needn't be looked up again.
    """
    reader = reader or Reader(store, language)
    facts = tuple(reader.facts(node))
    return Profile(
        node.value,
        lookup.label(store, node, language),
        tuple(reader.names(node)),
        tuple(reader.kinds(node)),
        facts,
        tuple(reader.decisions(facts)),
        tuple(reader.content(node)) if node.value.startswith((terms.PASSAGE, terms.ASSERTION)) else (),
    )


class Reader:
    """Reads one store in one language, and keeps the labels and sources that it has read."""

    def __init__(self, store: ox.Store, language: str) -> None:
        self.store, self.language = store, language
        self.labels: dict[str, str] = {}
        self.known: dict[str, Source] = {}
        self.lineage: Lineage | None = None

    def label(self, node: ox.NamedNode) -> str:
        """What to call a thing."""
        if node.value not in self.labels:
            self.labels[node.value] = lookup.label(self.store, node, self.language)
        return self.labels[node.value]

    def names(self, node: ox.NamedNode) -> Iterator[Text]:
        """All names of a thing, by language."""
        found = {
            (quad.object.language or "", quad.object.value)
            for name in sorted(_NAMES)
            for quad in self.store.quads_for_pattern(node, ox.NamedNode(name), None)
            if isinstance(quad.object, ox.Literal)
        }
        order = {language: place for place, language in enumerate(terms.LANGUAGES)}
        for language, text in sorted(found, key=lambda pair: (order.get(pair[0], 9), pair[1])):
            yield Text(text, language)

    def kinds(self, node: ox.NamedNode) -> Iterator[str]:
        """The labels of a thing's most specific classes."""
        classes = {
            quad.object.value
            for quad in self.store.quads_for_pattern(node, lookup.TYPE, None)
            if isinstance(quad.object, ox.NamedNode)
        }
        uppers = {
            above.object.value
            for each in classes
            for above in self.store.quads_for_pattern(ox.NamedNode(each), ox.NamedNode(terms.RDFS + "subClassOf"), None)
            if isinstance(above.object, ox.NamedNode)
        }
        yield from sorted(self.label(ox.NamedNode(each)) for each in classes - uppers)

    def facts(self, node: ox.NamedNode) -> Iterator[Fact]:
        """What is said of a thing, stated facts first."""
        found: dict[tuple[str, ox.NamedNode | ox.Literal, bool], set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(node, None, None):
            self._note(found, quad, quad.object, inverse=False)
        for quad in self.store.quads_for_pattern(None, None, node):
            self._note(found, quad, quad.subject, inverse=True)
        if node.value.startswith((terms.PASSAGE, terms.ASSERTION)):
            self._note_metadata(found, node)
        rows = [self._fact(name, value, inverse, assertions) for (name, value, inverse), assertions in found.items()]
        yield from sorted(rows, key=lambda fact: (not fact.held, fact.inverse, fact.label, str(fact.value)))

    def _note(self, found, quad: ox.Quad, value: object, *, inverse: bool) -> None:  # type: ignore[no-untyped-def]
        if isinstance(quad.graph_name, ox.NamedNode) and quad.predicate.value not in _NOT_FACTS:
            found[(quad.predicate.value, value, inverse)].add(quad.graph_name.value)

    def _note_metadata(self, found, node: ox.NamedNode) -> None:  # type: ignore[no-untyped-def]
        """What is said about a passage or assertion stands beside the assertions; the curator vouches for it."""
        for quad in self.store.quads_for_pattern(node, None, None, ox.DefaultGraph()):
            if quad.predicate.value not in _NOT_FACTS:
                found[(quad.predicate.value, quad.object, False)].add("")
        for quad in self.store.quads_for_pattern(None, None, node, ox.DefaultGraph()):
            found[(quad.predicate.value, quad.subject, True)].add("")

    def content(self, node: ox.NamedNode) -> Iterator[Statement]:
        """The triples of an assertion, or of all assertions that were read from a passage."""
        passage = ox.NamedNode(terms.kt("passage"))
        graphs = {quad.subject for quad in self.store.quads_for_pattern(None, passage, node, ox.DefaultGraph())}
        for graph in sorted(graphs or {node}, key=lambda each: each.value):  # type: ignore[union-attr]
            quads = self.store.quads_for_pattern(None, None, None, graph)  # type: ignore[arg-type]
            for quad in sorted(quads, key=lambda each: (str(each.subject), str(each.predicate), str(each.object))):
                label = self.label(quad.object) if isinstance(quad.object, ox.NamedNode) else None
                yield Statement(
                    self.label(quad.subject),  # type: ignore[arg-type]
                    self.label(quad.predicate),
                    value_of(quad.object, label),  # type: ignore[arg-type]
                    self.source(graph.value),  # type: ignore[union-attr]
                )

    def _fact(self, name: str, value: ox.NamedNode | ox.Literal, inverse: bool, assertions: set[str]) -> Fact:
        label = self.label(value) if isinstance(value, ox.NamedNode) else None
        sources = tuple(sorted((self.source(each) for each in assertions), key=lambda source: source.assertion))
        witnesses = self._independent(assertions)
        return Fact(name, self.label(ox.NamedNode(name)), value_of(value, label), sources, inverse, witnesses)

    def _independent(self, assertions: set[str]) -> int | None:
        """How many independent witnesses there are; one document needs no look at who quotes whom."""
        documents = {terms.local(each).split("-", 1)[0] for each in assertions if each} - {"curator"}
        if len(documents) < 2:
            return len(documents) or None
        from kzturk_graph.conflicts.independence import independent_in_store, lineage_of_store

        if self.lineage is None:
            self.lineage = lineage_of_store(self.store)
        return independent_in_store(self.lineage, self.store, assertions)

    def decisions(self, facts: tuple[Fact, ...]) -> Iterator[str]:
        """What a curator decided about the assertions behind the facts."""
        from kzturk_graph.conflicts.decisions import decisions_in_store

        marked = {
            source.assertion for fact in facts for source in fact.sources if source.assertion and self._decided(source)
        }
        found = {each for assertion in sorted(marked) for each in decisions_in_store(self.store, assertion)}
        for each in sorted(found, key=lambda decision: decision.rejected):
            rejected = lookup.passage_label(each.rejected)
            what = (
                f"{lookup.passage_label(each.preferred)} preferred to {rejected}"
                if each.preferred
                else f"{rejected} not to be relied on"
            )
            yield f"{what}, because {each.because}" + (f" (decided {each.on})" if each.on else "")

    def _decided(self, source: Source) -> bool:
        """Whether a decision speaks of the assertion; only then is it looked up in full."""
        node, prefers = ox.NamedNode(source.assertion), ox.NamedNode(terms.kt("preferredTo"))
        preferred = next(iter(self.store.quads_for_pattern(node, prefers, None)), None)
        return "erroneous" in source.status or preferred is not None

    def source(self, assertion: str) -> Source:
        """What is said about an assertion."""
        if not assertion:
            return Source("", "curator", "fact", None, None)
        if assertion not in self.known:
            said: dict[str, list[str]] = defaultdict(list)
            for quad in self.store.quads_for_pattern(ox.NamedNode(assertion), None, None, ox.DefaultGraph()):
                said[terms.local(quad.predicate.value)].append(quad.object.value)  # type: ignore[union-attr]
            voices = [each for each in sorted(said["voice"]) if not each.startswith(terms.DOCUMENT)]
            passages = ", ".join(lookup.passage_label(each) for each in sorted(said["passage"]))
            self.known[assertion] = Source(
                assertion,
                passages or "curator",
                terms.local(said["modality"][0]) if said["modality"] else "",
                self.label(ox.NamedNode(voices[0])) if voices and passages else None,
                min(said["note"], default=None),
                tuple(sorted(terms.local(each) for each in said["status"])),
            )
        return self.known[assertion]
