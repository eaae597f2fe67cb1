"""The network of states and the bodies that they belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kzturk_graph.plots import draw
from kzturk_graph.plots.asking import Asking, slug, table
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.plots.theme import Theme
from kzturk_graph.results import Result, Row

ROW, LEFT, RIGHT = 34, 140, 450
FULL = ("full-member", "founding-member")
STYLES = ("full", "other", "denied")
CROSS = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"


def memberships(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """A line for each membership: whole for full members, dashed for other roles, crossed where it is denied."""
    words, colours = ask.words, ask.theme
    found = ask.rows("memberships", given)
    title, caption, remarks = words("memberships.title"), words("memberships.caption"), (words("memberships.note"),)
    top = draw.head(title, caption, colours)
    states = _spread(_named(found, "member"), len(_named(found, "body")))
    bodies = _spread(_ordered(found, states), 0)
    height = ROW * max(len(states), len(bodies), 1)
    edges = _edges(found, states, bodies)
    data = [
        {"name": "memberships", "values": edges},
        {"name": "states", "values": [{"name": name, "y": y} for name, y in states.items()]},
        {"name": "bodies", "values": [_body(ask, found, name, y) for name, y in bodies.items()]},
    ]
    inside = draw.group(0, top.bottom, draw.INNER, height, [*_lines(colours), *_nodes(colours)])
    key = draw.legend(_legend(ask, edges), top.bottom + height, colours)
    foot = draw.notes(remarks, key.bottom, colours)
    scales = [
        {"name": "hue", "type": "ordinal", "domain": list(STYLES), "range": [colours.fact, colours.third, colours.aim]}
    ]
    everything = [*top.marks, inside, *key.marks, *foot.marks]
    spec = draw.spec(title, foot.bottom, colours, data=data, scales=scales, marks=everything)
    return Drawn(title, caption, found.columns, table(found), spec, remarks)


def _named(found: Result, column: str) -> list[str]:
    return list(dict.fromkeys(str(row[column]) for row in found))


def _spread(names: Sequence[str], over: int) -> dict[str, float]:
    """Names with their heights, evenly over the height of ``over`` rows where that is more."""
    step = ROW * max(len(names), over) / max(len(names), 1)
    return {name: step * (place + 0.5) for place, name in enumerate(names)}


def _ordered(found: Result, states: Mapping[str, float]) -> list[str]:
    """Bodies by the mean height of their states, so that few lines cross."""
    heights = {
        body: [states[str(row["member"])] for row in found if str(row["body"]) == body]
        for body in _named(found, "body")
    }
    return sorted(heights, key=lambda body: (sum(heights[body]) / len(heights[body]), body))


def _style(row: Row) -> str:
    if slug(row["modality"]) == "denied":
        return "denied"
    return "full" if slug(row["role"]) in FULL else "other"


def _edges(found: Result, states: Mapping[str, float], bodies: Mapping[str, float]) -> list[dict[str, Any]]:
    """Each membership once, however many passages state it; what two states of mind join runs side by side."""
    edges: dict[tuple[str, str, str, str], dict[str, Any]] = {}
    for row in found:
        state, body, style = str(row["member"]), str(row["body"]), _style(row)
        beside = {"full": 0, "other": -5, "denied": 7}[style]
        y, to = states[state] + beside, bodies[body] + beside
        middle = (LEFT + RIGHT) / 2
        path = f"M{LEFT + 8},{y:.1f}C{middle},{y:.1f} {middle},{to:.1f} {RIGHT - 8},{to:.1f}"
        values = {"member": state, "body": body, "role": str(row["role"] or ""), "style": style, "path": path}
        edges.setdefault((state, body, values["role"], style), {**values, "x": middle, "y": (y + to) / 2})
    return list(edges.values())


def _body(ask: Asking, found: Result, name: str, y: float) -> dict[str, Any]:
    """A body with its footnotes, and the roles in it that aren't full membership."""
    rows = [row for row in found if str(row["body"]) == name]
    roles = [f"{row['member']}: {row['role']}" for row in rows if row["role"] is not None and _style(row) == "other"]
    mark = ask.mark(*(row["passage"] for row in rows))
    room = draw.INNER - RIGHT - 14
    said = draw.clipped(name, room - draw.width_of(mark, 11), 11)
    return {"name": f"{said} {mark}", "roles": draw.clipped("; ".join(dict.fromkeys(roles)), room, 10), "y": y}


def _lines(colours: Theme) -> list[dict[str, Any]]:
    hue = {"scale": "hue", "field": "style"}
    dash = [
        {"test": "datum.style === 'other'", "value": [6, 3]},
        {"test": "datum.style === 'denied'", "value": [1.5, 3]},
        {"value": [1, 0]},
    ]
    lines = {"path": {"field": "path"}, "stroke": hue, "strokeWidth": {"value": 1.8}, "strokeDash": dash}
    crosses = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "shape": {"value": CROSS},
        "size": [{"test": "datum.style === 'denied'", "value": 70}, {"value": 0}],
        "stroke": hue,
        "strokeWidth": {"value": 2.2},
    }
    return [
        {"type": "path", "from": {"data": "memberships"}, "encode": {"enter": lines}},
        {"type": "symbol", "from": {"data": "memberships"}, "encode": {"enter": crosses}},
    ]


def _nodes(colours: Theme) -> list[dict[str, Any]]:
    y = {"field": "y"}
    dots = [
        {
            "type": "symbol",
            "from": {"data": data},
            "encode": {
                "enter": {"x": {"value": x}, "y": y, "size": {"value": 90}, "fill": {"value": colours.ink}},
            },
        }
        for data, x in (("states", LEFT), ("bodies", RIGHT))
    ]
    right, name, beside = {"value": "right"}, {"field": "name"}, {"value": RIGHT + 14}
    above = {"signal": "datum.y - (datum.roles ? 7 : 0)"}
    return [
        *dots,
        draw.texts("states", colours.ink, size=12, x={"value": LEFT - 14}, y=y, text=name, align=right),
        draw.texts("bodies", colours.ink, x=beside, y=above, text=name),
        draw.texts("bodies", colours.soft, size=10, x=beside, y={"signal": "datum.y + 7"}, text={"field": "roles"}),
    ]  # fmt: skip


def _legend(ask: Asking, edges: Sequence[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    colours, used = ask.theme, {edge["style"] for edge in edges}
    line = {"x": 0, "x2": 22, "y": 0, "strokeWidth": 1.8}
    samples = {
        "full": draw.mark("rule", **line, stroke=colours.fact),
        "other": draw.mark("rule", **line, stroke=colours.third, strokeDash=[6, 3]),
        "denied": [
            draw.mark("rule", **line, stroke=colours.aim, strokeDash=[1.5, 3]),
            draw.mark("symbol", x=11, y=0, shape=CROSS, size=70, stroke=colours.aim, strokeWidth=2.2),
        ],
    }  # fmt: skip
    return [(sample, ask.words(f"memberships.{style}")) for style, sample in samples.items() if style in used]
