"""The shapes by themselves: messages, severities, and which graph they run on."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.graph.files import read_quads
from kzturk_graph.validation.paths import Path as PropertyPath
from kzturk_graph.validation.paths import Paths
from kzturk_graph.validation.shapes import FACTS, METADATA, MODES, SH, shape_files

from .conftest import shapes

MESSAGES = sorted(
    (terms.local(t.subject.value), t.object.value)  # type: ignore[union-attr]
    for t in shapes().everything
    if t.predicate.value == SH + "message"
)


@pytest.mark.parametrize(("shape", "message"), MESSAGES)
def test_message_says_what_is_wrong_and_what_to_do_in_one_sentence(shape: str, message: str) -> None:
    wrong, colon, remedy = message.partition(": ")
    assert colon
    assert message[0].isupper()
    assert message.endswith(".")
    assert ". " not in message
    assert len(wrong.split()) >= 3
    assert len(remedy.split()) >= 2


def test_every_constraint_has_one_message() -> None:
    owners = {shape.removesuffix("-query") for shape, _ in MESSAGES}
    kind = ox.NamedNode(SH + "PropertyShape")
    properties = {terms.local(t.subject.value) for t in shapes().everything if t.object == kind}  # type: ignore[union-attr]
    assert owners == properties
    assert len(MESSAGES) == len(properties)


def test_every_term_of_ours_in_the_shapes_is_declared() -> None:
    from kzturk_graph import resources

    declared = {q.subject for path in resources.vocabulary_files() for q in read_quads(path)}
    used = {
        node
        for t in shapes().everything
        for node in (t.subject, t.object)
        if isinstance(node, ox.NamedNode) and node.value.startswith((terms.ONTOLOGY, terms.CONCEPT))
    }
    assert used <= declared


def test_each_file_is_for_a_graph_that_it_is_about() -> None:
    def has(graph: str, shape: str) -> bool:
        return any(t.subject == ox.NamedNode(terms.SHAPE + shape) for t in shapes().of(graph))

    assert (has(FACTS, "Session"), has(MODES, "Session"), has(METADATA, "Session")) == (True, True, False)
    assert (has(FACTS, "Assertion"), has(MODES, "Assertion"), has(METADATA, "Assertion")) == (
        False,
        False,
        True,
    )
    assert (has(FACTS, "Mention"), has(MODES, "Mention"), has(METADATA, "Mention")) == (False, True, False)
    for path in shape_files():
        assert path.read_text().startswith("# These shapes run on the "), path


@pytest.mark.parametrize(
    ("turtle", "sparql"),
    [
        ("kt:date", "kt:date"),
        ("[ sh:inversePath kt:of ]", "^kt:of"),
        ("( kt:partOf kt:noClaim )", "kt:partOf/kt:noClaim"),
        ("[ sh:alternativePath ( kt:date ( kt:partOf kt:date ) ) ]", "kt:date|kt:partOf/kt:date"),
        ("( [ sh:alternativePath ( kt:date kt:of ) ] kt:date )", "(kt:date|kt:of)/kt:date"),
        ("[ sh:zeroOrMorePath kt:partOf ]", "kt:partOf*"),
    ],
)
def test_path_is_written_as_sparql_and_read_back_from_turtle(turtle: str, sparql: str) -> None:
    def read(text: str) -> PropertyPath | None:
        data = f"@prefix sh: <{SH}> . @prefix kt: <{terms.ONTOLOGY}> . <x:s> sh:path {text} ."
        triples = [quad.triple for quad in ox.parse(data.encode(), format=ox.RdfFormat.TURTLE)]
        return Paths(triples).of_shape(ox.NamedNode("x:s"))

    path = read(turtle)
    assert str(path) == sparql
    assert path is not None
    assert read(path.turtle()) == path
