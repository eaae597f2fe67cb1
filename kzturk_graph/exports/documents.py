"""Naming a source document on the command line: slug, CURIE, IRI or title."""

from __future__ import annotations

from kzturk_graph import terms
from kzturk_graph.errors import AmbiguousName, UnknownName
from kzturk_graph.graph.assertions import Corpus
from kzturk_graph.graph.selection import CURATOR
from kzturk_graph.names import fold

TITLE = terms.PREFIXES["dcterms"] + "title"


def sources(corpus: Corpus) -> list[str]:
    """The slugs of the documents that assertions were read from, sorted."""
    return sorted({assertion.source for assertion in corpus.assertions.values()} - {CURATOR})


def source_named(corpus: Corpus, text: str) -> str:
    """The slug of the source document that ``text`` names: ``004``, ``doc:004``, its IRI, or one of its
    titles.

    Raises UnknownName where no document that was read is named so, AmbiguousName where several are.
    """
    known = sources(corpus)
    bare = text.strip().removeprefix("<").removesuffix(">")
    slug = bare.removeprefix("doc:").removeprefix(terms.DOCUMENT)
    if slug in known:
        return slug
    titled = sorted(slug for slug, title in _titles(corpus) if slug in known and fold(title) == fold(text))
    if len(set(titled)) > 1:
        raise AmbiguousName(text, [f"doc:{slug}" for slug in titled])
    if not titled:
        raise UnknownName("document", text, known)
    return titled[0]


def _titles(corpus: Corpus) -> set[tuple[str, str]]:
    return {
        (terms.local(triple.subject.value), triple.object.value)  # type: ignore[union-attr]
        for triples in (corpus.beside, *(assertion.triples for assertion in corpus.assertions.values()))
        for triple in triples
        if triple.predicate.value == TITLE
    }
