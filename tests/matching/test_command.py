"""``kzturk link suggest``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kzturk_graph.links.sssom import parse
from tests.conftest import Kzturk
from tests.matching import wikibase


@pytest.fixture
def data(tmp_path: Path) -> str:
    return str(wikibase.write(tmp_path / "dump.json", wikibase.documents()))


def test_a_table_of_what_is_suggested(kzturk: Kzturk, data: str) -> None:
    said = kzturk("link", "suggest", data)
    assert said.code == 0
    assert "id:aselsan" in said.out
    assert "Q900000104" in said.out
    assert "unsure" not in said.out
    assert "suggested" in said.err
    assert "--all shows them" in said.err


def test_all_tells_why_the_rest_is_unsure(kzturk: Kzturk, data: str) -> None:
    said = kzturk("link", "suggest", data, "--all", "--entity", "bobrov")
    assert said.code == 0
    assert "country -2.5 Q159, not Q232" in said.out
    assert "nothing but the name agrees" in said.out


def test_nothing_to_suggest_ends_with_1(kzturk: Kzturk, data: str) -> None:
    said = kzturk("link", "suggest", data, "--entity", "kaboglu")
    assert (said.code, said.out) == (1, "")
    assert "1 without a candidate" in said.err


def test_json_names_features(kzturk: Kzturk, data: str) -> None:
    said = kzturk("link", "suggest", data, "--format", "json", "--entity", "Aselsan")
    (only,) = json.loads(said.out)["suggestions"]
    assert only["object"].endswith("/Q900000104")
    assert only["features"]["name"].startswith("+3.00")


def test_tsv_is_an_sssom_table(kzturk: Kzturk, data: str, tmp_path: Path) -> None:
    said = kzturk("link", "suggest", data, "--format", "tsv", "-o", str(tmp_path / "found.sssom.tsv"))
    assert said.out == ""
    links = parse((tmp_path / "found.sssom.tsv").read_text(encoding="utf-8"))
    row = next(each for each in links if each.subject.endswith("/aselsan"))
    assert (row.object, row.justification.rsplit("/", 1)[-1]) == (
        "http://www.wikidata.org/entity/Q900000104",
        "CompositeMatching",
    )
    assert row.confidence is not None
    assert 0.9 < row.confidence <= 1


def test_a_class_of_ours_restricts(kzturk: Kzturk, data: str) -> None:
    said = kzturk("link", "suggest", data, "--type", "Person", "--format", "csv")
    assert {line.split(",")[0] for line in said.out.splitlines()[1:]} == {"id:zeybekci", "id:tuimebayev", "id:yesevi"}


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("--type", "Spaceship"), 2, "classes:"),
        (("--entity", "no such thing at all"), 2, "unknown entity"),
        (("--entity", "hlscc-with-strategic-status"), 2, "of a kind that no item is about"),
        (("--threshold", "2"), 2, "--threshold"),
        (("--limit", "0"), 2, "--limit"),
    ],
)
def test_wrong_options_are_told(kzturk: Kzturk, data: str, words: tuple[str, ...], code: int, told: str) -> None:
    said = kzturk("link", "suggest", data, *words)
    assert said.code == code
    assert told in said.err


def test_data_that_is_not_there(kzturk: Kzturk, tmp_path: Path) -> None:
    said = kzturk("link", "suggest", str(tmp_path / "none.json"))
    assert said.code == 3
    assert "none.json" in said.err


def test_broken_lines_are_told_and_passed_over(kzturk: Kzturk, data: str) -> None:
    whole = Path(data).read_text(encoding="utf-8").replace('"P31":[', '"P31":{', 1)
    lines = whole.splitlines()
    lines.insert(3, '{"type":"item","id":"Q900000777","labels":{"en":{')
    Path(data).write_text("\n".join(lines), encoding="utf-8")
    said = kzturk("link", "suggest", data, "--entity", "aselsan")
    assert said.code == 0
    assert "couldn't be read" in said.err
