"""``/id/NAME`` and its kin answer 303 to the page or the data, ``/data/NAME.ttl`` with the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kzturk_graph.errors import KzturkError
from kzturk_graph.graph import lookup
from kzturk_graph.web.linked.accept import best_type
from kzturk_graph.web.linked.data import data
from kzturk_graph.web.linked.formats import BY_END, BY_MEDIA, FORMS, OFFERS, PAGE
from kzturk_graph.web.making import kept
from kzturk_graph.web.pages import addresses

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from kzturk_graph.web.site import Site

Missing = Callable[["Request", str, str], Response]
"""Answers for a thing that isn't there, given its space and name."""
CORS: Mapping[str, str] = {"Access-Control-Allow-Origin": "*"}


class Linked:
    """The addresses of things on one site; ``missing`` writes the page for one that isn't there."""

    def __init__(self, site: Site, missing: Missing) -> None:
        self.site, self.missing = site, missing

    def routes(self) -> list[BaseRoute]:
        """A route for each space of names, and those of the data."""
        things = [Route(f"/{space}/{{name:path}}", self._thing(space), methods=["GET"]) for space in addresses.SPACES]
        return [
            *things,
            Route("/dataset", _dataset, methods=["GET"]),
            Route("/data/{space}/{name}.{end}", self.file, methods=["GET"]),
            Route("/data/{name}.{end}", self.file, methods=["GET"]),
        ]

    def iri(self, space: str, name: str) -> str | None:
        """The IRI of a thing; None where nothing is said of it."""
        if space not in addresses.SPACES or not name:
            return None
        iri = addresses.SPACES[space] + name
        try:
            return iri if lookup.exists(self.site.store, ox.NamedNode(iri)) else None
        except ValueError:  # not an IRI
            return None

    def _thing(self, space: str) -> Callable[[Request], Response]:
        def answer(request: Request) -> Response:
            name = request.path_params["name"]
            if self.iri(space, name) is None:
                return self.missing(request, space, name)
            wanted = best_type(request.headers.get("accept"), OFFERS)
            vary = {"Vary": "Accept", **CORS}
            if wanted is None:
                offers = {"error": "none of the media types asked for is offered", "offers": list(OFFERS)}
                return JSONResponse(offers, 406, headers=vary)
            path = quote(name) if space == "id" else f"{space}/{quote(name)}"
            target = f"/page/{path}" if wanted in PAGE else f"/data/{path}.{BY_MEDIA[wanted].end}"
            query = request.scope["query_string"].decode("latin-1")
            return Response(status_code=303, headers={"Location": target + (f"?{query}" if query else ""), **vary})

        return answer

    async def file(self, request: Request) -> Response:
        """The data about a thing in the form that the address ends with."""
        space, name, end = (request.path_params.get(key, "id") for key in ("space", "name", "end"))
        form = BY_END.get(end)
        iri = self.iri(space, name)
        if form is None or iri is None:
            return await run_in_threadpool(self.missing, request, space, name)
        provenance = request.query_params.get("provenance")
        try:
            key = f"data {iri} {form.name} {provenance!r}"
            response = await kept(
                self.site, request, key, lambda: (_media(form.media), data(self.site, iri, form.name, provenance))
            )
        except KzturkError as error:
            return JSONResponse({"error": error.message, "hint": error.hint}, 400, headers=dict(CORS))
        response.headers.update({"Link": _links(request, space, name), **CORS})
        return response


def _dataset(request: Request) -> Response:
    """The dataset is told at its well-known place."""
    return Response(status_code=303, headers={"Location": "/.well-known/void", **CORS})


def _media(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def _links(request: Request, space: str, name: str) -> str:
    """The page about the same thing, and its other forms (RFC 8288)."""
    path = quote(name) if space == "id" else f"{space}/{quote(name)}"
    others = [f'</data/{path}.{form.end}>; rel="alternate"; type="{form.media}"' for form in FORMS]
    return ", ".join([f'</page/{path}>; rel="describedby"; type="text/html"', *others])
