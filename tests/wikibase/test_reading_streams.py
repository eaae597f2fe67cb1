"""Packed and plain files as streams: told by content, whole where they are whole, a fault named where they aren't."""

from __future__ import annotations

import bz2
import gzip
import io
import struct
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from kzturk_graph.errors import InputError
from kzturk_graph.wikibase.streams import open_bytes

TEXT = b"".join(b"line %d of the content\n" % number for number in range(60_000))
PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "zstd": zstandard.ZstdCompressor(write_content_size=False).compress,
}


def content(path: Path | str, ahead: bool = True) -> bytes:
    with open_bytes(path, ahead) as stream:
        return stream.read()


def read_until_fault(path: Path) -> tuple[bytes, InputError]:
    got = b""
    with open_bytes(path) as stream:
        try:
            while block := stream.read1(1 << 16):
                got += block
        except InputError as fault:
            return got, fault
    raise AssertionError("no fault")


def test_plain(tmp_path: Path) -> None:
    (tmp_path / "a.gz").write_bytes(TEXT)  # the name doesn't matter
    assert content(tmp_path / "a.gz") == TEXT


@pytest.mark.parametrize("ahead", [True, False])
@pytest.mark.parametrize("kind", PACK)
def test_packed(tmp_path: Path, kind: str, ahead: bool) -> None:
    (tmp_path / "a.json").write_bytes(PACK[kind](TEXT))
    assert content(tmp_path / "a.json", ahead) == TEXT


@pytest.mark.parametrize("kind", PACK)
def test_several_members_are_one(tmp_path: Path, kind: str) -> None:
    (tmp_path / "a").write_bytes(PACK[kind](TEXT[:1000]) + PACK[kind](b"") + PACK[kind](TEXT[1000:]))
    assert content(tmp_path / "a") == TEXT


@pytest.mark.parametrize("kind", PACK)
def test_a_cut_archive_gives_what_came_before_the_cut(tmp_path: Path, kind: str) -> None:
    first, second = PACK[kind](TEXT), PACK[kind](b"second member " * 3000)
    (tmp_path / "a").write_bytes(first + second[:-9])
    got, fault = read_until_fault(tmp_path / "a")
    assert got.startswith(TEXT)
    assert str(fault.path) == str(tmp_path / "a")
    assert f"ends before the archive's end: the file is cut ({kind}, at byte {len(first + second) - 9:,})" in str(fault)
    assert fault.exit_code == 3


@pytest.mark.parametrize("kind", ["gzip", "bzip2"])
def test_a_corrupt_archive_is_named(tmp_path: Path, kind: str) -> None:
    data = bytearray(PACK[kind](TEXT))
    data[len(data) // 2 : len(data) // 2 + 30] = b"\xff" * 30
    (tmp_path / "a").write_bytes(bytes(data))
    _, fault = read_until_fault(tmp_path / "a")
    assert "can't be unpacked" in str(fault)


def test_zstd_that_begins_with_a_frame_to_skip(tmp_path: Path) -> None:
    skipped = struct.pack("<II", 0x184D2A50, 4) + b"size"
    (tmp_path / "a").write_bytes((skipped + PACK["zstd"](TEXT)) * 2)
    assert content(tmp_path / "a") == TEXT * 2


def test_zeros_after_an_archive_are_padding(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(TEXT) + bytes(600))
    assert content(tmp_path / "a") == TEXT


def test_something_else_after_an_archive_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(TEXT) + b"something else")
    got, fault = read_until_fault(tmp_path / "a")
    assert got == TEXT
    assert "something else follows the archive's end" in str(fault)


@pytest.mark.parametrize(("head", "what"), [(b"PK\x03\x04", "ZIP"), (b"\xfd7zXZ\0", "xz"), (b"%PDF-1.7", "PDF")])
def test_other_archives_are_named(tmp_path: Path, head: bytes, what: str) -> None:
    (tmp_path / "a").write_bytes(head + bytes(100))
    with pytest.raises(InputError, match=what):
        content(tmp_path / "a")


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="No such file"):
        content(tmp_path / "none")


def test_a_reader_that_stops_early_leaves_no_thread_waiting(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(gzip.compress(b"x" * 50_000_000))
    with open_bytes(tmp_path / "a") as stream:
        assert stream.read(3) == b"xxx"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_the_standard_input_stays_open(monkeypatch: pytest.MonkeyPatch, pack: Callable[[bytes], bytes]) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(pack(TEXT)))
    monkeypatch.setattr(sys, "stdin", stdin)
    assert content("-") == TEXT
    assert not stdin.closed
