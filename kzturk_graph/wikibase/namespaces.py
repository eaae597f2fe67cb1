"""The namespaces of Wikidata's RDF, with the prefixes that its query service lends to every query.

From https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format#Full_list_of_prefixes.
"""

from __future__ import annotations

from kzturk_graph import terms

SITE = "http://www.wikidata.org/"
WIKIBASE = "http://wikiba.se/ontology#"
SCHEMA = "http://schema.org/"
"""Wikibase writes schema.org with http; our own vocabulary has https."""
BIGDATA = "http://www.bigdata.com/rdf#"
HINT = "http://www.bigdata.com/queryHints#"
GEO = "http://www.opengis.net/ont/geosparql#"

PREFIXES: dict[str, str] = {
    "bd": BIGDATA,
    "cc": "http://creativecommons.org/ns#",
    "hint": HINT,
    "ontolex": "http://www.w3.org/ns/lemon/ontolex#",
    "p": SITE + "prop/",
    "pq": SITE + "prop/qualifier/",
    "pqn": SITE + "prop/qualifier/value-normalized/",
    "pqv": SITE + "prop/qualifier/value/",
    "pr": SITE + "prop/reference/",
    "prn": SITE + "prop/reference/value-normalized/",
    "prov": terms.PREFIXES["prov"],
    "prv": SITE + "prop/reference/value/",
    "ps": SITE + "prop/statement/",
    "psn": SITE + "prop/statement/value-normalized/",
    "psv": SITE + "prop/statement/value/",
    "schema": SCHEMA,
    "wd": SITE + "entity/",
    "wdata": "https://www.wikidata.org/wiki/Special:EntityData/",
    "wdno": SITE + "prop/novalue/",
    "wdref": SITE + "reference/",
    "wds": SITE + "entity/statement/",
    "wdt": SITE + "prop/direct/",
    "wdtn": SITE + "prop/direct-normalized/",
    "wdv": SITE + "value/",
    "wikibase": WIKIBASE,
}

OWN_STATEMENT = terms.BASE + "wikibase/statement/"
OWN_REFERENCE = terms.BASE + "wikibase/reference/"
OWN_VALUE = terms.BASE + "wikibase/value/"
"""Nodes that we name ourselves: Wikidata's own names for references and values come from hashes of its own."""
