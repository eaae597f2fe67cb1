"""A report for people and for programs: text, JSON, and Turtle as SHACL has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.validation.findings import Finding, counts
from kzturk_graph.validation.run import Report
from kzturk_graph.validation.sarif import as_sarif

EXAMPLES = 5
"""How many findings of one constraint a person is shown."""

_FAILED = {
    "MinCount": "missing",
    "QualifiedMinCount": "none that fits",
    "MaxCount": "too many",
    "Class": "of another class",
    "Datatype": "of another datatype",
    "Node": "doesn't fit",
    "UniqueLang": "two in one language",
    "SPARQL": "not as the message asks",
    "Size": "not what the data holds",
    "Link": "linked",
}


def as_text(report: Report, all: bool = False) -> str:
    """For a person: by constraint, gravest first, five examples of each and a count, or all."""
    lines: list[str] = []
    for (severity, rule), group in groupby(report.findings, key=lambda each: (each.severity, each.rule)):
        found = list(group)
        lines += [f"{severity.capitalize()}  {rule}  ({len(found)})"]
        for message, same in groupby(found[: None if all else EXAMPLES], key=lambda each: each.message):
            lines.append(f"  {message}")
            for each in same:
                lines += [f"    {line}" for line in _lines(each)]
        if not all and len(found) > EXAMPLES:
            lines.append(f"    … and {len(found) - EXAMPLES} more: --all shows them")
        lines.append("")
    return "\n".join([*lines, summary(report)]) + "\n"


def _lines(finding: Finding) -> Iterator[str]:
    yield f"{finding.label + '  ' if finding.label else ''}{_shown(finding.focus)}"
    yield f"  {finding.path or '(the thing itself)'}: {_what(finding)}"
    line = f":{finding.line}" if finding.line else ""
    place = f"{shown_path(finding.file)}{line}" if finding.file else "no file states it"
    yield f"  {place}  in {', '.join(finding.graphs)}"


def _what(finding: Finding) -> str:
    """The value with what is the matter with it."""
    what = _FAILED.get(finding.component, finding.component)
    if finding.value is None:
        return what
    return f"{_shown(finding.value)} ({what})"


def summary(report: Report) -> str:
    """One line: how many findings of each severity, in what."""
    found = ", ".join(
        f"{number} {name if number == 1 or name == 'info' else name + 's'}"
        for name, number in counts(report.findings).items()
    )
    graphs = ", ".join(f"{name} ({size:,} {report.unit})" for name, size in report.graphs)
    return f"{found} in {graphs}"


def as_json(report: Report) -> str:
    """For a program: counts, graphs and every finding, IRIs in full."""
    document = {
        "engine": report.engine,
        "conforms": not report.findings,
        "counts": counts(report.findings),
        "graphs": [{"name": name, report.unit: size} for name, size in report.graphs],
        "findings": [_record(each) for each in report.findings],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _record(finding: Finding) -> dict[str, object]:
    return {
        "severity": finding.severity,
        "shape": finding.shape,
        "node_shape": finding.of,
        "constraint": finding.component,
        "focus": _plain(finding.focus),
        "label": finding.label or None,
        "path": None if finding.path is None else str(finding.path),
        "value": None if finding.value is None else _plain(finding.value),
        "message": finding.message,
        "graphs": list(finding.graphs),
        "file": shown_path(finding.file) if finding.file else None,
        "line": finding.line,
    }


def as_turtle(report: Report) -> str:
    """For a SHACL tool: a validation report as the W3C defines it."""
    lines = [f"@prefix sh: <{terms.PREFIXES['sh']}> .", "", "[] a sh:ValidationReport ;"]
    results = "".join(f" ;\n  sh:result [\n{_result(each)}\n  ]" for each in report.findings)
    return "\n".join([*lines, f"  sh:conforms {'false' if report.findings else 'true'}{results} .", ""])


def _result(finding: Finding) -> str:
    component = (
        "SPARQLConstraintComponent" if finding.component == "SPARQL" else f"{finding.component}ConstraintComponent"
    )
    parts = [
        "a sh:ValidationResult",
        f"sh:resultSeverity sh:{finding.severity.capitalize()}",
        f"sh:focusNode {finding.focus}",
        *([f"sh:resultPath {finding.path.turtle()}"] if finding.path else []),
        *([f"sh:value {finding.value}"] if finding.value is not None else []),
        *([f"sh:sourceShape <{finding.shape}>"] if finding.shape else []),
        f"sh:sourceConstraintComponent sh:{component}",
        f"sh:resultMessage {ox.Literal(finding.message)}",
    ]
    return " ;\n".join(f"    {part}" for part in parts)


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "json": as_json,
    "turtle": as_turtle,
    "sarif": as_sarif,
}


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    return str(term) if isinstance(term, ox.BlankNode) else term.value


def _shown(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    """An IRI in full, so that it can be clicked; a literal as its text."""
    if isinstance(term, ox.Literal):
        return f'"{term.value}"' + (f"@{term.language}" if term.language else "")
    return str(term)


def shown_path(file: str) -> str:
    """A file's path from the working folder, where it lies below it."""
    path = Path(file).resolve()
    return path.relative_to(Path.cwd()).as_posix() if path.is_relative_to(Path.cwd()) else path.as_posix()
