"""Small generated graphs of assertions, and the default graph that some of their assertions make up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pyoxigraph as ox
from hypothesis import strategies as st

from kzturk_graph import terms
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.build import admitted, default_graph
from kzturk_graph.graph.selection import FACTS, Selection

TYPE = ox.NamedNode(terms.TYPE)
LABEL = ox.NamedNode(terms.PREF_LABEL)
SUBCLASS = ox.NamedNode(terms.RDFS + "subClassOf")
THINGS = [ox.NamedNode(terms.ENTITY + name) for name in ("ann", "bob", "cid", "dan")]
PROPERTIES = [ox.NamedNode(terms.kt(name)) for name in ("knows", "likes", "helps")]
NUMBER = ox.NamedNode(terms.kt("age"))
CLASSES = [ox.NamedNode(terms.kt(name)) for name in ("Person", "Friend")]
VOCABULARY = frozenset({ox.Triple(CLASSES[1], SUBCLASS, CLASSES[0])})
DOCUMENTS = ("000", "001", "002", "curator")


@st.composite
def triples(draw: st.DrawFn) -> ox.Triple:
    subject = draw(st.sampled_from(THINGS))
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return ox.Triple(subject, TYPE, draw(st.sampled_from(CLASSES)))
    if kind == 1:
        return ox.Triple(subject, LABEL, ox.Literal(terms.local(subject.value), language="en"))
    if kind <= 3:
        return ox.Triple(subject, NUMBER, ox.Literal(draw(st.integers(1, 3))))
    return ox.Triple(subject, draw(st.sampled_from(PROPERTIES)), draw(st.sampled_from(THINGS)))


def assertion(document: str, number: int, modality: str, triples: Collection[ox.Triple]) -> Assertion:
    """An assertion of its own passage; of the curator, of none."""
    name = f"{document}-p{number}"
    metadata = {terms.kt("modality"): (ox.NamedNode(terms.CONCEPT + modality),)}
    if document != "curator":
        metadata[terms.kt("passage")] = (ox.NamedNode(terms.PASSAGE + name),)
    return Assertion(ox.NamedNode(terms.ASSERTION + name), frozenset(triples), metadata, Path(f"{document}.trig"))


def corpus_of(assertions: Collection[Assertion]) -> Corpus:
    beside = set()
    for each in assertions:
        for name, values in each.metadata.items():
            beside |= {ox.Triple(each.iri, ox.NamedNode(name), value) for value in values}
        for passage in each.values("passage"):
            node = ox.NamedNode(passage)
            beside.add(ox.Triple(node, TYPE, ox.NamedNode(terms.kt("Passage"))))
            beside.add(ox.Triple(node, ox.NamedNode(terms.kt("document")), ox.NamedNode(terms.DOCUMENT + each.source)))
    return Corpus({each.iri.value: each for each in assertions}, frozenset(beside), VOCABULARY)


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """Up to ten assertions of three documents and the curator, one in six of them a plan."""
    found = []
    for number in range(draw(st.integers(3, 10))):
        document = draw(st.sampled_from(DOCUMENTS))
        modality = "planned" if draw(st.integers(0, 5)) == 0 else "fact"
        found.append(assertion(document, number, modality, draw(st.sets(triples(), min_size=1, max_size=5))))
    return corpus_of(found)


def store_of(corpus: Corpus, names: Collection[str] | None = None, selection: Selection = FACTS) -> ox.Store:
    """The store of a corpus, or of those of its assertions that are named.

    Kinds, labels, passages and the vocabulary are always there: they add no document.
    """
    store = ox.Store()
    store.extend(_quads(corpus, names, selection))
    return store


def _quads(corpus: Corpus, names: Collection[str] | None, selection: Selection) -> Iterator[ox.Quad]:
    whole = default_graph(corpus, selection)
    if names is None:
        for triple in whole:
            yield ox.Quad(*triple)
        kept = list(corpus.assertions.values())
    else:
        for triple in whole:
            about = triple.subject.value  # type: ignore[union-attr]
            frame = triple.predicate in (TYPE, LABEL, SUBCLASS) or about.startswith(
                (terms.PASSAGE, terms.DATE, terms.ONTOLOGY, terms.CONCEPT)
            )
            if (frame and not about.startswith(terms.ASSERTION)) or about in names:
                yield ox.Quad(*triple)
        kept = [each for each in corpus.assertions.values() if each.iri.value in names]
        held = {each.iri.value for each in admitted(corpus, selection)}
        for each in kept:
            if each.iri.value in held:
                for triple in each.triples:
                    yield ox.Quad(*triple)
    for each in kept:
        for triple in each.triples:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, each.iri)
