"""Finding a thing by what a person types: slug, CURIE, IRI or any of its names in any language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import AmbiguousName, UnknownName, UsageError
from kzturk_graph.names import fold

NAME_PROPERTIES = tuple(ox.NamedNode(iri) for iri in (terms.PREF_LABEL, terms.ALT_LABEL, terms.LABEL))
SURFACE_FORM = ox.NamedNode(terms.kt("writtenAs"))
SLUG_SPACES = (
    terms.ENTITY,
    terms.DOCUMENT,
    terms.REPORT,
    terms.PASSAGE,
    terms.ASSERTION,
    terms.CONCEPT,
    terms.ONTOLOGY,
)
TYPE = ox.NamedNode(terms.TYPE)


def exists(store: ox.Store, node: ox.NamedNode) -> bool:
    """Whether the graph says anything about the node, in any graph, or has a graph of that name."""
    return (
        next(iter(store.quads_for_pattern(node, None, None)), None) is not None
        or next(iter(store.quads_for_pattern(None, None, node)), None) is not None
        or next(iter(store.quads_for_pattern(None, None, None, node)), None) is not None
    )


def types(store: ox.Store, node: ox.NamedNode) -> set[str]:
    """The local names of a thing's classes, planned things' included."""
    return {terms.local(quad.object.value) for quad in store.quads_for_pattern(node, TYPE, None)}  # type: ignore[union-attr]


def labels(store: ox.Store, node: ox.NamedNode) -> dict[str, str]:
    """The preferred label of a thing in each language; empty where it has none."""
    found: dict[str, str] = {}
    for name in (terms.LABEL, terms.PREF_LABEL):
        for quad in store.quads_for_pattern(node, ox.NamedNode(name), None, ox.DefaultGraph()):
            if isinstance(quad.object, ox.Literal):
                found[quad.object.language or "en"] = quad.object.value
    return found


def label(store: ox.Store, node: ox.NamedNode, language: str = "en") -> str:
    """What to call a thing: its label in the language, else in English, else in any, else its title, else its CURIE."""
    known = labels(store, node)
    if known:
        return known.get(language) or known.get("en") or known[min(known)]
    title = next(iter(store.quads_for_pattern(node, ox.NamedNode(terms.PREFIXES["dcterms"] + "title"), None)), None)
    if title is not None and isinstance(title.object, ox.Literal):
        return title.object.value
    iri = node.value
    if iri.startswith((terms.PASSAGE, terms.ASSERTION)):
        return passage_label(iri)
    return terms.curie(iri)


def passage_label(iri: str) -> str:
    """``004 P17`` for the passage or assertion ``004-p17`` (a rest such as ``-target`` stays behind it)."""
    document, _, rest = terms.local(iri).partition("-")
    return f"{document} P{rest[1:]}" if rest[:1] == "p" and rest[1:2].isdigit() else terms.local(iri)


def find(store: ox.Store, text: str, of: str | None = None) -> ox.NamedNode:
    """The one thing that ``text`` names: a slug, CURIE or IRI, or any of its names, whatever its case or accents.

    What a document calls it ("Aksakal") will do where nothing bears that name.
    ``of`` is the local name of a class that it must be of. Raises UnknownName with the nearest names where there is no
    such thing, AmbiguousName with the candidates where there are several, UsageError where it is of another class.
    """
    node = _by_iri(store, text.strip())
    if node is not None:
        if of is not None and of not in types(store, node):
            kinds = ", ".join(sorted(types(store, node) - {"Thing"})) or "nothing typed"
            raise UsageError(f"{text!r} is not of the class {of}", f"it is: {kinds}")
        return node
    index = name_index(store)
    bearers = index.get(fold(text)) or name_index(store, (SURFACE_FORM,)).get(fold(text)) or set()
    found = sorted(bearers, key=lambda each: each.value)
    fitting = [each for each in found if of is None or of in types(store, each)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise AmbiguousName(text, [f"{terms.curie(each.value)}  {label(store, each)}" for each in fitting])
    if found:
        kinds = ", ".join(sorted({kind for each in found for kind in types(store, each)}))
        raise UsageError(f"{text!r} is not of the class {of}", f"it is: {kinds}")
    raise UnknownName("entity", text, _offered(store, index, of))


def name_index(
    store: ox.Store, properties: Iterable[ox.NamedNode] = NAME_PROPERTIES
) -> Mapping[str, set[ox.NamedNode]]:
    """Folded name → the things that bear it, over every graph: a thing that is only planned is found too."""
    index: dict[str, set[ox.NamedNode]] = defaultdict(set)
    for name in properties:
        for quad in store.quads_for_pattern(None, name, None):
            if isinstance(quad.object, ox.Literal) and isinstance(quad.subject, ox.NamedNode):
                index[fold(quad.object.value)].add(quad.subject)
    return index


def _by_iri(store: ox.Store, text: str) -> ox.NamedNode | None:
    for iri in _spelled(text):
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            continue
        if exists(store, node):
            return node
    return None


def _spelled(text: str) -> Iterable[str]:
    bare = text.removeprefix("<").removesuffix(">")
    if "://" in bare:
        yield bare
    elif (expanded := terms.expand(bare)) is not None:
        yield expanded
    else:
        for space in SLUG_SPACES:
            yield space + bare


def _offered(store: ox.Store, index: Mapping[str, set[ox.NamedNode]], of: str | None) -> list[str]:
    if of is None:
        return sorted(index)
    return sorted(name for name, nodes in index.items() if any(of in types(store, node) for node in nodes))
