"""``kzturk plot``: pictures of the graph as SVG, PNG, HTML, their Vega specification or the table that they show."""

from __future__ import annotations

import sys
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import click

from kzturk_graph.cli import options
from kzturk_graph.cli.run import QueryCommand, as_option, python_name
from kzturk_graph.errors import UnknownName, UsageError
from kzturk_graph.plots.catalogue import Definition, definition, pictures, plot
from kzturk_graph.plots.theme import THEMES

if TYPE_CHECKING:
    from kzturk_graph.plots.model import Picture

FORMATS = ("svg", "png", "html", "json", "csv", "table")


class Pictures(click.Group):
    """The pictures as subcommands; without one they are listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all pictures."""
        return list(pictures())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The picture of this name as a command; None where there is none."""
        return as_command(pictures()[cmd_name]) if cmd_name in pictures() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The picture; where there is none, which names are near."""
        if args and not args[0].startswith("-"):
            return args[0], as_command(definition(args[0])), args[1:]
        return super().resolve_command(ctx, args)


def as_command(picture: Definition) -> click.Command:
    """The command that makes a picture."""

    def callback(**given: Any) -> None:
        values = {each.name: given[python_name(each)] or None for each in picture.parameters}
        drawn = plot(
            picture.name, lang=given["language"], selection=options.selection(given), theme=given["theme"], **values
        )
        form = given["format"] or _form(given["output"])
        options.write(_written(drawn, form, given["output"], given["scale"]), given["output"])

    asked = ", ".join(f"kzturk run {name}" for name in picture.queries)
    help = f"{picture.title()}.\n\nThe same rows: {asked}."
    command = QueryCommand(picture.name, callback=callback, help=help, short_help=picture.title())
    command.params += [as_option(each) for each in picture.parameters]
    shared = _shared(lambda: None)
    command.params += reversed(shared.__click_params__)
    return command


def _shared(function: Any) -> Any:
    function = options.selection_options(function)
    function = options.language_option(function)
    function = click.option("--scale", type=float, default=2.0, show_default=True, help="Pixels of a PNG for one.")(
        function
    )
    function = click.option(
        "--theme", type=click.Choice(list(THEMES)), default="light", show_default=True, help="For which ground."
    )(function)
    function = options.output_option(function)
    return click.option(
        "--format",
        "format",
        metavar="FORMAT",
        help=f"One of {', '.join(FORMATS)}; else by the ending of the file's name, and svg without a file.",
    )(function)


def _form(output: str | None) -> str:
    """The format that a file's name asks for. Raises UsageError where its ending is none of ours."""
    if output in (None, "-"):
        return "svg"
    ending = PurePath(str(output)).suffix.lstrip(".").lower()
    if ending not in FORMATS:
        raise UsageError(
            f"{output!r} doesn't say which format it is to have",
            f"end it with one of .{', .'.join(FORMATS[:5])}, or give --format",
        )
    return ending


def _written(picture: Picture, form: str, output: str | None, scale: float) -> str | bytes:
    """The picture in a format. Raises UnknownName for one that isn't one."""
    if form not in FORMATS:
        raise UnknownName("format", form, list(FORMATS))
    if form == "png":
        if output in (None, "-") and sys.stdout.isatty():
            raise UsageError("a PNG is no text for a terminal", "name a file: -o FILE.png")
        return picture.png(scale)
    if form == "table":
        text = options.tabled(picture.columns, picture.cells(), "table", output)
        return text + "".join(f"[{each.number}] {each.text}\n" for each in picture.sources)
    made: str = getattr(picture, form)()
    return made


@click.command("plot", cls=Pictures, subcommand_metavar="NAME [OPTIONS]", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Draw a picture, or list the pictures there are.

    'kzturk plot trade -o trade.svg' writes one; the ending says the format: svg, png, html (with the table and the
    sources), json (the Vega specification) or csv (the table). 'kzturk plot NAME --help' tells what one takes.
    """
    if ctx.invoked_subcommand is None:
        width = max(map(len, pictures()))
        options.write("".join(f"{name.ljust(width)}  {each.title()}\n" for name, each in pictures().items()), None)
