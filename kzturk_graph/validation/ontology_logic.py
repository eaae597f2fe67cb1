"""Checks of how terms hang together: kinds, hierarchies, domains and ranges, equivalences, alignments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.validation.ontology_model import (
    CLASS,
    CONCEPT,
    DATATYPE,
    ONTOLOGY,
    OWL,
    PROPERTIES,
    SCHEME,
    Ontology,
    Problem,
)
from kzturk_graph.validation.ontology_uses import first, shown

SUBCLASS, SUBPROPERTY = terms.RDFS + "subClassOf", terms.RDFS + "subPropertyOf"
DOMAIN, RANGE = terms.RDFS + "domain", terms.RDFS + "range"
_DATATYPES = (terms.XSD, terms.PREFIXES["edtf"], terms.RDF, terms.RDFS + "Literal")
_HTTP_SCHEMA = "http://schema.org/"
_NAMES = {
    "class": re.compile(r"[A-Z]\w*"),
    "property": re.compile(r"[a-z]\w*"),
    "concept": re.compile(r"[a-z0-9-]+"),
}


def equivalent_class(ontology: Ontology) -> Iterator[Problem]:
    """A class of ours declared the same as a named one: what is said of the other then holds of ours."""
    for subject in ontology.subjects():
        for name in ("equivalentClass", "sameAs"):
            for other in ontology.iris(subject, OWL + name):
                ours = next((iri for iri in (subject, other) if _is_own_class(ontology, iri)), None)
                if ours is not None:
                    partner = terms.curie(other if ours == subject else subject)
                    yield Problem(ours, f"is owl:{name} {partner}: say rdfs:subClassOf or skos:closeMatch")


def _is_own_class(ontology: Ontology, iri: str) -> bool:
    return iri.startswith(terms.ONTOLOGY) and CLASS in ontology.types(iri)


def hierarchy_cycle(ontology: Ontology) -> Iterator[Problem]:
    """A class or property that is above itself."""
    for name in (SUBCLASS, SUBPROPERTY):
        above = {subject: ontology.iris(subject, name) for subject in ontology.subjects()}
        for term in ontology.subjects():
            if term in _reached(term, above):
                yield Problem(term, f"is above itself by {terms.curie(name)}: cut the circle")


def _reached(term: str, above: Mapping[str, list[str]]) -> set[str]:
    found: set[str] = set()
    pending = list(above.get(term, ()))
    while pending:
        upper = pending.pop()
        if upper not in found:
            found.add(upper)
            pending.extend(above.get(upper, ()))
    return found


def not_a_class(ontology: Ontology) -> Iterator[Problem]:
    """A superclass, domain or range that isn't declared a class; of literals, one that is no datatype."""
    for term in ontology.own():
        for name in (SUBCLASS, DOMAIN, RANGE):
            for value in ontology.iris(term, name):
                what = f"has the {terms.local(name)} {terms.curie(value)}"
                literal = name == RANGE and DATATYPE in ontology.types(term)
                if literal and not value.startswith(_DATATYPES):
                    yield Problem(term, f"{what}, which is no datatype: mend it")
                elif not literal and not ontology.is_class(value):
                    yield Problem(term, f"{what}, which isn't declared a class: declare it")


def several_domains(ontology: Ontology) -> Iterator[Problem]:
    """A property with two domains or ranges: whatever has it is then of both classes at once."""
    for term in ontology.own():
        for name in (DOMAIN, RANGE):
            values = ontology.iris(term, name)
            if len(values) > 1:
                listed = ", ".join(sorted(terms.curie(value) for value in values))
                yield Problem(term, f"has the {terms.local(name)}s {listed}, which all hold at once: keep one")


def mixed_kind(ontology: Ontology) -> Iterator[Problem]:
    """A term that is both a class and a property, or a property of things and of literals."""
    for term in ontology.of(CLASS, *PROPERTIES):
        kinds = ontology.types(term) & {CLASS, *PROPERTIES}
        if len(kinds) > 1:
            yield Problem(term, f"is declared as {' and '.join(sorted(map(terms.curie, kinds)))}: keep one")


def term_name(ontology: Ontology) -> Iterator[Problem]:
    """A class that isn't written LikeThis, a property that isn't likeThis, a concept that isn't like-this."""
    for term in [*ontology.own(), *ontology.of(CONCEPT, SCHEME)]:
        types = ontology.types(term)
        kind = "class" if CLASS in types else "property" if types & PROPERTIES else "concept"
        if not _NAMES[kind].fullmatch(terms.local(term)):
            styles = {"class": "LikeThis", "property": "likeThis", "concept": "like-this"}
            yield Problem(term, f"is a {kind} and isn't written {styles[kind]}: rename it")


def blank_node(ontology: Ontology) -> Iterator[Problem]:
    """A blank node in a file that becomes part of the graph: it would leak into answers and exports."""
    for path in ontology.sources.loaded:
        for quad in ontology.files[path]:
            if isinstance(quad.object, ox.BlankNode) and isinstance(quad.subject, ox.NamedNode):
                term = quad.subject.value
                yield Problem(term, f"has a blank node in {shown(path)}: move the axiom to axioms.ttl")


def http_schema_org(ontology: Ontology) -> Iterator[Problem]:
    """The namespace of schema.org with http: elsewhere it is https, and the two never join."""
    for path, quads in ontology.files.items():
        for iri in sorted(_iris(quads)):
            if iri.startswith(_HTTP_SCHEMA):
                yield Problem(iri, f"is spelled with http in {shown(path)}: write https://schema.org/")
    for iri, uses in sorted(ontology.uses.items()):
        if iri.startswith(_HTTP_SCHEMA):
            yield Problem(iri, f"is spelled with http in {first(uses)}: write https://schema.org/")


def unaligned_term(ontology: Ontology) -> Iterator[Problem]:
    """A term of ours that the alignments leave out (a note that nothing published says it is enough)."""
    said = {quad.subject for path in ontology.sources.reasoning for quad in ontology.files[path]}
    for term in ontology.own():
        if ontology.sources.reasoning and ox.NamedNode(term) not in said:
            yield Problem(term, "isn't in the alignments: say what it is close to, or that nothing is")


def undeclared_in_ontology(ontology: Ontology) -> Iterator[Problem]:
    """A term or concept of ours that the ontology's own files name and don't declare."""
    versions = {iri for each in ontology.of(ONTOLOGY) for iri in ontology.iris(each, OWL + "versionIRI")}
    for path, quads in ontology.files.items():
        for iri in sorted(_iris(quads)):
            ours = iri.startswith((terms.ONTOLOGY, terms.CONCEPT))
            if ours and iri not in versions and not ontology.is_declared(iri):
                yield Problem(iri, f"is used in {shown(path)} and isn't declared: mend or declare it")


def _iris(quads: Iterable[ox.Quad]) -> set[str]:
    nodes = (node for quad in quads for node in (quad.subject, quad.predicate, quad.object))
    return {node.value for node in nodes if isinstance(node, ox.NamedNode)}
