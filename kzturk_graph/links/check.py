"""Checking links: in themselves, and against the data that they lead to."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.links.model import IDENTITY, Link, Links, target_id
from kzturk_graph.names import fold
from kzturk_graph.validation.findings import Finding, united
from kzturk_graph.validation.paths import Path as PropertyPath

if TYPE_CHECKING:
    from kzturk_graph.links.types import Types
    from kzturk_graph.wikibase.model import Entity
    from kzturk_graph.wikibase.source import Source

RULES: Mapping[str, str] = {
    "link-unknown-thing": "violation",
    "link-two-items": "violation",
    "link-two-things": "violation",
    "link-deleted": "violation",
    "link-other-type": "violation",
    "link-other-kind": "warning",
    "link-redirect": "warning",
    "link-other-name": "warning",
    "link-not-in-data": "info",
}
"""The checks by name, each with how grave it is."""

_HOPS = 5


@dataclass
class Checker:
    """Collects findings on the links of one table; ``path`` is the table's file, ``option`` how a command names it."""

    links: Links
    store: ox.Store
    path: str
    option: str = ""
    found: list[Finding] = field(default_factory=list)

    def say(self, rule: str, row: Link, message: str) -> None:
        """Note what a check found about a row."""
        name = terms.SHAPE + rule
        self.found.append(
            Finding(
                severity=RULES[rule],
                shape=name,
                of=name,
                focus=ox.NamedNode(row.subject),
                path=PropertyPath("iri", (row.predicate,)),
                value=ox.NamedNode(row.object),
                message=message,
                component="Link",
                graphs=("links",),
                label=row.subject_label or lookup.label(self.store, ox.NamedNode(row.subject)),
                file=self.path,
                line=row.line or None,
            )
        )

    def command(self, verb: str, row: Link, target: str, *more: str) -> str:
        """A command that mends it, ready to be run."""
        words = ["kzturk", "link", verb, terms.curie(row.subject), target, *more]
        return shlex.join([*words, "--links", self.option] if self.option else words)


def accepted(links: Links) -> list[Link]:
    """The rows that say that a thing is an item."""
    return [row for row in links if row.status == "linked" and row.predicate in IDENTITY]


def check(
    links: Links, store: ox.Store, path: str, source: Source | None = None, *, complete: bool = False, option: str = ""
) -> list[Finding]:
    """What is wrong with the links of a table, in a stable order, gravest first.

    Without ``source`` the table is checked in itself. With it, each item is looked up and its redirects followed; an
    item that isn't there was deleted where the data is ``complete`` (a whole dump, an endpoint) and all of it could be
    read, and else it is only said not to be in this data. Raises what the source raises.
    """
    checker = Checker(links, store, path, option)
    rows = accepted(links)
    for row in links:
        if row.subject.startswith(terms.BASE) and not lookup.exists(store, ox.NamedNode(row.subject)):
            checker.say(
                "link-unknown-thing",
                row,
                "The graph has no such thing: mend its name, or take the row out of the table.",
            )
    ends = {row.object: row.object for row in rows}
    if source is not None:
        items, ends = _looked_up(source, rows)
        _against(checker, source, rows, items, ends, complete and not source.problems.count)
    _twice(checker, rows, ends)
    return united(checker.found)


def _looked_up(source: Source, rows: list[Link]) -> tuple[dict[str, Entity], dict[str, str]]:
    """The items by id, and for each object IRI of the rows the one that its redirects end at."""
    from kzturk_graph.wikibase.model import WIKIDATA

    items: dict[str, Entity] = {}
    wanted = {target_id(row.object) for row in rows if row.object.startswith(WIKIDATA)}
    for _ in range(_HOPS):
        if not wanted:
            break
        found = source.get(sorted(wanted))
        items |= found
        wanted = {each.redirect for each in found.values() if each.redirect} - items.keys()
    ends = {}
    for row in rows:
        short, seen = target_id(row.object), set()
        while short in items and items[short].redirect and short not in seen:
            seen.add(short)
            short = str(items[short].redirect)
        ends[row.object] = WIKIDATA + short if row.object.startswith(WIKIDATA) else row.object
    return items, ends


