"""The formats that an export is written in, and what each can hold."""

from __future__ import annotations

from dataclasses import dataclass

from kzturk_graph.errors import UnknownName, UsageError

PROVENANCES = ("none", "graphs", "statements")


@dataclass(frozen=True)
class Format:
    """A format by its name, whether it ``holds_graphs``, and the ``provenance`` that it has by default."""

    name: str
    holds_graphs: bool = False
    provenance: str = "none"


FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format("turtle"),
        Format("jsonld", holds_graphs=True),
        Format("trig", holds_graphs=True, provenance="graphs"),
        Format("nquads", holds_graphs=True, provenance="graphs"),
        Format("ntriples"),
        Format("rdfxml"),
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
    if asked == "graphs" and not format.holds_graphs:
        able = ", ".join(name for name in sorted(FORMATS) if FORMATS[name].holds_graphs)
        raise UsageError(
            f"{format.name} has no graphs to keep sources in",
            f"use --provenance statements, or one of: {able}",
        )
    return asked
