"""The picture of diplomatic missions: a sign for each, by the state that sends it and by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kzturk_graph.plots import draw
from kzturk_graph.plots.asking import Asking, table, thing
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.results import Row

LABEL, SIGN, ROW, HEAD = 150, 16, 22, 26


def missions(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """How many missions of which kind each state has in the other, and where."""
    words, colours = ask.words, ask.theme
    found = ask.rows("missions", given)
    title, caption, remarks = words("missions.title"), words("missions.caption"), (words("missions.note"),)
    top = draw.head(title, caption, colours)
    marks, y = top.marks, top.bottom
    signs: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for direction, kinds in _grouped(found).items():
        count = len({row["mission"] for rows in kinds.values() for row in rows})
        heading = words("missions.direction", sender=direction[0], receiver=direction[1], count=count)
        marks.append(draw.text(heading, 0, y + 10, colours.ink, size=12, fontWeight="bold", baseline="middle"))
        y += HEAD
        for kind, rows in kinds.items():
            of_kind = _by_mission(rows)
            for place, (name, reports) in enumerate(of_kind.items()):
                timed = any(row["attested"] is not None or row["opened"] is not None for row in reports)
                signs.append(
                    {"mission": name, "kind": kind, "timed": timed, "x": LABEL + SIGN * place, "y": y + ROW / 2}
                )
            cities = ", ".join(dict.fromkeys(_city(reports) for reports in of_kind.values()))
            mark = ask.mark(*(row["passage"] for reports in of_kind.values() for row in reports))
            at = LABEL + SIGN * len(of_kind) + 4
            said = draw.clipped(f"{len(of_kind)}: {cities}", draw.INNER - at - draw.width_of(mark, 11), 11)
            lines.append({"kind": kind, "said": f"{said} {mark}", "at": at, "y": y + ROW / 2})
            y += ROW
        y += 8
    marks += [_signs(ask), *_lines(ask)]
    key = draw.legend(_legend(ask, signs), y, colours)
    foot = draw.notes(remarks, key.bottom, colours)
    data = [{"name": "missions", "values": signs}, {"name": "kinds", "values": lines}]
    spec = draw.spec(title, foot.bottom, colours, data=data, scales=[], marks=[*marks, *key.marks, *foot.marks])
    return Drawn(title, caption, found.columns, table(found), spec, remarks)


def _grouped(found: Sequence[Row]) -> dict[tuple[str, str], dict[str, list[Row]]]:
    """Rows by (sender, receiver), and among them by kind."""
    by: dict[tuple[str, str], dict[str, list[Row]]] = {}
    for row in found:
        direction = (str(row["sending_state"]), str(row["receiving_state"]))
        by.setdefault(direction, {}).setdefault(str(row["kind"]), []).append(row)
    return by


def _by_mission(rows: Sequence[Row]) -> dict[str, list[Row]]:
    by: dict[str, list[Row]] = {}
    for row in rows:
        by.setdefault(str(row["mission"]), []).append(row)
    return by


def _city(reports: Sequence[Row]) -> str:
    """The city, where one of the reports names it, else the mission's label."""
    known = [str(row["location"]) for row in reports if thing(row["location"])]
    return known[0] if known else str(reports[0]["mission"])


def _signs(ask: Asking) -> dict[str, Any]:
    fill = [{"test": "datum.timed", "value": ask.theme.fact}, {"value": ask.theme.ground}]
    channels = {
        "x": {"field": "x"},
        "yc": {"field": "y"},
        "width": {"value": 11},
        "height": {"value": 11},
        "fill": fill,
    }
    return {
        "type": "rect",
        "from": {"data": "missions"},
        "encode": {"enter": {**channels, "stroke": {"value": ask.theme.fact}, "strokeWidth": {"value": 1.4}}},
    }


def _lines(ask: Asking) -> list[dict[str, Any]]:
    ink, y = ask.theme.ink, {"field": "y"}
    kinds = draw.texts("kinds", ink, x={"value": LABEL - 12}, y=y, text={"field": "kind"}, align={"value": "right"})
    return [kinds, draw.texts("kinds", ink, x={"field": "at"}, y=y, text={"field": "said"})]


def _legend(ask: Asking, signs: Sequence[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    hue, box = ask.theme.fact, {"x": 6, "y": -5.5, "width": 11, "height": 11, "strokeWidth": 1.4}
    items: list[tuple[Any, str]] = []
    if any(sign["timed"] for sign in signs):
        items.append((draw.mark("rect", **box, fill=hue, stroke=hue), ask.words("missions.timed")))
    if not all(sign["timed"] for sign in signs):
        items.append((draw.mark("rect", **box, fill=ask.theme.ground, stroke=hue), ask.words("missions.untimed")))
    return items
