"""How far a slice reaches: which entities were found in which pass, and which the next one has to look for."""

from __future__ import annotations

from collections.abc import Iterable

from kzturk_graph.extract.model import Record, Request


class Reach:
    """The ids of a slice, pass by pass.

    The first pass looks for the seeds; each later one for what the one before it leads to and no pass has looked for
    yet. After the last hop only redirects lead on, so one more pass may look for their targets.
    """

    def __init__(self, request: Request, found: Iterable[tuple[int, str, list[str]]]) -> None:
        self.request = request
        self.found: set[str] = set()
        self._by_step: list[list[str]] = []
        self._leads: list[set[str]] = []
        for step, name, leads in found:
            self.add(step, Record(name, b"", tuple(leads)))

    def add(self, step: int, record: Record) -> bool:
        """Take an entity of a pass in; False where it is there already."""
        if record.id in self.found:
            return False
        while len(self._by_step) <= step:
            self._by_step.append([])
            self._leads.append(set())
        self.found.add(record.id)
        self._by_step[step].append(record.id)
        self._leads[step].update(record.leads)
        return True

    def wanted(self, step: int) -> set[str]:
        """The ids that this pass looks for."""
        if step == 0:
            return set(self.request.seeds)
        if step > self.request.hops + 1 or len(self._leads) < step:
            return set()
        sought = self.request.seeds.union(*self._leads[: step - 1])
        return self._leads[step - 1] - sought - self.found_before(step)

    def found_before(self, step: int) -> set[str]:
        """The ids that the passes before this one found."""
        return set().union(*self._by_step[:step])

    def targets(self, step: int) -> set[str]:
        """The ids that this pass looks for mentions of: those that the one before it found."""
        if not self.request.incoming or not 0 < step <= self.request.hops:
            return set()
        return set(self._by_step[step - 1]) if step <= len(self._by_step) else set()

    def counts(self, steps: int) -> tuple[int, ...]:
        """How many entities each of so many passes found."""
        return tuple(len(self._by_step[step]) if step < len(self._by_step) else 0 for step in range(steps))
