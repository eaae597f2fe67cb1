"""Deciding on proposed links one by one; each decision is written at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kzturk_graph.links import decisions
from kzturk_graph.links.model import IDENTITY, Link, Links
from kzturk_graph.links.proposals import Proposal
from kzturk_graph.links.table import current, update

ACCEPT, REJECT, SKIP = "accept", "reject", "skip"


@dataclass(frozen=True)
class Step:
    """A decision that can be undone: the proposal's place, and the rows of its subject before and after."""

    place: int
    verdict: str
    before: tuple[Link, ...] = ()
    after: tuple[Link, ...] = ()


class Review:
    """A walk through proposals. What the table has decided already isn't asked, what was skipped is asked next time.

    ``table`` is the file of links, None for the one among the data in use. The table is read anew for each step, so
    that what others write meanwhile, by hand or by another review, counts and stays.
    """

    def __init__(self, proposals: Sequence[Proposal], table: str | None = None) -> None:
        self.proposals, self.table = list(proposals), table
        self.place = 0
        self.steps: list[Step] = []

    def next(self) -> Proposal | None:
        """The next proposal to decide on; None where none is left."""
        links = current(self.table)
        while self.place < len(self.proposals):
            if not decided(links, self.proposals[self.place]):
                return self.proposals[self.place]
            self.place += 1
        return None

    def left(self, skipped: bool = False) -> int:
        """How many are still to be asked; with ``skipped`` those too that were passed over."""
        links = current(self.table)
        return sum(not decided(links, each) for each in self.proposals[0 if skipped else self.place :])

    def accept(self) -> None:
        """Link the two. Raises UsageError where something else is linked that stands against it."""
        self._decide(ACCEPT)

    def reject(self) -> None:
        """Keep the two apart for good."""
        self._decide(REJECT)

    def skip(self) -> None:
        """Decide nothing."""
        self.steps.append(Step(self.place, SKIP))
        self.place += 1

    def undo(self) -> bool:
        """Take the last step back and stand before it again; False where there is none.

        Only that decision is taken back: what was written by others since stays.
        """
        if not self.steps:
            return False
        step = self.steps[-1]
        if step.verdict != SKIP:
            subject = self.proposals[step.place].subject
            touched = {row.pair for row in step.before if row not in step.after}
            touched |= {row.pair for row in step.after if row not in step.before}
            update(lambda links: decisions.restore(links, subject, step.before, touched), self.table)
        self.steps.pop()
        self.place = step.place
        return True

    def counts(self) -> dict[str, int]:
        """How many were accepted, rejected and skipped."""
        return {name: sum(step.verdict == name for step in self.steps) for name in (ACCEPT, REJECT, SKIP)}

    def _decide(self, verdict: str) -> None:
        proposal = self.proposals[self.place]
        before: tuple[Link, ...] = ()

        def change(links: Links) -> Links:
            nonlocal before
            before = links.of(proposal.subject)
            judged = _judged(proposal)
            if verdict == ACCEPT:
                return decisions.accept(links, proposal.subject, proposal.object, judged)
            return decisions.reject(links, proposal.subject, proposal.object, judged)

        after = update(change, self.table).of(proposal.subject)
        self.steps.append(Step(self.place, verdict, before, after))
        self.place += 1


def decided(links: Links, proposal: Proposal) -> bool:
    """Whether the table has an answer: the thing is linked, be it to another item, or isn't this one."""
    rows = [row for row in links.of(proposal.subject) if row.predicate in IDENTITY]
    return any(row.status == "linked" or (row.negated and row.object == proposal.object) for row in rows)


def _judged(proposal: Proposal) -> decisions.Judged:
    score = "" if proposal.score is None else f"Reviewed; the score of the suggestion was {proposal.score:.2f}."
    return decisions.Judged(
        proposal.subject_label,
        proposal.object_label,
        proposal.source,
        proposal.version,
        confidence=Decimal("1.0"),
        comment=score,
    )
