"""How a timeline's dates are drawn, and the legend that says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kzturk_graph.plots import draw
from kzturk_graph.plots.asking import Asking
from kzturk_graph.plots.theme import Theme

KINDS = (
    ("relation", ("Relation", "Recognition", "Mission")),
    ("treaty", ("Treaty",)),
    ("council", ("Session", "Council")),
    ("visit", ("Visit",)),
    ("event", ()),
)
"""Kinds that have a colour of their own, with their classes; the last is for all others."""


def shapes(colours: Theme) -> list[dict[str, Any]]:
    """The marks of ``dates``: a point, a bar for what lasts, a light one for some time in it, dots for an open side;
    hollow where it isn't stated as fact, paler with a broken edge where it is doubted."""
    held = "indexof(['fact', 'under-way'], datum.held) >= 0"
    hue = {"scale": "kind", "field": "kind"}
    middle = {"signal": "scale('time', (datum.start + datum.end) / 2)"}
    # nothing is narrower than four pixels, else a month in a long timeline would vanish
    wider = "max(0, 4 - (scale('time', datum.end) - scale('time', datum.start))) / 2"
    span = {
        "x": {"signal": f"scale('time', datum.start) - {wider}"},
        "x2": {"signal": f"scale('time', datum.end) + {wider}"},
        "yc": {"field": "y"},
        "height": {"value": 9},
    }  # fmt: skip
    within = {
        **span,
        "fill": [{"test": f"!({held}) || datum.form !== 'within'", "value": "transparent"}, hue],
        "fillOpacity": {"value": 0.28},
        "stroke": [{"test": "datum.form !== 'within'", "value": "transparent"}, hue],
        "strokeDash": {"value": [2, 1.5]},
    }
    lasting = {
        **span,
        "fill": [{"test": f"!({held}) || datum.form !== 'lasting'", "value": "transparent"}, hue],
        "stroke": [{"test": "datum.form !== 'lasting'", "value": "transparent"}, hue],
    }
    open_end = {
        "x": {"scale": "time", "field": "start"},
        "x2": {"scale": "time", "field": "end"},
        "y": {"field": "y"},
        "stroke": [{"test": "datum.form !== 'open'", "value": "transparent"}, hue],
        "strokeDash": {"value": [1.5, 2.5]},
        "strokeWidth": {"value": 3},
    }
    point = {
        "x": middle,
        "y": {"field": "y"},
        "size": [{"test": "datum.form === 'point'", "value": 55}, {"value": 0}],
        "fill": [{"test": held, **hue}, {"value": colours.ground}],
        "stroke": hue,
        "strokeWidth": {"value": 1.4},
        "strokeDash": [{"test": "datum.doubt", "value": [2, 1.5]}, {"value": [1, 0]}],
        "fillOpacity": [{"test": f"datum.doubt && {held}", "value": 0.4}, {"value": 1}],
    }
    shapes = (("rect", within), ("rect", lasting), ("rule", open_end), ("symbol", point))
    return [{"type": kind, "from": {"data": "dates"}, "encode": {"enter": channels}} for kind, channels in shapes]


def said(colours: Theme) -> dict[str, Any]:
    """The dates in words, beside their marks."""
    return draw.texts(
        "things",
        colours.soft,
        size=10,
        x={"signal": "scale('time', datum.at) + datum.shift"},
        y={"field": "y"},
        text={"field": "said"},
        align={"field": "align"},
    )


def legend(ask: Asking, kinds: Sequence[str], marks: Sequence[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    """What the colours and forms mean, for those that the timeline has."""
    words, colours = ask.words, ask.theme
    hues = dict(zip([name for name, _ in KINDS], colours.hues, strict=True))
    items: list[tuple[Any, str]] = [
        (draw.mark("symbol", x=11, y=0, size=55, fill=hues[name]), words(f"timeline.{name}")) for name in kinds
    ]
    forms = {mark["form"] for mark in marks}
    held = {mark["held"] in ("fact", "under-way") for mark in marks}
    ink, box = colours.ink, {"x": 0, "y": -4.5, "width": 22, "height": 9}
    if "within" in forms:
        sample = draw.mark("rect", **box, fill=ink, fillOpacity=0.28, stroke=ink, strokeDash=[2, 1.5])
        items.append((sample, words("timeline.within")))
    if "lasting" in forms:
        items.append((draw.mark("rect", **box, fill=ink, stroke=ink), words("timeline.lasting")))
    if "open" in forms:
        sample = draw.mark("rule", x=0, x2=22, y=0, stroke=ink, strokeDash=[1.5, 2.5], strokeWidth=3)
        items.append((sample, words("timeline.open")))
    if False in held:
        sample = draw.mark("symbol", x=11, y=0, size=55, fill=colours.ground, stroke=ink, strokeWidth=1.4)
        items.append((sample, words("timeline.planned")))
    if any(mark["doubt"] for mark in marks):
        doubted = {"fillOpacity": 0.4, "strokeDash": [2, 1.5], "stroke": ink}
        items.append((draw.mark("symbol", x=11, y=0, size=55, fill=ink, **doubted), words("timeline.doubt")))
    return items
