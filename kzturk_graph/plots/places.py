"""The map: the outlines of the two countries, and what stands or took place in their cities."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.plots import draw
from kzturk_graph.plots.asking import Asking, slug, table
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.plots.theme import Theme
from kzturk_graph.results import Result, Row

SOUTH, NORTH, MIDDLE = math.radians(37), math.radians(51), 55.0
"""The standard parallels and the middle meridian of the projection."""
SIZE, EDGE = 11, 30
"""The size of names, and the room at the edges."""


Points = Mapping[str, tuple[float, float]]
"""Slug of a place → degrees north and east."""


class Spot(NamedTuple):
    """A place on the map: where it is drawn, and the rows of what is there."""

    name: str
    x: float
    y: float
    rows: Sequence[Row]

    @property
    def things(self) -> dict[str, str]:
        """What is there, by its label: ``mission`` or ``event``."""
        return {str(row["thing"]): "mission" if slug(row["class"]) == "Mission" else "event" for row in self.rows}


def places(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """Cities with the number of missions and of events there; what has no coordinates is named below."""
    words, colours = ask.words, ask.theme
    found = ask.rows("places", given)
    shapes, points = outlines(), coordinates(ask.store)
    project, height = _fitted([*_corners(shapes), *_cities(found, points)])
    spots, absent = _spots(found, points, project)
    title, caption = words("map.title"), words("map.caption")
    remarks = [words("map.borders" if shapes else "map.no-outlines"), words("map.coordinates")]
    labels = _labels(ask, spots, height)
    if absent:
        told = (f"{name} {ask.mark(*(row['passage'] for row in rows))}" for name, rows in absent.items())
        remarks.append(words("map.absent", places=", ".join(told)))
    top = draw.head(title, caption, colours)
    lands = [{"country": name, "path": _path(shape, project)} for name, shape in sorted(shapes.items())]
    circles = [circle for spot in spots for circle in _circles(spot)]
    data = [
        {"name": "countries", "values": lands},
        {"name": "places", "values": circles},
        {"name": "names", "values": labels},
    ]
    inside = draw.group(0, top.bottom, draw.INNER, height, _marks(colours))
    key = draw.legend(_legend(ask, circles), top.bottom + height, colours)
    foot = draw.notes(remarks, key.bottom, colours)
    everything = [*top.marks, inside, *key.marks, *foot.marks]
    spec = draw.spec(title, foot.bottom, colours, data=data, scales=[], marks=everything)
    return Drawn(title, caption, found.columns, table(found), spec, tuple(remarks))


def coordinates(store: ox.Store) -> dict[str, tuple[float, float]]:
    """Slug of a place → degrees north and east, of those that the graph knows where to put."""
    query = "SELECT ?place ?north ?east { ?place schema:latitude ?north ; schema:longitude ?east }"
    found = store.query(query, prefixes=terms.PREFIXES)
    assert isinstance(found, ox.QuerySolutions)
    return {terms.local(row["place"].value): (float(row["north"].value), float(row["east"].value)) for row in found}


def outlines() -> dict[str, Any]:
    """The countries' outlines as GeoJSON geometries by slug, from Natural Earth; none where the build has none."""
    path = Path(resources.built("outlines.json"))
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def albers(east: float, north: float) -> tuple[float, float]:
    """Albers' equal-area conic projection on a sphere: areas are as they are, and both countries stand upright enough.

    Formulas 14-1 to 14-6 in Snyder, Map Projections: A Working Manual (https://doi.org/10.3133/pp1395).
    """
    cone = (math.sin(SOUTH) + math.sin(NORTH)) / 2
    c = math.cos(SOUTH) ** 2 + 2 * cone * math.sin(SOUTH)
    radius = math.sqrt(c - 2 * cone * math.sin(math.radians(north))) / cone
    angle = cone * math.radians(east - MIDDLE)
    return radius * math.sin(angle), radius * math.cos(angle)


class _Fitted(NamedTuple):
    scale: float
    left: float
    top: float

    def __call__(self, east: float, north: float) -> tuple[float, float]:
        x, y = albers(east, north)
        return round(self.left + x * self.scale, 1), round(self.top + y * self.scale, 1)


def _fitted(points: Sequence[tuple[float, float]]) -> tuple[_Fitted, float]:
    """The projection, scaled and moved so that the points fill the picture's width, and the height that they need."""
    flat = [albers(*point) for point in points]
    xs, ys = [x for x, _ in flat], [y for _, y in flat]
    scale = (draw.INNER - 2 * EDGE) / (max(xs) - min(xs))
    height = math.ceil(scale * (max(ys) - min(ys))) + EDGE + 10
    return _Fitted(scale, EDGE - scale * min(xs), 10 - scale * min(ys)), height


def _rings(shape: Mapping[str, Any]) -> list[list[list[float]]]:
    parts = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [ring for part in parts for ring in part]


def _corners(shapes: Mapping[str, Any]) -> list[tuple[float, float]]:
    return [(east, north) for shape in shapes.values() for ring in _rings(shape) for east, north in ring]


def _path(shape: Mapping[str, Any], project: _Fitted) -> str:
    """An outline as an SVG path."""
    rings = [[project(east, north) for east, north in ring] for ring in _rings(shape)]
    return "".join("M" + "L".join(f"{x},{y}" for x, y in ring) + "Z" for ring in rings)


