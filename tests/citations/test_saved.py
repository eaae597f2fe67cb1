"""Every saved query with the parameters of its cases: its rows are cited, and the citations hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.citations import cite
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import admitted, quads
from kzturk_graph.graph.selection import CURATOR
from kzturk_graph.queries.binding import bind
from kzturk_graph.queries.catalogue import saved_query
from kzturk_graph.queries.parameters import bindings
from kzturk_graph.queries.run import ask
from tests.citations.checking import failures, irrelevant
from tests.queries.test_cases import cases

NAMING = {terms.TYPE, terms.PREF_LABEL, terms.LABEL}


@cache
def whole() -> Corpus:
    return read_corpus()


@cache
def frame() -> tuple[ox.Quad, ...]:
    """What no document adds: vocabulary, kinds, labels, passages and the date table."""
    held = {triple for each in whole().assertions.values() for triple in each.triples}
    found = []
    for quad in quads(whole()):
        about = quad.subject.value  # type: ignore[union-attr]
        merged = isinstance(quad.graph_name, ox.DefaultGraph) and not about.startswith(terms.ASSERTION)
        if merged and (quad.predicate.value in NAMING or quad.triple not in held):
            found.append(quad)
    return tuple(found)


@cache
def about() -> dict[str, list[ox.Quad]]:
    """What the default graph says of each assertion."""
    found: dict[str, list[ox.Quad]] = {}
    for quad in quads(whole()):
        name = quad.subject.value  # type: ignore[union-attr]
        if isinstance(quad.graph_name, ox.DefaultGraph) and name.startswith(terms.ASSERTION):
            found.setdefault(name, []).append(quad)
    return found


@cache
def framed() -> ox.Store:
    store = ox.Store()
    store.extend(frame())
    return store


class Narrow:
    """One store that holds the frame and, at a time, some assertions: rebuilding the frame each time takes long."""

    def __init__(self) -> None:
        self.names: frozenset[str] = frozenset()
        self.store = framed()
        self.held = {each.iri.value for each in admitted(whole())}
        self.frame = set(frame())

    def of(self, names: Collection[str]) -> ox.Store:
        for quad in self._quads(self.names):
            if quad not in self.frame:
                self.store.remove(quad)
        self.names = frozenset(names)
        self.store.extend(self._quads(self.names))
        return self.store

    def _quads(self, names: Collection[str]) -> Iterator[ox.Quad]:
        for name in names:
            yield from about().get(name, ())
            each = whole().assertions.get(name)
            if each is None:
                continue  # a passage, which is in the frame
            for triple in each.triples:
                yield ox.Quad(triple.subject, triple.predicate, triple.object, each.iri)
                if name in self.held:
                    yield ox.Quad(*triple)


NARROW: list[Narrow] = []


@pytest.fixture(scope="module")
def narrow() -> Narrow:
    if not NARROW:
        NARROW.append(Narrow())
    return NARROW[0]


@pytest.mark.parametrize(("name", "case"), cases())
def test_citations_hold(name: str, case: dict[str, Any], store: ox.Store, narrow: Narrow) -> None:
    query = saved_query(name)
    text = bind(query.text, bindings(query, case.get("params", {}), store))
    answer = ask(store, text)
    citations = cite(store, text, answer)
    assert len(citations) == len(answer.solutions)
    for place, cited in enumerate(citations):
        assert cited.untraced is None, (answer.solutions[place], cited)
        assert cited.assertions or cited.absence or cited.notes, answer.solutions[place]
    documents = whole().assertions.values()

    def of_document(document: str) -> list[str]:
        return [each.iri.value for each in documents if each.source in (document, CURATOR)]

    broken = list(failures(text, answer, citations, narrow.of, of_document))
    assert not broken, "\n".join(broken[:3])

    def triples(cited: str) -> list[ox.Triple]:
        node = ox.NamedNode(cited)
        mine = [quad.triple for quad in store.quads_for_pattern(None, None, None, node)]
        return mine + [quad.triple for quad in store.quads_for_pattern(node, None, None)]

    assert not list(irrelevant(text, citations, triples))
