"""``kzturk conflicts`` as a person meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Kzturk


def test_the_table_tells_values_passages_and_decision(kzturk: Kzturk) -> None:
    said = kzturk("conflicts")
    assert said.code == 0
    for text in ("USD 556.8 million", "around $1 billion", "003 P22", "001 P16", "[2014-02-04..2026-11-21]"):
        assert text in said.out
    assert "Decisions\n  003 P5 preferred to 003 P77" in said.out
    assert said.err == ""


def test_json_holds_everything(kzturk: Kzturk) -> None:
    said = kzturk("conflicts", "--kind", "period", "--format", "json")
    (conflict,) = json.loads(said.out)
    assert conflict["kinds"] == ["period"]
    witness = conflict["sides"][0]["witnesses"][0]
    assert witness["as_published"] == "$610 million dollars"
    assert (witness["earliest"], witness["latest"]) == ("2025-06-01", "2025-12-31")
    assert conflict["sides"][0]["independent_witnesses"] == 1


def test_a_language_a_file_and_no_conflict(kzturk: Kzturk, tmp_path: Path) -> None:
    assert "Türkiye" in kzturk("conflicts", "--topic", "trade", "--lang", "tr").out
    target = tmp_path / "conflicts.md"
    said = kzturk("conflicts", "--entity", "hlscc", "--format", "md", "-o", str(target))
    assert (said.code, said.out) == (0, "")
    assert target.read_text().startswith("| kind | about |")
    none = kzturk("conflicts", "--source", "001", "--kind", "credit")
    assert none.code == 0
    assert none.out.endswith("0 conflicts\n")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--kind", "quarrel"), "unknown kind of conflict 'quarrel'"),
        (("--topic", "weather"), "unknown topic of conflicts 'weather'"),
        (("--entity", "atlantis"), "unknown entity 'atlantis'"),
        (("--modality", "planned"), "No such option"),
    ],
)
def test_wrong_words(kzturk: Kzturk, words: tuple[str, ...], says: str) -> None:
    said = kzturk("conflicts", *words)
    assert said.code == 2
    assert says in said.err
    assert said.out == ""
