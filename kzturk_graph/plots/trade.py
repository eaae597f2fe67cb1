"""Pictures of trade: turnover by year with its targets, exports and imports, exports by product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from kzturk_graph.dates import Edtf
from kzturk_graph.plots.asking import Asking, slug, table, thing
from kzturk_graph.plots.bars import Bar, Gap, Section, bars
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.results import Row

LABEL = 122


def turnover(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """Every report of trade turnover by its year, then the targets, on one scale."""
    words = ask.words
    found = ask.rows("trade-by-year", given)
    aims = ask.rows("trade-targets")
    aims_in_money = [row for row in aims if slug(row["unit"]) in {slug(each["unit"]) for each in found}]
    columns = ("period", "value", "unit", "qualifier", "published", "modality", "voice", "passage")
    lines = _by_year(ask, [row for row in found if row["covers"] != "unstated"])
    undated = [row for row in found if row["covers"] == "unstated"]
    if undated:
        lines += [Gap(words("trade.undated")), *(_bar(ask, row, "") for row in undated)]
    targets = [row for row in aims_in_money if row["holder"] is None or _first_holder(row, aims_in_money)]
    if targets:
        lines += [Gap(words("trade.targets")), *(_bar(ask, row, "") for row in targets)]
    remarks = (words("trade.note"),)
    title, caption = words("trade.title"), words("trade.caption")
    rows = [*found, *({**row, "period": row["deadline"], "qualifier": None} for row in targets)]
    spec = bars(ask, title, caption, [Section("", lines)], remarks, LABEL)
    return Drawn(title, caption, columns, tuple(tuple(row[name] for name in columns) for row in rows), spec, remarks)


def balance(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """A state's exports to the other and its imports from there, of one and the same report."""
    words = ask.words
    found = ask.rows("trade-balance", given)
    lines = []
    for row in found:
        for place, name in enumerate(("exports", "imports", "turnover")):
            if row[name] is not None:
                when = words.time(row["period"]) if isinstance(row["period"], Edtf) else ""
                label = f"{when}  {words(f'trade-balance.{name}')}" if place == 0 else words(f"trade-balance.{name}")
                lines.append(_bar(ask, {**row, "value": row[name]}, label))
    title, caption = words("trade-balance.title"), words("trade-balance.caption")
    remarks = (words("trade-balance.note"),)
    spec = bars(ask, title, caption, [Section("", lines)], remarks, 150)
    return Drawn(title, caption, found.columns, table(found), spec, remarks)


def products(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """Exports by product, one section for each period."""
    words = ask.words
    found = ask.rows("exports-by-product", given)
    periods = dict.fromkeys(words.time(row["period"]) if isinstance(row["period"], Edtf) else "" for row in found)
    sections = []
    for period in periods:
        of_it = [r for r in found if (words.time(r["period"]) if isinstance(r["period"], Edtf) else "") == period]
        lines = [_bar(ask, row, str(row["product"]), _share(ask, row)) for row in of_it if row["value"] is not None]
        sections.append(Section(period, lines))
    title, caption = words("trade-products.title"), words("trade-products.caption")
    return Drawn(title, caption, found.columns, table(found), bars(ask, title, caption, sections, (), 150))


def _by_year(ask: Asking, rows: Sequence[Row]) -> list[Bar | Gap]:
    """A bar for each report, the year at the first of it, and a line for the years between that have none."""
    lines: list[Bar | Gap] = []
    before, last = "", None
    for row in rows:
        period = row["period"]
        assert isinstance(period, Edtf)  # only what has a period comes here
        label = ask.words.time(period)
        first = period.earliest.year if period.earliest else None
        if last and first and first > last + 1:
            years = str(last + 1) if first == last + 2 else f"{last + 1}–{first - 1}"
            lines.append(Gap(ask.words("trade.gap", years=years)))
        lines.append(_bar(ask, row, "" if label == before else label))
        before, last = label, (period.latest.year if period.latest else last)
    return lines


def _first_holder(row: Row, rows: Sequence[Row]) -> bool:
    """Whether this is the first of the rows of its report, which has one for each of those who hold the target."""
    same = [each for each in rows if (each["passage"], each["value"]) == (row["passage"], row["value"])]
    return same[0] is row


def _share(ask: Asking, row: Row) -> str:
    value = row["share"]
    return f" · {ask.words.number(value)} %" if isinstance(value, Decimal) else ""


def _bar(ask: Asking, row: Row, label: str, more: str = "") -> Bar:
    value = row["value"]
    assert isinstance(value, Decimal)  # the queries ask for nothing else
    qualifier = thing(row.get("qualifier"))
    said = ask.words.qualified(ask.words.amount(value, thing(row["unit"])), qualifier)
    mark = ask.mark(row["passage"])
    partial = row.get("covers") == "part of a year"
    source = f"{row['passage']} · {row['voice']}"
    return Bar(label, value, f"{said}{more} {mark}", source, slug(row["modality"]), slug(qualifier), partial)
