"""Triples and quads into Turtle and TriG that people read: same input, same bytes, the same quads back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.turtle.arrange import arrange
from kzturk_graph.graph.turtle.layout import body, declarations, join
from kzturk_graph.graph.turtle.spelling import Spelling
from kzturk_graph.graph.turtle.syntax import Graph, Item, Pair, Statement

GraphName = ox.NamedNode | ox.BlankNode


def write_turtle(triples: Iterable[ox.Triple], prefixes: Mapping[str, str]) -> str:
    """The triples as Turtle, in the layout of ``format_text``; blank nodes keep their labels.

    ``prefixes`` maps prefixes without their colon to namespaces; only those used are declared. Raises
    KzturkError for a triple term and for a prefix that Turtle doesn't allow.

    >>> s = ox.NamedNode("https://example.org/id/spa")
    >>> t = ox.Triple(s, ox.NamedNode("https://example.org/n"), ox.Literal(1))
    >>> print(write_turtle([t], {"id": "https://example.org/id/"}), end="")
    @prefix id: <https://example.org/id/> .
    <BLANKLINE>
    id:spa <https://example.org/n> 1 .
    """
    return _file(_statements(triples), prefixes)


def write_trig(quads: Iterable[ox.Quad], prefixes: Mapping[str, str], graph_order: Sequence[str] = ()) -> str:
    """The quads as TriG; what the default graph says about a graph stands directly before that graph.

    ``graph_order`` are IRIs of graphs that come first, in this order; the others follow in natural order,
    those of a passage together. Prefixes and errors as for ``write_turtle``.
    """
    graphs: dict[GraphName, list[ox.Triple]] = {}
    default: list[ox.Triple] = []
    for quad in quads:
        name = quad.graph_name
        place = default if isinstance(name, ox.DefaultGraph) else graphs.setdefault(name, [])
        place.append(quad.triple)
    items: list[Item] = [*_statements(default)]
    items += [Graph(name, tuple(_statements(triples))) for name, triples in graphs.items()]
    return _file(items, prefixes, graph_order)


def _file(items: Sequence[Item], prefixes: Mapping[str, str], first: Sequence[str] = ()) -> str:
    spelling = Spelling(prefixes)
    text = body(arrange(items, spelling, first), spelling)
    return join((declarations(prefixes, spelling.used), text))


def _statements(triples: Iterable[ox.Triple]) -> list[Statement]:
    return [_statement(triple) for triple in triples]


def _statement(triple: ox.Triple) -> Statement:
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.Triple) or isinstance(value, ox.Triple):
        raise KzturkError(f"a triple as a term can't be written: {triple}", "name the triple with a graph instead")
    return Statement(subject, (Pair(triple.predicate, (value,)),))
