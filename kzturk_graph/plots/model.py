"""A picture: what it shows as a table, as a Vega specification, and rendered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kzturk_graph.results import Value, separated, shown

Spec = dict[str, Any]


class Source(NamedTuple):
    """A passage that a picture rests on: its number in the picture, its IRI, and its footnote."""

    number: int
    iri: str
    text: str


class Asked(NamedTuple):
    """A saved query that a picture shows, and what it was given: ``kzturk run NAME`` with these asks the same."""

    query: str
    given: Mapping[str, str]

    @property
    def command(self) -> str:
        """As a command line."""
        import shlex

        words = [f"--{name.replace('_', '-')}={value}" for name, value in self.given.items()]
        return shlex.join(["kzturk", "run", self.query, *words])


@dataclass(frozen=True)
class Picture:
    """A picture of what the graph holds.

    ``columns`` and ``rows`` are the table that it shows, typed as answers are; ``spec`` is the Vega specification with
    its data inside, ``sources`` are the passages behind it in the order of their numbers, ``notes`` what a reader must
    know of it, and ``queries`` the saved queries that give its data.
    """

    name: str
    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    spec: Spec
    sources: tuple[Source, ...]
    notes: tuple[str, ...] = ()
    queries: tuple[Asked, ...] = ()
    language: str = "en"
    theme: str = "light"

    def cells(self) -> list[list[str]]:
        """The rows as texts: labels for things, thousands set apart in numbers."""
        return [[shown(value) for value in row] for row in self.rows]

    def svg(self) -> str:
        """The picture as SVG, with title and description for those who don't see it. The same spec, the same bytes.

        Raises UsageError where the extra ``plot`` isn't installed.
        """
        from kzturk_graph.plots.render import svg

        return svg(self.spec, self.title, self.description, self.language)

    def png(self, scale: float = 2) -> bytes:
        """The picture as PNG; ``scale`` is in pixels of the file for each pixel of the SVG.

        Raises UsageError where the extra ``plot`` isn't installed.
        """
        from kzturk_graph.plots.render import png

        return png(self.svg(), scale)

    def html(self) -> str:
        """The picture, its table and its sources as one HTML file that needs no network and no script.

        Raises UsageError where the extra ``plot`` isn't installed.
        """
        from kzturk_graph.plots.page import page

        return page(self)

    def json(self) -> str:
        """The Vega specification as text."""
        return json.dumps(self.spec, ensure_ascii=False, indent=1) + "\n"

    def csv(self) -> str:
        """The table as CSV: a number plain, a thing as its label."""
        return separated(self.columns, [[_plain(value) for value in row] for row in self.rows], ",")

    @property
    def description(self) -> str:
        """What the picture says, for those who don't see it."""
        return " ".join([self.caption, *self.notes])


def _plain(value: Value) -> str:
    return "" if value is None else str(value)
