"""What a Turtle or TriG file consists of, as its author wrote it: statements in order, with comments."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

Ground = ox.NamedNode | ox.BlankNode | ox.Literal


@dataclass(frozen=True)
class Pair:
    """A predicate with its objects; ``line`` is the predicate's, from 1 (0 where there is no file)."""

    predicate: ox.NamedNode
    objects: tuple[Node, ...]
    line: int = 0


@dataclass(frozen=True)
class Anon:
    """A blank node written ``[ … ]``, with what is said in the brackets."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True)
class Collection:
    """A list written ``( … )``."""

    items: tuple[Node, ...]


Node = Ground | Anon | Collection


@dataclass(frozen=True)
class Statement:
    """A subject with its predicates and objects, up to the full stop, and the comments around and in it."""

    subject: Node
    pairs: tuple[Pair, ...]
    comments: tuple[str, ...] = ()
    line: int = 0

    @property
    def nested(self) -> bool:
        """Whether ``[`` or ``(`` stands in it; such a statement keeps its own order."""
        nodes = (self.subject, *(node for pair in self.pairs for node in pair.objects))
        return any(isinstance(node, Anon | Collection) for node in nodes)


@dataclass(frozen=True)
class Graph:
    """A block ``name { … }``; ``tail`` are the comments between its last statement and the closing brace."""

    name: ox.NamedNode | ox.BlankNode | Anon
    statements: tuple[Statement, ...]
    comments: tuple[str, ...] = ()
    tail: tuple[str, ...] = ()
    line: int = 0
    column: int = 0


Item = Statement | Graph


@dataclass(frozen=True)
class Declaration:
    """A prefix (without its colon) with its namespace in full; ``prefix`` is None for a base."""

    prefix: str | None
    iri: str
    comments: tuple[str, ...]
    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """A whole file. In ``header`` and ``tail``, the comments at its head and end, '' is a blank line."""

    header: tuple[str, ...]
    declarations: tuple[Declaration, ...]
    items: tuple[Item, ...]
    tail: tuple[str, ...]
