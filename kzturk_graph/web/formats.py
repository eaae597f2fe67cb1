"""The formats that SPARQL answers come in: their names, media types and how the engine calls them."""

from __future__ import annotations

from typing import NamedTuple

import pyoxigraph as ox


class Format(NamedTuple):
    """A format: its name for ``format=``, the media types that ask for it (the first is what it is sent as), and the
    engine's own writer."""

    name: str
    media: tuple[str, ...]
    engine: ox.QueryResultsFormat | ox.RdfFormat
    suffix: str

    @property
    def content_type(self) -> str:
        """The value of the header; text formats say that they are UTF-8."""
        return f"{self.media[0]}; charset=utf-8" if self.media[0].startswith("text/") else self.media[0]


def _by_name(*formats: Format) -> dict[str, Format]:
    return {each.name: each for each in formats}


_ROWS, _RDF = ox.QueryResultsFormat, ox.RdfFormat

ROWS = _by_name(
    Format("json", ("application/sparql-results+json", "application/json", "text/json"), _ROWS.JSON, "srj"),
    Format("xml", ("application/sparql-results+xml", "application/xml", "text/xml"), _ROWS.XML, "srx"),
    Format("csv", ("text/csv",), _ROWS.CSV, "csv"),
    Format("tsv", ("text/tab-separated-values",), _ROWS.TSV, "tsv"),
)
"""For SELECT and ASK; the first is given to who has no preference."""

GRAPHS = _by_name(
    Format("turtle", ("text/turtle", "application/turtle", "application/x-turtle"), _RDF.TURTLE, "ttl"),
    Format("jsonld", ("application/ld+json", "application/json"), _RDF.JSON_LD, "jsonld"),
    Format("ntriples", ("application/n-triples", "text/plain"), _RDF.N_TRIPLES, "nt"),
    Format("rdfxml", ("application/rdf+xml", "application/xml", "text/xml"), _RDF.RDF_XML, "rdf"),
    Format("trig", ("application/trig", "application/x-trig"), _RDF.TRIG, "trig"),
)
"""For CONSTRUCT and DESCRIBE, and for graphs; the first is given to who has no preference."""

SHORT = {
    "ttl": "turtle",
    "nt": "ntriples",
    "rdf": "rdfxml",
    "json-ld": "jsonld",
    "srj": "json",
    "srx": "xml",
    "rdf+xml": "rdfxml",
}
"""Other words for ``format=``."""


def offered(formats: dict[str, Format]) -> dict[str, Format]:
    """Media type → format, first what each is sent as: a range such as ``text/*`` then means that and no other word for
    it."""
    first = {each.media[0]: each for each in formats.values()}
    return first | {media: each for each in formats.values() for media in each.media if media not in first}


def named(name: str) -> tuple[Format | None, Format | None]:
    """The formats for rows and for graphs that a name or media type stands for; None where it is none of that kind."""
    name = name.strip().lower()
    name = SHORT.get(name, name)
    row = ROWS.get(name) or next((each for each in ROWS.values() if name in each.media), None)
    graph = GRAPHS.get(name) or next((each for each in GRAPHS.values() if name in each.media), None)
    # a word for one kind alone serves the other kind with what is nearest to it
    nearest = {"json": "jsonld", "xml": "rdfxml"}
    return row, graph or (GRAPHS[nearest[name]] if name in nearest else None)
