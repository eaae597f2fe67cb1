"""``kzturk run NAME``: each saved query as a command of its own, with its parameters as typed options."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kzturk_graph.cli import answers
from kzturk_graph.errors import UnknownName
from kzturk_graph.queries.catalogue import names, saved_query
from kzturk_graph.queries.header import Parameter, SavedQuery
from kzturk_graph.queries.run import run_saved

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from kzturk_graph.graph.selection import Selection
    from kzturk_graph.queries.run import Answer
    from kzturk_graph.wikibase.beside.loading import Beside


class SavedQueries(click.Group):
    """The saved queries as subcommands, made from their headers when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all saved queries."""
        return names()

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The saved query of this name as a command; None where there is none."""
        return as_command(saved_query(cmd_name)) if cmd_name in names() else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The saved query at once, without a list of all; where there is none, which names are near."""
        if args and not args[0].startswith("-"):
            return args[0], as_command(saved_query(args[0])), args[1:]
        return super().resolve_command(ctx, args)


class QueryCommand(answers.AnsweringCommand):
    """A saved query as a command: an option that it doesn't have is named, with those that are near."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options, in our words where one is unknown."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            names = [name for each in self.params for name in each.opts if name.startswith("--")]
            raise UnknownName(f"option of {self.name}", error.option_name, names) from None


def as_command(query: SavedQuery) -> click.Command:
    """The command that runs a saved query."""

    def callback(**given: Any) -> None:
        values = {each.name: given[python_name(each)] for each in query.parameters}
        language = given["language"]

        def plain(selection: Selection) -> Answer:
            return run_saved(query.name, values, selection=selection, language=language)

        def beside(opened: Beside) -> Answer:
            return run_saved(query.name, values, language=language, store=opened.store)

        answers.deliver(answers.with_beside(given, plain, beside), given)

    command = QueryCommand(query.name, callback=callback, help=_help(query), short_help=query.summary)
    command.params += [as_option(each) for each in query.parameters]
    shared = answers.reading_options(lambda: None)
    command.params += reversed(shared.__click_params__)  # type: ignore[attr-defined]
    return command


def _help(query: SavedQuery) -> str:
    columns = "\n".join(f"  {each.name}  {each.help}" for each in query.columns)
    parts = [query.summary, query.description, f"\b\nColumns:\n{columns}"]
    if query.needs:
        parts.append(f"Needs {query.needs} beside ours: --with.")
    if query.order:
        parts.append(f"Ordered by {', '.join(query.order)}.")
    return "\n\n".join(part for part in parts if part)


def as_option(parameter: Parameter) -> click.Option:
    """A query's parameter as an option of a command."""
    needs = f" [{parameter.type}" + (f" of class {parameter.of}" if parameter.of else "")
    needs += f": {', '.join(parameter.choices)}]" if parameter.choices else "]"
    default = f" [default: {parameter.default}]" if parameter.default is not None else ""
    return click.Option(
        [f"--{parameter.name.replace('_', '-')}", python_name(parameter)],
        multiple=parameter.many,
        required=parameter.required,
        metavar=parameter.type.upper(),
        help=f"{parameter.help}{needs}{default}{' Repeatable.' if parameter.many else ''}",
        shell_complete=lambda ctx, param, incomplete: _complete(parameter, incomplete),
    )


def python_name(parameter: Parameter) -> str:
    """A parameter may be called as one of the shared options is; in the callback it must not."""
    return f"parameter_{parameter.name}"


def _complete(parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    if parameter.choices:
        found = dict.fromkeys(parameter.choices, "")
    elif parameter.type in ("entity", "choice"):
        from kzturk_graph.cli.completion import slugs

        found = slugs(parameter.of, parameter.scheme)
    else:
        return []
    return [CompletionItem(name, help=text) for name, text in found.items() if name.startswith(incomplete)]


@click.command("run", cls=SavedQueries, subcommand_metavar="NAME [OPTIONS]")
def command() -> None:
    """Answer a saved query.

    'kzturk queries' lists them; 'kzturk run NAME --help' tells what one takes. A thing is given as its slug, CURIE,
    IRI or any of its names in English, Turkish, Kazakh or Russian; a date as 2012, 2012-05, 2012-05-23 or 2012/2015.
    """
