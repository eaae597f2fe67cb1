"""Namespaces, prefixes and the few IRIs that the code itself names."""

from __future__ import annotations

BASE = "https://w3id.org/kzturk/"
ONTOLOGY = BASE + "ontology/"
CONCEPT = BASE + "concept/"
ENTITY = BASE + "id/"
DOCUMENT = BASE + "document/"
PASSAGE = BASE + "passage/"
ASSERTION = BASE + "assertion/"
REPORT = BASE + "report/"
DATE = BASE + "date/"
SHAPE = BASE + "shape/"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "a": ASSERTION,
    "bibo": "http://purl.org/ontology/bibo/",
    "c": CONCEPT,
    "cur": "http://qudt.org/vocab/currency/",
    "date": DATE,
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "doc": DOCUMENT,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "id": ENTITY,
    "kt": ONTOLOGY,
    "n": REPORT,
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "p": PASSAGE,
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#",
    "shape": SHAPE,
    "skos": SKOS,
    "void": "http://rdfs.org/ns/void#",
    "wd": "http://www.wikidata.org/entity/",
    "xsd": XSD,
}

TYPE = RDF + "type"
LABEL = RDFS + "label"
PREF_LABEL = SKOS + "prefLabel"
ALT_LABEL = SKOS + "altLabel"
EDTF = PREFIXES["edtf"] + "EDTF"
FACT = CONCEPT + "fact"
DENIED = CONCEPT + "denied"
ERRONEOUS = CONCEPT + "erroneous"

LANGUAGES = ("en", "tr", "kk", "ru")


def kt(name: str) -> str:
    """The IRI of a term of our ontology."""
    return ONTOLOGY + name


def local(iri: str) -> str:
    """The last part of an IRI, after its last slash or hash."""
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def curie(iri: str) -> str:
    """The IRI as a CURIE in our prefixes where one of them begins it, else the IRI itself."""
    head, tail = iri[: -len(local(iri))] if local(iri) else iri, local(iri)
    for prefix, namespace in PREFIXES.items():
        if head == namespace:
            return f"{prefix}:{tail}"
    return iri


def expand(text: str) -> str | None:
    """The IRI that a CURIE in our prefixes stands for; None where it isn't one."""
    prefix, colon, tail = text.partition(":")
    return PREFIXES[prefix] + tail if colon and prefix in PREFIXES and not tail.startswith("//") else None
