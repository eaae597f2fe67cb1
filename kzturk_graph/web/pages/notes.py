"""The numbered sources of a page: each assertion gets a number where it is first leaned on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

if TYPE_CHECKING:
    from kzturk_graph.citations.footnotes import Footnote
    from kzturk_graph.facts import Source
    from kzturk_graph.web.pages.page import Page


class Mark(NamedTuple):
    """A reference to a footnote: the mark itself, and what must be said beside it."""

    mark: Markup
    voice: str | None
    status: tuple[str, ...]


class Notes:
    """The footnotes of one page, in the order of their first use."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.numbers: dict[str, int] = {}

    def number(self, assertion: str) -> int:
        """The number of an assertion's footnote."""
        return self.numbers.setdefault(assertion, len(self.numbers) + 1)

    def mark(self, assertion: str) -> Markup:
        """The mark that leads to an assertion's footnote."""
        return self.page.writer.mark(self.number(assertion))

    def marks(self, sources: Iterable[Source]) -> list[Mark]:
        """The marks of the sources of a fact; what stands beside the assertions has none."""
        return [Mark(self.mark(each.assertion), each.voice, each.status) for each in sources if each.assertion]

    def of(self, assertions: Iterable[str]) -> list[Mark]:
        """The same for assertions by IRI, each once."""
        reader = self.page.index.reader(self.page.language)
        return self.marks(reader.source(each) for each in dict.fromkeys(assertions))

    def footnotes(self) -> list[Footnote]:
        """Every footnote, numbered."""
        describer = self.page.index.describer(self.page.language)
        return [describer.footnote(name, number) for name, number in self.numbers.items()]
