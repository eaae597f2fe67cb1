"""Items that our unlinked things may be: gathered from a Wikibase, compared, put in order."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

from kzturk_graph.matching import rank, theirs
from kzturk_graph.matching.classes import Classes
from kzturk_graph.matching.features import LANGUAGES, Pair, compare, pairs
from kzturk_graph.matching.index import Index
from kzturk_graph.matching.records import LABEL, Name, Record
from kzturk_graph.matching.rules import rules
from kzturk_graph.wikibase.model import Entity

if TYPE_CHECKING:
    from kzturk_graph.links.model import Links
    from kzturk_graph.wikibase.endpoint import EndpointSource
    from kzturk_graph.wikibase.source import Source

KEPT = 12
"""How many candidates are kept for each thing while the data streams by."""
LEAST = 0.05
"""A candidate with a lower score isn't told."""
COMPARED = 40
"""How many pairs of names are compared for two things."""

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing of ours (its IRI and label) and the items that it may be, the likeliest first; none where nothing was
    found."""

    entity: str
    label: str
    candidates: tuple[rank.Candidate, ...]

    @property
    def decision(self) -> str:
        """``suggest`` where the first candidate is surely the thing, ``unsure`` where it may be, ``nothing`` where
        there is none."""
        return self.candidates[0].decision if self.candidates else "nothing"


def suggest(
    source: Source | EndpointSource,
    records: Sequence[Record],
    *,
    links: Links | None = None,
    threshold: float | None = None,
    limit: int = 3,
    again: bool = False,
    progress: Progress | None = None,
) -> list[Suggestion]:
    """What each of the records may be in the source, in their order; ``limit`` candidates at most for each.

    What ``links`` accepts isn't looked for, unless ``again`` is true: then every record is looked for as if it weren't
    linked. What they reject is never proposed. A file or folder is read once, and no more is kept of it than the
    likeliest candidates and its subclass statements; ``progress`` is told now and then how many entities were read.
    Raises what the source raises: InputError for what can't be read.
    """
    accepted: Mapping[str, Sequence[str]] = links.accepted if links is not None else {}
    wanted = [each for each in records if again or each.id not in accepted]
    index = Index(wanted)
    gathered = _Gathered(index, links.rejected if links is not None else {})
    classes = Classes()
    if hasattr(source, "find"):
        from kzturk_graph.matching.asking import ask

        ask(cast("EndpointSource", source), wanted, gathered.add, classes, progress)
    else:
        _read(source, index, gathered, classes, progress)
    taken = {} if again else _taken(accepted)
    return gathered.suggestions(classes, taken, threshold, limit)


def _taken(accepted: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for iri, ids in accepted.items():
        for each in ids:
            found[each].append(iri)
    return {each: tuple(sorted(iris)) for each, iris in found.items()}


def _read(source: Any, index: Index, gathered: _Gathered, classes: Classes, progress: Progress | None) -> None:
    from kzturk_graph.matching.sieve import Sieve

    sieve = Sieve(index)
    stream = source.entities(sieve) if _sifts(source) else source.entities()
    for count, entity in enumerate(stream):
        classes.add(entity)
        gathered.add(entity)
        if progress is not None and not count % 500:
            progress(max(sieve.seen, count))
    if progress is not None:
        progress(sieve.seen)


def _sifts(source: object) -> bool:
    """Whether a source lets its lines be looked at before they are parsed."""
    import inspect

    return "keep" in inspect.signature(source.entities).parameters  # type: ignore[attr-defined]


class _Gathered:
    """The likeliest candidates of each record so far."""

    def __init__(self, index: Index, rejected: Mapping[str, Collection[str]]) -> None:
        self.index, self.rejected = index, rejected
        self.kept: dict[int, list[tuple[float, int, Record, list[Pair]]]] = defaultdict(list)
        self.count = 0
        self.seen: dict[int, set[str]] = defaultdict(set)
        self.identified = _identified(index.records)

    def add(self, entity: Entity) -> None:
        """Take an entity in as a candidate of every record that it is named like or shares an identifier with."""
        if entity.type != "item" or entity.redirect is not None:
            return
        found: dict[int, list[tuple[Name, Name]]] = defaultdict(list)
        for hit in self.index.hits(theirs.names(entity)):
            found[hit.owner].append((hit.ours, hit.theirs))
        record: Record | None = None
        for owner in self._sharing(entity):
            record = record or theirs.record(entity)
            if owner not in found and record.names:
                found[owner] = [(ours, record.names[0]) for ours in self.index.records[owner].names[:8]]
        for owner, named in found.items():
            record = record or theirs.record(entity)
            self._take(owner, record, named)

    def _sharing(self, entity: Entity) -> set[int]:
        if not any(name in entity.statements for name in (*theirs.IDENTIFIERS, theirs.WEBSITE)):
            return set()
        record = theirs.record(entity)
        return {owner for key in (*record.identifiers, *record.sites) for owner in self.identified.get(key, ())}

    def _take(self, owner: int, record: Record, named: list[tuple[Name, Name]]) -> None:
        ours = self.index.records[owner]
        if record.id in self.rejected.get(ours.id, ()) or record.id in self.seen[owner]:
            return
        ordered = pairs(named[:COMPARED], self.index.weights)
        shared = record.identifiers & ours.identifiers or record.sites & ours.sites
        if ordered[0].alike < rules().decision["name_least"] and not shared:
            return
        logit = compare(ours, record, ordered, self.index.weights).logit
        self.count += 1
        self.seen[owner].add(record.id)
        heap = self.kept[owner]
        entry = (logit, -self.count, _lighter(record, ordered), ordered[:8])
        if len(heap) < KEPT:
            heapq.heappush(heap, entry)
        else:
            self.seen[owner].discard(heapq.heappushpop(heap, entry)[2].id)

    def suggestions(
        self, classes: Classes, taken: Mapping[str, Sequence[str]], threshold: float | None, limit: int
    ) -> list[Suggestion]:
        """The candidates of each record in order, with the kinds that chains of subclasses tell."""
        asked = {each for heap in self.kept.values() for _, _, record, _ in heap for each in record.classes}
        told = classes.tags(asked) if asked else {}
        made = []
        for owner, ours in enumerate(self.index.records):
            compared = [
                (known, compare(ours, known, named, self.index.weights))
                for _, _, record, named in sorted(self.kept.get(owner, ()), key=lambda each: each[:2])
                for known in [_classified(record, told)]
            ]
            others = {each: whose for each, whose in taken.items() if ours.id not in whose}
            ranked = rank.rank(ours, compared, threshold=threshold, taken=others)
            made.append(
                Suggestion(ours.id, ours.label(), tuple(each for each in ranked if each.score >= LEAST)[:limit])
            )
        return _one_each(made)


def _identified(records: Sequence[Record]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = defaultdict(list)
    for owner, record in enumerate(records):
        for key in (*record.identifiers, *record.sites):
            found[key].append(owner)
    return found


def _lighter(record: Record, named: Iterable[Pair]) -> Record:
    """The record with those names only that are looked at again: the labels in our languages."""
    names = tuple(each for each in record.names if each.sort == LABEL and each.language in LANGUAGES)
    return replace(record, names=names or tuple(pair.theirs for pair in named)[:1])


def _classified(record: Record, told: Mapping[str, frozenset[str]]) -> Record:
    """The record with the kinds that its classes tell, where they do; a wiki's own page stays one."""
    found = frozenset(tag for each in record.classes for tag in told.get(each, ()))
    if not found:
        return record
    return replace(record, kinds=found | {tag for tag in record.kinds if tag.partition(".")[0] in rules().never})


def _one_each(made: list[Suggestion]) -> list[Suggestion]:
    """An item is proposed for one thing of ours alone, the one that it fits best."""
    best: dict[str, tuple[float, str]] = {}
    for each in made:
        if each.decision == rank.SUGGEST:
            first = each.candidates[0]
            best[first.record.id] = max(best.get(first.record.id, (-1.0, "")), (first.comparison.logit, each.entity))
    return [replace(each, candidates=tuple(_yielding(each, best))) for each in made]


def _yielding(suggestion: Suggestion, best: Mapping[str, tuple[float, str]]) -> Iterator[rank.Candidate]:
    for candidate in suggestion.candidates:
        whose = best.get(candidate.record.id, (0.0, suggestion.entity))[1]
        if candidate.decision == rank.SUGGEST and whose != suggestion.entity:
            yield replace(candidate, decision=rank.UNSURE, reasons=(*candidate.reasons, f"fits {whose} better"))
        else:
            yield candidate
