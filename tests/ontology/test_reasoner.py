"""Ontology, axioms, alignments and data under a reasoner: nothing contradicts, and what does is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from kzturk_graph import resources
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.build import merge, metadata
from kzturk_graph.graph.files import read_quads
from tests.ontology.reasoner import Inconsistent, logic, things, unsatisfiable

pytestmark = pytest.mark.needs("java")

HERE = Path(__file__).parent
AXIOMS = resources.ontology() / "axioms.ttl"
ONTOLOGY = (*resources.vocabulary_files(), AXIOMS, resources.ontology() / "alignments.ttl")
UPSTREAM = HERE / "upstream.ttl"
BROKEN = sorted((HERE / "unreasonable").glob("*.ttl"))


def test_the_ontology_is_consistent_and_no_class_is_empty() -> None:
    assert unsatisfiable(logic(ONTOLOGY)) == set()


def test_what_the_published_vocabularies_say_contradicts_no_alignment() -> None:
    assert unsatisfiable(logic((*ONTOLOGY, UPSTREAM))) == set()


def test_the_facts_contradict_neither_the_axioms_nor_the_published_vocabularies(corpus: Corpus) -> None:
    schema = logic((*ONTOLOGY, UPSTREAM))
    stated = things(merge(corpus) | metadata(corpus), schema)
    assert len(stated) > 2000
    assert unsatisfiable(schema | stated) == set()


def test_what_is_planned_or_targeted_contradicts_the_axioms_no_more(corpus: Corpus) -> None:
    schema = logic(ONTOLOGY)
    held = {t for a in corpus.assertions.values() if a.modality != "denied" for t in a.triples}
    assert unsatisfiable(schema | things(held, schema)) == set()


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_what_is_broken_is_rejected(path: Path) -> None:
    schema = logic((*ONTOLOGY, UPSTREAM))
    added = logic([path]) | things((quad.triple for quad in read_quads(path)), schema)
    if path.stem.startswith("inconsistent"):
        with pytest.raises(Inconsistent):
            unsatisfiable(schema | added)
    else:
        assert unsatisfiable(schema | added)


def test_it_is_the_axioms_that_reject() -> None:
    broken = HERE / "unreasonable" / "empty-class.ttl"
    without = [path for path in ONTOLOGY if path != AXIOMS]
    assert unsatisfiable(logic((*without, broken))) == set()
