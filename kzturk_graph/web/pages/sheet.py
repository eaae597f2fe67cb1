"""What an entity's page shows, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kzturk_graph import dates, terms
from kzturk_graph.errors import UsageError
from kzturk_graph.facts import Fact, Source
from kzturk_graph.graph.selection import MODALITIES
from kzturk_graph.results import Entity
from kzturk_graph.web.pages import disputes
from kzturk_graph.web.pages.notes import Mark, Notes

if TYPE_CHECKING:
    from markupsafe import Markup

    from kzturk_graph.conflicts.model import Conflict
    from kzturk_graph.web.pages.index import Said
    from kzturk_graph.web.pages.page import Page

MATCHES = tuple(terms.SKOS + name for name in ("exactMatch", "closeMatch"))
"""The properties that lead to the same thing elsewhere; they have a place of their own on a page."""
MOMENTS = tuple(
    terms.kt(name)
    for name in ("date", "signedOn", "establishedOn", "elevatedOn", "enhancedOn", "startedOn", "endedOn", "openedOn")
)
"""The properties that say when something happened."""
_TIMES = (*MOMENTS, terms.kt("period"), terms.kt("attestedOn"))
_STATE, _KIND = terms.kt("State"), terms.kt("kind")


@dataclass
class Line:
    """A value of a property, with what its sources' marks say; ``when`` and ``kind`` are those of a referring thing."""

    value: Markup
    marks: list[Mark]
    witnesses: int | None = None
    kind: str = ""
    when: Markup | None = None


@dataclass
class Group:
    """The lines of one property; ``inverse`` where the thing is the value."""

    predicate: str
    label: str
    inverse: bool
    lines: list[Line] = field(default_factory=list)


@dataclass
class Figure:
    """One report of a number or rank that the thing has a part in."""

    what: Markup
    roles: list[str]
    period: Markup
    value: Markup
    published: str
    marks: list[Mark]


@dataclass
class Moment:
    """A dated happening: when, what about which thing, how it is held."""

    when: Markup
    thing: Markup
    what: str
    modality: str
    marks: list[Mark]


@dataclass
class Neighbour:
    """A thing that facts tie to this one: by how many of them."""

    iri: str
    thing: Markup
    ties: int


