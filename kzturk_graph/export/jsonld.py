"""JSON-LD for reading: one object a thing, compacted with our context, which stands in the file itself.

A reader needs no network: the part of the context that is used is embedded by value. Reading back gives the
same triples to any JSON-LD 1.1 processor (https://www.w3.org/TR/json-ld11-api/).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from operator import itemgetter
from typing import Any

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.export.compaction import Compaction
from kzturk_graph.export.content import Content
from kzturk_graph.export.grouping import Pair, by_subject

Group = list[tuple[str, list[Pair]]]
Node = dict[str, Any]


def write_jsonld(content: Content, context: Mapping[str, Any], first: ox.NamedNode | None = None) -> str:
    """The content as JSON-LD: default-graph things in natural order, each graph inside the object that
    describes it.

    ``first`` is the thing whose object comes first. One property a line; keys sorted behind ``@id``,
    ``@type`` and labels.
    """
    default = by_subject(content.default)
    graphs = {f"<{name}>": by_subject(triples) for name, triples in content.graphs.items()}
    compact = Compaction(context, _iris([default, *graphs.values()]))
    nodes = [_node(compact, subject, pairs, graphs.pop(subject, None)) for subject, pairs in default]
    nodes += [_node(compact, name, [], group) for name, group in sorted(graphs.items())]
    if first is not None:
        nodes.sort(
            key=lambda node: node["@id"] != compact.iri(first.value)
        )  # stable: the rest stays as it is
    return f'{{\n  "@context": {_object(compact.used(), 2)},\n  "@graph": {_array(nodes, 2)}\n}}\n'


def _iris(groups: Iterable[Group]) -> Iterable[str]:
    for group in groups:
        for subject, pairs in group:
            yield subject[1:-1]
            for _, predicate, _, _, value in pairs:
                yield predicate[1:-1]
                if isinstance(value, ox.NamedNode):
                    yield value.value


def _node(compact: Compaction, subject: str, pairs: list[Pair], graph: Group | None = None) -> Node:
    node: Node = {"@id": compact.name(subject)}
    for predicate, group in groupby(pairs, key=itemgetter(1)):
        iri, values = predicate[1:-1], [pair[4] for pair in group]
        if iri == terms.TYPE:
            classes = [value for value in values if not isinstance(value, ox.Literal)]
            if classes:
                node["@type"] = _one(sorted(compact.type(value) for value in classes))
            values = [value for value in values if isinstance(value, ox.Literal)]
        if values:
            _add(compact, node, iri, values)
    if graph is not None:
        node["@graph"] = [_node(compact, *each) for each in graph]
    return node


def _add(compact: Compaction, node: Node, iri: str, values: list[Any]) -> None:
    key, kind = compact.key(iri)
    if kind.get("@container") == "@language":
        texts = [value for value in values if compact.is_text(value)]
        values = [value for value in values if not compact.is_text(value)]
        languages: dict[str, list[str]] = {}
        for text in texts:
            languages.setdefault(text.language or "@none", []).append(text.value)
        if languages:
            node[key] = {language: _one(found) for language, found in sorted(languages.items())}
        key, kind = iri, {}  # what isn't text can't stand in a language map, and stands under the full IRI
    if values:
        node[key] = _one([compact.value(value, kind) for value in values])


def _one(values: list[Any]) -> Any:
    return values[0] if len(values) == 1 else values


def _array(nodes: list[Node], indent: int) -> str:
    if not nodes:
        return "[]"
    pad = " " * indent
    return "[\n" + ",\n".join(f"{pad}  {_object(node, indent + 2)}" for node in nodes) + f"\n{pad}]"


def _object(node: Mapping[str, Any], indent: int) -> str:
    pad = " " * indent
    lines = [
        f"{pad}  {_text(key)}: {_array(value, indent + 2) if key == '@graph' else _text(value)}"
        for key, value in node.items()
    ]
    return "{\n" + ",\n".join(lines) + f"\n{pad}}}"


_text = json.JSONEncoder(ensure_ascii=False).encode
