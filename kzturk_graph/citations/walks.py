"""The edges behind a property path between two things, as ways to derive it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.citations.formula import FRAME, SOFT, TRUE, Choice, Clause, of_choice
from kzturk_graph.citations.sources import Node, Sources
from kzturk_graph.citations.syntax import Path

MOST_MIDDLES = 200
"""How many things in the middle of a sequence are looked at for one pair of ends."""
GraphName = ox.NamedNode | ox.DefaultGraph
Edge = tuple[Node, Node]


class Walks:
    """Finds the edges of paths in one store."""

    def __init__(self, sources: Sources) -> None:
        self.sources, self.store = sources, sources.store
        self._known: dict[tuple[Node, Path, Node, GraphName], tuple[Clause, ...]] = {}

    def clauses(self, start: Node, path: Path, end: Node, graph: GraphName) -> tuple[Clause, ...]:
        """The ways in which the path leads from one thing to the other: the shortest, and one in each document."""
        key = (start, path, end, graph)
        if key not in self._known:
            self._known[key] = tuple(dict.fromkeys(self._clauses(start, path, end, graph)))
        return self._known[key]

    def mentions(self, node: Node, graph: GraphName) -> tuple[Clause, ...]:
        """The ways in which a thing is spoken of at all: a walk of no steps begins at any such thing."""
        if isinstance(node, ox.NamedNode) and node.value.startswith(terms.ASSERTION):
            return ((self.sources.in_graph(node.value),),)
        found: dict[Clause, None] = {}
        subject = [] if isinstance(node, ox.Literal) else self.store.quads_for_pattern(node, None, None, graph)
        for quads in (subject, self.store.quads_for_pattern(None, None, node, graph)):
            for quad in islice(quads, MOST_MIDDLES):
                if isinstance(graph, ox.NamedNode):
                    return ((self.sources.in_graph(graph.value),),)
                leaf = self.sources.of_triple(quad.subject, quad.predicate, quad.object)
                if leaf.kind in (SOFT, FRAME):
                    return ((leaf,),)
                found[(leaf,)] = None
        return tuple(found)

    def _clauses(self, start: Node, path: Path, end: Node, graph: GraphName) -> Iterable[Clause]:
        if path.kind == "iri":
            return self._edges(start, [path.iri], end, graph)
        if path.kind == "inverse":
            return self.clauses(end, path.parts[0], start, graph)
        if path.kind == "alternative":
            return [clause for part in path.parts for clause in self.clauses(start, part, end, graph)]
        if path.kind == "sequence":
            return self._sequence(start, path.parts, end, graph)
        if path.kind == "not":
            return self._negated(start, path, end, graph)
        if path.kind in "?*" and start == end:
            return [TRUE]
        if path.kind == "?":
            return self.clauses(start, path.parts[0], end, graph)
        return self._repeated(start, path.parts[0], end, graph)

    def _edges(
        self, start: Node, names: Iterable[ox.NamedNode | None], end: Node, graph: GraphName
    ) -> Iterator[Clause]:
        if isinstance(start, ox.Literal):
            return
        for name in names:
            for quad in self.store.quads_for_pattern(start, name, end, graph):
                if isinstance(graph, ox.NamedNode):
                    yield (self.sources.in_graph(graph.value),)
                else:
                    yield (self.sources.of_triple(start, quad.predicate, end),)

    def _sequence(self, start: Node, parts: tuple[Path, ...], end: Node, graph: GraphName) -> Iterable[Clause]:
        first, rest = parts
        found = []
        for middle in self._after(start, first, graph)[:MOST_MIDDLES]:
            later = self.clauses(middle, rest, end, graph)
            if later:
                earlier = self.clauses(start, first, middle, graph)
                found.append((*_either(earlier), *_either(later)))
        return found

    def _negated(self, start: Node, path: Path, end: Node, graph: GraphName) -> Iterator[Clause]:
        if path.forward is not None:
            yield from self._edges(start, self._others(start, path.forward, end, graph), end, graph)
        if path.backward is not None:
            yield from self._edges(end, self._others(end, path.backward, start, graph), start, graph)

    def _others(
        self, start: Node, names: tuple[ox.NamedNode, ...], end: Node | None, graph: GraphName
    ) -> list[ox.NamedNode]:
        if isinstance(start, ox.Literal):
            return []
        quads = self.store.quads_for_pattern(start, None, end, graph)
        return sorted({quad.predicate for quad in quads} - set(names), key=str)

    def _repeated(self, start: Node, part: Path, end: Node, graph: GraphName) -> Iterable[Clause]:
        """One step or more: the walk with the fewest steps, and the one with the fewest in each document."""
        onward = self._reach(start, part, graph)
        edges = _towards(end, onward)
        steps = {edge: Choice(self.clauses(edge[0], part, edge[1], graph)) for edge in edges}
        documents = {edge: of_choice(step) for edge, step in steps.items()}
        named = sorted({name for each in documents.values() if each is not None for name in each})
        found = [_shortest(start, end, edges)]
        for name in named:
            own = [edge for edge in edges if (held := documents[edge]) is None or name in held]
            found.append(_shortest(start, end, own))
        return [tuple(atom for edge in walk for atom in _either(steps[edge].clauses)) for walk in found if walk]

    def _reach(self, start: Node, part: Path, graph: GraphName) -> list[Edge]:
        seen, edges, pending = {start}, list[Edge](), deque([start])
        while pending:
            here = pending.popleft()
            for there in self._after(here, part, graph):
                edges.append((here, there))
                if there not in seen:
                    seen.add(there)
                    pending.append(there)
        return edges

    def _after(self, start: Node, path: Path, graph: GraphName, back: bool = False) -> list[Node]:
        """Where one path leads from a thing (or, backwards, whence it leads to it), in a settled order."""
        return sorted(set(self._ends(start, path, graph, back)), key=str)

    def _ends(self, start: Node, path: Path, graph: GraphName, back: bool) -> Iterable[Node]:
        if path.kind == "iri" and path.iri is not None:
            return self._next(start, path.iri, graph, back)
        if path.kind == "inverse":
            return self._ends(start, path.parts[0], graph, not back)
        if path.kind == "alternative":
            return [end for part in path.parts for end in self._ends(start, part, graph, back)]
        if path.kind == "sequence":
            ends: Iterable[Node] = [start]
            for part in reversed(path.parts) if back else path.parts:
                ends = {end for each in ends for end in self._ends(each, part, graph, back)}
            return ends
        if path.kind == "not":
            return self._not_ends(start, path, graph, back)
        part = path.parts[0]
        if path.kind == "?":
            return [start, *self._ends(start, part, graph, back)]
        step = Path("inverse", parts=(part,)) if back else part
        reached = [end for _, end in self._reach(start, step, graph)]
        return [start, *reached] if path.kind == "*" else reached

    def _next(self, start: Node, name: ox.NamedNode | None, graph: GraphName, back: bool) -> Iterator[Node]:
        if back:
            for quad in self.store.quads_for_pattern(None, name, start, graph):
                yield quad.subject
        elif not isinstance(start, ox.Literal):
            for quad in self.store.quads_for_pattern(start, name, None, graph):
                yield quad.object

    def _not_ends(self, start: Node, path: Path, graph: GraphName, back: bool) -> Iterator[Node]:
        for names, turned in ((path.forward, back), (path.backward, not back)):
            if names is None:
                continue
            if turned:
                for quad in self.store.quads_for_pattern(None, None, start, graph):
                    if quad.predicate not in names:
                        yield quad.subject
            elif not isinstance(start, ox.Literal):
                for quad in self.store.quads_for_pattern(start, None, None, graph):
                    if quad.predicate not in names:
                        yield quad.object


def _either(clauses: tuple[Clause, ...]) -> Clause:
    return clauses[0] if len(clauses) == 1 else (Choice(clauses),)


def branches(path: Path) -> bool:
    """Whether the path may lead from one thing to another in several ways that are counted each."""
    return path.kind in ("sequence", "alternative") or any(map(branches, path.parts if path.kind == "inverse" else ()))


def nullable(path: Path) -> bool:
    """Whether the path may have no steps."""
    if path.kind in ("?", "*"):
        return True
    if path.kind == "alternative":
        return any(map(nullable, path.parts))
    return path.kind in ("sequence", "inverse", "+") and all(map(nullable, path.parts))


def _towards(end: Node, edges: list[Edge]) -> list[Edge]:
    """The edges from which the end can be reached."""
    before: dict[Node, list[Node]] = {}
    for here, there in edges:
        before.setdefault(there, []).append(here)
    seen, pending = {end}, [end]
    while pending:
        for here in before.get(pending.pop(), ()):
            if here not in seen:
                seen.add(here)
                pending.append(here)
    return [edge for edge in edges if edge[1] in seen]


def _shortest(start: Node, end: Node, edges: Iterable[Edge]) -> list[Edge]:
    """The edges of a walk of one step or more with the fewest steps; empty where there is none."""
    onward: dict[Node, list[Node]] = {}
    for here, there in edges:
        onward.setdefault(here, []).append(there)
    came: dict[Node, Node] = {}
    pending = deque([start])
    while pending and end not in came:
        here = pending.popleft()
        for there in onward.get(here, ()):
            if there not in came:
                came[there] = here
                pending.append(there)
    if end not in came:
        return []
    walk, here = [(came[end], end)], came[end]
    while here != start:
        walk.append((came[here], here))
        here = came[here]
    return walk[::-1]
