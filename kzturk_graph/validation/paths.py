"""A property path of SHACL, read from RDF and written as SPARQL and as Turtle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
SH = terms.PREFIXES["sh"]
_MARKS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


@dataclass(frozen=True)
class Path:
    """``kind`` is iri, sequence, alternative, inverse or a repetition; ``parts`` its paths, or its IRI."""

    kind: str
    parts: tuple[Path | str, ...]

    def __str__(self) -> str:
        """As SPARQL writes it, with our prefixes: ``kt:date|kt:during``."""
        inner = [part if isinstance(part, str) else part._bracketed(self.kind) for part in self.parts]
        if self.kind == "iri":
            return terms.curie(inner[0])
        if self.kind == "inverse":
            return "^" + inner[0]
        if self.kind in _MARKS:
            return inner[0] + _MARKS[self.kind]
        return ("/" if self.kind == "sequence" else "|").join(inner)

    def _bracketed(self, around: str) -> str:
        loose = self.kind in ("sequence", "alternative") and around != "alternative"
        return f"({self})" if loose else str(self)

    def turtle(self) -> str:
        """As Turtle writes it, with whole IRIs: ``[ sh:inversePath <…> ]``."""
        inner = [f"<{part}>" if isinstance(part, str) else part.turtle() for part in self.parts]
        if self.kind == "iri":
            return inner[0]
        listed = f"( {' '.join(inner)} )"
        if self.kind == "sequence":
            return listed
        if self.kind == "alternative":
            return f"[ sh:alternativePath {listed} ]"
        name = "inversePath" if self.kind == "inverse" else self.kind
        return f"[ sh:{name} {inner[0]} ]"

    def predicates(self) -> tuple[str, ...]:
        """The IRIs in it that may stand at the focus node itself: not those behind a step or an inverse."""
        if self.kind == "inverse":
            return ()
        own = self.parts[:1] if self.kind == "sequence" else self.parts
        return tuple(iri for part in own for iri in ((part,) if isinstance(part, str) else part.predicates()))


class Paths:
    """The paths that RDF of shapes holds."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._objects = {(t.subject, t.predicate.value): t.object for t in triples}

    def of_shape(self, shape: Node) -> Path | None:
        """The ``sh:path`` of a property shape; None where it has none."""
        node = self._objects.get((shape, SH + "path"))  # type: ignore[arg-type]
        return None if node is None else self.read(node)

    def read(self, node: Node) -> Path:
        """The path that a node stands for."""
        if isinstance(node, ox.NamedNode):
            return Path("iri", (node.value,))
        for name in ("inversePath", *_MARKS):
            inner = self._objects.get((node, SH + name))  # type: ignore[arg-type]
            if inner is not None:
                return Path("inverse" if name == "inversePath" else name, (self.read(inner),))
        choices = self._objects.get((node, SH + "alternativePath"))  # type: ignore[arg-type]
        kind = "sequence" if choices is None else "alternative"
        return Path(kind, tuple(self.read(each) for each in self._listed(choices or node)))

    def _listed(self, node: Node) -> Iterator[Node]:
        while (first := self._objects.get((node, terms.RDF + "first"))) is not None:  # type: ignore[arg-type]
            yield first
            node = self._objects[node, terms.RDF + "rest"]  # type: ignore[index]
