"""What an export holds, before it is spelled in any format."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.selection import FACTS, MODALITIES, Selection

Graphs = dict[str, frozenset[ox.Triple]]


@dataclass(frozen=True)
class Content:
    """The triples of the default graph, and those of each named graph by its IRI."""

    default: Set[ox.Triple]
    graphs: Mapping[str, Set[ox.Triple]] = field(default_factory=dict)

    def quads(self) -> Iterator[ox.Quad]:
        """All of them as quads, in no particular order."""
        for triple in self.default:
            yield ox.Quad(*triple)
        for name, triples in self.graphs.items():
            graph = ox.NamedNode(name)
            for triple in triples:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


@dataclass(frozen=True)
class Wanted:
    """Which part of a corpus to export: assertions of these modalities and documents, what is about this
    entity.

    Without ``modalities`` a merge holds what is stated as fact, and a record, where each assertion says its
    modality, every assertion. Without ``sources`` (slugs) it is all documents, without ``entity`` everything.
    """

    modalities: Collection[str] | None = None
    sources: frozenset[str] = frozenset()
    entity: ox.NamedNode | None = None

    def facts(self) -> Selection:
        """The assertions that make up the merge."""
        return Selection(FACTS.modalities if self.modalities is None else frozenset(self.modalities), self.sources)

    def recorded(self) -> Selection:
        """The assertions that are written with their metadata."""
        return Selection(frozenset(MODALITIES if self.modalities is None else self.modalities), self.sources)


def content(corpus: Corpus, wanted: Wanted, provenance: str) -> Content:
    """The part of the corpus, its sources kept as ``provenance`` says: ``none``, ``graphs`` or
    ``statements``.

    Raises UsageError where nothing is said about the entity.
    """
    if provenance == "none":
        return Content(_facts(corpus, wanted))
    graphs = _graphs(corpus, wanted, {n: a for n, a in corpus.assertions.items() if wanted.recorded().covers(a)})
    beside = _beside(corpus, wanted, graphs)
    if provenance == "graphs":
        return Content(beside, graphs)
    from kzturk_graph.exports.statements import statements

    admitted = (triples for name, triples in graphs.items() if wanted.facts().admits(corpus.assertions[name]))
    return Content(frozenset().union(beside, statements(graphs), *admitted))


def _facts(corpus: Corpus, wanted: Wanted) -> frozenset[ox.Triple]:
    graphs = _graphs(corpus, wanted, {n: a for n, a in corpus.assertions.items() if wanted.facts().admits(a)})
    merged: frozenset[ox.Triple] = frozenset().union(*graphs.values())
    if wanted.entity is None:
        return merged
    from kzturk_graph.exports.entity import derived_names

    return merged.union(derived_names(corpus, merged))


def _graphs(corpus: Corpus, wanted: Wanted, assertions: Mapping[str, Assertion]) -> Graphs:
    if wanted.entity is None:
        return {name: assertion.triples for name, assertion in assertions.items()}
    from kzturk_graph.exports.entity import describe  # with its templates, which the whole graph doesn't need

    graphs = describe(assertions, wanted.entity)
    if not graphs:
        raise UsageError(
            f"nothing that was asked for is about {terms.curie(wanted.entity.value)}",
            "what is only planned or targeted is left out: add --modality all, or leave --source out",
        )
    return graphs


def _beside(corpus: Corpus, wanted: Wanted, graphs: Graphs) -> frozenset[ox.Triple]:
    """Metadata of the graphs kept, and the passages and documents that these name or that were asked for."""
    if wanted == Wanted():
        return corpus.beside
    named = {v.value for name in graphs for vs in corpus.assertions[name].metadata.values() for v in vs}
    if wanted.entity is not None:
        named.add(wanted.entity.value)

    def stays(subject: str) -> bool:
        if subject.startswith(terms.ASSERTION):
            return subject in graphs
        if wanted.entity is not None:
            return subject in named
        if wanted.sources and subject.startswith((terms.PASSAGE, terms.DOCUMENT)):
            return subject in named or terms.local(subject).split("-", 1)[0] in wanted.sources
        return True

    return frozenset(t for t in corpus.beside if stays(t.subject.value))  # type: ignore[union-attr]
