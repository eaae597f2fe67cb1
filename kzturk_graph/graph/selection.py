"""Which assertions make up the default graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kzturk_graph.errors import UnknownName

if TYPE_CHECKING:
    from kzturk_graph.graph.assertions import Assertion

MODALITIES = ("fact", "under-way", "planned", "forecast", "target", "considered", "conditional", "denied")
CURATOR = "curator"
"""What stands in a document's place in the name of an assertion that the curator makes."""


@dataclass(frozen=True)
class Selection:
    """The assertions of these modalities and documents, less those that a curator has marked erroneous.

    ``sources`` are slugs of documents (``004``), and empty for all; the curator's register, which names
    things, always stays. Raises UnknownName for a modality that isn't one of ``MODALITIES``.
    """

    modalities: frozenset[str] = frozenset({"fact"})
    sources: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for name in sorted(self.modalities):
            if name not in MODALITIES:
                raise UnknownName("modality", name, list(MODALITIES))

    def covers(self, assertion: Assertion) -> bool:
        """Whether the assertion is of these modalities and documents, be it marked erroneous or not."""
        return assertion.modality in self.modalities and (
            not self.sources or assertion.source in self.sources or assertion.source == CURATOR
        )

    def admits(self, assertion: Assertion) -> bool:
        """Whether the assertion's triples go into the default graph."""
        return self.covers(assertion) and not assertion.erroneous


FACTS = Selection()
"""What is stated as fact, and nothing else."""
