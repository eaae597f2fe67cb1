"""Which address of this room is answered by what."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kzturk_graph.web.linked.accept import best_type
from kzturk_graph.web.making import kept
from kzturk_graph.web.protocol import description
from kzturk_graph.web.protocol.endpoint import Endpoint
from kzturk_graph.web.protocol.graphs import READING, Graphs

if TYPE_CHECKING:
    from starlette.requests import Request

    from kzturk_graph.web.site import Site

ABOUT = "/about"
"""The page that tells people the limits."""
EVERY = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


def routes(site: Site) -> list[BaseRoute]:
    """The routes of the endpoint, of the graphs, and of what the site says about itself."""
    endpoint, graphs = Endpoint(site), Graphs(site)
    return [
        Route("/sparql", endpoint, include_in_schema=False),
        Route("/sparql/", endpoint, include_in_schema=False),
        Route("/graphs", graphs.__call__, methods=EVERY),
        Route("/graphs/{name:path}", graphs.__call__, methods=EVERY),
        Route("/.well-known/void", _told(site, description.void)),
        Route("/.well-known/sparql-examples", _told(site, description.examples)),
        Route("/limits", _limits(site)),
    ]


def _told(
    site: Site, tell: Callable[[Site, str | None], tuple[str, bytes]]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        accept = request.headers.get("accept")
        key = f"{tell.__name__} {description.formatted(accept).name}"
        response = await kept(site, request, key, lambda: tell(site, accept))
        response.headers.update({**READING, "vary": "Accept, Accept-Encoding"})
        return response

    return answer


def _limits(site: Site) -> Callable[[Request], Response]:
    limits = [
        {"name": name.replace("_", "-"), "value": value, "unit": unit, "help": text}
        for name, value, unit, text in site.settings.limits()
    ]

    def answer(request: Request) -> Response:
        best = best_type(request.headers.get("accept"), ["application/json", "text/html", "application/xhtml+xml"])
        if best != "application/json" and best is not None:
            return RedirectResponse(ABOUT, 303)
        return JSONResponse({"public": site.settings.public, "limits": limits}, headers=READING)

    return answer
