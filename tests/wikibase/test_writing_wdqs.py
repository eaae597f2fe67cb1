"""Queries written for Wikidata's query service, in its own idiom, on our facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kzturk_graph.wikibase.beside.ask import sparql
from kzturk_graph.wikibase.beside.loading import Beside, open_beside
from tests.conftest import Kzturk
from tests.queries.rows import of_solutions, wanted

QUERIES = Path(__file__).parent / "wdqs"
EXPECTED: dict[str, Any] = yaml.safe_load((QUERIES / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def ours() -> Beside:
    return open_beside(["wikibase"])


@pytest.mark.parametrize("path", sorted(QUERIES.glob("*.rq")), ids=lambda path: path.stem)
def test_a_query_of_the_query_service_finds_these_rows(path: Path, ours: Beside) -> None:
    answer = sparql(path.read_text(encoding="utf-8"), ours)
    expected = EXPECTED[path.stem]
    if isinstance(expected, bool):
        assert answer.truth is expected
        return
    got = of_solutions(answer.columns, answer.solutions)
    if "ORDER BY" in path.read_text(encoding="utf-8"):
        assert got == wanted(expected)
    else:
        assert sorted(map(str, got)) == sorted(map(str, wanted(expected)))


def test_every_query_has_its_rows() -> None:
    assert {path.stem for path in QUERIES.glob("*.rq")} == set(EXPECTED)


def test_a_row_is_cited_by_the_passages_behind_the_statement(kzturk: Kzturk) -> None:
    query = "SELECT ?member { wd:Q232 p:P463 [ ps:P463 wd:Q318693 ] BIND (wd:Q232 AS ?member) }"
    said = kzturk("sparql", query, "--with", "wikibase", "--cite", "--format", "csv")
    assert said.code == 0
    assert said.out.splitlines()[1].endswith(",003 P35")


def test_the_command_takes_the_idiom(kzturk: Kzturk) -> None:
    said = kzturk("sparql", "-f", str(QUERIES / "members-of-turksoy.rq"), "--with", "wikibase", "--format", "csv")
    assert said.code == 0
    assert [line.split(",")[1] for line in said.out.splitlines()[1:]] == [
        "Azerbaijan",
        "Kazakhstan",
        "Kyrgyzstan",
        "Türkiye",
    ]
