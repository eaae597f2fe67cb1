"""``kzturk link accept``: a link, by hand or from a script."""

from __future__ import annotations

from decimal import Decimal

import click

from kzturk_graph.cli.link import links_option, named, started, target


@click.command("accept")
@click.argument("entity")
@click.argument("item", metavar="QID")
@click.option("--replace", is_flag=True, help="Instead of the item that it is linked to, which becomes rejected.")
@click.option("--label", default="", metavar="TEXT", help="What the item is called there.")
@click.option("--data-version", default="", metavar="TEXT", help="The state of the other data that you judged on.")
@click.option("--confidence", type=click.FloatRange(0, 1), help="How sure you are, from 0 to 1.")
@click.option("--comment", default="", metavar="TEXT", help="The reason.")
@links_option
def command(
    entity: str,
    item: str,
    replace: bool,
    label: str,
    data_version: str,
    confidence: float | None,
    comment: str,
    table: str | None,
) -> None:
    """Link ENTITY, a thing of ours by slug, IRI or any name, to the item QID.

    What was said before of the two makes way: that the thing wasn't found, or that it isn't this item. Nothing changes
    where they are linked already.
    """
    from kzturk_graph.links.decisions import Judged, accept
    from kzturk_graph.links.model import target_id
    from kzturk_graph.links.table import update

    iri, name = named(entity)
    other = target(item)
    sure = None if confidence is None else Decimal(str(confidence))
    judged = Judged(name, label, source_version=data_version, confidence=sure, comment=comment)
    started(table)
    update(lambda links: accept(links, iri, other, judged, replace=replace), table)
    click.echo(f"linked: {name} is {target_id(other)}", err=True)
