"""The curator's table of links as one assertion among the others, so that nobody takes a link for a document's word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import terms

if TYPE_CHECKING:
    from pathlib import Path

    from kzturk_graph.graph.assertions import Assertion
    from kzturk_graph.links.model import Link

ASSERTION = terms.ASSERTION + "curator-links"
LINKSETS = terms.BASE + "dataset/links/"
CURATOR = terms.ENTITY + "curator"
NOTE = (
    "Things that the curator takes for one with items of another dataset. data/links/entities.sssom.tsv has how each "
    "link was judged, how sure it is and on what data, and what was rejected or not found."
)
METADATA: dict[str, tuple[ox.NamedNode | ox.Literal, ...]] = {
    terms.kt("modality"): (ox.NamedNode(terms.FACT),),
    terms.kt("note"): (ox.Literal(NOTE, language="en"),),
    terms.kt("voice"): (ox.NamedNode(CURATOR),),
}
"""What is said about the assertion."""

_VOID = terms.PREFIXES["void"]


def assertion(path: Path) -> Assertion | None:
    """The accepted links of a table as an assertion of the curator's; None where there is no table or link.

    Raises InputError, with line and column, for a table that can't be read.
    """
    from kzturk_graph.graph.assertions import Assertion
    from kzturk_graph.graph.files import read_text
    from kzturk_graph.links.sssom import parse

    held = frozenset(triples(parse(read_text(path), str(path)))) if path.exists() else frozenset()
    return Assertion(ox.NamedNode(ASSERTION), held, METADATA, path) if held else None


def quads(text: str, path: str) -> Iterator[ox.Quad]:
    """The same of a table's text, as quads: the assertion's graph, and what is said about it in the default graph."""
    from kzturk_graph.links.sssom import parse

    graph = ox.NamedNode(ASSERTION)
    held = frozenset(triples(parse(text, path)))
    yield from (ox.Quad(each.subject, each.predicate, each.object, graph) for each in held)
    if held:
        for key, values in METADATA.items():
            yield from (ox.Quad(graph, ox.NamedNode(key), value) for value in values)


def triples(links: Iterable[Link]) -> Iterator[ox.Triple]:
    """Each accepted link as a triple, and a ``void:Linkset`` for the links of one predicate to one dataset.

    Form: https://www.w3.org/TR/void/#describing-linksets
    """
    sets: dict[tuple[str, str, str], int] = {}
    for link in links:
        if link.status != "linked":
            continue
        yield ox.Triple(ox.NamedNode(link.subject), ox.NamedNode(link.predicate), ox.NamedNode(link.object))
        namespace = link.object[: -len(terms.local(link.object))]
        found = link.predicate, namespace, link.source
        sets[found] = sets.get(found, 0) + 1
    for (predicate, namespace, source), number in sorted(sets.items()):
        yield from _linkset(predicate, namespace, source, number)


def _linkset(predicate: str, namespace: str, source: str, number: int) -> Iterator[ox.Triple]:
    from kzturk_graph.wikibase.model import WIKIDATA

    host = namespace.split("://", 1)[-1].split("/", 1)[0]
    name = "wikidata" if namespace == WIKIDATA else host.replace(":", "-")
    node = ox.NamedNode(f"{LINKSETS}{name}-{terms.local(predicate)}")
    yield ox.Triple(node, ox.NamedNode(terms.TYPE), ox.NamedNode(_VOID + "Linkset"))
    title = ox.Literal(f"Links to {host.removeprefix('www.')} ({terms.curie(predicate)})", language="en")
    yield ox.Triple(node, ox.NamedNode(terms.PREFIXES["dcterms"] + "title"), title)
    yield ox.Triple(node, ox.NamedNode(_VOID + "linkPredicate"), ox.NamedNode(predicate))
    yield ox.Triple(node, ox.NamedNode(_VOID + "subjectsTarget"), ox.NamedNode(terms.BASE + "dataset"))
    yield ox.Triple(node, ox.NamedNode(_VOID + "objectsTarget"), ox.NamedNode(source or namespace))
    count = ox.Literal(str(number), datatype=ox.NamedNode(terms.XSD + "integer"))
    yield ox.Triple(node, ox.NamedNode(_VOID + "triples"), count)
