"""SPARQL results in JSON as endpoints really write them."""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest

from kzturk_graph.errors import UsageError
from kzturk_graph.wikibase.sparql_results import rows

XSD_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")


def body(term: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": [{"a": term}]}, **more}).encode()


@pytest.mark.parametrize(
    ("term", "read"),
    [
        ({"type": "uri", "value": "http://a.kz/"}, ox.NamedNode("http://a.kz/")),
        ({"type": "literal", "value": "a", "xml:lang": "kk"}, ox.Literal("a", language="kk")),
        ({"type": "literal", "value": "a", "xml:lang": "a b"}, ox.Literal("a")),
        ({"type": "literal", "value": "a", "datatype": None}, ox.Literal("a")),
        (
            {"type": "typed-literal", "value": "1", "datatype": XSD_INTEGER.value},
            ox.Literal("1", datatype=XSD_INTEGER),
        ),
        ({"type": "bnode", "value": "t12"}, ox.BlankNode("t12")),
    ],
)
def test_terms(term: dict[str, Any], read: object) -> None:
    assert rows(body(term)) == [{"a": read}]


@pytest.mark.parametrize("text", ["http://a.kz/100%", "http://a.kz/a b", "www.a.kz", 'http://a.kz/<"ü">'])
def test_an_iri_that_isn_t_valid_is_kept(text: str) -> None:
    (row,) = rows(body({"type": "uri", "value": text}))
    term = row["a"]
    assert isinstance(term, ox.NamedNode)
    assert term.value == text


def test_an_old_language_code_is_kept() -> None:
    (row,) = rows(body({"type": "literal", "value": 'a "b"\n', "xml:lang": "zh-classical"}))
    term = row["a"]
    assert isinstance(term, ox.Literal)
    assert (term.value, term.language) == ('a "b"\n', "zh-classical")


def test_a_blank_node_may_be_called_anything() -> None:
    (row,) = rows(body({"type": "bnode", "value": "genid-1 x"}))
    assert isinstance(row["a"], ox.BlankNode)


def test_members_behind_the_results_are_passed_over() -> None:
    assert rows(body({"type": "uri", "value": "http://a.kz/"}, meta={"query-time-ms": 3}))


@pytest.mark.parametrize(
    "broken",
    [b"", b'{"head":', b"[]", b'{"results": []}', b'{"results": {"bindings": [1]}}', body({"type": "uri"}), body({})],
)
def test_broken_results(broken: bytes) -> None:
    with pytest.raises(SyntaxError):
        rows(broken)


def test_an_ask_has_no_rows() -> None:
    with pytest.raises(UsageError):
        rows(b'{"head": {}, "boolean": true}')
