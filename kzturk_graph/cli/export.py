"""``kzturk export``: the graph, or one thing of it, as a file in any of the formats."""

from __future__ import annotations

import click

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.export.formats import FORMATS, PROVENANCES


@click.command("export")
@click.option(
    "--format",
    "format",
    type=click.Choice(list(FORMATS)),
    default="turtle",
    show_default=True,
    help="How to write it.",
)
@click.option(
    "--entity", metavar="ENTITY", help="Only what is about this thing: slug, CURIE, IRI or any name."
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="DOC",
    help="Only what this document says (004). Repeatable.",
)
@click.option(
    "--provenance",
    type=click.Choice(PROVENANCES),
    help="Facts alone, each assertion's graph, or a node for each statement. Default: graphs in trig and
    nquads, else none.", ) @options.modality_option @click.option( "--lang", "language",
    type=click.Choice(terms.LANGUAGES), help="Leave labels in other languages out where there is one in
    this.", ) @options.output_option def command( format: str, entity: str | None, sources: tuple[str, ...],
    provenance: str | None, modalities: tuple[str, ...], language: str | None, output: str | None, ) -> None:
    """Write the graph, or one thing of it, as Turtle, JSON-LD, TriG, N-Quads, N-Triples or RDF/XML.

    \b
    kzturk export --entity "High-Level Strategic Cooperation Council"
    kzturk export --format jsonld --source 004 --output 004.jsonld
    kzturk export --format trig --output record.trig

    Facts are what the documents state as fact. Graphs and statements keep everything that they say, planned
    and denied things too, each with its modality; with --modality they hold facts and the modes that it
    names.
    """
    from kzturk_graph.export.verb import export
    from kzturk_graph.graph.assertions import read_corpus
    from kzturk_graph.graph.store import is_fresh, open_store

    node = None
    chosen = options.selection(modalities).modalities if modalities else None
    if entity is not None:
        from kzturk_graph.graph.lookup import find

        node = find(open_store(), entity)
    fresh = (
        is_fresh()
    )  # then the build has checked these very files, and only names of concepts need the vocabulary
    corpus = read_corpus(vocabulary=() if fresh and node is None else None, check=not fresh)
    options.write(
        export(
            corpus,
            format,
            provenance=provenance,
            modalities=chosen,
            sources=sources,
            entity=node,
            language=language,
        ),
        output,
    )
