"""What spreadsheets ask: the Reconciliation Service API, version 0.2 and the draft of 1.0, over the graph's things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from kzturk_graph.web.site import Site


def routes(site: Site) -> list[BaseRoute]:
    """The routes of this room."""
    from kzturk_graph.web.reconcile.table import routes as made

    return made(site)
