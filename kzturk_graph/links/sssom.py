"""SSSOM TSV in and out: a YAML head behind ``#``, then one link a row (https://mapping-commons.github.io/sssom/spec/).

Every column and every line of the head is kept, also those that mean nothing here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from kzturk_graph import terms
from kzturk_graph.errors import InputError
from kzturk_graph.links.cells import Cell, rows, spelled
from kzturk_graph.links.head import head_of, prefixes_of
from kzturk_graph.links.model import JUSTIFICATIONS, NO_TERM, Link, Links

FIELDS: Mapping[str, str] = {
    "subject_id": "subject",
    "subject_label": "subject_label",
    "predicate_id": "predicate",
    "predicate_modifier": "negated",
    "object_id": "object",
    "object_label": "object_label",
    "mapping_justification": "justification",
    "confidence": "confidence",
    "mapping_tool": "tool",
    "mapping_tool_version": "tool_version",
    "object_source": "source",
    "object_source_version": "source_version",
    "mapping_date": "date",
    "author_id": "author",
    "comment": "comment",
}
"""Columns that a link has a place for, in the order in which they are written."""

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
_IRIS = {"subject_id", "predicate_id", "object_id", "mapping_justification", "object_source"}
_INHERITED = ("mapping_tool", "mapping_tool_version", "object_source", "object_source_version", "mapping_date")
NEGATED = "Not"


def parse(text: str, path: str = "links") -> Links:
    """Read a table. ``path`` is the name that faults are told with.

    Raises InputError, with line and column, for: a head that isn't YAML, a missing or second column of a name, a row
    with too few or too many cells, a CURIE whose prefix the head doesn't declare, a justification that semapv doesn't
    have, a confidence that isn't a number from 0 to 1, a date that isn't one, a row that another one repeats or denies.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    size = next((i for i, line in enumerate(lines) if not line.startswith("#")), len(lines))
    head = tuple(line[1:].removesuffix("\r") for line in lines[:size])
    about = head_of(head, path)
    prefixes = prefixes_of(about, path)
    found = rows("\n".join(lines[size:]), size + 1, path)
    names = next(found, None)
    if names is None:
        raise InputError("there is no row with the names of the columns", path=path, line=size + 1, hint=_COLUMNS)
    columns = _columns(names, path)
    inherited = {name: str(about[name]) for name in _INHERITED if about.get(name) and name not in columns}
    reader = _Reader(path, columns, prefixes, inherited)
    links = tuple(reader.link(cells) for cells in found)
    _check_repeats(links, path)
    return Links(links, head, prefixes, columns, about)


def _columns(cells: list[Cell], path: str) -> tuple[str, ...]:
    seen: set[str] = set()
    for cell in cells:
        if cell.text in seen:
            raise InputError(f"there are two columns {cell.text!r}", path=path, line=cell.line, column=cell.column)
        seen.add(cell.text)
    for name in REQUIRED:
        if name not in seen:
            raise InputError(f"there is no column {name!r}", path=path, line=cells[0].line, column=1, hint=_COLUMNS)
    return tuple(cell.text for cell in cells)


_COLUMNS = f"a table of links has at least: {', '.join(REQUIRED)}"


