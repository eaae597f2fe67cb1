"""The canonical order of blocks in a file, statements in a graph, predicates and objects in a statement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pyoxigraph as ox

from kzturk_graph.graph.turtle.order import AnchorKey, SortKey, item_key, object_key, sort_key, subject_key
from kzturk_graph.graph.turtle.spelling import Spelling
from kzturk_graph.graph.turtle.syntax import Anon, Collection, Graph, Ground, Item, Node, Pair, Statement
from kzturk_graph.terms import ALT_LABEL, LABEL, PREF_LABEL, TYPE

_FIRST = {iri: rank for rank, iri in enumerate((TYPE, PREF_LABEL, LABEL, ALT_LABEL))}


def arrange(items: Sequence[Item], spelling: Spelling, first: Sequence[str] = ()) -> list[Item]:
    """A file's blocks in canonical order, inside and out, several blocks of one subject merged.

    A subject's block in the default graph comes directly before the graph of that name. The IRIs in ``first``
    lead, in their order.
    """
    leading = {iri: i for i, iri in enumerate(first)}
    statements = merged(item for item in items if isinstance(item, Statement))
    graphs = [_arranged_graph(item, spelling) for item in items if isinstance(item, Graph)]
    arranged: list[Item] = [*(_arranged(statement, spelling) for statement in statements), *graphs]

    def key(item: Item) -> tuple[int, AnchorKey, int]:
        name = item.name if isinstance(item, Graph) else item.subject
        lead = leading.get(name.value, len(leading)) if isinstance(name, ox.NamedNode) else len(leading)
        return lead, item_key(item), int(isinstance(item, Graph))

    return sorted(arranged, key=key)


def merged(statements: Iterable[Statement]) -> list[Statement]:
    """One statement for each named subject, comments in sequence; those about ``[]`` or ``()`` stay apart."""
    found: dict[object, list[Statement]] = {}
    for i, statement in enumerate(statements):
        anonymous = isinstance(statement.subject, Anon | Collection)
        found.setdefault(i if anonymous else statement.subject, []).append(statement)
    return [_joined(group) for group in found.values()]


def _joined(group: Sequence[Statement]) -> Statement:
    pairs = tuple(pair for statement in group for pair in statement.pairs)
    comments = tuple(comment for statement in group for comment in statement.comments)
    return replace(group[0], pairs=pairs, comments=comments)


def _arranged_graph(graph: Graph, spelling: Spelling) -> Graph:
    statements = (_arranged(statement, spelling) for statement in merged(graph.statements))
    ordered = tuple(sorted(statements, key=lambda statement: subject_key(statement.subject)))
    return replace(graph, statements=ordered)


def _arranged(statement: Statement, spelling: Spelling) -> Statement:
    # a nested structure is its author's, as SHACL shapes are; only flat statements are sorted
    if statement.nested:
        return statement
    objects: dict[ox.NamedNode, set[Ground]] = {}
    for pair in statement.pairs:
        objects.setdefault(pair.predicate, set()).update(map(_ground, pair.objects))
    pairs = tuple(
        Pair(predicate, _sorted(objects[predicate]))
        for predicate in sorted(objects, key=lambda predicate: _predicate_key(predicate, spelling))
    )
    return replace(statement, pairs=pairs)


def _sorted(objects: Iterable[Ground]) -> tuple[Ground, ...]:
    return tuple(sorted(objects, key=object_key))


def _ground(node: Node) -> Ground:
    if isinstance(node, Anon | Collection):
        raise TypeError("a nested node in a flat statement")
    return node


def _predicate_key(predicate: ox.NamedNode, spelling: Spelling) -> tuple[int, SortKey]:
    return _FIRST.get(predicate.value, len(_FIRST)), sort_key(spelling.predicate(predicate))
