"""The JSON-LD context: what each key of an exported object means. Made from the ontology, shipped beside it.

``python -m kzturk_graph.exports.context`` writes ``ontology/context.jsonld`` anew; a test says when it must
be. Our own terms are bare words, published ones keep their prefix. Format: https://www.w3.org/TR/json-ld11/
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.exports.statements import STATEMENT

VERSION = "1.1.0"
"""Raised when the meaning of a key changes (first number), one is added (second) or mended (third)."""

FILE = "context.jsonld"
PREFIXES = {**terms.PREFIXES, "st": STATEMENT}

_ID = {"@type": "@id"}
_EDTF = {"@type": terms.EDTF}
_TEXT = {"@container": "@language"}
_OWL = terms.PREFIXES["owl"]
_THINGS_KINDS = (_OWL + "ObjectProperty", _OWL + "AnnotationProperty")
_TEXTS_OF_OURS = ("because", "dateText", "note", "summary", "writtenAs")
_TEXTS = (
    "dcterms:description", "dcterms:title", "rdfs:comment", "rdfs:label",
    "skos:altLabel", "skos:definition", "skos:prefLabel", "skos:scopeNote",
)  # fmt: skip
_THINGS = (
    "dcterms:contributor", "dcterms:creator", "dcterms:isPartOf", "dcterms:isVersionOf", "dcterms:license",
    "dcterms:publisher", "dcterms:references", "org:member", "org:organization", "org:postIn", "org:role",
    "org:subOrganizationOf", "org:unitOf", "owl:sameAs", "prov:wasDerivedFrom", "rdf:predicate",
    "rdf:subject", "rdfs:seeAlso", "skos:broader", "skos:closeMatch", "skos:exactMatch", "skos:inScheme",
    "skos:related", "void:linkPredicate", "void:objectsTarget", "void:subjectsTarget",
)  # fmt: skip
_DATES = ("dcterms:created", "dcterms:issued", "dcterms:modified")
_PUBLISHED: dict[str, dict[str, str]] = {
    **dict.fromkeys(_TEXTS, _TEXT),
    **dict.fromkeys(_THINGS, _ID),
    **dict.fromkeys(_DATES, _EDTF),
    "schema:url": {"@type": terms.XSD + "anyURI"},
}


def make_context(vocabulary: Iterable[ox.Triple]) -> dict[str, Any]:
    """The context of an ontology: its properties with what their values are, and our prefixes."""
    own = _own_terms(vocabulary)
    context: dict[str, Any] = {"@version": 1.1, "@vocab": terms.ONTOLOGY}
    # a property and a prefix can't share a key: there the prefix is left out, and its IRIs stand in full
    context |= {prefix: iri for prefix, iri in sorted(PREFIXES.items()) if prefix not in own}
    context |= dict(sorted(own.items()))
    return context | {key: {"@id": terms.expand(key), **kind} for key, kind in sorted(_PUBLISHED.items())}


def _own_terms(vocabulary: Iterable[ox.Triple]) -> dict[str, dict[str, str]]:
    kinds: dict[str, dict[str, str]] = {}
    ranges: dict[str, str] = {}
    for subject, predicate, value in vocabulary:
        name = subject.value.removeprefix(terms.ONTOLOGY)
        if predicate.value == terms.RDFS + "range":
            ranges[name] = value.value
        elif predicate.value == terms.TYPE and value.value in _THINGS_KINDS:
            kinds[name] = _ID
        elif predicate.value == terms.TYPE and value.value == _OWL + "DatatypeProperty":
            kinds[name] = _TEXT if name in _TEXTS_OF_OURS else {}
    for name, kind in kinds.items():
        if not kind and ranges.get(name, terms.XSD + "string") != terms.XSD + "string":
            kinds[name] = {"@type": ranges[name]}
    return {name: {"@id": terms.kt(name), **kind} for name, kind in kinds.items() if ":" not in name}


def document(vocabulary: Iterable[ox.Triple]) -> str:
    """The text of the file: the context, and its version, itself said in JSON-LD."""
    about = {"@id": f"{terms.ONTOLOGY}context/{VERSION}", "owl:versionInfo": VERSION}
    lines = [f"    {_json(key)}: {_json(value)}" for key, value in make_context(vocabulary).items()]
    head = [f"  {_json(key)}: {_json(value)}," for key, value in about.items()]
    return "\n".join(["{", *head, '  "@context": {', ",\n".join(lines), "  }", "}", ""])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_context() -> dict[str, Any]:
    """The shipped context: keys as in JSON-LD's ``@context``."""
    found: dict[str, Any] = json.loads((resources.ontology() / FILE).read_text(encoding="utf-8"))["@context"]
    return found


if __name__ == "__main__":
    from kzturk_graph.graph.files import read_quads

    words = [quad.triple for path in resources.vocabulary_files() for quad in read_quads(path)]
    (resources.ontology() / FILE).write_text(document(words), encoding="utf-8")
