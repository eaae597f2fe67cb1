"""``kzturk link``: the links from our things to those of another dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kzturk_graph.cli.lazy import LazyGroup

if TYPE_CHECKING:
    import pyoxigraph as ox

COMMANDS = {
    "accept": "Link a thing of ours to an item.",
    "check": "Check the links against data: gone, merged, of another type, linked twice.",
    "list": "List our things with their links, and with the keys that would find the others.",
    "reject": "Keep a link from being proposed again, or say that nothing was found.",
    "review": "Decide on proposed links one by one.",
    "suggest": "Propose links for things that have none.",
}
Function = TypeVar("Function", bound=Callable[..., Any])


@click.command("link", cls=LazyGroup, listed=COMMANDS, prefix="kzturk_graph.cli.link_")
def command() -> None:
    """Link our things to those of Wikidata, or of another Wikibase.

    Links are data: data/links/entities.sssom.tsv holds what was accepted, what was rejected and what was not found,
    each with its reason. Where the package is installed that table can't be changed: name a table of your own with
    --links, which starts as a copy.
    """


def links_option(function: Function) -> Function:
    """``--links``: another table than the one among the data in use."""
    return click.option(
        "--links",
        "table",
        metavar="FILE",
        help="Use this table of links (SSSOM TSV) instead of the packaged one; it starts as a copy when it is new.",
    )(function)


def named(name: str) -> tuple[str, str]:
    """The IRI and the label of the thing of ours that a person names.

    Raises UnknownName or AmbiguousName where that isn't one thing.
    """
    from kzturk_graph.graph import lookup

    graph = _store()
    node = lookup.find(graph, name)
    return node.value, lookup.label(graph, node)


def _store() -> ox.Store:
    from kzturk_graph.graph.store import open_store

    return open_store()


def target(text: str) -> str:
    """The IRI of the item that a person names: ``Q232``, ``wd:Q232`` or an IRI. Raises UsageError for anything else."""
    import re

    from kzturk_graph.errors import UsageError
    from kzturk_graph.links.model import target_id, target_iri

    iri = target_iri(text)
    short = target_id(iri)
    if not re.fullmatch(r"[QPL][1-9][0-9]*", short) and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", short):
        raise UsageError(f"{text!r} names no item", "write its id, such as Q232, or its IRI")
    return iri


def started(table: str | None) -> None:
    """Say so where a table of a person's own is new and starts as a copy."""
    from pathlib import Path

    if table is not None and not Path(table).exists():
        click.echo(f"{table}: a new table; it starts as a copy of the packaged links", err=True)
