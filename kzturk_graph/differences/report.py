"""The verb of ``kzturk diff``: two states in, their differences out, with labels, grouped by entity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.differences.blanks import Quads
from kzturk_graph.differences.changes import KINDS, METADATA, Change
from kzturk_graph.differences.compare import comparable, compare
from kzturk_graph.differences.naming import Names, entity_named
from kzturk_graph.differences.reading import State, read_state
from kzturk_graph.differences.telling import telling
from kzturk_graph.names import fold

Content = dict[str, set[str]]


@dataclass(frozen=True)
class Group:
    """The changes of one thing: of an entity's facts, or of what is said about an assertion or passage.

    ``about`` are the labels of what an assertion speaks of; empty for others.
    """

    subject: str
    label: str
    changes: tuple[Change, ...]
    about: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """What differs between the states called ``old`` and ``new``: facts by entity, and metadata by source."""

    old: str
    new: str
    entities: tuple[Group, ...]
    sources: tuple[Group, ...]
    names: Names

    def __bool__(self) -> bool:
        return bool(self.entities or self.sources)

    @property
    def counts(self) -> dict[str, int]:
        """How many changes there are of each kind, those of metadata by property of a source."""
        counted = Counter(change.kind for group in (*self.entities, *self.sources) for change in group.changes)
        return {kind: counted[kind] for kind in KINDS}


def difference(
    old: str, new: str, *, language: str = "en", entity: str | None = None, facts_only: bool = False
) -> Report:
    """What differs between two states: files, folders or git revisions.

    ``entity`` keeps only what is about one thing (as ``kzturk show`` names it) or was read from one passage
    or assertion; ``facts_only`` leaves metadata out. Raises InputError where a state can't be read,
    UnknownName or AmbiguousName for the entity.
    """
    return report(read_state(old), read_state(new), language=language, entity=entity, facts_only=facts_only)


def report(
    old: State, new: State, *, language: str = "en", entity: str | None = None, facts_only: bool = False
) -> Report:
    """As ``difference``, of two states that are read."""
    node = entity_named(entity, (old.quads, new.quads)) if entity is not None else None
    before, after = telling(*comparable(old.quads, new.quads))
    changes = compare(before, after)
    sources = {_iri(change.subject) for change in changes if change.kind == METADATA}
    content = _content((before, after), sources) if sources else {}
    kept = [
        change
        for change in changes
        if not (facts_only and change.kind == METADATA) and (node is None or _concerns(change, node.value, content))
    ]
    names = Names((after, before), _things(kept, content), language) if kept else Names((), (), language)
    facts = [change for change in kept if change.kind != METADATA]
    metadata = [change for change in kept if change.kind == METADATA]
    return Report(old.name, new.name, _grouped(facts, names, {}), _grouped(metadata, names, content), names)


def _content(sides: Iterable[Quads], graphs: Collection[str]) -> Content:
    """The things that each of the assertions speaks of."""
    found: Content = defaultdict(set)
    for side in sides:
        for quad in side:
            graph = quad.graph_name
            if not isinstance(graph, ox.DefaultGraph) and graph.value in graphs:
                found[graph.value].update(
                    each.value for each in (quad.subject, quad.object) if isinstance(each, ox.NamedNode)
                )
    return found


def _concerns(change: Change, iri: str, content: Content) -> bool:
    """Whether a change is about a thing: its subject, a value, a source; or metadata of an assertion that
    names it."""
    if any(isinstance(term, ox.NamedNode) and term.value == iri for term in (change.subject, *change.old, *change.new)):
        return True
    if any(iri == origin.assertion or iri in origin.passages for origin in (*change.before, *change.after)):
        return True
    return change.kind == METADATA and iri in content.get(_iri(change.subject), ())


def _things(changes: Iterable[Change], content: Content) -> Iterator[str]:
    for change in changes:
        for term in (change.subject, *change.old, *change.new):
            if isinstance(term, ox.NamedNode):
                yield term.value
        yield from content.get(_iri(change.subject), ())


def _grouped(changes: Iterable[Change], names: Names, content: Content) -> tuple[Group, ...]:
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[_iri(change.subject)].append(change)
    groups = [
        Group(
            iri,
            names.label(iri),
            tuple(sorted(each, key=lambda one: _order(one, names))),
            _about(iri, names, content),
        )
        for iri, each in found.items()
    ]
    return tuple(sorted(groups, key=lambda group: (fold(group.label), group.subject)))


def _about(iri: str, names: Names, content: Content) -> tuple[str, ...]:
    things = (each for each in content.get(iri, ()) if each.startswith((terms.ENTITY, terms.REPORT)))
    return tuple(sorted({names.label(each) for each in things}, key=lambda label: (fold(label), label)))


def _order(change: Change, names: Names) -> tuple[object, ...]:
    values = [str(value) for value in (*change.old, *change.new)]
    return (names.label(change.property.value), change.property.value, KINDS.index(change.kind), values)


def _iri(subject: ox.NamedNode | ox.BlankNode | ox.Triple) -> str:
    """What a subject is grouped under: the IRI of a thing, ``_:name`` of a blank node."""
    return subject.value if isinstance(subject, ox.NamedNode) else str(subject)
