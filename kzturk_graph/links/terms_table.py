"""Which of Wikidata's classes and properties our terms stand for: the table ``data/links/terms.sssom.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from kzturk_graph import terms
from kzturk_graph.links.model import EXACT, NO_TERM, Links, target_id

CLOSE, BROAD, NARROW = (terms.SKOS + name for name in ("closeMatch", "broadMatch", "narrowMatch"))
"""Nearly the same; theirs is wider; theirs is narrower."""


class Term(NamedTuple):
    """A class or property of theirs: its id, how ours stands to it (a SKOS mapping property), how surely, its label."""

    id: str
    predicate: str
    confidence: float
    label: str


@dataclass(frozen=True)
class Terms:
    """The table, by our term's IRI."""

    links: Links

    @cached_property
    def all(self) -> Mapping[str, tuple[Term, ...]]:
        """Our term → theirs: exact first, then close, broad and narrow ones, the surest first."""
        order = {EXACT: 0, CLOSE: 1, BROAD: 2, NARROW: 3}
        found: dict[str, list[Term]] = {}
        for row in self.links:
            if row.object != NO_TERM and not row.negated:
                sure = float(row.confidence) if row.confidence is not None else 0.0
                found.setdefault(row.subject, []).append(
                    Term(target_id(row.object), row.predicate, sure, row.object_label)
                )
        return {
            subject: tuple(sorted(each, key=lambda term: (order.get(term.predicate, 9), -term.confidence, term.id)))
            for subject, each in found.items()
        }

    @cached_property
    def classes(self) -> Mapping[str, tuple[Term, ...]]:
        """Our classes and kinds → their classes (``Q…``)."""
        return self._beginning("Q")

    @cached_property
    def properties(self) -> Mapping[str, tuple[Term, ...]]:
        """Our properties, measures and relations → their properties (``P…``)."""
        return self._beginning("P")

    @cached_property
    def no_term_found(self) -> frozenset[str]:
        """Our terms that were looked for and not found, in the sense that the row says."""
        return self.links.no_term_found

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """Their id → its English label."""
        return {term.id: term.label for several in self.all.values() for term in several if term.label}

    def is_a(self, term: str) -> str | None:
        """The class of theirs that each thing of our class or kind is an instance of; None where none is certain.

        That is the same class, else a wider one, else the surest of those that are nearly the same; a narrower one
        would say too much.
        """
        given = self.classes.get(term, ())
        for wanted in (EXACT, BROAD, CLOSE):
            for each in given:
                if each.predicate == wanted:
                    return each.id
        return None

    def _beginning(self, letter: str) -> dict[str, tuple[Term, ...]]:
        found = {subject: tuple(t for t in given if t.id.startswith(letter)) for subject, given in self.all.items()}
        return {subject: given for subject, given in found.items() if given}


def read_terms(path: str | Path | None = None) -> Terms:
    """The table of a file, or the packaged one. Raises InputError, with line and column, where it can't be read.

    >>> read_terms().is_a("https://w3id.org/kzturk/concept/embassy")
    'Q3917681'
    """
    from kzturk_graph.links import table

    return _read(Path(path) if path is not None else table.packaged(table.TERMS))


@cache
def _read(path: Path) -> Terms:
    from kzturk_graph.links.table import read_links

    return Terms(read_links(path))
