"""``kzturk export``: the graph, or one thing of it, as a file in any of the formats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.errors import UsageError
from kzturk_graph.exports.formats import COMMANDS, FORMATS, PROVENANCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyoxigraph as ox

_PROVENANCE = "Facts alone, a graph for each assertion, or a node for each statement."
_PROVENANCE_DEFAULT = "  [default: graphs in trig and nquads, else none]"
_FORMAT = click.Choice([*FORMATS, *COMMANDS])
_ENTITY = "Only what is about this thing: slug, CURIE, IRI or any name."
_LINKS = "Links to other datasets: as skos:exactMatch, as owl:sameAs, as both, or left out."
_WAYS = click.Choice(("exactMatch", "sameAs", "both", "none"))
_AGAINST = "With quickstatements: the data (file, folder or endpoint) that lacks what is written."
_NEW = "With quickstatements: write the commands that make new items to FILE."
_LANGUAGE = "Leave labels in other languages out where there is one in this."


@click.command("export")
@click.option("--format", type=_FORMAT, default="turtle", show_default=True, help="How to write it.")
@click.option("--entity", metavar="ENTITY", help=_ENTITY)
@click.option("--provenance", type=click.Choice(PROVENANCES), help=_PROVENANCE + _PROVENANCE_DEFAULT)
@options.selection_options
@click.option("--lang", "language", type=click.Choice(terms.LANGUAGES), help=_LANGUAGE)
@click.option("--links", type=_WAYS, default="exactMatch", show_default=True, help=_LINKS)
@click.option("--against", metavar="DATA|ENDPOINT", help=_AGAINST)
@click.option("--new-items", metavar="FILE", help=_NEW)
@options.output_option
def command(
    format: str,
    entity: str | None,
    provenance: str | None,
    language: str | None,
    links: str,
    against: str | None,
    new_items: str | None,
    output: str | None,
    **given: Any,
) -> None:
    """Write the graph, or one thing of it, as Turtle, JSON-LD, TriG, N-Quads, N-Triples or RDF/XML, as Wikibase's RDF
    or JSON, or as commands for QuickStatements.

    \b
    kzturk export --entity "High-Level Strategic Cooperation Council"
    kzturk export --format jsonld --source 004 --output 004.jsonld
    kzturk export --format trig --output record.trig
    kzturk export --format wikibase-json --output items.json
    kzturk export --format quickstatements --against wikidata.json.gz

    Facts are what the documents state as fact. Graphs and statements keep all that they say, planned and
    denied things too, each with its modality; with --modality they hold facts and the modes that it names.
    """
    if format in COMMANDS:
        _write_commands(format, entity, provenance, against, new_items, output, given)
        return
    if against or new_items:
        raise UsageError("--against and --new-items belong to quickstatements", f"--format {' or '.join(COMMANDS)}")
    from kzturk_graph.exports.formats import format_named, provenance_for
    from kzturk_graph.exports.verb import export
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.build import restricted
    from kzturk_graph.graph.store import is_fresh

    provenance = provenance_for(format_named(format), provenance)  # a wrong use is said before anything is read
    selection = options.selection(given)
    node = _found(entity) if entity is not None else None
    fresh = is_fresh()  # then the build has checked these very files, and only labels and classes need the vocabulary
    without = fresh and node is None and not format_named(format).wikibase
    corpus = read_corpus(vocabulary=() if without else None, check=not fresh)
    exported = export(
        restricted(corpus, replace(selection, sources=frozenset())),
        format,
        provenance=provenance,
        modalities=selection.modalities if given["modalities"] else None,
        sources=selection.sources,
        entity=node,
        language=language,
        links=links,
    )
    options.write(exported, output)


def _write_commands(
    format: str,
    entity: str | None,
    provenance: str | None,
    against: str | None,
    new_items: str | None,
    output: str | None,
    given: Mapping[str, Any],
) -> None:
    """Commands for the items that there are, and those for new ones apart; what was left out goes to stderr."""
    if against is None:
        raise UsageError(
            f"{format} holds what another dataset lacks, and none is named",
            "name it: --against FILE, a folder or the address of a SPARQL endpoint",
        )
    if provenance:
        raise UsageError(f"{format} has references of its own", "leave --provenance out")
    from kzturk_graph.exports.wikibase import commands
    from kzturk_graph.graph.assertions import read_corpus

    made = commands(
        read_corpus(), format, options.selection(given), against, _found(entity) if entity is not None else None
    )
    if new_items:
        options.write(made.new, new_items)
    options.write(made.existing, output)
    apart = f"written to {new_items}" if new_items else "--new-items FILE writes them"
    click.echo(f"{made.items} items, and {made.new_items} new ones ({apart})", err=True)
    for reason, number in sorted(made.left_out.items()):
        click.echo(f"left out: {number} statements, {reason}", err=True)


def _found(name: str) -> ox.NamedNode:
    from kzturk_graph.graph.lookup import find
    from kzturk_graph.graph.store import open_store

    return find(open_store(), name)
