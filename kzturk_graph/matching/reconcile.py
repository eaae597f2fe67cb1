"""A stranger's cell against our things: a name, and maybe a type and properties. Used by the reconciliation service."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Any, NamedTuple

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from kzturk_graph import terms
from kzturk_graph.matching.conditions import ALL, ANY, MET, SHOULD, Asked, Condition, agreement, values
from kzturk_graph.matching.features import EXACT
from kzturk_graph.matching.index import Index
from kzturk_graph.matching.likeness import likeness, taken_apart
from kzturk_graph.matching.records import ALIAS, INITIALS, LABEL, WRITTEN, Name, Record
from kzturk_graph.matching.text import SHORT
from kzturk_graph.names import fold

ENOUGH = 0.45
"""The share of two names' weight that their common sounds need: less than for whole dumps, for people shorten names."""
NAME_LEAST = 0.5
MISSPELT = 82.0
"""How alike (of 100) the letters of two names are where one is the other misspelt."""
WORTH = {LABEL: 100.0, ALIAS: 98.0, WRITTEN: 95.0, INITIALS: 80.0}
"""The score of a name that is the same, by its sort."""
OTHER_TYPE, NOT_AS_IT_SHOULD = 0.5, 0.9
"""What is left of a score where the thing isn't of the type asked for, or that it should be of."""
PROPERTIES = 0.3
"""The share of the score that properties have, where some can be compared."""
IDENTIFIERS = ("exactMatch", "notation")
"""Local names of properties whose values belong to one thing alone."""
IDENTIFIED, OTHER_IDENTIFIER = 90.0, 0.5
"""The least score of what bears an identifier asked for, and what is left where it bears another."""
MATCH, MARGIN = 90.0, 5.0
"""The score that a match needs, and its distance to the next."""


@dataclass(frozen=True, slots=True)
class Match:
    """A thing of ours that a cell may mean: its IRI, its name (the label in English), the name that is alike, the IRIs
    of its classes and kinds, a score from 0 to 100, what the score is made of, and whether it surely is the one.

    Features: ``name`` (0 to 100), ``type`` (whether it is of the type; only where one was asked for), and for each
    property that could be compared ``property:ID`` (0 to 100).
    """

    id: str
    label: str
    name: Name
    types: tuple[str, ...]
    score: float
    features: tuple[tuple[str, float | bool], ...]
    match: bool = False


class _Scored(NamedTuple):
    """A candidate, and whether what is asked allows it to be a match."""

    found: Match
    allowed: bool


