"""Two sets of quads compared: which facts were added, removed, changed, re-sourced, and which metadata
changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator

import pyoxigraph as ox

from kzturk_graph.differences.blanks import Quads, alike
from kzturk_graph.differences.changes import (
    ADDED,
    CHANGED,
    METADATA,
    REMOVED,
    RESOURCED,
    Change,
    Graph,
    Origin,
    Subject,
    Value,
)
from kzturk_graph.differences.pairing import pairs
from kzturk_graph.differences.side import PASSAGE, Side, document, is_metadata

_DEFAULT = ox.DefaultGraph()


def comparable(old: Quads, new: Quads) -> tuple[Quads, Quads]:
    """Both sides in a form in which equal quads mean the same.

    Blank nodes get names in common, and where one side has no named graph, graphs are left out of both: the
    triples are compared.
    """
    if old and new and not (_has_graphs(old) and _has_graphs(new)):
        old, new = _without_graphs(old), _without_graphs(new)
    return alike(old, new)


def compare(old: Quads, new: Quads) -> list[Change]:
    """All changes from ``old`` to ``new``, two sides made comparable; empty where they hold the same
    quads."""
    gone, come = old - new, new - old
    if not gone and not come:
        return []
    graphs = {graph.value for graph in _graphs(old) | _graphs(new)} if _may_name_graphs(gone | come) else set()
    said_gone = {quad for quad in gone if is_metadata(quad, graphs)}
    said_come = {quad for quad in come if is_metadata(quad, graphs)}
    metadata = list(_metadata(said_gone, said_come))
    moved = {
        str(change.subject)[1:-1] for change in metadata if change.property == PASSAGE and change.old and change.new
    }
    facts = _Facts(old, new, gone - said_gone, come - said_come, moved)
    return [*facts.changes(), *metadata]


def _metadata(gone: Iterable[ox.Quad], come: Iterable[ox.Quad]) -> Iterator[Change]:
    found: dict[tuple[Subject, ox.NamedNode], tuple[list[Value], list[Value]]] = defaultdict(lambda: ([], []))
    for side, quads in enumerate((gone, come)):
        for quad in quads:
            found[quad.subject, quad.predicate][side].append(quad.object)
    for (subject, name), (old, new) in found.items():
        was, now = (tuple(sorted(each, key=str)) for each in (old, new))
        yield Change(METADATA, subject, name, was, now)


class _Facts:
    """Finds changed values first, in one assertion, then in one document; what is left was added, removed,
    re-sourced."""

    def __init__(self, old: Quads, new: Quads, gone: Quads, come: Quads, moved: set[str]) -> None:
        wanted = {quad.triple for quad in gone} | {quad.triple for quad in come}
        self.old, self.new = Side(old, wanted, moved), Side(new, wanted, moved)
        self.gone, self.come = set(gone), set(come)
        self._changed: dict[tuple[ox.Triple, ox.Triple], tuple[set[Graph], set[Graph]]] = defaultdict(
            lambda: (set(), set())
        )

    def changes(self) -> Iterator[Change]:
        self._pair(lambda quad: quad.graph_name, within_document=False)
        self._pair(lambda quad: document(quad.graph_name), within_document=True)
        for (was, now), (before, after) in self._changed.items():
            yield Change(
                CHANGED,
                was.subject,
                was.predicate,
                (was.object,),
                (now.object,),
                *self._origins(before, after),
            )
        yield from self._rest()
        yield from self._moved()

    def _pair(self, place: Callable[[ox.Quad], Hashable], *, within_document: bool) -> None:
        """Take the quads out in which one value came for another of the same subject and property in the same
        place."""
        gone, come = _placed(self.gone, place), _placed(self.come, place)
        for key in gone.keys() & come.keys():
            left, right = gone[key], come[key]
            if within_document:
                left = {value: quads for value, quads in left.items() if not self._still(self.new, quads[0])}
                right = {value: quads for value, quads in right.items() if not self._still(self.old, quads[0])}
            for was, now in pairs(left, right):
                before, after = left[was], right[now]
                sides = self._changed[before[0].triple, after[0].triple]
                sides[0].update(quad.graph_name for quad in before)
                sides[1].update(quad.graph_name for quad in after)
                self.gone.difference_update(before)
                self.come.difference_update(after)

    def _still(self, side: Side, quad: ox.Quad) -> bool:
        """Whether the quad's document states the triple on the other side too, in another assertion."""
        holders = side.holders.get(quad.triple, ())
        return any(document(graph) == document(quad.graph_name) for graph in holders)

    def _rest(self) -> Iterator[Change]:
        gone, come = _by_triple(self.gone), _by_triple(self.come)
        for triple in gone.keys() | come.keys():
            was, now = self.old.holders.get(triple), self.new.holders.get(triple)
            value = (triple.object,)
            if was and now:
                sides = self._origins(was, now)
                yield Change(RESOURCED, triple.subject, triple.predicate, value, value, *sides)
            elif now:
                after = self.new.origins(come[triple])
                yield Change(ADDED, triple.subject, triple.predicate, (), value, (), after)
            else:
                before = self.old.origins(gone[triple])
                yield Change(REMOVED, triple.subject, triple.predicate, value, (), before, ())

    def _moved(self) -> Iterator[Change]:
        """Facts that no quad tells apart: their assertion keeps its name, and names another passage."""
        reported = _by_triple(self.gone).keys() | _by_triple(self.come).keys()
        graphs: dict[ox.Triple, list[str]] = defaultdict(list)
        for name, triples in self.old.content.items():
            for triple in set(triples) & set(self.new.content.get(name, ())):
                if triple not in reported:
                    graphs[triple].append(name)
        for triple, names in graphs.items():
            sides = self._origins(map(ox.NamedNode, names), map(ox.NamedNode, names))
            yield Change(RESOURCED, triple.subject, triple.predicate, (triple.object,), (triple.object,), *sides)

    def _origins(
        self, before: Iterable[Graph], after: Iterable[Graph]
    ) -> tuple[tuple[Origin, ...], tuple[Origin, ...]]:
        return self.old.origins(before), self.new.origins(after)


def _placed(
    quads: Iterable[ox.Quad], place: Callable[[ox.Quad], Hashable]
) -> dict[tuple[object, ...], dict[Value, list[ox.Quad]]]:
    """(subject, property, place) → value → the quads that say so."""
    found: dict[tuple[object, ...], dict[Value, list[ox.Quad]]] = defaultdict(dict)
    for quad in quads:
        found[quad.subject, quad.predicate, place(quad)].setdefault(quad.object, []).append(quad)
    return found


def _by_triple(quads: Iterable[ox.Quad]) -> dict[ox.Triple, list[Graph]]:
    found: dict[ox.Triple, list[Graph]] = defaultdict(list)
    for quad in quads:
        found[quad.triple].append(quad.graph_name)
    return found


def _may_name_graphs(quads: Iterable[ox.Quad]) -> bool:
    """Whether something outside graphs may be about a graph that our names don't tell."""
    return any(quad.graph_name == _DEFAULT and not is_metadata(quad, ()) for quad in quads)


def _graphs(quads: Iterable[ox.Quad]) -> set[ox.NamedNode | ox.BlankNode]:
    return {quad.graph_name for quad in quads} - {_DEFAULT}  # type: ignore[return-value]


def _has_graphs(quads: Iterable[ox.Quad]) -> bool:
    return any(quad.graph_name != _DEFAULT for quad in quads)


def _without_graphs(quads: Iterable[ox.Quad]) -> Quads:
    return frozenset(ox.Quad(*quad.triple) for quad in quads)
