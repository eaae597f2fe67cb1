"""What a person says of documents, voices and days, as a Selection."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kzturk_graph import terms
from kzturk_graph.errors import AmbiguousName, UnknownName, UsageError
from kzturk_graph.graph.selection import FACTS, MODALITIES, Selection

if TYPE_CHECKING:
    import pyoxigraph as ox

UNDATED = ("exclude", "include")


def choose(
    store: ox.Store | None = None,
    *,
    modalities: Iterable[str] = (),
    sources: Iterable[str] = (),
    without: Iterable[str] = (),
    voices: Iterable[str] = (),
    as_of: str | datetime.date | None = None,
    undated: str = "exclude",
) -> Selection:
    """The Selection of facts and ``modalities`` (``all`` for every one but denied), by documents, voices and a day.

    Documents and voices are given as slug, CURIE, IRI or any of their names. ``as_of`` is a day, or a month or year
    for its
    last day; ``undated`` says whether what was possibly stated by then (its document's date is only bounded) counts.
    ``store`` is
    needed for names; the packaged one is opened where none is given and one is needed.

    Raises UnknownName for a modality, document or voice that isn't one, with those that are, UsageError for a date
    that can't be read.
    """
    named = {part.strip() for value in modalities for part in value.split(",") if part.strip()}
    if "all" in named:
        named = (named - {"all"}) | (set(MODALITIES) - {"denied"})
    chosen = Selection(frozenset({"fact"} | named))
    sources, without, voices = tuple(sources), tuple(without), tuple(voices)
    if not (sources or without or voices or as_of):
        return chosen
    known = {"certain", "through the work it cites"} | ({"possible"} if undated == "include" else set())
    if store is None and (sources or without or voices):
        from kzturk_graph.graph.store import open_store

        store = open_store()
    documents = _documents(store) if store is not None else {}
    vouching = _vouching(store) if store is not None and voices else {}
    return Selection(
        chosen.modalities,
        frozenset(terms.local(_named("document", each, documents)) for each in sources),
        frozenset(terms.local(_named("document", each, documents)) for each in without),
        frozenset(_named("voice", each, vouching) for each in voices),
        _day(as_of) if as_of else None,
        frozenset(known),
    )


def _day(text: str | datetime.date) -> datetime.date:
    """The last day of a date, month or year. Raises UsageError for a date without an end."""
    if isinstance(text, datetime.date):
        return text
    from kzturk_graph import dates

    value = dates.parse(text)
    if value.latest is None:
        raise UsageError(f"{text!r} has no last day", "give a day, month or year: 2018-12-31, 2018")
    return value.latest


def _documents(store: ox.Store) -> Mapping[str, set[str]]:
    """The IRI of each document that was read → its names."""
    import pyoxigraph as ox

    found = store.quads_for_pattern(None, ox.NamedNode(terms.kt("document")), None, ox.DefaultGraph())
    return _names(store, {quad.object.value for quad in found})  # type: ignore[union-attr]


def _vouching(store: ox.Store) -> Mapping[str, set[str]]:
    """The IRI of each voice → its names."""
    import pyoxigraph as ox

    found = store.quads_for_pattern(None, ox.NamedNode(terms.kt("voice")), None, ox.DefaultGraph())
    return _names(store, {quad.object.value for quad in found})  # type: ignore[union-attr]


def _names(store: ox.Store, iris: set[str]) -> dict[str, set[str]]:
    """IRI → everything that it is called, folded."""
    import pyoxigraph as ox

    from kzturk_graph.graph.lookup import NAME_PROPERTIES
    from kzturk_graph.names import fold

    properties = [
        *NAME_PROPERTIES,
        ox.NamedNode(terms.kt("writtenAs")),
        ox.NamedNode(terms.PREFIXES["dcterms"] + "title"),
    ]
    return {
        iri: {fold(terms.local(iri)), fold(terms.curie(iri)), fold(iri)}
        | {
            fold(quad.object.value)  # type: ignore[union-attr]
            for name in properties
            for quad in store.quads_for_pattern(ox.NamedNode(iri), name, None)
        }
        for iri in sorted(iris)
    }


def _named(what: str, text: str, known: Mapping[str, set[str]]) -> str:
    from kzturk_graph.names import fold

    found = [iri for iri, names in known.items() if fold(text) in names]
    if len(found) > 1:
        raise AmbiguousName(text, [terms.curie(iri) for iri in found])
    if not found:
        raise UnknownName(what, text, [terms.local(iri) for iri in known])
    return found[0]


__all__ = ["FACTS", "UNDATED", "choose"]
