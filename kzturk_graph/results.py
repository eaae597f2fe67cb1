"""Answers: rows of typed values, and how a table of them is written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from kzturk_graph import dates, terms
from kzturk_graph.errors import UsageError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kzturk_graph.citations.model import Citations


class Entity(NamedTuple):
    """A thing in an answer: its IRI, and its label in the language asked for."""

    iri: str
    label: str

    def __str__(self) -> str:
        return self.label

    @property
    def slug(self) -> str:
        """The last part of its IRI."""
        return terms.local(self.iri)


class Text(NamedTuple):
    """A text in an answer with its language tag; plain texts come as ``str``."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


Value = Entity | Text | dates.Edtf | Decimal | datetime.date | int | float | bool | str | None
Row = dict[str, Value]


@dataclass(frozen=True)
class Result(Sequence[Row]):
    """The rows of a SELECT, in order; each a mapping from column to value, None where the row has none.

    In a notebook it shows as a table.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self.rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def _repr_html_(self) -> str:
        import html

        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(shown(row[name]))}</td>" for name in self.columns) + "</tr>"
            for row in self.rows
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Cited(NamedTuple):
    """An answer with what it rests on: ``citations`` in the order of its rows (or triples, or its one truth), and
    ``footnotes``, the same as numbered lines for people.
    """

    result: Result
    truth: bool | None
    triples: tuple[ox.Triple, ...] | None
    citations: Citations
    footnotes: tuple[str, ...]


def value_of(term: ox.NamedNode | ox.Literal | ox.BlankNode | None, label: str | None) -> Value:
    """A term as a Python value: an Entity for an IRI, an Edtf, Decimal, date, int, bool, float or text for a literal.

    A literal whose text its datatype doesn't allow comes as its text.
    """
    if term is None:
        return None
    datatype = getattr(term, "datatype", None)
    if datatype is None:
        iri = term.value
        return Entity(iri, label if label is not None else terms.curie(iri))
    language: str | None = term.language  # type: ignore[union-attr]
    if language:
        return Text(term.value, language)
    return _literal(term.value, datatype.value)


def _literal(text: str, datatype: str) -> Value:
    kind = datatype.removeprefix(terms.XSD)
    try:
        if datatype == terms.EDTF:
            return dates.parse(text)
        if kind == "integer":
            return int(text)
        if kind == "decimal":
            return Decimal(text)
        if kind in ("double", "float"):
            return float(text)
        if kind == "date":
            return datetime.date.fromisoformat(text)
    except (ValueError, ArithmeticError, UsageError):
        return text
    return text == "true" if kind == "boolean" else text


def shown(value: Value) -> str:
    """A value as a table shows it: labels for things, thousands set apart in numbers, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        whole = value == value.to_integral_value()
        return f"{value.to_integral_value() if whole else value.normalize():,f}"
    return str(value)


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], width: int | None = None) -> str:
    """Columns of text under their names, two blanks apart; cells wrapped to fit ``width`` characters where given."""
    heads = [name.replace("_", " ") for name in columns]
    cells = [heads, *rows]
    widths = [max((_columns(row[i]) for row in cells), default=0) for i in range(len(columns))]
    if width is not None:
        widths = _fit(widths, width - 2 * (len(columns) - 1))
    lines = [_line(heads, widths), "  ".join("─" * each for each in widths)]
    for row in rows:
        fits = width is None and not any("\n" in cell for cell in row)  # then nothing is wrapped
        lines.extend([_line(row, widths)] if fits else _wrapped(row, widths))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A GitHub-flavoured Markdown table."""
    lines = [columns, ["---"] * len(columns), *rows]
    escaped = [[cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "".join(f"| {' | '.join(line)} |\n" for line in escaped)


def separated(columns: Sequence[str], rows: Sequence[Sequence[str]], mark: str) -> str:
    """Rows separated by commas (RFC 4180, lines ended by CR LF) or by tabs (line breaks and tabs in cells as
    blanks)."""
    if mark == "\t":
        lines = [columns, *rows]
        return "".join("\t".join(" ".join(cell.split()) for cell in line) + "\n" for line in lines)
    import csv
    import io

    text = io.StringIO()
    csv.writer(text).writerows([columns, *rows])
    return text.getvalue()


def _columns(text: str) -> int:
    return max((len(line) for line in text.split("\n")), default=0)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(each) for cell, each in zip(row, widths, strict=True))


def _fit(widths: list[int], room: int) -> list[int]:
    """The widest columns give way first; none falls below eight."""
    widths = list(widths)
    while sum(widths) > room and max(widths) > 8:
        widest = widths.index(max(widths))
        second = max([w for i, w in enumerate(widths) if i != widest], default=8)
        excess = sum(widths) - room
        widths[widest] = max(8, min(widths[widest] - 1, max(second - 1, widths[widest] - excess)))
    return widths


def _wrapped(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    import textwrap

    parts = [
        [piece for line in cell.split("\n") for piece in (textwrap.wrap(line, each) or [""])]
        for cell, each in zip(row, widths, strict=True)
    ]
    for height in range(max((len(part) for part in parts), default=0)):
        yield _line([part[height] if height < len(part) else "" for part in parts], widths)
