"""The pictures there are, with what each takes; the module that draws one is imported when it is asked for."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kzturk_graph.errors import UnknownName, UsageError
from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.plots.asking import Asking
from kzturk_graph.plots.model import Picture, Spec
from kzturk_graph.plots.theme import theme as check_theme
from kzturk_graph.plots.wording import Words
from kzturk_graph.queries.header import Parameter
from kzturk_graph.results import Value

if TYPE_CHECKING:
    import pyoxigraph as ox


class Drawn(NamedTuple):
    """What a picture's function makes: its title and caption, table, specification and notes."""

    title: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    spec: Spec
    notes: tuple[str, ...] = ()


Maker = Callable[[Asking, Mapping[str, Any]], Drawn]


class Definition(NamedTuple):
    """A picture that can be asked for: the function that makes it, the saved queries that it shows, and which of their
    parameters it takes."""

    name: str
    module: str
    function: str
    queries: tuple[str, ...]
    takes: tuple[str, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The parameters as the saved queries declare them."""
        from kzturk_graph.queries.catalogue import saved_query

        known = {each.name: each for query in reversed(self.queries) for each in saved_query(query).parameters}
        return tuple(known[name] for name in self.takes)

    def title(self, language: str = "en") -> str:
        """What it shows, in a line."""
        return Words(language)(f"{self.name}.title", thing="…")


_DEFINITIONS = (
    Definition("trade", "trade", "turnover", ("trade-by-year", "trade-targets"), ("pair", "from", "to")),
    Definition("trade-balance", "trade", "balance", ("trade-balance",), ("state", "partner")),
    Definition("trade-products", "trade", "products", ("exports-by-product",), ("seller", "buyer", "within", "goods")),
    Definition("investment", "investment", "investment", ("investment",), ("investor", "recipient", "during")),
    Definition("companies", "counts", "companies", ("companies",), ("home", "host")),
    Definition("students", "counts", "students", ("students",), ("home", "host", "at")),
    Definition("missions", "missions", "missions", ("missions",), ("sender", "kinds")),
    Definition("timeline", "timeline", "relations", ("relations-timeline",), ("from", "to")),
    Definition("dates", "timeline", "dates", ("entity-dates",), ("entity",)),
    Definition("memberships", "memberships", "memberships", ("memberships",), ("organization", "state")),
    Definition("neighbours", "neighbours", "neighbours", ("neighbours",), ("entity",)),
    Definition("map", "places", "places", ("places",), ("from", "to")),
)


def pictures() -> dict[str, Definition]:
    """The pictures by name, in the order of listings."""
    return {each.name: each for each in _DEFINITIONS}


def definition(name: str) -> Definition:
    """The picture of this name. Raises UnknownName, with the nearest names, where there is none."""
    known = pictures()
    if name not in known:
        raise UnknownName("picture", name, list(known))
    return known[name]


def plot(
    name: str,
    *,
    lang: str = "en",
    selection: Selection | None = None,
    theme: str = "light",
    store: ox.Store | None = None,
    **parameters: Any,
) -> Picture:
    """Make a picture; nothing is rendered yet.

    ``parameters`` are those of the picture's saved queries that it takes (``definition(name).parameters``), given as
    ``kzturk_graph.run`` takes them. ``theme`` is ``light`` or ``dark``. ``store`` is one that holds the selection
    already, so that none need be opened.

    >>> from kzturk_graph.plots.catalogue import plot
    >>> plot("trade", to="2005").rows[0][1]
    Decimal('500000000')

    Raises UnknownName for a picture, parameter, language, theme or thing that isn't there, UsageError for a value of
    the wrong type or a required one that is missing.
    """
    chosen = definition(name)
    check_theme(theme)
    for given in parameters:
        if given not in chosen.takes:
            raise UnknownName(f"parameter of {name}", given, list(chosen.takes))
    for parameter in chosen.parameters:
        if parameter.required and parameters.get(parameter.name) is None:
            raise UsageError(f"{name} needs a value for {parameter.name}", parameter.help)
    ask = Asking(lang, selection or FACTS, theme, store)
    _ = ask.words  # an unknown language is told before anything is asked
    make: Maker = getattr(importlib.import_module(f"kzturk_graph.plots.{chosen.module}"), chosen.function)
    drawn = make(ask, parameters)
    return Picture(name, *drawn[:5], ask.sources(), drawn.notes, tuple(ask.asked), lang, theme)
