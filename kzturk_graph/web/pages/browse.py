"""Browsing things by class, with facets."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.errors import UsageError
from kzturk_graph.names import fold
from kzturk_graph.web.pages.page import NotThereError, Page, Written
from kzturk_graph.web.pages.sheet import MOMENTS, by_date

if TYPE_CHECKING:
    from kzturk_graph.web.pages.index import Index

AT_ONCE = 50
"""How many things a page of a list shows."""
_KIND = terms.kt("kind")
_TIMES = (*MOMENTS, terms.kt("period"), terms.PREFIXES["dcterms"] + "issued")


def classes(page: Page) -> Written:
    """All classes that have things, with how many."""
    found = [(iri, len(things)) for iri, things in page.index.members.items() if listed(iri, things)]
    found.sort(key=lambda each: fold(page.label(each[0])))
    return page.html("classes.html", classes=found)


def listed(iri: str, things: Iterable[str]) -> bool:
    """Whether a class is one of things (not of assertions, passages, terms)."""
    return any(each.startswith((terms.ENTITY, terms.DOCUMENT, terms.REPORT)) for each in things)


def browse(page: Page) -> Written:
    """The things of a class, by kind, state and period, page by page."""
    name = page.request.path_params["name"]
    index = page.index
    iri = next(
        (each for each, things in index.members.items() if terms.local(each) == name and listed(each, things)), None
    )
    if iri is None:
        raise NotThereError(name, [(page.url(f"/browse/{each}"), each) for each in _near(index, name)])
    chosen = {key: page.query.get(key, "") for key in ("kind", "state", "from", "to", "q")}
    things = [each for each in index.members[iri] if _fits(page, each, chosen)]
    things.sort(key=lambda each: (fold(page.label(each)), each))
    at = _page_number(page.query.get("page", ""), len(things))
    everything = index.members[iri]
    return page.html(
        "browse.html",
        iri=iri,
        name=name,
        total=len(everything),
        found=len(things),
        things=[row(page, each) for each in things[(at - 1) * AT_ONCE : at * AT_ONCE]],
        at=at,
        pages=max(1, -(-len(things) // AT_ONCE)),
        chosen=chosen,
        facets=[
            ("kind", _facet(page, everything, lambda each: _linked(index, each, (_KIND,)))),
            ("state", _facet(page, everything, lambda each: _states(index, each))),
        ],
    )


def row(page: Page, iri: str) -> dict[str, object]:
    """What a list shows of a thing."""
    index = page.index
    times = sorted(_times(index, iri), key=by_date)
    kinds = sorted({page.label(each) for each in _linked(index, iri, (_KIND,))})
    modes = {each.assertion.modality for each in index.said.get(iri, ()) if each.assertion.source != "curator"}
    return {
        "link": page.writer.link(iri),
        "kinds": ", ".join(kinds),
        "when": page.writer.date(times[0]) if times else "",
        "planned": bool(modes) and "fact" not in modes,
        "modes": sorted(modes),
    }


def _facet(page: Page, things: Iterable[str], of: Callable[[str], Iterable[str]]) -> list[tuple[str, str, int]]:
    """Slug, label and number of things of each value."""
    counts: dict[str, int] = {}
    for thing in things:
        for value in set(of(thing)):
            counts[value] = counts.get(value, 0) + 1
    rows = [(terms.local(value), page.label(value), count) for value, count in counts.items()]
    return sorted(rows, key=lambda each: (-each[2], each[1]))


def _fits(page: Page, thing: str, chosen: dict[str, str]) -> bool:
    index = page.index
    if page.filtered and not any(page.admits(each.assertion.iri.value) for each in index.said.get(thing, ())):
        return False
    if chosen["kind"] and chosen["kind"] not in map(terms.local, _linked(index, thing, (_KIND,))):
        return False
    if chosen["state"] and chosen["state"] not in map(terms.local, _states(index, thing)):
        return False
    if chosen["q"] and fold(chosen["q"]) not in fold(page.label(thing)):
        return False
    return not (chosen["from"] or chosen["to"]) or _in_period(index, thing, chosen["from"], chosen["to"])


def _in_period(index: Index, thing: str, first: str, last: str) -> bool:
    """Whether some time of a thing may lie between two dates. Raises UsageError for a date that isn't one."""
    start = dates.parse(first).earliest if first else None
    end = dates.parse(last).latest if last else None
    for text in _times(index, thing):
        try:
            value = dates.parse(text)
        except UsageError:
            continue
        if (start is None or value.latest is None or value.latest >= start) and (
            end is None or value.earliest is None or value.earliest <= end
        ):
            return True
    return False


def _times(index: Index, thing: str) -> set[str]:
    return {
        each.value.value
        for each in index.said.get(thing, ())
        if each.predicate in _TIMES and isinstance(each.value, ox.Literal)
    }


def _linked(index: Index, thing: str, names: Iterable[str]) -> list[str]:
    return [
        each.value.value
        for each in index.said.get(thing, ())
        if each.predicate in names and isinstance(each.value, ox.NamedNode)
    ]


def _states(index: Index, thing: str) -> set[str]:
    """The states that a thing has to do with: itself, or by the members of a pair."""
    states = set(index.members.get(terms.kt("State"), ()))
    found: set[str] = set()
    for each in (thing, *(e.value.value for e in index.said.get(thing, ()) if isinstance(e.value, ox.NamedNode))):
        found |= {each} & states
        if each in index.members.get(terms.kt("Pair"), ()):
            found |= {m.value.value for m in index.values(each, terms.kt("member"))} & states
    return found


def _near(index: Index, name: str) -> list[str]:
    import difflib

    return difflib.get_close_matches(name, [terms.local(each) for each in index.members], n=3)


def _page_number(text: str, things: int) -> int:
    last = max(1, -(-things // AT_ONCE))
    return min(max(1, int(text)), last) if text.isascii() and text.isdigit() and len(text) < 9 else 1
