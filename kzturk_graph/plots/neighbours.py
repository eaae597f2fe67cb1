"""The network around one thing: what it is linked with, by link and direction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from kzturk_graph.graph import lookup
from kzturk_graph.plots import draw
from kzturk_graph.plots.asking import Asking, slug, table
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.plots.theme import Theme
from kzturk_graph.results import Entity, Result, Row

ROW, SPACE = 17, 10
SHOWN, FEWEST, TALLEST = 9, 3, 70
"""How many things a link shows; fewer, down to the second number, where a side would have more lines than the third."""
CENTRE, BOX = draw.INNER / 2, 150
SIDES = {"left": CENTRE - 112, "right": CENTRE + 112}
ROOM = SIDES["left"] - 16


class Branch(NamedTuple):
    """A link in one direction, with the things at its other end and the rows that state each."""

    direction: str
    link: Entity
    things: Mapping[Entity, Sequence[Row]]


def neighbours(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """What a thing is linked with; of a link to many, the first ones and how many more."""
    words, colours = ask.words, ask.theme
    found = ask.rows("neighbours", given)
    named = lookup.label(ask.store, lookup.find(ask.store, str(given["entity"])), ask.language)
    title = words("neighbours.title", thing=named)
    caption = words("neighbours.caption") if found.rows else words("neighbours.empty")
    top = draw.head(title, caption, colours)
    sides, shown = _arranged(_branches(found))
    height = max([*(_total(side, shown) for side in sides.values()), 60])
    links: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    for name, side in sides.items():
        y = (height - _total(side, shown)) / 2
        for branch in side:
            links.append(_link(branch, name, y, height / 2, shown))
            items += _items(ask, branch, name, y, shown)
            y += _height(branch, shown)
    data = [{"name": "links", "values": links}, {"name": "neighbours", "values": items}]
    inside = [*_marks(colours), *_centre(named, height / 2, colours)]
    key = draw.legend(_legend(ask, items), top.bottom + height + 4, colours)
    remarks = (words("neighbours.more"),) if any("more" in item["form"] for item in items) else ()
    foot = draw.notes(remarks, key.bottom, colours)
    drawn = [*top.marks, draw.group(0, top.bottom, draw.INNER, height, inside), *key.marks, *foot.marks]
    spec = draw.spec(title, foot.bottom, colours, data=data, scales=[], marks=drawn)
    return Drawn(title, caption, found.columns, table(found), spec, remarks)


def _branches(found: Result) -> list[Branch]:
    by: dict[tuple[str, Entity], dict[Entity, list[Row]]] = {}
    for row in found:
        link, other = row["property"], row["neighbour"]
        assert isinstance(link, Entity)
        assert isinstance(other, Entity)  # the query gives IRIs in both columns
        by.setdefault((str(row["direction"]), link), {}).setdefault(other, []).append(row)
    return [Branch(direction, link, things) for (direction, link), things in by.items()]


def _arranged(branches: Sequence[Branch]) -> tuple[dict[str, list[Branch]], int]:
    """What refers to the thing on the left, what it refers to on the right; shared out anew where one side would be far
    longer. And how many things each link shows."""
    incoming = [each for each in branches if each.direction == "in"]
    outgoing = [each for each in branches if each.direction == "out"]
    sides = {"left": incoming, "right": outgoing}
    heights = sorted(_total(side, SHOWN) for side in sides.values())
    if heights[1] > max(2 * heights[0], 30 * ROW):
        every, left = [*incoming, *outgoing], list[Branch]()
        while _total(left, SHOWN) < _total(every, SHOWN) / 2:
            left.append(every[len(left)])
        sides = {"left": left, "right": every[len(left) :]}
    fitting = (n for n in range(SHOWN, FEWEST, -1) if max(_total(side, n) for side in sides.values()) <= TALLEST * ROW)
    return sides, next(fitting, FEWEST)


def _total(side: Sequence[Branch], shown: int) -> float:
    return sum(_height(each, shown) for each in side)


def _height(branch: Branch, shown: int) -> float:
    return ROW * (1 + min(len(branch.things), shown + 1)) + SPACE


def _link(branch: Branch, side: str, y: float, middle: float, shown: int) -> dict[str, Any]:
    """The curve from the centre to a branch's bracket, and the bracket along its items; an arrow says who refers to
    whom."""
    out = 1 if side == "right" else -1
    x, start = SIDES[side], CENTRE + out * BOX / 2
    at, bottom = y + ROW / 2, y + _height(branch, shown) - SPACE
    bend = (start + x) / 2
    curve = f"M{start},{middle:.1f}C{bend},{middle:.1f} {bend},{at:.1f} {x},{at:.1f}"
    bracket = f"M{x + out * 6},{y + ROW:.1f}V{bottom:.1f}"
    named = draw.clipped(branch.link.label, ROOM - 20, 11)
    inward = branch.direction == "in"
    return {
        "property": branch.link.label,
        "direction": branch.direction,
        "said": (f"← {named}" if inward else f"→ {named}") if side == "right" else f"{named} {'→' if inward else '←'}",
        "path": curve + bracket,
        "x": x + out * 6,
        "y": at,
        "align": "left" if side == "right" else "right",
    }


def _items(ask: Asking, branch: Branch, side: str, y: float, most: int) -> list[dict[str, Any]]:
    out = 1 if side == "right" else -1
    place = {"x": SIDES[side] + out * 6, "shift": out * 10, "align": "left" if side == "right" else "right"}
    items = []
    shown = list(branch.things.items())
    shown = shown if len(shown) <= most + 1 else shown[:most]
    for number, (other, rows) in enumerate(shown, 1):
        mark = ask.mark(*(row["passage"] for row in rows))
        said = draw.clipped(other.label, ROOM - 16 - draw.width_of(mark, 10.5), 10.5)
        stated = any(slug(row["modality"]) in ("fact", "under-way") for row in rows)
        denied = all(slug(row["modality"]) == "denied" for row in rows)
        form = "fact" if stated else "denied" if denied else "planned"
        at = y + ROW * number + ROW / 2
        items.append(
            {
                **place,
                "property": branch.link.label,
                "thing": other.label,
                "said": f"{said} {mark}",
                "form": form,
                "y": at,
            }
        )
    rest = len(branch.things) - len(shown)
    if rest:
        at = y + ROW * (len(shown) + 1) + ROW / 2
        said = ask.words("neighbours.rest", count=rest)
        items.append({**place, "property": branch.link.label, "thing": "", "said": said, "form": "more", "y": at})
    return items


def _marks(colours: Theme) -> list[dict[str, Any]]:
    path = {"path": {"field": "path"}, "stroke": {"value": colours.line}, "strokeWidth": {"value": 1.2}}
    dot = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "size": [{"test": "datum.form === 'more'", "value": 0}, {"value": 34}],
        "fill": [{"test": "datum.form === 'fact'", "value": colours.fact}, {"value": colours.ground}],
        "stroke": [{"test": "datum.form === 'fact'", "value": colours.fact}, {"value": colours.aim}],
        "strokeDash": [{"test": "datum.form === 'denied'", "value": [1.5, 1.5]}, {"value": [1, 0]}],
        "strokeWidth": {"value": 1.4},
    }
    at: dict[str, Any] = {"y": {"field": "y"}, "text": {"field": "said"}, "align": {"field": "align"}}
    return [
        {"type": "path", "from": {"data": "links"}, "encode": {"enter": path}},
        {"type": "symbol", "from": {"data": "neighbours"}, "encode": {"enter": dot}},
        draw.texts("links", colours.soft, x={"field": "x"}, fontStyle={"value": "italic"}, **at),
        draw.texts("neighbours", colours.ink, size=10.5, x={"signal": "datum.x + datum.shift"}, **at),
    ]


def _centre(named: str, middle: float, colours: Theme) -> list[dict[str, Any]]:
    lines = draw.lines_of(named, BOX - 16, 12)
    height = 16 * len(lines) + 12
    box = draw.mark(
        "rect",
        x=CENTRE - BOX / 2,
        y=middle - height / 2,
        width=BOX,
        height=height,
        fill=colours.faint,
        stroke=colours.line,
    )
    first = middle - 8 * (len(lines) - 1)
    said = [
        draw.text(
            line, CENTRE, first + 16 * place, colours.ink, size=12, fontWeight="bold", align="center", baseline="middle"
        )
        for place, line in enumerate(lines)
    ]
    return [box, *said]


def _legend(ask: Asking, items: Sequence[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    colours, used = ask.theme, {item["form"] for item in items}
    dot = {"x": 11, "y": 0, "size": 34, "strokeWidth": 1.4}
    samples = {
        "fact": draw.mark("symbol", **dot, fill=colours.fact, stroke=colours.fact),
        "planned": draw.mark("symbol", **dot, fill=colours.ground, stroke=colours.aim),
        "denied": draw.mark("symbol", **dot, fill=colours.ground, stroke=colours.aim, strokeDash=[1.5, 1.5]),
    }
    return [(sample, ask.words(f"neighbours.{form}")) for form, sample in samples.items() if form in used]
