"""Values of things for further columns: facts alone, and on request the passages that state them.

https://reconciliation-api.github.io/specs/0.2/#data-extension-service
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kzturk_graph import dates, terms
from kzturk_graph.results import value_of
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.reconcile import limits
from kzturk_graph.web.reconcile.json_text import choice, count, items, members, read, text
from kzturk_graph.web.reconcile.vocabulary import Property

if TYPE_CHECKING:
    from kzturk_graph.matching.records import Record
    from kzturk_graph.web.reconcile.service import Service

CONTENTS = {
    "values": "things with their ids, dates, numbers, texts",
    "names": "everything as text",
    "identifiers": "IRIs of things",
    "count": "how many values there are",
    "sources": "for each value the passages that state it, each with the address of the assertion",
}
"""What the cells of a column may hold."""
_PASSAGE = ox.NamedNode(terms.kt("passage"))

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Column:
    """A property asked for: the id it was asked by, the property, what its cells hold, and how many at most."""

    id: str
    property: Property
    content: str
    limit: int


def asked(service: Service, written: str | bytes) -> tuple[list[str], list[Column]]:
    """The ids of the things and the columns that a request asks for.

    Raises HttpError 400, with the place, for what isn't a request or names a property that no thing has, 413 for one
    that is too large.
    """
    given = members(read(written, "extend"), "extend")
    things = given.get("ids")
    if isinstance(things, list) and len(things) > limits.THINGS:
        raise HttpError(413, f"values of {len(things)} things are too many", f"ask for at most {limits.THINGS}")
    ids = [text(each, "ids", limits.LETTERS) for each in items(things, "ids", limits.THINGS)]
    listed = items(given.get("properties"), "properties", limits.COLUMNS)
    columns = [_column(service, each, f"properties[{place}]") for place, each in enumerate(listed)]
    if len({each.property for each in columns}) < len(columns):
        raise HttpError(400, "a property is asked for twice", "ask for it once, or for its sources beside it")
    return list(dict.fromkeys(ids)), columns


def _column(service: Service, value: Any, where: str) -> Column:
    given = members(value, where)
    id = text(given.get("id"), f"{where}.id", limits.LETTERS)
    property = service.vocabulary.property(id)
    if property is None:
        near = difflib.get_close_matches(id, service.vocabulary.properties, n=3)
        raise HttpError(
            400, f"{where}.id: no thing has a property {id!r}", f"near: {', '.join(near)}" if near else None
        )
    settings = members({} if given.get("settings") is None else given["settings"], f"{where}.settings")
    content = choice(settings.get("content") or "values", f"{where}.settings.content", tuple(CONTENTS))
    if property.sources or not property.iri:
        content = content if content == "count" else "sources"
    most = settings.get("limit") or limits.CELLS
    most = limits.CELLS if most == "0" else count(most, f"{where}.settings.limit")
    return Column(id, property, content, min(most, limits.CELLS))


def meta(service: Service, columns: Sequence[Column], language: str) -> list[dict[str, Any]]:
    """The heads of the columns; of a column of things also their class, where they have one in common."""
    return [_head(service, each, language) for each in columns]


def _head(service: Service, column: Column, language: str) -> dict[str, Any]:
    told: dict[str, Any] = {"id": column.id, "name": service.vocabulary.property_name(column.property, language)}
    if column.content == "values" and column.property.iri:
        type = service.vocabulary.value_type(column.property)
        told |= {"type": service.vocabulary.type(type, language)} if type else {}
    return told


def cells(service: Service, id: str, column: Column, language: str, *, draft: bool = False) -> list[dict[str, Any]]:
    """The cells of a thing in a column; none for a thing that isn't there."""
    record = service.thing(id)
    if record is None:
        return []
    made = _Cells(service, record, language, draft).of(column)
    if column.content == "count":
        return [{"int": len(made)}]
    return made[: column.limit]


