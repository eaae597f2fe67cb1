"""Same facts in another order or syntax are no difference; anything else is one."""

from __future__ import annotations

import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kzturk_graph.differences.compare import comparable, compare
from kzturk_graph.differences.report import difference
from kzturk_graph.differences.telling import telling
from kzturk_graph.graph.files import FORMATS
from tests.differences.states import BASIC, HEAD, state

PLAIN = 'id:x kt:p [ kt:q 1, "a"@en ; kt:r [ kt:q 2 ] ], ( 1 2 ) . <#here> kt:p <other> .'


def written(folder: Path, name: str, quads: list[ox.Quad]) -> str:
    path = folder / name
    path.write_bytes(ox.serialize(quads, format=FORMATS[path.suffix]) or b"")
    return str(path)


@pytest.mark.parametrize("ending", [".trig", ".nq", ".jsonld"])
def test_graphs_in_another_order_and_syntax(tmp_path: Path, ending: str) -> None:
    quads = list(ox.parse(HEAD + BASIC, format=ox.RdfFormat.TRIG))
    random.Random(1).shuffle(quads)
    assert not difference(state(tmp_path, "old.trig", BASIC), written(tmp_path, f"new{ending}", quads))


@pytest.mark.parametrize("ending", [".ttl", ".trig", ".nt", ".nq", ".rdf", ".jsonld", ".n3"])
def test_triples_with_blank_nodes_in_another_order_and_syntax(tmp_path: Path, ending: str) -> None:
    quads = list(ox.parse(HEAD + PLAIN, format=ox.RdfFormat.TURTLE, base_iri="relative:///"))
    random.Random(1).shuffle(quads)
    assert not difference(state(tmp_path, "one/old.ttl", PLAIN), written(tmp_path, f"new{ending}", quads))


def test_other_prefixes_and_one_file_or_several(tmp_path: Path) -> None:
    state(tmp_path, "one/all.trig", BASIC + "id:y kt:p id:z .")
    state(tmp_path, "two/documents/901.trig", BASIC.replace("id:x", "<https://w3id.org/kzturk/id/x>"))
    state(tmp_path, "two/curator/more.trig", "@prefix z: <https://w3id.org/kzturk/id/> . z:y kt:p z:z .")
    assert not difference(str(tmp_path / "one"), str(tmp_path / "two"))


def test_blank_nodes_of_two_files_are_kept_apart(tmp_path: Path) -> None:
    state(tmp_path, "one/a.ttl", "_:b kt:p 1 .")
    state(tmp_path, "one/b.ttl", "_:b kt:q 2 .")
    apart = state(tmp_path, "apart.ttl", "[] kt:p 1 . [] kt:q 2 .")
    joined = state(tmp_path, "joined.ttl", "[] kt:p 1 ; kt:q 2 .")
    assert not difference(str(tmp_path / "one"), apart)
    assert difference(str(tmp_path / "one"), joined)


def test_a_value_inside_a_blank_node_is_seen_to_change(tmp_path: Path) -> None:
    old = state(tmp_path, "old.ttl", "id:x kt:p [ kt:r [ kt:q 1 ] ] . id:y kt:p [ kt:q 3 ] .")
    new = state(tmp_path, "new.ttl", "id:x kt:p [ kt:r [ kt:q 2 ] ] . id:y kt:p [ kt:q 3 ] .")
    found = difference(old, new).counts
    assert (found["changed"], sum(found.values())) == (1, 1)


def test_a_triple_file_is_compared_with_graphs_as_triples(tmp_path: Path) -> None:
    triples = BASIC[BASIC.index("id:x") : BASIC.rindex("}")]
    found = difference(state(tmp_path, "a.trig", BASIC), state(tmp_path, "b.ttl", triples), facts_only=True)
    assert not found


NODES = st.sampled_from(
    [ox.NamedNode("http://e/a"), ox.NamedNode("http://e/b"), *(ox.BlankNode(f"n{i}") for i in range(3))]
)
VALUES = st.one_of(NODES, st.sampled_from([ox.Literal("1"), ox.Literal("1", language="en")]))
NAMES = st.sampled_from([ox.NamedNode("http://e/p"), ox.NamedNode("http://e/q")])
GRAPHS = st.sampled_from([ox.NamedNode("http://e/g"), ox.NamedNode("http://e/h"), ox.BlankNode("n0")])
QUADS = st.frozensets(st.builds(ox.Quad, NODES, NAMES, VALUES, GRAPHS), max_size=7)


def renamed(quads: frozenset[ox.Quad], names: list[str]) -> frozenset[ox.Quad]:
    blank = {f"n{i}": ox.BlankNode(name) for i, name in enumerate(names)}
    return frozenset(
        ox.Quad(*(blank[term.value] if isinstance(term, ox.BlankNode) else term for term in quad))  # type: ignore[arg-type]
        for quad in quads
    )


def isomorphic(one: frozenset[ox.Quad], other: frozenset[ox.Quad]) -> bool:
    sides = [ox.Dataset(one), ox.Dataset(other)]
    for side in sides:
        side.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return sides[0] == sides[1]


@settings(max_examples=300, deadline=None)
@given(QUADS, QUADS, st.permutations(["n0", "n1", "n2"]))
def test_states_differ_where_they_are_not_isomorphic(
    old: frozenset[ox.Quad], new: frozenset[ox.Quad], names: list[str]
) -> None:
    new = renamed(new, [f"new{i}" for i in range(3)])
    assert bool(compare(*comparable(old, new))) != isomorphic(old, new)
    same = renamed(old, [f"other{name}" for name in names])
    assert compare(*comparable(old, same)) == []


@settings(max_examples=200, deadline=None)
@given(QUADS, QUADS)
def test_every_quad_that_differs_is_told(old: frozenset[ox.Quad], new: frozenset[ox.Quad]) -> None:
    before, after = comparable(old, renamed(new, [f"new{i}" for i in range(3)]))
    told = compare(*telling(before, after))
    values = {(change.subject, change.property, value) for change in told for value in (*change.old, *change.new)}
    assert {(quad.subject, quad.predicate, quad.object) for quad in before ^ after} == values
