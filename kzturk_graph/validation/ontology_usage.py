"""Checks of the ontology against what uses it: data, shapes, saved queries, templates of labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.validation.ontology_model import CONCEPT, Ontology, Problem
from kzturk_graph.validation.ontology_texts import EXAMPLE, example_iris
from kzturk_graph.validation.ontology_uses import Use, first, shown

REPLACED = terms.PREFIXES["dcterms"] + "isReplacedBy"


def undeclared_term(ontology: Ontology) -> Iterator[Problem]:
    """A term, ours or published, that data, shapes, queries or label templates use and no file declares."""
    for iri, uses in sorted(ontology.uses.items()):
        if not ontology.is_declared(iri) and not iri.startswith("http://schema.org/"):
            file = "ontology.ttl or concepts.ttl" if iri.startswith(terms.BASE) else "published.ttl"
            yield Problem(iri, f"is used {_where(uses)}: mend the spelling, or declare it in {file}")


def deprecated_used(ontology: Ontology) -> Iterator[Problem]:
    """A deprecated term that something still uses."""
    for term in ontology.subjects():
        if ontology.is_deprecated(term):
            uses = ontology.uses.get(term, Counter()) + Counter(_inside(ontology, term))
            if uses:
                instead = ", ".join(map(terms.curie, ontology.iris(term, REPLACED))) or "another term"
                yield Problem(term, f"is deprecated and used {_where(uses)}: use {instead}")


def _inside(ontology: Ontology, term: str) -> Iterator[Use]:
    """Where the ontology's own files use a term: as a value or property of another, or in an example."""
    for path, quads in ontology.files.items():
        for quad in quads:
            other = quad.subject != ox.NamedNode(term) and quad.predicate.value != REPLACED
            if other and ox.NamedNode(term) in (quad.predicate, quad.object):
                yield Use(shown(path), None)
            example = quad.object.value if isinstance(quad.object, ox.Literal) else ""
            if other and quad.predicate.value == EXAMPLE and term in example_iris(example):
                yield Use(shown(path), None)


def deprecated_without_advice(ontology: Ontology) -> Iterator[Problem]:
    """A deprecated term that doesn't say what to use instead."""
    for term in ontology.subjects():
        if ontology.is_deprecated(term) and not ontology.iris(term, REPLACED):
            yield Problem(term, "is deprecated and names no other: add dcterms:isReplacedBy")


def unused_term(ontology: Ontology) -> Iterator[Problem]:
    """A class or property of ours that no data, shape, query or template uses."""
    for term in ontology.own():
        if not ontology.uses.get(term) and not ontology.is_deprecated(term):
            yield Problem(term, "is used by no data, shape, query or label template: use it, or take it out")


def unused_concept(ontology: Ontology) -> Iterator[Problem]:
    """A concept that nothing uses."""
    for concept in ontology.of(CONCEPT):
        if not ontology.uses.get(concept) and not ontology.is_deprecated(concept):
            yield Problem(concept, "is used by no data, shape or query: use it, or take it out")


def concept_without_scheme(ontology: Ontology) -> Iterator[Problem]:
    """A concept that stands in no scheme, or in one that isn't declared as such."""
    for concept in ontology.of(CONCEPT):
        schemes = ontology.iris(concept, terms.SKOS + "inScheme")
        if not schemes:
            yield Problem(concept, "stands in no scheme: add skos:inScheme")
        for scheme in schemes:
            if terms.SKOS + "ConceptScheme" not in ontology.types(scheme):
                yield Problem(concept, f"stands in {terms.curie(scheme)}, which isn't declared as a scheme")


def same_concept_label(ontology: Ontology) -> Iterator[Problem]:
    """Two concepts of one scheme with one label."""
    first: dict[tuple[str, str, str], str] = {}
    for concept in ontology.of(CONCEPT):
        for scheme in ontology.iris(concept, terms.SKOS + "inScheme"):
            for language in terms.LANGUAGES:
                for text in ontology.texts(concept, terms.PREF_LABEL, language):
                    other = first.setdefault((scheme, language, text), concept)
                    if other != concept:
                        where = f"{terms.curie(other)} in {terms.curie(scheme)}"
                        yield Problem(concept, f"has the {language} label {text!r} of {where}: tell them apart")


def _where(uses: Counter[Use]) -> str:
    total = uses.total()
    return f"at {first(uses)}" if total == 1 else f"{total} times, as at {first(uses)}"
