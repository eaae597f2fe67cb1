"""From what a row rests on to what is cited: witnesses by document, else the smallest combination."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from kzturk_graph import terms
from kzturk_graph.citations.formula import (
    ANY,
    FRAME,
    HARD,
    LOST,
    SOFT,
    UNTRACED,
    Absent,
    Atom,
    Choice,
    Clause,
    Documents,
    Guard,
    Leaf,
    Units,
    leaves,
    meet,
    of_clause,
    of_units,
)
from kzturk_graph.citations.model import ALL, Absence, RowCitation, Witness
from kzturk_graph.citations.sources import document_of
from kzturk_graph.graph.selection import CURATOR

MOST_CLAUSES = 24
"""How many derivations of a row are compared for the smallest set."""
EXACT = 12
"""Up to how many candidate assertions every combination is tried; above it the one that covers most goes first."""
NOTHING = "rests on the query alone"


@dataclass
class Chosen:
    """What is taken of a formula for one document or for all."""

    hard: dict[Leaf, None] = field(default_factory=dict)
    soft: dict[Leaf, None] = field(default_factory=dict)
    other: dict[Leaf, None] = field(default_factory=dict)
    absent: dict[Absent, None] = field(default_factory=dict)
    guards: dict[Guard, None] = field(default_factory=dict)


def cite_row(units: Units, mode: str) -> RowCitation:
    """What is cited for a row that rests on these units."""
    if mode != ALL and len(units) == 1 and len(units[0].clauses) == 1:
        plain = _plain(units[0].clauses[0])
        if plain is not None:
            return plain
    documents = of_units(units)
    witnesses: list[Witness] = []
    chosen, combination = Chosen(), tuple[str, ...]()
    excluded: dict[str, None] = {}
    if documents is ANY:
        documents = _of_soft(units)
    if documents is not ANY and documents:
        for document in sorted(documents, key=natural):
            chosen = take(units, document)
            cited = cover(chosen, document, document) or _fallback(chosen, document)
            kept_out = _kept_out(chosen, cited, document)
            witnesses.append(Witness(document, cited or tuple(kept_out)))
            excluded.update(dict.fromkeys(kept_out))
    else:
        chosen = take(units, None)
        combination = cover(chosen, None, CURATOR if documents is ANY else None) or _fallback(chosen, None)
        excluded.update(dict.fromkeys(_kept_out(chosen, combination, None)))
    notes = _notes(chosen)
    lost = next((leaf.note for leaf in chosen.other if leaf.kind == LOST), None)
    lost = lost or next((each.words for each in chosen.absent if each.kind == UNTRACED), None)
    named = {document_of(name) for name in combination} - {CURATOR}
    if documents is ANY and combination and len(named) <= 1 and lost is None:
        witnesses, combination = [Witness(min(named, default=CURATOR), combination)], ()
    if not (combination or witnesses or chosen.absent or notes or lost):
        notes = [NOTHING]
    return RowCitation(
        tuple(witnesses),
        combination,
        len(named) > 1 and bool(combination),
        tuple(dict.fromkeys(Absence(each.kind, each.words) for each in chosen.absent if each.kind != UNTRACED)),
        tuple(name for name in excluded if name not in combination),
        lost,
        tuple(dict.fromkeys(notes)),
        _every(units) if mode == ALL else (),
    )


def _plain(clause: Clause) -> RowCitation | None:
    """The most frequent row by the short way: one derivation, all of it in one assertion of a document."""
    single: frozenset[str] | None = None
    soft, absent = [], []
    for atom in clause:
        if isinstance(atom, Absent):
            if atom.kind == UNTRACED:
                return None
            absent.append(Absence(atom.kind, atom.words))
        elif not isinstance(atom, Leaf) or atom.note:
            return None
        elif atom.kind == SOFT:
            soft.append(atom.assertions)
        elif single is None and len(atom.assertions) == 1:
            single = atom.assertions
        else:
            return None
    if single is None or not all(single <= names for names in soft):
        return None
    (name,) = single
    return RowCitation((Witness(document_of(name), (name,)),), absence=tuple(absent))


def take(units: Iterable[Atom], document: str | None) -> Chosen:
    """One clause of every choice: what a document (or, of None, all together) gives with the fewest leaves."""
    chosen = Chosen()
    _take(tuple(units), document, chosen)
    return chosen


def _take(atoms: Iterable[Atom], document: str | None, chosen: Chosen) -> None:
    for atom in atoms:
        if isinstance(atom, Leaf):
            {HARD: chosen.hard, SOFT: chosen.soft}.get(atom.kind, chosen.other)[atom] = None
        elif isinstance(atom, Absent):
            chosen.absent[atom] = None
        elif isinstance(atom, Guard):
            chosen.guards[atom] = None
        else:
            _take(_best(atom, document), document, chosen)


def _best(choice: Choice, document: str | None) -> Clause:
    """The clause with the smallest cover; for all together, that of the fewest documents too."""
    clauses: Sequence[Clause] = choice.clauses
    if document is not None:
        clauses = [clause for clause in clauses if _gives(of_clause(clause), document)]
    if len(clauses) == 1:
        return clauses[0]
    clauses = sorted(clauses, key=len)[:MOST_CLAUSES]
    return min(clauses, key=lambda clause: _cost(clause, document))


def _cost(clause: Clause, document: str | None) -> tuple[int, int, int, tuple[object, ...]]:
    chosen = take(clause, document)
    lost = sum(leaf.kind == LOST for leaf in chosen.other)
    cited = cover(chosen, document, document)
    return lost, len(cited) + len(chosen.guards), len(chosen.absent), tuple(natural(name) for name in cited)


def _gives(documents: Documents, document: str) -> bool:
    return documents is ANY or document in documents


def cover(chosen: Chosen, document: str | None, near: str | None) -> tuple[str, ...]:
    """The smallest set of assertions that holds every hard leaf, sorted; of one document where it is given.

    What a soft leaf asks is added where an assertion of the document ``near`` holds it and the curator doesn't.
    """
    cited = cover_hard(chosen.hard, document)
    names = {document_of(name) for name in cited}
    own = near if near is not None else (next(iter(names)) if len(names) == 1 else None)
    for leaf in chosen.soft:
        held = leaf.assertions
        if not cited or cited & held or any(document_of(name) == CURATOR for name in held):
            continue
        mine = [name for name in held if document_of(name) == own and name.startswith(terms.ASSERTION)]
        if mine:
            cited.add(min(mine, key=natural))
    return tuple(sorted(cited, key=natural))


def cover_hard(hard: Iterable[Leaf], document: str | None, already: Iterable[str] = ()) -> set[str]:
    """A small set of assertions that holds every leaf, of one document and the curator where it is given."""
    needs = {frozenset(_of(leaf.assertions, document)) for leaf in hard}
    cited: set[str] = {name for need in needs if len(need) == 1 for name in need}
    held = cited | set(already)
    open_ = [need for need in needs if need and not need & held]
    candidates = sorted({name for need in open_ for name in need}, key=natural)
    if not open_:
        return cited
    if len(candidates) <= EXACT:
        return cited | _exact(open_, candidates, cited)
    while open_:
        best = max(candidates, key=lambda name: sum(name in need for need in open_))
        cited.add(best)
        open_ = [need for need in open_ if best not in need]
    return cited


def _exact(needs: list[frozenset[str]], candidates: list[str], cited: set[str]) -> set[str]:
    """The fewest assertions, then the fewest documents, then the first names."""
    documents = {document_of(name) for name in cited}
    for size in range(1, len(candidates) + 1):
        fitting = [set(each) for each in combinations(candidates, size) if all(need & set(each) for need in needs)]
        if fitting:
            return min(fitting, key=lambda names: len(documents | {document_of(name) for name in names}))
    return set()


def _of(names: frozenset[str], document: str | None) -> Iterable[str]:
    """The assertions of the document; the curator's where it has none."""
    if document is None or len(names) == 1:
        return names
    own = [name for name in names if document_of(name) == document]
    return own or [name for name in names if document_of(name) == CURATOR]


