"""What is cited for an answer: one record a row, in the order of the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WITNESSES, ALL = "witnesses", "all"
MODES = (WITNESSES, ALL)


@dataclass(frozen=True)
class Witness:
    """A document that states all of a row's content by itself, and its assertions that do.

    ``document`` is its slug (``004``), or ``curator`` where only the curator's own assertions are needed. Among the
    IRIs may be a curator's assertion beside the document's, and a passage where the row tells of the passage itself.
    """

    document: str
    assertions: tuple[str, ...]


@dataclass(frozen=True)
class Absence:
    """Something that a row rests on not being there: ``kind`` is optional, negation or nothing; ``words`` say what."""

    kind: str
    words: str


@dataclass(frozen=True)
class RowCitation:
    """What one row of an answer rests on.

    ``witnesses`` each give the row by themselves. Where there is none, ``combination`` is the smallest set of
    assertions that gives it, and ``combined`` says whether it takes several documents. ``absence`` tells what must not
    be there, ``excluded`` which assertions keep out what would change the row. ``untraced`` is the reason where (a part
    of) the row can't be traced, ``notes`` tell what the build derived. ``every`` is filled where all is asked for.
    """

    witnesses: tuple[Witness, ...] = ()
    combination: tuple[str, ...] = ()
    combined: bool = False
    absence: tuple[Absence, ...] = ()
    excluded: tuple[str, ...] = ()
    untraced: str | None = None
    notes: tuple[str, ...] = ()
    every: tuple[str, ...] = ()

    @property
    def assertions(self) -> tuple[str, ...]:
        """All that is cited for the row, each once, without what excludes others."""
        if self.every:
            return self.every
        cited = [name for witness in self.witnesses for name in witness.assertions]
        return tuple(dict.fromkeys([*cited, *self.combination]))


@dataclass(frozen=True)
class Citations(Sequence[RowCitation]):
    """What is cited for each row of a SELECT, each triple of a CONSTRUCT or DESCRIBE, or the one truth of an ASK."""

    rows: tuple[RowCitation, ...]
    mode: str = WITNESSES

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self.rows[index]

    def __iter__(self) -> Iterator[RowCitation]:
        return iter(self.rows)

    @property
    def assertions(self) -> tuple[str, ...]:
        """All assertions (and passages) cited for any row, each once, in the order of the rows."""
        names = (name for row in self.rows for name in (*row.assertions, *row.excluded))
        return tuple(dict.fromkeys(names))
