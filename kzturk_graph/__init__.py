"""A sourced knowledge graph of Kazakhstan–Türkiye relations, and the tool to ask it questions.

>>> import kzturk_graph
>>> kzturk_graph.run("council-sessions")[0]["date"].text
'2012-10-11/2012-10-12'
"""

from __future__ import annotations

from kzturk_graph.api import dataset, export, queries, run, search, select, show, sparql, store, validate
from kzturk_graph.errors import AmbiguousName, InputError, KzturkError, UnknownName, UsageError

__all__ = [
    "AmbiguousName",
    "InputError",
    "KzturkError",
    "UnknownName",
    "UsageError",
    "dataset",
    "export",
    "queries",
    "run",
    "search",
    "select",
    "show",
    "sparql",
    "store",
    "validate",
]
