"""Each shape has an example that conforms and one that triggers it; none of shapes and examples is unused."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.validation.shapes import SH

from .conftest import EXAMPLES, found_in, needs_fast, shapes

CONFORMING = sorted(EXAMPLES.glob("*/conforms.ttl"))
TRIGGERING = sorted(EXAMPLES.glob("*/triggers*.ttl"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def expected(example: Path) -> set[tuple[str, str]]:
    """(constraint, node) of each ``#!`` line at the head of an example."""
    rows = re.findall(r"^#! (\S+) (\S+)$", example.read_text(), re.M)
    return {(rule, terms.expand(node) or node) for rule, node in rows}


def targeted() -> set[str]:
    """The node shapes with a target of their own: the others are parts of them."""
    return {
        terms.local(t.subject.value)  # type: ignore[union-attr]
        for t in shapes().everything
        if t.predicate.value.startswith(SH + "target")
    }


def folder(shape: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "-", shape).lower()


def constraints() -> set[str]:
    kind = ox.NamedNode(SH + "PropertyShape")
    return {terms.local(t.subject.value) for t in shapes().everything if t.object == kind}  # type: ignore[union-attr]


@pytest.mark.parametrize("example", CONFORMING, ids=name_of)
def test_conforming_example_has_no_finding(example: Path) -> None:
    assert [(each.rule, each.focus.value) for each in found_in(example)] == []


@pytest.mark.parametrize("example", TRIGGERING, ids=name_of)
def test_triggering_example_breaks_what_its_head_says_and_nothing_else(example: Path) -> None:
    assert {(each.rule, each.focus.value) for each in found_in(example)} == expected(example)


def test_every_shape_has_both_examples_and_every_example_its_shape() -> None:
    shape_folders = {folder(shape) for shape in targeted()}
    assert {path.parent.name for path in CONFORMING} == shape_folders
    assert {path.parent.name for path in TRIGGERING} == shape_folders
    assert set(EXAMPLES.rglob("*.ttl")) == {*CONFORMING, *TRIGGERING}


def test_every_constraint_is_triggered_in_its_own_shape_s_example() -> None:
    found = {(path.parent.name, rule) for path in TRIGGERING for rule, _ in expected(path)}
    assert {rule for _, rule in found} == constraints()
    assert {(folder(rule.split("-", 1)[0]), rule) for rule in constraints()} <= found


def test_every_triggering_example_is_about_its_own_shape() -> None:
    for path in TRIGGERING:
        assert any(folder(rule.split("-", 1)[0]) == path.parent.name for rule, _ in expected(path)), path


@needs_fast
@pytest.mark.parametrize("example", [*CONFORMING, *TRIGGERING], ids=name_of)
def test_fast_engine_finds_the_same(example: Path) -> None:
    assert found_in(example, "fast") == found_in(example)
