"""The picture of investment: flows, sums over years, what may be either, single works, each on a scale of its own."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from kzturk_graph.dates import Edtf
from kzturk_graph.plots.asking import Asking, slug, table, thing
from kzturk_graph.plots.bars import Bar, Section, bars
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.results import Row

ORDER = ("year", "years", "stock", "unstated", "single", "all")
STOCK = "investment-stock"


def investment(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """Every report of investment, under the heading that says what kind of sum it is."""
    words = ask.words
    found = ask.rows("investment", given)
    of_kind: dict[str, list[Row]] = {name: [] for name in ORDER}
    for row in found:
        of_kind[kind(row)].append(row)
    sections = []
    for name, rows in of_kind.items():
        ordered = sorted(rows, key=lambda row: (slug(row["from"]), _begin(row))) if name == "year" else rows
        lines = _unrepeated([_bar(ask, row) for row in ordered])
        if lines:
            sections.append(Section(words(f"investment.{name}"), lines))
    title, caption, remarks = words("investment.title"), words("investment.caption"), (words("investment.note"),)
    return Drawn(
        title, caption, found.columns, table(found), bars(ask, title, caption, sections, remarks, 250), remarks
    )


def kind(row: Row) -> str:
    """What kind of sum a report gives.

    ``year`` (the flow of a year or a part of it), ``years`` (over several), ``stock``, ``unstated`` (the text doesn't
    tell flow from stock), ``single`` (of a work or agreement) or ``all`` (of all investors).
    """
    period = row["period"]
    if slug(row["measure"]) == STOCK:
        return "stock"
    if row["from"] is None:
        return "all" if slug(row["measure"]) == "investment-total" else "single"
    if row["into"] is not None:
        return "single"
    if not isinstance(period, Edtf):
        return "unstated"
    same = period.earliest and period.latest and period.earliest.year == period.latest.year
    return "year" if same else "years"


def _begin(row: Row) -> str:
    period = row["period"]
    return period.text if isinstance(period, Edtf) else ""


def _bar(ask: Asking, row: Row) -> Bar:
    words, value = ask.words, row["value"]
    assert isinstance(value, Decimal)  # the query asks for nothing else
    qualifier = thing(row["qualifier"])
    period = row["period"] if isinstance(row["period"], Edtf) else row["attested"]
    when = words.time(period) if isinstance(period, Edtf) else words("investment.undated")
    if row["from"] is not None and row["into"] is None:
        label = words("investment.flow", source=row["from"], target=row["to"], time=when)
    else:
        label = str(row["into"] or row["to"])
    said = words.qualified(words.amount(value, thing(row["unit"])), qualifier)
    partial = kind(row) == "year" and isinstance(period, Edtf) and len(period.text) > 4
    source = f"{row['passage']} · {row['voice']}"
    return Bar(
        label, value, f"{said} {ask.mark(row['passage'])}", source, slug(row["modality"]), slug(qualifier), partial
    )


def _unrepeated(lines: list[Bar]) -> list[Bar]:
    return [
        line._replace(label="") if place and lines[place - 1].label == line.label else line
        for place, line in enumerate(lines)
    ]
