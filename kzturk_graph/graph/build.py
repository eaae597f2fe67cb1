"""The default graph, derived and never authored: the merge of what is held as fact, and what is said about it.

A merge is a set: an engine's own union of named graphs counts a triple once for each graph that holds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.labels import generated_labels
from kzturk_graph.graph.selection import FACTS, MODALITIES, Selection
from kzturk_graph.graph.statements import statement_dates

TYPE = ox.NamedNode(terms.TYPE)
EDTF = ox.NamedNode(terms.EDTF)
SUBCLASS = ox.NamedNode(terms.RDFS + "subClassOf")


def merge(corpus: Corpus, selection: Selection = FACTS) -> frozenset[ox.Triple]:
    """The facts alone: the set-merge of the admitted assertions, without metadata, dates or vocabulary."""
    return frozenset(t for a in admitted(corpus, selection) for t in a.triples)


def admitted(corpus: Corpus, selection: Selection = FACTS) -> list[Assertion]:
    """The assertions that make up the merge, sorted by name."""
    stated = statement_dates(corpus) if selection.as_of else None
    return [a for a in corpus.assertions.values() if selection.admits(a, stated)]


def metadata(corpus: Corpus) -> frozenset[ox.Triple]:
    """What is said about documents' passages and assertions: as authored, and what follows from it."""
    return corpus.beside | frozenset(_followed(corpus))


def default_graph(corpus: Corpus, selection: Selection = FACTS) -> frozenset[ox.Triple]:
    """The default graph: merge, metadata, date table, generated labels, vocabulary, and the types that follow."""
    facts = merge(corpus, selection)
    everything = facts | metadata(corpus) | corpus.vocabulary
    held = everything | frozenset(generated_labels(corpus))
    return held | frozenset(_supertypes(held, corpus.vocabulary)) | frozenset(_date_table(held, corpus))


def quads(corpus: Corpus, selection: Selection = FACTS) -> Iterator[ox.Quad]:
    """The whole dataset: the derived default graph, and the named graph of each assertion as authored.

    Where the selection leaves out documents, voices or times, those assertions are left out altogether, plans and
    metadata too; of the modalities it leaves out, only the default graph knows nothing.
    """
    kept = restricted(corpus, selection)
    for triple in default_graph(kept, Selection(selection.modalities)):
        yield ox.Quad(triple.subject, triple.predicate, triple.object)
    for assertion in kept.assertions.values():
        for triple in assertion.triples:
            yield ox.Quad(triple.subject, triple.predicate, triple.object, assertion.iri)


def restricted(corpus: Corpus, selection: Selection) -> Corpus:
    """The corpus without the assertions of documents, voices and times that the selection leaves out."""
    if not selection.restricts:
        return corpus
    every_mode = replace(selection, modalities=frozenset(MODALITIES))
    stated = statement_dates(corpus) if selection.as_of else None
    kept = {
        name: each
        for name, each in corpus.assertions.items()
        if every_mode.covers(each) and every_mode.is_known(each, stated)
    }
    gone = {each.iri for name, each in corpus.assertions.items() if name not in kept}
    beside = frozenset(triple for triple in corpus.beside if triple.subject not in gone)
    return replace(corpus, assertions=kept, beside=beside)


def _followed(corpus: Corpus) -> Iterator[ox.Triple]:
    """Types of assertions and sentences; the document as voice of an assertion that names no other."""
    part, voice = (ox.NamedNode(terms.kt(name)) for name in ("partOf", "voice"))
    for assertion in corpus.assertions.values():
        yield ox.Triple(assertion.iri, TYPE, ox.NamedNode(terms.kt("Assertion")))
        if not assertion.values("voice"):
            for place in assertion.values("passage"):
                yield ox.Triple(assertion.iri, voice, ox.NamedNode(document_of(place)))
    for triple in corpus.beside:
        if triple.predicate.value == terms.kt("sentences") and isinstance(triple.object, ox.Literal):
            for number in range(1, int(triple.object.value) + 1):
                sentence = ox.NamedNode(f"{triple.subject.value}-s{number}")  # type: ignore[union-attr]
                yield ox.Triple(sentence, TYPE, ox.NamedNode(terms.kt("Sentence")))
                yield ox.Triple(sentence, part, triple.subject)


def document_of(passage: str) -> str:
    """The document's IRI of a passage's IRI: what stands before ``-p``."""
    return terms.DOCUMENT + terms.local(passage).split("-", 1)[0]


def _supertypes(held: Iterable[ox.Triple], vocabulary: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """A session is a meeting and an event: the classes above a stated type, by our own ontology alone."""
    above: dict[ox.NamedNode, list[ox.NamedNode]] = {}
    for triple in vocabulary:
        if triple.predicate == SUBCLASS and isinstance(triple.object, ox.NamedNode):
            above.setdefault(triple.subject, []).append(triple.object)  # type: ignore[arg-type]
    for triple in held:
        if triple.predicate == TYPE and triple.object in above:
            pending = list(above[triple.object])  # type: ignore[index]
            while pending:
                upper = pending.pop()
                yield ox.Triple(triple.subject, TYPE, upper)
                pending.extend(above.get(upper, ()))


def _date_table(held: Iterable[ox.Triple], corpus: Corpus) -> Iterator[ox.Triple]:
    """Earliest and latest hang on the date's text, not on the thing: else two sources' dates would be spliced."""
    plans = (t for a in corpus.assertions.values() for t in a.triples)
    literals = {
        t.object.value
        for triples in (held, plans)
        for t in triples
        if isinstance(t.object, ox.Literal) and t.object.datatype == EDTF
    }
    for text in sorted(literals):
        node, value = ox.NamedNode(date_iri(text)), dates.parse(text)
        yield ox.Triple(node, TYPE, ox.NamedNode(terms.kt("Date")))
        yield ox.Triple(node, ox.NamedNode(terms.kt("edtf")), ox.Literal(text, datatype=EDTF))
        for name, day in (("earliest", value.earliest), ("latest", value.latest)):
            if day:
                literal = ox.Literal(day.isoformat(), datatype=ox.NamedNode(terms.XSD + "date"))
                yield ox.Triple(node, ox.NamedNode(terms.kt(name)), literal)


def date_iri(text: str) -> str:
    """The IRI of an EDTF text's row in the date table."""
    return terms.DATE + quote(text, safe="")
