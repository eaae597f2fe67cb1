"""Citations in the formats for programs: a member of the JSON, a column of CSV and TSV."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pyoxigraph as ox

from kzturk_graph.citations.extension import MEMBER, as_json
from kzturk_graph.citations.footnotes import cell
from kzturk_graph.citations.model import Citations
from kzturk_graph.queries.run import Answer

COLUMN = "citations"


def member(cited: Citations, answer: Answer, language: str) -> dict[str, Any]:
    """The member of the JSON document that holds the citations, as ``docs/citations.md`` describes it."""
    return {MEMBER: as_json(cited, answer.store, language)}


def with_column(cited: Citations, answer: Answer) -> Answer:
    """The answer with a last column of citations such as ``004 P17; 002 P8``; a truth stays as it is."""
    if answer.truth is not None:
        return answer
    rows = tuple((*row, ox.Literal(cell(each))) for row, each in zip(answer.solutions, cited, strict=True))
    return replace(answer, columns=(*answer.columns, COLUMN), solutions=rows)
