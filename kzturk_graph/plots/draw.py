"""Parts that all specifications share: the frame with its title, texts that fit, and the legend.

Sizes of texts are reckoned from their letters, not measured: a picture is the same on every machine, whatever
its fonts.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kzturk_graph.plots.model import Spec
from kzturk_graph.plots.theme import FONT, MARGIN, WIDTH, Theme

SCHEMA = "https://vega.github.io/schema/vega/v6.json"
INNER = WIDTH - 2 * MARGIN
_LETTER = 0.57
"""The mean width of a letter, in sizes of the font, rather wide than narrow, for common sans-serif families."""


def width_of(text: str, size: float) -> float:
    """About how wide a text is, in pixels."""
    return len(text) * size * _LETTER


def clipped(text: str, room: float, size: float) -> str:
    """The text, cut with an ellipsis where it is wider than ``room`` pixels."""
    letters = int(room / (size * _LETTER))
    return text if len(text) <= letters else text[: max(letters - 1, 1)].rstrip(" ,;(–-") + "…"


def lines_of(text: str, room: float, size: float) -> list[str]:
    """The text in lines that fit ``room`` pixels."""
    return textwrap.wrap(text, int(room / (size * _LETTER)), break_long_words=False) or [""]


def text(
    content: str | Sequence[str], x: float, y: float, colour: str, *, size: float = 11, **encoding: Any
) -> dict[str, Any]:
    """A text mark; ``encoding`` are further channels of it: ``align``, ``fontWeight``, ``baseline``."""
    channels = {"x": x, "y": y, "text": content, "fill": colour, "font": FONT, "fontSize": size, **encoding}
    if not isinstance(content, str):
        channels["lineHeight"] = round(size * 1.35)
    return {"type": "text", "encode": {"enter": {name: {"value": value} for name, value in channels.items()}}}


def texts(data: str, colour: str, *, size: float = 11, **fields: Any) -> dict[str, Any]:
    """A text mark for each row of ``data``; ``fields`` are channels as Vega has them, ``text`` among them."""
    channels = {"fill": {"value": colour}, "font": {"value": FONT}, "fontSize": {"value": size}}
    channels |= {"baseline": {"value": "middle"}, **fields}
    return {"type": "text", "from": {"data": data}, "encode": {"enter": channels}}


def group(x: float, y: float, width: float, height: float, marks: list[Any], **more: Any) -> dict[str, Any]:
    """Marks (and ``axes``) with an origin of their own."""
    box = {"x": x, "y": y, "width": width, "height": height}
    sizes = [
        {"name": "width", "value": width},
        {"name": "height", "value": height},
    ]  # else grids run over the whole picture
    channels = {name: {"value": value} for name, value in box.items()}
    return {"type": "group", "signals": sizes, "encode": {"enter": channels}, "marks": marks, **more}


class Frame(NamedTuple):
    """The head of a picture: its marks, and where what is below it begins."""

    marks: list[Any]
    bottom: float


def head(title: str, caption: str, colours: Theme) -> Frame:
    """The title and the caption below it."""
    said = lines_of(caption, INNER, 11.5)
    marks = [
        text(title, 0, 0, colours.ink, size=17, fontWeight="bold", baseline="top"),
        text(said, 0, 28, colours.soft, size=11.5, baseline="top"),
    ]
    return Frame(marks, 28 + len(said) * 16 + 12)


def notes(lines: Iterable[str], y: float, colours: Theme) -> Frame:
    """Remarks at the foot."""
    said = [line for each in lines for line in lines_of(each, INNER, 10.5)]
    if not said:
        return Frame([], y)
    return Frame([text(said, 0, y + 8, colours.soft, size=10.5, baseline="top")], y + 8 + len(said) * 14)


def legend(items: Sequence[tuple[Any, str]], y: float, colours: Theme) -> Frame:
    """Samples (marks in a box of 22 by 12 pixels) with what they mean, side by side, in as many lines as needed."""
    marks: list[Any] = []
    x, line = 0.0, y + 12
    for sample, meaning in items:
        room = 28 + width_of(meaning, 10.5) + 12
        if x and x + room > INNER + 18:
            x, line = 0.0, line + 19
        marks += [_moved(each, x, line) for each in (sample if isinstance(sample, list) else [sample])]
        marks.append(text(meaning, x + 28, line, colours.soft, size=10.5, baseline="middle"))
        x += room
    return Frame(marks, line + 12 if items else y)


def _moved(sample: dict[str, Any], x: float, y: float) -> dict[str, Any]:
    """A mark made by ``mark`` around 0, somewhere else; groups of their own would make the picture slow."""
    channels = sample["encode"]["enter"]
    shift = {"x": x, "x2": x, "y": y}
    moved = {
        name: {"value": each["value"] + shift.get(name, 0)} if name in shift else each
        for name, each in channels.items()
    }
    return {**sample, "encode": {"enter": moved}}


def mark(type: str, **channels: Any) -> dict[str, Any]:
    """One mark with fixed channels."""
    return {"type": type, "encode": {"enter": {name: {"value": value} for name, value in channels.items()}}}


def spec(title: str, height: float, colours: Theme, *, marks: list[Any], **parts: Any) -> Spec:
    """A whole specification; ``parts`` are its ``data`` and ``scales``."""
    return {
        "$schema": SCHEMA,
        "description": title,
        "width": INNER,
        "height": round(height),
        "padding": MARGIN,
        "autosize": "none",
        "background": colours.ground,
        "config": {"axis": axis(colours)},
        **parts,
        "marks": marks,
    }


def axis(colours: Theme) -> dict[str, Any]:
    """How axes look: small soft labels, faint lines across, no line of their own."""
    return {
        "labelFont": FONT,
        "labelFontSize": 10.5,
        "labelColor": colours.soft,
        "titleFont": FONT,
        "titleColor": colours.soft,
        "titleFontSize": 10.5,
        "titleFontWeight": "normal",
        "gridColor": colours.faint,
        "domain": False,
        "ticks": False,
        "labelPadding": 5,
    }
