"""``kzturk serve``: the graph as a site on this machine."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar

import click

from kzturk_graph.errors import UsageError
from kzturk_graph.web.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])
PACKAGES = ("starlette", "uvicorn", "httptools", "jinja2")


def _limit_options(function: Function) -> Function:
    """An option for every limit, called as the setting is."""
    for each in reversed(fields(Settings)):
        if each.metadata:
            function = click.option(
                f"--{each.name.replace('_', '-')}",
                each.name,
                type=click.IntRange(each.metadata["least"])
                if each.type == "int"
                else click.FloatRange(0, min_open=True),
                default=each.default,
                show_default=True,
                metavar=str(each.metadata["unit"]).upper(),
                help=each.metadata["help"],
            )(function)
    return function


@click.command("serve")
@click.option("--host", default=Settings.host, show_default=True, help="The address to listen at.")
@click.option("--port", type=click.IntRange(0, 65535), default=Settings.port, show_default=True, help="0 takes any.")
@click.option("--public", is_flag=True, help="Strangers use it: share out the query time among their addresses.")
@click.option("--base", metavar="URL", help="The address of the site outside, where it isn't the one it listens at.")
@click.option("--log-queries", is_flag=True, help="Write the text of queries into the log.")
@_limit_options
def command(**given: Any) -> None:
    """Open the graph in a browser, to SPARQL clients and to OpenRefine.

    \b
    kzturk serve
    kzturk serve --public --host 0.0.0.0 --base https://kzturk.example.org
    """
    lacking = [name for name in PACKAGES if importlib.util.find_spec(name) is None]
    if lacking:
        raise UsageError(
            f"a server needs the extra 'web' ({', '.join(lacking)} isn't installed)",
            "pip install 'kzturk-graph[web]'",
        )
    from kzturk_graph.web.server import serve

    serve(Settings(**given), lambda address: click.echo(f"{address}/  (Ctrl-C stops)"))
