"""What theirs lacks of ours, ready to be carried over: *only ours* and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from kzturk_graph.compare.judge import UNLINKED
from kzturk_graph.compare.model import ONLY_OURS, UNCOMPARED, Comparison, Fact
from kzturk_graph.wikibase import quickstatements
from kzturk_graph.wikibase.model import Entity, Statement
from kzturk_graph.wikibase.ours.identity import own_id

Addition = tuple[Entity, tuple[Statement, ...]]


def additions(comparison: Comparison, not_found: Collection[str] = ()) -> Iterator[Addition]:
    """Each item with the statements that it lacks, and each new one with all of its statements.

    New are the things of ``not_found`` (our IRIs) that were compared or could have been: those that were looked for in
    the other data without success, never those that nobody has looked for. Statements whose value has no item come
    along, so that whoever writes them can count them as left out.
    """
    new = {own_id(iri) for iri in not_found}
    for entity in comparison.projection.items:
        if entity.id in new:
            yield entity, tuple(each for given in entity.statements.values() for each in given)
    found: dict[str, list[Statement]] = defaultdict(list)
    for fact in comparison.facts:
        found[fact.item] += _carried(fact)
    for item, statements in found.items():
        yield Entity(item), tuple(statements)


def _carried(fact: Fact) -> Iterable[Statement]:
    if fact.ours is None or fact.ours.allowed is not None:
        return
    if fact.verdict == ONLY_OURS or (fact.verdict == UNCOMPARED and UNLINKED in fact.notes):
        yield fact.ours.statement


def line(fact: Fact) -> str:
    """The command of QuickStatements that adds a fact of ours; '' where none can (no reference, no number)."""
    made = quickstatements.batch([(Entity(fact.item), list(_carried(fact)))])
    return quickstatements.version_1(made).rstrip("\n")
