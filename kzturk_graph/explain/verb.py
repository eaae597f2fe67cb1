"""Why an answer is empty, and how many rows each part of a query leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from kzturk_graph.errors import InputError
from kzturk_graph.explain import culprit, triples
from kzturk_graph.explain.emptiness import is_empty
from kzturk_graph.explain.filters import filtered
from kzturk_graph.explain.model import Clue, Count, Explanation
from kzturk_graph.explain.modes import other_assertions
from kzturk_graph.explain.modifiers import emptied
from kzturk_graph.explain.parts import NotUnderstood, Part, read
from kzturk_graph.explain.shorten import shorten
from kzturk_graph.explain.trials import ROWS, RUNS, OutOfTrials, Step, Trials, render
from kzturk_graph.explain.unknown import unknown
from kzturk_graph.explain.uses import named_graphs, uses
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.graph.store import open_store
from kzturk_graph.queries.binding import Bindings
from kzturk_graph.queries.run import Answer

COUNTED = 30
"""How many parts are counted, at most."""


def explain(
    store: ox.Store,
    query_text: str,
    answer: Answer,
    selection: Selection = FACTS,
    parameters: Bindings | None = None,
    *,
    counts: bool = False,
    whole: ox.Store | None = None,
) -> Explanation:
    """Why a query has its answer on a store.

    ``query_text`` is the query as it was run, or as it is saved with the ``parameters`` (name without mark to
    terms) that were put into it, as ``queries.parameters.bindings`` gives them; clues then name those.
    ``selection`` is what the store's default graph was made by, ``whole`` the store without its restrictions
    (the packaged one where it is None). Of an empty answer the reasons are told, of one with rows, or with
    ``counts``, how many rows each part leaves.

    At most ``RUNS`` runs of parts of the query are made, and ``COUNTED`` to count, each of at most ``ROWS``
    rows. What can't be told is said to be so: nothing is raised for the query.
    """
    empty = is_empty(answer, query_text, parameters)
    try:
        query = read(query_text)
    except NotUnderstood as error:
        reason = error.message.replace("{", "{{").replace("}", "}}")
        untold = Clue("untold", f"why this is so can't be told: {reason}")
        return Explanation(empty, (untold,), store=store)
    if whole is None and selection.restricts:
        whole = open_store()
    trials = Trials(store, query, parameters or {}, whole)
    search = _Search(trials, selection)
    clues = search.clues(empty)
    rows = search.counted(query_text) if counts or not empty else ()
    return Explanation(empty, clues, rows, search.complete, trials.everything)


@dataclass
class _Search:
    """The search for reasons: what it has found to fail, and whether it came to its end."""

    trials: Trials
    selection: Selection
    complete: bool = True
    failing: list[Step] = field(default_factory=list)
    rows_left: bool = False

    def clues(self, empty: bool) -> tuple[Clue, ...]:
        """Everything found, the failing part first, no clue twice."""
        searches: list[Callable[[], Iterator[Clue]]] = [self._unknown]
        if empty and self.trials.query.where:
            searches = [self._parts, self._unknown, self._other, self._triples]
        found: list[Clue] = []
        for search in searches:
            found += [clue for clue in self._within_bounds(search) if clue not in found]
        if empty and not found:
            found.append(Clue("untold", "why there is no answer can't be told: no part of the query was found to fail"))
        return tuple(found)

    def _within_bounds(self, search: Callable[[], Iterator[Clue]]) -> list[Clue]:
        """What a search finds until it ends, or the bound or the engine ends it."""
        found: list[Clue] = []
        try:
            for clue in search():
                found.append(clue)  # noqa: PERF402 - what was found before the bound is kept
        except (OutOfTrials, InputError):
            self.complete = False
        return found

    def _parts(self) -> Iterator[Clue]:
        steps = self.trials.steps()
        place = culprit.first_failing(self.trials, steps)
        if place is None:
            self.rows_left = True
            yield from emptied(self.trials)
            return
        last = steps[place]
        if last.filters:
            self.failing = steps[: place + 1]
            yield from filtered(self.trials, steps[:place], last)
            return
        self.failing = [last]
        self.failing = culprit.fewest(self.trials, steps[: place + 1])
        yield self._blame(self.failing)
        yield from self._inside(last.part)

    def _blame(self, steps: list[Step]) -> Clue:
        texts = tuple(shorten(self.trials.bound(step.part.text)) for step in sorted(steps, key=_start))
        if len(steps) == 1:
            return Clue("pattern", "nothing matches this:", parts=texts)
        matching = [step for step in steps if not step.filters and not step.only_adds]
        if len(matching) == 1:
            return Clue("together", "nothing matches this with its filters:", parts=texts)
        return Clue("together", "each of these matches something, but nothing matches all of them:", parts=texts)

    def _inside(self, part: Part) -> Iterator[Clue]:
        """Of a union, which part fails in each alternative; of a sub-query, which part fails in it."""
        if part.kind == "union":
            for number, branch in enumerate(part.parts, 1):
                yield from self._nested(branch, f"alternative {number} of {len(part.parts)}")
        elif part.kind == "select":
            yield from self._nested(part, "in the sub-query")

    def _nested(self, part: Part, where: str) -> Iterator[Clue]:
        text = part.text.strip()
        inner = text[1:-1] if part.kind == "select" else f"SELECT * WHERE {text}"
        trials = Trials(self.trials.store, read(f"{self.trials.query.prologue}\n{inner}"), self.trials.parameters)
        trials.runs, trials.done, trials.began = self.trials.runs, self.trials.done, self.trials.began
        steps = trials.steps()
        place = culprit.first_failing(trials, steps)
        self.trials.done = trials.done
        if place is not None:
            yield Clue(
                "alternatives",
                f"{where}, nothing is left at:",
                parts=(shorten(trials.bound(steps[place].part.text)),),
            )

    def _unknown(self) -> Iterator[Clue]:
        first = uses(self.trials, [step.part for step in self.failing]) if self.failing else []
        every = uses(self.trials)
        found = list(unknown(self.trials.everything, dict.fromkeys([*first, *every])))
        yield from sorted(found, key=lambda clue: clue.kind == "known")
        for node in named_graphs(self.trials.query):
            if not self.trials.store.contains_named_graph(node):
                yield Clue("unknown", "FROM names {0}, and there is no such graph", (node,))

    def _other(self) -> Iterator[Clue]:
        if not self.rows_left:
            yield from other_assertions(self.trials, self.selection, [step.part.start for step in self.failing])

    def _triples(self) -> Iterator[Clue]:
        if self.failing and not self.failing[-1].filters:
            yield from triples.clues(self.trials, self.failing)

    def counted(self, text: str) -> tuple[Count, ...]:
        """The rows left after each step of the query's text, as far as the bound allows."""
        steps = [step for step in self.trials.steps() if not self.trials.idle(step)]
        found: list[Count] = []
        self.trials.runs += COUNTED
        try:
            for number, step in enumerate(steps[:COUNTED], 1):
                rows = self.trials.count(render(self.trials.query.where, steps[:number]))
                found.append(
                    Count(
                        shorten(self.trials.bound(step.part.text)),
                        text.count("\n", 0, step.part.start) + 1,
                        rows,
                        rows >= ROWS,
                    )
                )
        except (OutOfTrials, InputError):
            self.complete = False
        self.complete = self.complete and len(steps) <= COUNTED
        return tuple(found)


def _start(step: Step) -> int:
    return step.part.start


__all__ = ["RUNS", "explain"]
