"""What to call the items and properties in a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kzturk_graph import terms
from kzturk_graph.compare.model import Fact
from kzturk_graph.compare.theirs import Theirs
from kzturk_graph.wikibase.model import WIKIDATA, EntityId, Quantity, Snak, Statement
from kzturk_graph.wikibase.ours.identity import iri_of, is_own

if TYPE_CHECKING:
    from kzturk_graph.wikibase.projection import Projection


def names(
    facts: Iterable[Fact],
    theirs: Theirs,
    things: Mapping[str, tuple[str, ...]],
    projection: Projection,
    reviewed: Mapping[str, str],
    language: str,
) -> dict[str, str]:
    """The name of each item and property in the facts, by id: our own, else the ``reviewed`` one, else theirs.

    What has none is called by its id, a thing of ours by its CURIE.
    """
    ours = {entity.id: entity.labels for entity in (*projection.vocabulary, *projection.entities.values())}
    ours |= {item: projection.entities[iris[0]].labels for item, iris in things.items()}

    def named(id: str) -> str:
        labels = ours.get(id, {})
        label = labels.get(language) or labels.get("en") or reviewed.get(id) or theirs.label(id, language)
        return label or (terms.curie(iri_of(id)) if is_own(id) else id)

    found: dict[str, str] = {}
    for fact in facts:
        statements = [*fact.theirs, *([fact.ours.statement] if fact.ours else [])]
        for id in (fact.item, fact.property, *(each for one in statements for each in ids(one))):
            if id not in found:
                found[id] = named(id)
    return found


def ids(statement: Statement) -> Iterator[str]:
    """The ids of all properties, items and units that a statement names, references too."""
    for snak in _snaks(statement):
        yield snak.property
        if isinstance(snak.value, EntityId):
            yield snak.value.id
        elif isinstance(snak.value, Quantity) and snak.value.unit.startswith(WIKIDATA):
            yield snak.value.unit.removeprefix(WIKIDATA)


def _snaks(statement: Statement) -> Iterator[Snak]:
    yield statement.main
    for by_property in (statement.qualifiers, *(each.snaks for each in statement.references)):
        for given in by_property.values():
            yield from given
