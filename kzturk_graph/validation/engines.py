"""The two SHACL engines behind one function: pySHACL, which is the reference, and pyshifty, which is fast.

Both are given plain memory graphs: pySHACL validates the union of all graphs of a Dataset, and is wrong on an
Oxigraph store.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kzturk_graph import terms
from kzturk_graph.errors import InputError, UnknownName, UsageError
from kzturk_graph.validation.findings import SEVERITIES, Finding
from kzturk_graph.validation.paths import Path, Paths
from kzturk_graph.validation.shapes import Shapes

if TYPE_CHECKING:
    import rdflib

ENGINES = ("pyshacl", "fast")
SH = terms.PREFIXES["sh"]
Triples = frozenset[ox.Triple]


def validate(data: Triples, shapes: Triples, engine: str = "pyshacl") -> rdflib.Graph:
    """The W3C validation report of plain triples under shapes.

    Raises UnknownName for an engine that there isn't, UsageError for the fast one where it isn't installed,
    InputError for shapes that the engine can't read.
    """
    if engine == "pyshacl":
        return _pyshacl(data, shapes)
    if engine == "fast":
        return _fast(data, shapes)
    raise UnknownName("engine", engine, list(ENGINES))


def _pyshacl(data: Triples, shapes: Triples) -> rdflib.Graph:
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    from kzturk_graph.validation.memory import plain_graph

    try:
        _, report, text = pyshacl.validate(plain_graph(data), shacl_graph=plain_graph(shapes), inplace=True)
    except ReportableRuntimeError as error:
        raise _unreadable(str(error)) from None
    if not isinstance(report, rdflib.Graph):
        raise _unreadable(text)
    return report


def _fast(data: Triples, shapes: Triples) -> rdflib.Graph:
    try:
        import shifty
    except ImportError:
        raise UsageError(
            "the fast engine isn't installed", "pip install 'kzturk-graph[fast]', or leave --engine out"
        ) from None
    with warnings.catch_warnings():
        # a shape that it can't run is worth an error: the report would look clean
        warnings.simplefilter("error", shifty.ShaclDiagnosticWarning)
        try:
            _, report, _ = shifty.validate(_ntriples(data), _ntriples(shapes), infer=False, graph_mode="data")
        except (ValueError, shifty.ShaclDiagnosticWarning) as error:
            raise _unreadable(str(error)) from None
    return report


def _ntriples(triples: Triples) -> bytes:
    return ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""


def _unreadable(text: str) -> InputError:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return InputError(f"the shapes can't be used: {' '.join(lines[:4])}", hint="mend the shape that is named")


def findings(report: rdflib.Graph, graph: str, shapes: Shapes) -> Iterator[Finding]:
    """The results of a report as findings, alike for both engines."""
    import rdflib

    paths = Paths(shapes.of(graph))
    for result in report.objects(None, rdflib.URIRef(SH + "result")):
        said = {terms.local(str(name)): value for name, value in report.predicate_objects(result)}
        texts = sorted(str(text) for text in report.objects(result, rdflib.URIRef(SH + "resultMessage")))
        component = terms.local(str(said["sourceConstraintComponent"])).removesuffix("ConstraintComponent")
        if component == "SPARQL" and said.get("value") == said["focusNode"]:
            del said["value"]  # pyshifty repeats the focus node where the query names no value
        severity = terms.local(str(said["resultSeverity"])).lower()
        source = _term(said["sourceShape"])
        shape, owner = shapes.owner(source)
        yield Finding(
            severity=severity if severity in SEVERITIES else SEVERITIES[0],
            shape=shape,
            of=owner,
            focus=_term(said["focusNode"]),
            path=_path(said.get("resultPath"), source, paths),
            value=_term(said["value"]) if "value" in said else None,
            message=texts[0] if texts else "",
            component=component,
            graphs=(graph,),
        )


def _path(of: Any, shape: Any, paths: Paths) -> Path | None:
    """The result's path; where it has several steps, its shape's: pyshifty doesn't copy such a path."""
    if of is None:
        return None
    node = _term(of)
    return paths.read(node) if isinstance(node, ox.NamedNode) else paths.of_shape(shape)


def _term(of: Any) -> Any:
    import rdflib

    if isinstance(of, rdflib.URIRef):
        return ox.NamedNode(str(of))
    if isinstance(of, rdflib.BNode):
        return ox.BlankNode(str(of))
    if of.language:
        return ox.Literal(str(of), language=of.language)
    return ox.Literal(str(of), datatype=ox.NamedNode(str(of.datatype))) if of.datatype else ox.Literal(str(of))
