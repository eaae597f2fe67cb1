"""Which assertions make up the default graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzturk_graph.errors import UnknownName

if TYPE_CHECKING:
    from kzturk_graph.graph.assertions import Assertion

MODALITIES = ("fact", "under-way", "planned", "forecast", "target", "considered", "conditional", "denied")


@dataclass(frozen=True)
class Selection:
    """The assertions of these modalities, less those that a curator has marked erroneous.

    Raises UnknownName for a modality that isn't one of ``MODALITIES``.
    """

    modalities: frozenset[str] = frozenset({"fact"})

    def __post_init__(self) -> None:
        for name in sorted(self.modalities):
            if name not in MODALITIES:
                raise UnknownName("modality", name, list(MODALITIES))

    def admits(self, assertion: Assertion) -> bool:
        """Whether the assertion's triples go into the default graph."""
        return assertion.modality in self.modalities and not assertion.erroneous


FACTS = Selection()
"""What is stated as fact, and nothing else."""
