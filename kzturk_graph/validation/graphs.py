"""The plain graphs that shapes run on: three of the data, or one of the triples in other files.

A shape needs context that isn't itself under check: concepts and their schemes, the date table, and for a
single data file the rest of the data. Each graph knows which things are its own; findings on the others are
left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import date_iri, merge, metadata
from kzturk_graph.graph.files import read_quads
from kzturk_graph.graph.selection import FACTS as FACTS_ALONE
from kzturk_graph.graph.selection import MODALITIES, Selection
from kzturk_graph.validation.context import Contents, authored, context, denials, words
from kzturk_graph.validation.exported import corpus_of
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
    names = {path: _assertions(quads[path]) for path in files}
    data = [path for path in files if names[path]]
    graphs: list[PlainGraph] = []
    corpus = None
    if data:
        corpus, alone = _beside_packaged({path: names[path] for path in data}, quads)
        own = None if alone else Contents.of(quad.triple for path in data for quad in quads[path])
        if own is not None:
            own.subjects |= set().union(*names.values())
        graphs += of_corpus(corpus, own)
    others = frozenset(quad.triple for path in files if path not in data for quad in quads[path])
    if others or not data:
        graphs.append(of_triples(others))
    return Checked(tuple(graphs), corpus, tuple(files), quads)


def of_corpus(corpus: Corpus, part: Contents | None = None) -> Iterator[PlainGraph]:
    """The merge of what is held as fact, the union of all modes but denials, and what is said about them.

    Where ``part`` is given, only what it holds is under check, and the rest is context.
    """
    facts, modes, said = merge(corpus, FACTS_ALONE), merge(corpus, ALL_MODES), metadata(corpus)
    contents = Contents.of(modes | said)
    words_known = {triple.subject.value for triple in corpus.vocabulary}  # type: ignore[union-attr]
    own = None if part is None else _own(part, contents.subjects | words_known)
    beside = corpus.vocabulary | frozenset(context(contents))
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


def _assertions(quads: Iterable[ox.Quad]) -> set[str]:
    """The IRIs of the assertions that quads stand in."""
    names = {quad.graph_name for quad in quads}
    return {name.value for name in names if isinstance(name, ox.NamedNode) and name.value.startswith(terms.ASSERTION)}


def _own(contents: Contents, declared: set[str]) -> frozenset[str]:
    """What triples speak of, their dates' rows, and what they name and nothing declares."""
    rows = {date_iri(text) for text in contents.dates}
    return frozenset(contents.subjects | rows | (contents.objects - declared))


def _beside_packaged(names: Mapping[Path, set[str]], quads: Mapping[Path, list[ox.Quad]]) -> tuple[Corpus, bool]:
    """Files by the assertions in them, as data among the packaged files, in place of their older versions.

    An export, in another format than TriG or with several documents in a file, stands alone; the second value
    tells.
    """
    sources = {path: {terms.local(name).split("-", 1)[0] for name in of} - {"curator"} for path, of in names.items()}
    if all(path.suffix == ".trig" and found <= {path.stem} for path, found in sources.items()):
        new, replaced = {path.name for path in names}, set().union(*sources.values())
        rest = [p for p in resources.data_files() if p.name not in new and p.stem not in replaced]
        return read_corpus([*names, *rest]), False
    return corpus_of({path: quads[path] for path in names}), True
