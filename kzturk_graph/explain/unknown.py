"""Terms of a query that the graph doesn't have, or says nothing with, and the nearest ones that it has."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from itertools import islice

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.explain.model import Clue
from kzturk_graph.explain.uses import Use
from kzturk_graph.graph import lookup
from kzturk_graph.graph.selection import CURATOR
from kzturk_graph.names import fold

PROPERTY_KINDS = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
OFFERED = 3
COMPARED = 20_000
"""With how many names one is compared, at most."""
MODALITY = ox.NamedNode(terms.kt("modality"))
_OWL, _RDF = terms.PREFIXES["owl"], terms.RDF
_SPACES = (
    terms.ENTITY,
    terms.CONCEPT,
    terms.DOCUMENT,
    terms.PASSAGE,
    terms.ASSERTION,
    terms.REPORT,
    terms.DATE,
)


def unknown(store: ox.Store, used: Iterable[Use]) -> Iterator[Clue]:
    """A clue for each term that is nowhere in the graph or unused, and for each thing on who speaks of it."""
    vocabulary = Vocabulary(store)
    for use in used:
        clue = _clue(use, store, vocabulary)
        if clue is not None:
            yield clue


class Vocabulary:
    """The properties, classes and names of a graph, read when they are first asked for."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store
        self._read: dict[str, list[ox.NamedNode]] = {}

    def nodes(self, role: str) -> list[ox.NamedNode]:
        """Every property, or every class, that the graph uses or declares, sorted."""
        if role not in self._read:
            self._read[role] = sorted(
                self._select(_PROPERTIES if role == "property" else _CLASSES), key=lambda node: node.value
            )
        return self._read[role]

    def space(self, start: str) -> list[ox.NamedNode]:
        """The things whose IRI begins so, sorted; ``COMPARED`` of them at most."""
        if start not in self._read:
            if start.startswith((terms.ENTITY, terms.CONCEPT)):  # each has a label; labels are fewer than facts
                matching = f"?x <{terms.PREF_LABEL}> ?label"
            else:
                matching = "{ ?x ?p ?o } UNION { GRAPH ?g { ?x ?p ?o } }"
            filtered = f'FILTER (STRSTARTS(STR(?x), "{start}"))'
            query = f"SELECT DISTINCT ?x WHERE {{ {matching} {filtered} }} LIMIT {COMPARED}"
            self._read[start] = sorted(self._select(query), key=lambda node: node.value)
        return self._read[start]

    def nearest(self, node: ox.NamedNode, role: str) -> tuple[ox.NamedNode, ...]:
        """Terms of the role, or things of the namespace, with a last part or label like this one's."""
        if role in ("property", "class"):
            return _near(node, self.nodes(role))
        namespace = next((each for each in _SPACES if node.value.startswith(each)), None)
        if namespace is None:
            return ()
        named = self._bearing(fold(terms.local(node.value).replace("_", " ")))
        borne = sorted(named, key=lambda each: (not each.value.startswith(namespace), each.value))
        pool = self.space(namespace)
        if len(pool) == COMPARED:  # too many to see all: those that begin as this one does
            pool = self.space(node.value[: len(namespace) + 2])
        near = _near(node, pool)
        return tuple(dict.fromkeys([*borne, *near]))[:OFFERED]

    def _bearing(self, key: str) -> set[ox.NamedNode]:
        """The things of which one of the first names has this key."""
        return {
            quad.subject
            for name in lookup.NAME_PROPERTIES
            for quad in islice(self.store.quads_for_pattern(None, name, None), COMPARED)
            if isinstance(quad.object, ox.Literal)
            and isinstance(quad.subject, ox.NamedNode)
            and fold(quad.object.value) == key
        }

    def _select(self, query: str) -> Iterator[ox.NamedNode]:
        found = self.store.query(query)
        assert isinstance(found, ox.QuerySolutions)  # the query is a SELECT
        for solution in found:
            if isinstance(solution[0], ox.NamedNode):
                yield solution[0]


_KINDS = ", ".join(f"<{_OWL}{each}>" for each in PROPERTY_KINDS)
_PROPERTIES = f"""SELECT DISTINCT ?x WHERE {{
  {{ ?s ?x ?o }} UNION {{ GRAPH ?g {{ ?s ?x ?o }} }}
  UNION {{ ?x a ?kind FILTER (?kind IN ({_KINDS}, <{_RDF}Property>)) }}
}}"""
_CLASSES = f"""SELECT DISTINCT ?x WHERE {{
  {{ ?s a ?x }} UNION {{ GRAPH ?g {{ ?s a ?x }} }} UNION {{ ?x a <{_OWL}Class> }}
}}"""


