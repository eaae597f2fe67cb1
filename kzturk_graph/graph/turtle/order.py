"""Natural order: p2 before p10, and a passage together with its sentences and the assertions read from it."""

from __future__ import annotations

import re

import pyoxigraph as ox

from kzturk_graph.graph.turtle.syntax import Graph, Ground, Item, Node

SortKey = tuple[tuple[tuple[int, int, str], ...], str]
AnchorKey = tuple[int, SortKey, SortKey, int, SortKey, SortKey]

ANONYMOUS = 3  # the first part of the key of what has no name

_PARTS = re.compile(r"([0-9]+)")
_ANCHORED = re.compile(r"/(?P<what>passage|assertion)/(?P<doc>[^/#]+?)-p(?P<number>[0-9]+)(?:-(?P<rest>[^/#]+))?$")


def sort_key(text: str) -> SortKey:
    """A key that sorts texts naturally: runs of digits by their number, the rest by code point.

    Digits come before anything else; of texts equal by number (``p07``, ``p7``) the text itself decides.

    >>> sorted(["p10", "p2", "p"], key=sort_key)
    ['p', 'p2', 'p10']
    """
    parts = _PARTS.split(text)
    return tuple(_part(part) for part in parts if part), text


def _part(part: str) -> tuple[int, int, str]:
    if not "0" <= part[0] <= "9":
        return (1, 0, part)
    digits = part.lstrip("0")
    return (0, len(digits), digits)  # by length, then by text: int() refuses more than 4300 digits


_NONE = sort_key("")


def anchor_key(iri: str) -> AnchorKey:
    """A key that keeps together what belongs to one passage; its first three parts name the passage or thing.

    ``…/passage/DOC-pN`` comes first, then ``…/passage/DOC-pN-sM``, then each ``…/assertion/DOC-pN[-word]``.
    Every IRI of another shape sorts before all of these, naturally.
    """
    found = _ANCHORED.search(iri)
    if found is None:
        return (0, sort_key(iri), _NONE, 0, _NONE, _NONE)
    rest = found["rest"] or ""
    rank = 2 if found["what"] == "assertion" else 1 if rest else 0
    return (1, sort_key(found["doc"]), sort_key(found["number"]), rank, sort_key(rest), sort_key(iri))


def item_key(item: Item) -> AnchorKey:
    """The anchor key of a block's subject or graph name; blank nodes come later, first those with a label."""
    name = item.name if isinstance(item, Graph) else item.subject
    if isinstance(name, ox.NamedNode):
        return anchor_key(name.value)
    if isinstance(name, ox.BlankNode):
        return (2, sort_key(name.value), _NONE, 0, _NONE, _NONE)
    return (ANONYMOUS, _NONE, _NONE, 0, _NONE, _NONE)


def subject_key(node: Node) -> tuple[int, SortKey]:
    """Subjects in a graph: IRIs naturally, labelled blank nodes, then ``[]`` and ``()`` as they stand."""
    if isinstance(node, ox.NamedNode):
        return (0, sort_key(node.value))
    return (1, sort_key(node.value)) if isinstance(node, ox.BlankNode) else (2, _NONE)


def object_key(node: Ground) -> tuple[int, str, SortKey, str]:
    """Objects: IRIs, literals without language, English ones, others by (language, text), blank nodes."""
    if isinstance(node, ox.NamedNode):
        return (0, "", sort_key(node.value), "")
    if isinstance(node, ox.BlankNode):
        return (4, "", sort_key(node.value), "")
    if node.language is None:
        return (1, "", sort_key(node.value), node.datatype.value)
    english = node.language.split("-")[0] == "en"
    return (2 if english else 3, node.language, sort_key(node.value), str(node.direction or ""))
