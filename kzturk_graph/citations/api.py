"""The citations of an answer: one verb, ``cite``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph.citations.choose import cite_row
from kzturk_graph.citations.derivations import Derivations
from kzturk_graph.citations.formula import Choice, Clause, Units
from kzturk_graph.citations.model import MODES, WITNESSES, Absence, Citations, RowCitation
from kzturk_graph.citations.parser import parse
from kzturk_graph.citations.plan import words_of
from kzturk_graph.citations.reader import NotReadError
from kzturk_graph.citations.sources import Node, Sources
from kzturk_graph.citations.syntax import Query, Var, variables_of
from kzturk_graph.citations.tables import Cells
from kzturk_graph.errors import UnknownName
from kzturk_graph.graph.selection import FACTS, Selection

if TYPE_CHECKING:
    from kzturk_graph.queries.run import Answer

OFFSET = "which row it is rests on all rows that OFFSET passes over; the row itself is cited"
NO_DERIVATION = "no derivation of this row is found again: the query gives another one each time"
MOST_PROOFS = 200
"""How many derivations of a true ASK are looked at."""


def cite(
    store: ox.Store, query_text: str, answer: Answer, selection: Selection = FACTS, mode: str = WITNESSES
) -> Citations:
    """What each row of ``answer`` rests on; ``query_text`` is what gave it on ``store``, whose default graph
    ``selection`` made.

    The citations are in the order of ``answer.solutions``, of its ``triples``, or one for its ``truth``. ``mode`` is
    ``witnesses``, or ``all`` for every assertion that holds a triple matched for the row. A row that can't be traced
    says why in ``untraced``. Raises UnknownName for a mode that isn't one.
    """
    if mode not in MODES:
        raise UnknownName("way of citing", mode, list(MODES))
    if answer.truth is None and not answer.solutions and not answer.triples:
        return Citations((), mode)
    sources = Sources(store, selection)
    try:
        query = parse(query_text)
        if query.datasets:
            raise NotReadError("FROM: the graphs of the answer are not the assertions in use")
        found = _units(sources, query, answer)
    except NotReadError as reason:
        number = 1 if answer.truth is not None else len(answer.solutions or answer.triples or ())
        return Citations((RowCitation(untraced=f"the query can't be traced: {reason}"),) * number, mode)
    known: dict[tuple[tuple[Clause, ...], ...], RowCitation] = {}
    rows = []
    for units in found:
        if units is None:
            rows.append(RowCitation(untraced=NO_DERIVATION))
            continue
        if isinstance(units, RowCitation):
            rows.append(units)
            continue
        key = tuple([unit.clauses for unit in units])
        if key not in known:
            cited = cite_row(units, mode)
            known[key] = replace(cited, untraced=cited.untraced or OFFSET) if query.offset else cited
        rows.append(known[key])
    return Citations(tuple(rows), mode)


def _units(sources: Sources, query: Query, answer: Answer) -> list[Units | RowCitation | None]:
    derivations = Derivations(sources, query.prologue, query.lent)
    if answer.truth is not None:
        return [_truth(derivations, query, answer.truth)]
    if answer.triples is not None:
        described = query.form == "DESCRIBE"
        return _described(sources, answer.triples) if described else _constructed(derivations, query, answer.triples)
    wanted: set[Cells] = set(answer.solutions)
    found = derivations.units(query, answer.columns, wanted)
    return [found.get(row) for row in answer.solutions]


def _truth(derivations: Derivations, query: Query, truth: bool) -> Units | RowCitation:
    if not truth:
        return RowCitation(absence=(Absence("nothing", f"nothing matches: {words_of(query.where)}"),))
    if query.grouped:
        raise NotReadError("an ASK with GROUP BY")
    solved = derivations.proofs(query, MOST_PROOFS)
    return (Choice(tuple(dict.fromkeys(solved))),)


def _described(sources: Sources, triples: tuple[ox.Triple, ...]) -> list[Units | RowCitation | None]:
    found: list[Units | RowCitation | None] = []
    for triple in triples:
        leaf = sources.of_triple(triple.subject, triple.predicate, triple.object)
        found.append((Choice(((leaf,),)),))
    return found


def _constructed(
    derivations: Derivations, query: Query, triples: tuple[ox.Triple, ...]
) -> list[Units | RowCitation | None]:
    names = sorted({name for each in query.template for name in variables_of(each) if not name.startswith("_b")})
    if query.grouped:
        raise NotReadError("a CONSTRUCT with GROUP BY")
    solved = derivations.every(query, names)
    found: dict[Cells, dict[Clause, None]] = {}
    for row, clause in zip(solved.rows, solved.clauses, strict=True):
        cells = {name: row[solved.places[name]] for name in names if name in solved.places}
        for each in query.template:
            key = tuple(_filled(part, cells) for part in (each.subject, each.predicate, each.object))
            found.setdefault(key, {})[clause] = None
    result: list[Units | RowCitation | None] = []
    for triple in triples:
        parts = (triple.subject, triple.predicate, triple.object)
        key = tuple(None if isinstance(part, ox.BlankNode) else part for part in parts)
        ways = found.get(key)
        result.append(None if ways is None else (Choice(tuple(ways)),))
    return result


def _filled(part: object, cells: dict[str, Node | None]) -> Node | None:
    if not isinstance(part, Var):
        return part  # type: ignore[return-value]
    cell = cells.get(part.name)
    return None if isinstance(cell, ox.BlankNode) else cell
