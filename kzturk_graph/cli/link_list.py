"""``kzturk link list``: what is linked, rejected, not found and not looked up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kzturk_graph.cli import options
from kzturk_graph.cli.link import links_option

if TYPE_CHECKING:
    from kzturk_graph.links.state import State

STATUSES = ("linked", "rejected", "no-term", "not-looked-up")
COLUMNS = ("id", "label", "kind", "status", "item", "rejected", "confidence", "keys")


@click.command("list")
@click.option("--status", type=click.Choice(STATUSES), multiple=True, help="Only things of this status. Repeatable.")
@click.option("--of", metavar="CLASS", help="Only things of a class: State, Person, Organization, ….")
@links_option
@options.format_option
@options.output_option
@options.language_option
def command(
    status: tuple[str, ...], of: str | None, table: str | None, format: str, output: str | None, language: str
) -> None:
    """List our things with their links: to which item and how surely, and which items they are not.

    A thing that isn't linked shows the keys that would find it: its names in all languages, codes, web pages, where
    it lies. no-term was looked for and not found; not-looked-up nobody has looked for. rejected are things of which
    only candidates are known that they are not.
    """
    from kzturk_graph.links.state import states
    from kzturk_graph.links.table import current

    found = states(current(table), statuses=status, of=of, language=language)
    if format == "json":
        options.write(json.dumps([_record(each) for each in found], indent=2, ensure_ascii=False) + "\n", output)
    else:
        options.write(options.tabled(COLUMNS, [_row(each) for each in found], format, output), output)


def _row(state: State) -> list[str]:
    rows = [row for row in state.rows if row.status == "linked"]
    sure = " ".join("" if row.confidence is None else str(row.confidence) for row in rows)
    keys = "" if state.status == "linked" else state.keys.shown()
    kinds = ", ".join(state.kinds)
    return [state.id, state.label, kinds, state.status, " ".join(state.items), " ".join(state.rejected), sure, keys]


def _record(state: State) -> dict[str, Any]:
    keys = state.keys
    return {
        "iri": state.iri,
        "id": state.id,
        "label": state.label,
        "kinds": list(state.kinds),
        "status": state.status,
        "items": list(state.items),
        "rejected": list(state.rejected),
        "judgements": [
            {
                "status": row.status,
                "predicate": row.predicate,
                "object": row.object,
                "label": row.object_label or None,
                "confidence": None if row.confidence is None else float(row.confidence),
                "justification": row.justification,
                "judged_on": row.source_version or None,
                "date": row.date or None,
                "comment": row.comment or None,
            }
            for row in state.rows
        ],
        "keys": {
            "names": {language: list(names) for language, names in keys.names.items()},
            "codes": list(keys.codes),
            "sites": list(keys.sites),
            "places": list(keys.places),
            "point": None if keys.point is None else list(keys.point),
        },
    }