class Reconciler:
    """Our things, indexed once for many cells."""

    def __init__(self, store: ox.Store, *, pids: Mapping[str, Sequence[str]] | None = None) -> None:
        """``pids`` are the local names of our properties that another name of a property stands for: ``P17``."""
        from kzturk_graph.matching.ours import records

        self.index = Index(records(store, every=True))
        self._letters = ["".join(taken_apart(known.text, True).latin) for _, known in self.index.names]
        self.pids = pids if pids is not None else _mapped_properties()

    def match(
        self, name: str, *, type: str | None = None, properties: Iterable[tuple[str, Any]] = (), limit: int = 5
    ) -> list[Match]:
        """The things that a name may mean, the likeliest first; see ``match``."""
        conditions = tuple(Condition(each, values(value)) for each, value in properties)
        return self.find(Asked((name,), (type,) if type is not None else (), conditions=conditions, limit=limit))

    def find(self, asked: Asked) -> list[Match]:
        """The things that fit a question, the likeliest first.

        Without a name, those that have a value asked for; such a one is a match by an identifier alone.
        """
        scored = [each for each in self._scored(asked) if each is not None]
        scored.sort(key=lambda each: (-each.found.score, -len(each.found.types), each.found.id))
        first = _decided(scored)
        return [replace(each.found, match=first and not place) for place, each in enumerate(scored[: asked.limit])]

    def _scored(self, asked: Asked) -> Iterator[_Scored | None]:
        best: dict[int, tuple[float, Name]] = {}
        for name in asked.names:
            for owner, found in self._named(name).items():
                best[owner] = max(best.get(owner, found), found, key=lambda each: each[0])
        told = [each for each in asked.conditions if each.values]
        for owner in best:
            yield self._candidate(owner, best[owner], told, asked)
        for owner in self._unnamed(told, asked):
            if owner not in best:
                yield self._candidate(owner, None, told, asked)

    def _unnamed(self, conditions: Sequence[Condition], asked: Asked) -> list[int]:
        """What may be meant though no name tells: bearers of an identifier asked for; where no name is asked for, all
        with a value that is the same."""
        nameless = not any(map(str.strip, asked.names))
        told = {
            (local, fold(text))
            for each in conditions
            if nameless or self._identifies(each)
            for texts in each.values
            for text in texts
            for local in self._locals(each.property)
        }
        return sorted({owner for each in told for owner in self._holders.get(each, ())})

    @cached_property
    def _holders(self) -> dict[tuple[str, str], set[int]]:
        """Local name of a property and a folded value → the places of the records that have it."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for owner, record in enumerate(self.index.records):
            for local, texts in record.properties.items():
                for text in texts:
                    found[local, fold(text)].add(owner)
        return found

    def _named(self, name: str) -> dict[int, tuple[float, Name]]:
        """For each thing with a name that is alike, how much so (0 to 100) and which name; by id where it is one."""
        index, best = self.index, {}
        for owner, record in enumerate(index.records):
            if name in (record.id, terms.curie(record.id), terms.local(record.id)) or name in record.properties.get(
                "exactMatch", ()
            ):
                best[owner] = (100.0, Name(name, ""))
        places = index.places(name, ENOUGH)
        for place in dict.fromkeys([*places, *self._misspelt(name)]):
            owner, known = index.names[place]
            alike = likeness(known.text, name, index.weights)
            if alike < NAME_LEAST:
                continue
            worth = WORTH[known.sort] * _share(known.text, name, alike)
            if owner not in best or worth > best[owner][0]:
                best[owner] = (worth, known)
        return best

    def _misspelt(self, name: str) -> list[int]:
        """The places of our names that differ from this one by a few letters, whatever they sound like."""
        letters = "".join(taken_apart(name).latin)
        if len(letters) <= SHORT:
            return []
        found = process.extract(letters, self._letters, scorer=fuzz.ratio, score_cutoff=MISSPELT, limit=10)
        return [place for _, _, place in found]

    def _candidate(
        self, owner: int, named: tuple[float, Name] | None, conditions: Sequence[Condition], asked: Asked
    ) -> _Scored | None:
        """The thing with its score; None where it is none to be offered."""
        record = self.index.records[owner]
        compared = [(each, self._agrees(record, each)) for each in conditions]
        if any(each.required and (share is None or share < MET) for each, share in compared):
            return None
        shares = [(each, share) for each, share in compared if share is not None]
        identified = [share == 1 for each, share in shares if self._identifies(each)]
        if named is None and not any(identified) and not (shares and not any(map(str.strip, asked.names))):
            return None
        known_of = len(shares) if named is not None else len(conditions)  # without a name, what we lack counts against
        mean = sum(share for _, share in shares) / known_of if shares else 0.0
        score = mean * 100
        features: list[tuple[str, float | bool]] = []
        if named is not None:
            features.append(("name", round(named[0], 1)))
            score = (1 - PROPERTIES) * named[0] + PROPERTIES * score if shares else named[0]
        elif mean < NAME_LEAST and not any(identified):
            return None
        features += _told(shares)
        if identified:
            score = max(score, IDENTIFIED + score / 10) if all(identified) else score * OTHER_IDENTIFIER
        allowed = all(identified) and (named is not None or bool(identified))
        if asked.types:
            fits = (all if asked.strict == ALL else any)(_is_of(record, each) for each in asked.types)
            features.append(("type", fits))
            score *= 1 if fits else NOT_AS_IT_SHOULD if asked.strict == SHOULD else OTHER_TYPE
            allowed = allowed and (fits or asked.strict == SHOULD)
        label = Name(record.label(), "en")
        known = named[1] if named is not None else label
        score = round(min(score, 100.0), 1)
        return _Scored(Match(record.id, label.text, known, record.classes, score, tuple(features)), allowed)

    def _locals(self, name: str) -> Sequence[str]:
        """The local names of our properties that a property asked for means."""
        return self.pids.get(name) or (terms.local(terms.expand(name) or name),)

    def _identifies(self, condition: Condition) -> bool:
        return condition.quantifier == ANY and any(each in IDENTIFIERS for each in self._locals(condition.property))

    def _agrees(self, record: Record, condition: Condition) -> float | None:
        """How well a condition is met, from 0 to 1; None where we have nothing to compare."""
        if not condition.property:
            return agreement(condition, [each.text for each in record.names], self.index.weights)
        locals = self._locals(condition.property)
        ours = [text for local in locals for text in record.properties.get(local, ())]
        share = agreement(condition, ours, {})
        return float(share == 1) if share is not None and self._identifies(condition) else share


def match(
    name: str, *, type: str | None = None, properties: Iterable[tuple[str, Any]] = (), limit: int = 5
) -> list[Match]:
    """The things of our graph that a cell may mean, the likeliest first.

    ``type`` is a class or kind of ours (``Person``, ``kt:Person``, ``c:university`` or an IRI). ``properties`` are
    pairs of a property (our local name, CURIE or IRI, or a Wikidata property that the reviewed table maps) and a value:
    a text, a number, ``{"id": …}``, or a list of them. A thing of another type loses half its score and is never
    a match; so does one that bears another identifier (``skos:exactMatch``, ``skos:notation``) than the one asked for.

    >>> from kzturk_graph.matching.reconcile import match
    >>> found = match("Назарбаев", type="Person")[0]
    >>> found.label, found.match
    ('Nursultan Nazarbayev', True)
    """
    return _packaged().match(name, type=type, properties=properties, limit=limit)


@cache
def _packaged() -> Reconciler:
    from kzturk_graph.graph.store import open_store

    return Reconciler(open_store())


def _mapped_properties() -> dict[str, tuple[str, ...]]:
    """Wikidata's properties → the local names of ours that say the same, or nearly."""
    from kzturk_graph.links.model import target_id
    from kzturk_graph.links.table import packaged, read_links

    found: dict[str, list[str]] = defaultdict(list)
    path = packaged("terms.sssom.tsv")
    for row in read_links(path) if path.exists() else ():
        target = target_id(row.object)
        if not row.negated and target.startswith("P"):
            found[target].append(terms.local(row.subject))
    return {each: tuple(names) for each, names in found.items()}


def _is_of(record: Record, type: str) -> bool:
    wanted = terms.expand(type) or type
    return any(wanted in (each, terms.local(each)) for each in record.classes)


def _told(shares: Sequence[tuple[Condition, float]]) -> Iterator[tuple[str, float]]:
    """The features of conditions; a second one of a property has its number behind it."""
    seen: dict[str, int] = {}
    for condition, share in shares:
        name = f"property:{condition.property}" if condition.property else "names"
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}#{seen[name]}", round(share * 100, 1)


def _share(known: str, name: str, alike: float) -> float:
    """The share of a name's worth: all of it for the same letters, less for another spelling, less for another name."""
    if fold(known) == fold(name):
        return 1.0
    return 0.97 if alike >= EXACT else alike * 0.95


def _decided(scored: Sequence[_Scored]) -> bool:
    """Whether the first is surely the one: good enough, allowed, and well ahead of the next."""
    if not scored or not scored[0].allowed or scored[0].found.score < MATCH:
        return False
    return len(scored) == 1 or scored[0].found.score - scored[1].found.score >= MARGIN
