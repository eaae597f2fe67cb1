"""Our side: the statements of the projection, and the figures that a Wikibase can't say, with what they allow."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from kzturk_graph import terms
from kzturk_graph.compare.model import Ours
from kzturk_graph.conflicts.intervals import Interval
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import WIKIDATA, Quantity, Snak, Statement
from kzturk_graph.wikibase.ours.apply import Applier
from kzturk_graph.wikibase.ours.facts import Facts, Stated
from kzturk_graph.wikibase.ours.values import Term, plain

if TYPE_CHECKING:
    from kzturk_graph.conflicts.rules import Rules as Allowances
    from kzturk_graph.graph.assertions import Corpus
    from kzturk_graph.graph.selection import Selection
    from kzturk_graph.links.terms_table import Terms
    from kzturk_graph.wikibase.ours.rules import Rules
    from kzturk_graph.wikibase.projection import Projection

_QUALIFIER, _EXACTLY = terms.kt("qualifier"), terms.CONCEPT + "exactly"


@cache
def _allowances() -> Allowances:
    from kzturk_graph.conflicts.rules import read_rules

    return read_rules()


def span(amount: Decimal, qualifier: str | None = None) -> Interval:
    """The numbers that a figure allows with a qualifier (``c:about``), by the rules of disagreements."""
    from kzturk_graph.conflicts.numbers import span as allowed

    return allowed(amount, qualifier, _allowances())


class _Loose(Applier):
    """Finds the figures that are left out of the projection: those that are about, over or almost so."""

    def __init__(self, facts: Facts, rules: Rules, ids: Mapping[str, str], units: Mapping[str, str]) -> None:
        super().__init__(facts, rules, ids, units)
        self.qualifiers: dict[tuple[str, Snak], str] = {}

    def _main(self, property: str, stated: Stated, node: str, value: Term) -> Snak | None:
        if self.rules.datatypes[property] != "quantity":
            return None
        loose = {each.value for each in stated.values(node, _QUALIFIER)} - {_EXACTLY}
        if not loose:
            return None
        unit = next((self.units.get(each.value, "1") for each in stated.values(node, terms.kt("unit"))), "1")
        made = Snak(property, Quantity(plain(Decimal(value.value)), unit), model.VALUE, "quantity")
        self.qualifiers[stated.assertion.iri.value, made] = min(loose)
        return made


def statements(
    projection: Projection, corpus: Corpus, selection: Selection, mapping: Terms, rules: Rules
) -> dict[str, list[Ours]]:
    """Our statements by item: all of the projection's, then the loose figures."""
    found: dict[str, list[Ours]] = {}
    for entity in projection.items:
        found[entity.id] = [
            Ours(each, projection.sources.get(each.id, ())) for given in entity.statements.values() for each in given
        ]
    for item, more in _loose(projection, corpus, selection, mapping, rules).items():
        found[item].extend(more)
    return found


def _loose(
    projection: Projection, corpus: Corpus, selection: Selection, mapping: Terms, rules: Rules
) -> dict[str, list[Ours]]:
    facts = Facts(corpus, selection)
    ids = {iri: entity.id for iri, entity in projection.entities.items()}
    units = {
        iri: WIKIDATA + each[0].id for iri, each in mapping.classes.items() if iri.startswith(terms.PREFIXES["cur"])
    }
    applier = _Loose(facts, rules, ids, units)
    found: dict[str, list[Ours]] = defaultdict(list)
    for number, each in enumerate(applier.found()):
        qualifier = applier.qualifiers.get((each.assertion, each.main))
        if qualifier is None or not isinstance(each.main.value, Quantity):
            continue
        beside: dict[str, tuple[Snak, ...]] = defaultdict(tuple)
        for snak in each.qualifiers:
            beside[snak.property] = (*beside[snak.property], snak)
        statement = Statement(each.main, qualifiers=dict(beside), id=f"{ids[each.subject]}$loose-{number}")
        amount = each.main.value.amount
        wording = f"{terms.local(qualifier).replace('-', ' ')} {plain(amount):,f}"
        found[ids[each.subject]].append(Ours(statement, (each.assertion,), span(amount, qualifier), wording))
    return found
