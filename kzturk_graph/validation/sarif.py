"""A report as SARIF 2.1.0, which code hosts show beside the lines of a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzturk_graph.validation.findings import Finding

if TYPE_CHECKING:
    from kzturk_graph.validation.run import Report

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"violation": "error", "warning": "warning", "info": "note"}


def as_sarif(report: Report) -> str:
    """For a code host: each finding at its file and line."""
    rules = {each.rule: each for each in reversed(report.findings)}
    driver = {
        "name": report.tool,
        "informationUri": "https://w3id.org/kzturk/",
        "rules": [_rule(name, rules[name]) for name in sorted(rules)],
    }
    order = {name: index for index, name in enumerate(sorted(rules))}
    results = [_result(each, order[each.rule]) for each in report.findings]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(name: str, finding: Finding) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": finding.message},
        "helpUri": finding.shape or "https://www.w3.org/TR/shacl/",
        "defaultConfiguration": {"level": LEVELS[finding.severity]},
    }


def _result(finding: Finding, index: int) -> dict[str, Any]:
    name = finding.label or finding.focus.value
    place: dict[str, Any] = {
        "logicalLocations": [{"name": name, "fullyQualifiedName": finding.focus.value, "kind": "object"}]
    }
    if finding.file:
        place["physicalLocation"] = {"artifactLocation": {"uri": _uri(finding.file)}}
        if finding.line:
            place["physicalLocation"]["region"] = {"startLine": finding.line}
    about = f"{name}, {finding.path}" if finding.path else name
    return {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": f"{about}: {finding.message}"},
        "locations": [place],
    }


def _uri(file: str) -> str:
    """Relative to the working folder where the file lies below it, as code hosts want it; else absolute."""
    path = Path(file).resolve()
    if path.is_relative_to(Path.cwd()):
        from urllib.parse import quote

        return quote(path.relative_to(Path.cwd()).as_posix())
    return path.as_uri()
