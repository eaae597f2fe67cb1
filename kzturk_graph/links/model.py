"""Links as SSSOM has them: one row says that a thing of ours is, or is not, a thing of another dataset.

After https://mapping-commons.github.io/sssom/ (SSSOM 1.0); IRIs stand in full here, CURIEs only in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from kzturk_graph import terms
from kzturk_graph.wikibase.model import WIKIDATA

SSSOM = "https://w3id.org/sssom/"
SEMAPV = "https://w3id.org/semapv/vocab/"
NO_TERM = SSSOM + "NoTermFound"
EXACT = terms.SKOS + "exactMatch"
SAME_AS = terms.PREFIXES["owl"] + "sameAs"
IDENTITY = frozenset({EXACT, SAME_AS})
"""The predicates by which two things are one."""

MANUAL, LEXICAL = SEMAPV + "ManualMappingCuration", SEMAPV + "LexicalMatching"
REVIEWED = SEMAPV + "MappingReview"
JUSTIFICATIONS = frozenset(
    SEMAPV + name
    for name in (
        "BackgroundKnowledgeBasedMatching", "CompositeMatching", "InstanceBasedMatching", "LexicalMatching",
        "LexicalSimilarityThresholdMatching", "LogicalReasoning", "ManualMappingCuration", "MappingChaining",
        "MappingInversion", "MappingReview", "SemanticSimilarityThresholdMatching", "StructuralMatching",
        "UnspecifiedMatching",
    )
)  # fmt: skip
"""How a link can have come about, by https://mapping-commons.github.io/semantic-mapping-vocabulary/."""

ACCEPTED, REJECTED, NO_TERM_FOUND, NOT_LOOKED_UP = "linked", "rejected", "no-term", "not-looked-up"
STATUSES = (ACCEPTED, REJECTED, NO_TERM_FOUND, NOT_LOOKED_UP)


@dataclass(frozen=True, slots=True)
class Link:
    """A judgement: ``subject`` is ``object`` by ``predicate`` (or is not, where ``negated``), for this reason.

    ``object`` is ``NO_TERM`` where a search in the other dataset found nothing. ``confidence`` lies between 0 and 1,
    None where none is given; ``source_version`` is the state of the other dataset that it was judged on;
    ``date`` is ISO 8601. ``more`` keeps the columns that have no place here, by name. ``line`` is where it was read.
    """

    subject: str
    object: str
    predicate: str = EXACT
    negated: bool = False
    justification: str = MANUAL
    confidence: Decimal | None = None
    subject_label: str = ""
    object_label: str = ""
    tool: str = ""
    tool_version: str = ""
    source: str = ""
    source_version: str = ""
    date: str = ""
    author: str = ""
    comment: str = ""
    more: Mapping[str, str] = field(default_factory=dict, hash=False)
    line: int = field(default=0, compare=False)

    @property
    def status(self) -> str:
        """One of ``STATUSES``: what the row says of its subject."""
        if self.object == NO_TERM:
            return NO_TERM_FOUND
        return REJECTED if self.negated else ACCEPTED

    @property
    def pair(self) -> tuple[str, str, str]:
        """Subject, predicate and object: what it is a judgement on."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True)
class Links:
    """A table of links: ``head`` are its own lines (without the ``#``), ``prefixes`` the namespaces of its CURIEs,
    ``columns`` the columns in their order, ``about`` what the head says of the whole set.
    """

    rows: tuple[Link, ...] = ()
    head: tuple[str, ...] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    about: Mapping[str, object] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Link]:
        return iter(self.rows)

    @cached_property
    def accepted(self) -> dict[str, tuple[str, ...]]:
        """Our IRI → the ids (``Q232``) that it is; an IRI where the other dataset isn't a Wikibase."""
        return self._by_subject(ACCEPTED)

    @cached_property
    def rejected(self) -> dict[str, tuple[str, ...]]:
        """Our IRI → the ids that it is not, and that nobody shall propose again."""
        return self._by_subject(REJECTED)

    @cached_property
    def no_term_found(self) -> frozenset[str]:
        """Our IRIs that were looked for in the other dataset and not found."""
        return frozenset(row.subject for row in self.rows if row.object == NO_TERM)

    @cached_property
    def targets(self) -> dict[str, tuple[str, ...]]:
        """An accepted id → our IRIs that are linked to it."""
        found: dict[str, list[str]] = {}
        for subject, ids in self.accepted.items():
            for each in ids:
                found.setdefault(each, []).append(subject)
        return {each: tuple(sorted(subjects)) for each, subjects in found.items()}

    def not_looked_up(self, entities: Iterable[str]) -> tuple[str, ...]:
        """Those of our IRIs that no row accepts and none says weren't found; what was only rejected is among them."""
        return tuple(iri for iri in entities if iri not in self.accepted and iri not in self.no_term_found)

    def status(self, iri: str) -> str:
        """The status of one of our IRIs: what was accepted, else what was not found, else what was rejected."""
        if iri in self.accepted:
            return ACCEPTED
        if iri in self.no_term_found:
            return NO_TERM_FOUND
        return REJECTED if iri in self.rejected else NOT_LOOKED_UP

    def of(self, iri: str) -> tuple[Link, ...]:
        """The rows about one of our IRIs."""
        return tuple(row for row in self.rows if row.subject == iri)

    def _by_subject(self, status: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if row.status == status and row.predicate in IDENTITY:
                ids = found.setdefault(row.subject, [])
                if (short := target_id(row.object)) not in ids:
                    ids.append(short)
        return {iri: tuple(ids) for iri, ids in found.items()}

    def with_rows(self, rows: Iterable[Link]) -> Links:
        """The same table with other rows."""
        return replace(self, rows=tuple(rows))


def target_id(iri: str) -> str:
    """``Q232`` of ``http://www.wikidata.org/entity/Q232``; another IRI as it is.

    >>> target_id("http://www.wikidata.org/entity/Q232")
    'Q232'
    """
    return iri.removeprefix(WIKIDATA) if iri.startswith(WIKIDATA) else iri


def target_iri(text: str) -> str:
    """The IRI that an id, a CURIE such as ``wd:Q232`` or an IRI stands for.

    >>> target_iri("Q232")
    'http://www.wikidata.org/entity/Q232'
    """
    bare = text.strip().removeprefix("<").removesuffix(">").removeprefix("wd:").removeprefix("wikidata:")
    for spelled in ("https://www.wikidata.org/wiki/", "https://www.wikidata.org/entity/"):
        bare = bare.removeprefix(spelled)
    return bare if "://" in bare else WIKIDATA + bare
