"""The authored data: assertion graphs with their metadata, read from TriG and refused where the pattern is broken.

The pattern is explained in ``docs/model.md``: a fact is a triple in a named graph, the graph is an assertion, and what
is said about the assertion (passage, modality, voice, …) stands beside it in the default graph of the same file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import read_quads, read_text

MODALITY = terms.kt("modality")
Metadata = Mapping[str, tuple[ox.NamedNode | ox.Literal, ...]]


@dataclass(frozen=True)
class Assertion:
    """What one passage (or the curator) states under one modality: the triples, and what is said about them."""

    iri: ox.NamedNode
    triples: frozenset[ox.Triple]
    metadata: Metadata
    path: Path

    def values(self, name: str) -> tuple[str, ...]:
        """The values of a metadata property of our ontology, as text; empty where there are none."""
        return tuple(value.value for value in self.metadata.get(terms.kt(name), ()))

    @property
    def modality(self) -> str:
        """The slug of its one modality, such as ``fact`` or ``planned``."""
        return terms.local(self.values("modality")[0])

    @property
    def erroneous(self) -> bool:
        """Whether a curator has marked it so."""
        return terms.ERRONEOUS in self.values("status")

    @property
    def voices(self) -> frozenset[str]:
        """The IRIs of who vouches for it: the voices it names, else its document."""
        return frozenset(self.values("voice")) or frozenset({terms.DOCUMENT + self.source})

    @property
    def source(self) -> str:
        """The document that it was read from, as its slug (``004``), or ``curator``."""
        return terms.local(self.iri.value).split("-", 1)[0]


@dataclass(frozen=True)
class Corpus:
    """Everything authored: assertions by IRI, the other default-graph triples (passages, metadata), the vocabulary."""

    assertions: Mapping[str, Assertion]
    beside: frozenset[ox.Triple]
    vocabulary: frozenset[ox.Triple]
    files: tuple[Path, ...] = field(default=())


def read_corpus(
    data: Iterable[Path] | None = None, vocabulary: Iterable[Path] | None = None, check: bool = True
) -> Corpus:
    """Read TriG data and Turtle vocabulary; the packaged ones, and the table of links, where none are given.

    Raises InputError, with file and line where they are known, for syntax errors and for every break of the pattern: a
    graph without modality or with two, metadata without graph, one graph in two blocks or in another document's file,
    a blank node, a term or concept that the vocabulary doesn't declare.
    """
    files = tuple(data) if data is not None else tuple(resources.data_files())
    words = frozenset(
        quad.triple
        for path in (vocabulary if vocabulary is not None else resources.vocabulary_files())
        for quad in read_quads(path)
    )
    graphs: dict[str, set[ox.Triple]] = defaultdict(set)
    home: dict[str, Path] = {}
    beside: set[ox.Triple] = set()
    declared = {t.subject.value for t in words if isinstance(t.subject, ox.NamedNode)} if check else set()
    for path in files:
        opened: set[str] = set()
        current: str | None = None
        for quad in read_quads(path):
            if check:
                _check_terms(quad, declared, path)
            if isinstance(quad.graph_name, ox.DefaultGraph):
                beside.add(quad.triple)
                current = None
            else:
                name = quad.graph_name.value
                if name != current and name in opened:
                    raise _second_block(name, path)
                current = name
                opened.add(name)
                graphs[name].add(quad.triple)
        for name in sorted(opened):
            first = home.setdefault(name, path)
            if check:
                _check_home(name, path, first)
    metadata = _metadata(beside)
    if check:
        _check_pattern(graphs, metadata, home, files)
    assertions = {
        name: Assertion(ox.NamedNode(name), frozenset(graphs[name]), metadata.get(name, {}), home[name])
        for name in sorted(graphs)
    }
    if data is None:
        _add_links(assertions, beside)
    return Corpus(assertions, frozenset(beside), words, files)


def _add_links(assertions: dict[str, Assertion], beside: set[ox.Triple]) -> None:
    """The packaged table of links as an assertion of the curator's, with what is said about it."""
    from kzturk_graph.graph import links

    found = links.assertion(resources.links_file())
    if found is not None:
        assertions[found.iri.value] = found
        beside |= {
            ox.Triple(found.iri, ox.NamedNode(key), value) for key, values in found.metadata.items() for value in values
        }


def _metadata(beside: Iterable[ox.Triple]) -> dict[str, Metadata]:
    found: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in beside:
        if triple.subject.value.startswith(terms.ASSERTION):  # type: ignore[union-attr]
            found[triple.subject.value][triple.predicate.value].append(triple.object)  # type: ignore[union-attr,arg-type]
    return {
        name: {key: tuple(sorted(values, key=str)) for key, values in sorted(of.items())} for name, of in found.items()
    }


def _check_terms(quad: ox.Quad, declared: set[str], path: Path) -> None:
    for term in (quad.subject, quad.predicate, quad.object):
        if isinstance(term, ox.BlankNode):
            raise InputError("a blank node stands in the data", path=str(path), hint="give the thing a name")
        if (
            isinstance(term, ox.NamedNode)
            and term.value.startswith((terms.ONTOLOGY, terms.CONCEPT))
            and term.value not in declared
        ):
            raise InputError(
                f"{terms.curie(term.value)} isn't declared in the ontology",
                path=str(path),
                line=_line_of(path, terms.curie(term.value)),
                hint="mend the spelling, or declare it in ontology/",
            )


def _second_block(name: str, path: Path) -> InputError:
    """TriG joins two blocks of one name in silence: a plan was once merged as a fact that way."""
    return InputError(
        f"{terms.curie(name)} stands in two blocks",
        path=str(path),
        line=_line_of(path, terms.curie(name)),
        hint="write one block, or give the second assertion a name of its own",
    )


def _check_home(name: str, path: Path, first: Path) -> None:
    if path != first:
        raise InputError(
            f"{terms.curie(name)} stands in {first.name} too", path=str(path), line=_line_of(path, terms.curie(name))
        )
    source = terms.local(name).split("-", 1)[0]
    if not name.startswith(terms.ASSERTION) or (source != "curator" and source != path.stem):
        raise InputError(
            f"{terms.curie(name)} doesn't belong into this file",
            path=str(path),
            line=_line_of(path, terms.curie(name)),
            hint=f"an assertion's name begins with its document's: a:{path.stem}-p1",
        )


def _check_pattern(
    graphs: Mapping[str, object], metadata: Mapping[str, Metadata], home: Mapping[str, Path], files: tuple[Path, ...]
) -> None:
    for name in sorted(set(graphs) | set(metadata)):
        modes = len(metadata.get(name, {}).get(MODALITY, ()))
        path = home.get(name)
        if path is None:
            raise InputError(
                f"{terms.curie(name)} has metadata and no graph",
                path=next((str(p) for p in files if _line_of(p, terms.curie(name))), None),
                hint="write its graph, or take the metadata out",
            )
        if modes != 1:
            raise InputError(
                f"{terms.curie(name)} has {modes or 'no'} modalit{'y' if modes < 2 else 'ies'}",
                path=str(path),
                line=_line_of(path, terms.curie(name)),
                hint="an assertion has exactly one kt:modality; what is held otherwise is another assertion",
            )


def _line_of(path: Path, curie: str) -> int | None:
    for number, line in enumerate(read_text(path).splitlines(), 1):
        if any(word.strip(",;.") == curie for word in line.split()):
            return number
    return None
