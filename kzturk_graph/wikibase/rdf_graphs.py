"""Triples by subject: in memory, in a store on disk, and as one entity after another passes by."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol

import pyoxigraph as ox

from kzturk_graph.wikibase import rdf_terms as terms
from kzturk_graph.wikibase.rdf_values import Term

ABOUT = terms.SCHEMA + "about"
Pairs = list[tuple[str, Term]]
Said = tuple[str, str, Term]
"""A triple: the subject as it is looked up (see ``key``), the predicate's IRI, the object."""


class Graph(Protocol):
    """What an entity is put together from."""

    def out(self, subject: str) -> Pairs:
        """What is said of a subject, by predicate, in its order; of blank nodes by ``_:`` and their name."""

    def pages(self, entity: str) -> list[str]:
        """The subjects that are about an entity: its data page, and articles."""

    def subjects(self) -> Iterator[str]:
        """All subjects."""


def key(term: Term) -> str:
    """How a subject is looked up."""
    return str(term) if isinstance(term, ox.BlankNode) else term.value if isinstance(term, ox.NamedNode) else ""


class Memory:
    """A graph in memory, in the order in which it came."""

    def __init__(self, triples: Iterable[Said] = ()) -> None:
        self._out: dict[str, dict[tuple[str, Term], None]] = {}
        self._pages: dict[str, dict[str, None]] = {}
        for subject, predicate, object in triples:
            self.add(subject, predicate, object)

    def add(self, subject: str, predicate: str, object: Term) -> None:
        """Add a triple; a second time it changes nothing."""
        self._out.setdefault(subject, {})[predicate, object] = None
        if predicate == ABOUT:
            self._pages.setdefault(key(object), {})[subject] = None

    def out(self, subject: str) -> Pairs:
        """See Graph."""
        return list(self._out.get(subject, ()))

    def pages(self, entity: str) -> list[str]:
        """See Graph."""
        return list(self._pages.get(entity, ()))

    def subjects(self) -> Iterator[str]:
        """See Graph."""
        return iter(self._out)


class Stored:
    """A graph in a store on disk, for triples in no order; what is said of a subject comes sorted."""

    def __init__(self, triples: Iterable[Said], folder: str) -> None:
        self._store = ox.Store(folder)
        self._store.bulk_extend(ox.Quad(_term(s), ox.NamedNode(p), o) for s, p, o in triples)

    def out(self, subject: str) -> Pairs:
        """See Graph."""
        found = self._store.quads_for_pattern(_term(subject), None, None)
        return sorted(((each.predicate.value, each.object) for each in found), key=lambda pair: (pair[0], str(pair[1])))

    def pages(self, entity: str) -> list[str]:
        """See Graph."""
        found = self._store.quads_for_pattern(None, ox.NamedNode(ABOUT), ox.NamedNode(entity))
        return sorted(key(each.subject) for each in found)

    def subjects(self) -> Iterator[str]:
        """See Graph."""
        return (subject for subject, _ in groupby(key(each.subject) for each in self._store))


def _term(subject: str) -> ox.NamedNode | ox.BlankNode:
    return ox.BlankNode(subject[2:]) if subject.startswith("_:") else ox.NamedNode(subject)


class Shared:
    """Value and reference nodes, which entities share: a dump has each only beside the first entity that needs it.

    Beyond ``held`` of them, they go to a temporary database on disk.
    """

    def __init__(self, held: int = 200_000) -> None:
        self._nodes: dict[str, Pairs] = {}
        self._held = held
        self._disk: sqlite3.Connection | None = None

    def put(self, subject: str, pairs: Pairs) -> None:
        """Keep what is said of a node."""
        self._nodes[subject] = pairs
        if len(self._nodes) >= self._held:
            if self._disk is None:
                self._disk = sqlite3.connect("")  # a file of its own that is gone when it is closed
                self._disk.execute("create table node (subject text primary key, pairs blob) without rowid")
            rows = ((one, pickle.dumps([(p, _packed(o)) for p, o in each])) for one, each in self._nodes.items())
            self._disk.executemany("insert or replace into node values (?, ?)", rows)
            self._nodes = {}

    def get(self, subject: str) -> Pairs:
        """What is said of a node; empty where it hasn't come by."""
        if (found := self._nodes.get(subject)) is not None:
            return found
        if self._disk is None:
            return []
        row = self._disk.execute("select pairs from node where subject = ?", (subject,)).fetchone()
        return [(p, _unpacked(o)) for p, o in pickle.loads(row[0])] if row else []  # noqa: S301  # our own bytes


def _packed(term: Term) -> tuple[str, ...]:
    if isinstance(term, ox.Literal):
        return ("l", term.value, term.language or "", term.datatype.value)
    return ("", key(term))


def _unpacked(given: tuple[str, ...]) -> Term:
    if given[0]:
        return (
            ox.Literal(given[1], language=given[2])
            if given[2]
            else ox.Literal(given[1], datatype=ox.NamedNode(given[3]))
        )
    return _term(given[1])


class Passing(Memory):
    """The triples of one entity, with the nodes that it shares with those that have passed."""

    def __init__(self, shared: Shared) -> None:
        super().__init__()
        self._shared = shared

    def out(self, subject: str) -> Pairs:
        """See Graph."""
        return super().out(subject) or self._shared.get(subject)

    def keep(self) -> None:
        """Keep the value and reference nodes for the entities that follow."""
        for subject in self.subjects():
            if "/reference/" in subject or "/value/" in subject:
                self._shared.put(subject, Memory.out(self, subject))
