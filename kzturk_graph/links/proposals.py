"""Proposed links in a file: written by ``kzturk link suggest``, read by ``kzturk link review``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kzturk_graph.errors import InputError
from kzturk_graph.graph.files import read_text
from kzturk_graph.links.decisions import SOURCE
from kzturk_graph.links.model import target_iri

if TYPE_CHECKING:
    from kzturk_graph.matching.suggest import Suggestion

FORMAT = "kzturk link suggestions"
"""What the files say of themselves under ``format``."""


@dataclass(frozen=True)
class Proposal:
    """A link that may hold: ``subject`` is an IRI of ours, ``object`` one of theirs, ``score`` lies between 0 and 1.

    ``theirs`` is what a person needs to know of the other side (description, type, country, …) and ``features`` what
    the score rests on, each by name. ``source`` is the other dataset, ``version`` the state of it that was looked at.
    """

    subject: str
    object: str
    score: float | None = None
    subject_label: str = ""
    object_label: str = ""
    theirs: Mapping[str, str] = field(default_factory=dict)
    features: Mapping[str, Any] = field(default_factory=dict)
    source: str = SOURCE
    version: str = ""


def of_suggestions(suggestions: Iterable[Suggestion], version: str | None = None) -> list[Proposal]:
    """Every candidate of every suggestion as a proposal, in their order; ``version`` is that of the data."""
    return [
        Proposal(
            suggestion.entity,
            target_iri(candidate.record.id),
            round(candidate.score, 4),
            suggestion.label,
            candidate.record.label(),
            {"description": candidate.record.description, "kind": ", ".join(sorted(candidate.record.kinds))},
            {
                **{each.name: f"{each.weight:+.2f}  {each.words}" for each in candidate.comparison.features},
                "decision": candidate.decision,
                "against": "; ".join(candidate.reasons),
            },
            version=version or "",
        )
        for suggestion in suggestions
        for candidate in suggestion.candidates
    ]


def as_json(proposals: Iterable[Proposal]) -> str:
    """The proposals as a JSON document, in their order."""
    document = {"format": FORMAT, "suggestions": [asdict(each) for each in proposals]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def is_proposals(path: Path) -> bool:
    """Whether a file holds proposals, and not data to look for them in."""
    if path.name.endswith(".sssom.tsv"):
        return True
    try:
        with path.open("rb") as file:
            return FORMAT.encode() in file.read(200)
    except OSError:
        return False


def read_proposals(path: Path) -> list[Proposal]:
    """The proposals of a JSON document or of an SSSOM table, in their order; rejected rows are none.

    Raises InputError, with the line where it is known, for what can't be read.
    """
    text = read_text(path)
    if path.name.endswith(".sssom.tsv"):
        return _of_table(text, str(path))
    try:
        listed = json.loads(text)["suggestions"]
        return [_proposal(each) for each in listed]
    except json.JSONDecodeError as error:
        raise InputError(f"isn't JSON: {error.msg}", path=str(path), line=error.lineno, column=error.colno) from None
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"isn't a list of suggestions: {error}", path=str(path), hint="write one with kzturk link suggest -o FILE"
        ) from None


def _proposal(record: Any) -> Proposal:
    if not isinstance(record, dict) or not all(isinstance(record.get(name), str) for name in ("subject", "object")):
        raise ValueError("each needs a subject and an object")
    known = {each.name for each in fields(Proposal)}
    return Proposal(**{**{key: record[key] for key in record if key in known}, "object": target_iri(record["object"])})


def _of_table(text: str, path: str) -> list[Proposal]:
    from kzturk_graph.links.sssom import parse

    return [
        Proposal(
            row.subject,
            row.object,
            None if row.confidence is None else float(row.confidence),
            row.subject_label,
            row.object_label,
            {"comment": row.comment} if row.comment else {},
            {key: value for key, value in row.more.items() if value},
            row.source or SOURCE,
            row.source_version,
        )
        for row in parse(text, path)
        if row.status == "linked"
    ]
