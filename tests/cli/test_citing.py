"""Citations and explanations at the prompt: footnotes for people, members and columns for programs."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.conftest import Kzturk

RECOGNISED = "SELECT ?on { id:recognition-of-kazakhstan kt:date ?on } ORDER BY DESC(STR(?on))"


def test_a_table_has_numbered_footnotes(kzturk: Kzturk) -> None:
    said = kzturk("sparql", RECOGNISED, "--cite")
    assert "1991-12-16  [1; 2]" in said.out
    assert "1991        [3]" in said.out
    assert "[1] World Heritage Encyclopedia article (001), 001 P8" in said.out
    assert "[2] Kazinform preview of the council meeting (004), 004 P6" in said.out


def test_markdown_has_them_as_a_list(kzturk: Kzturk) -> None:
    said = kzturk("sparql", RECOGNISED, "--cite", "--format", "md")
    assert "| 1991-12-16 | [1; 2] |" in said.out
    assert "- [1] World Heritage" in said.out


@pytest.mark.parametrize("words", [("--cite", RECOGNISED), (RECOGNISED, "--cite"), (RECOGNISED, "--cite=witnesses")])
def test_cite_takes_no_word_that_is_not_its_own(kzturk: Kzturk, words: tuple[str, ...]) -> None:
    assert "[1; 2]" in kzturk("sparql", *words).out


def test_json_has_a_member_beside_the_bindings(kzturk: Kzturk) -> None:
    found = json.loads(kzturk("sparql", RECOGNISED, "--cite", "--format", "json").out)
    assert [witness["document"] for witness in found["citations"]["rows"][0]["witnesses"]] == ["001", "004"]
    assert set(found["citations"]["assertions"]) == {
        name for row in found["citations"]["rows"] for each in row["witnesses"] for name in each["assertions"]
    }
    assert len(found["results"]["bindings"]) == len(found["citations"]["rows"]) == 2


@pytest.mark.parametrize(("format", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_have_a_column(kzturk: Kzturk, format: str, delimiter: str) -> None:
    said = kzturk("sparql", RECOGNISED, "--cite", "--format", format)
    rows = list(csv.reader(io.StringIO(said.out), delimiter=delimiter))
    assert [row[-1] for row in rows] == [rows[0][-1], "001 P8; 004 P6", "002 P9"]


def test_all_cites_every_assertion_with_a_part(kzturk: Kzturk) -> None:
    query = "SELECT ?council { ?council a kt:Council ; kt:establishedOn ?when }"
    witnesses, everything = (json.loads(kzturk("sparql", query, *cite, "--format", "json").out)["citations"]
                             for cite in (["--cite"], ["--cite=all"]))  # fmt: skip
    assert set(witnesses["assertions"]) <= set(everything["assertions"])
    assert everything["mode"] == "all"


def test_the_bibliography_comes_instead_of_the_rows(kzturk: Kzturk) -> None:
    bibtex = kzturk("sparql", RECOGNISED, "--cite=bibtex").out
    assert bibtex.count("@") >= 3
    assert "1991-12-16" not in bibtex
    works = json.loads(kzturk("sparql", RECOGNISED, "--cite=csl").out)
    assert {"kzturk-001", "kzturk-002", "kzturk-004"} <= {work["id"] for work in works}


def test_ask_and_construct_are_cited(kzturk: Kzturk) -> None:
    assert "003 P39" in kzturk("sparql", "ASK { ?m org:member id:kazakhstan ; org:organization id:sco }", "--cite").out
    construct = "CONSTRUCT { ?s kt:ordinal ?o } WHERE { ?s kt:council id:hlscc ; kt:ordinal ?o }"
    assert "# [1] Turkish MFA page (000), 000 P4" in kzturk("sparql", construct, "--cite").out


def test_a_plan_is_cited_only_where_plans_count(kzturk: Kzturk) -> None:
    query = "SELECT ?x { ?x kt:council id:hlscc ; kt:ordinal 5 }"
    facts, plans = (
        kzturk("sparql", query, *words, "--format", "csv").out
        for words in (["--cite"], ["--cite=all", "--modality", "planned"])
    )
    assert "004 P" not in facts
    assert "004 P4" in plans


def test_what_rests_on_absence_says_so(kzturk: Kzturk) -> None:
    query = "SELECT ?t { ?t a kt:Treaty ; kt:stage c:signed FILTER NOT EXISTS { ?t kt:signedOn ?when } } ORDER BY ?t"
    assert "kt:signedOn ?when" in kzturk("sparql", query, "--cite").out.split("\n[1]")[1]


def test_an_update_is_not_cited_but_refused(kzturk: Kzturk) -> None:
    said = kzturk("sparql", "INSERT DATA { id:x kt:y id:z }", "--cite")
    assert said.code == 2
    assert "read only" in said.err


def test_a_way_of_citing_that_is_none(kzturk: Kzturk) -> None:
    said = kzturk("sparql", RECOGNISED, "--cite=apa")
    assert said.code == 2
    assert "bibtex" in said.err


def test_citing_combines_with_documents_and_days(kzturk: Kzturk) -> None:
    said = kzturk("sparql", RECOGNISED, "--cite", "--without", "001", "--as-of", "2026", "--format", "csv")
    assert "001 P8" not in said.out
    assert "004 P6" in said.out


def test_an_empty_answer_says_why_on_stderr_and_in_json(kzturk: Kzturk) -> None:
    query = "SELECT ?when { id:hlscc-meeting-2018 kt:date ?when }"
    assert "planned" in kzturk("sparql", query).err
    found = json.loads(kzturk("sparql", query, "--format", "json").out)
    assert found["results"]["bindings"] == []
    assert any(reason["kind"] == "modality" for reason in found["explanation"]["reasons"])


def test_a_stated_negative_is_told(kzturk: Kzturk) -> None:
    query = "SELECT ?m { ?m org:member id:turkiye ; org:organization id:sco ; org:role c:full-member }"
    assert "003 P39" in kzturk("sparql", query).err


def test_a_misspelt_name_is_told(kzturk: Kzturk) -> None:
    assert "id:kazakhstan" in kzturk("sparql", "SELECT ?p { id:kazakstan ?p ?o }").err


def test_explain_tells_of_answers_with_rows_too(kzturk: Kzturk) -> None:
    assert "rows after each part" in kzturk("sparql", RECOGNISED, "--explain").err


def test_nothing_is_explained_that_is_not_empty(kzturk: Kzturk) -> None:
    assert kzturk("sparql", RECOGNISED).err == ""
