"""Checks of what terms say of themselves to people: labels in four languages, a definition, an example."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.validation.ontology_model import CLASS, CONCEPT, PROPERTIES, SCHEME, Ontology, Problem

DEFINITION, EXAMPLE = terms.SKOS + "definition", terms.SKOS + "example"
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)


def _named(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """Everything that needs a label, with the property that gives it."""
    yield from ((term, terms.LABEL) for term in ontology.terms())
    yield from ((concept, terms.PREF_LABEL) for concept in ontology.of(CONCEPT, SCHEME))


def missing_label(ontology: Ontology) -> Iterator[Problem]:
    """A term, concept or scheme without a label in one of the four languages."""
    for term, name in _named(ontology):
        absent = [language for language in terms.LANGUAGES if not ontology.texts(term, name, language)]
        if absent:
            yield Problem(term, f"has no label in {', '.join(absent)}: add a {terms.curie(name)}")


def several_labels(ontology: Ontology) -> Iterator[Problem]:
    """A term, concept or scheme with two labels in one language."""
    for term, name in _named(ontology):
        for language in terms.LANGUAGES:
            texts = ontology.texts(term, name, language)
            if len(texts) > 1:
                yield Problem(term, f"has {len(texts)} labels in {language}, {', '.join(sorted(texts))}: keep one")


def other_label(ontology: Ontology) -> Iterator[Problem]:
    """A label in a fifth language, or in none."""
    for term, name in _named(ontology):
        for value in ontology.values(term, name):
            if not isinstance(value, ox.Literal) or value.language not in terms.LANGUAGES:
                yield Problem(term, f"has the label {value}: keep those in {', '.join(terms.LANGUAGES)}")


def same_label(ontology: Ontology) -> Iterator[Problem]:
    """Two classes, or two properties, of ours or both published, with one label."""
    found: dict[tuple[bool, bool, str, str], list[str]] = defaultdict(list)
    for term in ontology.terms():
        ours, is_class = term.startswith(terms.ONTOLOGY), CLASS in ontology.types(term)
        for language in terms.LANGUAGES:
            for text in ontology.texts(term, terms.LABEL, language):
                found[(ours, is_class, language, text)].append(term)
    for (_, _, language, text), bearers in sorted(found.items()):
        for term in bearers[1:]:
            other = terms.curie(bearers[0])
            yield Problem(term, f"has the {language} label {text!r} of {other}: tell the two apart")


def label_style(ontology: Ontology) -> Iterator[Problem]:
    """A label of a term that begins with a capital (acronyms may), has stray blanks or a full stop."""
    for term in ontology.terms():
        for text in sorted(ontology.texts(term, terms.LABEL)):
            if text[:1].isupper() and not text[1:2].isupper():
                yield Problem(term, f"has the label {text!r}: begin it with a small letter")
            if text != " ".join(text.split()) or text.endswith("."):
                yield Problem(term, f"has the label {text!r}: take out the stray blanks or the full stop")


def missing_definition(ontology: Ontology) -> Iterator[Problem]:
    """A term, concept or scheme without an English definition."""
    for term, _ in _named(ontology):
        if not any(text.strip() for text in ontology.texts(term, DEFINITION, "en")):
            yield Problem(term, "has no English definition: add a skos:definition")


def several_definitions(ontology: Ontology) -> Iterator[Problem]:
    """A term, concept or scheme with two English definitions."""
    for term, _ in _named(ontology):
        texts = ontology.texts(term, DEFINITION, "en")
        if len(texts) > 1:
            yield Problem(term, f"has {len(texts)} English definitions: keep one, make notes of the rest")


def circular_definition(ontology: Ontology) -> Iterator[Problem]:
    """A definition that begins with the label it is to explain."""
    for term in ontology.terms():
        for text in ontology.texts(term, DEFINITION, "en"):
            for label in ontology.texts(term, terms.LABEL, "en"):
                if re.match(rf"{re.escape(label)}\b", _ARTICLE.sub("", text), re.IGNORECASE):
                    yield Problem(term, f"is defined by its own label {label!r}: use other words")


def missing_example(ontology: Ontology) -> Iterator[Problem]:
    """A term of ours without an example."""
    for term in ontology.own():
        if not ontology.texts(term, EXAMPLE):
            yield Problem(term, "has no example: add a skos:example, a line of Turtle from the data")


def unreadable_example(ontology: Ontology) -> Iterator[Problem]:
    """An example that isn't Turtle."""
    for term in ontology.own():
        for text in ontology.texts(term, EXAMPLE):
            try:
                example_triples(text)
            except SyntaxError as error:
                yield Problem(term, f"has an example that isn't Turtle ({error.msg}): mend {text!r}")


def example_without_term(ontology: Ontology) -> Iterator[Problem]:
    """An example that doesn't show the term."""
    for term in ontology.own():
        for text in ontology.texts(term, EXAMPLE):
            used = example_iris(text)
            if used and term not in used:
                yield Problem(term, f"doesn't occur in its example: use it in {text!r}")


def undeclared_in_example(ontology: Ontology) -> Iterator[Problem]:
    """An example with a term or concept of ours that nothing declares."""
    for term in ontology.own():
        for text in ontology.texts(term, EXAMPLE):
            for iri in sorted(example_iris(text)):
                if iri.startswith((terms.ONTOLOGY, terms.CONCEPT)) and not ontology.is_declared(iri):
                    yield Problem(term, f"has {terms.curie(iri)} in its example, which isn't declared: mend it")


def missing_source(ontology: Ontology) -> Iterator[Problem]:
    """A published term that doesn't say which vocabulary it comes from."""
    for term in ontology.of(CLASS, *PROPERTIES):
        published = not term.startswith(terms.ONTOLOGY) and term in ontology.terms()
        if published and not ontology.iris(term, terms.RDFS + "isDefinedBy"):
            yield Problem(term, "doesn't say where it is from: add rdfs:isDefinedBy with its vocabulary")


def example_triples(text: str) -> list[ox.Quad]:
    """An example as triples, in the project's prefixes. Raises SyntaxError where it isn't Turtle."""
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in terms.PREFIXES.items())
    return list(ox.parse(prefixes + text, format=ox.RdfFormat.TURTLE))


def example_iris(text: str) -> set[str]:
    """The IRIs that an example uses; empty where it isn't Turtle."""
    try:
        quads = example_triples(text)
    except SyntaxError:
        return set()
    nodes = (node for quad in quads for node in (quad.subject, quad.predicate, quad.object))
    return {node.value for node in nodes if isinstance(node, ox.NamedNode)}
