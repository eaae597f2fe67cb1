"""A file, a folder or an address as a source of entities."""

from __future__ import annotations

import gzip
import json
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.wikibase.endpoint import EndpointSource
from kzturk_graph.wikibase.source import FileSource, open_source

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def stub(*ids: str) -> str:
    return "\n".join(json.dumps({"id": id}) for id in ids) + "\n"


def triple(id: str) -> str:
    return f'<http://www.wikidata.org/entity/{id}> <{LABEL}> "{id}"@en .\n'


def test_a_folder_reads_all_its_files(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(stub("Q232"))
    (tmp_path / "b" / "c.nt").write_bytes(gzip.compress(triple("Q43").encode()))
    (tmp_path / ".hidden").write_text("nothing to read")
    source = open_source(str(tmp_path))
    assert [each.id for each in source.entities()] == ["Q232", "Q43"]
    assert not source.problems.report()


def test_a_file_of_a_folder_that_is_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("About these files\n")
    (tmp_path / "a.json").write_text(stub("Q232"))
    (tmp_path / "map.json").write_text('{"type": "FeatureCollection", "features": []}')
    (tmp_path / "own.ttl").write_text("<https://example.org/a> <https://example.org/b> 1 .")
    (tmp_path / "more.zip").write_bytes(b"PK\x03\x04" + bytes(99))
    source = open_source(str(tmp_path))
    assert [each.id for each in source.entities()] == ["Q232"]
    assert source.problems.count == 4
    assert "README.md: isn't Wikibase data: text that begins 'About these files'" in source.problems.report()


def test_a_folder_without_data(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the folder holds no files"):
        list(open_source(str(tmp_path)).entities())
    (tmp_path / "README.md").write_text("About these files\n")
    (tmp_path / "list.csv").write_text("id,label\n")
    with pytest.raises(InputError, match="no file in it is Wikibase data"):
        list(open_source(str(tmp_path)).entities())


def test_get_reads_until_all_are_found(tmp_path: Path) -> None:
    (tmp_path / "data").write_text(stub("Q232", "Q43") + '{"broken')
    source = open_source(str(tmp_path / "data"))
    assert source.get(["Q43", "Q232"]).keys() == {"Q43", "Q232"}
    assert source.problems.count == 0
    assert source.get(["Q43", "Q1520"]).keys() == {"Q43"}
    assert source.problems.count == 1
    assert source.get([]) == {}


def test_a_full_entity_is_preferred_to_a_truthy_one(tmp_path: Path) -> None:
    (tmp_path / "1.nt").write_text(triple("Q232"))
    (tmp_path / "2.json").write_text(stub("Q232"))
    assert open_source(str(tmp_path)).get(["Q232"])["Q232"].truthy is False


def test_the_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(gzip.compress(stub("Q232").encode()))))
    assert [each.id for each in open_source("-").entities()] == ["Q232"]


@pytest.mark.parametrize(
    ("name", "text", "version"),
    [
        ("wikidata-20240501-all.json", stub("Q232"), "2024-05-01"),
        ("latest.json", json.dumps({"id": "Q232", "modified": "2023-02-03T04:05:06Z"}), "2023-02-03T04:05:06Z"),
        ("latest.json", stub("Q232"), None),
        (
            "latest.nt",
            '<http://wikiba.se/ontology#Dump> <http://schema.org/dateModified> "2024-04-30T23:00:01Z" .\n'
            + triple("Q232"),
            "2024-04-30T23:00:01Z",
        ),
    ],
)
def test_versions(tmp_path: Path, name: str, text: str, version: str | None) -> None:
    (tmp_path / name).write_text(text)
    source = open_source(str(tmp_path / name))
    assert list(source.entities())
    assert source.version == version


def test_what_a_text_names(tmp_path: Path) -> None:
    (tmp_path / "a").write_text(stub("Q232"))
    assert isinstance(open_source(str(tmp_path / "a")), FileSource)
    assert isinstance(open_source("https://query.wikidata.org/sparql", timeout=3), EndpointSource)
    with pytest.raises(InputError, match="there is no such file or folder"):
        open_source(str(tmp_path / "b"))
    with pytest.raises(UsageError, match="hdfs:// isn't read"):
        open_source("hdfs://host/dump.json")
