"""Blank nodes under names that two states share where they mean the same.

Blank nodes that hang together make a component. Components that are isomorphic on both sides are one, and
left out (RDF Dataset Canonicalization, https://www.w3.org/TR/rdf-canon/, on each component by itself, so that
one change leaves the others alone). Of the rest, nodes that hang on one named subject by the same property
get the same names, so that a value in them is seen to change. Names are unique on each side: states are equal
only where they are isomorphic.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256

import pyoxigraph as ox

from kzturk_graph.differences.components import Component, blank_nodes, canonical, components, headed, rename

Quads = frozenset[ox.Quad]
_GROUND = {ox.NamedNode, ox.Literal, ox.DefaultGraph}


def alike(old: Quads, new: Quads) -> tuple[Quads, Quads]:
    """Both sides without the blank nodes that they have in common; the others renamed, other quads kept.

    The sides share no name of a blank node, so that only quads that differ are looked at.
    """
    blank = [_blank(side) for side in (old - new, new - old)]
    if not any(blank):
        return old, new
    named = [canonical(components(quads)) for quads in blank]
    counts = [Counter(component.signature for component in side) for side in named]
    shared = counts[0] & counts[1]
    renamed = [frozenset(_renamed(side, shared)) for side in named]
    return (old - blank[0]) | renamed[0], (new - blank[1]) | renamed[1]


def _blank(quads: Quads) -> Quads:
    """The quads in which something is neither IRI nor literal: a blank node, or a triple that may hold
    one."""
    return frozenset(quad for quad in quads if not _GROUND.issuperset(map(type, quad)))


def _renamed(side: Iterable[Component], shared: Mapping[str, int]) -> Iterator[ox.Quad]:
    """The components that have no counterpart on the other side, under names of their own."""
    seen: Counter[str] = Counter()
    rest: list[ox.Quad] = []
    for component in side:
        seen[component.signature] += 1
        if seen[component.signature] > shared[component.signature]:
            rest += headed(component.quads, f"r{len(rest)}")
    names = _anchored(rest)
    yield from rename(rest, lambda node: names[node])


def _anchored(quads: list[ox.Quad]) -> dict[ox.BlankNode, str]:
    """A name for each blank node: by the properties that lead to it from a named subject, else by what it
    says itself."""
    told, below, frontier, nodes = _links(quads)
    names: dict[ox.BlankNode, str] = {}
    tops = [node for node, leading in nodes.items() if leading == 0]
    waiting = iter(nodes)
    while len(names) < len(nodes):
        if not frontier:
            left = tops or [next(node for node in waiting if node not in names)]  # none on top: they lead in a circle
            frontier = {node: _digest("top", str(len(names)), *sorted(told[node])) for node in left}
            tops = []
        found = _numbered(frontier, told)
        names |= found
        frontier = {}
        for node, name in found.items():
            for place, child in below[node]:
                if child not in names:
                    key = f"{name} {place}"
                    frontier[child] = min(frontier.get(child, key), key)
    return names


Links = tuple[
    dict[ox.BlankNode, list[str]],
    dict[ox.BlankNode, list[tuple[str, ox.BlankNode]]],
    dict[ox.BlankNode, str],
    dict[ox.BlankNode, int],
]


def _links(quads: list[ox.Quad]) -> Links:
    """What each node says of named things; the nodes below each; those below named subjects, with the way to
    them; all nodes with how many quads lead to them."""
    told: dict[ox.BlankNode, list[str]] = defaultdict(list)
    below: dict[ox.BlankNode, list[tuple[str, ox.BlankNode]]] = defaultdict(list)
    first: dict[ox.BlankNode, str] = {}
    nodes: dict[ox.BlankNode, int] = {}
    for subject, predicate, value, graph in sorted(quads, key=str):
        place = f"{predicate} {'_' if isinstance(graph, ox.BlankNode) else graph}"
        for node in (subject, graph):
            if isinstance(node, ox.BlankNode):
                nodes.setdefault(node, 0)
        if isinstance(value, ox.BlankNode):
            nodes[value] = nodes.get(value, 0) + 1
            if isinstance(subject, ox.BlankNode):
                below[subject].append((place, value))
            else:
                first[value] = min(first.get(value, f"{subject} {place}"), f"{subject} {place}")
        elif isinstance(value, ox.Triple):
            for node in blank_nodes(value):
                nodes.setdefault(node, 0)
        elif isinstance(subject, ox.BlankNode):
            told[subject].append(f"{place} {value}")
    return told, below, first, nodes


def _numbered(keys: Mapping[ox.BlankNode, str], told: Mapping[ox.BlankNode, list[str]]) -> dict[ox.BlankNode, str]:
    """Names from the keys; nodes of one key are told apart by what they say, then by number."""
    groups: dict[str, list[ox.BlankNode]] = defaultdict(list)
    for node, key in keys.items():
        groups[key].append(node)
    return {
        node: f"a{_digest(key, str(number))}"
        for key, nodes in groups.items()
        for number, node in enumerate(sorted(nodes, key=lambda each: (sorted(told.get(each, ())), each.value)))
    }


def _digest(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]
