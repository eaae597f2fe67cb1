"""The passages that the data declares, and how much of each has been read."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.graph.lookup import label

_SENTENCE = re.compile(r"(.+)-s(\d+)$")


@dataclass(frozen=True)
class Passage:
    """A declared passage: its number in the document, fingerprint and sentences, and what was read from each
    of them.

    ``read`` are the numbers of sentences that some assertion rests on, ``left_out`` those left out with the
    reason's slug; ``assertions`` the slugs of the assertions read from it.
    """

    iri: str
    document: str
    number: int
    sha256: str
    sentences: int
    read: frozenset[int]
    left_out: dict[int, str]
    assertions: tuple[str, ...]

    @property
    def forgotten(self) -> list[int]:
        """The sentences that carry no assertion and no reason."""
        return sorted(set(range(1, self.sentences + 1)) - self.read - set(self.left_out))


def declared(store: ox.Store) -> list[Passage]:
    """Every declared passage, in the order of documents and numbers."""
    columns: dict[str, dict[str, str]] = defaultdict(dict)
    for name in ("document", "number", "sha256", "sentences"):
        for quad in _about(store, name):
            if quad.subject.value.startswith(terms.PASSAGE):  # type: ignore[union-attr]
                columns[quad.subject.value][name] = quad.object.value  # type: ignore[union-attr]
    reasons = {quad.subject.value: terms.local(quad.object.value) for quad in _about(store, "noClaim")}  # type: ignore[union-attr]
    read, assertions = _read(store)
    found = []
    for iri, row in columns.items():
        count = int(row.get("sentences", 1))
        left_out = dict.fromkeys(range(1, count + 1), reasons[iri]) if iri in reasons else {}
        left_out |= {n: reasons[f"{iri}-s{n}"] for n in range(1, count + 1) if f"{iri}-s{n}" in reasons}
        sentences = read[iri] or (frozenset({1}) if count == 1 and assertions[iri] else frozenset())
        found.append(
            Passage(
                iri, terms.local(row["document"]), int(row["number"]), row["sha256"], count,
                frozenset(sentences), left_out, tuple(sorted(assertions[iri])),
            )
        )  # fmt: skip
    return sorted(found, key=lambda passage: (passage.document, passage.number))


def _about(store: ox.Store, name: str) -> list[ox.Quad]:
    return list(store.quads_for_pattern(None, ox.NamedNode(terms.kt(name)), None, ox.DefaultGraph()))


def _read(store: ox.Store) -> tuple[dict[str, frozenset[int]], dict[str, set[str]]]:
    assertions: dict[str, set[str]] = defaultdict(set)
    for quad in _about(store, "passage"):
        assertions[quad.object.value].add(terms.local(quad.subject.value))  # type: ignore[union-attr]
    numbers: dict[str, set[int]] = defaultdict(set)
    for quad in _about(store, "sentence"):
        match = _SENTENCE.match(quad.object.value)  # type: ignore[union-attr]
        if match:
            numbers[match[1]].add(int(match[2]))
    return defaultdict(frozenset, {iri: frozenset(each) for iri, each in numbers.items()}), assertions


def title(store: ox.Store, document: str, language: str = "en") -> str:
    """What to call a document."""
    return label(store, ox.NamedNode(terms.DOCUMENT + document), language)
