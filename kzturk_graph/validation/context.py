"""What shapes need beside the triples under check: date table, words in use, what follows from metadata."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kzturk_graph import dates, resources, terms
from kzturk_graph.errors import UsageError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.build import date_iri
from kzturk_graph.graph.files import read_quads

TYPE, SUBCLASS = ox.NamedNode(terms.TYPE), ox.NamedNode(terms.RDFS + "subClassOf")
EDTF = ox.NamedNode(terms.EDTF)
DISTINCT_SUBJECTS = ox.NamedNode(terms.PREFIXES["void"] + "distinctSubjects")
_READ = [terms.kt(name) for name in ("sentence", "sentences", "passage", "modality")]


@dataclass
class Contents:
    """What stands in some triples, gathered in one pass: there may be many of them."""

    subjects: set[str] = field(default_factory=set)
    objects: set[str] = field(default_factory=set)
    dates: set[str] = field(default_factory=set)
    metadata: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, triples: Iterable[ox.Triple]) -> Contents:
        """IRIs by place, texts of dates, (subject, object) of the properties that tell what was read."""
        made = cls()
        for triple in triples:
            subject, value = triple.subject.value, triple.object  # type: ignore[union-attr]
            made.subjects.add(subject)
            if isinstance(value, ox.NamedNode):
                made.objects.add(value.value)
            elif isinstance(value, ox.Literal) and value.datatype == EDTF:
                made.dates.add(value.value)
                continue
            predicate = triple.predicate.value
            if predicate in _READ:
                made.metadata[terms.local(predicate)].append((subject, value.value))  # type: ignore[union-attr]
        return made


def context(contents: Contents) -> Iterator[ox.Triple]:
    """The date table and the sentences that follow."""
    yield from date_table(contents.dates)
    yield from only_sentences(contents)


def date_table(texts: Iterable[str]) -> Iterator[ox.Triple]:
    """The rows of the date table; a text that is no EDTF gets one without bounds, which a shape finds."""
    for text in sorted(texts):
        node = ox.NamedNode(date_iri(text))
        yield ox.Triple(node, TYPE, ox.NamedNode(terms.kt("Date")))
        yield ox.Triple(node, ox.NamedNode(terms.kt("edtf")), ox.Literal(text, datatype=EDTF))
        try:
            value = dates.parse(text)
        except UsageError:
            continue
        for bound, day in (("earliest", value.earliest), ("latest", value.latest)):
            if day:
                literal = ox.Literal(day.isoformat(), datatype=ox.NamedNode(terms.XSD + "date"))
                yield ox.Triple(node, ox.NamedNode(terms.kt(bound)), literal)


def only_sentences(contents: Contents) -> Iterator[ox.Triple]:
    """The sentence of an assertion that names none, where its passage has only one."""
    said = contents.metadata
    short = {passage for passage, number in said["sentences"] if number == "1"}
    unnamed = {assertion for assertion, _ in said["modality"]} - {assertion for assertion, _ in said["sentence"]}
    for assertion, passage in said["passage"]:
        if passage in short and assertion in unnamed:
            sentence = ox.NamedNode(f"{passage}-s1")
            yield ox.Triple(ox.NamedNode(assertion), ox.NamedNode(terms.kt("sentence")), sentence)


def denials(corpus: Corpus) -> Iterator[ox.Triple]:
    """How many things each denied assertion speaks of."""
    for assertion in corpus.assertions.values():
        if assertion.modality == "denied" and len(assertion.triples) > 1:
            number = len({triple.subject for triple in assertion.triples})
            literal = ox.Literal(str(number), datatype=ox.NamedNode(terms.XSD + "integer"))
            yield ox.Triple(assertion.iri, DISTINCT_SUBJECTS, literal)


def words(contents: Contents) -> Iterator[ox.Triple]:
    """What our vocabulary says of the things in use, and its tree of classes."""
    for path in resources.vocabulary_files():
        for quad in read_quads(path):
            subject = quad.subject.value  # type: ignore[union-attr]
            if subject in contents.objects or subject in contents.subjects or quad.predicate == SUBCLASS:
                yield quad.triple


def authored(iri: str) -> str:
    """The passage of a sentence, which nobody writes down; else the thing itself."""
    head, mark, number = iri.rpartition("-s")
    return head if mark and number.isdigit() and iri.startswith(terms.PASSAGE) else iri
