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
    from kzturk_graph.citations.model import Citations
    from kzturk_graph.graph.selection import Selection
    from kzturk_graph.queries.asof import Ask
    from kzturk_graph.wikibase.beside.loading import Beside

ROWS = ("table", "md", "csv", "tsv", "json", "xml")
GRAPHS: dict[str, ox.RdfFormat] = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "rdfxml": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}
Function = TypeVar("Function", bound=Callable[..., Any])


class AnsweringCommand(click.Command):
    """A command with ``--cite`` alone or with a way of citing: alone, it must not swallow the word behind it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the options, ``--cite`` without a value as ``--cite=witnesses``."""
        return super().parse_args(ctx, ["--cite=witnesses" if word == "--cite" else word for word in args])


def reading_options(function: Function) -> Function:
    """``--format``, ``--output``, ``--lang``, ``--cite``, ``--explain`` and the selection's, of every command that
    answers."""
    for option in reversed(_READING):
        function = option(function)
    return function


_READING = (
    click.option(
        "--format",
        "format",
        default="table",
        metavar="FORMAT",
        show_default=True,
        help=f"One of {', '.join([*ROWS, *GRAPHS])}; the last four for CONSTRUCT and DESCRIBE.",
    ),
    options.output_option,
    options.language_option,
    click.option(
        "--labels", is_flag=True, help="In csv and tsv, add a column with the label beside each column of things."
    ),
    click.option(
        "--cite",
        type=click.Choice(["witnesses", "all", "bibtex", "csl"]),
        help="Cite the passages behind each row: --cite alone for the documents that each state all of it, all for "
        "every passage with a part of it, bibtex or csl for the bibliography instead of the rows.",
    ),
    click.option(
        "--explain", is_flag=True, help="Say how many rows each part of the query leaves, and why none are left."
    ),
    click.option(
        "--with",
        "beside",
        multiple=True,
        metavar="DATA",
        help="Put Wikibase data beside ours: a file or folder of its JSON or RDF, or 'wikibase' for our own facts in "
        "its terms. Repeatable.",
    ),
    options.selection_options,
)


def with_beside(given: Mapping[str, Any], plain: Ask, ask: Callable[[Beside], Answer]) -> Ask:
    """How to ask on a selection: ``plain`` where nothing is to stand beside our graph, else ``ask``, with what
    ``--with`` names."""
    if not given["beside"]:
        return plain

    def asked(selection: Selection) -> Answer:
        from kzturk_graph.wikibase.beside.loading import open_beside

        opened = open_beside(given["beside"], selection, cited=bool(given["cite"]))
        for note in opened.notes:
            click.echo(note, err=True)
        return ask(opened)

    return asked


def deliver(ask: Ask, given: Mapping[str, Any]) -> None:
    """Ask on the selection that the options want, and write the answer as they want it.

    With ``--as-of`` each row says how surely it was known by then; with ``--cite`` what it rests on. An empty answer
    says
    why it is empty, on stderr and in JSON.
    """
    selection = options.selection(given)
    form, language = given["format"], given["language"]
    _check_format(form)
    answer = ask(selection)
    beside: dict[str, Any] = {}
    cited = given["cite"] and _cited(answer, selection, given)
    if cited and given["cite"] in ("bibtex", "csl"):
        from kzturk_graph.citations.bibliography import WRITERS, works

        options.write(WRITERS[given["cite"]](works(cited, answer.store, language)), given["output"])
        return
    if given["explain"] or _seems_empty(answer):
        beside |= _explained(answer, selection, given)
    if selection.as_of is not None:
        answer = _as_of(answer, ask, selection)
    if cited:
        from kzturk_graph.cli import cited as written

        beside |= written.member(cited, answer, language) if form == "json" else {}
        answer = written.with_column(cited, answer) if form in ("csv", "tsv") else answer
    write(answer, form, given["output"], language, given["labels"], beside, cited or None)


def _cited(answer: Answer, selection: Selection, given: Mapping[str, Any]) -> Citations:
    from kzturk_graph.citations.api import cite

    mode = "all" if given["cite"] == "all" else "witnesses"
    return cite(answer.store, answer.text, answer, selection, mode)


def _seems_empty(answer: Answer) -> bool:
    """A look that costs nothing; whether it is empty indeed is for the explanation to tell."""
    if answer.triples is not None:
        return not answer.triples
    if answer.truth is not None:
        return not answer.truth
    return len(answer.solutions) < 2 and all(
        term is None or term.value in ("0", "0.0", "") for row in answer.solutions for term in row
    )


