"""``kzturk wikidata extract`` at the terminal."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
from pathlib import Path

import pytest

from kzturk_graph.cli.progress import Shown
from kzturk_graph.extract import Progress
from tests.conftest import Kzturk

from .conftest import ANKARA, BAKU, KAZAKHSTAN, Dump, layout, line


def test_a_slice_is_written_and_told(kzturk: Kzturk, dump: Dump) -> None:
    said = kzturk("wikidata", "extract", str(dump.path), "--seeds", "Q232,Q30", "--hops", "1", "-o", str(dump.output))
    assert (said.code, said.out) == (0, "")
    assert said.err.splitlines() == [f"{dump.output}: 1 + 2 of 5 entities", "not in the dump (1): Q30"]
    assert dump.ids() == ["Q232", "Q1520", "Q43"]


def test_skipped_lines_end_with_1(kzturk: Kzturk, dump: Dump) -> None:
    dump.write([line(KAZAKHSTAN), b"{broken", line(BAKU)])
    listed = dump.folder / "skipped.tsv"
    words = ("--seeds", "Q232", "--skipped", str(listed), "-o", str(dump.output))
    said = kzturk("wikidata", "extract", str(dump.path), *words)
    assert said.code == 1
    assert f"{dump.path}:3: not JSON" in said.err
    assert listed.read_text().splitlines()[1].startswith("3\t")
    assert dump.ids() == ["Q232"]


def test_no_seed_in_the_dump_ends_with_1(kzturk: Kzturk, dump: Dump) -> None:
    said = kzturk("wikidata", "extract", str(dump.path), "--seeds", "Q30", "-o", str(dump.output))
    assert said.code == 1
    assert "not in the dump (1): Q30" in said.err
    assert dump.ids() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--seeds", "Kazakhstan", "-o", "s.json"), "'Kazakhstan' is neither 'links' nor ids nor a file"),
        (("--seeds", "Q232", "-o", "slice"), "doesn't tell a format"),
        (("--seeds", "Q232", "-o", "slice.json", "--format", "jsn"), "did you mean json?"),
        (("--seeds", "Q232", "-o", "-"), "--output needs a file"),
        (("--seeds", "Q232", "-o", "s.json", "--incoming"), "--incoming needs --hops"),
        (("--seeds", "Q232", "-o", "s.json", "--master", "local"), "--master needs --engine spark"),
        (("--seeds", "Q232", "-o", "s.json", "--properties", "17"), "'17' is no property's id"),
        (("-o", "s.json"), "--seeds"),
        (("--seeds", "Q232"), "--output"),
    ],
)
def test_wrong_usage_ends_with_2(
    kzturk: Kzturk, dump: Dump, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(dump.folder)
    ended = kzturk("wikidata", "extract", str(dump.path), *words)
    assert ended.code == 2
    assert said in ended.err
    assert [each.name for each in dump.folder.iterdir()] == ["dump.json"]


def test_what_isnt_a_dump_ends_with_3(kzturk: Kzturk, dump: Dump) -> None:
    dump.path.write_bytes(b"<html>")
    said = kzturk("wikidata", "extract", str(dump.path), "--seeds", "Q232", "-o", str(dump.output))
    assert said.code == 3
    assert f"{dump.path}:1: isn't JSON" in said.err


@pytest.mark.parametrize("packed", [False, True])
def test_the_standard_input_is_read_once(dump: Dump, packed: bool) -> None:
    raw = layout([line(KAZAKHSTAN), b'{"entity":"Q43","redirect":"Q3640"}', line(ANKARA)])
    words = [sys.executable, "-m", "kzturk_graph.cli.main", "wikidata", "extract", "-", "--seeds", "Q232,Q43"]
    done = subprocess.run(
        [*words, "-o", str(dump.output)], input=gzip.compress(raw) if packed else raw, capture_output=True, check=False
    )
    assert done.returncode == 0
    assert "redirected to, not looked for (1): Q3640" in done.stderr.decode()
    assert len(dump.documents()) == 2


@pytest.mark.parametrize("option", [("--hops", "1"), ("--resume",)])
def test_the_standard_input_cant_be_read_again(kzturk: Kzturk, dump: Dump, option: tuple[str, ...]) -> None:
    said = kzturk("wikidata", "extract", "-", "--seeds", "Q232", *option, "-o", str(dump.output))
    assert said.code == 2
    assert f"{option[0]} needs a file" in said.err


def test_progress_is_shown_where_it_is_wanted(dump: Dump, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    clock = iter((0.0, 0.0, 10.0, 20.5, 31.0))
    monkeypatch.setattr("kzturk_graph.cli.progress.time.monotonic", lambda: next(clock))
    progress = Shown(terminal=False)
    for done in (0, 100_000_000, 200_000_000, 300_000_000):
        progress(Progress(0, 2, done, 1_000_000_000, done * 2, done // 10_000_000))
    assert shown.getvalue().splitlines() == [
        "pass 1 of 2  200.0 MB  20.0 MB/s  10 found  10.0%  0:03:10 left",
        "pass 1 of 2  400.0 MB  19.5 MB/s  20 found  20.0%  0:03:04 left",
        "pass 1 of 2  600.0 MB  19.4 MB/s  30 found  30.0%  0:02:56 left",
    ]


def test_progress_of_a_terminal_is_one_line_that_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    clock = iter((0.0, 0.0, 1.0, 2.0))
    monkeypatch.setattr("kzturk_graph.cli.progress.time.monotonic", lambda: next(clock))
    progress = Shown(terminal=True)
    for done in (0, 1000, 2000):
        progress(Progress(0, 1, done, None, done, 0))
    progress.end()
    assert shown.getvalue().startswith("\rpass 1 of 1  1 kB  1 kB/s  0 found\rpass 1 of 1  2 kB")
    assert shown.getvalue().endswith(" \r")
    assert "\n" not in shown.getvalue()


def test_help_tells_the_exit_codes(kzturk: Kzturk) -> None:
    said = kzturk("wikidata", "extract", "--help")
    assert "1 where lines were skipped" in " ".join(said.out.split())
    assert "extract" in kzturk("wikidata", "--help").out


def test_extraction_leaves_nothing_but_the_slice(kzturk: Kzturk, dump: Dump) -> None:
    kzturk("wikidata", "extract", str(dump.path), "--seeds", "Q232", "--workers", "2", "-o", str(dump.output))
    assert {Path(each).name for each in dump.folder.iterdir()} == {"dump.json", "slice.json"}
