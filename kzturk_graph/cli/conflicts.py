"""``kzturk conflicts``: where the documents disagree."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click
import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.conflicts.find import find
from kzturk_graph.conflicts.model import KINDS, Conflict, Decision, Side, Witness
from kzturk_graph.graph import lookup
from kzturk_graph.graph.assertions import read_corpus
from kzturk_graph.graph.store import open_store
from kzturk_graph.results import shown, value_of

COLUMNS = ("kind", "about", "value", "passage", "stated", "voice", "held as")
_HIDDEN = {terms.kt(name) for name in ("measure", "unit", "value")}


@click.command("conflicts")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help=f"One of {', '.join(KINDS)}. Repeatable.")
@click.option(
    "--entity",
    metavar="NAME",
    help="Only what speaks of this: a slug, CURIE, IRI or any name; a document too.",
)
@click.option("--topic", "topics", multiple=True, help="Only this topic: trade, investment, councils, …. Repeatable.")
@options.format_option
@options.output_option
@options.language_option
@options.source_options
def command(
    kinds: tuple[str, ...],
    entity: str | None,
    topics: tuple[str, ...],
    format: str,
    output: str | None,
    language: str,
    **given: Any,
) -> None:
    """List where the documents disagree, each value with its passages, date and voice.

    What only refines another value, measures something else, speaks of another time, or is repeated is no
    conflict. The rules stand in data/rules/conflicts.toml. Dates in brackets are bounds: the document has
    no date of its own. Ends with 0: a disagreement is an answer.
    """
    corpus, store = read_corpus(), open_store()
    node = lookup.find(store, entity).value if entity is not None else None
    found = find(corpus, options.selection(given), kinds=kinds, topics=topics, entity=node)
    names = _Names(store, language)
    if format == "json":
        options.write(
            json.dumps([_as_json(each, names) for each in found], indent=2, ensure_ascii=False) + "\n", output
        )
        return
    repeat = format in ("csv", "tsv")
    rows = [row for conflict in found for row in _rows(conflict, names, repeat)]
    text = options.tabled(COLUMNS, rows, format, output)
    if not repeat:
        count = f"{_count(len(found))}\n" if format == "table" else ""
        text += count + _notes(found, names, format)
    options.write(text, output)


class _Names:
    """Labels in one language, kept once looked up."""

    def __init__(self, store: ox.Store, language: str) -> None:
        self.store, self.language = store, language
        self.known: dict[str, str] = {}

    def __call__(self, value: str) -> str:
        """What to call a thing; a text that isn't an IRI as it is."""
        if not value.startswith(("http://", "https://")):
            return value
        if value not in self.known:
            self.known[value] = lookup.label(self.store, ox.NamedNode(value), self.language)
        return self.known[value]

    def side(self, side: Side) -> str:
        """What a side says: the number as printed, else each property with its values."""
        printed = dict.fromkeys(witness.published for witness in side.witnesses if witness.published)
        by: dict[str, list[str]] = {}
        for name, value in side.claims:
            by.setdefault(name, []).append(self(value))
        if terms.kt("value") in by and printed:
            period = "; ".join(by.get(terms.kt("period"), ()))
            return " / ".join(printed) + (f" ({period})" if period else "")
        said = "; ".join(f"{self(name)}: {', '.join(values)}" for name, values in by.items())
        return self._number(by) if terms.kt("value") in by else said

    def _number(self, by: dict[str, list[str]]) -> str:
        literals = (ox.Literal(text, datatype=ox.NamedNode(terms.XSD + "decimal")) for text in by[terms.kt("value")])
        parts = [*by.get(terms.kt("qualifier"), ()), *(shown(value_of(each, None)) for each in literals)]
        return " ".join([*parts, *by.get(terms.kt("unit"), ())])

    def about(self, conflict: Conflict) -> str:
        """What a conflict is about: the thing, the property, and what sets the case apart from others of
        them."""
        seen = {conflict.thing, conflict.predicate}
        rest = [self(value) for name, value in conflict.dimensions if name not in _HIDDEN and value not in seen]
        return ", ".join([f"{self(conflict.thing)}: {self(conflict.predicate)}", *dict.fromkeys(rest)])


def _count(conflicts: int) -> str:
    return "1 conflict" if conflicts == 1 else f"{conflicts} conflicts"


def _rows(conflict: Conflict, names: _Names, repeat: bool) -> Iterator[list[str]]:
    """A row for each passage of each side; what the rows share in the first alone, or in each."""
    first = [", ".join(conflict.kinds), names.about(conflict)]
    for side in conflict.sides:
        value = names.side(side)
        if side.thing != conflict.thing and not side.thing.startswith(terms.REPORT):
            value = f"{names(side.thing)}: {value}"
        if side.independent > 1:
            value += f" [{side.independent} independent witnesses]"
        for passages, witness in _grouped(side):
            yield [*first, value, passages, *_said(witness, names)]
            if not repeat:
                first, value = ["", ""], ""


