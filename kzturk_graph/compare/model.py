"""What a comparison finds: facts with a verdict each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kzturk_graph.wikibase.model import Entity, Statement

if TYPE_CHECKING:
    from kzturk_graph.conflicts.intervals import Interval
    from kzturk_graph.wikibase.projection import Projection

AGREE, OURS_FINER, THEIRS_FINER, DISAGREE = "agree", "ours-more-precise", "theirs-more-precise", "disagree"
ONLY_OURS, ONLY_THEIRS, UNCOMPARED = "only-ours", "only-theirs", "not-comparable"
VERDICTS: Mapping[str, str] = {
    DISAGREE: "disagree",
    OURS_FINER: "ours is more precise",
    THEIRS_FINER: "theirs is more precise",
    AGREE: "agree",
    ONLY_OURS: "only ours",
    UNCOMPARED: "can't be compared",
    ONLY_THEIRS: "only theirs",
}
"""The verdicts in the order of a report, each in words."""


@dataclass(frozen=True)
class Ours:
    """A statement of ours and the IRIs of the assertions behind it.

    ``allowed`` are the numbers that a figure allows which is only about, over or almost so; ``wording`` is how it was
    published. A statement with ``allowed`` can't be written in a Wikibase's terms.
    """

    statement: Statement
    assertions: tuple[str, ...] = ()
    allowed: Interval | None = None
    wording: str = ""


@dataclass(frozen=True)
class Fact:
    """One fact of one item: the verdict, both sides, and remarks on why.

    ``theirs`` holds the statement that ours was held against, several where ours disagrees with each; ``via`` is the
    item whose statement it is where that is another one (the same said from the other side).
    """

    item: str
    property: str
    verdict: str
    ours: Ours | None = None
    theirs: tuple[Statement, ...] = ()
    notes: tuple[str, ...] = ()
    via: str | None = None


@dataclass(frozen=True)
class Comparison:
    """All that was compared: facts by item and verdict, and what the data doesn't hold.

    ``source`` and ``version`` name the data. ``things`` gives our IRIs by the id that theirs has, after redirects;
    ``redirects`` the ids that were followed (old → new); ``absent`` our IRIs whose item isn't in the data, which says
    nothing about the fact; ``truthy`` the ids of which only the best values were read. ``names`` are the names of items
    and properties by id, ``witnesses`` how many independent ones a statement of ours has, by its id.
    """

    source: str
    version: str | None
    facts: tuple[Fact, ...]
    things: Mapping[str, tuple[str, ...]]
    redirects: Mapping[str, str]
    absent: tuple[str, ...]
    truthy: frozenset[str]
    theirs: Mapping[str, Entity] = field(repr=False)
    projection: Projection = field(repr=False)
    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    witnesses: Mapping[str, int] = field(default_factory=dict, repr=False)

    @property
    def counts(self) -> dict[str, int]:
        """How many facts have each verdict, in the order of ``VERDICTS``."""
        found = Counter(fact.verdict for fact in self.facts)
        return {verdict: found[verdict] for verdict in VERDICTS}

    @property
    def unheard_of(self) -> tuple[str, ...]:
        """Properties of ours that none of the compared items has in the data, which may have been cut without them."""
        ours = {fact.property for fact in self.facts if fact.verdict == ONLY_OURS}
        return tuple(
            sorted(
                (each for each in ours if not any(self.theirs[item].statements.get(each) for item in self.things)),
                key=lambda each: int(each[1:]),
            )
        )

    def of(self, verdict: str) -> tuple[Fact, ...]:
        """The facts with this verdict."""
        return tuple(fact for fact in self.facts if fact.verdict == verdict)
