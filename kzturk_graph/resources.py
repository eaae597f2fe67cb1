"""Where ontology, data and queries lie: beside the package in a checkout, inside it in a wheel, or where
``KZTURK_DATA`` says.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from kzturk_graph.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    ROOT: Path
    """The packaged folder that holds ``ontology/``, ``data/`` and ``queries/``."""
    BUILT: Path
    """What the wheel's build derived from them; may be absent, and is used only where its digest still fits."""

_PACKAGE = os.path.dirname(os.path.realpath(__file__))
_INSIDE = os.path.join(_PACKAGE, "_resources")

VARIABLE = "KZTURK_DATA"
"""The environment variable that names another folder of that kind; empty is as good as not set."""
FOLDERS = ("ontology", "data", "queries")
FORMAT = 2
"""Raised when what the build leaves takes another form: what an older version left is then not used."""


def __getattr__(name: str) -> Any:
    """``ROOT`` and ``BUILT`` as paths. An installed wheel answers without them: pathlib takes long to import."""
    if name not in ("ROOT", "BUILT"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pathlib import Path

    return Path(built()) if name == "BUILT" else Path(_INSIDE if os.path.isdir(_INSIDE) else os.path.dirname(_PACKAGE))


def built(*names: str) -> str:
    """The path, as text, of something that the build left."""
    return os.path.join(_PACKAGE, "_built", *names)


def root() -> Path:
    """The folder in use: the one that ``KZTURK_DATA`` names, else the packaged one.

    Raises UsageError where the one it names lacks ``ontology/``, ``data/`` or ``queries/``.
    """
    from pathlib import Path

    named = os.environ.get(VARIABLE)
    if not named:
        return Path(_INSIDE if os.path.isdir(_INSIDE) else os.path.dirname(_PACKAGE))
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
    return not os.environ.get(VARIABLE) and os.path.isdir(_INSIDE)


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


def links_file() -> Path:
    """The table of links to other datasets; data of a person's own may have none."""
    return data() / "links" / "entities.sssom.tsv"


def _digested() -> Iterator[Path]:
    yield from vocabulary_files()
    yield ontology() / "labels.toml"
    yield from data_files()
    yield from (path for path in (links_file(),) if path.exists())
    yield from sorted(queries().rglob("*.rq"))


def digest() -> str:
    """A checksum (CRC-32, hexadecimal) over every file that the built store and index are derived from.

    It tells a stale build from a fresh one at every start, so it is the fastest that does, not a
    cryptographic one.
    """
    import zlib

    total, folder = FORMAT, root()
    for path in _digested():
        total = zlib.crc32(path.read_bytes(), zlib.crc32(path.relative_to(folder).as_posix().encode(), total))
    return f"{total:08x}"
