"""The next document: what ``kzturk sources add`` writes, and what it refuses."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kzturk_graph import resources, terms
from kzturk_graph.graph.assertions import read_corpus
from kzturk_graph.graph.statements import statement_dates
from kzturk_graph.graph.turtle.format import format_text
from kzturk_graph.sources.passages import fingerprint, sentences
from tests.conftest import Kzturk

PAGE = """<!doctype html><html lang="tr"><title>Fuar</title><nav>Ana sayfa</nav>
<h1>A fair of crafts "opens"</h1>
<p>A fair of crafts opened on Monday in the old town hall of a small place by the sea. Many came.</p>
<p>The next one is to be held in the year after that, the mayor of the place told everyone who was there.</p>
<footer>Printed in the town</footer>"""
GIVEN = ("--title", "A fair \\ opens", "--date", "[2026-05-01..2026-05-31]")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the data, in use by way of KZTURK_DATA."""
    root = tmp_path / "copy"
    for name in resources.FOLDERS:
        shutil.copytree(resources.ROOT / name, root / name)
    monkeypatch.setenv("KZTURK_DATA", str(root))
    return root


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "fair.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_the_skeleton_is_read_with_the_packaged_data(kzturk: Kzturk, folder: Path, page: Path) -> None:
    said = kzturk(
        "sources",
        "add",
        str(page),
        *GIVEN,
        "--url",
        "https://example.org/fair?a=1",
        "--publisher",
        "kazinform",
    )
    assert (said.code, said.out) == (0, "")
    path = folder / "data" / "documents" / "005.trig"
    assert f"005: 4 passages to read, in {path}" in said.err
    corpus = read_corpus()
    facts = {
        triple
        for name in ("date", "document")
        for triple in corpus.assertions[f"{terms.ASSERTION}curator-{name}-005"].triples
    }
    about = {terms.curie(t.predicate.value): t.object.value for t in facts}  # type: ignore[union-attr]
    assert about == {
        "kt:statementDate": "[2026-05-01..2026-05-31]",
        "rdf:type": terms.PREFIXES["bibo"] + "Document",
        "dcterms:title": "A fair \\ opens",
        "dcterms:language": "tr",
        "dcterms:publisher": terms.ENTITY + "kazinform",
        "schema:url": "https://example.org/fair?a=1",
    }
    assert str(statement_dates(corpus).documents[terms.DOCUMENT + "005"]) == "[2026-05-01..2026-05-31]"
    prints = {
        t.object.value  # type: ignore[union-attr]
        for t in corpus.beside
        if t.predicate.value == terms.kt("sha256") and "/005-" in t.subject.value  # type: ignore[union-attr]
    }
    assert fingerprint("Printed in the town") in prints
    assert len(prints) == 4
    text = path.read_text(encoding="utf-8")
    assert format_text(text, path=str(path), trig=True) == text


def test_no_run_of_ten_words_of_the_document_is_kept(kzturk: Kzturk, page: Path) -> None:
    said = kzturk("sources", "add", str(page), *GIVEN, "-o", "-")
    words = page.read_text(encoding="utf-8").replace("<", " <").split()
    written = " ".join(said.out.split())
    assert "kt:sha256" in written
    assert not [run for start in range(len(words) - 9) if (run := " ".join(words[start : start + 10])) in written]
    assert not [each for each in sentences(PAGE) if each in written]


def test_an_unknown_publisher_becomes_a_note(kzturk: Kzturk, page: Path) -> None:
    said = kzturk("sources", "add", str(page), *GIVEN, "--publisher", 'The "Town" Gazette', "-o", "-")
    assert r"Published by The \"Town\" Gazette, which the register doesn't name." in said.out
    assert "nothing is called" in said.err


