"""``/graphs``: the SPARQL 1.1 Graph Store HTTP Protocol, read only, https://www.w3.org/TR/sparql11-http-rdf-update/.

Indirectly ``?default`` and ``?graph=IRI`` name a graph; directly the address after ``/graphs/`` does, as that of the
IRI after ``https://w3id.org/kzturk/``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
from starlette.responses import Response

from kzturk_graph import terms
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.making import kept
from kzturk_graph.web.protocol.description import formatted, in_order
from kzturk_graph.web.protocol.parameters import parsed

if TYPE_CHECKING:
    from starlette.requests import Request

    from kzturk_graph.web.formats import Format
    from kzturk_graph.web.site import Site

METHODS = "GET, HEAD, OPTIONS"
READING = {"access-control-allow-origin": "*", "vary": "Accept", "cache-control": "no-cache"}


class Graphs:
    """The graphs of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def __call__(self, request: Request) -> Response:
        """Answer a request for a graph. Raises HttpError 405 for one that would change it, 404 for one that isn't
        there."""
        if request.method == "OPTIONS":
            return Response(
                status_code=204, headers={**READING, "allow": METHODS, "access-control-allow-methods": METHODS}
            )
        if request.method not in ("GET", "HEAD"):
            raise HttpError(405, "the graphs are read only", "read them by GET", {"allow": METHODS})
        graph = self._graph(request)
        form = formatted(request.headers.get("accept"))
        response = await kept(
            self.site, request, f"graph {graph} {form.name}", lambda: (form.content_type, self._written(graph, form))
        )
        response.headers.update({**READING, "vary": "Accept, Accept-Encoding"})
        return response

    def _graph(self, request: Request) -> ox.NamedNode | ox.DefaultGraph:
        given = parsed(request.scope["query_string"])
        name = request.path_params.get("name")
        if name is not None:
            return self._named(terms.BASE + name)
        named, default = given.get("graph", []), given.get("default", [])
        if len(named) + len(default) != 1:
            raise HttpError(400, "no graph is named, or several are", "name one: ?default or ?graph=IRI")
        return self._named(named[0]) if named else ox.DefaultGraph()

    def _named(self, iri: str) -> ox.NamedNode:
        try:
            graph = ox.NamedNode(iri)
        except ValueError:
            raise HttpError(400, "the graph isn't named by an absolute IRI", "?graph=https://…") from None
        if not self.site.store.contains_named_graph(graph):
            raise HttpError(404, "there is no such graph", "each assertion is one: /graphs/assertion/NAME")
        return graph

    def _written(self, graph: ox.NamedNode | ox.DefaultGraph, form: Format) -> bytes:
        return in_order((quad.triple for quad in self.site.store.quads_for_pattern(None, None, None, graph)), form)
