"""What couldn't be read of some data: counted, and named with its line as far as a person wants to see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kzturk_graph.errors import InputError

SHOWN = 20


class Foreign(InputError):
    """A file that isn't Wikibase data at all, as a README isn't that lies beside the data."""


class Problem(NamedTuple):
    """One thing that was left out: where (``line`` counts from 1, None where there are no lines) and why."""

    name: str
    line: int | None
    reason: str

    def __str__(self) -> str:
        place = self.name if self.line is None else f"{self.name}:{self.line}"
        return f"{place}: {self.reason}"


class Problems:
    """All that was left out of a source: ``count`` of it and the first few ``shown``.

    ``notes`` are remarks on what was read whole, such as an array that isn't closed.
    """

    def __init__(self) -> None:
        self.count = 0
        self.shown: list[Problem] = []
        self.notes: list[str] = []

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.shown)

    def add(self, name: str, line: int | None, reason: str) -> None:
        """Count something as left out."""
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Problem(name, line, reason))

    def note(self, text: str) -> None:
        """Say something, once, that left nothing out."""
        if text not in self.notes and len(self.notes) < SHOWN:
            self.notes.append(text)

    def report(self) -> str:
        """Lines for a person: the count, the first few, the notes; '' where there is nothing to say."""
        lines = list(self.notes)
        if self.count:
            lines.append(f"{self.count:,} {'part' if self.count == 1 else 'parts'} of the data couldn't be read:")
            lines += [f"  {each}" for each in self.shown]
            if self.count > len(self.shown):
                lines.append(f"  and {self.count - len(self.shown):,} more")
        return "\n".join(lines)
