"""What a curator decides on a link: it is, it is not, it wasn't found, or nothing any more."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from kzturk_graph import terms
from kzturk_graph.errors import UsageError
from kzturk_graph.links.model import EXACT, IDENTITY, NO_TERM, Link, Links, target_id

TOOL = "kzturk link"
SOURCE = "https://www.wikidata.org/wiki/Wikidata:Main_Page"
"""Wikidata as a dataset, by its home page."""


def today() -> str:
    """The day of a decision."""
    import datetime

    return datetime.datetime.now(datetime.UTC).date().isoformat()


def version() -> str:
    """The version of the package, which is the mapping tool's."""
    import importlib.metadata

    return importlib.metadata.version("kzturk-graph")


@dataclass(frozen=True)
class Judged:
    """What a decision was made on, and when: labels of both sides, the other dataset's name and version, the day
    (today where it is empty), and how sure the curator is.
    """

    subject_label: str = ""
    object_label: str = ""
    source: str = SOURCE
    source_version: str = ""
    date: str = ""
    confidence: Decimal | None = None
    comment: str = ""
    author: str = ""

    def link(self, subject: str, target: str, negated: bool = False) -> Link:
        """The row that says so."""
        return Link(
            subject,
            target,
            negated=negated,
            confidence=self.confidence,
            subject_label=self.subject_label,
            object_label=self.object_label,
            tool=TOOL,
            tool_version=version(),
            source=self.source,
            source_version=self.source_version,
            date=self.date or today(),
            author=self.author,
            comment=self.comment,
        )


def accept(links: Links, subject: str, target: str, judged: Judged, *, replace: bool = False) -> Links:
    """The table with ``subject`` linked to ``target``; an earlier rejection and a "not found" make way.

    The same table comes back where that link stands already. With ``replace`` another link of the subject becomes a
    rejected one; without it that raises UsageError, and so does a target that another thing of ours is linked to.
    """
    old = [row for row in links.of(subject) if row.status == "linked" and row.predicate in IDENTITY]
    if any(row.object == target for row in old):
        return links
    short = target_id(target)
    others = [terms.curie(each) for each in links.targets.get(short, ()) if each != subject]
    if others:
        raise UsageError(
            f"{', '.join(others)} is linked to {short} already",
            f"kzturk link reject {others[0]} {short} takes that back",
        )
    if old and not replace:
        raise UsageError(
            f"{terms.curie(subject)} is linked to {target_id(old[0].object)} already",
            "add --replace to link it to the other instead, which keeps this one as rejected",
        )
    gone = {id(row) for row in links.of(subject) if row.pair == (subject, EXACT, target) or row.object == NO_TERM}
    gone |= {id(row) for row in old}
    rejected = [judged_again(row, judged, f"replaced by {short}") for row in old]
    kept = [row for row in links if id(row) not in gone]
    return links.with_rows([*kept, *rejected, judged.link(subject, target)])


def reject(links: Links, subject: str, target: str, judged: Judged) -> Links:
    """The table with the link from ``subject`` to ``target`` rejected, be it accepted so far or not known."""
    if any(row.object == target and row.negated for row in links.of(subject)):
        return links
    kept = [row for row in links if not (row.subject == subject and row.object == target and row.predicate in IDENTITY)]
    return links.with_rows([*kept, judged.link(subject, target, negated=True)])


def not_found(links: Links, subject: str, judged: Judged) -> Links:
    """The table with ``subject`` said to have no counterpart. Raises UsageError where it is linked."""
    if subject in links.accepted:
        raise UsageError(f"{terms.curie(subject)} is linked to {links.accepted[subject][0]}", "reject that link first")
    if subject in links.no_term_found:
        return links
    return links.with_rows([*links, judged.link(subject, NO_TERM)])


def judged_again(row: Link, judged: Judged, comment: str) -> Link:
    """An earlier link as a rejected one, with the reason."""
    from dataclasses import replace

    return replace(row, negated=True, comment=comment, date=judged.date or today(), confidence=None)


def restore(links: Links, subject: str, rows: tuple[Link, ...], touched: set[tuple[str, str, str]]) -> Links:
    """The table with the judgements in ``touched`` as they were in ``rows``; what else was written since stays."""
    kept = [row for row in links if row.subject != subject or row.pair not in touched]
    return links.with_rows([*kept, *(row for row in rows if row.pair in touched)])
