"""A report of differences as text for a terminal, Markdown for a changelog, and JSON for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pyoxigraph as ox

from kzturk_graph.differences.changes import METADATA, Change, Origin, Value
from kzturk_graph.differences.report import Group, Report
from kzturk_graph.differences.wording import (
    code,
    heading,
    property_name,
    sources,
    summary,
    told,
    values,
    whole,
)

_MARKED = re.compile(r"([\\`*_\[\]<>|#~])")


def text(report: Report) -> str:
    """Each thing with its changes below it, and the count; '' where nothing differs."""
    return "".join(_text(group, report) for group in (*report.entities, *report.sources)) + _end(report)


def markdown(report: Report) -> str:
    """A list that fits under any heading of a changelog; '' where nothing differs."""
    if not report:
        return ""
    lists = "".join(_markdown(group, report) for group in (*report.entities, *report.sources))
    return f"{_escaped(summary(report))}.\n\n{lists}"


def as_json(report: Report) -> str:
    """One object: ``old``, ``new``, ``counts`` by kind, ``entities`` and ``sources``; both lists empty where
    nothing differs.

    Terms have the form of SPARQL's JSON results, IRIs with their ``label``.
    """
    whole = {
        "old": report.old,
        "new": report.new,
        "counts": report.counts,
        "entities": [_object(group, report) for group in report.entities],
        "sources": [_object(group, report) for group in report.sources],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


WRITERS: dict[str, Callable[[Report], str]] = {"text": text, "md": markdown, "json": as_json}
"""The formats by name."""


def _end(report: Report) -> str:
    return f"{summary(report)}\n" if report else ""


def _text(group: Group, report: Report) -> str:
    known = code(group)
    head = group.label if group.label == known or not known else f"{group.label} [{known}]"
    lines = [f"{head}{heading(group)}"]
    lines += [f"  {kind:<10}  {what}" for kind, what in _lines(group, report)]
    return "\n".join(lines) + "\n\n"


def _markdown(group: Group, report: Report) -> str:
    known = code(group)
    head = f"- **{_escaped(group.label)}**" + (f" (`{known}`)" if known and known != group.label else "")
    lines = [head + _escaped(heading(group))]
    lines += [f"  - {kind}: {_escaped(what)}" for kind, what in _lines(group, report)]
    return "\n".join(lines) + "\n"


def _lines(group: Group, report: Report) -> Iterator[tuple[str, str]]:
    """(kind, what) of each change; one line for all that is said about a source that is new or gone."""
    names = report.names
    if group.changes[0].kind == METADATA and whole(group):
        yield whole(group), told(group, names)
        return
    for change in group.changes:
        stated = sources(change, names)
        what = f"{property_name(change, names)}: {values(change, names)}"
        yield change.kind, f"{what} ({stated})" if stated else what


def _escaped(words: str) -> str:
    return _MARKED.sub(r"\\\1", words)


def _object(group: Group, report: Report) -> dict[str, object]:
    made: dict[str, object] = {"iri": group.subject, "label": group.label}
    if group.about:
        made["about"] = list(group.about)
    return made | {"changes": [_change(change, report) for change in group.changes]}


def _change(change: Change, report: Report) -> dict[str, object]:
    made: dict[str, object] = {
        "kind": change.kind,
        "property": {"iri": change.property.value, "label": report.names.label(change.property.value)},
        "old": [_term(value, report) for value in change.old],
        "new": [_term(value, report) for value in change.new],
    }
    if change.kind != METADATA:
        made["stated_before"] = [_origin(origin) for origin in change.before]
        made["stated_after"] = [_origin(origin) for origin in change.after]
    return made


def _origin(origin: Origin) -> dict[str, object]:
    return {
        "assertion": origin.assertion,
        "passages": list(origin.passages),
        "modality": origin.modality or None,
    }


def _term(value: Value, report: Report) -> dict[str, object]:
    if isinstance(value, ox.NamedNode):
        return {"type": "uri", "value": value.value, "label": report.names.label(value.value)}
    if isinstance(value, ox.BlankNode):
        return {"type": "bnode", "value": value.value}
    if isinstance(value, ox.Triple):
        return {"type": "triple", "value": str(value)}
    made: dict[str, object] = {"type": "literal", "value": value.value}
    if value.language:
        return made | {"xml:lang": value.language}
    return made | {"datatype": value.datatype.value}
