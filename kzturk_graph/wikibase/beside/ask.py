"""Asking our graph and the data beside it in one query."""

from __future__ import annotations

from dataclasses import replace

from kzturk_graph.queries.run import Answer, ask, check_reading, undeclared_prefixes
from kzturk_graph.wikibase.beside.dialect import prepare
from kzturk_graph.wikibase.beside.loading import Beside


def sparql(text: str, beside: Beside, *, language: str = "en", path: str | None = None) -> Answer:
    """Answer any query, in the query service's idiom too: its prefixes need no declaration, its label service works.

    Raises InputError with the line of a syntax error, UsageError for an update or another SERVICE.
    """
    prepared = prepare(text, language)
    check_reading(prepared.text)
    answer = ask(beside.store, prepared.text, path=path, prefixes=prepared.prefixes)
    lent = undeclared_prefixes(prepared.text, prepared.prefixes)
    declared = "".join(f"PREFIX {name}: <{iri}> " for name, iri in lent.items())
    return replace(answer, text=declared + prepared.text)  # whole, for those who read it again: citations, explanations
