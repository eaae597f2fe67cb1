"""Comparing our graph with another's: the whole way from two sources to verdicts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from kzturk_graph.compare import ours as our_side
from kzturk_graph.compare.judge import UNLINKED, Judge
from kzturk_graph.compare.model import ONLY_OURS, VERDICTS, Comparison, Fact, Ours
from kzturk_graph.compare.naming import ids, names
from kzturk_graph.compare.rules import SEVERAL, Rules, read_rules
from kzturk_graph.compare.theirs import Theirs, look_up, read_around
from kzturk_graph.compare.values import Scale
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.names import fold
from kzturk_graph.wikibase.model import Entity, EntityId, Statement
from kzturk_graph.wikibase.ours.identity import is_own
from kzturk_graph.wikibase.streams import STDIN

if TYPE_CHECKING:
    from kzturk_graph.graph.assertions import Corpus
    from kzturk_graph.links.model import Links
    from kzturk_graph.wikibase.ours.rules import Rules as Projecting
    from kzturk_graph.wikibase.projection import Projection
    from kzturk_graph.wikibase.source import Source

_ORDER = {verdict: place for place, verdict in enumerate(VERDICTS)}
_URL = "P854"


def compare(
    source: Source,
    corpus: Corpus | None = None,
    selection: Selection = FACTS,
    *,
    links: Links | None = None,
    rules: Rules | None = None,
    entities: Collection[str] = (),
    properties: Collection[str] = (),
    all_properties: bool = False,
    once: bool = False,
    language: str = "en",
) -> Comparison:
    """Hold every fact of our linked things against the data that ``source`` gives (``wikibase.source.open_source``).

    ``selection`` chooses what counts as ours, of its modalities only ``fact``; ``links``, ``rules`` and ``corpus`` are
    the packaged ones where they aren't given. ``entities`` are IRIs of ours to compare, ``properties`` ids of theirs;
    all where empty. *Only theirs* is told of the properties that we map, or of all with ``all_properties``. With
    ``once`` the data is read once only (and once more for redirects): names of their values and what these lie within
    stay unknown. ``language`` is that of ``Comparison.names``.

    Raises InputError where the data or one of our tables can't be read.
    """
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.links.table import read_links
    from kzturk_graph.links.terms_table import read_terms
    from kzturk_graph.wikibase.ours.rules import read_rules as read_projecting
    from kzturk_graph.wikibase.projection import project

    corpus, links = corpus or read_corpus(), links if links is not None else read_links()
    mapping, projecting, rules = read_terms(), read_projecting(), rules if rules is not None else read_rules()
    projection = project(corpus, selection, links, mapping, projecting)
    linked = {iri: entity.id for iri, entity in projection.entities.items() if not is_own(entity.id)}
    theirs = look_up(source, linked.values())
    linked = {iri: id for iri, id in linked.items() if not entities or iri in entities}
    things = _things(linked, theirs)
    stated = our_side.statements(projection, corpus, selection, mapping, projecting)
    ours = {
        item: [
            each
            for id in dict.fromkeys(linked[iri] for iri in iris)
            for each in stated[id]
            if not properties or each.statement.property in properties
        ]
        for item, iris in things.items()
    }
    told = frozenset(properties) or (None if all_properties else _mapped(projecting))
    if not once and source.name != STDIN:
        _read_around(source, theirs, ours, rules, told, language)
    judge = Judge(rules, Scale(False, theirs.within, our_side.span, theirs.end), theirs.items)
    facts: list[Fact] = []
    for item in sorted(things, key=lambda each: projection.entities[things[each][0]].labels.get("en", each)):
        found = [
            _with_namesakes(_with_shared(each), theirs, projection)
            for each in judge.facts(ours[item], theirs.items[item], told)
        ]
        facts += sorted(found, key=lambda fact: (_ORDER[fact.verdict], int(fact.property[1:])))
    made = Comparison(
        source.name,
        source.version,
        tuple(facts),
        things,
        {id: theirs.end(id) for id in sorted(set(linked.values())) if theirs.end(id) != id},
        tuple(sorted(iri for iri, id in linked.items() if theirs.end(id) not in theirs.items)),
        frozenset(item for item in things if theirs.items[item].truthy),
        theirs.items,
        projection,
        names(facts, theirs, things, projection, mapping.labels, language),
        _witnesses(corpus, facts),
    )
    return _with_unheard(made)


def _things(linked: Mapping[str, str], theirs: Theirs) -> dict[str, tuple[str, ...]]:
    """Our IRIs by the item that they are now, where the data has it."""
    found: dict[str, tuple[str, ...]] = {}
    for iri, id in sorted(linked.items()):
        end = theirs.end(id)
        if end in theirs.items:
            found[end] = (*found.get(end, ()), iri)
    return found


def _mapped(rules: Projecting) -> frozenset[str]:
    """The properties that our rules make statements of."""
    named = {each.property for each in rules.statements if each.property}
    return frozenset(named | {each for rule in rules.statements for each in rule.dates.values()})


def _read_around(
    source: Source,
    theirs: Theirs,
    ours: Mapping[str, list[Ours]],
    rules: Rules,
    told: frozenset[str] | None,
    language: str,
) -> None:
    """Their values for their names; and where ours isn't among them, what the values on both sides lie within."""
    named: set[str] = set()
    climbing: dict[str, set[str]] = {}
    for item, given in ours.items():
        entity = theirs.items[item]
        for property in entity.statements if told is None else told & entity.statements.keys():
            named |= {id for each in entity.statements[property] for id in ids(each) if id.startswith("Q")}
        for each in given:
            property, value = each.statement.property, each.statement.main.value
            values = set(entity.items(property))
            if isinstance(value, EntityId) and not is_own(value.id) and values and value.id not in values:
                for one in {value.id, *values} if rules.get(property, SEVERAL).within else ():
                    climbing.setdefault(one, set()).update(rules[property].within)
    read_around(source, theirs, named, climbing, language)


