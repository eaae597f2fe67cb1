"""What a picture is made from: the rows of saved queries, and the passages numbered as they are first used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kzturk_graph.graph.selection import FACTS, Selection
from kzturk_graph.graph.store import open_store
from kzturk_graph.plots.model import Asked, Source
from kzturk_graph.plots.theme import Theme, theme
from kzturk_graph.plots.wording import Words
from kzturk_graph.results import Entity, Result, Value


@dataclass
class Asking:
    """One picture in the making: its language, selection and theme, what was asked for it, and its footnotes."""

    language: str = "en"
    selection: Selection = FACTS
    theme_name: str = "light"
    held: ox.Store | None = None
    """A store that holds the selection already."""
    asked: list[Asked] = field(default_factory=list)
    passages: dict[str, int] = field(default_factory=dict)

    @cached_property
    def words(self) -> Words:
        """The texts of the language."""
        return Words(self.language)

    @cached_property
    def theme(self) -> Theme:
        """The colours."""
        return theme(self.theme_name)

    @cached_property
    def store(self) -> ox.Store:
        """The graph, as the selection has it."""
        return open_store(self.selection) if self.held is None else self.held

    def rows(self, query: str, given: Mapping[str, Any] | None = None) -> Result:
        """The rows of a saved query, things with their labels in the language. What isn't given (None) is left out."""
        from kzturk_graph.queries.run import run_saved

        values = {name: value for name, value in (given or {}).items() if value is not None}
        self.asked.append(Asked(query, {name: str(value) for name, value in values.items()}))
        return run_saved(query, values, language=self.language, store=self.store).result(self.language)

    def mark(self, *passages: Value) -> str:
        """The footnote marks of passages, ``[1, 4–6]``; they are numbered in the order of their first use."""
        from kzturk_graph.citations.footnotes import spans

        things = [each for each in passages if isinstance(each, Entity)]
        numbers = [self.passages.setdefault(each.iri, len(self.passages) + 1) for each in things]
        return f"[{spans(sorted(set(numbers)))}]" if numbers else ""

    def sources(self) -> tuple[Source, ...]:
        """The passages marked so far, with their footnotes."""
        from kzturk_graph.citations.footnotes import Describer

        describe = Describer(self.store, self.language)
        return tuple(Source(n, iri, describe.footnote(iri, n).text) for iri, n in self.passages.items())


def thing(value: Value) -> Entity | None:
    """The value where it is a thing, else None."""
    return value if isinstance(value, Entity) else None


def slug(value: Value) -> str:
    """The slug of a thing; '' for what is none."""
    return value.slug if isinstance(value, Entity) else ""


def table(found: Result) -> tuple[tuple[Value, ...], ...]:
    """The rows of an answer, in the order of its columns."""
    return tuple(tuple(row[name] for name in found.columns) for row in found)