def _explained(answer: Answer, selection: Selection, given: Mapping[str, Any]) -> dict[str, Any]:
    from kzturk_graph.explain.emptiness import is_empty
    from kzturk_graph.explain.verb import explain

    text, bindings = (answer.text, None) if answer.saved is None else (answer.saved, answer.bindings)
    if not given["explain"] and not is_empty(answer, text, bindings):
        return {}
    found = explain(answer.store, text, answer, selection, bindings, counts=given["explain"])
    for line in found.lines(given["language"]):
        click.echo(line, err=True)
    return {"explanation": found.as_json()}


def _as_of(answer: Answer, ask: Ask, selection: Selection) -> Answer:
    from kzturk_graph.queries.asof import marked

    answer, later = marked(answer, ask, selection)
    if later:
        click.echo(
            f"{_count(later)} more from what was stated, or may have been stated, after {selection.as_of}", err=True
        )
    return answer


def _check_format(format: str) -> None:
    if format not in ROWS and format not in GRAPHS:
        raise UnknownName("format", format, [*ROWS, *GRAPHS])


def write(
    answer: Answer,
    format: str,
    output: str | None,
    language: str,
    labels: bool = False,
    beside: Mapping[str, Any] | None = None,
    cited: Citations | None = None,
) -> None:
    """Write an answer; ``beside`` are members that JSON has beside the bindings, ``cited`` footnotes for people.

    Raises UnknownName for a format that isn't one, UsageError for one that this answer can't have.
    """
    _check_format(format)
    if answer.triples is not None:
        options.write(_graph(answer.triples, format) + _notes(answer, format, language, cited, "# "), output)
    elif format in GRAPHS:
        raise UsageError(f"rows can't be written as {format}", f"for rows: {', '.join(ROWS)}")
    elif answer.truth is not None and format in ("table", "md"):
        truth = b"yes\n" if answer.truth else b"no\n"
        options.write(truth + _notes(answer, format, language, cited), output)
    elif format in ("table", "md"):
        options.write(_table(answer, format, output, language, cited), output)
    else:
        options.write(_standard(answer, format, language, labels, beside or {}), output)


def _notes(answer: Answer, format: str, language: str, cited: Citations | None, mark: str = "") -> bytes:
    """The footnotes below an answer; as comments below Turtle, and nothing below formats without comments."""
    if cited is None or (mark and format not in ("table", "turtle")):
        return b""
    from kzturk_graph.citations.footnotes import footnotes

    return "".join(f"{mark}{line}\n" for line in ["", *footnotes(cited, answer.store, language).lines()]).encode()


def _graph(triples: tuple[ox.Triple, ...], format: str) -> bytes:
    if format in ("table", "turtle"):
        from kzturk_graph.graph.turtle.writer import write_turtle

        return write_turtle(triples, terms.PREFIXES).encode()
    if format in ROWS:
        raise UsageError(f"triples can't be written as {format}", f"for triples: {', '.join(GRAPHS)}")
    written = ox.serialize(triples, format=GRAPHS[format], prefixes=terms.PREFIXES if format == "rdfxml" else None)
    assert written is not None  # no output file is named, so the bytes come back
    return written


def _table(answer: Answer, format: str, output: str | None, language: str, cited: Citations | None) -> str:
    result = answer.result(language)
    columns = list(result.columns)
    cells = [[shown(row[name]) for name in columns] for row in result]
    below: list[str] = []
    if cited is not None:
        from kzturk_graph.citations.footnotes import footnotes

        notes = footnotes(cited, answer.store, language)
        columns.append("cited")
        cells = [[*row, f"[{mark}]" if mark else ""] for row, mark in zip(cells, notes.marks, strict=True)]
        below = ["", *notes.lines()]
    if format == "md":
        bullets = [f"- {line}" if line else line for line in below]
        return markdown(columns, cells) + "".join(f"{line}\n" for line in bullets)
    text = table(columns, cells, options.terminal_width(output)) + f"{_count(len(cells))}\n"
    return text + "".join(f"{line}\n" for line in below)


def _count(rows: int) -> str:
    return "1 row" if rows == 1 else f"{rows} rows"


def _standard(answer: Answer, format: str, language: str, labels: bool, beside: Mapping[str, Any]) -> str:
    from kzturk_graph.cli import sparql_results

    if labels and format in ("csv", "tsv"):
        answer = sparql_results.with_labels(answer, language)
    if format == "json":
        return sparql_results.to_json(answer, beside)
    return sparql_results.WRITERS[format](answer)
