"""JSON-LD for reading: one object a thing, compacted with our context, which stands in the file itself.

A reader needs no network: the part of the context that is used is embedded by value. Reading back gives the
same triples to any JSON-LD 1.1 processor (https://www.w3.org/TR/json-ld11-api/).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyoxigraph as ox

from kzturk_graph.exports.compaction import Compaction
from kzturk_graph.exports.content import Content
from kzturk_graph.exports.grouping import TYPE, Properties, by_subject, language

Group = list[tuple[str, Properties]]
Node = dict[str, Any]


def write_jsonld(content: Content, context: Mapping[str, Any], first: ox.NamedNode | None = None) -> str:
    """The content as JSON-LD: things in natural order, each graph inside the object that describes it.

    ``first`` is the thing whose object comes first. A property is a line: ``@id``, ``@type``, labels, rest.
    """
    default = by_subject(content.default)
    graphs = {f"<{name}>": by_subject(triples) for name, triples in content.graphs.items()}
    compact = Compaction(context, [*graphs, *_terms([default, *graphs.values()])])
    nodes = [_node(compact, *each, graphs.pop(each[0], None)) for each in default]
    nodes += [_node(compact, name, {}, graphs[name]) for name in sorted(graphs)]
    if first is not None:
        nodes.sort(key=lambda node: node["@id"] != compact.iri(first.value))  # stable: the rest stays as it is
    return f'{{\n  "@context": {_object(compact.used(), 2)},\n  "@graph": {_array(nodes, 2)}\n}}\n'


def _terms(groups: Iterable[Group]) -> Iterable[str]:
    for group in groups:
        for subject, properties in group:
            yield subject
            for predicate, values in properties.items():
                yield predicate
                yield from values


def _node(compact: Compaction, subject: str, properties: Properties, graph: Group | None = None) -> Node:
    node: Node = {"@id": compact.name(subject)}
    for predicate, values in properties.items():
        if predicate == TYPE and not any(value[0] == '"' for value in values):
            node["@type"] = _one(sorted(map(compact.type, values)))
        else:
            _add(compact, node, predicate[1:-1], values)
    if graph is not None:
        node["@graph"] = [_node(compact, *each) for each in graph]
    return node


def _add(compact: Compaction, node: Node, iri: str, values: list[str]) -> None:
    key, kind = compact.key(iri)
    if kind.get("@container") == "@language":
        languages: dict[str, list[str]] = {}
        for text in filter(compact.is_text, values):
            languages.setdefault(language(text) or "@none", []).append(compact.lexical(text))
        if languages:
            node[key] = {tag: _one(languages[tag]) for tag in sorted(languages)}
        # what isn't text can't stand in a language map, and stands under the full IRI
        key, kind, values = iri, {}, [value for value in values if not compact.is_text(value)]
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
