"""One state of the data: a folder or a file, read whole; the reading of a git revision is in ``revisions``.

Relative IRIs are resolved against the place inside the folder, not against where the folder lies, and the
blank nodes of different files are kept apart. The pattern of assertions isn't checked: what breaks it can be
compared too.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

import pyoxigraph as ox

from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import FORMATS, format_of, read_bytes, syntax_error

BASE = "relative:///"
"""What relative IRIs are resolved against: the same on both sides."""

_DATA = "data/"
_OURS = ("documents/", "curator/")
_LINKS = "links/entities.sssom.tsv"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class State:
    """One side of a comparison: how a person named it, and all its quads, as they are spelled."""

    name: str
    quads: frozenset[ox.Quad]


def read_state(name: str) -> State:
    """The state that ``name`` stands for: a file or folder where there is one, else a git revision.

    Raises InputError where it is none of them, can't be read or holds no RDF, and for a syntax error with its
    place.
    """
    path = Path(name)
    if path.is_dir():
        return State(name, frozenset(_folder(path)))
    if path.exists():
        return State(name, frozenset(parse(read_bytes(path), path)))
    from kzturk_graph.differences.revisions import read_revision

    return State(name, frozenset(read_revision(name)))


def parse(data: bytes, shown: Path, inside: str = "") -> Iterator[ox.Quad]:
    """The quads of a file's bytes; ``shown`` names it in messages and tells its format, ``inside`` is its
    place in its folder (with slashes), against which relative IRIs are resolved; empty for a file that stands
    alone.

    A table of links gives the assertion that it makes. Raises InputError for an ending that stands for no format, for
    what isn't UTF-8, and for a syntax error.
    """
    if shown.name == PurePosixPath(_LINKS).name:
        from kzturk_graph.graph.links import quads

        fault = _not_utf8(data, shown)
        if fault is not None:
            raise fault
        yield from quads(data.decode(), str(shown))
        return
    syntax, base = format_of(shown), BASE + quote(inside)
    try:
        yield from ox.parse(data.removeprefix(_BOM), format=syntax, base_iri=base, rename_blank_nodes=True)
    except (SyntaxError, ValueError) as error:
        raise _not_utf8(data, shown) or syntax_error(error, shown, data) from None


def chosen(paths: Iterable[str]) -> list[str]:
    """Which files of a folder (places inside it, with slashes) make up its state, sorted.

    In a data folder of our layout, or a checkout that holds one, the TriG files and the table of links; elsewhere every
    file whose ending stands for an RDF format. Hidden files and folders are left out.
    """
    seen = sorted(path for path in paths if not any(part.startswith(".") for part in path.split("/")))
    for root in (_DATA, ""):
        if any(path.startswith(tuple(root + each for each in _OURS)) and path.endswith(".trig") for path in seen):
            ours = (path for path in seen if path.startswith(root))
            return [path for path in ours if path.endswith(".trig") or path == root + _LINKS]
    return [path for path in seen if PurePosixPath(path).suffix.lower() in FORMATS]


def no_files(name: str) -> InputError:
    """The fault of a folder or revision without RDF files."""
    return InputError("holds no RDF files", path=name, hint=f"endings that stand for RDF: {', '.join(sorted(FORMATS))}")


def _folder(folder: Path) -> Iterator[ox.Quad]:
    files = chosen(_walk(folder))
    if not files:
        raise no_files(str(folder))
    for inside in files:
        yield from parse(read_bytes(folder / inside), folder / inside, inside)


def _walk(folder: Path) -> Iterator[str]:
    for root, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for name in files:
            yield (Path(root) / name).relative_to(folder).as_posix()


def _not_utf8(data: bytes, shown: Path) -> InputError | None:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return InputError("isn't UTF-8", path=str(shown), line=line, hint="save it as UTF-8")
    return None
