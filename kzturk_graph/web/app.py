"""The site as an ASGI application: every room's routes under one roof."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response

from kzturk_graph.web import pages, protocol, reconcile
from kzturk_graph.web.errors import HttpError
from kzturk_graph.web.headers import SecurityHeaders
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site

if TYPE_CHECKING:
    from starlette.requests import Request

HEAD_START = 0.3
"""The seconds that the first page has for itself before the workers load the graph."""


def create_app(settings: Settings | None = None) -> Starlette:
    """The application; its ``state.site`` is the Site that every route reads. Its life begins and ends that of the
    workers."""
    site = Site(settings or Settings())

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        starting = asyncio.get_running_loop().call_later(HEAD_START, site.pool.start)
        try:
            yield
        finally:
            starting.cancel()
            await site.pool.stop()
            await run_in_threadpool(site.drawing.stop)

    app = Starlette(
        routes=[*protocol.routes(site), *reconcile.routes(site), *pages.routes(site)],
        middleware=[Middleware(SecurityHeaders), Middleware(GZipMiddleware, minimum_size=1400, compresslevel=5)],
        exception_handlers={HttpError: _told},
        lifespan=life,
    )
    app.state.site = site
    return app


def _told(request: Request, error: Exception) -> Response:
    """An HttpError as JSON."""
    assert isinstance(error, HttpError)
    headers = {"cache-control": "no-store", **error.headers}
    return Response(error.body(), error.status, headers, media_type="application/json")
