"""Quads whose blank nodes hang together, and their canonical form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | ox.DefaultGraph
Renaming = Callable[[ox.BlankNode], str]


@dataclass(frozen=True)
class Component:
    """Quads that share blank nodes with each other and with no others: canonical, and as one text."""

    signature: str
    quads: tuple[ox.Quad, ...]


def components(quads: Iterable[ox.Quad]) -> list[list[ox.Quad]]:
    """The quads by component; those without a blank node (of a triple term) are a component each."""
    parent: dict[ox.BlankNode, ox.BlankNode] = {}

    def root(node: ox.BlankNode) -> ox.BlankNode:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    held = [(quad, list(blank_nodes(quad))) for quad in quads]
    for _, nodes in held:
        for node in nodes[1:]:
            parent[root(node)] = root(nodes[0])
    found: dict[ox.BlankNode | ox.Quad, list[ox.Quad]] = defaultdict(list)
    for quad, nodes in held:
        found[root(nodes[0]) if nodes else quad].append(quad)
    return list(found.values())


def canonical(of: Iterable[list[ox.Quad]]) -> list[Component]:
    """The components in canonical form, sorted."""
    return sorted((_canonical(quads) for quads in of), key=lambda component: component.signature)


def _canonical(quads: list[ox.Quad]) -> Component:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    texts = {str(quad): quad for quad in dataset}
    lines = sorted(texts)
    return Component("\n".join(lines), tuple(texts[line] for line in lines))


def blank_nodes(of: Iterable[Term]) -> Iterator[ox.BlankNode]:
    """The blank nodes of a quad or triple, those in triple terms too."""
    for term in of:
        if isinstance(term, ox.BlankNode):
            yield term
        elif isinstance(term, ox.Triple):
            yield from blank_nodes(term)


def rename(quads: Iterable[ox.Quad], name: Renaming) -> Iterator[ox.Quad]:
    """The quads with each blank node under the name that ``name`` gives it."""
    for quad in quads:
        yield ox.Quad(*(_renamed(term, name) for term in quad))  # type: ignore[arg-type]


def headed(quads: Iterable[ox.Quad], head: str) -> Iterator[ox.Quad]:
    """The quads with ``head`` before the name of each blank node."""
    return rename(quads, lambda node: head + node.value)


def _renamed(term: Term, name: Renaming) -> Term:
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(name(term))
    if isinstance(term, ox.Triple):
        return ox.Triple(*(_renamed(each, name) for each in term))  # type: ignore[arg-type]
    return term
