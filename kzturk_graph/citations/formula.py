"""What an answer's row rests on, as a formula over assertions.

A *leaf* is one matched triple: any of its assertions will do. A *clause* is one derivation: all of it must hold. A
*choice* is several derivations of the same thing: one must hold. A *guard* keeps a negation true: where its first part
holds, its second must too. An *absence* asks nothing; it says that something isn't there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

HARD, SOFT, FRAME, LOST = "hard", "soft", "frame", "lost"
ANY = None
"""The documents of what every document gives: what the curator states, types, labels, the vocabulary."""

OPTIONAL, NEGATION, NOTHING, UNTRACED = "optional", "negation", "nothing", "untraced"
Documents = frozenset[str] | None


@dataclass(frozen=True, eq=False)
class Leaf:
    """A matched triple: the assertions that hold it, their documents, and what to say of it where it has none.

    A hard leaf must be cited. A soft one (a type, a label, a passage's number) adds no document. A frame (vocabulary,
    date table) has no source of its own, and a lost one should have one and has none.
    """

    kind: str
    assertions: frozenset[str]
    documents: Documents
    note: str = ""


@dataclass(frozen=True, eq=False)
class Absent:
    """Something that must not be there: ``kind`` is optional, negation or nothing; ``words`` say what.

    Of the kind untraced it is no absence: ``words`` say what of the row this formula doesn't tell.
    """

    kind: str
    words: str


@dataclass(frozen=True, eq=False)
class Choice:
    """Several ways to derive the same; one is enough."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True, eq=False)
class Guard:
    """Where ``given`` holds, one of ``then`` must: else a negation would let in what it keeps out."""

    given: Clause
    then: Choice


Atom = Leaf | Absent | Choice | Guard
Clause = tuple[Atom, ...]
Units = tuple[Choice, ...]
"""What a row rests on: each of these choices."""

TRUE: Clause = ()


def meet(first: Documents, second: Documents) -> Documents:
    """The documents in both."""
    if first is ANY:
        return second
    return first if second is ANY else first & second


def join(sets: Iterable[Documents]) -> Documents:
    """The documents in any; every document where one of the sets is of all."""
    found: set[str] = set()
    for each in sets:
        if each is ANY:
            return ANY
        found |= each
    return frozenset(found)


def of_choice(choice: Choice) -> Documents:
    """The documents that give one of the clauses by themselves."""
    if len(choice.clauses) == 1:
        return of_clause(choice.clauses[0])
    return join(of_clause(clause) for clause in choice.clauses)


def of_clause(clause: Clause) -> Documents:
    """The documents that give all of the clause by themselves."""
    found: Documents = ANY
    guards = []
    for atom in clause:
        if isinstance(atom, Leaf):
            found = meet(found, atom.documents)
        elif isinstance(atom, Choice):
            found = meet(found, of_choice(atom))
        elif isinstance(atom, Guard):
            guards.append(atom)
        if found is not ANY and not found:
            return found
    for guard in guards:
        found = _guarded(found, guard)
    return found


def _guarded(found: Documents, guard: Guard) -> Documents:
    given, then = of_clause(guard.given), of_choice(guard.then)
    if given is ANY:
        return meet(found, then)
    if found is ANY or then is ANY:
        return found
    return frozenset(each for each in found if each not in given or each in then)


def of_units(units: Units) -> Documents:
    """The documents that give every unit by themselves."""
    found: Documents = ANY
    for unit in units:
        found = meet(found, of_choice(unit))
        if found is not ANY and not found:
            break
    return found


def leaves(atoms: Iterable[Atom]) -> Iterable[Leaf]:
    """Every leaf, those of choices and guards included."""
    for atom in atoms:
        if isinstance(atom, Leaf):
            yield atom
        elif isinstance(atom, Choice):
            for clause in atom.clauses:
                yield from leaves(clause)
        elif isinstance(atom, Guard):
            yield from leaves(atom.given)
            yield from leaves([atom.then])


def clause_of(atoms: Iterable[Atom]) -> Clause:
    """A clause with each atom once."""
    return tuple(dict.fromkeys(atoms))
