"""One store in memory: our graph, and beside it what a person names with ``--with``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.graph.store import open_store
from kzturk_graph.wikibase.beside.label_service import functions
from kzturk_graph.wikibase.model import Entity

if TYPE_CHECKING:
    from kzturk_graph.wikibase.source import FileSource

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
            continue
        slug = _SLUG if number == 1 else f"{_SLUG}{number}"
        graph = ox.NamedNode(f"{terms.ASSERTION}{slug}-data")
        version = _load(store, source, graph if cited else None, number, notes)
        if cited:
            store.extend(_metadata(graph, slug, source, version))
    if WIKIBASE in sources:
        store.bulk_extend(list(_ours(selection, store)))
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
    from kzturk_graph.errors import InputError, UsageError
    from kzturk_graph.wikibase.problems import Foreign
    from kzturk_graph.wikibase.source import FileSource, files, open_source

    opened = open_source(source)
    if not isinstance(opened, FileSource):
        raise UsageError("an endpoint can't be loaded whole", "extract the part that is wanted into a file first")
    paths, read, versions = files(source), 0, [opened.version]
    for place, path in enumerate(paths, 1):
        one = FileSource(path)
        one.problems = opened.problems
        try:
            store.bulk_extend(_in_graphs(_triples(one, f"w{number}x{place}x"), graph))
        except Foreign as error:
            if len(paths) == 1:
                raise
            opened.problems.add(path, None, error.message)
        else:
            read += 1
            versions.append(one.version)
    if not read:
        raise InputError("no file in it is Wikibase data", path=source)
    if opened.problems.count:
        first = opened.problems.shown[0]
        notes.append(f"{source}: {opened.problems.count} left out, the first: {first}")
    notes.extend(opened.problems.notes)
    return max(filter(None, versions), default=None)


def _triples(source: FileSource, prefix: str) -> Iterator[ox.Triple]:
    """The triples of a file: RDF as it is, JSON as Wikibase writes it in RDF, with the terms of its properties."""
    from kzturk_graph.wikibase import formats, rdf_parse, rdf_writer
    from kzturk_graph.wikibase.layouts import HEAD
    from kzturk_graph.wikibase.streams import open_bytes

    with open_bytes(source.name) as stream:
        kind = formats.detect(stream.peek(HEAD), source.name)
        if kind != formats.JSON:
            for quad in rdf_parse.triples(stream, kind, source.name, source.problems):
                yield _apart(quad.triple, prefix)
            return
    properties: dict[str, str | None] = {}
    for entity in source.entities():
        for triple in rdf_writer.triples(entity):
            yield _apart(triple, prefix)
        if entity.type == "item" and not entity.redirect:
            yield from rdf_writer.counts(entity)
        for snak in entity.snaks():
            properties[snak.property] = snak.datatype or properties.get(snak.property)
    for name, datatype in properties.items():
        yield from rdf_writer.property_triples(Entity(name, "property", datatype=datatype))


def _apart(triple: ox.Triple, prefix: str) -> ox.Triple:
    """The blank nodes of two files are different ones, whatever they are called."""
    subject, value = triple.subject, triple.object
    if isinstance(subject, ox.BlankNode):
        subject = ox.BlankNode(prefix + subject.value)
    if isinstance(value, ox.BlankNode):
        value = ox.BlankNode(prefix + value.value)
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


def _ours(selection: Selection, store: ox.Store) -> Iterator[ox.Quad]:
    """Our projection. What a statement says also stands in the graphs of the assertions behind it, which cite it.

    What the query service counts of an item is told of those that the store has no such counts of.
    """
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.wikibase import rdf_writer
    from kzturk_graph.wikibase.projection import project

    found = project(read_corpus(), selection)
    for entity in (*found.items, *found.vocabulary):
        for triple in rdf_writer.triples(entity):
            yield ox.Quad(*triple)
        if entity.type == "item":
            yield from (
                ox.Quad(*triple)
                for triple in rdf_writer.counts(entity)
                if next(store.quads_for_pattern(triple.subject, triple.predicate, None), None) is None
            )
        for given in entity.statements.values():
            for statement in given:
                for assertion in found.sources.get(statement.id, ()):
                    for triple in rdf_writer.statement_triples(entity, statement):
                        yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(assertion))
