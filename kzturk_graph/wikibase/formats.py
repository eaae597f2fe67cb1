"""What a file of Wikibase data is written in, by its content."""

from __future__ import annotations

import re

from kzturk_graph.wikibase.layouts import BLANK, foreign, shown
from kzturk_graph.wikibase.problems import Foreign

JSON, N_TRIPLES, N_QUADS, TURTLE, RDF_XML, JSON_LD = "JSON", "N-Triples", "N-Quads", "Turtle", "RDF/XML", "JSON-LD"
HINT = "read are: Wikibase JSON, and the Wikibase RDF model as N-Triples, Turtle or RDF/XML; packed or plain"

_IRI = rb"<[^<>\s]*>"
_NODE = rb"(?:" + _IRI + rb"|_:\S+)"
_OBJECT = rb"(?:" + _NODE + rb'|"(?:[^"\\]|\\.)*"(?:@[\w-]+|\^\^' + _IRI + rb")?)"
_TRIPLE = re.compile(
    rb"[ \t]*" + _NODE + rb"[ \t]*" + _IRI + rb"[ \t]*" + _OBJECT + rb"[ \t]*(" + _NODE + rb")?[ \t]*\.\s*(#.*)?"
)
_TURTLE = re.compile(rb"(?:@?prefix|@?base)\s|" + _NODE + rb"\s|[\w-]*:[^\s/]\S*\s", re.IGNORECASE)


def detect(head: bytes, name: str) -> str:
    """The format of a text that begins with these bytes; InputError, which says what it is, where it's none of ours."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(BLANK)
    what = foreign(head)
    if not text:
        what = "an empty file"
    if what is None and text.startswith((b"{", b"[")):
        return JSON_LD if re.search(rb'"@(?:context|graph|id|type)"\s*:', text[:4096]) else JSON
    if what is None and text.startswith((b"<?xml", b"<!--", b"<!DOCTYPE", b"<rdf:", b"<RDF")):
        if re.search(rb"<(?:\w+:)?RDF\b", text[:65536]):
            return RDF_XML
        root = re.search(rb"<(\w[\w:.-]*)", text)
        what = f"XML with <{root[1].decode()}>, not RDF/XML" if root else "XML"
    if what is None:
        lines = (line for line in text.split(b"\n") if line.strip() and not line.lstrip().startswith(b"#"))
        first = next(lines, b"")
        if found := _TRIPLE.fullmatch(first.rstrip(b"\r")):
            return N_QUADS if found[1] else N_TRIPLES
        if _TURTLE.match(first):
            return TURTLE
        what = f"text that begins {shown(text)}"
    raise Foreign(f"isn't Wikibase data: {what}", path=name, hint=HINT)