def _cities(found: Result, points: Points) -> list[tuple[float, float]]:
    """Where the places of an answer lie, east first, as outlines have it."""
    named = sorted({slug(row["location"]) for row in found} & points.keys())
    return [(points[name][1], points[name][0]) for name in named]


def _spots(found: Result, points: Points, project: _Fitted) -> tuple[list[Spot], dict[str, list[Row]]]:
    """The places that have coordinates, and the rows of those that don't, by name."""
    by: dict[str, list[Row]] = {}
    for row in found:
        by.setdefault(slug(row["location"]), []).append(row)
    spots: list[Spot] = []
    absent: dict[str, list[Row]] = {}
    for name, rows in by.items():
        if name in points:
            north, east = points[name]
            spots.append(Spot(str(rows[0]["location"]), *project(east, north), rows))
        else:
            absent[str(rows[0]["location"])] = rows
    return spots, absent


def _circles(spot: Spot) -> list[dict[str, Any]]:
    """A square for missions and a circle for events, side by side where a place has both, as large as their number."""
    counts = {kind: list(spot.things.values()).count(kind) for kind in ("mission", "event")}
    present = [kind for kind, count in counts.items() if count]
    shift = {kind: (place - (len(present) - 1) / 2) * 13 for place, kind in enumerate(present)}
    return [
        {
            "place": spot.name,
            "kind": kind,
            "count": counts[kind],
            "x": spot.x + shift[kind],
            "y": spot.y,
            "size": 60 + 45 * counts[kind],
        }
        for kind in present
    ]


def _labels(ask: Asking, spots: Sequence[Spot], height: float) -> list[dict[str, Any]]:
    """A label for each place, on the first side where it meets no sign and no other label."""
    taken = [(s.x - 14, s.y - 8, s.x + 14, s.y + 8) for s in spots]
    labels = []
    for spot in sorted(spots, key=lambda each: (each.y, each.x)):
        things = list(spot.things.values())
        counts = {ask.words(f"map.{kind}s"): things.count(kind) for kind in ("mission", "event")}
        said = [ask.words("map.count", kind=kind, count=count) for kind, count in counts.items() if count > 1]
        lines = [spot.name, " ".join([*said, ask.mark(*(row["passage"] for row in spot.rows))])]
        width = max(draw.width_of(lines[0], SIZE), draw.width_of(lines[1], 9))
        sides = {
            "right": (spot.x + 16, spot.y - 12), "left": (spot.x - 16 - width, spot.y - 12),
            "below": (spot.x - width / 2, spot.y + 10), "above": (spot.x - width / 2, spot.y - 36),
            "low right": (spot.x + 10, spot.y + 5), "high right": (spot.x + 10, spot.y - 31),
            "low left": (spot.x - 10 - width, spot.y + 5), "high left": (spot.x - 10 - width, spot.y - 31),
        }  # fmt: skip
        boxes = [(x, y, x + width, y + 26) for x, y in sides.values()]
        best = min(
            boxes,
            key=lambda box: (sum(_overlap(box, other) for other in taken) + _outside(box, height), boxes.index(box)),
        )
        taken.append(best)
        labels.append({"place": lines[0], "said": lines[1], "x": round(best[0], 1), "y": round(best[1], 1)})
    return labels


_Box = tuple[float, float, float, float]


def _overlap(one: _Box, other: _Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across * down if across > 0 and down > 0 else 0


def _outside(box: _Box, height: float) -> float:
    beyond = max(0.0, -box[0]) + max(0.0, box[2] - draw.INNER) + max(0.0, -box[1]) + max(0.0, box[3] - height)
    return 100 * beyond


def _marks(colours: Theme) -> list[dict[str, Any]]:
    land = {
        "path": {"field": "path"},
        "fill": {"value": colours.land},
        "stroke": {"value": colours.line},
        "strokeWidth": {"value": 0.8},
    }
    sign = {
        "x": {"field": "x"},
        "y": {"field": "y"},
        "size": {"field": "size"},
        "shape": [{"test": "datum.kind === 'mission'", "value": "square"}, {"value": "circle"}],
        "fill": [{"test": "datum.kind === 'mission'", "value": colours.fact}, {"value": colours.aim}],
        "stroke": {"value": colours.ground},
    }
    x = {"field": "x"}
    return [
        {"type": "path", "from": {"data": "countries"}, "encode": {"enter": land}},
        {"type": "symbol", "from": {"data": "places"}, "encode": {"enter": sign}},
        draw.texts("names", colours.ink, size=SIZE, x=x, y={"signal": "datum.y + 8"}, text={"field": "place"}),
        draw.texts("names", colours.soft, size=9, x=x, y={"signal": "datum.y + 20"}, text={"field": "said"}),
    ]


def _legend(ask: Asking, circles: Sequence[Mapping[str, Any]]) -> list[tuple[Any, str]]:
    colours, used = ask.theme, {circle["kind"] for circle in circles}
    samples = {
        "mission": draw.mark("symbol", x=11, y=0, shape="square", size=100, fill=colours.fact),
        "event": draw.mark("symbol", x=11, y=0, shape="circle", size=100, fill=colours.aim),
    }
    return [(sample, ask.words(f"map.legend-{kind}")) for kind, sample in samples.items() if kind in used]
