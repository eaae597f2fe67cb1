"""The data about one thing, as the bytes of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.exports.content import Content
from kzturk_graph.exports.spelling import WRITERS
from kzturk_graph.exports.verb import export
from kzturk_graph.web.pages.addresses import is_sentence

if TYPE_CHECKING:
    from kzturk_graph.web.site import Site

_WITH_GRAPHS = ("trig", "nquads")
_DEFAULT = ox.DefaultGraph()


def data(site: Site, iri: str, format: str, provenance: str | None = None) -> bytes:
    """What the graph says about a thing, in a format by its name (see ``exports.formats``).

    Triples alone are the facts, those of a passage or an assertion with what is said about itself; where nothing is
    stated of a thing as fact, the statements of every modality, each a node that says so. ``provenance`` is as for an
    export. Terms and concepts come with what the vocabulary says of them, a sentence with what is read from it. Raises
    UnknownName for a provenance that there isn't, UsageError where the format can't hold it.
    """
    if iri.startswith((terms.ONTOLOGY, terms.CONCEPT)):
        return WRITERS[format](_vocabulary(site, iri), None)
    node = ox.NamedNode(iri)
    if is_sentence(iri):
        return WRITERS[format](Content(_beside(site, node)), None)
    if iri.startswith((terms.PASSAGE, terms.ASSERTION)) and provenance is None and format not in _WITH_GRAPHS:
        provenance = "statements"  # what stands beside the facts is what such a thing is
    try:
        return export(site.corpus, format, provenance=provenance, entity=node)
    except UsageError:
        if provenance not in (None, "statements"):
            raise
    try:
        return export(site.corpus, format, provenance="statements", entity=node)
    except UsageError:
        return WRITERS[format](Content(_beside(site, node)), None)


def _vocabulary(site: Site, iri: str) -> Content:
    node = ox.NamedNode(iri)
    found = {triple for triple in site.corpus.vocabulary if node in (triple.subject, triple.object)}
    return Content(frozenset(found))


def _beside(site: Site, node: ox.NamedNode) -> frozenset[ox.Triple]:
    """What stands beside the assertions, such as the metadata of a passage that carries none."""
    about = [*site.store.quads_for_pattern(node, None, None, _DEFAULT)]
    return frozenset(quad.triple for quad in [*about, *site.store.quads_for_pattern(None, None, node, _DEFAULT)])
