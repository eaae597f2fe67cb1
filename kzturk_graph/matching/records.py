"""A thing as the matcher sees it, from whichever graph it comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

LABEL, ALIAS, TITLE, WRITTEN, INITIALS = "label", "alias", "title", "written", "initials"


class Name(NamedTuple):
    """One name: its text, its language (``''`` where none is told), and what sort of name it is: a label, an alias, the
    title of a page on another site, a form that a document writes, or initials made from another name.
    """

    text: str
    language: str
    sort: str = LABEL


class Span(NamedTuple):
    """The first and last year that something allows; ``role`` is ``start``, ``end``, ``on`` (an event's) or
    ``birth``."""

    role: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Record:
    """A thing to be matched: ``id`` is an IRI of ours or an item's id.

    ``kinds`` are tags such as ``place.city`` (``kinds.py``); none where nothing tells. ``identifiers`` are pairs of
    a Wikidata property and a value. ``sites`` are hosts of its own web pages. ``countries`` and ``neighbours`` are ids
    of items, ours translated by the links that are accepted; ``states`` are slugs of our states (``turkiye``), or
    ``other``. ``properties`` are, for ours, what the values of each property are called.
    ``classes`` are the ids of the classes that it is said to be an instance of.
    """

    id: str
    names: tuple[Name, ...]
    kinds: frozenset[str] = frozenset()
    identifiers: frozenset[tuple[str, str]] = frozenset()
    sites: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    neighbours: frozenset[str] = frozenset()
    coordinates: tuple[float, float] | None = None
    dates: tuple[Span, ...] = ()
    description: str = ""
    classes: tuple[str, ...] = ()
    properties: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def label(self, language: str = "en") -> str:
        """What to call it: the label in the language, else in English, else any name, else its id."""
        labels = {name.language: name.text for name in self.names if name.sort == LABEL}
        return labels.get(language) or labels.get("en") or next((n.text for n in self.names), self.id)
