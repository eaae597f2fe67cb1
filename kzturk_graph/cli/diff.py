"""``kzturk diff``: what differs between two states of the data."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import click

from kzturk_graph.cli import options
from kzturk_graph.errors import FINDINGS

FORMATS = ("text", "md", "json")
_FORMAT = "Form of the report; md is a list for a changelog."
_ENTITY = "Only what is about this thing, or was read from this passage: slug, CURIE, IRI or any name."


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--entity", metavar="ENTITY", help=_ENTITY)
@click.option("--facts-only", is_flag=True, help="Leave out what is said about passages and assertions.")
@click.option("--format", type=click.Choice(FORMATS), default="text", show_default=True, help=_FORMAT)
@options.language_option
@options.output_option
def command(
    old: str, new: str, entity: str | None, facts_only: bool, format: str, language: str, output: str | None
) -> int | None:
    """Show which facts differ between two states of the data, OLD and NEW.

    \b
    kzturk diff HEAD~1 HEAD
    kzturk diff v1.0 data --format md
    kzturk diff HEAD:data/documents/004.trig 004.ttl

    A state is a file in any RDF format, a folder of such files, a data folder, or a git revision as git
    itself writes it: of a commit or tag its data/, of REV:PATH that file or folder. A file or folder goes
    before a revision of the same name.

    Facts are added, removed, changed (another value in the same assertion or document) or re-sourced (stated
    by other assertions or passages); metadata is what is said about passages and assertions. Another order or
    syntax is no difference. Where one state has no named graph, the triples of both are compared.

    Ends with 0 where nothing differs (and text and md print nothing), 1 where something does, 2 for wrong
    usage, 3 for input that can't be read.
    """
    from kzturk_graph.differences.report import difference
    from kzturk_graph.differences.writing import WRITERS

    with _without_collector():
        report = difference(old, new, language=language, entity=entity, facts_only=facts_only)
        options.write(WRITERS[format](report), output)
    return FINDINGS if report else None


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's cycle collector would walk again and again through all that is read: half of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()