def _kept_out(chosen: Chosen, cited: Iterable[str], document: str | None) -> list[str]:
    """The assertions that keep out what those cited would let in through a negation."""
    held, found = set(cited), list[str]()
    pending = list(chosen.guards)
    for guard in pending:
        given = take(guard.given, None)
        if any(leaf.assertions and not leaf.assertions & held for leaf in given.hard):
            continue
        blocker = take([guard.then], document if document and _gives_choice(guard.then, document) else None)
        more = cover_hard(blocker.hard, document, held)
        found += sorted(more - held, key=natural)
        held |= more
    return found


def _gives_choice(choice: Choice, document: str) -> bool:
    return any(_gives(of_clause(clause), document) for clause in choice.clauses)


def _notes(chosen: Chosen) -> list[str]:
    return [leaf.note for leaf in (*chosen.other, *chosen.soft) if leaf.note and leaf.kind in (FRAME, SOFT)]


def _of_soft(units: Units) -> Documents:
    """Where no hard leaf is matched, the documents that state all kinds and labels; else every document."""
    chosen = take(units, None)
    if chosen.hard or chosen.guards:
        return ANY
    found: Documents = ANY
    for leaf in chosen.soft:
        named = frozenset(document_of(name) for name in leaf.assertions)
        if named and CURATOR not in named:
            found = meet(found, named)
    return found or ANY


def _fallback(chosen: Chosen, document: str | None) -> tuple[str, ...]:
    """Where nothing but kinds, labels and passages is matched, they are what is cited."""
    fitting = {document, CURATOR}
    needs = [
        leaf
        for leaf in chosen.soft
        if leaf.assertions and (document is None or fitting & {document_of(name) for name in leaf.assertions})
    ]
    return tuple(sorted(cover_hard(needs, document), key=natural))


def _every(units: Units) -> tuple[str, ...]:
    return tuple(sorted({name for leaf in leaves(units) for name in leaf.assertions}, key=natural))


@cache
def natural(name: str) -> tuple[object, ...]:
    """A key that sorts P9 before P10."""
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in re.split(r"(\d+)", name))
