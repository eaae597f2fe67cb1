"""Which of our statements another Wikibase lacks: those that can be carried over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from kzturk_graph.wikibase.model import Entity, EntityId, Statement
from kzturk_graph.wikibase.ours.identity import own_id
from kzturk_graph.wikibase.projection import Projection

Addition = tuple[Entity, tuple[Statement, ...]]


def only_ours(
    projection: Projection, theirs: Mapping[str, Entity], not_found: Collection[str] = ()
) -> Iterator[Addition]:
    """Each of our entities with those of its statements of which theirs says nothing, neither the same nor otherwise.

    Where theirs has the property with other items as values, ours is one more; where it has another date, number or
    text, the two differ, which is for a person to look at, so that ours isn't carried over. A linked entity that theirs
    lacks is left out: the link is to be looked at. New are the entities of ``not_found``, IRIs of ours that were looked
    for without success, and never those that nobody has looked for yet.
    """
    new = {own_id(iri) for iri in not_found}
    for entity in projection.items:
        if entity.id in new:
            yield entity, tuple(each for given in entity.statements.values() for each in given)
        elif entity.id in theirs and not theirs[entity.id].redirect:
            yield entity, tuple(_lacking(entity, theirs[entity.id]))


def _lacking(ours: Entity, theirs: Entity) -> Iterator[Statement]:
    for property, statements in ours.statements.items():
        known = theirs.statements.get(property, ())
        values = {each.main.value for each in known}
        for statement in statements:
            if not known or (isinstance(statement.main.value, EntityId) and statement.main.value not in values):
                yield statement
