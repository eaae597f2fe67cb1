"""Pages with pictures: time, places, ties, trade and investment; each picture beside the table that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kzturk_graph.plots.catalogue import definition, pictures, plot
from kzturk_graph.plots.theme import THEMES
from kzturk_graph.web.pages import answers, disputes
from kzturk_graph.web.pages.notes import Notes
from kzturk_graph.web.pages.page import NotThereError, Page, Written
from kzturk_graph.web.pages.stores import store_of

if TYPE_CHECKING:
    from markupsafe import Markup

    from kzturk_graph.plots.model import Picture, Source

PAGES: dict[str, tuple[tuple[str, ...], str | None]] = {
    "timeline": (("timeline",), None),
    "map": (("map", "missions"), None),
    "network": (("memberships",), None),
    "trade": (("trade", "trade-balance", "trade-products"), "trade"),
    "investment": (("investment", "companies"), "investment"),
}
"""Page → its pictures, and the topic of the conflicts that it shows."""


@dataclass
class Drawing:
    """A picture with what stands around it: title, caption, the table that it shows, and the passages behind it."""

    name: str
    title: str
    caption: str
    alternative: str
    asked: dict[str, str | list[str]]
    heads: list[answers.Head]
    rows: list[list[Markup]]
    sources: tuple[Source, ...]
    queries: list[tuple[str, str]]


def made(page: Page, name: str) -> Picture:
    """A picture with what the address gives for its parameters. Raises NotThereError where there is none so named,
    UsageError for a value that it can't take."""
    if name not in pictures():
        raise NotThereError(name)
    theme = page.query.get("theme", "")
    return plot(
        name,
        lang=page.language,
        selection=page.selection,
        store=store_of(page.desk.site, page.selection),
        theme=theme if theme in THEMES else "light",
        **asked(page, name),
    )


def asked(page: Page, name: str) -> dict[str, str | list[str]]:
    """What the address gives for a picture's parameters."""
    found: dict[str, str | list[str]] = {}
    for parameter in definition(name).parameters:
        values = [each for each in page.query.getlist(parameter.name) if each]
        if values:
            found[parameter.name] = values if parameter.many else values[0]
    return found


def showing(query: str) -> str | None:
    """The picture that shows what a saved query answers; None where there is none."""
    return next((each.name for each in pictures().values() if each.queries[0] == query), None)


def drawing(page: Page, name: str) -> Drawing:
    """A picture for a page."""
    found = made(page, name)
    numeric = [
        all(isinstance(row[at], Decimal | int | float) for row in found.rows if row[at] is not None)
        for at in range(len(found.columns))
    ]
    queries = dict.fromkeys((each.query, tuple(each.given.items())) for each in found.queries)
    return Drawing(
        name,
        found.title,
        found.caption,
        found.description,
        asked(page, name),
        [
            answers.Head(column, answers.heading(page, column), "", number)
            for column, number in zip(found.columns, numeric, strict=True)
        ],
        [[page.writer.show(value) for value in row] for row in found.rows],
        found.sources,
        [(page.url(f"/queries/{query}", **dict(given)), page.title(query)) for query, given in queries],
    )


def pictured(page: Page) -> Written:
    """The page named by the path's only part."""
    name = page.path.strip("/")
    names, topic = PAGES[name]
    notes = Notes(page)
    disputed = [each for each in page.index.conflicts if topic and topic in each.topics]
    return page.html(
        "pictures.html",
        name=name,
        parts=[drawing(page, each) for each in names],
        conflicts=disputes.cases(page, disputed, notes),
        notes=notes.footnotes(),
    )


def one(page: Page) -> Written:
    """A picture by itself, with its table."""
    return page.html("plot.html", part=drawing(page, page.request.path_params["name"]))


def svg(page: Page) -> Written:
    """A picture as SVG. Raises HttpError 503 where it can't be drawn now."""
    picture = made(page, page.request.path_params["name"])
    return Written(page.desk.site.drawing.svg(picture).encode(), media="image/svg+xml; charset=utf-8")


def specification(page: Page) -> Written:
    """A picture as its Vega specification, with its data inside."""
    return Written(made(page, page.request.path_params["name"]).json().encode(), media="application/json")
