"""What an explanation holds, and how it is told: as lines for a person, as JSON for a program."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup

SHOWN = 5
"""How many passages or names a line lists before it counts the rest."""


@dataclass(frozen=True)
class Witness:
    """An assertion that matches and doesn't count: where it stands, how held, and why not.

    ``about`` are the things that it speaks of here, ``stated`` is when it was stated, in EDTF.
    """

    assertion: str
    passages: tuple[str, ...]
    modality: str
    voice: str | None
    reason: str
    about: tuple[str, ...] = ()
    stated: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Its fields, those without value left out."""
        row = {
            "assertion": self.assertion, "passages": list(self.passages), "modality": self.modality,
            "voice": self.voice,
            "reason": self.reason, "about": list(self.about), "stated": self.stated,
        }  # fmt: skip
        return {key: value for key, value in row.items() if value}


@dataclass(frozen=True)
class Clue:
    """A reason, or a thing to know: its kind, and a message in which ``{0}``, ``{1}`` … stand for ``things``.

    ``kind`` is pattern, together, alternatives, filter, absence, modifier, template, unknown, unused, silent,
    known, literal, reversed, said, modality, erroneous, selection, denied or untold. ``parts`` are texts of
    the query, ``rows`` how many rows there were before, ``suggestions`` what may be meant, ``witnesses`` the
    assertions that match and don't count.
    """

    kind: str
    message: str
    things: tuple[ox.NamedNode, ...] = ()
    parts: tuple[str, ...] = ()
    rows: int | None = None
    suggestions: tuple[ox.NamedNode | str, ...] = ()
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True)
class Count:
    """A part of the query and how many rows are left after it; ``more`` where there are at least so many."""

    part: str
    line: int
    rows: int
    more: bool = False


@dataclass(frozen=True)
class Explanation:
    """Why an answer is empty, or, of one with rows, how many each part of the query leaves.

    ``complete`` is false where the bound on the work ended the search for reasons.
    """

    empty: bool
    clues: tuple[Clue, ...] = ()
    counts: tuple[Count, ...] = ()
    complete: bool = True
    store: ox.Store | None = field(default=None, compare=False, repr=False)

    def lines(self, language: str = "en") -> list[str]:
        """The explanation for a person, a line each, things with their labels in the language."""
        told = [line for clue in self.clues for line in self._told(clue, language)]
        if self.counts:
            told.append("rows after each part, in the order in which it takes them:")
            width = max(len(_rows(each)) for each in self.counts)
            told += [f"  {_rows(each):>{width}}  {each.part}" for each in self.counts]
        if not self.complete:
            told.append("the search for reasons was stopped: the query has many parts, or takes long")
        return told

    def as_json(self) -> dict[str, Any]:
        """As JSON: ``empty``, ``complete``, ``reasons`` with message and data, ``parts`` with their rows."""
        counts = [
            {
                "part": each.part,
                "line": each.line,
                "rows": each.rows,
                **({"atLeast": True} if each.more else {}),
            }
            for each in self.counts
        ]
        return {
            "empty": self.empty,
            "complete": self.complete,
            "reasons": [self._json(clue) for clue in self.clues],
            **({"parts": counts} if counts else {}),
        }

    def _json(self, clue: Clue) -> dict[str, Any]:
        row: dict[str, Any] = {
            "kind": clue.kind,
            "message": self._message(clue, "en"),
            "parts": list(clue.parts),
            "rowsBefore": clue.rows,
            "things": [node.value for node in clue.things],
            "suggestions": [each if isinstance(each, str) else each.value for each in clue.suggestions],
            "assertions": [each.as_json() for each in clue.witnesses],
        }
        return {key: value for key, value in row.items() if value not in (None, [])}

    def _message(self, clue: Clue, language: str) -> str:
        return clue.message.format(*(self._named(node, language) for node in clue.things))

    def _told(self, clue: Clue, language: str) -> list[str]:
        text = self._message(clue, language)
        if clue.suggestions:
            names = [each if isinstance(each, str) else self._named(each, language) for each in clue.suggestions]
            text += f"; did you mean {' or '.join(names)}?"
        lines = [text, *(f"  {part}" for part in clue.parts)]
        lines += [f"  {self._witness(each, language)}" for each in clue.witnesses[:SHOWN]]
        if len(clue.witnesses) > SHOWN:
            lines.append(f"  and {len(clue.witnesses) - SHOWN} more")
        return lines

    def _witness(self, witness: Witness, language: str) -> str:
        place = ", ".join(lookup.passage_label(each) for each in witness.passages) or "the curator"
        about = ", ".join(self._named(ox.NamedNode(each), language) for each in witness.about)
        voice = f", by {self._named(ox.NamedNode(witness.voice), language)}" if witness.voice else ""
        stated = f", stated {witness.stated}" if witness.stated else ""
        return f"{place} ({witness.reason}{voice}{stated}){': ' if about else ''}{about}"

    def _named(self, node: ox.NamedNode, language: str) -> str:
        """``id:turkiye (Türkiye)``; the CURIE alone where there is no label."""
        curie = terms.curie(node.value)
        label = curie if self.store is None else lookup.label(self.store, node, language)
        return curie if label in (curie, terms.local(node.value)) else f"{curie} ({label})"


def _rows(count: Count) -> str:
    return f"{count.rows:,}{'+' if count.more else ''}"
