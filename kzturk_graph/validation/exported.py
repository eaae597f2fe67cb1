"""Exported data: many documents' assertions in one file, in any order, with no register beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.files import read_quads


def corpus_of(files: Mapping[Path, Sequence[ox.Quad]]) -> Corpus:
    """The assertions of some files and what their default graphs say, whatever file and block they stand in.

    Raises InputError for an assertion that hasn't exactly one modality: nobody could tell how it is held.
    """
    graphs: dict[str, set[ox.Triple]] = defaultdict(set)
    home: dict[str, Path] = {}
    beside: set[ox.Triple] = set()
    for path, quads in files.items():
        for quad in quads:
            if isinstance(quad.graph_name, ox.NamedNode):
                graphs[quad.graph_name.value].add(quad.triple)
                home.setdefault(quad.graph_name.value, path)
            else:
                beside.add(quad.triple)
    said: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in sorted((t for t in beside if t.subject.value in graphs), key=str):  # type: ignore[union-attr]
        said[triple.subject.value][triple.predicate.value].append(triple.object)  # type: ignore[union-attr,arg-type]
    assertions = {name: _assertion(name, graphs[name], said[name], home[name]) for name in sorted(graphs)}
    words = frozenset(quad.triple for path in resources.vocabulary_files() for quad in read_quads(path))
    return Corpus(assertions, frozenset(beside), words, tuple(files))


def _assertion(
    name: str, triples: set[ox.Triple], said: Mapping[str, list[ox.NamedNode | ox.Literal]], path: Path
) -> Assertion:
    metadata = {key: tuple(values) for key, values in said.items()}
    modes = len(metadata.get(terms.kt("modality"), ()))
    if modes != 1:
        raise InputError(
            f"{terms.curie(name)} has {modes or 'no'} modalit{'ies' if modes > 1 else 'y'}",
            path=str(path),
            hint="an assertion has exactly one kt:modality, in the default graph of its file",
        )
    return Assertion(ox.NamedNode(name), frozenset(triples), metadata, path)
