"""Groups whose subcommands are imported when they are called: one answer needn't load what another needs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group of the commands that ``listed`` names with a line of help; each is ``command`` in the module whose name
    is ``prefix`` and its own (a hyphen as an underscore).
    """

    def __init__(self, *args: Any, listed: Mapping[str, str] | None = None, prefix: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        self.listed, self.prefix = dict(listed or {}), prefix

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all subcommands, sorted."""
        return sorted(self.listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of this name; None where there is none."""
        if cmd_name not in self.listed:
            return None
        module = importlib.import_module(self.prefix + cmd_name.replace("-", "_"))
        command = getattr(module, "command", None)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, self.listed[name]) for name in sorted(self.listed)])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Say which names are near where one is unknown."""
        if args and args[0] not in self.listed and not args[0].startswith("-"):
            from kzturk_graph.errors import UnknownName

            raise UnknownName("command", args[0], list(self.listed))
        return super().resolve_command(ctx, args)