def _with_namesakes(fact: Fact, theirs: Theirs, projection: Projection) -> Fact:
    """With a remark where theirs has a value that bears the name of ours, which has no link: maybe it is that one."""
    if UNLINKED not in fact.notes or fact.ours is None or not isinstance(fact.ours.statement.main.value, EntityId):
        return fact
    own = fact.ours.statement.main.value.id
    ours = next((each for each in projection.entities.values() if each.id == own), None)
    mine = {fold(name) for name in _named(ours)} if ours is not None else set()
    alike = [
        id for id in theirs.items[fact.item].items(fact.property) if mine & {fold(each) for each in theirs.names(id)}
    ]
    return replace(fact, notes=(*fact.notes, f"theirs has one of its name: {', '.join(alike)}")) if alike else fact


def _named(entity: Entity) -> Iterable[str]:
    return (*entity.labels.values(), *(name for given in entity.aliases.values() for name in given))


def _with_shared(fact: Fact) -> Fact:
    """With a remark where theirs cites the very page that ours comes from: then it is no second witness."""
    if fact.ours is None or not _urls([fact.ours.statement]) & _urls(fact.theirs):
        return fact
    return replace(fact, notes=(*fact.notes, "theirs cites our document: no second witness"))


def _urls(statements: Iterable[Statement]) -> set[str]:
    snaks = (s for each in statements for ref in each.references for s in ref.snaks.get(_URL, ()))
    return {each.value.rstrip("/") for each in snaks if isinstance(each.value, str)}


def _with_unheard(made: Comparison) -> Comparison:
    """With a remark on what the data may be cut without: a property that none of several items has."""
    missing = frozenset(made.unheard_of if len(made.things) > 1 else ())
    note = "no compared item has this property in the data"
    facts = (
        replace(fact, notes=(*fact.notes, note)) if fact.verdict == ONLY_OURS and fact.property in missing else fact
        for fact in made.facts
    )
    return replace(made, facts=tuple(facts))


def _witnesses(corpus: Corpus, facts: Iterable[Fact]) -> dict[str, int]:
    """How many independent witnesses each statement of ours has."""
    from kzturk_graph.conflicts.independence import independent, lineage

    behind = lineage(corpus)
    return {
        fact.ours.statement.id: independent(behind, (corpus.assertions[each] for each in fact.ours.assertions))
        for fact in facts
        if fact.ours is not None
    }
