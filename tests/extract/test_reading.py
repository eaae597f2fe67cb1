"""Reading a dump in pieces, by several processes, packed or not: always the same slice."""

from __future__ import annotations

import bz2
import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kzturk_graph.extract.blocks import blocks, line_start
from kzturk_graph.extract.entities import documents, mentioned
from kzturk_graph.wikibase.json_reader import entity
from tests.conftest import WIKIDATA

from .conftest import PLACES, Dump, item, line

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
FAR = 900_000_000
"""Numbers of ids beyond those that Wikidata has."""


def many(count: int) -> list[bytes]:
    """Lines of entities that mention each other, with the places among them."""
    chain = [line(item(f"Q{FAR + n}", [("P463", f"Q{FAR + n * 7 % count}")], en="x" * (n % 90))) for n in range(count)]
    return [*chain[: count // 2], *map(line, PLACES), *chain[count // 2 :]]


@pytest.mark.parametrize("piece", [1, 7, 100, 1000, 10_000, 1 << 20])
def test_ranges_of_any_size_give_the_same(dump: Dump, piece: int) -> None:
    dump.write(many(60))
    dump.extract("Q232", f"Q{FAR + 8}", hops=3, incoming=True)
    whole = dump.output.read_bytes()
    ended = dump.extract("Q232", f"Q{FAR + 8}", hops=3, incoming=True, piece=piece)
    assert dump.output.read_bytes() == whole
    assert (ended.entities, ended.problems.count) == (65, 0)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("packing", PACKERS)
def test_archives_give_the_same_as_plain(dump: Dump, packing: str, workers: int) -> None:
    dump.write(many(400)).extract("Q232", f"Q{FAR + 8}", hops=2)
    whole = dump.output.read_bytes()
    packed = PACKERS[packing]
    half = len(dump.path.read_bytes()) // 2
    raw = dump.path.read_bytes()
    dump.path.write_bytes(packed(raw[:half]) + packed(raw[half:]))  # of two members
    dump.extract("Q232", f"Q{FAR + 8}", hops=2, workers=workers, piece=512)
    assert dump.output.read_bytes() == whole


def test_two_processes_give_the_same_as_one(dump: Dump) -> None:
    lines = many(2000)
    lines[700] = lines[700][:-9]
    one = dump.write(lines).extract("Q232", f"Q{FAR + 8}", hops=3, incoming=True, piece=4096)
    whole = dump.output.read_bytes()
    two = dump.extract("Q232", f"Q{FAR + 8}", hops=3, incoming=True, piece=4096, workers=2)
    assert dump.output.read_bytes() == whole
    assert [str(each) for each in one.problems] == [str(each) for each in two.problems]
    assert one == two or one.passes == two.passes


def test_blocks_hold_every_byte_once(tmp_path: Path) -> None:
    raw = b"\n".join([b"a" * 30, b"", b"bb", b"c" * 100, b"d"])
    file = tmp_path / "lines"
    file.write_bytes(raw)
    for size in (1, 3, 16, 64, 1000):
        with open(file, "rb", buffering=0) as opened:
            given = [(at, bytes(buffer[:length])) for at, buffer, length in blocks(opened.readinto, 0, size=size)]
        assert b"".join(part for _, part in given) == raw
        assert all(raw[at:].startswith(part) for at, part in given)
        assert all(part.endswith(b"\n") for _, part in given[:-1])


def test_a_range_begins_with_its_first_line(tmp_path: Path) -> None:
    file = tmp_path / "lines"
    file.write_bytes(b"aaaa\nbb\ncccc\n")
    with open(file, "rb", buffering=0) as opened:
        assert [line_start(opened, at, 13) for at in range(13)] == [0, 5, 5, 5, 5, 5, 8, 8, 8, 13, 13, 13, 13]


@pytest.mark.needs("wikidata")
def test_mentions_of_real_entities_are_those_of_the_model() -> None:
    with gzip.open(WIKIDATA / "dump-slice.json.gz") as file:
        lines = [each.strip().rstrip(b",") for each in file if each.startswith(b"{")]
    assert len(lines) > 40
    for each in lines:
        (document,), alone = documents(each)
        assert alone
        assert mentioned(document) == entity(document).mentioned()


@pytest.mark.needs("wikidata")
def test_a_real_slice_is_what_a_plain_reading_finds(dump: Dump) -> None:
    with gzip.open(WIKIDATA / "dump-slice.json.gz") as file:
        read = {
            document["id"]: document
            for each in file
            if each.startswith(b"{")
            for document in [json.loads(each.strip().rstrip(b","))]
        }
    near = {other for other in read if "Q145" in mentioned(read[other])} | (mentioned(read["Q145"]) & set(read))
    dump.path = WIKIDATA / "dump-slice.json.gz"
    ended = dump.extract("Q145", hops=1, incoming=True)
    assert set(dump.ids()) == near | {"Q145"}
    assert len(near) > 3
    assert ended.entities == len(read)
