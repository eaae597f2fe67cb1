"""When an assertion was stated: its own statement date, else its document's, as the days that are possible.

A document without a date has bounds that a curator took, with the reason (``kt:statementDate``, ``kt:because``).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import dates, terms

if TYPE_CHECKING:
    from kzturk_graph.graph.assertions import Assertion, Corpus

CERTAIN, THROUGH, POSSIBLE, NOT_YET = "certain", "through the work it cites", "possible", "not yet"
KNOWN = (CERTAIN, THROUGH, POSSIBLE, NOT_YET)
"""How surely something was known by a day, the surest first."""

_parse = cache(dates.parse)


@dataclass(frozen=True)
class StatementDates:
    """When each document, and each work that a footnote cites, was written or said; by IRI."""

    documents: Mapping[str, dates.Edtf]
    cited: Mapping[str, dates.Edtf]

    def stated(self, assertion: Assertion) -> dates.Edtf | None:
        """When the assertion was stated; None where nothing bounds it (the curator's register)."""
        own = assertion.values("statedOn")
        if own:
            return _parse(own[0])
        return self.documents.get(terms.DOCUMENT + assertion.source)

    def known(self, assertion: Assertion, day: datetime.date) -> str:
        """How surely the assertion's content was known by the end of ``day``: one of ``KNOWN``.

        It is certain where the last possible day of stating it is no later, and not yet where the first one is later;
        through the work it cites, where that work was published by then.
        """
        when = self.stated(assertion)
        if when is None or (when.latest and when.latest <= day):
            return CERTAIN
        for passage in assertion.values("cites"):
            work = self.cited.get(passage)
            if work and work.latest and work.latest <= day:
                return THROUGH
        return NOT_YET if when.earliest and when.earliest > day else POSSIBLE


def statement_dates(corpus: Corpus) -> StatementDates:
    """Read the statement dates from the curator's assertions, and those of cited works from all assertions."""
    documents, issued = {}, {}
    for assertion in corpus.assertions.values():
        for triple in assertion.triples:
            name = triple.predicate.value
            if name == terms.kt("statementDate"):
                documents[triple.subject.value] = _parse(triple.object.value)  # type: ignore[union-attr]
            elif name == terms.PREFIXES["dcterms"] + "issued" and isinstance(triple.object, ox.Literal):
                issued[triple.subject.value] = _parse(triple.object.value)  # type: ignore[union-attr]
    return StatementDates(documents, dict(_cited(corpus.beside, issued)))


def _cited(beside: Iterable[ox.Triple], issued: Mapping[str, dates.Edtf]) -> Iterable[tuple[str, dates.Edtf]]:
    refers = terms.kt("refersTo")
    for triple in beside:
        if triple.predicate.value == refers and triple.object.value in issued:  # type: ignore[union-attr]
            yield triple.subject.value, issued[triple.object.value]  # type: ignore[union-attr]
