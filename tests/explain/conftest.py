"""An explanation as a person gets it: a query or a saved query in, lines out."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox
import pytest

from kzturk_graph.explain import Explanation, explain
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.graph.store import open_store
from kzturk_graph.queries.binding import bind
from kzturk_graph.queries.catalogue import saved_query
from kzturk_graph.queries.parameters import bindings
from kzturk_graph.queries.run import ask

Why = Callable[..., Explanation]


@pytest.fixture
def why(store: ox.Store) -> Why:
    """Explains a query on the packaged graph, or on what a selection leaves of it."""

    def run(text: str, selection: Selection = FACTS, counts: bool = False) -> Explanation:
        chosen = store if selection == FACTS else open_store(selection)
        return explain(chosen, text, ask(chosen, text), selection, counts=counts, whole=store)

    return run


@pytest.fixture
def why_saved(store: ox.Store) -> Why:
    """Explains a saved query with the values given for its parameters."""

    def run(name: str, **given: str) -> Explanation:
        query = saved_query(name)
        values = bindings(query, given, store)
        return explain(store, query.text, ask(store, bind(query.text, values)), parameters=values)

    return run


def told(explanation: Explanation, language: str = "en") -> str:
    """All lines as one text."""
    return "\n".join(explanation.lines(language))


def kinds(explanation: Explanation) -> set[str]:
    """The kinds of its clues."""
    return {clue.kind for clue in explanation.clues}