class _Cells:
    """Writes the values of one thing."""

    def __init__(self, service: Service, record: Record, language: str, draft: bool) -> None:
        self.service, self.language, self.draft = service, language, draft
        self.node, self.store = ox.NamedNode(record.id), service.site.store
        self.reader = service.index.reader(language)

    def of(self, column: Column) -> list[dict[str, Any]]:
        if not column.property.iri:
            return [{"str": f"{passage.label} {passage.iri}"} for passage in self._passages()]
        found = self._facts(column.property)
        if column.content == "sources":
            return [{"str": "; ".join(self._told(each) for each in found[term])} for term in found]
        return [self._cell(term, column.content) for term in found]

    def _facts(self, property: Property) -> dict[Term, list[str]]:
        """The values that are stated as fact, in order, each with the assertions that state it; none for what the
        build derived."""
        name = ox.NamedNode(property.iri)
        held: set[Term] = set()
        behind: dict[Term, list[str]] = {}
        for quad in self.store.quads_for_pattern(self.node, name, None):
            term = quad.object
            if not isinstance(term, Term) or (property.language and term.language != property.language):  # type: ignore[union-attr]
                continue
            if isinstance(quad.graph_name, ox.DefaultGraph):
                held.add(term)
            elif isinstance(quad.graph_name, ox.NamedNode) and self._states(quad.graph_name.value):
                behind.setdefault(term, []).append(quad.graph_name.value)
        order = sorted(held, key=lambda each: (self._text(each).casefold(), str(each)))
        return {term: sorted(behind.get(term, [])) for term in order}

    def _states(self, assertion: str) -> bool:
        source = self.reader.source(assertion)
        return source.modality == "fact" and "erroneous" not in source.status

    def _told(self, assertion: str) -> str:
        return f"{self.reader.source(assertion).passage} {assertion}"

    def _passages(self) -> Iterator[_Passage]:
        quads = [
            *self.store.quads_for_pattern(self.node, None, None),
            *self.store.quads_for_pattern(None, None, self.node),
        ]
        graphs = {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        found = {
            quad.object.value: self.reader.source(each).passage
            for each in sorted(graphs)
            if self._states(each)
            for quad in self.store.quads_for_pattern(ox.NamedNode(each), _PASSAGE, None, ox.DefaultGraph())
            if isinstance(quad.object, ox.NamedNode)
        }
        yield from (_Passage(iri, found[iri]) for iri in sorted(found))

    def _text(self, term: Term) -> str:
        return self._label(term.value) if isinstance(term, ox.NamedNode) else term.value

    def _label(self, iri: str) -> str:
        """The label of a thing of ours, the IRI of any other."""
        return self.reader.label(ox.NamedNode(iri)) if iri.startswith(terms.BASE) else iri

    def _cell(self, term: Term, content: str) -> dict[str, Any]:
        if isinstance(term, ox.NamedNode):
            if content == "values" and terms.local(term.value) in self.service.things and _ours(term.value):
                return {"id": terms.local(term.value), "name": self._label(term.value)}
            return {"str": term.value if content == "identifiers" else self._label(term.value)}
        return self._literal(term) if content == "values" else {"str": term.value}

    def _literal(self, term: ox.Literal) -> dict[str, Any]:
        """A literal by its type. A date is one only where it tells the day; a month or year stays a text, for it isn't
        its first day."""
        value = value_of(term, None)
        if isinstance(value, dates.Edtf) and value.text == str(value.earliest) == str(value.latest):
            return {"date": f"{value.text}T00:00:00Z"}
        if isinstance(value, bool):
            return {"str": term.value}
        if isinstance(value, int):
            return {"int": value}
        if term.datatype.value in _NUMBERS and not isinstance(value, str):
            return {"float": float(term.value)}
        return {"str": term.value} | ({"lang": term.language} if self.draft and term.language else {})


_NUMBERS = {terms.XSD + each for each in ("decimal", "double", "float")}


@dataclass(frozen=True)
class _Passage:
    iri: str
    label: str


def _ours(iri: str) -> bool:
    return iri.startswith(terms.ENTITY)
