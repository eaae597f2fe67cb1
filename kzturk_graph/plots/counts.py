"""Pictures of numbers: companies of one state in the other, and students."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kzturk_graph.dates import Edtf
from kzturk_graph.plots.asking import Asking, slug, table, thing
from kzturk_graph.plots.bars import Bar, Section, bars
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.results import Result, Row


def companies(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """How many companies of one state work in the other, a section for each direction."""
    found = ask.rows("companies", given)
    sections = []
    for title in dict.fromkeys(_direction(ask, row) for row in found):
        lines = [_bar(ask, row, "value", "time") for row in found if _direction(ask, row) == title]
        sections.append(Section(title, lines))
    return _drawn(ask, "companies", found, sections, 110)


def students(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """How many students: of a state in the other, and at a university, which are different counts."""
    found = ask.rows("students", given)
    numbered = [row for row in found if row["number"] is not None]
    sections = []
    for title in dict.fromkeys(str(row["students"]) for row in numbered):
        lines = [_bar(ask, row, "number", "held") for row in numbered if str(row["students"]) == title]
        sections.append(Section(title, lines))
    return _drawn(ask, "students", found, sections, 110)


def _direction(ask: Asking, row: Row) -> str:
    return ask.words("companies.direction", source=row["from"], target=row["to"])


def _bar(ask: Asking, row: Row, number: str, time: str) -> Bar:
    words, value, when = ask.words, row[number], row[time]
    assert isinstance(value, Decimal)  # rows without a number have been left out
    qualifier = thing(row["qualifier"])
    label = words.time(when) if isinstance(when, Edtf) else words("number.undated")
    said = f"{words.qualified(words.number(value), qualifier)} {ask.mark(row['passage'])}"
    source = f"{row['passage']} · {row['voice']}"
    return Bar(label, value, said, source, slug(row["modality"]), slug(qualifier))


def _drawn(ask: Asking, name: str, found: Result, sections: list[Section], label: float) -> Drawn:
    words = ask.words
    title, caption, remarks = words(f"{name}.title"), words(f"{name}.caption"), (words(f"{name}.note"),)
    return Drawn(
        title, caption, found.columns, table(found), bars(ask, title, caption, sections, remarks, label), remarks
    )
