"""Small shapes that derivations pass around: rows of cells, VALUES clauses, and sub-queries put in their place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

import pyoxigraph as ox

from kzturk_graph.citations.formula import Choice, Clause, Guard, Units
from kzturk_graph.citations.plan import Tested
from kzturk_graph.citations.sources import Node
from kzturk_graph.citations.syntax import Graph, Group, Item, Opaque, Optional, Query, Term, Var, visible

Cells = tuple[Node | None, ...]


def with_values(query: Query) -> Group:
    """The query's group, and the VALUES after it."""
    return query.where if query.values is None else Group([*query.where.elements, query.values], query.where.text)


def guard(given: Clause, blocked: Clause) -> Iterable[Guard]:
    """The guards of a solution that a negation keeps out: what it rests on, and each thing that keeps it out."""
    for choice in blocked:
        if isinstance(choice, Choice):
            yield Guard(given, choice)


def opaque(item: Item) -> Tested:
    """A column's expression with an EXISTS in it: what it found must stay as it is."""
    return Tested(Opaque(item.text or "", item.exists), None, None, {}, False)


def without_idle(query: Query) -> Group:
    """The query's group and the VALUES after it, without each OPTIONAL that nothing else speaks of.

    Whether such an OPTIONAL matches changes no row, so nothing in it is a row's content. Where all columns are shown,
    or rows are counted, none is idle.
    """
    group = with_values(query)
    if query.grouped or (query.form == "SELECT" and query.columns is None):
        return group
    kept = [each for each in group.elements if not (isinstance(each, Optional) and _idle(each, group, query.text))]
    return Group(kept, group.text)


def _idle(element: Optional, group: Group, text: str) -> bool:
    before = visible(Group(list(takewhile(lambda each: each is not element, group.elements))))
    names = [name for name in visible(element.group) if not before.get(name)]
    return all(_count(name, text) == _count(name, element.group.text) for name in names)


def _count(name: str, text: str) -> int:
    return len(re.findall(rf"[?$]{name}(?!\w)", text))


def in_graph(query: Query, graph: Term) -> Query:
    """The sub-query with its patterns in the graph that it stands in."""
    where = Group([Graph(graph, query.where)], f"{{ GRAPH {graph} {query.where.text} }}")
    grouping = query.grouping
    if isinstance(graph, Var) and query.grouped:
        grouping = [*grouping, Item(None, graph)]
    return replace(query, where=where, grouping=grouping)


def compatible(found: dict[Cells, Units], wanted: set[Cells]) -> dict[Cells, Units]:
    """The rows of a sub-query that a wanted row may have come from: an empty cell goes with any value."""
    result = {key: found[key] for key in wanted if key in found}
    missing = [key for key in wanted if key not in result]
    if missing:
        partial = [key for key in found if None in key]
        for key in missing:
            fitting = [
                found[each]
                for each in partial
                if all(mine is None or mine == cell for mine, cell in zip(each, key, strict=True))
            ]
            if fitting:
                result[key] = fitting[0] if len(fitting) == 1 else (Choice(tuple(fitting)),)
    return result


def values(names: Sequence[str], rows: Iterable[Cells]) -> str:
    """A VALUES clause; an empty cell, and a blank node, is UNDEF."""
    lines = " ".join(f"({' '.join(map(_cell, row))})" for row in rows)
    return f"VALUES ({' '.join(f'?{name}' for name in names)}) {{ {lines} }}"


def _cell(cell: Node | None) -> str:
    return "UNDEF" if cell is None or isinstance(cell, ox.BlankNode) else str(cell)
