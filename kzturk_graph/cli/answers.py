"""How an answer is written: as a table, Markdown, or one of the W3C's formats."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import click
import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.cli import options
from kzturk_graph.errors import UnknownName, UsageError
from kzturk_graph.queries.run import Answer
from kzturk_graph.results import markdown, shown, table

if TYPE_CHECKING:
    from kzturk_graph.queries.asof import Ask

ROWS = ("table", "md", "csv", "tsv", "json", "xml")
GRAPHS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
Function = TypeVar("Function", bound=Callable[..., Any])


def reading_options(function: Function) -> Function:
    """``--format``, ``--output``, ``--lang``, ``--labels`` and the selection's options, of every command that answers."""
    formats = ", ".join([*ROWS, *GRAPHS])
    function = click.option(
        "--labels", is_flag=True, help="In csv and tsv, add a column with the label beside each column of things."
    )(function)
    function = options.selection_options(function)
    function = options.language_option(function)
    function = options.output_option(function)
    return click.option(
        "--format", "format", default="table", metavar="FORMAT", show_default=True,
        help=f"One of {formats}; the last four for CONSTRUCT and DESCRIBE.",
    )(function)  # fmt: skip


def deliver(ask: Ask, given: Mapping[str, Any]) -> None:
    """Ask on the selection that the options want, and write the answer as they want it.

    With ``--as-of`` each row says how surely it was known by then.
    """
    selection = options.selection(given)
    answer = ask(selection)
    if selection.as_of is not None:
        from kzturk_graph.queries.asof import marked

        answer, later = marked(answer, ask, selection)
        if later:
            click.echo(f"{_count(later)} more from what was stated, or may have been stated, after {selection.as_of}", err=True)
    write(answer, given["format"], given["output"], given["language"], given["labels"])


def write(answer: Answer, format: str, output: str | None, language: str, labels: bool = False) -> None:
    """Write an answer. Raises UnknownName for a format that isn't one, UsageError for one that this answer can't have."""
    if format not in ROWS and format not in GRAPHS:
        raise UnknownName("format", format, [*ROWS, *GRAPHS])
    if answer.triples is not None:
        options.write(_graph(answer.triples, format), output)
    elif format in GRAPHS:
        raise UsageError(f"rows can't be written as {format}", f"for rows: {', '.join(ROWS)}")
    elif answer.truth is not None and format in ("table", "md"):
        options.write("yes\n" if answer.truth else "no\n", output)
    else:
        options.write(_rows(answer, format, output, language, labels), output)


def _graph(triples: tuple[ox.Triple, ...], format: str) -> bytes:
    if format in ("table", "turtle"):
        from kzturk_graph.graph.turtle.writer import write_turtle

        return write_turtle(triples, terms.PREFIXES).encode()
    if format in ROWS:
        raise UsageError(f"triples can't be written as {format}", f"for triples: {', '.join(GRAPHS)}")
    written = ox.serialize(triples, format=GRAPHS[format], prefixes=terms.PREFIXES if format == "rdfxml" else None)
    assert written is not None  # no output file is named, so the bytes come back
    return written


def _rows(answer: Answer, format: str, output: str | None, language: str, labels: bool) -> str | bytes:
    if format in ("table", "md"):
        result = answer.result(language)
        cells = [[shown(row[name]) for name in result.columns] for row in result]
        if format == "md":
            return markdown(result.columns, cells)
        return table(result.columns, cells, options.terminal_width(output)) + f"{_count(len(cells))}\n"
    return _standard(answer, format, language, labels)


def _count(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows} rows"


def _standard(answer: Answer, format: str, language: str, labels: bool) -> str:
    from kzturk_graph.cli import sparql_results

    if labels and format in ("csv", "tsv"):
        answer = sparql_results.with_labels(answer, language)
    return sparql_results.WRITERS[format](answer)
