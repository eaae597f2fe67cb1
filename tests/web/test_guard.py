"""The guard: what never reaches the engine, and what does unharmed."""

from __future__ import annotations

import contextlib
import time

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzturk_graph.errors import InputError
from kzturk_graph.queries.catalogue import catalogue
from kzturk_graph.web.workers import guard

pytestmark = pytest.mark.needs("web")

CALLS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> {} }", "SELECT * { service silent <http://127.0.0.1:9/> {} }",
    "SELECT * { SERVICE # a comment\n <http://127.0.0.1:9/> {} }", "SELECT * { ?s ?p true.SERVICE <http://127.0.0.1:9/> {} }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { ?s ?p true.SERVICE:x {} }", "SELECT * { ?s ?p trueSERVICE <http://127.0.0.1:9/> {} }",
    "SELECT * { ?s ?p 1e5SERVICE <http://127.0.0.1:9/> {} }", 'SELECT * { ?s ?p """a"""SERVICE <http://127.0.0.1:9/> {} }',
    'SELECT * { VALUES ?x { """foo" } SERVICE <http://127.0.0.1:9/> {} }', "SELECT * { ?s <p:\\u0041#> ?o SERVICE <http://127.0.0.1:9/> {}\n}",
    "SELECT * { ?s ?p ?o FILTER(?s<?b)SERVICE?x#>\n{ } }", "SELECT * { { SELECT * { SERVICE ?any { ?s ?p ?o } } } }",
    "\\u0053ELECT * { \\u0053ERVICE <http://127.0.0.1:9/> {} }", "SELECT * { ?s ?p '\\'' SERVICE <http://127.0.0.1:9/> {} }",
]  # fmt: skip


@pytest.mark.parametrize("query", CALLS)
def test_no_call_to_another_machine_passes(query: str) -> None:
    """Either it is refused, or what is left of it is no query any more."""
    try:
        checked = guard.check(query, 100)
    except (guard.RefusedError, InputError):
        return
    with pytest.raises(SyntaxError):
        ox.Store().query(checked.text, prefixes={"": "http://127.0.0.1:9/"})


HARMLESS = [
    "SELECT ?service { ?service ?p ?o }", "SELECT * { ?s <http://example.org/service#SERVICE> ?o }", "SELECT * { ?s ?p 'SERVICE <x:y> {}' }",
    'SELECT * { ?s ?p """a SERVICE\nb""" }', "SELECT * { ?s ?p ?o } # SERVICE <x:y> {}", "PREFIX e: <x:> SELECT * { e:service e:a-service e:servicepoint }",
    "SELECT ($SERVICE AS ?x) { ?s ?p $SERVICE }", "PREFIX s: <http://service.example/> SELECT * { s:a ?p 'self-service'@en }",
]  # fmt: skip


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_may_stand_where_it_is_no_call(query: str) -> None:
    store = ox.Store()
    texts = ("SERVICE <x:y> {}", "a SERVICE\nb")
    for subject in ("x:service", "http://service.example/a"):
        for value in (
            *map(ox.Literal, texts),
            ox.Literal("self-service", language="en"),
            ox.NamedNode("x:servicepoint"),
        ):
            for predicate in ("x:a-service", "http://example.org/service#SERVICE"):
                store.add(ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value))

    def rows(text: str) -> list[str]:
        return sorted(map(str, store.query(text)))

    assert rows(guard.check(query, 100).text) == rows(query) != []


def test_saved_queries_pass_as_they_are() -> None:
    for query in catalogue().values():
        checked = guard.check(query.text, 100)
        assert checked.text == query.text or "service" in query.text.lower()


@pytest.mark.parametrize(
    "update", ["INSERT DATA {}", "PREFIX a: <b:> delete where {}", "BASE <x:> LOAD <y>", "# SELECT\nDROP ALL"]
)
def test_an_update_is_known_by_its_first_word(update: str) -> None:
    assert guard.is_update(update)
    assert guard.is_update("SELECT ?insert { ?s ?p 'DROP' }") is None


def test_brackets_up_to_the_limit_pass() -> None:
    def nested(depth: int) -> str:
        return "ASK { FILTER(" + "(" * depth + "1" + ")" * depth + ") }"

    assert guard.check(nested(98), 100).text == nested(98)
    with pytest.raises(InputError) as refused:
        guard.check(nested(99), 100)
    assert (refused.value.line, refused.value.column) == (1, len("ASK { FILTER(") + 99)


def test_long_lists_are_no_nesting() -> None:
    values = "SELECT * { VALUES ?x { " + " ".join(f"-{number}" for number in range(5000)) + " } }"
    rows = "SELECT * { VALUES (?x ?y) { " + "(1 2) " * 5000 + " } }"
    triples = "SELECT * { " + "?s ?p ?o . " * 3000 + "}"
    listed = "SELECT * { ?s ?p ?o FILTER(?o IN (" + ", ".join(map(str, range(5000))) + ")) }"
    for query in (values, rows, triples, listed):
        assert guard.check(query, 100).text == query


PIECES = st.lists(
    st.sampled_from(["SERVICE", "service", " ", "\n", '"', "'", '"""', "'''", "\\", "#", "<", ">", "{", "}", "(", ")", "?x", ":", "a", ".", "-", "1", "u0053", "true", "e:"]),
    max_size=40,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(PIECES)
def test_whatever_passes_holds_no_call(pieces: list[str]) -> None:
    """The word is left in no text that passes, but after a variable's mark or a name's colon."""
    import re

    try:
        text = guard.check("".join(pieces), 100).text
    except (guard.RefusedError, InputError):
        return
    for found in re.finditer("service", text, re.IGNORECASE):
        before = re.search(r"(?:[?$][\w·]*|:[\w\-%\\·:]*)$", text[: found.start()])
        assert before is not None, text


@pytest.mark.parametrize(
    "piece",
    ['"\\', '\\"""\n', "a-", "<", "'''", "a.", "?", "_", '"', "#", "\\", "a:\\", "service ", "'service", "<service", "((", "||", "{", "\n", "é", "\\u0053"],
)  # fmt: skip
def test_the_time_grows_with_the_length_alone(piece: str) -> None:
    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        began = time.process_time()
        for check in (lambda: guard.check(text, 100), lambda: guard.check(text, 10**9), lambda: guard.is_update(text)):
            with contextlib.suppress(guard.RefusedError, InputError):
                check()
        return time.process_time() - began

    seconds(1000)
    assert seconds(128 * 1024) < 200 * max(seconds(8 * 1024), 0.005)  # sixteen times as long; squared it were 256 times
