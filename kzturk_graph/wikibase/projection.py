"""Our graph as a Wikibase has it: things as entities, facts as statements with qualifiers, ranks and references.

Only what is stated as fact becomes a statement: Wikibase has no way to say that something is planned, a target or
denied. Rules are data (``data/links/statements.toml``), classes come from the table of terms. A statement is made from
single assertions and never from what two sources say together: two sources that agree in value and qualifiers share a
statement with a reference each, two that differ have one each.
"""

from __future__ import annotations

import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.links.model import EXACT, Links
from kzturk_graph.links.terms_table import Terms, read_terms
from kzturk_graph.wikibase import model
from kzturk_graph.wikibase.model import WIKIDATA, Entity, EntityId, Snak, Statement
from kzturk_graph.wikibase.ours.apply import Applier, Found
from kzturk_graph.wikibase.ours.facts import Facts, Stated, Texts
from kzturk_graph.wikibase.ours.identity import OWN, own_id
from kzturk_graph.wikibase.ours.rules import Rules, read_rules
from kzturk_graph.wikibase.ours.sources import Sources

INSTANCE_OF, SUBCLASS_OF = "P31", "P279"
KIND = terms.kt("kind")
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, terms.BASE + "statement/")
_ITEMS = (terms.ENTITY, terms.DOCUMENT)


@dataclass(frozen=True)
class Projection:
    """Our things as entities, by our IRI, and what stands behind each statement.

    ``sources`` gives for a statement's id the IRIs of the assertions that state it. Two things of ours that are linked
    to one item share its entity. ``vocabulary`` are the properties and classes that the statements use, with their
    labels. ``left_out`` counts, by reason, what a rule found and Wikibase can't say.
    """

    entities: Mapping[str, Entity]
    sources: Mapping[str, tuple[str, ...]]
    vocabulary: tuple[Entity, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)

    @cached_property
    def items(self) -> tuple[Entity, ...]:
        """Each entity once, by id."""
        once = {entity.id: entity for entity in self.entities.values()}
        return tuple(once[each] for each in sorted(once))


def project(
    corpus: Corpus,
    selection: Selection = FACTS,
    links: Links | None = None,
    mapping: Terms | None = None,
    rules: Rules | None = None,
) -> Projection:
    """The facts that ``selection`` admits as entities; of its modalities only ``fact`` counts.

    A thing that ``links`` accepts as an item of Wikidata has its id; any other an own one (``wikibase.ours.identity``).
    Raises InputError where the tables of links, terms or rules are broken.
    """
    if links is None:
        from kzturk_graph.links.table import read_links

        links = read_links()
    mapping, rules = mapping or read_terms(), rules or read_rules()
    facts = Facts(corpus, selection)
    ids = _ids(facts, rules, links)
    found = [*_kinds(facts, ids, mapping, rules), *Applier(facts, rules, ids, _units(mapping)).found()]
    statements, sources = _statements(found, ids, facts, Sources(facts, rules.datatypes, ids))
    return Projection(
        _entities(facts, ids, statements), sources, tuple(_vocabulary(corpus, mapping, rules)), dict(facts.left_out)
    )


def _ids(facts: Facts, rules: Rules, links: Links) -> dict[str, str]:
    """The id of each thing that becomes an entity."""
    found = {}
    for iri, classes in sorted(facts.types.items()):
        kinds = {value.value for value in facts.values(iri, KIND)}
        if iri.startswith(_ITEMS) and classes & rules.classes and not kinds & rules.without_kinds:
            linked = links.accepted.get(iri, ())
            found[iri] = linked[0] if linked and "://" not in linked[0] else own_id(iri)
    return found


def _units(mapping: Terms) -> dict[str, str]:
    """Our units that are items of theirs → the item's IRI."""
    exact = {iri: each[0] for iri, each in mapping.classes.items() if each[0].predicate == EXACT}
    return {iri: WIKIDATA + term.id for iri, term in exact.items() if iri.startswith(terms.PREFIXES["cur"])}


def _kinds(facts: Facts, ids: Mapping[str, str], mapping: Terms, rules: Rules) -> Iterator[Found]:
    """What each thing is an instance of: the class of its kind where that has one, else that of its class."""
    for stated in facts.stated:
        for node in stated.about:
            if node in ids:
                for given in _classes(facts, stated, node, mapping):
                    main = Snak(INSTANCE_OF, EntityId(given), model.VALUE, rules.datatypes[INSTANCE_OF])
                    yield Found(node, main, (), stated.assertion.iri.value)


def _classes(facts: Facts, stated: Stated, node: str, mapping: Terms) -> set[str]:
    by_kind = any(mapping.is_a(each.value) for each in facts.values(node, KIND))
    given = stated.values(node, KIND if by_kind else terms.TYPE)
    return {known for each in given if (known := mapping.is_a(each.value))}


