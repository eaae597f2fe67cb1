"""Kinds of things: what each side is, and whether the two can be one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from kzturk_graph import terms
from kzturk_graph.matching.rules import rules

if TYPE_CHECKING:
    from kzturk_graph.links.model import Links

SAME, FAMILY, NEAR, UNKNOWN, RIVAL, OTHER = "same", "family", "near", "unknown", "rival", "other"


class Agreement(NamedTuple):
    """How two sets of kinds stand: one of the six words, with the kind of each side that it rests on."""

    degree: str
    ours: str | None = None
    theirs: str | None = None


def of_ours(classes: Iterable[str], kinds: Iterable[str]) -> frozenset[str]:
    """The tags of a thing of ours by the local names of its classes and of its ``kt:kind`` concepts; the most specific.

    Empty for what has no item to look for (activities, tenures, reports, …).

    >>> sorted(of_ours({"Place"}, {"city"}))
    ['place.city']
    """
    table, given = rules().ours, set(classes)
    named = set(kinds)
    found = {table[f"{one}/{kind}"] for one in given for kind in named if f"{one}/{kind}" in table}
    found |= {table[one] for one in given if one in table}
    return frozenset(
        tag for tag in found if not any(other.startswith(f"{tag}.") for other in found) and not _outdone(tag, found)
    )


def _outdone(tag: str, found: set[str]) -> bool:
    """Whether the class says less than the kind does: an infrastructure that is a university's branch."""
    return "." not in tag and len(found) > 1 and any("." in other for other in found)


@cache
def wikidata_classes() -> Mapping[str, str]:
    """Id of a class → tag, from the rules and from the reviewed table of our classes and kinds.

    Raises InputError where that table is broken.
    """
    from kzturk_graph.links.table import packaged, read_links

    found = {each: tag for tag, ids in rules().classes.items() for each in ids}
    path = packaged("terms.sssom.tsv")
    if path.exists():
        found = {**_mapped(read_links(path)), **found}
    return found


def _mapped(links: Links) -> dict[str, str]:
    from kzturk_graph.links.model import target_id

    table = rules().ours
    by_local: dict[str, str] = {}
    for name, tag in table.items():
        by_local.setdefault(name.partition("/")[2] or name, tag)
    found: dict[str, str] = {}
    for row in links:
        target, local = target_id(row.object), terms.local(row.subject)
        if row.negated or row.predicate.endswith(("broadMatch", "relatedMatch")) or not target.startswith("Q"):
            continue
        if local in by_local:
            found.setdefault(target, by_local[local])
    return found


def compare(ours: Iterable[str], theirs: Iterable[str]) -> Agreement:
    """How the kinds of two things agree, by the best pair; a wiki's own pages and names agree with nothing.

    >>> compare({"place.city"}, {"place.region"}).degree
    'rival'
    >>> compare({"person"}, {"office"}).degree
    'other'
    """
    left, right = sorted(ours), sorted(theirs)
    if not left or not right:
        return Agreement(UNKNOWN)
    for tag in right:
        if tag.partition(".")[0] in rules().never:
            return Agreement(OTHER, left[0], tag)
    pairs = [Agreement(_degree(a, b), a, b) for a in left for b in right]
    return min(pairs, key=lambda pair: _ORDER.index(pair.degree))


_ORDER = (SAME, FAMILY, NEAR, RIVAL, OTHER)


def _degree(ours: str, theirs: str) -> str:
    known = rules()
    top, other = ours.partition(".")[0], theirs.partition(".")[0]
    if ours == theirs:
        return SAME
    if top == other:
        return RIVAL if theirs in known.rivals.get(ours, ()) else FAMILY
    return NEAR if other in known.near.get(top, ()) else OTHER
