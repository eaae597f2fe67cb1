"""The shapes, which of the plain graphs each file of them is for, and the check that shapes are shapes.

The packaged files are told apart by name: ``metadata.ttl`` and ``concepts.ttl`` are for what is said about
passages and assertions, ``mentions.ttl`` is for the union of all modes alone (what only plans speak of gets
its type there), the others are for the merge of what is held as fact and for that union.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import read_quads

SH = terms.PREFIXES["sh"]
FACTS, MODES, METADATA = "facts", "all modes", "metadata"
GRAPHS = (FACTS, MODES, METADATA)
_FOR = {"metadata.ttl": (METADATA,), "concepts.ttl": (METADATA,), "mentions.ttl": (MODES,)}
_TARGETS = {SH + name for name in ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf")}
_KINDS = {SH + "NodeShape", SH + "PropertyShape"}
_PARTS = {SH + name for name in ("property", "node", "qualifiedValueShape", "not")}


@dataclass(frozen=True)
class Shapes:
    """Shapes as triples, by the name of the plain graph that they're for; ``packaged`` if they're ours."""

    by_graph: Mapping[str, frozenset[ox.Triple]]
    packaged: bool

    def of(self, graph: str) -> frozenset[ox.Triple]:
        """The shapes for a plain graph: those of its name, and all of them for a graph of another name."""
        return self.by_graph.get(graph, self.everything)

    @cached_property
    def everything(self) -> frozenset[ox.Triple]:
        """All shapes together."""
        return frozenset().union(*self.by_graph.values())

    @cached_property
    def _owners(self) -> dict[str, str]:
        return {
            str(t.object): str(t.subject)
            for t in sorted(self.everything, key=str)
            if t.predicate.value in _PARTS and not isinstance(t.object, ox.Literal)
        }

    def owner(self, shape: ox.NamedNode | ox.BlankNode) -> tuple[str, str]:
        """The IRIs of the nearest shape with a name, seen outwards, and of the outermost; else ''."""
        chain = [str(shape)]
        while chain[-1] in self._owners and self._owners[chain[-1]] not in chain:
            chain.append(self._owners[chain[-1]])
        named = [each[1:-1] for each in chain if each.startswith("<")]
        return (named[0], named[-1]) if named else ("", "")


def shape_files(folder: Path | None = None) -> list[Path]:
    """The packaged shapes files, sorted."""
    return sorted(((folder or resources.ontology()) / "shapes").glob("*.ttl"))


def packaged_shapes() -> Shapes:
    """Our own shapes."""
    found: dict[str, set[ox.Triple]] = {name: set() for name in GRAPHS}
    for path in shape_files():
        triples = {quad.triple for quad in read_quads(path)}
        for name in _FOR.get(path.name, (FACTS, MODES)):
            found[name] |= triples
    return Shapes({name: frozenset(triples) for name, triples in found.items()}, packaged=True)


def read_shapes(path: Path) -> Shapes:
    """The shapes of a file, for every plain graph. Raises InputError for a file without shapes."""
    triples = frozenset(quad.triple for quad in read_quads(path))
    if not any(_is_shape(triple) for triple in triples):
        raise InputError(
            "holds no SHACL shapes",
            path=str(path),
            hint="--shapes takes a file with a sh:NodeShape or sh:PropertyShape; data needs no option",
        )
    return Shapes(dict.fromkeys(GRAPHS, triples), packaged=False)


def _is_shape(triple: ox.Triple) -> bool:
    if triple.predicate.value in _TARGETS:
        return True
    return triple.predicate.value == terms.TYPE and getattr(triple.object, "value", None) in _KINDS
