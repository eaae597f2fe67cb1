"""Where ontology, data and queries lie: beside the package in a checkout, inside it in a wheel, or where
``KZTURK_DATA`` says.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterator
from pathlib import Path

from kzturk_graph.errors import UsageError

PACKAGE = Path(__file__).resolve().parent
_INSIDE = PACKAGE / "_resources"
ROOT = _INSIDE if _INSIDE.is_dir() else PACKAGE.parent
"""The packaged folder that holds ``ontology/``, ``data/`` and ``queries/``."""

BUILT = PACKAGE / "_built"
"""What the wheel's build derived from them; may be absent, and is used only where its digest still fits."""


VARIABLE = "KZTURK_DATA"
"""The environment variable that names another folder of that kind; empty is as good as not set."""
FOLDERS = ("ontology", "data", "queries")


def root() -> Path:
    """The folder in use: the one that ``KZTURK_DATA`` names, else the packaged one.

    Raises UsageError where the one it names lacks ``ontology/``, ``data/`` or ``queries/``.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return ROOT
    folder = Path(named).expanduser().resolve()
    lacking = [name for name in FOLDERS if not (folder / name).is_dir()]
    if lacking:
        raise UsageError(
            f"{VARIABLE} names {named!r}, which has no folder {', '.join(lacking)}",
            f"name a folder that holds {', '.join(FOLDERS)}, such as a checkout, or unset it",
        )
    return folder


def is_installed() -> bool:
    """Whether the folder in use lies inside the installed package, which is no place to curate."""
    return root() == _INSIDE


def ontology() -> Path:
    """The folder of the ontology, its concepts and its shapes."""
    return root() / "ontology"


def data() -> Path:
    """The folder of the curated data."""
    return root() / "data"


def queries() -> Path:
    """The folder of the saved queries."""
    return root() / "queries"


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

    It tells a stale build from a fresh one at every start, so it is the fastest that does, not a
    cryptographic one.
    """
    total, folder = 0, root()
    for path in _digested():
        total = zlib.crc32(path.read_bytes(), zlib.crc32(path.relative_to(folder).as_posix().encode(), total))
    return f"{total:08x}"
