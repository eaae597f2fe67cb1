"""The plain graphs that shapes run on: three of the data, or one of the triples in other files.

A shape needs context that isn't itself under check: concepts and their schemes, the date table, and for a
single data file the rest of the data. Each graph knows which things are its own; findings on the others are
left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import date_iri, merge, metadata
from kzturk_graph.graph.files import read_quads
from kzturk_graph.graph.selection import FACTS as FACTS_ALONE
from kzturk_graph.graph.selection import MODALITIES, Selection
from kzturk_graph.validation.context import Contents, authored, context, denials, words
from kzturk_graph.validation.shapes import FACTS, METADATA, MODES

FILES = "files"
"""The name of the graph of plain triple files."""

ALL_MODES = Selection(frozenset(MODALITIES) - {"denied"})
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
        return focus.value in self.own or authored(focus.value) in self.own


@dataclass(frozen=True)
class Checked:
    """What is to be checked: the plain graphs, the data behind them (None for plain files), the files.

    ``quads`` keeps what was read of the files, where it was read here.
    """

    graphs: tuple[PlainGraph, ...]
    corpus: Corpus | None
    files: tuple[Path, ...]
    quads: Mapping[Path, Sequence[ox.Quad]] = field(default_factory=dict)


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
        contents = Contents.of(quad.triple for path in data for quad in quads[path])
        contents.subjects |= {name for path in data for quad in quads[path] if (name := _assertion(quad))}
        known = Contents.of(merge(corpus, ALL_MODES) | metadata(corpus) | corpus.vocabulary)
        graphs += of_corpus(corpus, _own(contents, known.subjects))
    others = frozenset(quad.triple for path in files if path not in data for quad in quads[path])
    if others or not data:
        graphs.append(of_triples(others))
    return Checked(tuple(graphs), corpus, tuple(files), quads)


def of_corpus(corpus: Corpus, own: frozenset[str] | None = None) -> Iterator[PlainGraph]:
    """The merge of what is held as fact, the union of all modes but denials, and what is said about them."""
    facts, modes, said = merge(corpus, FACTS_ALONE), merge(corpus, ALL_MODES), metadata(corpus)
    beside = corpus.vocabulary | frozenset(context(Contents.of(facts | modes | said)))
    yield PlainGraph(FACTS, len(facts), facts | beside, own)
    yield PlainGraph(MODES, len(modes), modes | beside, own)
    yield PlainGraph(METADATA, len(said), said | beside | frozenset(denials(corpus)), own)


def of_triples(triples: Triples) -> PlainGraph:
    """Triples that no pattern divides, with the words of our vocabulary that they use as context."""
    contents = Contents.of(triples)
    known = frozenset(words(contents))
    whole = triples | known | frozenset(context(contents))
    declared = contents.subjects | {triple.subject.value for triple in known}  # type: ignore[union-attr]
    return PlainGraph(FILES, len(triples), whole, _own(contents, declared))


def _assertion(quad: ox.Quad) -> str | None:
    """The IRI of the assertion that the quad stands in; None for another graph."""
    name = quad.graph_name
    return name.value if isinstance(name, ox.NamedNode) and name.value.startswith(terms.ASSERTION) else None


def _own(contents: Contents, declared: set[str]) -> frozenset[str]:
    """What triples speak of, their dates' rows, and what they name and nothing declares."""
    rows = {date_iri(text) for text in contents.dates}
    return frozenset(contents.subjects | rows | (contents.objects - declared))


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