def _statements(
    found: Iterable[Found], ids: Mapping[str, str], facts: Facts, cited: Sources
) -> tuple[dict[str, list[Statement]], dict[str, tuple[str, ...]]]:
    """Statements by entity id, and the assertions by statement id; what says the same is one statement."""
    grouped: dict[tuple[str, Snak, tuple[Snak, ...]], set[str]] = defaultdict(set)
    named: dict[str, str] = {}
    for each in found:
        item = ids[each.subject]
        named[item] = min(each.subject, named.get(item, each.subject))
        grouped[item, each.main, tuple(sorted(set(each.qualifiers), key=str))].add(each.assertion)
    statements: dict[str, list[Statement]] = defaultdict(list)
    sources = {}
    for (item, main, qualifiers), assertions in sorted(grouped.items(), key=lambda pair: str(pair[0])):
        known = _statement_id(named[item], main, qualifiers)
        by_property: dict[str, tuple[Snak, ...]] = {}
        for snak in sorted(qualifiers, key=lambda one: int(one.property[1:])):
            by_property[snak.property] = (*by_property.get(snak.property, ()), snak)
        rank = model.PREFERRED if assertions & facts.preferred else model.NORMAL
        statements[item].append(Statement(main, rank, by_property, cited.references(assertions), known))
        sources[known] = tuple(sorted(assertions))
    return statements, sources


def _statement_id(iri: str, main: Snak, qualifiers: tuple[Snak, ...]) -> str:
    """The same for the same content: our id of the thing, and a UUID of what is said."""
    said = json.dumps([iri, str(main), [str(each) for each in qualifiers]])
    return f"{own_id(iri)}${str(uuid.uuid5(_SPACE, said)).upper()}"


def _entities(facts: Facts, ids: Mapping[str, str], statements: Mapping[str, list[Statement]]) -> dict[str, Entity]:
    things: dict[str, list[str]] = defaultdict(list)
    for iri, known in ids.items():
        things[known].append(iri)
    made = {known: _entity(facts, known, iris, statements.get(known, [])) for known, iris in things.items()}
    return {iri: made[known] for iri, known in ids.items()}


def _entity(facts: Facts, known: str, iris: list[str], statements: list[Statement]) -> Entity:
    labels, others = _names(facts, iris)
    by_property: dict[str, tuple[Statement, ...]] = {}
    for each in sorted(statements, key=lambda one: int(one.property[1:])):
        by_property[each.property] = (*by_property.get(each.property, ()), each)
    return Entity(
        known,
        labels=labels,
        descriptions=_descriptions(facts, iris),
        aliases={language: tuple(sorted(texts)) for language, texts in sorted(others.items()) if texts},
        statements=by_property,
    )


def _names(facts: Facts, iris: list[str]) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Labels, one in each language, and all other names as aliases."""
    labels: dict[str, str] = {}
    others: dict[str, set[str]] = defaultdict(set)
    for language in terms.LANGUAGES:
        given = [text for iri in iris for text in _of(facts.labels, iri, language)]
        if given:
            labels[language] = given[0]
        names = {*given, *(text for iri in iris for text in _of(facts.aliases, iri, language))}
        others[language] = names - {labels.get(language, "")}
    return labels, others


def _of(texts: Texts, iri: str, language: str) -> list[str]:
    return texts.get(iri, {}).get(language, [])


def _descriptions(facts: Facts, iris: list[str]) -> dict[str, str]:
    """The name of the thing's kind, as a short description."""
    kinds = sorted({value.value for iri in iris for value in facts.values(iri, KIND)})
    if not kinds:
        return {}
    return {language: texts[0] for language, texts in sorted(facts.concept_labels.get(kinds[0], {}).items())}


def _vocabulary(corpus: Corpus, mapping: Terms, rules: Rules) -> Iterator[Entity]:
    """The properties in use, and the classes of kinds that stand below the class of all of them."""
    for name, datatype in rules.datatypes.items():
        labels = {"en": mapping.labels[name]} if name in mapping.labels else {}
        yield Entity(name, "property", labels=labels, datatype=datatype)
    above: dict[str, set[str]] = defaultdict(set)
    in_scheme = ox.NamedNode(terms.SKOS + "inScheme")
    for triple in corpus.vocabulary:
        upper = rules.subclasses.get(triple.object.value) if triple.predicate == in_scheme else None  # type: ignore[union-attr]
        known = mapping.is_a(triple.subject.value) if upper else None  # type: ignore[union-attr]
        wider = mapping.is_a(upper) if upper else None
        if known and wider and known != wider:
            above[known].add(wider)
    for known in sorted({term.id for given in mapping.classes.values() for term in given}):
        stated = tuple(_subclass(known, wider, rules) for wider in sorted(above.get(known, ())))
        yield replace(
            Entity(known, labels={"en": mapping.labels[known]}), statements={SUBCLASS_OF: stated} if stated else {}
        )


def _subclass(known: str, wider: str, rules: Rules) -> Statement:
    main = Snak(SUBCLASS_OF, EntityId(wider), model.VALUE, rules.datatypes[SUBCLASS_OF])
    return Statement(main, id=f"{OWN}class/{known}${str(uuid.uuid5(_SPACE, f'{known} {wider}')).upper()}")
