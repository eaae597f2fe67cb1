"""The differences in words: the parts that text and Markdown share."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.differences.changes import (
    ADDED,
    CHANGED,
    METADATA,
    REMOVED,
    RESOURCED,
    Change,
    Origin,
    Value,
)
from kzturk_graph.differences.naming import Names, name, spelled
from kzturk_graph.differences.report import Group, Report
from kzturk_graph.graph.lookup import passage_label

_ESSENTIAL = (terms.kt("modality"), terms.TYPE)
_SHOWN = 3  # so many of the things that an assertion speaks of are named


def summary(report: Report) -> str:
    """How much differs, in a line: ``2 facts added, 1 changed; metadata: 3 changes``."""
    counts = report.counts
    facts = [f"{counts[kind]} {kind}" for kind in (ADDED, REMOVED, CHANGED, RESOURCED) if counts[kind]]
    parts = []
    if facts:
        first, _, rest = facts[0].partition(" ")
        parts.append(", ".join([f"{first} fact{'' if first == '1' else 's'} {rest}", *facts[1:]]))
    if counts[METADATA]:
        parts.append(f"metadata: {counts[METADATA]} change{'' if counts[METADATA] == 1 else 's'}")
    return "; ".join(parts)


def values(change: Change, names: Names) -> str:
    """The value, or the old and the new one with an arrow between them."""
    old, new = _listed(change.old, names), _listed(change.new, names)
    if change.kind == RESOURCED:
        return new
    if old == new:  # spelled otherwise, or of another datatype: as Turtle writes them they differ
        old, new = (", ".join(map(spelled, each)) for each in (change.old, change.new))
    if change.kind == METADATA:
        return f"{old or '(none)'} → {new or '(none)'}"
    return " → ".join(each for each in (old, new) if each)


def sources(change: Change, names: Names) -> str:
    """Who states it: the assertions; where that changed, those that went → those that came. '' where none is
    named."""
    before, after = (set(each) for each in (change.before, change.after))
    if change.kind == RESOURCED:
        left = [f"no longer {_origins(before - after, names)}"] if before - after else []
        came = [f"now {_origins(after - before, names)}"] if after - before else []
        kept = [f"still {_origins(before & after, names)}"] if before & after else []
        return ", ".join([*left, *came, *kept])
    if change.kind == CHANGED and before != after:
        return f"{_origins(before, names)} → {_origins(after, names)}"
    return _origins(after or before, names)


def property_name(change: Change, names: Names) -> str:
    """The label of a change's property."""
    return "type" if change.property.value == terms.TYPE else names.label(change.property.value)


def whole(group: Group) -> str:
    """``new`` or ``gone`` where all that is said about a source came or went with it, else ''.

    An assertion always has a modality, a passage a type: where one of these comes, nothing was said before.
    """
    essential = [change for change in group.changes if change.property.value in _ESSENTIAL]
    if essential and not any(change.old for change in group.changes):
        return "new"
    return "gone" if essential and not any(change.new for change in group.changes) else ""


def told(group: Group, names: Names) -> str:
    """All that is said about a source that is new or gone, in one line."""
    return "; ".join(
        f"{property_name(change, names)}: {_listed(change.old or change.new, names)}" for change in group.changes
    )


def heading(group: Group) -> str:
    """What an assertion speaks of, behind its name: ``, on Kazakhstan, Türkiye``; '' for others."""
    if not group.about:
        return ""
    more = len(group.about) - _SHOWN
    return f", on {', '.join(group.about[:_SHOWN])}" + (f" and {more} more" if more > 0 else "")


def code(group: Group) -> str:
    """The CURIE of what a group is about; '' for a blank node."""
    return "" if group.subject.startswith("_:") else name(group.subject)


def _listed(of: Iterable[Value], names: Names) -> str:
    return ", ".join(_value(value, names) for value in of)


def _value(value: Value, names: Names) -> str:
    if isinstance(value, ox.NamedNode):
        return names.label(value.value)
    if not isinstance(value, ox.Literal):
        return str(value)
    text = value.value.replace("\r\n", "\n").replace("\n", "⏎")
    return f"“{text}” ({value.language})" if value.language else text or "“”"


def _origins(of: Iterable[Origin], names: Names) -> str:
    return ", ".join(_origin(origin, names) for origin in sorted(of))


def _origin(origin: Origin, names: Names) -> str:
    """``004 P17`` and how it is held where not as fact; its passages too where its name doesn't tell them."""
    shown = passage_label(origin.assertion) if origin.assertion.startswith(terms.ASSERTION) else name(origin.assertion)
    others = [passage_label(each) for each in origin.passages if not _tells(origin.assertion, each)]
    text = f"{shown} of {' and '.join(others)}" if others else shown
    if origin.modality in ("", "fact"):
        return text
    return f"{text} ({names.label(terms.CONCEPT + origin.modality)})"


def _tells(assertion: str, passage: str) -> bool:
    return f"{terms.local(assertion)}-".startswith(f"{terms.local(passage)}-")
