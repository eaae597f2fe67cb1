"""``kzturk sparql``: any query that reads."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kzturk_graph.cli import answers
from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.graph.files import read_text
from kzturk_graph.queries.run import run_sparql

if TYPE_CHECKING:
    from kzturk_graph.graph.selection import Selection
    from kzturk_graph.queries.run import Answer
    from kzturk_graph.wikibase.beside.loading import Beside


@click.command("sparql", cls=answers.AnsweringCommand)
@click.argument("query", required=False)
@click.option("-f", "--file", "file", metavar="FILE", help="Read the query from FILE; '-' is standard input.")
@answers.reading_options
def command(query: str | None, file: str | None, **given: Any) -> None:
    """Answer a SPARQL query: SELECT, ASK, CONSTRUCT or DESCRIBE.

    The usual prefixes (kt, id, c, doc, p, a, n, org, foaf, qb, skos, dcterms, …) need not be declared. The default
    graph holds what is stated as fact; every assertion, plans included, is a named graph: GRAPH ?a { … } ?a
    kt:modality ?mode.

    With --with, Wikidata's prefixes need not be declared either, and its label service works: queries written for its
    query service run on that data, and on ours with --with wikibase. Links lead across: ?ours skos:exactMatch ?theirs.
    """
    text, path = _query(query, file)

    def beside(opened: Beside) -> Answer:
        from kzturk_graph.wikibase.beside.ask import sparql

        return sparql(text, opened, language=given["language"], path=path)

    def plain(selection: Selection) -> Answer:
        return run_sparql(text, selection=selection, path=path)

    answers.deliver(answers.with_beside(given, plain, beside), given)


def _query(query: str | None, file: str | None) -> tuple[str, str | None]:
    if (query is None) == (file is None):
        raise UsageError("give a query, or a file with one", "kzturk sparql 'SELECT …'  or  kzturk sparql -f FILE")
    if query is not None and query != "-":
        return query, None
    if query == "-" or file == "-":
        try:
            return sys.stdin.buffer.read().decode(), "<stdin>"
        except UnicodeDecodeError:
            raise InputError("isn't UTF-8", path="<stdin>") from None
    return read_text(Path(str(file))), file
