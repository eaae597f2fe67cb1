"""Slices of a Wikidata dump: chosen entities and what is around them, in one pass of the dump for each step."""

from __future__ import annotations

from kzturk_graph.extract.model import Extraction, Progress, Request
from kzturk_graph.extract.verb import extract

__all__ = ["Extraction", "Progress", "Request", "extract"]
