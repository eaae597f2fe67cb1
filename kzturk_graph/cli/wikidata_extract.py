"""``kzturk wikidata extract``: the slice of a dump around some entities."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kzturk_graph.errors import DONE, FINDINGS, UsageError

if TYPE_CHECKING:
    from kzturk_graph.extract import Extraction


@click.command("extract")
@click.argument("dump", metavar="DUMP")
@click.option("--seeds", required=True, metavar="links|IDS|FILE", help="Where to start: links, Q232,Q43, or a file.")
@click.option(
    "--hops", type=click.IntRange(0), default=0, show_default=True, help="How many steps to go from the seeds."
)
@click.option("--incoming", is_flag=True, help="Step to the entities that mention those found so far, too.")
@click.option("--languages", default="", metavar="CODES", help="Write names in these languages only: en,tr,kk,ru.")
@click.option(
    "--properties", default="", metavar="IDS", help="Write, and follow, statements of these only: P31,P17,P530."
)
@click.option("--format", "format", metavar="FORMAT", help="json, nt or ttl; by OUTPUT's name where it isn't said.")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="How many processes search the dump."
)
@click.option("--resume", is_flag=True, help="Go on where an interrupted run of the same extraction stopped.")
@click.option("--progress/--no-progress", default=None, help="Show the progress; by default on a terminal only.")
@click.option("--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True)
@click.option("--master", metavar="URL", help="With --engine spark: the master, such as local[2] or yarn.")
@click.option("--skipped", metavar="FILE", help="List all lines that were left out in FILE: line, byte, reason.")
@click.option("-o", "--output", required=True, metavar="FILE", help="The file to write; it appears when it is whole.")
def command(
    dump: str,
    seeds: str,
    hops: int,
    incoming: bool,
    languages: str,
    properties: str,
    format: str | None,
    workers: int,
    resume: bool,
    progress: bool | None,
    engine: str,
    master: str | None,
    skipped: str | None,
    output: str,
) -> int:
    """Write the slice of DUMP around some entities, as Wikibase JSON or as RDF.

    DUMP is Wikibase JSON in the layout of Wikidata's dumps: plain, gzip, bzip2, zstd, or - for the standard input. It
    is read once, and once more for each hop. What is found is kept in OUTPUT.partial until the end: --resume goes on
    from there. Lines that can't be read are skipped and told.

    Ends with 0, with 1 where lines were skipped or no seed was found, with 2 for wrong usage, with 3 for a dump that
    can't be read at all.
    """
    from kzturk_graph.cli.progress import Shown
    from kzturk_graph.extract import Request, extract
    from kzturk_graph.extract import seeds as given
    from kzturk_graph.extract.forms import format_of

    if output == "-":
        raise UsageError("--output needs a file: what is found is kept beside it until it is whole", "name a file")
    codes = tuple(code for code in languages.replace(",", " ").split() if code)
    request = Request(
        given.seeds(seeds), hops, incoming, codes, given.properties(properties), format_of(output, format)
    )
    if master and engine == "local":
        raise UsageError("--master needs --engine spark", "say both, or neither")
    terminal = sys.stderr.isatty()
    shown = Shown(terminal) if (terminal if progress is None else progress) else None
    try:
        if engine == "spark":
            from kzturk_graph.extract.spark import extract_with_spark

            ended = extract_with_spark(dump, request, output, master=master, resume=resume, tell=shown, skipped=skipped)
        else:
            ended = extract(dump, request, output, workers=workers, resume=resume, tell=shown, skipped=skipped)
    except KeyboardInterrupt:
        click.echo(f"\nWhat was found is kept in {output}.partial; go on with --resume.", err=True)
        raise
    finally:
        if shown:
            shown.end()
    return _told(ended, output)


def _told(ended: Extraction, output: str) -> int:
    parts = " + ".join(f"{count:,}" for count in ended.passes)
    nulls = f", {ended.nulls:,} null" if ended.nulls else ""
    click.echo(f"{output}: {parts} of {ended.entities:,} entities{nulls}", err=True)
    for what, names in (("not in the dump", ended.missing), ("redirected to, not looked for", ended.unresolved)):
        if names:
            more = f", and {len(names) - 20:,} more" if len(names) > 20 else ""
            click.echo(f"{what} ({len(names):,}): {', '.join(names[:20])}{more}", err=True)
    if text := ended.problems.report():
        click.echo(text, err=True)
    return FINDINGS if ended.problems.count or not ended.found else DONE
