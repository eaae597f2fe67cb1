"""The forms that the data about a thing comes in."""

from __future__ import annotations

from typing import NamedTuple


class Form(NamedTuple):
    """A form of RDF: the end of its address, its media type, and what the exports call it."""

    end: str
    media: str
    name: str


FORMS = (
    Form("ttl", "text/turtle", "turtle"),
    Form("jsonld", "application/ld+json", "jsonld"),
    Form("trig", "application/trig", "trig"),
    Form("nt", "application/n-triples", "ntriples"),
    Form("rdf", "application/rdf+xml", "rdfxml"),
    Form("nq", "application/n-quads", "nquads"),
)
BY_END = {form.end: form for form in FORMS}
BY_MEDIA = {form.media: form for form in FORMS} | {"application/json": FORMS[1]}
PAGE = ("text/html", "application/xhtml+xml")
"""What a browser asks for: the page about the thing."""
OFFERS = (*PAGE, *BY_MEDIA)
