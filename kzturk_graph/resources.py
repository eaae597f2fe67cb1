"""Where ontology, data and queries lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_INSIDE = PACKAGE / "_resources"
ROOT = _INSIDE if _INSIDE.is_dir() else PACKAGE.parent
"""The folder that holds ``ontology/``, ``data/`` and ``queries/``."""

BUILT = PACKAGE / "_built"
"""What the wheel's build derived from them; may be absent, and is used only where its digest still fits."""


def ontology() -> Path:
    """The folder of the ontology, its concepts and its shapes."""
    return ROOT / "ontology"


def data() -> Path:
    """The folder of the curated data."""
    return ROOT / "data"


def queries() -> Path:
    """The folder of the saved queries."""
    return ROOT / "queries"


def vocabulary_files(folder: Path | None = None) -> list[Path]:
    """The Turtle files of our terms, our concepts and the published terms in use; no axioms or shapes."""
    folder = folder or ontology()
    return [folder / "concepts.ttl", folder / "ontology.ttl", folder / "published.ttl"]


def data_files(folder: Path | None = None) -> list[Path]:
    """The TriG files of the data, sorted."""
    return sorted((folder or data()).rglob("*.trig"))


def _digested() -> Iterator[Path]:
    yield from vocabulary_files()
    yield ontology() / "labels.toml"
    yield from data_files()
    yield from sorted(queries().rglob("*.rq"))


def digest() -> str:
    """A checksum (CRC-32, hexadecimal) over every file that the built store and index are derived from.

    It tells a stale build from a fresh one at every start, so it is the fastest that does, not a cryptographic one.
    """
    total = 0
    for path in _digested():
        total = zlib.crc32(path.read_bytes(), zlib.crc32(path.relative_to(ROOT).as_posix().encode(), total))
    return f"{total:08x}"
