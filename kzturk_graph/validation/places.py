"""Where the thing that a finding is about stands: file and line, and what to call it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import KzturkError
from kzturk_graph.graph.build import date_iri
from kzturk_graph.graph.files import FORMATS, read_quads, read_text
from kzturk_graph.graph.labels import generated_labels
from kzturk_graph.graph.lookup import passage_label
from kzturk_graph.validation.context import EDTF, authored
from kzturk_graph.validation.findings import Finding
from kzturk_graph.validation.graphs import Checked

_LABELS = (terms.PREF_LABEL, terms.LABEL, terms.PREFIXES["dcterms"] + "title")
Line = tuple[Path, int | None]
Lines = Mapping[tuple[str | None, str, str | None], int]


def placed(findings: Iterable[Finding], checked: Checked, beside: Iterable[Path] = ()) -> list[Finding]:
    """The findings with label, file and line, where one of the files checked or beside states them."""
    found = list(findings)
    if not found:
        return []
    places = Places({each.focus.value for each in found})
    for path in (*checked.files, *beside):
        places.remember(path, checked.quads.get(path) or read_quads(path))
    if checked.corpus is not None:
        places.name(checked.corpus.vocabulary)
        if places.unnamed():
            places.name(generated_labels(checked.corpus))
    return [_placed(each, places) for each in found]


def _placed(finding: Finding, places: Places) -> Finding:
    path, line = places.of(finding) or (None, None)
    label = places.label(finding.focus.value)
    return replace(finding, label=label, file=None if path is None else str(path), line=line)


class Places:
    """What some files say of the things that findings are about, and on which lines."""

    def __init__(self, about: set[str]) -> None:
        self._wanted = about | {authored(iri) for iri in about}
        self._said: dict[str, list[tuple[Path, ox.Quad]]] = defaultdict(list)
        self._named: dict[str, list[tuple[Path, ox.Quad]]] = defaultdict(list)
        self._labels: dict[str, tuple[int, str]] = {}
        self._by_file: dict[Path, Lines] = {}

    def remember(self, path: Path, quads: Iterable[ox.Quad]) -> None:
        """Take what a file says."""
        for quad in quads:
            self._remember(path, quad)

    def _remember(self, path: Path, quad: ox.Quad) -> None:
        subject, value = quad.subject.value, quad.object  # type: ignore[union-attr]
        if subject in self._wanted:
            self._said[subject].append((path, quad))
            self.name((quad.triple,))
        if isinstance(value, ox.NamedNode):
            if value.value in self._wanted:
                self._named[value.value].append((path, quad))
        elif isinstance(value, ox.Literal) and value.datatype == EDTF:
            self._named[date_iri(value.value)].append((path, quad))

    def name(self, triples: Iterable[ox.Triple]) -> None:
        """Take labels from triples: an English one before another, a preferred one before a generated one."""
        for triple in triples:
            subject = triple.subject.value  # type: ignore[union-attr]
            if subject in self._wanted and triple.predicate.value in _LABELS:
                rank = 0 if getattr(triple.object, "language", None) == "en" else 1
                text = (rank, triple.object.value)  # type: ignore[union-attr]
                self._labels[subject] = min(self._labels.get(subject, text), text)

    def unnamed(self) -> bool:
        """Whether something that findings are about has no label yet, and could have one."""
        return any(iri.startswith((terms.ENTITY, terms.REPORT)) for iri in self._wanted - set(self._labels))

    def label(self, iri: str) -> str:
        """What to call a thing; '' where nothing names it."""
        if iri not in self._labels and iri.startswith((terms.PASSAGE, terms.ASSERTION)):
            return passage_label(iri)
        return self._labels.get(iri, (0, ""))[1]

    def of(self, finding: Finding) -> Line | None:
        """Where the finding's triple stands, else its property, else its focus node; None where none does.

        What nothing declares is where it is named; a date of the derived table is where its text is.
        """
        iri = authored(finding.focus.value)
        said = self._said.get(iri) or self._named.get(iri, [])
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

    def _line(self, path: Path, quad: ox.Quad) -> int | None:
        if path not in self._by_file:
            self._by_file[path] = _lines(path)
        graph = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else None
        lines, subject = self._by_file[path], quad.subject.value  # type: ignore[union-attr]
        return lines.get((graph, subject, quad.predicate.value)) or lines.get((graph, subject, None))


def _lines(path: Path) -> Lines:
    """The lines of a file in which subjects and properties stand; empty where a format's lines say little."""
    syntax = FORMATS[path.suffix.lower()]
    if syntax == ox.RdfFormat.N_TRIPLES:
        return _lines_of_triples(read_text(path))
    if syntax not in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG):
        return {}
    from kzturk_graph.graph.turtle import locate

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
