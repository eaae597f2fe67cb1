"""Entities of the Wikibase RDF model, put together from a graph."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from kzturk_graph.wikibase import model
from kzturk_graph.wikibase import rdf_terms as terms
from kzturk_graph.wikibase.json_reader import TYPES
from kzturk_graph.wikibase.model import Entity, EntityId, Reference, Snak, Statement
from kzturk_graph.wikibase.rdf_graphs import Graph
from kzturk_graph.wikibase.rdf_terms import role
from kzturk_graph.wikibase.rdf_values import Term, is_unknown, language, node, plain

Snaks = dict[str, tuple[Snak, ...]]

_NAMES = (terms.LABEL, terms.PREF_LABEL, terms.SCHEMA + "name")
_RANKS = {"PreferredRank": model.PREFERRED, "NormalRank": model.NORMAL, "DeprecatedRank": model.DEPRECATED}


class Known:
    """What a file tells beside its entities, gathered as it is read.

    ``full`` that it has statements, not only truthy values; ``pages`` that entities have data pages, so that those
    without one are only mentioned; ``datatypes`` of properties; ``say`` is told what had to be left out.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self.full = self.pages = False
        self.datatypes: dict[str, str] = {}
        self.say = say

    def see(self, subject: str, predicate: str, object: Term) -> None:
        """Learn from one triple."""
        if not self.full and (found := role(predicate)) and found.part in ("claim", "statement"):
            self.full = True
        name = terms.wikibase(predicate)
        if name == "propertyType" and isinstance(object, ox.NamedNode) and (own := terms.entity_iri(subject)):
            self.datatypes[own[1]] = datatype(object.value)
        elif predicate == terms.RDF_TYPE and key_of(object) == terms.SCHEMA + "Dataset" and "#Dump" not in subject:
            self.pages = True


def datatype(iri: str) -> str:
    """Wikibase's own name of a datatype by its IRI."""
    name = terms.wikibase(iri) or iri
    return terms.DATATYPES.get(name, name)


def key_of(term: Term) -> str:
    """A term's text: an IRI's or a literal's."""
    return term.value if not isinstance(term, ox.Triple) else ""


def build(graph: Graph, iri: str, known: Known) -> Entity | None:
    """The entity that an IRI names; None where the data only mentions it, as pages do with neighbours' labels."""
    base, id = terms.entity_iri(iri) or terms.own_entity(iri) or ("", "")
    reading = _Reading(graph, known, base, id)
    return reading.entity(iri)


