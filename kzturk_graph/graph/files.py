"""RDF files in: every format by its ending, every fault with file, line and column."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kzturk_graph.errors import InputError

FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".n3": ox.RdfFormat.N3,
}


def format_of(path: Path) -> ox.RdfFormat:
    """The format that a file's ending stands for. Raises InputError where it stands for none."""
    try:
        return FORMATS[path.suffix.lower()]
    except KeyError:
        raise InputError(
            f"the ending {path.suffix or '(none)'!r} stands for no RDF format",
            path=str(path),
            hint=f"endings that do: {', '.join(sorted(FORMATS))}",
        ) from None


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises InputError where there is no such file or it can't be opened."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"can't be read: {error.strerror}", path=str(path)) from None


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises InputError with the place of the first byte that isn't UTF-8."""
    data = read_bytes(path)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError("isn't UTF-8", path=str(path), line=line, hint="save it as UTF-8") from None


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises InputError with line and column of a syntax error."""
    import tomllib

    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\s*\(at line (\d+), column (\d+)\)$", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        said = str(error)[: place.start()] if place else str(error)
        raise InputError(f"isn't TOML: {said}", path=str(path), line=line, column=column) from None


def read_quads(path: Path) -> list[ox.Quad]:
    """All quads of a file, literals as they are spelled. Raises InputError with line and column of a syntax error."""
    form, data = format_of(path), read_bytes(path)
    try:
        return list(ox.parse(data, format=form, base_iri=path.resolve().as_uri()))
    except (SyntaxError, ValueError) as error:
        raise syntax_error(error, path, data) from None


def syntax_error(error: Exception, path: Path | None, data: bytes) -> InputError:
    """What pyoxigraph's parser found, as an InputError."""
    line, column = getattr(error, "lineno", None), getattr(error, "offset", None)
    message = getattr(error, "msg", None) or str(error)
    return InputError(
        f"can't be parsed: {message}",
        path=str(path) if path else None,
        line=line,
        column=column,
        source=data.decode(errors="replace"),
    )
