"""Timelines: a lane for each thing, each date as wide as its source leaves it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from kzturk_graph.dates import Edtf
from kzturk_graph.graph import lookup
from kzturk_graph.plots import draw
from kzturk_graph.plots.asking import Asking, slug, table, thing
from kzturk_graph.plots.catalogue import Drawn
from kzturk_graph.plots.model import Spec
from kzturk_graph.plots.timeline_marks import KINDS, legend, said, shapes
from kzturk_graph.results import Entity, Result, Row

LABEL, LANE, ROW, TOP = 388, 356, 19, 18
SHORT = datetime.timedelta(days=12)
"""What lasts no longer is a point at this scale."""


class Lane(NamedTuple):
    """One thing with the rows that date it."""

    thing: Entity
    kind: str
    rows: Sequence[Row]


def relations(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """The dated facts of the relations."""
    found = ask.rows("relations-timeline", given)
    return _drawn(ask, found, ask.words("timeline.title"))


def dates(ask: Asking, given: Mapping[str, Any]) -> Drawn:
    """The dated facts about one thing and about what is linked with it."""
    found = ask.rows("entity-dates", given)
    named = lookup.label(ask.store, lookup.find(ask.store, str(given["entity"])), ask.language)
    return _drawn(ask, found, ask.words("dates.title", thing=named))


def _drawn(ask: Asking, found: Result, title: str) -> Drawn:
    words = ask.words
    lanes = _lanes(ask, found)
    caption = words("timeline.caption") if lanes else words("timeline.empty")
    remarks = (words("timeline.note"),) if lanes else ()
    return Drawn(title, caption, found.columns, table(found), _spec(ask, title, caption, lanes, remarks), remarks)


def _lanes(ask: Asking, found: Result) -> list[Lane]:
    """A lane for each thing, in the order in which the answer first dates them most exactly."""
    by: dict[str, list[Row]] = {}
    for row in found:
        if isinstance(row["date"], Edtf) and thing(row["thing"]) is not None:
            by.setdefault(row["thing"].iri, []).append(row)  # type: ignore[union-attr]
    lanes = [Lane(rows[0]["thing"], _kind(ask, iri), rows) for iri, rows in by.items()]  # type: ignore[arg-type]
    return sorted(lanes, key=lambda lane: (min(_middle(row) for row in lane.rows if _best(row, lane)), lane.thing.iri))


def _best(row: Row, lane: Lane) -> bool:
    return _width(row) == min(_width(each) for each in lane.rows)


def _bounds(row: Row) -> tuple[datetime.date | None, datetime.date | None]:
    value = row["date"]
    assert isinstance(value, Edtf)  # a lane holds nothing else
    return value.earliest, value.latest


def _width(row: Row) -> int:
    first, last = _bounds(row)
    return (last - first).days if first and last else 10**6


def _middle(row: Row) -> float:
    first, last = _bounds(row)
    known = [year(day) for day in (first, last) if day]
    return sum(known) / len(known)


def year(day: datetime.date) -> float:
    """A day as a year with decimals, 2012.5 for its middle: a scale that no time zone moves."""
    start = datetime.date(day.year, 1, 1)
    return round(day.year + (day - start).days / 366, 3)


def _kind(ask: Asking, iri: str) -> str:
    classes = lookup.types(ask.store, ox.NamedNode(iri))
    return next((name for name, of in KINDS if classes & set(of)), KINDS[-1][0])


def _spec(ask: Asking, title: str, caption: str, lanes: Sequence[Lane], remarks: Sequence[str]) -> Spec:
    colours = ask.theme
    top = draw.head(title, caption, colours)
    rows = [row for lane in lanes for row in lane.rows]
    days = [day for row in rows for day in _bounds(row) if day]
    begin = min((day.year for day in days), default=1991)
    end = max((day.year for day in days), default=begin) + 1
    height = ROW * len(lanes)
    marks = [mark for place, lane in enumerate(lanes) for mark in _marked(ask, lane, place, begin)]
    labels = [_label(ask, lane, place, begin, end) for place, lane in enumerate(lanes)]
    kinds = [name for name, _ in KINDS if any(lane.kind == name for lane in lanes)]
    scales = [
        {"name": "time", "type": "linear", "domain": [begin, end], "range": [0, LANE], "zero": False},
        {"name": "kind", "type": "ordinal", "domain": [name for name, _ in KINDS], "range": list(colours.hues)},
    ]
    axes = [{"orient": "top", "scale": "time", "grid": True, "format": "d", "tickCount": 8, "labelOverlap": True}]
    drawn = [*shapes(colours), said(colours)]
    names = draw.texts(
        "things",
        colours.ink,
        x={"value": LABEL - 10},
        y={"field": "y"},
        text={"field": "label"},
        align={"value": "right"},
    )
    passages = draw.texts(
        "things", colours.soft, size=10, x={"value": LABEL + LANE + 12}, y={"field": "y"}, text={"field": "mark"}
    )
    key = draw.legend(legend(ask, kinds, marks), top.bottom + TOP + height + 8, colours)
    foot = draw.notes(remarks, key.bottom, colours)
    inside = [
        draw.group(LABEL, top.bottom + TOP, LANE, height, drawn, axes=axes),
        draw.group(0, top.bottom + TOP, draw.INNER, height, [names, passages]),
    ]
    data = [{"name": "dates", "values": marks}, {"name": "things", "values": labels}]
    everything = [*top.marks, *(inside if lanes else []), *key.marks, *foot.marks]
    return draw.spec(title, foot.bottom, colours, data=data, scales=scales, marks=everything)


def _marked(ask: Asking, lane: Lane, place: int, begin: int) -> Iterator[dict[str, Any]]:
    """What is drawn for a lane: ``point`` (a day or a few), ``lasting``, ``within`` (some time in it) or ``open``."""
    for row in sorted(lane.rows, key=_width, reverse=True):
        value, (first, last) = row["date"], _bounds(row)
        assert isinstance(value, Edtf)
        if first and last:
            lasts = "/" in value.text
            form = "lasting" if lasts else "within"
            form = "point" if last - first <= SHORT and (lasts or first == last) else form
        else:
            form = "open"
        yield {
            "thing": lane.thing.label,
            "date": value.text,
            "what": str(row["what"]),
            "kind": lane.kind,
            "form": form,
            "held": slug(row["modality"]),
            "doubt": slug(row["status"]),
            "start": year(first) if first else begin,
            "end": year(last + datetime.timedelta(days=1)) if last else year(first) if first else begin,
            "passage": str(row["passage"]),
            "y": ROW * place + ROW / 2,
        }


def _label(ask: Asking, lane: Lane, place: int, begin: int, end: int) -> dict[str, Any]:
    """The words of a lane: what it is, when (beside its marks, on the side that has room), and its footnotes."""
    known = sorted(lane.rows, key=lambda row: (_width(row), slug(row["passage"])))
    said = list(dict.fromkeys(ask.words.time(row["date"]) for row in known if isinstance(row["date"], Edtf)))
    starts = [year(day) for row in lane.rows for day in _bounds(row) if day]
    doubt = "?" if any(row["status"] is not None for row in lane.rows) else ""
    right = (max(starts) - begin) / max(end - begin, 1) < 0.6
    return {
        "label": draw.clipped(lane.thing.label, LABEL - 12, 11),
        "said": "; ".join(said[:2]) + doubt,
        "at": max(starts) if right else min(starts),
        "align": "left" if right else "right",
        "shift": 9 if right else -9,
        "mark": ask.mark(*(row["passage"] for row in lane.rows)),
        "y": ROW * place + ROW / 2,
    }
