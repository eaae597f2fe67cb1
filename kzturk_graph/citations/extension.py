"""Citations as JSON: a member beside the bindings of the W3C's format, described in ``docs/citations.md``."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pyoxigraph as ox

from kzturk_graph.citations.footnotes import Describer, Footnote
from kzturk_graph.citations.model import Citations, RowCitation

MEMBER = "citations"
"""The name of the member at the top of the document, beside ``head`` and ``results`` (or ``boolean``)."""


def as_json(citations: Citations, store: ox.Store, language: str = "en") -> dict[str, Any]:
    """The value of the member ``citations``: ``mode``, ``rows`` in the order of the bindings, and ``assertions`` by
    IRI."""
    describe = Describer(store, language)
    return {
        "mode": citations.mode,
        "rows": [_row(row) for row in citations],
        "assertions": {name: _assertion(describe.footnote(name, 0)) for name in citations.assertions},
    }


def _row(row: RowCitation) -> dict[str, Any]:
    """Witnesses, combination and absence always; the rest where there is something to say."""
    found: dict[str, Any] = {
        "witnesses": [{"document": each.document, "assertions": list(each.assertions)} for each in row.witnesses],
        "combination": list(row.combination),
        "combined": row.combined,
        "absence": [asdict(each) for each in row.absence],
    }
    more = {"excluded": list(row.excluded), "all": list(row.every), "notes": list(row.notes), "untraced": row.untraced}
    return found | {key: value for key, value in more.items() if value}


def _assertion(note: Footnote) -> dict[str, Any]:
    fields = {
        "document": note.document,
        "title": note.title,
        "passage": note.passage,
        "date": note.date,
        "dateOf": ("statement" if note.said else "document") if note.date else None,
        "modality": note.modality,
        "voice": note.voice,
        "note": note.note,
        "status": list(note.status),
    }
    return {key: value for key, value in fields.items() if value}
