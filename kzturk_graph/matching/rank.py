"""Candidates put in order, and whether the first is sure enough to be proposed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kzturk_graph.matching import kinds
from kzturk_graph.matching.features import EXACT, Comparison, Feature
from kzturk_graph.matching.likeness import taken_apart
from kzturk_graph.matching.records import Record
from kzturk_graph.matching.rules import rules

LONG_NAME = 3
"""A person's name of so many words has few bearers."""
SUGGEST, UNSURE = "suggest", "unsure"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that a thing of ours may be: the item, how the two compare, the decision and the reasons against it."""

    record: Record
    comparison: Comparison
    decision: str = UNSURE
    reasons: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """From 0 to 1."""
        return self.comparison.score


def rank(
    ours: Record,
    compared: Sequence[tuple[Record, Comparison]],
    *,
    threshold: float | None = None,
    taken: Mapping[str, Sequence[str]] | None = None,
) -> list[Candidate]:
    """Candidates by score, the first with the decision ``suggest`` where it is surely the thing; all others unsure.

    A name that several fitting things bear weighs less. ``taken`` are items that are linked to other things of ours
    (id → whose they are). ``threshold`` is the least score; that of the rules where none is given.
    """
    least = rules().decision["threshold"] if threshold is None else threshold
    found = [Candidate(record, _taken(comparison, record, taken or {})) for record, comparison in compared]
    found = [_shared(each, found) for each in found]
    found.sort(key=lambda each: (-each.comparison.logit, _number(each.record.id)))
    return [
        replace(each, decision=SUGGEST if not reasons else UNSURE, reasons=reasons)
        for place, each in enumerate(found)
        for reasons in [tuple(_reasons(ours, each, place, found, least))]
    ]


def _taken(comparison: Comparison, record: Record, taken: Mapping[str, Sequence[str]]) -> Comparison:
    if record.id not in taken:
        return comparison
    told = Feature("taken", rules().weights["taken"], f"linked to {', '.join(taken[record.id])}")
    return replace(comparison, features=(*comparison.features, told))


def _shared(candidate: Candidate, found: Sequence[Candidate]) -> Candidate:
    """A name that other things bear too, as far as nothing tells those apart from ours."""
    if candidate.comparison.best.alike < EXACT or candidate.comparison.has("identifier", "site"):
        return candidate
    bearers = sum(
        each.comparison.best.alike >= EXACT and not any(one.weight < -2 for one in each.comparison.features)
        for each in found
    )
    if bearers < 2:
        return candidate
    told = Feature("namesakes", rules().weights["namesake"] * math.log(bearers), f"{bearers} things of that name fit")
    comparison = replace(candidate.comparison, features=(*candidate.comparison.features, told))
    return replace(candidate, comparison=comparison)


def _reasons(ours: Record, candidate: Candidate, place: int, found: Sequence[Candidate], least: float) -> list[str]:
    reasons = []
    comparison = candidate.comparison
    if place:
        reasons.append(f"{found[0].record.id} fits better")
    if candidate.score < least:
        reasons.append(f"its score is below {least:g}")
    gap = comparison.logit - found[1].comparison.logit if not place and len(found) > 1 else math.inf
    if gap < rules().decision["margin"]:
        reasons.append(f"{found[1].record.id} fits nearly as well")
    if not _corroborated(ours, comparison):
        reasons.append("nothing but the name agrees")
    if comparison.has("taken"):
        reasons.append(next(each.words for each in comparison.features if each.name == "taken"))
    return reasons


def _corroborated(ours: Record, comparison: Comparison) -> bool:
    """Whether anything agrees beside one name. That both are persons tells no namesake from another,
    and spelling in other languages does so only for long names."""
    agreeing = {each.name for each in comparison.features if each.weight > 0} - {"name"}
    if any(kind == "person" for kind in ours.kinds):
        agreeing -= {"kind", "family"}
        if len(taken_apart(comparison.best.ours.text).folded) < LONG_NAME:
            agreeing -= {"languages"}  # a name is spelled alike for all who bear it
    return bool(agreeing)


def degree(ours: Record, theirs: Record) -> str:
    """How the kinds of two records agree, in one word of ``kinds``."""
    return kinds.compare(ours.kinds, theirs.kinds).degree


def _number(id: str) -> tuple[int, str]:
    return (int(id[1:]), id) if id[1:].isdigit() else (0, id)
