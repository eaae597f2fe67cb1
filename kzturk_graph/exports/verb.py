"""Exporting: which facts, with or without their sources, in which format."""

from __future__ import annotations

from collections.abc import Collection

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import UnknownName
from kzturk_graph.exports.content import Wanted, content
from kzturk_graph.exports.formats import format_named, provenance_for
from kzturk_graph.exports.spelling import WRITERS
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.selection import FACTS, Selection


def export(
    corpus: Corpus,
    format: str = "turtle",
    *,
    provenance: str | None = None,
    modalities: Collection[str] | None = None,
    sources: Collection[str] = (),
    entity: ox.NamedNode | None = None,
    language: str | None = None,
    links: str = "exactMatch",
) -> bytes:
    """The graph, or a part of it, as the bytes of a file; the same bytes for the same corpus.

    ``format`` is one of turtle, jsonld, trig, nquads, ntriples, rdfxml, or a Wikibase's own: wikibase-rdf,
    wikibase-json, which hold facts alone, with references. ``provenance`` is ``none`` for the
    facts alone, ``graphs`` for the record (each assertion's graph, metadata and passages in the default
    graph; the default of trig and nquads), ``statements`` for facts, metadata, passages and one node a
    statement. Without ``modalities`` facts are what is stated as fact, and a record holds every modality;
    with them, both hold those. ``sources`` are documents by slug, CURIE or title (the curator's register
    stays), ``entity`` keeps what is about one thing, and ``language`` leaves preferred labels in other
    languages out where there is one in this. ``links`` says how links to other datasets are written:
    ``exactMatch`` (skos:exactMatch), ``sameAs`` (owl:sameAs), ``both`` or ``none``.

    Raises UnknownName for a format, provenance, modality, document, language or way of linking that there
    isn't, UsageError
    for graphs in a format without them and for an entity of which nothing is said.

    >>> from kzturk_graph.graph.assertions import Corpus
    >>> export(Corpus({}, frozenset(), frozenset()), "ntriples")
    b''
    """
    form = format_named(format)
    how = provenance_for(form, provenance)
    if language is not None and language not in terms.LANGUAGES:
        raise UnknownName("language", language, list(terms.LANGUAGES))
    if form.wikibase:
        from kzturk_graph.exports import wikibase

        return wikibase.write(corpus, form.name, _selection(corpus, modalities, sources), entity, language)
    if links != "exactMatch":
        from kzturk_graph.exports.links import linked

        corpus = linked(corpus, links)
    held = content(corpus, Wanted(modalities, _slugs(corpus, sources), entity), how)
    if language is not None:
        from kzturk_graph.exports.language import in_language

        held = in_language(held, language)
    return WRITERS[form.name](held, entity)


def _selection(corpus: Corpus, modalities: Collection[str] | None, sources: Collection[str]) -> Selection:
    chosen = FACTS.modalities if modalities is None else frozenset(modalities)
    return Selection(chosen, _slugs(corpus, sources))


def _slugs(corpus: Corpus, sources: Collection[str]) -> frozenset[str]:
    if not sources:
        return frozenset()
    from kzturk_graph.exports.documents import source_named

    return frozenset(source_named(corpus, source) for source in sources)
