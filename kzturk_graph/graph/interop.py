"""The same terms in rdflib: for people who work in it, and for pySHACL, which wants its memory graphs."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import rdflib
from rdflib.term import Identifier, Node

from kzturk_graph import terms


def term(of: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> Identifier:
    """A term as rdflib's. A plain string stays without datatype: pySHACL tells the two spellings apart."""
    if isinstance(of, ox.NamedNode):
        return rdflib.URIRef(of.value)
    if isinstance(of, ox.BlankNode):
        return rdflib.BNode(of.value)
    if isinstance(of, ox.Triple):
        raise TypeError("rdflib has no triple terms")
    if of.language:
        return rdflib.Literal(of.value, lang=of.language)
    if of.datatype.value == terms.XSD + "string":
        return rdflib.Literal(of.value)
    return rdflib.Literal(of.value, datatype=rdflib.URIRef(of.datatype.value), normalize=False)


def graph(triples: Iterable[ox.Triple]) -> rdflib.Graph:
    """A memory graph of the triples, with our prefixes."""
    made = rdflib.Graph(bind_namespaces="none")
    _bind(made)
    for each in triples:
        made.add(_terms(each.subject, each.predicate, each.object))
    return made


def dataset(quads: Iterable[ox.Quad]) -> rdflib.Dataset:
    """A Dataset of the quads: the default graph by itself, each assertion as a named graph."""
    made = rdflib.Dataset(default_union=False)
    _bind(made)
    default = made.default_graph
    named: dict[str, rdflib.Graph] = {}
    for quad in quads:
        triple = _terms(quad.subject, quad.predicate, quad.object)
        if isinstance(quad.graph_name, ox.DefaultGraph):
            default.add(triple)
        else:
            name = quad.graph_name.value
            if name not in named:
                named[name] = made.graph(rdflib.URIRef(name))
            named[name].add(triple)
    return made


def _terms(*of: ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple) -> tuple[Node, Node, Node]:
    subject, predicate, value = (term(each) for each in of)
    return subject, predicate, value


def _bind(to: rdflib.Graph) -> None:
    for prefix, namespace in terms.PREFIXES.items():
        to.bind(prefix, namespace)
