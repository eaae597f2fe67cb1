"""Entities from a SPARQL endpoint: Wikidata's Query Service, that of any Wikibase, or a slice that someone serves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

import pyoxigraph as ox

from kzturk_graph.errors import InputError, UsageError
from kzturk_graph.terms import LANGUAGES
from kzturk_graph.wikibase import rdf_terms as terms
from kzturk_graph.wikibase.http import Client, TooMuch
from kzturk_graph.wikibase.model import WIKIDATA, Entity
from kzturk_graph.wikibase.problems import Problems
from kzturk_graph.wikibase.rdf_entity import Known, build
from kzturk_graph.wikibase.rdf_graphs import Memory, Said
from kzturk_graph.wikibase.rdf_values import Term
from kzturk_graph.wikibase.sparql_results import rows

ENTITIES_AT_ONCE = 20
NODES_AT_ONCE = 300
NAMES_AT_ONCE = 60

ONTOLOGIES = ("http://wikiba.se/ontology#", "http://wikiba.se/ontology-beta#")
_WDQS = re.compile(r"https?://query(?:-\w+)?\.wikidata\.org/")
_ID = re.compile(r"[QPLM][1-9]\d*(?:-[FS][1-9]\d*)?")
_TEXTS = (terms.LABEL, terms.PREF_LABEL, terms.ALT_LABEL, terms.SCHEMA + "name", terms.SCHEMA + "description")
_SPECIAL = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


class EndpointSource:
    """A SPARQL endpoint as a source of entities; see ``source.Source``.

    ``base`` is what its entities' IRIs begin with, found out where it isn't given; ``languages`` are those that names
    and descriptions are fetched in (all where None) and ``find`` looks in (ours where None). ``options`` are those of
    ``http.Client``: ``timeout``, ``tries``, ``pause``, ``wait``, ``largest``, ``contact``, ``tell``.
    """

    def __init__(
        self, url: str, *, base: str | None = None, languages: Iterable[str] | None = None, **options: Any
    ) -> None:
        self.name = url
        self.problems = Problems()
        self._client = Client(url, **options)
        self._base = base
        self._languages = tuple(languages) if languages is not None else None

    @cached_property
    def base(self) -> str:
        """What the entities' IRIs begin with: ``http://www.wikidata.org/entity/``."""
        if self._base:
            return self._base
        if _WDQS.match(self.name):
            return WIKIDATA
        pattern = r'FILTER(isIRI(?s) && REGEX(STR(?s), "/entity/[QPLM][1-9][0-9]*$"))'
        properties = " ".join(f"<{each}propertyType>" for each in ONTOLOGIES)
        direct = f"<{WIKIDATA.removesuffix('entity/')}prop/direct/P31>"
        for where in (
            f"VALUES ?p {{ {properties} }} ?s ?p ?o {pattern}",
            f"?s {direct} ?o {pattern}",
            f"?s <{terms.LABEL}> ?o {pattern}",
            f"?s ?p ?o {pattern}",
        ):
            for row in self.select(f"SELECT ?s WHERE {{ {where} }} LIMIT 1"):
                if found := terms.entity_iri(_text(row["s"])):
                    return found[0]
        raise InputError("holds no Wikibase entity", path=self.name, hint="is it the endpoint of a Wikibase?")

    @cached_property
    def version(self) -> str | None:
        """When the data last changed, as the endpoint tells; None where it doesn't."""
        subjects = " ".join(["<http://www.wikidata.org>", *(f"<{each}Dump>" for each in ONTOLOGIES)])
        rows = self.select(f"SELECT ?date WHERE {{ VALUES ?s {{ {subjects} }} ?s <{terms.SCHEMA}dateModified> ?date }}")
        return max((_text(row["date"]) for row in rows), default=None)

    def select(self, query: str) -> list[dict[str, Term]]:
        """The rows of a SELECT query, unbound variables aside. Raises InputError (see ``http.Client.ask``)."""
        body = self._client.ask(query)
        try:
            return rows(body)
        except SyntaxError as error:
            message = f"gave results that aren't whole: {error.msg}"
            raise TooMuch(message, path=self.name, hint="try again, or ask for less at once") from None

    def entities(self) -> Iterator[Entity]:
        """Not for endpoints: raises UsageError."""
        raise UsageError(f"{self.name} can't be read from end to end", "give a dump, or the entities that are wanted")

    def get(self, ids: Iterable[str], *, full: bool = True) -> dict[str, Entity]:
        """The entities with these ids: full statements where the endpoint holds them, else truthy ones.

        Missing ids are absent, those merged into others have ``redirect``. Where ``full`` is false, only what stands
        directly with an entity is asked for. Raises UsageError where an id is none.
        """
        wanted = list(dict.fromkeys(ids))
        if wrong := sorted(each for each in wanted if not _ID.fullmatch(each)):
            raise UsageError(f"{wrong[0]!r} is no id of a Wikibase entity", "ids look like Q232 or P530")
        found: dict[str, Entity] = {}
        for batch in _batches(wanted, ENTITIES_AT_ONCE):
            known = Known(lambda what: self.problems.add(self.name, None, what))
            graph = self._graph([self.base + each for each in batch], known, full)
            for each in batch:
                iri = self.base + each
                if graph.out(iri) and (entity := build(graph, iri, known)) is not None:
                    found[each] = entity
        return found

    def find(self, names: Iterable[str]) -> dict[str, list[Entity]]:
        """The entities that bear one of these names exactly, as label or alias, for each name; truthy, in id order."""
        wanted = list(dict.fromkeys(names))
        tags = self._languages or LANGUAGES
        ids: dict[str, set[str]] = {each: set() for each in wanted}
        for batch in _batches(wanted, NAMES_AT_ONCE):
            values = " ".join(f"{_quoted(name)}@{tag}" for name in batch for tag in tags)
            pattern = f"?s <{terms.LABEL}>|<{terms.ALT_LABEL}> ?name"
            for row in self.select(f"SELECT DISTINCT ?name ?s WHERE {{ VALUES ?name {{ {values} }} {pattern} }}"):
                if (owner := terms.entity_iri(_text(row["s"]))) and _text(row["name"]) in ids:
                    ids[_text(row["name"])].add(owner[1])
        entities = self.get(sorted(set().union(*ids.values()), key=_order), full=False)
        return {name: [entities[id] for id in sorted(each, key=_order) if id in entities] for name, each in ids.items()}

    def _graph(self, iris: list[str], known: Known, full: bool) -> Memory:
        """All that is said of entities: of them, their pages, statements, references, values and properties."""
        graph = Memory()
        said = self._describe(iris, graph, known, self._in_languages())
        if full:
            said += self._pages(iris, graph, known)
            nodes = _objects(said, lambda predicate: _part(predicate) == "claim")
            statements = self._describe(nodes, graph, known)
            deeper = _objects(statements, lambda predicate: predicate == terms.DERIVED)
            references = self._describe(deeper, graph, known)
            values = _objects(statements + references, lambda predicate: _part(predicate) == "value")
            self._describe(values, graph, known)
            said += statements + references
        named = (_text(o) if p == terms.RDF_TYPE else p for _, p, o in said)
        properties = {role.property for each in named if (role := terms.role(each))}
        self._datatypes([self.base + each for each in sorted(properties, key=_order)], known)
        return graph

    def _in_languages(self) -> str:
        if self._languages is None:
            return ""
        tags = ", ".join(_quoted(each) for each in self._languages)
        texts = ", ".join(f"<{each}>" for each in _TEXTS)
        return f"FILTER(?p NOT IN ({texts}) || LANG(?o) IN ({tags}))"

    def _describe(self, iris: list[str], graph: Memory, known: Known, more: str = "") -> list[Said]:
        """Put all triples with these subjects into the graph; they come sorted, since endpoints keep no order."""
        return self._triples(iris, f"?s ?p ?o . {more}", graph, known)

    def _pages(self, iris: list[str], graph: Memory, known: Known) -> list[Said]:
        said = self._triples(iris, f"?page <{terms.SCHEMA}about> ?s . ?page ?p ?o .", graph, known, "page")
        known.pages = False  # what is asked for is wanted, with or without a page of data
        return said

    def _datatypes(self, iris: list[str], known: Known) -> None:
        predicates = " ".join(f"<{each}propertyType>" for each in ONTOLOGIES)
        self._triples(iris, f"VALUES ?p {{ {predicates} }} ?s ?p ?o .", Memory(), known)

    def _triples(self, iris: list[str], where: str, graph: Memory, known: Known, subject: str = "s") -> list[Said]:
        said: list[Said] = []
        for batch in _batches(iris, NODES_AT_ONCE):
            said += self._batch(batch, where, subject)
        said.sort(key=lambda each: (each[0], each[1], str(each[2])))
        for each, predicate, object in said:
            known.see(each, predicate, object)
            graph.add(each, predicate, object)
        return said

    def _batch(self, iris: list[str], where: str, subject: str) -> list[Said]:
        """The triples of some subjects; where that is too much for the endpoint, of half of them at a time."""
        values = " ".join(f"<{each}>" for each in iris)
        try:
            rows = self.select(f"SELECT ?{subject} ?p ?o WHERE {{ VALUES ?s {{ {values} }} {where} }}")
        except TooMuch:
            if len(iris) == 1:
                raise
            middle = len(iris) // 2
            return self._batch(iris[:middle], where, subject) + self._batch(iris[middle:], where, subject)
        return [(_text(row[subject]), _text(row["p"]), row["o"]) for row in rows]


def _batches(all: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(all), size):
        yield all[start : start + size]


def _text(term: Term) -> str:
    return term.value if not isinstance(term, ox.Triple) else ""


def _part(predicate: str) -> str | None:
    role = terms.role(predicate)
    return None if role is None else "value" if role.deep else role.part


def _objects(said: list[Said], follow: Any) -> list[str]:
    """The nodes that some of the predicates lead to, each once."""
    return list(dict.fromkeys(_text(o) for _, p, o in said if isinstance(o, ox.NamedNode) and follow(p)))


def _order(id: str) -> tuple[str, int, str]:
    number = re.match(r"\d+", id[1:])
    return id[:1], int(number[0]) if number else 0, id


def _quoted(text: str) -> str:
    """A text as a SPARQL string."""
    return '"' + "".join(_SPECIAL.get(sign, sign) for sign in text) + '"'
