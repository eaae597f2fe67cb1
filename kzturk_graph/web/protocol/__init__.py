"""What programs ask: SPARQL 1.1 Protocol and Graph Store, service description, VoID."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from kzturk_graph.web.site import Site


def routes(site: Site) -> list[BaseRoute]:
    """The routes of this room."""
    from kzturk_graph.web.protocol.table import routes as made

    return made(site)
