"""``kzturk export``: the graph, or one thing of it, as a file in any of the formats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.exports.formats import FORMATS, PROVENANCES

if TYPE_CHECKING:
    import pyoxigraph as ox

_PROVENANCE = "Facts alone, a graph for each assertion, or a node for each statement."
_PROVENANCE_DEFAULT = "  [default: graphs in trig and nquads, else none]"
_FORMAT = click.Choice(list(FORMATS))
_ENTITY = "Only what is about this thing: slug, CURIE, IRI or any name."
_LANGUAGE = "Leave labels in other languages out where there is one in this."


@click.command("export")
@click.option("--format", type=_FORMAT, default="turtle", show_default=True, help="How to write it.")
@click.option("--entity", metavar="ENTITY", help=_ENTITY)
@click.option("--provenance", type=click.Choice(PROVENANCES), help=_PROVENANCE + _PROVENANCE_DEFAULT)
@options.selection_options
@click.option("--lang", "language", type=click.Choice(terms.LANGUAGES), help=_LANGUAGE)
@options.output_option
def command(
    format: str, entity: str | None, provenance: str | None, language: str | None, output: str | None, **given: Any
) -> None:
    """Write the graph, or one thing of it, as Turtle, JSON-LD, TriG, N-Quads, N-Triples or RDF/XML.

    \b
    kzturk export --entity "High-Level Strategic Cooperation Council"
    kzturk export --format jsonld --source 004 --output 004.jsonld
    kzturk export --format trig --output record.trig

    Facts are what the documents state as fact. Graphs and statements keep all that they say, planned and
    denied things too, each with its modality; with --modality they hold facts and the modes that it names.
    """
    from kzturk_graph.exports.formats import format_named, provenance_for
    from kzturk_graph.exports.verb import export
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.build import restricted
    from kzturk_graph.graph.store import is_fresh

    provenance = provenance_for(format_named(format), provenance)  # a wrong use is said before anything is read
    selection = options.selection(given)
    node = _found(entity) if entity is not None else None
    fresh = is_fresh()  # then the build has checked these very files, and only labels need the vocabulary
    corpus = read_corpus(vocabulary=() if fresh and node is None else None, check=not fresh)
    exported = export(
        restricted(corpus, replace(selection, sources=frozenset())),
        format,
        provenance=provenance,
        modalities=selection.modalities if given["modalities"] else None,
        sources=selection.sources,
        entity=node,
        language=language,
    )
    options.write(exported, output)


def _found(name: str) -> ox.NamedNode:
    from kzturk_graph.graph.lookup import find
    from kzturk_graph.graph.store import open_store

    return find(open_store(), name)
