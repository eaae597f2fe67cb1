"""The formats that an export is written in, and what each can hold."""

from __future__ import annotations

from dataclasses import dataclass

from kzturk_graph.errors import UnknownName, UsageError

PROVENANCES = ("none", "graphs", "statements")
COMMANDS = ("quickstatements", "quickstatements-csv")
"""Formats that hold no graph but commands that add what another dataset lacks."""


@dataclass(frozen=True)
class Format:
    """A format by its name, whether it ``holds_graphs``, and the ``provenance`` that it has by default; ``wikibase``
    where it is one of a Wikibase's, which has statements and references of its own."""

    name: str
    holds_graphs: bool = False
    provenance: str = "none"
    wikibase: bool = False


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("turtle"),
        Format("jsonld", holds_graphs=True),
        Format("trig", holds_graphs=True, provenance="graphs"),
        Format("nquads", holds_graphs=True, provenance="graphs"),
        Format("ntriples"),
        Format("rdfxml"),
        Format("wikibase-rdf", wikibase=True),
        Format("wikibase-json", wikibase=True),
    )
}


def format_named(name: str) -> Format:
    """The format of this name. Raises UnknownName where there is none.

    >>> format_named("trig").provenance
    'graphs'
    """
    if name not in FORMATS:
        raise UnknownName("format", name, list(FORMATS))
    return FORMATS[name]


def provenance_for(format: Format, asked: str | None) -> str:
    """How sources are kept: as ``asked``, or as the format does by default where that is None.

    Raises UnknownName for a way that isn't one of ``PROVENANCES``, UsageError for graphs in a format without
    them.
    """
    if asked is None:
        return format.provenance
    if asked not in PROVENANCES:
        raise UnknownName("provenance", asked, list(PROVENANCES))
    if format.wikibase and asked != "none":
        raise UsageError(f"{format.name} has references of its own", "leave --provenance out")
    if asked == "graphs" and not format.holds_graphs:
        able = ", ".join(name for name in sorted(FORMATS) if FORMATS[name].holds_graphs)
        raise UsageError(
            f"{format.name} has no graphs to keep sources in",
            f"use --provenance statements, or one of: {able}",
        )
    return asked
