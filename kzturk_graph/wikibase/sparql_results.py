"""SPARQL results, in JSON or XML, as endpoints really write them.

After https://www.w3.org/TR/sparql11-results-json/ and https://www.w3.org/TR/rdf-sparql-XMLres/. Beyond the former, what
is met with: members behind the results (QLever), ``typed-literal`` (older servers), and IRIs and language tags that
aren't valid but stand so in the data.
"""

from __future__ import annotations

import re
from typing import Any

import orjson
import pyoxigraph as ox

from kzturk_graph.errors import UsageError
from kzturk_graph.wikibase.rdf_values import Term

_ASK = ("the query isn't a SELECT", "select what is to be read")
_LABEL = re.compile(r"[A-Za-z0-9_]+")
_TAG = re.compile(r"[A-Za-z]+(-[A-Za-z0-9]+)*")
_PLAIN = re.compile(r"[\w.~:/?#\[\]@!$&'()*+,;=%-]*", re.ASCII)


def rows(body: bytes) -> list[dict[str, Term]]:
    """The rows, unbound variables aside. Raises SyntaxError where they are broken, UsageError where it's an ASK's."""
    if body.lstrip().startswith(b"<"):
        return _from_xml(body)
    try:
        results = orjson.loads(body.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise SyntaxError(str(error)) from None
    if not isinstance(results, dict):
        raise SyntaxError("no SPARQL results")
    if "boolean" in results:
        raise UsageError(*_ASK)
    bindings = _member(_member(results, "results", dict), "bindings", list)
    found = []
    for row in bindings:
        if not isinstance(row, dict):
            raise SyntaxError("a row is no object")
        found.append({name: _term(given) for name, given in row.items() if given is not None})
    return found


def _from_xml(body: bytes) -> list[dict[str, Term]]:
    results = ox.parse_query_results(body, format=ox.QueryResultsFormat.XML)
    if not isinstance(results, ox.QuerySolutions):
        raise UsageError(*_ASK)
    names = [each.value for each in results.variables]
    return [{name: term for name in names if (term := row[name]) is not None} for row in results]


def _member(given: Any, name: str, kind: type) -> Any:
    inner = given.get(name)
    if not isinstance(inner, kind):
        raise SyntaxError(f"no {name!r} in them")
    return inner


def _term(given: Any) -> Term:
    if not isinstance(given, dict) or not isinstance(text := given.get("value"), str):
        raise SyntaxError("a term without a value")
    kind = given.get("type")
    if kind in ("uri", "iri"):
        return iri(text)
    if kind == "bnode":
        name = text.removeprefix("_:")
        return ox.BlankNode(name if _LABEL.fullmatch(name) else "x" + name.encode().hex())
    if kind not in ("literal", "typed-literal"):
        raise SyntaxError(f"a term of the type {kind!r}")
    if tag := given.get("xml:lang"):
        return _tagged(text, str(tag))
    datatype = given.get("datatype")
    return ox.Literal(text, datatype=iri(str(datatype))) if datatype else ox.Literal(text)


def iri(text: str) -> ox.NamedNode:
    """An IRI as it is told, be it a valid one or not: ``http://example.org/100%`` stands in much data."""
    try:
        return ox.NamedNode(text)
    except ValueError:
        escaped = text if _PLAIN.fullmatch(text) else "".join(f"\\U{ord(sign):08X}" for sign in text)
        node = _leniently(f"<{escaped}>")
        if not isinstance(node, ox.NamedNode):
            raise SyntaxError(f"no IRI: {text!r}") from None
        return node


def _tagged(text: str, tag: str) -> Term:
    """A text with its language; without where the tag is none."""
    try:
        return ox.Literal(text, language=tag)
    except ValueError:
        whole = _leniently(f"{ox.Literal(text)}@{tag}") if _TAG.fullmatch(tag) else None
        return whole or ox.Literal(text)


def _leniently(term: str) -> Term | None:
    """A term of N-Triples, read without looking whether it is valid."""
    triple = f"<x:s> <x:p> {term} .".encode()
    try:
        return next((each.object for each in ox.parse(triple, format=ox.RdfFormat.N_TRIPLES, lenient=True)), None)
    except (SyntaxError, ValueError):
        return None
