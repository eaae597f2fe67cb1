"""What a worker does with a job: it checks the query, asks the engine, and writes the answer in the format wanted."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import InputError, KzturkError, UsageError
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.queries.run import syntax_error, undeclared_prefixes
from kzturk_graph.web import formats
from kzturk_graph.web.errors import HttpError, error_body
from kzturk_graph.web.workers import dataset, guard, writing
from kzturk_graph.web.workers.jobs import Job, Outcome

if TYPE_CHECKING:
    from kzturk_graph.graph.assertions import Corpus

SELECTIONS = 4
"""How many stores of other selections a worker keeps."""


@cache
def corpus() -> Corpus:
    """The packaged data as authored."""
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.store import is_fresh

    return read_corpus(check=not is_fresh())


@lru_cache(maxsize=SELECTIONS)
def selected(selection: Selection) -> ox.Store:
    """The graph of a selection, in memory: there it needs no open file, and answers faster than from disk."""
    from kzturk_graph.graph.build import quads

    store = ox.Store()
    store.extend(quads(corpus(), selection))
    return store


@cache
def facts() -> ox.Store:
    """The graph of the facts, in memory; it is kept whatever else is asked."""
    return selected.__wrapped__(FACTS)


def answer(job: Job) -> Outcome:
    """What becomes of a job; an error that a person can mend is an outcome too."""
    try:
        checked = guard.check(job.query, job.nesting)
        return _asked(job, checked)
    except guard.RefusedError as error:
        return _error(403, error)
    except KzturkError as error:
        return _error(400, error)
    except HttpError as error:
        return Outcome(error.status, (("content-type", "application/json"),), error.body())


def _asked(job: Job, checked: guard.Checked) -> Outcome:
    selection = _selection(job)
    store = facts() if selection == FACTS else selected(selection)
    found = dataset.chosen(store, checked.text, job.default_graphs, job.named_graphs)
    if job.cite is not None:
        if found.default_graph is not None or found.named_graphs is not None:
            raise UsageError(
                "cite= goes with the whole graph alone", "leave out the graphs, or use source= and without="
            )
        return writing.cited(job, selection, found.store, _query(job, checked, found))
    return writing.written(job, lambda: _query(job, checked, found)[0])


Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples


def _query(job: Job, checked: guard.Checked, found: dataset.Dataset) -> tuple[Results, str]:
    """The engine's answer, not yet read, and the query as it took it: our prefixes are lent to one that needs them."""
    try:
        return _run(checked.text, found, {}), checked.text
    except SyntaxError as first:
        failed = first
    lent = undeclared_prefixes(checked.text)
    try:
        if lent:
            return _run(checked.text, found, lent), checked.text
    except SyntaxError as second:
        failed = second
    word = guard.is_update(job.query)
    if word is not None:
        raise guard.RefusedError(
            f"{word} would change the graph, which is read only", "ask with SELECT, ASK, CONSTRUCT or DESCRIBE"
        )
    raise _placed(syntax_error(failed, checked.text, None), job, checked)


def _run(text: str, found: dataset.Dataset, prefixes: dict[str, str]) -> Results:
    """Ask; an IRI that isn't absolute is one of ours, so ``<id/kazakhstan>`` is whole."""
    try:
        if found.default_graph is None and found.named_graphs is None:
            return found.store.query(text, base_iri=terms.BASE, prefixes=prefixes)
        return found.store.query(
            text,
            base_iri=terms.BASE,
            prefixes=prefixes,
            default_graph=found.default_graph,
            named_graphs=found.named_graphs,
        )
    except (ValueError, RuntimeError, OSError) as error:
        if isinstance(error, SyntaxError):
            raise
        raise InputError(f"the query can't be answered: {error}") from None


def _placed(error: InputError, job: Job, checked: guard.Checked) -> InputError:
    """The error at the place in the query as it was given."""
    if error.line is not None and error.column is not None:
        error.column = checked.column(error.line, error.column)
    error.source = job.query
    return error


def _selection(job: Job) -> Selection:
    if not (job.modalities or job.sources or job.without or job.voices or job.as_of):
        return FACTS
    from kzturk_graph.graph.filters import choose

    return choose(
        facts(),
        modalities=job.modalities,
        sources=job.sources,
        without=job.without,
        voices=job.voices,
        as_of=job.as_of,
        undated=job.undated,
    )


def _error(status: int, error: KzturkError) -> Outcome:
    return Outcome(status, (("content-type", "application/json"),), error_body(status, error))


@cache
def load() -> None:
    """Read the graph, and ask one of everything, so that all code that answers need is there before the process is
    sealed."""
    rows = "SELECT ?s ?o { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?o } LIMIT 2"
    graph = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2"
    for name in formats.ROWS:
        for packed in (None, "gzip", "zstd"):
            answer(Job(rows.replace("LIMIT 2", "LIMIT 99"), rows_format=name, compression=packed))
        answer(Job(rows, rows_format=name, rows=1))
        for query in (rows, "ASK {}", "ASK { ?s ?p 1 }"):
            for mode in ("witnesses", "all"):
                answer(Job(query, rows_format=name, cite=mode))
    for name in formats.GRAPHS:
        answer(Job(graph, graph_format=name))
    answer(Job(f"DESCRIBE <{terms.ENTITY}kazakhstan>", cite="witnesses"))
    answer(Job(graph.replace("?s ?p ?o", f"<{terms.ENTITY}kazakhstan> ?p ?o"), cite="witnesses"))
    answer(Job(rows, sources=("004",), voices=("nobody",)))
    answer(Job(rows, as_of="2018", sources=("004",)))
    for broken in (
        "SELECT",
        "SELECT * { ?s nothing:at ?o }",
        "DROP ALL",
        "SELECT * { SERVICE <x:y> {} }",
        'ASK { "service }',
    ):
        answer(Job(broken))
    answer(Job(rows, default_graphs=("x:y", "x:z"), named_graphs=("x:y",)))
    answer(Job("SELECT * FROM c:x FROM <x:y> { ?s ?p ?o }"))
    answer(Job(rows, default_graphs=("no iri",)))
    answer(Job(rows, rows_format=None))
