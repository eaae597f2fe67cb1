"""The ontology's own checks, as ROBOT's report makes them: what is wrong with terms, and with their use.

``python -m kzturk_graph.validation.ontology`` prints what they find and ends with 1 where a finding is as
grave as ``--fail-on``. What a check is worth is decided in one place, ``PROFILE``. Whether ontology and data
are consistent is for a reasoner (``tests/ontology/test_reasoner.py``).
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kzturk_graph import terms
from kzturk_graph.errors import DONE, FINDINGS, KzturkError
from kzturk_graph.validation import ontology_logic as logic
from kzturk_graph.validation import ontology_texts as texts
from kzturk_graph.validation import ontology_usage as usage
from kzturk_graph.validation.findings import SEVERITIES, THRESHOLDS
from kzturk_graph.validation.ontology_model import Ontology, Problem, Sources, packaged

Check = Callable[[Ontology], Iterator[Problem]]

_VIOLATION, _WARNING, _INFO = SEVERITIES

PROFILE: Mapping[Check, str] = {
    texts.missing_label: _VIOLATION,
    texts.several_labels: _VIOLATION,
    texts.other_label: _VIOLATION,
    texts.same_label: _VIOLATION,
    texts.label_style: _WARNING,
    texts.missing_definition: _VIOLATION,
    texts.several_definitions: _VIOLATION,
    texts.circular_definition: _WARNING,
    texts.missing_example: _VIOLATION,
    texts.unreadable_example: _VIOLATION,
    texts.example_without_term: _VIOLATION,
    texts.undeclared_in_example: _VIOLATION,
    texts.missing_source: _VIOLATION,
    logic.equivalent_class: _VIOLATION,
    logic.hierarchy_cycle: _VIOLATION,
    logic.not_a_class: _VIOLATION,
    logic.several_domains: _VIOLATION,
    logic.mixed_kind: _VIOLATION,
    logic.term_name: _VIOLATION,
    logic.blank_node: _VIOLATION,
    logic.http_schema_org: _VIOLATION,
    logic.unaligned_term: _WARNING,
    logic.undeclared_in_ontology: _VIOLATION,
    usage.undeclared_term: _VIOLATION,
    usage.deprecated_used: _VIOLATION,
    usage.deprecated_without_advice: _VIOLATION,
    usage.unused_term: _WARNING,
    usage.unused_concept: _INFO,
    usage.concept_without_scheme: _VIOLATION,
    usage.same_concept_label: _VIOLATION,
}
"""Every check, and how grave what it finds is."""


@dataclass(frozen=True)
class Finding:
    """What a check found: how grave it is, the check, the term, and what is wrong, where, what to do."""

    severity: str
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
    return sorted(found, key=lambda each: (SEVERITIES.index(each.severity), each.check, each.term, each.message))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the findings to stdout and their number to stderr; the exit code."""
    parser = ArgumentParser("python -m kzturk_graph.validation.ontology", description="Check the ontology.")
    parser.add_argument("--fail-on", choices=THRESHOLDS, default="violation")
    parser.add_argument("--all", action="store_true", help="every finding of a check, not five")
    options = parser.parse_args(arguments)
    try:
        found = findings()
    except KzturkError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    _show(found, None if options.all else 5)
    limit = THRESHOLDS.index(options.fail_on) if options.fail_on != "none" else -1
    counts = ", ".join(f"{sum(each.severity == s for each in found)} {s}" for s in SEVERITIES)
    print(f"{len(PROFILE)} checks: {counts}", file=sys.stderr)
    return FINDINGS if any(THRESHOLDS.index(each.severity) <= limit for each in found) else DONE


def _show(found: list[Finding], most: int | None) -> None:
    for check in dict.fromkeys(each.check for each in found):
        group = [each for each in found if each.check == check]
        for each in group[:most]:
            print(each)
        if most is not None and len(group) > most:
            print(f"  … and {len(group) - most} more of {check}; --all shows them")


if __name__ == "__main__":
    sys.exit(main())
