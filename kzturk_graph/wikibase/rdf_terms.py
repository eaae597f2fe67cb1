"""The IRIs of the Wikibase RDF model, of any Wikibase.

After https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format. Every Wikibase names its terms under its own
host; what they have in common is the path (``…/entity/Q232``, ``…/prop/direct/P530``), and that is what is read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from kzturk_graph import terms
from kzturk_graph.wikibase.namespaces import OWN_STATEMENT
from kzturk_graph.wikibase.ours.identity import OWN, own_id

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
ALT_LABEL = "http://www.w3.org/2004/02/skos/core#altLabel"
SAME_AS = "http://www.w3.org/2002/07/owl#sameAs"
DERIVED = "http://www.w3.org/ns/prov#wasDerivedFrom"
SCHEMA = "http://schema.org/"
XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"

NO_UNIT = "http://www.wikidata.org/entity/Q199"
"""How RDF writes the unit of a number without a unit, in every Wikibase."""

_ONTOLOGY = re.compile(r"https?://(?:www\.)?(?:wikiba\.se/ontology(?:-beta)?(?:-1\.0)?|wikiba\.se/ontology-1\.0)#(\w+)")
_ENTITY = re.compile(r"(.*/entity/)([QPME][1-9]\d*|L[1-9]\d*(?:-[FS]\d+)?)")
_UUID = r"[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}"
_STATEMENT = re.compile(
    rf".*/statement/(?:([Ll][1-9]\d*-[FSfs]\d+)[-$]({_UUID})|([QPLMqplm][1-9]\d*)[-$](.+))", re.ASCII
)
_PROPERTY = re.compile(
    r".*/prop/(?:([a-z]+)/)?(?:(value|value-normalized)/)?([P][1-9]\d*)|.*/prop/(direct-normalized)/(P\d+)"
)
_OWN = re.compile(re.escape(terms.BASE) + r"(?:id|document)/[^/#?]+")
_OWN_STATEMENT = re.compile(re.escape(OWN_STATEMENT) + rf"(id|document)-(.+)-({_UUID})")
_GENID = re.compile(r".*/\.well-known/genid/.*")
_COMMONS = re.compile(r"https?://commons\.wikimedia\.org/(?:wiki/Special:FilePath/|data/main/)(.+)")

DATATYPES = {
    "CommonsMedia": "commonsMedia",
    "Edtf": "edtf",
    "EntitySchema": "entity-schema",
    "ExternalId": "external-id",
    "GeoShape": "geo-shape",
    "GlobeCoordinate": "globe-coordinate",
    "LocalMedia": "localMedia",
    "Math": "math",
    "Monolingualtext": "monolingualtext",
    "MusicalNotation": "musical-notation",
    "Quantity": "quantity",
    "String": "string",
    "TabularData": "tabular-data",
    "Time": "time",
    "Url": "url",
    "WikibaseEntitySchema": "entity-schema",
    "WikibaseForm": "wikibase-form",
    "WikibaseItem": "wikibase-item",
    "WikibaseLexeme": "wikibase-lexeme",
    "WikibaseProperty": "wikibase-property",
    "WikibaseSense": "wikibase-sense",
}
"""Wikibase's names of datatypes: in RDF, in JSON."""

LANGUAGES = {
    "cbk": "cbk-zam",
    "de-x-formal": "de-formal",
    "egl": "eml",
    "en-simple": "simple",
    "es-x-formal": "es-formal",
    "hu-x-formal": "hu-formal",
    "jv-x-bms": "map-bms",
    "nap-x-tara": "roa-tara",
    "nl-x-informal": "nl-informal",
    "nrf": "nrm",
    "sr-cyrl": "sr-ec",
    "sr-latn": "sr-el",
    "zh-hans-cn": "zh-cn",
    "zh-hans-my": "zh-my",
    "zh-hans-sg": "zh-sg",
    "zh-hant-hk": "zh-hk",
    "zh-hant-mo": "zh-mo",
    "zh-hant-tw": "zh-tw",
}
"""Language tags of RDF, in lower case, that JSON has MediaWiki's own codes for; all others are the same in both."""