def _near(node: ox.NamedNode, candidates: Iterable[ox.NamedNode]) -> tuple[ox.NamedNode, ...]:
    """Those with the same last part, whatever its case and prefix, before those with a like one."""
    by_name: dict[str, list[ox.NamedNode]] = {}
    for each in candidates:
        by_name.setdefault(terms.local(each.value).lower(), []).append(each)
    wanted = terms.local(node.value).lower()
    names = difflib.get_close_matches(wanted, sorted(by_name), n=OFFERED, cutoff=0.7)
    own = node.value[: -len(terms.local(node.value)) or None]
    found = [
        each for name in names for each in sorted(by_name[name], key=lambda n: (not n.value.startswith(own), n.value))
    ]
    return tuple(each for each in found if each != node)[:OFFERED]


def _clue(use: Use, store: ox.Store, vocabulary: Vocabulary) -> Clue | None:
    node, role = use.node, use.role
    given = f" (given for {use.parameter})" if use.parameter else ""
    if role in ("property", "class"):
        if _used(store, node, role):
            return None
        if not _has(store, node, None, None):
            near = vocabulary.nearest(node, role)
            return Clue("unknown", f"{{0}} is no {role} of this graph", (node,), suggestions=near)
        kind = _kind(store, node)
        if kind and kind != role:
            near = vocabulary.nearest(node, role)
            return Clue("unknown", f"{{0}} is a {kind}, and stands here as a {role}", (node,), suggestions=near)
        return Clue("unused", f"{{0}} is declared, and no assertion uses it as a {role}", (node,))
    if not lookup.exists(store, node):
        if not node.value.startswith((*_SPACES, terms.ONTOLOGY)):
            return None  # a datatype, say: only names of ours are known to be wrong
        nearest = vocabulary.nearest(node, "class" if node.value.startswith(terms.ONTOLOGY) else role)
        return Clue("unknown", f"{{0}}{given} isn't in this graph", (node,), suggestions=nearest)
    return _spoken_of(store, node, given) if node.value.startswith(terms.ENTITY) else None


def _has(store: ox.Store, subject: ox.NamedNode | None, verb: ox.NamedNode | None, value: ox.NamedNode | None) -> bool:
    return next(iter(store.quads_for_pattern(subject, verb, value)), None) is not None


def _used(store: ox.Store, node: ox.NamedNode, role: str) -> bool:
    return _has(store, None, node, None) if role == "property" else _has(store, None, lookup.TYPE, node)


def _kind(store: ox.Store, node: ox.NamedNode) -> str | None:
    """``class`` or ``property`` as the ontology declares it; None where it does neither."""
    kinds = lookup.types(store, node)
    if "Class" in kinds:
        return "class"
    return "property" if kinds & {*PROPERTY_KINDS, "Property"} else None


def _spoken_of(store: ox.Store, node: ox.NamedNode, given: str) -> Clue:
    """How many assertions of which documents speak of a thing, and how they are held where none is a fact."""
    graphs = {
        quad.graph_name
        for subject, value in ((node, None), (None, node))
        for quad in store.quads_for_pattern(subject, None, value)
        if isinstance(quad.graph_name, ox.NamedNode)
    }
    own = f"{terms.ASSERTION}{CURATOR}-"
    spoken = {graph for graph in graphs if not graph.value.startswith(own)}
    if not spoken:
        return Clue("silent", f"{{0}}{given} has a name here, and no document says anything of it", (node,))
    documents = ", ".join(sorted({terms.local(graph.value).split("-", 1)[0] for graph in spoken}))
    count = "one assertion" if len(spoken) == 1 else f"{len(spoken):,} assertions"
    held = {
        terms.local(quad.object.value)  # type: ignore[union-attr]
        for graph in spoken
        for quad in store.quads_for_pattern(graph, MODALITY, None)
    }
    mode = "" if "fact" in held or not held else f", all of it {' or '.join(sorted(held))}"
    return Clue(
        "known",
        f"{{0}}{given} is there: {count} of {documents} speak{'s' if len(spoken) == 1 else ''} of it{mode}",
        (node,),
    )
