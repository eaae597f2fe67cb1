"""``kzturk wikidata``: working on Wikidata's own files."""

from __future__ import annotations

import click

from kzturk_graph.cli.lazy import LazyGroup

COMMANDS = {"extract": "Write the slice of a dump around some entities, as Wikibase JSON or as RDF."}


@click.command("wikidata", cls=LazyGroup, listed=COMMANDS, prefix="kzturk_graph.cli.wikidata_")
def command() -> None:
    """Work on a dump of Wikidata, or of another Wikibase."""
