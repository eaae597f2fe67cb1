"""``kzturk link check``: links against the data that they lead to."""

from __future__ import annotations

import click

from kzturk_graph.cli import options
from kzturk_graph.cli.link import links_option
from kzturk_graph.errors import FINDINGS

FORMATS = ("text", "table", "md", "csv", "tsv", "json", "sarif")
COLUMNS = ("severity", "check", "id", "label", "item", "message")


@click.command("check")
@click.argument("data", metavar="[DATA|ENDPOINT]", required=False)
@click.option(
    "--complete/--slice",
    default=None,
    help="Whether what isn't in DATA was deleted, or DATA is only a part.  [default: complete for an endpoint]",
)
@options.fail_on_option
@click.option(
    "--format", "format", type=click.Choice(FORMATS), default="text", show_default=True, help="Form of the report."
)
@click.option("--all", "all", is_flag=True, help="Show every finding, not a count and five examples of each (text).")
@links_option
@options.output_option
def command(
    data: str | None,
    complete: bool | None,
    fail_on: str,
    format: str,
    all: bool,
    table: str | None,
    output: str | None,
) -> int | None:
    """Check the links against DATA, a file or folder of Wikibase data, or a SPARQL endpoint.

    For each link: does the item exist, was it merged into another (the command that follows is shown), is it of
    another type or kind, does it bear none of our names; is an item linked twice, or a thing to two items. Without
    DATA the table is checked in itself.
    """
    from kzturk_graph.graph.store import open_store
    from kzturk_graph.links import check
    from kzturk_graph.links.table import packaged, read_links
    from kzturk_graph.validation import outputs
    from kzturk_graph.validation.findings import fails
    from kzturk_graph.validation.run import Report

    links = read_links(table)
    source = None
    if data is not None:
        from kzturk_graph.wikibase.source import open_source

        source = open_source(data)
    whole = data is not None and "://" in data if complete is None else complete
    found = check.check(links, open_store(), table or str(packaged()), source, complete=whole, option=table or "")
    report = Report("links", (("links", len(check.accepted(links))),), tuple(found), "links", "kzturk link check")
    if format == "text":
        options.write(outputs.as_text(report, all), output)
    elif format in outputs.FORMATS:
        options.write(outputs.FORMATS[format](report), output)
    else:
        rows = [
            [each.severity, each.rule, _short(each.focus), each.label, _short(each.value), each.message]
            for each in found
        ]
        options.write(options.tabled(COLUMNS, rows, format, output), output)
    if source is not None and (said := source.problems.report()):
        click.echo(said, err=True)
    return FINDINGS if fails(found, fail_on) else None


def _short(term: object) -> str:
    from kzturk_graph import terms

    return terms.curie(str(getattr(term, "value", "")))
