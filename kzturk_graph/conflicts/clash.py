"""A clash: what a test hands back, before labels, dates and decisions are put to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kzturk_graph import terms
from kzturk_graph.conflicts.rules import Rule
from kzturk_graph.conflicts.view import Line, Report, View
from kzturk_graph.graph.assertions import Assertion

AS_PUBLISHED = terms.kt("asPublished")
Claims = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Part:
    """One side of a clash: what is claimed of the thing, and the assertions that claim it, with the number
    as printed."""

    thing: str
    claims: Claims
    said: tuple[tuple[Assertion, str | None], ...]

    @property
    def assertions(self) -> tuple[Assertion, ...]:
        """The assertions that claim it."""
        return tuple(assertion for assertion, _ in self.said)


@dataclass(frozen=True)
class Clash:
    """Sides that don't go together; ``apart`` tells whether two of them exclude one another.

    A clash of a defect has one side, or a passage and no assertion (``passage``, ``reason``).
    """

    thing: str
    property: str
    parts: tuple[Part, ...]
    apart: Callable[[Part, Part], bool]
    dimensions: Claims = ()
    detail: str | None = None
    passages: tuple[str, ...] = ()

    def within(self) -> Iterator[str]:
        """The documents that take two sides which exclude one another."""
        sides: dict[str, list[Part]] = {}
        for part in self.parts:
            for source in {assertion.source for assertion in part.assertions}:
                sides.setdefault(source, []).append(part)
        for source, parts in sorted(sides.items()):
            if any(self.apart(one, other) for i, one in enumerate(parts) for other in parts[i + 1 :]):
                yield source


def part_of_lines(thing: str, claims: Claims, lines: Iterable[Line]) -> Part:
    """A side from the triples that state it."""
    found = {line.assertion.iri.value: line.assertion for line in lines}
    return Part(thing, claims, tuple((found[name], None) for name in sorted(found)))


def part_of_reports(thing: str, claims: Claims, reports: Iterable[Report]) -> Part:
    """A side from the reports that state it, each with the number as its text prints it."""
    found: dict[str, Assertion] = {}
    printed: dict[str, list[str]] = {}
    for report in reports:
        for assertion in report.assertions:
            found[assertion.iri.value] = assertion
            texts = printed.setdefault(assertion.iri.value, [])
            texts += [each.value for each in report.properties.get(AS_PUBLISHED, ()) if each.value not in texts]
    return Part(thing, claims, tuple((found[name], ", ".join(printed[name]) or None) for name in sorted(found)))


def later(view: View, one: Assertion, other: Assertion) -> bool:
    """Whether the first was certainly stated after the second: its first possible day follows the other's
    last one.

    Inside one document only days that the text gives for both tell the order: the document's own date says
    when it was written, not when a step was taken that it reports.
    """
    if one.source == other.source and not (one.values("statedOn") and other.values("statedOn")):
        return False
    after, before = view.stated(one), view.stated(other)
    return bool(after and before and after.earliest and before.latest and after.earliest > before.latest)


def ordered(view: View, one: Part, other: Part) -> bool:
    """Whether every assertion of one side was certainly stated after every one of the other."""
    pairs = [(a, b) for a in one.assertions for b in other.assertions]
    return all(later(view, a, b) for a, b in pairs) or all(later(view, b, a) for a, b in pairs)


def clashing(parts: Sequence[Part], apart: Callable[[Part, Part], bool]) -> tuple[Part, ...]:
    """Those sides that another one excludes, pair by pair: for few sides."""
    return tuple(one for one in parts if any(apart(one, other) for other in parts if other is not one))


def exempt(view: View, rule: Rule, apart: Callable[[Part, Part], bool]) -> Callable[[Part, Part], bool]:
    """The test of two sides, less those that the rule lets pass because one was certainly stated later: a
    change."""
    if rule.unless != "later":
        return apart
    return lambda one, other: apart(one, other) and not ordered(view, one, other)
