"""Conflicts: a case with its sides beside each other, the list of all, and each by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
from markupsafe import Markup, escape

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.results import value_of
from kzturk_graph.web.pages.notes import Mark, Notes
from kzturk_graph.web.pages.page import NotThereError, Page, Written

if TYPE_CHECKING:
    from kzturk_graph.conflicts.model import Conflict, Decision, Side

_VALUE, _UNIT, _QUALIFIER, _PERIOD = (terms.kt(name) for name in ("value", "unit", "qualifier", "period"))
_HIDDEN = {terms.kt("measure"), _UNIT, _VALUE}


@dataclass
class Taken:
    """A side of a case: what it says, of which thing where that differs, and who takes it."""

    thing: Markup | None
    said: list[tuple[str, Markup]]
    marks: list[Mark]
    independent: int
    documents: list[str]


@dataclass
class Case:
    """A conflict as a page shows it."""

    name: str
    address: str
    kinds: list[str]
    thing: Markup
    property: str
    rest: list[Markup]
    sides: list[Taken]
    detail: str | None
    decisions: list[str]
    title: str


def cases(page: Page, conflicts: Iterable[Conflict], notes: Notes) -> list[Case]:
    """The conflicts that the filters leave, each with the sides that they leave; the footnotes of the witnesses are
    numbered in ``notes``."""
    return [_case(page, each, notes) for each in map(partial(_filtered, page), conflicts) if each is not None]


def _filtered(page: Page, conflict: Conflict) -> Conflict | None:
    """A conflict as far as the filters let it through; None where not two sides are left of several."""
    if not page.filtered:
        return conflict
    sides = []
    for side in conflict.sides:
        held = tuple(each for each in side.witnesses if each.assertion and page.admits(each.assertion))
        if held:
            sides.append(replace(side, witnesses=held, independent=min(side.independent, len(held))))
    return replace(conflict, sides=tuple(sides)) if len(sides) >= min(2, len(conflict.sides)) else None


def _case(page: Page, conflict: Conflict, notes: Notes) -> Case:
    write = page.writer
    seen = {conflict.thing, conflict.predicate}
    rest = {value: name for name, value in conflict.dimensions if name not in _HIDDEN and value not in seen}
    return Case(
        conflict.name,
        page.url(f"/conflicts/{conflict.name}"),
        [page.say(f"conflict.{kind}") for kind in conflict.kinds],
        write.link(conflict.thing),
        page.label(conflict.predicate),
        [_value(page, name, value) for value, name in rest.items()],
        [_side(page, conflict, each, notes) for each in conflict.sides],
        conflict.detail,
        [_decision(each) for each in conflict.decisions],
        f"{page.label(conflict.thing)}: {page.label(conflict.predicate)}",
    )


def _side(page: Page, conflict: Conflict, side: Side, notes: Notes) -> Taken:
    by: dict[str, list[str]] = {}
    for name, value in side.claims:
        by.setdefault(name, []).append(value)
    printed = dict.fromkeys(witness.published for witness in side.witnesses if witness.published)
    said = [
        (page.label(name), Markup(", ").join(_value(page, name, value) for value in values))
        for name, values in by.items()
        if name not in ((_VALUE, _UNIT, _QUALIFIER) if _VALUE in by else ())
    ]
    if _VALUE in by:
        number = Markup(" ").join(
            Markup(", ").join(_value(page, name, value) for value in dict.fromkeys(by.get(name, ())))
            for name in (_QUALIFIER, _VALUE, _UNIT)
        )
        said.insert(0, (page.label(_VALUE), number))
    if printed:
        said.append((page.label(terms.kt("asPublished")), escape(" / ".join(printed))))
    cited = [name for each in side.witnesses for name in ((each.assertion,) if each.assertion else each.passages)]
    other = side.thing != conflict.thing
    return Taken(
        page.writer.link(side.thing) if other else None,
        said,
        notes.of(cited),
        side.independent,
        sorted({page.label(terms.DOCUMENT + each.document) for each in side.witnesses}),
    )


def _value(page: Page, name: str, value: str) -> Markup:
    if value.startswith(("http://", "https://")):
        return page.writer.link(value)
    if name == _VALUE:
        number = value_of(ox.Literal(value, datatype=ox.NamedNode(terms.XSD + "decimal")), None)
        return page.writer.show(number)
    return page.writer.date(value)


def _decision(decision: Decision) -> str:
    rejected = lookup.passage_label(decision.rejected)
    choice = f"{lookup.passage_label(decision.preferred)} > {rejected}" if decision.preferred else f"≠ {rejected}"
    return f"{choice}: {decision.because}" + (f" ({decision.on})" if decision.on else "")


def every(page: Page) -> Written:
    """The list of conflicts, by kind, topic and document."""
    from kzturk_graph.conflicts.model import KINDS
    from kzturk_graph.conflicts.rules import read_rules

    chosen = {name: page.query.get(name, "") for name in ("kind", "topic", "document")}
    found = [
        each
        for each in page.index.conflicts
        if (not chosen["kind"] or chosen["kind"] in each.kinds)
        and (not chosen["topic"] or chosen["topic"] in each.topics)
        and (not chosen["document"] or chosen["document"] in each.documents)
    ]
    notes = Notes(page)
    topics = sorted(read_rules().topics)
    return page.html(
        "conflicts.html",
        cases=cases(page, found, notes),
        total=len(page.index.conflicts),
        kinds=[(each, page.say(f"conflict.{each}")) for each in KINDS],
        topics=[(each, page.say.get(f"topics.{each}", each)) for each in topics],
        documents=[(terms.local(each), page.label(each)) for each in page.index.documents],
        chosen=chosen,
        notes=notes.footnotes(),
    )


def one(page: Page) -> Written:
    """A conflict by itself."""
    name = page.request.path_params["name"]
    found = next((each for each in page.index.conflicts if each.name == name), None)
    if found is None:
        raise NotThereError(name)
    notes = Notes(page)
    shown = _case(page, found, notes)
    return page.html("conflict.html", case_=shown, rule=found.rule, topics=found.topics, notes=notes.footnotes())
