"""Values as HTML: things as links, dates in words, numbers set apart, texts with their language. All of it escaped."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox
from markupsafe import Markup, escape

from kzturk_graph import dates, terms
from kzturk_graph.graph import lookup
from kzturk_graph.graph.selection import MODALITIES
from kzturk_graph.results import Entity, Text, Value, value_of
from kzturk_graph.web.pages import addresses, wording

if TYPE_CHECKING:
    from kzturk_graph.web.pages.page import Page

_LINK, _PLAIN = Markup('<a href="{}"{}>{}</a>'), Markup("<span{}>{}</span>")
_OUTSIDE = Markup('<a href="{}" rel="external noreferrer"{}>{}</a>')
_TIME = Markup('<time datetime="{}">{}</time>')
_MARK = Markup('<a class="mark" href="#n{0}" role="doc-noteref" aria-label="{1}">{0}</a>')


_MODES = {terms.CONCEPT + name: name for name in MODALITIES if name != "fact"}


def _class(iri: str) -> Markup:
    """The ``class`` attribute of a link: how something is held shows as a badge, other concepts as plain words."""
    if iri in _MODES:
        return Markup(' class="badge {}"').format(_MODES[iri])
    if iri.startswith(terms.CONCEPT):
        return Markup(' class="concept"')
    return Markup(' class="place"') if iri.startswith(terms.PASSAGE) else Markup()


class Writer:
    """Writes values in the language of one page."""

    def __init__(self, page: Page) -> None:
        self.page, self.language = page, page.language

    def show(self, value: Value) -> Markup:
        """A value of an answer."""
        if value is None:
            return Markup()
        if isinstance(value, Entity):
            return self.link(value.iri, value.label)
        if isinstance(value, Text):
            return _PLAIN.format(Markup(' lang="{}"').format(value.language), value.text)
        if isinstance(value, dates.Edtf):
            return self.date(value.text)
        if isinstance(value, datetime.date):
            return self.date(value.isoformat())
        if isinstance(value, bool):
            return escape(self.page.say("words.yes" if value else "words.no"))
        if isinstance(value, Decimal | int | float):
            return escape(wording.number(value, self.language))
        address = addresses.outside(value)
        return _OUTSIDE.format(address, "", value) if address else escape(value)

    def term(self, term: ox.NamedNode | ox.Literal) -> Markup:
        """A term of the graph."""
        label = self.page.label(term.value) if isinstance(term, ox.NamedNode) else None
        return self.show(value_of(term, label))

    def link(self, iri: str, label: str | None = None) -> Markup:
        """A thing as a link to its page, an IRI of others as one to where it leads; else its label alone."""
        text = self.page.label(iri) if label is None else label
        path = addresses.page(iri)
        if path is not None:
            return _LINK.format(self.page.url(path), _class(iri) + self._spoken(iri, text), text)
        address = addresses.outside(iri)
        plain = Markup(' class="concept"') if iri.startswith(terms.PREFIXES["cur"]) else ""
        return _OUTSIDE.format(address, plain, text) if address else escape(text)

    def name(self, iri: str) -> Markup:
        """A thing's label, with the language it is in where that isn't the page's."""
        text = self.page.label(iri)
        return _PLAIN.format(self._spoken(iri, text), text)

    def _spoken(self, iri: str, text: str) -> Markup:
        """The ``lang`` attribute of a label that isn't in the page's language."""
        if self.language == "en":
            return Markup()
        known = self.page.index.once(f"spoken-{self.language}", dict[str, bool])
        if iri not in known:
            labels = lookup.labels(self.page.desk.site.store, ox.NamedNode(iri))
            known[iri] = bool(labels) and self.language not in labels
        return Markup(' lang="en"') if known[iri] else Markup()

    def date(self, text: str) -> Markup:
        """An EDTF date in words, with the date for machines where HTML has a form for it."""
        words = wording.date(text, self.page.say)
        machine = wording.machine_date(text)
        return _TIME.format(machine, words) if machine else Markup('<span title="{}">{}</span>').format(text, words)

    def number(self, value: Decimal | int | float) -> str:
        """A number with its thousands set apart."""
        return wording.number(value, self.language)

    def mark(self, number: int) -> Markup:
        """The mark of a footnote: a link to it."""
        return _MARK.format(number, self.page.say("notes.mark", number=number))
