"""What a check found: one record for each finding, alike for SHACL shapes and for the data's own sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.validation.paths import Path

SEVERITIES = ("violation", "warning", "info")
"""From the gravest: can't be used; usable but incomplete; good to have."""

THRESHOLDS = (*SEVERITIES, "none")


@dataclass(frozen=True)
class Finding:
    """One thing that a shape finds wrong: where, how grave, and what to do about it.

    ``shape`` is the constraint's own name (``shape:Session-council``), ``of`` the node shape that it belongs
    to; ``component`` says which part of the constraint failed (``MinCount``), ``graphs`` in which plain
    graphs; ``file`` and ``line`` are None where no file of those given states it.
    """

    severity: str
    shape: str
    of: str
    focus: ox.NamedNode | ox.BlankNode | ox.Literal
    path: Path | None
    value: ox.NamedNode | ox.BlankNode | ox.Literal | None
    message: str
    component: str
    graphs: tuple[str, ...]
    label: str = ""
    file: str | None = None
    line: int | None = None

    @property
    def rule(self) -> str:
        """The name that reports give the constraint: its CURIE, without our own prefix."""
        return terms.curie(self.shape).removeprefix("shape:") if self.shape else "unnamed shape"

    def key(self) -> tuple[str, ...]:
        """What tells it from the others, and the order they're shown in: gravest first."""
        rank = str(SEVERITIES.index(self.severity))
        return (
            rank,
            self.shape,
            str(self.focus),
            str(self.path),
            str(self.value),
            self.component,
            self.message,
        )


def united(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in order; what fails in several graphs is told once, with the names of all of them."""
    found: dict[tuple[str, ...], Finding] = {}
    for each in findings:
        known = found.get(each.key())
        graphs = tuple(dict.fromkeys((known.graphs if known else ()) + each.graphs))
        found[each.key()] = replace(each, graphs=graphs)
    return [found[key] for key in sorted(found)]


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each severity, gravest first."""
    found = Counter(each.severity for each in findings)
    return {severity: found[severity] for severity in SEVERITIES}


def fails(findings: Sequence[Finding], threshold: str) -> bool:
    """Whether one of the findings is as grave as ``threshold``, one of ``THRESHOLDS``, or graver."""
    if threshold == "none":
        return False
    grave = SEVERITIES[: SEVERITIES.index(threshold) + 1]
    return any(each.severity in grave for each in findings)
