"""The package's front door. Nothing heavy is imported before it is used."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kzturk_graph.graph.selection import FACTS, Selection

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    import pyoxigraph as ox
    import rdflib

    from kzturk_graph.compare.model import Comparison
    from kzturk_graph.conflicts.model import Conflict
    from kzturk_graph.facts import Profile
    from kzturk_graph.queries.header import SavedQuery
    from kzturk_graph.results import Cited, Result
    from kzturk_graph.search import Hit
    from kzturk_graph.validation.run import Report


def select(
    *,
    modalities: Iterable[str] = (),
    sources: Iterable[str] = (),
    without: Iterable[str] = (),
    voices: Iterable[str] = (),
    as_of: str | datetime.date | None = None,
    undated: str = "exclude",
) -> Selection:
    """A selection of what the graph holds, by modality, document, voice and day, for ``selection=`` of the other
    functions.

    Documents and voices are given by slug or name; ``as_of`` is a day (a month or year means its last day), and
    ``undated``
    (``exclude`` or ``include``) decides about what was only possibly stated by then.

    >>> import kzturk_graph
    >>> old = kzturk_graph.select(as_of="2018", without=["001"])
    >>> len(kzturk_graph.run("trade-by-year", selection=old))
    3

    Raises UnknownName for a modality, document or voice that isn't one, UsageError for a date that can't be read.
    """
    from kzturk_graph.graph.filters import choose

    return choose(modalities=modalities, sources=sources, without=without, voices=voices, as_of=as_of, undated=undated)


def store(selection: Selection | None = None) -> ox.Store:
    """The graph as a pyoxigraph store: the default graph of facts (and of what ``selection`` adds), each assertion a
    named graph.

    >>> import kzturk_graph
    >>> store = kzturk_graph.store()
    >>> bool(store.query("PREFIX id: <https://w3id.org/kzturk/id/> ASK { id:kazakhstan ?p ?o }"))
    True
    """
    from kzturk_graph.graph.store import open_store

    return open_store(selection or FACTS)


def dataset(selection: Selection | None = None) -> rdflib.Dataset:
    """The same graph as an ``rdflib.Dataset``, literals spelled as authored.

    Raises InputError where the packaged files are broken, UnknownName for a modality that isn't one.
    """
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.build import quads
    from kzturk_graph.graph.interop import dataset as made

    return made(quads(read_corpus(), selection or FACTS))


def queries() -> dict[str, SavedQuery]:
    """The saved queries by name, with summary, parameters and columns."""
    from kzturk_graph.queries.catalogue import catalogue

    return dict(catalogue())


def run(name: str, *, lang: str = "en", selection: Selection | None = None, **parameters: Any) -> Result:
    """Run a saved query with typed arguments and get typed rows: dates, numbers, things with their labels.

    A parameter takes a text as the command line does, a number, a ``datetime.date``, a thing of another answer, or a
    list of them.

    >>> import kzturk_graph
    >>> rows = kzturk_graph.run("council-sessions", council="hlscc")
    >>> rows[0]["session"].slug
    'hlscc-1'

    Raises UnknownName for a query, parameter, modality or thing that isn't there, AmbiguousName for a name that several
    things bear, UsageError for a value of the wrong type.
    """
    from kzturk_graph.queries.run import run_saved

    return run_saved(name, _given(parameters), selection=selection or FACTS, language=lang).result(lang)


def _given(parameters: dict[str, Any]) -> dict[str, Any]:
    """Arguments as the parameters take them: a thing of another answer by its IRI."""
    from kzturk_graph.results import Entity

    def plain(value: Any) -> Any:
        if isinstance(value, Entity):
            return value.iri
        return [plain(each) for each in value] if isinstance(value, list | tuple | set) else value

    return {key: plain(value) for key, value in parameters.items()}


def sparql(
    query: str, *, lang: str = "en", selection: Selection | None = None, beside: Iterable[str] = ()
) -> Result | bool | list[ox.Triple]:
    """Answer any SPARQL that reads: typed rows for SELECT, a truth for ASK, triples for CONSTRUCT and DESCRIBE.

    ``beside`` are files or folders of Wikibase data to ask together with the graph, or ``wikibase`` for our own facts
    in a Wikibase's terms; then the idiom of Wikidata's query service may be used. Our prefixes needn't be declared.
    Raises InputError with line and column for a syntax error, UsageError for an update.

    >>> import kzturk_graph
    >>> kzturk_graph.sparql("ASK { id:hlscc a kt:Council }")
    True
    """
    from kzturk_graph.queries.run import run_sparql

    sources = list(beside)
    if sources:
        from kzturk_graph.wikibase.beside.ask import sparql as asked
        from kzturk_graph.wikibase.beside.loading import open_beside

        answer = asked(query, open_beside(sources, selection or FACTS), language=lang)
    else:
        answer = run_sparql(query, selection=selection or FACTS)
    if answer.truth is not None:
        return answer.truth
    return list(answer.triples) if answer.triples is not None else answer.result(lang)


def cite(
    query: str, *, lang: str = "en", selection: Selection | None = None, mode: str = "witnesses", **parameters: Any
) -> Cited:
    """Answer a saved query (by its name) or any SPARQL, and cite the passages behind each row.

    ``mode`` is ``witnesses`` (the documents that each state all of a row), or ``all`` (every assertion with a part of
    it).

    >>> import kzturk_graph
    >>> found = kzturk_graph.cite("SELECT ?on { id:recognition-of-kazakhstan kt:date ?on } ORDER BY DESC(STR(?on))")
    >>> [witness.document for witness in found.citations[0].witnesses]
    ['001', '004']

    Raises what ``run`` and ``sparql`` raise, and UnknownName for a mode that isn't one.
    """
    from kzturk_graph.citations.api import cite as cited
    from kzturk_graph.citations.footnotes import footnotes
    from kzturk_graph.queries.catalogue import names
    from kzturk_graph.queries.run import run_saved, run_sparql
    from kzturk_graph.results import Cited

    chosen = selection or FACTS
    if query in names():
        answer = run_saved(query, _given(parameters), selection=chosen, language=lang)
    else:
        answer = run_sparql(query, selection=chosen)
    citations = cited(answer.store, answer.text, answer, chosen, mode)
    notes = footnotes(citations, answer.store, lang)
    return Cited(answer.result(lang), answer.truth, answer.triples, citations, tuple(notes.lines()))


def conflicts(
    *,
    kinds: Iterable[str] = (),
    topics: Iterable[str] = (),
    entity: str | None = None,
    selection: Selection | None = None,
) -> list[Conflict]:
    """Where the documents disagree, by the rules of ``data/rules/conflicts.toml``: kinds, sides, passages, decisions.

    ``entity`` is a slug, CURIE, IRI or name. Raises UnknownName for a kind, topic or thing that isn't one.
    """
    from kzturk_graph.conflicts.find import find
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.lookup import find as named
    from kzturk_graph.graph.store import open_store

    node = named(open_store(), entity).value if entity is not None else None
    return find(read_corpus(), selection or FACTS, kinds=tuple(kinds), topics=tuple(topics), entity=node)


def compare(
    data: str,
    *,
    entity: str | None = None,
    properties: Iterable[str] = (),
    all_properties: bool = False,
    lang: str = "en",
    selection: Selection | None = None,
) -> Comparison:
    """Our facts against those of another Wikibase, thing by linked thing: facts, each with a verdict and both sides.

    ``data`` is a file or folder of Wikibase data, or the address of a SPARQL endpoint; ``entity`` a slug, CURIE, IRI or
    name; ``properties`` are ids of theirs (``P463``). What only theirs has is told of the properties that we map, or
    with ``all_properties`` of all. Raises InputError for data that can't be read, UnknownName for a thing that isn't
    there.
    """
    from kzturk_graph.compare.verb import compare as compared
    from kzturk_graph.graph.lookup import find
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.wikibase.source import open_source

    entities = (find(open_store(), entity).value,) if entity is not None else ()
    return compared(
        open_source(data),
        selection=selection or FACTS,
        entities=entities,
        properties=tuple(properties),
        all_properties=all_properties,
        language=lang,
    )


def show(entity: str, *, lang: str = "en") -> Profile:
    """What is known of a thing (slug, CURIE, IRI or any of its names): names, kinds, facts, each with its sources.

    >>> import kzturk_graph
    >>> kzturk_graph.show("Түркия").label
    'Türkiye'
    """
    from kzturk_graph.facts import profile
    from kzturk_graph.graph.lookup import find
    from kzturk_graph.graph.store import open_store

    graph = open_store()
    return profile(graph, find(graph, entity), lang)


def search(text: str, *, lang: str = "en") -> list[Hit]:
    """Things with ``text`` in one of their names, whole names first; an empty list where there are none."""
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.search import search as found

    return found(open_store(), text, language=lang)


def validate(paths: Iterable[str | Path] = (), **options: Any) -> Report:
    """Check the packaged data, or the files given, against the shapes.

    ``options`` are those of ``kzturk_graph.validation.run.validate``. Raises InputError for a file that can't be read.
    """
    from kzturk_graph.validation.run import validate as checked

    return checked([Path(path) for path in paths], **options)


def export(format: str = "turtle", *, entity: str | None = None, **options: Any) -> bytes:
    """The graph, or a part of it, as the bytes of a file: turtle, jsonld, trig, nquads, ntriples or rdfxml.

    ``options`` are those of ``kzturk_graph.exports.verb.export``: provenance, modalities, sources, language.
    ``entity`` is a slug,
    CURIE, IRI or name. Raises UnknownName for a format, document, thing or language that there isn't.
    """
    from kzturk_graph.exports.verb import export as written
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.lookup import find
    from kzturk_graph.graph.store import open_store

    node = find(open_store(), entity) if entity is not None else None
    return written(read_corpus(), format, entity=node, **options)
