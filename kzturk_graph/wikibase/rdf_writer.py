"""Entities as Wikibase's RDF: the full form that its query service holds.

After https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format. Nodes of references and values get names of our
own, made from what they hold (``namespaces.OWN_VALUE``); nodes of Wikidata's own statements keep Wikidata's. Values
aren't normalized, so there is no ``psn:`` or ``wdtn:``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from urllib.parse import quote

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.wikibase import model, namespaces
from kzturk_graph.wikibase.model import Entity, Reference, Snak, Statement
from kzturk_graph.wikibase.ours.identity import iri_of, is_own
from kzturk_graph.wikibase.rdf_terms import DATATYPES
from kzturk_graph.wikibase.sites import site_of
from kzturk_graph.wikibase.value_nodes import TYPE, digest, node, node_triples, simple, tagged, typed, wikibase

_NAMES = tuple(ox.NamedNode(iri) for iri in (terms.LABEL, terms.PREF_LABEL, namespaces.SCHEMA + "name"))
_ALIAS = ox.NamedNode(terms.ALT_LABEL)
_SAME = ox.NamedNode(terms.PREFIXES["owl"] + "sameAs")
_DERIVED = ox.NamedNode(namespaces.PREFIXES["prov"] + "wasDerivedFrom")
_RANKS = {
    model.PREFERRED: wikibase("PreferredRank"),
    model.NORMAL: wikibase("NormalRank"),
    model.DEPRECATED: wikibase("DeprecatedRank"),
}
_KINDS = {"item": "Item", "property": "Property", "lexeme": "OntolexLexeme", "mediainfo": "Mediainfo"}
_TYPES = {ours: theirs for theirs, ours in reversed(DATATYPES.items())}


def triples(entity: Entity) -> Iterator[ox.Triple]:
    """All that Wikibase's RDF says of an entity; of a redirect only what it leads to, of one read as truthy only its
    names and best values. The same triple may come more than once.
    """
    subject = ox.NamedNode(iri_of(entity.id))
    if entity.redirect:
        yield ox.Triple(subject, _SAME, ox.NamedNode(iri_of(entity.redirect)))
        return
    yield ox.Triple(subject, TYPE, wikibase(_KINDS.get(entity.type, "Item")))
    yield from _terms(subject, entity)
    yield from _sitelinks(subject, entity.sitelinks)
    yield from _about(subject, entity)
    if entity.type == "property":
        yield from property_triples(entity)
    for property in entity.statements:
        for statement in entity.best(property):
            yield from _direct(subject, statement)
        if not entity.truthy:
            best = entity.best(property)
            for statement in entity.statements[property]:
                yield from _statement(subject, entity, statement, statement in best)


def write(entities: Iterable[Entity], prefixes: Mapping[str, str] | None = None) -> bytes:
    """The entities as Turtle with the query service's prefixes; the same bytes for the same entities."""
    from kzturk_graph.exports.turtle import write_turtle

    made = frozenset(triple for entity in entities for triple in triples(entity))
    return write_turtle(made, prefixes or turtle_prefixes()).encode()


def turtle_prefixes() -> dict[str, str]:
    """Prefixes for files: the query service's, and ours where they are free."""
    own = {"kts": namespaces.OWN_STATEMENT, "ktref": namespaces.OWN_REFERENCE, "ktv": namespaces.OWN_VALUE}
    return {**terms.PREFIXES, **namespaces.PREFIXES, **own}


def statement_triples(entity: Entity, statement: Statement) -> Iterator[ox.Triple]:
    """What one statement of an entity says, its best value among it where it is one of the best."""
    subject, best = ox.NamedNode(iri_of(entity.id)), entity.best(statement.property)
    if statement in best:
        yield from _direct(subject, statement)
    yield from _statement(subject, entity, statement, statement in best)


def _terms(subject: ox.NamedNode, entity: Entity) -> Iterator[ox.Triple]:
    for language, text in entity.labels.items():
        for name in _NAMES:
            yield ox.Triple(subject, name, tagged(text, language))
    for language, text in entity.descriptions.items():
        yield ox.Triple(subject, _schema("description"), tagged(text, language))
    for language, texts in entity.aliases.items():
        for text in texts:
            yield ox.Triple(subject, _ALIAS, tagged(text, language))


def _sitelinks(subject: ox.NamedNode, links: Mapping[str, str]) -> Iterator[ox.Triple]:
    for name, title in links.items():
        site = site_of(name)
        if site is None:
            continue
        page = ox.NamedNode(f"{site.address}wiki/{quote(title.replace(' ', '_'), safe=_PAGE)}")
        yield ox.Triple(page, TYPE, _schema("Article"))
        yield ox.Triple(page, _schema("about"), subject)
        yield ox.Triple(page, _schema("inLanguage"), ox.Literal(site.language))
        yield ox.Triple(page, _schema("isPartOf"), ox.NamedNode(site.address))
        yield ox.Triple(page, _schema("name"), tagged(title, site.language))


_PAGE = "/:;@$!*(),~-._'"


