"""``kzturk compare``: our facts against those of Wikidata, or of any Wikibase."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from kzturk_graph.cli import options
from kzturk_graph.cli.link import links_option
from kzturk_graph.compare.model import VERDICTS
from kzturk_graph.errors import FINDINGS, UnknownName, UsageError

if TYPE_CHECKING:
    from kzturk_graph.compare.model import Comparison
    from kzturk_graph.links.terms_table import Terms

COLUMNS = ("entity", "verdict", "property", "ours", "theirs", "passage", "witnesses", "their_references", "remarks")


@click.command("compare")
@click.argument("data", metavar="DATA|ENDPOINT")
@click.option("--entity", "entities", multiple=True, metavar="NAME", help="Only this thing of ours. Repeatable.")
@click.option(
    "--property",
    "properties",
    multiple=True,
    metavar="P…",
    help="Only this property of theirs: P463, or its label. Repeatable.",
)
@click.option(
    "--verdict", "verdicts", multiple=True, type=click.Choice(list(VERDICTS)), help="Only these facts. Repeatable."
)
@click.option(
    "--all-properties",
    is_flag=True,
    help="Tell what only theirs has of every property, not of those that we map alone.",
)
@click.option(
    "--all", "whole", is_flag=True, help="Show all that only theirs has, not a few of each property and a count."
)
@click.option(
    "--once", is_flag=True, help="Read DATA once: names of their values and what these lie within stay unknown."
)
@click.option(
    "--fail-on",
    type=click.Choice(list(VERDICTS)),
    multiple=True,
    help="End with 1 where a fact has this verdict. Repeatable.",
)
@links_option
@options.format_option
@options.output_option
@options.language_option
@options.source_options
def command(
    data: str,
    entities: tuple[str, ...],
    properties: tuple[str, ...],
    verdicts: tuple[str, ...],
    all_properties: bool,
    whole: bool,
    once: bool,
    fail_on: tuple[str, ...],
    table: str | None,
    format: str,
    output: str | None,
    language: str,
    **given: Any,
) -> int | None:
    """Compare our facts with DATA, a file or folder of Wikibase data, or a SPARQL endpoint, thing by linked thing.

    \b
    agree                 the same value, at the same precision
    ours-more-precise     both can be true, ours says more: a day for a year, a start
    theirs-more-precise   both can be true, theirs says more
    disagree              the two exclude each other, or theirs is deprecated
    only-ours             theirs lacks it: --format json has the QuickStatements command
    only-theirs           we lack it, of the properties that we map; no fault of ours
    not-comparable        our value has no link, the units differ, or it isn't told when

    Ranks, start, end, point in time and references are read. Of data that has the best values alone (truthy), the
    lack of any of these says nothing. What isn't in DATA is counted apart.
    """
    from kzturk_graph.compare.verb import compare
    from kzturk_graph.facts import Reader
    from kzturk_graph.graph import lookup
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links.table import read_links
    from kzturk_graph.links.terms_table import read_terms
    from kzturk_graph.wikibase.source import open_source

    selection, store, mapping = options.selection(given), open_store(), read_terms()
    links = read_links(table)
    wanted = [lookup.find(store, each).value for each in entities]
    for iri in wanted:
        if iri not in links.accepted:
            raise UsageError(
                f"{lookup.label(store, lookup.find(store, iri))} isn't linked to an item",
                "kzturk link suggest, or kzturk link accept",
            )
    source = open_source(data)
    found = compare(
        source,
        selection=selection,
        links=links,
        entities=wanted,
        properties=[_property(each, mapping) for each in properties],
        all_properties=all_properties,
        once=once,
        language=language,
    )
    chosen = [fact for fact in found.facts if not verdicts or fact.verdict in verdicts]
    _write(found, chosen, Reader(store, language), format, output, whole)
    if said := source.problems.report():
        click.echo(said, err=True)
    return FINDINGS if any(found.of(verdict) for verdict in fail_on) else None


def _property(text: str, mapping: Terms) -> str:
    """The id of a property, given so or by its label. Raises UnknownName."""
    from kzturk_graph.names import fold

    bare = text.strip().upper()
    if bare[:1] == "P" and bare[1:].isdigit():
        return bare
    named = {fold(label): id for id, label in mapping.labels.items() if id.startswith("P")}
    if fold(text) not in named:
        raise UnknownName("property", text, sorted(named))
    return named[fold(text)]


def _write(found: Comparison, chosen: list[Any], reader: Any, format: str, output: str | None, whole: bool) -> None:
    from kzturk_graph.compare.report import Report

    report = Report(found, reader)
    if format == "json":
        options.write(json.dumps(report.as_json(chosen), indent=2, ensure_ascii=False) + "\n", output)
        return
    listed = format in ("csv", "tsv")
    rows = list(report.rows(chosen, repeat=listed, whole=whole or listed))
    columns: list[str] = list(COLUMNS)
    if not listed:  # an empty column only takes room
        kept = [place for place in range(len(COLUMNS)) if place < 5 or any(row[place] for row in rows)]
        columns, rows = [COLUMNS[place] for place in kept], [[row[place] for place in kept] for row in rows]
    text = options.tabled(columns, rows, format, output)
    if not listed:
        mark = "- " if format == "md" else ""
        text += ("\n" if format == "md" else "") + "".join(f"{mark}{line}\n" for line in report.ending(len(chosen)))
    options.write(text, output)
