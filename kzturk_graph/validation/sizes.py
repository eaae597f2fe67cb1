"""The data's assertions on its own size: ``data/dataset.ttl`` says how much there is, and a difference is a
finding.

``python -m kzturk_graph.validation.sizes`` writes that file anew: after a change of the data, look at its
difference first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.graph.assertions import Corpus, read_corpus
from kzturk_graph.graph.build import merge, metadata
from kzturk_graph.graph.files import read_quads
from kzturk_graph.graph.links import ASSERTION, LINKSETS
from kzturk_graph.graph.turtle import write_turtle
from kzturk_graph.validation.findings import Finding
from kzturk_graph.validation.paths import Path as PropertyPath

DATASET = terms.BASE + "dataset"
SIZE = terms.SHAPE + "size"
VOID = terms.PREFIXES["void"]
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_CLASS, _ENTITIES, _TRIPLES, _PARTITION = (
    ox.NamedNode(VOID + name) for name in ("class", "entities", "triples", "classPartition")
)
_FOREIGN = ("bibo", "dcterms", "foaf", "org", "qb", "schema", "skos")
_SAID = ("Assertion", "Passage", "Sentence")


def dataset_file() -> Path:
    """The packaged description of the dataset."""
    return resources.data() / "dataset.ttl"


def counted(corpus: Corpus) -> dict[str, int]:
    """Class → number of things: of the merge by stated type, of the metadata passages and assertions."""
    found: dict[str, set[str]] = defaultdict(set)
    said = {terms.kt(name) for name in _SAID}
    for triples, wanted in ((merge(corpus), None), (metadata(corpus), said)):
        for triple in triples:
            kind = getattr(triple.object, "value", "")
            if triple.predicate.value == terms.TYPE and (wanted is None or kind in wanted):
                found[kind].add(str(triple.subject))
    return {kind: len(things) for kind, things in sorted(found.items())}


def description(corpus: Corpus) -> list[ox.Triple]:
    """The dataset's description as DCAT and VoID, with a partition for each class."""
    whole, counts = ox.NamedNode(DATASET), counted(corpus)

    def about(subject: ox.NamedNode, name: str, *values: ox.NamedNode | ox.Literal) -> Iterator[ox.Triple]:
        predicate = ox.NamedNode(terms.expand(name) or name)
        yield from (ox.Triple(subject, predicate, value) for value in values)

    dataset = [ox.NamedNode(terms.expand(name) or "") for name in ("dcat:Dataset", "void:Dataset")]
    vocabularies = [ox.NamedNode(terms.ONTOLOGY), *(ox.NamedNode(terms.PREFIXES[name]) for name in _FOREIGN)]
    made = [
        *about(whole, terms.TYPE, *dataset),
        *about(
            whole,
            "dcterms:title",
            ox.Literal("Kazakhstan–Türkiye relations: a sourced knowledge graph", language="en"),
        ),
        *about(whole, "dcterms:license", ox.NamedNode(LICENCE)),
        *about(whole, "void:vocabulary", *vocabularies),
        *about(whole, "void:triples", _number(len(merge(corpus)))),
        *about(whole, "void:classes", _number(len(counts))),
    ]
    for kind, number in counts.items():
        part = ox.NamedNode(f"{DATASET}/{terms.local(kind)}")
        made += about(whole, "void:classPartition", part)
        made += about(part, "void:class", ox.NamedNode(kind))
        made += about(part, "void:entities", _number(number))
    for triple in _linksets(corpus):
        made.append(triple)
        if triple.predicate.value == terms.TYPE:
            made += about(whole, "void:subset", triple.subject)  # type: ignore[arg-type]
    return made


def _linksets(corpus: Corpus) -> list[ox.Triple]:
    """What the curator's links say of their linksets."""
    held = corpus.assertions.get(ASSERTION)
    about = [t for t in held.triples if t.subject.value.startswith(LINKSETS)] if held else []  # type: ignore[union-attr]
    return sorted(about, key=str)


def findings(corpus: Corpus, path: Path | None = None) -> list[Finding]:
    """Where description and data differ: sizes that changed, classes that came or went."""
    path = path or dataset_file()
    if not path.exists():
        return []
    stated = {quad.triple for quad in read_quads(path)}
    sizes: dict[Any, str] = {ox.NamedNode(DATASET): str(len(merge(corpus)))}
    sizes |= {t.subject: t.object.value for t in _linksets(corpus) if t.predicate == _TRIPLES}  # type: ignore[union-attr]
    return [*_class_sizes(stated, counted(corpus)), *_triples(stated, sizes)]


def _class_sizes(stated: set[ox.Triple], counts: dict[str, int]) -> Iterator[Finding]:
    entities = {t.subject: t.object for t in stated if t.predicate == _ENTITIES}
    seen: set[str] = set()
    for triple in sorted((t for t in stated if t.predicate == _CLASS), key=str):
        kind = triple.object.value  # type: ignore[union-attr]
        seen.add(kind)
        expected, actual = entities.get(triple.subject), counts.get(kind, 0)
        if expected is None or str(actual) != expected.value:  # type: ignore[union-attr]
            yield _finding(triple.subject, _ENTITIES, expected, f"{actual} of {terms.curie(kind)}")
    for kind in sorted(set(counts) - seen):
        yield _finding(ox.NamedNode(DATASET), _PARTITION, None, f"{counts[kind]} of {terms.curie(kind)}")


def _triples(stated: set[ox.Triple], sizes: Mapping[Any, str]) -> Iterator[Finding]:
    """``sizes`` are the numbers of triples that the dataset and its linksets have."""
    said = {t.subject: t.object for t in stated if t.predicate == _TRIPLES}
    for subject in sorted({*said, *sizes}, key=str):
        expected, actual = said.get(subject), sizes.get(subject, "0")
        if expected is None or expected.value != actual:  # type: ignore[union-attr]
            yield _finding(subject, _TRIPLES, expected, f"{actual} triples")


def _finding(focus: Any, predicate: ox.NamedNode, expected: Any, actual: str) -> Finding:
    stated = "nothing" if expected is None else expected.value
    return Finding(
        severity="violation",
        shape=SIZE,
        of=SIZE,
        focus=focus,
        path=PropertyPath("iri", (predicate.value,)),
        value=expected,
        message=f"The dataset is described with {stated} and holds {actual}: look for what was lost or added,"
        " then run python -m kzturk_graph.validation.sizes.",
        component="Size",
        graphs=("facts",),
    )


def _number(value: int) -> ox.Literal:
    return ox.Literal(str(value), datatype=ox.NamedNode(terms.XSD + "integer"))


def write(path: Path | None = None) -> Path:
    """Write the description of the packaged data, sorted; return its file."""
    path = path or dataset_file()
    used = ("bibo", "dcat", "dcterms", "foaf", "kt", "org", "qb", "skos", "void", "xsd")
    path.write_text(
        write_turtle(description(read_corpus()), {name: terms.PREFIXES[name] for name in used}),
        encoding="utf-8",
    )
    return path


if __name__ == "__main__":
    print(write())