class _Reading:
    """One entity being read."""

    def __init__(self, graph: Graph, known: Known, base: str, id: str) -> None:
        self.graph, self.known, self.base, self.id = graph, known, base, id

    def entity(self, iri: str) -> Entity | None:
        names: dict[str, dict[str, str]] = {each: {} for each in _NAMES}
        descriptions: dict[str, str] = {}
        aliases: dict[str, list[str]] = {}
        claims: dict[str, list[str]] = {}
        direct: dict[str, list[Snak]] = {}
        extra: dict[str, str] = {}
        for predicate, object in self.graph.out(iri):
            tag = language(object.language) if isinstance(object, ox.Literal) and object.language else ""
            if predicate in names and tag:
                names[predicate].setdefault(tag, key_of(object))
            elif predicate == terms.ALT_LABEL and tag:
                aliases.setdefault(tag, []).append(key_of(object))
            elif predicate == terms.SCHEMA + "description" and tag:
                descriptions.setdefault(tag, key_of(object))
            elif predicate == terms.SAME_AS and (found := terms.entity_iri(key_of(object))) and found[1] != self.id:
                return Entity(self.id, self.type(), redirect=found[1])
            elif found_role := role(predicate):
                if found_role.part == "claim":
                    claims.setdefault(found_role.property, []).append(
                        str(object) if isinstance(object, ox.BlankNode) else key_of(object)
                    )
                elif found_role.part == "direct":
                    direct.setdefault(found_role.property, []).extend(self.snak(found_role.property, predicate, object))
            elif predicate == terms.RDF_TYPE and (none := role(key_of(object))) and none.part == "novalue":
                direct.setdefault(none.property, []).append(
                    Snak(none.property, None, model.NONE, self.datatype(none.property))
                )
            else:
                name = terms.wikibase(predicate) or predicate.removeprefix(terms.SCHEMA)
                extra[name] = key_of(object)
        sitelinks = self.pages(iri, extra)
        if self.known.pages and not (claims or direct or extra.keys() & {"about", "version", "statements"}):
            return None
        version = extra.get("version", "")
        return Entity(
            self.id,
            self.type(),
            {tag: text for each in reversed(_NAMES) for tag, text in names[each].items()},
            descriptions,
            {tag: tuple(each) for tag, each in aliases.items()},
            sitelinks,
            self.statements(claims, direct),
            datatype(extra["propertyType"]) if "propertyType" in extra else None,
            extra.get("dateModified"),
            int(version) if version.isdigit() else None,
            truthy=not self.known.full,
        )

    def type(self) -> str:
        return TYPES.get(self.id[:1], "item")

    def datatype(self, property: str) -> str | None:
        return self.known.datatypes.get(property)

    def say(self, what: str) -> None:
        self.known.say(f"{self.id}: {what}")

    def pages(self, iri: str, extra: dict[str, str]) -> dict[str, str]:
        """Titles by site; what the data page tells goes to ``extra``."""
        sitelinks = {}
        for page in self.graph.pages(iri):
            pairs = self.graph.out(page)
            types = {key_of(object) for predicate, object in pairs if predicate == terms.RDF_TYPE}
            if terms.SCHEMA + "Dataset" in types or "Special:EntityData/" in page:
                for predicate, object in pairs:
                    extra[predicate.removeprefix(terms.SCHEMA)] = key_of(object)
                continue
            site, title = terms.sitelink(page)
            named = [key_of(object) for predicate, object in pairs if predicate == terms.SCHEMA + "name"]
            sitelinks[site] = named[0] if named else title
        return sitelinks

    def statements(
        self, claims: dict[str, list[str]], direct: dict[str, list[Snak]]
    ) -> dict[str, tuple[Statement, ...]]:
        """Full statements where there are any, and the truthy values of what has none."""
        statements: dict[str, tuple[Statement, ...]] = {}
        for property, nodes in claims.items():
            read = [self.statement(property, each) for each in nodes]
            if found := tuple(each for each in read if each is not None):
                statements[property] = found
        for property, snaks in direct.items():
            if snaks and property not in statements:
                statements[property] = tuple(Statement(each) for each in snaks)
        return statements

    def statement(self, property: str, iri: str) -> Statement | None:
        pairs = self.graph.out(iri)
        if not pairs:
            self.say(f"{property}: nothing is said of the statement {iri}")
            return None
        mains = self.snaks(pairs, "statement").get(property, ())
        nones = [found.property for predicate, object in pairs if (found := self.none(predicate, object))]
        if not mains and property in nones:
            nones.remove(property)
            mains = (Snak(property, None, model.NONE, self.datatype(property)),)
        if not mains:
            self.say(f"{property}: the statement {iri} has no value that can be read")
            return None
        ranks = [
            _RANKS.get(terms.wikibase(key_of(each)) or "")
            for predicate, each in pairs
            if terms.wikibase(predicate) == "rank"
        ]
        qualifiers = self.with_none(self.snaks(pairs, "qualifier"), nones)
        references = tuple(
            made
            for predicate, each in pairs
            if predicate == terms.DERIVED and (made := self.reference(property, each)) is not None
        )
        named = terms.statement_id(iri)
        known = named[1] if named else terms.own_statement(iri) or ""
        return Statement(mains[0], (ranks and ranks[0]) or model.NORMAL, qualifiers, references, known)

    def none(self, predicate: str, object: Term) -> terms.Role | None:
        """The property of which a node has no value, where a triple says that."""
        found = role(key_of(object)) if predicate == terms.RDF_TYPE else None
        return found if found and found.part == "novalue" else None

    def with_none(self, snaks: Snaks, nones: list[str]) -> Snaks:
        for property in nones:
            snaks[property] = (*snaks.get(property, ()), Snak(property, None, model.NONE, self.datatype(property)))
        return snaks

    def reference(self, property: str, term: Term) -> Reference | None:
        pairs = self.graph.out(str(term) if isinstance(term, ox.BlankNode) else key_of(term))
        if not pairs:
            self.say(f"{property}: nothing is said of the reference {key_of(term)}")
            return None
        nones = [found.property for predicate, object in pairs if (found := self.none(predicate, object))]
        return Reference(self.with_none(self.snaks(pairs, "reference"), nones))

    def snaks(self, pairs: list[tuple[str, Term]], part: str) -> Snaks:
        """The snaks of a node in one part; whole values where their nodes are there, else the plain ones."""
        simple: dict[str, list[tuple[str, Term]]] = {}
        deep: dict[str, list[model.Value]] = {}
        for predicate, object in pairs:
            found = role(predicate)
            if not found or found.part != part:
                continue
            simple.setdefault(found.property, [])
            if not found.deep:
                simple[found.property].append((predicate, object))
            elif (value := self.node(found.property, object)) is not None:
                deep.setdefault(found.property, []).append(value)
        snaks: Snaks = {}
        for property, given in simple.items():
            known = [each for each in given if is_unknown(each[1])]
            values = deep.get(property, [])
            if values and len(values) >= len(given) - len(known):
                made = [Snak(property, None, model.UNKNOWN, self.datatype(property)) for _ in known]
                made += [Snak(property, value, model.VALUE, self.datatype(property)) for value in values]
            else:
                made = [snak for predicate, object in given for snak in self.snak(property, predicate, object)]
            if made:
                snaks[property] = tuple(made)
        return snaks

    def node(self, property: str, term: Term) -> model.Value | None:
        try:
            return node(self.graph.out(str(term) if isinstance(term, ox.BlankNode) else key_of(term)))
        except ValueError as error:
            self.say(f"{property}: a value can't be understood: {error}")
            return None

    def snak(self, property: str, predicate: str, object: Term) -> list[Snak]:
        """The snak of a plain value; none, and ``say`` told, where it can't be understood."""
        kind = self.datatype(property)
        if is_unknown(object):
            return [Snak(property, None, model.UNKNOWN, kind)]
        try:
            value = plain(object, (self.base, predicate.partition("/prop/")[0] + "/entity/"))
        except ValueError as error:
            self.say(f"{property}: a value can't be understood: {error}")
            return []
        if isinstance(value, EntityId) and kind in ("url", "string", "external-id"):
            value = key_of(object)
        return [Snak(property, value, model.VALUE, kind)]
