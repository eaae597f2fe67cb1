"""Property paths, read after the grammar of SPARQL 1.1 (https://www.w3.org/TR/sparql11-query/#rPath)."""

from __future__ import annotations

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.citations.reader import NotReadError, Reader
from kzturk_graph.citations.syntax import Path, Term

TYPE = ox.NamedNode(terms.TYPE)


def read_verb(reader: Reader) -> Term | Path:
    """A predicate: a variable, an IRI, or a path."""
    if reader.next.kind == "variable":
        return reader.variable()
    path = _alternative(reader)
    return path.iri if path.kind == "iri" and path.iri is not None else path


def _alternative(reader: Reader) -> Path:
    parts = [_sequence(reader)]
    while reader.accept("|"):
        parts.append(_sequence(reader))
    return parts[0] if len(parts) == 1 else Path("alternative", parts=tuple(parts))


def _sequence(reader: Reader) -> Path:
    first = _inverse(reader)
    return Path("sequence", parts=(first, _sequence(reader))) if reader.accept("/") else first


def _inverse(reader: Reader) -> Path:
    if reader.accept("^"):
        return Path("inverse", parts=(_repeated(reader),))
    return _repeated(reader)


def _repeated(reader: Reader) -> Path:
    path = _primary(reader)
    following = reader.next
    if following.upper in ("*", "+") or following.text == "?":
        reader.take()
        return Path(following.text, parts=(path,))
    return path


def _primary(reader: Reader) -> Path:
    if reader.accept("("):
        path = _alternative(reader)
        reader.expect(")")
        return path
    if reader.accept("!"):
        return _negated(reader)
    if reader.next.kind == "word" and reader.next.text == "a":
        reader.take()
        return Path("iri", TYPE)
    if reader.next.kind not in ("iri", "name"):
        raise NotReadError(f"{reader.next.text!r} where a property is expected")
    return Path("iri", reader.iri())


def _negated(reader: Reader) -> Path:
    ways: dict[bool, list[ox.NamedNode]] = {}
    several = reader.accept("(")
    while True:
        back = reader.accept("^")
        if reader.next.kind == "word" and reader.next.text == "a":
            reader.take()
            name = TYPE
        else:
            name = reader.iri()
        ways.setdefault(back, []).append(name)
        if not several or not reader.accept("|"):
            break
    if several:
        reader.expect(")")
    sides = {back: tuple(names) for back, names in ways.items()}
    return Path("not", forward=sides.get(False), backward=sides.get(True))
