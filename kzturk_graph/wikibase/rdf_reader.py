"""Entities from RDF files of any size and order.

What fits is read whole. Of more, the entities are given as they pass by, as dumps have them one after another; where
the beginning shows another order, all goes into a store on disk first.
"""

from __future__ import annotations

import io
import re
import tempfile
from collections.abc import Iterator
from itertools import chain, islice

import pyoxigraph as ox

from kzturk_graph.errors import InputError
from kzturk_graph.wikibase import rdf_terms as terms
from kzturk_graph.wikibase.formats import HINT
from kzturk_graph.wikibase.model import Entity
from kzturk_graph.wikibase.problems import Foreign, Problems
from kzturk_graph.wikibase.rdf_entity import Known, build
from kzturk_graph.wikibase.rdf_graphs import Graph, Memory, Passing, Said, Shared, Stored, key
from kzturk_graph.wikibase.rdf_parse import triples

_ITEM = ox.NamedNode("http://wikiba.se/ontology#Item")
WHOLE = 200_000
"""As many triples are held in memory; in some 100 MB."""

_DATA = re.compile(r".*/Special:EntityData/([QPLM][1-9]\d*)(?:\.\w+)?")


class Reader:
    """One RDF stream being read; ``dated`` is the date that a dump tells of itself, once it has come by."""

    def __init__(
        self,
        stream: io.BufferedReader,
        kind: str,
        name: str,
        problems: Problems,
        wanted: frozenset[str] | None = None,
    ) -> None:
        self.dated: str | None = None
        self._name, self._wanted, self._whole = name, wanted, WHOLE
        self._known = Known(lambda what: problems.add(name, None, what))
        self._fault: InputError | None = None
        self._triples = self._seen(triples(stream, kind, name, problems, wanted))

    def entities(self) -> Iterator[Entity]:
        """The entities. Raises InputError at a fault that can't be read past, after what came before it was given,
        and where there is no Wikibase entity at all.
        """
        given = False
        for entity in self._read():
            given = True
            yield entity
        if self._fault is not None:
            raise self._fault
        if not given and self._wanted is None:
            message = "isn't Wikibase data: RDF without one entity of the Wikibase model"
            raise Foreign(message, path=self._name, hint=HINT)

    def _read(self) -> Iterator[Entity]:
        head = list(islice(self._triples, self._whole))
        if len(head) < self._whole:
            yield from self._all(Memory(head))
        elif _grouped(head):
            yield from self._passing(chain(head, self._triples))
        else:
            with tempfile.TemporaryDirectory(prefix="kzturk-") as folder:
                yield from self._all(Stored(chain(head, self._triples), folder))

    def _seen(self, quads: Iterator[ox.Quad]) -> Iterator[Said]:
        """The same triples, from which what is known of the file is learnt; a fault ends them and waits."""
        see = self._known.see
        try:
            for quad in quads:
                subject, predicate, object = key(quad.subject), quad.predicate.value, quad.object
                see(subject, predicate, object)
                if predicate == terms.SCHEMA + "dateModified" and (terms.wikibase(subject) == "Dump"):
                    self.dated = max(self.dated or "", str(getattr(object, "value", "")))
                yield subject, predicate, object
        except InputError as error:
            self._fault = error

    def _all(self, graph: Graph) -> Iterator[Entity]:
        for subject in graph.subjects():
            yield from self._entity(graph, subject)

    def _entity(self, graph: Graph, iri: str) -> Iterator[Entity]:
        found = terms.entity_iri(iri)
        if found and "-" in found[1]:  # a form or sense of a lexeme
            return
        if not found and (terms.RDF_TYPE, _ITEM) in graph.out(iri):
            found = terms.own_entity(iri)
        if found and (self._wanted is None or found[1] in self._wanted):
            entity = build(graph, iri, self._known)
            if entity is not None:
                yield entity

    def _passing(self, triples: Iterator[Said]) -> Iterator[Entity]:
        """Entities as they pass. Raises InputError where triples of one come apart after all."""
        shared, done, owner = Shared(), _Done(), None
        passing, current, subjects = Passing(shared), "", dict[str, None]()
        last = ""
        for subject, predicate, object in triples:
            if subject != last:
                owner, last = _owner(subject), subject
            if owner and owner != current:
                for each in subjects:
                    yield from self._entity(passing, each)
                passing.keep()
                if current:
                    done.add(current)
                if owner in done:
                    raise InputError(
                        f"the triples of {owner} aren't together",
                        path=self._name,
                        hint="sort the file so that each entity's triples are together, or load it into an endpoint",
                    )
                passing, current, subjects = Passing(shared), owner, {}
            if owner:
                subjects[subject] = None
            passing.add(subject, predicate, object)
        for each in subjects:
            yield from self._entity(passing, each)


def _owner(subject: str) -> str | None:
    """The id of the entity that a subject's triples belong to, as far as its IRI tells; forms are their lexeme's."""
    if found := terms.entity_iri(subject):
        return found[1].partition("-")[0]
    if made := terms.statement_id(subject):
        return made[0].partition("-")[0]
    data = _DATA.fullmatch(subject)
    return data[1] if data else None


def _grouped(head: list[Said]) -> bool:
    """Whether each entity's triples are together, by the beginning of a file."""
    current, done = "", set()
    for subject, _, _ in head:
        owner = _owner(subject)
        if owner and owner != current:
            if owner in done:
                return False
            done.add(current)
            current = owner
    return True


class _Done:
    """Ids that have passed; by their numbers, since there are some hundred million of them."""

    def __init__(self) -> None:
        self._bits: dict[str, bytearray] = {}
        self._others: set[str] = set()

    def add(self, id: str) -> None:
        number = id[1:]
        if not number.isdigit():
            self._others.add(id)
            return
        at, bit = divmod(int(number), 8)
        bits = self._bits.setdefault(id[0], bytearray())
        if at >= len(bits):
            bits.extend(bytes(max(at + 1 - len(bits), len(bits))))
        bits[at] |= 1 << bit

    def __contains__(self, id: str) -> bool:
        if not id[1:].isdigit():
            return id in self._others
        at, bit = divmod(int(id[1:]), 8)
        bits = self._bits.get(id[0], b"")
        return at < len(bits) and bool(bits[at] >> bit & 1)
