"""Their side: the linked items, read with their redirects, and as much around them as comparing needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.wikibase.model import Entity
from kzturk_graph.wikibase.ours.identity import is_own
from kzturk_graph.wikibase.streams import STDIN

if TYPE_CHECKING:
    from kzturk_graph.wikibase.endpoint import EndpointSource
    from kzturk_graph.wikibase.source import Source

Get = Callable[[list[str]], dict[str, Entity]]
HOPS = 5
"""How many redirects are followed one after another."""
DEEPEST = 5
"""How many steps up from a value wider ones are looked for; in a file each is one more pass."""
NAMES_AT_ONCE = 200
"""How many names an endpoint is asked for at once."""


@dataclass
class Theirs:
    """The items that were asked for, by the id that they have now; ``redirects`` leads from an older id to the next.

    ``around`` are further entities, and ``named`` names of others, by language; ``above`` gives for an entity all that
    it lies within.
    """

    items: dict[str, Entity] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    around: dict[str, Entity] = field(default_factory=dict)
    named: dict[str, dict[str, str]] = field(default_factory=dict)
    above: dict[str, frozenset[str]] = field(default_factory=dict)

    def end(self, id: str) -> str:
        """The id that an entity has now, as far as is known."""
        seen = set[str]()
        while id in self.redirects and id not in seen:
            seen.add(id)
            id = self.redirects[id]
        return id

    def within(self, inner: str, outer: str) -> bool:
        """Whether an entity is known to lie within another, or to be a class below it."""
        return outer in self.above.get(inner, ())

    def names(self, id: str) -> frozenset[str]:
        """All names of an entity, as far as they were read."""
        found = self.items.get(self.end(id)) or self.around.get(self.end(id))
        if found is None:
            return frozenset(self.named.get(id, {}).values())
        return frozenset([*found.labels.values(), *(each for given in found.aliases.values() for each in given)])

    def label(self, id: str, language: str) -> str | None:
        """The name of an entity in a language, else in English, else in all languages (``mul``)."""
        found = self.items.get(self.end(id)) or self.around.get(self.end(id))
        labels: Mapping[str, str] = found.labels if found is not None else self.named.get(id, {})
        return labels.get(language) or labels.get("en") or labels.get("mul")


def look_up(source: Source, wanted: Iterable[str]) -> Theirs:
    """The items with these ids, redirects followed; what the data doesn't hold is absent. Raises what it raises."""
    asked = {each for each in wanted if not is_own(each) and "://" not in each}
    theirs = Theirs()
    for _ in range(1 if source.name == STDIN else HOPS):  # what is piped in can be read once
        if not asked:
            break
        asked = _read(source.get, asked, theirs, theirs.items) - theirs.items.keys() - theirs.redirects.keys()
    return theirs


def _read(get: Get, wanted: Iterable[str], theirs: Theirs, into: dict[str, Entity]) -> set[str]:
    """Read entities, note redirects, and give the ids that these lead to."""
    further = set()
    for id, entity in get(sorted(wanted)).items():
        if entity.redirect:
            theirs.redirects[id] = entity.redirect
            further.add(entity.redirect)
        else:
            into[id] = entity
    return further


def read_around(
    source: Source, theirs: Theirs, named: Iterable[str], climbing: Mapping[str, Iterable[str]], language: str = "en"
) -> None:
    """Read the names of the entities ``named``, and what lies above others, step by step.

    ``climbing`` gives for an entity the properties that lead up from it; what is found stands in ``theirs.above``.
    """
    get: Get = source.get
    if "://" in source.name:
        from kzturk_graph.wikibase.endpoint import EndpointSource

        if isinstance(source, EndpointSource):  # whole entities would be far more than is wanted
            theirs.named |= _labels(source, set(named) - theirs.items.keys(), (language, "en", "mul"))
            get, named = partial(source.get, full=False), ()
    up: dict[tuple[str, str], frozenset[str]] = {}
    frontier = {(each, property) for each, properties in climbing.items() for property in properties}
    wanted = {*named, *climbing}
    for _ in range(DEEPEST):
        wanted -= theirs.items.keys() | theirs.around.keys() | theirs.redirects.keys()
        if wanted:
            _read(get, wanted, theirs, theirs.around)
        for each, property in frontier:
            found = theirs.items.get(each) or theirs.around.get(each)
            up[each, property] = frozenset(found.items(property)) if found is not None else frozenset()
        frontier = {(one, property) for (_, property), higher in up.items() for one in higher} - up.keys()
        if not frontier:
            break
        wanted = {one for one, _ in frontier}
    for each, properties in climbing.items():
        theirs.above[each] = frozenset(one for property in properties for one in _closure(each, property, up))


def _labels(source: EndpointSource, wanted: Iterable[str], languages: Iterable[str]) -> dict[str, dict[str, str]]:
    """Names by id and language, as an endpoint has them."""
    found: dict[str, dict[str, str]] = {}
    tags, ids = ", ".join(f'"{each}"' for each in dict.fromkeys(languages)), sorted(wanted)
    for start in range(0, len(ids), NAMES_AT_ONCE):
        values = " ".join(f"<{source.base}{each}>" for each in ids[start : start + NAMES_AT_ONCE])
        where = f"VALUES ?s {{ {values} }} ?s <{terms.LABEL}> ?label FILTER(LANG(?label) IN ({tags}))"
        for row in source.select(f"SELECT ?s ?label WHERE {{ {where} }}"):
            label = row["label"]
            if isinstance(label, ox.Literal) and isinstance(row["s"], ox.NamedNode):
                names = found.setdefault(row["s"].value.removeprefix(source.base), {})
                names[label.language or "en"] = label.value
    return found


def _closure(start: str, property: str, up: Mapping[tuple[str, str], frozenset[str]]) -> set[str]:
    found, pending = set[str](), [start]
    while pending:
        higher = up.get((pending.pop(), property), frozenset()) - found
        found |= higher
        pending.extend(higher)
    return found - {start}
