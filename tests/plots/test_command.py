"""``kzturk plot``: formats, files, and what it says where it can't."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kzturk_graph.plots.catalogue import pictures
from tests.conftest import Kzturk


def test_lists_the_pictures(kzturk: Kzturk) -> None:
    said = kzturk("plot")
    assert said.code == 0
    assert [line.split()[0] for line in said.out.splitlines()] == list(pictures())


@pytest.mark.needs("plot")
@pytest.mark.parametrize(
    ("ending", "begins"),
    [("svg", b"<svg"), ("png", b"\x89PNG"), ("html", b"<!doctype html>"), ("json", b"{"), ("csv", b"from,to")],
)
def test_the_ending_says_the_format(kzturk: Kzturk, tmp_path: Path, ending: str, begins: bytes) -> None:
    path = tmp_path / f"companies.{ending}"
    assert kzturk("plot", "companies", "-o", str(path)).code == 0
    assert path.read_bytes().startswith(begins)


def test_a_format_asked_for_wins(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "companies.txt"
    assert kzturk("plot", "companies", "--format", "json", "-o", str(path)).code == 0
    assert json.loads(path.read_text(encoding="utf-8"))["$schema"].startswith("https://vega.github.io/schema/vega/")


def test_the_table_has_its_sources_below(kzturk: Kzturk) -> None:
    said = kzturk("plot", "companies", "--format", "table", "--home", "türkiye")
    assert "600" in said.out
    assert "482" not in said.out
    assert said.out.splitlines()[-1].startswith("[2] ")


def test_names_work_in_every_language(kzturk: Kzturk) -> None:
    assert kzturk("plot", "dates", "--entity", "Нұрсұлтан Назарбаев", "--format", "csv").code == 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("plot", "trde"), "did you mean trade"),
        (("plot", "trade", "-o", "trade.doc"), "end it with one of .svg"),
        (("plot", "trade", "--format", "gif"), "unknown format 'gif'"),
        (("plot", "trade", "--frm", "2005"), "did you mean --from"),
        (("plot", "trade", "--from", "then"), "is not a year"),
        (("plot", "neighbours"), "--entity"),
    ],
)
def test_what_cant_be_done_is_told(kzturk: Kzturk, words: tuple[str, ...], told: str) -> None:
    said = kzturk(*words)
    assert said.code == 2
    assert told in said.err
    assert not Path("trade.doc").exists()


@pytest.mark.needs("plot")
def test_a_scale_that_is_none(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    assert kzturk("plot", "companies", "-o", str(path), "--scale", "0").code == 2
    assert not path.exists()