class Role(NamedTuple):
    """What a predicate does: ``part`` is ``claim`` (p:), ``direct``, ``statement``, ``qualifier``, ``reference`` or
    ``novalue``; ``deep`` that it leads to a value's node.
    """

    part: str
    property: str
    deep: bool


@lru_cache(1 << 16)
def role(iri: str) -> Role | None:
    """The role of a property's IRI, ``…/prop/qualifier/value/P585`` say; None for other IRIs and normalized values."""
    found = _PROPERTY.fullmatch(iri)
    if not found or found[4] or found[2] == "value-normalized" or (found[1] or "").endswith("normalized"):
        return None
    part = found[1] or "claim"
    if part not in ("claim", "direct", "statement", "qualifier", "reference", "novalue"):
        return None
    return Role(part, found[3], found[2] == "value")


@lru_cache(1 << 10)
def wikibase(iri: str) -> str | None:
    """The local name of a term of Wikibase's ontology, the older ``ontology-beta`` included; None for other IRIs."""
    found = _ONTOLOGY.fullmatch(iri)
    return found[1] if found else None


@lru_cache(1 << 14)
def entity_iri(iri: str) -> tuple[str, str] | None:
    """The base and the id in an entity's IRI; None for any other."""
    found = _ENTITY.fullmatch(iri)
    return (found[1], found[2]) if found else None


def own_entity(iri: str) -> tuple[str, str] | None:
    """The base and the id in the IRI of a thing of ours, as our own export names what is linked to nothing."""
    found = _OWN.fullmatch(iri)
    return (terms.BASE, own_id(iri)) if found else None


def own_statement(iri: str) -> str | None:
    """The id of a statement that our own export made; None for any other IRI."""
    found = _OWN_STATEMENT.fullmatch(iri)
    return f"{OWN}{found[1]}/{found[2]}${found[3]}" if found else None


def statement_id(iri: str) -> tuple[str, str] | None:
    """The entity and the full id, ``Q232$…``, that a statement's IRI tells; None for any other IRI."""
    found = _STATEMENT.fullmatch(iri)
    if not found:
        return None
    owner, rest = found[1] or found[3], found[2] or found[4]
    return owner[:1].upper() + owner[1:], f"{owner}${rest}"


def genid(iri: str) -> bool:
    """Whether an IRI stands for a blank node, an unknown value here."""
    return _GENID.fullmatch(iri) is not None


def file_name(iri: str) -> str | None:
    """The name that JSON has for a file, map or table on Wikimedia Commons; None for other IRIs."""
    found = _COMMONS.fullmatch(iri)
    return unquote(found[1]).replace("_", " ") if found else None


PROJECTS = {
    "wikipedia": "wiki",
    "wikibooks": "wikibooks",
    "wikinews": "wikinews",
    "wikiquote": "wikiquote",
    "wikisource": "wikisource",
    "wikiversity": "wikiversity",
    "wikivoyage": "wikivoyage",
    "wiktionary": "wiktionary",
}
SITES = {
    "commons.wikimedia.org": "commonswiki",
    "incubator.wikimedia.org": "incubatorwiki",
    "meta.wikimedia.org": "metawiki",
    "outreach.wikimedia.org": "outreachwiki",
    "species.wikimedia.org": "specieswiki",
    "wikimania.wikimedia.org": "wikimaniawiki",
    "wikisource.org": "sourceswiki",
    "www.mediawiki.org": "mediawikiwiki",
    "www.wikidata.org": "wikidatawiki",
    "www.wikifunctions.org": "wikifunctionswiki",
    "be-tarask.wikipedia.org": "be_x_oldwiki",
}


def sitelink(iri: str) -> tuple[str, str]:
    """The site and the title of a page by its address; a host outside Wikimedia stands for itself as the site."""
    host, _, path = iri.partition("://")[2].partition("/")
    title = unquote(path.removeprefix("wiki/")).replace("_", " ")
    language, _, rest = host.partition(".")
    project = PROJECTS.get(rest.removesuffix(".org"))
    site = SITES.get(host) or (language.replace("-", "_") + project if project and rest.endswith(".org") else host)
    return site, title
