"""The table of terms: which of Wikidata's classes and properties ours stand for."""

from __future__ import annotations

import csv

import pytest

from kzturk_graph import resources, terms
from kzturk_graph.graph.files import read_quads
from kzturk_graph.links.terms_table import BROAD, NARROW, read_terms
from tests.conftest import WIKIDATA

PUBLISHED = {terms.TYPE, terms.RDFS + "subClassOf", terms.PREFIXES["cur"] + "USD"}


def test_every_term_is_declared() -> None:
    declared = {quad.subject.value for path in resources.vocabulary_files() for quad in read_quads(path)}  # type: ignore[union-attr]
    assert set(read_terms().all) | read_terms().no_term_found <= declared | PUBLISHED


@pytest.mark.needs("wikidata")
def test_every_id_is_a_confirmed_one_with_its_label() -> None:
    with (WIKIDATA / "identifiers.tsv").open(encoding="utf-8") as file:
        known = {row["id"]: row["label"] for row in csv.DictReader(file, delimiter="\t") if row["id"]}
    known |= {"P138": "named after", "Q165": "sea"}  # labelled so in the slices
    for given in read_terms().all.values():
        for term in given:
            assert known[term.id].startswith(term.label)


def test_a_class_is_never_narrowed() -> None:
    table = read_terms()
    assert table.is_a(terms.CONCEPT + "embassy") == "Q3917681"
    assert table.is_a(terms.CONCEPT + "honorary-consulate") == "Q7843791"  # wider, since none is the same
    assert table.is_a(terms.kt("Treaty")) is None  # theirs are all narrower
    assert {term.predicate for term in table.classes[terms.kt("Treaty")]} == {NARROW}
    assert table.classes[terms.CONCEPT + "honorary-consulate"][0].predicate == BROAD


def test_what_was_not_found_differs_from_what_was_not_looked_up() -> None:
    table = read_terms()
    assert terms.CONCEPT + "state-visit" in table.no_term_found
    assert terms.CONCEPT + "working-visit" not in table.no_term_found
    assert terms.CONCEPT + "working-visit" not in table.all
