"""The ontology's own checks, as ROBOT's report makes them: what is wrong with terms, and with their use.

``python -m kzturk_graph.validation.ontology`` prints what they find and ends with 1 where a finding is as grave as
``--fail-on``. What a check is worth is decided in one place, ``PROFILE``; whether ontology and data are consistent is
for a reasoner (``tests/ontology/test_reasoner.py``).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kzturk_graph import terms
from kzturk_graph.errors import DONE, FINDINGS, KzturkError
from kzturk_graph.validation import ontology_logic as logic
from kzturk_graph.validation import ontology_texts as texts
from kzturk_graph.validation import ontology_usage as usage
from kzturk_graph.validation.ontology_model import Ontology, Problem, Sources, packaged


class Severity(StrEnum):
    """How grave a finding is: the term can't be used so; it can, and is incomplete; it would be good to have."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"

    def reaches(self, threshold: str) -> bool:
        """Whether it is at least as grave as the threshold, a severity's name or ``none``."""
        order = [*Severity, "none"]
        return threshold != "none" and order.index(self) <= order.index(threshold)


Check = Callable[[Ontology], Iterator[Problem]]

PROFILE: Mapping[Check, Severity] = {
    texts.missing_label: Severity.VIOLATION,
    texts.several_labels: Severity.VIOLATION,
    texts.other_label: Severity.VIOLATION,
    texts.same_label: Severity.VIOLATION,
    texts.label_style: Severity.WARNING,
    texts.missing_definition: Severity.VIOLATION,
    texts.several_definitions: Severity.VIOLATION,
    texts.circular_definition: Severity.WARNING,
    texts.missing_example: Severity.VIOLATION,
    texts.unreadable_example: Severity.VIOLATION,
    texts.example_without_term: Severity.VIOLATION,
    texts.undeclared_in_example: Severity.VIOLATION,
    texts.missing_source: Severity.VIOLATION,
    logic.equivalent_class: Severity.VIOLATION,
    logic.hierarchy_cycle: Severity.VIOLATION,
    logic.not_a_class: Severity.VIOLATION,
    logic.several_domains: Severity.VIOLATION,
    logic.mixed_kind: Severity.VIOLATION,
    logic.term_name: Severity.VIOLATION,
    logic.blank_node: Severity.VIOLATION,
    logic.http_schema_org: Severity.VIOLATION,
    logic.unaligned_term: Severity.WARNING,
    logic.undeclared_in_ontology: Severity.VIOLATION,
    usage.undeclared_term: Severity.VIOLATION,
    usage.deprecated_used: Severity.VIOLATION,
    usage.deprecated_without_advice: Severity.VIOLATION,
    usage.unused_term: Severity.WARNING,
    usage.unused_concept: Severity.INFO,
    usage.concept_without_scheme: Severity.VIOLATION,
    usage.same_concept_label: Severity.VIOLATION,
}
"""Every check, and how grave what it finds is."""


@dataclass(frozen=True)
class Finding:
    """What a check found: how grave it is, the check's name, the term, and what is wrong, where, and what to do."""

    severity: Severity
    check: str
    term: str
    message: str

    def __str__(self) -> str:
        return f"{self.severity}: {terms.curie(self.term)} {self.message} [{self.check}]"


def findings(sources: Sources | None = None) -> list[Finding]:
    """All that the checks find in the files given, else in the project's own; the gravest first.

    Raises InputError where a file can't be read or parsed.
    """
    ontology = Ontology(sources or packaged())
    found = {
        Finding(severity, check.__name__.replace("_", "-"), problem.term, problem.message)
        for check, severity in PROFILE.items()
        for problem in check(ontology)
    }
    order = list(Severity)
    return sorted(found, key=lambda each: (order.index(each.severity), each.check, each.term, each.message))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings to stdout and their number to stderr; the exit code."""
    parser = ArgumentParser(prog="python -m kzturk_graph.validation.ontology", description="Check the ontology.")
    parser.add_argument("--fail-on", choices=[*Severity, "none"], default="violation", metavar="SEVERITY")
    parser.add_argument("--all", action="store_true", help="every finding of a check, not five")
    options = parser.parse_args(arguments)
    try:
        found = findings()
    except KzturkError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    _show(found, None if options.all else 5)
    counts = ", ".join(f"{sum(each.severity == s for each in found)} {s}" for s in Severity)
    print(f"{len(PROFILE)} checks: {counts}", file=sys.stderr)
    return FINDINGS if any(each.severity.reaches(options.fail_on) for each in found) else DONE


def _show(found: list[Finding], most: int | None) -> None:
    for check in dict.fromkeys(each.check for each in found):
        group = [each for each in found if each.check == check]
        for each in group[:most]:
            print(each)
        if most is not None and len(group) > most:
            print(f"  … and {len(group) - most} more of {check}; --all shows them")


if __name__ == "__main__":
    sys.exit(main())
