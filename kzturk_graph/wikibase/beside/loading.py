"""One store in memory: our graph, and beside it what a person names with ``--with``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.graph.store import open_store
from kzturk_graph.wikibase.beside.label_service import functions

WIKIBASE = "wikibase"
"""What stands for our own graph in Wikibase's terms; a file of that name is ``./wikibase``."""

_SLUG = "wikidata"


class Beside(NamedTuple):
    """The store, and what there is to say about the data that was put beside ours: what was left out of it."""

    store: ox.Store
    notes: tuple[str, ...]


def open_beside(sources: Sequence[str], selection: Selection = FACTS, cited: bool = False) -> Beside:
    """Our graph under a selection, and all of each source: a file or folder of Wikibase JSON or RDF, or ``wikibase``.

    Theirs goes into the default graph with ours; the selection is for ours alone. Links between the two are in our
    graph as ``skos:exactMatch``. Where ``cited`` is true, theirs also stands in a graph of its own, so that a row can
    be cited by it. Raises InputError for data that can't be read.
    """
    store = ox.Store()
    store.bulk_extend(iter(open_store(selection)))
    notes: list[str] = []
    for number, source in enumerate(sources, 1):
        if source == WIKIBASE:
            store.bulk_extend(_ours(selection))
            continue
        slug = _SLUG if number == 1 else f"{_SLUG}{number}"
        graph = ox.NamedNode(f"{terms.ASSERTION}{slug}-data")
        version = _load(store, source, graph if cited else None, number, notes)
        if cited:
            store.extend(_metadata(graph, slug, source, version))
    return Beside(cast("ox.Store", Asked(store)), tuple(notes))


class Asked:
    """A store whose queries may call the functions of the query service's idiom; in all else the store itself.

    Whatever asks it again, such as citations, so needs to know nothing of them. The engine's class can't be derived
    from.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store, self._functions = store, functions(store)

    def query(self, query: str, **options: Any) -> object:
        """The store's own, with the functions."""
        return self._store.query(query, custom_functions=self._functions, **options)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def __iter__(self) -> Iterator[ox.Quad]:
        return iter(self._store)

    def __len__(self) -> int:
        return len(self._store)


def _load(store: ox.Store, source: str, graph: ox.NamedNode | None, number: int, notes: list[str]) -> str | None:
    """Load a source; its version where that is known."""
    from kzturk_graph.wikibase.source import FileSource, open_source

    opened = open_source(source)
    if not isinstance(opened, FileSource):
        from kzturk_graph.errors import UsageError

        raise UsageError("an endpoint can't be loaded whole", "extract the part that is wanted into a file first")
    store.bulk_extend(_in_graphs(_triples(opened, number), graph))
    if opened.problems.count:
        first = opened.problems.shown[0]
        notes.append(f"{source}: {opened.problems.count} left out, the first: {first}")
    notes.extend(opened.problems.notes)
    return opened.version


def _triples(source: object, number: int) -> Iterator[ox.Triple]:
    """The triples of a source: RDF as it is, JSON as Wikibase writes it in RDF."""
    from kzturk_graph.wikibase import formats, rdf_parse, rdf_writer
    from kzturk_graph.wikibase.layouts import HEAD
    from kzturk_graph.wikibase.source import FileSource, files
    from kzturk_graph.wikibase.streams import open_bytes

    assert isinstance(source, FileSource)
    for path in files(source.name):
        with open_bytes(path) as stream:
            kind = formats.detect(stream.peek(HEAD), path)
            if kind != formats.JSON:
                for quad in rdf_parse.triples(stream, kind, path, source.problems):
                    yield _apart(quad.triple, number)
                continue
        one = FileSource(path)
        one.problems = source.problems
        for entity in one.entities():
            for triple in rdf_writer.triples(entity):
                yield _apart(triple, number)


def _apart(triple: ox.Triple, number: int) -> ox.Triple:
    """The blank nodes of two files are different ones, whatever they are called."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.BlankNode(f"w{number}{subject.value}")
    if isinstance(value, ox.BlankNode):
        value = ox.BlankNode(f"w{number}{value.value}")
    return ox.Triple(subject, triple.predicate, value)


def _in_graphs(triples: Iterable[ox.Triple], graph: ox.NamedNode | None) -> Iterator[ox.Quad]:
    for triple in triples:
        yield ox.Quad(*triple)
        if graph is not None:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)


def _metadata(graph: ox.NamedNode, slug: str, source: str, version: str | None) -> Iterator[ox.Quad]:
    """What a citation says of a source: that it holds as fact, and what it is called."""
    name = f"Wikidata ({Path(source).name}{f', {version}' if version else ''})"
    document = ox.NamedNode(terms.DOCUMENT + slug)
    yield ox.Quad(graph, ox.NamedNode(terms.kt("modality")), ox.NamedNode(terms.FACT))
    yield ox.Quad(graph, ox.NamedNode(terms.kt("voice")), document)
    yield ox.Quad(document, ox.NamedNode(terms.PREF_LABEL), ox.Literal(name, language="en"))


def _ours(selection: Selection) -> Iterator[ox.Quad]:
    """Our projection. What a statement says also stands in the graphs of the assertions behind it, which cite it."""
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.wikibase import rdf_writer
    from kzturk_graph.wikibase.projection import project

    found = project(read_corpus(), selection)
    for entity in (*found.items, *found.vocabulary):
        for triple in rdf_writer.triples(entity):
            yield ox.Quad(*triple)
        for given in entity.statements.values():
            for statement in given:
                for assertion in found.sources.get(statement.id, ()):
                    for triple in rdf_writer.statement_triples(entity, statement):
                        yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(assertion))
