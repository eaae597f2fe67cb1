"""The plain graphs that shapes run on: three of the data, or one of the triples in other files.

A shape needs context that isn't itself under check: concepts and their schemes, the date table, and for a
single data file the rest of the data. Each graph knows which things are its own; findings on the others are
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import dates, resources, terms
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import date_iri, merge, metadata
from kzturk_graph.graph.files import read_quads
from kzturk_graph.graph.selection import FACTS as FACTS_ALONE
from kzturk_graph.graph.selection import MODALITIES, Selection
from kzturk_graph.validation.shapes import FACTS, METADATA, MODES

FILES = "files"
"""The name of the graph of plain triple files."""

ALL_MODES = Selection(frozenset(MODALITIES) - {"denied"})
TYPE, SUBCLASS = ox.NamedNode(terms.TYPE), ox.NamedNode(terms.RDFS + "subClassOf")
SENTENCE, SENTENCES, PASSAGE = (ox.NamedNode(terms.kt(name)) for name in ("sentence", "sentences", "passage"))
MODALITY = ox.NamedNode(terms.kt("modality"))
DISTINCT_SUBJECTS = ox.NamedNode(terms.PREFIXES["void"] + "distinctSubjects")
Triples = frozenset[ox.Triple]


@dataclass(frozen=True)
class PlainGraph:
    """Triples under check with their context; ``own`` holds the IRIs whose findings count, None for all."""

    name: str
    size: int
    triples: Triples
    own: frozenset[str] | None = None

    def counts(self, focus: ox.NamedNode | ox.BlankNode | ox.Literal) -> bool:
        """Whether a finding on this node is one of this graph: of a sentence, where its passage is."""
        if self.own is None or not isinstance(focus, ox.NamedNode):
            return True
        return focus.value in self.own or focus.value.rsplit("-s", 1)[0] in self.own


@dataclass(frozen=True)
class Checked:
    """What is to be checked: the plain graphs, the data behind them (None for plain files), the files."""

    graphs: tuple[PlainGraph, ...]
    corpus: Corpus | None
    files: tuple[Path, ...]


def packaged() -> Checked:
    """The packaged data. Raises InputError where it breaks the pattern."""
    corpus = read_corpus()
    return Checked(tuple(of_corpus(corpus)), corpus, corpus.files)


def of_files(files: Sequence[Path]) -> Checked:
    """Files of a person: TriG of our pattern as data beside the packaged data, all others as one plain graph.

    Raises InputError where a file is missing or malformed, or where one of ours breaks the pattern.
    """
    quads = {path: read_quads(path) for path in files}
    data = [path for path in files if any(_assertion(quad) for quad in quads[path])]
    corpus = _beside_packaged(data, quads) if data else None
    graphs: list[PlainGraph] = []
    if corpus is not None:
        own = {name for path in data for quad in quads[path] if (name := _assertion(quad))}
        own |= _own(
            [quad.triple for path in data for quad in quads[path]],
            merge(corpus, ALL_MODES) | metadata(corpus),
        )
        graphs += of_corpus(corpus, frozenset(own))
    others = frozenset(quad.triple for path in files if path not in data for quad in quads[path])
    if others or not data:
        graphs.append(of_triples(others))
    return Checked(tuple(graphs), corpus, tuple(files))


def of_corpus(corpus: Corpus, own: frozenset[str] | None = None) -> Iterator[PlainGraph]:
    """The merge of what is held as fact, the union of all modes but denials, and what is said about them."""
    facts, modes, said = merge(corpus, FACTS_ALONE), merge(corpus, ALL_MODES), metadata(corpus)
    context = corpus.vocabulary | frozenset(date_table(facts | modes | said))
    yield PlainGraph(FACTS, len(facts), facts | context, own)
    yield PlainGraph(MODES, len(modes), modes | context, own)
    whole = said | context | frozenset(_denials(corpus))
    yield PlainGraph(METADATA, len(said), whole | frozenset(only_sentences(whole)), own)


def of_triples(triples: Triples) -> PlainGraph:
    """Triples that no pattern divides, with our vocabulary as context."""
    whole = triples | frozenset(_words(triples)) | frozenset(date_table(triples))
    return PlainGraph(
        FILES, len(triples), whole | frozenset(only_sentences(triples)), frozenset(_own(triples, whole))
    )


def _words(triples: Triples) -> Iterator[ox.Triple]:
    """What our vocabulary says of the terms in use, and its tree of classes."""
    used = {node for triple in triples for node in (triple.subject, triple.predicate, triple.object)}
    for path in resources.vocabulary_files():
        for quad in read_quads(path):
            if quad.subject in used or quad.predicate == SUBCLASS:
                yield quad.triple


def date_table(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The rows of the date table; a text that is no EDTF gets one without bounds, which a shape finds."""
    edtf, name = ox.NamedNode(terms.EDTF), ox.NamedNode(terms.kt("edtf"))
    literals = {
        t.object.value for t in triples if isinstance(t.object, ox.Literal) and t.object.datatype == edtf
    }
    for text in sorted(literals):
        node = ox.NamedNode(date_iri(text))
        yield ox.Triple(node, TYPE, ox.NamedNode(terms.kt("Date")))
        yield ox.Triple(node, name, ox.Literal(text, datatype=edtf))
        try:
            value = dates.parse(text)
        except UsageError:
            continue
        for bound, day in (("earliest", value.earliest), ("latest", value.latest)):
            if day:
                literal = ox.Literal(day.isoformat(), datatype=ox.NamedNode(terms.XSD + "date"))
                yield ox.Triple(node, ox.NamedNode(terms.kt(bound)), literal)


