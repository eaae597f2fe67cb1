"""All derivations of a query's rows, in a few runs of the engine over the same store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count

import pyoxigraph as ox

from kzturk_graph.citations.conditions import Conditions
from kzturk_graph.citations.formula import (
    LOST,
    NOTHING,
    OPTIONAL,
    UNTRACED,
    Absent,
    Atom,
    Choice,
    Clause,
    Units,
    clause_of,
)
from kzturk_graph.citations.plan import Left, Matched, Nested, Plan, make_plan, mentioned, negates, subtracts, words_of
from kzturk_graph.citations.sources import DATE_TABLE, Node, Sources
from kzturk_graph.citations.syntax import Group, Path, Query, Term, Var, projected, visible
from kzturk_graph.citations.tables import Cells, compatible, guard, in_graph, opaque, values, without_idle
from kzturk_graph.citations.walks import GraphName, Walks, branches, nullable

Read = Callable[[Cells], Iterable[Atom]]
CHUNK = 2000
"""How many rows of bindings one run is asked about."""
FEW = 1000
"""Up to how many wanted rows the derivations are looked for row by row instead of all at once."""
_INSENSITIVE = {"MIN", "MAX"}


@dataclass
class Solutions:
    """The solutions of a plan: the place of each variable, the cells, and what each derivation rests on."""

    places: dict[str, int]
    rows: list[Cells]
    clauses: list[Clause]
    blocked: list[Clause]


class Derivations:
    """Derives the rows of one query over one store."""

    def __init__(self, sources: Sources, prologue: str, prefixes: dict[str, str]) -> None:
        self.sources, self.store = sources, sources.store
        self.prologue, self.prefixes = prologue, prefixes
        self.walks = Walks(sources)
        self.numbers = count()
        self.all_walks = False
        """Whether each walk along a path counts: it does in a group that counts every member."""

    # one run of the engine

    def run(self, text: str) -> list[Cells]:
        """The cells of a SELECT."""
        found = self.store.query(self.prologue + text, prefixes=self.prefixes)
        return [tuple(solution) for solution in found]  # type: ignore[union-attr]

    def solve(self, plan: Plan, also: Iterable[str] = (), fill: bool = True) -> Solutions:
        """The plan's solutions, and, unless ``fill`` is false, what each rests on."""
        names = sorted(plan.needed() | set(also))
        head = " ".join(f"?{name}" for name in names) or "(1 AS ?_one)"
        rows = self.run(f"SELECT {head} WHERE {{ {plan.text} }}{plan.limit}")
        found = Solutions({name: place for place, name in enumerate(names)}, rows, [], [])
        if fill:
            self._fill(plan, found)
        return found

    # what each solution rests on

    def _fill(self, plan: Plan, found: Solutions) -> None:
        places, rows = found.places, found.rows
        readers = self._readers(plan, places)
        columns: list[Sequence[Iterable[Atom]]] = []
        conditions = Conditions(self, places, rows)
        columns += [conditions.required(tested) for tested in plan.tested]
        columns += [self._unmatched(left, places, rows) for left in plan.left]
        columns += [conditions.minus(without) for without in plan.without]
        columns += [self._nested(nested, places, rows) for nested in plan.nested]
        known: dict[Clause, Clause] = {}
        for number, row in enumerate(rows):
            atoms: list[Atom] = []
            for read in readers:
                atoms.extend(read(row))
            for column in columns:
                atoms.extend(column[number])
            clause = tuple(dict.fromkeys(atoms))
            found.clauses.append(known.setdefault(clause, clause))

    def _readers(self, plan: Plan, places: dict[str, int]) -> list[Read]:
        sure = any(not self._dated(item) and item.marker is None for item in plan.matched)
        readers, graphs = [], set()
        for item in plan.matched:
            if sure and self._dated(item):
                continue
            if item.graph is not None and not isinstance(item.pattern.predicate, Path):
                if (item.graph, item.marker) in graphs:
                    continue
                graphs.add((item.graph, item.marker))
            readers.append(self._reader(item, places))
        return readers

    def _dated(self, item: Matched) -> bool:
        name = item.pattern.predicate
        return item.graph is None and isinstance(name, ox.NamedNode) and name.value in DATE_TABLE

    def _reader(self, item: Matched, places: dict[str, int]) -> Read:
        marker = places[item.marker] if item.marker else None
        lookup = self._lookup(item)
        parts = (item.pattern.subject, item.pattern.predicate, item.pattern.object, item.graph)
        free = [places[part.name] for part in parts if isinstance(part, Var)]
        known: dict[Cells, tuple[Atom, ...]] = {}

        def read(row: Cells) -> tuple[Atom, ...]:
            if marker is not None and row[marker] is None:
                return ()
            key = tuple([row[place] for place in free])
            found = known.get(key)
            if found is None:
                cells = iter(key)
                terms = [next(cells) if isinstance(part, Var) else part for part in parts]
                found = known[key] = lookup(*terms)  # type: ignore[arg-type]
            return found

        return read

    def _lookup(self, item: Matched) -> Callable[[Node, ox.NamedNode, Node, ox.NamedNode | None], tuple[Atom, ...]]:
        path = item.pattern.predicate

        def triple(subject: Node, predicate: ox.NamedNode, value: Node, _: ox.NamedNode | None) -> tuple[Atom, ...]:
            return (self.sources.find(subject, predicate, value),)  # the reader keeps it: no second memory

        def graph(_s: Node, _p: ox.NamedNode, _o: Node, name: ox.NamedNode | None) -> tuple[Atom, ...]:
            return (self.sources.in_graph(name.value),) if name is not None else ()

        def walk(subject: Node, _: ox.NamedNode, value: Node, name: ox.NamedNode | None) -> tuple[Atom, ...]:
            place: GraphName = name if name is not None else ox.DefaultGraph()
            assert isinstance(path, Path)
            found = self.walks.clauses(subject, path, value, place)
            if not found:
                return (self.sources.leaf(LOST, frozenset(), f"no walk is found again along {path}"),)
            if self.all_walks and branches(path):
                return clause_of(atom for clause in found for atom in clause)
            if open_ended and subject == value:
                return (Choice(found), Choice(self.walks.mentions(subject, place)))
            return found[0] if len(found) == 1 else (Choice(found),)

        ends = (item.pattern.subject, item.pattern.object)
        open_ended = isinstance(path, Path) and nullable(path) and any(isinstance(end, Var) for end in ends)
        if isinstance(path, Path):
            return walk
        return graph if item.graph is not None else triple

    def _unmatched(self, left: Left, places: dict[str, int], rows: list[Cells]) -> list[tuple[Atom, ...]]:
        """An OPTIONAL that didn't match rests on absence; where it negates, on what keeps it from matching too."""
        absent = Absent(OPTIONAL, words_of(left.group))
        marker = places[left.marker]
        within = places[left.within] if left.within else None
        tried = [row[marker] is None and (within is None or row[within] is not None) for row in rows]
        found: list[tuple[Atom, ...]] = [(absent,) if each else () for each in tried]
        if subtracts(left.group):
            part = Absent(UNTRACED, "a MINUS inside an OPTIONAL: what keeps it from matching otherwise")
            found = [(*atoms, part) for atoms in found]
        if negates(left.group) and any(tried):
            guards = self.guards(left.group, left.graph, places, rows, tried)
            found = [(*atoms, *more) for atoms, more in zip(found, guards, strict=True)]
        return found

    # EXISTS, MINUS and what they keep out

    def inner(
        self, group: Group, graph: Term | None, places: dict[str, int], rows: list[Cells], relax: bool = False
    ) -> list[tuple[list[Clause], list[Clause]]]:
        """For each row the derivations of a group with the row's bindings; relaxed, (given, blockers) pairs in step."""
        names = sorted(mentioned(group.text) | ({graph.name} if isinstance(graph, Var) else set()))
        names = [name for name in names if name in places]
        keys = [tuple(row[places[name]] for name in names) for row in rows]
        known: dict[Cells, tuple[list[Clause], list[Clause]]] = {key: ([], []) for key in keys}
        wanted = list(known)
        mark = f"_i{next(self.numbers)}"
        for start in range(0, len(wanted), CHUNK):
            part = wanted[start : start + CHUNK]
            table = values([mark, *names], [(ox.Literal(at), *key) for at, key in enumerate(part)])
            plan = make_plan(group, graph, table, [mark, *names], relax=relax)
            solved = self.solve(plan, [mark], fill=not relax)
            if relax:
                self._fill_relaxed(plan, solved)
            at = solved.places[mark]
            for number, (row, clause) in enumerate(zip(solved.rows, solved.clauses, strict=True)):
                place = int(row[at].value)  # type: ignore[union-attr]
                known[part[place]][0].append(clause)
                if relax:
                    known[part[place]][1].append(solved.blocked[number])
        return [known[key] for key in keys]

    def guards(
        self, group: Group, graph: Term | None, places: dict[str, int], rows: list[Cells], asked: list[bool]
    ) -> list[tuple[Atom, ...]]:
        """What keeps a group that negates from matching, for each row that rests on its not matching."""
        chosen = [row for row, each in zip(rows, asked, strict=True) if each]
        found = iter(self.inner(group, graph, places, chosen, relax=True))
        result: list[tuple[Atom, ...]] = []
        for each in asked:
            if not each:
                result.append(())
                continue
            given, blocked = next(found)
            result.append(tuple(kept for pair in zip(given, blocked, strict=True) for kept in guard(*pair)))
        return result

    def _fill_relaxed(self, plan: Plan, found: Solutions) -> None:
        """Each solution with its negations left out: what it rests on, and what then keeps it out."""
        places, rows = found.places, found.rows
        must = [self._reader(item, places) for item in plan.matched if not item.optional]
        may = [self._reader(item, places) for item in plan.matched if item.optional]
        conditions = Conditions(self, places, rows)
        against = [conditions.against(tested) for tested in plan.tested]
        minus = [conditions.matched(without) for without in plan.without]
        nested = [self._nested(each, places, rows) for each in plan.nested if not each.optional]
        for number, row in enumerate(rows):
            optional = clause_of(atom for read in may for atom in read(row))
            given = [atom for read in must for atom in read(row)]
            given += [atom for column in nested for atom in column[number]]
            blockers: list[Clause] = []
            for column in against:
                if column[number] is not None:
                    blockers += column[number] or [optional]
            for without in minus:
                blockers += without[number]
            found.clauses.append(clause_of(given))
            found.blocked.append((Choice(tuple((*optional, *clause) for clause in blockers)),) if blockers else ())

    # sub-queries

    def _nested(self, nested: Nested, places: dict[str, int], rows: list[Cells]) -> list[tuple[Atom, ...]]:
        within = places[nested.within] if nested.within else None
        names = [name for name in projected(nested.query) if name in places]
        query = nested.query
        if query.offset:
            lost = self.sources.leaf(LOST, frozenset(), "a sub-query with OFFSET")
            return [(lost,)] * len(rows)
        if isinstance(nested.graph, Var) and nested.graph.name not in names:
            names.append(nested.graph.name)
        if nested.graph is not None:
            query = in_graph(query, nested.graph)
        keys = [tuple(row[places[name]] for name in names) for row in rows]
        tried = [within is None or row[within] is not None for row in rows]
        found = self.units(query, names, {key for key, each in zip(keys, tried, strict=True) if each}, nested=True)
        lost = self.sources.leaf(LOST, frozenset(), "a row of a sub-query isn't found again")
        return [(found.get(key, (lost,)) if each else ()) for key, each in zip(keys, tried, strict=True)]

    # rows of a query

    def proofs(self, query: Query, most: int) -> list[Clause]:
        """Up to so many derivations of a true ASK."""
        plan = make_plan(without_idle(query), None)
        plan.limit = f" LIMIT {most}"
        return self.solve(plan).clauses

    def every(self, query: Query, names: Sequence[str]) -> Solutions:
        """All derivations of a CONSTRUCT, with the cells of ``names``."""
        plan = make_plan(without_idle(query), None)
        return self.solve(plan, set(names) & plan.given)

    def units(self, query: Query, names: Sequence[str], wanted: set[Cells], nested: bool = False) -> dict[Cells, Units]:
        """What each wanted row of a SELECT rests on; rows are tuples of the cells of ``names``."""
        if query.grouped:
            return self._grouped(query, names, wanted, nested)
        found: dict[Cells, dict[Clause, None]] = defaultdict(dict)
        solved = self._where(query, names, [], wanted, names, nested)
        at = [solved.places[name] for name in names]
        for row, clause in zip(solved.rows, solved.clauses, strict=True):
            found[tuple([row[place] for place in at])][clause] = None
        units: dict[Cells, Units] = {key: (Choice(tuple(clauses)),) for key, clauses in found.items()}
        return compatible(units, wanted) if nested else units

    def _where(
        self,
        query: Query,
        names: Sequence[str],
        ends: list[str],
        wanted: set[Cells],
        columns: Sequence[str],
        nested: bool,
        relax: bool = False,
    ) -> Solutions:
        """The derivations of a query's group, with the columns' expressions bound again."""
        sure = visible(query.where)
        group = without_idle(query)
        items = [] if query.grouped else list(query.columns or ())
        named = [item for item in [*items, *query.grouping] if item.text is not None and item.variable is not None]
        binds = [f"BIND ({item.text} AS {item.variable})" for item in named]
        narrow = [name for name in columns if sure.get(name)]
        table, cells = "", set[Cells]()
        if narrow and (nested or query.limit is not None or query.offset or query.having):
            at = [columns.index(name) for name in narrow]
            cells = {tuple(key[place] for place in at) for key in wanted}
            bare = any(cell is None or isinstance(cell, ox.BlankNode) for key in cells for cell in key)
            if len(cells) <= FEW and not bare:
                table = values(narrow, sorted(cells, key=str))
        plan = make_plan(group, None, table, narrow if table else (), [*binds, *ends], relax)
        plan.given |= {name for text in ends for name in mentioned(text)} | set(names)
        for item in items:
            if item.exists:
                plan.tested.append(opaque(item))
        if not relax:
            return self.solve(plan, names)
        solved = self.solve(plan, names, fill=False)
        self._fill_relaxed(plan, solved)
        return solved

    def _grouped(self, query: Query, names: Sequence[str], wanted: set[Cells], nested: bool) -> dict[Cells, Units]:
        keys, ends = [], []
        for place, item in enumerate(query.grouping):
            if item.variable is not None:
                keys.append(item.variable.name)
            else:
                keys.append(f"_k{place}")
                ends.append(f"BIND ({item.text} AS ?_k{place})")
        arguments, more = self._arguments(query)
        rows = self._group_rows(query, names, keys, wanted, nested)
        groups = {key for found in rows.values() for key in found}
        kept, self.all_walks = self.all_walks, not arguments
        solved = self._where(query, [*keys, *arguments], [*ends, *more], groups, keys, nested)
        self.all_walks = kept
        members: dict[Cells, dict[Cells | int, dict[Clause, None]]] = defaultdict(lambda: defaultdict(dict))
        at = [solved.places[name] for name in keys]
        told = [solved.places[name] for name in arguments]
        for number, (row, clause) in enumerate(zip(solved.rows, solved.clauses, strict=True)):
            member = tuple([row[place] for place in told]) if arguments else number
            members[tuple([row[place] for place in at])][member][clause] = None
        guards = self._group_guards(query, keys, ends, groups, nested)
        told_by = {name for item in query.grouping for name in mentioned(item.text or str(item.variable))}
        inner = visible(query.where)
        if negates(query.where) and any(not inner.get(name) for name in told_by):
            part = Absent(
                UNTRACED, "what is grouped by a value that may be missing: what keeps others out of the group"
            )
            guards = {key: (*guards.get(key, ()), part) for key in groups}
        found: dict[Cells, Units] = {}
        for row_key, group_keys in rows.items():
            ways = [self._unit(members.get(key, {}), guards.get(key, ())) for key in group_keys]
            found[row_key] = ways[0] if len(ways) == 1 else (Choice(tuple(ways)),)
        return compatible(found, wanted) if nested else found

    def _unit(self, members: dict[Cells | int, dict[Clause, None]], guards: tuple[Atom, ...]) -> Units:
        """All members of a group: each must be there, in one of its derivations."""
        if not members:
            return (Choice(((Absent(NOTHING, "nothing matches the pattern"), *guards),)),)
        units = dict.fromkeys(tuple(clauses) for clauses in members.values())
        found = [Choice(clauses) for clauses in units]
        if guards:
            found.append(Choice((guards,)))
        return tuple(found)

    def _arguments(self, query: Query) -> tuple[list[str], list[str]]:
        """Variables for the arguments of aggregates that count a value once; none where one counts every member."""
        items = [*(query.columns or ()), *query.having, *query.order]
        calls = [call for item in items for call in item.aggregates]
        if negates(query.where):
            return [], []  # leaving out a derivation could let another one in
        if not all((call.distinct or call.name in _INSENSITIVE) and call.argument != "*" for call in calls):
            return [], []
        names = [f"_g{place}" for place in range(len(calls))]
        return names, [f"BIND ({call.argument} AS ?{name})" for call, name in zip(calls, names, strict=True)]

    def _group_rows(
        self, query: Query, names: Sequence[str], keys: list[str], wanted: set[Cells], nested: bool
    ) -> dict[Cells, list[Cells]]:
        """The groups behind each row: read from the row where it shows all keys, else asked for."""
        sure = visible(query.where)
        if all(key in names and (not nested or sure.get(key)) for key in keys):  # else the row has it from elsewhere
            at = [names.index(key) for key in keys]
            return {row: [tuple(row[place] for place in at)] for row in wanted}
        columns = " ".join(
            f"({item.text} AS {item.variable})" if item.text else str(item.variable) for item in query.columns or ()
        )
        shown = {item.variable.name for item in query.columns or () if item.variable}
        extra = [key for key in keys if key not in shown]
        parts = []
        for key, item in zip(keys, query.grouping, strict=True):
            parts.append(f"({item.text} AS ?{key})" if item.text else f"?{key}")
        head = " ".join([columns, *(f"?{key}" for key in extra)])
        tail = query.values.text if query.values else ""
        order = [item.variable.name for item in query.columns or () if item.variable] + extra
        text = f"SELECT {head} WHERE {query.where.text} GROUP BY {' '.join(parts)} {query.tail} {tail}"
        found: dict[Cells, list[Cells]] = defaultdict(list)
        for row in self.run(text):
            cells = dict(zip(order, row, strict=True))
            found[tuple(cells.get(name) for name in names)].append(tuple(cells[key] for key in keys))
        return {row: groups for row, groups in found.items() if nested or row in wanted}

    def _group_guards(
        self, query: Query, keys: list[str], ends: list[str], groups: set[Cells], nested: bool
    ) -> dict[Cells, tuple[Atom, ...]]:
        """What keeps out of each group the members that a negation keeps out."""
        if not negates(query.where):
            return {}
        solved = self._where(query, keys, ends, groups, keys, nested, relax=True)
        at = [solved.places[name] for name in keys]
        found: dict[Cells, dict[Atom, None]] = defaultdict(dict)
        for row, given, blocked in zip(solved.rows, solved.clauses, solved.blocked, strict=True):
            for each in guard(given, blocked):
                found[tuple([row[place] for place in at])][each] = None
        return {key: tuple(guards) for key, guards in found.items()}
