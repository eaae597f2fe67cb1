"""The things of our graph as records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.errors import UsageError
from kzturk_graph.graph import lookup
from kzturk_graph.matching import kinds
from kzturk_graph.matching.records import ALIAS, LABEL, WRITTEN, Name, Record, Span
from kzturk_graph.matching.rules import rules
from kzturk_graph.matching.text import split
from kzturk_graph.matching.theirs import host

_SORTS = {terms.PREF_LABEL: LABEL, terms.LABEL: LABEL, terms.ALT_LABEL: ALIAS, terms.kt("writtenAs"): WRITTEN}
_ORG = terms.PREFIXES["org"]
INWARDS = tuple(
    [terms.kt(each) for each in ("receivingState", "location", "city", "seat", "governedBy")]
    + [_ORG + each for each in ("subOrganizationOf", "unitOf", "postIn")]
)
"""Properties from a thing to where it is, or to what it is a part of."""
STATES = tuple(terms.kt(each) for each in ("member", "party", "between", "partner"))
"""Properties from what several states have together to each of them."""
_URL, _PUBLISHER = terms.PREFIXES["schema"] + "url", terms.PREFIXES["dcterms"] + "publisher"
_KIND = terms.kt("kind")
_SAME = terms.SKOS + "exactMatch"
HELD, MEMBER = terms.kt("post"), _ORG + "member"
DATES = {
    "establishedOn": "start", "startedOn": "start", "openedOn": "start", "endedOn": "end", "date": "on",
    "signedOn": "on",
}  # fmt: skip
DEEPEST = 4


def records(
    store: ox.Store, linked: Mapping[str, Sequence[str]] | None = None, *, every: bool = False
) -> tuple[Record, ...]:
    """Every thing of ours that an item may be about, by IRI; with ``every`` true, all that has a name.

    ``linked`` are the ids that IRIs of ours are linked to: neighbours and countries are told by them.
    """
    return tuple(_Reader(store, linked or {}).records(every))


class _Reader:
    """Reads the graph once: what is said of each thing in any graph, plans and denials included."""

    def __init__(self, store: ox.Store, linked: Mapping[str, Sequence[str]]) -> None:
        self.linked = linked
        self.said: dict[str, dict[str, set[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(set))
        self.published: dict[str, set[str]] = defaultdict(set)
        self._owners: dict[str, set[str]] = defaultdict(set)
        self._addresses: dict[str, set[str]] = defaultdict(set)
        self.about: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._concepts: dict[str, set[str]] = defaultdict(set)
        for quad in store.quads_for_pattern(None, None, None):
            subject, value = quad.subject, quad.object
            if quad.predicate.value in (_PUBLISHER, _URL) and isinstance(subject, ox.NamedNode):
                self._page(subject.value, quad)
            if quad.predicate.value == terms.PREF_LABEL and subject.value.startswith(terms.CONCEPT):  # type: ignore[union-attr]
                self._concepts[subject.value].add(value.value)  # type: ignore[union-attr]
            if not isinstance(subject, ox.NamedNode) or not subject.value.startswith(terms.ENTITY):
                continue
            if isinstance(value, ox.NamedNode | ox.Literal):
                self.said[subject.value][quad.predicate.value].add(value)
            if isinstance(value, ox.NamedNode) and value.value.startswith(terms.ENTITY):
                self.about[value.value][quad.predicate.value].add(subject.value)
        for page, owners in self._owners.items():
            for owner in owners:
                self.published[owner] |= self._addresses.get(page, set())
        self.states = {iri for iri in self.said if "State" in self.classes(iri)}
        self.slugs = {terms.local(iri): iri for iri in self.states}

    def _page(self, page: str, quad: ox.Quad) -> None:
        kept = self._owners if quad.predicate.value == _PUBLISHER else self._addresses
        kept[page].add(quad.object.value)  # type: ignore[union-attr]

    def records(self, every: bool) -> Iterator[Record]:
        for iri in sorted(self.said):
            tags = kinds.of_ours(self.classes(iri), self.locals(iri, _KIND))
            if tags or (every and self.classes(iri)):
                yield self.record(iri, tags)

    def record(self, iri: str, tags: frozenset[str]) -> Record:
        states = self.countries(iri)
        return Record(
            iri,
            tuple(self.names(iri)),
            tags,
            identifiers=frozenset(self.identifiers(iri)),
            sites=frozenset(self.sites(iri)),
            countries=self.ids(states),
            states=frozenset(terms.local(each) for each in states),
            neighbours=self.ids(self.neighbours(iri)),
            coordinates=self.coordinates(iri),
            dates=tuple(self.dates(iri)),
            description=", ".join(sorted(self.locals(iri, _KIND))),
            classes=tuple(self.nodes(iri, terms.TYPE) + self.nodes(iri, _KIND)),
            properties=self.properties(iri),
        )

    def classes(self, iri: str) -> set[str]:
        return self.locals(iri, terms.TYPE)

    def locals(self, iri: str, name: str) -> set[str]:
        return {terms.local(each) for each in self.nodes(iri, name)}

    def nodes(self, iri: str, name: str) -> list[str]:
        return sorted(each.value for each in self.said[iri].get(name, ()) if isinstance(each, ox.NamedNode))

    def texts(self, iri: str, name: str) -> list[str]:
        return sorted(each.value for each in self.said[iri].get(name, ()) if isinstance(each, ox.Literal))

    def names(self, iri: str) -> Iterator[Name]:
        found: dict[tuple[str, str], str] = {}
        for name, sort in _SORTS.items():
            for value in sorted(self.said[iri].get(name, ()), key=str):
                if isinstance(value, ox.Literal):
                    found.setdefault((value.value, value.language or ""), sort)
        written = {text for (text, language) in found if language}
        for (text, language), sort in found.items():
            if language or text not in written:
                yield Name(text, language, sort)

    def identifiers(self, iri: str) -> Iterator[tuple[str, str]]:
        if iri in self.states:
            for code in self.texts(iri, terms.SKOS + "notation"):
                yield ("P297" if len(code) == 2 else "P298"), code

    def sites(self, iri: str) -> Iterator[str]:
        """Its own pages, and the hosts of those that it published: an official site is a host's first page."""
        for text in self.texts(iri, _URL):
            yield from filter(None, [host(text)])
        for page in sorted(self.published.get(iri, ())):
            yield from (known.partition("/")[0] for known in [host(page)] if known)

    def coordinates(self, iri: str) -> tuple[float, float] | None:
        where = [self.texts(iri, terms.PREFIXES["schema"] + each) for each in ("latitude", "longitude")]
        return (float(where[0][0]), float(where[1][0])) if all(where) else None

    def countries(self, iri: str) -> frozenset[str]:
        """The states that a thing lies in or belongs to, by its relations, else by the names of states in its own."""
        if iri in self.states:
            return frozenset()
        shared = {each for name in STATES for each in self.nodes(iri, name) if each in self.states}
        if shared:
            return frozenset(shared)
        found = self._inwards(iri)
        if not found and "Person" in self.classes(iri):
            posts = {post for held in self.about[iri].get(MEMBER, ()) for post in self.nodes(held, HELD)}
            found = {state for post in posts for state in self._inwards(post) or self._named(post)}
        return frozenset(found or self._named(iri))

    def _inwards(self, iri: str) -> set[str]:
        level, seen = {iri}, {iri}
        for _ in range(DEEPEST):
            level = {each for one in level for name in INWARDS for each in self.nodes(one, name)} - seen
            if level & self.states:
                return level & self.states
            named = {state for each in level for state in self._named(each)}
            if named:
                return named
            seen |= level
        return set()

    def _named(self, iri: str) -> set[str]:
        words = {word for text in self.texts(iri, terms.PREF_LABEL) for word in split(text)}
        slugs = {rules().countries[word] for word in words if word in rules().countries}
        return {self.slugs[slug] for slug in slugs if slug in self.slugs}

    def neighbours(self, iri: str) -> set[str]:
        """Things that it is in a relation with, by way of a membership or tenure too."""
        out = {each.value for values in self.said[iri].values() for each in values if isinstance(each, ox.NamedNode)}
        back = {each for subjects in self.about[iri].values() for each in subjects}
        between = {each for each in out | back if self.classes(each) & {"Membership", "Tenure"}}
        far = {
            each.value
            for one in between
            for values in self.said[one].values()
            for each in values
            if isinstance(each, ox.NamedNode)
        }
        return {each for each in out | back | far if each.startswith(terms.ENTITY)} - {iri}

    def ids(self, iris: Iterable[str]) -> frozenset[str]:
        return frozenset(each for iri in iris for each in self.linked.get(iri, ()))

    def dates(self, iri: str) -> Iterator[Span]:
        for name, role in DATES.items():
            for text in self.texts(iri, terms.kt(name)):
                try:
                    value = dates.parse(text)
                except UsageError:
                    continue
                if value.earliest and value.latest:
                    yield Span(role, value.earliest.year, value.latest.year)

    def properties(self, iri: str) -> dict[str, tuple[str, ...]]:
        """Local name of a property → what its values are called, or their text: for a stranger's cells."""
        found: dict[str, tuple[str, ...]] = {}
        for name, values in self.said[iri].items():
            if name in _SORTS or name == terms.TYPE:
                continue
            texts = {text for each in values for text in self._called(each)}
            if texts:
                found[terms.local(name)] = tuple(sorted(texts))
        return found

    def _called(self, value: ox.NamedNode | ox.Literal) -> Iterator[str]:
        yield value.value
        if isinstance(value, ox.NamedNode):
            yield terms.local(value.value)
            yield from self._concepts.get(value.value, ())
            if value.value.startswith(terms.ENTITY):
                yield from (each.text for each in self.names(value.value))
                yield from map(terms.local, self.nodes(value.value, _SAME))


def of_classes(found: Iterable[Record], store: ox.Store, wanted: str) -> tuple[Record, ...]:
    """The records of a class of ours, by its local name. Raises UsageError where no record is of it."""
    kept = tuple(each for each in found if wanted in lookup.types(store, ox.NamedNode(each.id)))
    if not kept:
        classes = {kind for each in found for kind in lookup.types(store, ox.NamedNode(each.id))}
        raise UsageError(f"nothing to match is of the class {wanted!r}", f"classes: {', '.join(sorted(classes))}")
    return kept
