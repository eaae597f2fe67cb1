"""What was known by a day: each row of an answer marked with how surely it was known then.

A row is as sure as the surest set of assertions that gives it: those certainly stated by the day, those also known
through
a work that they cite, those possibly stated by then. It is found by asking again on each set, so it holds for any
query.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pyoxigraph as ox

from kzturk_graph.graph.selection import Selection
from kzturk_graph.graph.statements import KNOWN
from kzturk_graph.queries.run import Answer

Ask = Callable[[Selection], Answer]


def marked(answer: Answer, ask: Ask, selection: Selection) -> tuple[Answer, int]:
    """The answer with a column ``known`` (``known_by_then`` where the query has one), and how many more rows the graph
    gives when later statements count too.

    ``ask`` puts the same query on another selection. An answer without rows (ASK, CONSTRUCT) comes back as it is.
    """
    if answer.truth is not None or answer.triples is not None:
        return answer, 0
    sure: dict[object, str] = {}
    counted: set[str] = set()
    for rank in KNOWN[:-1]:
        counted.add(rank)
        if rank in selection.known:
            found = answer if counted == selection.known else ask(replace(selection, known=frozenset(counted)))
            for row in found.solutions:
                sure.setdefault(row, rank)
    later = ask(replace(selection, as_of=None))
    column = "known" if "known" not in answer.columns else "known_by_then"
    weakest = max(selection.known, key=KNOWN.index)
    rows = tuple((*row, ox.Literal(sure.get(row, weakest))) for row in answer.solutions)
    more = len(set(later.solutions) - set(answer.solutions))
    return replace(answer, columns=(*answer.columns, column), solutions=rows), more
