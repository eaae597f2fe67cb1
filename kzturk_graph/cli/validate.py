"""``kzturk validate``: data against shapes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kzturk_graph.cli import options
from kzturk_graph.errors import FINDINGS

ENGINES = ("pyshacl", "fast")
FORMATS = ("text", "json", "turtle", "sarif")


@click.command("validate")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--shapes", metavar="FILE", help="Check against the shapes of FILE instead of our own.")
@options.fail_on_option
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option(
    "--all",
    "all",
    is_flag=True,
    help="Show every finding, not a count and five examples of each constraint (text).",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="pyshacl",
    show_default=True,
    help="SHACL engine; fast needs the extra: pip install 'kzturk-graph[fast]'.",
)
@options.output_option
def command(
    files: tuple[str, ...],
    shapes: str | None,
    fail_on: str,
    format: str,
    all: bool,
    engine: str,
    output: str | None,
) -> int | None:
    """Check the packaged data, or RDF files, against the shapes.

    Data files of our own kind (TriG with assertion graphs) are checked as they would stand among the packaged
    data; the triples of all other files are checked together, with our vocabulary. Without FILE, the shapes
    themselves and the data's stated sizes are checked too.
    """
    from kzturk_graph.validation.findings import fails
    from kzturk_graph.validation.outputs import FORMATS as WRITERS
    from kzturk_graph.validation.outputs import as_text, summary
    from kzturk_graph.validation.run import validate

    report = validate([Path(name) for name in files], Path(shapes) if shapes else None, engine)
    options.write(as_text(report, all) if format == "text" else WRITERS[format](report), output)
    if format != "text" and sys.stderr.isatty():
        click.echo(summary(report), err=True)
    return FINDINGS if fails(report.findings, fail_on) else None
