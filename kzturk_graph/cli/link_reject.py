"""``kzturk link reject``: what a thing is not."""

from __future__ import annotations

import click

from kzturk_graph.cli.link import links_option, named, started, target
from kzturk_graph.errors import UsageError


@click.command("reject")
@click.argument("entity")
@click.argument("item", metavar="[QID]", required=False)
@click.option("--not-found", is_flag=True, help="Say that ENTITY was looked for and no item found (sssom:NoTermFound).")
@click.option("--reason", default="", metavar="TEXT", help="Why.")
@click.option("--data-version", default="", metavar="TEXT", help="The state of the other data that you judged on.")
@links_option
def command(entity: str, item: str | None, not_found: bool, reason: str, data_version: str, table: str | None) -> None:
    """Say that ENTITY, a thing of ours by slug, IRI or any name, is not the item QID, so that nobody proposes it again.

    A link between the two is taken back. With --not-found and no QID, say that there is no item for it.
    """
    from kzturk_graph.links import decisions
    from kzturk_graph.links.model import target_id
    from kzturk_graph.links.table import update

    if (item is None) != not_found:
        raise UsageError("either an item or --not-found is needed", "kzturk link reject ENTITY QID")
    iri, name = named(entity)
    judged = decisions.Judged(name, source_version=data_version, comment=reason)
    if item is None:
        started(table)
        update(lambda links: decisions.not_found(links, iri, judged), table)
        click.echo(f"not found: {name}", err=True)
        return
    other = target(item)
    started(table)
    update(lambda links: decisions.reject(links, iri, other, judged), table)
    click.echo(f"rejected: {name} is not {target_id(other)}", err=True)