def test_a_reason_for_the_date_is_kept_and_asked_for(kzturk: Kzturk, page: Path) -> None:
    assert "lacks kt:because" in kzturk("sources", "add", str(page), *GIVEN, "-o", "-").out
    said = kzturk("sources", "add", str(page), *GIVEN, "--because", "printed on top", "-o", "-")
    assert 'kt:because "printed on top"@en' in said.out
    assert "lacks" not in said.out


def test_a_number_or_file_that_is_taken_is_left_as_it_is(kzturk: Kzturk, folder: Path, page: Path) -> None:
    taken = folder / "data" / "documents" / "004.trig"
    before = taken.read_bytes()
    said = kzturk("sources", "add", str(page), *GIVEN, "--slug", "004")
    assert said.code == 2
    assert "there is a document 004 already\n  the next free number is 005" in said.err
    assert taken.read_bytes() == before
    elsewhere = page.parent / "005.trig"
    elsewhere.write_text("mine")
    said = kzturk("sources", "add", str(page), *GIVEN, "--output", str(elsewhere))
    assert said.code == 2
    assert "is there already" in said.err
    assert elsewhere.read_text() == "mine"


def test_a_version_of_a_document_that_was_read_is_noticed(kzturk: Kzturk, folder: Path, page: Path) -> None:
    assert kzturk("sources", "add", str(page), *GIVEN).code == 0
    page.write_text(PAGE.replace("Monday", "Tuesday"), encoding="utf-8")
    said = kzturk("sources", "add", str(page), *GIVEN)
    assert "3 of its passages stand in 005" in said.err
    assert (folder / "data" / "documents" / "006.trig").is_file()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--date", "next May"), "'next May' is not a date"),
        (("--date", "2026-02-30"), "is not a date"),
        (("--title", "  "), "the title is empty"),
        (("--url", "example.org"), "is no web address"),
        (("--url", "https://example.org/a b"), "is no web address"),
        (("--language", "Turkish"), "is no language tag"),
        (("--slug", "5"), "can't number a document"),
        (("--slug", "a-b"), "can't number a document"),
        (("--publisher", "kazakhstan"), "is not of the class Organization"),
        (("--output", "other.trig"), "document 005 can't stand in other.trig"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_written(
    kzturk: Kzturk, folder: Path, page: Path, words: tuple[str, ...], message: str
) -> None:
    before = sorted(folder.rglob("*"))
    said = kzturk("sources", "add", str(page), *GIVEN, *words)
    assert (said.code, said.out) == (2, "")
    assert message in said.err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    ("data", "message"), [(b"", "holds no text"), (b"\xff", "isn't UTF-8"), (b"a\0", "zero bytes")]
)
def test_what_is_no_text_is_refused(kzturk: Kzturk, folder: Path, tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(data)
    said = kzturk("sources", "add", str(path), *GIVEN)
    assert (said.code, said.out) == (3, "")
    assert f"{path}" in said.err
    assert message in said.err
    assert not (folder / "data" / "documents" / "005.trig").exists()


def test_a_file_that_is_not_there_and_a_folder_that_can_not_take_it(kzturk: Kzturk, page: Path, tmp_path: Path) -> None:
    assert kzturk("sources", "add", str(tmp_path / "none.txt"), *GIVEN).code == 3
    said = kzturk("sources", "add", str(page), *GIVEN, "-o", str(tmp_path / "no" / "005.trig"))
    assert said.code == 3
    assert "can't be written" in said.err


def test_an_installed_package_takes_no_document(kzturk: Kzturk, page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "is_installed", lambda: True)
    said = kzturk("sources", "add", str(page), *GIVEN)
    assert said.code == 2
    assert "KZTURK_DATA" in said.err


def test_another_folder_is_used_whole_or_refused(kzturk: Kzturk, folder: Path) -> None:
    (folder / "data" / "documents" / "003.trig").unlink()
    assert "003" not in [line.split()[0] for line in kzturk("sources").out.splitlines()]
    shutil.rmtree(folder / "queries")
    said = kzturk("sources")
    assert said.code == 2
    assert "has no folder queries" in said.err
