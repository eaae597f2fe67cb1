"""Which assertions hold a triple, in the default graph in use; and what the build derived it from."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.citations.formula import ANY, FRAME, HARD, LOST, SOFT, Documents, Leaf
from kzturk_graph.graph.assertions import Assertion, Metadata
from kzturk_graph.graph.selection import CURATOR, Selection
from kzturk_graph.graph.statements import StatementDates

NAMING = {terms.TYPE, terms.PREF_LABEL, terms.LABEL}
"""Types and labels: they add no document."""
DATE_TABLE = {terms.kt(name) for name in ("edtf", "earliest", "latest")}
_DEFAULT = ox.DefaultGraph()
_SUBCLASS = ox.NamedNode(terms.RDFS + "subClassOf")
_MODALITY, _STATUS = (ox.NamedNode(terms.kt(name)) for name in ("modality", "status"))
_ERRONEOUS = ox.NamedNode(terms.ERRONEOUS)
_NOWHERE = Path()
_TYPE = ox.NamedNode(terms.TYPE)

Node = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple


def document_of(assertion: str) -> str:
    """The slug of the document that an assertion or passage belongs to; ``curator`` for the curator's."""
    return terms.local(assertion).split("-", 1)[0]


class Sources:
    """Looks triples up in one store, whose default graph was made by one selection; keeps what it has found."""

    def __init__(self, store: ox.Store, selection: Selection) -> None:
        self.store, self.selection = store, selection
        self._leaves: dict[tuple[str, frozenset[str], str], Leaf] = {}
        self._graphs: dict[str, Leaf] = {}
        self._admitted: dict[str, bool] = {}
        self._triples: dict[tuple[Node, ox.NamedNode, Node], Leaf] = {}
        self._metadata: dict[str, Assertion] = {}
        self._stated: StatementDates | None = None
        self._restricts = selection.restricts

    def leaf(self, kind: str, assertions: frozenset[str], note: str = "") -> Leaf:
        """The one leaf of this content."""
        key = (kind, assertions, note)
        found = self._leaves.get(key)
        if found is None:
            documents: Documents = ANY
            if kind in (HARD, LOST):
                documents = frozenset(document_of(each) for each in assertions)
                if CURATOR in documents:
                    documents = ANY
            found = self._leaves[key] = Leaf(kind, assertions, documents, note)
        return found

    def in_graph(self, name: str) -> Leaf:
        """The leaf of what a query matched inside ``GRAPH``: that assertion, whatever its modality."""
        found = self._graphs.get(name)
        if found is None:
            found = self._graphs[name] = self.leaf(HARD, frozenset({name}))
        return found

    def of_triple(self, subject: Node, predicate: ox.NamedNode, value: Node) -> Leaf:
        """The leaf of a triple that a query matched in the default graph."""
        key = (subject, predicate, value)
        found = self._triples.get(key)
        if found is None:
            found = self._triples[key] = self.find(subject, predicate, value)
        return found

    def find(self, subject: Node, predicate: ox.NamedNode, value: Node) -> Leaf:
        """The same, looked up anew."""
        naming = predicate.value in NAMING
        if isinstance(subject, ox.NamedNode):
            name = subject.value
            if name.startswith(terms.ASSERTION):
                return self.in_graph(name)
            if name.startswith(terms.PASSAGE):
                return self.leaf(SOFT, frozenset({_passage(name)}), "what is known of the passage itself")
            if name.startswith(terms.DATE):
                return self.leaf(FRAME, frozenset(), "the first and last day of a date, reckoned from its text")
        holders = self.holders(subject, predicate, value, merged=not naming)
        if naming:
            return self._naming(subject, predicate, value, holders)
        if holders:
            return self.leaf(HARD, holders)
        return self._unheld(subject, predicate, value)

    def holders(self, subject: Node, predicate: ox.NamedNode, value: Node, merged: bool = False) -> frozenset[str]:
        """The assertions in use that hold the triple.

        ``merged`` says that it stands in the default graph as a fact does: what only one assertion holds came from it.
        """
        quads = self.store.quads_for_pattern(subject, predicate, value)  # type: ignore[arg-type]
        graphs = [quad.graph_name for quad in quads]
        names = [graph.value for graph in graphs if isinstance(graph, ox.NamedNode)]
        if merged and len(names) == 1 and len(graphs) == 2:
            return frozenset(names)
        return frozenset(filter(self.admitted, names))

    def _naming(self, subject: Node, predicate: ox.NamedNode, value: Node, holders: frozenset[str]) -> Leaf:
        if holders:
            return self.leaf(SOFT, holders)
        if isinstance(subject, ox.NamedNode) and subject.value.startswith((terms.ONTOLOGY, terms.CONCEPT)):
            return self.leaf(FRAME, frozenset(), "the vocabulary")
        if predicate == _TYPE:
            return self.leaf(SOFT, self._subtypes(subject, value), "a kind that follows from the stated one")
        stated = self.store.quads_for_pattern(subject, _TYPE, None)  # type: ignore[arg-type]
        typed = {quad.graph_name.value for quad in stated if isinstance(quad.graph_name, ox.NamedNode)}
        return self.leaf(SOFT, frozenset(filter(self.admitted, typed)), "a label made by the build")

    def _subtypes(self, subject: Node, kind: Node) -> frozenset[str]:
        """The assertions that state a kind of the subject from which ``kind`` follows."""
        stated: dict[Node, set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(subject, _TYPE, None):  # type: ignore[arg-type]
            if isinstance(quad.graph_name, ox.NamedNode) and self.admitted(quad.graph_name.value):
                stated[quad.object].add(quad.graph_name.value)
        return frozenset(name for low, names in stated.items() if kind in self._above(low) for name in names)

    def _above(self, kind: Node) -> set[Node]:
        found: set[Node] = set()
        pending = [kind]
        while pending:
            for quad in self.store.quads_for_pattern(pending.pop(), _SUBCLASS, None, _DEFAULT):  # type: ignore[arg-type]
                if quad.object not in found:
                    found.add(quad.object)
                    pending.append(quad.object)
        return found

    def _unheld(self, subject: Node, predicate: ox.NamedNode, value: Node) -> Leaf:
        if isinstance(subject, ox.NamedNode) and subject.value.startswith((terms.ONTOLOGY, terms.CONCEPT)):
            return self.leaf(FRAME, frozenset(), "the vocabulary")
        about = next(iter(self.store.quads_for_pattern(subject, predicate, value, _DEFAULT)), None)  # type: ignore[arg-type]
        if about is None:
            return self.leaf(LOST, frozenset(), f"{_text(subject, predicate, value)} isn't found again")
        return self.leaf(LOST, frozenset(), f"no assertion in use holds {_text(subject, predicate, value)}")

    def of_date(self, literal: Node) -> frozenset[str]:
        """The assertions in use that hold a date's text, in a triple or in what is said of them."""
        found = set()
        for quad in self.store.quads_for_pattern(None, None, literal):
            if isinstance(quad.graph_name, ox.NamedNode):
                found.add(quad.graph_name.value)
            elif isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(terms.ASSERTION):
                found.add(quad.subject.value)
        return frozenset(filter(self.admitted, found))

    def admitted(self, name: str) -> bool:
        """Whether the selection admits the assertion to the default graph."""
        found = self._admitted.get(name)
        if found is None:
            found = self._admitted[name] = self._checked(name) if self._restricts else self._of_mode(name)
        return found

    def _of_mode(self, name: str) -> bool:
        """The short way where only modalities and a curator's mark decide."""
        node = ox.NamedNode(name)
        modes = [quad.object.value for quad in self.store.quads_for_pattern(node, _MODALITY, None, _DEFAULT)]  # type: ignore[union-attr]
        if not modes or terms.local(modes[0]) not in self.selection.modalities:
            return False
        return not any(self.store.quads_for_pattern(node, _STATUS, _ERRONEOUS, _DEFAULT))

    def _checked(self, name: str) -> bool:
        assertion = self.assertion(name)
        return bool(assertion.values("modality")) and self.selection.admits(assertion, self._dates())

    def assertion(self, name: str) -> Assertion:
        """An assertion as the store knows it, without its triples."""
        found = self._metadata.get(name)
        if found is None:
            node = ox.NamedNode(name)
            said: dict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
            for quad in self.store.quads_for_pattern(node, None, None, _DEFAULT):
                said[quad.predicate.value].append(quad.object)  # type: ignore[arg-type]
            metadata: Metadata = {key: tuple(sorted(values, key=str)) for key, values in said.items()}
            found = self._metadata[name] = Assertion(node, frozenset(), metadata, _NOWHERE)
        return found

    def _dates(self) -> StatementDates | None:
        """Only a selection as of a day asks for them."""
        if self.selection.as_of is None:
            return None
        if self._stated is None:
            self._stated = statement_dates(self.store)
        return self._stated


def statement_dates(store: ox.Store) -> StatementDates:
    """When documents and cited works were written, as the store knows it."""
    documents, issued, cited = {}, {}, {}
    for quad in store.quads_for_pattern(None, ox.NamedNode(terms.kt("statementDate")), None):
        documents[quad.subject.value] = dates.parse(quad.object.value)  # type: ignore[union-attr]
    for quad in store.quads_for_pattern(None, ox.NamedNode(terms.PREFIXES["dcterms"] + "issued"), None):
        if isinstance(quad.object, ox.Literal):
            issued[quad.subject.value] = dates.parse(quad.object.value)  # type: ignore[union-attr]
    for quad in store.quads_for_pattern(None, ox.NamedNode(terms.kt("refersTo")), None):
        if quad.object.value in issued:  # type: ignore[union-attr]
            cited[quad.subject.value] = issued[quad.object.value]  # type: ignore[union-attr]
    return StatementDates(documents, cited)


def _passage(name: str) -> str:
    """A passage's IRI, of a sentence's too."""
    head, _, tail = name.rpartition("-s")
    return head if head and tail.isdigit() else name


def _text(*parts: Node) -> str:
    return " ".join(terms.curie(part.value) if isinstance(part, ox.NamedNode) else str(part) for part in parts)
