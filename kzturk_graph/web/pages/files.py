"""Answers as files to download: for spreadsheets, for programs, and for bibliographies."""

from __future__ import annotations

import re
from collections.abc import Callable

from kzturk_graph.queries.run import Answer
from kzturk_graph.web.pages import answers
from kzturk_graph.web.pages.page import Page

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?$")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe, numbers stay.

    https://owasp.org/www-community/attacks/CSV_Injection

    >>> harmless("=1+1"), harmless("-2.5")
    ("'=1+1", '-2.5')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.match(cell) else cell


def _separated(mark: str) -> Callable[[Page, Answer], str]:
    def write(page: Page, answer: Answer) -> str:
        from kzturk_graph.citations.footnotes import cell
        from kzturk_graph.results import separated

        columns = [*(answers.heading(page, each) for each in answer.columns), page.say("notes.sources")]
        rows = [
            [*map(harmless, row), harmless(cell(source))]
            for row, source in zip(answers.plain_rows(page, answer), answers.cited(page, answer), strict=True)
        ]
        return separated(columns, rows, mark)

    return write


def _json(page: Page, answer: Answer) -> str:
    from kzturk_graph.cli import cited, sparql_results

    return sparql_results.to_json(answer, cited.member(answers.cited(page, answer), answer, page.language))


def _xml(page: Page, answer: Answer) -> str:
    from kzturk_graph.cli import sparql_results

    return sparql_results.to_xml(answer)


def _bibliography(form: str) -> Callable[[Page, Answer], str]:
    def write(page: Page, answer: Answer) -> str:
        from kzturk_graph.citations.bibliography import WRITERS, works

        return WRITERS[form](works(answers.cited(page, answer), answer.store, page.language))

    return write


FILES: dict[str, tuple[str, Callable[[Page, Answer], str]]] = {
    "csv": ("text/csv; charset=utf-8", _separated(",")),
    "tsv": ("text/tab-separated-values; charset=utf-8", _separated("\t")),
    "json": ("application/sparql-results+json", _json),
    "xml": ("application/sparql-results+xml", _xml),
    "bib": ("application/x-bibtex; charset=utf-8", _bibliography("bibtex")),
    "csl.json": ("application/vnd.citationstyles.csl+json", _bibliography("csl")),
}
"""The end of a file's name → its media type, and what writes it."""
