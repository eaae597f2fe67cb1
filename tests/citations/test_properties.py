"""Sufficient, relevant and alone, on generated graphs and generated queries."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from kzturk_graph.citations import cite
from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.selection import CURATOR
from kzturk_graph.queries.run import ask
from tests.citations.checking import failures, irrelevant
from tests.citations.grammar import queries
from tests.citations.small import corpora, corpus_of, store_of

GROWING = ("OPTIONAL", "MINUS", "EXISTS", "BOUND", "COALESCE", "COUNT", "SUM", "MIN", "MAX", "GROUP", "LIMIT", "OFFSET")


@settings(max_examples=300, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(corpora(), queries())
def test_sufficient_relevant_and_alone(corpus: Corpus, query: str) -> None:
    store = store_of(corpus)
    try:
        answer = ask(store, query)
    except InputError:
        return  # the grammar doesn't keep to the scope rules of BIND and AS
    citations = cite(store, query, answer)

    def of_document(document: str) -> list[str]:
        return [name for name, each in corpus.assertions.items() if each.source in (document, CURATOR)]

    broken = list(failures(query, answer, citations, lambda names: store_of(corpus, names), of_document))
    assert not broken, "\n".join(broken)


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(corpora(), queries())
def test_every_document_that_gives_a_row_is_a_witness(corpus: Corpus, query: str) -> None:
    if any(word in query for word in GROWING):
        return
    store = store_of(corpus)
    try:
        answer = ask(store, query)
    except InputError:
        return
    citations = cite(store, query, answer)
    for document in ("000", "001", "002"):
        names = [name for name, each in corpus.assertions.items() if each.source in (document, CURATOR)]
        alone = ask(store_of(corpus_of([corpus.assertions[name] for name in names])), query)
        for place, cited in enumerate(citations):
            if answer.truth is not None or answer.triples is not None:
                continue
            curated = cited.witnesses and cited.witnesses[0].document == CURATOR
            if answer.solutions[place] in alone.solutions and not curated and cited.untraced is None:
                assert document in {witness.document for witness in cited.witnesses}, (answer.solutions[place], cited)


@settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(corpora(), queries())
def test_all_that_is_cited_matches(corpus: Corpus, query: str) -> None:
    store = store_of(corpus)
    try:
        answer = ask(store, query)
    except InputError:
        return
    citations = cite(store, query, answer, mode="all")
    held = {name: set(each.triples) for name, each in corpus.assertions.items()}
    for triple in corpus.beside:
        held.setdefault(triple.subject.value, set()).add(triple)  # type: ignore[union-attr]
    assert not list(irrelevant(query, citations, lambda name: held[name]))