def only_sentences(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """The sentence of an assertion that names none, where its passage has only one."""
    triples = list(triples)
    short = {t.subject for t in triples if t.predicate == SENTENCES and t.object.value == "1"}  # type: ignore[union-attr]
    named = {t.subject for t in triples if t.predicate == SENTENCE}
    held = {t.subject for t in triples if t.predicate == MODALITY} - named
    for triple in triples:
        if triple.predicate == PASSAGE and triple.object in short and triple.subject in held:
            yield ox.Triple(triple.subject, SENTENCE, ox.NamedNode(f"{triple.object.value}-s1"))  # type: ignore[union-attr]


def _denials(corpus: Corpus) -> Iterator[ox.Triple]:
    """How many things each denied assertion speaks of."""
    for assertion in corpus.assertions.values():
        if assertion.modality == "denied" and len(assertion.triples) > 1:
            number = len({triple.subject for triple in assertion.triples})
            literal = ox.Literal(str(number), datatype=ox.NamedNode(terms.XSD + "integer"))
            yield ox.Triple(assertion.iri, DISTINCT_SUBJECTS, literal)


def _assertion(quad: ox.Quad) -> str | None:
    """The IRI of the assertion that the quad stands in; None for another graph."""
    name = quad.graph_name
    return name.value if isinstance(name, ox.NamedNode) and name.value.startswith(terms.ASSERTION) else None


def _own(triples: Iterable[ox.Triple], among: Triples) -> set[str]:
    """What triples speak of, their dates' rows, and what they name that ``among`` doesn't declare."""
    declared = {triple.subject for triple in among}
    found: set[str] = set()
    for triple in triples:
        if isinstance(triple.subject, ox.NamedNode):
            found.add(triple.subject.value)
        if isinstance(triple.object, ox.Literal) and triple.object.datatype.value == terms.EDTF:
            found.add(date_iri(triple.object.value))
        elif isinstance(triple.object, ox.NamedNode) and triple.object not in declared:
            found.add(triple.object.value)
    return found


def _beside_packaged(data: Sequence[Path], quads: dict[Path, list[ox.Quad]]) -> Corpus:
    """The files among the packaged ones, in place of their older versions; an export stands alone."""
    sources = {
        path: {_source(quad) for quad in quads[path] if _assertion(quad)} - {"curator"} for path in data
    }
    if all(found <= {path.stem} for path, found in sources.items()):
        names, replaced = {path.name for path in data}, set().union(*sources.values())
        rest = [p for p in resources.data_files() if p.name not in names and p.stem not in replaced]
        return read_corpus([*data, *rest])
    corpus = read_corpus(data, check=False)
    for assertion in corpus.assertions.values():
        if len(assertion.values("modality")) != 1:
            raise InputError(
                f"{terms.curie(assertion.iri.value)} has {len(assertion.values('modality'))} modalities",
                path=str(assertion.path),
                hint="an assertion has exactly one kt:modality, in the default graph of its file",
            )
    return corpus


def _source(quad: ox.Quad) -> str:
    return terms.local(str(quad.graph_name.value)).split("-", 1)[0]  # type: ignore[union-attr]
