"""What was said by whom, in which document, by when: what each choice keeps, and that choices combine."""

from __future__ import annotations

import datetime
import json

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.errors import UnknownName, UsageError
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.build import admitted, default_graph, merge, quads, restricted
from kzturk_graph.graph.filters import choose
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.graph.statements import CERTAIN, NOT_YET, POSSIBLE, THROUGH, statement_dates
from tests.conftest import Kzturk

DAY = datetime.date


def sources(corpus: Corpus, selection: Selection) -> set[str]:
    return {assertion.source for assertion in admitted(corpus, selection)} - {"curator"}


def test_a_document_alone_and_all_but_it(corpus: Corpus, store: ox.Store) -> None:
    assert sources(corpus, choose(store, sources=["004"])) == {"004"}
    assert sources(corpus, choose(store, without=["004"])) == {"000", "001", "002", "003"}
    assert sources(corpus, choose(store, sources=["003", "004"], without=["004"])) == {"003"}


@pytest.mark.parametrize(
    "name", ["003", "doc:003", "https://w3id.org/kzturk/document/003", "AVİM analysis 2017/29 (003)"]
)
def test_a_document_is_named_as_people_name_it(store: ox.Store, name: str) -> None:
    assert choose(store, sources=[name]).sources == {"003"}


def test_a_voice_alone(corpus: Corpus, store: ox.Store) -> None:
    chosen = admitted(corpus, choose(store, voices=["Aliya Musabekova"]))
    voices = {assertion.voices for assertion in chosen if assertion.source != "curator"}
    assert voices == {frozenset({terms.ENTITY + "musabekova"})}


def test_a_document_is_the_voice_of_what_nobody_else_says(corpus: Corpus, store: ox.Store) -> None:
    chosen = [a for a in admitted(corpus, choose(store, voices=["004"])) if a.source != "curator"]
    assert {a.source for a in chosen} == {"004"}
    assert not any(a.values("voice") for a in chosen)


def test_a_day_parts_what_was_known_from_what_was_not(corpus: Corpus) -> None:
    stated = statement_dates(corpus)
    by_name = {name.rsplit("/", 1)[1]: assertion for name, assertion in corpus.assertions.items()}
    known = {
        name: stated.known(by_name[name], DAY(2018, 12, 31))
        for name in ("003-p22", "004-p17", "001-p8", "001-p16", "000-p5")
    }
    assert known == {"003-p22": CERTAIN, "004-p17": NOT_YET, "001-p8": POSSIBLE, "001-p16": THROUGH, "000-p5": NOT_YET}


def test_undated_documents_count_where_they_are_asked_to(corpus: Corpus, store: ox.Store) -> None:
    strict, loose = (choose(store, as_of="2018", undated=undated) for undated in ("exclude", "include"))
    assert merge(corpus, strict) < merge(corpus, loose)
    assert sources(corpus, choose(store, as_of="2018", undated="include")) == {"001", "003"}


def test_the_default_graph_stays_a_set(corpus: Corpus, store: ox.Store) -> None:
    chosen = choose(store, sources=["003", "004"], as_of="2026", undated="include")
    held = [quad for quad in quads(corpus, chosen) if isinstance(quad.graph_name, ox.DefaultGraph)]
    assert len(held) == len(set(held))


def test_what_is_left_out_is_left_out_of_named_graphs_and_metadata_too(corpus: Corpus, store: ox.Store) -> None:
    made = ox.Store()
    made.bulk_extend(quads(corpus, choose(store, without=["004"])))
    assert not [graph for graph in made.named_graphs() if "/004-" in graph.value]
    query = f"ASK {{ ?a <{terms.kt('modality')}> ?m FILTER (CONTAINS(STR(?a), '/004-')) }}"
    assert not made.query(query)


def test_without_choices_nothing_changes(corpus: Corpus, store: ox.Store) -> None:
    assert choose(store) == FACTS
    assert restricted(corpus, FACTS) is corpus
    assert merge(corpus, choose(store)) <= default_graph(corpus)


def test_choices_that_are_none(store: ox.Store) -> None:
    with pytest.raises(UnknownName, match="unknown document '009'") as document:
        choose(store, sources=["009"])
    assert "004" in str(document.value)
    with pytest.raises(UnknownName, match="unknown voice 'nobody'") as voice:
        choose(store, voices=["nobody"])
    assert "musabekova" in str(voice.value)
    with pytest.raises(UnknownName, match="unknown modality"):
        choose(store, modalities=["hoped"])
    with pytest.raises(UsageError, match="not a date"):
        choose(store, as_of="soon")
    with pytest.raises(UsageError, match="no last day"):
        choose(store, as_of="2018/..")


def test_each_row_says_how_surely_it_was_known(kzturk: Kzturk) -> None:
    said = kzturk("run", "trade-by-year", "--as-of", "2018", "--format", "json")
    rows = json.loads(said.out)["results"]["bindings"]
    assert {row["known"]["value"] for row in rows} == {CERTAIN, THROUGH}
    assert all("2024" not in row.get("period", {}).get("value", "") for row in rows)
    assert "more from what was stated" in said.err


def test_every_reading_command_takes_the_choices(kzturk: Kzturk) -> None:
    facts = json.loads(kzturk("show", "hlscc", "--without", "004", "--format", "json").out)["facts"]
    assert facts
    assert not any("004 P" in source["passage"] for fact in facts for source in fact["sources"])
    exported = kzturk("export", "--format", "turtle", "--as-of", "2018").out
    assert "n:003-p22-" in exported
    assert "n:004-" not in exported
    query = "SELECT (COUNT(*) AS ?n) { ?x a qb:Observation }"
    everything, some = (kzturk("sparql", query, *words, "--format", "csv").out for words in ((), ("--source", "000")))
    assert int(everything.split()[1]) > int(some.split()[1]) > 0


def test_a_row_from_an_undated_document_is_possible_and_no_more(kzturk: Kzturk) -> None:
    query = "SELECT ?on { id:recognition-of-kazakhstan kt:date ?on }"
    words = ("sparql", query, "--as-of", "2018", "--format", "csv")
    assert kzturk(*words).out.split() == ["on,known"]
    assert kzturk(*words, "--undated", "include").out.split() == ["on,known", "1991-12-16,possible"]