class Sheet:
    """Sorts the facts of a profile into the parts of a page; the footnotes are numbered as the parts are made."""

    def __init__(self, page: Page, iri: str, facts: Iterable[Fact], conflicts: Iterable[Conflict] = ()) -> None:
        self.page, self.iri, self.notes = page, iri, Notes(page)
        self.known = [fact for fact in map(self._admitted, facts) if fact.sources]
        held = [self._only(fact, {"fact"}) for fact in self.known if fact.predicate not in MATCHES]
        self.facts = self._groups(each for each in held if each.sources and not each.inverse)
        self.conflicts = disputes.cases(page, conflicts, self.notes)
        self.figures = list(self._figures(each for each in held if each.sources and _is_report(each)))
        self.timeline = list(self._timeline())
        self.referring = self._groups(each for each in held if each.sources and each.inverse and not _is_report(each))
        self.otherwise = list(self._otherwise())
        self.neighbours = self._neighbours()

    def _admitted(self, fact: Fact) -> Fact:
        """The fact with the sources alone that the filters let through."""
        if not self.page.filtered:
            return fact
        return _with(fact, [each for each in fact.sources if self.page.admits(each.assertion)])

    def _only(self, fact: Fact, modes: set[str]) -> Fact:
        if all(source.modality in modes for source in fact.sources):
            return fact
        return _with(fact, [source for source in fact.sources if source.modality in modes])

    def _groups(self, facts: Iterable[Fact]) -> list[Group]:
        found: dict[tuple[str, bool], Group] = {}
        for fact in sorted(facts, key=lambda fact: fact.predicate != _KIND):
            group = found.setdefault((fact.predicate, fact.inverse), Group(fact.predicate, fact.label, fact.inverse))
            group.lines.append(self._line(fact))
        return list(found.values())

    def _line(self, fact: Fact) -> Line:
        line = Line(self.page.writer.show(fact.value), self.notes.marks(fact.sources), fact.witnesses)
        if fact.inverse and isinstance(fact.value, Entity):
            iri = fact.value.iri
            line.kind = ", ".join(self.page.label(kind) for kind in self.page.index.kinds(iri))
            line.when = self._when(iri)
        return line

    def _when(self, iri: str) -> Markup | None:
        """The time of a referring thing, the first that it has."""
        said = self.page.index.said.get(iri, ())
        texts = {each.value.value for name in _TIMES for each in said if each.predicate == name}
        return self.page.writer.date(min(texts, key=by_date)) if texts else None

    def _otherwise(self) -> Iterator[tuple[str, list[Group]]]:
        """What isn't stated as fact, by its modality."""
        for modality in MODALITIES:
            if modality != "fact":
                facts = (self._only(fact, {modality}) for fact in self.known)
                groups = self._groups(fact for fact in facts if fact.sources)
                if groups:
                    yield modality, groups

    def _figures(self, facts: Iterable[Fact]) -> Iterator[Figure]:
        roles: dict[str, list[str]] = {}
        sources: dict[str, dict[str, Source]] = {}
        for fact in facts:
            iri = fact.value.iri  # type: ignore[union-attr]
            roles.setdefault(iri, []).append(fact.label)
            sources.setdefault(iri, {}).update({source.assertion: source for source in fact.sources})
        for iri in sorted(roles, key=self._figure_order):
            yield figure(self.page, iri, roles[iri], self.notes.marks(sources[iri].values()))

    def _figure_order(self, iri: str) -> tuple[str, tuple[str, str], str]:
        index = self.page.index
        measure = index.first(iri, terms.kt("measure")) or index.first(iri, terms.kt("criterion"))
        period = index.first(iri, terms.kt("period"))
        return self.page.label(measure.value) if measure else "", by_date(period.value if period else ""), iri

    def _timeline(self) -> Iterator[Moment]:
        """What happened with this thing, and with what it is tied to, in order."""
        near = {fact.value.iri for fact in self.known if isinstance(fact.value, Entity)}
        things = [each for each in near if _STATE not in self.page.index.kinds(each) and each.startswith(terms.ENTITY)]
        found: dict[tuple[str, str, str, str], list[Said]] = {}
        for thing in (self.iri, *sorted(things)):
            for said in self.page.index.said.get(thing, ()):
                if said.predicate in MOMENTS and self.page.admits(said.assertion.iri.value):
                    key = (said.value.value, thing, said.predicate, said.assertion.modality)
                    found.setdefault(key, []).append(said)
        for (when, thing, name, mode), all_said in sorted(
            found.items(), key=lambda each: (by_date(each[0][0]), each[0])
        ):
            yield Moment(
                self.page.writer.date(when),
                self.page.writer.link(thing),
                self.page.label(name),
                mode,
                self.notes.of(each.assertion.iri.value for each in all_said),
            )

    def _neighbours(self) -> list[Neighbour]:
        ties: dict[str, int] = {}
        for fact in self.known:
            if isinstance(fact.value, Entity) and fact.value.iri.startswith(terms.ENTITY):
                ties[fact.value.iri] = ties.get(fact.value.iri, 0) + 1
        order = sorted(ties, key=lambda iri: (-ties[iri], self.page.label(iri)))
        return [Neighbour(iri, self.page.writer.link(iri), ties[iri]) for iri in order]


def figure(page: Page, iri: str, roles: list[str], marks: list[Mark]) -> Figure:
    """A report of a number or rank, taken apart."""
    from markupsafe import Markup

    index, write = page.index, page.writer

    def first(name: str) -> Markup:
        term = index.first(iri, terms.kt(name))
        return write.term(term) if term is not None else Markup()

    measure = index.first(iri, terms.kt("measure")) or index.first(iri, terms.kt("criterion"))
    parts = [first(name) for name in ("qualifier", "value", "unit", "direction", "rank", "superlative")]
    published = index.first(iri, terms.kt("asPublished"))
    return Figure(
        write.link(iri, page.label(measure.value) if measure else None),
        list(dict.fromkeys(roles)),
        first("period") or first("dateText"),
        Markup(" ").join(part for part in parts if part),
        published.value if published is not None else "",
        marks,
    )


def _is_report(fact: Fact) -> bool:
    return fact.inverse and isinstance(fact.value, Entity) and fact.value.iri.startswith(terms.REPORT)


def _with(fact: Fact, sources: list[Source]) -> Fact:
    from dataclasses import replace

    return replace(fact, sources=tuple(sources))


def by_date(text: str) -> tuple[str, str]:
    """The key that sorts dates by their first day, then by their last; what isn't a date comes first."""
    try:
        value = dates.parse(text)
    except UsageError:
        return "", text
    first, last = value.earliest or value.latest, value.latest or value.earliest
    return str(first), str(last)
