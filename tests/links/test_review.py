"""Deciding one by one: at a terminal and from a pipe, left and taken up again, taken back."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kzturk_graph import resources
from kzturk_graph.links.decisions import Judged, accept
from kzturk_graph.links.model import target_iri
from kzturk_graph.links.proposals import Proposal, as_json, read_proposals
from kzturk_graph.links.review import Review
from kzturk_graph.links.sssom import parse
from kzturk_graph.links.table import read_links, update
from tests.conftest import Kzturk, Said
from tests.links.tables import CICA, ID, KAZAKHSTAN, NOT_ISTANBUL, TURKIYE, dump, item, table, written

OFFERED = (
    Proposal(
        ID + "kazakhstan",
        target_iri("Q232"),
        0.98,
        "Kazakhstan",
        "Kazakhstan",
        {"description": "country"},
        {"name": "same"},
    ),
    Proposal(ID + "istanbul", target_iri("Q406"), 0.91, "Istanbul", "Istanbul", version="2024-05-01"),
    Proposal(ID + "ankara", target_iri("Q406"), 0.4, "Ankara", "Istanbul"),
)


@pytest.fixture
def offered(tmp_path: Path) -> str:
    path = tmp_path / "suggestions.json"
    path.write_text(as_json(OFFERED), encoding="utf-8")
    return str(path)


def review(kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, keys: str, offered: str, path: str) -> Said:
    monkeypatch.setattr(sys, "stdin", io.StringIO(keys))
    return kzturk("link", "review", offered, "--links", path)


def test_suggestions_are_read_as_they_were_written(offered: str) -> None:
    assert tuple(read_proposals(Path(offered))) == OFFERED


def test_each_answer_is_written(kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offered: str) -> None:
    path = written(tmp_path, TURKIYE)
    said = review(kzturk, monkeypatch, "a\nr\ns\n", offered, path)
    assert said.code == 0
    assert "1 accepted, 1 rejected, 1 skipped; 1 undecided" in said.out
    links = read_links(path)
    assert links.accepted == {ID + "turkiye": ("Q43",), ID + "kazakhstan": ("Q232",)}
    assert links.rejected == {ID + "istanbul": ("Q406",)}
    assert links.of(ID + "istanbul")[0].source_version == "2024-05-01"


def test_both_sides_and_the_features_are_shown(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offered: str
) -> None:
    said = review(kzturk, monkeypatch, "o q", offered, written(tmp_path, TURKIYE))
    for words in ("3 left, score 0.98", "Қазақстан", "KAZ, KZ", "Kazakhstan  (Q232)", "country", "same",
                  "https://www.wikidata.org/wiki/Q232"):  # fmt: skip
        assert words in said.out


def test_what_is_decided_is_not_asked_again_and_what_was_skipped_is(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offered: str
) -> None:
    path = written(tmp_path, TURKIYE)
    review(kzturk, monkeypatch, "a s q", offered, path)
    said = review(kzturk, monkeypatch, "q", offered, path)
    assert "id:istanbul" in said.out
    assert "id:kazakhstan" not in said.out
    assert "2 undecided" in said.out


def test_a_review_goes_on_where_its_input_ended(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offered: str
) -> None:
    path = written(tmp_path, TURKIYE)
    assert review(kzturk, monkeypatch, "a", offered, path).code == 0
    assert ID + "kazakhstan" in read_links(path).accepted
    assert "All are decided" in review(kzturk, monkeypatch, "rr", offered, path).out
    assert "Nothing is left" in review(kzturk, monkeypatch, "", offered, path).out


def test_undo_takes_the_last_answer_back(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offered: str
) -> None:
    path = written(tmp_path, TURKIYE, CICA)
    before = Path(path).read_text()
    said = review(kzturk, monkeypatch, "a r s u u u u q", offered, path)
    assert said.out.count("taken back") == 3
    assert "there is nothing to take back" in said.out
    assert set(read_links(path)) == set(parse(before))


def test_undo_brings_back_what_made_way(tmp_path: Path) -> None:
    path = written(tmp_path, CICA)
    walk = Review([Proposal(ID + "cica", target_iri("Q406"))], path)
    assert walk.next() is not None
    walk.accept()
    assert read_links(path).accepted == {ID + "cica": ("Q406",)}
    update(lambda links: accept(links, ID + "iran", target_iri("Q794"), Judged(date="2026-11-22")), path)
    assert walk.undo()
    links = read_links(path)
    assert links.no_term_found == {ID + "cica"}
    assert links.accepted == {ID + "iran": ("Q794",)}  # what was written meanwhile stays


def test_what_another_program_decides_meanwhile_is_not_asked(tmp_path: Path) -> None:
    path = written(tmp_path, TURKIYE)
    walk = Review(OFFERED, path)
    assert walk.next() == OFFERED[0]
    Path(path).write_text(table(TURKIYE, KAZAKHSTAN))
    assert walk.next() == OFFERED[1]


def test_what_stands_against_it_is_said_and_asked_again(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offered: str
) -> None:
    path = written(tmp_path, ("id:turkiye", *NOT_ISTANBUL[1:2], "", *NOT_ISTANBUL[3:]))
    said = review(kzturk, monkeypatch, "s a r q", offered, path)  # Q406 is linked to another thing of ours
    assert "not done: id:turkiye is linked to Q406 already" in said.out
    assert read_links(path).rejected == {ID + "istanbul": ("Q406",)}


def test_a_table_broken_meanwhile_ends_it_and_keeps_what_was_decided(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, offered: str
) -> None:
    path = written(tmp_path, TURKIYE)
    review(kzturk, monkeypatch, "a", offered, path)
    broken = Path(path).read_text() + "id:iran\tskos:exactMatch\n"
    Path(path).write_text(broken)
    said = review(kzturk, monkeypatch, "a", offered, path)
    assert said.code == 3
    assert Path(path).read_text() == broken


def test_suggestions_can_stand_in_a_table(kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    proposed = tmp_path / "proposed.sssom.tsv"
    proposed.write_text(table(KAZAKHSTAN, NOT_ISTANBUL))
    path = written(tmp_path, TURKIYE)
    assert "1 accepted" in review(kzturk, monkeypatch, "a", str(proposed), path).out


def test_suggestions_are_looked_for_in_data(kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    data = dump(tmp_path, item("Q232", "Kazakhstan", classes=["Q3624078"]))
    path = written(tmp_path, TURKIYE)
    said = review(kzturk, monkeypatch, "a", data, path)
    assert "1 accepted" in said.out
    assert read_links(path).accepted[ID + "kazakhstan"] == ("Q232",)


@pytest.mark.parametrize(
    "text", ['{"format": "kzturk link suggestions"', '{"format": "kzturk link suggestions", "suggestions": [{}]}']
)
def test_a_broken_file_of_suggestions_is_told(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str
) -> None:
    path = tmp_path / "s.json"
    path.write_text(text)
    said = review(kzturk, monkeypatch, "a", str(path), written(tmp_path, TURKIYE))
    assert said.code == 3
    assert str(path) in said.err


def test_an_installed_table_is_refused_before_anything_is_asked(
    kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch, offered: str
) -> None:
    monkeypatch.setattr(resources, "is_installed", lambda: True)
    said = kzturk("link", "review", offered)
    assert (said.code, said.out) == (2, "")


def test_at_a_terminal_single_keys_do(tmp_path: Path, offered: str) -> None:
    path = written(tmp_path, TURKIYE)
    ours, theirs = pty.openpty()
    code = "from kzturk_graph.cli.main import main; main()"
    environment = {**os.environ, "BROWSER": "true", "TERM": "dumb"}
    words = [sys.executable, "-c", code, "link", "review", offered, "--links", path]
    running = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, start_new_session=True
    )
    os.close(theirs)
    shown = ""
    for key in ("o", "a", "u", "a", "q"):
        shown += _until(ours, "[q]uit > ")
        os.write(ours, key.encode())  # a key that is typed ahead counts too
    shown += _until(ours, "undecided")
    assert running.wait(timeout=20) == 0
    os.close(ours)
    assert "taken back" in shown
    assert "https://www.wikidata.org/wiki/Q232" in shown
    assert read_links(path).accepted[ID + "kazakhstan"] == ("Q232",)


def _until(terminal: int, words: str) -> str:
    """What a terminal shows, up to the words."""
    shown, end = "", time.monotonic() + 30
    while words not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.2)[0]:
            shown += os.read(terminal, 4096).decode(errors="replace")
    assert words in shown, shown
    return shown


def test_what_is_written_is_json(offered: str) -> None:
    assert json.loads(Path(offered).read_text())["format"] == "kzturk link suggestions"