def _against(
    checker: Checker,
    source: Source,
    rows: list[Link],
    items: Mapping[str, Entity],
    ends: Mapping[str, str],
    complete: bool,
) -> None:
    from kzturk_graph.links.table import TERMS, packaged, read_links
    from kzturk_graph.links.types import Types, chains

    table = packaged(TERMS)
    types = Types(checker.store, read_links(table)) if table.exists() else None
    above = chains(source, [items[target_id(end)] for end in set(ends.values()) if target_id(end) in items])
    for row in rows:
        short, end = target_id(row.object), target_id(ends[row.object])
        if short not in items:
            _absent(checker, row, short, complete)
            continue
        if end != short:
            command = checker.command("accept", row, end, "--replace")
            checker.say("link-redirect", row, f"{short} was merged into {end}: {command}")
        if end in items and not items[end].redirect:
            _fits(checker, row, items[end], types, above)
        elif end != short:
            _absent(checker, row, end, complete)


def _absent(checker: Checker, row: Link, short: str, complete: bool) -> None:
    if complete:
        command = checker.command("reject", row, target_id(row.object), "--reason", "deleted")
        checker.say("link-deleted", row, f"{short} doesn't exist, or was deleted: look why, then {command}")
    else:
        checker.say("link-not-in-data", row, f"{short} isn't in this data, which need not hold everything.")


def _fits(checker: Checker, row: Link, item: Entity, types: Types | None, above: Mapping[str, frozenset[str]]) -> None:
    misfit = types.misfit(row.subject, item, above) if types is not None else None
    if misfit is not None:
        rule = "link-other-type" if misfit.grave else "link-other-kind"
        command = checker.command("reject", row, target_id(row.object))
        checker.say(rule, row, f"{item.id} is {misfit.theirs}, and ours {misfit.ours}: if they aren't one, {command}")
    theirs = set(_names(item))
    ours = {fold(name) for name in (*_our_names(checker.store, row.subject), row.object_label) if name}
    if theirs and not ours & {fold(name) for name in theirs}:
        label = item.labels.get("en") or min(theirs)
        checker.say(
            "link-other-name", row, f"{item.id} is called {label!r} and bears none of our names: see if it is meant."
        )


def _our_names(store: ox.Store, iri: str) -> Iterator[str]:
    node = ox.NamedNode(iri)
    for name in (*lookup.NAME_PROPERTIES, lookup.SURFACE_FORM):
        for quad in store.quads_for_pattern(node, name, None):
            yield quad.object.value  # type: ignore[union-attr]


def _names(item: Entity) -> Iterator[str]:
    """Labels, aliases and titles of pages, what stands in parentheses behind a title left out."""
    yield from item.labels.values()
    for aliases in item.aliases.values():
        yield from aliases
    for title in item.sitelinks.values():
        yield title.replace("_", " ").partition(" (")[0]


def _twice(checker: Checker, rows: list[Link], ends: Mapping[str, str]) -> None:
    """One item that two things are linked to, one thing that is linked to two items; redirects are seen through."""
    things: dict[str, list[Link]] = {}
    items: dict[str, list[Link]] = {}
    for row in rows:
        things.setdefault(ends[row.object], []).append(row)
        items.setdefault(row.subject, []).append(row)
    for end, linked in things.items():
        for row in linked:
            others = sorted({terms.curie(each.subject) for each in linked} - {terms.curie(row.subject)})
            if others:
                what = f"{', '.join(others)} is linked to {target_id(end)} too: at most one of them is that item"
                command = checker.command("reject", row, target_id(row.object))
                checker.say("link-two-things", row, f"{what}; to take this one back: {command}")
    for linked in items.values():
        found = sorted({target_id(ends[row.object]) for row in linked})
        if len(found) > 1:
            for row in linked:
                others = [each for each in found if each != target_id(ends[row.object])]
                command = checker.command("reject", row, target_id(row.object))
                message = (
                    f"It is linked to {', '.join(others)} too: a thing is one item; to take this one back: {command}"
                )
                checker.say("link-two-items", row, message)
