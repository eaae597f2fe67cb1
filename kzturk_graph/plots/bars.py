"""Figures as bars, a line for each report: what it says, how exactly, how it is held, and who says it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from kzturk_graph.plots import draw
from kzturk_graph.plots.asking import Asking
from kzturk_graph.plots.model import Spec
from kzturk_graph.plots.theme import Theme

ROW, HEAD, AXIS, BAR = 20, 24, 18, 11
BARS, SAID, SOURCE = 310, 152, 210
"""The longest bar, at most; the room for its figure, right of its end; the least room for its source."""


class Bar(NamedTuple):
    """One report: its label (empty where it repeats the one above), value and how that is written, its source, how it
    is held (a modality's slug), the qualifier's slug, and whether its time is only a part of a year."""

    label: str
    value: Decimal
    said: str
    source: str
    held: str = "fact"
    qualifier: str = ""
    partial: bool = False


class Gap(NamedTuple):
    """A line without a figure, that says why."""

    said: str


class Section(NamedTuple):
    """Lines under a heading, with a scale of their own: values of two sections aren't compared."""

    title: str
    lines: Sequence[Bar | Gap]


AIMS = ("target", "planned", "considered", "conditional")
_SHAPES = {"over": "triangle-right", "at-least": "triangle-right", "almost": "triangle-left", "up-to": "triangle-left"}
_SHAPES |= {"about": "diamond"}


def bars(
    ask: Asking, title: str, caption: str, sections: Sequence[Section], remarks: Sequence[str], label: float
) -> Spec:
    """The specification; ``label`` is the width of the column of labels in pixels."""
    top = draw.head(title, caption, ask.theme)
    longest = min(BARS, draw.INNER - label - SAID - SOURCE)
    marks, data, scales, y = top.marks, [], [], top.bottom
    for number, section in enumerate(sections):
        name = f"reports{number}"
        rows, gaps, height = _placed(section, label - 10, draw.INNER - label - longest - SAID)
        data.append({"name": name, "values": rows})
        largest = max((row["value"] for row in rows), default=1)
        scales.append({"name": name, "type": "linear", "domain": [0, largest], "range": [0, longest]})
        if section.title:
            marks.append(
                draw.text(section.title, 0, y + 8, ask.theme.ink, size=12, fontWeight="bold", baseline="middle")
            )
            y += HEAD
        marks += _section(ask, name, gaps, (label, longest, largest), y, height)
        y += AXIS + height + 10
    key = draw.legend(_legend(ask, sections), y, ask.theme)
    foot = draw.notes(remarks, key.bottom, ask.theme)
    return draw.spec(title, foot.bottom, ask.theme, data=data, scales=scales, marks=[*marks, *key.marks, *foot.marks])


def _placed(section: Section, label: float, room: float) -> tuple[list[dict[str, Any]], list[tuple[float, str]], float]:
    """The rows of data with their places, the gaps with theirs, and the height; a new label stands a little off."""
    rows: list[dict[str, Any]] = []
    gaps: list[tuple[float, str]] = []
    y = 0.0
    for place, line in enumerate(section.lines):
        if isinstance(line, Gap):
            gaps.append((y + 8, line.said))
            y += 16
            continue
        y += 5 if line.label and place else 0
        row = {**line._asdict(), "value": float(line.value), "y": y + ROW / 2}
        row["label"], row["source"] = draw.clipped(line.label, label, 11), draw.clipped(line.source, room, 10)
        row["value"] = int(row["value"]) if row["value"].is_integer() else row["value"]
        rows.append(row)
        y += ROW
    return rows, gaps, y


def _section(
    ask: Asking, name: str, gaps: list[tuple[float, str]], widths: tuple[float, float, float], y: float, height: float
) -> list[Any]:
    colours, scale = ask.theme, {"scale": name, "field": "value"}
    label, longest, largest = widths
    axes = [{"orient": "top", "scale": name, "grid": True, "values": ticks(largest), "encode": _axis_labels(ask)}]
    drawn = [
        _rect(name, scale, colours),
        _ends(name, scale, colours),
        draw.texts(name, colours.ink, x={**scale, "offset": 9}, y={"field": "y"}, text={"field": "said"}),
    ]
    labels = draw.texts(
        name, colours.ink, x={"value": label - 10}, y={"field": "y"}, text={"field": "label"}, align={"value": "right"}
    )
    beside = {"value": label + longest + SAID}
    sources = draw.texts(name, colours.soft, size=10, x=beside, y={"field": "y"}, text={"field": "source"})
    told = [
        draw.text(words, label, at, colours.soft, size=10, baseline="middle", fontStyle="italic") for at, words in gaps
    ]
    return [
        draw.group(label, y + AXIS, longest, height, drawn, axes=axes),
        draw.group(0, y + AXIS, draw.INNER, height, [labels, sources, *told]),
    ]


def ticks(largest: float) -> list[float]:
    """Round numbers from 0 up to ``largest``, at most five.

    >>> ticks(681)
    [0, 200, 400, 600]
    """
    step = 1.0
    while largest / step >= 10:
        step *= 10
    step = next(size for size in (step / 2, step, step * 2, step * 2.5, step * 5) if largest / size <= 4)
    return [int(value) if value.is_integer() else value for value in (step * n for n in range(int(largest / step) + 1))]


def _axis_labels(ask: Asking) -> dict[str, Any]:
    """Ticks as whole amounts in the language's words."""
    words = ask.words
    decimal, thousands = _quoted(words("number.decimal")), _quoted(words("number.thousands"))
    cases = [
        f"datum.value >= {size} ? replace({_quoted(words(name, number='#'))}, '#', "
        f"replace(format(datum.value / {size}, '~f'), '.', {decimal}))"
        for size, name in ((1e9, "number.billion"), (1e6, "number.million"))
    ]
    cases.append(f"replace(format(datum.value, ',~f'), /,/g, {thousands})")
    return {"labels": {"update": {"text": {"signal": " : ".join(cases)}}}}


def _quoted(words: str) -> str:
    """A text in Vega's expression language."""
    return json.dumps(words, ensure_ascii=False)


def _rect(name: str, scale: dict[str, Any], colours: Theme) -> dict[str, Any]:
    aims = f"indexof({list(AIMS)}, datum.held) >= 0"
    return {
        "type": "rect",
        "from": {"data": name},
        "encode": {
            "enter": {
                "x": {"value": 0},
                "x2": scale,
                "yc": {"field": "y"},
                "height": {"value": BAR},
                "fill": [
                    {"test": f"datum.held === 'forecast' || {aims}", "value": "transparent"},
                    {"value": colours.fact},
                ],
                "fillOpacity": [{"test": "datum.partial", "value": 0.3}, {"value": 1}],
                "stroke": [{"test": aims, "value": colours.aim}, {"value": colours.fact}],
                "strokeDash": [
                    {"test": "datum.held === 'forecast'", "value": [4, 2]},
                    {"test": f"datum.held !== 'target' && {aims}", "value": [1.5, 2]},
                    {"value": [1, 0]},
                ],
            }
        },
    }


def _ends(name: str, scale: dict[str, Any], colours: Theme) -> dict[str, Any]:
    """What stands at a bar's end where the figure isn't meant exactly."""
    shapes = [{"test": f"datum.qualifier === '{slug}'", "value": shape} for slug, shape in _SHAPES.items()]
    return {
        "type": "symbol",
        "from": {"data": name},
        "encode": {
            "enter": {
                "x": scale,
                "y": {"field": "y"},
                "shape": [*shapes, {"value": "circle"}],
                "size": [
                    {"test": f"indexof({list(_SHAPES)}, datum.qualifier) >= 0", "value": 75},
                    {"value": 0},
                ],
                "fill": {"value": colours.ground},
                "stroke": {"value": colours.ink},
                "strokeWidth": {"value": 1.2},
            }
        },
    }


def _legend(ask: Asking, sections: Sequence[Section]) -> list[tuple[Any, str]]:
    """What is used in the picture, and nothing else."""
    used = [line for section in sections for line in section.lines if isinstance(line, Bar)]
    colours, words = ask.theme, ask.words
    box = {"x": 0, "y": -5, "width": 20, "height": 10}
    kinds = {
        "fact": draw.mark("rect", **box, fill=colours.fact),
        "partial": draw.mark("rect", **box, fill=colours.fact, fillOpacity=0.3, stroke=colours.fact),
        "forecast": draw.mark("rect", **box, stroke=colours.fact, strokeDash=[4, 2]),
        "target": draw.mark("rect", **box, stroke=colours.aim),
        "planned": draw.mark("rect", **box, stroke=colours.aim, strokeDash=[1.5, 2]),
    }
    present = {_kind(each) for each in used}
    items: list[tuple[Any, str]] = [
        (sample, words(f"held.{kind}")) for kind, sample in kinds.items() if kind in present
    ]
    for shape in ("triangle-right", "triangle-left", "diamond"):
        if any(_SHAPES.get(each.qualifier) == shape for each in used):
            sample = draw.mark("symbol", x=10, y=0, shape=shape, size=75, stroke=colours.ink, fill=colours.ground)
            items.append((sample, words(f"end.{shape}")))
    return items


def _kind(bar: Bar) -> str:
    if bar.held in AIMS:
        return "target" if bar.held == "target" else "planned"
    return "forecast" if bar.held == "forecast" else "partial" if bar.partial else "fact"
