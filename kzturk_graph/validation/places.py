"""Where the thing that a finding is about stands: file and line, and what to call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.files import FORMATS, read_quads, read_text
from kzturk_graph.graph.labels import generated_labels
from kzturk_graph.graph.lookup import passage_label
from kzturk_graph.graph.turtle import locate
from kzturk_graph.validation.findings import Finding

_LABELS = (terms.PREF_LABEL, terms.LABEL, terms.PREFIXES["dcterms"] + "title")
Line = tuple[Path, int | None]
Lines = Mapping[tuple[str | None, str, str | None], int]


def placed(findings: Iterable[Finding], files: Iterable[Path], corpus: Corpus | None) -> list[Finding]:
    """The findings with label, file and line, where one of the files states them."""
    places, found = Places(files), list(findings)
    names = labels(places, corpus) if found else {}
    return [_placed(each, places, names) for each in found]


def _placed(finding: Finding, places: Places, names: Mapping[str, str]) -> Finding:
    iri = finding.focus.value
    label = names.get(iri, "")
    if not label and iri.startswith((terms.PASSAGE, terms.ASSERTION)):
        label = passage_label(iri)
    path, line = places.of(finding) or (None, None)
    return replace(finding, label=label, file=None if path is None else str(path), line=line)


def labels(places: Places, corpus: Corpus | None) -> dict[str, str]:
    """English labels of everything that the files, the vocabulary and the label templates name."""
    triples = [quad.triple for path in places.files for quad in places.quads(path)]
    triples += [*corpus.vocabulary, *generated_labels(corpus)] if corpus else []
    found: dict[str, tuple[int, str]] = {}
    for triple in triples:
        if triple.predicate.value in _LABELS and isinstance(triple.object, ox.Literal):
            rank = 0 if triple.object.language == "en" else 1
            subject, text = triple.subject.value, (rank, triple.object.value)  # type: ignore[union-attr]
            found[subject] = min(found.get(subject, text), text)
    return {iri: text for iri, (_, text) in found.items()}


class Places:
    """The lines of some files, read when they're asked for."""

    def __init__(self, files: Iterable[Path]) -> None:
        self.files = tuple(files)
        self._quads: dict[Path, list[ox.Quad]] = {}
        self._by_subject: dict[str, list[tuple[Path, ox.Quad]]] | None = None
        self._lines: dict[Path, Lines] = {}

    def quads(self, path: Path) -> list[ox.Quad]:
        """What a file says."""
        if path not in self._quads:
            self._quads[path] = read_quads(path)
        return self._quads[path]

    def of(self, finding: Finding) -> Line | None:
        """Where the finding's triple stands, else its property, else its focus node; None where none does."""
        if finding.focus.value.startswith(terms.DATE):
            return self._literal(finding.focus.value)
        said = self._stating(_authored(finding.focus.value))
        predicates = finding.path.predicates() if finding.path else ()
        tests = (
            lambda quad: quad.predicate.value in predicates and quad.object == finding.value,
            lambda quad: quad.predicate.value in predicates,
            lambda quad: quad.predicate.value == terms.TYPE,
            lambda quad: True,
        )
        for test in tests:
            for path, quad in said:
                if test(quad):
                    return path, self._line(path, quad)
        return None

    def _stating(self, iri: str) -> list[tuple[Path, ox.Quad]]:
        """What is said of a thing; of what nothing declares, where it is named."""
        if self._by_subject is None:
            self._by_subject = defaultdict(list)
            for path in self.files:
                for quad in self.quads(path):
                    self._by_subject[quad.subject.value].append((path, quad))  # type: ignore[union-attr]
        if iri in self._by_subject:
            return self._by_subject[iri]
        node = ox.NamedNode(iri) if ":" in iri else None
        return [(path, quad) for path in self.files for quad in self.quads(path) if quad.object == node]

    def _literal(self, row: str) -> Line | None:
        from kzturk_graph.graph.build import date_iri

        for path in self.files:
            for quad in self.quads(path):
                value = quad.object
                if (
                    isinstance(value, ox.Literal)
                    and value.datatype.value == terms.EDTF
                    and date_iri(value.value) == row
                ):
                    return path, self._line(path, quad)
        return None

    def _line(self, path: Path, quad: ox.Quad) -> int | None:
        if path not in self._lines:
            self._lines[path] = _lines(path)
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        lines, subject = self._lines[path], quad.subject.value  # type: ignore[union-attr]
        return lines.get((graph, subject, quad.predicate.value)) or lines.get((graph, subject, None))


def _lines(path: Path) -> Lines:
    """The lines of a file in which subjects and properties stand; empty where a format's lines say little."""
    syntax = FORMATS[path.suffix.lower()]
    if syntax == ox.RdfFormat.N_TRIPLES:
        return _lines_of_triples(read_text(path))
    if syntax not in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        return {}
    try:
        return locate(read_text(path), syntax == ox.RdfFormat.TRIG)
    except KzturkError:  # a corner of the syntax that pyoxigraph alone reads: better no line than no report
        return {}


def _lines_of_triples(text: str) -> Lines:
    """N-Triples has a triple on each line: no need to parse them again, of which there may be many."""
    lines: dict[tuple[str | None, str, str | None], int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        subject, _, rest = line.strip().partition(" ")
        predicate = rest.lstrip().partition(" ")[0]
        lines.setdefault((None, subject[1:-1], predicate[1:-1]), number)
    return lines


def _authored(iri: str) -> str:
    """The passage of a sentence that nobody wrote down; else the thing itself."""
    head, mark, number = iri.rpartition("-s")
    return head if mark and number.isdigit() and iri.startswith(terms.PASSAGE) else iri
