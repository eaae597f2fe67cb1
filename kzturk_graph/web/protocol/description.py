"""What the site says about itself in RDF: the service, the dataset, and the saved queries as examples.

https://www.w3.org/TR/sparql11-service-description/, https://www.w3.org/TR/void/, and for the examples the SHACL terms
of https://github.com/sib-swiss/sparql-examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kzturk_graph import resources, terms
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.formats import GRAPHS, Format, offered
from kzturk_graph.web.linked.accept import best_type

if TYPE_CHECKING:
    from kzturk_graph.web.site import Site

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
VOID, SH, SCHEMA = terms.PREFIXES["void"], terms.PREFIXES["sh"], terms.PREFIXES["schema"]
DATASET = terms.BASE + "dataset"
RESULT_FORMATS = (
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV",
    "Turtle", "JSON-LD", "N-Triples", "RDF_XML", "TriG",
)  # fmt: skip
SPARQL, EXAMPLES = "/sparql", "/.well-known/sparql-examples"


def negotiated(triples: Iterable[ox.Triple], accept: str | None) -> tuple[str, bytes]:
    """Content type and bytes of triples in the format that ``Accept`` likes best. Raises HttpError 406 for none."""
    form = formatted(accept)
    return form.content_type, in_order(triples, form)


def formatted(accept: str | None) -> Format:
    """The format for triples that ``Accept`` likes best. Raises HttpError 406 for none."""
    by_media = offered(GRAPHS)
    best = best_type(accept, list(by_media))
    if best is None:
        offers = ", ".join(form.media[0] for form in GRAPHS.values())
        raise HttpError(406, "this isn't given in any format that is accepted", f"accept one of {offers}")
    return by_media[best]


def in_order(triples: Iterable[ox.Triple], form: Format) -> bytes:
    """Triples as a sorted set, in a format."""
    from kzturk_graph.web.workers.writing import serialized

    return serialized(sorted(set(triples), key=str), form)


def service(site: Site, accept: str | None) -> tuple[str, bytes]:
    """The description of the SPARQL service: content type and bytes."""
    return _service(site, accept)


def void(site: Site, accept: str | None) -> tuple[str, bytes]:
    """The description of the dataset, with where it can be asked."""
    triples = [quad.triple for quad in ox.parse(path=str(resources.data() / "dataset.ttl"))]
    endpoint = _triple(DATASET, VOID + "sparqlEndpoint", ox.NamedNode(site.settings.address + SPARQL))
    return negotiated([*triples, endpoint], accept)


def examples(site: Site, accept: str | None) -> tuple[str, bytes]:
    """The saved queries, each as a query that can be run as it stands."""
    return negotiated(_examples(site.settings.address), accept)


@lru_cache(maxsize=32)
def _service(site: Site, accept: str | None) -> tuple[str, bytes]:
    address = site.settings.address
    endpoint = address + SPARQL
    me, dataset, graph = f"{endpoint}#service", f"{endpoint}#dataset", f"{endpoint}#default-graph"
    types = {me: "Service", dataset: "Dataset", graph: "Graph"}
    return negotiated(
        [
            *(_triple(node, terms.TYPE, ox.NamedNode(SD + name)) for node, name in types.items()),
            _triple(me, SD + "endpoint", ox.NamedNode(endpoint)),
            _triple(me, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query")),
            *(_triple(me, SD + "resultFormat", ox.NamedNode(FORMATS + name)) for name in RESULT_FORMATS),
            _triple(me, SD + "defaultDataset", ox.NamedNode(dataset)),
            _triple(dataset, SD + "defaultGraph", ox.NamedNode(graph)),
            _triple(dataset, terms.PREFIXES["dcterms"] + "source", ox.NamedNode(DATASET)),
            _triple(dataset, VOID + "triples", ox.Literal(len(site.store))),
            _triple(me, terms.RDFS + "seeAlso", ox.NamedNode(address + "/.well-known/void")),
            _triple(me, terms.RDFS + "seeAlso", ox.NamedNode(address + EXAMPLES)),
        ],
        accept,
    )


def _examples(address: str) -> Iterator[ox.Triple]:
    from kzturk_graph.queries.catalogue import catalogue

    declared = f"{address}{EXAMPLES}#prefixes"
    for prefix, space in terms.PREFIXES.items():
        node = f"{declared}-{prefix}"
        yield _triple(declared, SH + "declare", ox.NamedNode(node))
        yield _triple(node, SH + "prefix", ox.Literal(prefix))
        yield _triple(node, SH + "namespace", ox.Literal(space, datatype=ox.NamedNode(terms.XSD + "anyURI")))
    for name, query in catalogue().items():
        node = f"{address}/queries/{name}"
        for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
            yield _triple(node, terms.TYPE, ox.NamedNode(SH + kind))
        yield _triple(node, terms.RDFS + "label", ox.Literal(name))
        yield _triple(node, terms.RDFS + "comment", ox.Literal(query.summary, language="en"))
        yield _triple(node, SH + "prefixes", ox.NamedNode(declared))
        yield _triple(node, SH + "select", ox.Literal(query.text))
        yield _triple(node, SCHEMA + "keywords", ox.Literal(query.topic))
        yield _triple(node, SCHEMA + "target", ox.NamedNode(address + SPARQL))


def _triple(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)
