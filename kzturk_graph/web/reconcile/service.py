"""What all answers of the service rest on: the matcher, the vocabulary, and how a thing is told."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph import lookup
from kzturk_graph.names import fold
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.pages.index import Index
from kzturk_graph.web.pages.messages import Messages
from kzturk_graph.web.reconcile.vocabulary import Names, Vocabulary

if TYPE_CHECKING:
    from kzturk_graph.matching.conditions import Asked
    from kzturk_graph.matching.reconcile import Match, Reconciler
    from kzturk_graph.matching.records import Record
    from kzturk_graph.web.site import Site

Item = TypeVar("Item")
REMEMBERED = 1024
"""How many questions are remembered with their answers: columns repeat themselves."""


class Service:
    """The reconciliation service of one site. Everything is read from the graph when it is first asked for."""

    def __init__(self, site: Site) -> None:
        self.site, self.index = site, Index(site)
        self.find = lru_cache(REMEMBERED)(self._find)

    def _find(self, asked: Asked) -> tuple[Match, ...]:
        return tuple(self.reconciler.find(asked))

    @property
    def reconciler(self) -> Reconciler:
        """The matcher over the site's things."""
        from kzturk_graph.matching.reconcile import Reconciler

        return self.index.once("reconciler", lambda: Reconciler(self.site.store))

    @property
    def things(self) -> dict[str, Record]:
        """Every thing by its id, the last part of its IRI."""
        records = self.reconciler.index.records
        return self.index.once("things", lambda: {terms.local(each.id): each for each in records})

    @property
    def names(self) -> Names:
        """The names of the things."""
        return self.index.once("entity-names", self._names)

    def _names(self) -> Names:
        return Names((id, text) for id, each in self.things.items() for text in (id, *(n.text for n in each.names)))

    @property
    def vocabulary(self) -> Vocabulary:
        """The types and properties of the things."""
        return self.index.once("vocabulary", lambda: Vocabulary(self.index, self.reconciler.index.records))

    def timely(self, asked: Iterable[Item]) -> Iterator[Item]:
        """What is asked, piece by piece. Raises HttpError 504 once the time of a query is used up."""
        end = time.monotonic() + self.site.settings.query_seconds
        for each in asked:
            if time.monotonic() > end:
                raise HttpError(504, f"this takes more than {self.site.settings.query_seconds:g} s", "ask for less")
            yield each

    def thing(self, id: str) -> Record | None:
        """The thing of an id (the last part of its IRI, its CURIE, or the IRI); None where there is none."""
        return self.things.get(id.removeprefix(terms.ENTITY).removeprefix("id:"))

    def label(self, iri: str, language: str) -> str:
        """What to call a thing."""
        return self.index.label(iri, language)

    def types(self, record: Record, language: str) -> list[dict[str, str]]:
        """The types of a thing, the most specific first."""
        return [self.vocabulary.type(each, language) for each in self._ordered(record)]

    def _ordered(self, record: Record) -> list[str]:
        kinds = [each for each in record.classes if each.startswith(terms.CONCEPT)]
        return list(dict.fromkeys([*kinds, *self.index.kinds(record.id), *record.classes]))

    def description(self, record: Record, language: str, matched: str = "") -> str:
        """The kinds of a thing in words, with the name that was found where that isn't its label."""
        kinds = [each for each in record.classes if each.startswith(terms.CONCEPT)] or self.index.kinds(record.id)
        told = ", ".join(self.label(each, language) for each in kinds)
        own = {fold(matched), fold(terms.local(record.id)), fold(record.id)} if matched else set()
        shown = matched and fold(self.label(record.id, language)) not in own and not matched.startswith(terms.BASE)
        return f"{told} – “{matched}”" if shown else told

    def candidates(self, asked: Asked, language: str, *, draft: bool = False) -> list[dict[str, Any]]:
        """The candidates for a question as the API writes them; the draft of 1.0 tells the language of names too."""
        return [self._candidate(each, language, draft) for each in self.find(asked)]

    def _candidate(self, found: Match, language: str, draft: bool) -> dict[str, Any]:
        record = self.things[terms.local(found.id)]
        told = {
            "id": terms.local(found.id),
            "name": self.label(found.id, language),
            "description": self.description(record, language, found.name.text if found.name.language else ""),
            "type": self.types(record, language),
            "score": found.score,
            "features": [
                {"id": name, "name": self.feature(name, language), "value": value} for name, value in found.features
            ],
            "match": found.match,
        }
        if draft:
            known = lookup.labels(self.site.store, ox.NamedNode(found.id))
            told["lang"] = language if language in known else "en"
        return told

    def feature(self, name: str, language: str) -> str:
        """What to call a feature."""
        say = Messages(language)
        kind, _, rest = name.partition(":")
        if kind != "property":
            named = {"name": self.label(terms.PREF_LABEL, language), "type": say("browse.kind")}
            return named.get(kind, say("entity.names"))
        property = self.vocabulary.property(rest.partition("#")[0])
        return self.vocabulary.property_name(property, language) if property else rest
