"""The command ``kzturk``: its subcommands by name, and one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys

import click

from kzturk_graph.cli.lazy import LazyGroup
from kzturk_graph.errors import KzturkError

COMMANDS = {
    "compare": "Compare our facts with those of Wikidata or another Wikibase, thing by linked thing.",
    "conflicts": "List where the documents disagree, with the passages and what a curator decided.",
    "diff": "Show which facts differ between two states: folders, files or git revisions.",
    "export": "Write the graph, or one thing of it, as Turtle, JSON-LD, TriG, N-Quads, N-Triples or RDF/XML.",
    "fmt": "Write data files in their sorted, diff-stable form.",
    "link": "Link our things to Wikidata: list, suggest, review, accept, reject and check links.",
    "plot": "Draw a picture of trade, investment, times, places or links, with the table that it shows.",
    "queries": "List the saved queries.",
    "run": "Answer a saved query.",
    "search": "Find things by any of their names.",
    "serve": "Open the graph in a browser, to SPARQL clients and to OpenRefine.",
    "show": "Show what is known of a thing, each fact with its passage.",
    "sources": "Show the documents and how much of them is read; check them against a folder.",
    "sparql": "Answer any SPARQL query.",
    "stats": "Count what the graph holds.",
    "validate": "Check data against the shapes.",
    "wikidata": "Cut the slice around some entities out of a dump of Wikidata.",
}


@click.command(
    cls=LazyGroup,
    listed=COMMANDS,
    prefix="kzturk_graph.cli.",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="kzturk-graph", prog_name="kzturk")
def cli() -> None:
    """Ask a sourced knowledge graph of Kazakhstan–Türkiye relations.

    KZTURK_DATA names another folder with ontology/, data/ and queries/ to use, such as a checkout.

    \b
    Start with:  kzturk queries · kzturk run council-sessions · kzturk show kazakhstan
    """


def main() -> None:
    """Run the command line; end with 0 done, 1 findings, 2 wrong usage, 3 input that can't be read."""
    try:
        status = cli.main(prog_name="kzturk", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(status if isinstance(status, int) else 0)
    except KzturkError as error:
        _say(f"Error: {error}")
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        _say("Stopped.")
        sys.exit(130)
    except BrokenPipeError:
        # whoever read our output has enough; Python would complain again when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def entry() -> None:
    """The console script: ``main``, and out at once.

    Taking down the interpreter costs as much as starting it, for nothing: the answer is written, every file is closed.
    """
    code = 0
    try:
        main()
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 0
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def _say(text: str) -> None:
    click.echo(text, err=True)


if __name__ == "__main__":
    entry()
