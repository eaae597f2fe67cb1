"""References of statements: the documents behind them, as Wikibase cites a source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.selection import CURATOR
from kzturk_graph.wikibase.model import Reference, Snak
from kzturk_graph.wikibase.ours.facts import Facts
from kzturk_graph.wikibase.ours.values import Ids, snak

STATED_IN, URL, TITLE, PUBLISHED, RETRIEVED = "P248", "P854", "P1476", "P577", "P813"

_DC = terms.PREFIXES["dcterms"]
_PARTS = (
    (URL, terms.PREFIXES["schema"] + "url"),
    (TITLE, _DC + "title"),
    (PUBLISHED, _DC + "issued"),
    (RETRIEVED, terms.kt("retrievedOn")),
)


class Sources:
    """Makes references, one for each document: stated in, URL, title, dates, as far as the facts have them."""

    def __init__(self, facts: Facts, datatypes: Mapping[str, str], ids: Ids) -> None:
        self.facts, self.datatypes, self.ids = facts, datatypes, ids
        self._known: dict[str, Reference] = {}

    def references(self, assertions: Iterable[str]) -> tuple[Reference, ...]:
        """One for each document that the assertions were read from; none for what only the curator states."""
        slugs = {terms.local(each).split("-", 1)[0] for each in assertions} - {CURATOR}
        return tuple(self._of(terms.DOCUMENT + slug) for slug in sorted(slugs))

    def _of(self, document: str) -> Reference:
        if document not in self._known:
            found: dict[str, tuple[Snak, ...]] = {}
            for each in self._snaks(document):
                found.setdefault(each.property, (each,))
            self._known[document] = Reference(found)
        return self._known[document]

    def _snaks(self, document: str) -> Iterator[Snak]:
        stated = snak(STATED_IN, self.datatypes[STATED_IN], ox.NamedNode(document), self.ids)
        if stated is not None:
            yield stated
        language = next((each.value for each in self.facts.values(document, _DC + "language")), "")
        for property, name in _PARTS:
            for value in self.facts.values(document, name):
                made = snak(property, self.datatypes[property], value, self.ids, language=language)
                if made is not None:
                    yield made
