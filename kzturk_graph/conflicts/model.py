"""What a conflict is: the sides of a disagreement, each with the assertions that take it."""

from __future__ import annotations

from dataclasses import dataclass

from kzturk_graph import dates

KINDS = ("contradiction", "qualifier", "period", "stage", "self", "credit", "defect")
"""What a conflict may be of; ``stage`` is how far something has come, ``self`` is a document against
itself."""


@dataclass(frozen=True)
class Witness:
    """An assertion that takes a side, or a passage from which nothing was read: where it stands, who
    vouches, and when.

    ``assertion`` is None for a passage without one; ``stated`` is when it was said, as the days that are
    possible, and None where nothing bounds it. ``published`` is the number as the text prints it.
    """

    assertion: str | None
    document: str
    passages: tuple[str, ...]
    modality: str | None
    voices: tuple[str, ...]
    stated: dates.Edtf | None
    note: str | None
    status: tuple[str, ...] = ()
    published: str | None = None


@dataclass(frozen=True)
class Side:
    """One of the values that don't go together: ``thing`` has these properties and values, its witnesses
    say.

    ``claims`` are pairs of a property and a value, both as IRIs or the value as its text; ``independent``
    is how many of the witnesses don't lean on one another.
    """

    thing: str
    claims: tuple[tuple[str, str], ...]
    witnesses: tuple[Witness, ...]
    independent: int


@dataclass(frozen=True)
class Decision:
    """What a curator decided about an assertion: ``rejected`` isn't to be relied on, ``preferred`` is, and
    why, and when.

    ``preferred`` is None where the rejected one has no rival. ``assertion`` is the decision itself.
    """

    assertion: str
    rejected: str
    preferred: str | None
    because: str
    on: str | None


@dataclass(frozen=True)
class Conflict:
    """A disagreement that a rule found: what it is about, the sides, and what a curator decided.

    ``kinds`` has the rule's kind first, and ``self`` where one document takes two sides. ``thing`` is what
    the sides speak of, ``predicate`` the property in which they differ, ``dimensions`` what they agree on
    (pairs of property and value).
    """

    name: str
    rule: str
    kinds: tuple[str, ...]
    thing: str
    predicate: str
    dimensions: tuple[tuple[str, str], ...]
    sides: tuple[Side, ...]
    topics: tuple[str, ...]
    decisions: tuple[Decision, ...] = ()
    detail: str | None = None

    @property
    def kind(self) -> str:
        """The first of its kinds."""
        return self.kinds[0]

    @property
    def witnesses(self) -> tuple[Witness, ...]:
        """The witnesses of all sides."""
        return tuple(witness for side in self.sides for witness in side.witnesses)

    @property
    def documents(self) -> tuple[str, ...]:
        """The slugs of the documents that take a side, sorted."""
        return tuple(sorted({witness.document for witness in self.witnesses}))
