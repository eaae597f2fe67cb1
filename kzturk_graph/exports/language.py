"""Preferred labels in one language."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.exports.content import Content

LABELS = {terms.PREF_LABEL, terms.LABEL}


def in_language(held: Content, language: str) -> Content:
    """The content without preferred labels in other languages, where there is one in this language."""
    return Content(
        _in_language(held.default, language),
        {name: _in_language(triples, language) for name, triples in held.graphs.items()},
    )


def _in_language(triples: Iterable[ox.Triple], language: str) -> frozenset[ox.Triple]:
    kept, served, others = set(), set(), []
    for triple in triples:
        if triple.predicate.value not in LABELS or not isinstance(triple.object, ox.Literal):
            kept.add(triple)
        elif triple.object.language == language:
            kept.add(triple)
            served.add((triple.subject, triple.predicate))
        else:
            others.append(triple)
    return frozenset(kept.union(t for t in others if (t.subject, t.predicate) not in served))
