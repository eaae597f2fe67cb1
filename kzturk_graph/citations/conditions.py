"""What the truth of EXISTS, NOT EXISTS and MINUS rests on, solution by solution."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kzturk_graph.citations.formula import NEGATION, TRUE, UNTRACED, Absent, Atom, Choice, Clause
from kzturk_graph.citations.plan import Tested, Without, exists_of, negates, words_of
from kzturk_graph.citations.syntax import Atom as Plain
from kzturk_graph.citations.syntax import Condition, Exists, Group, Junction, Not, Opaque, Optional, Term, visible

if TYPE_CHECKING:
    from kzturk_graph.citations.derivations import Derivations
    from kzturk_graph.citations.tables import Cells

Ways = list[Clause]
"""The ways in which a condition holds; none where it doesn't."""


class Conditions:
    """Reads the conditions of one set of solutions."""

    def __init__(self, derivations: Derivations, places: dict[str, int], rows: list[Cells]) -> None:
        self.derivations, self.places, self.rows = derivations, places, rows
        self.absent: dict[int, Absent] = {}
        self.held: dict[int, list[Ways]] = {}
        self.kept_out: dict[int, list[tuple[Atom, ...]]] = {}

    def required(self, tested: Tested) -> list[tuple[Atom, ...]]:
        """What each solution that passed a condition rests on."""
        self._look(tested)
        within = self.places[tested.within] if tested.within else None
        found: list[tuple[Atom, ...]] = []
        for number, row in enumerate(self.rows):
            if within is not None and row[within] is None:
                found.append(())
                continue
            ways = self._ways(tested, tested.condition, True, number)
            if not ways or TRUE in ways:
                found.append(())
            else:
                found.append(ways[0] if len(ways) == 1 else (Choice(tuple(ways)),))
        return found

    def against(self, tested: Tested) -> list[Ways | None]:
        """The ways in which a condition that was left out keeps each solution out; None where it doesn't.

        An empty list stands for a condition without EXISTS, which only what is optional can have decided.
        """
        self._look(tested)
        found: list[Ways | None] = []
        for number in range(len(self.rows)):
            held = self._ways(tested, tested.condition, True, number)
            blocked = self._ways(tested, tested.condition, False, number)
            if blocked:
                found.append([] if blocked == [TRUE] else blocked)
            else:
                found.append(None if held else [])
        return found

    def minus(self, without: Without) -> list[tuple[Atom, ...]]:
        """A solution that MINUS let pass rests on absence, and on what keeps its group from matching."""
        atoms = [Absent(NEGATION, words_of(without.group))]
        loose = any(isinstance(each, Optional) for each in without.group.elements)
        if loose or not all(visible(without.group).values()):
            atoms.append(
                Absent(UNTRACED, "a MINUS whose variables aren't all bound, which more may keep from matching")
            )
        tried = self._tried(without.within)
        found: list[tuple[Atom, ...]] = [tuple(atoms) if each else () for each in tried]
        if negates(without.group):
            args = (without.group, without.graph, self.places, self.rows, tried)
            guards = self.derivations.guards(*args)
            found = [(*atoms, *more) for atoms, more in zip(found, guards, strict=True)]
        return found

    def matched(self, without: Without) -> list[Ways]:
        """The ways in which a MINUS keeps each solution out."""
        return self._inner(without.group, without.graph, self.rows)

    def _tried(self, within: str | None) -> list[bool]:
        return [within is None or row[self.places[within]] is not None for row in self.rows]

    def _inner(self, group: Group, graph: Term | None, rows: list[Cells]) -> list[Ways]:
        found = self.derivations.inner(group, graph, self.places, rows) if rows else []
        return [list(dict.fromkeys(clauses)) for clauses, _ in found]

    def _look(self, tested: Tested) -> None:
        """Derive each EXISTS for the solutions whose condition isn't decided without it."""
        asked: dict[int, set[int]] = {}
        for number in range(len(self.rows)):
            for exists in self._asked(tested, tested.condition, number):
                asked.setdefault(id(exists), set()).add(number)
        for exists in exists_of(tested.condition):
            numbers = asked.get(id(exists), set())
            held: list[Ways] = [[] for _ in self.rows]
            chosen = sorted(numbers)
            found = self._inner(exists.group, tested.graph, [self.rows[number] for number in chosen])
            for number, ways in zip(chosen, found, strict=True):
                held[number] = ways
            self.held[id(exists)] = held
            if negates(exists.group):
                open_ = [number in numbers and not ways for number, ways in enumerate(held)]
                args = (exists.group, tested.graph, self.places, self.rows, open_)
                self.kept_out[id(exists)] = self.derivations.guards(*args)

    def _asked(self, tested: Tested, condition: Condition, number: int) -> list[Exists]:
        """The EXISTS on which the condition's truth in one solution may rest."""
        if isinstance(condition, Exists):
            return [condition]
        if isinstance(condition, Not):
            return self._asked(tested, condition.part, number)
        if isinstance(condition, Junction):
            if any(self._known(tested, part, number) is (not condition.every) for part in condition.parts):
                return []
            return [each for part in condition.parts for each in self._asked(tested, part, number)]
        return condition.exists if isinstance(condition, Opaque) else []

    def _known(self, tested: Tested, condition: Condition, number: int) -> bool | None:
        """The truth of a condition where no EXISTS is needed for it, else None."""
        if isinstance(condition, Plain):
            name = tested.truths.get(id(condition))
            cell = self.rows[number][self.places[name]] if name in self.places else None
            return None if cell is None else cell.value == "true"  # type: ignore[union-attr]
        if isinstance(condition, Not):
            known = self._known(tested, condition.part, number)
            return None if known is None else not known
        if isinstance(condition, Junction):
            parts = [self._known(tested, part, number) for part in condition.parts]
            if (not condition.every) in parts:
                return not condition.every
            return None if None in parts else condition.every
        return None

    def _ways(self, tested: Tested, condition: Condition, wanted: bool, number: int) -> Ways:
        """The ways in which the condition has the wanted truth in one solution."""
        if isinstance(condition, Plain):
            return self._plain(tested, condition, wanted, number)
        if isinstance(condition, Exists):
            return self._exists(condition, wanted, number)
        if isinstance(condition, Not):
            return self._ways(tested, condition.part, not wanted, number)
        if isinstance(condition, Junction):
            parts = [self._ways(tested, part, wanted, number) for part in condition.parts]
            return _all_of(parts) if condition.every == wanted else [way for ways in parts for way in ways]
        return self._opaque(condition.exists, number)

    def _plain(self, tested: Tested, atom: Plain, wanted: bool, number: int) -> Ways:
        """An error counts as either truth: the solution passed, or didn't, whatever it is."""
        known = self._known(tested, atom, number)
        if known is None:
            return [TRUE] if tested.left_out and not wanted else []
        return [TRUE] if known == wanted else []

    def _exists(self, exists: Exists, wanted: bool, number: int) -> Ways:
        held = self.held[id(exists)][number]
        if wanted:
            return held
        if held:
            return []
        guards = self.kept_out[id(exists)][number] if id(exists) in self.kept_out else ()
        if id(exists) not in self.absent:
            self.absent[id(exists)] = Absent(NEGATION, words_of(exists.group))
        return [(self.absent[id(exists)], *guards)]

    def _opaque(self, exists: Sequence[Exists], number: int) -> Ways:
        """Whatever the expression makes of it: what is there must be there, what isn't must not."""
        return _all_of([self._exists(each, bool(self.held[id(each)][number]), number) for each in exists])


def _all_of(parts: list[Ways]) -> Ways:
    if any(not ways for ways in parts):
        return []
    atoms: list[Atom] = []
    for ways in parts:
        if TRUE in ways:
            continue
        atoms += ways[0] if len(ways) == 1 else [Choice(tuple(ways))]
    return [tuple(atoms)]
