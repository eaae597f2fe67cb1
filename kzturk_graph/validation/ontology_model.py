"""The ontology as its checks see it: what its files declare, and where it is used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.graph.files import read_quads
from kzturk_graph.validation.ontology_uses import Use, uses_in_labels, uses_in_queries, uses_in_rdf

OWL = terms.PREFIXES["owl"]
CLASS, ONTOLOGY = OWL + "Class", OWL + "Ontology"
OBJECT, DATATYPE, ANNOTATION = (OWL + f"{kind}Property" for kind in ("Object", "Datatype", "Annotation"))
PROPERTIES = frozenset({OBJECT, DATATYPE, ANNOTATION})
CONCEPT, SCHEME = terms.SKOS + "Concept", terms.SKOS + "ConceptScheme"


class Problem(NamedTuple):
    """What a check found: the term (its IRI) and, in one sentence, what is wrong with it and what to do."""

    term: str
    message: str


Term = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Sources:
    """The files that are checked: what declares terms, what only reasons with them, and what uses them.

    ``loaded`` become part of the graph that answers questions; ``reasoning`` (alignments, axioms) don't.
    """

    loaded: tuple[Path, ...]
    reasoning: tuple[Path, ...] = ()
    data: tuple[Path, ...] = ()
    shapes: tuple[Path, ...] = ()
    queries: tuple[Path, ...] = ()
    labels: tuple[Path, ...] = ()


def packaged() -> Sources:
    """The project's own files."""
    folder = resources.ontology()
    return Sources(
        loaded=tuple(resources.vocabulary_files()),
        reasoning=(folder / "alignments.ttl", folder / "axioms.ttl"),
        data=tuple(resources.data_files()),
        shapes=tuple(sorted((folder / "shapes").glob("*.ttl"))),
        queries=tuple(sorted(resources.queries().rglob("*.rq"))),
        labels=(folder / "labels.toml",),
    )


class Ontology:
    """What the files of ``sources`` say. Raises InputError where one can't be read or parsed."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.files = {path: read_quads(path) for path in (*sources.loaded, *sources.reasoning)}
        self._said: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for quad in (quad for quads in self.files.values() for quad in quads):
            value = quad.object
            if isinstance(quad.subject, ox.NamedNode) and not isinstance(value, ox.Triple):
                self._said[quad.subject.value][quad.predicate.value].append(value)

    def values(self, subject: str, predicate: str) -> list[Term]:
        """The values of a property of a term, as they stand in the files; empty where there are none."""
        return self._said.get(subject, {}).get(predicate, [])

    def iris(self, subject: str, predicate: str) -> list[str]:
        """The values that are IRIs."""
        return [value.value for value in self.values(subject, predicate) if isinstance(value, ox.NamedNode)]

    def texts(self, subject: str, predicate: str, language: str | None = None) -> list[str]:
        """The values that are literals, of one language where it is given."""
        return [
            value.value
            for value in self.values(subject, predicate)
            if isinstance(value, ox.Literal) and language in (None, value.language)
        ]

    def types(self, subject: str) -> set[str]:
        """The classes that a term is declared as."""
        return set(self.iris(subject, terms.TYPE))

    def subjects(self) -> list[str]:
        """Everything with an IRI that the files say something about, sorted."""
        return sorted(self._said)

    def of(self, *classes: str) -> list[str]:
        """What is declared as one of the classes, sorted."""
        return [subject for subject in self.subjects() if self.types(subject) & set(classes)]

    def terms(self) -> list[str]:
        """Classes and properties, ours and the published ones in use; not those only aligned to."""
        loaded = {
            quad.subject.value
            for path in self.sources.loaded
            for quad in self.files[path]
            if isinstance(quad.subject, ox.NamedNode)
        }
        return [term for term in self.of(CLASS, *PROPERTIES) if term in loaded]

    def own(self) -> list[str]:
        """Our own classes and properties."""
        return [term for term in self.terms() if term.startswith(terms.ONTOLOGY)]

    def is_class(self, iri: str) -> bool:
        """Whether it is declared as a class here, or is the class of everything."""
        return CLASS in self.types(iri) or iri in (OWL + "Thing", terms.RDFS + "Resource")

    def is_declared(self, iri: str) -> bool:
        """Whether the files give it a type."""
        return bool(self.types(iri))

    def is_deprecated(self, iri: str) -> bool:
        """Whether it is marked ``owl:deprecated true``."""
        return "true" in self.texts(iri, OWL + "deprecated")

    @cached_property
    def uses(self) -> Mapping[str, Counter[Use]]:
        """Each term, concept and scheme that data, shapes, queries or templates use → where, how often."""
        found: dict[str, Counter[Use]] = defaultdict(Counter)
        for iri, use in self._uses():
            found[iri][use] += 1
        return found

    def _uses(self) -> Iterator[tuple[str, Use]]:
        declared = [term for term in self.subjects() if self.is_declared(term)]
        yield from uses_in_rdf((*self.sources.data, *self.sources.shapes))
        yield from uses_in_queries(self.sources.queries, declared)
        yield from uses_in_labels(self.sources.labels, declared)
