"""The pattern of assertion graphs: what is read, and what is refused with file and line."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kzturk_graph import terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import default_graph, merge, quads
from kzturk_graph.graph.selection import Selection

PREFIXES = "".join(
    f"@prefix {name}: <{terms.PREFIXES[name]}> .\n" for name in ("a", "c", "doc", "edtf", "id", "kt", "n", "p", "skos")
)
PASSAGE = "p:900-p1 a kt:Passage ; kt:document doc:900 ; kt:number 1 ; kt:sentences 2 .\n"
FACT = 'a:900-p1 kt:modality c:fact ; kt:passage p:900-p1 .\na:900-p1 { id:x a kt:Visit ; kt:date "2012-05"^^edtf:EDTF . }\n'
PLAN = "a:900-p1-plan kt:modality c:planned ; kt:passage p:900-p1 .\na:900-p1-plan { id:y a kt:Session ; kt:ordinal 3 . }\n"


def written(folder: Path, text: str, name: str = "900.trig") -> Path:
    path = folder / name
    path.write_text(PREFIXES + PASSAGE + text, encoding="utf-8")
    return path


def corpus_of(folder: Path, text: str) -> Corpus:
    return read_corpus([written(folder, text)])


def node(curie: str) -> ox.NamedNode:
    iri = terms.expand(curie)
    assert iri
    return ox.NamedNode(iri)


def test_an_assertion_has_its_triples_and_metadata(tmp_path: Path) -> None:
    found = corpus_of(tmp_path, FACT).assertions[terms.ASSERTION + "900-p1"]
    assert (found.modality, found.source, len(found.triples)) == ("fact", "900", 2)
    assert found.values("passage") == (terms.PASSAGE + "900-p1",)


def test_the_default_graph_holds_facts_and_no_plans(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, FACT + PLAN)
    facts = default_graph(corpus)
    assert ox.Triple(node("id:x"), node("rdf:type"), node("kt:Visit")) in facts
    assert not any(triple.subject == node("id:y") and triple.predicate == node("kt:ordinal") for triple in facts)
    assert merge(corpus, Selection(frozenset({"fact", "planned"}))) > merge(corpus)


def test_a_triple_of_two_assertions_counts_once(tmp_path: Path) -> None:
    again = FACT.replace("900-p1 ", "900-p1-again ").replace("p:900-p1-again", "p:900-p1")
    store = ox.Store()
    store.bulk_extend(quads(corpus_of(tmp_path, FACT + again)))
    rows = list(store.query(f"SELECT ?x {{ ?x a <{terms.ONTOLOGY}Visit> }}"))
    assert len(rows) == 1


def test_a_session_is_a_meeting_and_an_event(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, PLAN.replace("planned", "fact"))
    types = {t.object for t in default_graph(corpus) if t.subject == node("id:y") and t.predicate == node("rdf:type")}
    assert types == {node("kt:Session"), node("kt:Meeting"), node("kt:Event")}


def test_a_date_gets_its_bounds_in_the_date_table(tmp_path: Path) -> None:
    rows = {
        (t.predicate, str(t.object.value))
        for t in default_graph(corpus_of(tmp_path, FACT))
        if "date/2012-05" in str(t.subject)
    }
    assert (node("kt:earliest"), "2012-05-01") in rows
    assert (node("kt:latest"), "2012-05-31") in rows


def test_what_a_curator_marked_erroneous_stays_out_of_the_facts(tmp_path: Path) -> None:
    marked = FACT.replace("kt:modality c:fact", "kt:modality c:fact ; kt:status c:erroneous")
    assert not merge(corpus_of(tmp_path, marked))


def test_a_document_speaks_where_nobody_else_does(tmp_path: Path) -> None:
    voice = ox.Triple(node("a:900-p1"), node("kt:voice"), node("doc:900"))
    assert voice in default_graph(corpus_of(tmp_path, FACT))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (FACT + "a:900-p1 kt:modality c:planned .\n", "a:900-p1 has 2 modalities"),
        ("a:900-p2 { id:x a kt:Visit . }\n", "a:900-p2 has no modality"),
        ("a:900-p2 kt:modality c:fact .\n", "a:900-p2 has metadata and no graph"),
        (FACT.replace("a:900-p1", "a:901-p1"), "a:901-p1 doesn't belong into this file"),
        (FACT.replace("kt:date", "kt:dated"), "kt:dated isn't declared"),
        (FACT.replace("c:fact", "c:facts"), "c:facts isn't declared"),
        (FACT.replace("id:x a", "[] a"), "a blank node stands in the data"),
        (FACT + PLAN + "a:900-p1 { id:z a kt:Visit . }\n", "a:900-p1 stands in two blocks"),
        (FACT.replace(" . }", " . "), "can't be parsed"),
    ],
)
def test_a_break_of_the_pattern_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(InputError) as caught:
        read_corpus([path])
    assert message in str(caught.value)
    assert str(path) in str(caught.value)
    assert caught.value.exit_code == 3


def test_one_assertion_in_two_files_is_refused(tmp_path: Path) -> None:
    files = [written(tmp_path, FACT), written(tmp_path, FACT, "901.trig")]
    with pytest.raises(InputError, match=r"stands in 900\.trig too"):
        read_corpus(files)


def test_every_packaged_assertion_rests_on_a_passage_or_the_curator(corpus: Corpus) -> None:
    passages = {t.subject.value for t in corpus.beside if t.predicate == node("kt:sha256")}
    for assertion in corpus.assertions.values():
        if assertion.source == "curator":
            assert assertion.values("voice") == (terms.ENTITY + "curator",)
        else:
            assert assertion.values("passage")
            assert set(assertion.values("passage")) <= passages
