"""The line on which something is said, for reports with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyoxigraph as ox

from kzturk_graph.graph.turtle.parser import parse
from kzturk_graph.graph.turtle.syntax import Document, Graph, Statement

Place = tuple[str | None, str, str | None]


def locate(text: str, trig: bool) -> Mapping[Place, int]:
    """The line, from 1, where each (graph, subject, predicate) first stands in a Turtle or TriG text.

    Graph, subject and predicate are full IRIs; graph None is the default graph, predicate None the subject
    itself. Blank nodes, and what is said inside ``[ … ]``, are left out. Raises TurtleSyntaxError where the
    text can't be parsed.

    >>> locate("@prefix : <x:> .\\n:s a :T ;\\n  :p 1 .", trig=False)[None, "x:s", "x:p"]
    3
    """
    lines: dict[Place, int] = {}
    for graph, statement in _statements(parse(text, trig)):
        if not isinstance(statement.subject, ox.NamedNode):
            continue
        subject = statement.subject.value
        lines.setdefault((graph, subject, None), statement.line)
        for pair in statement.pairs:
            lines.setdefault((graph, subject, pair.predicate.value), pair.line)
    return lines


def _statements(document: Document) -> Iterator[tuple[str | None, Statement]]:
    for item in document.items:
        if isinstance(item, Statement):
            yield None, item
        elif isinstance(item, Graph) and isinstance(item.name, ox.NamedNode):
            for statement in item.statements:
                yield item.name.value, statement
