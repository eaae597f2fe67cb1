"""What a comparison finds: one change of one fact, or of what is said about a source."""

from __future__ import annotations

from dataclasses import dataclass, field

import pyoxigraph as ox

Subject = ox.NamedNode | ox.BlankNode | ox.Triple
Value = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Graph = ox.NamedNode | ox.BlankNode | ox.DefaultGraph

ADDED, REMOVED, CHANGED, RESOURCED, METADATA = "added", "removed", "changed", "re-sourced", "metadata"
KINDS = (ADDED, REMOVED, CHANGED, RESOURCED, METADATA)


@dataclass(frozen=True, order=True)
class Origin:
    """An assertion that states a fact on one side: its name, its passages, and its modality where it has one.

    Two origins are the same where assertion and passages are; how the content is held is compared as
    metadata.
    """

    assertion: str
    passages: tuple[str, ...] = ()
    modality: str = field(default="", compare=False)


@dataclass(frozen=True)
class Change:
    """A fact that was added, removed, changed from one value to another or is stated by others; or changed
    metadata.

    ``old`` and ``new`` are the values on each side: none where it wasn't or isn't stated, the same one where
    a fact is re-sourced, several only of metadata. ``before`` and ``after`` are who states it; empty of
    metadata and plain triples.
    """

    kind: str
    subject: Subject
    property: ox.NamedNode
    old: tuple[Value, ...]
    new: tuple[Value, ...]
    before: tuple[Origin, ...] = ()
    after: tuple[Origin, ...] = ()