def _grouped(side: Side) -> Iterator[tuple[str, Witness]]:
    """The witnesses of a side, those of one document, day, voice and mode as one line."""
    by: dict[tuple[str, ...], list[Witness]] = {}
    for witness in side.witnesses:
        by.setdefault((witness.document, str(witness.stated), *witness.voices, witness.modality or ""), []).append(
            witness
        )
    for witnesses in by.values():
        places = sorted({place for each in witnesses for place in each.passages}, key=_place)
        heads = dict.fromkeys(lookup.passage_label(place) for place in places)
        yield ", ".join(heads), witnesses[0]


def _place(passage: str) -> tuple[str, int, str]:
    document, _, rest = terms.local(passage).partition("-p")
    digits = rest.split("-", 1)[0]
    return document, int(digits) if digits.isdigit() else 0, rest


def _said(witness: Witness, names: _Names) -> list[str]:
    mode = names(terms.CONCEPT + witness.modality) if witness.modality else ""
    doubts = "".join(f" ({names(terms.CONCEPT + each)})" for each in witness.status)
    return [str(witness.stated or ""), ", ".join(names(voice) for voice in witness.voices), mode + doubts]


def _notes(found: list[Conflict], names: _Names, format: str) -> str:
    mark = "- " if format == "md" else "  "
    notes = {
        witness.assertion or "": f"{', '.join(lookup.passage_label(each) for each in witness.passages)}: {witness.note}"
        for conflict in found
        if conflict.predicate != terms.kt("danglingCitation")  # they are many, and their notes speak of other things
        for witness in conflict.witnesses
        if witness.note
    }
    told = {each.name: f"{names.about(each)}: {each.detail}" for each in found if each.detail}
    decided = {each.rejected: _decided(each, names) for conflict in found for each in conflict.decisions}
    text = ""
    for title, lines in (("Decisions", decided), ("Reckoned", told), ("Notes", notes)):
        if lines:
            text += f"\n{title}\n" + ("\n" if format == "md" else "")
            text += "".join(f"{mark}{lines[name]}\n" for name in sorted(lines))
    return text


def _decided(decision: Decision, names: _Names) -> str:
    choice = f"{lookup.passage_label(decision.preferred)} preferred to " if decision.preferred else "not relied on: "
    when = f" (decided {decision.on})" if decision.on else ""
    return f"{choice}{lookup.passage_label(decision.rejected)}, because {decision.because}{when}"


def _as_json(conflict: Conflict, names: _Names) -> dict[str, Any]:
    return {
        "name": conflict.name,
        "rule": conflict.rule,
        "kinds": list(conflict.kinds),
        "topics": list(conflict.topics),
        "thing": _named(conflict.thing, names),
        "property": _named(conflict.predicate, names),
        "dimensions": [_pair(name, value, names) for name, value in conflict.dimensions],
        "detail": conflict.detail,
        "sides": [_side_as_json(side, names) for side in conflict.sides],
        "decisions": [
            {
                "assertion": each.assertion,
                "rejected": each.rejected,
                "preferred": each.preferred,
                "because": each.because,
                "on": each.on,
            }
            for each in conflict.decisions
        ],
    }


def _side_as_json(side: Side, names: _Names) -> dict[str, Any]:
    return {
        "thing": _named(side.thing, names),
        "claims": [_pair(name, value, names) for name, value in side.claims],
        "independent_witnesses": side.independent,
        "witnesses": [_witness_as_json(witness, names) for witness in side.witnesses],
    }


def _witness_as_json(witness: Witness, names: _Names) -> dict[str, Any]:
    stated = witness.stated
    return {
        "assertion": witness.assertion,
        "document": witness.document,
        "passages": list(witness.passages),
        "modality": witness.modality,
        "voices": [_named(voice, names) for voice in witness.voices],
        "stated": stated.text if stated else None,
        "earliest": stated.earliest.isoformat() if stated and stated.earliest else None,
        "latest": stated.latest.isoformat() if stated and stated.latest else None,
        "as_published": witness.published,
        "status": list(witness.status),
        "note": witness.note,
    }


def _pair(name: str, value: str, names: _Names) -> dict[str, Any]:
    return {"property": _named(name, names), "value": _named(value, names)}


def _named(value: str, names: _Names) -> Any:
    label = names(value)
    return value if label == value else {"iri": value, "label": label}
