"""How many witnesses are independent: a document that quotes another, or a version of it, is no second
witness.

Two assertions lean on one another where they share their document, a speaker who is quoted, a work that a
footnote cites, or the work of which both are versions (``dcterms:isVersionOf``). Chains of that count as
one witness.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.assertions import Assertion, Corpus
from kzturk_graph.graph.selection import CURATOR

REFERS_TO = terms.kt("refersTo")
VERSION_OF = terms.PREFIXES["dcterms"] + "isVersionOf"
CITES, VOICE = terms.kt("cites"), terms.kt("voice")


@dataclass(frozen=True)
class Lineage:
    """Which work each footnote refers to, and of which work each is a version; by IRI."""

    works: Mapping[str, str]
    versions: Mapping[str, str]

    def origin(self, work: str) -> str:
        """The work behind all versions of this one; a footnote stands for the work that it refers to.

        >>> Lineage({"p": "2014"}, {"2014": "page"}).origin("p")
        'page'
        """
        seen = {work}
        current = self.works.get(work, work)
        while (upper := self.versions.get(current)) is not None and upper not in seen:
            seen.add(upper)
            current = upper
        return current

    def origins(self, assertion: str, cites: Iterable[str], voices: Iterable[str]) -> frozenset[str]:
        """What an assertion leans on: its document, its speakers and the works that it cites; empty for the
        curator's."""
        source = terms.local(assertion).split("-", 1)[0]
        if source == CURATOR:
            return frozenset()
        return frozenset(self.origin(each) for each in (terms.DOCUMENT + source, *cites, *voices))


def lineage(corpus: Corpus) -> Lineage:
    """Read the lineage from the authored data."""
    versions = (triple for assertion in corpus.assertions.values() for triple in assertion.triples)
    return _lineage(corpus.beside, versions)


def lineage_of_store(store: ox.Store) -> Lineage:
    """Read the lineage from the default graph of a store."""
    default = ox.DefaultGraph()
    found = [
        [quad.triple for quad in store.quads_for_pattern(None, ox.NamedNode(name), None, default)]
        for name in (REFERS_TO, VERSION_OF)
    ]
    return _lineage(*found)


def _lineage(beside: Iterable[ox.Triple], facts: Iterable[ox.Triple]) -> Lineage:
    works = {t.subject.value: t.object.value for t in beside if t.predicate.value == REFERS_TO}  # type: ignore[union-attr]
    versions = {t.subject.value: t.object.value for t in facts if t.predicate.value == VERSION_OF}  # type: ignore[union-attr]
    return Lineage(works, versions)


def independent_witnesses(corpus: Corpus, assertions: Iterable[Assertion | str]) -> int:
    """How many of these assertions, given as such or by IRI, are independent witnesses; the curator's are
    none.

    Raises KeyError for an IRI of no assertion. To ask for many facts, make one ``lineage`` and use
    ``independent``.
    """
    behind = lineage(corpus)
    return independent(behind, (corpus.assertions[each] if isinstance(each, str) else each for each in assertions))


def independent(behind: Lineage, assertions: Iterable[Assertion]) -> int:
    """How many of the assertions are independent witnesses, by a lineage that was read before."""
    return groups(behind.origins(each.iri.value, each.values("cites"), each.values("voice")) for each in assertions)


def independent_in_store(behind: Lineage, store: ox.Store, assertions: Iterable[str]) -> int:
    """How many of the assertions, by IRI, are independent witnesses, their metadata read from a store."""

    def values(assertion: str, name: str) -> list[str]:
        quads = store.quads_for_pattern(ox.NamedNode(assertion), ox.NamedNode(name), None, ox.DefaultGraph())
        return [quad.object.value for quad in quads]  # type: ignore[union-attr]

    return groups(behind.origins(each, values(each, CITES), values(each, VOICE)) for each in assertions if each)


def groups(origins: Iterable[frozenset[str]]) -> int:
    """How many groups of sets have nothing in common with one another, directly or by way of others.

    >>> groups([frozenset("ab"), frozenset("bc"), frozenset("d"), frozenset()])
    2
    """
    found: list[set[str]] = []
    for each in origins:
        if not each:
            continue
        met = [group for group in found if not group.isdisjoint(each)]
        found = [group for group in found if group.isdisjoint(each)]
        found.append(set(each).union(*met))
    return len(found)
