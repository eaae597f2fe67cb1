"""Dumps that are cut, corrupt, empty or something else: said, counted, and nothing else lost."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.extract import Progress, Request, extract
from kzturk_graph.extract.seeds import properties, seeds

from .conftest import ANKARA, ASTANA, BAKU, KAZAKHSTAN, TURKEY, Dump, layout, line, statement


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (line(ASTANA)[:-20], "not JSON"),
        (line(ASTANA).replace(b'"claims"', b"claims"), "not JSON"),
        (line(ASTANA).replace(b"Astana", b"\xff\xfe"), "not JSON"),
        (b"garbage", "not JSON"),
        (b'{"a":1}', "no id"),
        (b"17", "no id"),
    ],
    ids=["cut", "corrupt", "not UTF-8", "garbage", "not an entity", "a number"],
)
def test_a_broken_line_is_told_and_the_others_are_read(dump: Dump, broken: bytes, reason: str) -> None:
    ended = dump.write([line(BAKU), broken, line(KAZAKHSTAN)]).extract("Q232", "Q1520")
    assert dump.ids() == ["Q232"]
    assert ended.missing == ("Q1520",)
    (problem,) = ended.problems
    at = 2 + len(line(BAKU)) + 2
    assert (problem.name, problem.line) == (str(dump.path), 3)
    assert reason in problem.reason
    assert f"byte {at:,}" in problem.reason


def test_a_cut_line_that_isnt_wanted_is_told_too(dump: Dump) -> None:
    ended = dump.write([line(BAKU), line(ASTANA)[:-20], line(KAZAKHSTAN)]).extract("Q232")
    assert ended.problems.count == 1


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_broken_lines_at_the_beginning_dont_stop_it(dump: Dump, pack: Callable[[bytes], bytes]) -> None:
    dump.path.write_bytes(pack(layout([b"{broken", b"{broken", line(KAZAKHSTAN)])))
    ended = dump.extract("Q232", piece=10)
    assert dump.ids() == ["Q232"]
    assert ended.problems.count == 2


def test_a_file_of_other_lines_isnt_read_to_its_end(dump: Dump) -> None:
    dump.path.write_bytes(layout([b"{broken"] * 20_000))
    heard: list[Progress] = []
    with pytest.raises(InputError, match="not JSON"):
        dump.extract("Q232", piece=10_000, tell=heard.append)
    assert len(heard) < 4


def test_a_broken_line_is_counted_once_over_all_passes(dump: Dump) -> None:
    ended = dump.write([line(KAZAKHSTAN), line(ASTANA)[:-9], line(TURKEY)]).extract("Q232", hops=2)
    assert ended.passes == (1, 1, 0)
    assert ended.problems.count == 1


def test_all_that_is_left_out_can_be_listed(dump: Dump, tmp_path: Path) -> None:
    listed = tmp_path / "skipped.tsv"
    ended = dump.write([line(KAZAKHSTAN), *[b"{oh\tno}"] * 30]).extract("Q232", skipped=listed)
    assert ended.problems.count == 30
    rows = [row.split("\t") for row in listed.read_text().splitlines()]
    assert rows[0] == ["line", "byte", "reason"]
    assert [row[0] for row in rows[1:]] == [str(number) for number in range(3, 33)]
    assert {len(row) for row in rows} == {3}


def test_a_cut_plain_file_keeps_its_whole_lines(dump: Dump) -> None:
    dump.path.write_bytes(layout([line(KAZAKHSTAN), line(BAKU), line(TURKEY)])[:-30])
    ended = dump.extract("Q232", "Q43")
    assert dump.ids() == ["Q232"]
    assert ended.problems.count == 1
    assert "isn't closed" in ended.problems.report()


def test_a_file_cut_between_lines_is_noted(dump: Dump) -> None:
    dump.path.write_bytes(b"[\n" + line(KAZAKHSTAN) + b",\n")
    ended = dump.extract("Q232")
    assert ended.problems.count == 0
    assert "isn't closed" in ended.problems.report()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_cut_archive_keeps_all_before(dump: Dump, workers: int) -> None:
    noise = [line(BAKU).replace(b"Baku", f"Baku {n * 7919}".encode()) for n in range(3000)]
    raw = gzip.compress(layout([line(KAZAKHSTAN), *noise, line(TURKEY)]))
    dump.path.write_bytes(raw[: len(raw) // 2])
    ended = dump.extract("Q232", "Q43", hops=1, workers=workers)
    assert dump.ids() == ["Q232"]
    (problem,) = ended.problems
    assert "the file is cut" in problem.reason
    assert problem.line is not None
    assert 100 < problem.line < 3000
    assert ended.entities == problem.line - 2  # the bracket, and the line in which it is cut


def test_a_corrupt_archive_keeps_all_before(dump: Dump) -> None:
    noise = [line(BAKU).replace(b"Baku", f"Baku {n * 7919}".encode()) for n in range(40_000)]
    raw = bytearray(bz2.compress(layout([line(KAZAKHSTAN), *noise]), 1))
    raw[len(raw) * 3 // 4] ^= 0xFF
    dump.path.write_bytes(raw)
    ended = dump.extract("Q232")
    assert dump.ids() == ["Q232"]
    assert "unpacked" in ended.problems.report()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"<html><body>404</body></html>", "isn't JSON"),
        (b"<http://www.wikidata.org/entity/Q232> <p> <o> .\n", "isn't JSON"),
        (b'{"head":{"vars":[]},"results":{"bindings":[]}}', "no id"),
        (b'[\n  {\n    "type": "item",\n    "id": "Q232"\n  }\n]\n', "over several lines"),
        (b"[\n]\n", "no entities"),
        (b"PK\x03\x04" + b"\0" * 100, "ZIP"),
        (gzip.compress(b"<html>"), "isn't JSON"),
        (b"\x1f\x8b\x08\x00" + b"\0" * 50, "gzip"),
    ],
    ids=["empty", "blank", "HTML", "N-Triples", "SPARQL results", "on many lines", "no entity", "zip", "packed HTML", "corrupt head"],
)  # fmt: skip
def test_what_isnt_a_dump_is_an_error(dump: Dump, raw: bytes, said: str) -> None:
    dump.path.write_bytes(raw)
    dump.output.write_text("before")
    with pytest.raises(InputError) as error:
        dump.extract("Q232")
    assert said in str(error.value)
    assert str(dump.path) in str(error.value)
    assert dump.output.read_text() == "before"
    assert {each.name for each in dump.folder.iterdir()} == {"dump.json", "slice.json"}


def test_a_file_that_isnt_there(dump: Dump) -> None:
    dump.path = dump.folder / "none.json"
    with pytest.raises(InputError, match="can't be read"):
        dump.extract("Q232")


def test_a_folder_that_isnt_there_is_told_before_the_dump_is_read(dump: Dump) -> None:
    with pytest.raises(InputError, match="no such folder"):
        extract("none.json", Request(frozenset(["Q232"])), dump.folder / "none" / "slice.json")


def test_the_dump_is_never_its_own_output(dump: Dump) -> None:
    before = dump.path.read_bytes()
    with pytest.raises(UsageError, match="the dump itself"):
        extract(str(dump.path), Request(frozenset(["Q232"])), dump.path)
    assert dump.path.read_bytes() == before


def test_a_dump_that_changes_meanwhile_is_an_error(dump: Dump) -> None:
    def change(_progress: object) -> None:
        dump.path.write_bytes(layout([line(ANKARA)]))

    with pytest.raises(InputError, match="changed while it was read"):
        dump.extract("Q232", hops=1, tell=change)


def test_seeds_by_ids_iris_and_a_file(tmp_path: Path) -> None:
    assert seeds("Q232,q43 http://www.wikidata.org/entity/Q227") == {"Q232", "Q43", "Q227"}
    file = tmp_path / "seeds"
    file.write_text("# countries\nQ232 # Kazakhstan\n\nQ43, Q227\nhttp://www.wikidata.org/entity/P17#this\n")
    with pytest.raises(InputError) as error:
        seeds(str(file))
    assert f"{file}:5:1" in str(error.value)
    file.write_text("# countries\nQ232 # Kazakhstan\n\nQ43, Q227\n")
    assert seeds(str(file)) == {"Q232", "Q43", "Q227"}


@pytest.mark.parametrize("text", ["", "Q", "Q0", "232", "Kazakhstan", "Q232;Q43", "none.txt"])
def test_seeds_that_are_none(text: str) -> None:
    with pytest.raises(UsageError, match="neither"):
        seeds(text)


def test_properties_that_are_none() -> None:
    assert properties("P31, p17") == ("P31", "P17")
    with pytest.raises(UsageError, match="'Q232'"):
        properties("P31,Q232")


def test_links_are_seeds() -> None:
    assert {"Q232", "Q43"} <= seeds("links")


@pytest.mark.parametrize("workers", [1, 2])
def test_a_line_without_end_is_an_error(dump: Dump, monkeypatch: pytest.MonkeyPatch, workers: int) -> None:
    monkeypatch.setattr("kzturk_graph.extract.blocks.LONGEST", 1 << 20)
    dump.path.write_bytes(b"[" + b",".join([line(BAKU)] * 20_000) + b"]")
    with pytest.raises(InputError, match="longer than 1,048,576 bytes"):
        dump.extract("Q232", workers=workers)


def test_a_byte_order_mark_is_no_part_of_the_first_line(dump: Dump) -> None:
    for raw in (dump.path.read_bytes(), line(KAZAKHSTAN) + b"\n" + line(BAKU) + b"\n"):
        dump.path.write_bytes(b"\xef\xbb\xbf" + raw)
        ended = dump.extract("Q232")
        assert dump.ids() == ["Q232"]
        assert not ended.problems


def test_an_answer_of_the_api_may_have_titles_without_a_page(dump: Dump) -> None:
    missing = {"-1": {"site": "enwiki", "title": "Nowhere", "missing": ""}, "Q30": {"id": "Q30", "missing": ""}}
    dump.path.write_text(json.dumps({"entities": {"Q232": KAZAKHSTAN, **missing}, "success": 1}) + "\n")
    ended = dump.extract("Q232", "Q30")
    assert dump.ids() == ["Q232"]
    assert not ended.problems


def test_a_value_of_another_shape_leads_nowhere(dump: Dump) -> None:
    odd = {**KAZAKHSTAN, "claims": {"P36": [statement("P36", "Q1520")], "P530": [statement("P530", "Q43")]}}
    odd["claims"]["P36"][0]["mainsnak"]["datavalue"]["value"] = "Q1520"
    dump.write([line(odd), line(TURKEY)]).extract("Q232", hops=1)
    assert dump.ids() == ["Q232", "Q43"]
