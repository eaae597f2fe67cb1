"""Answers of saved queries as tables with footnotes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup, escape

from kzturk_graph import results, terms
from kzturk_graph.queries.run import Answer, run_saved
from kzturk_graph.web.pages.stores import store_of

if TYPE_CHECKING:
    from kzturk_graph.citations.model import Citations
    from kzturk_graph.graph.selection import Selection
    from kzturk_graph.queries.parameters import Given
    from kzturk_graph.web.pages.notes import Notes
    from kzturk_graph.web.pages.page import Page

_NUMBERS, _BRACKETED = re.compile(r"(\d+)"), re.compile(r"\[(\d+)\]")
_RIGHT = ("integer", "decimal")
SHOWN = 1_000
"""How many rows a page shows; a download has them all."""


class Head(NamedTuple):
    """A column: its name, its heading, what it means, and whether it holds numbers."""

    name: str
    label: str
    help: str
    numeric: bool


@dataclass
class Table:
    """An answer as a page shows it: cells, the marks of each row's sources, and remarks on what rows rest on.

    ``later`` is how many rows more later statements give, where the reader asked as of a day.
    """

    heads: list[Head]
    rows: list[tuple[list[Markup], Markup]]
    total: int
    remarks: list[Markup]
    later: int = 0


def answered(page: Page, name: str, given: Given) -> tuple[Answer, int]:
    """The answer of a saved query on what the filters choose; with a day, each row says how surely it was known.

    The number is that of the rows more which later statements give. Raises what ``run_saved`` raises.
    """
    from kzturk_graph.queries.asof import marked

    def ask(selection: Selection) -> Answer:
        store = store_of(page.desk.site, selection)
        return run_saved(name, given, selection=selection, language=page.language, store=store)

    answer = ask(page.selection)
    return marked(answer, ask, page.selection) if page.selection.as_of is not None else (answer, 0)


def cited(page: Page, answer: Answer) -> Citations:
    """What each row of an answer rests on."""
    from dataclasses import replace

    from kzturk_graph.citations.api import cite

    bare = replace(answer, columns=answer.columns[:-1], solutions=tuple(row[:-1] for row in answer.solutions))
    marked = page.selection.as_of is not None and answer.solutions
    return cite(answer.store, answer.text, bare if marked else answer, page.selection)


def table(page: Page, name: str, shared: Notes, given: Given | None = None) -> Table:
    """A saved query's answer as a table; its sources are numbered in ``shared``."""
    from kzturk_graph.citations.footnotes import footnotes
    from kzturk_graph.queries.catalogue import saved_query

    query = saved_query(name)
    answer, later = answered(page, name, given or {})
    notes = footnotes(cited(page, answer), answer.store, page.language)
    result = answer.result(page.language)
    known = {each.name: each for each in query.columns}
    heads = [
        Head(
            column,
            heading(page, column),
            known[column].help if column in known else "",
            column in known and known[column].type in _RIGHT,
        )
        for column in result.columns
    ]
    names = {note.number: note.assertion for note in notes.notes}
    rows = [
        ([_cell(page, row[column]) for column in result.columns], _marks(_NUMBERS, mark, names, shared))
        for row, mark in zip(result.rows[:SHOWN], notes.marks, strict=False)
    ]
    remarks = [_marks(_BRACKETED, line, names, shared) for line in notes.lines() if not line.startswith("[")]
    return Table(heads, rows, len(result), remarks, later)


def _cell(page: Page, value: results.Value) -> Markup:
    if isinstance(value, str):
        found = page.say.get(f"choices.{value}", "")
        return escape(found) if found else page.writer.show(value)
    return page.writer.show(value)


def _marks(numbers: re.Pattern[str], text: str, names: Mapping[int, str], shared: Notes) -> Markup:
    """A text with its footnotes' numbers, such as ``1; 2+3``, as links to the page's footnotes."""
    pieces, end = [], 0
    for match in numbers.finditer(text):
        pieces += [escape(text[end : match.start()]), shared.mark(names[int(match[1])])]
        end = match.end()
    return Markup().join([*pieces, escape(text[end:])])


def heading(page: Page, column: str) -> str:
    """What a column is called: by the catalogue, else by the property of that name, else its own name."""
    found = page.say.get(f"columns.{column}", "")
    if found:
        return found
    head, *rest = column.split("_")
    camel = head + "".join(part.capitalize() for part in rest)
    for namespace in (terms.ONTOLOGY, terms.PREFIXES["dcterms"], terms.SKOS):
        if camel in page.index.slugs.get(namespace, ()) or namespace != terms.ONTOLOGY:
            label = page.label(namespace + camel)
            if ":" not in label:
                return label
    return column.replace("_", " ")


def plain_rows(page: Page, answer: Answer) -> Sequence[Sequence[str]]:
    """The rows as texts: labels of things, dates and numbers for machines."""
    return [
        ["" if value is None else str(value) for value in row.values()] for row in answer.result(page.language).rows
    ]
