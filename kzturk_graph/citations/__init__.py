"""The passages behind each row of an answer: witnesses, combinations, absence, footnotes and bibliography."""

from __future__ import annotations

from kzturk_graph.citations.api import cite
from kzturk_graph.citations.model import Absence, Citations, RowCitation, Witness

__all__ = ["Absence", "Citations", "RowCitation", "Witness", "cite"]
