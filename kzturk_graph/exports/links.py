"""Which predicate the links to other datasets are exported with."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import UnknownName
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.links import ASSERTION, LINKSETS

WAYS = ("exactMatch", "sameAs", "both", "none")
EXACT, SAME = ox.NamedNode(terms.SKOS + "exactMatch"), ox.NamedNode(terms.PREFIXES["owl"] + "sameAs")


def linked(corpus: Corpus, way: str) -> Corpus:
    """The corpus with its links as ``skos:exactMatch`` (as they are kept), as ``owl:sameAs``, as both, or without.

    Links of another predicate, such as ``skos:closeMatch``, stay as they are, but for ``none``. Raises UnknownName for
    a way that isn't one of ``WAYS``.
    """
    if way not in WAYS:
        raise UnknownName("way of linking", way, list(WAYS))
    held = corpus.assertions.get(ASSERTION)
    if way == "exactMatch" or held is None:
        return corpus
    if way == "none":
        rest = {name: each for name, each in corpus.assertions.items() if name != ASSERTION}
        beside = frozenset(triple for triple in corpus.beside if triple.subject != held.iri)
        return replace(corpus, assertions=rest, beside=beside)
    same = {_same(triple) for triple in held.triples}
    triples = frozenset(same | held.triples if way == "both" else same)
    return replace(corpus, assertions={**corpus.assertions, ASSERTION: replace(held, triples=triples)})


def _same(triple: ox.Triple) -> ox.Triple:
    """A triple of the links or of what is said about them, with ``owl:sameAs`` for ``skos:exactMatch``."""
    subject, predicate, value = triple
    if subject.value.startswith(LINKSETS) and subject.value.endswith("-exactMatch"):
        subject = ox.NamedNode(subject.value.removesuffix("exactMatch") + "sameAs")
    if isinstance(value, ox.Literal) and predicate.value == f"{terms.PREFIXES['dcterms']}title":
        value = ox.Literal(value.value.replace("skos:exactMatch", "owl:sameAs"), language=value.language)
    return ox.Triple(subject, SAME if predicate == EXACT else predicate, SAME if value == EXACT else value)
