"""Parts of a query tried on the engine within bounds: of runs, of the rows of each, of time in all."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from kzturk_graph.errors import KzturkError
from kzturk_graph.explain.parts import Part, Query
from kzturk_graph.queries.binding import Bindings, bind, variables
from kzturk_graph.queries.run import ask
from kzturk_graph.queries.tokens import tokens

_BLANK = re.compile(r"(?<![\w:.\-])_:")
_BOUND = re.compile(r"\bBOUND\s*\(\s*[?$](\w+)\s*\)", re.IGNORECASE)
RUNS = 40
ROWS = 10_000
SECONDS = 2.0
"""After so long no further run begins: a guard for large graphs, which the packaged one never meets."""

Solution = Mapping[str, ox.NamedNode | ox.Literal | ox.BlankNode | None]


class OutOfTrials(KzturkError):
    """The bound on the work is reached."""


def _unblank(text: str) -> str:
    """The blank nodes of a group as variables, which may stand in several blocks."""
    return "".join(_BLANK.sub("?blank_", token.text) if token.kind == "name" else token.text for token in tokens(text))


@dataclass(frozen=True)
class Step:
    """A part that rows pass through, and its variables, those of the graph blocks around it among them."""

    part: Part
    names: frozenset[str]

    @property
    def filters(self) -> bool:
        """Whether it only takes rows away, by what others have bound."""
        return self.part.kind in ("filter", "minus")

    @property
    def only_adds(self) -> bool:
        """Whether it can't take a row away."""
        return self.part.kind in ("optional", "bind")


@dataclass
class Trials:
    """The engine, the query whose parts are tried, and what is left of the bound.

    ``whole`` is the graph with what a selection of documents, voices or a day leaves out; None for the same.
    """

    store: ox.Store
    query: Query
    parameters: Bindings = field(default_factory=dict)
    whole: ox.Store | None = None
    runs: int = RUNS
    done: int = 0
    began: float = field(default_factory=time.monotonic)

    def bound(self, text: str) -> str:
        """A text of the query with the parameters' values in it."""
        return bind(text, self.parameters) if self.parameters else text

    def names(self, text: str) -> frozenset[str]:
        """The variables of a text, blank nodes among them, parameters with a value left out."""
        return frozenset(variables(_BLANK.sub("?blank_", text)) - set(self.parameters))

    def solutions(self, head: str, body: str, limit: int, store: ox.Store | None = None) -> list[Solution]:
        """At most ``limit`` solutions of a SELECT. Raises OutOfTrials where the bound is reached."""
        if self.done >= self.runs or time.monotonic() - self.began > SECONDS:
            raise OutOfTrials(f"stopped after {self.done} trials")
        self.done += 1
        text = _unblank(self.bound(body))
        query = f"{self.query.prologue}\nSELECT {head} {self.query.dataset} WHERE {{ {text} }} LIMIT {limit}"
        answer = ask(store or self.store, query)
        return [dict(zip(answer.columns, row, strict=True)) for row in answer.solutions]

    @property
    def everything(self) -> ox.Store:
        """The graph with everything that a selection may leave out."""
        return self.whole if self.whole is not None else self.store

    def count(self, body: str, limit: int = ROWS) -> int:
        """How many rows a group gives; ``limit`` where it gives that many or more."""
        if not body.strip():
            return 1
        rows = self.solutions("(COUNT(*) AS ?rows)", f"{{ SELECT * WHERE {{ {body} }} LIMIT {limit} }}", 1)
        return int(rows[0]["rows"].value)  # type: ignore[union-attr]

    def gives(self, body: str) -> bool:
        """Whether a group gives any row."""
        return self.count(body, 1) > 0

    def steps(self) -> list[Step]:
        """What rows pass through, in order; the filters of a group come last in it."""
        return list(self._steps(self.query.where, frozenset()))

    def _steps(self, parts: Sequence[Part], around: frozenset[str]) -> Iterable[Step]:
        for part in parts:
            if part.kind in ("group", "graph"):
                yield from self._steps(part.parts, around | self.names(part.head))
            elif part.kind != "filter":
                yield Step(part, around | self.names(part.text))
        for part in parts:
            if part.kind == "filter":
                yield Step(part, self.names(part.text))

    def idle(self, step: Step) -> bool:
        """Whether a filter waits for a parameter that isn't given: ``!BOUND($year) || …``."""
        said = {
            name
            for part in self.query.walk()
            if part.kind in ("triple", "values", "select", "bind", "graph")
            for name in self.names(part.head or part.text)
        }
        return step.filters and bool(set(_BOUND.findall(step.part.text)) - set(self.parameters) - said)


def render(parts: Sequence[Part], kept: Iterable[Step] | None = None) -> str:
    """The text of a group with the steps kept, each in its blocks; with all where none are named."""
    return _render(parts, None if kept is None else {step.part.start for step in kept})


def _render(parts: Sequence[Part], kept: set[int] | None) -> str:
    texts = []
    for part in parts:
        if part.kind in ("group", "graph"):
            inner = _render(part.parts, kept)
            if inner:
                texts.append(f"{part.head} {{ {inner} }}")
        elif kept is None or part.start in kept:
            texts.append(f"{part.text} ." if part.kind == "triple" else part.text)
    return " ".join(texts)
