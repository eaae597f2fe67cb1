"""What became of a document: the same, moved, changed, missing and new passages, and which version it is."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kzturk_graph.sources.align import Mark, align
from kzturk_graph.sources.check import Finding, check, compare
from kzturk_graph.sources.declared import Passage, declared
from kzturk_graph.sources.passages import fingerprint, sentences
from tests.conftest import DOCUMENTS, Kzturk

LINES = ["Title", "First it grew. Then it fell.", "A visit took place.", "A plan was made.", "The end."]


def known(lines: list[str], document: str = "901") -> list[Passage]:
    return [
        Passage("", document, number, fingerprint(line), len(sentences(line)), frozenset(), {}, ())
        for number, line in enumerate(lines, 1)
    ]


def outcomes(lines: list[str]) -> list[tuple[int, str, int | None]]:
    found = compare(known(LINES), lines)
    return [(each.number, each.outcome, each.now) for each in found if each.outcome != "same"]


def test_the_version_read() -> None:
    assert outcomes(LINES) == []


def test_an_edited_passage_is_changed_though_others_came_before_it() -> None:
    edited = ["A new lead.", "Title", "First it grew fast. Then it fell.", *LINES[2:]]
    assert outcomes(edited) == [
        (1, "moved", 2), (2, "changed", 3), (3, "moved", 4), (4, "moved", 5), (5, "moved", 6),
        (1, "new", None),
    ]  # fmt: skip


def test_an_edited_passage_is_changed_though_others_before_it_are_gone() -> None:
    assert outcomes([LINES[0], LINES[2], "A plan was dropped.", LINES[4]]) == [
        (2, "missing", None), (3, "moved", 2), (4, "changed", 3), (5, "moved", 4),
    ]  # fmt: skip


def test_a_passage_that_was_put_elsewhere_is_moved() -> None:
    assert outcomes([LINES[0], *LINES[2:], LINES[1]])[0] == (2, "moved", 5)


def test_of_two_passages_in_a_gap_the_one_with_as_many_sentences_is_the_edit() -> None:
    lines = [LINES[0], "A new line.", "First it rose. Then it sank.", *LINES[2:]]
    assert (2, "changed", 3) in outcomes(lines)
    assert (2, "new", None) in outcomes(lines)


def test_repeated_passages_are_counted_once_each() -> None:
    lines = ["Photo", "Text.", "Photo"]
    found = list(compare(known(lines), ["Photo", "Text.", "Photo", "Photo"]))
    assert [each.outcome for each in found] == ["same", "same", "same", "new"]


def test_no_text_has_all_missing() -> None:
    assert {each.outcome for each in compare(known(LINES), [])} == {"missing"}


def test_another_count_of_sentences_is_told() -> None:
    line = "It grew. It fell."
    wrong = Passage("", "901", 1, fingerprint(line), 3, frozenset(), {}, ())
    assert list(compare([wrong], [line])) == [Finding("901", 1, "same", None, 2)]


MARKS = st.lists(st.builds(Mark, st.sampled_from("abcdef"), st.integers(1, 3)), max_size=12)


@given(MARKS, MARKS)
def test_every_passage_is_accounted_for_once(old: list[Mark], new: list[Mark]) -> None:
    pairs = align(old, new)
    assert [pair.old for pair in pairs if pair.old is not None] == list(range(len(old)))
    assert sorted(pair.new for pair in pairs if pair.new is not None) == list(range(len(new)))
    for pair in pairs:
        alike = None not in (pair.old, pair.new) and old[pair.old].fingerprint == new[pair.new].fingerprint  # type: ignore[index]
        assert pair.same == alike


@given(MARKS)
def test_the_same_is_the_same(marks: list[Mark]) -> None:
    assert all(pair.same and pair.old == pair.new for pair in align(marks, marks))


@pytest.mark.needs("documents")
def test_the_documents_are_as_they_were_read(kzturk: Kzturk) -> None:
    said = kzturk("sources", "check", str(DOCUMENTS), "--format", "json")
    found = json.loads(said.out)
    assert said.code == 0
    assert [each["verdict"] for each in found["documents"]] == ["the version read"] * 5
    assert sum(int(each["same"]) for each in found["documents"]) == 194
    assert found["passages"] == []


@pytest.mark.needs("documents")
def test_a_later_version_is_told_from_the_one_read(kzturk: Kzturk, tmp_path: Path) -> None:
    for path in DOCUMENTS.glob("*.txt"):
        lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        if path.name.startswith("004"):
            lines = ["A line on top.", *lines[:9], lines[9] + " More.", *lines[10:-1]]
        (tmp_path / path.name).write_text("\n\n".join(lines), encoding="utf-8")
    said = kzturk("sources", "check", str(tmp_path), "--format", "json")
    verdicts = {each["document"]: each for each in json.loads(said.out)["documents"]}
    assert said.code == 1
    assert verdicts["003"]["verdict"] == "the version read"
    assert verdicts["004"]["verdict"] == "a later or other version"
    assert [verdicts["004"][name] for name in ("changed", "missing", "new")] == ["1", "1", "1"]


def test_a_document_without_a_file_is_all_missing(tmp_path: Path) -> None:
    (tmp_path / "901.html").write_text("".join(f"<p>{line}</p>" for line in LINES))
    (tmp_path / "9020.txt").write_text("another number")
    found = check([*known(LINES), *known(LINES, "902")], tmp_path)
    assert [each.verdict for each in found] == ["the version read", "no file"]
    assert found[1].counts["missing"] == 5


def test_a_folder_with_two_files_of_a_document_is_refused(kzturk: Kzturk, tmp_path: Path) -> None:
    for name in ("004.txt", "004.html"):
        (tmp_path / name).write_text("text")
    said = kzturk("sources", "check", str(tmp_path))
    assert said.code == 3
    assert "several files begin with 004" in said.err


def test_a_file_that_is_no_text_is_refused(kzturk: Kzturk, tmp_path: Path) -> None:
    (tmp_path / "004.txt").write_bytes(b"\xff\xfe")
    said = kzturk("sources", "check", str(tmp_path))
    assert (said.code, said.out) == (3, "")
    assert "004.txt:1: isn't UTF-8" in said.err


def test_declared_passages_stand_in_order_and_know_what_was_read(store: object) -> None:
    found = declared(store)  # type: ignore[arg-type]
    assert [(each.document, each.number) for each in found] == sorted((e.document, e.number) for e in found)
    assert not [each.iri for each in found if each.forgotten]
    assert next(each for each in found if each.iri.endswith("004-p2")).read == {1, 2}
