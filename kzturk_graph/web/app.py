"""The site as an ASGI application: every room's routes under one roof."""

from __future__ import annotations

from starlette.applications import Starlette

from kzturk_graph.web import pages, protocol
from kzturk_graph.web.settings import Settings
from kzturk_graph.web.site import Site


def create_app(settings: Settings | None = None) -> Starlette:
    """The application; its ``state.site`` is the Site that every route reads."""
    site = Site(settings or Settings())
    app = Starlette(routes=[*protocol.routes(site), *pages.routes(site)])
    app.state.site = site
    return app
