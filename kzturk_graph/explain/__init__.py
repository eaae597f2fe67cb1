"""Why an answer is empty: what matches nothing, isn't there, is only planned, denied or left out."""

from __future__ import annotations

from kzturk_graph.explain.emptiness import is_empty
from kzturk_graph.explain.model import Clue, Count, Explanation, Witness
from kzturk_graph.explain.verb import explain

__all__ = ["Clue", "Count", "Explanation", "Witness", "explain", "is_empty"]