def _about(subject: ox.NamedNode, entity: Entity) -> Iterator[ox.Triple]:
    """The page of one of Wikidata's entities with its version, and what the query service counts of it."""
    if is_own(entity.id) or not (entity.modified or entity.revision is not None):
        return
    page = ox.NamedNode(namespaces.PREFIXES["wdata"] + entity.id)
    yield ox.Triple(page, TYPE, _schema("Dataset"))
    yield ox.Triple(page, _schema("about"), subject)
    if entity.revision is not None:
        yield ox.Triple(page, _schema("version"), typed(str(entity.revision), "integer"))
    if entity.modified:
        yield ox.Triple(page, _schema("dateModified"), typed(entity.modified, "dateTime"))
    if entity.type == "item" and not entity.truthy:
        yield from counts(entity)


def counts(entity: Entity) -> Iterator[ox.Triple]:
    """What the query service counts of an item: statements, those that are external identifiers, pages."""
    subject = ox.NamedNode(iri_of(entity.id))
    every = [each.main for given in entity.statements.values() for each in given]
    external = sum(each.datatype == "external-id" for each in every)
    numbers = {"statements": len(every), "identifiers": external, "sitelinks": len(entity.sitelinks)}
    for name, number in numbers.items():
        yield ox.Triple(subject, wikibase(name), typed(str(number), "integer"))


def property_triples(entity: Entity) -> Iterator[ox.Triple]:
    """How a property's own terms hang together: direct claim, claim, statement, qualifier and reference."""
    subject, name = ox.NamedNode(iri_of(entity.id)), entity.id
    if entity.datatype in _TYPES:
        yield ox.Triple(subject, wikibase("propertyType"), wikibase(_TYPES[entity.datatype]))
    for predicate, prefix in (
        ("directClaim", "wdt"), ("claim", "p"), ("statementProperty", "ps"), ("statementValue", "psv"),
        ("qualifier", "pq"), ("qualifierValue", "pqv"), ("reference", "pr"), ("referenceValue", "prv"),
        ("novalue", "wdno"),
    ):  # fmt: skip
        yield ox.Triple(subject, wikibase(predicate), _term(prefix, name))


def _direct(subject: ox.NamedNode, statement: Statement) -> Iterator[ox.Triple]:
    main = statement.main
    if main.kind == model.NONE:
        yield ox.Triple(subject, TYPE, _term("wdno", main.property))
    else:
        yield ox.Triple(subject, _term("wdt", main.property), simple(main, statement.id))


def _statement(subject: ox.NamedNode, entity: Entity, statement: Statement, best: bool) -> Iterator[ox.Triple]:
    of = statement_node(entity.id, statement)
    yield ox.Triple(subject, _term("p", statement.property), of)
    yield ox.Triple(of, TYPE, wikibase("Statement"))
    yield ox.Triple(of, wikibase("rank"), _RANKS[statement.rank])
    if best:
        yield ox.Triple(of, TYPE, wikibase("BestRank"))
    yield from _snak(of, statement.main, "ps", "psv")
    for snaks in statement.qualifiers.values():
        for snak in snaks:
            yield from _snak(of, snak, "pq", "pqv")
    for reference in statement.references:
        yield from _reference(of, reference)


def statement_node(entity: str, statement: Statement) -> ox.NamedNode:
    """The IRI of a statement: Wikidata's own for one of Wikidata's, else one in our space."""
    if is_own(statement.id):
        space, known = namespaces.OWN_STATEMENT, statement.id.removeprefix("KT/").replace("$", "-")
    elif statement.id:
        space, known = namespaces.PREFIXES["wds"], statement.id.replace("$", "-")
    else:
        space, known = namespaces.OWN_STATEMENT, f"{entity}-{digest(repr(statement))}"
    return ox.NamedNode(space + known.replace("/", "-"))


def _reference(of: ox.NamedNode, reference: Reference) -> Iterator[ox.Triple]:
    every = [snak for snaks in reference.snaks.values() for snak in snaks]
    known = ox.NamedNode(namespaces.OWN_REFERENCE + digest(*sorted(repr((s.property, s.kind, s.value)) for s in every)))
    yield ox.Triple(of, _DERIVED, known)
    yield ox.Triple(known, TYPE, wikibase("Reference"))
    for snak in every:
        yield from _snak(known, snak, "pr", "prv")


def _snak(of: ox.NamedNode, snak: Snak, prefix: str, value_prefix: str) -> Iterator[ox.Triple]:
    if snak.kind == model.NONE:
        yield ox.Triple(of, TYPE, _term("wdno", snak.property))
        return
    yield ox.Triple(of, _term(prefix, snak.property), simple(snak, of.value))
    known = node(snak.value)
    if known is not None:
        yield ox.Triple(of, _term(value_prefix, snak.property), known)
        yield from node_triples(snak.value)


@cache
def _term(prefix: str, property: str) -> ox.NamedNode:
    return ox.NamedNode(namespaces.PREFIXES[prefix] + property)


@cache
def _schema(name: str) -> ox.NamedNode:
    return ox.NamedNode(namespaces.SCHEMA + name)
