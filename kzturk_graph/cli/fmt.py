"""``kzturk fmt``: data files in their one form."""

from __future__ import annotations

from pathlib import Path

import click

from kzturk_graph import resources
from kzturk_graph.cli import options
from kzturk_graph.errors import FINDINGS
from kzturk_graph.graph.files import read_text


@click.command("fmt")
@click.argument("files", nargs=-1, metavar="[FILE…]")
@click.option("--check", is_flag=True, help="Change nothing; name the files that would change, and end with 1.")
@click.pass_context
def command(ctx: click.Context, files: tuple[str, ...], check: bool) -> None:
    """Write Turtle and TriG files sorted and diff-stable; comments stay. Without FILE, the packaged data and ontology.

    In a folder that can't be written to (an installed package), name the files of your checkout.
    """
    from kzturk_graph.graph.turtle.format import format_text

    paths = [Path(name) for name in files] or [*resources.ontology().rglob("*.ttl"), *resources.data().rglob("*.t*")]
    changed = 0
    for path in sorted(paths):
        if not files and path.suffix not in (".ttl", ".trig"):
            continue
        before = read_text(path)
        after = format_text(before, path=str(path), trig=path.suffix == ".trig")
        if after == before:
            continue
        changed += 1
        click.echo(f"{'would change' if check else 'changed'}: {path}")
        if not check:
            options.write(after, str(path))
    if check and changed:
        ctx.exit(FINDINGS)