class _Reader:
    """Makes links of the rows of one file."""

    def __init__(
        self, path: str, columns: tuple[str, ...], prefixes: Mapping[str, str], inherited: Mapping[str, str]
    ) -> None:
        self._path, self._columns, self._prefixes = path, columns, prefixes
        self._inherited = {name: self._iri(name, Cell(text, 1, 1)) for name, text in inherited.items()}

    def link(self, cells: list[Cell]) -> Link:
        """The link of a row. Raises InputError for a cell that can't stand there."""
        self._check_number(cells)
        found: dict[str, Any] = {FIELDS[name]: text for name, text in self._inherited.items()}
        more: dict[str, str] = {}
        for name, cell in zip(self._columns, cells, strict=True):
            if name not in FIELDS:
                more[name] = cell.text
            elif cell.text or name in REQUIRED:
                found[FIELDS[name]] = self._value(name, cell)
        return Link(**found, more=more, line=cells[0].line)

    def _check_number(self, cells: list[Cell]) -> None:
        wanted = len(self._columns)
        if len(cells) == wanted:
            return
        last = cells[-1]
        place = cells[wanted] if len(cells) > wanted else Cell("", last.line, last.column + len(last.text))
        lacking = f"; {self._columns[len(cells)]!r} is the first that lacks" if len(cells) < wanted else ""
        raise self._fault(
            f"the row has {len(cells)} cells and the table {wanted} columns{lacking}",
            place,
            "cells are separated by one tab each, empty ones too",
        )

    def _value(self, name: str, cell: Cell) -> Any:
        if name in _IRIS:
            iri = self._iri(name, cell)
            if name == "mapping_justification" and iri not in JUSTIFICATIONS:
                allowed = ", ".join(sorted(f"semapv:{terms.local(each)}" for each in JUSTIFICATIONS))
                raise self._fault(f"{cell.text!r} is no justification", cell, f"allowed: {allowed}")
            return iri
        if name == "predicate_modifier":
            if cell.text != NEGATED:
                raise self._fault(f"{cell.text!r} is no modifier", cell, "write Not for a rejected link, or nothing")
            return True
        if name == "confidence":
            return self._confidence(cell)
        if name == "mapping_date":
            return self._date(cell)
        return cell.text

    def _iri(self, name: str, cell: Cell) -> str:
        if name not in _IRIS or "://" in cell.text:
            return cell.text
        prefix, colon, tail = cell.text.partition(":")
        if not colon or not tail or any(char.isspace() for char in cell.text):
            raise self._fault(f"{cell.text!r} is no CURIE", cell, f"{name} is written as prefix:name")
        if prefix not in self._prefixes:
            known = ", ".join(sorted(self._prefixes))
            raise self._fault(f"the prefix {prefix!r} isn't declared", cell, f"add it to curie_map; declared: {known}")
        return self._prefixes[prefix] + tail

    def _confidence(self, cell: Cell) -> Decimal:
        try:
            value = Decimal(cell.text)
        except InvalidOperation:
            value = Decimal(-1)
        if not value.is_finite() or not 0 <= value <= 1:
            raise self._fault(f"{cell.text!r} is no confidence", cell, "write a number from 0 to 1, such as 0.9")
        return value

    def _date(self, cell: Cell) -> str:
        import datetime

        try:
            return datetime.date.fromisoformat(cell.text).isoformat()
        except ValueError:
            raise self._fault(f"{cell.text!r} is no date", cell, "write it as 2026-11-22") from None

    def _fault(self, message: str, cell: Cell, hint: str) -> InputError:
        return InputError(message, path=self._path, line=cell.line, column=cell.column, hint=hint)


def _check_repeats(links: Iterable[Link], path: str) -> None:
    """No row says twice, nor denies, what another row says; nor that a linked thing wasn't found."""
    seen: dict[tuple[str, ...], Link] = {}
    for link in links:
        first = seen.setdefault(link.pair, link)
        if first is not link and (first.negated != link.negated or first.justification == link.justification):
            what = "says the same as" if first.negated == link.negated else "denies"
            raise InputError(f"the row {what} line {first.line}", path=path, line=link.line, column=1, hint=_ONE)
    linked = {link.subject: link for link in reversed(list(seen.values())) if link.status == "linked"}
    for link in seen.values():
        other = linked.get(link.subject)
        if link.object == NO_TERM and other is not None and other.predicate == link.predicate:
            raise InputError(
                f"the row says that nothing was found, and line {other.line} links it",
                path=path,
                line=link.line,
                column=1,
                hint=_ONE,
            )


_ONE = "keep one of the two rows"


def write(links: Links) -> str:
    """The table as text, its rows sorted by subject, object and predicate, so that differences are small.

    Columns stand as they were read; those that a link needs and the table hasn't are added.
    """
    columns = list(links.columns or FIELDS)
    filled = [(link, _cells(link, links)) for link in sorted(links.rows, key=_order)]
    for name in FIELDS:
        if name not in columns and any(cells[name] not in ("", links.about.get(name)) for _, cells in filled):
            columns.append(name)
    head = "".join(f"#{line}\n" for line in links.head)
    body = "".join(spelled([cells.get(name, "") for name in columns]) for _, cells in filled)
    return head + spelled(columns) + body


def _order(link: Link) -> tuple[Any, ...]:
    # by length first: Q43 stands before Q232
    return link.subject, link.negated, len(link.object), link.object, link.predicate, link.justification


def _cells(link: Link, links: Links) -> dict[str, str]:
    cells = dict(link.more)
    for name, field in FIELDS.items():
        value = getattr(link, field)
        if name in _IRIS and value:
            cells[name] = shortened(value, links.prefixes)
        elif isinstance(value, bool):
            cells[name] = NEGATED if value else ""
        else:
            cells[name] = "" if value is None else str(value)
    return cells


def shortened(iri: str, prefixes: Mapping[str, str]) -> str:
    """The IRI as a CURIE by the longest namespace that fits, else the IRI.

    >>> shortened("http://www.w3.org/2004/02/skos/core#exactMatch", {"skos": terms.SKOS})
    'skos:exactMatch'
    """
    fitting = [(len(space), prefix) for prefix, space in prefixes.items() if iri.startswith(space) and iri != space]
    if not fitting:
        return iri
    size, prefix = max(fitting)
    return f"{prefix}:{iri[size:]}"
