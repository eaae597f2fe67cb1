"""Accepting, rejecting, not finding: what a decision changes in a table, and what it never does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kzturk_graph import resources
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.links.decisions import Judged, accept, not_found, reject
from kzturk_graph.links.sssom import parse
from kzturk_graph.links.table import packaged, read_links, update
from tests.conftest import Kzturk
from tests.links.tables import CICA, ID, KAZAKHSTAN, NOT_ISTANBUL, TURKIYE, WD, table, written

TODAY = Judged("ours", "theirs", source_version="2024-05-01", date="2026-11-22")


def test_accepting_adds_a_row_with_what_it_was_judged_on() -> None:
    links = accept(parse(table(TURKIYE)), ID + "kazakhstan", WD + "Q232", TODAY)
    row = links.of(ID + "kazakhstan")[0]
    assert (row.status, row.source_version, row.date, row.tool) == ("linked", "2024-05-01", "2026-11-22", "kzturk link")
    assert links.rows[0] == parse(table(TURKIYE)).rows[0]


def test_accepting_again_changes_nothing() -> None:
    links = parse(table(KAZAKHSTAN))
    assert accept(links, ID + "kazakhstan", WD + "Q232", TODAY) is links


def test_accepting_takes_not_found_and_rejected_away() -> None:
    links = parse(table(CICA, NOT_ISTANBUL))
    links = accept(links, ID + "cica", WD + "Q596850", TODAY)
    links = accept(links, ID + "turkiye", WD + "Q406", TODAY)
    assert not links.no_term_found
    assert not links.rejected


def test_a_second_item_is_refused_or_replaces_the_first() -> None:
    links = parse(table(TURKIYE))
    with pytest.raises(UsageError, match="is linked to Q43 already"):
        accept(links, ID + "turkiye", WD + "Q406", TODAY)
    links = accept(links, ID + "turkiye", WD + "Q406", TODAY, replace=True)
    assert links.accepted == {ID + "turkiye": ("Q406",)}
    assert links.rejected == {ID + "turkiye": ("Q43",)}


def test_an_item_of_another_thing_is_refused() -> None:
    with pytest.raises(UsageError, match="id:turkiye is linked to Q43 already"):
        accept(parse(table(TURKIYE)), ID + "ankara", WD + "Q43", TODAY)


def test_rejecting_takes_a_link_back_and_is_kept() -> None:
    links = reject(parse(table(TURKIYE, KAZAKHSTAN)), ID + "turkiye", WD + "Q43", TODAY)
    assert list(links.accepted) == [ID + "kazakhstan"]
    assert links.rejected == {ID + "turkiye": ("Q43",)}
    assert reject(links, ID + "turkiye", WD + "Q43", TODAY) is links


def test_what_is_linked_was_found() -> None:
    with pytest.raises(UsageError, match="is linked to Q43"):
        not_found(parse(table(TURKIYE)), ID + "turkiye", TODAY)
    links = not_found(parse(table(TURKIYE)), ID + "iran", TODAY)
    assert links.no_term_found == {ID + "iran"}
    assert not_found(links, ID + "iran", TODAY) is links


def test_the_commands_write_the_table(kzturk: Kzturk, tmp_path: Path) -> None:
    path = written(tmp_path, TURKIYE)
    assert kzturk("link", "accept", "Қазақстан", "wd:Q232", "--confidence", "0.8", "--links", path).code == 0
    assert kzturk("link", "reject", "ankara", "Q406", "--reason", "another city", "--links", path).code == 0
    assert kzturk("link", "reject", "cica", "--not-found", "--links", path).code == 0
    links = read_links(path)
    assert links.accepted == {ID + "kazakhstan": ("Q232",), ID + "turkiye": ("Q43",)}
    assert str(links.of(ID + "kazakhstan")[0].confidence) == "0.8"
    assert links.of(ID + "ankara")[0].comment == "another city"
    assert links.no_term_found == {ID + "cica"}


@pytest.mark.parametrize("item", ["232", "Q", "Q0", "Q23 2", "L-1", "https://example.org/a b"])
def test_what_names_no_item_is_refused(kzturk: Kzturk, tmp_path: Path, item: str) -> None:
    path = written(tmp_path, TURKIYE)
    said = kzturk("link", "accept", "kazakhstan", item, "--links", path)
    assert said.code == 2
    assert "names no item" in said.err
    assert Path(path).read_text() == table(TURKIYE)


def test_a_thing_that_is_not_there_is_refused_with_near_names(kzturk: Kzturk, tmp_path: Path) -> None:
    said = kzturk("link", "accept", "kazakstan", "Q232", "--links", written(tmp_path, TURKIYE))
    assert (said.code, "kazakhstan" in said.err) == (2, True)


def test_reject_needs_an_item_or_not_found(kzturk: Kzturk, tmp_path: Path) -> None:
    assert kzturk("link", "reject", "ankara", "--links", written(tmp_path, TURKIYE)).code == 2


def test_a_new_table_starts_as_a_copy(kzturk: Kzturk, tmp_path: Path) -> None:
    path = tmp_path / "mine.sssom.tsv"
    said = kzturk("link", "accept", "xi-jinping", "Q57371", "--links", str(path))
    assert said.code == 0
    assert "starts as a copy" in said.err
    mine = read_links(path)
    assert len(mine) == len(read_links()) + 1
    assert mine.accepted[ID + "kazakhstan"] == ("Q232",)


def test_the_table_of_an_installed_package_is_not_touched(kzturk: Kzturk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = packaged().read_bytes()
    monkeypatch.setattr(resources, "is_installed", lambda: True)
    said = kzturk("link", "reject", "turkiye", "Q43")
    assert said.code == 2
    assert "--links" in said.err
    assert packaged().read_bytes() == before


def test_a_broken_table_stays_as_it_is(kzturk: Kzturk, tmp_path: Path) -> None:
    path = written(tmp_path, TURKIYE, KAZAKHSTAN[:4])
    before = Path(path).read_bytes()
    said = kzturk("link", "accept", "iran", "Q794", "--links", path)
    assert said.code == 3
    assert f"{path}:8:" in said.err
    assert Path(path).read_bytes() == before


def test_what_was_edited_meanwhile_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, TURKIYE)

    def change(links):  # type: ignore[no-untyped-def]
        return accept(links, ID + "iran", WD + "Q794", TODAY)

    read_links(path)  # a program that has read it long ago
    Path(path).write_text(table(TURKIYE, KAZAKHSTAN))  # a person edits it
    update(change, path)
    assert set(read_links(path).accepted) == {ID + "turkiye", ID + "kazakhstan", ID + "iran"}


def test_two_programs_at_once_lose_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, TURKIYE)
    code = (
        "import sys\n"
        "from kzturk_graph.links.decisions import Judged, accept\n"
        "from kzturk_graph.links.table import update\n"
        "for number in range(20):\n"
        "    iri = f'https://w3id.org/kzturk/id/{sys.argv[2]}-{number}'\n"
        "    update(lambda links: accept(links, iri, iri + '-theirs', Judged(date='2026-11-22')), sys.argv[1])\n"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, path, name]) for name in ("a", "b")]
    assert [each.wait() for each in running] == [0, 0]
    assert len(read_links(path)) == 41
    assert os.listdir(tmp_path) == ["links.sssom.tsv"]  # no temporary file is left


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be written"):
        update(lambda links: accept(links, ID + "iran", WD + "Q794", TODAY), tmp_path / "none" / "x.sssom.tsv")


def test_data_without_a_table_has_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in resources.FOLDERS:
        (tmp_path / name).mkdir()
    monkeypatch.setenv(resources.VARIABLE, str(tmp_path))
    assert len(read_links()) == 0
    update(lambda links: accept(links, ID + "iran", WD + "Q794", TODAY))
    assert read_links(tmp_path / "data" / "links" / "entities.sssom.tsv").accepted == {ID + "iran": ("Q794",)}


def test_an_unknown_subcommand_is_told_with_near_ones(kzturk: Kzturk) -> None:
    said = kzturk("link", "acept")
    assert (said.code, "did you mean accept?" in said.err) == (2, True)


@pytest.mark.parametrize("name", ["accept", "check", "list", "reject", "review"])
def test_every_subcommand_has_help(kzturk: Kzturk, name: str) -> None:
    assert "--links" in kzturk("link", name, "--help").out
