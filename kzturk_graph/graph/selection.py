"""Which assertions make up the default graph."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kzturk_graph.errors import UnknownName

if TYPE_CHECKING:
    import datetime

    from kzturk_graph.graph.assertions import Assertion
    from kzturk_graph.graph.statements import StatementDates

MODALITIES = ("fact", "under-way", "planned", "forecast", "target", "considered", "conditional", "denied")
CURATOR = "curator"
"""What stands in a document's place in the name of an assertion that the curator makes."""


@dataclass(frozen=True)
class Selection:
    """The assertions of these modalities, documents and voices that were known by a day.

    ``sources`` and ``without`` are slugs of documents (``004``), ``voices`` IRIs of who vouches for an assertion (a
    document where it speaks for itself); each is empty for all. ``as_of`` keeps what was stated by the end of that
    day, by the ranks in ``known`` (``certain``, ``through the work it cites``, ``possible``, ``not yet``). The
    curator's register, which
    names things, always stays. Assertions that a curator has marked erroneous are left out.

    Raises UnknownName for a modality that isn't one of ``MODALITIES``.
    """

    modalities: frozenset[str] = frozenset({"fact"})
    sources: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    voices: frozenset[str] = frozenset()
    as_of: datetime.date | None = None
    known: frozenset[str] = frozenset({"certain", "through the work it cites"})

    def __post_init__(self) -> None:
        for name in sorted(self.modalities):
            if name not in MODALITIES:
                raise UnknownName("modality", name, list(MODALITIES))

    @property
    def restricts(self) -> bool:
        """Whether it leaves out documents, voices or times, and not only modalities."""
        return replace(self, modalities=FACTS.modalities) != FACTS

    def covers(self, assertion: Assertion) -> bool:
        """Whether the assertion is of these modalities, documents and voices, be it marked erroneous or not."""
        if assertion.modality not in self.modalities:
            return False
        if assertion.source == CURATOR:
            return True
        return (
            (not self.sources or assertion.source in self.sources)
            and assertion.source not in self.without
            and (not self.voices or bool(self.voices & assertion.voices))
        )

    def is_known(self, assertion: Assertion, stated: StatementDates | None) -> bool:
        """Whether the assertion was known by ``as_of``, as surely as ``known`` wants; ``stated`` is needed where it
        is set."""
        return self.as_of is None or stated is None or stated.known(assertion, self.as_of) in self.known

    def admits(self, assertion: Assertion, stated: StatementDates | None = None) -> bool:
        """Whether the assertion's triples go into the default graph; ``stated`` is needed where ``as_of`` is set."""
        return self.covers(assertion) and not assertion.erroneous and self.is_known(assertion, stated)


FACTS = Selection()
"""What is stated as fact, and nothing else."""
