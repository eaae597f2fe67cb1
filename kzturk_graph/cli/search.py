"""``kzturk search``: things by part of a name."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.errors import FINDINGS
from kzturk_graph.graph.store import open_store
from kzturk_graph.search import Hit, search

COLUMNS = ("id", "label", "matched", "kind", "held as")


@click.command("search")
@click.argument("text")
@click.option("--of", metavar="CLASS", help="Only things of a class: State, Person, Organization, Visit, ….")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many to show.")
@options.format_option
@options.output_option
@options.language_option
@click.pass_context
def command(
    ctx: click.Context, text: str, of: str | None, limit: int, format: str, output: str | None, language: str
) -> None:
    """Find things with TEXT in one of their names: any language, case and accents don't matter.

    Ends with 1 where nothing is found.
    """
    hits = search(open_store(), text, language=language, of=of)
    if format == "json":
        options.write(json.dumps([asdict(hit) for hit in hits[:limit]], indent=2, ensure_ascii=False) + "\n", output)
    elif hits:
        rows = [_row(hit) for hit in hits[:limit]]
        options.write(options.tabled(COLUMNS, rows, format, output), output)
    if len(hits) > limit:
        click.echo(f"{limit} of {len(hits)} shown; --limit shows more", err=True)
    if not hits:
        click.echo(f"nothing is named like {text!r}", err=True)
        ctx.exit(FINDINGS)


def _row(hit: Hit) -> list[str]:
    matched = hit.name if hit.name != hit.label else ""
    return [terms.curie(hit.iri), hit.label, matched, ", ".join(hit.kinds), ", ".join(hit.modalities)]
