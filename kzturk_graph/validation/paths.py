"""A property path of SHACL, read from RDF and written as SPARQL and as Turtle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzturk_graph import terms

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

SH = terms.PREFIXES["sh"]
_MARKS = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}


@dataclass(frozen=True)
class Path:
    """``kind`` is iri, sequence, alternative, inverse or one of the repetitions; ``parts`` its paths, or the one IRI."""

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
        """The IRIs in it that may stand at the focus node itself, in their order: not those behind a step or an inverse."""
        if self.kind == "inverse":
            return ()
        own = self.parts[:1] if self.kind == "sequence" else self.parts
        return tuple(iri for part in own for iri in ((part,) if isinstance(part, str) else part.predicates()))


def read_path(graph: rdflib.Graph, node: Node) -> Path:
    """The path that ``node`` stands for in the RDF of shapes or of a report."""
    import rdflib
    from rdflib.collection import Collection

    if isinstance(node, rdflib.URIRef):
        return Path("iri", (str(node),))
    for name in ("inversePath", *_MARKS):
        inner = graph.value(node, rdflib.URIRef(SH + name))
        if inner is not None:
            kind = "inverse" if name == "inversePath" else name
            return Path(kind, (read_path(graph, inner),))
    choices = graph.value(node, rdflib.URIRef(SH + "alternativePath"))
    parts = tuple(read_path(graph, each) for each in Collection(graph, choices or node))
    return Path("alternative" if choices is not None else "sequence", parts)
