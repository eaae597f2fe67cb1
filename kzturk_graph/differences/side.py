"""One side of a comparison, looked up: who states a triple, and what is said about an assertion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.differences.changes import Graph, Origin

PASSAGE, MODALITY = ox.NamedNode(terms.kt("passage")), ox.NamedNode(terms.kt("modality"))
_ABOUT_SOURCES = (terms.ASSERTION, terms.PASSAGE, terms.DATE)


class Side:
    """All quads of one state, read once for the triples and the graphs that are asked about."""

    def __init__(self, quads: Iterable[ox.Quad], triples: Collection[ox.Triple], graphs: Collection[str]) -> None:
        """``triples``: those whose assertions are wanted; ``graphs``: IRIs of assertions whose triples are
        wanted."""
        self.holders: dict[ox.Triple, list[Graph]] = defaultdict(list)
        self.content: dict[str, list[ox.Triple]] = defaultdict(list)
        self._passages: dict[str, list[str]] = defaultdict(list)
        self._modalities: dict[str, str] = {}
        self._origins: dict[str, Origin] = {}
        for quad in quads:
            graph = quad.graph_name
            triple = quad.triple
            if triple in triples:
                self.holders[triple].append(graph)
            if graph == _DEFAULT:
                self._note(triple)
            elif graphs and graph.value in graphs:  # type: ignore[union-attr]
                self.content[graph.value].append(triple)  # type: ignore[union-attr]

    def _note(self, triple: ox.Triple) -> None:
        if triple.predicate == PASSAGE:
            self._passages[triple.subject.value].append(triple.object.value)  # type: ignore[union-attr]
        elif triple.predicate == MODALITY:
            self._modalities[triple.subject.value] = terms.local(triple.object.value)  # type: ignore[union-attr]

    def origins(self, graphs: Iterable[Graph]) -> tuple[Origin, ...]:
        """The assertions of these names with their passages, sorted; the default graph is none."""
        names = {graph.value for graph in graphs if graph != _DEFAULT}  # type: ignore[union-attr]
        return tuple(map(self._origin, sorted(names)))

    def _origin(self, name: str) -> Origin:
        if name not in self._origins:
            passages = tuple(sorted(self._passages.get(name, ())))
            self._origins[name] = Origin(name, passages, self._modalities.get(name, ""))
        return self._origins[name]


_DEFAULT = ox.DefaultGraph()


def document(graph: Graph) -> str:
    """The document that an assertion was read from, or ``curator``; another graph is one of its own."""
    name = "" if isinstance(graph, ox.DefaultGraph) else graph.value
    if name.startswith(terms.ASSERTION):
        return terms.ASSERTION + terms.local(name).split("-", 1)[0]
    return name


def is_metadata(quad: ox.Quad, graphs: Collection[str]) -> bool:
    """Whether a quad speaks of a source (assertion, passage, date of the table) rather than of the world."""
    if quad.graph_name != _DEFAULT or isinstance(quad.subject, ox.Triple):
        return False
    return quad.subject.value.startswith(_ABOUT_SOURCES) or quad.subject.value in graphs
