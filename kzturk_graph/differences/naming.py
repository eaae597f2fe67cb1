"""What the things of a comparison are called, and which thing a person means by a name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import dates, resources, terms
from kzturk_graph.differences.changes import Value
from kzturk_graph.differences.reading import BASE
from kzturk_graph.errors import InputError, KzturkError
from kzturk_graph.graph.lookup import find, passage_label

TITLE = terms.PREFIXES["dcterms"] + "title"
LABELS = tuple(map(ox.NamedNode, (terms.PREF_LABEL, terms.LABEL, TITLE)))
_RANK = {name: rank for rank, name in enumerate(LABELS)}
_DATED = ("date", "period")
_NAMED_BY_DATA = (terms.ENTITY, terms.DOCUMENT, terms.REPORT)
Labels = dict[str, dict[str, str]]


class Names:
    """Labels in one language: from the new side, else the old one, the vocabulary, the packaged data, the
    templates."""

    def __init__(self, sides: Sequence[Iterable[ox.Quad]], things: Iterable[str], language: str) -> None:
        """``sides`` in the order in which their labels are taken; ``things``: IRIs that will be asked for."""
        self.language = language
        self._labels: Labels = {}
        wanted = set(things)
        first, *others = sides or ((),)
        for side in (
            first,
            *(set(other).difference(first) for other in others),
            _quads(resources.vocabulary_files()),
        ):
            self._add(labels(side))
        if any(iri.startswith(_NAMED_BY_DATA) and iri not in self._labels for iri in wanted):
            self._add(labels(_quads(resources.data_files())))
        self._generate(sides, {iri for iri in wanted if iri not in self._labels})

    def label(self, iri: str) -> str:
        """What to call a thing: its label in the language, else in English, else in any, else its CURIE."""
        known = self._labels.get(iri)
        if known:
            return known.get(self.language) or known.get("en") or known[min(known)]
        if iri.startswith((terms.PASSAGE, terms.ASSERTION)):
            return passage_label(iri)
        return name(iri)

    def _add(self, more: Labels) -> None:
        for iri, texts in more.items():
            self._labels[iri] = texts | self._labels.get(iri, {})

    def _generate(self, sides: Sequence[Iterable[ox.Quad]], nameless: set[str]) -> None:
        """Labels by the templates of ``ontology/labels.toml`` for reports, visits and others that nobody
        names."""
        for side in sides:
            if not nameless:
                return
            about = {quad.triple for quad in side if _subject(quad) in nameless and _plain(quad)}
            self._add(labels(_generated(about, self._labels)))
            nameless = {iri for iri in nameless if iri not in self._labels}


def labels(quads: Iterable[ox.Quad | ox.Triple]) -> Labels:
    """IRI → language → label; the first in the alphabet where there are several."""
    found: dict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for quad in quads:
        rank = _RANK.get(quad.predicate)
        if rank is None or not isinstance(quad.object, ox.Literal) or isinstance(quad.subject, ox.Triple):
            continue
        texts, language, text = (
            found[quad.subject.value],
            quad.object.language or "en",
            (rank, quad.object.value),
        )
        texts[language] = min(texts.get(language, text), text)
    return {iri: {language: text for language, (_, text) in texts.items()} for iri, texts in found.items()}


def name(iri: str) -> str:
    """The CURIE of an IRI, or the IRI itself; a relative one as it is written."""
    return f"<{iri.removeprefix(BASE)}>" if iri.startswith(BASE) else terms.curie(iri)


def spelled(value: Value) -> str:
    """A term as Turtle spells it, with our prefixes."""
    if isinstance(value, ox.NamedNode):
        return name(value.value)
    if isinstance(value, ox.Literal) and not value.language and value.datatype.value != terms.XSD + "string":
        return f"{ox.Literal(value.value)}^^{name(value.datatype.value)}"
    return str(value)


def entity_named(text: str, sides: Iterable[Iterable[ox.Quad]]) -> ox.NamedNode:
    """The thing that a person means: of either side, else of the packaged data.

    Raises UnknownName with the nearest names, AmbiguousName with the candidates.
    """
    store = ox.Store()
    for side in sides:
        store.bulk_extend(side)
    store.bulk_extend(quad for quad in _quads(resources.data_files()) if quad.predicate in _RANK)
    return find(store, text)


def _generated(about: set[ox.Triple], known: Labels) -> Iterator[ox.Triple]:
    from kzturk_graph.graph.assertions import MODALITY, Assertion, Corpus
    from kzturk_graph.graph.labels import generated_labels

    values = {triple.object.value for triple in about if isinstance(triple.object, ox.NamedNode)}
    words = frozenset(
        ox.Triple(ox.NamedNode(iri), ox.NamedNode(terms.PREF_LABEL), ox.Literal(text, language=language))
        for iri in values
        for language, text in known.get(iri, {}).items()
    )
    metadata = {MODALITY: (ox.NamedNode(terms.FACT),)}
    assertion = Assertion(ox.NamedNode(terms.ASSERTION), frozenset(about), metadata, Path())
    return generated_labels(Corpus({assertion.iri.value: assertion}, frozenset(), words))


def _subject(quad: ox.Quad) -> str:
    return "" if isinstance(quad.subject, ox.Triple) else quad.subject.value


def _plain(quad: ox.Quad) -> bool:
    """Whether a label can be made from a quad; one with a date that can't be read gives none."""
    if not isinstance(quad.subject, ox.NamedNode) or not isinstance(quad.object, (ox.NamedNode, ox.Literal)):
        return False
    return terms.local(quad.predicate.value) not in _DATED or _readable(quad.object.value)


@cache
def _readable(date: str) -> bool:
    try:
        dates.parse(date)
    except KzturkError:
        return False
    return True


def _quads(files: Iterable[Path]) -> Iterator[ox.Quad]:
    """The quads of packaged files; one that can't be parsed only gives no labels: what is compared may lie
    elsewhere."""
    from kzturk_graph.graph.files import read_quads

    for path in files:
        try:
            yield from read_quads(path)
        except InputError:
            continue
