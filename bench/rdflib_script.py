"""The shortest rdflib script that gives the rows of ``kzturk run council-sessions``: the yardstick of ``cold.py``.

It has the same files and the same query; only the default graph, which rdflib can't be told to derive, is left out:
the query's patterns stand in named graphs, and the metadata is in the files' own default graphs.
"""

import rdflib

from kzturk_graph.resources import data_files, queries

graph = rdflib.Dataset()
for path in data_files():
    graph.parse(path, format="trig")
text = (queries() / "council-sessions.rq").read_text(encoding="utf-8").replace("$council", "id:hlscc")
for row in graph.query(text):
    print(*row)
